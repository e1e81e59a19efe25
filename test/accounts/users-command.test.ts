import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommandLine } from '../../src/app/command-line.ts';
import { add, disable, reset } from '../../src/app/commands/users.ts';
import { emptyDatabase, TEST_SECRET, type TestDatabase, withClient } from '../support/database.ts';

let given: TestDatabase;

beforeAll(async () => {
  // Nothing in it at all: the first command a new service runs.
  given = await emptyDatabase('tcp');
});
afterAll(() => given.drop());

/** Runs a command line as the shell would. */
async function homeward(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const commands = {
    'users add': async () => ({ command: add }),
    'users disable': async () => ({ command: disable }),
    'users reset': async () => ({ command: reset }),
  };
  const code = await runCommandLine(args, commands, {
    env: { DATABASE_URL: given.ownerUrl, HOMEWARD_SECRET: TEST_SECRET },
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  });
  return { code, out, err };
}

const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  await withClient(given.ownerConfig, async (owner) => (await owner.query<Row>(sql, values)).rows);
const grantsOf = (email: string) =>
  query<{ role: string; kind: string; given: boolean; speaks: boolean }>(
    `select g.role, o.kind, g.approved_at is not null as given,
       exists (select from identity.approver p where p.account_id = a.id and p.organisation_id = o.id) as speaks
     from identity.access_grant g join identity.account a on a.id = g.account_id
     join identity.organisation o on o.id = g.organisation_id where a.email = $1`,
    [email],
  );

test('the first administrator and the first approver are two people, each with a link', async () => {
  const first = await homeward('users', 'add', 'ada@example.org', '--name', 'Ada', '--role', 'administrator');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/http:\/\/localhost:3000\/set-up-account\?token=[A-Za-z0-9_-]{43}\n$/);
  const second = await homeward(
    ...[
      'users',
      'add',
      'bo@example.org',
      '--name',
      'Bo',
      '--role',
      'operations-manager',
      '--approver',
      '--json',
    ],
  );
  const told = JSON.parse(second.out) as { account: string; email: string; link: string; until: string };
  expect(told).toMatchObject({
    email: 'bo@example.org',
    link: expect.stringContaining('/set-up-account?token='),
  });
  expect(await grantsOf('ada@example.org')).toEqual([
    { role: 'administrator', kind: 'service', given: true, speaks: false },
  ]);
  expect(await grantsOf('bo@example.org')).toEqual([
    { role: 'operations-manager', kind: 'service', given: true, speaks: true },
  ]);
  expect(await query('select template from messages.message order by created_at')).toEqual([
    { template: 'invitation' },
    { template: 'invitation' },
  ]);
});

test('what was done is in the audit under the name of the task, and nobody else’s', async () => {
  const entries = await query<{ task: string; action: string; actor_id: string | null }>(
    `select distinct task, action, actor_id from audit.entry order by action`,
  );
  expect(entries).toEqual(
    ['account-added', 'account-invited', 'approver-named', 'role-given-by-operator'].map((action) => ({
      task: 'users-add',
      action,
      actor_id: null,
    })),
  );
});

test('a lost account gets a new link, and a closed one none', async () => {
  expect((await homeward('users', 'reset', 'ADA@example.org')).out).toContain('/set-up-account?token=');
  expect(await homeward('users', 'disable', 'ada@example.org')).toMatchObject({ code: 0 });
  expect(
    await query(`select count(*)::int as open from identity.link l join identity.account a on a.id = l.account_id
      where a.email = 'ada@example.org' and l.used_at is null`),
  ).toEqual([{ open: 0 }]);
  expect(await homeward('users', 'reset', 'ada@example.org')).toMatchObject({
    code: 1,
    err: 'The account is closed: an administrator can open it again\n',
  });
  expect((await homeward('users', 'disable', 'ada@example.org')).code).toBe(1);
});

test.each([
  [['bo@example.org', '--name', 'Bo', '--role', 'administrator'], 1, 'has an account already'],
  [
    ['c@example.org', '--name', 'C', '--role', 'administrator', '--approver'],
    1,
    'asks for roles and gives none',
  ],
  [['c@example.org', '--name', 'C', '--role', 'caseworker'], 1, 'is for a team or for areas'],
  [['c@example.org', '--name', 'C', '--role', 'provider-manager'], 1, 'There is no provider yet'],
  [['not-an-address', '--name', 'C', '--role', 'administrator'], 1, 'is no email address'],
  [['c@example.org', '--name', 'C', '--role', 'king'], 2, '--role is one of'],
  [['c@example.org', '--role', 'administrator'], 2, '--name is missing'],
  [['--name', 'C', '--role', 'administrator'], 2, 'Something is missing'],
])('users add %j is refused', async (args, code, words) => {
  const refused = await homeward('users', 'add', ...args);
  expect(refused).toMatchObject({ code, out: '' });
  expect(refused.err).toContain(words);
  expect(await query(`select from identity.account where email = 'c@example.org'`)).toEqual([]);
});
