import { type RawBuilder, sql } from 'kysely';
import { type Birth, birthFrom, isLiving, type Names, namesFrom } from '../people/index.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';

/** For how long somebody has been supported, in whole months: from `since` and less than `until`. */
export const supportLengths = [
  { code: 'under-1', text: 'less than 1 month', since: 0, until: 1 },
  { code: '1-to-3', text: '1 to 3 months', since: 1, until: 3 },
  { code: '3-to-6', text: '3 to 6 months', since: 3, until: 6 },
  { code: '6-to-12', text: '6 to 12 months', since: 6, until: 12 },
  { code: 'over-12', text: '12 months or more', since: 12, until: null },
] as const;
export type SupportLength = (typeof supportLengths)[number]['code'];

/** What is still to happen between a young person and the provider they were allocated to. */
export const allocationStandings = [
  { code: 'not-taken-up', text: 'allocated and not taken up' },
  { code: 'not-engaged', text: 'taken up and not engaged' },
] as const;
export type AllocationStanding = (typeof allocationStandings)[number]['code'];

/** Which of those who are supported now. */
export interface OpenSupportPart {
  length?: SupportLength | undefined;
  standing?: AllocationStanding | undefined;
}

/** A young person who is supported now. */
export interface Supported extends Names, Birth {
  /** Of the allocation that is listed. */
  id: string;
  personId: string;
  reference: string;
  areaName: string;
  /** When the allocation began. */
  since: Date;
  /** Who supports them, as far as the asker may see. */
  providers: readonly string[];
}

/**
 * What is open, as `id`, `person_id` and `began`: allocations, and where several providers work with somebody the one that
 * began first. Whoever waits for a provider is not supported yet, and their waiting is no support. Only indexes of what is
 * open are read.
 */
function openSupport(
  asker: Asker,
  now: Date,
  { length, standing }: OpenSupportPart,
  notEngaged: RawBuilder<unknown>,
): { select: RawBuilder<unknown>; began: RawBuilder<unknown>; id: RawBuilder<unknown> } {
  const began = sql`o.started_at`;
  const wanted: RawBuilder<unknown>[] = [sql`o.ended_at is null`, isLiving('o.person_id')];
  if (asker.role === 'provider-manager') wanted.push(sql`o.organisation_id = ${asker.organisationId}`);
  else if (standing === undefined)
    wanted.push(sql`not exists (
      select from service.allocation e
      where e.episode_id = o.episode_id and e.ended_at is null and (e.started_at, e.id) < (o.started_at, o.id))`);
  if (standing === 'not-taken-up') wanted.push(sql`o.taken_up_at is null`);
  if (standing === 'not-engaged') wanted.push(sql`o.id in (select n from ${notEngaged} n)`);
  const asLong = supportLengths.find(({ code }) => code === length);
  if (asLong) {
    wanted.push(sql`${began} <= ${now}::timestamptz - make_interval(months => ${asLong.since})`);
    if (asLong.until !== null)
      wanted.push(sql`${began} > ${now}::timestamptz - make_interval(months => ${asLong.until})`);
  }
  return {
    select: sql`select o.id, o.person_id, ${began} as began from service.allocation o where ${sql.join(wanted, sql` and `)}`,
    began,
    id: sql`o.id`,
  };
}

/**
 * The allocations that were taken up and in which nobody has spoken with the young person yet, the longest first; no more than
 * `most` are looked for.
 * @param after id of the one after which they are.
 */
const notEngagedAfter = (after: string | undefined, most: number): RawBuilder<unknown> =>
  after === undefined
    ? sql`need_to_know.not_engaged(null, null, ${most})`
    : sql`need_to_know.not_engaged((select l.started_at from service.allocation l where l.id = ${after}), ${after}, ${most})`;

/** How many are supported now, by how long, and by what is still to happen; none is counted further than `most`. */
export interface OpenSupportCounts {
  lengths: Readonly<Record<SupportLength, number>>;
  standings: Readonly<Record<AllocationStanding, number>>;
}

/** Counts what {@link listOpenSupport} lists. @param most where to stop counting */
export async function countOpenSupport(
  tx: Transaction,
  { asker, now, most }: { asker: Asker; now: Date; most: number },
): Promise<OpenSupportCounts> {
  const notEngaged = notEngagedAfter(undefined, most);
  const counted = (part: OpenSupportPart) =>
    sql`(select count(*)::int from (${openSupport(asker, now, part, notEngaged).select} limit ${most}) counted)`;
  const columns = [
    ...supportLengths.map(({ code }) => sql`${counted({ length: code })} as ${sql.ref(code)}`),
    ...allocationStandings.map(({ code }) => sql`${counted({ standing: code })} as ${sql.ref(code)}`),
  ];
  const { rows } = await sql<Record<SupportLength | AllocationStanding, number>>`
    select ${sql.join(columns)}`.execute(tx);
  const [found] = rows;
  const read = <Code extends SupportLength | AllocationStanding>(codes: readonly { code: Code }[]) =>
    Object.fromEntries(codes.map(({ code }) => [code, found?.[code] ?? 0])) as Record<Code, number>;
  return { lengths: read(supportLengths), standings: read(allocationStandings) };
}

/**
 * Those who are supported now and whom the asker may see, the longest first.
 * @param after id of the last of the page before.
 */
export async function listOpenSupport(
  tx: Transaction,
  { asker, now }: { asker: Asker; now: Date },
  part: OpenSupportPart,
  { after, most }: { after?: string | undefined; most: number },
): Promise<{ supported: Supported[]; more: boolean }> {
  const open = openSupport(asker, now, part, notEngagedAfter(after, most + 1));
  const further =
    after === undefined
      ? sql``
      : sql`and (${open.began}, ${open.id}) > (select l.started_at, l.id from service.allocation l where l.id = ${after})`;
  const { rows } = await sql<SupportedRow>`
    with listed as materialized (
      ${open.select} ${further} order by ${open.began}, ${open.id} limit ${most + 1}
    )
    select listed.id, listed.person_id, listed.began, p.reference, p.given_names, p.family_name, p.known_as, p.date_of_birth,
      p.date_of_birth_precision, a.name as area_name,
      array(select distinct g.name from service.allocation l join identity.organisation g on g.id = l.organisation_id
        where l.person_id = listed.person_id and l.ended_at is null order by g.name) as providers
    from listed join service.person p on p.id = listed.person_id join reference.area a on a.code = p.area
    order by listed.began, listed.id`.execute(tx);
  return { supported: rows.slice(0, most).map(supportedFrom), more: rows.length > most };
}

interface SupportedRow {
  id: string;
  person_id: string;
  began: Date;
  reference: string;
  given_names: string;
  family_name: string;
  known_as: string;
  date_of_birth: string | null;
  date_of_birth_precision: string;
  area_name: string;
  providers: string[];
}

function supportedFrom(row: SupportedRow): Supported {
  return {
    id: row.id,
    personId: row.person_id,
    since: row.began,
    reference: row.reference,
    ...namesFrom(row),
    ...birthFrom(row),
    areaName: row.area_name,
    providers: row.providers,
  };
}
