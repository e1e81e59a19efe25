import { z } from 'zod';
import { dueOn, thresholdsOn } from '../../organisations/index.ts';
import { AboutPerson, findPersonToWriteAbout } from '../../people/index.ts';
import { recordLook } from '../../platform/audit/record.ts';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import {
  amendmentShape,
  answerAmendment,
  choicesIn,
  dateAsTyped,
  dateControls,
} from '../../platform/forms/amendment.tsx';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, DateQuestion, LongTextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { fieldsOf } from '../../platform/history/document.ts';
import { ownDocument, saveDocument } from '../../platform/history/provider-document.ts';
import { missing, page, refuse, show } from '../../platform/http/page.ts';
import { codesOf } from '../../reference/code-lists.ts';
import {
  datesIn,
  occasions,
  reviewDates,
  type SafetyPlanField,
  type SpokenField,
  safetyPlanDocument,
  safetyPlanInWords,
  safetyPlanParts,
  safetyPlanValueInWords,
  spokenFields,
} from '../safety-plan.ts';
import { plansAddress } from './plan-addresses.ts';
import { writersOfPlans } from './plan-parts.tsx';

/** The most characters of each part of a plan. */
const MOST = 5_000;
const MOST_NAMES = 500;

const fields = fieldsOf(safetyPlanDocument);
const controls = [
  'madeWith',
  ...spokenFields,
  'incident',
  'occasion',
  ...dateControls('rehearsedOn'),
  ...dateControls('nextReviewOn'),
];

const hints: Readonly<Partial<Record<SpokenField, string>>> = {
  daytime: 'The way there and back too',
  online: 'Who can see where they are, who can reach them, and what they do about it',
  dayAndNight: 'What is different after dark, at weekends and in the holidays',
  codes: 'A word or an emoji that says “come and get me”, and who knows it',
  ifMissing: 'Whom they ring, from where, and who comes',
  ifInDebt: 'That they tell somebody, and whom. A debt to somebody who exploits them is not theirs',
  ifStopped: 'That they may say they are made to do it, and whom they ask for',
  emergency: 'On a mobile: if they cannot speak after calling 999, they press 55 when they are asked to',
  triggers: 'Feelings, messages, people, days, smells: what comes before it gets dangerous',
  maySee: 'Names, and who may not',
};

async function look(tx: Transaction, personId: string): Promise<void> {
  await recordLook(tx, { action: 'view-safety-plan', subject: { kind: 'person', id: personId }, personId });
}

