import {
  BOROUGH_SHAPES_SOURCE,
  boroughShapes,
  type ForceShape,
  findAreaNames,
  forcesInUse,
  type Shape,
  type ShapesInUse,
  type Ward,
  wardsInUse,
} from '../../places/index.ts';
import type { PlainDate } from '../../platform/clock/plain-date.ts';
import type { Transaction } from '../../platform/database/transaction.ts';

/** All that maps are drawn from. */
export interface MapShapes {
  readonly boroughs: {
    readonly source: string;
    readonly places: readonly { area: string; name: string; shape: Shape }[];
  };
  /** Null where none were imported. */
  readonly wards: ShapesInUse<Ward> | null;
  readonly forces: ShapesInUse<ForceShape> | null;
}

/** The shapes that maps of a day are drawn with, as they were known at a moment. */
export async function findMapShapes(tx: Transaction, moment: Date, day: PlainDate): Promise<MapShapes> {
  const areas = await findAreaNames(tx);
  const boroughs = await boroughShapes(areas);
  return {
    boroughs: {
      source: BOROUGH_SHAPES_SOURCE,
      places: boroughs.map(({ area, shape }) => ({ area, name: areas.nameOf(area), shape })),
    },
    wards: await wardsInUse(tx, moment, day),
    forces: await forcesInUse(tx, moment, day),
  };
}
