import type { Code, CodedWord } from '../reference/code-lists.ts';

/** Everything that happened, of which records tell, by kind: what the chronology is filtered by. */
export const entryKinds = [
  { code: 'event', text: 'Events' },
  { code: 'referral', text: 'Referrals and decisions' },
  { code: 'support', text: 'Support begun and ended' },
  { code: 'life', text: 'Borough responsible, and death' },
  { code: 'note', text: 'Case notes' },
  { code: 'contact', text: 'Contact' },
  { code: 'concern', text: 'Safeguarding concerns' },
  { code: 'risk', text: 'Risk' },
  { code: 'consent', text: 'Consent, and decisions to share' },
  { code: 'plan', text: 'Plans and needs' },
  { code: 'progress', text: 'Education, work and other services' },
] as const satisfies readonly CodedWord[];
export type EntryKind = Code<typeof entryKinds>;
