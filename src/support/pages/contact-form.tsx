import type { ComponentChildren } from 'preact';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, DateQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { contactHows, contactOutcomes, contactPeople, MOST_OF_A_PLACE } from '../contact.ts';

/** What every contact is asked, planned or made. */
export const contactParts = {
  how: choice(codesOf(contactHows), 'Choose how'),
  withWhom: choice(codesOf(contactPeople), 'Choose with whom'),
};
export const placeOfContact = text({ called: 'Where', most: MOST_OF_A_PLACE });

/** What is asked of a contact that was made, tried or called off. */
export const madeContactForm = {
  ...contactParts,
  outcome: choice(codesOf(contactOutcomes), 'Choose what came of it'),
  happenedOn: date({ called: 'The day', needed: 'Enter the day' }),
  happenedTime: text({ called: 'The time', most: 40, needed: 'Enter the time, like 2:05pm' }),
  place: placeOfContact,
};

/** How and with whom: the questions that every contact begins with. */
export function ContactParts({ entry }: { entry: Entry }) {
  return (
    <>
      <ChoiceQuestion name="how" label="How" entry={entry} options={optionsOf(contactHows)} />
      <ChoiceQuestion name="withWhom" label="With whom" entry={entry} options={optionsOf(contactPeople)} />
    </>
  );
}

export function PlaceQuestion({ entry }: { entry: Entry }) {
  return (
    <TextQuestion
      name="place"
      label="Where (optional)"
      hint="For example, the library in Brixton"
      entry={entry}
      autocomplete="off"
    />
  );
}

/** The questions about a contact that was made, tried or called off; its buttons come last. */
export function MadeContactForm({ entry, children }: { entry: Entry; children: ComponentChildren }) {
  return (
    <Form>
      <ContactParts entry={entry} />
      <ChoiceQuestion
        name="outcome"
        label="What came of it"
        entry={entry}
        options={optionsOf(contactOutcomes)}
      />
      <DateQuestion name="happenedOn" label="The day" hint="For example 27 3 2026" entry={entry} />
      <TextQuestion
        name="happenedTime"
        label="The time"
        hint="When it happened, or was to happen. For example 2:05pm"
        entry={entry}
        width="short"
        autocomplete="off"
      />
      <PlaceQuestion entry={entry} />
      {children}
    </Form>
  );
}
