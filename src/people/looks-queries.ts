import { sql } from 'kysely';
import type { Role, Transaction } from '../platform/database/transaction.ts';

/** Somebody looked at a young person's record, did something to it, or tried to and was refused. */
export interface Look {
  id: string;
  at: Date;
  /** Null for what no account did: a task of the service itself. */
  name: string | null;
  role: Role | null;
  action: string;
  isRefused: boolean;
}

/** The most looks that are told at once, as the database has it. */
export const MOST_LOOKS = 500;

/**
 * Who looked at a young person's record, the latest first; none where the asker does not answer for it.
 * @param before the look that all of them are older than.
 */
export async function looksAt(tx: Transaction, personId: string, before?: string): Promise<Look[]> {
  const looks = await sql<{
    id: string;
    at: Date;
    actor_name: string | null;
    actor_role: Role | null;
    action: string;
    refused: boolean;
  }>`
    select id, at, actor_name, actor_role, action, refused
    from audit.looks_at(${personId}, ${before ?? null}) order by at desc, id desc`.execute(tx);
  return looks.rows.map(({ id, at, actor_name, actor_role, action, refused }) => ({
    id,
    at,
    name: actor_name,
    role: actor_role,
    action,
    isRefused: refused,
  }));
}

/** The reference of a young person's record, for a data protection lead, who sees nothing else of it. */
export async function referenceForProtector(tx: Transaction, personId: string): Promise<string | null> {
  const found = await sql<{ reference: string }>`
    select reference from need_to_know.references_of(array[${personId}::uuid])`.execute(tx);
  return found.rows[0]?.reference ?? null;
}
