import { expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { type BreachRisk, breachStanding, hoursInWords, missingToClose, tellBy } from './data-breach.ts';
import { acknowledgeDueOn, answerDueOn, clockInWords, isLate } from './rights-request.ts';

const on = (day: string) => plainDate(day);

test.each([
  ['a month after it was received', '2026-03-03', null, false, '2026-04-07'], // 3 April is Good Friday, 6 April Easter Monday
  ['the last day of a month that has no such day', '2026-01-30', null, false, '2026-03-02'], // 28 February is a Saturday
  ['a month after it was known who asks', '2026-03-03', '2026-03-16', false, '2026-04-16'],
  ['a check that came before changes nothing', '2026-03-16', '2026-03-03', false, '2026-04-16'],
  ['two months more where it is extended', '2026-03-16', null, true, '2026-06-16'],
])('a request is answered by: %s', (_what, received, checked, isExtended, due) => {
  expect(
    answerDueOn({
      receivedOn: on(received),
      identityCheckedOn: checked === null ? null : on(checked),
      isExtended,
    }),
  ).toBe(due);
});

test('a complaint is acknowledged in 30 days', () => {
  expect(acknowledgeDueOn(on('2026-07-01'))).toBe('2026-07-31');
});

test('a request is late the day after its day, and says by how much', () => {
  const due = on('2026-04-16');
  expect(
    [on('2026-04-15'), due, on('2026-04-17'), on('2026-04-18')].map((day) => clockInWords(due, day)),
  ).toEqual(['1 day left', 'Due today', '1 day late', '2 days late']);
  expect(isLate(due, due)).toBe(false);
  expect(isLate(due, on('2026-04-17'))).toBe(true);
});

test('the Information Commissioner is told within 72 hours, weekends and all', () => {
  // A Friday evening: the clocks go forward on the Sunday, and 72 hours are 72 hours.
  const discoveredAt = new Date('2026-03-27T18:00:00Z');
  expect(tellBy(discoveredAt)).toEqual(new Date('2026-03-30T18:00:00Z'));
  const clock = { discoveredAt, risk: 'likely', icoToldAt: null, icoWhy: '' } as const;
  const by = tellBy(discoveredAt);
  const after = new Date(by.getTime() + 1);
  expect(breachStanding(clock, by)).toBe('running');
  expect(breachStanding(clock, after)).toBe('late');
  expect(breachStanding({ ...clock, icoToldAt: by }, after)).toBe('told');
  expect(breachStanding({ ...clock, icoToldAt: after }, after)).toBe('told-late');
  expect(breachStanding({ ...clock, risk: 'unlikely' }, after)).toBe('late');
  expect(breachStanding({ ...clock, risk: 'unlikely', icoWhy: 'The file was encrypted' }, after)).toBe(
    'not-needed',
  );
  expect(breachStanding({ ...clock, icoWhy: 'We did not want to' }, after)).toBe('late');
  expect(hoursInWords(discoveredAt, discoveredAt)).toBe('72 hours left');
  expect(hoursInWords(discoveredAt, after)).toBe('1 hour late');
});

test.each<[string, BreachRisk, Partial<Parameters<typeof missingToClose>[0]>, string | null]>([
  ['nobody was told and nothing is written', 'high', {}, 'icoWhy'],
  ['why the Commissioner was not told is written alone', 'high', { icoWhy: 'Encrypted' }, 'actions'],
  ['what was done instead is written too', 'high', { icoWhy: 'Encrypted', actions: 'Wiped' }, null],
  ['both were told', 'high', { icoToldAt: new Date(), peopleToldOn: on('2026-03-03') }, null],
  ['the people need not be told', 'likely', { icoToldAt: new Date() }, null],
  ['the Commissioner was not told', 'likely', {}, 'icoWhy'],
  ['a risk is unlikely', 'unlikely', {}, null],
  ['the risk is not known', 'not-known', {}, 'risk'],
  ['it stays open', 'high', { closedOn: null }, null],
])('what is missing to close a breach: %s', (_when, risk, more, missing) => {
  const nothing = { icoToldAt: null, icoWhy: '', peopleToldOn: null, actions: '' };
  expect(missingToClose({ closedOn: on('2026-03-04'), risk, ...nothing, ...more })).toBe(missing);
});
