import { yearIn } from './csv-table.ts';
import { inOrder, MOST_FAULTS, type PlaceFault } from './place-fault.ts';
import { lineOfPlace, readShapes, type ShapedPlace } from './shapes.ts';

/** What boundary files call something, most particular first, and how that is told to whoever made the file. */
export interface PropertyNames {
  what: string;
  patterns: readonly RegExp[];
  called: string;
}

/** A place of a boundary file with the properties that were asked for; undefined where it has none of that name. */
export interface NamedShape extends ShapedPlace {
  text(names: PropertyNames): string | undefined;
  /** Adds a fault about this place. */
  fault(names: PropertyNames, what: string): void;
}

/** Reads a boundary file, and asks `take` for the row of each place. */
export function readBoundaries<Row>(
  text: string,
  take: (place: NamedShape) => Row | undefined,
): { rows: Row[]; faults: PlaceFault[] } {
  const { places, faults } = readShapes(text);
  const rows = places.flatMap((found) => {
    const row = take({
      ...found,
      text: ({ patterns }) => textOf(found.properties, patterns),
      fault: ({ what }, says) => {
        if (faults.length >= MOST_FAULTS) return;
        faults.push({ line: lineOfPlace(text, found.place), column: what, what: says });
      },
    });
    return row === undefined ? [] : [row];
  });
  return { rows, faults: inOrder(faults) };
}

/** The first pattern that any property fits; among several that fit it, the one of the newest year. */
function textOf(
  properties: Readonly<Record<string, unknown>>,
  patterns: readonly RegExp[],
): string | undefined {
  for (const pattern of patterns) {
    const [newest] = Object.keys(properties)
      .filter((name) => pattern.test(name))
      .toSorted((a, b) => yearIn(b) - yearIn(a));
    const value = newest === undefined ? undefined : properties[newest];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}
