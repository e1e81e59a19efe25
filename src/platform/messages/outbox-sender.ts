import { type MessageSender, type OutgoingMessage, refuseUnsendable } from './message-sender.ts';

/**
 * For a developer's machine: a message is sent when it is in the table of messages, which the outbox page shows.
 * So nothing is left to do, but what would be refused on its way out is refused here too.
 */
export function outboxSender(): MessageSender {
  return {
    name: 'outbox',
    async send(message: OutgoingMessage) {
      refuseUnsendable(message);
      return { providerReference: message.id };
    },
    close() {},
  };
}
