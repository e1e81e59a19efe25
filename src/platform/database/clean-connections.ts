import {
  CompiledQuery,
  type DatabaseConnection,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely';
import type { Pool } from 'pg';

/**
 * A connection serves one person after another, and SQL injected into one request can leave something in it: a setting,
 * a role, a prepared statement, a cursor, a lock, none of which a transaction's end takes away. So each transaction first
 * takes away all of it, in the message that begins it. What it was to be by the settings of before is said anew, before
 * anything that takes a snapshot. `discard all` would forget every plan as well, which costs each request 0.3 ms.
 */
const begin = (accessMode: string) =>
  `begin isolation level read committed, ${accessMode};
   reset role; reset all; deallocate all; close all; select pg_advisory_unlock_all()`;

class CleaningDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    { accessMode = 'read write' }: TransactionSettings,
  ): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(begin(accessMode)));
  }
}

/** A pool whose connections bring nothing from one transaction into the next. */
export class CleanConnections extends PostgresDialect {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): PostgresDriver {
    return new CleaningDriver({ pool: this.#pool });
  }
}
