import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { formatDate } from '../platform/clock/london-time.ts';
import { addDays, monthsCompleted } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { definedAs } from '../statistics/catalogue.ts';
import { computeAll } from '../statistics/compute.ts';
import type { DefinedMeasure } from '../statistics/define-measure.ts';
import type {
  Asked,
  Counted,
  Fields,
  Json,
  MeasureResult,
  MeasureShape,
  Period,
  Shape,
  Where,
} from '../statistics/measure.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import { againstTargets } from './against-targets.ts';
import type { CountedReport } from './counted-report.ts';
import { type Definitions, definitions } from './definitions.ts';
import type { Definition } from './figure-view.tsx';
import { computeNarrowed, episodesOf } from './narrowed.ts';
import { periodInWords } from './period-words.ts';
import type { Block, Chapter } from './report-document.ts';
import { isObject, numberOf, rowsOf } from './report-figures.ts';
import { targetsAsAt } from './targets.ts';

/** What is told of the whole service by quarter. */
const OF_THE_SERVICE = ['referrals.total', 'support.engaged', 'rescue.completed', 'county-lines.individuals'];
/** What is told of each provider too: of the support that it gave and that ended. */
const OF_PROVIDERS = [
  'support.positive-outcome',
  'support.harm-reduced',
  'support.resilience-increased',
  'support.county-lines-reduced',
  'support.neet',
];

const MONTHS = 3;
/** Ten years. */
const MOST_QUARTERS = 40;

/** The quarters of a period, of three months each from its first day. @throws Refusal when it is not whole quarters */
export function quartersOf({ from, to }: Period): Period[] {
  const quarters: Period[] = [];
  for (let n = 0; n < MOST_QUARTERS; n += 1) {
    const quarter = {
      from: monthsCompleted(from, n * MONTHS),
      to: addDays(monthsCompleted(from, (n + 1) * MONTHS), -1),
    };
    if (quarter.to > to) break;
    quarters.push(quarter);
  }
  const last = quarters.at(-1);
  if (!last || last.to !== to)
    throw new Refusal(
      `The period is not whole quarters: end it on ${formatDate(last ? last.to : addDays(monthsCompleted(from, MONTHS), -1))}, or on the last day of another span of three months`,
    );
  return quarters;
}

type ShareOf = Extract<Shape, { kind: 'share' }>;
const shareOf = ({ shape: { own } }: DefinedMeasure): ShareOf | null => (own.kind === 'share' ? own : null);

/** The quarters of a measure, as a table. */
function byQuarter(measure: DefinedMeasure, by: string, where: Where = {}): Shape {
  const { own } = measure.shape;
  const all: Counted = 'of' in own ? own.of : { records: 'referrals' };
  const of = { ...all, where: { ...all.where, ...where } };
  const share = shareOf(measure);
  if (share) return { kind: 'share-table', of, by, keys: 'fixed', exclusive: false, part: share.part };
  // Somebody who is identified in two quarters is one individual of the period.
  const exclusive = all.records !== 'individuals';
  return { kind: 'count-table', of, by, keys: 'fixed', exclusive, ranked: false };
}

const ofTheService = (measure: DefinedMeasure, by = 'quarter'): MeasureShape => ({
  own: byQuarter(measure, by),
});
const ofEachProvider = (measure: DefinedMeasure, by = 'quarter'): MeasureShape => ({
  own: {
    kind: 'object',
    fields: { providers: { kind: 'each', by: 'provider', shape: byQuarter(measure, by, { provider: '*' }) } },
  },
});

/** `quarterly.support.engaged`, and of the providers `providers.support.neet`. */
export function quarterlyDefinition(
  id: string,
  version: number,
  { measures }: Definitions = definitions,
): Definition | undefined {
  const told = OF_SERVICE_AND_PROVIDERS.find(
    (each) => id === `quarterly.${each}` || id === `providers.${each}`,
  );
  const measure = told === undefined ? undefined : definedAs(measures, told, version);
  if (!measure) return undefined;
  return { id, shape: id.startsWith('quarterly.') ? ofTheService(measure) : ofEachProvider(measure) };
}
const OF_SERVICE_AND_PROVIDERS = [...OF_THE_SERVICE, ...OF_PROVIDERS];

/** What targets can be set for: the measures of the report, in its order, and whether each provider can have its own. */
export const measuresWithTargets: readonly {
  readonly measure: DefinedMeasure;
  readonly ofProviders: boolean;
}[] = OF_SERVICE_AND_PROVIDERS.flatMap((id) => {
  const measure = measureWithId(id);
  return measure ? [{ measure, ofProviders: OF_PROVIDERS.includes(id) }] : [];
});

type Results = ReadonlyMap<string, MeasureResult>;

