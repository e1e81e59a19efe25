import { sql } from 'kysely';
import { z } from 'zod';
import { type PlainDate, parsePlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Protection } from '../statistics/disclosure/protect.ts';
import type { Asked, Fields, Period } from '../statistics/measure.ts';

/** What was published for everybody: which figures were asked for then, and how they were shown. */
export interface PublishedBefore {
  readonly asked: Asked;
  readonly shown: Readonly<Record<string, Fields>>;
}

const day = z.string().transform((text, context): PlainDate => {
  const date = parsePlainDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: 'is no date' });
  return z.NEVER;
});
const span = z.object({ from: day, to: day });
const publishedFigures = z.object({
  report: z.string(),
  period: span,
  comparison: span.nullable(),
  asAt: z.iso.datetime().transform((text) => new Date(text)),
  measures: z.record(z.string(), z.record(z.string(), z.json())),
});

/**
 * The public editions of a report that tell of any day that this one tells of, or of any day of a period that they tell of, in the
 * order in which they came out.
 *
 * @param until those alone that came out before this moment; null for all of them
 */
export async function publishedBefore(
  tx: Transaction,
  kind: string,
  { period, comparison }: Pick<Asked, 'period' | 'comparison'>,
  until: Date | null = null,
): Promise<PublishedBefore[]> {
  const { rows } = await sql<{ figures: string }>`
    select figures from service.report_publication where kind = ${kind} and edition = 'public'
      and (${until}::timestamptz is null or published_at < ${until}) order by published_at, id`.execute(tx);
  const published = rows.map(({ figures }) => publishedFigures.parse(JSON.parse(figures)));
  const spans = spansOf({ period, comparison });
  // The other half of a year that is out tells of this half, though they have no day in common.
  const around = published.flatMap((each) => spansOf(each).filter((their) => shares(spans, their)));
  return published.flatMap(({ measures, asAt, ...of }) =>
    spansOf(of).some((their) => shares([...spans, ...around], their))
      ? [{ asked: { period: of.period, comparison: of.comparison, asAt }, shown: measures }]
      : [],
  );
}

const spansOf = ({ period, comparison }: Pick<Asked, 'period' | 'comparison'>): Period[] =>
  comparison ? [period, comparison] : [period];

const shares = (spans: readonly Period[], span: Period): boolean => spans.some((each) => overlap(each, span));

const overlap = (one: Period, other: Period): boolean => one.from <= other.to && other.from <= one.to;

const settings = z.object({
  'smallest-count': z.number().int().min(2),
  'rounding-base': z.number().int().min(2).nullish(),
});

/** How the service had said that counts are to be protected, by a moment. */
export async function protectionAsAt(tx: Transaction, moment: Date): Promise<Protection> {
  const { rows } = await sql<{ name: string; value: unknown }>`
    select distinct on (name) name, value from reference.figure_setting
    where name in ('smallest-count', 'rounding-base') and set_at <= ${moment} order by name, set_at desc`.execute(
    tx,
  );
  const set = settings.parse(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
  const roundTo = set['rounding-base'];
  return { k: set['smallest-count'], ...(roundTo == null ? {} : { roundTo }) };
}
