import { ageOn, type PlainDate } from '../platform/clock/plain-date.ts';
import type { Document } from '../platform/history/document.ts';
import { type Code, type CodedWord, educationSettings, wordFor } from '../reference/code-lists.ts';

/** Education, training and employment over time, and whether somebody is NEET: in none of them. Pure. */

/** The statuses of the import format (`education_status`), and work. */
export const eteStatuses = [
  { code: 'in-education', text: 'In education, training or an apprenticeship' },
  { code: 'employed', text: 'In work' },
  { code: 'not-in-education', text: 'In none of these' },
  { code: 'unknown', text: 'Not known' },
] as const satisfies readonly CodedWord[];
export type EteStatus = Code<typeof eteStatuses>;

export type EteField = 'fromOn' | 'untilOn' | 'status' | 'setting' | 'place' | 'hours' | 'note';

export const eteDocument: Document<EteField> = {
  table: 'ete_period',
  kind: 'ete-period',
  columns: {
    fromOn: 'from_on',
    untilOn: { orNull: 'until_on' },
    status: 'status',
    setting: { orNull: 'setting' },
    place: 'place',
    hours: { orNull: 'hours' },
    note: 'note',
  },
  isSound: ({ fromOn, untilOn, status, setting }) =>
    (untilOn === '' || untilOn >= fromOn) && (setting === '' || status === 'in-education'),
};

export const eteInWords: Readonly<Record<EteField, string>> = {
  fromOn: 'From',
  untilOn: 'Until',
  status: 'What they do',
  setting: 'Kind of education or training',
  place: 'Where',
  hours: 'Hours a week',
  note: 'Note',
};

/** What somebody did, from a day until another, or until now. */
export interface EtePeriod {
  id: string;
  organisationId: string;
  fromOn: PlainDate;
  untilOn: PlainDate | null;
  status: EteStatus;
  setting: string | null;
  place: string;
  hours: number | null;
  note: string;
}

/** What somebody does in few words: "College", "In work". */
export function activityInWords({ status, setting }: Pick<EtePeriod, 'status' | 'setting'>): string {
  return setting === null ? wordFor(eteStatuses, status) : wordFor(educationSettings, setting);
}

/** Whether somebody is NEET: `not-counted` outside the ages at which it is asked. */
export type Neet = 'yes' | 'no' | 'not-known' | 'not-counted';

export const neetInWords: Readonly<Record<Neet, string>> = {
  yes: 'Yes: not in education, employment or training',
  no: 'No',
  'not-known': 'Not known',
  'not-counted': 'Not counted: asked of those aged 16 to 24',
};

/** The ages of the national figure for NEET, both included. */
const [YOUNGEST, OLDEST] = [16, 24];

/**
 * Whether somebody is NEET on a day: they are 16 to 24 and are recorded as in none of education, training and work. Any of
 * these, for however few hours, makes them not NEET; where nothing is recorded for the day, or only that it is not known,
 * or not how old they are, it is not known.
 */
export function neetOn(
  day: PlainDate,
  born: PlainDate | null,
  periods: readonly Pick<EtePeriod, 'fromOn' | 'untilOn' | 'status'>[],
): Neet {
  const age = born === null ? undefined : ageOn(born, day);
  if (age !== undefined && (age < YOUNGEST || age > OLDEST)) return 'not-counted';
  const then = periods
    .filter(({ fromOn, untilOn }) => fromOn <= day && (untilOn === null || untilOn >= day))
    .map(({ status }) => status);
  if (then.includes('in-education') || then.includes('employed')) return 'no';
  return age !== undefined && then.includes('not-in-education') ? 'yes' : 'not-known';
}

/**
 * What is recorded as still going on although it was said later that they do none of it: whoever recorded the later did not
 * say when the earlier ended, and until somebody does nobody counts as NEET.
 */
export function notEnded<Period extends Pick<EtePeriod, 'fromOn' | 'untilOn' | 'status'>>(
  periods: readonly Period[],
): Period[] {
  const noneSince = periods
    .filter(({ status, untilOn }) => status === 'not-in-education' && untilOn === null)
    .map(({ fromOn }) => fromOn);
  return periods.filter(
    ({ status, fromOn, untilOn }) =>
      (status === 'in-education' || status === 'employed') &&
      untilOn === null &&
      noneSince.some((since) => since >= fromOn),
  );
}
