import { addDays, addMonths, daysBetween, type PlainDate } from '../platform/clock/plain-date.ts';
import { addWorkingDays, isWorkingDay } from '../platform/clock/working-days.ts';
import type { Code, CodedWord } from '../reference/code-lists.ts';

/** What people ask of a service that holds data about them, and by when it answers. Pure: no I/O here. */

/** The rights of UK GDPR articles 15 to 21, and complaints (Data Protection Act 2018, section 164A). */
export const requestKinds = [
  { code: 'access', text: 'A copy of what is held (access)' },
  { code: 'correction', text: 'Correction' },
  { code: 'objection', text: 'Objection' },
  { code: 'restriction', text: 'Restriction of processing' },
  { code: 'erasure', text: 'Erasure' },
  { code: 'complaint', text: 'Complaint about data protection' },
] as const satisfies readonly CodedWord[];
export type RequestKind = Code<typeof requestKinds>;

/** What the lead does about each, in the order in which it is done (UK GDPR articles 15 to 21; section 164A). */
export const howToAnswer: Readonly<Record<RequestKind, string>> = {
  access:
    'Find the record and check who asks. Then read every part of what is held, decide what is blacked out, and send the redacted copy.',
  correction:
    'Find the record and check who asks. Those who work with the young person are then asked to correct it, and named here: what it said before is kept beside it. An opinion is not corrected, but the young person’s own view is added to it. Restrict processing while it is looked into.',
  objection:
    'Find the record and check who asks. Restrict processing while it is decided. It goes on only where protecting a child, or another reason as strong, outweighs what they say.',
  restriction:
    'Find the record and check who asks. Then restrict processing: everybody who opens the record is told.',
  erasure:
    'Find the record and check who asks. Where nothing requires that it is kept, propose a disposal, which a second person approves.',
  complaint:
    'Acknowledge it within 30 days, look into it without delay, and tell them what was found and that they can go to the Information Commissioner.',
};

export const askers = [
  { code: 'themselves', text: 'The young person themselves' },
  { code: 'parent-or-carer', text: 'A parent or carer' },
  { code: 'solicitor', text: 'A solicitor for them' },
  { code: 'advocate', text: 'An advocate for them' },
  { code: 'somebody-else', text: 'Somebody else' },
] as const satisfies readonly CodedWord[];

export const outcomes = [
  { code: 'granted', text: 'Done as they asked' },
  { code: 'granted-in-part', text: 'Done in part' },
  { code: 'refused', text: 'Refused' },
] as const satisfies readonly CodedWord[];
export type RequestOutcome = Code<typeof outcomes>;

export type RequestStage = 'open' | 'answered' | 'withdrawn';

/** Days in which a complaint is acknowledged (section 164A, from 19 June 2026). */
const ACKNOWLEDGE_WITHIN_DAYS = 30;

/** What the clock of a request goes by. */
export interface Clocked {
  receivedOn: PlainDate;
  /** Until it is known who asks, a service need not answer: the month begins then (article 12A). */
  identityCheckedOn: PlainDate | null;
  isExtended: boolean;
}

/**
 * The day by which a request is answered: one month after it was received or, later, after it was known who asks; two months
 * more where it is extended (article 12(3)). A day that is no working day moves to the next that is (the regulator's guidance).
 */
export function answerDueOn({ receivedOn, identityCheckedOn, isExtended }: Clocked): PlainDate {
  const from = identityCheckedOn !== null && identityCheckedOn > receivedOn ? identityCheckedOn : receivedOn;
  const due = addMonths(from, isExtended ? 3 : 1);
  return isWorkingDay(due) ? due : addWorkingDays(due, 1);
}

/** The day by which a complaint is acknowledged. */
export function acknowledgeDueOn(receivedOn: PlainDate): PlainDate {
  return addDays(receivedOn, ACKNOWLEDGE_WITHIN_DAYS);
}

/** How a request stands to its day: "5 days left", "Due today", "2 days late". */
export function clockInWords(dueOn: PlainDate, today: PlainDate): string {
  const left = daysBetween(today, dueOn);
  if (left === 0) return 'Due today';
  const days = Math.abs(left) === 1 ? '1 day' : `${Math.abs(left)} days`;
  return left > 0 ? `${days} left` : `${days} late`;
}

/** Whether its day has passed. */
export function isLate(dueOn: PlainDate, today: PlainDate): boolean {
  return dueOn < today;
}
