import type pg from 'pg';
import { type Found, KEPT_AT_MOST, placeOf } from './told.ts';

/** A record that stayed in its borough, because somebody works on it here, and a newer referral that names another. */
export interface LikelyMove {
  /** The record's reference, and the name of its borough. */
  record: string;
  area: string;
  /** The referral's reference in the system before, where its row is, and the name of the borough that it says. */
  referral: string;
  place: string;
  newArea: string;
}

/**
 * Young people whose newest referral, which an action wrote, names another borough than their record. Only people can say
 * whether they moved: the record stays until somebody records it. Of a record that somebody changed here, a referral that
 * was here before tells nothing new: it may be from before they moved.
 */
export async function likelyMoves(client: pg.Client, action: string): Promise<Found<LikelyMove>> {
  const { rows } = await client.query<LikelyMove & { personId: string; count: number }>(
    `with newest as (
       select distinct on (r.person_id) r.person_id, r.source_ref, r.area, r.action_id, r.version
       from service.referral r
       where r.source_ref is not null
         -- A record that was made now is where its newest referral says.
         and r.person_id in (
           select w.person_id from service.referral w join service.person k on k.id = w.person_id
           where w.action_id = $1 and (k.version > 1 or k.action_id is distinct from $1))
       order by r.person_id, r.received_at desc, r.source_ref desc)
     select p.id as "personId", p.reference as record, here.name as area, n.source_ref as referral, ${placeOf('w.line')} as place,
       said.name as "newArea", (count(*) over ())::int as count
     from newest n
     join service.person p on p.id = n.person_id and p.area <> n.area
     join reference.area here on here.code = p.area
     join reference.area said on said.code = n.area and said.kind <> 'not-known'
     left join incoming.row w on w.file = 'referrals.csv' and w.faults is null and w.cells[1] = n.source_ref
     where p.source_ref is not null and p.id not in (select need_to_know.restricted_now()) and n.action_id = $1 and (n.version = 1 or p.recorded_by is null)
     order by w.line, p.reference limit ${KEPT_AT_MOST}`,
    [action],
  );
  return {
    count: rows[0]?.count ?? 0,
    kept: rows.map(({ count, personId, ...told }) => ({ personId, otherPersonId: null, told })),
  };
}
