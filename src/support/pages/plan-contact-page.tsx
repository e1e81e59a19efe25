import { z } from 'zod';
import { SafeContact, safeContactKnown } from '../../network/index.ts';
import { DeathNotice, findPersonToWriteAbout, fullName } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { planContact } from '../contact-commands.ts';
import { timeToCome } from '../time-to-come.ts';
import { ContactParts, contactParts, PlaceQuestion, placeOfContact } from './contact-form.tsx';
import { contactsAddress } from './support-addresses.ts';

/** Plans a contact: it is on the worker's day until what came of it is recorded. */
export const planContactPage = page({
  path: '/people/:person/contacts/plan',
  for: ['caseworker'],
  params: z.object({ person: z.uuid() }),
  form: z.object({
    ...contactParts,
    plannedOn: date({ called: 'The day it is planned for', needed: 'Enter the day it is planned for' }),
    plannedTime: text({
      called: 'The time it is planned for',
      most: 40,
      needed: 'Enter the time it is planned for, like 2:05pm',
    }),
    place: placeOfContact,
  }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await recordLook(tx, {
      action: 'view-person',
      subject: { kind: 'person', id: person.id },
      personId: person.id,
    });
    const typed = entry({ withWhom: 'young-person' });
    const safe = await safeContactKnown(tx, asker, service, person.id);
    return show(
      'Plan a contact',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Plan a contact</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
        </p>
        <DeathNotice person={person} />
        <SafeContact personId={person.id} known={safe} mayWrite />
        <Form>
          <ContactParts entry={typed} />
          <DateQuestion
            name="plannedOn"
            label="The day it is planned for"
            hint="For example 27 3 2026"
            entry={typed}
          />
          <TextQuestion
            name="plannedTime"
            label="The time it is planned for"
            hint="For example 2:05pm"
            entry={typed}
            width="short"
            autocomplete="off"
          />
          <PlaceQuestion entry={typed} />
          <div class="govuk-button-group">
            <Button>Plan it</Button>
            <a class="govuk-link" href={contactsAddress(person.id)}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: contactsAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person || form.plannedOn === null) return missing();
    if (person.diedOn !== null) {
      return refuse({
        field: 'plannedOn',
        message: 'This young person is recorded as having died: nothing is planned with them any more',
        control: 'plannedOn-day',
      });
    }
    const when = timeToCome(form.plannedOn, form.plannedTime, service.clock.now(), {
      called: 'it is planned for',
      withinDays: 366,
    });
    if (!when.ok) {
      return refuse(
        when.about === 'day'
          ? { field: 'plannedOn', message: when.message, control: 'plannedOn-day' }
          : { field: 'plannedTime', message: when.message },
      );
    }
    await planContact(tx, asker, person.id, { ...form, plannedFor: when.at });
    return redirect(contactsAddress(person.id), { notice: 'The contact is planned' });
  },
});
