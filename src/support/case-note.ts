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

/** The kinds of note, and which of them are contact with the young person. */
export const noteKinds = [
  { code: 'contact-in-person', text: 'Contact in person', isContact: true },
  { code: 'contact-telephone', text: 'Telephone call', isContact: true },
  { code: 'contact-message', text: 'Text or message', isContact: true },
  { code: 'contact-attempted', text: 'Attempted contact', isContact: false },
  { code: 'meeting-of-professionals', text: 'Meeting of professionals', isContact: false },
  { code: 'visit', text: 'Home or school visit', isContact: true },
  { code: 'other', text: 'Something else', isContact: false },
] as const satisfies readonly (CodedWord & { isContact: boolean })[];
export type NoteKind = Code<typeof noteKinds>;

/** The kinds in which the young person was spoken with. */
export const contactKinds: readonly NoteKind[] = noteKinds
  .filter(({ isContact }) => isContact)
  .map(({ code }) => code);

/** The most characters that each of a note's texts takes. */
export const MOST_CHARACTERS = {
  present: 1_000,
  fact: 20_000,
  opinion: 20_000,
  voice: 20_000,
  reason: 500,
} as const;

/** What a note says: fact, opinion and the young person's own words are kept apart. */
export interface NoteContent {
  kind: string;
  happenedAt: Date;
  present: string;
  fact: string;
  opinion: string;
  voice: string;
}

export const noteFields = ['kind', 'happenedAt', 'present', 'fact', 'opinion', 'voice'] as const;
export type NoteField = (typeof noteFields)[number];

/** The parts of a note as its form asks for them, and as they are headed when they are read. */
export const noteFieldInWords: Readonly<Record<NoteField, string>> = {
  kind: 'Kind of note',
  happenedAt: 'When it happened',
  present: 'Who was present',
  fact: 'What happened',
  opinion: 'What I think about it',
  voice: 'What the young person said or wants',
};

/** A note as text that can be compared, its time to the minute, as it is typed. */
export function noteAsText(note: NoteContent): Values<NoteField> {
  return {
    kind: note.kind,
    happenedAt: `${note.happenedAt.toISOString().slice(0, 16)}Z`,
    present: note.present,
    fact: note.fact,
    opinion: note.opinion,
    voice: note.voice,
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
