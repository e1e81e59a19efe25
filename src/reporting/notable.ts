import { daysBetween } from '../platform/clock/plain-date.ts';
import type { Json, MeasureShape, Period, Shape } from '../statistics/measure.ts';
import { type Signal, xmr } from '../statistics/xmr.ts';
import { rateRatioInterval, shareDifferenceInterval } from './change-interval.ts';
import { monthInWords } from './month-words.ts';
import { changeInWords, countInWords, pointsInWords } from './number-words.ts';
import { isObject, type MeasureFigures, numberOf, type ReportFigures, rowsOf } from './report-figures.ts';

/** A rise or a fall that a rule found: nobody chose it by eye. */
export interface Notable {
  readonly measure: string;
  /** The row of the measure's table; null where the whole measure changed. */
  readonly key: string | null;
  readonly rule: 'interval' | 'signal';
  readonly direction: 'rise' | 'fall';
  readonly words: string;
}

export interface NotableChanges {
  readonly found: readonly Notable[];
  /** How many changes were tried: one in twenty passes by chance alone. */
  readonly tried: number;
}

/** Fewer records than this tell nothing: of a share, of those that are the share of it. */
const LEAST = 10;

type Shaped = { readonly id: string; readonly shape: MeasureShape };

/**
 * The notable rises and falls of a report: a change whose 95% interval excludes no change, with at least 10 records behind
 * it; a month that an XmR chart signals. What is hidden is not tried. Figures of everything up to a day, or as things stood
 * on one, are not tried either: theirs is no comparison of two periods.
 */
export function notableChanges(figures: ReportFigures, measures: readonly Shaped[]): NotableChanges {
  const { period, comparison } = figures;
  const found: Notable[] = [];
  /** Where each change of a whole stands in `found`, by what changed from how many to how many. */
  const wholes = new Map<string, number>();
  let tried = 0;
  for (const { id, shape } of measures) {
    const measure = figures.measures[id];
    if (!measure || measure.reason !== undefined) continue;
    if (isByMonth(shape.own)) {
      found.push(...monthSignals(id, measure.title, rowsOf(measure), figures));
      continue;
    }
    if (comparison === null) continue;
    const own = shape.own.kind === 'total' ? measure.total : measure;
    const changes = changesIn(own, shape.own, period, comparison);
    const whole = totalOf(measure, shape.own, period, comparison);
    // Of what began to be recorded since, everything has risen: that is said once, among the caveats.
    if (whole?.before === 0) continue;
    tried += changes.filter(({ change }) => change !== null).length;
    const notable = changes.flatMap(({ change, ...row }) =>
      change?.direction ? [{ ...row, direction: change.direction, words: change.words }] : [],
    );
    const goesWith = notable.filter(({ direction }) => direction === whole?.change?.direction);
    const rowsWith =
      whole?.change?.direction && goesWith.length > 0
        ? `${namesOf(goesWith)} ${whole.change.direction === 'rise' ? 'rose' : 'fell'} with it`
        : null;
    const of = wholeIn(measure, shape.own);
    const told = of === null ? undefined : wholes.get(of);
    const first = told === undefined ? undefined : found[told];
    if (of !== null && first === undefined && whole?.change?.direction && rowsWith !== null)
      wholes.set(of, found.length);
    if (told !== undefined && first !== undefined && rowsWith !== null)
      found[told] = { ...first, words: `${first.words}. ${measure.title}: ${rowsWith}` };
    else if (whole?.change?.direction && rowsWith !== null)
      found.push({
        measure: id,
        key: null,
        rule: 'interval',
        direction: whole.change.direction,
        words: `${measure.title}, all together: ${whole.change.words}. ${rowsWith}`,
      });
    const [one, other] = notable;
    if (one && other && notable.length === 2 && areTwoSides(own, shape.own, one.key, other.key)) {
      const words = `${measure.title}, ${one.label}: ${one.words}. ${other.label} went the other way`;
      found.push({ measure: id, key: one.key, rule: 'interval', direction: one.direction, words });
      continue;
    }
    for (const { key, label, direction, words } of notable) {
      if (direction === whole?.change?.direction) continue;
      if (of !== null && key === null) wholes.set(of, found.length);
      const about = label === null ? measure.title : `${measure.title}, ${label}`;
      found.push({ measure: id, key, rule: 'interval', direction, words: `${about}: ${words}` });
    }
  }
  return { found, tried };
}

