import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outcomeItems } from '../../src/closing/closing.ts';
import { importHistory } from '../../src/history-in/index.ts';
import { systemClock } from '../../src/platform/clock/clock.ts';
import { actOnReferral } from '../../src/referrals/deciding-commands.ts';
import { FormClient } from '../support/form-client.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
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

describe('support that is still open in the files', () => {
  const { closed_on: _closed, closure_reason: _why, ...row } = wholeRows['support.csv'];
  const open = { ...row, referral_ref: 'open', outcome_1: '', outcome_8: '', harm: '', resilience: '' };
  const files = (support: Readonly<Record<string, string>> | null = open) =>
    folder({
      'referrals.csv': [
        {
          ...wholeRows['referrals.csv'],
          referral_ref: 'open',
          person_ref: 'P-9',
          given_names: 'Ife',
          family_name: 'Ola',
        },
      ],
      'support.csv': support === null ? [] : [support],
    });
  const bring = async (what = files()) =>
    await importHistory(given.connections.jobs, {
      files: what,
      source: 'x',
      mode: 'all',
      onBehalfOf: null,
      now: systemClock.now(),
      fault: (fault) => {
        throw new Error(fault.message);
      },
    });
  const as = (who: Someone) => new FormClient(given, who);
  const one = async (query: string, ...values: unknown[]) => (await given.owner.query(query, values)).rows[0];
  const figures = async (moment: Date) =>
    (
      await given.owner.query(
        `select provider, allocated_on, first_engaged_on, closed_on is not null as closed, outcome_1
         from as_at.support_facts($1) order by allocated_on`,
        [moment],
      )
    ).rows;
  /** As the database's clock has it: rows are stamped by that. */
  const now = async (): Promise<Date> => (await one('select clock_timestamp() as at')).at;
  const asOpen = {
    provider: 'st-giles',
    allocated_on: '2020-06-08',
    first_engaged_on: '2020-06-20',
    closed: false,
    outcome_1: null,
  };

  test('stands on a list, goes to a provider here, and is counted once throughout', async () => {
    const { owner } = given;
    const team = await provider(owner, 'St Giles');
    await owner.query(`update identity.organisation set code = 'st-giles' where id = $1`, [
      team.organisationId,
    ]);
    const manager = await someone(owner, 'provider-manager', { organisationId: team.organisationId });
    const worker = await someone(owner, 'caseworker', team);
    const elsewhere = await someone(owner, 'coordinator', { areas: ['E09000007'] });
    expect((await bring()).imported).toBe(true);
    const { id, person_id: personId } = await one(
      `select id, person_id from service.referral where source_ref = 'open'`,
    );

    // The coordinator of the borough sees it; nobody else does.
    expect((await as(coordinator).get('/home')).html).toContain('/support-from-files');
    expect((await page('/support-from-files')).text).toContain('Ife Ola');
    expect((await as(elsewhere).get('/support-from-files')).html).not.toContain('Ola');
    for (const who of [manager, worker]) expect((await as(who).get(`/people/${personId}`)).status).toBe(404);
    const before = await now();
    expect(await figures(before)).toEqual([asOpen]);

    // It goes with the young person to another borough, and back.
    const move = async (who: Someone, from: string, to: string) =>
      await given.service.database.asPerson(who.token, (tx) =>
        sql`select need_to_know.move_person(${personId}, ${from}, ${to}, '2026-01-01', 'They moved', 'Both')`.execute(
          tx,
        ),
      );
    await move(coordinator, 'E09000022', 'E09000007');
    expect((await page('/support-from-files')).text).not.toContain('Ife Ola');
    expect((await as(elsewhere).get('/support-from-files')).html).toContain('Ife Ola');
    await move(elsewhere, 'E09000007', 'E09000022');
    expect((await page('/support-from-files')).text).toContain('Ife Ola');

    // Its provider's team is offered first, and needs no reason.
    const choosing = (await as(coordinator).get(`/referrals/${id}/allocate`)).html;
    expect(choosing).toContain('Support that had begun');
    expect(choosing).toMatch(new RegExp(`value="${team.teamId}"[^>]* selected`));
    const allocate = async (fields: Record<string, string> = {}) =>
      await as(coordinator).submit(`/referrals/${id}/allocate?team=${team.teamId}`, {
        worker: 'team',
        why: '',
        ...fields,
      });
    expect((await allocate()).status).toBe(303);
    expect((await page('/support-from-files')).text).not.toContain('Ola');
    expect((await page(`/referrals/${id}/allocate`)).text).toContain('cannot be allocated now');
    expect(await figures(await now())).toEqual([asOpen]);
    const allocation = async () =>
      (await one('select id from service.allocation where referral_id = $1 and ended_at is null', id)).id;

    // Handed back, it is as it was.
    const back = await as(manager).submit(`/allocations/${await allocation()}/hand-back`, {
      reason: 'no-capacity',
      why: '',
    });
    expect(back.status).toBe(303);
    expect((await page('/support-from-files')).text).toContain('Ife Ola');
    expect(await figures(await now())).toEqual([asOpen]);

    expect((await allocate({ worker: worker.accountId })).status).toBe(303);
    expect((await as(manager).submit(`/allocations/${await allocation()}`, {})).status).toBe(303);
    expect((await as(worker).get(`/people/${personId}`)).status).toBe(200);
    expect((await as(worker).get('/caseload')).html).toContain('Ola');
    expect(await figures(await now())).toEqual([asOpen]);

    // The same files change nothing; files that close it leave what goes on here, and say so.
    const same = await bring();
    expect(same.files['support.csv']).toMatchObject({ same: 1, changed: 0, retired: 0 });
    expect(same.supportContinued.count).toBe(0);

    // Days that the file corrects are corrected here, and kept as they were before; a file without the row leaves it.
    const uncorrected = await now();
    await bring(files({ ...open, allocated_on: '2020-06-09', first_engaged_on: '2020-06-22' }));
    const corrected = { ...asOpen, allocated_on: '2020-06-09', first_engaged_on: '2020-06-22' };
    expect(await figures(await now())).toEqual([corrected]);
    expect(await figures(uncorrected)).toEqual([asOpen]);
    expect((await bring(files(null))).files['support.csv']).toMatchObject({ retired: 0 });
    await bring();
    expect(await figures(await now())).toEqual([asOpen]);
    const closing = await bring(files({ ...open, closed_on: '2021-01-10', closure_reason: 'planned' }));
    expect(closing.supportContinued).toMatchObject({
      count: 1,
      first: [{ referral: 'open', place: 'support.csv:2' }],
    });
    expect(await figures(await now())).toEqual([asOpen]);
    const { stage, ended_at } = await one(
      `select r.stage, l.ended_at from service.referral r join service.allocation l on l.id = $2 where r.id = $1`,
      id,
      await allocation(),
    );
    expect([stage, ended_at]).toEqual(['allocated', null]);

    // It is closed here as any support is, and counted once.
    const closed = await as(worker).submit(`/people/${personId}/closing/edit`, {
      reason: 'planned',
      summary: 'We met twenty times',
      ...Object.fromEntries(outcomeItems.map(({ item }) => [`outcome${item}`, 'no'])),
      outcome1: 'yes',
      evidence1: 'They sleep again',
      view1: 'young-person',
      harm: 'reduced',
      resilience: 'increased',
      countyLines: 'ceased',
      neetAtStart: 'yes',
      neetAtEnd: 'no',
      handover: 'Their college tutor',
      followUp: 'declined',
      wordsToReferrer: 'The support has ended',
      act: 'submit',
    });
    expect(closed.status).toBe(303);
    await as(manager).submit(`/people/${personId}/closing/sign-off`, { act: 'sign-off' });
    expect(await figures(await now())).toEqual([{ ...asOpen, closed: true, outcome_1: 'yes' }]);
    expect(await figures(before)).toEqual([asOpen]);
    expect(await one(`select stage from service.referral where id = $1`, id)).toEqual({ stage: 'closed' });
    expect(await one(`select disposal.is_open('person', $1) as open`, personId)).toEqual({ open: false });
  });
});
