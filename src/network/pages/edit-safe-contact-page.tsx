import { z } from 'zod';
import { AboutPerson, findPersonToWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { amendmentShape, answerAmendment, choicesIn } from '../../platform/forms/amendment.tsx';
import { choice, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, InsetText } from '../../platform/govuk/index.ts';
import { fieldsOf } from '../../platform/history/document.ts';
import { ownDocument, saveDocument } from '../../platform/history/provider-document.ts';
import { missing, page, refuse, show } from '../../platform/http/page.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { safeContactInReferral } from '../network-queries.ts';
import {
  postAnswers,
  type SafeContactText,
  safeContactDocument,
  safeContactHints,
  safeContactInWords,
  safeContactTexts,
  safeContactValueInWords,
} from '../safe-contact.ts';
import { networkAddress } from './network-addresses.ts';
import { writersOfNetwork } from './network-readers.ts';

const MOST = 1_000;
const fields = fieldsOf(safeContactDocument);

async function look(tx: Transaction, personId: string): Promise<void> {
  await recordLook(tx, { action: 'view-safe-contact', subject: { kind: 'person', id: personId }, personId });
}

/** Says how a young person is reached safely; whoever saves it has checked it with them today. */
export const editSafeContactPage = page({
  path: '/people/:person/safe-contact',
  for: writersOfNetwork,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    ...(Object.fromEntries(
      safeContactTexts.map((field) => [
        field,
        text({ called: safeContactInWords[field], most: MOST, lines: 'many' }),
      ]),
    ) as Record<SafeContactText, ReturnType<typeof text>>),
    post: choice(codesOf(postAnswers), 'Choose whether anything may be posted or left'),
    ...amendmentShape(fields),
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await look(tx, person.id);
    const written = await ownDocument(tx, safeContactDocument, person.id, asker.organisationId);
    const inReferral = written ? null : await safeContactInReferral(tx, person.id);
    const typed = entry({
      // What is longer than the box is read above it.
      ...(inReferral !== null && inReferral.said.length <= MOST ? { safeTimes: inReferral.said } : {}),
      ...written?.values,
      version: String(written?.version ?? 0),
    });
    return show(
      'Safe contact',
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">Safe contact</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          Ask the young person. A call at the wrong time, or a letter that somebody else opens, can put them
          in danger. Saving this says that you have checked all of it today.
        </p>
        {inReferral !== null && (
          <InsetText>
            The referral of {formatDate(inReferral.on)} says:
            <div class="hw-text" dir="auto">
              {inReferral.said}
            </div>
          </InsetText>
        )}
        <Form autosave>
          <input type="hidden" name="version" value={typed.value('version')} />
          {safeContactTexts
            .filter((field) => field !== 'safeAddress' && field !== 'unsafeAddresses')
            .map((field) => (
              <SafeText key={field} field={field} entry={typed} />
            ))}
          <ChoiceQuestion
            name="post"
            label={safeContactInWords.post}
            entry={typed}
            options={optionsOf(postAnswers)}
          />
          <SafeText field="safeAddress" entry={typed} />
          <SafeText field="unsafeAddresses" entry={typed} />
          <p class="hw-autosave" data-autosave-status></p>
          <div class="govuk-button-group">
            <Button>Save safe contact</Button>
            <a class="govuk-link" href={networkAddress(person.id)}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: networkAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    if (form.post === 'yes' && form.safeAddress === '')
      return refuse({ field: 'safeAddress', message: 'Enter the safe address that post may go to' });
    const texts = Object.fromEntries(safeContactTexts.map((field) => [field, form[field]]));
    const outcome = await saveDocument(tx, asker, person.id, safeContactDocument, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => ({
        ...(texts as Record<SafeContactText, string>),
        post: form.post,
        checkedOn: londonDate(service.clock.now()),
      }),
    });
    const leaveTo = networkAddress(person.id);
    return await answerAmendment(outcome, {
      called: 'safe contact',
      entry: entry(),
      controls: [...safeContactTexts, 'post'],
      fieldInWords: safeContactInWords,
      valueInWords: safeContactValueInWords,
      seen: form.seen,
      leaveTo,
      notices: { saved: 'Safe contact is saved', nothingChanged: 'Safe contact is saved' },
      look: () => look(tx, person.id),
    });
  },
});

function SafeText({
  field,
  entry,
}: {
  field: SafeContactText;
  entry: Parameters<typeof LongTextQuestion>[0]['entry'];
}) {
  const hint = safeContactHints[field];
  return (
    <LongTextQuestion
      name={field}
      label={
        field === 'safeAddress'
          ? `${safeContactInWords[field]} (optional if nothing is posted)`
          : `${safeContactInWords[field]} (optional)`
      }
      {...(hint === undefined ? {} : { hint })}
      entry={entry}
      most={MOST}
      rows={2}
    />
  );
}
