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
 * takes away all of it, in the message that begins it. What the transaction is was settled by the settings of before: it
 * is said anew.
 */
const cleared =
  'reset role; reset all; deallocate all; close all; unlisten *; begin isolation level read committed';
const unlocked = 'select pg_advisory_unlock_all()';

class CleaningDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    { accessMode = 'read write' }: TransactionSettings,
  ): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`${cleared}, ${accessMode}; ${unlocked}`));
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
