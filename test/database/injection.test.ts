import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionsTo } from '../../src/platform/database/connections.ts';
import { Database, type Transaction } from '../../src/platform/database/transaction.ts';
import { TEST_SECRET, type TestDatabase, testDatabase, withClient } from '../support/database.ts';
import { provider, type Someone, someone } from '../support/service.ts';

/** A caseworker with one young person, and another young person who is nobody's. */
let given: TestDatabase;
let database: Database;
let caseworker: Someone;
let mine: string;

beforeAll(async () => {
  given = await testDatabase();
  database = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).web);
  await withClient(given.ownerConfig, async (owner) => {
    const place = await provider(owner);
    caseworker = await someone(owner, 'caseworker', place);
    const about = `name_key, date_of_birth_precision, gender, ethnicity, area`;
    const values = `'not-known', 'unknown', 'NOBT', 'E09000022'`;
    const { rows } = await owner.query<{ id: string }>(`
      insert into service.person (family_name, ${about})
      values ('MINE', 'mine', ${values}), ('CANARY', 'canary', ${values}) returning id`);
    mine = rows[0]?.id ?? '';
    await owner.query(
      `with r as (
         insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, family_name, answers,
           person_id, ${about})
         values ('intervention', 'allocated', $2, 'school', 'A school', '2030-01-01', 'MINE', '[]', $1, 'mine', ${values}) returning id)
       insert into service.allocation (referral_id, person_id, area, organisation_id, team_id)
       select id, $1, 'E09000022', $3, $4 from r`,
      [mine, caseworker.accountId, place.organisationId, place.teamId],
    );
  });
});
afterAll(async () => {
  await database.close();
  await given.drop();
});

async function as<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const began = await database.asPerson(caseworker.token, work);
  if (!began) throw new Error('The caseworker has no session');
  return began.result;
}

const payloads = [
  `'; update service.person set family_name = 'PWNED'; --`,
  `' or '1'='1`,
  `x' union select encode(key, 'hex') from identity.secret_key --`,
  `\\'; reset role; --`,
  `$1`,
  `$$; select 1; $$`,
  `':* & !( <-> |`,
  `%_\\`,
  'ﬁ’‘＇；',
];

describe('a value that is SQL is a value', () => {
  const uses: Record<string, (tx: Transaction, typed: string) => Promise<unknown[]>> = {
    'in a comparison': (tx, typed) =>
      tx.selectFrom('service.person').select('id').where('family_name', '=', typed).execute(),
    'in a pattern': (tx, typed) =>
      tx.selectFrom('service.person').select('id').where('family_name', 'like', `${typed}x`).execute(),
    'in a list': (tx, typed) =>
      tx.selectFrom('service.person').select('id').where('family_name', 'in', [typed, typed]).execute(),
    'in an array': async (tx, typed) =>
      (await sql`select id from service.person where family_name = any (${[typed]})`.execute(tx)).rows,
    'in JSON': async (tx, typed) =>
      (
        await sql`select id from service.person where ${JSON.stringify({ typed })}::jsonb @> '{"id": 1}'`.execute(
          tx,
        )
      ).rows,
    'in a search': async (tx, typed) =>
      (await sql`select id from need_to_know.search_people(${typed}, 10)`.execute(tx)).rows,
    'in the audit of a search': async (tx, typed) =>
      (await sql`select 1 from audit.search(${typed}, 0) where false`.execute(tx)).rows,
  };

  test.each(Object.entries(uses))('%s', async (_where, use) => {
    for (const payload of payloads) expect(await as((tx) => use(tx, payload)), payload).toEqual([]);
    await withClient(given.ownerConfig, async (owner) => {
      const { rowCount } = await owner.query(`select from service.person where family_name = 'PWNED'`);
      expect(rowCount).toBe(0);
    });
  });
});

/** The mistake that all the rest is there for: a page that puts what was typed into its SQL. */
const careless = (typed: string): RawBuilder<{ found: string }> =>
  sql.raw(`select family_name as found from service.person where family_name = '${typed}'`);