/** Counts the same measures quarter by quarter, of the service and of each provider. Needs a transaction that may count. */
export async function countQuarters(
  tx: Transaction,
  asked: Asked,
  { measures: { inUse } }: Definitions,
): Promise<CountedReport> {
  const quarters = quartersOf(asked.period);
  const by = propertyOf(quarters);
  const measures = OF_SERVICE_AND_PROVIDERS.flatMap((id) => inUse.find((each) => each.id === id) ?? []);
  const ofProviders = measures.filter(({ id }) => OF_PROVIDERS.includes(id));
  const providers = await providersOf(tx, asked);
  const targets = await targetsAsAt(tx, asked.asAt);
  const whole: Results[] = [];
  const each = new Map<string, Results[]>(providers.map((code) => [code, []]));
  for (const period of quarters) {
    const quarter = { period, comparison: null, asAt: asked.asAt };
    whole.push(await computeAll(tx, quarter, measures));
    for (const code of providers)
      each.get(code)?.push(await computeNarrowed(tx, quarter, ofProviders, episodesOf(code)));
  }
  const table = (measure: DefinedMeasure, results: readonly Results[]): Fields => ({
    rows: quarters.map((quarter, n) => rowOf(measure, results[n]?.get(measure.id), quarter)),
  });
  const reasonOf = ({ id }: DefinedMeasure) => whole[0]?.get(id)?.reason;
  const counted = [
    ...measures.map((measure) => ({
      id: `quarterly.${measure.id}`,
      called: 'by quarter',
      measure,
      shape: ofTheService(measure, by),
      fields: table(measure, whole),
    })),
    ...ofProviders.map((measure) => ({
      id: `providers.${measure.id}`,
      called: 'by provider and quarter',
      measure,
      shape: ofEachProvider(measure, by),
      fields: {
        providers: Object.fromEntries([...each].map(([code, results]) => [code, table(measure, results)])),
      },
    })),
  ];
  const { period, asAt } = asked;
  const withFigure = measures.filter((measure) => reasonOf(measure) === undefined);
  return {
    exact: {
      period,
      comparison: null,
      measures: Object.fromEntries([
        ...counted.flatMap(({ id, measure, shape, fields }) =>
          reasonOf(measure) === undefined
            ? [[id, { shape, fields: numbered(fields, quarters) }] as const]
            : [],
        ),
        ...withFigure.flatMap((measure) => {
          const share = shareOf(measure);
          if (!share) return [];
          const providersToo = OF_PROVIDERS.includes(measure.id) ? each : new Map<string, Results[]>();
          return [
            [`of.${measure.id}`, whatSharesAreOf(measure, share.of, quarters, whole, providersToo)] as const,
          ];
        }),
      ]),
    },
    asCounted: (told) =>
      Object.fromEntries(Object.entries(told).map(([id, fields]) => [id, numbered(fields, quarters)])),
    tell: (disclosure, shown) => ({
      report: 'quarterly-performance',
      period,
      comparison: null,
      asAt: asAt.toISOString(),
      disclosure,
      measures: Object.fromEntries(
        counted.map(({ id, called, measure, fields }) => {
          const reason = reasonOf(measure);
          const named = dated(shown[id] ?? fields, quarters);
          const told = againstTargets(measure.id, named, quarters, targets);
          return [
            id,
            {
              version: measure.version,
              title: `${measure.title}, ${called}`,
              definition: measure.definition,
              ...measure.rules,
              hash: createHash('sha256')
                .update(JSON.stringify([whole.map((result) => result.get(measure.id)?.hash), fields]))
                .digest('hex'),
              ...(reason === undefined ? {} : { reason }),
              ...told.fields,
              notes: told.notes,
            },
          ];
        }),
      ),
    }),
  };
}

/**
 * What the shares are of, quarter by quarter, and in each by provider: every one of them is in one quarter, and with one provider.
 * They stand in the report as denominators; here disclosure control learns that they add up.
 */
function whatSharesAreOf(
  measure: DefinedMeasure,
  of: Counted,
  quarters: readonly Period[],
  whole: readonly Results[],
  each: ReadonlyMap<string, readonly Results[]>,
): { shape: MeasureShape; fields: Fields } {
  const all = (result: Results | undefined): number | null => {
    const { current } = result?.get(measure.id)?.fields ?? {};
    return isObject(current) ? numberOf(current.denominator) : null;
  };
  const rows = (counts: readonly (readonly [string, number | null])[]): Fields => ({
    rows: counts.map(([key, current]) => ({
      key,
      label: key,
      current,
      previous: null,
      change: null,
      rank: null,
      previousRank: null,
    })),
    total: null,
  });
  const exclusive = { kind: 'count-table', keys: 'fixed', exclusive: true, ranked: false } as const;
  return {
    shape: {
      own: {
        kind: 'object',
        fields: {
          quarters: { ...exclusive, of, by: propertyOf(quarters) },
          providers: {
            kind: 'each',
            by: propertyOf(quarters),
            shape: {
              ...exclusive,
              of: { ...of, where: { ...of.where, [propertyOf(quarters)]: '*' } },
              by: 'provider',
            },
          },
        },
      },
    },
    fields: {
      quarters: rows(quarters.map((_quarter, n) => [String(n + 1), all(whole[n])])),
      providers:
        each.size === 0
          ? {}
          : Object.fromEntries(
              quarters.map((_quarter, n) => [
                String(n + 1),
                rows([...each].map(([code, results]) => [code, all(results[n])])),
              ]),
            ),
    },
  };
}

