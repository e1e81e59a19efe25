import type { Both, Keyed } from '../count.ts';
import { counted, countRows, countTable, shares } from '../count.ts';
import type { Asked, CountRow, Fields } from '../measure.ts';
import type { Individuals } from '../readings/events.ts';
import { openKeys } from './referral-words.ts';

/** Individuals of each period, each once, with one key or whatever their key. */
export function individualsIn(rows: readonly Individuals[], compared: boolean, key = 'all'): Both {
  const count = (window: Individuals['window']) =>
    rows.find((row) => row.window === window && row.key === key)?.individuals ?? 0;
  return { current: count('current'), previous: compared ? count('previous') : null };
}

export function individualsByKey(rows: readonly Individuals[], compared: boolean): ReadonlyMap<string, Both> {
  return new Map(rows.map(({ key }) => [key, individualsIn(rows, compared, key)]));
}

const TOP = 10;

/** A table of forces or towns: blanks are left out, and how many have one is said beside. */
export function tableOfRecorded(
  read: {
    readonly found: readonly Individuals[];
    readonly everybody: readonly Individuals[];
    readonly withOne: readonly Individuals[];
  },
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
    recorded: { ...shares(individualsIn(read.withOne, compared, 'recorded'), everybody) },
    retainedTopTen: compared ? rows.filter(isRetained).length : null,
  };
}

function isRetained({ rank, previousRank }: CountRow): boolean {
  return rank !== null && previousRank !== null && rank <= TOP && previousRank <= TOP;
}
