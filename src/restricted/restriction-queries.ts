import { sql } from 'kysely';
import type { Role, Transaction } from '../platform/database/transaction.ts';

/** That a record is restricted, and to whom. */
export interface Restriction {
  /** Which it is and in which state, as the database compares it (need_to_know.state_of). */
  state: string;
  why: string;
  placedAt: Date;
  placedBy: string;
  readers: readonly string[];
}

/** The restriction of a record that the asker may open all the same; null where there is none. */
export async function findRestriction(tx: Transaction, personId: string): Promise<Restriction | null> {
  const found = await sql<{
    state: string;
    why: string;
    placed_at: Date;
    placed_by: string | null;
    readers: string[] | null;
  }>`
    select need_to_know.state_of(r.id) as state, r.why, r.placed_at, p.name as placed_by, (
      select array_agg(a.name order by a.name) from service.restriction_reader n join identity.account a on a.id = n.account_id
      where n.restriction_id = r.id and n.ended_at is null) as readers
    from service.restriction r left join identity.account p on p.id = r.placed_by
    where r.person_id = ${personId} and r.lifted_at is null`.execute(tx);
  const row = found.rows[0];
  if (!row) return null;
  return {
    state: row.state,
    why: row.why,
    placedAt: row.placed_at,
    placedBy: row.placed_by ?? 'Somebody whose account is gone',
    readers: row.readers ?? [],
  };
}

/** A referral that may be about somebody whose record is restricted. */
export interface RestrictedMatch {
  referralId: string;
  reference: string;
  receivedAt: Date;
  /** Whether the asker is one of those who decide about it. */
  isTheirsToDecide: boolean;
}

/** Referrals of late that may be about somebody; none where their record is not restricted, or does not name the asker. */
export async function restrictedMatches(tx: Transaction, personId: string): Promise<RestrictedMatch[]> {
  const found = await sql<{
    referral_id: string;
    reference: string;
    received_at: Date;
    theirs_to_decide: boolean;
  }>`select * from need_to_know.restricted_matches(${personId})`.execute(tx);
  return found.rows.map((row) => ({
    referralId: row.referral_id,
    reference: row.reference,
    receivedAt: row.received_at,
    isTheirsToDecide: row.theirs_to_decide,
  }));
}

/** That somebody else opened a record in an emergency, as those who have the record learn of it. */
export interface OpenedByOther {
  who: string;
  role: Role;
  organisation: string | null;
  ground: string;
  openedAt: Date;
}

/** Who else opened a record in an emergency in the last 28 days, the latest first. */
export async function openedByOthers(tx: Transaction, personId: string): Promise<OpenedByOther[]> {
  const found = await sql<{
    who: string;
    role: Role;
    organisation: string | null;
    ground: string;
    opened_at: Date;
  }>`select * from need_to_know.openings_of(${personId})`.execute(tx);
  return found.rows.map(({ opened_at, ...row }) => ({ ...row, openedAt: opened_at }));
}

/** Somebody who has a record by their role and their work, and whether the restriction names them. */
export interface PossibleReader {
  accountId: string;
  name: string;
  role: Role;
  named: boolean;
  /** Whether they answer for the area: a restriction names one who does. */
  answers: boolean;
}

/** Who can be named; nobody where the asker may not restrict the record. */
export async function possibleReaders(tx: Transaction, personId: string): Promise<PossibleReader[]> {
  const found = await sql<{ account_id: string; name: string; role: Role; named: boolean; answers: boolean }>`
    select * from need_to_know.who_reaches(${personId})`.execute(tx);
  return found.rows.map(({ account_id, ...row }) => ({ accountId: account_id, ...row }));
}

/** A provider that works with a young person, and who does so there; null where nobody has been chosen. */
export interface LeftWithout {
  organisation: string;
  worker: string | null;
}

/** Providers that work with a young person and of whom a restriction to some people names neither the worker nor a manager. */
export async function leftWithout(
  tx: Transaction,
  personId: string,
  readers: readonly string[],
): Promise<LeftWithout[]> {
  const found = await sql<LeftWithout>`
    select organisation, worker from need_to_know.left_without(${personId}, ${[...readers]}::uuid[])`.execute(
    tx,
  );
  return found.rows;
}

/** An opening of the asker's own that has not run out. */
export async function ownOpening(
  tx: Transaction,
  personId: string,
  now: Date,
): Promise<{ until: Date } | null> {
  const row = await tx
    .selectFrom('service.record_opening')
    .select('until')
    .where('person_id', '=', personId)
    .where('until', '>', now)
    .orderBy('until', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** An opening as the data protection lead reviews it: the record by its reference alone. */
export interface Opening {
  id: string;
  personId: string;
  reference: string | null;
  whoId: string;
  who: string;
  role: Role;
  ground: string;
  reason: string;
  openedAt: Date;
  review: { by: string; at: Date; finding: string; note: string } | null;
}

/** A page of openings: those to review first, oldest first; or those reviewed, newest first. */
export async function openings(
  tx: Transaction,
  part: { reviewed: boolean; after?: string | undefined; most: number },
): Promise<{ openings: Opening[]; more: boolean }> {
  const order = part.reviewed ? sql`desc` : sql`asc`;
  const past = part.reviewed ? sql`<` : sql`>`;
  const found = await sql<OpeningRow>`
    ${selectOpening} where o.reviewed_at is ${part.reviewed ? sql`not null` : sql`null`}
      ${
        part.after === undefined
          ? sql``
          : sql`and (o.opened_at, o.id) ${past} (select b.opened_at, b.id from service.record_opening b where b.id = ${part.after})`
      }
    order by o.opened_at ${order}, o.id ${order} limit ${part.most + 1}`.execute(tx);
  return { openings: found.rows.slice(0, part.most).map(openingFrom), more: found.rows.length > part.most };
}

export async function findOpening(tx: Transaction, id: string): Promise<Opening | null> {
  const found = await sql<OpeningRow>`${selectOpening} where o.id = ${id}`.execute(tx);
  const row = found.rows[0];
  return row ? openingFrom(row) : null;
}

const selectOpening = sql`
  select o.id, o.person_id, o.account_id, o.ground, o.reason, o.opened_at, o.role, a.name as who, o.reviewed_at, b.name as reviewed_by, o.finding,
    o.review_note, (select f.reference from need_to_know.references_of(array[o.person_id]) f) as reference
  from service.record_opening o
  left join identity.account a on a.id = o.account_id
  left join identity.account b on b.id = o.reviewed_by`;

interface OpeningRow {
  id: string;
  person_id: string;
  account_id: string;
  ground: string;
  reason: string;
  opened_at: Date;
  role: Role;
  who: string | null;
  reviewed_at: Date | null;
  reviewed_by: string | null;
  finding: string | null;
  review_note: string;
  reference: string | null;
}

function openingFrom(row: OpeningRow): Opening {
  return {
    id: row.id,
    personId: row.person_id,
    reference: row.reference,
    whoId: row.account_id,
    who: row.who ?? 'Somebody whose account is gone',
    role: row.role,
    ground: row.ground,
    reason: row.reason,
    openedAt: row.opened_at,
    review:
      row.reviewed_at === null
        ? null
        : {
            by: row.reviewed_by ?? 'Somebody whose account is gone',
            at: row.reviewed_at,
            finding: row.finding ?? '',
            note: row.review_note,
          },
  };
}
