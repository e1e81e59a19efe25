import { type Code, type CodedWord, wordFor } from '../reference/code-lists.ts';
import type { NoteKind } from './case-note.ts';

/** What contact with a young person is, and what counts as having spoken with them. Pure: no I/O here. */

/** How contact is made; `isConversation` where the other can answer there and then. */
export const contactHows = [
  { code: 'in-person', text: 'In person', isConversation: true },
  { code: 'telephone', text: 'Telephone call', isConversation: true },
  { code: 'text', text: 'Text or message', isConversation: true },
  { code: 'video', text: 'Video call', isConversation: true },
  { code: 'letter', text: 'Letter', isConversation: false },
  { code: 'through-somebody-else', text: 'Through somebody else', isConversation: false },
] as const satisfies readonly (CodedWord & { isConversation: boolean })[];
export type ContactHow = Code<typeof contactHows>;

export const contactPeople = [
  { code: 'young-person', text: 'The young person' },
  { code: 'parent-or-carer', text: 'A parent or carer' },
  { code: 'professional', text: 'A professional' },
] as const satisfies readonly CodedWord[];
export type ContactPerson = Code<typeof contactPeople>;

/** What came of a contact. `isFailure` where it was tried and nobody was there: cancelling is an answer. */
export const contactOutcomes = [
  { code: 'reached', text: 'We spoke, met or they answered', isFailure: false },
  { code: 'no-answer', text: 'We tried, and there was no answer', isFailure: true },
  { code: 'did-not-come', text: 'They did not come', isFailure: true },
  { code: 'cancelled-by-them', text: 'They cancelled it', isFailure: false },
  { code: 'cancelled-by-us', text: 'We cancelled it', isFailure: false },
] as const satisfies readonly (CodedWord & { isFailure: boolean })[];
export type ContactOutcome = Code<typeof contactOutcomes>;

/** The most characters that the place of a contact takes. */
export const MOST_OF_A_PLACE = 200;

/** A contact, planned, made or tried. */
export interface Contact {
  how: ContactHow;
  withWhom: ContactPerson;
  outcome: ContactOutcome | 'planned';
}

/** Whether the young person themselves was spoken with or met: the contact that engagement is reckoned from. */
export function isSpokenWith({ how, withWhom, outcome }: Contact): boolean {
  return outcome === 'reached' && withWhom === 'young-person' && conversationHows.includes(how);
}

/** Whether the young person themselves was tried and not reached. */
export function isFailed({ withWhom, outcome }: Contact): boolean {
  return withWhom === 'young-person' && failedOutcomes.some((failed) => failed === outcome);
}

/** The ways in which somebody can be spoken with. */
export const conversationHows: readonly ContactHow[] = contactHows
  .filter(({ isConversation }) => isConversation)
  .map(({ code }) => code);

/** The outcomes of contact that failed. */
export const failedOutcomes: readonly ContactOutcome[] = contactOutcomes
  .filter(({ isFailure }) => isFailure)
  .map(({ code }) => code);

/** A contact in words: "Telephone call with the young person: they did not come". */
export function contactInWords({ how, withWhom, outcome }: Contact): string {
  const joined = conversationHows.includes(how) ? 'with' : 'to';
  const what = `${wordFor(contactHows, how)} ${joined} ${lowerFirst(wordFor(contactPeople, withWhom))}`;
  return outcome === 'planned' ? what : `${what}: ${lowerFirst(wordFor(contactOutcomes, outcome))}`;
}

/** The kind of note that tells of a contact. */
export function kindOfNoteAbout(contact: Contact): NoteKind {
  if (isFailed(contact)) return 'contact-attempted';
  if (contact.outcome !== 'reached') return 'other';
  if (contact.withWhom !== 'young-person') return 'contact-with-others';
  switch (contact.how) {
    case 'in-person':
      return 'contact-in-person';
    case 'telephone':
    case 'video':
      return 'contact-telephone';
    case 'text':
      return 'contact-message';
    default:
      return 'other';
  }
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
