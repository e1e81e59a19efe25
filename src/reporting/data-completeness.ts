import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import { bothOf, type Keyed, shareRow } from '../statistics/count.ts';
import type { Asked, Json, Shape } from '../statistics/measure.ts';
import { type CountRowOf, type CountSource, counts, readAll } from '../statistics/reading.ts';
import { referrals } from '../statistics/readings/referrals.ts';
import { closedEpisodes } from '../statistics/readings/support.ts';
import type { Definition } from './figure-view.tsx';
import { monthInWords } from './month-words.ts';
import type { Chapter } from './report-document.ts';
import type { MeasureFigures, ReportFigures } from './report-figures.ts';

/** What can be not known of a referral, by the property of the source that says so. */
const referralFields = [
  { key: 'gender', label: 'Gender', of: 'gender' },
  { key: 'age', label: 'Date of birth', of: 'age' },
  { key: 'ethnicity', label: 'Ethnicity', of: 'ethnicGroup' },
  { key: 'borough', label: 'Responsible borough', of: 'borough' },
  { key: 'ward', label: 'Ward of residence', of: 'ward' },
  { key: 'agency', label: 'Referring agency', of: 'agency' },
  { key: 'education', label: 'Education', of: 'education' },
  { key: 'social-care', label: 'Social care status', of: 'socialCare' },
  { key: 'gang-link', label: 'Link to a gang', of: 'gangLink' },
  { key: 'missing', label: 'Missing, linked to county lines', of: 'missing' },
] as const;

/** The same of an episode of support that ended. */
const episodeFields = [
  { key: 'outcome', label: 'Positive outcome', of: 'positive' },
  { key: 'harm', label: 'Harm', of: 'harm' },
  { key: 'involvement', label: 'County lines involvement', of: 'involvement' },
  { key: 'resilience', label: 'Resilience', of: 'resilience' },
  { key: 'neet-at-start', label: 'In education, work or training at the start', of: 'neetAtStart' },
  { key: 'neet-at-end', label: 'In education, work or training at the end', of: 'neetAtEnd' },
] as const;

const MONTH = { sql: () => sql`to_char(on_day, 'YYYY-MM')`, values: 12 };

const monthlyReferrals: CountSource = {
  ...referrals,
  name: 'referrals with their months',
  dimensions: { ...referrals.dimensions, month: MONTH },
};

const providedEpisodes: CountSource = {
  ...closedEpisodes,
  name: 'closed episodes with their providers',
  records: ({ asAt }) => sql`
    select closed_on as on_day, coalesce(nullif(provider, ''), 'unknown') as provider, outcome_1, outcome_2, outcome_3, outcome_4,
      outcome_5, outcome_6, outcome_7, outcome_8, harm, county_lines_involvement, resilience, neet_at_start, neet_at_end
    from as_at.support_facts(${asAt})
    where first_engaged_on is not null and closed_on is not null`,
  dimensions: { ...closedEpisodes.dimensions, provider: { sql: () => sql`provider`, values: 6 } },
};

const sharesBy = (records: 'referrals' | 'closed-episodes', by: string): Shape => ({
  kind: 'share-table',
  of: { records },
  by,
  keys: 'fixed',
  exclusive: false,
  part: { known: 'no' },
});

const definitions: readonly Definition[] = [
  { id: 'completeness.referrals', shape: { own: sharesBy('referrals', 'field') } },
  {
    id: 'completeness.months',
    shape: {
      own: {
        kind: 'object',
        fields: { months: { kind: 'each', by: 'field', shape: sharesBy('referrals', 'month') } },
      },
    },
  },
  { id: 'completeness.outcomes', shape: { own: sharesBy('closed-episodes', 'field') } },
  {
    id: 'completeness.providers',
    shape: {
      own: {
        kind: 'object',
        fields: { providers: { kind: 'each', by: 'provider', shape: sharesBy('closed-episodes', 'field') } },
      },
    },
  },
];

export const completenessDefinition = (measure: string, version: number): Definition | undefined =>
  version === 1 ? definitions.find(({ id }) => id === measure) : undefined;

