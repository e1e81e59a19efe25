import { formatLondon } from '../platform/clock/london-time.ts';
import type { Values } from '../platform/forms/conflict.ts';

/** An allegation against somebody who works with young people, as those who receive it take it further. Pure: no I/O here. */

/** The most characters that each text takes. */
export const MOST_CHARACTERS = {
  name: 200,
  what: 20_000,
  happened: 500,
  reference: 100,
  done: 20_000,
} as const;

/** What has been done about an allegation. The officer is the local authority designated officer. */
export interface AllegationProgress {
  officerToldAt: Date | null;
  officerName: string;
  officerReference: string;
  beingDone: string;
  outcome: string;
  isClosed: boolean;
}

export const allegationFields = [
  'officerTold',
  'officerName',
  'officerReference',
  'beingDone',
  'outcome',
  'closed',
] as const;
export type AllegationField = (typeof allegationFields)[number];

export const allegationFieldInWords: Readonly<Record<AllegationField, string>> = {
  officerTold: 'When the designated officer was told',
  officerName: 'Designated officer who was told',
  officerReference: 'Their reference',
  beingDone: 'What is being done',
  outcome: 'What came of it',
  closed: 'Closed',
};

/** Progress as text that can be compared, its time to the minute, as it is typed. */
export function progressAsText(progress: AllegationProgress): Values<AllegationField> {
  return {
    officerTold:
      progress.officerToldAt === null ? '' : `${progress.officerToldAt.toISOString().slice(0, 16)}Z`,
    officerName: progress.officerName,
    officerReference: progress.officerReference,
    beingDone: progress.beingDone,
    outcome: progress.outcome,
    closed: progress.isClosed ? 'yes' : 'no',
  };
}

/** What a field says, as it is read. */
export function allegationValueInWords(field: AllegationField, value: string): string {
  if (field === 'closed') return value === 'yes' ? 'Yes' : 'No';
  if (value === '') return field === 'officerTold' ? 'Not told' : 'Nothing written';
  return field === 'officerTold' ? formatLondon(new Date(value)) : value;
}
