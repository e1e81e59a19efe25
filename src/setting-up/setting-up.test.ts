import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SteppingClock } from '../../test/support/account.ts';
import { HttpVisitor, type Reply } from '../../test/support/http-visitor.ts';
import {
  inCommand,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { reasonsOf, thresholdsOn } from '../organisations/index.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { addDays, partsOf } from '../platform/clock/plain-date.ts';

const clock = new SteppingClock();
let given: TestService;
let administrator: Someone;
let browser: HttpVisitor;

beforeAll(async () => {
  given = await testService({ clock });
  const { rows } = await given.owner.query<{ id: string }>(
    `insert into identity.organisation (kind, name) values ('service', 'A council') returning id`,
  );
  administrator = await someone(given.owner, 'administrator', { organisationId: rows[0]?.id ?? '' });
  browser = new HttpVisitor(given, administrator.cookie);
});
afterAll(() => given.stop());

const today = () => londonDate(clock.now());
const dayFields = (name: string, day: ReturnType<typeof today>) => {
  const [year, month, date] = partsOf(day);
  return { [`${name}-day`]: String(date), [`${name}-month`]: String(month), [`${name}-year`]: String(year) };
};
async function saved(path: string, fields: Record<string, string>): Promise<Reply> {
  const reply = await browser.fill(path, fields);
  expect(reply.status, `${path}: ${reply.text}`).toBe(303);
  return reply;
}

test('the service’s name is on every page within a minute, and its details are where everybody reads them', async () => {
  await saved('/set-up/service', {
    serviceName: 'Northern Lights',
    telephone: '0161 496 0000',
    email: 'hello@example.org',
    hours: 'Monday to Friday',
    postalAddress: '1 High Street',
    controller: 'Northern Council',
    dataProtectionContact: 'data@example.org',
  });
  clock.pass(1);
  const visitor = new HttpVisitor(given);
  expect((await visitor.get('/help')).text).toMatch(/Northern Lights.*0161 496 0000.*Monday to Friday/);
  expect((await visitor.get('/privacy')).text).toMatch(/Northern Council.*data@example\.org/);
});

test('whoever opened the details before somebody else changed them overwrites nothing', async () => {
  const page = await browser.get('/set-up/service');
  await saved('/set-up/service', { serviceName: 'Southern Lights', telephone: '', email: '' });
  const late = await browser.send(page, { serviceName: 'Eastern Lights' });
  expect(late.status).toBe(422);
  expect(late.text).toContain('Somebody has changed these details');
  expect((await browser.get('/set-up/service')).html).toContain('Southern Lights');
});

test('a patch and areas are added, moved, renamed and retired, and what they were is kept', async () => {
  await saved('/set-up/patches/new', { name: 'Tyne & Wear' });
  expect((await browser.fill('/set-up/patches/new', { name: 'Tyne, Wear' })).status).toBe(422);
  await saved('/set-up/areas/new', { code: 'e08000021', name: 'Newcastle', patch: 'tyne-wear' });
  expect(
    (await browser.fill('/set-up/areas/new', { code: 'E08000021', name: 'x', patch: 'south' })).status,
  ).toBe(422);
  expect((await browser.fill('/set-up/patches/tyne-wear', { name: 'Tyne', use: 'retired' })).status).toBe(
    422,
  );

  await saved('/set-up/areas/E08000021', { name: 'Newcastle upon Tyne', patch: 'south', use: 'in-use' });
  await saved('/set-up/patches/tyne-wear', { name: 'Tyne and Wear', use: 'retired' });
  await saved('/set-up/areas/E08000021', { name: 'Newcastle upon Tyne', patch: 'south', use: 'retired' });
  expect(
    (await browser.fill('/set-up/areas/E08000021', { name: 'N', patch: 'tyne-wear', use: 'in-use' })).status,
  ).toBe(422);

  const { rows } = await given.owner.query(
    `select patch, retired_on is not null as retired from reference.area where code = 'E08000021'`,
  );
  expect(rows).toEqual([{ patch: 'south', retired: true }]);
  const told = (await browser.get('/set-up/changes')).text;
  expect(told).toContain(`${administrator.name} Area: Newcastle upon Tyne`);
  expect(told).toContain('Name: from Newcastle to Newcastle upon Tyne');
  expect((await browser.get('/set-up/areas/not-known')).status).toBe(404);
});

test('a threshold comes into force on its day; what is in force is followed and never changed', async () => {
  const tomorrow = addDays(today(), 1);
  const change = { value: '3', source: 'Agreed with the councils' };
  const past = await browser.fill('/set-up/thresholds/decision', {
    ...change,
    ...dayFields('from', addDays(today(), -1)),
  });
  expect(past.text).toContain('The day must be today or later');
  await saved('/set-up/thresholds/decision', { ...change, ...dayFields('from', tomorrow) });
  expect(
    (await browser.fill('/set-up/thresholds/decision', { ...change, ...dayFields('from', tomorrow) })).status,
  ).toBe(422);
  const inForce = async () =>
    (
      await given.service.database.asVisitor(async (tx) => [
        await thresholdsOn(tx, today()),
        await thresholdsOn(tx, tomorrow),
      ])
    ).map((on) => on.decision.value);
  expect(await inForce()).toEqual([5, 3]);
  expect((await browser.get('/set-up/thresholds')).text).toContain('3 working days from');

  await saved(`/set-up/thresholds/decision/${tomorrow}/take-back`, {});
  expect(await inForce()).toEqual([5, 5]);
  expect((await browser.get('/set-up/thresholds/decision/2000-01-01/take-back')).status).toBe(404);

  // One of today that was typed wrong is put right today, and what it was stays in the audit.
  await saved('/set-up/thresholds/decision', { ...change, value: '30', ...dayFields('from', today()) });
  expect(await inForce()).toEqual([30, 30]);
  expect((await browser.get('/set-up/thresholds/decision')).text).toContain('In force. Take it back');
  await saved(`/set-up/thresholds/decision/${today()}/take-back`, {});
  await saved('/set-up/thresholds/decision', { ...change, ...dayFields('from', today()) });
  expect(await inForce()).toEqual([3, 3]);
  const { rows } = await given.owner.query<{ value: number }>(
    `select (convert_from(body, 'UTF8')::jsonb -> 'detail' ->> 'value')::int as value from audit.entry
     where action = 'threshold-taken-back' order by at desc limit 1`,
  );
  expect(rows).toEqual([{ value: 30 }]);
  await saved(`/set-up/thresholds/decision/${today()}/take-back`, {});
});

test('nobody changes a threshold of the past, whatever they send to the database', async () => {
  const { database } = given.service;
  const gone = await inCommand(database, administrator.token, (tx) =>
    sql`delete from reference.threshold where name = 'review'`.execute(tx),
  );
  expect(gone?.result.numAffectedRows).toBe(0n);
  await expect(
    inCommand(database, administrator.token, (tx) =>
      sql`insert into reference.threshold select name, in_force_from - 1, value, unit, what, source from reference.threshold`.execute(
        tx,
      ),
    ),
  ).rejects.toThrow(/row-level security/);
});

test('a reason is added, put in its place, renamed and retired, and a retired one is still read', async () => {
  await saved('/set-up/reasons/hand-back', { text: 'Too far away' });
  await saved('/set-up/reasons/hand-back/too-far-away', {
    text: 'Too far to travel',
    place: '1',
    use: 'in-use',
  });
  await saved('/set-up/reasons/hand-back/wrong-match', {
    text: 'Another suits them',
    place: '99',
    use: 'retired',
  });
  const reasons = await given.service.database.asVisitor((tx) => reasonsOf(tx, 'hand-back'));
  expect(reasons[0]).toEqual({ code: 'too-far-away', text: 'Too far to travel', isRetired: false });
  expect(reasons.at(-1)).toEqual({ code: 'wrong-match', text: 'Another suits them', isRetired: true });
  expect(reasons).toHaveLength(7);
  const deceased = { text: 'The young person died', place: '7' };
  const refused = await browser.fill('/set-up/reasons/closing/deceased', { ...deceased, use: 'retired' });
  expect(refused.text).toContain('This reason must be left to choose from');
  await saved('/set-up/reasons/closing/deceased', { ...deceased, use: 'in-use' });
});

test.each([
  { words: 'Referral about {name}', says: 'Take out “{name}”: nothing is filled in' },
  { words: 'You are <b>invited</b>', says: 'Take out “<b>”: these emails are plain text' },
])('a message that would be sent as “$words” is refused, and kept as typed', async ({ words, says }) => {
  for (const act of ['preview', 'save']) {
    const refused = await browser.fill('/set-up/messages/invitation', { subject: words, text: 'Come', act });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(says);
  }
  expect((await browser.get('/set-up/messages')).text).not.toContain('Your own');
});

test('a message is seen before it is saved, and put back to what is built in', async () => {
  const words = { subject: 'Come to Northern Lights', text: 'Your account is ready.' };
  const shown = await browser.fill('/set-up/messages/invitation', { ...words, act: 'preview' });
  expect(shown.text).toMatch(
    /How it will read, once you save it Come to Northern Lights Your account is ready\./,
  );
  expect((await browser.get('/set-up/messages')).text).not.toContain('Come to Northern Lights');
  await saved('/set-up/messages/invitation', { ...words, act: 'save' });
  expect((await browser.get('/set-up/messages')).text).toContain('Come to Northern Lights Your own');
  await saved('/set-up/messages/invitation/put-back', {});
  expect((await browser.get('/set-up/messages')).text).not.toContain('Your own');
});

test('words that somebody else changed meanwhile are shown before they are replaced', async () => {
  const page = '/set-up/messages/invitation';
  const [first, second] = await Promise.all([browser.get(page), browser.get(page)]);
  const here = await browser.send(first, { subject: 'One', text: 'First.\nAnd more.', act: 'save' });
  expect(here.status).toBe(303);
  const mine = { subject: 'Two', text: 'Second.', act: 'save' };
  const late = await browser.send(second, mine);
  expect(late.status).toBe(422);
  expect(late.text).toContain('Somebody has changed these words since you opened the page');
  expect(late.text).toContain('How it reads now One First. And more.');
  expect((await browser.send(late, mine)).status).toBe(303);
  expect((await browser.get(page)).text).toContain('How it reads now Two Second.');
  await saved(`${page}/put-back`, {});
});

test('nothing is set up by anybody else, nor without a command', async () => {
  const { database } = given.service;
  const manager = await someone(given.owner, 'data-protection-lead');
  const changed = await inCommand(database, manager.token, (tx) =>
    sql`update reference.service_details set service_name = 'x'`.execute(tx),
  );
  expect(changed?.result.numAffectedRows).toBe(0n);
  await expect(
    database.asPerson(administrator.token, (tx) => sql`update reference.patch set name = 'x'`.execute(tx)),
  ).rejects.toThrow(/needs a command/);
});

test('boroughs without a contact come first, with an alarm', async () => {
  await someone(given.owner, 'spoc', { areas: ['E09000001'], name: `Contact ${randomUUID().slice(0, 8)}` });
  const told = (await browser.get('/boroughs')).text;
  expect(told).toMatch(/3\d boroughs have no contact/);
  expect(told.indexOf('Barnet')).toBeLessThan(told.indexOf('City of London'));
  expect(told).toMatch(/City of London .*Contact /);
});

test('how figures are protected is set from now on, what it was is kept, and nonsense is refused with its remedy', async () => {
  const asShipped = {
    smallestCount: '5',
    roundingBase: '',
    bands: 'own',
    breaks: '0, 5, 11, 20, 36',
    last: '48',
  };
  const refused = async (fields: Record<string, string>) => {
    const reply = await browser.fill('/set-up/figures', { ...asShipped, ...fields });
    expect(reply.status).toBe(422);
    return reply.text;
  };
  expect(await refused({ smallestCount: '2' })).toMatch(
    /from 3 to 100: a published 2 tells each of the two about the other.*minimum frequency rule/,
  );
  expect(await refused({ roundingBase: '1' })).toContain(
    'The number to round to must be a whole number from 2',
  );
  expect(await refused({ breaks: '0, 11, 5' })).toContain('Each number must be larger than the one before');
  expect(await refused({ last: '35' })).toContain('The last number must be 36 or more');

  await saved('/set-up/figures', { ...asShipped, smallestCount: '10', bands: 'jenks' });
  const told = (await browser.get('/set-up/figures')).text;
  expect(told).toMatch(/Smallest number published 10 .*The beginning .*Smallest number published 5/);
  expect(told).toContain('Natural breaks, in five classes');
  expect((await browser.get('/set-up/changes')).text).toContain('Figures: smallest count');
  // What it was stands beside it, for figures as at a moment before.
  const { rows } = await given.owner.query(
    `select value, recorded_by from reference.figure_setting where name = 'smallest-count' order by set_at`,
  );
  expect(rows).toEqual([
    { value: 5, recorded_by: null },
    { value: 10, recorded_by: administrator.accountId },
  ]);
  // Nor by the owner of the database.
  await expect(
    given.owner.query(`insert into reference.figure_setting (name, value) values ('smallest-count', '2')`),
  ).rejects.toThrow('violates check constraint');
});

test('targets are set by who runs the service, from a day on, for all or for one provider', async () => {
  await given.owner.query(
    `insert into identity.organisation (kind, name, code) values ('provider', 'Harbour Project', 'harbour')`,
  );
  const manager = new HttpVisitor(given, (await someone(given.owner, 'operations-manager')).cookie);
  const path = '/reports/targets/support.positive-outcome';
  const target = { aim: 'at-least', value: '60', source: 'The funder', ...dayFields('from', today()) };
  expect((await manager.fill(path, { ...target, value: '101' })).text).toContain(
    'No more than 100% can be reached',
  );
  expect((await manager.fill(path, { ...target, value: '' })).text).toContain(
    'Enter the number that is aimed at',
  );
  expect((await manager.fill(path, { ...target, provider: 'nobody' })).text).toContain('Choose a provider');
  expect((await manager.fill(path, target)).status).toBe(303);
  expect((await manager.fill(path, { ...target, provider: 'harbour', value: '45' })).status).toBe(303);
  expect((await manager.get('/reports/targets')).text).toMatch(
    /Positive outcome at least 60% Harbour: at least 45%/,
  );
  expect((await manager.fill(path, { ...target, aim: 'none', value: '' })).status).toBe(303);
  // What it was stands there still.
  expect((await manager.get(path)).text).toMatch(/The service None The funder.*The service at least 60%/);
  const analyst = new HttpVisitor(given, (await someone(given.owner, 'analyst')).cookie);
  expect((await analyst.get('/reports/targets')).text).toContain('Positive outcome None');
});
