import { addMonths, type PlainDate } from '../platform/clock/plain-date.ts';

/** How long records are kept. Pure: no I/O here. */

/** Whether a provider ever worked with them, or they were only referred. */
export type RecordType = 'supported' | 'referred';

export const recordTypeInWords: Readonly<Record<RecordType, string>> = {
  supported: 'The record of somebody whom a provider worked with',
  referred: 'The record of somebody who was only referred',
};

/** Why a record cannot go yet (disposal.what_is_open). */
export type StillOpen = 'work' | 'concern' | 'follow-up' | 'unsettled';

const openInWords: Readonly<Record<StillOpen, string>> = {
  work: 'somebody still works on it: every referral must be decided and every allocation ended',
  concern: 'a safeguarding concern is open',
  'follow-up': 'a follow-up is still due, or they said that they are not safe and nobody has acted on it',
  unsettled: 'something that was asked for or said about them is not settled',
};

/** What keeps a record from going, as the end of a sentence. */
export const stillOpenInWords = (open: readonly StillOpen[]): string =>
  open.map((code) => openInWords[code]).join('; ');

/** How long records of a type are kept, from the day it came into force (reference.retention_period). */
export interface RetentionPeriod {
  recordType: RecordType;
  inForceFrom: PlainDate;
  yearsAfterClosing: number;
  /** Never before this birthday. */
  untilAge: number;
}

export interface ClosedRecord {
  recordType: RecordType;
  /** When the last allocation ended or the last referral was decided, whichever came later. */
  closedOn: PlainDate;
  /** Null where it is not known. */
  dateOfBirth: PlainDate | null;
}

/** Whoever has no date of birth is taken to have been this young when the record closed, so that none goes too soon. */
const YOUNGEST = 10;

/**
 * The last day on which a closed record is kept: so many years after it closed, or the birthday that the period names
 * if that comes later. Local retention (domain guide 3.3), so the years are reference data.
 *
 * @param today decides which period is in force: a change applies to records that have closed already.
 * @throws Error when no period is in force for the type.
 */
export function keepUntil(
  { recordType, closedOn, dateOfBirth }: ClosedRecord,
  periods: readonly RetentionPeriod[],
  today: PlainDate,
): PlainDate {
  const period = periods
    .filter((each) => each.recordType === recordType && each.inForceFrom <= today)
    .reduce<RetentionPeriod | undefined>(
      (latest, each) => (latest && latest.inForceFrom >= each.inForceFrom ? latest : each),
      undefined,
    );
  if (!period) throw new Error(`No retention period is in force for ${recordType} records`);
  const afterClosing = yearsAfter(closedOn, period.yearsAfterClosing);
  const birthday =
    dateOfBirth === null
      ? yearsAfter(closedOn, Math.max(0, period.untilAge - YOUNGEST))
      : yearsAfter(dateOfBirth, period.untilAge);
  return afterClosing > birthday ? afterClosing : birthday;
}

function yearsAfter(date: PlainDate, years: number): PlainDate {
  return addMonths(date, years * 12);
}

/** Where a record stands. */
export type Standing = 'open' | 'held' | 'kept' | 'due';

/** Whether a record may go on a day: never while somebody works on it or a court may want it. */
export function standingOf(
  record: { isOpen: boolean; isHeld: boolean; keepUntil: PlainDate | null },
  today: PlainDate,
): Standing {
  if (record.isOpen || record.keepUntil === null) return 'open';
  if (record.isHeld) return 'held';
  return record.keepUntil < today ? 'due' : 'kept';
}

/** Why a record is to go before or at its time. */
export const grounds = [
  { code: 'retention-ended', text: 'The time it is kept for has ended' },
  { code: 'erasure-requested', text: 'The young person asked for it, and the law lets us' },
  { code: 'recorded-in-error', text: 'It should never have been recorded' },
] as const;
export type Ground = (typeof grounds)[number]['code'];

export function groundInWords(ground: Ground): string {
  return grounds.find(({ code }) => code === ground)?.text ?? ground;
}

/** A reference as it is stored, from how people type it: `hw 23BC-9XZW`. Null when it cannot be one. */
export function readReference(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '');
  const read = /^HW([2-9BCDFGHJKMNPQRSTVWXZ]{4})([2-9BCDFGHJKMNPQRSTVWXZ]{4})$/.exec(letters);
  return read ? `HW-${read[1]}-${read[2]}` : null;
}
