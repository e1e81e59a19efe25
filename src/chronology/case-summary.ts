import { formatDate } from '../platform/clock/london-time.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Document } from '../platform/history/document.ts';

/** Where things stand with a young person: short, for whoever picks the case up, and written afresh in time. */
export type SummaryField = 'stands' | 'worries' | 'workingWell' | 'next' | 'refreshBy';

export const summaryDocument: Document<SummaryField> = {
  table: 'case_summary',
  kind: 'case-summary',
  columns: {
    stands: 'stands',
    worries: 'worries',
    workingWell: 'working_well',
    next: 'next',
    refreshBy: 'refresh_by',
  },
};

export const summaryFieldInWords: Readonly<Record<SummaryField, string>> = {
  stands: 'Where things stand',
  worries: 'What worries us',
  workingWell: 'What is working well',
  next: 'What happens next',
  refreshBy: 'To be written afresh by',
};

export const summaryValueInWords = (field: SummaryField, value: string): string =>
  field === 'refreshBy' && value !== '' ? formatDate(plainDate(value)) : value || 'Nothing written';
