import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { carryOutImports, importHistory } from '../../src/history-in/index.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import { HttpVisitor, type Reply } from '../support/http-visitor.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';
import { csvFile, folder, type Rows, wholeRows } from './incoming.ts';

/** Imports in the browser, by HTTP and the background's own work: from files that are chosen to records, or to nothing. */

let given: TestService;
let jobs: Database;
let manager: Someone;
let other: Someone;
let now = new Date();

beforeAll(async () => {
  given = await testService({ clock: { now: () => now } });
  jobs = new Database(given.connections.jobs, { connections: 4 });
  manager = await someone(given.owner, 'operations-manager', { name: 'Miriam Castellanos' });
  other = await someone(given.owner, 'operations-manager', { name: 'Bashir Odeh' });
});
afterAll(async () => {
  await jobs.close();
  await given.stop();
});
/** What imports and these tests write. */
const WRITTEN = [
  'person',
  'referral',
  'referral_action',
  'recorded_event',
  'imported_support',
  'episode',
  'restriction',
  'restriction_reader',
  'import_finding',
  'import',
  'import_upload',
  'import_upload_piece',
] as const;

beforeEach(async () => {
  now = new Date();
  // To truncate them would take every table that hangs on a person with them, which takes a second.
  await given.owner.query(`set session_replication_role = replica;
    ${WRITTEN.map((table) => `delete from service.${table}`).join('; ')}; set session_replication_role = origin`);
});

const work = () =>
  carryOutImports({
    database: jobs,
    jobs: given.connections.jobs,
    keyring: given.service.keyring,
    clock: { now: () => now },
  });

const referral = (changed: Readonly<Record<string, string>> = {}) => ({
  ...wholeRows['referrals.csv'],
  ...changed,
});
const support = { ...wholeRows['support.csv'] };

interface Chosen {
  name: string;
  content: string | Uint8Array<ArrayBuffer>;
}
const chosen = async (name: string, rows: Rows): Promise<Chosen> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of csvFile(name, rows).read()) pieces.push(piece);
  return { name, content: new Uint8Array(Buffer.concat(pieces)) };
};

/** Sends the form of the page that takes files, as a browser does. */
async function upload(who: Pick<Someone, 'cookie'>, files: readonly Chosen[]) {
  const page = await new HttpVisitor(given, manager.cookie).get('/imports/new');
  const mine = who === manager ? page : await new HttpVisitor(given, who.cookie).get('/imports/new');
  const body = new FormData();
  for (const field of ['_csrf', '_submission'])
    body.append(field, new RegExp(`name="${field}" value="([^"]*)"`).exec(mine.html)?.[1] ?? '');
  for (const { name, content } of files) body.append('files', new Blob([content]), name);
  // A box in which nothing is chosen.
  if (files.length === 0) body.append('files', new Blob([]), '');
  const reply = await fetch(`${given.url}/imports/new`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie: who.cookie },
  });
  const location = reply.headers.get('location') ?? '';
  return { status: reply.status, location, html: await reply.text(), id: location.split('/').at(-1) ?? '' };
}

const visit = (who: Someone) => new HttpVisitor(given, who.cookie);
const see = (path: string) => visit(manager).get(path);

/** Brings files that are checked at once. */
async function brought(...files: Chosen[]): Promise<{ id: string; page: Reply }> {
  const { id, status } = await upload(manager, files);
  expect(status).toBe(303);
  await work();
  return { id, page: await see(`/imports/${id}`) };
}

async function uploads() {
  const { rows } = await given.owner.query<{ id: string; state: string; pieces: string[] }>(
    `select u.id, u.state, array(select distinct p.name from service.import_upload_piece p where p.upload_id = u.id order by 1) as pieces
     from service.import_upload u order by id`,
  );
  return rows;
}
async function count(table: string): Promise<number> {
  const { rows } = await given.owner.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]?.n ?? 0;
}
async function acts(id: string): Promise<string[]> {
  const { rows } = await given.owner.query<{ action: string }>(
    `select action from audit.entry where subject_id = $1 and action not like 'view-%' order by at`,
    [id],
  );
  return rows.map(({ action }) => action);
}

