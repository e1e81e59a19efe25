import { complementId, type Problem } from '../../src/statistics/disclosure/problem.ts';

/**
 * Whether hidden cells can be found out, by writing down every table of whole numbers that agrees with what is seen. For tables so
 * small that this can be done: each cell must be in some sum whose total is seen.
 *
 * @param most no cell can be more than this
 */
export function canBeFoundOut(problem: Problem, hidden: ReadonlySet<string>, most: number): boolean {
  const { k, cells, relations, shares } = problem;
  const exact = new Map(cells.map(({ id, value }) => [id, value]));
  const unknown = cells.filter(
    ({ id, standing }) =>
      standing === 'unpublished' || standing === 'withheld' || (standing === 'published' && hidden.has(id)),
  );
  const table = new Map(exact);
  const tables: Map<string, number>[] = [];
  const agrees = (until: number) => {
    const open = new Set(unknown.slice(until).map(({ id }) => id));
    const sum = (ids: readonly string[]) =>
      ids.reduce((all, id) => all + (open.has(id) ? 0 : (table.get(id) ?? 0)), 0);
    return (
      relations.every(({ plus, minus, is, by }) => {
        const left = sum(plus) - sum(minus) - by;
        if (plus.some((id) => open.has(id))) return minus.some((id) => open.has(id)) || left <= 0;
        if (minus.some((id) => open.has(id))) return is === 'at-most' || left >= 0;
        return is === 'equal' ? left === 0 : left <= 0;
      }) &&
      shares.every(
        ({ part, whole }) =>
          open.has(part) || open.has(whole) || (table.get(part) ?? 0) <= (table.get(whole) ?? 0),
      )
    );
  };
  const fill = (at: number) => {
    const cell = unknown[at];
    if (!cell) {
      tables.push(new Map(table));
      return;
    }
    for (let value = 0; value <= most; value += 1) {
      table.set(cell.id, value);
      if (agrees(at + 1)) fill(at + 1);
    }
  };
  fill(0);

  const protectedCells = unknown
    .filter(({ standing }) => standing !== 'unpublished')
    .map(({ id, value }) => ({ id, value, of: (its: ReadonlyMap<string, number>) => its.get(id) ?? 0 }));
  for (const share of shares) {
    if (
      !unknown.some(
        ({ id, standing }) => standing !== 'unpublished' && (id === share.part || id === share.whole),
      )
    )
      continue;
    const of = (its: ReadonlyMap<string, number>) => (its.get(share.whole) ?? 0) - (its.get(share.part) ?? 0);
    protectedCells.push({ id: complementId(share), value: of(exact), of });
  }
  const isNarrow = protectedCells.some(({ of }) => {
    const values = new Set(tables.map(of));
    return values.size < k || Math.max(...values) < k;
  });
  if (isNarrow) return true;
  const isSmallPair = shares.some((share) => {
    const [part, whole] = [exact.get(share.part) ?? 0, exact.get(share.whole) ?? 0];
    const [partHidden, wholeHidden] = [share.part, share.whole].map((id) =>
      unknown.some((cell) => cell.id === id),
    );
    return partHidden && !wholeHidden && part < k && whole - part < k;
  });
  if (isSmallPair) return true;
  const counted = new Set(unknown.map(({ id }) => id));
  const small = protectedCells.filter(({ id, value }) => value < k && counted.has(id));
  for (let choice = 1; choice < 2 ** small.length; choice += 1) {
    const chosen = small.filter((_cell, number) => Math.floor(choice / 2 ** number) % 2 === 1);
    const sums = new Set(tables.map((its) => chosen.reduce((sum, { of }) => sum + of(its), 0)));
    if (sums.size === 1) return true;
  }
  return false;
}
