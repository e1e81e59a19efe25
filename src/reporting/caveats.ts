import { formatDate, formatLondon, londonDate } from '../platform/clock/london-time.ts';
import type { Json, MeasureShape, Period } from '../statistics/measure.ts';
import { reasonsWithoutFigure } from '../statistics/measure.ts';
import { daysOf } from './notable.ts';
import { type NrmMadeSince, nrmMadeSinceInWords } from './nrm-made-since.ts';
import { countInWords } from './number-words.ts';
import { isHidden, isObject, numberOf, type ReportFigures, rowsOf } from './report-figures.ts';

/** What a reader must know before they go by a figure, found in the figures themselves. */
export interface Caveat {
  readonly kind:
    | 'lengths'
    | 'not-over'
    | 'no-comparison'
    | 'empty'
    | 'without-figure'
    | 'population'
    | 'wards'
    | 'none-before'
    | 'made-since'
    | 'definition'
    | 'correction'
    | 'unknown'
    | 'more-than-total'
    | 'small-base'
    | 'hidden';
  readonly words: string;
  /** The measure it is about, where it is about one. */
  readonly measure?: string;
}

/** What a report was before: one of the same kind that was published earlier. */
export interface EarlierReport {
  readonly publishedAt: Date;
  readonly figures: ReportFigures;
}

/** What a caveat is found by besides the figures themselves. */
export interface Told {
  /** What was published before, of the same kind and place. */
  readonly earlier?: readonly EarlierReport[];
  /** The same report by what was recorded since, where a moment that is past was asked for. */
  readonly since?: ReportFigures | null;
  /** Referrals to the National Referral Mechanism that were made in the period and after it; null in a public edition. */
  readonly nrm?: NrmMadeSince | null;
}

/** A percentage of fewer than this moves by more than three points when one record does. */
const SMALL_BASE = 30;
/** How many of what late corrections changed are told one by one. */
const MOST_CORRECTIONS = 20;

type Shaped = { readonly id: string; readonly shape: MeasureShape };

/**
 * The data caveats of a report, in the order in which they are read.
 */
export function caveatsOf(
  figures: ReportFigures,
  measures: readonly Shaped[],
  { earlier = [], since = null, nrm = null }: Told = {},
): Caveat[] {
  return [
    ...ofPeriods(figures),
    ...ofMissingFigures(figures),
    ...ofPopulation(figures),
    ...ofWards(figures),
    ...ofDefinitions(figures, earlier),
    ...(since === null ? [] : correctionsSince(figures, since)),
    ...lateCorrections(figures, earlier),
    ...ofUnknowns(figures, measures),
    ...ofTotals(figures, measures),
    ...ofNoneBefore(figures),
    ...ofNrm(figures, nrm),
    ...ofSmallBases(figures),
    ...ofHidden(figures),
  ];
}

function ofPeriods({ period, comparison, asAt, measures }: ReportFigures): Caveat[] {
  const caveats: Caveat[] = [];
  const counted = londonDate(new Date(asAt));
  if (period.to >= counted)
    caveats.push({
      kind: 'not-over',
      words: `The period was not over when this was counted, on ${formatLondon(new Date(asAt))}: it will have more than is told here.`,
    });
  if (comparison === null)
    caveats.push({
      kind: 'no-comparison',
      words: 'There is no period to compare with, so no change is told.',
    });
  else if (daysOf(period) !== daysOf(comparison))
    caveats.push({
      kind: 'lengths',
      words: `The periods are not equally long: ${daysOf(period)} days, and ${daysOf(comparison)} days before. Changes of counts are of the counts as they are; what is called notable goes by the rate per day.`,
    });
  const total = measures['referrals.total']?.total;
  if (isObject(total) && total.current === 0)
    caveats.push({
      kind: 'empty',
      words:
        'No referral was received in the period: the noughts here are counts, and no percentage can be given of them.',
    });
  return caveats;
}

