import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
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

test('a file that cannot be read is left out where the valid is accepted, and cells that look wrong are told', async () => {
  await write(GOOD);
  await writeFile(join(folder, 'events.csv'), 'kind\nmissing\n');
  await writeFile(
    join(folder, 'nrm.csv'),
    'nrm_ref,referred_on,conclusive_grounds_on\nN-1,2020-06-02,2020-06-01\n',
  );
  const fault =
    'events.csv:1: person_ref: the column is not there, and every row needs it: add it to the header\n';
  const odd =
    '1 cell looks wrong beside another of the row. Nothing refuses it; ask whether it is right:\n' +
    '  nrm.csv:2: conclusive_grounds_on: it is before referred_on\n';
  expect(await homeward([folder])).toEqual({
    code: 1,
    out: fault + odd,
    err: 'Nothing was imported: a file cannot be read by its header (1 fault). Correct it, or import the others with --accept-valid\n',
  });
  const done = await homeward([folder, '--accept-valid']);
  expect([done.code, done.err]).toEqual([0, '']);
  expect(done.out).toMatch(/^referrals\.csv: 1 row: .*\nnrm\.csv: 1 row: 1 added, /m);
  expect(done.out).toContain(odd);
  expect(done.out).not.toContain('events.csv: ');
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
    oddRows: { count: 0, first: [] },
    likelyKnown: { count: 0, first: [] },
    likelyMoves: { count: 0, first: [] },
    unlikeRows: { count: 0, first: [] },
    supportContinued: { count: 0, first: [] },
  });
  await write(GOOD);
  expect(JSON.parse((await homeward([folder, '--json'])).out)).toMatchObject({ faults: [], imported: true });
});

test('what people are to look at is told when the import has ended', async () => {
  const header =
    'referral_ref,received_on,kind,person_ref,given_names,family_name,date_of_birth,decision,responsible_borough';
  const bring = async (...rows: string[]) => {
    await writeFile(join(folder, 'referrals.csv'), `${[header, ...rows].join('\n')}\n`);
    return await homeward([folder]);
  };
  const first = 'L-1,2020-06-01,intelligence,L-1,Ewa,Lisowska,2005-03-04,pending,E09000022';
  await bring(first);
  const { rows } = await owner.query<{ reference: string }>(
    `with opened as (
       insert into service.episode (person_id, area, referral_id, opened_at)
       select r.person_id, r.area, r.id, now() from service.referral r where r.source_ref = 'L-1' returning person_id)
     select p.reference from service.person p join opened o on o.person_id = p.id`,
  );
  const record = rows[0]?.reference;
  const { code, out } = await bring(
    first,
    'L-2,2021-06-01,intelligence,L-1,Ewa,Lisowska,2005-03-04,pending,E09000002',
    'L-3,2020-01-01,intelligence,L-1,Zed,Quite-Other,2001-01-01,pending,E09000022',
    ...Array.from(
      { length: 21 },
      (_none, n) => `L-4${n},2021-06-01,intelligence,L-4${n},Ewa,Lis,2005-03-04,pending,`,
    ),
  );
  expect(code).toBe(0);
  const told = out.split('\n').filter((line) => !/ and HW-/.test(line));
  expect(told).toEqual([
    'referrals.csv: 24 rows: 23 added, 0 changed, 1 as they were',
    '21 pairs of a new record and one from before may be of one young person. Look at them:',
    '  and 1 more',
    '1 likely move. A record that people work on here stays in its borough, and a newer referral names another. Record the move where there was one:',
    `  ${record} is in Lambeth; L-2 (referrals.csv:3) says Barking and Dagenham`,
    '1 pair of referrals with one person_ref, no name in common and two dates of birth. They are one record. Ask whether they are one young person:',
    `  L-1 (${record}): L-1 (referrals.csv:2) and L-3 (referrals.csv:4)`,
    '',
  ]);
});

test('one wrong row is wrong, and many are', async () => {
  await write('R-8,2020-06-01,intelligence,P-1,,pending');
  expect((await homeward([folder])).err).toBe(
    'Nothing was imported: 1 row is wrong (1 fault). Correct it, or import the others with --accept-valid\n',
  );
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
  await mkdir(join(folder, 'support.csv'));
  expect(await homeward([folder])).toEqual(line('support.csv is a folder: put the file itself there'));
  await rm(join(folder, 'support.csv'), { recursive: true });
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
