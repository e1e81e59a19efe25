import { z } from 'zod';
import { formatDate, londonDate } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { choice, date, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { DateQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button } from '../../platform/govuk/index.ts';
import { missing, page, redirect, refuse, show } from '../../platform/http/page.ts';
import { ScrollingTable } from '../../platform/http/scrolling-table.tsx';
import {
  canBeTakenBack,
  type DatedThreshold,
  findDatedThresholds,
  setThreshold,
  takeThresholdBack,
} from '../thresholds-to-set.ts';

const MOST = 10_000;
const stands = { past: 'Past', 'in force': 'In force', 'to come': 'To come' } as const;
// Failed contacts are counted by themselves; what is stored as points is a number of them.
const unitOf = ({ name, unit }: DatedThreshold) => (name === 'failed-contacts' ? 'failed contacts' : unit);
const figureOf = (threshold: DatedThreshold) =>
  `${threshold.value} ${threshold.value === 1 ? unitOf(threshold).replace(/s$/, '') : unitOf(threshold)}`;
// What the service began with was always so.
const fromOf = ({ from }: DatedThreshold) => (from <= '2000-01-01' ? 'The beginning' : formatDate(from));

/** How long things may take: what is in force, and what is to come. */
export const thresholdsPage = page({
  path: '/set-up/thresholds',
  for: ['administrator'],

  async get({ tx, service }) {
    const all = await findDatedThresholds(tx, londonDate(service.clock.now()));
    return show(
      'Thresholds',
      <>
        <h1 class="govuk-heading-l">Thresholds</h1>
        <p class="govuk-body">
          A change comes into force on a day. What had begun by then keeps the threshold of the day on which
          it began.
        </p>
        <ScrollingTable
          about="Thresholds"
          firstCellIsHeader
          head={['What', 'In force', 'To come'].map((heading) => ({ text: heading }))}
          rows={all
            .filter((each) => each.stands === 'in force')
            .map((each) => [
              {
                text: (
                  <a class="govuk-link" href={thresholdPage.url({ threshold: each.name })}>
                    {each.what}
                  </a>
                ),
              },
              { text: figureOf(each) },
              {
                text:
                  all
                    .filter(({ name, stands: when }) => name === each.name && when === 'to come')
                    .map((next) => `${figureOf(next)} from ${formatDate(next.from)}`)
                    .join('; ') || 'No change',
              },
            ])}
        />
      </>,
      { backTo: '/set-up' },
    );
  },
});

/** One threshold: what it was, is and will be, and a form for another. */
export const thresholdPage = page({
  path: '/set-up/thresholds/:threshold',
  for: ['administrator'],
  params: z.object({ threshold: z.string().regex(/^[a-z-]+$/) }),
  form: z.object({
    value: text({ called: 'The number', most: 10, needed: 'Enter a number' })
      .refine(
        (typed) => /^\d+$/.test(typed) && Number(typed) <= MOST,
        `Enter a whole number from 0 to ${MOST}`,
      )
      .transform(Number),
    from: date({ called: 'The day it comes into force', needed: 'Enter the day it comes into force' }),
    source: text({ called: 'Where it comes from', most: 200, needed: 'Enter where it comes from' }),
  }),

  async get({ tx, params, service, entry }) {
    const today = londonDate(service.clock.now());
    const all = await findDatedThresholds(tx, today);
    const these = all.filter(({ name }) => name === params.threshold);
    const now = these.find((each) => each.stands === 'in force');
    if (!now) return missing();
    const form = entry({ source: 'Decided by this service' });
    return show(
      now.what,
      <>
        <Faults entry={form} />
        <h1 class="govuk-heading-l">{now.what}</h1>
        <ScrollingTable
          about="From when on"
          firstCellIsHeader
          head={['From', 'Threshold', 'State', 'Where it comes from'].map((heading) => ({ text: heading }))}
          rows={these.map((each) => [
            { text: fromOf(each) },
            { text: figureOf(each) },
            {
              text: canBeTakenBack(each, today) ? (
                <>
                  {stands[each.stands]}.{' '}
                  <a
                    class="govuk-link"
                    href={takeBackThresholdPage.url({ threshold: each.name, from: each.from })}
                  >
                    Take it back
                  </a>
                </>
              ) : (
                stands[each.stands]
              ),
            },
            { text: <bdi>{each.source}</bdi> },
          ])}
        />
        <h2 class="govuk-heading-m">Change it</h2>
        <Form>
          <TextQuestion
            name="value"
            label={`How many ${unitOf(now)}?`}
            inputmode="numeric"
            width="short"
            entry={form}
          />
          <DateQuestion
            name="from"
            label="From which day?"
            hint="Today or later. After that day it cannot be changed, only followed by another."
            entry={form}
          />
          <TextQuestion name="source" label="Where does it come from?" entry={form} />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>,
      { backTo: '/set-up/thresholds' },
    );
  },

  async post({ tx, params, service }, { value, from, source }) {
    const today = londonDate(service.clock.now());
    const now = (await findDatedThresholds(tx, today)).find(
      ({ name, stands: when }) => name === params.threshold && when === 'in force',
    );
    if (!now) return missing();
    if (from === null || from < today)
      return refuse({ field: 'from', message: 'The day must be today or later' });
    if (!(await setThreshold(tx, now, { value, from, source })))
      return refuse({ field: 'from', message: 'Another comes into force on this day: take that back first' });
    return redirect(`/set-up/thresholds/${now.name}`, { notice: 'The threshold is saved' });
  },
});

/** Takes back a threshold that is to come, or one of today that was typed wrong. */
export const takeBackThresholdPage = page({
  path: '/set-up/thresholds/:threshold/:from/take-back',
  for: ['administrator'],
  params: z.object({ threshold: z.string().regex(/^[a-z-]+$/), from: z.string() }),
  form: z.object({ sure: choice(['yes'], 'Choose “Take it back”, or go back') }),

  async get({ tx, params, service, entry }) {
    const found = await findToTakeBack(tx, params, londonDate(service.clock.now()));
    if (!found) return missing();
    return show(
      'Take a threshold back',
      <>
        <Faults entry={entry()} />
        <h1 class="govuk-heading-l">Take a threshold back</h1>
        <p class="govuk-body">
          {found.what}: {figureOf(found)} from {formatDate(found.from)}.{' '}
          {found.stands === 'to come'
            ? 'It will not come into force.'
            : 'The one before it is in force again. What was counted by it today keeps the day it was given.'}
        </p>
        <Form>
          <input type="hidden" name="sure" value="yes" />
          <Button preventDoubleClick>Take it back</Button>
        </Form>
      </>,
      { backTo: thresholdPage.url({ threshold: found.name }) },
    );
  },

  async post({ tx, params, service }) {
    const found = await findToTakeBack(tx, params, londonDate(service.clock.now()));
    if (!found || !(await takeThresholdBack(tx, found))) return missing();
    return redirect(thresholdPage.url({ threshold: params.threshold }), { notice: 'It is taken back' });
  },
});

async function findToTakeBack(
  tx: Transaction,
  wanted: { threshold: string; from: string },
  today: PlainDate,
): Promise<DatedThreshold | undefined> {
  return (await findDatedThresholds(tx, today)).find(
    (each) => each.name === wanted.threshold && each.from === wanted.from && canBeTakenBack(each, today),
  );
}
