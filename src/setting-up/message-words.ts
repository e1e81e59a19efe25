import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { OwnWords } from '../platform/messages/own-words.ts';

const PLACEHOLDER = /\{[^{}]*\}|\[\[[^[\]]*\]\]|%\w+%/;
const MARKUP = /<\/?[a-z][^<>]*>/i;

/**
 * What of somebody's words would be sent as it stands, though they meant otherwise: nothing is filled into a message, and it is
 * plain text. Null where there is none.
 */
export function wouldBeSentAsItStands(words: string): string | null {
  const [placeholder] = PLACEHOLDER.exec(words) ?? [];
  if (placeholder !== undefined)
    return `Take out “${placeholder}”: nothing is filled in, everybody gets the same words, and no name of anybody may be in them`;
  const [markup] = MARKUP.exec(words) ?? [];
  return markup === undefined
    ? null
    : `Take out “${markup}”: these emails are plain text, and it would be read as it stands`;
}

/** The templates that the service has its own words for. */
export async function findOwnWords(tx: Transaction): Promise<ReadonlyMap<string, OwnWords>> {
  const rows = await tx
    .selectFrom('reference.message_words')
    .select(['template', 'subject', 'text'])
    .execute();
  return new Map(rows.map(({ template, ...words }) => [template, words]));
}

/**
 * Says a kind of message in words of the service's own from now on. What is queued leaves in them too.
 *
 * @param was the own words that these replace, as they were read; null where there were none.
 * @returns false, having changed nothing, when somebody has changed them since.
 */
export async function writeOwnWords(
  tx: Transaction,
  template: string,
  words: OwnWords,
  was: OwnWords | null,
): Promise<boolean> {
  await recordCommand(tx, {
    action: 'message-words-changed',
    subject: { kind: 'message-template', id: null },
    detail: { template },
  });
  const written =
    was === null
      ? await tx
          .insertInto('reference.message_words')
          .values({ template, ...words })
          .onConflict((conflict) => conflict.column('template').doNothing())
          .returning('template')
          .executeTakeFirst()
      : await tx
          .updateTable('reference.message_words')
          .set(words)
          .where('template', '=', template)
          .where('subject', '=', was.subject)
          .where('text', '=', was.text)
          .returning('template')
          .executeTakeFirst();
  return written !== undefined;
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
