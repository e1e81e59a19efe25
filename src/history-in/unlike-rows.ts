import type pg from 'pg';
import { type Found, KEPT_AT_MOST, placeOf } from './told.ts';

/** Two referrals of one person_ref that do not look like one young person's. */
export interface UnlikeRows {
  personRef: string;
  /** The reference of the record that both stand on. */
  record: string;
  /** Their references in the system before, and where their rows are: the earlier first. */
  referrals: [PlacedReferral, PlacedReferral];
}

interface PlacedReferral {
  referral: string;
  place: string;
}

/**
 * Referrals of one person_ref whose names share no word and whose dates of birth differ, where an action wrote one of them.
 * The reference of the system before says who is who, so both stand on one record; whether it is right, people ask. Each
 * referral is told once, with the first that it is unlike.
 */
export async function unlikeRows(client: pg.Client, action: string): Promise<Found<UnlikeRows>> {
  const { rows } = await client.query<UnlikeRows & { personId: string; count: number }>(
    `with said as materialized (
       select r.id, r.person_id, r.source_ref, r.date_of_birth, string_to_array(r.name_key, ' ') as names, r.action_id,
         p.source_ref as person_ref, p.reference, w.line, row_number() over (order by w.line nulls first, r.source_ref) as place
       from service.referral r
       join service.person p on p.id = r.person_id and p.source_ref is not null
       left join incoming.row w on w.file = 'referrals.csv' and w.faults is null and w.cells[1] = r.source_ref
       where r.source_ref is not null and r.date_of_birth is not null and p.id not in (select need_to_know.restricted_now())
         and r.person_id in (
           select t.person_id from service.referral t where t.source_ref is not null
           group by t.person_id having count(*) > 1 and bool_or(t.action_id = $1))
         and (w.line is null or w.cells[4] = p.source_ref)),
     unlike as (
       select distinct on (b.id) b.person_id, b.person_ref, b.reference, b.place, b.line,
         jsonb_build_array(
           jsonb_build_object('referral', a.source_ref, 'place', ${placeOf('a.line')}),
           jsonb_build_object('referral', b.source_ref, 'place', ${placeOf('b.line')})) as referrals
       from said a join said b on b.person_ref = a.person_ref and a.place < b.place
       where a.date_of_birth <> b.date_of_birth and not a.names && b.names and $1 in (a.action_id, b.action_id)
       order by b.id, a.place)
     select person_id as "personId", person_ref as "personRef", reference as record, referrals, (count(*) over ())::int as count
     from unlike order by place limit ${KEPT_AT_MOST}`,
    [action],
  );
  return {
    count: rows[0]?.count ?? 0,
    kept: rows.map(({ count, personId, ...told }) => ({ personId, otherPersonId: null, told })),
  };
}
