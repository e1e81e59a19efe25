import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import {
  type MessageSender,
  type OutgoingMessage,
  PermanentFailure,
  refuseUnsendable,
  TemporaryFailure,
} from './message-sender.ts';

export interface SmtpSettings {
  /** `smtp://` (STARTTLS, port 587) or `smtps://` (port 465), with a user and password where they are needed. */
  readonly url: string;
  /** The address messages come from. */
  readonly from: string;
}

/** How long to wait, in milliseconds: for a connection, for each of the server's answers, and altogether. */
export interface SmtpPatience {
  readonly connection: number;
  readonly answer: number;
  readonly whole: number;
}

const PATIENCE: SmtpPatience = { connection: 10_000, answer: 30_000, whole: 60_000 };

const reply = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  message: z.string(),
});

/** Answers that are about us, not about the message: it will go when we are put right. 503 says we lost our place. */
const ABOUT_US = [503, 530, 534, 535, 538];

/**
 * Sends by a mail server. The connection is encrypted, and the server's certificate checked, unless the server is
 * on this machine. Message-ID is made of our id, so that a repeat is recognised as one.
 *
 * A 5xx answer to a message is permanent; 4xx, a connection that cannot be made or breaks, silence, a certificate
 * or a password that is not accepted are temporary.
 *
 * @throws Refusal when the address of the server says more than where it is and who we are.
 */
export function smtpSender({ url, from }: SmtpSettings, patience: SmtpPatience = PATIENCE): MessageSender {
  const transport = createTransport({
    ...server(url),
    pool: true,
    maxConnections: 2,
    // A message whose connection broke is ours to repeat: the queue knows how often, and counts it.
    maxRequeues: 0,
    connectionTimeout: patience.connection,
    dnsTimeout: patience.connection,
    greetingTimeout: patience.answer,
    socketTimeout: patience.answer,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);

  return {
    name: 'smtp',
    async send(message: OutgoingMessage) {
      refuseUnsendable(message);
      try {
        const { messageId } = await transport.sendMail({
          messageId: `<${message.id}@${domain}>`,
          from: { name: message.fromName ?? '', address: from },
          to: { name: '', address: message.to },
          envelope: { from, to: [message.to] },
          subject: message.subject,
          text: message.body,
          // Keeps "out of office" replies from answering a machine (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(patience.whole),
        });
        return { providerReference: messageId };
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

function failureOf(error: unknown): PermanentFailure | TemporaryFailure {
  const { code, responseCode, message } = reply.parse(error);
  const isRefusal = responseCode !== undefined && responseCode >= 500 && !ABOUT_US.includes(responseCode);
  const isAboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isRefusal && isAboutMessage ? new PermanentFailure(message) : new TemporaryFailure(message);
}

/** Reads only what is meant to be in the address: nodemailer itself would let it switch certificates off. */
function server(address: string) {
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(address);
  if (
    !['smtp:', 'smtps:'].includes(protocol) ||
    !hostname ||
    search ||
    hash ||
    !['', '/'].includes(pathname)
  ) {
    throw new Refusal('HOMEWARD_SMTP_URL must be smtp:// or smtps:// and a server, with nothing after it');
  }
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const secure = protocol === 'smtps:';
  const isHere = host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
  return {
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !isHere,
    ignoreTLS: isHere,
    tls: { minVersion: 'TLSv1.2' as const },
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
  };
}
