import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** An e-mail as it arrived. */
export interface ReceivedMail {
  /** The `To` header, as it stands. */
  readonly to: string;
  /** Whom the server was told to deliver it to. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Every header by its name in small letters; several of one name are joined by a new line. */
  readonly headers: ReadonlyMap<string, string>;
}

/** What becomes of the next message: an SMTP answer such as 451, no answer at all, or a connection that breaks. */
export type MailFault = number | 'hang' | 'die';

export interface MailServer {
  readonly url: string;
  /** What arrived and was accepted, in order. */
  readonly messages: readonly ReceivedMail[];
  /** The first message that fits, whether it came already or comes within `patience` milliseconds. */
  waitFor(fits: (mail: ReceivedMail) => boolean, patience?: number): Promise<ReceivedMail>;
  /** Fails the next message, once: at its recipient, or after its text has been sent. */
  failNext(fault: MailFault, at?: 'recipient' | 'text'): void;
  stop(): Promise<void>;
}

/** A mail server on this machine that keeps what it is sent. It is a real one: what it accepts, SMTP allows. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const messages: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const sockets = new Set<Socket>();
  let next: { fault: MailFault; at: 'recipient' | 'text' } | undefined;

  const answer = (at: 'recipient' | 'text', accept: () => void, refuse: (error: Error) => void) => {
    if (next?.at !== at) return accept();
    const { fault } = next;
    next = undefined;
    if (fault === 'hang') return;
    if (fault === 'die') for (const socket of sockets) socket.destroy();
    else refuse(Object.assign(new Error(`Planted ${fault}`), { responseCode: fault }));
  };

  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    hideSTARTTLS: true,
    ...options,
    onRcptTo: (_address, _session, done) => answer('recipient', () => done(), done),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const accept = () => {
          const recipients = envelope.rcptTo.map(({ address }) => address);
          messages.push(readMail(Buffer.concat(chunks).toString('latin1'), recipients));
          done();
          for (const look of waiting) look();
        };
        answer('text', accept, done);
      });
    },
  });
  // A client that hangs up in the middle is what several tests are about.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    messages,
    failNext: (fault, at = 'recipient') => {
      next = { fault, at };
    },
    waitFor: (fits, patience = 10_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = messages.find(fits);
          if (!found) return;
          clearTimeout(end);
          waiting.delete(look);
          resolve(found);
        };
        const end = setTimeout(() => {
          waiting.delete(look);
          const arrived = messages.map(({ to, subject }) => `"${subject}" to ${to}`).join(', ') || 'none';
          reject(new Error(`No such e-mail within ${patience} ms. Arrived: ${arrived}`));
        }, patience);
        waiting.add(look);
        look();
      }),
    stop: () =>
      new Promise((stopped) => {
        server.close(stopped);
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** @param source one character a byte. */
function readMail(source: string, recipients: readonly string[]): ReceivedMail {
  const end = source.indexOf('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = decodeWords(line.slice(line.indexOf(':') + 1).trim());
    headers.set(name, headers.has(name) ? `${headers.get(name)}\n${value}` : value);
  }
  const type = headers.get('content-type') ?? 'text/plain';
  if (!type.startsWith('text/plain')) throw new Error(`Only plain text is sent, not ${type}`);
  const body = source.slice(end + 4);
  const text = decoded(body, headers.get('content-transfer-encoding') ?? '7bit');
  return {
    to: headers.get('to') ?? '',
    recipients,
    subject: headers.get('subject') ?? '',
    text: text.replaceAll('\r\n', '\n').trimEnd(),
    headers,
  };
}

/** RFC 2045: the encodings of a body. */
function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding === 'quoted-printable')
    return unquoted(body.replace(/[ \t]*=\r\n/g, (broken) => broken.slice(0, -3)));
  return Buffer.from(body, 'latin1').toString('utf8');
}

/** RFC 2047: words of a header that are not ASCII. White space between two such words is no part of them. */
function decodeWords(value: string): string {
  return value
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_word, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : unquoted(word.replaceAll('_', ' ')),
    );
}

function unquoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_code, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
