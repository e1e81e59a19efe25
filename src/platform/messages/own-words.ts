import type { Transaction } from '../database/transaction.ts';
import type { MessageTemplate, MessageTemplates } from './templates.ts';

/** What a service says in a kind of message in words of its own. */
export interface OwnWords {
  readonly subject: string;
  readonly text: string;
}

/** What the words that are built in call the service. */
const BUILT_IN_NAME = 'Homeward';

/** What a service calls itself, and how it says one kind of message, where it has words of its own for it. */
export interface Wording {
  serviceName: string | null;
  own: OwnWords | null | undefined;
}

/** The template as the service says it. What is below the link, and until when it is of use, stays. */
export function inOwnWords(template: MessageTemplate, { serviceName, own }: Wording): MessageTemplate {
  const named = (words: string) => words.replaceAll(BUILT_IN_NAME, () => serviceName ?? BUILT_IN_NAME);
  return {
    ...template,
    ...(own ?? { subject: named(template.subject), text: named(template.text) }),
    ...(template.after !== undefined && { after: named(template.after) }),
  };
}

/** Every template in the words that it leaves in. */
export async function templatesInOwnWords(
  tx: Transaction,
  templates: MessageTemplates,
): Promise<MessageTemplates> {
  const rows = await tx
    .selectFrom('reference.message_words')
    .select(['template', 'subject', 'text'])
    .execute();
  const details = await tx.selectFrom('reference.service_details').select('service_name').executeTakeFirst();
  const own = new Map(rows.map(({ template, ...words }) => [template, words]));
  const worded = (name: string, template: MessageTemplate) =>
    inOwnWords(template, { serviceName: details?.service_name ?? null, own: own.get(name) });
  return {
    ...Object.fromEntries(
      Object.entries(templates).map(([name, template]) => [name, worded(name, template)] as const),
    ),
    'something-waits': worded('something-waits', templates['something-waits']),
  };
}
