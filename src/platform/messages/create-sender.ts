import { Refusal } from '../refusal.ts';
import type { MessageSender } from './message-sender.ts';
import { type NotifySettings, notifySender } from './notify-sender.ts';
import { outboxSender } from './outbox-sender.ts';
import { type SmtpSettings, smtpSender } from './smtp-sender.ts';

/** The settings that say how messages leave. */
export interface SenderSettings {
  readonly environment: 'development' | 'production';
  readonly messages:
    | ({ readonly kind: 'notify' } & NotifySettings)
    | ({ readonly kind: 'smtp' } & SmtpSettings)
    | undefined;
}

/**
 * The way out that is set; none in development means the outbox page.
 * @throws Refusal when none is set in production, or what is set cannot be right.
 */
export function createSender({ environment, messages }: SenderSettings): MessageSender {
  if (messages?.kind === 'notify') return notifySender(messages);
  if (messages?.kind === 'smtp') return smtpSender(messages);
  if (environment === 'development') return outboxSender();
  throw new Refusal(
    'HOMEWARD_NOTIFY_API_KEY or HOMEWARD_SMTP_URL must be set in production: no message could leave',
  );
}
