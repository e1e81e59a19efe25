import { z } from 'zod';
import { SafeContact, safeContactKnown } from '../../network/index.ts';
import { DeathNotice, findPerson, fullName, mayWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon } from '../../platform/clock/london-time.ts';
import { whenItHappened } from '../../platform/clock/typed-time.ts';
import { MOST_INTEGER } from '../../platform/forms/fields.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { contactInWords } from '../contact.ts';
import { recordOutcome } from '../contact-commands.ts';
import { findContact } from '../contact-queries.ts';
import { MadeContactForm, madeContactForm } from './contact-form.tsx';
import { faultOf } from './new-note-page.tsx';
import { happenedAsTyped } from './note-form.tsx';
import { contactsAddress, newNoteAddress, noteAddress } from './support-addresses.ts';

/** Records what came of a planned contact, or puts right what was recorded. */
export const contactPage = page({
  path: '/contacts/:contact',
  for: ['caseworker'],
  params: z.object({ contact: z.uuid() }),
  form: z.object({
    ...madeContactForm,
    version: z.coerce.number().int().positive().max(MOST_INTEGER),
    next: z.enum(['note']).optional().catch(undefined),
  }),

  async get({ tx, asker, service, params, entry }) {
    const contact = await findContact(tx, params.contact);
    const person = contact && (await findPerson(tx, contact.personId));
    // The database refuses the change of another provider's contact; its form is not offered either.
    if (!contact || !person || contact.organisationId !== asker.organisationId) return missing();
    const mayWrite = await mayWriteAbout(tx, asker, person.id);
    if (!mayWrite && contact.workerId !== asker.accountId) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const now = service.clock.now();
    // A plan for later today, recorded now, has already happened; one that is past happened as it was planned.
    const happenedAt =
      contact.happenedAt ?? (contact.plannedFor && contact.plannedFor < now ? contact.plannedFor : now);
    const typed = entry({
      how: contact.how,
      withWhom: contact.withWhom,
      outcome: contact.outcome === 'planned' ? '' : contact.outcome,
      ...happenedAsTyped(happenedAt),
      place: contact.place,
    });
    const safe = await safeContactKnown(tx, asker, service, person.id);
    const heading = contact.outcome === 'planned' ? 'What came of the contact' : 'The contact';
    return show(
      heading,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{heading}</h1>
        <DeathNotice person={person} />
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <p class="govuk-body">
          {contact.plannedFor !== null && `Planned for ${formatLondon(contact.plannedFor)}: `}
          {contactInWords(contact)}, <bdi>{contact.workerName}</bdi>
        </p>
        <SafeContact personId={person.id} known={safe} mayWrite={mayWrite} />
        {contact.noteId !== null && (
          <p class="govuk-body">
            <a class="govuk-link" href={noteAddress(contact.noteId)}>
              The note about it
            </a>
          </p>
        )}
        <MadeContactForm entry={typed}>
          {/* The version that is shown: who is told that it was changed has read it as it is now. */}
          <input type="hidden" name="version" value={contact.version} />
          <div class="govuk-button-group">
            <Button>Save</Button>
            {contact.noteId === null && (
              <Button name="next" value="note" classes="govuk-button--secondary">
                Save and write a note about it
              </Button>
            )}
            <a class="govuk-link" href={contactsAddress(person.id)}>
              Cancel
            </a>
          </div>
        </MadeContactForm>
      </>,
      { backTo: contactsAddress(person.id) },
    );
  },

  async post({ tx, service, params }, form) {
    const contact = await findContact(tx, params.contact);
    if (!contact || form.happenedOn === null) return missing();
    const when = whenItHappened(form.happenedOn, form.happenedTime, service.clock.now());
    if (!when.ok) return refuse(faultOf(when));
    switch (await recordOutcome(tx, contact.id, form.version, { ...form, happenedAt: when.at })) {
      case 'missing':
        return missing();
      case 'changed-meanwhile':
        return refuse({
          field: 'outcome',
          message: `Somebody else recorded this while you had it open: “${contactInWords(contact)}”. Save again to put yours in its place`,
        });
      case 'saved':
        return redirect(
          form.next === 'note'
            ? newNoteAddress(contact.personId, contact.id)
            : contactsAddress(contact.personId),
          { notice: 'The contact is recorded' },
        );
    }
  },
});