/** How much is not known: of referrals by field and month, of outcomes by field and provider. For those who count alone. */
export async function dataCompleteness(tx: Transaction, asked: Asked): Promise<ReportFigures> {
  const compared = asked.comparison !== null;
  const byMonth = new Map(
    referralFields.map((field) => [field, counts(monthlyReferrals, ['month', field.of])]),
  );
  const byProvider = new Map(
    episodeFields.map((field) => [field, counts(providedEpisodes, ['provider', field.of])]),
  );
  const found = await readAll(tx, asked, [...byMonth.values(), ...byProvider.values()]);
  const rowsFor = (reading: ReturnType<typeof counts>) => (found.get(reading) ?? []) as readonly CountRowOf[];
  const unknown = (rows: readonly CountRowOf[], keyed: Keyed, key?: string) =>
    shareRow(
      keyed,
      bothOf(rows, compared, ([of, value]) => value === 'unknown' && (key === undefined || of === key)),
      bothOf(rows, compared, ([of]) => key === undefined || of === key),
    );
  const keysIn = (readings: Iterable<ReturnType<typeof counts>>) =>
    [
      ...new Set(
        [...readings].flatMap((reading) =>
          rowsFor(reading).flatMap(({ window, values }) => (window === 'current' ? [values[0] ?? ''] : [])),
        ),
      ),
    ].sort();
  const months = keysIn(byMonth.values());
  const providers = keysIn(byProvider.values());
  const alone = (rows: readonly CountRowOf[]) => rows.filter(({ window }) => window === 'current');

  const tell = (
    id: string,
    title: string,
    definition: string,
    fields: Record<string, unknown>,
  ): [string, MeasureFigures] => [
    id,
    {
      version: 1,
      title,
      definition,
      unknowns: 'It is what is counted.',
      hash: createHash('sha256')
        .update(JSON.stringify([asked, fields]))
        .digest('hex'),
      ...(fields as Record<string, Json>),
    },
  ];
  return {
    report: 'data-completeness',
    period: asked.period,
    comparison: asked.comparison,
    asAt: asked.asAt.toISOString(),
    disclosure: 'internal',
    measures: Object.fromEntries([
      tell(
        'completeness.referrals',
        'Not known of referrals',
        'Of the referrals received in the period, the share of which each field is not known, blank included.',
        { rows: [...byMonth].map(([field, reading]) => unknown(rowsFor(reading), field)) },
      ),
      tell(
        'completeness.months',
        'Not known of referrals, by month',
        'The same for the referrals of each month of the period.',
        {
          months: Object.fromEntries(
            [...byMonth].map(([field, reading]) => [
              field.label,
              {
                rows: months.map((month) =>
                  unknown(alone(rowsFor(reading)), { key: month, label: monthInWords(month) }, month),
                ),
              },
            ]),
          ),
        },
      ),
      tell(
        'completeness.outcomes',
        'Not known of outcomes',
        'Of the episodes of support that had engaged and closed in the period, the share of which each outcome is not known.',
        { rows: [...byProvider].map(([field, reading]) => unknown(rowsFor(reading), field)) },
      ),
      tell(
        'completeness.providers',
        'Not known of outcomes, by provider',
        'The same for the episodes of each provider.',
        {
          providers: Object.fromEntries(
            providers.map((provider) => [
              provider,
              { rows: [...byProvider].map(([field, reading]) => unknown(rowsFor(reading), field, provider)) },
            ]),
          ),
        },
      ),
    ]),
  };
}

export const dataCompletenessChapters: readonly Chapter[] = [
  { id: 'about', title: 'About this report', blocks: [{ kind: 'about' }, { kind: 'caveats' }] },
  {
    id: 'summary',
    title: 'Summary',
    blocks: [
      {
        kind: 'text',
        section: 'summary',
        title: 'Summary',
        ask: 'What is missing most, where, and who will see to it.',
      },
    ],
  },
  {
    id: 'referrals',
    title: 'Referrals',
    blocks: [
      { kind: 'figure', measure: 'completeness.referrals', drawn: 'bars' },
      { kind: 'figure', measure: 'completeness.months', drawn: 'table' },
    ],
  },
  {
    id: 'outcomes',
    title: 'Outcomes of support',
    blocks: [
      { kind: 'figure', measure: 'completeness.outcomes', drawn: 'bars' },
      { kind: 'figure', measure: 'completeness.providers', drawn: 'table' },
    ],
  },
];
