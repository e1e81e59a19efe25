import { daysBetween } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { computeAll } from '../statistics/compute.ts';
import type { Asked, Fields, Measure, MeasureResult, Period } from '../statistics/measure.ts';
import { measures } from '../statistics/measures/index.ts';
import type { Edition, MeasureFigures, ReportFigures } from './report-figures.ts';
import { isObject } from './report-figures.ts';

/**
 * The figures of the strategic assessment: every measure of the catalogue, over the whole service.
 *
 * @param asked its moment settled (`settledMoment`)
 * @throws Refusal where the edition cannot be made
 */
export async function strategicAssessment(
  tx: Transaction,
  asked: Asked,
  disclosure: Edition,
): Promise<ReportFigures> {
  const results = await computeAll(tx, asked, measures);
  const figures = Object.fromEntries(
    measures.flatMap((measure) => {
      const result = results.get(measure.id);
      return result ? [[measure.id, figuresOf(measure, result, asked)]] : [];
    }),
  );
  const internal: ReportFigures = {
    report: 'strategic-assessment',
    period: asked.period,
    comparison: asked.comparison,
    asAt: asked.asAt.toISOString(),
    disclosure: 'internal',
    measures: figures,
  };
  if (disclosure === 'internal') return internal;
  throw new Refusal('Figures cannot be protected for publication yet: ask for --disclosure internal');
}

const ROUNDING = 'Percentages are whole, rounded half up from the exact fraction.';

function figuresOf(
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
