import net from 'node:net';
import pg from 'pg';
import type { Connection } from '../src/platform/database/connections.ts';

/** What a client said to the server between two "ready"s: one statement, or one that was prepared, bound and executed. */
type Turn = Buffer;

const READY = 0x5a;
const PARSE = 0x50;
const BIND = 0x42;

/** The messages of a turn: a letter, a length that counts itself, and what it says. */
function* messagesOf(turn: Turn): Generator<Buffer> {
  for (let at = 0; at + 5 <= turn.length; ) {
    const next = at + 1 + turn.readInt32BE(at + 1);
    yield turn.subarray(at, next);
    at = next;
  }
}

/** The prepared statement that a message makes or uses; '' is one that nobody keeps. */
function statementOf(message: Buffer): string {
  const after = (from: number) => message.indexOf(0, from) + 1;
  const from = message[0] === BIND ? after(5) : 5;
  return message.toString('latin1', from, after(from) - 1);
}

/** A turn with the making of the statement that it uses, which may have been in an earlier one. */
function withItsStatement(turn: Turn, made: Map<string, Buffer>): Turn {
  const messages = [...messagesOf(turn)];
  for (const message of messages) if (message[0] === PARSE) made.set(statementOf(message), message);
  const used = messages.find((message) => message[0] === BIND);
  const isMade = messages.some((message) => message[0] === PARSE);
  const statement = used === undefined || isMade ? undefined : made.get(statementOf(used));
  return statement === undefined ? turn : Buffer.concat([statement, turn]);
}

/** A turn without the making of statements that this connection has. */
function withoutWhatIsMade(turn: Turn, made: Set<string>): Turn {
  return Buffer.concat(
    [...messagesOf(turn)].filter((message) => {
      const name = message[0] === PARSE ? statementOf(message) : '';
      if (name === '') return true;
      const isNew = !made.has(name);
      made.add(name);
      return isNew;
    }),
  );
}

/**
 * Stands between the service and its database and writes down what the service says, so that a page's statements can be
 * counted, and run again without the page.
 */
export class Listener {
  readonly port: number;
  readonly #server: net.Server;
  #turns: Turn[] | null = null;

  private constructor(server: net.Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async before(target: { host: string; port: number }): Promise<Listener> {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The listener has no port');
    const listener = new Listener(server, address.port);
    server.on('connection', (client) => listener.#carry(client, target));
    return listener;
  }

  /** The turns of what happens while `work` runs. */
  async during(work: () => Promise<void>): Promise<Turn[]> {
    const turns: Turn[] = [];
    this.#turns = turns;
    await work();
    this.#turns = null;
    return turns;
  }

  close(): void {
    this.#server.close();
  }

  #carry(client: net.Socket, target: { host: string; port: number }): void {
    const server = net.connect(target);
    let said: Buffer[] = [];
    let isGreeted = false;
    const made = new Map<string, Buffer>();
    client.on('data', (data) => {
      said.push(data);
      server.write(data);
    });
    server.on('data', (data) => {
      // "Ready" is the last message of an answer: type, length 5, one letter of state.
      if (data.length >= 6 && data[data.length - 6] === READY && said.length > 0) {
        // What was said first has no letter before it: who one is.
        if (isGreeted) {
          const turn = withItsStatement(Buffer.concat(said), made);
          this.#turns?.push(turn);
        }
        isGreeted = true;
        said = [];
      }
      client.write(data);
    });
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('close', end).on('error', end);
  }
}

interface RawConnection {
  stream: net.Socket;
  once(event: 'readyForQuery', then: () => void): void;
  removeAllListeners(event: string): void;
}

/** What pg takes for answers to questions of its own, and complains of when it asked none. */
const ANSWERS = [
  'commandComplete',
  'dataRow',
  'rowDescription',
  'parseComplete',
  'bindComplete',
  'noData',
  'readyForQuery',
  'errorMessage',
  'emptyQuery',
];

/**
 * Runs captured turns again, over one connection of the same login, and tells how long each run of all of them took, in
 * milliseconds. `change` makes each run a new one: a form's id may be used once.
 */
export async function replay(
  login: Connection,
  turns: readonly Turn[],
  runs: number,
  change: (turn: Buffer, run: number) => Buffer,
): Promise<number[]> {
  const client = new pg.Client(login);
  await client.connect();
  // The connection is broken off at the end, since pg no longer knows where in its conversation it is.
  client.on('error', () => undefined);
  const { connection } = client as unknown as { connection: RawConnection };
  for (const answer of ANSWERS) connection.removeAllListeners(answer);
  const took: number[] = [];
  const made = new Set<string>();
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    for (const turn of turns) {
      const ready = new Promise<void>((resolve) => connection.once('readyForQuery', resolve));
      connection.stream.write(change(withoutWhatIsMade(turn, made), run));
      await ready;
    }
    took.push(performance.now() - began);
  }
  connection.stream.destroy();
  return took;
}