describe('files that cannot be checked', () => {
  const good = () => chosen('referrals.csv', [referral()]);
  test.each<[string, () => Promise<Chosen[]>, string]>([
    ['none', async () => [], 'Choose the files to import'],
    [
      'one of another name',
      async () => [await good(), { name: 'people.csv', content: 'x' }],
      'people.csv is not a file',
    ],
    ['without referrals', async () => [await chosen('support.csv', [support])], 'Choose referrals.csv too'],
    [
      'a spreadsheet',
      async () => [{ name: 'referrals.csv', content: 'PK\u0003\u0004' }],
      'referrals.csv is not a CSV file',
    ],
    [
      'an empty one',
      async () => [await good(), { name: 'nrm.csv', content: '' }],
      'nrm.csv is empty: leave it out',
    ],
    [
      'more than 50 MB together',
      async () => [await good(), { name: 'events.csv', content: new Uint8Array(50 * 1024 * 1024) }],
      'The files must be 50 MB or smaller together',
    ],
  ])('are refused in words: %s', async (_what, files, words) => {
    const reply = await upload(manager, await files());
    expect(reply.status).toBe(422);
    expect(reply.html).toContain(words);
    expect(await uploads()).toEqual([]);
  });

  test('are not taken in where five wait, however many are brought at once', async () => {
    const file = await good();
    const replies = await Promise.all(Array.from({ length: 8 }, () => upload(manager, [file])));
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 303, 303, 303, 303, 422, 422, 422]);
    expect(await uploads()).toHaveLength(5);
  });

  test('are not taken in from anybody else', async () => {
    const analyst = await someone(given.owner, 'analyst');
    const page = await see('/imports/new');
    expect(page.status).toBe(200);
    const reply = await upload(analyst, [await good()]);
    expect(reply.status).toBe(403);
    const refused = await given.owner.query(
      `select from audit.entry where actor_id = $1 and action = 'not-for-your-role' and outcome = 'refused'`,
      [analyst.accountId],
    );
    // The page, and what was sent to it.
    expect(refused.rowCount).toBe(2);
    expect(await uploads()).toEqual([]);
  });
});

test('files are checked, shown as what they would change, confirmed and imported, and then they are gone', async () => {
  await importHistory(given.connections.jobs, {
    files: folder({ 'referrals.csv': [referral(), referral({ referral_ref: 'R-2', person_ref: 'P-2' })] }),
    source: 'year-2',
    mode: 'all',
    onBehalfOf: null,
    now,
    fault: () => undefined,
  });
  const files = [
    {
      ...(await chosen('referrals.csv', [
        referral(),
        referral({ referral_ref: 'R-2', person_ref: 'P-2', gang_link: 'no' }),
        referral({ referral_ref: 'R-3', person_ref: 'P-3', given_names: 'Aminah' }),
      ])),
      name: 'Referrals.CSV',
    },
    await chosen('events.csv', [wholeRows['events.csv']]),
    await chosen('nrm.csv', [{ ...wholeRows['nrm.csv'], reasonable_grounds_on: '2020-06-09' }]),
  ];
  const { id, status } = await upload(manager, files);
  expect(status).toBe(303);
  const { rows: kept } = await given.owner.query<{ text: string }>(
    'select p::text as text from service.import_upload_piece p',
  );
  expect(kept.map(({ text }) => text).join()).not.toContain(Buffer.from('Aminah').toString('hex'));
  expect((await see(`/imports/${id}`)).text).toContain('The files are being checked');

  await work();
  const page = await see(`/imports/${id}`);
  expect(page.text).toContain('Nothing is wrong with the files. Nothing was imported yet.');
  expect(page.text).toContain('referrals.csv 3 1 1 1 0 0');
  expect(page.text).toContain('events.csv 1 1 0 0 0 0');
  const odd = 'nrm.csv:2: reasonable_grounds_on: it is before referred_on';
  expect(page.text).toContain(odd);
  expect(page.text).toMatch(/P-3 and HW-\S+ : .*The same date of birth/);
  expect(await count('service.referral')).toBe(2);
  expect(await count('service.import_finding')).toBe(0);

  const confirm = await see(`/imports/${id}/confirm`);
  expect(confirm.text).toContain('Import everything?');
  expect((await visit(manager).send(confirm)).location).toBe(`/imports/${id}`);
  await work();
  expect(await count('service.referral')).toBe(3);
  expect(await uploads()).toEqual([{ id, state: 'imported', pieces: ['preview'] }]);
  const done = await see(`/imports/${id}`);
  expect(done.text).toContain('What was imported');
  expect(done.text).toContain('referrals.csv 3 1 1 1 0 0');
  expect(done.text).toContain(odd);
  expect(done.text).toMatch(/Confirmed Miriam Castellanos/);
  expect(done.text).toMatch(/HW-\S+ and HW-\S+ : .*The same date of birth/);
  const { rows } = await given.owner.query('select on_behalf_of from service.import where id = $1', [id]);
  expect(rows).toEqual([{ on_behalf_of: manager.accountId }]);
  expect(await acts(id)).toEqual(['bring-import', 'import-checked', 'confirm-import', 'import']);
  const list = await see('/imports');
  expect(list.text).toContain(
    'Miriam Castellanos referrals.csv, nrm.csv, events.csv 3 new, 1 changed Imported',
  );
  expect(list.text).toContain('Whoever runs the server , by the command line');
});

