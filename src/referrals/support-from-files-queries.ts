import { sql } from 'kysely';
import { type Names, namesFrom } from '../people/index.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** Support that came from a file, is open there, and that no provider here has taken over. */
export interface OpenSupport {
  id: string;
  /** The provider as it is called here or, where it is not known here, by the code it had there; empty where none was recorded. */
  providerName: string;
  /** The provider, if it is known here. */
  organisationId: string | null;
  allocatedOn: PlainDate | null;
  firstEngagedOn: PlainDate | null;
}

/** Support of which nobody has to find a provider is left out: that of the dead, and of those whom its provider supports here. */
const isOpen = sql`s.closed_on is null and s.continued_in is null and r.stage in ('accepted', 'allocated') and p.died_on is null
  and not exists (
    select from service.allocation l
    where l.person_id = s.person_id and l.organisation_id = o.id and l.ended_at is null)`;

const from = sql`service.imported_support s
  join service.referral r on r.id = s.referral_id
  join service.person p on p.id = s.person_id
  left join identity.organisation o on o.code = s.provider and o.kind = 'provider'`;

const columns = sql`s.id, s.referral_id, s.person_id, coalesce(o.name, s.provider, '') as provider_name, o.id as organisation_id,
  s.allocated_on, s.first_engaged_on`;

interface OpenSupportRow {
  id: string;
  referral_id: string;
  person_id: string;
  provider_name: string;
  organisation_id: string | null;
  allocated_on: string | null;
  first_engaged_on: string | null;
}

const dated = (day: string | null): PlainDate | null => (day === null ? null : plainDate(day));

const openSupportFrom = (row: OpenSupportRow): OpenSupport => ({
  id: row.id,
  providerName: row.provider_name,
  organisationId: row.organisation_id,
  allocatedOn: dated(row.allocated_on),
  firstEngagedOn: dated(row.first_engaged_on),
});

/** Open support that came with a referral, in the order of the file. */
export async function openSupportOf(tx: Transaction, referralId: string): Promise<OpenSupport[]> {
  const { rows } = await sql<OpenSupportRow>`
    select ${columns} from ${from} where ${isOpen} and s.referral_id = ${referralId} order by s.ordinal`.execute(
    tx,
  );
  return rows.map(openSupportFrom);
}

/** Open support with whose it is. */
export interface ListedSupport extends OpenSupport, Names {
  personId: string;
  referralId: string;
  reference: string;
  areaName: string;
}

/** All of it in the asker's areas, the longest open first. */
export async function listSupportFromFiles(
  tx: Transaction,
  { after, most }: { after: number; most: number },
): Promise<ListedSupport[]> {
  const { rows } = await sql<
    OpenSupportRow & Parameters<typeof namesFrom>[0] & { reference: string; area_name: string }
  >`
    select ${columns}, p.reference, p.given_names, p.family_name, p.known_as, a.name as area_name
    from ${from} join reference.area a on a.code = s.area
    where ${isOpen} order by s.allocated_on nulls last, s.id
    offset ${after} limit ${most}`.execute(tx);
  return rows.map((row) => ({
    ...openSupportFrom(row),
    ...namesFrom(row),
    personId: row.person_id,
    referralId: row.referral_id,
    reference: row.reference,
    areaName: row.area_name,
  }));
}

/** How much of it there is in the asker's areas. @param most where to stop counting */
export async function countSupportFromFiles(tx: Transaction, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from ${from} where ${isOpen} limit ${most}) counted`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}
