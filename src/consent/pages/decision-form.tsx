import { z } from 'zod';
import type { DocumentForm } from '../../people/index.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { dateAsTyped, dateControls } from '../../platform/forms/amendment.tsx';
import type { Values } from '../../platform/forms/conflict.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import {
  askedPeople,
  consentAnswers,
  type DecisionField,
  decisionDocument,
  decisionInWords,
  decisionKinds,
  decisionValueInWords,
  sharedAnswers,
  sharingRules,
  tidied,
  whatIsMissing,
} from '../sharing-decision.ts';

const MOST = 5_000;
const MOST_WHAT = 1_000;
const MOST_NAME = 200;

/** Which answers are needed, the rest of them decides (`faults`). */
const shape = z.object({
  kind: choice(codesOf(decisionKinds), 'Choose what it is about'),
  what: text({ called: decisionInWords.what, most: MOST_WHAT, needed: 'Enter what exactly', lines: 'many' }),
  withWhom: text({ called: decisionInWords.withWhom, most: MOST_NAME }),
  consent: choice(codesOf(consentAnswers), 'Choose whether consent was given'),
  asked: z.enum(['', ...codesOf(askedPeople)]).default(''),
  askedName: text({ called: decisionInWords.askedName, most: MOST_NAME }),
  withdrawnOn: date({ called: 'The day consent was withdrawn' }),
  shared: z.enum(['', ...codesOf(sharedAnswers)]).default(''),
  rule: z.enum(['', ...codesOf(sharingRules)]).default(''),
  reasons: text({ called: decisionInWords.reasons, most: MOST, lines: 'many' }),
  decidedBy: text({ called: decisionInWords.decidedBy, most: MOST_NAME, needed: 'Enter who decided' }),
  decidedOn: date({ called: 'The day it was decided', needed: 'Enter the day it was decided' }),
  reviewOn: date({ called: 'The day to look at it again' }),
});

const controls = [
  'kind',
  'what',
  'withWhom',
  'consent',
  'asked',
  'askedName',
  ...dateControls('withdrawnOn'),
  'shared',
  'rule',
  'reasons',
  'decidedBy',
  ...dateControls('decidedOn'),
  ...dateControls('reviewOn'),
];

function asTyped(values: Values<DecisionField>): Record<string, string> {
  return {
    ...values,
    ...dateAsTyped('withdrawnOn', values.withdrawnOn),
    ...dateAsTyped('decidedOn', values.decidedOn),
    ...dateAsTyped('reviewOn', values.reviewDueOn),
  };
}

function typed(form: z.output<typeof shape>): Values<DecisionField> {
  const { reviewOn, withdrawnOn, decidedOn, ...rest } = form;
  return tidied({
    kind: rest.kind,
    what: rest.what,
    withWhom: rest.withWhom,
    consent: rest.consent,
    asked: rest.asked,
    askedName: rest.askedName,
    withdrawnOn: withdrawnOn ?? '',
    shared: rest.shared,
    rule: rest.rule,
    reasons: rest.reasons,
    decidedBy: rest.decidedBy,
    decidedOn: decidedOn ?? '',
    reviewDueOn: reviewOn ?? '',
  });
}

function faults(form: z.output<typeof shape>, today: PlainDate): Fault[] {
  const dateFault = (field: string, message: string) => ({ field, message, control: `${field}-day` });
  return [
    ...whatIsMissing(typed(form)).map(({ field, message }) =>
      field === 'withdrawnOn' ? dateFault(field, message) : { field, message },
    ),
    ...(form.withdrawnOn !== null && form.withdrawnOn > today
      ? [dateFault('withdrawnOn', 'The day consent was withdrawn must be today or in the past')]
      : []),
    ...(form.decidedOn !== null && form.decidedOn > today
      ? [dateFault('decidedOn', 'The day it was decided must be today or in the past')]
      : []),
    ...(form.reviewOn !== null && form.decidedOn !== null && form.reviewOn < form.decidedOn
      ? [dateFault('reviewOn', 'The day to look at it again must be the day it was decided, or later')]
      : []),
  ];
}

function questions(entry: Entry) {
  return (
    <>
      <ChoiceQuestion
        name="kind"
        label={decisionInWords.kind}
        hint="Agreeing to be supported is not agreeing that what is known is shared"
        entry={entry}
        options={optionsOf(decisionKinds)}
      />
      <LongTextQuestion
        name="what"
        label={decisionInWords.what}
        hint="The information, or the support, and what for"
        entry={entry}
        most={MOST_WHAT}
        rows={3}
      />
      <TextQuestion
        name="withWhom"
        label={`${decisionInWords.withWhom} (optional for support)`}
        hint="The service, and the person in it"
        entry={entry}
      />
      <h2 class="govuk-heading-m">Consent</h2>
      <ChoiceQuestion
        name="consent"
        label={decisionInWords.consent}
        entry={entry}
        options={optionsOf(consentAnswers)}
      />
      <ChoiceQuestion
        name="asked"
        label="Who was asked (optional if nobody was)"
        entry={entry}
        options={optionsOf(askedPeople)}
      />
      <TextQuestion
        name="askedName"
        label="Name of whoever has parental responsibility (optional)"
        hint="And what they are to the young person"
        entry={entry}
      />
      <DateQuestion
        name="withdrawnOn"
        label="When consent was withdrawn (optional)"
        hint="Only if it was"
        entry={entry}
      />
      <h2 class="govuk-heading-m">The decision</h2>
      <ChoiceQuestion
        name="shared"
        label="Is it shared? (optional for support)"
        entry={entry}
        options={optionsOf(sharedAnswers)}
      />
      <ChoiceQuestion
        name="rule"
        label="If it is shared without consent: what allows it (optional)"
        hint="Protecting somebody comes before privacy. Write down what you rely on"
        entry={entry}
        options={sharingRules.map(({ code, text, source }) => ({ value: code, text, hint: source }))}
      />
      <LongTextQuestion
        name="reasons"
        label={`${decisionInWords.reasons} (optional with consent)`}
        hint="Why it is shared or not, what harm was weighed, whether the young person was told, and if not, why"
        entry={entry}
        most={MOST}
      />
      <TextQuestion
        name="decidedBy"
        label={decisionInWords.decidedBy}
        hint="Their name, and what they are: yourself, your manager, the designated lead"
        entry={entry}
      />
      <DateQuestion name="decidedOn" label="When it was decided" hint="For example 27 3 2026" entry={entry} />
      <DateQuestion
        name="reviewOn"
        label="When to look at it again (optional)"
        hint="Consent can be withdrawn at any time: ask again when something changes"
        entry={entry}
      />
    </>
  );
}

/** How consent, or a decision to share, is asked for. */
export const decisionForm: DocumentForm<DecisionField, typeof shape> = {
  document: decisionDocument,
  form: shape,
  controls,
  questions,
  faults,
  asTyped,
  typed,
  fieldInWords: decisionInWords,
  valueInWords: decisionValueInWords,
};
