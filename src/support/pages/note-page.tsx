import { z } from 'zod';
import { DeathNotice, findPerson, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import type { Asker, Role } from '../../platform/database/transaction.ts';
import { Button, Details, SummaryList } from '../../platform/govuk/index.ts';
import { missing, page, show } from '../../platform/http/page.ts';
import { wordFor } from '../../reference/code-lists.ts';
import { noteFieldInWords, noteKinds } from '../case-note.ts';
import {
  type CaseNote,
  findNote,
  lastSignOffOf,
  type NoteVersion,
  versionsOfNote,
} from '../case-note-queries.ts';
import { NoteText, RemovalInWords, SignOffInWords } from './note-text.tsx';
import { noteAddress } from './support-addresses.ts';

/** Who reads case notes. */
export const readersOfNotes = [
  'caseworker',
  'provider-manager',
  'operations-manager',
] as const satisfies readonly Role[];

/** One note, with what it said before it was changed. */
export const notePage = page({
  path: '/notes/:note',
  for: readersOfNotes,
  params: z.object({ note: z.uuid() }),
  async get({ tx, asker, params }) {
    const note = await findNote(tx, params.note);
    const person = note && (await findPerson(tx, note.personId));
    if (!note || !person) return missing();
    await recordLook(tx, {
      action: 'view-note',
      subject: { kind: 'case-note', id: note.id },
      personId: person.id,
    });
    const versions = note.version > 1 ? await versionsOfNote(tx, note.id) : [];
    const reason = versions.at(-1)?.reason;
    const signOff = await lastSignOffOf(tx, note.id);
    return show(
      'Case note',
      <>
        <h1 class="govuk-heading-l">Case note</h1>
        <DeathNotice person={person} />
        <SummaryList
          rows={[
            {
              key: { text: 'Young person' },
              value: {
                text: (
                  <a class="govuk-link" href={personAddress(person.id)}>
                    <bdi>{fullName(person)}</bdi>
                  </a>
                ),
              },
            },
            { key: { text: noteFieldInWords.kind }, value: { text: wordFor(noteKinds, note.kind) } },
            { key: { text: noteFieldInWords.happenedAt }, value: { text: formatLondon(note.happenedAt) } },
            {
              key: { text: 'Written by' },
              value: {
                text: (
                  <>
                    <bdi>{note.authorName}</bdi>, <bdi>{note.organisationName}</bdi>
                  </>
                ),
              },
            },
            note.removal !== null
              ? { key: { text: 'Removed' }, value: { text: <RemovalInWords removal={note.removal} /> } }
              : note.version > 1
                ? {
                    key: { text: 'Changed' },
                    value: {
                      text: (
                        <>
                          {formatLondon(note.recordedAt)}: <bdi>{reason}</bdi>
                        </>
                      ),
                    },
                  }
                : {
                    key: { text: 'Written' },
                    value: { text: formatLondon(note.recordedAt) },
                  },
            ...(signOff === null
              ? []
              : [
                  {
                    key: { text: 'Signed off' },
                    value: { text: <SignOffInWords note={note} signOff={signOff} /> },
                  },
                ]),
          ]}
        />
        {note.removal === null && (
          <>
            <h2 class="govuk-heading-m">The note</h2>
            <div class="hw-note">
              <NoteText note={note} level={3} />
            </div>
            <Tasks note={note} asker={asker} />
          </>
        )}
        {versions.length > 1 && <Earlier versions={versions.slice(0, -1).reverse()} />}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

/** What the asker may do with a note: its author changes it, and its author or a manager removes it. */
function Tasks({ note, asker }: { note: CaseNote; asker: Asker }) {
  const isAuthor = asker.role === 'caseworker' && note.authorId === asker.accountId;
  if (!isAuthor && asker.role !== 'provider-manager') return null;
  return (
    <div class="govuk-button-group">
      {isAuthor && (
        <Button href={noteAddress(note.id, 'edit')} classes="govuk-button--secondary">
          Change this note
        </Button>
      )}
      <a class="govuk-link" href={noteAddress(note.id, 'remove')}>
        Remove this note
      </a>
    </div>
  );
}

function Earlier({ versions }: { versions: readonly NoteVersion[] }) {
  return (
    <>
      <h2 class="govuk-heading-m">What it said before</h2>
      {versions.map(({ version, at, content, reason }) => (
        <Details
          key={version}
          summaryText={
            version === 1
              ? `As it was written, ${formatLondon(at)} (version 1)`
              : `As it was changed, ${formatLondon(at)} (version ${version})`
          }
        >
          {reason !== '' && (
            <p class="govuk-body">
              Why it was changed: <bdi>{reason}</bdi>
            </p>
          )}
          <p class="govuk-body">
            {wordFor(noteKinds, content.kind)}, {formatLondon(content.happenedAt)}
          </p>
          <NoteText note={content} level={3} />
        </Details>
      ))}
    </>
  );
}
