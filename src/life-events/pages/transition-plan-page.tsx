import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import {
  AboutPerson,
  DeathNotice,
  findPerson,
  findPersonToWriteAbout,
  fullName,
  mayWriteAbout,
  personAddress,
} from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { amendmentShape, answerAmendment, choicesIn } from '../../platform/forms/amendment.tsx';
import { text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button, SummaryList } from '../../platform/govuk/index.ts';
import { fieldsOf } from '../../platform/history/document.ts';
import { currentDocuments, ownDocument, saveDocument } from '../../platform/history/provider-document.ts';
import { missing, page, refuse, show } from '../../platform/http/page.ts';
import { growingUp } from '../growing-up.ts';
import {
  type TransitionText,
  transitionDocument,
  transitionHints,
  transitionInWords,
  transitionTexts,
  transitionValueInWords,
} from '../transition-plan.ts';
import { transitionPlanAddress } from './life-event-addresses.ts';
import { readersOfTransition, writersOfTransition } from './who-records.ts';

const MOST = 3_000;
const fields = fieldsOf(transitionDocument);

async function look(tx: Transaction, personId: string): Promise<void> {
  await recordLook(tx, {
    action: 'view-transition-plan',
    subject: { kind: 'person', id: personId },
    personId,
  });
}

/** The plan for turning 18, as each provider has it. */
export const transitionPlanPage = page({
  path: '/people/:person/transition-plan',
  for: readersOfTransition,
  params: z.object({ person: z.uuid() }),
  async get({ tx, asker, service, params }) {
    const person = await findPerson(tx, params.person);
    if (!person) return missing();
    await look(tx, person.id);
    const plans = await currentDocuments(tx, transitionDocument, person.id, asker.organisationId);
    const grown = growingUp(person, londonDate(service.clock.now()));
    const writes = await mayWriteAbout(tx, asker, person.id);
    const hasOwn = plans.some(({ organisationId }) => organisationId === asker.organisationId);
    return show(
      'Turning 18',
      <>
        <h1 class="govuk-heading-l">Turning 18</h1>
        <p class="govuk-body">
          <bdi>{fullName(person)}</bdi>, <span class="hw-reference">{person.reference}</span>
          {'turns18On' in grown && `. 18 on ${grown.isSure ? '' : 'about '}${formatDate(grown.turns18On)}`}
        </p>
        <DeathNotice person={person} />
        {plans.length === 0 && <p class="govuk-body">There is no plan yet.</p>}
        {writes && (
          <Button href={editTransitionPlanPage.url({ person: person.id })}>
            {hasOwn ? 'Check or change the plan' : 'Make a plan for turning 18'}
          </Button>
        )}
        {plans.map(({ id, organisationName, values }) => (
          <section key={id} aria-labelledby={`plan-${id}`}>
            <h2 class="govuk-heading-m" id={`plan-${id}`}>
              With <bdi>{organisationName}</bdi>
            </h2>
            <SummaryList
              rows={fields
                .filter((field) => values[field] !== '')
                .map((field) => ({
                  key: { text: transitionInWords[field] },
                  value: {
                    text: (
                      <span class="hw-text" dir="auto">
                        {transitionValueInWords(field, values[field])}
                      </span>
                    ),
                  },
                }))}
            />
          </section>
        ))}
      </>,
      { backTo: personAddress(person.id) },
    );
  },
});

/** The plan for turning 18 is made, checked or changed; whoever saves it says that it is right today. */
export const editTransitionPlanPage = page({
  path: '/people/:person/transition-plan/edit',
  for: writersOfTransition,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    ...(Object.fromEntries(
      transitionTexts.map((field) => [
        field,
        text({ called: transitionInWords[field], most: MOST, lines: 'many' }),
      ]),
    ) as Record<TransitionText, ReturnType<typeof text>>),
    ...amendmentShape(fields),
  }),

  async get({ tx, asker, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await look(tx, person.id);
    const plan = await ownDocument(tx, transitionDocument, person.id, asker.organisationId);
    const typed = entry({ ...plan?.values, version: String(plan?.version ?? 0) });
    const title = plan ? 'Check the plan for turning 18' : 'Make a plan for turning 18';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <AboutPerson person={person} />
        <Form autosave>
          <input type="hidden" name="version" value={typed.value('version')} />
          {transitionTexts.map((field) => (
            <LongTextQuestion
              key={field}
              name={field}
              label={`${transitionInWords[field]} (optional)`}
              hint={transitionHints[field]}
              entry={typed}
              most={MOST}
              rows={3}
            />
          ))}
          <p class="hw-autosave" data-autosave-status></p>
          <div class="govuk-button-group">
            <Button>Save the plan</Button>
            <a class="govuk-link" href={transitionPlanAddress(person.id)}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: transitionPlanAddress(person.id) },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    const today = londonDate(service.clock.now());
    const texts = Object.fromEntries(transitionTexts.map((field) => [field, form[field]]));
    if (Object.values(texts).every((text) => text === ''))
      return refuse({
        field: 'wishes',
        message: 'Enter at least one part of the plan, such as what the young person wants',
      });
    const reviewDueOn = dueOn(today, (await thresholdsOn(tx, today)).review);
    const outcome = await saveDocument(tx, asker, person.id, transitionDocument, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: () => ({ ...(texts as Record<TransitionText, string>), reviewedOn: today, reviewDueOn }),
    });
    return await answerAmendment(outcome, {
      called: 'this plan',
      entry: entry(),
      controls: transitionTexts,
      fieldInWords: transitionInWords,
      valueInWords: transitionValueInWords,
      seen: form.seen,
      leaveTo: transitionPlanAddress(person.id),
      notices: { saved: 'The plan is saved', nothingChanged: 'The plan is saved' },
      look: () => look(tx, person.id),
    });
  },
});
