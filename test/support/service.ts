import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { createWebServer } from '../../src/app/web-server.ts';
import { type Clock, systemClock } from '../../src/platform/clock/clock.ts';
import { createKeyring } from '../../src/platform/crypto/sealed-box.ts';
import { type Connections, connectionsTo } from '../../src/platform/database/connections.ts';
import { freePort } from '../../src/platform/database/embedded-server.ts';
import { Database, type Role, type Transaction } from '../../src/platform/database/transaction.ts';
import type { Service } from '../../src/platform/service.ts';
import { TEST_SECRET, testDatabase } from './database.ts';

/** A whole service on a database of its own, listening on loopback. */
export interface TestService {
  url: string;
  service: Service;
  connections: Connections;
  /** A client that owns the database: for arranging and for looking, never for what is tested. */
  owner: pg.Client;
  stop(): Promise<void>;
}

export async function testService(
  options: { clock?: Clock; demonstration?: boolean; connections?: number } = {},
): Promise<TestService> {
  const given = await testDatabase();
  const connections = connectionsTo(given.ownerConfig, TEST_SECRET);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const database = new Database(connections.web, { connections: options.connections ?? 10 });
  const service: Service = {
    database,
    keyring: createKeyring(TEST_SECRET),
    clock: options.clock ?? systemClock,
    publicUrl: url,
    environment: 'development',
    demonstration: options.demonstration ?? false,
  };
  const owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  const server = await createWebServer(service);
  await server.listen({ host: '127.0.0.1', port });
  return {
    url,
    service,
    connections,
    owner,
    async stop() {
      await server.close();
      await database.close();
      await owner.end();
      await given.drop();
    },
  };
}

export interface Someone {
  accountId: string;
  grantId: string;
  name: string;
  email: string;
  /** The session cookie's token: they are signed in already. */
  token: string;
  /** What `fetch` or a browser sends to be them. */
  cookie: string;
}

/** An account with a role and an open session, arranged behind the service's back. */
export async function someone(
  owner: pg.Client,
  role: Role,
  place: { organisationId?: string; teamId?: string; areas?: readonly string[]; name?: string } = {},
): Promise<Someone> {
  const accountId = randomUUID();
  const grantId = randomUUID();
  const token = randomBytes(32).toString('base64url');
  const name = place.name ?? `Somebody ${role}`;
  const email = `${role}.${accountId.slice(0, 8)}@example.org`;
  await owner.query('insert into identity.account (id, email, name, kind) values ($1, $2, $3, $4)', [
    accountId,
    email,
    name,
    role === 'referrer' ? 'referrer' : 'staff',
  ]);
  await owner.query(
    `insert into identity.access_grant (id, account_id, role, organisation_id, team_id, areas, approved_at)
     values ($1, $2, $3, $4, $5, $6, now())`,
    [grantId, accountId, role, place.organisationId ?? null, place.teamId ?? null, place.areas ?? []],
  );
  await owner.query(
    `insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, proved_again_at)
     values (sha256(convert_to($1, 'UTF8')), $2, $3, now() + interval '12 hours', 60, now())`,
    [token, accountId, grantId],
  );
  return { accountId, grantId, name, email, token, cookie: `homeward-session=${token}` };
}

/** A provider with one team. */
export async function provider(
  owner: pg.Client,
  name = `Provider ${randomUUID().slice(0, 8)}`,
): Promise<{ organisationId: string; teamId: string; name: string }> {
  const organisationId = randomUUID();
  const teamId = randomUUID();
  await owner.query(`insert into identity.organisation (id, kind, name) values ($1, 'provider', $2)`, [
    organisationId,
    name,
  ]);
  await owner.query('insert into identity.team (id, organisation_id, name) values ($1, $2, $3)', [
    teamId,
    organisationId,
    'First team',
  ]);
  return { organisationId, teamId, name };
}

/** Runs `work` as a request that carries out some command does: nothing of the service is changed without one. */
export async function inCommand<Result>(
  database: Database,
  token: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<{ result: Result } | null> {
  return await database.asPerson(token, async (tx) => {
    await sql`select audit.command('test', 'test', null, null, '{}')`.execute(tx);
    return await work(tx);
  });
}