function ofMissingFigures({ measures }: ReportFigures): Caveat[] {
  return Object.entries(measures).flatMap(([measure, { reason, title }]): Caveat[] =>
    reason === undefined
      ? []
      : [{ kind: 'without-figure', measure, words: `${title} has no figure. ${reasonInWords(reason)}` }],
  );
}

/** Why a measure has no figure, as a sentence. */
export const reasonInWords = (reason: string): string =>
  Object.hasOwn(reasonsWithoutFigure, reason)
    ? reasonsWithoutFigure[reason as keyof typeof reasonsWithoutFigure]
    : `It cannot be given (${reason}).`;

/** The ages whom the service is for. */
const AGES = { from: 10, to: 25 };

/** The population that rates are of, where it is not that of the year and of the ages whom the service is for. */
function ofPopulation({ measures, period }: ReportFigures): Caveat[] {
  return Object.entries(measures).flatMap(([measure, figures]): Caveat[] => {
    const { population, title } = figures;
    if (!isObject(population)) return [];
    const { year, ageFrom, ageTo } = population;
    const faults: string[] = [];
    const years = [period.from, period.to].map((day) => Number(day.slice(0, 4)));
    if (typeof year === 'number' && !years.includes(year)) faults.push(`of ${year}, and not of the period`);
    if (typeof ageFrom !== 'number' || typeof ageTo !== 'number') faults.push('of all ages');
    else if (ageFrom !== AGES.from || ageTo !== AGES.to)
      faults.push(`of ages ${ageFrom} to ${ageTo}, and not of ${AGES.from} to ${AGES.to}`);
    return faults.length === 0
      ? []
      : [
          {
            kind: 'population',
            measure,
            words: `${title}: the population (${String(population.source)}, ${String(population.edition)}) is ${faults.join(', and ')}.`,
          },
        ];
  });
}

/** Wards of which nobody told the name, and those that an index of another edition does not know. */
function ofWards({ measures }: ReportFigures): Caveat[] {
  const unnamed = Object.entries(measures).flatMap(([measure, figures]): Caveat[] => {
    const wards = rowsOf(figures).filter(({ key }) => /^E05\d{6}$/.test(String(key)));
    const without = wards.filter(({ key, label }) => label === key).length;
    if (without === 0) return [];
    const words =
      without === wards.length
        ? 'no list of wards was imported, so wards are told by their codes and there is no map of them'
        : `${countInWords(without)} of ${countInWords(wards.length)} wards are in no list that was imported, and are told by their codes`;
    return [{ kind: 'wards', measure, words: `${figures.title}: ${words}.` }];
  });
  return [...unnamed, ...ofIndex(measures)];
}

function ofIndex(measures: ReportFigures['measures']): Caveat[] {
  return Object.entries(measures).flatMap(([measure, { notInIndex, edition, title }]): Caveat[] => {
    const count = numberOf(notInIndex);
    return count === null || count === 0
      ? []
      : [
          {
            kind: 'wards',
            measure,
            words: `${title}: ${countInWords(count)} referrals name no ward of the index (${String(edition)}), or none at all, and are in none of it.`,
          },
        ];
  });
}

function ofDefinitions({ measures }: ReportFigures, earlier: readonly EarlierReport[]): Caveat[] {
  const caveats: Caveat[] = [];
  for (const [measure, { version, title }] of Object.entries(measures)) {
    const other = earlier.find(({ figures }) => (figures.measures[measure]?.version ?? version) !== version);
    if (other)
      caveats.push({
        kind: 'definition',
        measure,
        words: `${title} is counted by version ${version} of its definition; in the report that was published on ${formatDate(londonDate(other.publishedAt))} it was version ${other.figures.measures[measure]?.version}. The two are not to be compared.`,
      });
  }
  return caveats;
}

/** One number of a figure, and the way to it: names of fields and keys of rows. */
interface Count {
  readonly measure: string;
  readonly title: string;
  readonly label: string | null;
  readonly value: number;
}

