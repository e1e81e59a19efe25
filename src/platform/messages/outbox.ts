import { sql } from 'kysely';
import type { Keyring } from '../crypto/sealed-box.ts';
import type { Transaction } from '../database/transaction.ts';
import { applicationProof } from '../identity/application-proof.ts';
import { messageLink } from './message-link.ts';
import { templatesInOwnWords } from './own-words.ts';
import { type MessageTemplates, templateNamed, writeMessage } from './templates.ts';

/** A message as it would have been read, had it left the machine. */
export interface OutboxMessage {
  readonly id: string;
  readonly to: string;
  readonly at: Date;
  readonly subject: string;
  /** Its paragraphs; one of them is the link. */
  readonly paragraphs: readonly string[];
  readonly link: string;
}

/** The hundred newest messages that stayed on this machine, the newest first. For development alone. */
export async function readOutbox(
  tx: Transaction,
  keyring: Keyring,
  publicUrl: string,
  templates: MessageTemplates,
): Promise<OutboxMessage[]> {
  const { rows } = await sql<{
    id: string;
    email: string;
    template: string;
    path: string;
    secret_sealed: Buffer | null;
    created_at: Date;
  }>`select * from messages.outbox(${applicationProof(keyring, 'outbox')})`.execute(tx);
  const worded = await templatesInOwnWords(tx, templates);
  return rows.map((row) => {
    const link = messageLink(keyring, publicUrl, row);
    const { subject, body } = writeMessage(templateNamed(worded, row.template), link);
    return { id: row.id, to: row.email, at: row.created_at, subject, paragraphs: body.split('\n\n'), link };
  });
}
