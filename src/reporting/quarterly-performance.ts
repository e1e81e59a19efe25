import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { addDays, addMonths } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { computeAll } from '../statistics/compute.ts';
import type { DefinedMeasure } from '../statistics/define-measure.ts';
import type { Asked, Json, MeasureResult, Period, Shape } from '../statistics/measure.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import type { Definition } from './figure-view.tsx';
import { computeNarrowed, episodesOf } from './narrowed.ts';
import { periodInWords } from './period-words.ts';
import type { Block, Chapter } from './report-document.ts';
import { isObject, type MeasureFigures, type ReportFigures } from './report-figures.ts';

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
    const quarter = { from: addMonths(from, n * MONTHS), to: addDays(addMonths(from, (n + 1) * MONTHS), -1) };
    if (quarter.to > to) break;
    quarters.push(quarter);
  }
  const last = quarters.at(-1);
  if (!last || last.to !== to)
    throw new Refusal(
      `The period is not whole quarters: end it on ${last ? last.to : addDays(addMonths(from, MONTHS), -1)}, or on the last day of another span of three months`,
    );
  return quarters;
}

const isShare = (measure: DefinedMeasure): boolean => measure.shape.own.kind === 'share';

const shapeOf = (measure: DefinedMeasure): Shape => {
  const { own } = measure.shape;
  const of = 'of' in own ? own.of : { records: 'referrals' as const };
  return isShare(measure)
    ? { kind: 'share-table', of, by: 'quarter', keys: 'fixed', exclusive: false, part: {} }
    : { kind: 'count-table', of, by: 'quarter', keys: 'fixed', exclusive: true, ranked: false };
};

/** `quarterly.support.engaged`, and of a provider `quarterly.support.engaged.st-giles`. */
export function quarterlyDefinition(id: string, version: number): Definition | undefined {
  const told = [...OF_SERVICE_AND_PROVIDERS].find(
    (each) => id === `quarterly.${each}` || id === `providers.${each}`,
  );
  const measure = told === undefined ? undefined : measureWithId(told);
  if (!measure || measure.version !== version) return undefined;
  const own = shapeOf(measure);
  return id.startsWith('quarterly.')
    ? { id, shape: { own } }
    : {
        id,
        shape: {
          own: { kind: 'object', fields: { providers: { kind: 'each', by: 'provider', shape: own } } },
        },
      };
}
const OF_SERVICE_AND_PROVIDERS = [...OF_THE_SERVICE, ...OF_PROVIDERS];

/** The same measures quarter by quarter, of the service and of each provider. For those who count alone. */
export async function quarterlyPerformance(tx: Transaction, asked: Asked): Promise<ReportFigures> {
  const quarters = quartersOf(asked.period);
  const measures = OF_SERVICE_AND_PROVIDERS.flatMap((id) => measureWithId(id) ?? []);
  const ofProviders = measures.filter(({ id }) => OF_PROVIDERS.includes(id));
  const providers = await providersOf(tx, asked);
  const whole: ReadonlyMap<string, MeasureResult>[] = [];
  const each = new Map<string, ReadonlyMap<string, MeasureResult>[]>(providers.map((code) => [code, []]));
  for (const period of quarters) {
    const quarter = { period, comparison: null, asAt: asked.asAt };
    whole.push(await computeAll(tx, quarter, measures));
    for (const code of providers)
      each.get(code)?.push(await computeNarrowed(tx, quarter, ofProviders, episodesOf(code)));
  }
  const table = (measure: DefinedMeasure, results: readonly ReadonlyMap<string, MeasureResult>[]) => ({
    rows: results.map((result, n) => rowOf(measure, result.get(measure.id), quarters[n] ?? asked.period)),
  });
  const told = (measure: DefinedMeasure, by: string, fields: Record<string, unknown>): MeasureFigures => {
    const reason = whole[0]?.get(measure.id)?.reason;
    return {
      version: measure.version,
      title: `${measure.title}, ${by}`,
      definition: measure.definition,
      ...measure.rules,
      hash: createHash('sha256')
        .update(JSON.stringify([whole.map((result) => result.get(measure.id)?.hash), fields]))
        .digest('hex'),
      ...(reason === undefined ? {} : { reason }),
      ...(fields as Record<string, Json>),
    };
  };
  return {
    report: 'quarterly-performance',
    period: asked.period,
    comparison: null,
    asAt: asked.asAt.toISOString(),
    disclosure: 'internal',
    measures: Object.fromEntries([
      ...measures.map((measure) => [
        `quarterly.${measure.id}`,
        told(measure, 'by quarter', table(measure, whole)),
      ]),
      ...ofProviders.map((measure) => [
        `providers.${measure.id}`,
        told(measure, 'by provider and quarter', {
          providers: Object.fromEntries([...each].map(([code, results]) => [code, table(measure, results)])),
        }),
      ]),
    ]),
  };
}

/** A quarter's row: a count, or a share. */
function rowOf(measure: DefinedMeasure, result: MeasureResult | undefined, quarter: Period): Json {
  const named = { key: quarter.from.slice(0, 7), label: periodInWords(quarter) };
  const { fields = {} } = result ?? {};
  if (isShare(measure)) return { ...named, current: fields.current ?? null, previous: null, points: null };
  const current = isObject(fields.total) ? (fields.total.current ?? null) : null;
  return { ...named, current, previous: null, change: null, rank: null, previousRank: null };
}

async function providersOf(tx: Transaction, { asAt, period }: Asked): Promise<string[]> {
  const { rows } = await sql<{ provider: string }>`
    select distinct provider from as_at.support_facts(${asAt})
    where coalesce(provider, '') <> '' and closed_on between ${period.from}::date and ${period.to}::date order by provider`.execute(
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
          'Each chart shows the average and the limits of usual variation: a quarter that is marked is more than chance. With fewer than two quarters there are no limits.',
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
      ...OF_PROVIDERS.map((id): Block => ({ kind: 'figure', measure: `providers.${id}`, drawn: 'table' })),
      {
        kind: 'text',
        section: 'providers',
        title: 'What the providers say',
        ask: 'Each provider’s own account of its quarter.',
      },
    ],
  },
];
