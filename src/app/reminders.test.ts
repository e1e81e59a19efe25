import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, CROYDON, LAMBETH, youngPerson } from '../../test/support/young-person.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { addDays } from '../platform/clock/plain-date.ts';
import { isWorkingDay } from '../platform/clock/working-days.ts';
import { Database } from '../platform/database/transaction.ts';
import { alarmOfMissedCheckIns, remindOfWhatIsLate } from './reminders.ts';

let given: TestService;
let jobs: Database;
let ours: Awaited<ReturnType<typeof provider>>;
let amira: Someone;
let ben: Someone;
let manager: Someone;
let operations: Someone;

/** A working day; messages carry the database’s own time, so it is today’s or one to come. */
const workingDay = (() => {
  let day = londonDate(new Date());
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
})();
const now = new Date(`${workingDay}T12:00:00Z`);

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  jobs = new Database(given.connections.jobs);
  ours = await provider(owner);
  amira = await someone(owner, 'caseworker', { ...ours, name: 'Amira' });
  ben = await someone(owner, 'caseworker', { ...ours, name: 'Ben' });
  manager = await someone(owner, 'provider-manager', {
    organisationId: ours.organisationId,
    name: 'Manager',
  });
  await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Lambeth' });
  await someone(owner, 'coordinator', { areas: [CROYDON], name: 'Croydon' });
  operations = await someone(owner, 'operations-manager', { name: 'Operations' });
});
beforeEach(async () => {
  await given.owner.query(
    'delete from messages.message; update service.safety_plan set review_due_on = current_date + 90',
  );
  await given.owner.query(`update service.referral set stage = 'allocated'`);
});
afterAll(async () => {
  await jobs.close();
  await given.stop();
});

/** Who was told what, and where it leads. */
async function told(): Promise<string[]> {
  const { rows } = await given.owner.query<{ name: string; template: string; path: string }>(
    `select a.name, m.template, m.path from messages.message m join identity.account a on a.id = m.account_id`,
  );
  return rows.map(({ name, template, path }) => `${name}: ${template} ${path}`).sort();
}

/** Somebody whom Amira supports and whose safety plan should have been looked at yesterday. */
async function overdue() {
  const person = await youngPerson(given.owner);
  const { referralId } = await allocated(given.owner, person.id, { ...ours, workerId: amira.accountId });
  await given.owner.query(
    `insert into service.safety_plan (person_id, organisation_id, occasion, reviewed_on, review_due_on)
     values ($1, $2, 'made', $3::date - 85, $3::date - 10)`,
    [person.id, ours.organisationId, workingDay],
  );
  await assessed(person.id);
  return { ...person, referralId };
}

/** Nothing but their safety plan is late: their risk was assessed, and their case is summed up. */
async function assessed(personId: string) {
  await given.owner.query(
    `insert into service.risk_assessment (person_id, organisation_id, level, reasons, review_on, assessed_by, assessed_at)
     values ($1, $2, 'high', 'x', $3::date + 90, $4, now())`,
    [personId, ours.organisationId, workingDay, amira.accountId],
  );
  await given.owner.query(
    `insert into service.case_summary (person_id, organisation_id, area, stands, refresh_by) values ($1, $2, $3, 'Well', $4::date + 90)`,
    [personId, ours.organisationId, LAMBETH, workingDay],
  );
}

test('whoever has late work is told so once a day, and nothing of what or whose it is', async () => {
  const person = await overdue();
  await overdue();
  expect(await remindOfWhatIsLate(jobs, now)).toBe(2);
  expect(await told()).toEqual(['Amira: late /overdue', 'Manager: late /overdue']);
  // A worker that is started again, or two at once.
  const again = await Promise.all([remindOfWhatIsLate(jobs, now), remindOfWhatIsLate(jobs, now)]);
  expect(again).toEqual([0, 0]);
  for (const who of [amira, manager])
    expect((await new HttpVisitor(given, who.cookie).get('/overdue')).html).toContain(
      `/people/${person.id}/plans`,
    );
  expect((await new HttpVisitor(given, ben.cookie).get('/overdue')).html).not.toContain('/people/');
});

test('what should have been made by now and never was is late too', async () => {
  const person = await youngPerson(given.owner);
  const { allocationId } = await allocated(given.owner, person.id, { ...ours, workerId: amira.accountId });
  const begunDaysAgo = (days: number) =>
    given.owner.query(
      `update service.allocation set started_at = $2::date - $3::int + interval '12 hours' where id = $1`,
      [allocationId, workingDay, days],
    );
  await begunDaysAgo(28);
  expect(await remindOfWhatIsLate(jobs, now)).toBe(0);
  // The risk should have been assessed within four weeks.
  await begunDaysAgo(29);
  expect(await remindOfWhatIsLate(jobs, now)).toBe(2);
  expect(await told()).toEqual(['Amira: late /overdue', 'Manager: late /overdue']);
  await given.owner.query('delete from messages.message');
  await assessed(person.id);
  expect(await remindOfWhatIsLate(jobs, now)).toBe(0);
  // The safety plan within twelve.
  await begunDaysAgo(85);
  expect(await remindOfWhatIsLate(jobs, now)).toBe(2);
  await given.owner.query('update service.allocation set ended_at = now(), end_reason = $2 where id = $1', [
    allocationId,
    'closed',
  ]);
});

test('on a day on which nobody works, nobody is told', async () => {
  await overdue();
  expect(await remindOfWhatIsLate(jobs, new Date('2026-12-25T09:00:00Z'))).toBe(0);
  expect(await told()).toEqual([]);
});

