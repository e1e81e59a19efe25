import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionsTo } from '../../src/platform/database/connections.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import { TEST_SECRET, type TestDatabase, testDatabase, withClient } from '../support/database.ts';

let given: TestDatabase;
let database: Database;

const CASEWORKER = '00000000-0000-7000-8000-000000000001';
const OTHER = '00000000-0000-7000-8000-000000000002';

beforeAll(async () => {
  given = await testDatabase();
  database = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).web);
  await withClient(given.ownerConfig, (owner) =>
    owner.query(`
      insert into identity.organisation (id, kind, name) values ('${CASEWORKER}', 'provider', 'A provider');
      insert into identity.team (id, organisation_id, name) values ('${CASEWORKER}', '${CASEWORKER}', 'A team');
      insert into identity.account (id, email, name, kind) values
        ('${CASEWORKER}', 'one@example.org', 'One', 'staff'), ('${OTHER}', 'two@example.org', 'Two', 'staff');
      insert into identity.access_grant (id, account_id, role, organisation_id, team_id, approved_at)
        values ('${CASEWORKER}', '${CASEWORKER}', 'caseworker', '${CASEWORKER}', '${CASEWORKER}', now());
      insert into identity.access_grant (id, account_id, role, areas, approved_at)
        values ('${OTHER}', '${OTHER}', 'coordinator', '{E09000022}', now());
      insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes)
        select sha256(convert_to('token of ' || role, 'UTF8')), account_id, id, now() + interval '1 hour', 30 from identity.access_grant;
      insert into service.person (family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
        values ('Canary', 'canary', 'not-known', 'unknown', 'NOBT', 'E09000022');
    `),
  );
});
afterAll(async () => {
  await database.close();
  await given.drop();
});

const context = sql<{ context: string }>`select current_setting('homeward.context') as context`;
const me = sql<{ account_id: string; role: string }>`select account_id, role from identity.me()`;

test('a session proves who asks, and a wrong token proves nobody', async () => {
  const known = await database.asPerson('token of coordinator', async (tx, asker) => ({
    asker,
    me: (await me.execute(tx)).rows[0],
    people: await tx.selectFrom('service.person').select('family_name').execute(),
  }));
  expect(known?.result.asker).toMatchObject({ accountId: OTHER, role: 'coordinator', areas: ['E09000022'] });
  expect(known?.result.me).toEqual({ account_id: OTHER, role: 'coordinator' });
  expect(known?.result.people).toEqual([{ family_name: 'Canary' }]);
  expect(await database.asPerson('token of nobody', async () => 'ran')).toBeNull();
});

test('a caseworker who takes the area role by injected SQL still sees nothing', async () => {
  const seen = await database.asPerson('token of caseworker', async (tx) => {
    await sql`set local role homeward_area`.execute(tx);
    return await tx.selectFrom('service.person').select('id').execute();
  });
  expect(seen?.result).toEqual([]);
});

test('a context that was edited is refused', async () => {
  const edited = database.asPerson('token of caseworker', async (tx) => {
    const found = (await context.execute(tx)).rows[0]?.context ?? '';
    await sql`select set_config('homeward.context', ${found.replace(CASEWORKER, OTHER)}, true)`.execute(tx);
    return await me.execute(tx);
  });
  await expect(edited).rejects.toThrow('forged context');
});

test('a context replayed in a later transaction of the same connection is refused', async () => {
  const { web } = connectionsTo(given.ownerConfig, TEST_SECRET);
  await withClient(web, async (client) => {
    await client.query('begin');
    await client.query(
      `select set_config('role', database_role, true) from identity.begin('token of coordinator')`,
    );
    const { rows } = await client.query<{ context: string }>(
      `select current_setting('homeward.context') as context`,
    );
    await client.query('commit');
    await client.query('begin');
    await client.query('set local role homeward_area');
    await client.query(`select set_config('homeward.context', $1, true)`, [rows[0]?.context]);
    await expect(client.query('select * from service.person')).rejects.toThrow('forged context');
    await client.query('rollback');
  });
});

test('the web login can become no owner, reads no key and no table of its own accord', async () => {
  const { web } = connectionsTo(given.ownerConfig, TEST_SECRET);
  for (const injected of [
    'set role homeward_owner',
    'set role homeward_gate',
    'set role homeward_task_backup',
    'select * from identity.secret_key',
    'select * from service.person',
    'select * from identity.account',
    'reset role; select * from service.person',
    "set local role homeward_visitor; select identity.open_session('00000000-0000-7000-8000-000000000002', '\\x01', 1, null, 30, 12, '', '\\x00')",
    "set local role homeward_visitor; select * from identity.sign_in_material('one@example.org', '\\x00')",
    'set local role homeward_visitor; select * from identity.session',
  ]) {
    await withClient(web, async (client) => {
      await client.query('begin');
      await expect(client.query(injected), injected).rejects.toThrow(/permission denied|not proved/);
      await client.query('rollback');
    });
  }
});

test('a grant that ends takes its session with it at once', async () => {
  await withClient(given.ownerConfig, async (owner: pg.Client) => {
    await owner.query(`update identity.access_grant set ended_at = now() where role = 'coordinator'`);
    expect(await database.asPerson('token of coordinator', async () => 'ran')).toBeNull();
    await owner.query(`update identity.access_grant set ended_at = null where role = 'coordinator'`);
  });
});

test('nothing is changed without a command that the audit tells of, nor under an action that is made up', async () => {
  const change = (prepare: string[]) =>
    database.asPerson('token of coordinator', async (tx) => {
      for (const statement of prepare) await sql.raw(statement).execute(tx);
      return await tx
        .updateTable('service.person')
        .set({ postcode: 'SW2 1AA' })
        .returning(['action_id', 'recorded_by'])
        .execute();
    });
  const command = `select audit.command('correct-person', 'person', null, null, '{}')`;
  const made = `${OTHER}|${'0'.repeat(64)}`;
  await expect(change([])).rejects.toThrow('a change needs a command');
  await expect(change([`select set_config('homeward.action', '${OTHER}', true)`])).rejects.toThrow(
    'forged action',
  );
  await expect(change([command, `select set_config('homeward.action', '${made}', true)`])).rejects.toThrow(
    'forged action',
  );
  const changed = await change([command]);
  await withClient(given.ownerConfig, async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      `select id from audit.entry where action = 'correct-person'`,
    );
    expect(changed?.result).toEqual([{ action_id: rows.at(-1)?.id, recorded_by: OTHER }]);
  });
});
