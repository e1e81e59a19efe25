import type { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import type { Role, Transaction } from '../../platform/database/transaction.ts';
import {
  type AmendmentForm,
  amendmentShape,
  answerAmendment,
  choicesIn,
} from '../../platform/forms/amendment.tsx';
import type { Version } from '../../platform/history/changes.ts';
import { amendDocument, fieldsOf, findOwnDocument } from '../../platform/history/document.ts';
import { missing, type Page, page, refuse, show } from '../../platform/http/page.ts';
import { type DocumentForm, DocumentFormView } from '../document-form.tsx';
import { findPersonToWriteAbout, mayWriteAbout } from '../may-write-about.ts';

interface Own {
  id: string;
  personId: string;
  organisationId: string | null;
}

interface Parts<
  Field extends string,
  Form extends z.ZodObject,
  Params extends z.ZodObject<{ person: z.ZodUUID }>,
> {
  path: `/people/:person/${string}`;
  for: readonly Role[];
  params: Params;
  /** Which document the address names. */
  idIn(params: z.output<Params>): string;
  /** Finds it where the address says more of it than whose it is. */
  find?(tx: Transaction, own: Own, params: z.output<Params>): Promise<Version<Field> | null>;
  documentForm: DocumentForm<Field, Form>;
  /** What the log of looks calls it: "view-network". */
  look: string;
  /** The page it stands on, to which it leads back. */
  leaveTo(personId: string): string;
  /** `called`: what was changed, such as "this goal". */
  words: { title: string; save: string; saved: string; called: string };
}

/**
 * A page on which a document about a young person is changed, by the provider that wrote it. Two who change it at once are
 * shown what the other did, field by field, and choose; what it said before is kept.
 */
export function editDocumentPage<
  Field extends string,
  Form extends z.ZodObject,
  Params extends z.ZodObject<{ person: z.ZodUUID }>,
>({ documentForm, idIn, look, leaveTo, words, ...parts }: Parts<Field, Form, Params>): Page<Params> {
  const { document } = documentForm;
  const { find = (tx, own) => findOwnDocument(tx, document, own) } = parts;
  const fields = fieldsOf(document);
  const recordLookAt = (tx: Transaction, { id, personId }: Own) =>
    recordLook(tx, { action: look, subject: { kind: document.kind, id }, personId });

  return page({
    path: parts.path,
    for: parts.for,
    params: parts.params,
    form: documentForm.form.extend(amendmentShape(fields)),

    async get({ tx, asker, service, params, entry }) {
      const own = { id: idIn(params), personId: params.person, organisationId: asker.organisationId };
      const person = await findPersonToWriteAbout(tx, asker, own.personId);
      const found = person && (await find(tx, own, params));
      if (!person || !found) return missing();
      await recordLookAt(tx, own);
      const typed = entry({ ...documentForm.asTyped(found.values), version: String(found.version) });
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
          <input type="hidden" name="version" value={typed.value('version')} />
          {await documentForm.questions(typed, asking)}
        </DocumentFormView>,
        { backTo },
      );
    },

    async post({ tx, asker, service, params, entry }, sent) {
      const own = { id: idIn(params), personId: params.person, organisationId: asker.organisationId };
      if (!(await mayWriteAbout(tx, asker, own.personId)) || !(await find(tx, own, params))) return missing();
      // Both shapes have read it, each its own part.
      const form = sent as z.output<Form>;
      const amendment = sent as AmendmentForm<Field>;
      const asking = { tx, today: londonDate(service.clock.now()) };
      const faults = documentForm.faults(form, asking.today);
      if (faults.length > 0) return refuse(...faults);
      const values = await documentForm.typed(form, asking);
      const outcome = await amendDocument(tx, document, own.id, {
        version: amendment.version,
        seen: amendment.seen,
        choices: choicesIn(fields, amendment),
        values: () => values,
      });
      return await answerAmendment(outcome, {
        ...documentForm,
        called: words.called,
        entry: entry(),
        seen: amendment.seen,
        leaveTo: leaveTo(own.personId),
        notices: { saved: words.saved },
        look: () => recordLookAt(tx, own),
      });
    },
  });
}