/** The counts of one of a report's periods, by what they are of. */
function countsOf({ measures }: ReportFigures, which: 'current' | 'previous'): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const [measure, figures] of Object.entries(measures)) {
    const tell = (at: Json | undefined, key: string, label: string | null) => {
      if (!isObject(at)) return;
      const figure = at[which];
      const value = isObject(figure) ? numberOf(figure.numerator) : numberOf(figure);
      if (value !== null) counts.set(`${measure} ${key}`, { measure, title: figures.title, label, value });
    };
    tell(figures.total, 'total', null);
    tell(figures, 'itself', null);
    for (const row of rowsOf(figures)) tell(row, `row ${String(row.key)}`, String(row.label));
  }
  return counts;
}

/** A count that two reports of the same days tell unlike each other. */
interface Changed extends Count {
  readonly other: number;
  readonly when: string;
}

/** Only what both tell; a figure by another version of its definition is no correction. */
function changed(
  figures: ReportFigures,
  which: 'current' | 'previous',
  other: ReportFigures,
  otherwise: 'current' | 'previous',
): Changed[] {
  const others = countsOf(other, otherwise);
  const when = which === 'current' ? 'in this period' : 'in the period before';
  return [...countsOf(figures, which)].flatMap(([key, count]) => {
    const theirs = others.get(key);
    const isSameVersion = other.measures[count.measure]?.version === figures.measures[count.measure]?.version;
    return theirs && theirs.value !== count.value && isSameVersion
      ? [{ ...count, other: theirs.value, when }]
      : [];
  });
}

const nameOf = ({ title, label, when }: Changed): string =>
  `${label === null ? title : `${title}, ${label}`}, ${when}`;

/**
 * What corrections changed that were entered after a report was published: its figures of a period that this one tells of
 * too, now as its own period or as the one before.
 */
export function lateCorrections(figures: ReportFigures, earlier: readonly EarlierReport[]): Caveat[] {
  const caveats = earlier.flatMap(({ figures: before, publishedAt }) =>
    (['current', 'previous'] as const).flatMap((which) => {
      const was = whichPeriod(before, which === 'current' ? figures.period : figures.comparison);
      if (was === null) return [];
      return changed(figures, which, before, was).map(
        (count): Caveat => ({
          kind: 'correction',
          measure: count.measure,
          words: `${nameOf(count)}: ${countInWords(count.value)}; it was ${countInWords(count.other)} in the report that was published on ${formatDate(londonDate(publishedAt))}. Records were entered or corrected since.`,
        }),
      );
    }),
  );
  return withMost(caveats, 'figures of reports that were published before have changed since');
}

/** What was entered or corrected after the moment that a report is as at, by the same report of a later one. */
export function correctionsSince(figures: ReportFigures, since: ReportFigures): Caveat[] {
  const moment = formatLondon(new Date(since.asAt));
  const caveats = (['current', 'previous'] as const).flatMap((which) =>
    changed(figures, which, since, which).map(
      (count): Caveat => ({
        kind: 'correction',
        measure: count.measure,
        words: `${nameOf(count)}: ${countInWords(count.value)} here; by what was recorded up to ${moment} it is ${countInWords(count.other)}. Records were entered or corrected since.`,
      }),
    ),
  );
  return withMost(caveats, 'figures are others by what was recorded since');
}

function withMost(caveats: Caveat[], words: string): Caveat[] {
  const more = caveats.length - MOST_CORRECTIONS;
  return more <= 0
    ? caveats
    : [
        ...caveats.slice(0, MOST_CORRECTIONS),
        { kind: 'correction', words: `${countInWords(more)} more ${words}.` },
      ];
}

function whichPeriod(before: ReportFigures, period: Period | null): 'current' | 'previous' | null {
  const same = (other: Period | null) => other?.from === period?.from && other?.to === period?.to;
  if (period === null) return null;
  if (same(before.period)) return 'current';
  return same(before.comparison) ? 'previous' : null;
}

