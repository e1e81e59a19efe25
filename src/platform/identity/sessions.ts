import { sql } from 'kysely';
import type { Asker, Transaction } from '../database/transaction.ts';

/** A session that is open. */
export interface OpenSession {
  id: string;
  /** The browser, as it calls itself. */
  device: string;
  startedAt: Date;
  lastSeenAt: Date;
  role: string;
}

/** The sessions that are open for an account, the last used first. */
export async function findOpenSessions(tx: Transaction, accountId: string): Promise<OpenSession[]> {
  return await tx
    .selectFrom('identity.session as s')
    .innerJoin('identity.access_grant as g', 'g.id', 's.grant_id')
    .select(['s.id', 's.device', 's.created_at as startedAt', 's.last_seen_at as lastSeenAt', 'g.role'])
    .where('s.account_id', '=', accountId)
    .where('s.ended_at', 'is', null)
    .where('s.absolute_until', '>', sql<Date>`now()`)
    .where(sql<boolean>`now() < s.last_seen_at + make_interval(mins => s.idle_minutes)`)
    .orderBy('s.last_seen_at', 'desc')
    .limit(50)
    .execute();
}

/** Ends one of one's own sessions. @returns false when there is none such. */
export async function endOwnSession(tx: Transaction, session: string): Promise<boolean> {
  const ended = await sql<{ done: boolean }>`select identity.end_own_session(${session}) as done`.execute(tx);
  return ended.rows[0]?.done ?? false;
}

/** Ends all of one's own sessions but the one that asks. */
export async function endOtherSessions(tx: Transaction): Promise<void> {
  await sql`select identity.end_other_sessions()`.execute(tx);
}

/** A role that was given to somebody, and where. */
export interface GivenRole {
  id: string;
  role: string;
  organisation: string | null;
  team: string | null;
}

/** The roles that the one who asks can work in. */
export async function findOwnRoles(tx: Transaction, asker: Asker): Promise<GivenRole[]> {
  return await tx
    .selectFrom('identity.access_grant as g')
    .leftJoin('identity.organisation as o', 'o.id', 'g.organisation_id')
    .leftJoin('identity.team as t', 't.id', 'g.team_id')
    .select(['g.id', 'g.role', 'o.name as organisation', 't.name as team'])
    .where('g.account_id', '=', asker.accountId)
    .where('g.role', '<>', 'referrer')
    .where('g.approved_at', 'is not', null)
    .where('g.ended_at', 'is', null)
    .orderBy('g.requested_at')
    .execute();
}

/** Works in another of one's own roles from the next page on. @returns false when it is not one of them. */
export async function chooseRole(tx: Transaction, grant: string): Promise<boolean> {
  const chosen = await sql<{ done: boolean }>`select identity.choose_grant(${grant}) as done`.execute(tx);
  return chosen.rows[0]?.done ?? false;
}
