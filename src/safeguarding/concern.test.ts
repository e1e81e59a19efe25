import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { type Told, toldDueOn, waitingFor, waitingInWords, whenTold, whyNotClose } from './concern.ts';

const told = (given: Partial<Told> = {}): Told => ({
  agency: 'social-care',
  state: 'told',
  dueOn: plainDate('2026-11-23'),
  answeredAt: null,
  ...given,
});

describe('the clock', () => {
  const oneWorkingDay = { value: 1, unit: 'working days' } as const;

  test('gives an agency that was told until the next working day', () => {
    const friday = new Date('2026-11-20T23:30:00Z');
    expect(toldDueOn('social-care', 'told', friday, oneWorkingDay)).toBe('2026-11-23');
    expect(toldDueOn('police', 'told', friday, oneWorkingDay)).toBe('2026-11-23');
    expect(toldDueOn('designated-lead', 'told', friday, oneWorkingDay)).toBe('2026-11-23');
  });

  test('goes by the day it is in London', () => {
    const lateInSummer = new Date('2026-07-01T23:30:00Z');
    expect(toldDueOn('social-care', 'told', lateInSummer, oneWorkingDay)).toBe('2026-07-03');
  });

  test('lets nobody wait until tomorrow to be told', () => {
    expect(toldDueOn('police', 'not-yet', new Date('2026-11-21T12:00:00Z'), oneWorkingDay)).toBe(
      '2026-11-21',
    );
  });

  test('does not run where nobody has to answer', () => {
    const at = new Date('2026-11-20T12:00:00Z');
    expect(toldDueOn('social-care', 'not-needed', at, oneWorkingDay)).toBeNull();
    expect(toldDueOn('other', 'told', at, oneWorkingDay)).toBeNull();
    expect(toldDueOn('managers', 'told', at, oneWorkingDay)).toBeNull();
  });
});

describe('what is waited for', () => {
  test('is an answer of whoever was told, and that whoever was not is', () => {
    expect(waitingFor(told())).toBe('answer');
    expect(waitingFor(told({ answeredAt: new Date() }))).toBe('nothing');
    expect(waitingFor(told({ state: 'not-yet' }))).toBe('to-be-told');
    expect(waitingFor(told({ state: 'not-needed', dueOn: null }))).toBe('nothing');
    expect(waitingFor(told({ agency: 'other', dueOn: null }))).toBe('nothing');
  });

  test('is said in a sentence', () => {
    expect(waitingInWords(told())).toBe('Children’s or adults’ social care have not answered');
    expect(waitingInWords(told({ agency: 'designated-lead', state: 'not-yet' }))).toBe(
      'Designated safeguarding lead has not been told',
    );
  });

  test('stands against closing until each has answered', () => {
    const police = told({ agency: 'police', state: 'not-yet' });
    expect(whyNotClose([told(), police])).toMatch(
      /^Children’s or adults’ social care have not answered\. Police have not been told\. Record/,
    );
    expect(whyNotClose([told({ answeredAt: new Date() }), told({ state: 'not-needed', dueOn: null })])).toBe(
      undefined,
    );
  });
});

describe('a time that is typed in a hurry', () => {
  const now = new Date('2026-11-22T14:05:00Z');
  test.each([
    ['', '2026-11-22T14:05:00.000Z'],
    ['now', '2026-11-22T14:05:00.000Z'],
    ['1:30pm', '2026-11-22T13:30:00.000Z'],
    ['today at 9am', '2026-11-22T09:00:00.000Z'],
    ['Yesterday 11.15pm', '2026-11-21T23:15:00.000Z'],
    ['yesterday at 3pm', '2026-11-21T15:00:00.000Z'],
  ])('“%s” is %s', (typed, at) => {
    expect(whenTold(typed, now)?.toISOString()).toBe(at);
  });

  test.each(['3pm', 'soon', '25:00', 'yesterday', 'tomorrow 3pm'])('“%s” is none', (typed) => {
    expect(whenTold(typed, now)).toBe(undefined);
  });

  test('is of the first of the two hours that October shows, unless it says which', () => {
    const october = new Date('2026-10-25T09:00:00Z');
    expect(whenTold('1:30am', october)?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(whenTold('1:30am GMT', october)?.toISOString()).toBe('2026-10-25T01:30:00.000Z');
    expect(whenTold('1:30am', new Date('2026-03-29T09:00:00Z'))).toBe(undefined);
  });
});
