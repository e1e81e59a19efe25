import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import {
  type ClosedRecord,
  keepUntil,
  type RetentionPeriod,
  readReference,
  standingOf,
} from './retention.ts';

const periods: RetentionPeriod[] = [
  { recordType: 'supported', inForceFrom: plainDate('2020-01-01'), yearsAfterClosing: 7, untilAge: 25 },
  { recordType: 'referred', inForceFrom: plainDate('2020-01-01'), yearsAfterClosing: 6, untilAge: 25 },
  { recordType: 'supported', inForceFrom: plainDate('2030-04-01'), yearsAfterClosing: 10, untilAge: 25 },
];
const today = plainDate('2026-11-22');
const kept = (record: Partial<ClosedRecord>, on = today) =>
  keepUntil(
    {
      recordType: 'supported',
      closedOn: plainDate('2019-06-30'),
      dateOfBirth: plainDate('1999-01-01'),
      ...record,
    },
    periods,
    on,
  );

describe('a closed record is kept', () => {
  test('for the years of its type after it closed', () => {
    expect(kept({})).toBe('2026-06-30');
    expect(kept({ recordType: 'referred' })).toBe('2025-06-30');
  });

  test('until the 25th birthday where that comes later', () => {
    expect(kept({ dateOfBirth: plainDate('2008-05-04') })).toBe('2033-05-04');
    expect(kept({ dateOfBirth: plainDate('2001-06-30') })).toBe('2026-06-30');
    expect(kept({ dateOfBirth: plainDate('2001-07-01') })).toBe('2026-07-01');
  });

  test('as if they had been ten when it closed, where the date of birth is not known', () => {
    expect(kept({ dateOfBirth: null })).toBe('2034-06-30');
  });

  test('by the period that is in force today, though it closed under another', () => {
    expect(kept({}, plainDate('2030-03-31'))).toBe('2026-06-30');
    expect(kept({}, plainDate('2030-04-01'))).toBe('2029-06-30');
  });

  test('to the last of February where it closed on the 29th', () => {
    expect(kept({ closedOn: plainDate('2020-02-29'), dateOfBirth: plainDate('1990-01-01') })).toBe(
      '2027-02-28',
    );
  });

  test('never by a period that nobody has set', () => {
    expect(() => kept({}, plainDate('2019-12-31'))).toThrow('No retention period');
  });
});

test('a record is due from the day after, and never while it is open or held', () => {
  const record = { isOpen: false, isHeld: false, keepUntil: plainDate('2026-11-21') };
  expect(standingOf(record, today)).toBe('due');
  expect(standingOf({ ...record, keepUntil: today }, today)).toBe('kept');
  expect(standingOf({ ...record, isHeld: true }, today)).toBe('held');
  expect(standingOf({ ...record, isOpen: true, isHeld: true }, today)).toBe('open');
  expect(standingOf({ ...record, keepUntil: null }, today)).toBe('open');
});

test('a reference is read however it is typed, and nothing else is one', () => {
  for (const typed of ['HW-23BC-9XZW', ' hw 23bc 9xzw', 'HW23BC9XZW', 'hw-23bc9xzw'])
    expect(readReference(typed)).toBe('HW-23BC-9XZW');
  for (const typed of ['', 'HW-23BC-9XZ', 'HW-23BC-9XZW2', 'HW-23AC-9XZW', 'HX-23BC-9XZW', "HW-23BC-9XZ'"])
    expect(readReference(typed)).toBeNull();
});
