import { sql } from 'kysely';
import { formatLondon } from '../platform/clock/london-time.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { templateNamed } from '../platform/messages/templates.ts';
import type { ReferralSection } from '../referrals/index.ts';
import { messageTemplates } from './message-templates.ts';

/** Whom messages told of a referral, on its page: what they said is never more than that something waits. */
export const messagesSection: ReferralSection = {
  for: ['coordinator', 'operations-manager'],
  async show({ tx, referral }) {
    const messages = await messagesAbout(tx, referral.id);
    return (
      <>
        <h2 class="govuk-heading-m">Messages that went out</h2>
        {messages.length === 0 ? (
          <p class="govuk-body">None.</p>
        ) : (
          <ul class="govuk-list govuk-list--bullet">
            {messages.map(({ id, toName, template, queuedAt, state, sentAt }) => (
              <li key={id}>
                <bdi>{toName}</bdi>: {templateNamed(messageTemplates, template).name},{' '}
                {sentAt === null ? notSent(state, queuedAt) : `sent ${formatLondon(sentAt)}`}
              </li>
            ))}
          </ul>
        )}
      </>
    );
  },
};

const notSent = (state: MessageSent['state'], queuedAt: Date): string =>
  state === 'failed'
    ? `could not be delivered since ${formatLondon(queuedAt)}`
    : `waiting to be sent since ${formatLondon(queuedAt)}`;

interface MessageSent {
  id: string;
  toName: string;
  template: string;
  queuedAt: Date;
  state: 'queued' | 'sent' | 'failed';
  sentAt: Date | null;
}

async function messagesAbout(tx: Transaction, referralId: string): Promise<MessageSent[]> {
  const found = await sql<MessageSent>`
    select id, to_name as "toName", template, queued_at as "queuedAt", state, sent_at as "sentAt"
    from messages.about_referral(${referralId})`.execute(tx);
  return found.rows;
}
