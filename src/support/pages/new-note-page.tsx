import { z } from 'zod';
import { DeathNotice, findPerson, fullName, personAddress } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { whenItHappened } from '../case-note.ts';
import { writeNote } from '../case-note-commands.ts';
import { kindOfNoteAbout } from '../contact.ts';
import { findContact } from '../contact-queries.ts';
import { lastKept } from '../kept-drafts.ts';
import { happenedAsTyped, NoteForm, noteForm } from './note-form.tsx';
import { newNoteAddress, noteForSeveralAddress } from './support-addresses.ts';

/** Writes a note about a young person. */
export const newNotePage = page({
  path: '/people/:person/notes/new',
  for: ['caseworker'],
  params: z.object({ person: z.uuid() }),
  query: z.object({ contact: z.uuid().optional().catch(undefined), restore: z.string().optional() }),
  // The contact of the log that it is about.
  form: noteForm.extend({ contact: z.uuid().optional().catch(undefined) }),

  async get({ tx, asker, service, params, query, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const contact = query.contact === undefined ? null : await findContact(tx, query.contact);
    const isAbout = contact?.personId === person.id && contact.noteId === null;
    const typed = entry({
      ...happenedAsTyped((isAbout && contact.happenedAt) || service.clock.now()),
      ...(isAbout ? { kind: kindOfNoteAbout(contact), contact: contact.id } : {}),
    });
    const keptAt = query.restore === 'yes' ? await lastKept(tx, asker, newNoteAddress(person.id)) : null;
    return show(
      'Add a note',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Add a note</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        <p class="govuk-body">
          <a class="govuk-link" href={noteForSeveralAddress(person.id)}>
            This was also about other young people
          </a>
        </p>
        <NoteForm entry={typed} keptAt={keptAt}>
          {typed.value('contact') !== '' && (
            <input type="hidden" name="contact" value={typed.value('contact')} />
          )}
          <div class="govuk-button-group">
            <Button>Save the note</Button>
            <a class="govuk-link" href={personAddress(person.id)}>
              Cancel
            </a>
          </div>
        </NoteForm>
      </>,
      { backTo: personAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person || form.happenedOn === null) return missing();
    const when = whenItHappened(form.happenedOn, form.happenedTime, service.clock.now());
    if (!when.ok) return refuse(faultOf(when));
    await writeNote(tx, asker, person.id, { ...form, happenedAt: when.at, sharedText: '' }, form.contact);
    return redirect(personAddress(person.id), { notice: 'The note is saved' });
  },
});

/** What is wrong with the time of a note, as a fault of the form. */
export function faultOf({ field, message }: { field: 'happenedOn' | 'happenedTime'; message: string }) {
  return { field, message, control: field === 'happenedOn' ? 'happenedOn-day' : field };
}
