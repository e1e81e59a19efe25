import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { Asker, Role, Transaction } from '../../platform/database/transaction.ts';
import type { Values } from '../../platform/forms/conflict.ts';
import { missing, type Page, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { type DocumentForm, DocumentFormView } from '../document-form.tsx';
import { findPersonToWriteAbout } from '../may-write-about.ts';

const params = z.object({ person: z.uuid() });

interface Parts<Field extends string, Form extends z.ZodObject> {
  path: `/people/:person/${string}`;
  for: readonly Role[];
  documentForm: DocumentForm<Field, Form>;
  /** What the form says before anything is typed. */
  initial?: Record<string, string>;
  /** The page it stands on, to which it leads back. */
  leaveTo(personId: string): string;
  words: { title: string; save: string; saved: string };
  record(tx: Transaction, asker: Asker, personId: string, values: Values<Field>, now: Date): Promise<unknown>;
}

/** A page on which a document about a young person is written. */
export function newDocumentPage<Field extends string, Form extends z.ZodObject>({
  documentForm,
  initial = {},
  leaveTo,
  words,
  record,
  ...parts
}: Parts<Field, Form>): Page<typeof params> {
  return page<typeof params, z.ZodObject<Record<string, never>>, Form>({
    ...parts,
    params,
    form: documentForm.form,

    async get({ tx, asker, service, params, entry }) {
      const person = await findPersonToWriteAbout(tx, asker, params.person);
      if (!person) return missing();
      await recordLook(tx, {
        action: 'view-person',
        subject: { kind: 'person', id: person.id },
        personId: person.id,
      });
      const typed = entry(initial);
      const backTo = leaveTo(person.id);
      const asking = { tx, today: londonDate(service.clock.now()) };
      return show(
        words.title,
        <DocumentFormView
          title={words.title}
          person={person}
          entry={typed}
          save={words.save}
          leaveTo={backTo}
        >
          {await documentForm.questions(typed, asking)}
        </DocumentFormView>,
        { backTo },
      );
    },

    async post({ tx, asker, service, params }, form) {
      const person = await findPersonToWriteAbout(tx, asker, params.person);
      if (!person) return missing();
      const now = service.clock.now();
      const asking = { tx, today: londonDate(now) };
      const faults = documentForm.faults(form, asking.today);
      if (faults.length > 0) return refuse(...faults);
      await record(tx, asker, person.id, await documentForm.typed(form, asking), now);
      return redirect(leaveTo(person.id), { notice: words.saved });
    },
  });
}
