import type pg from 'pg';
import { type Found, KEPT_AT_MOST } from './told.ts';

/** Support that a provider here took over, and that a file now says has ended. */
export interface SupportContinued {
  /** The reference of the young person's record. */
  record: string;
  /** The referral's reference in the system before, and where the row of the support is. */
  referral: string;
  place: string;
}

/**
 * Support that goes on here and that an action wrote as closed: what is recorded here stands, and people look at which of the
 * two is right.
 */
export async function supportContinued(client: pg.Client, action: string): Promise<Found<SupportContinued>> {
  const { rows } = await client.query<SupportContinued & { personId: string; count: number }>(
    `select s.person_id as "personId", p.reference as record, r.source_ref as referral, 'support.csv:' || w.line as place,
       (count(*) over ())::int as count
     from service.imported_support s
     join service.person p on p.id = s.person_id
     join service.referral r on r.id = s.referral_id
     join (
       select line, cells[1] as ref, row_number() over (partition by cells[1] order by line) as ordinal
       from incoming.row where file = 'support.csv') w on w.ref = r.source_ref and w.ordinal = s.ordinal
     where s.action_id = $1 and p.id not in (select need_to_know.restricted_now()) and s.continued_in is not null and s.closed_on is not null
     order by w.line limit ${KEPT_AT_MOST}`,
    [action],
  );
  return {
    count: rows[0]?.count ?? 0,
    kept: rows.map(({ count, personId, ...told }) => ({ personId, otherPersonId: null, told })),
  };
}
