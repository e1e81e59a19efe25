import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { OwnWords } from '../platform/messages/own-words.ts';

/** The templates that the service has its own words for. */
export async function findOwnWords(tx: Transaction): Promise<ReadonlyMap<string, OwnWords>> {
  const rows = await tx
    .selectFrom('reference.message_words')
    .select(['template', 'subject', 'text'])
    .execute();
  return new Map(rows.map(({ template, ...words }) => [template, words]));
}

/** Says a kind of message in words of the service's own from now on. What is queued leaves in them too. */
export async function writeOwnWords(tx: Transaction, template: string, words: OwnWords): Promise<void> {
  await recordCommand(tx, {
    action: 'message-words-changed',
    subject: { kind: 'message-template', id: null },
    detail: { template },
  });
  await tx
    .insertInto('reference.message_words')
    .values({ template, ...words })
    .onConflict((conflict) => conflict.column('template').doUpdateSet(words))
    .execute();
}

/** Says it in Homeward's words again. */
export async function putBuiltInWordsBack(tx: Transaction, template: string): Promise<void> {
  await recordCommand(tx, {
    action: 'message-words-put-back',
    subject: { kind: 'message-template', id: null },
    detail: { template },
  });
  await tx.deleteFrom('reference.message_words').where('template', '=', template).execute();
}
