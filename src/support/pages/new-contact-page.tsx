import { z } from 'zod';
import { SafeContact, safeContactKnown } from '../../network/index.ts';
import { DeathNotice, findPerson, fullName, mayWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { whenItHappened } from '../../platform/clock/typed-time.ts';
import { Faults } from '../../platform/forms/form.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { recordContact } from '../contact-commands.ts';
import { MadeContactForm, madeContactForm } from './contact-form.tsx';
import { faultOf } from './new-note-page.tsx';
import { happenedAsTyped } from './note-form.tsx';
import { contactsAddress, newNoteAddress } from './support-addresses.ts';

/** Records a contact that was just made, tried or called off: short enough for a telephone in the street. */
export const newContactPage = page({
  path: '/people/:person/contacts/new',
  for: ['caseworker'],
  params: z.object({ person: z.uuid() }),
  form: z.object({ ...madeContactForm, next: z.enum(['note']).optional().catch(undefined) }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry({ ...happenedAsTyped(service.clock.now()), withWhom: 'young-person' });
    const safe = await safeContactKnown(tx, asker, service, person.id);
    return show(
      'Record a contact',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Record a contact</h1>
        <DeathNotice person={person} />
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>. Record every
          try as well.
        </p>
        <SafeContact personId={person.id} known={safe} mayWrite={await mayWriteAbout(tx, asker, person.id)} />
        <MadeContactForm entry={typed}>
          <div class="govuk-button-group">
            <Button>Save</Button>
            <Button name="next" value="note" classes="govuk-button--secondary">
              Save and write a note about it
            </Button>
            <a class="govuk-link" href={contactsAddress(person.id)}>
              Cancel
            </a>
          </div>
        </MadeContactForm>
      </>,
      { backTo: contactsAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params }, form) {
    const person = await findPerson(tx, params.person);
    if (!person || form.happenedOn === null) return missing();
    const when = whenItHappened(form.happenedOn, form.happenedTime, service.clock.now());
    if (!when.ok) return refuse(faultOf(when));
    const id = await recordContact(tx, asker, person.id, { ...form, happenedAt: when.at });
    return redirect(form.next === 'note' ? newNoteAddress(person.id, id) : contactsAddress(person.id), {
      notice: 'The contact is recorded',
    });
  },
});
