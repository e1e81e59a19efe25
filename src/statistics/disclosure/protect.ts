import type { Fields, Json } from '../measure.ts';
import { earlierPublications, type Publication } from './earlier-publications.ts';
import { type Figures, type Place, type Side, type Table, type Visitor, visit } from './figures.ts';
import { hide } from './hide.ts';
import { isSmallShare, type Problem } from './problem.ts';
import { cityOfLondon, type ReportProblem, reportProblem, takesRank } from './report-problem.ts';
import { type Range, rangesOf } from './rule.ts';

export interface Protection {
  /** The smallest count of people that may be told; 0 is told too. */
  readonly k: number;
  /** Counts that are told are told to the nearest multiple of this, halves up. Without it they are told exactly. */
  readonly roundTo?: number;
}

export interface ProtectedReport {
  /** The fields of each measure, as they may be published. */
  readonly measures: Readonly<Record<string, Fields>>;
  /** With `hidden`, what the auditor needs. */
  readonly problem: Problem;
  readonly hidden: ReadonlySet<string>;
  /** What can be worked out whatever is hidden now, from what was published before. */
  readonly exposed: readonly string[];
  /** Faults of the figures: numbers that should agree and do not. */
  readonly disagreements: readonly string[];
}

/**
 * A report as it may be published: what the contract hides is null, and so is all that follows from it.
 *
 * @param before what was published already, which nobody can be made to forget
 */
export function protect(
  figures: Figures,
  protection: Protection,
  before: readonly Publication[] = [],
): ProtectedReport {
  const report = reportProblem(figures, protection.k);
  const problem = earlierPublications(report, before);
  const { hidden, exposed } = hide(problem);
  return {
    measures: visit(figures, new Screen(report, problem, hidden, protection)),
    problem,
    hidden,
    exposed,
    disagreements: report.disagreements,
  };
}

/** Measures of rates and correlations, which are of counts and not of records. */
const OF_EXACT_COUNTS: readonly string[] = ['referrals.disproportionality', 'referrals.deprivation'];

/** Stands between the figures and whoever reads them. */
class Screen implements Visitor {
  readonly #report: ReportProblem;
  readonly #protection: Protection;
  readonly #hidden: ReadonlySet<string>;
  readonly #values: ReadonlyMap<string, number>;
  readonly #ranges: ReadonlyMap<string, Range>;
  /** Places of what is hidden, by measure. */
  readonly #hiddenIn = new Map<string, string[]>();

