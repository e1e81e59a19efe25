import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Document } from '../platform/history/document.ts';
import { type Code, onwardServices, wordFor, yesNoUnknown } from '../reference/code-lists.ts';

/** A referral on to another service, and whether the young person took it up. Pure. */

export type OnwardField = 'service' | 'madeOn' | 'engaged' | 'note';

export const onwardDocument: Document<OnwardField> = {
  table: 'onward_referral',
  kind: 'onward-referral',
  columns: { service: 'service', madeOn: 'made_on', engaged: 'engaged', note: 'note' },
};

export const onwardInWords: Readonly<Record<OnwardField, string>> = {
  service: 'Which service',
  madeOn: 'The day it was made',
  engaged: 'Did they engage with it?',
  note: 'Note',
};

/** What a field of an onward referral says, as it is read. */
export function onwardValueInWords(field: OnwardField, value: string): string {
  switch (field) {
    case 'service':
      return wordFor(onwardServices, value);
    case 'engaged':
      return wordFor(yesNoUnknown, value);
    case 'madeOn':
      return value === '' ? 'Nothing written' : formatDate(plainDate(value));
    case 'note':
      return value || 'Nothing written';
  }
}

export interface OnwardReferral {
  id: string;
  organisationId: string;
  organisationName: string;
  service: string;
  madeOn: PlainDate;
  engaged: Code<typeof yesNoUnknown>;
  note: string;
}
