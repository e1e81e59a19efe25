import { formatDate } from '../platform/clock/london-time.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Document } from '../platform/history/document.ts';

/** What changes for a young person when they turn 18, and who sees to it. Pure. */

export const transitionTexts = [
  'wishes',
  'adultServices',
  'ledBy',
  'consent',
  'sharing',
  'nrm',
  'housing',
  'benefits',
] as const;
export type TransitionText = (typeof transitionTexts)[number];
export type TransitionField = TransitionText | 'reviewedOn' | 'reviewDueOn';

export const transitionDocument: Document<TransitionField> = {
  table: 'transition_plan',
  kind: 'transition-plan',
  columns: {
    wishes: 'wishes',
    adultServices: 'adult_services',
    ledBy: 'led_by',
    consent: 'consent',
    sharing: 'sharing',
    nrm: 'nrm',
    housing: 'housing',
    benefits: 'benefits',
    reviewedOn: 'reviewed_on',
    reviewDueOn: 'review_due_on',
  },
};

export const transitionInWords: Readonly<Record<TransitionField, string>> = {
  wishes: 'What the young person wants',
  adultServices: 'Adult services that are asked, and what they said',
  ledBy: 'Who leads',
  consent: 'Consent from 18',
  sharing: 'Sharing information from 18',
  nrm: 'National Referral Mechanism',
  housing: 'Where they will live',
  benefits: 'Money and benefits',
  reviewedOn: 'Last checked',
  reviewDueOn: 'Next check',
};

export const transitionHints: Readonly<Record<TransitionText, string>> = {
  wishes: 'In their own words',
  adultServices: 'Adult social care, leaving care, adult mental health, probation',
  ledBy: 'One person, by name, in each service',
  consent:
    'From 18 they agree for themselves to be supported; nobody with parental responsibility does so for them',
  sharing:
    'What parents and school are told until now and will not be, and what an adult at risk is protected by',
  nrm: 'An adult agrees to a referral, or to go on with one that was made when they were a child',
  housing: 'Duties to a care leaver, or when they are homeless at 18',
  benefits: 'Universal Credit, care leaver’s grants, a bank account that nobody else uses',
};

/** What a field says, as it is read. */
export function transitionValueInWords(field: TransitionField, value: string): string {
  if (field === 'reviewedOn' || field === 'reviewDueOn')
    return value === '' ? 'Not yet' : formatDate(plainDate(value));
  return value || 'Nothing written';
}
