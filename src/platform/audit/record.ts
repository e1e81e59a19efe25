import { sql } from 'kysely';
import type { Transaction } from '../database/transaction.ts';

/** What a command does, as the audit keeps it: ids and codes only, never names or text. */
export interface Command {
  /** In the field's own words, as `note-written` or `person-corrected`. */
  action: string;
  subject: { kind: string; id: string | null };
  personId?: string | null;
  detail?: Record<string, string | number | boolean | null | readonly string[]>;
}

/**
 * Names a command before it changes anything: every row it then writes is stamped with this action.
 * Gives the id of the audit's entry.
 */
export async function recordCommand(tx: Transaction, command: Command): Promise<string> {
  const { action, subject, personId = null, detail = {} } = command;
  const recorded = await sql<{ id: string }>`
    select audit.command(${action}, ${subject.kind}, ${subject.id}, ${personId}, ${JSON.stringify(detail)}::jsonb) as id
  `.execute(tx);
  const entry = recorded.rows[0];
  if (!entry) throw new Error('The audit gave no entry for a command');
  return entry.id;
}

/** What somebody looked at, and whose record it is part of. */
export interface Look {
  /** As `view-person` or `view-notes`. */
  action: string;
  /** The id is null where it is no one thing: a list of what waits. */
  subject: { kind: string; id: string | null };
  personId: string | null;
}

/** Records that the person who asks is shown something about a young person. */
export async function recordLook(tx: Transaction, { action, subject, personId }: Look): Promise<void> {
  await sql`select audit.look(${action}, ${subject.kind}, ${subject.id}, ${personId})`.execute(tx);
}

/** Records a search: the words are kept apart from the entry, so that they can be destroyed without it. */
export async function recordSearch(tx: Transaction, words: string, found: number): Promise<void> {
  await sql`select audit.search(${words}, ${found})`.execute(tx);
}