test('faults are shown and downloaded, and the good rows are imported without the others', async () => {
  const wrong = Array.from({ length: 120 }, (_none, n) =>
    referral({ referral_ref: `W-${n}`, person_ref: `W-${n}`, gender: '=cmd' }),
  );
  const { id, page } = await brought(
    await chosen('referrals.csv', [referral(), ...wrong]),
    await chosen('support.csv', [support, { ...support, referral_ref: 'W-1' }]),
  );
  expect(page.text).toContain('The first 100 of 121 faults');
  expect(page.text).toContain('referrals.csv 3 gender "=cmd" is not one of');
  const file = await see(`/imports/${id}/faults`);
  expect(file.html.split('\r\n')).toHaveLength(1 + 121 + 1);
  expect(file.html).toContain(
    'support.csv,3,referral_ref,"what it points to, referrals.csv:4, is refused itself"',
  );

  const confirm = await see(`/imports/${id}/confirm`);
  expect(confirm.text).toContain('Import the 2 good rows and leave the rest?');
  await visit(manager).send(confirm);
  await work();
  expect([await count('service.referral'), await count('service.imported_support')]).toEqual([1, 1]);
  const done = await see(`/imports/${id}`);
  expect(done.text).toContain('referrals.csv 121 1 0 0 0 120');
  expect(done.text).toContain('Rows that were left out');
  expect((await see(`/imports/${id}/faults`)).status).toBe(200);

  now = new Date(now.getTime() + 8 * 86_400_000);
  await work();
  expect(await uploads()).toEqual([{ id, state: 'imported', pieces: [] }]);
});

test('two managers who confirm at once, and twice, do one import', async () => {
  const { id } = await brought(await chosen('referrals.csv', [referral()]));
  const forms = await Promise.all(
    [manager, manager, other].map(async (who) => {
      const visitor = visit(who);
      return { visitor, page: await visitor.get(`/imports/${id}/confirm`) };
    }),
  );
  const replies = await Promise.all([
    ...forms.map(({ visitor, page }) => visitor.send(page)),
    ...forms.map(({ visitor, page }) => visitor.send(page)),
  ]);
  expect(replies.map(({ location }) => location)).toEqual(Array(6).fill(`/imports/${id}`));
  await Promise.all([work(), work()]);
  await work();
  expect([await count('service.import'), await count('service.referral')]).toEqual([1, 1]);
  expect((await acts(id)).filter((act) => act === 'confirm-import')).toHaveLength(1);
});

test('a page that was made before another check confirms nothing', async () => {
  const { id } = await brought(await chosen('referrals.csv', [referral()]));
  const visitor = visit(manager);
  const old = await visitor.get(`/imports/${id}/confirm`);
  await visit(other).send(await visit(other).get(`/imports/${id}`), { act: 'check-again' });
  await work();
  expect((await visitor.send(old)).location).toBe(`/imports/${id}`);
  expect((await uploads())[0]?.state).toBe('checked');
});

test('what changed since it was confirmed is shown again and not imported', async () => {
  const { id } = await brought(
    await chosen('referrals.csv', [referral()]),
    await chosen('support.csv', [{ ...support, referral_ref: 'R-8' }]),
  );
  await visit(manager).send(await see(`/imports/${id}/confirm`));
  // What one row points to comes meanwhile, so there are other faults than were confirmed.
  await importHistory(given.connections.jobs, {
    files: folder({ 'referrals.csv': [referral({ referral_ref: 'R-8', person_ref: 'P-8' })] }),
    source: 'meanwhile',
    mode: 'all',
    onBehalfOf: null,
    now,
    fault: () => undefined,
  });
  await work();
  expect(await count('service.referral')).toBe(1);
  const page = await see(`/imports/${id}`);
  expect(page.text).toContain('Nothing is wrong with the files. Nothing was imported yet.');
});

