import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import { type Catalogue, catalogueOf, definedAs } from '../statistics/catalogue.ts';
import { bothOf, type Keyed, shareRow } from '../statistics/count.ts';
import type { Figures } from '../statistics/disclosure/figures.ts';
import type { Asked, Counted, Fields, Json, Shape, Share, ShareRow } from '../statistics/measure.ts';
import { points } from '../statistics/percent.ts';
import {
  type CountReading,
  type CountRowOf,
  type CountSource,
  counts,
  readAll,
} from '../statistics/reading.ts';
import { referrals } from '../statistics/readings/referrals.ts';
import { closedEpisodes } from '../statistics/readings/support.ts';
import type { CountedReport } from './counted-report.ts';
import type { Definition } from './figure-view.tsx';
import { monthInWords } from './month-words.ts';
import type { Chapter } from './report-document.ts';
import {
  isHidden,
  isObject,
  type JsonObject,
  type MeasureFigures,
  numberOf,
  rowsOf,
} from './report-figures.ts';

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

const tables: readonly Definition[] = [
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

/** The tables in one version: they are counted together, and so are defined together. */
export interface Completeness {
  readonly id: 'completeness';
  readonly version: number;
  readonly tables: readonly Definition[];
  count(tx: Transaction, asked: Asked): Promise<CountedReport>;
}

const VERSION = 1;

/** Changed as measures are (`statistics/catalogue.ts`): the tables and the counting of before stay, among the earlier. */
export const completeness: Catalogue<Completeness> = catalogueOf<Completeness>(
  [{ id: 'completeness', version: VERSION, tables, count: countTables }],
  [],
);

export const completenessDefinition = (
  measure: string,
  version: number,
  all: Catalogue<Completeness>,
): Definition | undefined => definedAs(all, 'completeness', version)?.tables.find(({ id }) => id === measure);

/** The tables of the report, as they are told. */
const told = {
  referrals: {
    title: 'Not known of referrals',
    definition:
      'Of the referrals received in the period, the share of which each field is not known, blank included.',
  },
  months: {
    title: 'Not known of referrals, by month',
    definition: 'The same for the referrals of each month of the period.',
  },
  outcomes: {
    title: 'Not known of outcomes',
    definition:
      'Of the episodes of support that had engaged and closed in the period, the share of which each outcome is not known.',
  },
  providers: {
    title: 'Not known of outcomes, by provider',
    definition: 'The same for the episodes of each provider.',
  },
} as const;
type Told = keyof typeof told;

/** What is not known of one field: of everything, and of each part of it. */
interface Counts {
  readonly whole: ShareRow;
  readonly parts: readonly ShareRow[];
}

/** Counts how much is not known. Needs a transaction that may count. */
export async function countCompleteness(
  tx: Transaction,
  asked: Asked,
  { completeness: { inUse } }: { readonly completeness: Catalogue<Completeness> },
): Promise<CountedReport> {
  const [used] = inUse;
  if (!used) throw new RangeError('No version of the tables is in use');
  return await used.count(tx, asked);
}

/**
 * Of referrals by field and month, of outcomes by field and provider. Disclosure control goes by the fields one by one, under the
 * names that other reports count them by.
 */
async function countTables(tx: Transaction, asked: Asked): Promise<CountedReport> {
  const compared = asked.comparison !== null;
  const byMonth = new Map(
    referralFields.map((field) => [field, counts(monthlyReferrals, ['month', field.of])]),
  );
  const byProvider = new Map(
    episodeFields.map((field) => [field, counts(providedEpisodes, ['provider', field.of])]),
  );
  const found = await readAll(tx, asked, [...byMonth.values(), ...byProvider.values()]);
  const rowsFor = (reading: CountReading) => (found.get(reading) ?? []) as readonly CountRowOf[];
  const current = (reading: CountReading) => rowsFor(reading).filter(({ window }) => window === 'current');
  const partsIn = (readings: Iterable<CountReading>) =>
    [
      ...new Set([...readings].flatMap((reading) => current(reading).map(({ values }) => values[0] ?? ''))),
    ].sort();
  const months = partsIn(byMonth.values());
  const providers = partsIn(byProvider.values());
  const isUnknown = ([, value]: readonly string[]) => value === 'unknown';
  const unknownIn = (reading: CountReading, parts: readonly string[], keyed: Keyed): Counts => ({
    whole: shareRow(keyed, bothOf(rowsFor(reading), compared, isUnknown), bothOf(rowsFor(reading), compared)),
    parts: parts.map((part) => {
      const those = current(reading).filter(({ values }) => values[0] === part);
      return shareRow(
        { key: part, label: monthInWords(part) },
        bothOf(those, false, isUnknown),
        bothOf(those, false),
      );
    }),
  });
  const ofReferrals = new Map(
    [...byMonth].map(([field, reading]) => [field, unknownIn(reading, months, field)] as const),
  );
  const ofEpisodes = new Map(
    [...byProvider].map(([field, reading]) => [field, unknownIn(reading, providers, field)] as const),
  );
  const exact = {
    ...allByPart('referrals', 'received', [...ofReferrals.values()][0]),
    ...allByPart('closed-episodes', 'provider', [...ofEpisodes.values()][0]),
    ...Object.fromEntries(
      [...ofReferrals].map(([field, of]) => [`${REFERRALS}${field.key}`, unknownReferrals(field.of, of)]),
    ),
    ...Object.fromEntries(
      [...ofEpisodes].map(([field, of]) => [`${EPISODES}${field.key}`, unknownEpisodes(field.of, of)]),
    ),
  };
  return {
    exact: { period: asked.period, comparison: asked.comparison, measures: exact },
    asCounted,
    tell: (disclosure, fields) => {
      const shown = tablesOf(fields);
      return {
        report: 'data-completeness',
        period: asked.period,
        comparison: asked.comparison,
        asAt: asked.asAt.toISOString(),
        disclosure,
        measures: Object.fromEntries(
          (Object.keys(told) as Told[]).map((name): [string, MeasureFigures] => [
            `completeness.${name}`,
            {
              version: VERSION,
              ...told[name],
              unknowns: 'It is what is counted.',
              hash: createHash('sha256')
                .update(JSON.stringify([asked, tablesOf(fieldsIn(exact))[name]]))
                .digest('hex'),
              ...shown[name],
            },
          ]),
        ),
      };
    },
  };
}

const REFERRALS = 'referrals.';
const EPISODES = 'outcomes.';
type Exact = Figures['measures'][string];

const fieldsIn = (exact: Readonly<Record<string, Exact>>): Record<string, Fields> =>
  Object.fromEntries(Object.entries(exact).map(([id, { fields }]) => [id, fields]));

/** All of the records, in their parts: what is not known is out of these, and they add up. */
function allByPart(
  records: 'referrals' | 'closed-episodes',
  by: string,
  field: Counts | undefined,
): Record<string, Exact> {
  if (!field) return {};
  const rows = field.parts.map(({ key, label, current }) => ({
    key,
    label,
    current: current.denominator,
    previous: null,
    change: null,
    rank: null,
    previousRank: null,
  }));
  return {
    [`all.${records}`]: {
      shape: {
        // A month or a provider with none has no row.
        own: { kind: 'count-table', of: { records }, by, keys: 'open', exclusive: true, ranked: false },
      },
      fields: { rows, total: null },
    },
  };
}

/** Other reports tell of the referrals of which a field is not known, in the same name. */
const unknownReferrals = (property: string, { whole, parts }: Counts): Exact => ({
  shape: {
    own: { kind: 'share', of: { records: 'referrals' }, part: { [property]: 'unknown' } },
    parts: {
      parts: {
        kind: 'share-table',
        of: { records: 'referrals' },
        by: 'received',
        keys: 'fixed',
        exclusive: false,
        part: { [property]: 'unknown' },
      },
    },
  },
  fields: { current: whole.current, previous: whole.previous, parts: { rows: parts } },
});

/** Other reports tell of the episodes of which an outcome is recorded: those that are left. */
const unknownEpisodes = (property: string, { whole, parts }: Counts): Exact => {
  const both = (of: Counted): Shape => ({
    kind: 'share-table',
    of,
    by: property,
    keys: 'fixed',
    exclusive: true,
  });
  return {
    shape: {
      own: {
        kind: 'object',
        fields: {
          whole: both({ records: 'closed-episodes' }),
          parts: {
            kind: 'each',
            by: 'provider',
            shape: both({ records: 'closed-episodes', where: { provider: '*' } }),
          },
        },
      },
    },
    fields: {
      whole: withTheRest(whole),
      parts: Object.fromEntries(parts.map((part) => [part.key, withTheRest(part)])),
    },
  };
};

function withTheRest({
  current,
  previous,
}: {
  readonly current: Share | null;
  readonly previous: Share | null;
}): Fields {
  const rest = (share: Share | null): Json =>
    share && {
      ...share,
      numerator:
        share.numerator === null || share.denominator === null ? null : share.denominator - share.numerator,
    };
  return {
    rows: [
      { key: 'unknown', current, previous, points: null },
      { key: 'recorded', current: rest(current), previous: rest(previous), points: null },
    ],
  };
}

/** The tables of the report, of fields that were counted one by one. */
function tablesOf(fields: Readonly<Record<string, Fields>>): Record<Told, Fields> {
  const row = (keyed: Keyed, share: Fields | undefined): JsonObject => ({
    key: keyed.key,
    label: keyed.label,
    ...withPoints(share ?? {}),
  });
  const unknownOf = (of: Json | undefined) => rowsOf(of).find(({ key }) => key === 'unknown');
  const providers = Object.keys(partsOf(fields[`${EPISODES}${episodeFields[0].key}`])).filter(
    (key) => key !== 'suppressed',
  );
  return {
    referrals: { rows: referralFields.map((field) => row(field, fields[`${REFERRALS}${field.key}`])) },
    months: {
      months: Object.fromEntries(
        referralFields.map(({ key, label }) => [
          label,
          {
            rows: rowsOf(fields[`${REFERRALS}${key}`]?.parts)
              .toSorted((one, other) => (String(one.key) < String(other.key) ? -1 : 1))
              .map((month) => row({ key: String(month.key), label: monthInWords(String(month.key)) }, month)),
          },
        ]),
      ),
    },
    outcomes: {
      rows: episodeFields.map((field) => row(field, unknownOf(fields[`${EPISODES}${field.key}`]?.whole))),
    },
    providers: {
      providers: Object.fromEntries(
        providers.map((provider) => [
          provider,
          {
            rows: episodeFields.map((field) =>
              row(field, unknownOf(partsOf(fields[`${EPISODES}${field.key}`])[provider])),
            ),
          },
        ]),
      ),
    },
  };
}

const partsOf = (fields: Fields | undefined): JsonObject => (isObject(fields?.parts) ? fields.parts : {});

/** A share in both periods, with the difference of what is shown of them. */
function withPoints({ current, previous }: JsonObject): JsonObject {
  const percentOf = (share: Json | undefined) => (isObject(share) ? numberOf(share.percent) : null);
  const hidden = isHidden(current) || isHidden(previous);
  return {
    current: current ?? null,
    previous: previous ?? null,
    points: points(percentOf(current), percentOf(previous)),
    ...(hidden && { suppressed: true }),
  };
}

/** A share as it was shown; null where nothing stood. */
const toldShare = (share: Json | undefined): Share | null =>
  isObject(share)
    ? {
        numerator: numberOf(share.numerator),
        denominator: numberOf(share.denominator),
        percent: numberOf(share.percent),
      }
    : null;

/** What was shown of each field, out of the tables of a report that was published. */
function asCounted(shown: Readonly<Record<string, Fields>>): Record<string, Fields> {
  const inTable = (name: Told, key: string) =>
    rowsOf(shown[`completeness.${name}`]).find((row) => row.key === key) ?? {};
  const { months } = shown['completeness.months'] ?? {};
  const { providers } = shown['completeness.providers'] ?? {};
  // Whoever reads how many are not known, and of how many, knows of how many it is recorded.
  const withRecorded = ({ current, previous }: JsonObject): Fields =>
    withTheRest({ current: toldShare(current), previous: toldShare(previous) });
  return {
    ...Object.fromEntries(
      referralFields.map(({ key, label }) => {
        const { current, previous } = inTable('referrals', key);
        const parts = { rows: rowsOf(isObject(months) ? months[label] : null) as Json };
        return [`${REFERRALS}${key}`, { current: current ?? null, previous: previous ?? null, parts }];
      }),
    ),
    ...Object.fromEntries(
      episodeFields.map(({ key }) => [
        `${EPISODES}${key}`,
        {
          whole: withRecorded(inTable('outcomes', key)),
          parts: Object.fromEntries(
            Object.entries(isObject(providers) ? providers : {}).map(([provider, table]) => [
              provider,
              withRecorded(rowsOf(table).find((row) => row.key === key) ?? {}),
            ]),
          ),
        },
      ]),
    ),
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
