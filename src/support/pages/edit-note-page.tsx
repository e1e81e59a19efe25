import { z } from 'zod';
import { DeathNotice, findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { ConflictForm, conflictTitle } from '../../platform/forms/conflict.tsx';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import {
  MOST_CHARACTERS,
  noteFieldInWords,
  noteFields,
  noteValueInWords,
  whenItHappened,
} from '../case-note.ts';
import { amendNote } from '../case-note-commands.ts';
import { findNote } from '../case-note-queries.ts';
import { lastKept } from '../kept-drafts.ts';
import { faultOf } from './new-note-page.tsx';
import { happenedAsTyped, NoteForm, noteControls, noteForm } from './note-form.tsx';
import { noteAddress } from './support-addresses.ts';

const kept = z.enum(['theirs', 'mine']).optional().catch(undefined);
const version = z.coerce.number().int().positive().max(MOST_INTEGER);

/** Changes a note: its author alone may, and what it said before is kept. */
export const editNotePage = page({
  path: '/notes/:note/edit',
  for: ['caseworker'],
  params: z.object({ note: z.uuid() }),
  query: z.object({ restore: z.string().optional() }),
  form: noteForm.extend({
    fact: text({ called: noteFieldInWords.fact, most: MOST_CHARACTERS.fact, lines: 'many' }),
    sharedText: text({
      called: noteFieldInWords.sharedText,
      most: MOST_CHARACTERS.sharedText,
      lines: 'many',
    }),
    reason: text({
      called: 'Why you are changing it',
      most: MOST_CHARACTERS.reason,
      needed: 'Enter why you are changing the note',
      lines: 'many',
    }),
    version,
    seen: version.optional(),
    'keep-kind': kept,
    'keep-happenedAt': kept,
    'keep-present': kept,
    'keep-sharedText': kept,
    'keep-fact': kept,
    'keep-voice': kept,
    'keep-opinion': kept,
    'keep-thirdParty': kept,
  }),

  async get({ tx, asker, params, query, entry }) {
    const note = await findNote(tx, params.note);
    const person = note && (await findPerson(tx, note.personId));
    // The database refuses the change of another's note; its form is not offered either.
    if (!note || !person || note.authorId !== asker.accountId || note.removal !== null) return missing();
    await recordLook(tx, {
      action: 'view-note',
      subject: { kind: 'case-note', id: note.id },
      personId: person.id,
    });
    const typed = entry({
      ...happenedAsTyped(note.happenedAt),
      kind: note.kind,
      present: note.present,
      sharedText: note.sharedText,
      fact: note.fact,
      voice: note.voice,
      opinion: note.opinion,
      thirdParty: note.thirdParty,
      version: String(note.version),
    });
    const keptAt = query.restore === 'yes' ? await lastKept(tx, asker, noteAddress(note.id, 'edit')) : null;
    return show(
      'Change the note',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Change the note</h1>
        <DeathNotice person={person} />
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>. What the note
          says now is kept and can still be read.
        </p>
        <NoteForm entry={typed} isShared={note.sharedText !== ''} keptAt={keptAt}>
          <input type="hidden" name="version" value={typed.value('version')} />
          <LongTextQuestion
            name="reason"
            label="Why you are changing it"
            entry={typed}
            most={MOST_CHARACTERS.reason}
            rows={2}
          />
          <div class="govuk-button-group">
            <Button>Save</Button>
            <a class="govuk-link" href={noteAddress(note.id)}>
              Cancel
            </a>
          </div>
        </NoteForm>
      </>,
      { backTo: noteAddress(note.id) },
    );
  },

  async post({ tx, service, params, entry }, form) {
    if (form.happenedOn === null) return missing();
    const when = whenItHappened(form.happenedOn, form.happenedTime, service.clock.now());
    if (!when.ok) return refuse(faultOf(when));
    if (form.fact === '' && form.sharedText === '')
      return refuse({ field: 'fact', message: 'Enter what happened' });
    const choices = Object.fromEntries(noteFields.map((field) => [field, form[`keep-${field}`]]));
    const outcome = await amendNote(tx, params.note, {
      version: form.version,
      seen: form.seen,
      note: { ...form, happenedAt: when.at },
      choices,
      reason: form.reason,
    });
    switch (outcome.kind) {
      case 'missing':
        return missing();
      case 'nothing-changed':
        return redirect(noteAddress(params.note), { notice: 'Nothing was changed' });
      case 'saved':
        return redirect(noteAddress(params.note), { notice: 'The note is changed' });
      case 'changed-meanwhile': {
        const note = await findNote(tx, params.note);
        if (!note) return missing();
        await recordLook(tx, {
          action: 'view-note',
          subject: { kind: 'case-note', id: note.id },
          personId: note.personId,
        });
        return show(
          conflictTitle('this note'),
          <ConflictForm
            called="this note"
            differences={outcome.differences}
            undecided={outcome.undecided}
            changes={outcome.changes}
            version={outcome.version}
            entry={entry()}
            controls={[...noteControls, 'reason', 'version']}
            fieldInWords={noteFieldInWords}
            valueInWords={noteValueInWords}
            faulty={form.seen === outcome.version}
            leaveTo={noteAddress(params.note)}
          />,
          { status: 409 },
        );
      }
    }
  },
});
