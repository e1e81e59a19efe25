import { formatLondon } from '../platform/clock/london-time.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { type Code, type CodedWord, wordFor } from '../reference/code-lists.ts';

/** What a case note is and says, and when what it tells of happened. Pure: no I/O here. */

export {
  readTime,
  type TypedTime,
  timeAsTyped,
  type When,
  whenItHappened,
} from '../platform/clock/typed-time.ts';

interface NoteKindWords extends CodedWord {
  /** In which the young person was spoken with. */
  isContact: boolean;
  /** That a manager reads and signs off. */
  needsSignOff: boolean;
  writtenBy: 'worker' | 'manager';
}

/** What a note may be: the kinds of domain guide part 5. */
export const noteKinds = [
  kind('contact-in-person', 'Contact in person', { isContact: true }),
  kind('contact-telephone', 'Telephone call', { isContact: true }),
  kind('contact-message', 'Text or message', { isContact: true }),
  kind('visit', 'Home or school visit', { isContact: true }),
  kind('contact-attempted', 'Attempted contact'),
  kind('contact-with-others', 'Contact with family or a professional'),
  kind('meeting-of-professionals', 'Meeting of professionals'),
  kind('information-received', 'Information from somebody else'),
  kind('incident', 'Incident', { needsSignOff: true }),
  kind('safeguarding', 'Safeguarding', { needsSignOff: true }),
  kind('closing', 'Closing', { needsSignOff: true }),
  kind('supervision-decision', 'Decision in supervision', { writtenBy: 'manager' }),
  kind('management-oversight', 'Management oversight', { writtenBy: 'manager' }),
  kind('other', 'Something else'),
] as const;
export type NoteKind = Code<typeof noteKinds>;

function kind<const KindCode extends string>(
  code: KindCode,
  text: string,
  { isContact = false, needsSignOff = false, writtenBy = 'worker' }: Partial<NoteKindWords> = {},
): NoteKindWords & { code: KindCode } {
  return { code, text, isContact, needsSignOff, writtenBy };
}

/** The kinds in which the young person was spoken with. */
export const contactKinds: readonly NoteKind[] = noteKinds
  .filter(({ isContact }) => isContact)
  .map(({ code }) => code);

/** The kinds that a caseworker chooses from. */
export const workersKinds: readonly CodedWord[] = noteKinds.filter(({ writtenBy }) => writtenBy === 'worker');

/** Whether a manager has to sign a note of this kind off. */
export function needsSignOff(of: string): boolean {
  return noteKinds.some(({ code, needsSignOff: needs }) => code === of && needs);
}

/** The most characters that each of a note's texts takes. */
export const MOST_CHARACTERS = {
  present: 1_000,
  fact: 20_000,
  opinion: 20_000,
  voice: 20_000,
  thirdParty: 20_000,
  sharedText: 20_000,
  reason: 500,
} as const;

/**
 * What a note says: fact, opinion, the young person's own words and what is about somebody else are kept apart. Where one
 * note was written for several people, `sharedText` is in each one's and names none of them.
 */
export interface NoteContent {
  kind: string;
  happenedAt: Date;
  present: string;
  sharedText: string;
  fact: string;
  voice: string;
  opinion: string;
  thirdParty: string;
}

export const noteFields = [
  'kind',
  'happenedAt',
  'present',
  'sharedText',
  'fact',
  'voice',
  'opinion',
  'thirdParty',
] as const;
export type NoteField = (typeof noteFields)[number];

/** The parts of a note as its form asks for them, and as they are headed when they are read. */
export const noteFieldInWords: Readonly<Record<NoteField, string>> = {
  kind: 'Kind of note',
  happenedAt: 'When it happened',
  present: 'Who was present',
  sharedText: 'What happened, in words that name nobody',
  fact: 'What happened',
  voice: 'What the young person said or wants',
  opinion: 'What I think about it',
  thirdParty: 'Information about somebody else',
};

/** A note as text that can be compared, its time to the minute, as it is typed. */
export function noteAsText(note: NoteContent): Values<NoteField> {
  return {
    kind: note.kind,
    happenedAt: `${note.happenedAt.toISOString().slice(0, 16)}Z`,
    present: note.present,
    sharedText: note.sharedText,
    fact: note.fact,
    voice: note.voice,
    opinion: note.opinion,
    thirdParty: note.thirdParty,
  };
}

/** What a field of a note says, as it is read. */
export function noteValueInWords(field: NoteField, value: string): string {
  switch (field) {
    case 'kind':
      return wordFor(noteKinds, value);
    case 'happenedAt':
      return formatLondon(new Date(value));
    default:
      return value || 'Nothing written';
  }
}
