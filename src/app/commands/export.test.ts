import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { provider, type Someone, someone } from '../../../test/support/service.ts';
import { allocated, noteAbout, youngPerson } from '../../../test/support/young-person.ts';
import { runCommandLine } from '../command-line.ts';

let given: TestDatabase;
let owner: pg.Client;
let folder: string;
let lead: Someone;
let person: { id: string; reference: string };

beforeAll(async () => {
  given = await testDatabase();
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  folder = await mkdtemp(join(tmpdir(), 'homeward-export-'));
  lead = await someone(owner, 'data-protection-lead');
  const team = await provider(owner);
  const worker = await someone(owner, 'caseworker', team);
  person = await youngPerson(owner, { familyName: 'Adomako' });
  await allocated(owner, person.id, { ...team, workerId: worker.accountId });
  const note = await noteAbout(owner, person.id, worker, team.organisationId, { fact: 'Likes to draw' });
  await owner.query(`update service.case_note set third_party = 'Heronaunt is ill' where id = $1`, [note]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await owner.end();
  await given.drop();
});

async function homeward(args: string[], env: Record<string, string> = {}) {
  let [out, err] = ['', ''];
  const code = await runCommandLine(
    ['export', 'person', ...args],
    { 'export person': () => import('./export.ts') },
    {
      env: { DATABASE_URL: given.ownerUrl, HOMEWARD_SECRET: TEST_SECRET, ...env },
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
    },
  );
  return { code, out, err };
}

const asks = (checkedOn: string | null) =>
  owner.query(
    `insert into service.rights_request (person_id, kind, received_on, asked_by, from_whom, what, identity_checked_on, identity_how, due_on)
     values ($1, 'access', current_date, 'themselves', 'Ama', 'All of it', $2, case when $2::date is null then '' else 'Known' end, current_date + 30)`,
    [person.id, checkedOn],
  );

test('nobody is exported who has not asked, and no file is left behind', async () => {
  const file = join(folder, 'refused.json');
  const refused = await homeward([person.reference, '--out', file]);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toMatch(new RegExp(`^${person.reference} has no open request for access .*\\n$`));
  await asks(null);
  expect((await homeward([person.reference, '--out', file])).code).toBe(1);
  expect(await homeward(['HW-2222-2222', '--out', file])).toMatchObject({
    code: 1,
    err: 'There is no record HW-2222-2222\n',
  });
  expect(await readdir(folder)).toEqual([]);
});

test('everything held is written to a file of one’s own, marked, in the name of the account and in the audit', async () => {
  await owner.query(
    `update service.rights_request set identity_checked_on = current_date, identity_how = 'Known'`,
  );
  const file = join(folder, 'held.json');
  const done = await homeward([person.reference, '--out', file, '--as', lead.email.toUpperCase()]);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toContain('do not give it away as it is');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const held = JSON.parse(await readFile(file, 'utf8')) as {
    reference: string;
    notIncluded: string;
    sections: { table: string; records: { fields: Record<string, unknown>[] }[] }[];
  };
  expect(held.reference).toBe(person.reference);
  expect(held.notIncluded).toContain('Allegations against staff are answered by those who receive them');
  expect(held.sections.map(({ table }) => table)).not.toContain('allegation_person');
  const fields = held.sections
    .filter(({ table }) => table === 'case_note')
    .flatMap(({ records }) => records.flatMap((record) => record.fields));
  expect(fields).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        field: 'third_party',
        text: 'Heronaunt is ill',
        redacted: [{ kind: 'redacted', reason: 'third-party' }],
      }),
      expect.objectContaining({ field: 'fact', redacted: [{ kind: 'shown', text: 'Likes to draw' }] }),
    ]),
  );

  const { rows: entries } = await owner.query<{
    action: string;
    actor_id: string | null;
    task: string | null;
  }>(
    `select action, actor_id, task from audit.entry where action in ('session-by-operator', 'subject-access', 'download-whole-copy', 'sign-out')
     and at > now() - interval '1 minute' order by at desc limit 4`,
  );
  expect(entries.toReversed()).toEqual([
    { action: 'session-by-operator', actor_id: null, task: 'export-person' },
    { action: 'download-whole-copy', actor_id: lead.accountId, task: null },
    { action: 'subject-access', actor_id: lead.accountId, task: null },
    { action: 'sign-out', actor_id: null, task: null },
  ]);
  const { rows: left } = await owner.query(
    `select from identity.session where device like '%command line' and ended_at is null`,
  );
  expect(left).toEqual([]);
});

test('no file is written over', async () => {
  const file = join(folder, 'kept.json');
  await writeFile(file, 'kept');
  expect(await homeward([person.id, '--out', file])).toMatchObject({
    code: 1,
    err: `${file} is there already: choose another file\n`,
  });
  expect(await readFile(file, 'utf8')).toBe('kept');
});

test('it needs a data protection lead, named where there are several or the service is in production', async () => {
  const file = join(folder, 'other.json');
  const administrator = await someone(owner, 'administrator');
  for (const email of [administrator.email, 'nobody@example.org'])
    expect(await homeward([person.reference, '--out', file, '--as', email])).toMatchObject({
      code: 1,
      err: `${email} has no account in the role of data protection lead\n`,
    });
  await someone(owner, 'data-protection-lead');
  expect((await homeward([person.reference, '--out', file])).err).toContain('say with --as for which');
  expect((await homeward([person.reference])).code).toBe(2);
  const production = {
    HOMEWARD_ENV: 'production',
    HOMEWARD_PUBLIC_URL: 'https://homeward.example.org',
    HOMEWARD_CLAMAV: '127.0.0.1:3310',
    HOMEWARD_SMTP_URL: 'smtps://mail.example.org',
    HOMEWARD_MAIL_FROM: 'homeward@example.org',
  };
  const unnamed = await homeward([person.reference, '--out', file], production);
  expect(unnamed).toMatchObject({ code: 2, err: expect.stringContaining('--as is missing') });
  expect(await readdir(folder)).not.toContain('other.json');
});
