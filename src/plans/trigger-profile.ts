import { formatDate } from '../platform/clock/london-time.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Document } from '../platform/history/document.ts';

/** What helps to find somebody who is missing: a trigger profile, or missing profile (domain guide part 5). Pure. */

export const profileTexts = [
  'description',
  'triggers',
  'associates',
  'places',
  'phones',
  'vehicles',
  'health',
  'tellPolice',
  'whenFound',
] as const;
export type ProfileText = (typeof profileTexts)[number];
export type ProfileField = ProfileText | 'reviewedOn' | 'reviewDueOn';

export const triggerProfileDocument: Document<ProfileField> = {
  table: 'trigger_profile',
  kind: 'trigger-profile',
  columns: {
    description: 'description',
    triggers: 'triggers',
    associates: 'associates',
    places: 'places',
    phones: 'phones',
    vehicles: 'vehicles',
    health: 'health',
    tellPolice: 'tell_police',
    whenFound: 'when_found',
    reviewedOn: 'reviewed_on',
    reviewDueOn: 'review_due_on',
  },
};

export const profileInWords: Readonly<Record<ProfileField, string>> = {
  description: 'What they look like',
  triggers: 'What tends to come before they go missing',
  associates: 'Who they may be with',
  places: 'Where they may be',
  phones: 'Their phones and accounts',
  vehicles: 'Vehicles they may be in',
  health: 'Health, medicines and how to talk with them',
  tellPolice: 'What to tell the police',
  whenFound: 'What helps when they are found',
  reviewedOn: 'Last checked',
  reviewDueOn: 'Next check',
};

export const profileHints: Readonly<Partial<Record<ProfileText, string>>> = {
  description: 'Height, build, hair, marks, what they often wear',
  associates: 'Names, nicknames, and how each is known to them',
  places: 'Where they were found before, and where they have family or friends',
  phones: 'Numbers, networks and the names they use',
  vehicles: 'Make, colour, registration, and whose it is',
  health: 'Medicine they need and by when, allergies, an interpreter',
  tellPolice:
    'What makes them at high risk: exploitation, threats, debt, the National Referral Mechanism. Say that they are a child or young person who is exploited, not an offender',
  whenFound: 'Who should meet them, and what makes them feel safe',
};

/** What a field of a profile says, as it is read. */
export function profileValueInWords(field: ProfileField, value: string): string {
  if (field === 'reviewedOn' || field === 'reviewDueOn')
    return value === '' ? 'Not yet' : formatDate(plainDate(value));
  return value || 'Nothing written';
}
