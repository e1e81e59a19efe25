import { daysBetween } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { computeAll } from '../statistics/compute.ts';
import type { Asked, Fields, Measure, MeasureResult, Period } from '../statistics/measure.ts';
import type { CountedReport } from './counted-report.ts';
import type { Definitions } from './definitions.ts';
import { isObject, type MeasureFigures } from './report-figures.ts';

/** Counts the strategic assessment: every measure of the catalogue, over the whole service. Needs a transaction that may count. */
export async function countAssessment(
  tx: Transaction,
  asked: Asked,
  { measures: { inUse: measures } }: Definitions,
): Promise<CountedReport> {
  const results = await computeAll(tx, asked, measures);
  const { period, comparison } = asked;
  return {
    exact: {
      period,
      comparison,
      measures: Object.fromEntries(measures.flatMap((each) => withShape(each, results))),
    },
    asCounted: (told) => told,
    tell: (disclosure, fields) => ({
      report: 'strategic-assessment',
      period,
      comparison,
      asAt: asked.asAt.toISOString(),
      disclosure,
      measures: Object.fromEntries(
        measures.flatMap((measure) => {
          const result = results.get(measure.id);
          if (!result) return [];
          return [
            [
              measure.id,
              figuresOf(measure, { ...result, fields: fields[measure.id] ?? result.fields }, asked),
            ],
          ];
        }),
      ),
    }),
  };
}

/** Measures without a figure tell nothing. */
function withShape({ id, shape }: Measure, results: ReadonlyMap<string, MeasureResult>) {
  const result = results.get(id);
  return result && result.reason === undefined ? [[id, { shape, fields: result.fields }] as const] : [];
}

const ROUNDING = 'Percentages are whole, rounded half up from the exact fraction.';

/** The figures of one measure as a report tells them: with its words, its rules and its hash. */
export function figuresOf(
  { version, title, definition, rules, shape }: Measure,
  { fields, reason, hash }: MeasureResult,
  { period, comparison }: Asked,
): MeasureFigures {
  const hasShares = [shape.own, ...Object.values(shape.parts ?? {})].some(({ kind }) =>
    kind.includes('share'),
  );
  const notes = notesOf(fields, period, comparison);
  return {
    version,
    title,
    definition,
    ...rules,
    ...(hasShares ? { rounding: ROUNDING } : {}),
    hash,
    ...(reason === undefined ? {} : { reason }),
    ...fields,
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** What must be said on a figure that compares periods of which neither is as long as the other. */
function notesOf(fields: Fields, period: Period, comparison: Period | null): string[] {
  if (comparison === null || !isCompared(fields)) return [];
  const [days, before] = [period, comparison].map(({ from, to }) => daysBetween(from, to) + 1);
  return days === before
    ? []
    : [`The periods are not equally long: ${days} days, compared with ${before} days.`];
}

function isCompared({ total, previous, rows }: Fields): boolean {
  const [row] = Array.isArray(rows) ? rows : [];
  return isObject(total) || isObject(previous) || (isObject(row) && row.previous !== undefined);
}
