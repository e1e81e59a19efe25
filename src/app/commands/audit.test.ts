import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { runCommandLine } from '../command-line.ts';

let given: TestDatabase;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  given = await testDatabase();
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  folder = await mkdtemp(join(tmpdir(), 'homeward-audit-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await owner.end();
  await given.drop();
});

async function homeward(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runCommandLine(
    args,
    {
      'audit verify': () => import('./audit-verify.ts'),
      'audit checkpoint': () => import('./audit-checkpoint.ts'),
    },
    {
      env: { DATABASE_URL: given.ownerUrl, HOMEWARD_SECRET: TEST_SECRET },
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
    },
  );
  return { code, out, err };
}

test('the audit is sealed, proved, and found out: with no service running', async () => {
  expect(await homeward('audit', 'checkpoint')).toMatchObject({
    code: 1,
    err: 'Nothing has been recorded yet, so there is nothing to seal\n',
  });

  await owner.query(`select audit.write('look', 'done', null, null, null, '{}') from generate_series(1, 3)`);
  const kept = join(folder, 'kept.txt');
  const sealed = await homeward('audit', 'checkpoint', '--out', kept);
  expect(sealed).toMatchObject({ code: 0, err: '' });
  expect(sealed.out).toMatch(/^Signed with: localhost:3000\/audit-[0-9a-f]{8}\+[0-9a-f]{8}\+\S{44}\n$/);
  expect(await readFile(kept, 'utf8')).toMatch(/^localhost:3000\/audit-[0-9a-f]{8}\n3\n/);
  expect(await homeward('audit', 'checkpoint', '--out', kept)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is there already'),
  });

  const whole = await homeward('audit', 'verify', '--checkpoint', kept);
  expect(whole).toMatchObject({ code: 0, err: '' });
  expect(whole.out).toMatch(
    /^The audit is whole: 3 entries sealed, 0 waiting, root \S{44}, 1 checkpoints of its own and 1 from outside\.\n$/,
  );
  const json = await homeward('audit', 'verify', '--json');
  expect(JSON.parse(json.out)).toMatchObject({ ok: true, size: 3, waiting: 0, checkpoints: 1, outside: 0 });

  const { rows } = await owner.query<{ id: string }>(
    `update audit.entry set body = set_byte(body, 9, get_byte(body, 9) # 1)
     where id = (select entry_id from audit.leaf where position = 1) returning id`,
  );
  const changed = await homeward('audit', 'verify');
  expect(changed).toMatchObject({ code: 1, out: '' });
  expect(changed.err).toMatch(
    new RegExp(
      `^The entry ${rows[0]?.id} \\(position 1, \\S+Z\\) has been changed since it was sealed\\.\\n$`,
    ),
  );
  const changedJson = await homeward('audit', 'verify', '--json');
  expect(changedJson.code).toBe(1);
  expect(JSON.parse(changedJson.out)).toMatchObject({ ok: false, fault: { entry: { id: rows[0]?.id } } });
});

test('a checkpoint that cannot be read is refused before anything is done', async () => {
  const missing = join(folder, 'nowhere.txt');
  expect(await homeward('audit', 'verify', '--checkpoint', missing)).toMatchObject({
    code: 1,
    err: `There is no file or folder ${missing}\n`,
  });
});
