import pg from 'pg';
import { Refusal } from '../refusal.ts';
import { applicationSecret, type Settings } from '../settings.ts';
import { type Connection, type Connections, connectionsTo } from './connections.ts';
import { useServer } from './embedded-server.ts';

export interface ReachedDatabase {
  readonly connections: Connections;
  /** To be called when every connection is closed. An embedded server that nobody else uses ends with it. */
  release(): Promise<void>;
}

/**
 * The database that the settings name: the server at DATABASE_URL, else the embedded one, which is started if it
 * does not run.
 *
 * @throws Refusal when the embedded server cannot be used.
 */
export async function reachDatabase(settings: Settings): Promise<ReachedDatabase> {
  const secret = await applicationSecret(settings);
  if (settings.databaseUrl) {
    return {
      connections: connectionsTo(connectionAt(settings.databaseUrl), secret),
      release: async () => {},
    };
  }
  const { connection, stop } = await useServer(settings.dataDir);
  return { connections: connectionsTo(connection, secret), release: stop };
}

/** A database's address, taken apart. */
export function connectionAt(url: string): Connection {
  const { host, port, user, password, database, ssl } = new pg.Client(url);
  return { host, port, user, password, database, ssl };
}

/**
 * Runs `work` with a client of the database's owner, and closes it.
 *
 * @throws Refusal when we were not given the owner's connection, or the server does not answer.
 */
export async function asOwner<T>(
  { owner }: Connections,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  if (!owner) throw new Refusal('DATABASE_URL must name the owner of the database for this command');
  const client = new pg.Client({ ...owner, application_name: 'homeward owner' });
  client.on('error', () => undefined); // the query under way is refused with the same error
  try {
    await client.connect();
  } catch (error) {
    const fault = error instanceof AggregateError ? error.errors.join(', ') : error;
    throw new Refusal(`The database at ${owner.host}:${owner.port} cannot be reached: ${fault}`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