test('whoever stands in is told; whoever has left, or may not open the record, is not; and nobody of the dead', async () => {
  const person = await overdue();
  await given.owner.query(
    `insert into service.cover (organisation_id, worker_id, covered_by, starts_on, ends_on) values ($1, $2, $3, $4, $4)`,
    [ours.organisationId, amira.accountId, ben.accountId, workingDay],
  );
  await given.owner.query('update identity.account set disabled_at = now() where id = $1', [amira.accountId]);
  const restriction = randomUUID();
  await given.owner.query(
    `insert into service.restriction (id, person_id, why, placed_by) values ($1, $2, 'A relative', $3)`,
    [restriction, person.id, operations.accountId],
  );
  await given.owner.query(
    'insert into service.restriction_reader (restriction_id, person_id, account_id) values ($1, $2, $3)',
    [restriction, person.id, ben.accountId],
  );
  await remindOfWhatIsLate(jobs, now);
  expect(await told()).toEqual(['Ben: late /overdue']);

  await given.owner.query('delete from messages.message');
  await given.owner.query('update service.person set died_on = current_date where id = $1', [person.id]);
  await remindOfWhatIsLate(jobs, now);
  expect(await told()).toEqual([]);
  await given.owner.query('update identity.account set disabled_at = null where id = $1', [amira.accountId]);
});

test('coordinators are told of late decisions of their areas, and those who run the service where there is none', async () => {
  const referred = async (area: string) => {
    const person = await youngPerson(given.owner);
    const { referralId } = await allocated(given.owner, person.id, { ...ours, endedDaysAgo: 90, area });
    await given.owner.query(
      `update service.referral set stage = 'received', decision_due_on = $2::date - 1 where id = $1`,
      [referralId, workingDay],
    );
  };
  await referred(LAMBETH);
  await remindOfWhatIsLate(jobs, now);
  expect(await told()).toEqual(['Lambeth: late /home']);
  await given.owner.query('delete from messages.message');
  await referred('E09000001');
  await remindOfWhatIsLate(jobs, now);
  expect(await told()).toEqual(['Lambeth: late /home', 'Operations: late /home']);
});

test('whoever raised a concern and whoever works with them are told that its answer is late', async () => {
  const person = await youngPerson(given.owner);
  await allocated(given.owner, person.id, { ...ours, workerId: ben.accountId });
  await assessed(person.id);
  await given.owner.query(
    `insert into service.safety_plan (person_id, organisation_id, occasion, reviewed_on, review_due_on)
     values ($1, $2, 'made', $3, $3::date + 80)`,
    [person.id, ours.organisationId, workingDay],
  );
  const { rows } = await given.owner.query(
    `insert into service.concern (person_id, organisation_id, area, what, happened_at, danger, raised_by)
     values ($1, $2, $3, 'x', now(), false, $4) returning id`,
    [person.id, ours.organisationId, LAMBETH, amira.accountId],
  );
  const dueOn = (daysFromToday: number) =>
    given.owner.query('update service.concern_told set due_on = $2::date + $3::int where concern_id = $1', [
      rows[0].id,
      workingDay,
      daysFromToday,
    ]);
  await given.owner.query(
    `insert into service.concern_told (concern_id, person_id, organisation_id, area, agency, state, name, told_at, due_on, told_by)
     values ($1, $2, $3, $4, 'police', 'told', 'PC Noor', now(), $5, $6)`,
    [rows[0].id, person.id, ours.organisationId, LAMBETH, workingDay, amira.accountId],
  );
  expect(await remindOfWhatIsLate(jobs, now)).toBe(0);
  await dueOn(-1);
  await remindOfWhatIsLate(jobs, now);
  expect(await told()).toEqual([
    'Amira: late /my-day',
    'Ben: late /my-day',
    'Lambeth: late /home',
    'Manager: late /home',
  ]);
  await given.owner.query(
    'update service.concern set closed_at = now(), closed_by = raised_by, outcome = $2 where id = $1',
    [rows[0].id, 'no-further-action'],
  );
});

test('a worker who does not come back alarms their manager at once, and again if they stay longer and do not', async () => {
  const { owner } = given;
  const out = randomUUID();
  await owner.query(
    `insert into service.check_in (id, worker_id, organisation_id, going_to, expected_back_at)
     values ($1, $2, $3, 'Kettle Road', now() + interval '1 minute')`,
    [out, ben.accountId, ours.organisationId],
  );
  const soon = () => alarmOfMissedCheckIns(jobs, new Date(Date.now() + 120_000));
  expect(await alarmOfMissedCheckIns(jobs, new Date())).toBe(0);
  expect(await soon()).toBe(1);
  expect(await soon()).toBe(0);
  const alarm = `Manager: check-in-missed /check-ins/${out}`;
  expect(await told()).toEqual([alarm]);
  expect((await new HttpVisitor(given, manager.cookie).get(`/check-ins/${out}`)).text).toContain(
    'Kettle Road',
  );
  await owner.query(
    `update service.check_in set expected_back_at = now() + interval '90 seconds' where id = $1`,
    [out],
  );
  expect(await soon()).toBe(1);
  await owner.query('update identity.access_grant set ended_at = now() where id = $1', [manager.grantId]);
  expect(await soon()).toBe(1);
  expect(await told()).toEqual([alarm, alarm, 'Operations: check-in-missed /check-ins']);
  await owner.query(
    'update service.check_in set checked_in_at = now(), checked_in_by = worker_id where id = $1',
    [out],
  );
  await owner.query('delete from messages.message');
  expect(await soon()).toBe(0);
});