function ofUnknowns({ measures }: ReportFigures, shaped: readonly Shaped[]): Caveat[] {
  return shaped.flatMap(({ id }): Caveat[] => {
    const measure = measures[id];
    const row = rowsOf(measure).find(({ key }) => key === 'unknown');
    if (!measure || !row) return [];
    const { current, previous } = row;
    if (isObject(current)) {
      const percent = numberOf(current.percent);
      const numerator = numberOf(current.numerator);
      if (percent === null || numerator === null || numerator === 0) return [];
      const before = isObject(previous) ? numberOf(previous.percent) : null;
      return [
        {
          kind: 'unknown',
          measure: id,
          words: `${measure.title}: not known for ${countInWords(numerator)} of ${countInWords(numberOf(current.denominator) ?? 0)} (${percent}%${before === null ? '' : `; ${before}% before`}). They stay in the denominator.`,
        },
      ];
    }
    const count = numberOf(current);
    return count === null || count === 0
      ? []
      : [
          {
            kind: 'unknown',
            measure: id,
            words: `${measure.title}: not known for ${countInWords(count)}, who are in the total and in no other row.`,
          },
        ];
  });
}

function ofTotals({ measures }: ReportFigures, shaped: readonly Shaped[]): Caveat[] {
  return shaped.flatMap(({ id, shape }): Caveat[] => {
    const measure = measures[id];
    if (!measure || shape.own.kind !== 'count-table' || !isObject(measure.total)) return [];
    const total = numberOf(measure.total.current);
    const rows = rowsOf(measure).map((row) => numberOf(row.current));
    if (total === null || rows.includes(null)) return [];
    const sum = rows.reduce<number>((all, count) => all + (count ?? 0), 0);
    return sum <= total
      ? []
      : [
          {
            kind: 'more-than-total',
            measure: id,
            words: `${measure.title}: the rows come to ${countInWords(sum)} and the total is ${countInWords(total)}, as somebody can be in several rows and is in the total once.`,
          },
        ];
  });
}

/** What began to be recorded since: that there were none before is not known. */
function ofNoneBefore({ measures }: ReportFigures): Caveat[] {
  return Object.entries(measures).flatMap(([measure, { total, title }]): Caveat[] =>
    isObject(total) && total.previous === 0 && numberOf(total.current) !== 0
      ? [
          {
            kind: 'none-before',
            measure,
            words: `${title}: none is recorded in the period before, so no change is told.`,
          },
        ]
      : [],
  );
}

const NRM = 'nrm.decisions';

/** Two more than an exact number, or two fewer, is a small number: a public edition is not told. */
function ofNrm({ measures, disclosure }: ReportFigures, nrm: NrmMadeSince | null): Caveat[] {
  const measure = measures[NRM];
  if (measure === undefined || nrm === null || disclosure === 'public') return [];
  const words = nrmMadeSinceInWords(nrm);
  return words === null ? [] : [{ kind: 'made-since', measure: NRM, words: `${measure.title}: ${words}` }];
}

function ofSmallBases({ measures }: ReportFigures): Caveat[] {
  const small = Object.values(measures).filter((measure) =>
    [measure, ...rowsOf(measure)].some(({ current }) => {
      const denominator = isObject(current) ? numberOf(current.denominator) : null;
      return denominator !== null && denominator > 0 && denominator < SMALL_BASE;
    }),
  );
  return small.length === 0
    ? []
    : [
        {
          kind: 'small-base',
          words: `Some percentages are of fewer than ${SMALL_BASE}, and move by several points when one record does: see the numbers beside them. They are in: ${small.map(({ title }) => title).join('; ')}.`,
        },
      ];
}

function ofHidden(figures: ReportFigures): Caveat[] {
  return figures.disclosure === 'public'
    ? [
        {
          kind: 'hidden',
          words: anythingHidden(figures.measures as Json)
            ? 'Small numbers are not published, as they could tell of somebody. Other numbers are left out with them, where the small ones could be worked out from those; where a number is left out, nothing tells which of the two it is.'
            : 'No number had to be left out to protect anybody.',
        },
      ]
    : [];
}

function anythingHidden(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(anythingHidden);
  return isObject(value) && (isHidden(value) || Object.values(value).some(anythingHidden));
}