/** What a whole counts, and from how many to how many it changed: another table of the same tells the same change. */
function wholeIn({ total }: MeasureFigures, shape: Shape): string | null {
  if ((shape.kind !== 'count-table' && shape.kind !== 'total') || !isObject(total)) return null;
  return JSON.stringify([shape.of.records, total.current, total.previous]);
}

/** The least that two parts are of all for the rise of one to be the fall of the other. */
const NEARLY_ALL = 0.95;

function areTwoSides(figure: Json | undefined, shape: Shape, ...keys: readonly (string | null)[]): boolean {
  if (shape.kind !== 'share-table' || !shape.exclusive || shape.part) return false;
  const rows = rowsOf(figure).filter(({ key }) => keys.some((each) => each === key));
  return (['current', 'previous'] as const).every((side) => {
    const shares = rows.flatMap((row) => shareOf(row[side]) ?? []);
    const together = shares.reduce((sum, { numerator }) => sum + numerator, 0);
    return shares.length === 2 && together >= NEARLY_ALL * (shares[0]?.denominator ?? 0);
  });
}

/** How a whole table changed, where its rows are parts of it: that they went the same way is no news of each. */
function totalOf({ total }: MeasureFigures, shape: Shape, period: Period, before: Period) {
  if (shape.kind !== 'count-table' || !isObject(total)) return null;
  return { change: changeOfCount(total, period, before), before: numberOf(total.previous) };
}

const MOST_NAMED = 6;

