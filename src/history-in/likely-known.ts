import type pg from 'pg';
import { birthFrom, likenessOf, namesFrom } from '../people/index.ts';
import { type Found, KEPT_AT_MOST } from './told.ts';

/** A record that an import made, and one from before that may be the same young person's. */
export interface LikelyKnown {
  /** References of the two records, and of the new one that of the system before. */
  made: string;
  personRef: string;
  known: string;
  /** Why they may be one. */
  reasons: string[];
}

/** What two records are compared by. */
export interface ComparedRow {
  given_names: string;
  family_name: string;
  known_as: string;
  date_of_birth: string | null;
  date_of_birth_precision: string;
  postcode: string;
}

interface RecordRow extends ComparedRow {
  id: string;
  reference: string;
  source_ref: string;
}

/**
 * Records that an action made and that may be somebody's who was known before it: born the same day with a name in common,
 * or of the same names where a date of birth is missing. Nothing is linked because of it: people look and judge. They are
 * told pair by pair, those of the very same names first; of a restricted record those whom it names are told, and nobody else.
 */
export async function likelyKnown(client: pg.Client, action: string): Promise<Found<LikelyKnown>> {
  const { rows } = await client.query<{ made: RecordRow; known: RecordRow; count: number }>(
    `with made as materialized (select * from service.person where action_id = $1 and version = 1),
     known as (
       select * from service.person
       where (action_id is distinct from $1 or version > 1) and id not in (select need_to_know.restricted_now())),
     pairs as (
       select m.id as made_id, k.id as known_id from made m join known k on k.date_of_birth = m.date_of_birth
         and string_to_array(k.name_key, ' ') && string_to_array(m.name_key, ' ')
       union
       select m.id, k.id from made m join known k on k.name_key = m.name_key
         and (k.date_of_birth is null or m.date_of_birth is null)),
     counted as (select count(*)::int as count from pairs)
     select to_jsonb(m) as made, to_jsonb(k) as known, c.count
     from pairs p join service.person m on m.id = p.made_id join service.person k on k.id = p.known_id cross join counted c
     order by m.name_key <> k.name_key, m.reference, k.reference limit ${KEPT_AT_MOST}`,
    [action],
  );
  return {
    count: rows[0]?.count ?? 0,
    kept: rows.map(({ made, known }) => ({
      personId: made.id,
      otherPersonId: known.id,
      told: {
        made: made.reference,
        personRef: made.source_ref,
        known: known.reference,
        reasons: whyAlike(made, known),
      },
    })),
  };
}

/** Why two records may be of one young person, in words. */
export const whyAlike = (one: ComparedRow, other: ComparedRow): string[] =>
  likenessOf(comparableOf(one), comparableOf(other)).reasons;

const comparableOf = (row: ComparedRow) => ({
  ...namesFrom(row),
  ...birthFrom(row),
  birthYear: null,
  postcode: row.postcode,
});
