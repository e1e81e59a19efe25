import { formatDate, formatLondon } from '../platform/clock/london-time.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { type Document, instantAsText } from '../platform/history/document.ts';
import { wordFor } from '../reference/code-lists.ts';
import { type BreachDetails, breachRisks } from './data-breach.ts';

/** What of a breach two people may change at once. */
export type BreachField = keyof BreachDetails;

export const breachDocument: Document<BreachField> = {
  table: 'data_breach',
  kind: 'data-breach',
  columns: {
    what: 'what',
    people: { orNull: 'people' },
    risk: 'risk',
    icoToldAt: { orNull: 'ico_told_at', isInstant: true },
    icoReference: 'ico_reference',
    icoWhy: 'ico_why',
    peopleToldOn: { orNull: 'people_told_on' },
    actions: 'actions',
    closedOn: { orNull: 'closed_on' },
  },
  // Two whose changes fit each by itself may come to what cannot be closed.
  isSound: ({ closedOn, risk, icoToldAt, icoWhy, peopleToldOn, actions }) =>
    closedOn === '' ||
    (risk !== 'not-known' &&
      (risk === 'unlikely' || icoToldAt !== '' || icoWhy !== '') &&
      (risk !== 'high' || peopleToldOn !== '' || actions !== '')),
};

export const breachFieldInWords: Readonly<Record<BreachField, string>> = {
  what: 'What happened',
  people: 'How many people it concerns',
  risk: 'Risk to people',
  icoToldAt: 'When the Information Commissioner was told',
  icoReference: 'Their reference',
  icoWhy: 'Why they were not told, or told late',
  peopleToldOn: 'When the people were told',
  actions: 'What was done',
  closedOn: 'When it was closed',
};

/** The details as text that can be compared. */
export function breachValues(details: BreachDetails): Values<BreachField> {
  return {
    ...details,
    people: details.people === null ? '' : String(details.people),
    icoToldAt: instantAsText(details.icoToldAt),
    peopleToldOn: details.peopleToldOn ?? '',
    closedOn: details.closedOn ?? '',
  };
}

export function breachValueInWords(field: BreachField, value: string): string {
  if (value === '') return 'Nothing written';
  switch (field) {
    case 'risk':
      return wordFor(breachRisks, value);
    case 'icoToldAt':
      return formatLondon(new Date(value));
    case 'peopleToldOn':
    case 'closedOn':
      return formatDate(plainDate(value));
    default:
      return value;
  }
}
