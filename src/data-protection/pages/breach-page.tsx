import { z } from 'zod';
import { recordLook } from '../../platform/audit/record.ts';
import { formatLondon, londonDate, londonInstant } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { readTime, timeAsTyped } from '../../platform/clock/typed-time.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import {
  amendmentShape,
  answerAmendment,
  choicesIn,
  dateAsTyped,
  dateControls,
} from '../../platform/forms/amendment.tsx';
import type { Entry } from '../../platform/forms/entry.ts';
import type { Fault } from '../../platform/forms/fault.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import {
  ChoiceQuestion,
  DateQuestion,
  LongTextQuestion,
  TextQuestion,
} from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { fieldsOf } from '../../platform/history/document.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { codesOf, optionsOf } from '../../reference/code-lists.ts';
import { breachDocument, breachFieldInWords, breachValueInWords, breachValues } from '../breach-document.ts';
import { amendBreach, findBreach, recordBreach } from '../breach-queries.ts';
import { type BreachDetails, breachRisks, missingToClose, tellBy } from '../data-breach.ts';
import { breachesPage } from './breaches-page.tsx';

const MOST = 2_000;
const breachFields = fieldsOf(breachDocument);

const details = {
  what: text({ called: 'What happened', most: MOST, needed: 'Enter what happened', lines: 'many' }),
  people: text({
    called: 'How many people',
    most: 9,
    rule: { holds: (typed) => /^\d+$/.test(typed), otherwise: 'How many people must be a whole number' },
  }),
  risk: choice(codesOf(breachRisks), 'Choose the risk to people'),
  icoTold: date({ called: 'The day the Information Commissioner was told' }),
  icoTime: text({ called: 'The time', most: 20 }),
  icoReference: text({ called: 'Their reference', most: 100 }),
  icoWhy: text({ called: 'Why', most: MOST, lines: 'many' }),
  peopleTold: date({ called: 'The day the people were told' }),
  actions: text({ called: 'What was done', most: MOST, lines: 'many' }),
  closed: date({ called: 'The day it was closed' }),
};

interface Typed {
  what: string;
  people: string;
  risk: (typeof breachRisks)[number]['code'];
  icoTold: PlainDate | null;
  icoTime: string;
  icoReference: string;
  icoWhy: string;
  peopleTold: PlainDate | null;
  actions: string;
  closed: PlainDate | null;
}

/** A breach as it is first known: the 72 hours run from when anybody of the service knew. */
export const newBreachPage = page({
  path: '/breaches/new',
  for: ['data-protection-lead'],
  form: z.object({
    discovered: date({ called: 'The day it was discovered', needed: 'Enter the day it was discovered' }),
    time: text({ called: 'The time', most: 20, needed: 'Enter the time it was discovered' }),
    ...details,
  }),
  async get({ entry }) {
    const typed = entry();
    const title = 'Record a breach';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <Form>
          <DateQuestion name="discovered" label="When was it discovered?" entry={typed} />
          <TextQuestion
            name="time"
            label="At what time?"
            hint="For example 2:05pm"
            width="short"
            entry={typed}
          />
          <Details entry={typed} />
          <Button preventDoubleClick>Save the breach</Button>
        </Form>
      </>,
      { backTo: breachesPage.url() },
    );
  },
  async post({ tx, service }, { discovered, time, ...typed }) {
    const now = service.clock.now();
    const discoveredAt = discovered === null ? null : instantOf(discovered, time);
    if (discoveredAt === null)
      return refuse({ field: 'time', message: 'Enter a time that there was, like 14:30' });
    if (discoveredAt > now)
      return refuse({ field: 'discovered', message: 'The day it was discovered must be in the past' });
    const read = readDetails(typed, discoveredAt, now);
    if ('fault' in read) return refuse(read.fault);
    await recordBreach(tx, discoveredAt, read.details);
    return redirect(breachesPage.url(), { notice: 'The breach is saved' });
  },
});

