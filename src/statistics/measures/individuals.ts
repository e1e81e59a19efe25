import type { Both, Keyed } from '../count.ts';
import { counted, countRows, countTable, shares, shareTable } from '../count.ts';
import type { Asked, CountRow, Fields } from '../measure.ts';
import type { Window } from '../reading.ts';
import type { EveryIndividual, Individuals } from '../readings/events.ts';
import { openKeys } from './referral-words.ts';

/** Individuals of each period, each once, of whom something holds. */
export function individualsIn(
  rows: readonly EveryIndividual[],
  compared: boolean,
  holds: (row: EveryIndividual) => boolean = () => true,
): Both {
  return both(compared, (window) =>
    rows
      .filter((row) => row.window === window && holds(row))
      .reduce((sum, { individuals }) => sum + individuals, 0),
  );
}

function both(compared: boolean, count: (window: Window) => number): Both {
  return { current: count('current'), previous: compared ? count('previous') : null };
}

/** @param named what is counted together */
export function individualsByKey(
  rows: readonly Individuals[],
  compared: boolean,
  named: (key: string) => string = (key) => key,
): ReadonlyMap<string, Both> {
  const countOf = (window: Window, name: string) =>
    rows.reduce(
      (sum, row) => (row.window === window && named(row.key) === name ? sum + row.individuals : sum),
      0,
    );
  const names = new Set(rows.map(({ key }) => named(key)));
  return new Map([...names].map((name) => [name, both(compared, (window) => countOf(window, name))]));
}

/** The individuals of each period, each in the one row that `named` says: what of them is in each. */
export function sharesOfIndividuals(
  keys: readonly Keyed[],
  read: { readonly found: readonly Individuals[]; readonly everybody: readonly EveryIndividual[] },
  named: (key: string) => string,
  { comparison }: Asked,
): Fields {
  const compared = comparison !== null;
  return {
    ...shareTable(
      keys,
      individualsByKey(read.found, compared, named),
      individualsIn(read.everybody, compared),
      compared,
    ),
  };
}

const TOP = 10;

/** A table of forces or towns: blanks are left out, and how many have one is said beside. */
export function tableOfRecorded(
  read: {
    readonly found: readonly Individuals[];
    readonly everybody: readonly EveryIndividual[];
  },
  isRecorded: (row: EveryIndividual) => boolean,
  label: (key: string) => string,
  { comparison }: Asked,
): Fields {
  const compared = comparison !== null;
  const found = individualsByKey(
    read.found.filter(({ key }) => key !== 'unknown'),
    compared,
  );
  const keys: Keyed[] = openKeys(found.keys(), label);
  const rows = countRows(counted(keys, found, compared));
  const everybody = individualsIn(read.everybody, compared);
  return {
    ...countTable(rows, everybody),
    recorded: { ...shares(individualsIn(read.everybody, compared, isRecorded), everybody) },
    retainedTopTen: compared ? rows.filter(isRetained).length : null,
  };
}

function isRetained({ rank, previousRank }: CountRow): boolean {
  return rank !== null && previousRank !== null && rank <= TOP && previousRank <= TOP;
}
