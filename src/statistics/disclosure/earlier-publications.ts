import type { Fields } from '../measure.ts';
import { type Figures, type Span, type Visitor, visit } from './figures.ts';
import type { Cell, Problem, Relation, ShareOf, Standing } from './problem.ts';
import { type ReportProblem, reportProblem } from './report-problem.ts';
import { acrossPeriods } from './spans.ts';

/** What was published before: the figures as they were, and as they were shown. */
export interface Publication {
  readonly figures: Figures;
  readonly shown: Readonly<Record<string, Fields>>;
}

/**
 * A problem with all that earlier publications tell of it. A cell that was told then and is the same now is known, and hiding
 * it would hide nothing; a cell that was hidden then must not come out now. Of a cell that has changed since it
 * is taken to be known whether it has grown: late records add, corrections take away, and the change of a total tells. Of
 * periods that nest or overlap it is known that the same days make them up (spans.ts).
 */
export function earlierPublications(
  { problem, spans: ownSpans }: Pick<ReportProblem, 'problem' | 'spans'>,
  before: readonly Publication[],
): Problem {
  if (before.length === 0) return problem;
  const cells = new Map<string, Cell>(problem.cells.map((cell) => [cell.id, cell]));
  const relations: Relation[] = [...problem.relations];
  const shares: ShareOf[] = [...problem.shares];
  /** What a number has been, from publication to publication. */
  const versions = new Map<string, Cell[]>(problem.cells.map((cell) => [cell.id, [cell]]));
  const spans = new Map<string, Span>(ownSpans);

  before.forEach((publication, number) => {
    const earlier = reportProblem(publication.figures, problem.k);
    const seen = cellsSeen(publication, earlier.cellAt);
    for (const [id, span] of earlier.spans) spans.set(id, span);
    const nameNow = new Map<string, string>();
    for (const cell of earlier.problem.cells) {
      const known = versions.get(cell.id) ?? [];
      const same = known.find(({ value }) => value === cell.value);
      const standing = standingOf(cell, seen.has(cell.id));
      if (same) {
        nameNow.set(cell.id, same.id);
        const now = cells.get(same.id);
        if (now) cells.set(same.id, { ...now, standing: stricter(now.standing, standing) });
        continue;
      }
      const version = { ...cell, id: `${cell.id}, published ${number + 1}`, standing };
      nameNow.set(cell.id, version.id);
      cells.set(version.id, version);
      const [last] = known;
      if (last) {
        const [less, more] = last.value < version.value ? [last, version] : [version, last];
        relations.push({ plus: [less.id], minus: [more.id], is: 'at-most', by: 0 });
      }
      versions.set(cell.id, [...known, version]);
    }
    const named = (ids: readonly string[]) => ids.map((id) => nameNow.get(id) ?? id);
    for (const { plus, minus, is, by } of earlier.problem.relations) {
      relations.push({ plus: named(plus), minus: named(minus), is, by });
    }
    for (const { part, whole } of earlier.problem.shares) {
      shares.push({ part: nameNow.get(part) ?? part, whole: nameNow.get(whole) ?? whole });
    }
  });
  // What this report says, and of what it does not say the newest that was said.
  const newest = [...spans].flatMap(([id, span]) => {
    const [first, ...others] = versions.get(id) ?? [];
    const cell = ownSpans.has(id) ? first : (others.at(-1) ?? first);
    return cell ? [{ id: cell.id, value: cell.value, span, isOwn: ownSpans.has(id) }] : [];
  });
  const across = acrossPeriods(newest);
  return {
    k: problem.k,
    cells: [...cells.values(), ...across.cells],
    relations: unique([...relations, ...across.relations]),
    shares,
  };
}

function standingOf({ standing }: Cell, isSeen: boolean): Standing {
  if (standing === 'unpublished') return 'unpublished';
  return isSeen ? 'known' : 'withheld';
}

/** What a cell is that two publications tell of: once known it is known, and what this one publishes it can hide. */
function stricter(now: Standing, then: Standing): Standing {
  if (now === 'known' || then === 'known') return 'known';
  return now === 'unpublished' ? then : now;
}

function cellsSeen(
  { figures, shown }: Publication,
  cellAt: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const measures = Object.fromEntries(
    Object.entries(figures.measures).map(([id, { shape }]) => [id, { shape, fields: shown[id] ?? {} }]),
  );
  const eye: Visitor = {
    count({ path }, value) {
      const cell = cellAt.get(path);
      if (cell !== undefined) seen.add(cell);
      return value;
    },
    share() {},
    table() {},
    rank: (_table, _side, _key, exact) => exact,
    bands: (_table, bands) => [...bands],
    follows: (_path, _of, _fewest, value) => value,
  };
  visit({ ...figures, measures }, eye);
  return seen;
}

function unique(relations: readonly Relation[]): Relation[] {
  return [...new Map(relations.map((relation) => [JSON.stringify(relation), relation])).values()];
}