function namesOf(rows: readonly { readonly label: string | null }[]): string {
  const names = rows.slice(0, MOST_NAMED).map(({ label }) => label);
  const more = rows.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more`;
  const last = names.pop();
  return names.length === 0 ? String(last) : `${names.join(', ')} and ${last}`;
}

const isByMonth = (shape: Shape): boolean => shape.kind === 'count-table' && shape.by === 'month';

interface Tried {
  /** Null when the interval does not exclude no change. */
  readonly direction: 'rise' | 'fall' | null;
  readonly words: string;
}

interface TriedRow {
  readonly key: string | null;
  readonly label: string | null;
  readonly change: Tried | null;
}

function changesIn(figure: Json | undefined, shape: Shape, period: Period, before: Period): TriedRow[] {
  switch (shape.kind) {
    case 'total':
      return shape.of.window === undefined || shape.of.window === 'period'
        ? [{ key: null, label: null, change: changeOfCount(figure, period, before) }]
        : [];
    case 'count-table':
      return shape.of.window === undefined || shape.of.window === 'period'
        ? rowsOf(figure).map((row) => ({ ...nameOf(row), change: changeOfCount(row, period, before) }))
        : [];
    case 'share':
      return [{ key: null, label: null, change: changeOfShare(figure) }];
    case 'share-table':
      return rowsOf(figure).map((row) => ({ ...nameOf(row), change: changeOfShare(row) }));
    default:
      return [];
  }
}

const nameOf = (row: Readonly<Record<string, Json | undefined>>) => ({
  key: String(row.key),
  label: String(row.label),
});

function changeOfCount(row: Json | undefined, period: Period, before: Period): Tried | null {
  if (!isObject(row)) return null;
  const [current, previous] = [numberOf(row.current), numberOf(row.previous)];
  if (current === null || previous === null || current + previous < LEAST) return null;
  const interval = rateRatioInterval(
    { count: current, days: daysOf(period) },
    { count: previous, days: daysOf(before) },
  );
  if (!interval) return null;
  const change = numberOf(row.change);
  const told = change === null ? '' : `, ${changeInWords(change)}`;
  const [days, daysBefore] = [daysOf(period), daysOf(before)];
  // Of periods unlike in length by more than a leap day, fewer may be a rise: what is told is how many in how many days.
  const counts =
    Math.abs(days - daysBefore) > 1
      ? `${countInWords(current)} in ${countInWords(days)} days, from ${countInWords(previous)} in ${countInWords(daysBefore)}`
      : `${countInWords(current)}${told} from ${countInWords(previous)}`;
  const high = Number.isFinite(interval.high) ? `and ${interval.high.toFixed(2)}` : 'and any number of';
  return {
    direction: interval.low > 1 ? 'rise' : interval.high < 1 ? 'fall' : null,
    words: `${counts}; between ${interval.low.toFixed(2)} ${high} times the rate before`,
  };
}

function changeOfShare(row: Json | undefined): Tried | null {
  if (!isObject(row)) return null;
  const [now, before] = [shareOf(row.current), shareOf(row.previous)];
  if (!now || !before || now.denominator < LEAST || before.denominator < LEAST) return null;
  if (now.numerator + before.numerator < LEAST) return null;
  const interval = shareDifferenceInterval(now, before);
  if (!interval) return null;
  const points = now.percent - before.percent;
  return {
    direction: interval.low > 0 ? 'rise' : interval.high < 0 ? 'fall' : null,
    words: `${now.percent}% (${countInWords(now.numerator)} of ${countInWords(now.denominator)}), ${pointsInWords(points)} from ${before.percent}%; the difference is between ${inPoints(interval.low)} and ${inPoints(interval.high)} points`,
  };
}

const inPoints = (fraction: number): string => (fraction * 100).toFixed(1).replace('-', '−');

function shareOf(share: Json | undefined) {
  if (!isObject(share)) return null;
  const [numerator, denominator, percent] = [share.numerator, share.denominator, share.percent].map(numberOf);
  return numerator == null || denominator == null || percent == null
    ? null
    : { numerator, denominator, percent };
}

/** How many days a period has, both ends included. */
export const daysOf = ({ from, to }: Period): number => daysBetween(from, to) + 1;

const signalInWords: Readonly<Record<Signal, string>> = {
  outside: 'beyond the limits of usual variation',
  trend: 'of seven months or more in a row that go the same way',
  'two-in-three': 'two of three months near a limit of usual variation',
  'one-side': 'of seven months or more in a row on one side of the average',
};

interface Signalled {
  readonly signal: Signal;
  readonly side: 'above' | 'below';
  readonly months: { readonly key: string; readonly value: number }[];
}

/** Months that are no usual variation, with the year before in front where the two follow one another. */
function monthSignals(
  id: string,
  title: string,
  rows: ReturnType<typeof rowsOf>,
  { period, comparison }: ReportFigures,
): Notable[] {
  const follows = comparison !== null && daysBetween(comparison.to, period.from) === 1 && rows.length === 12;
  const current = rows.map((row) => numberOf(row.current));
  const values = follows ? [...rows.map((row) => numberOf(row.previous)), ...current] : current;
  if (values.length < LEAST) return [];
  const chart = xmr(values);
  if (!chart) return [];
  const offset = values.length - current.length;
  const signalled: Signalled[] = [];
  for (const [n, row] of rows.entries()) {
    const { signal = null, side = null, value = null } = chart.points[offset + n] ?? {};
    if (signal === null || side === null || value === null) continue;
    const month = { key: String(row.key), value };
    const last = signalled.at(-1);
    const goesOn =
      last?.signal === signal && last.side === side && last.months.at(-1)?.key === rows[n - 1]?.key;
    // Each month beyond a limit is told by itself; those of a run are one finding.
    if (goesOn && signal !== 'outside') last.months.push(month);
    else signalled.push({ signal, side, months: [month] });
  }
  const limits = `average ${countInWords(chart.mean)} a month, usually ${countInWords(Math.max(0, chart.lowerLimit))} to ${countInWords(chart.upperLimit)}`;
  return signalled.map(({ signal, side, months }): Notable => {
    const [first, last] = [months[0], months.at(-1)].map((month) => monthInWords(month?.key ?? ''));
    const when = first === last ? first : `${first} to ${last}`;
    const counts = months.map(({ value }) => countInWords(value)).join(', ');
    return {
      measure: id,
      key: months[0]?.key ?? null,
      rule: 'signal',
      direction: side === 'above' ? 'rise' : 'fall',
      words: `${title}, ${when}: ${counts}; ${signalInWords[signal]} (${limits})`,
    };
  });
}
