import { formatDate } from '../platform/clock/london-time.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Document } from '../platform/history/document.ts';

/** What is done towards the answer to a request, which two people may record at once. */
export type ProgressField =
  | 'personId'
  | 'identityCheckedOn'
  | 'identityHow'
  | 'acknowledgedOn'
  | 'extendedBecause';

export const progressDocument: Document<ProgressField> = {
  table: 'rights_request',
  kind: 'rights-request',
  columns: {
    personId: { orNull: 'person_id' },
    identityCheckedOn: { orNull: 'identity_checked_on' },
    identityHow: 'identity_how',
    acknowledgedOn: { orNull: 'acknowledged_on' },
    extendedBecause: 'extended_because',
  },
  isSound: ({ identityCheckedOn, identityHow }) => (identityCheckedOn === '') === (identityHow === ''),
};

export const progressFieldInWords: Readonly<Record<ProgressField, string>> = {
  personId: 'Reference of the record',
  identityCheckedOn: 'When it was known who asks',
  identityHow: 'How their identity was checked',
  acknowledgedOn: 'When it was acknowledged',
  extendedBecause: 'Why it takes two months longer',
};

/** @param references of the records that may be named, by their id */
export const progressValueInWords =
  (references: ReadonlyMap<string, string>) =>
  (field: ProgressField, value: string): string => {
    if (value === '') return 'Nothing written';
    if (field === 'personId') return references.get(value) ?? 'A record that is gone';
    return field === 'identityCheckedOn' || field === 'acknowledgedOn' ? formatDate(plainDate(value)) : value;
  };
