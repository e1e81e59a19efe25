import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import type { PlaceFault } from './place-fault.ts';
import type { WardScore } from './read-deprivation.ts';
import type { ForceShape } from './read-forces.ts';
import type { PeopleOf } from './read-population.ts';
import type { PlacedPostcode } from './read-postcodes.ts';
import type { Ward } from './read-wards.ts';

/** The rows of a file, and how they are written into an edition. */
export interface Insertion {
  rows: readonly object[];
  insert(tx: Transaction, edition: string, progress: (what: string, rows: number) => void): Promise<void>;
}

/** Shapes are long: so many are sent at once. */
const SHAPES_AT_ONCE = 200;

/** How the rows of each kind of file are written. `COPY` does not write to a table with row-level security (decision 18). */
export const inserting = {
  wards: (rows: readonly Ward[]) =>
    insertion(
      'Wards',
      rows,
      SHAPES_AT_ONCE,
      (edition, json) => sql`
      insert into reference.ward (place_edition_id, code, name, area, shape)
      select ${edition}, r.code, r.name, r.area, r.shape
      from jsonb_to_recordset(${json}::jsonb) as r(code text, name text, area text, shape jsonb)`,
    ),
  forces: (rows: readonly ForceShape[]) =>
    insertion(
      'Police forces',
      rows,
      SHAPES_AT_ONCE,
      (edition, json) => sql`
      insert into reference.force_shape (place_edition_id, force, code, name, shape)
      select ${edition}, r.force, r.code, r.name, r.shape
      from jsonb_to_recordset(${json}::jsonb) as r(force text, code text, name text, shape jsonb)`,
    ),
  // Ranks are among all of them, so they are sent at once.
  deprivation: (rows: readonly WardScore[]) =>
    insertion(
      'Wards',
      rows,
      rows.length,
      (edition, json) => sql`
      insert into reference.deprivation (place_edition_id, ward, name, area, score, rank)
      select ${edition}, r.ward, r.name, r.area, r.score, rank() over (order by r.score desc)
      from jsonb_to_recordset(${json}::jsonb) as r(ward text, name text, area text, score double precision)`,
    ),
  population: (rows: readonly PeopleOf[]) =>
    insertion(
      'Numbers of people',
      rows,
      5000,
      (edition, json) => sql`
      insert into reference.population (place_edition_id, area, age_from, age_to, ethnic_group, sex, people)
      select ${edition}, r.area, r."ageFrom", r."ageTo", r."ethnicGroup", r.sex, r.people
      from jsonb_to_recordset(${json}::jsonb)
        as r(area text, "ageFrom" int, "ageTo" int, "ethnicGroup" text, sex text, people int)`,
    ),
};

function insertion(
  what: string,
  rows: readonly object[],
  atOnce: number,
  statement: (edition: string, json: string) => RawBuilder<unknown>,
): Insertion {
  return {
    rows,
    async insert(tx, edition, progress) {
      for (let from = 0; from < rows.length; from += atOnce) {
        await statement(edition, JSON.stringify(rows.slice(from, from + atOnce))).execute(tx);
        progress(what, Math.min(from + atOnce, rows.length));
      }
    },
  };
}

/** Writes a batch of postcodes. @returns the fault of one that was there before; the transaction is then of no use */
export async function insertPostcodes(
  tx: Transaction,
  edition: string,
  batch: readonly PlacedPostcode[],
): Promise<PlaceFault | null> {
  const column = <Name extends keyof PlacedPostcode>(name: Name) => batch.map((row) => row[name]);
  const { rows: written } = await sql<{ postcode: string }>`
    insert into reference.postcode (place_edition_id, postcode, ward, area, lsoa, force, latitude, longitude, terminated_in)
    select ${edition}, r.* from unnest(${column('postcode')}::text[], ${column('ward')}::text[], ${column('area')}::text[],
      ${column('lsoa')}::text[], ${column('force')}::text[], ${column('latitude')}::real[], ${column('longitude')}::real[],
      ${column('terminatedIn')}::date[]) as r
    on conflict do nothing
    returning postcode`.execute(tx);
  if (written.length === batch.length) return null;
  const once = new Set(written.map(({ postcode }) => postcode));
  // Deleting says whether it was still there: what is asked for a second time is what was there before.
  const { line = 1, postcode = '' } = batch.find((row) => !once.delete(row.postcode)) ?? {};
  return { line, column: 'pcds', what: `${postcode} is in the file twice: each postcode must be one row` };
}