/** A safety plan is made, reviewed or changed; what it said before is kept. */
export const editSafetyPlanPage = page({
  path: '/people/:person/safety-plan/edit',
  for: writersOfPlans,
  params: z.object({ person: z.uuid() }),
  form: z.object({
    madeWith: text({ called: safetyPlanInWords.madeWith, most: MOST_NAMES, lines: 'many' }),
    ...(Object.fromEntries(
      spokenFields.map((field) => [
        field,
        text({ called: safetyPlanInWords[field], most: MOST, lines: 'many' }),
      ]),
    ) as Record<SpokenField, ReturnType<typeof text>>),
    rehearsedOn: date({ called: 'The day you practised it' }),
    occasion: choice(codesOf(occasions), 'Choose what you are doing with the plan'),
    incident: text({ called: safetyPlanInWords.incident, most: MOST, lines: 'many' }),
    nextReviewOn: date({ called: 'The next review' }),
    ...amendmentShape(fields),
  }),

  async get({ tx, asker, service, params, entry }) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    await look(tx, person.id);
    const plan = await ownDocument(tx, safetyPlanDocument, person.id, asker.organisationId);
    const today = londonDate(service.clock.now());
    const latest = dueOn(today, (await thresholdsOn(tx, today)).review);
    const typed = entry({
      ...plan?.values,
      occasion: plan ? '' : 'made',
      version: String(plan?.version ?? 0),
      ...dateAsTyped('rehearsedOn', plan?.values.rehearsedOn ?? ''),
    });
    const isNew = typed.value('version') === '0';
    const title = isNew ? 'Make a safety plan' : 'Review or change the safety plan';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <AboutPerson person={person} />
        <p class="govuk-body">
          Write it with the young person, in their own words: they are the “I” of it. They may read it and
          take it with them. Leave empty what they do not want to plan.
        </p>
        <Form autosave>
          <input type="hidden" name="version" value={typed.value('version')} />
          {isNew ? (
            <input type="hidden" name="occasion" value="made" />
          ) : (
            <ChoiceQuestion
              name="occasion"
              label="What are you doing with the plan?"
              entry={typed}
              options={[
                { value: 'review', text: 'Reviewing it' },
                { value: 'after-incident', text: 'Reviewing it after an incident' },
                { value: 'between-reviews', text: 'Changing something between reviews' },
              ]}
            />
          )}
          {!isNew && (
            <LongTextQuestion
              name="incident"
              label={`${safetyPlanInWords.incident} (optional)`}
              hint="After an incident: what worked, and what the plan should do better. This is not printed for the young person"
              entry={typed}
              most={MOST}
              rows={3}
            />
          )}
          <LongTextQuestion
            name="madeWith"
            label={`${safetyPlanInWords.madeWith} (optional)`}
            hint="The young person, their family or others they trust, and you"
            entry={typed}
            most={MOST_NAMES}
            rows={2}
          />
          {safetyPlanParts.map(({ heading, fields }) => (
            <div key={heading}>
              <h2 class="govuk-heading-m">{heading}</h2>
              {fields.map((field) => (
                <LongTextQuestion
                  key={field}
                  name={field}
                  label={`${safetyPlanInWords[field]} (optional)`}
                  {...(hints[field] === undefined ? {} : { hint: hints[field] })}
                  entry={typed}
                  most={MOST}
                  rows={3}
                />
              ))}
            </div>
          ))}
          <h2 class="govuk-heading-m">Practising and reviewing</h2>
          <DateQuestion
            name="rehearsedOn"
            label="When you last practised it together (optional)"
            hint="Saying the code word, ringing the number, walking the way"
            entry={typed}
          />
          <DateQuestion
            name="nextReviewOn"
            label="Next review (optional)"
            hint={`On or before ${formatDate(latest)}, which is taken for a review if you leave this empty`}
            entry={typed}
          />
          <p class="hw-autosave" data-autosave-status></p>
          <div class="govuk-button-group">
            <Button>Save the plan</Button>
            <a class="govuk-link" href={plansAddress(person.id, 'safety-plan')}>
              Cancel
            </a>
          </div>
        </Form>
      </>,
      { backTo: plansAddress(person.id, 'safety-plan') },
    );
  },

  async post({ tx, asker, service, params, entry }, form) {
    const person = await findPersonToWriteAbout(tx, asker, params.person);
    if (!person) return missing();
    if (spokenFields.every((field) => form[field] === '')) {
      return refuse({
        field: 'home',
        message: 'Write at least one part of the plan: an empty plan keeps nobody safe',
      });
    }
    const today = londonDate(service.clock.now());
    if (form.rehearsedOn !== null && form.rehearsedOn > today) {
      return refuse({
        field: 'rehearsedOn',
        message: 'The day you practised it must be today or in the past',
        control: 'rehearsedOn-day',
      });
    }
    const { nextReviewOn, occasion, incident, rehearsedOn } = form;
    const latest = dueOn(today, (await thresholdsOn(tx, today)).review);
    const dates = (before: Parameters<typeof datesIn>[0] | null) =>
      reviewDates({
        isReview: occasion !== 'between-reviews',
        today,
        typed: nextReviewOn,
        latest,
        before: before && datesIn(before),
      });
    const possible = dates(null);
    if (!possible.ok)
      return refuse({ field: 'nextReviewOn', message: possible.message, control: 'nextReviewOn-day' });

    const outcome = await saveDocument(tx, asker, person.id, safetyPlanDocument, {
      version: form.version,
      seen: form.seen,
      choices: choicesIn(fields, form),
      values: (base) => {
        const found = dates(base);
        const { reviewedOn, reviewDueOn } = found.ok ? found : possible;
        const spoken = Object.fromEntries(spokenFields.map((field) => [field, form[field]]));
        return {
          ...(spoken as Record<SpokenField, string>),
          madeWith: form.madeWith,
          rehearsedOn: rehearsedOn ?? '',
          occasion: base.reviewedOn === '' ? 'made' : occasion,
          incident,
          reviewedOn,
          reviewDueOn,
        } satisfies Record<SafetyPlanField, string>;
      },
    });
    const leaveTo = plansAddress(person.id, 'safety-plan');
    return await answerAmendment(outcome, {
      called: 'this safety plan',
      entry: entry(),
      controls,
      fieldInWords: safetyPlanInWords,
      valueInWords: safetyPlanValueInWords,
      seen: form.seen,
      leaveTo,
      notices: { saved: 'The safety plan is saved' },
      look: () => look(tx, person.id),
    });
  },
});
