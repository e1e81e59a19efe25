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
    'service.case_note n where needs_sign_off and not exists (select from service.note_sign_off s where s.note_id = n.id and s.note_version = n.version)',
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

const OPEN = `service.allocation al join service.person p on p.id = al.person_id`;

/** What there is of nobody: each breaks a rule that holds for all of them. */
test.each([
  [
    'a referral that was decided before it came, or allocated before it was decided',
    `service.referral r join service.allocation al on al.referral_id = r.id
     where not (r.received_at < r.decided_at and r.decided_at < al.started_at)`,
  ],
  ['support taken up before it was allocated', 'service.allocation where taken_up_at <= started_at'],
  [
    'contact before the provider took them up',
    'service.contact c join service.allocation al using (person_id) where c.happened_at < al.taken_up_at or al.taken_up_at is null',
  ],
  [
    'a note before the provider took them up',
    'service.case_note n join service.allocation al using (person_id) where n.happened_at < al.taken_up_at or al.taken_up_at is null',
  ],
  [
    'a plan, a decision, an assessment or a safe contact before the provider took them up',
    `(select person_id, set_on as day from service.goal union all select person_id, assessed_on from service.needs_assessment
       union all select person_id, reviewed_on from service.safety_plan union all select person_id, checked_on from service.safe_contact
       union all select person_id, decided_on from service.sharing_decision union all select person_id, made_on from service.onward_referral
       union all select person_id, assessed_at::date from service.risk_assessment) told
     join service.allocation al using (person_id) where told.day < al.taken_up_at::date`,
  ],
  [
    'contact after support ended or after a death',
    `service.contact c join ${OPEN} on al.person_id = c.person_id where c.happened_at > least(al.ended_at, p.died_on::timestamptz + interval '1 day')`,
  ],
  [
    'a note of contact without the contact that it tells of',
    `service.case_note n where n.kind in ('contact-in-person', 'contact-telephone', 'contact-message', 'contact-attempted', 'visit')
     and not exists (select from service.contact c where c.note_id = n.id and c.person_id = n.person_id and c.happened_at = n.happened_at)`,
  ],
  [
    'contact with them before the note that they met for the first time',
    `service.case_note n join service.contact c using (person_id) where n.fact like 'Met for the first time%' and c.happened_at < n.happened_at`,
  ],
  [
    'contact at night or on a weekend',
    `(select coalesce(happened_at, planned_for) at time zone 'Europe/London' as at from service.contact) c
     where extract(hour from at) not between 9 and 18 or extract(isodow from at) > 5`,
  ],
  [
    'a worker who is to meet two at once',
    `(select from service.contact where outcome = 'planned' group by worker_id, planned_for having count(*) > 1) twice`,
  ],
  [
    'a check-in that went out after it was due back',
    'service.check_in where recorded_at >= expected_back_at',
  ],
  [
    'cover today for somebody who is out at work, or who noted contact since',
    `service.cover v where v.starts_on <= current_date and v.ends_on >= current_date
     and (exists (select from service.check_in i where i.worker_id = v.worker_id)
       or exists (select from service.contact c where c.worker_id = v.worker_id and c.happened_at >= v.starts_on))`,
  ],
  [
    'words about a school or a college to somebody who learns nowhere',
    `service.ete_period e where e.status = 'not-in-education' and (
       exists (select from service.case_note n where n.person_id = e.person_id and n.fact ~ 'went to (school|college)')
       or exists (select from service.goal g where g.person_id = e.person_id and g.words ~ 'finish')
       or exists (select from service.case_summary s where s.person_id = e.person_id and (s.stands || s.working_well) ~* 'school|college|tutor'))`,
  ],
  [
    'a school that refers an adult, or words about school to one',
    `service.person p where p.date_of_birth < current_date - interval '19 years' and (
       exists (select from service.referral r where r.person_id = p.id and r.agency_kind = 'education')
       or exists (select from service.chronology_event e where e.person_id = p.id and e.what ~* 'school|tutor')
       or exists (select from service.case_note n where n.person_id = p.id and n.fact ~ 'went to school'))`,
  ],
  [
    'a question that calls somebody what they are not',
    `service.request q left join service.referral r on r.id = q.referral_id join service.person p on p.id in (q.person_id, r.person_id)
     where q.question ~* '\\m(girl|she|her)\\M' and p.gender <> 'female' or q.question ~* '\\m(boy|he|him)\\M' and p.gender <> 'male'`,
  ],
  [
    'support that ended as planned, or is about to, with the risk of somebody who still goes missing and owes money',
    `service.closing k where k.reason <> 'disengaged' and (
       exists (select from service.risk_assessment r where r.person_id = k.person_id and r.episode_id = k.episode_id and r.level = 'high')
       or exists (select from service.case_summary s where s.person_id = k.person_id and s.organisation_id = k.organisation_id
         and s.worries ~ 'Missing twice|money is owed'))`,
  ],
  [
    'a season in words that are told on every day of the year',
    `(select stands || next as words from service.case_summary union all select reasons from service.risk_assessment) told
     where words ~* 'summer|autumn|winter|spring'`,
  ],
])('there is nowhere %s', async (_what, rows) => {
  expect((await given.owner.query(`select from ${rows} limit 1`)).rowCount).toBe(0);
});

test('somebody is new this week to each caseworker as whom people sign in, and some are supported for a year', async () => {
  const { rows } = await given.owner.query<{ name: string }>(
    `select a.name from identity.account a join identity.demonstration_account d on d.account_id = a.id
     join identity.access_grant g on g.account_id = a.id and g.role = 'caseworker'
     where not exists (select from service.allocation al where al.worker_id = a.id and al.started_at > now() - interval '6 days')`,
  );
  expect(rows).toEqual([]);
  const long = await given.owner.query(
    `select from ${OPEN} where al.ended_at is null and al.started_at < now() - interval '1 year'`,
  );
  expect(long.rowCount).toBeGreaterThan(3);
});

test('making it leaves no look in anybody’s name that its own data does not explain', async () => {
  const { rows } = await given.owner.query(
    `select e.actor_id, count(distinct e.person_id) from audit.entry e where e.actor_id is not null
     group by e.actor_id having count(distinct e.person_id) >= 30`,
  );
  expect(rows).toEqual([]);
  const unexplained = await given.owner.query(
    `select e.action from audit.entry e where e.actor_role in ('caseworker', 'provider-manager') and e.person_id is not null
     and not exists (select from service.allocation al join identity.access_grant g on g.organisation_id = al.organisation_id
       where g.account_id = e.actor_id and al.person_id = e.person_id
         and (e.actor_role = 'provider-manager' or al.ended_at is null or al.ended_at > e.at - interval '28 days'))`,
  );
  expect(unexplained.rows).toEqual([]);
});
