import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, CROYDON, LAMBETH, youngPerson } from '../support/young-person.ts';

/** What SQL injected into somebody's request could make of the function that queues messages. */

let given: TestService;
let referrerId: string;
let stranger: Someone;
let here: Someone;
let elsewhere: Someone;
let worker: Someone;
let otherWorker: Someone;

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  const [near, far] = [await provider(owner), await provider(owner)];
  const { id } = await youngPerson(owner, { area: LAMBETH });
  const { referralId } = await allocated(owner, id, near);
  const { rows } = await owner.query<{ referrer_id: string }>(
    'select referrer_id from service.referral where id = $1',
    [referralId],
  );
  referrerId = rows[0]?.referrer_id ?? '';
  stranger = await someone(owner, 'referrer');
  here = await someone(owner, 'coordinator', { areas: [LAMBETH] });
  elsewhere = await someone(owner, 'coordinator', { areas: [CROYDON] });
  worker = await someone(owner, 'caseworker', near);
  otherWorker = await someone(owner, 'caseworker', far);
});
afterAll(() => given.stop());
beforeEach(() => given.owner.query('delete from messages.message; delete from identity.attempt'));

const NOBODY = 'there is nobody of this id whom you may tell';

/** Has somebody tell an account something. @returns why not, or how many messages there are for the account. */
async function tells(
  who: Someone,
  accountId: string,
  template = 'something-waits',
): Promise<string | number> {
  try {
    await given.service.database.asPerson(who.token, (tx) =>
      sql`select messages.tell(${accountId}, ${template}, '/')`.execute(tx),
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { rowCount } = await given.owner.query('select from messages.message where account_id = $1', [
    accountId,
  ]);
  return rowCount ?? 0;
}

test('a referrer is told by those who read the referral, and by nobody else', async () => {
  expect(await tells(here, referrerId)).toBe(1);
  expect(await tells(worker, referrerId)).toBe(2);
  expect(await tells(elsewhere, referrerId)).toBe(NOBODY);
  expect(await tells(otherWorker, referrerId)).toBe(NOBODY);
  expect(await tells(stranger, referrerId)).toBe(NOBODY);
});

test('whether there is an account cannot be found out by telling it something', async () => {
  for (const who of [here, worker, stranger]) {
    expect(await tells(who, randomUUID())).toBe(NOBODY);
    expect(await tells(who, who === stranger ? referrerId : stranger.accountId)).toBe(NOBODY);
  }
});

test('a colleague is told, and so is oneself', async () => {
  expect(await tells(here, worker.accountId)).toBe(1);
  expect(await tells(stranger, stranger.accountId)).toBe(1);
});

test.each(['referrer-sign-in', 'invitation', 'reset', 'credentials-changed'])(
  'nobody can have %s sent, which frightens or lures whoever reads it',
  async (template) => {
    expect(await tells(here, worker.accountId, template)).toContain('a message about signing in');
  },
);

test('nobody floods a colleague', async () => {
  await given.owner.query(
    `insert into identity.attempt (key, count, window_ends_at) values ('messages ' || $1::text, 1000, now() + interval '1 hour')`,
    [here.accountId],
  );
  expect(await tells(here, worker.accountId)).toBe('too many messages in an hour');
});