  constructor(report: ReportProblem, problem: Problem, hidden: ReadonlySet<string>, protection: Protection) {
    this.#report = report;
    this.#protection = protection;
    this.#values = new Map(report.problem.cells.map(({ id, value }) => [id, value]));
    this.#hidden = new Set([...hidden, ...smallAnyway(report.problem)]);
    for (const [path, id] of report.cellAt) {
      if (!this.#hidden.has(id)) continue;
      const [measure = ''] = path.split('/');
      this.#hiddenIn.set(measure, [...(this.#hiddenIn.get(measure) ?? []), path]);
    }
    const ranked = report.tables.flatMap((table) => {
      const rows = table.rows.filter(({ key }) => takesRank(table, key));
      return rows.flatMap(({ current, previous }) => [current, ...(previous === null ? [] : [previous])]);
    });
    this.#ranges = rangesOf(problem, hidden, new Set(ranked.filter((id) => hidden.has(id))));
  }

  count({ path }: Place, value: number): number | null {
    // Of wards, some of which are hidden, no sum is told that nothing else makes safe.
    if (path === 'referrals.deprivation/notInIndex' && this.#hasHidden('referrals.by-ward')) return null;
    const { roundTo } = this.#protection;
    if (this.#hidden.has(this.#report.cellAt.get(path) ?? '')) return null;
    return roundTo === undefined ? value : Math.floor(value / roundTo + 0.5) * roundTo;
  }

  share(): void {}

  table(): void {}

  /** A rank is told when it follows from what is told: then it says nothing more. */
  rank(table: Table, side: Side, key: string, exact: number): number | null {
    const row = table.rows.find((each) => each.key === key);
    const own = row?.[side];
    if (!own || this.#hidden.has(own)) return null;
    const { least, most } = this.#rankOf(table, side, key);
    if (least !== most) return null;
    return this.#protection.roundTo === undefined ? exact : least;
  }

  bands(table: Table, bands: readonly Fields[]): Fields[] {
    const mapped = table.rows.filter(({ key }) => takesRank(table, key) && key !== cityOfLondon);
    const counts = mapped.map(({ current }) => this.#countOf(current));
    const isHidden = mapped.some(({ current }) => this.#hidden.has(current));
    const largest = Math.max(...mapped.map(({ current }) => this.#values.get(current) ?? 0));
    const largestIsHidden = mapped.some(
      ({ current }) => this.#hidden.has(current) && this.#values.get(current) === largest,
    );
    // Natural breaks are counts of boroughs; break points that were set leave no gap between them.
    const areSet = bands.every(
      ({ from }, n) => Number(from) === (n === 0 ? 0 : Number(bands[n - 1]?.to) + 1),
    );
    return bands.map((band, number) => {
      if (isHidden && !areSet) return { ...band, from: null, to: null, boroughs: null };
      const [from, to] = [Number(band.from), number === bands.length - 1 ? Infinity : Number(band.to)];
      const isIn = ({ least, most }: Range) => least >= from && most <= to;
      const isOut = ({ least, most }: Range) => most < from || least > to;
      const isTold = counts.every((count) => isIn(count) || isOut(count));
      const tellsLargest = largestIsHidden && Number(band.to) === largest;
      return {
        ...band,
        to: tellsLargest ? null : (band.to ?? null),
        boroughs: isTold ? counts.filter(isIn).length : null,
      };
    });
  }

  follows(path: string, of: Place | null, fewest: boolean, value: Json): Json {
    const [measure = ''] = path.split('/');
    if (of === null) return this.#followsFromRanks(measure, value);
    // To all its digits, what is worked out of several exact counts tells each of them: rounding them would be in vain.
    if (this.#protection.roundTo !== undefined && OF_EXACT_COUNTS.includes(measure)) return null;
    if (measure === 'referrals.deprivation') return this.#hasHidden('referrals.by-ward') ? null : value;
    if (measure.startsWith('impact.') && this.#hasHidden(measure)) return null;
    const parts = partsOf(of.cell);
    const people = parts.reduce((sum, id) => sum + (this.#values.get(id) ?? 0), 0);
    const isSeen = parts.every((id) => !this.#hidden.has(id)) && !this.#hidden.has(wholeOf(of.cell));
    return isSeen && !(fewest && people < this.#protection.k) ? value : null;
  }

  /** How many of the ten largest are among the ten largest again, if no hidden row could be one of them or not. */
  #followsFromRanks(measure: string, value: Json): Json {
    const table = this.#report.tables.find(({ path }) => path === measure);
    const isTold = table?.rows.every(({ key }) => {
      const [now, before] = [this.#rankOf(table, 'current', key), this.#rankOf(table, 'previous', key)];
      return now.least > 10 || before.least > 10 || (now.most <= 10 && before.most <= 10);
    });
    return isTold ? value : null;
  }

  /** The least and most that a row's rank can be, by what is told. */
  #rankOf(table: Table, side: Side, key: string): Range {
    const ranked = table.rows.filter((row) => takesRank(table, row.key));
    const own = this.#countOf(ranked.find((row) => row.key === key)?.[side]);
    const others = ranked.filter((row) => row.key !== key).map((row) => this.#countOf(row[side]));
    return {
      least: 1 + others.filter(({ least }) => least > own.most).length,
      most: 1 + others.filter(({ most }) => most > own.least).length,
    };
  }

  #countOf(id: string | null | undefined): Range {
    const { roundTo } = this.#protection;
    const value = this.#values.get(id ?? '') ?? 0;
    if (id && this.#hidden.has(id)) return this.#ranges.get(id) ?? { least: 0, most: Infinity };
    const told = roundTo === undefined ? value : Math.floor(value / roundTo + 0.5) * roundTo;
    return { least: told, most: told };
  }

  #hasHidden(measure: string): boolean {
    return this.#hiddenIn.has(measure);
  }
}

/** Small numbers that were told before are not told again, though hiding them hides nothing. */
function smallAnyway({ k, cells, shares }: Problem): string[] {
  const values = new Map(cells.map(({ id, value }) => [id, value]));
  const small = cells.filter(({ people, value }) => people && value > 0 && value < k).map(({ id }) => id);
  const parts = shares.filter(({ part, whole }) =>
    isSmallShare(values.get(part) ?? 0, values.get(whole) ?? 0, k),
  );
  return [...small, ...parts.map(({ part }) => part)];
}

/** The cells of which `property=a|b` tells. */
function partsOf(cell: string): string[] {
  const [, before, values, after] = /^(.* \w+=)([^ ]*\|[^ ]*)(.*)$/.exec(cell) ?? [];
  return values === undefined
    ? [cell]
    : values.split('|').flatMap((value) => partsOf(`${before}${value}${after}`));
}

/** The cell of all records of its kind and days. */
function wholeOf(cell: string): string {
  return cell.replace(/( \w+=.*)$/, '');
}
