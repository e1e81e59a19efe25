import { Kysely, type Transaction as KyselyTransaction, sql } from 'kysely';
import { Pool } from 'pg';
import { CleanConnections } from './clean-connections.ts';
import type { Connection } from './connections.ts';
import type { DB } from './schema.ts';

/** The database inside one transaction; what it may see was settled when the transaction began. */
export type Transaction = KyselyTransaction<DB>;

/** Who asks, as the database proved it. */
export interface Asker {
  accountId: string;
  name: string;
  sessionId: string;
  grantId: string;
  role: Role;
  organisationId: string | null;
  teamId: string | null;
  areas: string[];
  /** When they last signed in or signed in again, for acts that need it to be recent. */
  provedAgainAt: Date | null;
}

export const roles = [
  'referrer',
  'spoc',
  'coordinator',
  'analyst',
  'caseworker',
  'provider-manager',
  'gender-consultant',
  'operations-manager',
  'data-protection-lead',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** Background work, each kind under a database role that has only the rights it needs. */
export type Task =
  | 'sealing'
  | 'messages'
  | 'disposal'
  | 'backup'
  | 'housekeeping'
  | 'scanning'
  | 'importing'
  | 'statistics';

/** A pool of connections that can do nothing until a transaction says who asks. */
export class Database {
  readonly #pool: Pool;
  readonly #kysely: Kysely<DB>;

  /**
   * @param options.connections how many at once, 10 unless told.
   * @param options.patience milliseconds a statement may take before the database stops it; 0 for as long as it takes.
   */
  constructor(connection: Connection, options: { connections?: number; patience?: number } = {}) {
    // Pages ask the same few things of one person after another. The background reads much at a time, each by its own plan.
    const asksTheSame = connection.user === 'homeward_web';
    this.#pool = new Pool({
      ...connection,
      max: options.connections ?? 10,
      connectionTimeoutMillis: 10_000,
      application_name: 'homeward',
      statement_timeout: options.patience ?? 20_000,
      idle_in_transaction_session_timeout: 60_000,
      // What a connection remembers ends with it.
      ...(asksTheSame && { idleTimeoutMillis: 10 * 60_000, maxLifetimeSeconds: 60 * 60 }),
    });
    // A connection that breaks is replaced by the next query, and the query it broke in is refused with the same error;
    // without listeners it would end the process.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    this.#kysely = new Kysely<DB>({ dialect: new CleanConnections(this.#pool, asksTheSame) });
  }

  /**
   * Runs `work` in one transaction as the person whose session `token` proves.
   * Returns `null`, having run nothing, when the token opens no session (ended, timed out, access withdrawn).
   */
  async asPerson<Result>(
    token: string,
    work: (tx: Transaction, asker: Asker) => Promise<Result>,
  ): Promise<{ result: Result } | null> {
    return await this.#kysely.transaction().execute(async (tx) => {
      const begun = await sql<BegunRow>`
        select b.*, set_config('role', b.database_role, true) from identity.begin(${token}) b`.execute(tx);
      const row = begun.rows[0];
      if (!row) return null;
      if (Date.now() - row.last_seen_at.getTime() > 30_000)
        await sql`select identity.touch_session()`.execute(tx);
      return { result: await work(tx, askerOf(row)) };
    });
  }

  /** Runs `work` in one transaction as nobody in particular: only the functions that sign people in are open to it. */
  async asVisitor<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return await this.#kysely.transaction().execute(async (tx) => {
      await sql`set local role homeward_visitor`.execute(tx);
      return await work(tx);
    });
  }

  /** Runs `work` in one transaction as a background task. Needs the jobs login. */
  async asTask<Result>(task: Task, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return await this.#kysely.transaction().execute(async (tx) => {
      await sql`select set_config('role', ${`homeward_task_${task}`}, true), set_config('homeward.task', ${task}, true)`.execute(
        tx,
      );
      return await work(tx);
    });
  }

  async close(): Promise<void> {
    await this.#kysely.destroy();
  }
}

interface BegunRow {
  account_id: string;
  account_name: string;
  session_id: string;
  grant_id: string;
  role: Role;
  organisation_id: string | null;
  team_id: string | null;
  areas: string[];
  proved_again_at: Date | null;
  last_seen_at: Date;
}

function askerOf(row: BegunRow): Asker {
  return {
    accountId: row.account_id,
    name: row.account_name,
    sessionId: row.session_id,
    grantId: row.grant_id,
    role: row.role,
    organisationId: row.organisation_id,
    teamId: row.team_id,
    areas: row.areas,
    provedAgainAt: row.proved_again_at,
  };
}
