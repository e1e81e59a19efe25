import type { CodedWord } from '../reference/code-lists.ts';

/** Why a record may have to be opened by somebody who does not work with the young person. */
export const groundsForOpening = [
  { code: 'danger-now', text: 'They are in danger now' },
  { code: 'police-request', text: 'The police have them or are looking for them, and need to know' },
  { code: 'hospital', text: 'They are in hospital, or with an ambulance crew' },
  { code: 'missing', text: 'They are missing' },
  { code: 'worker-away', text: 'They have asked for help and nobody who works with them can be reached' },
  { code: 'other', text: 'Another emergency' },
] as const satisfies readonly CodedWord[];

/** What a review of an opening finds. */
export const findings = [
  { code: 'justified', text: 'It was justified' },
  { code: 'not-justified', text: 'It was not justified' },
] as const satisfies readonly CodedWord[];

/** How recently somebody must have signed in to open one, in minutes. */
export const PROVED_WITHIN = 15;

/** Days after which an opening that nobody has reviewed is overdue. */
export const REVIEW_WITHIN_DAYS = 2;

/** Whether the review of an opening is overdue. */
export function isReviewOverdue(openedAt: Date, now: Date): boolean {
  return now.getTime() - openedAt.getTime() > REVIEW_WITHIN_DAYS * 24 * 3_600_000;
}
