import { sql } from 'kysely';
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
  /** How deprived each ward is, which anybody may read; null where no index was imported. */
  readonly deprivation: DeprivationInUse | null;
  readonly forces: ShapesInUse<ForceShape> | null;
}

export interface DeprivationInUse {
  readonly source: string;
  /** The score of each ward, the more the more deprived. */
  readonly scores: readonly { readonly ward: string; readonly name: string; readonly score: number }[];
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
    deprivation: await deprivationInUse(tx, moment, day),
    forces: await forcesInUse(tx, moment, day),
  };
}

async function deprivationInUse(
  tx: Transaction,
  moment: Date,
  day: PlainDate,
): Promise<DeprivationInUse | null> {
  const { rows } = await sql<{ ward: string; name: string; score: number; edition: string; source: string }>`
    select ward, name, score, edition, source from reference.ward_deprivation(${moment}, ${day}::date) order by ward`.execute(
    tx,
  );
  const [one] = rows;
  return one ? { source: `Index of deprivation: ${one.source}, ${one.edition}`, scores: rows } : null;
}