/** One breach, brought up to date. */
export const breachPage = page({
  path: '/breaches/:breach',
  for: ['data-protection-lead'],
  params: z.object({ breach: z.uuid() }),
  form: z.object({ ...details, ...amendmentShape(breachFields) }),
  async get({ tx, params, entry }) {
    const breach = await findBreach(tx, params.breach);
    if (!breach) return missing();
    await lookAt(tx, breach.id);
    const typed = entry({
      version: String(breach.version),
      what: breach.what,
      people: breach.people === null ? '' : String(breach.people),
      risk: breach.risk,
      ...dateAsTyped('icoTold', breach.icoToldAt ? londonDate(breach.icoToldAt) : ''),
      icoTime: breach.icoToldAt ? timeAsTyped(breach.icoToldAt) : '',
      icoReference: breach.icoReference,
      icoWhy: breach.icoWhy,
      ...dateAsTyped('peopleTold', breach.peopleToldOn ?? ''),
      actions: breach.actions,
      ...dateAsTyped('closed', breach.closedOn ?? ''),
    });
    const title = 'Breach';
    return show(
      title,
      <>
        <Faults entry={typed} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          Discovered {formatLondon(breach.discoveredAt)}. The Information Commissioner is told by{' '}
          {formatLondon(tellBy(breach.discoveredAt))}, unless a risk to people is unlikely.
        </p>
        <Form>
          <input type="hidden" name="version" value={typed.value('version')} />
          <Details entry={typed} />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: breachesPage.url() },
    );
  },
  async post({ tx, service, params, entry }, form) {
    const breach = await findBreach(tx, params.breach);
    if (!breach) return missing();
    const read = readDetails(form, breach.discoveredAt, service.clock.now());
    if ('fault' in read) return refuse(read.fault);
    const outcome = await amendBreach(tx, breach.id, {
      version: form.version,
      seen: form.seen,
      values: () => breachValues(read.details),
      choices: choicesIn(breachFields, form),
    });
    return await answerAmendment(outcome, {
      called: 'this breach',
      entry: entry(),
      controls: [
        ...['what', 'people', 'risk', 'icoTime', 'icoReference', 'icoWhy', 'actions'],
        ...['icoTold', 'peopleTold', 'closed'].flatMap(dateControls),
      ],
      fieldInWords: breachFieldInWords,
      valueInWords: breachValueInWords,
      seen: form.seen,
      leaveTo: breachesPage.url(),
      notices: { saved: 'The breach is saved' },
      look: () => lookAt(tx, breach.id),
    });
  },
});

const lookAt = (tx: Transaction, id: string): Promise<void> =>
  recordLook(tx, { action: 'view-breaches', subject: { kind: 'data-breach', id }, personId: null });

function Details({ entry }: { entry: Entry }) {
  return (
    <>
      <LongTextQuestion name="what" label="What happened?" hint="Name nobody" most={MOST} entry={entry} />
      <TextQuestion
        name="people"
        label="How many people does it concern? (optional)"
        inputmode="numeric"
        width="short"
        entry={entry}
      />
      <ChoiceQuestion
        name="risk"
        label="What is the risk to people?"
        entry={entry}
        options={optionsOf(breachRisks)}
      />
      <DateQuestion
        name="icoTold"
        label="When was the Information Commissioner told? (optional)"
        entry={entry}
      />
      <TextQuestion
        name="icoTime"
        label="At what time? (optional)"
        hint="For example 2:05pm"
        width="short"
        entry={entry}
      />
      <TextQuestion name="icoReference" label="Their reference (optional)" width="half" entry={entry} />
      <LongTextQuestion
        name="icoWhy"
        label="Why were they not told, or told late? (optional)"
        most={MOST}
        rows={3}
        entry={entry}
      />
      <DateQuestion
        name="peopleTold"
        label="When were the people told? (optional)"
        hint="Where the risk is high, without delay"
        entry={entry}
      />
      <LongTextQuestion name="actions" label="What was done? (optional)" most={MOST} entry={entry} />
      <DateQuestion name="closed" label="When was it closed? (optional)" entry={entry} />
    </>
  );
}

function readDetails(
  typed: Typed,
  discoveredAt: Date,
  now: Date,
): { details: BreachDetails } | { fault: Fault } {
  const icoToldAt = typed.icoTold === null ? null : instantOf(typed.icoTold, typed.icoTime);
  if (typed.icoTold !== null && icoToldAt === null)
    return { fault: { field: 'icoTime', message: 'Enter a time that there was, like 14:30' } };
  if (icoToldAt !== null && (icoToldAt < discoveredAt || icoToldAt > now))
    return { fault: { field: 'icoTold', message: 'They were told after it was discovered, and before now' } };
  const details: BreachDetails = {
    what: typed.what,
    people: typed.people === '' ? null : Number(typed.people),
    risk: typed.risk,
    icoToldAt,
    icoReference: typed.icoReference,
    icoWhy: typed.icoWhy,
    peopleToldOn: typed.peopleTold,
    actions: typed.actions,
    closedOn: typed.closed,
  };
  const missingField = missingToClose(details);
  if (missingField !== null) return { fault: { field: missingField, message: beforeClosed[missingField] } };
  return { details };
}

const beforeClosed = {
  risk: 'Choose the risk to people before it is closed',
  icoWhy: 'Enter when the Information Commissioner was told, or why they were not, before it is closed',
  actions: 'Enter when the people were told, or what was done so that they need not be, before it is closed',
} as const;

function instantOf(day: PlainDate, typedTime: string): Date | null {
  const time = readTime(typedTime);
  if (!time) return null;
  const found = londonInstant({ date: day, hour: time.hour, minute: time.minute });
  return found.kind === 'one' ? found.instant : null;
}
