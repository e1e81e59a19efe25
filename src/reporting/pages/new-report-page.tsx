import { sql } from 'kysely';
import { z } from 'zod';
import { formatDate, londonDate, londonInstant } from '../../platform/clock/london-time.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import { addDays, addMonths, monthsCompleted } from '../../platform/clock/plain-date.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Entry } from '../../platform/forms/entry.ts';
import { choice, date, onlyAsked, text } from '../../platform/forms/fields.ts';
import { Faults, Form } from '../../platform/forms/form.tsx';
import { ChoiceQuestion, DateQuestion, ListQuestion, TextQuestion } from '../../platform/forms/questions.tsx';
import { Button, Radios } from '../../platform/govuk/index.ts';
import { page, redirect, refuse, show } from '../../platform/http/page.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Period } from '../../statistics/measure.ts';
import { createReport } from '../report-commands.ts';
import { type ReportKind, reportKinds } from '../report-document.ts';
import type { Edition } from '../report-figures.ts';
import { periodsOf } from '../report-periods.ts';
import { reportsPage, writers } from './reports-page.tsx';

const TITLE_MOST = 120;

const compareWith = [
  { value: 'year-before', text: 'The same dates a year before' },
  { value: 'period-before', text: 'The period just before, of the same length in months or days' },
  { value: 'other', text: 'Other dates' },
  { value: 'nothing', text: 'Nothing' },
] as const;

export const editionChoices = {
  both: ['internal', 'public'],
  public: ['public'],
  internal: ['internal'],
} as const satisfies Record<string, readonly Edition[]>;
const editionOptions = [
  { value: 'both', text: 'Both' },
  {
    value: 'public',
    text: 'Public',
    hint: 'Small numbers are hidden. All staff can read it once it is published',
  },
  { value: 'internal', text: 'Internal', hint: 'Exact numbers, for analysts and operations managers' },
];

export const markings = ['OFFICIAL', 'OFFICIAL-SENSITIVE'] as const;
export const markingOptions = [
  { value: 'OFFICIAL-SENSITIVE', text: 'OFFICIAL-SENSITIVE', hint: 'For those who need to know' },
  { value: 'OFFICIAL', text: 'OFFICIAL' },
];

const isAsked = (field: string, value: string) => ({
  when: (form: Readonly<Record<string, unknown>>) => form[field] === value,
});

/** A report begins with its kind and dates; its figures are worked out at once. */
export const newReportPage = page({
  path: '/reports/new',
  for: writers,
  form: z.object({
    kind: choice(
      ['strategic-assessment', 'quarterly-performance', 'borough-profile', 'data-completeness'],
      'Choose a kind of report',
    ),
    area: text({ called: 'The borough', most: 20 }).register(onlyAsked, isAsked('kind', 'borough-profile')),
    title: text({ called: 'The title', most: TITLE_MOST, needed: 'Enter a title' }),
    from: date({ called: 'The first day of the period', needed: 'Enter the first day of the period' }),
    to: date({ called: 'The last day of the period', needed: 'Enter the last day of the period' }),
    compare: choice(['year-before', 'period-before', 'other', 'nothing'], 'Choose what to compare with'),
    compareFrom: date({ called: 'The first day to compare with' }).register(
      onlyAsked,
      isAsked('compare', 'other'),
    ),
    compareTo: date({ called: 'The last day to compare with' }).register(
      onlyAsked,
      isAsked('compare', 'other'),
    ),
    asAt: date({ called: 'The day up to which records count' }),
    editions: choice(['both', 'public', 'internal'], 'Choose the editions'),
    marking: choice(markings, 'Choose a protective marking'),
  }),

  async get({ tx, entry }) {
    const typed = entry({ compare: 'year-before', editions: 'both', marking: 'OFFICIAL-SENSITIVE' });
    const areas = await areasToChoose(tx);
    const title = 'Begin a report';
    return show(
      title,
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Faults entry={typed} />
          <h1 class="govuk-heading-l">{title}</h1>
          <Form>
            <Radios
              name="kind"
              value={typed.value('kind')}
              fieldset={{ legend: { text: 'Kind of report', classes: 'govuk-fieldset__legend--s' } }}
              errorMessage={faultOf(typed, 'kind')}
              items={reportKinds.map(({ code, text: words }) => ({
                value: code,
                text: words,
                ...(code === 'borough-profile' && {
                  conditional: <ListQuestion name="area" label="Borough" options={areas} entry={typed} />,
                }),
              }))}
            />
            <TextQuestion
              name="title"
              label="Title"
              hint="For example, Strategic assessment, year 3"
              entry={typed}
            />
            <DateQuestion name="from" label="First day of the period" entry={typed} />
            <DateQuestion
              name="to"
              label="Last day of the period"
              hint="Both days are in the period"
              entry={typed}
            />
            <Radios
              name="compare"
              value={typed.value('compare')}
              fieldset={{ legend: { text: 'Compare with', classes: 'govuk-fieldset__legend--s' } }}
              errorMessage={faultOf(typed, 'compare')}
              items={compareWith.map((option) => ({
                ...option,
                ...(option.value === 'other' && {
                  conditional: (
                    <>
                      <DateQuestion name="compareFrom" label="First day to compare with" entry={typed} />
                      <DateQuestion name="compareTo" label="Last day to compare with" entry={typed} />
                    </>
                  ),
                }),
              }))}
            />
            <DateQuestion
              name="asAt"
              label="Count what had been recorded by the end of (optional)"
              hint="A day before today. Left empty, everything recorded until now counts"
              entry={typed}
            />
            <ChoiceQuestion name="editions" label="Editions" options={editionOptions} entry={typed} />
            <ChoiceQuestion
              name="marking"
              label="Protective marking of the internal edition"
              hint="A public edition is marked OFFICIAL"
              options={markingOptions}
              entry={typed}
            />
            <Button preventDoubleClick>Work out the figures</Button>
          </Form>
        </div>
      </div>,
      { backTo: reportsPage.url() },
    );
  },

  async post({ tx, asker, service }, form) {
    if (
      form.kind === 'borough-profile' &&
      !(await areasToChoose(tx)).some(({ value }) => value === form.area)
    )
      return refuse({ field: 'area', message: 'Choose a borough from the list' });
    if (form.from !== null && form.from > londonDate(service.clock.now()))
      return refuse({
        field: 'from',
        control: 'from-day',
        message: 'The period has not begun: there is nothing to count yet',
      });
    if (form.asAt !== null && form.asAt >= londonDate(service.clock.now()))
      return refuse({
        field: 'asAt',
        control: 'asAt-day',
        message: 'Enter a day before today, or leave it empty to count all that is recorded',
      });
    const read = readPeriods(form);
    if ('message' in read) return refuse(read);
    const kind: ReportKind = form.kind;
    try {
      const id = await createReport(tx, asker, {
        kind,
        title: form.title,
        areaCode: kind === 'borough-profile' ? form.area : null,
        ...read,
        editions: editionChoices[form.editions],
        marking: form.marking,
        asAt: form.asAt && endOf(form.asAt),
      });
      return redirect(`/reports/${id}`, { notice: 'The figures are worked out' });
    } catch (error) {
      if (error instanceof Refusal)
        return refuse({ field: 'from', control: 'from-day', message: error.message });
      throw error;
    }
  },
});

