import type { Transaction } from '../database/transaction.ts';
import type { MessageTemplate, MessageTemplates } from './templates.ts';

/** What a service says in a kind of message in words of its own. */
export interface OwnWords {
  readonly subject: string;
  readonly text: string;
}

/** The template in the service's own words, where it has them. What is said below the link, and until when it is of use, stays. */
export const inOwnWords = (template: MessageTemplate, own: OwnWords | null | undefined): MessageTemplate =>
  own ? { ...template, subject: own.subject, text: own.text } : template;

/** Every template in the words that it leaves in. */
export async function templatesInOwnWords(
  tx: Transaction,
  templates: MessageTemplates,
): Promise<MessageTemplates> {
  const rows = await tx
    .selectFrom('reference.message_words')
    .select(['template', 'subject', 'text'])
    .execute();
  const own = new Map(rows.map(({ template, ...words }) => [template, words]));
  const each = Object.entries(templates).map(
    ([name, template]) => [name, inOwnWords(template, own.get(name))] as const,
  );
  return {
    ...Object.fromEntries(each),
    'something-waits': inOwnWords(templates['something-waits'], own.get('something-waits')),
  };
}
