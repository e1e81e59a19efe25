import { z } from 'zod';
import { findPerson, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { MOST_INTEGER, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { MOST_CHARACTERS } from '../case-note.ts';
import { removeNote } from '../case-note-commands.ts';
import { findNote } from '../case-note-queries.ts';
import { NoteText } from './note-text.tsx';
import { noteAddress } from './support-addresses.ts';

/** Removes a note that should not have been written: its author may, or a manager of their provider. */
export const removeNotePage = page({
  path: '/notes/:note/remove',
  for: ['caseworker', 'provider-manager'],
  params: z.object({ note: z.uuid() }),
  form: z.object({
    reason: text({
      called: 'Why you are removing it',
      most: MOST_CHARACTERS.reason,
      needed: 'Enter why you are removing the note',
      lines: 'many',
    }),
    version: z.coerce.number().int().positive().max(MOST_INTEGER),
  }),

  async get({ tx, asker, params, entry }) {
    const note = await findNote(tx, params.note);
    const person = note && (await findPerson(tx, note.personId));
    // The database refuses the removal of another's note; its form is not offered either.
    const isTheirs = asker.role === 'provider-manager' || note?.authorId === asker.accountId;
    if (!note || !person || !isTheirs || note.removal !== null) return missing();
    await recordLook(tx, {
      action: 'view-note',
      subject: { kind: 'case-note', id: note.id },
      personId: person.id,
    });
    const typed = entry();
    return show(
      'Remove the note',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Remove the note</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <h2 class="govuk-heading-m">The note</h2>
        <div class="hw-note">
          <NoteText note={note} level={3} />
        </div>
        <p class="govuk-body">
          Remove a note that is about somebody else, or should never have been written. If it is wrong, change
          it instead.
        </p>
        <ul class="govuk-list govuk-list--bullet">
          <li>Nobody who works with the young person can read it any more.</li>
          <li>Everybody who could read it sees that you removed it, when, and the reason you give.</li>
          <li>Your managers and the operations manager can still read what it said.</li>
        </ul>
        <Form>
          <input type="hidden" name="version" value={note.version} />
          <LongTextQuestion
            name="reason"
            label="Why you are removing it"
            hint="Everybody who could read the note reads this: do not repeat what should be forgotten"
            entry={typed}
            most={MOST_CHARACTERS.reason}
            rows={2}
          />
          <div class="govuk-button-group">
            <Button classes="govuk-button--warning">Remove the note</Button>
            <a class="govuk-link" href={noteAddress(note.id)}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: noteAddress(note.id) },
    );
  },

  async post({ tx, asker, params }, form) {
    switch (await removeNote(tx, asker, params.note, form)) {
      case 'missing':
        return missing();
      case 'changed-meanwhile':
        return refuse({
          field: 'reason',
          message: 'The note was changed while you had this page open: read it again before you remove it',
        });
      case 'removed':
        return redirect(noteAddress(params.note), { notice: 'The note is removed' });
    }
  },
});
