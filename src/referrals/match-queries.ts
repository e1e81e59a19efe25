import { sql } from 'kysely';
import { birthFrom, type Comparable, type Likeness, likenessOf, namesFrom } from '../people/index.ts';
import { partsOf } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { CoordinatedReferral } from './referral-queries.ts';

/** Somebody on record who may be the young person of a referral. */
export interface LikelyMatch extends Comparable {
  personId: string;
  /** Null, like all but name, year of birth and area, where the record is not the asker's to open. */
  reference: string | null;
  areaName: string;
  /** Whom to ask about a record that is out of reach; empty where its area has nobody. */
  ask: string;
  likeness: Likeness;
}

/** Most of what a person can compare on one page. */
const MOST_MATCHES = 20;

/** People on record who may be the young person of a referral, over everyone, the likeliest first. */
export async function likelyMatches(tx: Transaction, referral: CoordinatedReferral): Promise<LikelyMatch[]> {
  const found = await sql<{
    person_id: string;
    reference: string | null;
    given_names: string;
    family_name: string;
    known_as: string;
    birth_year: number | null;
    date_of_birth: string | null;
    date_of_birth_precision: string | null;
    postcode: string;
    area_name: string;
    same_phone: boolean;
    ask: string | null;
  }>`
    select m.person_id, m.reference, m.given_names, m.family_name, m.known_as, m.birth_year, m.date_of_birth,
      m.date_of_birth_precision, m.postcode, a.name as area_name, m.same_phone, m.ask
    from need_to_know.likely_matches(${referral.id}, ${MOST_MATCHES}) with ordinality m
    join reference.area a on a.code = m.area
    order by m.ordinality`.execute(tx);
  const told: Comparable = {
    ...referral,
    birthYear: referral.dateOfBirth === null ? null : partsOf(referral.dateOfBirth)[0],
  };
  return found.rows.map((row) => {
    const onRecord: Comparable = {
      ...namesFrom(row),
      ...birthFrom({ ...row, date_of_birth_precision: row.date_of_birth_precision ?? 'not-known' }),
      birthYear: row.birth_year,
      postcode: row.postcode,
    };
    return {
      ...onRecord,
      personId: row.person_id,
      reference: row.reference,
      areaName: row.area_name,
      ask: row.ask ?? '',
      likeness: likenessOf(told, onRecord, row.same_phone),
    };
  });
}

/** Writes down that the people a referral may be about were shown. */
export async function recordLooksAtMatches(tx: Transaction, matches: readonly LikelyMatch[]): Promise<void> {
  await sql`
    select audit.look('view-likely-match', 'person', id, id)
    from unnest(${matches.map(({ personId }) => personId)}::uuid[]) id`.execute(tx);
}
