import { expect, it } from 'vitest';
import { connectionsTo } from '../../src/platform/database/connections.ts';
import { setLoginPasswords } from '../../src/platform/database/login-passwords.ts';
import { asOwner, connectionAt, reachDatabase } from '../../src/platform/database/reach-database.ts';
import { Refusal } from '../../src/platform/refusal.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { TEST_SECRET, testDatabase, withClient } from '../support/database.ts';

it('reaches the database at DATABASE_URL as its owner', async () => {
  const database = await testDatabase();
  const settings = readSettings({ DATABASE_URL: database.ownerUrl, HOMEWARD_SECRET: TEST_SECRET });
  const { connections, release } = await reachDatabase(settings);
  const { rows } = await asOwner(connections, (owner) =>
    owner.query(
      'select current_user as login, current_database() as name, inet_server_addr() is not null as tcp',
    ),
  );
  expect(rows).toEqual([
    { login: 'homeward_owner', name: database.name, tcp: process.env.HOMEWARD_TEST_ROAD === 'tcp' },
  ]);
  await release();
  await database.drop();
});

it('lets the logins in with the password that comes from the secret, and with no other', async () => {
  const database = await testDatabase();
  await withClient(database.ownerConfig, (owner) => setLoginPasswords(owner, TEST_SECRET));
  const login = 'select session_user as login';
  for (const name of ['web', 'jobs'] as const) {
    const right = connectionsTo(database.ownerConfig, TEST_SECRET)[name];
    const { rows } = await withClient(right, (client) => client.query(login));
    expect(rows).toEqual([{ login: `homeward_${name}` }]);
    const wrong = connectionsTo(database.ownerConfig, 'another secret of the same kind')[name];
    await expect(withClient(wrong, (client) => client.query(login))).rejects.toMatchObject({ code: '28P01' });
  }
  await database.drop();
});

it('takes an address apart, by TCP with TLS and by socket', () => {
  expect(connectionAt('postgresql://owner:a%2Fb@db.example.org:5433/homeward?sslmode=verify-full')).toEqual({
    host: 'db.example.org',
    port: 5433,
    user: 'owner',
    password: 'a/b',
    database: 'homeward',
    ssl: {},
  });
  expect(connectionAt('postgresql://owner:p@/homeward?host=%2Frun%2Fpostgresql')).toMatchObject({
    host: '/run/postgresql',
    port: 5432,
    database: 'homeward',
    ssl: false,
  });
});

it('refuses, in a line without the password, a server that does not answer', async () => {
  const connections = connectionsTo(
    connectionAt('postgresql://owner:s3cret@127.0.0.1:1/homeward'),
    TEST_SECRET,
  );
  const refused = asOwner(connections, async () => undefined);
  await expect(refused).rejects.toThrow(Refusal);
  await expect(refused).rejects.toThrow(/^The database at 127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/);
  await expect(refused).rejects.not.toThrow(/s3cret/);
});

it('refuses what only the owner may do when it was given another login', async () => {
  const connections = connectionsTo(
    connectionAt('postgresql://homeward_web@localhost/homeward'),
    TEST_SECRET,
  );
  await expect(asOwner(connections, async () => undefined)).rejects.toThrow(
    'DATABASE_URL must name the owner of the database for this command',
  );
});
