import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Database, type Transaction } from '../../src/platform/database/transaction.ts';
import { FormClient } from '../../test/support/form-client.ts';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';

/** Nobody whom a restriction does not name is told of anything that leads to the record. */

const LAMBETH = 'E09000022';
const CAMDEN = 'E09000007';

let given: TestService;
let jobs: Database;
let named: Someone, worker: Someone, referrer: Someone;
let coordinator: Someone, contact: Someone, analyst: Someone, consultant: Someone, operations: Someone;
let newContact: Someone, newCoordinator: Someone;
let team: Awaited<ReturnType<typeof provider>>;
let person: string, referral: string;

beforeAll(async () => {
  given = await testService();
  jobs = new Database(given.connections.jobs);
  team = await provider(given.owner);
  named = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
  worker = await someone(given.owner, 'caseworker', team);
  referrer = await someone(given.owner, 'referrer');
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
  contact = await someone(given.owner, 'spoc', { areas: [LAMBETH] });
  analyst = await someone(given.owner, 'analyst');
  consultant = await someone(given.owner, 'gender-consultant', team);
  operations = await someone(given.owner, 'operations-manager');
  newContact = await someone(given.owner, 'spoc', { areas: [CAMDEN] });
  newCoordinator = await someone(given.owner, 'coordinator', { areas: [CAMDEN] });
});
afterAll(async () => {
  await jobs.close();
  await given.stop();
});

const as = (who: Someone) => new FormClient(given, who);
const unnamed = () => [coordinator, contact, analyst, consultant, operations, newContact, newCoordinator];

/** A young person in Lambeth with whom the team works, who came by a referral that waits for nothing. */
beforeEach(async () => {
  person = randomUUID();
  referral = randomUUID();
  await given.owner.query(
    `insert into service.person (id, given_names, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
     values ($1, 'Person', 'Zz', 'person zz', 'not-known', 'male', 'NOBT', $2)`,
    [person, LAMBETH],
  );
  await given.owner.query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, family_name, name_key,
       date_of_birth_precision, gender, ethnicity, answers, person_id)
     values ($1, 'intervention', 'accepted', $2, 'education', 'A school', '2030-01-01', $3, 'Zz', 'zz', 'not-known', 'male', 'NOBT', '[]', $4)`,
    [referral, referrer.accountId, LAMBETH, person],
  );
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, worker_id, taken_up_at)
     values ($1, $2, $3, $4, $5, $6, now())`,
    [referral, person, LAMBETH, team.organisationId, team.teamId, worker.accountId],
  );
});

async function restrictTo(...readers: Someone[]): Promise<void> {
  const { status } = await as(named).submit(`/people/${person}/restrict`, {
    readers: readers.map(({ accountId }) => accountId),
    why: 'A worker of the team is an uncle of theirs',
  });
  expect(status).toBe(303);
  await given.owner.query('delete from messages.message');
}

/** To whom what was queued since the restriction goes, and where it leads. */
async function told(): Promise<{ who: string; path: string }[]> {
  const { rows } = await given.owner.query<{ who: string; path: string }>(
    'select account_id as who, path from messages.message order by 1, 2',
  );
  return rows;
}
async function expectNobodyElseIsTold(): Promise<void> {
  const accounts = new Set((await told()).map(({ who }) => who));
  expect(unnamed().filter(({ accountId }) => accounts.has(accountId))).toEqual([]);
}

const asking = (kind: string) => ({
  kind,
  question: 'Who looks for him?',
  'dueOn-day': '1',
  'dueOn-month': '3',
  'dueOn-year': String(new Date().getFullYear() + 1),
});
const ask = (who: Someone, kind: string) =>
  as(who).submit(`/people/${person}/ask?kind=${kind}`, asking(kind));

