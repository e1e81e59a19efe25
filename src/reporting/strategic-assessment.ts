import { daysBetween } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { computeAll } from '../statistics/compute.ts';
import type { Publication } from '../statistics/disclosure/earlier-publications.ts';
import type { Figures } from '../statistics/disclosure/figures.ts';
import { protect } from '../statistics/disclosure/protect.ts';
import type { Asked, Fields, Measure, MeasureResult, Period } from '../statistics/measure.ts';
import { measures } from '../statistics/measures/index.ts';
import { protectionAsAt, publishedBefore } from './published-before.ts';
import type { Edition, MeasureFigures, ReportFigures } from './report-figures.ts';
import { isObject } from './report-figures.ts';

/**
 * The figures of the strategic assessment: every measure of the catalogue, over the whole service. In the public edition what is
 * small is hidden, and whatever else it takes for nobody to find it out, from what was published before too.
 *
 * @param asked its moment settled (`settledMoment`)
 * @param until what was published before this moment is known to everybody; null for all that was
 */
export async function strategicAssessment(
  tx: Transaction,
  asked: Asked,
  disclosure: Edition,
  until: Date | null = null,
): Promise<ReportFigures> {
  const results = await computeAll(tx, asked, measures);
  const shown = disclosure === 'internal' ? null : await shownToEverybody(tx, asked, results, until);
  const figures = Object.fromEntries(
    measures.flatMap((measure) => {
      const result = results.get(measure.id);
      if (!result) return [];
      return [
        [measure.id, figuresOf(measure, { ...result, fields: shown?.[measure.id] ?? result.fields }, asked)],
      ];
    }),
  );
  return {
    report: REPORT,
    period: asked.period,
    comparison: asked.comparison,
    asAt: asked.asAt.toISOString(),
    disclosure,
    measures: figures,
  };
}

const REPORT = 'strategic-assessment';

type Results = ReadonlyMap<string, MeasureResult>;

/** The fields of each measure that has a figure, as they may be published. */
async function shownToEverybody(
  tx: Transaction,
  asked: Asked,
  results: Results,
  until: Date | null,
): Promise<Readonly<Record<string, Fields>>> {
  const published = await publishedBefore(tx, REPORT, asked, until);
  const before: Publication[] = [];
  for (const earlier of published) {
    const then = await computeAll(tx, earlier.asked, measures);
    before.push({ figures: withShapes(earlier.asked, then), shown: earlier.shown });
  }
  const made = protect(withShapes(asked, results), await protectionAsAt(tx, asked.asAt), before);
  if (made.disagreements.length > 0)
    throw new Error(`Figures that should agree do not: ${made.disagreements.join('; ')}`);
  return made.measures;
}

/** What disclosure control goes by: measures without a figure tell nothing. */
function withShapes({ period, comparison }: Asked, results: Results): Figures {
  const told = measures.flatMap(({ id, shape }) => {
    const result = results.get(id);
    return result && result.reason === undefined ? [[id, { shape, fields: result.fields }] as const] : [];
  });
  return { period, comparison, measures: Object.fromEntries(told) };
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
