import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import { contactKinds } from './case-note.ts';
import type { Contact } from './contact.ts';
import { conversationHows, failedOutcomes } from './contact.ts';

/** A contact as it is read. */
export interface LoggedContact extends Contact {
  id: string;
  personId: string;
  workerId: string;
  workerName: string;
  organisationId: string;
  plannedFor: Date | null;
  happenedAt: Date | null;
  place: string;
  noteId: string | null;
  version: number;
}

/** One line of the log: a contact, or a case note of a kind that tells of one and is about none of the log. */
export type LogEntry =
  | { from: 'contact'; id: string; at: Date; contact: LoggedContact }
  | { from: 'note'; id: string; at: Date; kind: string; workerName: string; organisationName: string };

/** One contact; `null` when there is none, or none that the asker may see. */
export async function findContact(tx: Transaction, contactId: string): Promise<LoggedContact | null> {
  const found = await sql<ContactRow>`
    select ${contactColumns} from service.contact c join identity.account a on a.id = c.worker_id
    where c.id = ${contactId}`.execute(tx);
  const [row] = found.rows;
  return row ? contactFrom(row) : null;
}

/** What is planned with a young person, the next first. */
export async function plannedContacts(
  tx: Transaction,
  personId: string,
  most: number,
): Promise<LoggedContact[]> {
  const found = await sql<ContactRow>`
    select ${contactColumns} from service.contact c join identity.account a on a.id = c.worker_id
    where c.person_id = ${personId} and c.outcome = 'planned'
    order by c.planned_for, c.id limit ${most}`.execute(tx);
  return found.rows.map(contactFrom);
}

/**
 * The log of contact with a young person, the latest first, or what was before one of its entries, and whether there is
 * more. A note that was written about a contact is not in it twice.
 */
export async function contactLog(
  tx: Transaction,
  personId: string,
  page: { before?: string | undefined; most: number },
): Promise<{ entries: LogEntry[]; more: boolean }> {
  const before = (at: ReturnType<typeof sql>) =>
    page.before === undefined
      ? sql`true`
      : sql`${at} < (
          select b.happened_at, b.id from service.contact b where b.id = ${page.before} and b.person_id = ${personId}
          union all
          select b.happened_at, b.id from service.case_note b where b.id = ${page.before} and b.person_id = ${personId})`;
  const found = await sql<LogRow>`
    with log as (
      (select c.id, c.happened_at, true as is_contact
        from service.contact c
        where c.person_id = ${personId} and c.happened_at is not null and ${before(sql`(c.happened_at, c.id)`)}
        order by c.happened_at desc, c.id desc limit ${page.most + 1})
      union all
      (select n.id, n.happened_at, false
        from service.case_note n
        where n.person_id = ${personId} and n.kind = any (${[...contactKinds, 'contact-attempted']}::text[])
          and n.deleted_at is null and ${before(sql`(n.happened_at, n.id)`)}
          and not exists (select from service.contact c where c.note_id = n.id)
        order by n.happened_at desc, n.id desc limit ${page.most + 1})
    )
    select log.happened_at as at, ${contactColumns}, n.kind as note_kind, n.id as from_note, w.name as author_name,
      o.name as organisation_name
    from (select * from log order by happened_at desc, id desc limit ${page.most + 1}) log
    left join service.contact c on log.is_contact and c.id = log.id
    left join identity.account a on a.id = c.worker_id
    left join service.case_note n on not log.is_contact and n.id = log.id
    left join identity.account w on w.id = n.author_id
    left join identity.organisation o on o.id = n.organisation_id
    order by log.happened_at desc, log.id desc`.execute(tx);
  return {
    entries: found.rows.slice(0, page.most).map(entryFrom),
    more: found.rows.length > page.most,
  };
}

/** How it stands with contact between a provider and a young person. */
export interface ContactStanding {
  /** When they were last spoken with or met. */
  lastSpokenAt: Date | null;
  /** How often they were tried since, or since the allocation, and not reached. */
  failedSince: number;
  nextPlannedFor: Date | null;
}

/**
 * How it stands with contact for each row of `al`, which has `person_id`, `organisation_id` and `started_at`: joins that
 * give `standing.last_spoken_at`, `standing.failed_since` and `standing.next_planned_for`. A few steps of an index a row.
 */
