import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { connectionsTo } from '../platform/database/connections.ts';
import { Database } from '../platform/database/transaction.ts';
import { keepHouse } from './housekeeping.ts';

let given: TestDatabase;
let owner: pg.Client;
let database: Database;

beforeAll(async () => {
  given = await testDatabase();
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  database = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).jobs);
});
afterAll(async () => {
  await database.close();
  await owner.end();
  await given.drop();
});

test('what has run out goes, what has not stays, and the audit says how much', async () => {
  await owner.query(`
    insert into identity.account (id, email, name, kind)
    values ('00000000-0000-7000-8000-000000000001', 'someone@example.org', 'Someone', 'staff');
    insert into identity.submission (id, account_id, at)
    select gen_random_uuid(), a.id, now() - make_interval(days => d) from identity.account a, unnest(array[29, 31]) d;
    insert into identity.attempt (key, count, window_ends_at)
    select 'key ' || h, 1, now() - make_interval(hours => h) from unnest(array[23, 25]) h;
    insert into identity.kept_form (account_id, path, fields_sealed, saved_at)
    select a.id, '/' || d, '', now() - make_interval(days => d) from identity.account a, unnest(array[13, 15]) d;
    insert into identity.link (token_hash, purpose, account_id, expires_at)
    select int4send(d), 'reset', a.id, now() - make_interval(days => d) from identity.account a, unnest(array[29, 31]) d;
    insert into messages.message (account_id, template, path, secret_sealed, created_at)
    select a.id, 'reset', '/', 'sealed', now() - make_interval(days => d) from identity.account a, unnest(array[6, 8]) d;
    insert into service.referral_draft (account_id, answers_sealed, expires_at)
    select a.id, '', now() + make_interval(mins => m) from identity.account a, unnest(array[1, -1]) m;
  `);
  const oneOfEach = {
    submissions: 1,
    attempts: 1,
    keptForms: 1,
    links: 1,
    messageLinks: 1,
    referralDrafts: 1,
  };
  expect(await keepHouse(database)).toEqual(oneOfEach);
  const { rows } = await owner.query<{ task: string; detail: unknown }>(
    `select task, convert_from(body, 'UTF8')::jsonb -> 'detail' as detail from audit.entry where action = 'housekeeping'`,
  );
  expect(rows).toEqual([{ task: 'housekeeping', detail: oneOfEach }]);
  const left = await owner.query(`
    select (select count(*) from identity.submission) + (select count(*) from identity.attempt)
      + (select count(*) from identity.kept_form) + (select count(*) from identity.link)
      + (select count(*) from messages.message where secret_sealed is not null)
      + (select count(*) from service.referral_draft) as kept,
      (select count(*) from messages.message) as messages`);
  expect(left.rows).toEqual([{ kept: 6, messages: 2 }]);

  expect(Object.values(await keepHouse(database))).toEqual([0, 0, 0, 0, 0, 0]);
  expect((await owner.query(`select from audit.entry where action = 'housekeeping'`)).rowCount).toBe(1);
});
