import { type DrawnPlace, lineOf, type Point } from './drawn-places.ts';

/** Two points that a line joins, and the groups on whose rings it lies. */
interface Edge {
  readonly from: Point;
  readonly to: Point;
  readonly groups: string[];
}

/**
 * The outlines of groups of places, as one path: the borders of boroughs on a map of wards. A border is what two places of
 * different groups share, or what one place has alone; so it lies exactly where the places end.
 */
export function outlinesOf(places: readonly DrawnPlace[], groupOf: (key: string) => string): string {
  const edges = new Map<string, Edge>();
  for (const { key, rings } of places) {
    const group = groupOf(key);
    for (const ring of rings) {
      ring.forEach((from, n) => {
        const to = ring[(n + 1) % ring.length] ?? from;
        const name = nameOf(from, to);
        const edge = edges.get(name);
        if (edge) edge.groups.push(group);
        else edges.set(name, { from, to, groups: [group] });
      });
    }
  }
  const borders = [...edges.values()].filter(({ groups }) => groups.length === 1 || new Set(groups).size > 1);
  return joined(borders).map(lineOf).join('');
}

const nameOf = (from: Point, to: Point): string =>
  from[0] < to[0] || (from[0] === to[0] && from[1] <= to[1]) ? `${from} ${to}` : `${to} ${from}`;

/** Puts edges that meet together into lines, as long as they go. */
function joined(edges: readonly Edge[]): Point[][] {
  const at = new Map<string, Edge[]>();
  for (const edge of edges) {
    for (const end of [edge.from, edge.to]) at.set(String(end), [...(at.get(String(end)) ?? []), edge]);
  }
  const drawn = new Set<Edge>();
  const onward = (from: Point): Point | undefined => {
    const next = at.get(String(from))?.find((edge) => !drawn.has(edge));
    if (!next) return undefined;
    drawn.add(next);
    return String(next.from) === String(from) ? next.to : next.from;
  };
  return edges.flatMap((edge) => {
    if (drawn.has(edge)) return [];
    drawn.add(edge);
    const line = [edge.from, edge.to];
    for (let next = onward(edge.to); next; next = onward(next)) line.push(next);
    return [line];
  });
}
