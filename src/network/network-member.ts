import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Values } from '../platform/forms/conflict.ts';
import type { Document } from '../platform/history/document.ts';
import { type CodedWord, wordFor } from '../reference/code-lists.ts';

/** Who is round a young person: family, household, friends and the professionals who work with them. Pure. */

export const memberKinds = [
  { code: 'family', text: 'Family' },
  { code: 'household', text: 'Household' },
  { code: 'trusted-adult', text: 'Trusted adults' },
  { code: 'professional', text: 'Professionals' },
  { code: 'friend', text: 'Friends' },
  { code: 'associate', text: 'People who may put them at risk' },
] as const satisfies readonly CodedWord[];

export const yesNoNotKnown = [
  { code: 'yes', text: 'Yes' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** Whether this person is contacted about the young person. */
export const mayContactAnswers = [
  { code: 'yes', text: 'Yes' },
  { code: 'through-worker', text: 'Only through the young person’s worker' },
  { code: 'never', text: 'Must not be contacted' },
] as const satisfies readonly CodedWord[];

export type MemberField =
  | 'kind'
  | 'name'
  | 'relationship'
  | 'agency'
  | 'phone'
  | 'email'
  | 'address'
  | 'parentalResponsibility'
  | 'livesWith'
  | 'fromOn'
  | 'untilOn'
  | 'mayContact'
  | 'contactWhy'
  | 'notes';

export const memberDocument: Document<MemberField> = {
  table: 'network_member',
  kind: 'network-member',
  columns: {
    kind: 'kind',
    name: 'name',
    relationship: 'relationship',
    agency: 'agency',
    phone: 'phone',
    email: 'email',
    address: 'address',
    parentalResponsibility: 'parental_responsibility',
    livesWith: 'lives_with',
    fromOn: { orNull: 'from_on' },
    untilOn: { orNull: 'until_on' },
    mayContact: 'may_contact',
    contactWhy: 'contact_why',
    notes: 'notes',
  },
  isSound: (values) => faultsOfMember(values).length === 0,
};

export const memberInWords: Readonly<Record<MemberField, string>> = {
  kind: 'What they are',
  name: 'Name',
  relationship: 'Relationship or role',
  agency: 'Organisation',
  phone: 'Phone',
  email: 'Email',
  address: 'Address',
  parentalResponsibility: 'Parental responsibility',
  livesWith: 'Lives with the young person',
  fromOn: 'Since',
  untilOn: 'Until',
  mayContact: 'May be contacted',
  contactWhy: 'Why',
  notes: 'Notes',
};

/** What a field says, as it is read. */
export function memberValueInWords(field: MemberField, value: string): string {
  switch (field) {
    case 'kind':
      return wordFor(memberKinds, value);
    case 'parentalResponsibility':
    case 'livesWith':
      return wordFor(yesNoNotKnown, value);
    case 'mayContact':
      return wordFor(mayContactAnswers, value);
    case 'fromOn':
    case 'untilOn':
      return value === '' ? 'No day' : formatDate(plainDate(value));
    default:
      return value || 'Nothing written';
  }
}

/** What does not fit together in what is known of somebody. */
export function faultsOfMember(
  values: Pick<Values<MemberField>, 'mayContact' | 'contactWhy' | 'fromOn' | 'untilOn'>,
): { field: MemberField; message: string }[] {
  return [
    ...(values.mayContact !== 'yes' && values.contactWhy === ''
      ? [{ field: 'contactWhy' as const, message: 'Enter why they may not simply be contacted' }]
      : []),
    ...(values.fromOn !== '' && values.untilOn !== '' && values.untilOn < values.fromOn
      ? [{ field: 'untilOn' as const, message: 'The last day must be on or after the first' }]
      : []),
  ];
}

/** Whether somebody is part of the network on a day: their last day is one of its days. */
export function isCurrent({ untilOn }: Pick<Values<MemberField>, 'untilOn'>, today: PlainDate): boolean {
  return untilOn === '' || untilOn >= today;
}