/** The end of a day in London. */
function endOf(day: PlainDate): Date {
  const midnight = londonInstant({ date: addDays(day, 1), hour: 0, minute: 0 });
  if (midnight.kind !== 'one') throw new RangeError(`${day} has no one end`);
  return midnight.instant;
}

const faultOf = (entry: Entry, field: string) => {
  const fault = entry.fault(field);
  return fault === undefined ? undefined : { text: fault };
};

interface TypedDates {
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  readonly compare: 'year-before' | 'period-before' | 'other' | 'nothing';
  readonly compareFrom: PlainDate | null;
  readonly compareTo: PlainDate | null;
}

type Periods = { readonly period: Period; readonly comparison: Period | null };

/** The periods of a report as they were typed and chosen, or what is wrong with them. */
export function readPeriods(
  typed: TypedDates,
): Periods | { readonly field: string; readonly control: string; readonly message: string } {
  const comparison = comparisonOf(typed);
  if (typed.compare === 'other' && typed.compareFrom === null)
    return {
      field: 'compareFrom',
      control: 'compareFrom-day',
      message: 'Enter the first day to compare with',
    };
  if (typed.compare === 'year-before' && comparison?.to && typed.from !== null && comparison.to >= typed.from)
    return {
      field: 'to',
      control: 'to-day',
      message:
        'The period is longer than a year, and overlaps the year before it: check the year of its last day',
    };
  try {
    return periodsOf(
      {
        from: typed.from ?? undefined,
        to: typed.to ?? undefined,
        compareFrom: comparison?.from ?? undefined,
        compareTo: comparison?.to ?? undefined,
      },
      {
        from: 'The first day',
        to: 'the last day',
        compareFrom: 'The first day to compare with',
        compareTo: 'the last day to compare with',
      },
      formatDate,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const field = /compare|overlap/.test(error.message) && typed.compare === 'other' ? 'compareFrom' : 'from';
    return { field, control: `${field}-day`, message: error.message };
  }
}

function comparisonOf({
  from,
  to,
  compare,
  compareFrom,
  compareTo,
}: TypedDates): { from: PlainDate | null; to: PlainDate | null } | null {
  if (compare === 'nothing' || from === null || to === null) return null;
  if (compare === 'other') return { from: compareFrom, to: compareTo };
  // Whole months go back by months, so that February does not shift them: the day after the last one is a first.
  if (compare === 'year-before') {
    const isYear = addDays(to, 1) === monthsCompleted(from, 12);
    const end = isYear ? addDays(from, -1) : addDays(addMonths(addDays(to, 1), -12), -1);
    return { from: addMonths(from, -12), to: end };
  }
  const months = monthsIn({ from, to });
  return months === null
    ? { from: addDays(from, -daysIn({ from, to })), to: addDays(from, -1) }
    : { from: addMonths(from, -months), to: addDays(from, -1) };
}

const daysIn = ({ from, to }: Period): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

/** How many whole months a period is; null when it is not. */
function monthsIn({ from, to }: Period): number | null {
  for (let months = 1; months <= 120; months += 1) {
    const end = addDays(monthsCompleted(from, months), -1);
    if (end === to) return months;
    if (end > to) return null;
  }
  return null;
}

async function areasToChoose(tx: Transaction): Promise<{ value: string; text: string }[]> {
  const { rows } = await sql<{ value: string; text: string }>`
    select code as value, name as text from reference.area where kind = 'borough' order by name`.execute(tx);
  return rows;
}
