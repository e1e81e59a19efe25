import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionsTo } from '../../src/platform/database/connections.ts';
import { Database, type Role } from '../../src/platform/database/transaction.ts';
import { TEST_SECRET, type TestDatabase, testDatabase, withClient } from '../support/database.ts';
import { provider, type Someone, someone } from '../support/service.ts';

/** What SQL that was injected into one request could do, once row-level security holds: to the next one, and to roles. */
let given: TestDatabase;
let service: string;
let place: Awaited<ReturnType<typeof provider>>;

beforeAll(async () => {
  given = await testDatabase();
  service = randomUUID();
  await withClient(given.ownerConfig, async (owner) => {
    await owner.query(
      `insert into identity.organisation (id, kind, name) values ($1, 'service', 'The service')`,
      [service],
    );
    place = await provider(owner);
  });
});
afterAll(() => given.drop());

async function made(role: Role, at: Parameters<typeof someone>[2] = {}): Promise<Someone> {
  return await withClient(given.ownerConfig, (owner) => someone(owner, role, at));
}

/** One connection, so that what the first request leaves is what the second finds. */
async function withOneConnection(work: (database: Database) => Promise<void>): Promise<void> {
  const database = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).web, { connections: 1 });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

describe('what one request leaves in its connection is gone for the next', () => {
  const state = sql<{ state: string }>`
    select concat_ws(' ', current_setting('role'), current_setting('transaction_read_only'), current_setting('transaction_isolation'),
      current_setting('search_path'), current_setting('statement_timeout'), current_setting('client_encoding'),
      current_setting('datestyle'), current_setting('synchronous_commit'), current_setting('row_security'),
      current_setting('homeward.context', true) ~ '^[0-9a-f-]{36}', nullif(current_setting('homeward.action', true), ''),
      (select count(*) from pg_prepared_statements), (select count(*) from pg_cursors where is_holdable),
      (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()),
      (select count(*) from pg_listening_channels())) as state`;

  const left: Record<string, RawBuilder<unknown>> = {
    'a role': sql.raw(`select set_config('role', 'homeward_visitor', false)`),
    'reading alone': sql.raw(`select set_config('default_transaction_read_only', 'on', false)`),
    'another isolation': sql.raw(`select set_config('default_transaction_isolation', 'serializable', false)`),
    'a search path': sql.raw(`select set_config('search_path', 'service', false)`),
    'a millisecond for each statement': sql.raw(`select set_config('statement_timeout', '1', false)`),
    'another encoding': sql.raw(`select set_config('client_encoding', 'LATIN1', false)`),
    'dates written otherwise': sql.raw(`select set_config('datestyle', 'German', false)`),
    'commits that do not wait for the disk': sql.raw(`select set_config('synchronous_commit', 'off', false)`),
    'row security off': sql.raw(`select set_config('row_security', 'off', false)`),
    'a forged context': sql.raw(`select set_config('homeward.context', 'a|b|c|d|e|f', false)`),
    'another action': sql.raw(`select set_config('homeward.action', '${randomUUID()}', false)`),
    'a lock': sql.raw(`select pg_advisory_lock(4866736)`),
    'a prepared statement': sql.raw(`prepare mine as select 1`),
    'a cursor': sql.raw(`declare mine cursor with hold for select 1`),
    'an ear': sql.raw(`listen mine`),
  };

  test.each(Object.entries(left))('%s', async (_what, leave) => {
    const caseworker = await made('caseworker', place);
    await withOneConnection(async (database) => {
      const look = async () => ({
        person: (await database.asPerson(caseworker.token, (tx) => state.execute(tx)))?.result.rows,
        visitor: (await database.asVisitor((tx) => state.execute(tx))).rows,
      });
      const before = await look();
      expect(before.person).toHaveLength(1);
      await database.asPerson(caseworker.token, (tx) => leave.execute(tx));
      expect(await look()).toEqual(before);
    });
  });
});
