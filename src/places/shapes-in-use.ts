import { sql } from 'kysely';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { ForceShape } from './read-forces.ts';
import type { Ward } from './read-wards.ts';

/** The shapes of one edition, and whom to name below a map of them. */
export interface ShapesInUse<Place> {
  edition: string;
  source: string;
  places: readonly Place[];
}

/**
 * The wards of this service's areas, of the edition in use on a day as it was known at a moment.
 * @returns null where none is: no ward can be drawn
 */
export async function wardsInUse(
  tx: Transaction,
  moment: Date,
  day: PlainDate,
): Promise<ShapesInUse<Ward> | null> {
  const { rows } = await sql<Ward & { edition: string; source: string }>`
    select w.code, w.name, w.area, w.shape, e.edition, e.source
    from reference.editions_in_use(${moment}, ${day}::date) e
    join reference.ward w on w.place_edition_id = e.place_edition_id
    where e.kind = 'wards' order by w.code`.execute(tx);
  return gathered(rows);
}

/** The areas of the police forces, as `wardsInUse`. @returns null where none can be drawn */
export async function forcesInUse(
  tx: Transaction,
  moment: Date,
  day: PlainDate,
): Promise<ShapesInUse<ForceShape> | null> {
  const { rows } = await sql<ForceShape & { edition: string; source: string }>`
    select f.force, f.code, f.name, f.shape, e.edition, e.source
    from reference.editions_in_use(${moment}, ${day}::date) e
    join reference.force_shape f on f.place_edition_id = e.place_edition_id
    where e.kind = 'forces' order by f.force`.execute(tx);
  return gathered(rows);
}

function gathered<Place>(
  rows: readonly (Place & { edition: string; source: string })[],
): ShapesInUse<Place> | null {
  const [first] = rows;
  return first ? { edition: first.edition, source: first.source, places: rows } : null;
}
