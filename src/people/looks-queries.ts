import { sql } from 'kysely';
import type { Role, Transaction } from '../platform/database/transaction.ts';

/** Somebody looked at a young person's record, did something to it, or tried to and was refused. */
export interface Look {
  at: Date;
  /** Null for what no account did: a task of the service itself. */
  name: string | null;
  role: Role | null;
  action: string;
  isRefused: boolean;
}

/** The most looks that are told at once; the access log has them all. */
export const MOST_LOOKS = 500;

/** Who looked at a young person's record, the latest first; none where the asker does not answer for it. */
export async function looksAt(tx: Transaction, personId: string): Promise<Look[]> {
  const looks = await sql<{
    at: Date;
    actor_name: string | null;
    actor_role: Role | null;
    action: string;
    refused: boolean;
  }>`
    select at, actor_name, actor_role, action, refused from audit.looks_at(${personId})`.execute(tx);
  return looks.rows.map(({ at, actor_name, actor_role, action, refused }) => ({
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