describe('what is asked about a restricted record', () => {
  test.each([
    ['intelligence-check', () => worker, () => analyst],
    ['consultation', () => worker, () => consultant],
    ['borough', () => named, () => contact],
  ] as const)(
    '%s: is refused while nobody who answers is named, and told to those who are',
    async (kind, by, answers) => {
      await restrictTo(named, worker);
      const refused = await ask(by(), kind);
      expect(refused.status).toBe(422);
      expect(refused.html).toContain('This record is restricted, and it names no');
      expect(refused.html).toContain('Who looks for him?');
      expect(await told()).toEqual([]);
      const { rows } = await given.owner.query('select from service.request where person_id = $1', [person]);
      expect(rows).toHaveLength(0);

      const another = await someone(given.owner, kind === 'borough' ? 'spoc' : 'analyst', {
        areas: kind === 'borough' ? [LAMBETH] : [],
      });
      const naming = await as(named).submit(`/people/${person}/restrict`, {
        readers: [named, worker, answers()].map(({ accountId }) => accountId),
      });
      expect(naming.status).toBe(303);
      expect((await ask(by(), kind)).status).toBe(303);
      const messages = await told();
      expect(messages.map(({ who }) => who)).toEqual([answers().accountId]);
      expect(messages.map(({ who }) => who)).not.toContain(another.accountId);
      expect((await as(answers()).get(messages[0]?.path ?? '')).status).toBe(200);
    },
  );

  test('is not refused of a record that is not restricted, nor once it is lifted', async () => {
    expect((await ask(worker, 'intelligence-check')).status).toBe(303);
    await restrictTo(named, worker);
    await as(named).submit(`/people/${person}/restrict/lift`, { why: 'The uncle has left' });
    expect((await ask(worker, 'consultation')).status).toBe(303);
    expect((await told()).map(({ who }) => who)).toContain(consultant.accountId);
  });
});

describe('what the referrer of somebody whose record is restricted does', () => {
  const asReferrer = (work: (tx: Transaction) => Promise<unknown>) =>
    given.service.database.asPerson(referrer.token, work);
  const attached = async (id: string) =>
    await asReferrer((tx) =>
      sql`select need_to_know.attach(${id}, null, ${referral}, null, 'a.pdf', 'pdf', 3, ${Buffer.alloc(32)},
        ${Buffer.from('abc')}, now())`.execute(tx),
    );
  const acts: Record<string, () => Promise<unknown>> = {
    'add to the referral': () =>
      asReferrer((tx) => sql`select need_to_know.add_to_referral(${referral}, 'More', now())`.execute(tx)),
    'withdraw it': () =>
      asReferrer((tx) => sql`select need_to_know.withdraw_referral(${referral}, 'Moved', now())`.execute(tx)),
    'send a file that is infected': async () => {
      const id = randomUUID();
      await attached(id);
      await jobs.asTask('scanning', (tx) =>
        sql`select need_to_know.attachment_scanned(${id}, 'infected', 'Test.Signature', now())`.execute(tx),
      );
    },
  };

  test.each(Object.keys(acts))('%s: tells the coordinator who is named, and no other', async (act) => {
    await restrictTo(named, worker);
    await acts[act]?.();
    await expectNobodyElseIsTold();
    expect(await told()).toContainEqual({ who: named.accountId, path: `/referrals/${referral}` });
  });

  test('tells whoever is named, on the record, where none of them is its coordinator', async () => {
    await restrictTo(named, worker);
    await given.owner.query(
      'update service.restriction_reader set ended_at = now() where account_id = $1 and person_id = $2',
      [named.accountId, person],
    );
    // Left to those who run the service, who are then as good as named; and to the worker, who is named.
    await acts['add to the referral']?.();
    const accounts = (await told()).map(({ who }) => who);
    expect(accounts.toSorted()).toEqual([operations.accountId, worker.accountId].toSorted());
  });
});

describe('responsibility for somebody whose record is restricted', () => {
  test('is passed on without a word to those who are not named, and whoever passes it on is told so', async () => {
    await restrictTo(named, worker, contact);
    const visitor = new HttpVisitor(given, named.cookie);
    const moved = await visitor.fill(`/people/${person}/borough`, {
      area: CAMDEN,
      'movedOn-day': '1',
      'movedOn-month': '1',
      'movedOn-year': '2026',
      why: 'The family moved',
      agreedBy: 'Ros Avery',
    });
    expect(moved.status).toBe(303);
    expect((await visitor.get('/account')).text).toContain('nobody there was told');
    const accounts = (await told()).map(({ who }) => who);
    for (const who of [coordinator, newContact, newCoordinator])
      expect(accounts).not.toContain(who.accountId);
    expect(accounts).toContain(contact.accountId);
  });
});

test('one job delivers all that a transaction tells', async () => {
  await given.owner.query('delete from messages.message');
  await given.owner.query(`select messages.queue(a, 'something-waits', '/') from unnest($1::uuid[]) a`, [
    [analyst, worker, named].map(({ accountId }) => accountId),
  ]);
  expect(await told()).toHaveLength(3);
  const { rows } = await given.owner.query<{ added: string }>(
    `select count(*)::text as added from graphile_worker.jobs where key like 'deliver-messages %' and attempts = 0
       and created_at = (select max(created_at) from graphile_worker.jobs where key like 'deliver-messages %')`,
  );
  expect(rows[0]?.added).toBe('1');
});