test('a worker that is killed half-way has imported nothing, and the next one imports it once', async () => {
  const many = Array.from({ length: 1_000 }, (_none, n) =>
    referral({ referral_ref: `R-${n}`, person_ref: `P-${n}` }),
  );
  const { id } = await brought(await chosen('referrals.csv', many));
  await visit(manager).send(await see(`/imports/${id}/confirm`));
  // It waits with its first referral in hand, however fast it is.
  await given.owner.query('begin');
  await given.owner.query('lock table service.referral in share mode');
  const working = work().then(
    () => 'done',
    () => 'lost',
  );
  await expect
    .poll(
      async () => {
        const { rows } = await given.owner.query(
          `select pg_terminate_backend(pid) from pg_locks
           where not granted and relation = 'service.referral'::regclass and database = (select oid from pg_database where datname = current_database())`,
        );
        return rows.length;
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await given.owner.query('rollback');
  expect(await working).toBe('lost');
  expect([await count('service.referral'), (await uploads())[0]?.state]).toEqual([0, 'importing']);
  await work();
  expect([await count('service.referral'), await count('service.import')]).toEqual([1_000, 1]);

  // Killed after it was imported and before that was said: it is only said.
  await given.owner.query(`alter table service.import_upload disable trigger import_upload_moves`);
  await given.owner.query(`update service.import_upload set state = 'importing', ended_at = null`);
  await given.owner.query(`alter table service.import_upload enable trigger import_upload_moves`);
  await work();
  expect([await count('service.import'), (await uploads())[0]?.state]).toEqual([1, 'imported']);
});

test('what fails each time is given up, says so, and can be checked again', async () => {
  const { id } = await brought(await chosen('referrals.csv', [referral()]));
  await visit(manager).send(await see(`/imports/${id}`), { act: 'check-again' });
  await given.owner.query('update service.import_upload set attempts = 5');
  await work();
  expect((await see(`/imports/${id}`)).text).toContain('It was tried several times and could not be done');
  await visit(manager).send(await see(`/imports/${id}`), { act: 'check-again' });
  await work();
  expect((await uploads())[0]?.state).toBe('checked');
});

test('one import waits for another without holding up the worker', async () => {
  const { id } = await upload(manager, [await chosen('referrals.csv', [referral()])]);
  await given.owner.query('select pg_advisory_lock(4866739)');
  await work();
  expect(await uploads()).toMatchObject([{ id, state: 'checking' }]);
  await given.owner.query('select pg_advisory_unlock(4866739)');
  await work();
  expect(await uploads()).toMatchObject([{ id, state: 'checked' }]);
});

test('what is discarded, or not confirmed in a week, is thrown away', async () => {
  const files = [await chosen('referrals.csv', [referral()])];
  const first = await brought(...files);
  await visit(other).fill(`/imports/${first.id}`, { act: 'discard' });
  expect((await see(`/imports/${first.id}`)).text).toContain('The files were thrown away');
  expect((await see(`/imports/${first.id}/confirm`)).location).toBe(`/imports/${first.id}`);
  const second = await brought(...files);
  now = new Date(now.getTime() + 6.9 * 86_400_000);
  await work();
  expect((await uploads())[1]).toEqual({
    id: second.id,
    state: 'checked',
    pieces: ['preview', 'referrals.csv'],
  });
  now = new Date(now.getTime() + 0.2 * 86_400_000);
  await work();
  expect(await uploads()).toEqual([
    { id: first.id, state: 'discarded', pieces: [] },
    { id: second.id, state: 'expired', pieces: [] },
  ]);
  expect(await acts(second.id)).toEqual(['bring-import', 'import-checked', 'import-expired']);
  expect(await count('service.person')).toBe(0);
});

test('a likely move is told of the record with the import, and not to whom the record is closed', async () => {
  const first = referral({ decision: 'pending', decided_on: '', decision_reason: '' });
  const bring = (rows: Rows) =>
    importHistory(given.connections.jobs, {
      files: folder({ 'referrals.csv': rows }),
      source: 'a folder',
      mode: 'all',
      onBehalfOf: null,
      now,
      fault: () => undefined,
    });
  await bring([first]);
  await given.owner.query(
    `insert into service.episode (person_id, area, referral_id, opened_at)
     select r.person_id, r.area, r.id, now() from service.referral r`,
  );
  await bring([
    first,
    { ...first, referral_ref: 'R-2', received_on: '2021-02-03', responsible_borough: 'E09000002' },
  ]);
  const { rows } = await given.owner.query<{ id: string }>(
    'select id from service.import order by began_at desc limit 1',
  );
  const path = `/imports/${rows[0]?.id}`;
  expect((await see(path)).text).toMatch(
    /1 likely move\. .* HW-\S+ is in Lambeth; R-2 \(referrals\.csv:3\) says Barking and Dagenham/,
  );
  await given.owner.query(
    `with placed as (
       insert into service.restriction (person_id, placed_by, why) select id, $1, 'x' from service.person returning id, person_id)
     insert into service.restriction_reader (restriction_id, person_id, account_id) select id, person_id, $1 from placed`,
    [other.accountId],
  );
  const closed = await see(path);
  expect(closed.text).not.toContain('R-2');
  expect(closed.text).not.toContain('likely move');
  expect(closed.text).not.toContain('cannot be listed');

  // Nor is a restricted record found by a row like it: whom its restriction names are told.
  const restricted = await given.owner.query<{ id: string }>(
    'select person_id as id from service.restriction',
  );
  const outcome = await bring([{ ...first, referral_ref: 'R-3', person_ref: 'P-3' }]);
  expect(outcome.likelyKnown).toEqual({ count: 0, first: [] });
  const told = await given.owner.query(
    `select path from messages.message where account_id = $1 and template = 'something-waits'`,
    [other.accountId],
  );
  expect(told.rows).toContainEqual({ path: `/people/${restricted.rows[0]?.id}` });
});
