import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, youngPerson } from '../../test/support/young-person.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { addDays, addMonths, type PlainDate, partsOf } from '../platform/clock/plain-date.ts';

let given: TestService;
let amira: Someone;
let ben: Someone;
let other: Someone;
let person: { id: string };

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  const [ours, theirs] = [await provider(owner, 'Harbour'), await provider(owner, 'Beacon')];
  amira = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  ben = await someone(owner, 'caseworker', { ...ours, name: 'Ben Osei' });
  other = await someone(owner, 'caseworker', theirs);
  person = await youngPerson(owner, { dateOfBirth: addMonths(today(), -17 * 12) });
  await allocated(owner, person.id, { ...ours, workerId: amira.accountId });
  await allocated(owner, person.id, { ...theirs, workerId: other.accountId });
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const at = (part: string) => `/people/${person.id}/${part}`;
const today = () => londonDate(new Date());
const typedDate = (name: string, on: PlainDate) => {
  const [year, month, day] = partsOf(on);
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) };
};
const rowsOf = async (table: string) =>
  (
    await given.owner.query(`select * from service.${table} where person_id = $1 order by recorded_at`, [
      person.id,
    ])
  ).rows;

describe('education, training and work', () => {
  test('is told over time, the newest first, with whether they are NEET', async () => {
    expect((await as(amira).get(at('progress'))).text).toContain('NEET today: Not known');
    const path = at('education/new');
    await as(amira).fill(path, {
      status: 'in-education',
      setting: 'pru',
      place: 'Brook Road',
      hours: '10',
      ...typedDate('fromOn', addDays(today(), -300)),
      ...typedDate('untilOn', addDays(today(), -31)),
    });
    await as(amira).fill(path, {
      status: 'not-in-education',
      setting: 'college',
      note: 'Excluded',
      ...typedDate('fromOn', addDays(today(), -30)),
    });
    // What is no education has no kind of it.
    expect((await rowsOf('ete_period')).map(({ setting, hours }) => [setting, hours])).toEqual([
      ['pru', 10],
      [null, null],
    ]);
    const page = await as(ben).get(at('progress'));
    expect(page.text).toContain('NEET today: Yes');
    expect(page.text).toMatch(
      /In none of these From .* until now Excluded .* Pupil referral unit: Brook Road .* 10 hours a week/,
    );
    expect((await as(ben).get(`/people/${person.id}`)).text).toContain('Education or work In none of these');
    // A day's work that began before and that nobody ended: they do not count as NEET, and whoever records it is told why.
    expect(page.text).not.toContain('They are recorded as in none of these, and as still in');
    await as(amira).fill(path, { status: 'employed', ...typedDate('fromOn', addDays(today(), -40)) });
    const both = await as(ben).get(at('progress'));
    expect(both.text).toContain('NEET today: No');
    expect(both.text).toContain('They are recorded as in none of these, and as still in “In work”');
    await given.owner.query(`delete from service.ete_period where person_id = $1 and status = 'employed'`, [
      person.id,
    ]);
  });

  test.each([
    ['begins tomorrow', () => typedDate('fromOn', addDays(today(), 1)), 'The day it began must be today'],
    [
      'ends before it began',
      () => ({ ...typedDate('fromOn', today()), ...typedDate('untilOn', addDays(today(), -1)) }),
      'The day it ended must be on or after the day it began',
    ],
    [
      'has no number of hours',
      () => ({ ...typedDate('fromOn', today()), hours: 'ten' }),
      'Hours a week must be',
    ],
  ])('is refused where it %s', async (_what, fields, message) => {
    const before = await rowsOf('ete_period');
    const reply = await as(amira).fill(at('education/new'), { status: 'employed', ...fields() });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain(message);
    expect(await rowsOf('ete_period')).toEqual(before);
  });

  test('that two change at once is shown to the second; another provider changes none of it', async () => {
    const [, now] = await rowsOf('ete_period');
    const edit = at(`education/${now.id}/edit`);
    expect((await as(other).get(edit)).status).toBe(404);
    const [hers, his] = [as(amira), as(ben)];
    const [one, two] = [await hers.get(edit), await his.get(edit)];
    const same = { status: 'not-in-education', ...typedDate('fromOn', addDays(today(), -30)) };
    await hers.send(one, { ...same, note: 'Permanently excluded' });
    const clash = await his.send(two, { ...same, note: 'Excluded', ...typedDate('untilOn', today()) });
    expect(clash.status).toBe(409);
    expect(clash.text).toContain('Check both changes, then save them together');
    await his.send(clash);
    expect((await rowsOf('ete_period'))[1]).toMatchObject({
      note: 'Permanently excluded',
      until_on: today(),
    });
  });
});

describe('a referral on', () => {
  test('is to one of the services, and says later whether the young person engaged', async () => {
    const wrong = await as(amira).fill(at('onward-referrals/new'), {
      service: 'gardening',
      ...typedDate('madeOn', today()),
    });
    expect(wrong.text).toContain('Choose which service');
    await as(amira).fill(at('onward-referrals/new'), {
      service: 'housing',
      engaged: 'unknown',
      ...typedDate('madeOn', today()),
    });
    const [row] = await rowsOf('onward_referral');
    expect(row).toMatchObject({ service: 'housing', engaged: 'unknown', made_on: today() });
    const edit = at(`onward-referrals/${row.id}/edit`);
    expect((await as(other).get(edit)).status).toBe(404);
    await as(ben).fill(edit, { service: 'housing', engaged: 'yes', ...typedDate('madeOn', today()) });
    const page = await as(amira).get(at('progress'));
    expect(page.text).toMatch(/Housing .* by Harbour . Engaged: yes/);
    expect((await as(amira).get(`/people/${person.id}`)).text).toContain('Referred on To 1, engaged with 1');
  });

  test('belongs to the episode that is open', async () => {
    const { rows } = await given.owner.query<{ id: string }>(
      `insert into service.episode (person_id, area, referral_id)
       select person_id, area, referral_id from service.allocation where person_id = $1 limit 1 returning id`,
      [person.id],
    );
    await as(amira).fill(at('onward-referrals/new'), {
      service: 'vawg',
      engaged: 'no',
      ...typedDate('madeOn', today()),
    });
    expect((await rowsOf('onward_referral')).map(({ episode_id }) => episode_id)).toEqual([
      null,
      rows[0]?.id,
    ]);
  });
});
