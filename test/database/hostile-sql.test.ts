import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeyring } from '../../src/platform/crypto/sealed-box.ts';
import { connectionsTo } from '../../src/platform/database/connections.ts';
import { setLoginPasswords } from '../../src/platform/database/login-passwords.ts';
import { Database, type Role, type Transaction } from '../../src/platform/database/transaction.ts';
import { applicationProof } from '../../src/platform/identity/application-proof.ts';
import { hashToken, newToken } from '../../src/platform/identity/token.ts';
import { TEST_SECRET, type TestDatabase, testDatabase, withClient } from '../support/database.ts';
import { inCommand, provider, type Someone, someone } from '../support/service.ts';

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
      coalesce(current_setting('homeward.context', true) ~ '^[0-9a-f-]{36}', false), nullif(current_setting('homeward.action', true), ''),
      (select count(*) from pg_prepared_statements where from_sql), (select count(*) from pg_cursors where is_holdable),
      (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())) as state`;

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

describe('the statements that a connection keeps', () => {
  const kept = sql<{ name: string; statement: string; times: number }>`
    select name, statement, generic_plans + custom_plans as times from pg_prepared_statements where not from_sql`;
  const own = (tx: Transaction) => sql`select ${'asked by everybody'}::text as asked`.execute(tx);
  const asks = async (database: Database, who: Someone) =>
    (
      await database.asPerson(who.token, async (tx, asker) => {
        await own(tx);
        return { asker: asker.accountId, kept: (await kept.execute(tx)).rows };
      })
    )?.result;

  test('are made once, for each role apart', async () => {
    const [caseworker, referrer] = [await made('caseworker', place), await made('referrer')];
    await withOneConnection(async (database) => {
      for (const who of [caseworker, referrer, caseworker, referrer]) await asks(database, who);
      const accounts = (await asks(database, caseworker))?.kept.filter((one) =>
        one.statement.includes('as asked'),
      );
      expect(accounts?.map((one) => one.times).sort()).toEqual([2, 3]);
    });
  });

  test('show each person what they may see, by the plan that was made for another', async () => {
    const areas = ['E09000007', 'E09000022'];
    const coordinators = await Promise.all(areas.map((area) => made('coordinator', { areas: [area] })));
    await withClient(given.ownerConfig, (owner) =>
      owner.query(
        `insert into service.person (family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
         select area, 'kept', 'not-known', 'unknown', 'NOBT', area from unnest($1::text[]) area`,
        [areas],
      ),
    );
    await withOneConnection(async (database) => {
      const look = async (who: Someone) =>
        (
          await database.asPerson(who.token, async (tx) => ({
            people: (
              await sql<{ area: string }>`select area from service.person where name_key = ${'kept'}`.execute(
                tx,
              )
            ).rows.map(({ area }) => area),
            generic: (
              await sql<{ times: number }>`
                select sum(generic_plans)::int as times from pg_prepared_statements where statement ~ 'service.person'`.execute(
                tx,
              )
            ).rows[0]?.times,
          }))
        )?.result;
      for (let round = 0; round < 8; round += 1)
        for (const [at, who] of coordinators.entries())
          expect((await look(who))?.people).toEqual([areas[at]]);
      const [first] = coordinators;
      if (first) expect((await look(first))?.generic).toBeGreaterThan(5);
    });
  });

  // A statement that opens a transaction is given the next person's session.
  test.each([
    ['are not what SQL put in their place', 'prepare %s as select 1 as account_id'],
    ['are made again where SQL took them away', 'select 1'],
    ['are made again where SQL took all away', 'deallocate all'],
  ])('%s', async (_what, then) => {
    const [caseworker, referrer] = [await made('caseworker', place), await made('referrer')];
    await withOneConnection(async (database) => {
      const begun = (await asks(database, caseworker))?.kept.find((one) =>
        one.statement.includes('identity.begin'),
      );
      const name = begun?.name ?? '';
      await database.asPerson(caseworker.token, (tx) =>
        sql.raw(`deallocate ${name}; ${then.replace('%s', name)}`).execute(tx),
      );
      for (const who of [referrer, caseworker]) {
        const asked = await asks(database, who);
        expect(asked?.asker).toBe(who.accountId);
        expect(asked?.kept.map((one) => one.statement).join()).toContain('identity.begin');
      }
    });
  });

  test('are no more than a connection can hold', async () => {
    const caseworker = await made('caseworker', place);
    await withOneConnection(async (database) => {
      const counts: number[] = [];
      for (let turn = 0; turn < 8; turn += 1) {
        const count = await database.asPerson(caseworker.token, async (tx) => {
          for (let other = 0; other < 50; other += 1)
            await sql`select ${sql.raw(String(turn * 50 + other))} where ${true}`.execute(tx);
          return (await kept.execute(tx)).rows.length;
        });
        counts.push(count?.result ?? 0);
      }
      expect(Math.max(...counts)).toBeGreaterThan(250);
      expect(Math.max(...counts)).toBeLessThan(400);
    });
  });

  test('follow a table that changed: one request fails, the next is served', async () => {
    const caseworker = await made('caseworker', place);
    await withClient(given.ownerConfig, async (owner) => {
      await owner.query(
        'create table reference.changes (id int); grant select on reference.changes to public',
      );
      await withOneConnection(async (database) => {
        const all = async () =>
          (
            await database.asPerson(caseworker.token, (tx) =>
              sql`select * from reference.changes where ${true}`.execute(tx),
            )
          )?.result.rows;
        expect(await all()).toEqual([]);
        await owner.query('alter table reference.changes add more int');
        await expect(all()).rejects.toThrow('must not change');
        expect(await all()).toEqual([]);
      });
      await owner.query('drop table reference.changes');
    });
  });
});

describe('a role is asked for where those who answer for it are', () => {
  test.each([
    ['operations-manager', {}],
    ['administrator', {}],
    ['data-protection-lead', {}],
    ['coordinator', { areas: ['E09000022'] }],
    ['spoc', { areas: ['E09000022'] }],
    ['referrer', {}],
    ['provider-manager', { areas: ['E09000022'] }],
  ] satisfies [Role, { areas?: string[] }][])(
    'no partner can be made to give the role of %s',
    async (role, more) => {
      const administrator = await made('administrator', { organisationId: service });
      const accomplice = await made('provider-manager', place);
      await withOneConnection(async (database) => {
        const asked = database.asPerson(administrator.token, (tx) =>
          tx
            .insertInto('identity.access_grant')
            .values({
              account_id: accomplice.accountId,
              role,
              organisation_id: place.organisationId,
              requested_by: administrator.accountId,
              areas: [],
              ...more,
            })
            .execute(),
        );
        await expect(asked).rejects.toThrow('row-level security');
      });
    },
  );
});

test('who refers is no colleague, not even by the role that says so', async () => {
  const [caseworker, referrer] = [await made('caseworker', place), await made('referrer')];
  await withOneConnection(async (database) => {
    const seen = await database.asPerson(caseworker.token, (tx) =>
      tx.selectFrom('identity.access_grant').select('account_id').execute(),
    );
    const accounts = seen?.result.map((grant) => grant.account_id);
    expect(accounts).toContain(caseworker.accountId);
    expect(accounts).not.toContain(referrer.accountId);
  });
});

describe('the manager of a provider', () => {
  let manager: Someone;
  let open: string;
  let ended: string;
  let person: string;

  beforeAll(async () => {
    manager = await made('provider-manager', place);
    const referrer = await made('referrer');
    await withClient(given.ownerConfig, async (owner) => {
      const about = 'name_key, date_of_birth_precision, gender, ethnicity, area';
      const values = `'x', 'not-known', 'unknown', 'NOBT', 'E09000022'`;
      const people = await owner.query<{ id: string }>(
        `insert into service.person (family_name, ${about}) values ('X', ${values}), ('X', ${values}) returning id`,
      );
      const ids = [];
      for (const [index, { id }] of people.rows.entries()) {
        const made = await owner.query<{ id: string }>(
          `with r as (
             insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, family_name, answers,
               person_id, ${about})
             values ('intervention', 'allocated', $2, 'school', 'A school', '2030-01-01', 'X', '[]', $1, ${values}) returning id)
           insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, taken_up_at, ended_at)
           select id, $1, 'E09000022', $3, $4, '2024-01-01', $5 from r returning id`,
          [id, referrer.accountId, place.organisationId, place.teamId, index === 0 ? null : '2025-01-01'],
        );
        ids.push(made.rows[0]?.id ?? '');
      }
      [open = '', ended = ''] = ids;
      person = people.rows[1]?.id ?? '';
    });
  });

  const setWorker = (database: Database, allocation: string, worker: string) =>
    inCommand(database, manager.token, (tx) =>
      tx
        .updateTable('service.allocation')
        .set({ worker_id: worker })
        .where('id', '=', allocation)
        .executeTakeFirst(),
    );

  test('cannot begin again what has ended', async () => {
    const caseworker = await made('caseworker', place);
    await withOneConnection(async (database) => {
      const again = database.asPerson(manager.token, (tx) =>
        tx.updateTable('service.allocation').set({ ended_at: null }).where('id', '=', ended).execute(),
      );
      await expect(again).rejects.toThrow('permission denied');
      expect((await setWorker(database, ended, caseworker.accountId))?.result.numUpdatedRows).toBe(0n);
      expect((await setWorker(database, open, caseworker.accountId))?.result.numUpdatedRows).toBe(1n);
    });
  });

  test('is not told who looks at somebody they work with no longer', async () => {
    await withOneConnection(async (database) => {
      const looks = () =>
        database.asPerson(manager.token, async (tx) => {
          await sql`select audit.look('view-person', 'person', ${person}, ${person})`.execute(tx);
          return (await sql`select from audit.looks_at(${person})`.execute(tx)).rows.length;
        });
      expect((await looks())?.result).toBe(0);
      await withClient(given.ownerConfig, (owner) =>
        owner.query(`update service.allocation set ended_at = now() - interval '27 days' where id = $1`, [
          ended,
        ]),
      );
      expect((await looks())?.result).toBe(2);
    });
  });

  test('cannot make somebody of another team the worker', async () => {
    const other = await withClient(given.ownerConfig, (owner) => provider(owner));
    const stranger = await made('caseworker', other);
    await withOneConnection(async (database) => {
      await expect(setWorker(database, open, stranger.accountId)).rejects.toThrow('row-level security');
    });
  });
});

test('settings that injected SQL gave the login for good are gone when the service starts again', async () => {
  const { web } = connectionsTo(given.ownerConfig, TEST_SECRET);
  const patience = () =>
    withClient(web, async (client) => (await client.query('show lock_timeout')).rows[0]?.lock_timeout);
  await withClient(web, (client) =>
    client.query(`alter role homeward_web in database ${given.name} set lock_timeout = '7s'`),
  );
  expect(await patience()).toBe('7s');
  await withClient(given.ownerConfig, (owner) => setLoginPasswords(owner, TEST_SECRET));
  expect(await patience()).toBe('0');
});

test('nobody settles the name of somebody else’s address before its owner has been here', async () => {
  const keyring = createKeyring(TEST_SECRET);
  const email = `${randomUUID()}@example.org`;
  const ask = (database: Database, name: string) => {
    const hash = Buffer.from(hashToken(newToken()));
    const proof = applicationProof(keyring, 'make-referrer-link', email, name, hash.toString('hex'));
    return database.asVisitor((tx) =>
      sql`select identity.make_referrer_link(${email}, ${name}, ${hash}, ${hash}, ${proof})`.execute(tx),
    );
  };
  await withOneConnection(async (database) => {
    await withClient(given.ownerConfig, async (owner) => {
      const name = async () =>
        (await owner.query('select name from identity.account where email = $1', [email])).rows[0]?.name;
      await ask(database, 'Written By Another');
      await ask(database, 'The Owner');
      expect(await name()).toBe('The Owner');
      await owner.query(
        `insert into identity.session (token_hash, account_id, absolute_until, idle_minutes)
         select sha256(id::text::bytea), id, now(), 60 from identity.account where email = $1`,
        [email],
      );
      await ask(database, 'Written By Another');
      expect(await name()).toBe('The Owner');
    });
  });
});