export const standingJoin = sql`
  cross join lateral (
    select greatest(
      (select c.happened_at from service.contact c
        where c.person_id = al.person_id and c.organisation_id = al.organisation_id and c.outcome = 'reached'
          and c.with_whom = 'young-person' and c.how = any (${[...conversationHows]}::text[])
        order by c.happened_at desc limit 1),
      (select n.happened_at from service.case_note n
        where n.person_id = al.person_id and n.organisation_id = al.organisation_id and n.deleted_at is null
          and n.kind = any (${[...contactKinds]}::text[])
        order by n.happened_at desc limit 1)) as last_spoken_at
  ) spoken
  cross join lateral (
    select spoken.last_spoken_at,
      ((select count(*) from service.contact c
        where c.person_id = al.person_id and c.organisation_id = al.organisation_id and c.with_whom = 'young-person'
          and c.outcome = any (${[...failedOutcomes]}::text[])
          and c.happened_at > greatest(spoken.last_spoken_at, al.started_at))
      + (select count(*) from service.case_note n
        where n.person_id = al.person_id and n.organisation_id = al.organisation_id and n.deleted_at is null
          and n.kind = 'contact-attempted' and n.happened_at > greatest(spoken.last_spoken_at, al.started_at)
          and not exists (select from service.contact c where c.note_id = n.id)))::int as failed_since,
      (select min(c.planned_for) from service.contact c
        where c.person_id = al.person_id and c.organisation_id = al.organisation_id and c.outcome = 'planned') as next_planned_for
  ) standing`;

/**
 * How it stands with contact in each allocation of a young person that is open, as far as the asker may see: by the id of
 * the allocation.
 */
export async function contactStandings(
  tx: Transaction,
  personId: string,
): Promise<ReadonlyMap<string, ContactStanding>> {
  const found = await sql<StandingRow & { id: string }>`
    select al.id, standing.*
    from (
      select id, person_id, organisation_id, started_at from service.allocation
      where person_id = ${personId} and ended_at is null order by started_at desc limit 20
    ) al ${standingJoin}`.execute(tx);
  return new Map(found.rows.map((row) => [row.id, standingFrom(row)]));
}

/** What {@link standingJoin} gives. */
export interface StandingRow {
  last_spoken_at: Date | null;
  failed_since: number;
  next_planned_for: Date | null;
}

export function standingFrom(row: StandingRow): ContactStanding {
  return {
    lastSpokenAt: row.last_spoken_at,
    failedSince: row.failed_since,
    nextPlannedFor: row.next_planned_for,
  };
}

const contactColumns = sql`
  c.id, c.person_id, c.worker_id, a.name as worker_name, c.organisation_id, c.planned_for, c.happened_at, c.how, c.with_whom,
  c.outcome, c.place, c.note_id, c.version`;

interface ContactRow {
  id: string;
  person_id: string;
  worker_id: string;
  worker_name: string;
  organisation_id: string;
  planned_for: Date | null;
  happened_at: Date | null;
  how: string;
  with_whom: string;
  outcome: string;
  place: string;
  note_id: string | null;
  version: number;
}

interface LogRow extends ContactRow {
  at: Date;
  note_kind: string | null;
  from_note: string | null;
  author_name: string | null;
  organisation_name: string | null;
}

function contactFrom(row: ContactRow): LoggedContact {
  return {
    id: row.id,
    personId: row.person_id,
    workerId: row.worker_id,
    workerName: row.worker_name,
    organisationId: row.organisation_id,
    plannedFor: row.planned_for,
    happenedAt: row.happened_at,
    // The table's own checks name the same codes.
    how: row.how as Contact['how'],
    withWhom: row.with_whom as Contact['withWhom'],
    outcome: row.outcome as Contact['outcome'],
    place: row.place,
    noteId: row.note_id,
    version: row.version,
  };
}

function entryFrom(row: LogRow): LogEntry {
  if (row.from_note === null) return { from: 'contact', id: row.id, at: row.at, contact: contactFrom(row) };
  return {
    from: 'note',
    id: row.from_note,
    at: row.at,
    kind: row.note_kind ?? 'other',
    workerName: row.author_name ?? '',
    organisationName: row.organisation_name ?? '',
  };
}
