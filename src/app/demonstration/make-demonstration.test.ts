import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor } from '../../../test/support/http-visitor.ts';
import { type TestService, testService } from '../../../test/support/service.ts';
import { makeDemonstration } from './make-demonstration.ts';

let given: TestService;

beforeAll(async () => {
  given = await testService({ demonstration: true });
});
afterAll(() => given.stop());

const privacy = async () => (await new HttpVisitor(given).get('/privacy')).text;

test('the privacy page says who answers for the service, as far as it knows', async () => {
  expect(await privacy()).toContain('The organisation that runs this service decides what is kept here');
  await makeDemonstration(given.owner, given.service.keyring, new Date());
  const told = await privacy();
  expect(told).toContain('Homeward demonstration service decides what is kept here and why');
  expect(told).toContain('by email to gethin.pryce@homeward.example');
  await given.owner.query("update identity.organisation set contact = null where kind = 'service'");
  expect(await privacy()).toContain('ask the person who told you about this service whom to write to');
});

test('every organisation has somebody who speaks for it, so that roles can be given there', async () => {
  const { rows } = await given.owner.query<{ name: string }>(
    `select o.name from identity.organisation o
     where not exists (select from identity.approver p where p.organisation_id = o.id and p.ended_at is null)`,
  );
  expect(rows).toEqual([]);
  expect((await given.owner.query('select from identity.organisation')).rowCount).toBeGreaterThan(10);
});

/** What there is at least one of, as a count that says so. */
test.each([
  [
    'somebody who must not be contacted',
    `service.network_member where may_contact = 'never' and contact_why <> ''`,
  ],
  ['a professional of the network', `service.network_member where kind = 'professional'`],
  ['a safe way to reach somebody', 'service.safe_contact'],
  ['a trigger profile', 'service.trigger_profile'],
  ['needs at the start and at a review', `service.needs_assessment where stage = 'review'`],
  ['an event of significance', 'service.chronology_event where significant'],
  ['an event of none', 'service.chronology_event where not significant'],
  ['a closing that is being written', `service.closing where state = 'draft'`],
  ['a closing that waits for the manager', `service.closing where state = 'submitted'`],
  ['a closing that was returned', `service.closing where state = 'returned' and comments <> ''`],
  [
    'a closing that was signed off, with every item of the outcome',
    `service.closing where state = 'signed-off' and num_nonnulls(outcome_1, outcome_2, outcome_3, outcome_4, outcome_5,
       outcome_6, outcome_7, outcome_8) = 8`,
  ],
  ['an episode that has ended', 'service.episode where closed_at is not null'],
  ['a referral that is closed', `service.referral where stage = 'closed'`],
  ['a follow-up that is due', 'service.follow_up where done_on is null and due_on <= current_date'],
  ['a follow-up that was made', 'service.follow_up where done_on is not null'],
  ['somebody moved up, with why', `service.waiting_entry where moved_up_reason <> '' and moved_up_why <> ''`],
  ['something done for who waits', `service.waiting_entry where local_provision <> ''`],
  ['somebody who went before others', `service.allocation where jump_reason <> ''`],
  ['each weight of a case', 'service.allocation where weight = 5'],
  [
    'a team with languages and specialisms',
    `identity.team_profile where languages <> '{}' and specialisms <> '{}'`,
  ],
  ['a team of some areas', `identity.team_profile where areas <> '{}'`],
  ['a capacity of a worker', 'service.worker_capacity'],
  ['cover today', 'service.cover where starts_on <= current_date and ends_on >= current_date'],
  ['cover to come', 'service.cover where starts_on > current_date'],
  ['cover of a borough', 'identity.borough_cover'],
  ['somebody who is out', 'service.check_in where checked_in_at is null and expected_back_at > now()'],
  [
    'somebody who should be back',
    'service.check_in where checked_in_at is null and expected_back_at < now()',
  ],
  ['a clean file on a record', `service.attachment where person_id is not null and state = 'clean'`],
  ['a clean file of a referral', `service.attachment where referral_id is not null and state = 'clean'`],
  ['what a referrer added', `service.referral_addition where kind = 'information'`],
  ['a restricted record', 'service.restriction where lifted_at is null'],
  ['an emergency to review', 'service.record_opening where reviewed_at is null'],
  ['an emergency that was justified', `service.record_opening where finding = 'justified'`],
  ['a subject access request', `service.rights_request where kind = 'access' and stage = 'open'`],
  ['a correction that was made', `service.rights_request where kind = 'correction' and outcome = 'granted'`],
  ['a complaint', `service.rights_request where kind = 'complaint'`],
  ['something to black out', 'service.redaction_mark'],
  ['a breach that is closed', 'service.data_breach where closed_on is not null'],
  ['a breach within its 72 hours', `service.data_breach where closed_on is null`],
  ['what an analyst found', 'service.check_finding'],
  ['a note of a consultation', 'service.consultation_note'],
  ['a decision in supervision', `service.case_note where kind = 'supervision-decision'`],
  ['a note that was signed off', 'service.note_sign_off'],
  [
    'a note to sign off',
    'service.case_note n where needs_sign_off and not exists (select from service.note_sign_off s where s.note_id = n.id)',
  ],
  ['a concern that was answered and closed', 'service.concern where closed_at is not null and danger'],
  ['a concern that waits for an answer', 'service.concern where closed_at is null'],
  ['an allegation', 'service.allegation'],
  ['a change of borough', 'service.borough_change'],
  ['a death', 'service.person where died_on is not null'],
  ['a plan for turning 18', 'service.transition_plan'],
])('there is %s', async (_what, rows) => {
  expect((await given.owner.query(`select from ${rows} limit 1`)).rowCount).toBe(1);
});

test('each of those who are asked has requests in every state', async () => {
  const { rows } = await given.owner.query<{ kind: string; states: string[] }>(
    `select kind, array_agg(distinct case when state = 'open' and due_on < current_date then 'late'
       when state = 'open' and taken_at is not null then 'taken' else state end) as states
     from service.request group by kind order by kind`,
  );
  const everyState = ['answered', 'late', 'open', 'taken', 'withdrawn'];
  expect(rows.filter(({ kind }) => kind !== 'information')).toEqual([
    { kind: 'borough', states: everyState },
    { kind: 'consultation', states: everyState },
    { kind: 'intelligence-check', states: everyState },
  ]);
});
