import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import type { Entry } from '../platform/forms/entry.ts';
import type { Fault } from '../platform/forms/fault.ts';
import { Faults, Form } from '../platform/forms/form.tsx';
import { Button } from '../platform/govuk/index.ts';
import type { Document } from '../platform/history/document.ts';
import { AboutPerson } from './about-person.tsx';
import type { Person } from './person.ts';

/** What the questions of a form may look up: a threshold of today, for instance. */
export interface Asking {
  tx: Transaction;
  today: PlainDate;
}

/** How a kind of document about a young person is asked for, and what lies between its answers and its values. */
export interface DocumentForm<Field extends string, Form extends z.ZodObject> {
  document: Document<Field>;
  form: Form;
  /** The names of the form's controls. */
  controls: readonly string[];
  questions(entry: Entry, asking: Asking): ComponentChildren | Promise<ComponentChildren>;
  /** What is wrong with it beyond its single answers. */
  faults(form: z.output<Form>, today: PlainDate): Fault[];
  /** The values as the form shows them. */
  asTyped(values: Values<Field>): Record<string, string>;
  /** The values as they were typed. */
  typed(form: z.output<Form>, asking: Asking): Values<Field> | Promise<Values<Field>>;
  fieldInWords: Readonly<Record<Field, string>>;
  valueInWords(field: Field, value: string): ComponentChildren;
}

interface ViewProps {
  title: string;
  person: Person;
  entry: Entry;
  /** What stands between the name and the questions. */
  above?: ComponentChildren;
  /** What the button says. */
  save: string;
  leaveTo: string;
  children: ComponentChildren;
}

/** The page of such a form. */
export function DocumentFormView({ title, person, entry, above, save, leaveTo, children }: ViewProps) {
  return (
    <>
      <Faults entry={entry} />
      <h1 class="govuk-heading-l">{title}</h1>
      <AboutPerson person={person} />
      {above}
      <Form autosave>
        {children}
        <p class="hw-autosave" data-autosave-status></p>
        <div class="govuk-button-group">
          <Button>{save}</Button>
          <a class="govuk-link" href={leaveTo}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  );
}