const keyOf = ({ from }: Period): string => from.slice(0, 7);

/** Disclosure control knows the first four quarters of a period by their numbers, and of which days they are. */
const propertyOf = (quarters: readonly Period[]): string =>
  quarters.length <= 4 ? 'quarter' : 'threeMonths';

/** The rows of a table, or of each provider's, by other keys. */
function rekeyed(fields: Fields, keyFor: (key: string) => string): Fields {
  const table = (of: Json | undefined): Json =>
    isObject(of) && Array.isArray(of.rows)
      ? {
          ...of,
          // Time goes on in them, in whichever order they came out of disclosure control.
          rows: rowsOf(of)
            .map((row) => ({ ...row, key: keyFor(String(row.key)) }))
            .toSorted((one, other) => (one.key < other.key ? -1 : 1)),
        }
      : (of ?? null);
  const { providers } = fields;
  if (isObject(providers))
    return {
      ...fields,
      providers: Object.fromEntries(Object.entries(providers).map(([code, of]) => [code, table(of)])),
    };
  const own = table(fields);
  return isObject(own) ? own : fields;
}

/** By the numbers of the quarters, as disclosure control counts them. */
const numbered = (fields: Fields, quarters: readonly Period[]): Fields =>
  rekeyed(fields, (key) => String(1 + quarters.findIndex((quarter) => keyOf(quarter) === key)));

/** By their first months, as they are told. */
const dated = (fields: Fields, quarters: readonly Period[]): Fields =>
  rekeyed(fields, (key) => {
    const quarter = quarters[Number(key) - 1];
    return quarter ? keyOf(quarter) : key;
  });

/** A quarter's row: a count, or a share. */
function rowOf(measure: DefinedMeasure, result: MeasureResult | undefined, quarter: Period): Json {
  const named = { key: keyOf(quarter), label: periodInWords(quarter) };
  const { fields = {} } = result ?? {};
  if (shareOf(measure)) return { ...named, current: fields.current ?? null, previous: null, points: null };
  const current = isObject(fields.total) ? (fields.total.current ?? null) : null;
  return { ...named, current, previous: null, change: null, rank: null, previousRank: null };
}

/** The providers that gave support in the period, whether or not any ended; `unknown` where some of it names none. */
async function providersOf(tx: Transaction, { asAt, period }: Asked): Promise<string[]> {
  const { rows } = await sql<{ provider: string }>`
    select distinct coalesce(nullif(provider, ''), 'unknown') as provider from as_at.support_facts(${asAt})
    where first_engaged_on <= ${period.to}::date and coalesce(closed_on, 'infinity') >= ${period.from}::date order by provider`.execute(
    tx,
  );
  return rows.map(({ provider }) => provider);
}

export const quarterlyPerformanceChapters: readonly Chapter[] = [
  {
    id: 'about',
    title: 'About this report',
    blocks: [
      { kind: 'about' },
      { kind: 'sources' },
      { kind: 'caveats' },
      {
        kind: 'words',
        words:
          'Each chart shows the average and the limits of usual variation: a quarter that is marked is more than chance. With fewer than two quarters there are no limits. A quarter is held against the target in force on its first day.',
      },
    ],
  },
  {
    id: 'summary',
    title: 'Summary',
    blocks: [
      {
        kind: 'text',
        section: 'summary',
        title: 'Summary',
        ask: 'What is signalled, why, and what is done about it.',
      },
    ],
  },
  {
    id: 'service',
    title: 'The service',
    blocks: OF_SERVICE_AND_PROVIDERS.map(
      (id): Block => ({ kind: 'figure', measure: `quarterly.${id}`, drawn: 'run' }),
    ),
  },
  {
    id: 'providers',
    title: 'Providers',
    blocks: [
      ...OF_PROVIDERS.map((id): Block => ({ kind: 'figure', measure: `providers.${id}`, drawn: 'runs' })),
      {
        kind: 'text',
        section: 'providers',
        title: 'What the providers say',
        ask: 'Each provider’s own account of its quarter.',
      },
    ],
  },
];
