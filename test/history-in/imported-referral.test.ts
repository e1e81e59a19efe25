import { afterAll, beforeAll, expect, test } from 'vitest';
import { importHistory } from '../../src/history-in/index.ts';
import { systemClock } from '../../src/platform/clock/clock.ts';
import { actOnReferral } from '../../src/referrals/deciding-commands.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';
import { folder, wholeRows } from './incoming.ts';

let given: TestService;
let coordinator: Someone;
const ids: Record<string, string> = {};

beforeAll(async () => {
  given = await testService();
  coordinator = await someone(given.owner, 'coordinator', { areas: ['E09000022'] });
  const row = wholeRows['referrals.csv'];
  await importHistory(given.connections.jobs, {
    files: folder({
      'referrals.csv': [
        { ...row, referral_ref: 'accepted' },
        { ...row, referral_ref: 'one', person_ref: 'P-2', decision: 'pending', decided_on: '' },
        { ...row, referral_ref: 'other', person_ref: 'P-3', decision: 'pending', decided_on: '' },
        { ...row, referral_ref: 'declined', decision: 'declined', decision_reason: 'no-consent' },
      ],
    }),
    source: 'x',
    mode: 'all',
    onBehalfOf: null,
    now: systemClock.now(),
    fault: (fault) => {
      throw new Error(fault.message);
    },
  });
  const { rows } = await given.owner.query('select id, source_ref from service.referral');
  for (const { id, source_ref } of rows) ids[source_ref] = id;
});
afterAll(() => given.stop());

const page = async (path: string) => {
  const reply = await fetch(`${given.url}${path}`, { headers: { cookie: coordinator.cookie } });
  return { status: reply.status, text: (await reply.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') };
};

test('is shown as it came, without a referrer and with nobody to tell', async () => {
  const { status, text } = await page(`/referrals/${ids.declined}`);
  expect(status).toBe(200);
  expect(text).toContain('Referrer From the system before this one');
  expect(text).toContain('Received 1 June 2020');
  expect(text).toContain('Brought in from the system before this one The import');
  expect(text).toContain('Reason: No consent');
  expect(text).not.toContain('What the referrer is told');
  expect(text).not.toContain('Verify the referrer');
  expect((await page(`/referrals/${ids.one}/verify-referrer`)).status).toBe(404);
});

test('that still waits is decided here like any other, and its reason is kept beside it', async () => {
  const decide = (id: string | undefined, action: Parameters<typeof actOnReferral>[3]) =>
    given.service.database.asPerson(coordinator.token, (tx, asker) =>
      actOnReferral(tx, { asker, clock: systemClock }, id ?? '', action, 1),
    );
  expect((await decide(ids.one, { kind: 'accepted', words: '' }))?.result).toEqual({ outcome: 'done' });
  expect(
    (await decide(ids.other, { kind: 'declined', reason: 'outside-criteria', words: '' }))?.result,
  ).toEqual({ outcome: 'done' });
  const { rows } = await given.owner.query(
    `select source_ref, stage, decision_reason, episode_id is not null as supported from service.referral
     where source_ref in ('one', 'other') order by 1`,
  );
  expect(rows).toEqual([
    { source_ref: 'one', stage: 'accepted', decision_reason: null, supported: true },
    { source_ref: 'other', stage: 'declined', decision_reason: 'outside-criteria', supported: false },
  ]);
});

test.each(['decide', 'allocate', 'triage', 'match', 'amend-decision', 'reverse-decision'])(
  'opens the page to %s it, or says that it is not there',
  async (task) => {
    for (const id of Object.values(ids))
      expect([200, 404]).toContain((await page(`/referrals/${id}/${task}`)).status);
  },
);

test('stands in the queue and on the pages of the young person', async () => {
  expect((await page('/queue')).status).toBe(200);
  const { rows } = await given.owner.query('select id from service.person');
  for (const { id } of rows) {
    const { status, text } = await page(`/people/${id}`);
    expect(status).toBe(200);
    expect(text).toContain('Amina Bello');
  }
});
