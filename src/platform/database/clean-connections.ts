import {
  CompiledQuery,
  type DatabaseConnection,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
  type TransactionSettings,
} from 'kysely';
import { DatabaseError, type Pool, type PoolClient, type QueryResult } from 'pg';

const BEGIN = 'begin isolation level read committed';

/**
 * A connection serves one person after another, and SQL injected into one request can leave something in it: a setting,
 * a role, a prepared statement, a cursor, a lock, none of which a transaction's end takes away. So each transaction first
 * takes away all of it, in the message that begins it. What it was to be by the settings of before is said anew, before
 * anything that takes a snapshot. `discard all` would forget every plan as well.
 *
 * Statements that were prepared by SQL are not ours: ours are prepared by the protocol, which no SQL can speak. Fewer than we
 * know of means that some were taken away.
 */
const begin = (accessMode: string) =>
  `${BEGIN}, ${accessMode};
   reset role; reset all; close all; select pg_catalog.pg_advisory_unlock_all();
   select count(*) filter (where from_sql)::int as planted, count(*)::int as kept from pg_catalog.pg_prepared_statements`;

/** Each holds some 200 kilobytes of the server's memory. Who has more makes room for another connection. */
const MOST_KEPT = 300;

/** A statement that is gone, and one whose columns have changed since it was prepared. */
const OUT_OF_DATE = ['26000', '0A000'];

/**
 * One connection of a pool. It keeps what it has prepared from one transaction to the next, for each role apart: a policy
 * becomes part of a plan, and another role's would have to be made anew.
 */
class KeptConnection {
  readonly #client: PoolClient;
  readonly #keepsPlans: boolean;
  readonly #names = new Map<string, string>();
  #made = 0;
  #role = '';
  #isSpent = false;

  constructor(client: PoolClient, keepsPlans: boolean) {
    this.#client = client;
    this.#keepsPlans = keepsPlans;
  }

  async query(text: string, values: readonly unknown[]): Promise<QueryResult> {
    if (text.startsWith(BEGIN)) return await this.#begin(text);
    // What has parameters is one statement; what has none may be several, which cannot be prepared.
    const result =
      this.#keepsPlans && values.length > 0
        ? await this.#queryKept(text, [...values])
        : await this.#client.query(text, [...values]);
    const { database_role: role } = (result.rows?.[0] ?? {}) as { database_role?: string };
    if (role !== undefined) this.#role = role;
    return result;
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy || this.#isSpent || this.#names.size > MOST_KEPT);
  }

  async #begin(text: string): Promise<QueryResult> {
    this.#role = '';
    const results = (await this.#client.query(text)) as unknown as QueryResult[];
    const [begun, counted] = [results[0], results.at(-1)?.rows[0]];
    if (begun === undefined || counted === undefined) throw new Error('A transaction did not begin');
    // Before anything is asked in the name of anybody.
    if (counted.planted > 0 || counted.kept < this.#names.size) {
      await this.#client.query('deallocate all');
      this.#names.clear();
      this.#isSpent = true;
    }
    return begun;
  }

  async #queryKept(text: string, values: unknown[]): Promise<QueryResult> {
    const key = `${this.#role} ${text}`;
    const known = this.#names.get(key);
    this.#made += known === undefined ? 1 : 0;
    const name = known ?? `kept_${this.#made}`;
    try {
      const result = await this.#client.query({ name, text, values });
      this.#names.set(key, name);
      return result;
    } catch (error) {
      if (error instanceof DatabaseError && OUT_OF_DATE.includes(error.code ?? '')) this.#isSpent = true;
      throw error;
    }
  }
}

class CleaningDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    { accessMode = 'read write' }: TransactionSettings,
  ): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(begin(accessMode)));
  }
}

/** A pool whose connections bring nothing from one transaction into the next but the plans of the service's own statements. */
export class CleanConnections extends PostgresDialect {
  readonly #pool: PostgresPool;

  /** @param keepsPlans for who asks the same few things all day; each other statement is planned for what it asks about. */
  constructor(pool: Pool, keepsPlans: boolean) {
    const connections = new WeakMap<PoolClient, PostgresPoolClient>();
    const kept: PostgresPool = {
      options: pool.options,
      end: () => pool.end(),
      connect: async () => {
        const client = await pool.connect();
        const connection =
          connections.get(client) ??
          (new KeptConnection(client, keepsPlans) as unknown as PostgresPoolClient);
        connections.set(client, connection);
        return connection;
      },
    };
    super({ pool: kept });
    this.#pool = kept;
  }

  override createDriver(): PostgresDriver {
    return new CleaningDriver({ pool: this.#pool });
  }
}