describe('a page that forgot to use a parameter', () => {
  const found = async (typed: string) =>
    (await as((tx) => careless(typed).execute(tx))).rows.map((row) => row.found);

  test('is injected for certain, so that the rest of this proves something', async () => {
    expect(await found(`x' union select 'INJECTED' --`)).toEqual(['INJECTED']);
  });

  test('gives the asker their own young people and nobody else’s', async () => {
    expect(await found(`x' or true --`)).toEqual(['MINE']);
    expect(await found(`x' union select family_name from history.person --`)).toEqual([]);
    expect(await found(`x' union select family_name from as_at.person(now()) --`)).toEqual(['MINE']);
    expect(await found(`x' union select family_name from service.referral --`)).toEqual(['MINE']);
  });

  test.each([
    `x' union select encode(key, 'hex') from identity.secret_key --`,
    `x' union select encode(token_hash, 'hex') from identity.session --`,
    `x' union select encode(password_sealed, 'hex') from identity.account --`,
    `x' union select email from identity.account --`,
    `x' union select convert_from(body, 'UTF8') from audit.entry --`,
    `x' union select identity.context_proof('a') --`,
    `x' union select pg_read_file('/etc/passwd') --`,
    `x'; update service.person set family_name = 'PWNED' --`,
    `x'; delete from service.case_note --`,
    `x'; truncate service.person --`,
    `x'; drop table service.person --`,
    `x'; alter table service.person disable row level security --`,
    `x'; create policy mine on service.person using (true) --`,
    `x'; create function service.mine() returns int language sql as 'select 1' --`,
    `x'; set local row_security = off; select * from service.person --`,
    `x'; set role homeward_gate --`,
    `x'; set session authorization homeward_owner --`,
    `x'; copy service.person to program 'cat' --`,
    `x'; select lo_import('/etc/passwd') --`,
    `x'; select graphile_worker.add_job('x') --`,
    `x'; select jobs.add('disposal', '{}') --`,
    `x'; select disposal.carry_out('${'0'.repeat(8)}-0000-0000-0000-000000000000') --`,
  ])('refuses %s', async (typed) => {
    await expect(found(typed)).rejects.toThrow(/permission denied|must be owner|row-level security policy/);
  });

  test('gives nothing for the role of somebody else, nor for none', async () => {
    for (const role of ['area', 'provider', 'steward', 'referrer', 'visitor']) {
      const seen = as(async (tx) => {
        await careless(`x'; set local role homeward_${role}; --`).execute(tx);
        return (await careless(`x' or true --`).execute(tx)).rows;
      });
      expect(await seen.catch((error: unknown) => String(error)), role).toSatisfy(
        (answer: unknown) =>
          (Array.isArray(answer) && answer.length === 0) || /permission denied/.test(String(answer)),
      );
    }
    await expect(found(`x'; reset role; select * from service.person --`)).rejects.toThrow(
      'permission denied',
    );
  });

  test('leaves nothing to see for whoever has the connection next', async () => {
    const one = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).web, { connections: 1 });
    try {
      await one.asPerson(caseworker.token, async (tx) => {
        const { rows } = await sql<{ context: string }>`
          select current_setting('homeward.context') as context`.execute(tx);
        await sql.raw('set session role homeward_relationship').execute(tx);
        await sql`select set_config('homeward.context', ${rows[0]?.context ?? ''}, false)`.execute(tx);
      });
      for (const look of [sql`select from service.person`, sql`select from service.case_note`]) {
        await expect(one.asVisitor((tx) => look.execute(tx))).rejects.toThrow('permission denied');
      }
      // Somebody who signs in next is nobody, and not refused for what another left.
      expect(await one.asPerson('no token', async () => 'ran')).toBeNull();
      const theirs = await one.asPerson(caseworker.token, async (_tx, asker) => asker.role);
      expect(theirs?.result).toBe('caseworker');
    } finally {
      await one.close();
    }
  });
});
