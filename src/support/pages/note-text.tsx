import { formatLondon } from '../../platform/clock/london-time.ts';
import { Tag } from '../../platform/govuk/index.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { type NoteContent, needsSignOff, noteFieldInWords, noteKinds } from '../case-note.ts';
import type { CaseNote, NoteSignOff, Removal } from '../case-note-queries.ts';
import { noteAddress } from './support-addresses.ts';

/** What a note says, fact, opinion and what is about others under headings of their own. */
export function NoteText({ note, level }: { note: NoteContent; level: 3 | 4 }) {
  const Heading = level === 3 ? 'h3' : 'h4';
  // A decision in supervision is asked for in words of its own (decide-case-page.tsx).
  const isDecision = note.kind === 'supervision-decision';
  const parts = [
    { called: noteFieldInWords.present, texts: [note.present] },
    {
      called: isDecision ? 'What was decided' : noteFieldInWords.fact,
      texts: [note.sharedText, note.fact],
    },
    { called: noteFieldInWords.voice, texts: [note.voice] },
    {
      called: isDecision ? 'What was talked about' : 'What the author thinks about it',
      texts: [note.opinion],
    },
    { called: noteFieldInWords.thirdParty, texts: [note.thirdParty], isAboutOthers: true },
  ];
  return (
    <>
      {parts.map(({ called, texts, isAboutOthers }) => {
        const written = texts.filter((text) => text !== '');
        if (written.length === 0) return null;
        return (
          <div key={called}>
            <Heading class="govuk-heading-s govuk-!-margin-bottom-1">
              {called}
              {isAboutOthers && (
                <>
                  {' '}
                  <Tag classes="govuk-tag--yellow">Take out before sharing</Tag>
                </>
              )}
            </Heading>
            {written.map((text, place) => (
              <p key={place} class="hw-note__text govuk-!-margin-bottom-4" dir="auto">
                {text}
              </p>
            ))}
          </div>
        );
      })}
    </>
  );
}

/** That a note was removed: by whom, when and why, and nothing that it said. */
export function RemovalInWords({ removal }: { removal: Removal }) {
  return (
    <>
      Removed by <bdi>{removal.byName}</bdi> on {formatLondon(removal.at)} because:{' '}
      <span class="hw-text" dir="auto">
        {removal.reason}
      </span>
    </>
  );
}

/** Who signed a note off, when and with which comment; which version, and that it waits again, where it was changed since. */
export function SignOffInWords({ note, signOff }: { note: CaseNote; signOff: NoteSignOff }) {
  const isChanged = signOff.noteVersion !== note.version && note.removal === null;
  return (
    <>
      {isChanged && `Version ${signOff.noteVersion}, `}by <bdi>{signOff.byName}</bdi> on{' '}
      {formatLondon(signOff.at)}
      {isChanged &&
        `. It was changed since${needsSignOff(note.kind) ? ', and waits to be signed off again' : ''}`}
      {signOff.comment !== '' && (
        <>
          . Comment:{' '}
          <span class="hw-text" dir="auto">
            {signOff.comment}
          </span>
        </>
      )}
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
            {note.version > 1 && note.removal === null && `. Changed ${formatLondon(note.recordedAt)}`}
          </p>
          {note.removal === null ? (
            <NoteText note={note} level={4} />
          ) : (
            <p class="govuk-body govuk-!-margin-bottom-0">
              <RemovalInWords removal={note.removal} />
            </p>
          )}
        </article>
      ))}
    </>
  );
}
