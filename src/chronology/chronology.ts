import type { Code, CodedWord } from '../reference/code-lists.ts';

/** Everything that happened, of which records tell, by kind: what the chronology is filtered by. */
export const entryKinds = [
  { code: 'event', text: 'Events' },
  { code: 'referral', text: 'Referrals and decisions' },
  { code: 'support', text: 'Support begun and ended' },
  { code: 'note', text: 'Case notes' },
  { code: 'contact', text: 'Contact' },
  { code: 'concern', text: 'Safeguarding concerns' },
  { code: 'risk', text: 'Risk' },
  { code: 'plan', text: 'Plans and needs' },
  { code: 'progress', text: 'Education, work and other services' },
] as const satisfies readonly CodedWord[];
export type EntryKind = Code<typeof entryKinds>;

/** An entry that changed things, whoever marked it: these are shown where only significant events are asked for. */
export const significantKinds = [
  'event',
  'referral',
  'support',
  'concern',
  'risk',
] as const satisfies readonly EntryKind[];
