import { competitionRanks } from './competition-rank.ts';
import type { CountRow, CountTable, Share, ShareRow, Shares, ShareTable, Total } from './measure.ts';
import { change, percent, points } from './percent.ts';
import type { CountRowOf, Window } from './reading.ts';

/** The figures of measures.md, from counts. Without a comparison everything about the previous period is null. */

/** A count in both periods. */
export interface Both {
  readonly current: number;
  /** Null without a comparison. */
  readonly previous: number | null;
}

export interface Keyed {
  readonly key: string;
  readonly label: string;
}

/** How many of the counted rows a test holds for, in each period. */
export function bothOf(
  rows: readonly CountRowOf[],
  compared: boolean,
  holds: (values: readonly string[]) => boolean = () => true,
): Both {
  const sum = (window: Window) =>
    rows.reduce((n, row) => (row.window === window && holds(row.values) ? n + row.count : n), 0);
  return { current: sum('current'), previous: compared ? sum('previous') : null };
}

/** Counts of both periods by the value at one place of the rows. */
export function byKey(rows: readonly CountRowOf[], compared: boolean, place = 0): ReadonlyMap<string, Both> {
  const keys = new Set(rows.map(({ values }) => values[place] ?? 'unknown'));
  return new Map([...keys].map((key) => [key, bothOf(rows, compared, (values) => values[place] === key)]));
}

export const none = (compared: boolean): Both => ({ current: 0, previous: compared ? 0 : null });

export function total({ current, previous }: Both): Total {
  return { current, previous, change: previous === null ? null : change(current, previous) };
}

/** @param ranked whether a row takes a rank: those that do not are beside the table's order, after those that do */
export function countRows(
  rows: readonly (Keyed & Both)[],
  ranked: (key: string) => boolean = () => true,
): CountRow[] {
  const inRank = rows.filter(({ key }) => ranked(key));
  const ranks = competitionRanks(inRank.map(({ current }) => current));
  const previousRanks = competitionRanks(inRank.map(({ previous }) => previous ?? 0));
  const withRanks = inRank.map(({ key, label, ...both }, place) => ({
    key,
    label,
    ...total(both),
    rank: ranks[place] ?? null,
    previousRank: both.previous === null ? null : (previousRanks[place] ?? null),
  }));
  const without = rows
    .filter(({ key }) => !ranked(key))
    .map(({ key, label, ...both }) => ({ key, label, ...total(both), rank: null, previousRank: null }));
  return [...withRanks.sort(byRankThenLabel), ...without];
}

/** A table in its own order, without ranks. */
export function unrankedRows(rows: readonly (Keyed & Both)[]): CountRow[] {
  return countRows(rows, () => false);
}

/** A table whose rows hold each record once. */
export function countTable(rows: readonly CountRow[], all: Both): CountTable {
  return { rows, total: total(all) };
}

function byRankThenLabel(a: CountRow, b: CountRow): number {
  return (a.rank ?? 0) - (b.rank ?? 0) || compareText(a.label, b.label) || compareText(a.key, b.key);
}

/** By code unit: the same on every machine, for ever. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function share(numerator: number, denominator: number): Share {
  return { numerator, denominator, percent: percent(numerator, denominator) };
}

export function shares(part: Both, whole: Both): Shares {
  return {
    current: share(part.current, whole.current),
    previous: part.previous === null || whole.previous === null ? null : share(part.previous, whole.previous),
  };
}

export function shareRow({ key, label }: Keyed, part: Both, whole: Both): ShareRow {
  const of = shares(part, whole);
  return {
    key,
    label,
    ...of,
    points: of.previous === null ? null : points(of.current.percent, of.previous.percent),
  };
}

/** Each key of a list, of all that were counted; keys that the list has not are added, so that nothing is left out. */
export function shareTable(
  list: readonly Keyed[],
  found: ReadonlyMap<string, Both>,
  whole: Both,
  compared: boolean,
): ShareTable {
  return {
    rows: listed(list, found).map((keyed) => shareRow(keyed, found.get(keyed.key) ?? none(compared), whole)),
  };
}

/** The keys of a list, and after them those that were found and are not in it. */
export function listed(list: readonly Keyed[], found: ReadonlyMap<string, Both>): Keyed[] {
  const known = new Set(list.map(({ key }) => key));
  const others = [...found.keys()].filter((key) => !known.has(key)).sort(compareText);
  return [...list, ...others.map((key) => ({ key, label: key === 'unknown' ? 'Not known' : key }))];
}

/** Each key of a list with its counts. */
export function counted(
  list: readonly Keyed[],
  found: ReadonlyMap<string, Both>,
  compared: boolean,
): (Keyed & Both)[] {
  return listed(list, found).map((keyed) => ({ ...keyed, ...(found.get(keyed.key) ?? none(compared)) }));
}

export function keyed(list: readonly { readonly code: string; readonly text: string }[]): Keyed[] {
  return list.map(({ code, text }) => ({ key: code, label: text }));
}
