import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createKeyring } from '../../src/platform/crypto/sealed-box.ts';
import { connectionsTo } from '../../src/platform/database/connections.ts';
import {
  connectionUrl,
  type ServerConnection,
  useServer,
} from '../../src/platform/database/embedded-server.ts';
import { prepareDatabase } from '../../src/platform/database/prepare-database.ts';
import './database-server.ts';

const TEMPLATE = 'homeward_template';
const MAKING_TEMPLATE = 4_866_735;

/** The service's secret in tests: every test database has been prepared with it. */
export const TEST_SECRET = 'a secret that is known to all the tests and nobody else';

/** How a test reaches the server: by its own socket, or over TCP as a DATABASE_URL would. */
export type Road = 'socket' | 'tcp';

export interface TestDatabase {
  readonly name: string;
  /** As `homeward_owner`, for `new pg.Client(…)`. */
  readonly ownerConfig: ServerConnection;
  /** The same as a DATABASE_URL. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/**
 * A migrated database of its own for a test file: a copy of a template that is migrated once in a run. The road
 * is that of HOMEWARD_TEST_ROAD. The server does not wait for the disk; whoever tests durability starts another.
 */
export async function testDatabase(road: Road = testRoad()): Promise<TestDatabase> {
  const server = await testServer(road);
  await makeTemplateOnce(server);
  return createDatabase(server, `template ${TEMPLATE} strategy file_copy`);
}

/** A database with nothing in it, for what migrates by itself. */
export async function emptyDatabase(road: Road = testRoad()): Promise<TestDatabase> {
  return createDatabase(await testServer(road), 'template template0');
}

/** A connected client, which is closed when `work` has ended. */
export async function withClient<T>(
  config: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function testRoad(): Road {
  const road = process.env.HOMEWARD_TEST_ROAD ?? 'socket';
  if (road !== 'socket' && road !== 'tcp')
    throw new Error(`HOMEWARD_TEST_ROAD is socket or tcp, not ${road}`);
  return road;
}

let running: ReturnType<typeof useServer> | undefined;

async function testServer(road: Road): Promise<ServerConnection> {
  const { dataDir, tcpPort } = inject('testServer');
  const settings = {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '200',
  };
  running ??= useServer(dataDir, { tcpPort, settings });
  const { connection } = await running;
  return road === 'tcp' ? { ...connection, host: '127.0.0.1' } : connection;
}

async function makeTemplateOnce(server: ServerConnection): Promise<void> {
  await withClient({ ...server, database: 'postgres' }, async (client) => {
    await client.query('select pg_advisory_lock($1)', [MAKING_TEMPLATE]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount !== 0) return;
    const draft = await createDatabase(server, 'template template0');
    await prepareDatabase(
      connectionsTo(draft.ownerConfig, TEST_SECRET),
      TEST_SECRET,
      createKeyring(TEST_SECRET),
    );
    await client.query(`alter database ${draft.name} rename to ${TEMPLATE}`);
  });
}

async function createDatabase(server: ServerConnection, how: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const administer = (sql: string) =>
    withClient({ ...server, database: 'postgres' }, (client) => client.query(sql));
  await administer(`create database ${name} ${how}`);
  const ownerConfig = { ...server, database: name };
  return {
    name,
    ownerConfig,
    ownerUrl: connectionUrl(ownerConfig),
    drop: async () => void (await administer(`drop database if exists ${name} with (force)`)),
  };
}
