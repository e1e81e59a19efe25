import { addDays } from '../../platform/clock/plain-date.ts';
import type { Span } from './figures.ts';
import type { Cell, Relation } from './problem.ts';

/** A count of what happened on some days. */
export interface Spanned {
  readonly id: string;
  readonly value: number;
  readonly span: Span;
  /** Whether the report that is to be published tells it, and not only an earlier one. */
  readonly isOwn: boolean;
}

/** Before everything: where counts of everything up to a day begin. */
const beginning = '';

/**
 * What anybody knows of counts of the same things in periods that nest or overlap: time is cut wherever one of them begins or
 * ends, and each count is the sum of its pieces. Quarters make up their year; a financial and a calendar year share nine
 * months. Pieces that were never counted by themselves are cells that stand nowhere. What does not add up, because something was
 * recorded late or corrected between two publications, is known by which is more alone.
 *
 * @param spanned of each family and days one count, the newest
 */
export function acrossPeriods(spanned: readonly Spanned[]): { cells: Cell[]; relations: Relation[] } {
  const families = new Map<string, Spanned[]>();
  for (const each of spanned)
    families.set(each.span.family, [...(families.get(each.span.family) ?? []), each]);
  const cells: Cell[] = [];
  const relations: Relation[] = [];
  for (const [family, members] of families) {
    // What the periods of one report have to do with each other is known with that report.
    if (members.length < 2 || members.every(({ isOwn }) => isOwn)) continue;
    const found = members[0]?.span.adds ? asPieces(family, members) : asDistinct(members);
    cells.push(...found.cells);
    relations.push(...found.relations);
  }
  return { cells, relations };
}

/** The first day, and the first day after: from one boundary to another. */
const boundsOf = ({ from, to }: Span): { begin: string; end: string } => ({
  begin: from ?? beginning,
  end: addDays(to, 1),
});

const contains = (outer: Span, inner: Span): boolean => {
  const [a, b] = [boundsOf(outer), boundsOf(inner)];
  return a.begin <= b.begin && b.end <= a.end && (a.begin !== b.begin || a.end !== b.end);
};

function asPieces(
  family: string,
  members: readonly Spanned[],
): { cells: readonly Cell[]; relations: readonly Relation[] } {
  const boundaries = [
    ...new Set(members.flatMap(({ span }) => [boundsOf(span).begin, boundsOf(span).end])),
  ].sort();
  const place = new Map(boundaries.map((boundary, at) => [boundary, at]));
  const placed = members.map((each) => ({
    ...each,
    begin: place.get(boundsOf(each.span).begin) ?? 0,
    end: place.get(boundsOf(each.span).end) ?? 0,
  }));
  // What is to be published is as it is now; of the others the longest tell most.
  const order = [...placed].sort(
    (a, b) => Number(b.isOwn) - Number(a.isOwn) || b.end - b.begin - (a.end - a.begin),
  );
  let agreeing: typeof placed = [];
  let sums = boundaries.map(() => 0);
  const others: typeof placed = [];
  for (const each of order) {
    const found = sumsFor(boundaries.length, [...agreeing, each]);
    if (found) [agreeing, sums] = [[...agreeing, each], found];
    else others.push(each);
  }
  const alone = new Map(
    agreeing.flatMap(({ id, begin, end }) => (end === begin + 1 ? [[begin, id] as const] : [])),
  );
  const pieces = new Map<number, Cell>();
  const relations = agreeing.flatMap(({ id, begin, end }): Relation[] => {
    const same = end === begin + 1 ? alone.get(begin) : undefined;
    if (same !== undefined) return same === id ? [] : [{ plus: [same], minus: [id], is: 'equal', by: 0 }];
    const plus = Array.from({ length: end - begin }, (_, n) => {
      const at = begin + n;
      const own = alone.get(at);
      if (own !== undefined) return own;
      const piece = `${family}, from ${boundaries[at]} and before ${boundaries[at + 1]}`;
      const value = (sums[at + 1] ?? 0) - (sums[at] ?? 0);
      pieces.set(at, { id: piece, value, standing: 'unpublished', people: true, keep: 0 });
      return piece;
    });
    return [{ plus, minus: [id], is: 'equal', by: 0 }];
  });
  const inOrder = others.flatMap((each) => [...agreeing, ...others].flatMap((other) => nested(each, other)));
  return { cells: [...pieces.values()], relations: [...relations, ...inOrder] };
}

/**
 * What can have happened before each boundary so that every count is the difference between its ends, and nothing happened less
 * than not at all: the shortest ways through a graph (Bellman and Ford), which are whole numbers.
 *
 * @returns null when nothing can
 */
function sumsFor(
  count: number,
  spans: readonly { readonly begin: number; readonly end: number; readonly value: number }[],
): number[] | null {
  // sums[to] is at most sums[from] + by.
  const ways = spans.flatMap(({ begin, end, value }) => [
    { from: begin, to: end, by: value },
    { from: end, to: begin, by: -value },
  ]);
  for (let at = 1; at < count; at += 1) ways.push({ from: at, to: at - 1, by: 0 });
  const sums = Array.from({ length: count }, () => 0);
  for (let round = 0; round <= count; round += 1) {
    let changed = false;
    for (const { from, to, by } of ways) {
      const most = (sums[from] ?? 0) + by;
      if ((sums[to] ?? 0) <= most) continue;
      sums[to] = most;
      changed = true;
    }
    if (!changed) return sums;
  }
  return null;
}

/** Of individuals, each is counted once: whoever is in a part is in the whole, and whoever is in the whole is in some part. */
function asDistinct(members: readonly Spanned[]): { cells: readonly Cell[]; relations: readonly Relation[] } {
  const relations = members.flatMap((each) =>
    members.flatMap((other) => (contains(other.span, each.span) ? nested(each, other) : [])),
  );
  for (const whole of members) {
    const parts = members.filter(({ span }) => contains(whole.span, span));
    const cover = coverOf(whole.span, parts);
    const sum = cover?.reduce((all, { value }) => all + value, 0) ?? 0;
    if (cover && whole.value <= sum)
      relations.push({ plus: [whole.id], minus: cover.map(({ id }) => id), is: 'at-most', by: 0 });
  }
  return { cells: [], relations };
}

/** Parts that leave no day of a whole out, each the one that reaches furthest; null when there are none. */
function coverOf(whole: Span, parts: readonly Spanned[]): Spanned[] | null {
  const { begin, end } = boundsOf(whole);
  const cover: Spanned[] = [];
  for (let reached = begin; reached < end; ) {
    const next = parts
      .map((part) => ({ part, ...boundsOf(part.span) }))
      .filter((part) => part.begin <= reached && part.end > reached)
      .sort((a, b) => (a.end < b.end ? 1 : -1))[0];
    if (!next) return null;
    cover.push(next.part);
    reached = next.end;
  }
  return cover;
}

/** That the part of a whole is not more than it, if it is not. */
function nested(one: Spanned, other: Spanned): Relation[] {
  const [part, whole] = contains(one.span, other.span) ? [other, one] : [one, other];
  if (!contains(whole.span, part.span) || part.value > whole.value) return [];
  return [{ plus: [part.id], minus: [whole.id], is: 'at-most', by: 0 }];
}
