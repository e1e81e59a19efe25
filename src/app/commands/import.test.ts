import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type Someone, someone } from '../../../test/support/service.ts';
import { runCommandLine } from '../command-line.ts';

const HEADER = 'referral_ref,received_on,kind,person_ref,family_name,decision';
const GOOD = 'R-1,2020-06-01,intelligence,P-1,Bello,pending';

let given: TestDatabase;
let owner: pg.Client;
let folder: string;
let manager: Someone;

beforeAll(async () => {
  given = await testDatabase();
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  manager = await someone(owner, 'operations-manager');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-import-'));
  return () => rm(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await owner.end();
  await given.drop();
});

async function homeward(args: string[], env: Record<string, string> = {}) {
  let [out, err] = ['', ''];
  const code = await runCommandLine(
    ['import', ...args],
    { import: () => import('./import.ts') },
    {
      env: { DATABASE_URL: given.ownerUrl, HOMEWARD_SECRET: TEST_SECRET, ...env },
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
    },
  );
  return { code, out, err };
}

const write = (...rows: string[]) =>
  writeFile(join(folder, 'referrals.csv'), `${[HEADER, ...rows].join('\n')}\n`);
const references = async () =>
  (await owner.query('select source_ref from service.referral order by 1')).rows.map(
    ({ source_ref }) => source_ref,
  );

test('a wrong row is told of on a line of its own, and kept in a file where one is asked for', async () => {
  await write('R-7,2020-06-01,x,P-1,"Bel, ""lo""",pending', 'R-8,2020-06-01,intelligence,P-1,,pending');
  const errors = join(folder, 'errors.csv');
  expect(await homeward([folder, '--errors', errors])).toEqual({
    code: 1,
    out:
      'referrals.csv:2: kind: "x" is not one of intervention, intelligence\n' +
      'referrals.csv:3: family_name: it is blank, and every row needs it\n',
    err: 'Nothing was imported: 2 rows are wrong (2 faults). Correct them, or import the others with --accept-valid\n',
  });
  expect(await readFile(errors, 'utf8')).toBe(
    'file,line,column,fault\r\n' +
      'referrals.csv,2,kind,"""x"" is not one of intervention, intelligence"\r\n' +
      'referrals.csv,3,family_name,"it is blank, and every row needs it"\r\n',
  );
  expect((await stat(errors)).mode & 0o777).toBe(0o600);
  expect(await references()).toEqual([]);
});

test('good rows are imported in the name of an operations manager, and said file by file', async () => {
  await write(GOOD);
  const done = await homeward([folder, '--as', manager.email.toUpperCase()]);
  expect(done).toEqual({
    code: 0,
    out: 'referrals.csv: 1 row: 1 added, 0 changed, 0 as they were\n',
    err: '',
  });
  const { rows } = await owner.query('select on_behalf_of from service.import');
  expect(rows).toEqual([{ on_behalf_of: manager.accountId }]);
  const again = await homeward([folder]);
  expect(again).toMatchObject({ code: 0, out: 'referrals.csv: 1 row: 0 added, 0 changed, 1 as they were\n' });
});

test('with --accept-valid the good rows are imported and the others told of', async () => {
  await write(GOOD, 'R-2,2020-06-01,intelligence,P-2,Osei,pending', 'R-3,2020-06-01,x,P-3,Grant,pending');
  const done = await homeward([folder, '--accept-valid']);
  expect(done.code).toBe(0);
  expect(done.err).toBe('');
  expect(done.out).toBe(
    'referrals.csv:4: kind: "x" is not one of intervention, intelligence\n' +
      'referrals.csv: 3 rows: 1 added, 0 changed, 1 as they were, 1 refused\n',
  );
  expect(await references()).toEqual(['R-1', 'R-2']);
});

test('--json gives one document, of what was imported and of what was not', async () => {
  await write('R-3,2020-06-01,x,P-3,Grant,pending');
  await writeFile(join(folder, 'notes.txt'), 'x');
  const refused = await homeward([folder, '--json']);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out)).toEqual({
    faults: [
      {
        file: 'referrals.csv',
        line: 2,
        column: 'kind',
        message: '"x" is not one of intervention, intelligence',
      },
    ],
    imported: false,
    files: { 'referrals.csv': { rows: 1, added: 0, changed: 0, same: 0, retired: 0, refused: 1 } },
    passedOver: ['notes.txt is not a file of the import format'],
    likelyKnown: { count: 0, first: [] },
  });
  await write(GOOD);
  expect(JSON.parse((await homeward([folder, '--json'])).out)).toMatchObject({ faults: [], imported: true });
});

test('what cannot be imported is refused in one line that says what to do', async () => {
  const line = (text: string) => ({ code: 1, out: '', err: `${text}\n` });
  expect(await homeward([join(folder, 'nowhere')])).toEqual(
    line(`There is no folder ${join(folder, 'nowhere')}`),
  );
  expect(await homeward([folder])).toEqual(
    line('There is no referrals.csv: an import needs it, whatever else there is'),
  );
  await write(GOOD);
  const file = join(folder, 'referrals.csv');
  expect(await homeward([file])).toEqual(line(`${file} is a file: name the folder that it is in`));
  expect((await homeward([folder, '--errors', join(folder, 'no', 'where.csv')])).err).toContain(
    'cannot be written',
  );
  const stranger = await someone(owner, 'administrator');
  expect(await homeward([folder, '--as', stranger.email])).toEqual(
    line(`${stranger.email} has no account in the role of operations manager`),
  );
});

test('called wrongly it says how it is called; in production it needs an account', async () => {
  expect(await homeward([])).toMatchObject({ code: 2, out: '' });
  await write(GOOD);
  const production = await homeward([folder], {
    HOMEWARD_ENV: 'production',
    HOMEWARD_PUBLIC_URL: 'https://homeward.example.org',
    HOMEWARD_CLAMAV: '127.0.0.1:3310',
    HOMEWARD_SMTP_URL: 'smtps://mail.example.org',
    HOMEWARD_MAIL_FROM: 'homeward@example.org',
  });
  expect(production.err).toContain('--as is missing');
  expect(production.code).toBe(2);
});
