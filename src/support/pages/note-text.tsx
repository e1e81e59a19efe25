import { formatLondon } from '../../platform/clock/london-time.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { type NoteContent, noteFieldInWords, noteKinds } from '../case-note.ts';
import type { CaseNote } from '../case-note-queries.ts';
import { noteAddress } from './support-addresses.ts';

/** What a note says, fact and opinion under headings of their own. */
export function NoteText({ note, level }: { note: NoteContent; level: 3 | 4 }) {
  const Heading = level === 3 ? 'h3' : 'h4';
  const parts = [
    { called: noteFieldInWords.present, text: note.present },
    { called: noteFieldInWords.fact, text: note.fact },
    { called: noteFieldInWords.voice, text: note.voice },
    { called: 'What the author thinks about it', text: note.opinion },
  ];
  return (
    <>
      {parts
        .filter(({ text }) => text !== '')
        .map(({ called, text }) => (
          <div key={called}>
            <Heading class="govuk-heading-s govuk-!-margin-bottom-1">{called}</Heading>
            <p class="hw-note__text govuk-!-margin-bottom-4" dir="auto">
              {text}
            </p>
          </div>
        ))}
    </>
  );
}

/** Notes as they are read one after the other, the newest first. */
export function Notes({ notes }: { notes: readonly CaseNote[] }) {
  return (
    <>
      {notes.map((note) => (
        <article key={note.id} class="hw-note" aria-labelledby={`note-${note.id}`}>
          <h3 class="govuk-heading-s govuk-!-margin-bottom-1" id={`note-${note.id}`}>
            <a class="govuk-link" href={noteAddress(note.id)}>
              {wordFor(noteKinds, note.kind)}, {formatLondon(note.happenedAt)}
            </a>
          </h3>
          <p class="hw-note__meta">
            <bdi>{note.authorName}</bdi>, <bdi>{note.organisationName}</bdi>
            {note.version > 1 && `. Changed ${formatLondon(note.recordedAt)}`}
          </p>
          <NoteText note={note} level={4} />
        </article>
      ))}
    </>
  );
}
