import { NotifyClient } from 'notifications-node-client';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import {
  type MessageSender,
  type OutgoingMessage,
  PermanentFailure,
  refuseUnsendable,
  TemporaryFailure,
} from './message-sender.ts';

export interface NotifySettings {
  readonly apiKey: string;
  /** One template of the service on Notify: subject `((subject))`, message `((body))`. */
  readonly templateId: string;
  /** Where Notify is, when it is not at its usual address. */
  readonly url?: string | undefined;
}

const NOTIFY = 'https://api.notifications.service.gov.uk';
/** How long Notify may stay silent, in milliseconds. */
const PATIENCE = 20_000;

/** A key ends in the service's id and the secret, both UUIDs; its name, in front, may be anything. */
const API_KEY = /-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type HttpClient = Parameters<NotifyClient['setClient']>[0];

const accepted = z.object({ data: z.object({ id: z.string().min(1) }) });
const refused = z.object({ response: z.object({ status: z.number(), data: z.unknown() }) });
const unanswered = z.object({ code: z.string() });
const explanation = z.object({ errors: z.array(z.object({ error: z.string(), message: z.string() })) });

/**
 * Sends by GOV.UK Notify, with our id as Notify's `reference`.
 *
 * Notify answers 400 for a message it will not take, which is permanent. Whatever else it answers is about us or
 * about it, a wrong key (403) or too many messages (429) among them, and is temporary.
 *
 * @param patience how long Notify may stay silent, in milliseconds.
 * @throws Refusal when the key is not one of Notify's.
 */
export function notifySender(
  { apiKey, templateId, url }: NotifySettings,
  patience = PATIENCE,
): MessageSender {
  if (!API_KEY.test(apiKey)) {
    throw new Refusal(
      'HOMEWARD_NOTIFY_API_KEY is not a key of GOV.UK Notify: copy the whole of it, with its name',
    );
  }
  const client = new NotifyClient(url ?? NOTIFY, apiKey);
  const http: HttpClient = client.apiClient.restClient;
  client.setClient(http.create({ timeout: patience, maxRedirects: 0 }));

  return {
    name: 'notify',
    async send(message: OutgoingMessage) {
      refuseUnsendable(message);
      const { id, to, subject, body } = message;
      let reply: unknown;
      try {
        reply = await client.sendEmail(templateId, to, { personalisation: { subject, body }, reference: id });
      } catch (error) {
        // Never kept as the cause: it holds the request, and with it our token.
        throw failureOf(error);
      }
      const { data: receipt } = accepted.safeParse(reply);
      if (!receipt) throw new TemporaryFailure('Something other than GOV.UK Notify answered');
      return { providerReference: receipt.data.id };
    },
    close() {},
  };
}

function failureOf(error: unknown): PermanentFailure | TemporaryFailure {
  const { data: answer } = refused.safeParse(error);
  if (!answer) {
    const code = unanswered.safeParse(error).data?.code ?? 'no reason given';
    return new TemporaryFailure(`GOV.UK Notify could not be reached (${code})`);
  }
  const { status, data } = answer.response;
  const reasons = explanation
    .safeParse(data)
    .data?.errors.map(({ error: kind, message }) => `${kind}: ${message}`);
  const words = [`GOV.UK Notify answered ${status}`, ...(reasons ?? [])].join('. ');
  return status === 400 ? new PermanentFailure(words) : new TemporaryFailure(words);
}
