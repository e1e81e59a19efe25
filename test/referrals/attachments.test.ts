import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeFromRecord } from '../../src/attachments/attachment-commands.ts';
import { scanAttachments } from '../../src/attachments/index.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import { clamdScanner } from '../../src/platform/files/file-scanner.ts';
import { HttpVisitor } from '../support/http-visitor.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { sendReferral, writeDraft } from './writing-a-referral.ts';

/** Files, from a browser's upload to the download, through a server that speaks clamd's protocol. */

const LAMBETH = 'E09000022';
const VIRUS = 'Not a virus, but this scanner thinks so';
const PDF = '%PDF-1.7 a letter';
let given: TestService;
let jobs: Database;
let clamd: Server;
let address: string;
let coordinator: Someone;

beforeAll(async () => {
  given = await testService();
  jobs = new Database(given.connections.jobs);
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
  clamd = createServer((socket) => {
    const received: Buffer[] = [];
    socket.on('data', (part: Buffer) => received.push(part));
    socket.on('end', () => socket.end(`stream: ${answerTo(Buffer.concat(received))}\0`));
  });
  await new Promise<void>((resolve) => clamd.listen(0, '127.0.0.1', resolve));
  const bound = clamd.address();
  address = typeof bound === 'object' && bound !== null ? `127.0.0.1:${bound.port}` : '';
});
afterAll(async () => {
  clamd.close();
  await jobs.close();
  await given.stop();
});

/** What clamd says of what it was sent: the command, then chunks that say their length, then one of none. */
function answerTo(sent: Buffer): string {
  if (sent.subarray(0, 10).toString() !== 'zINSTREAM\0') return 'UNKNOWN COMMAND ERROR';
  let content = '';
  for (let at = 10; ; ) {
    const length = sent.readUInt32BE(at);
    if (length === 0) return content.includes(VIRUS) ? 'Test.Signature FOUND' : 'OK';
    content += sent.subarray(at + 4, at + 4 + length).toString('latin1');
    at += 4 + length;
  }
}

const scan = () =>
  scanAttachments({
    database: jobs,
    keyring: given.service.keyring,
    clock: given.service.clock,
    scanner: clamdScanner(address),
  });

/** Sends a page's form with a file, as a browser does. */
async function upload(
  who: Pick<Someone, 'cookie'>,
  form: string,
  content: string | Uint8Array<ArrayBuffer>,
  { name = 'letter.pdf', to = form, csrf = '' } = {},
): Promise<{ status: number; location: string | null; text: string }> {
  const page = await new HttpVisitor(given, who.cookie).get(form);
  const body = new FormData();
  for (const field of ['_csrf', '_submission'])
    body.append(field, (field === '_csrf' && csrf) || hidden(page.html, field));
  body.append('file', new Blob([content]), name);
  return await post(who, to, body);
}
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
async function post({ cookie }: Pick<Someone, 'cookie'>, to: string, body: FormData) {
  const reply = await fetch(given.url + to, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie },
  });
  return { status: reply.status, location: reply.headers.get('location'), text: await reply.text() };
}
const get = (who: Pick<Someone, 'cookie'>, path: string) => new HttpVisitor(given, who.cookie).get(path);
const idOf = (path: string) => path.split('/').at(-1) ?? '';
async function files(where: string, id: string) {
  const { rows } = await given.owner.query<Record<'id' | 'state' | 'name' | 'type' | 'found', string>>(
    `select id, state, name, type, found from service.attachment where ${where} = $1 order by uploaded_at`,
    [id],
  );
  return rows;
}
async function sentReferral() {
  const referrer = await someone(given.owner, 'referrer');
  return { referrer, sent: await sendReferral(new HttpVisitor(given, referrer.cookie)) };
}

test('a file goes with the draft to the coordinator, sealed, and is downloaded once it is found clean', async () => {
  const referrer = await someone(given.owner, 'referrer');
  const visitor = new HttpVisitor(given, referrer.cookie);
  const draft = await writeDraft(visitor);
  const form = await visitor.get(`${draft}/files`);
  expect(form.text).toContain('Never upload a nude or sexual image of anybody under 18');
  expect(form.text).toContain('This machine has no virus scanner');
  expect((await upload(referrer, `${draft}/files`, PDF, { name: '../Amina.exe' })).location).toBe(
    `${draft}/files`,
  );
  expect((await visitor.get(`${draft}/files`)).text).toContain('Amina.pdf PDF, 1 KB');
  const kept = await given.owner.query<{ kept: string }>(
    'select c::text as kept from service.attachment_content c',
  );
  expect(kept.rows.map((row) => row.kept).join()).not.toContain(Buffer.from('a letter').toString('hex'));

  const sent = (await visitor.fill(`${draft}/check`)).location ?? '';
  const [file] = await files('referral_id', idOf(sent));
  const page = `/referrals/${idOf(sent)}`;
  expect((await get(coordinator, page)).text).toContain('Being checked for viruses');
  expect((await get(coordinator, `${page}/files/${file?.id}`)).status).toBe(404);

  await scan();
  expect((await files('referral_id', idOf(sent)))[0]).toMatchObject({ state: 'clean', found: '' });
  const reply = await fetch(`${given.url}${page}/files/${file?.id}`, {
    headers: { cookie: coordinator.cookie },
  });
  expect(await reply.text()).toBe(PDF);
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="Amina.pdf"');
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  expect(reply.headers.get('content-type')).toBe('application/pdf');
  const looks = await given.owner.query(
    `select actor_id from audit.entry where action = 'download-file' and subject_id = $1`,
    [file?.id],
  );
  expect(looks.rows).toEqual([{ actor_id: coordinator.accountId }]);
  // Not the referrer any more, nor anybody by another referral's address.
  expect((await visitor.get(`${draft}/files`)).status).toBe(404);
  const other = await sentReferral();
  expect((await get(coordinator, `/referrals/${idOf(other.sent)}/files/${file?.id}`)).status).toBe(404);
});

test('a file that is infected is nobody’s to open, and the coordinators are told', async () => {
  const { referrer, sent } = await sentReferral();
  expect((await upload(referrer, `${sent}/files`, VIRUS, { name: 'a.txt' })).location).toBe(sent);
  await scan();
  const [file] = await files('referral_id', idOf(sent));
  expect(file).toMatchObject({ state: 'infected', found: 'Test.Signature' });
  const page = `/referrals/${idOf(sent)}`;
  expect((await get(coordinator, page)).text).toContain('Not safe: nobody can open it');
  expect((await get(coordinator, `${page}/files/${file?.id}`)).status).toBe(404);
  const told = await given.owner.query(
    `select account_id from messages.message where template = 'file-refused' and path = $1`,
    [page],
  );
  expect(told.rows).toEqual([{ account_id: coordinator.accountId }]);
  expect((await get(referrer, sent)).text).toContain('What you added A file, on');
});

test('what cannot be scanned now waits, and is scanned later', async () => {
  const { referrer, sent } = await sentReferral();
  await upload(referrer, `${sent}/files`, PDF);
  const nowhere = scanAttachments({
    database: jobs,
    keyring: given.service.keyring,
    clock: given.service.clock,
    scanner: clamdScanner('127.0.0.1:1'),
  });
  await expect(nowhere).rejects.toThrow('could not be looked through');
  expect((await files('referral_id', idOf(sent)))[0]?.state).toBe('quarantined');
  await scan();
  expect((await files('referral_id', idOf(sent)))[0]?.state).toBe('clean');
});

test.each([
  ['a program', new Uint8Array([0x4d, 0x5a, 0, 1, 2]), 'The file must be a PDF'],
  ['more than 10 MB', new Uint8Array(10 * 1024 * 1024 + 1).fill(0x61), 'The file must be 10 MB or smaller'],
  ['nothing', '', 'Choose a file that is not empty'],
])('%s is refused, and said why', async (_what, content, why) => {
  const { referrer, sent } = await sentReferral();
  const refused = await upload(referrer, `${sent}/files`, content, { name: 'letter.pdf' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain(why);
  expect(await files('referral_id', idOf(sent))).toEqual([]);
});

test('a form with a file needs our token, and one that is sent twice adds one file', async () => {
  const { referrer, sent } = await sentReferral();
  expect((await upload(referrer, `${sent}/files`, PDF, { csrf: 'forged' })).status).toBe(403);
  const { html } = await get(referrer, `${sent}/files`);
  const body = () => {
    const form = new FormData();
    for (const name of ['_csrf', '_submission']) form.append(name, hidden(html, name));
    form.append('file', new Blob([PDF]), 'letter.pdf');
    return form;
  };
  const replies = await Promise.all([1, 2].map(() => post(referrer, `${sent}/files`, body())));
  expect(replies.map(({ location }) => location)).toEqual([sent, sent]);
  expect(await files('referral_id', idOf(sent))).toHaveLength(1);
});

test('a form that does not arrive whole is refused in words, is no fault of the service, and adds no file', async () => {
  const { referrer, sent } = await sentReferral();
  const { html } = await get(referrer, `${sent}/files`);
  const field = (name: string) =>
    `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${hidden(html, name)}\r\n`;
  const file = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4 half`;
  const fields = field('_csrf') + field('_submission');
  for (const [type, body] of [
    ['multipart/form-data; boundary=x', `${fields}${file}`],
    ['multipart/form-data; boundary=x', `${fields}${file}\r\n`],
    ['multipart/form-data; boundary=x', `${fields}${file}\r\n${file}\r\n--x--`],
    ['multipart/form-data', `${fields}${file}\r\n--x--`],
    ['multipart/form-data; boundary=other', `${fields}${file}\r\n--x--`],
  ] as const) {
    const reply = await fetch(`${given.url}${sent}/files`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { cookie: referrer.cookie, 'content-type': type },
    });
    const text = await reply.text();
    expect([reply.status, text.includes('The file did not arrive')], body.slice(-60)).toEqual([400, true]);
  }
  expect(await files('referral_id', idOf(sent))).toEqual([]);
});

test('nobody attaches to what is another’s, and pages that take no file take none', async () => {
  const { sent } = await sentReferral();
  const own = await sentReferral();
  const forged = await upload(own.referrer, `${own.sent}/files`, PDF, { to: `${sent}/files` });
  expect(forged.status).toBe(404);
  expect((await upload(own.referrer, `${own.sent}/files`, PDF, { to: `${own.sent}/add` })).status).toBe(403);
  expect(await files('referral_id', idOf(sent))).toEqual([]);
});

test('a draft’s file can be removed, and goes when the draft is thrown away', async () => {
  const referrer = await someone(given.owner, 'referrer');
  const visitor = new HttpVisitor(given, referrer.cookie);
  const draft = await writeDraft(visitor);
  await upload(referrer, `${draft}/files`, PDF);
  await upload(referrer, `${draft}/files`, 'A chronology', { name: 'more.txt' });
  const [first] = await files('draft_id', idOf(draft));
  await visitor.fill(`${draft}/files/${first?.id}/remove`);
  expect((await files('draft_id', idOf(draft))).map(({ name }) => name)).toEqual(['more.txt']);
  await visitor.fill(`${draft}/throw-away`);
  const left = await given.owner.query(
    `select (select count(*)::int from service.attachment_content c join service.attachment a on a.id = c.attachment_id
       where a.uploaded_by = $1) + (select count(*)::int from history.attachment h where h.uploaded_by = $1) as left`,
    [referrer.accountId],
  );
  expect(left.rows).toEqual([{ left: 0 }]);
});

test('a caseworker puts a file on a record; their manager reads it, another team and another provider do not', async () => {
  const near = await provider(given.owner);
  const far = await provider(given.owner);
  const caseworker = await someone(given.owner, 'caseworker', near);
  const manager = await someone(given.owner, 'provider-manager', { organisationId: near.organisationId });
  const outsider = await someone(given.owner, 'caseworker', far);
  const { sent } = await sentReferral();
  const { rows } = await given.owner.query<{ id: string }>(
    `insert into service.person (family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
     values ('Bello', 'bello', 'not-known', 'female', 'BAFR', $1) returning id`,
    [LAMBETH],
  );
  const person = `/people/${rows[0]?.id}`;
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, worker_id)
     values ($1, $2, $3, $4, $5, $6)`,
    [idOf(sent), rows[0]?.id, LAMBETH, near.organisationId, near.teamId, caseworker.accountId],
  );
  expect((await upload(caseworker, `${person}/files/new`, PDF)).location).toBe(`${person}/files`);
  await scan();
  const [file] = await files('person_id', rows[0]?.id ?? '');
  expect((await get(caseworker, `${person}/files`)).text).toContain('letter.pdf PDF, 1 KB');
  expect((await get(manager, `${person}/files/${file?.id}`)).html).toBe(PDF);
  expect((await get(outsider, `${person}/files`)).status).toBe(404);
  expect((await get(outsider, `${person}/files/${file?.id}`)).status).toBe(404);
  expect((await get(coordinator, `${person}/files/new`)).status).toBe(403);
});

test('a file on a record is taken off by who put it there or their manager; that it was there, and why it is not, stays', async () => {
  const near = await provider(given.owner);
  const putter = await someone(given.owner, 'caseworker', { ...near, name: 'Amira Putter' });
  const colleague = await someone(given.owner, 'caseworker', near);
  const manager = await someone(given.owner, 'provider-manager', { organisationId: near.organisationId });
  const far = await provider(given.owner);
  const otherManager = await someone(given.owner, 'provider-manager', { organisationId: far.organisationId });
  const { rows } = await given.owner.query<{ id: string }>(
    `insert into service.person (family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
     values ('Adeyemi', 'adeyemi', 'not-known', 'female', 'BAFR', $1) returning id`,
    [LAMBETH],
  );
  const id = rows[0]?.id ?? '';
  for (const { organisationId, teamId } of [near, far]) {
    const { sent } = await sentReferral();
    await given.owner.query(
      `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id) values ($1, $2, $3, $4, $5)`,
      [idOf(sent), id, LAMBETH, organisationId, teamId],
    );
  }
  const person = `/people/${id}`;
  await upload(putter, `${person}/files/new`, PDF, { name: 'about-somebody-else.pdf' });
  await upload(putter, `${person}/files/new`, 'A second letter', { name: 'second.txt' });
  await scan();
  const [first, second] = await files('person_id', id);
  const removal = (file = first) => `${person}/files/${file?.id}/remove`;
  expect((await get(putter, `${person}/files`)).html).toContain(`href="${removal()}"`);
  expect((await new HttpVisitor(given, putter.cookie).fill(removal(), { reason: '' })).text).toContain(
    'Enter why you are removing the file',
  );
  for (const who of [colleague, otherManager]) {
    expect((await get(who, removal())).status).toBe(404);
    const removed = await given.service.database.asPerson(who.token, (tx) =>
      removeFromRecord(tx, given.service, first?.id ?? '', 'Mine now'),
    );
    expect(removed?.result).toBe(false);
  }
  expect((await get(coordinator, removal())).status).toBe(403);
  const done = await new HttpVisitor(given, putter.cookie).fill(removal(), {
    reason: 'It is about another child',
  });
  expect(done.location).toBe(`${person}/files`);

  for (const who of [putter, colleague, manager, coordinator]) {
    const list = (await get(who, `${person}/files`)).text;
    expect(list).toContain('Removed by Amira Putter');
    expect(list).toContain('It is about another child');
    expect(list.includes('It was called about-somebody-else.pdf')).toBe(who === manager);
    expect(list.includes('about-somebody-else')).toBe(who === manager);
    expect((await get(who, `${person}/files/${first?.id}`)).status).toBe(404);
  }
  const namedIn = async (who: Someone) => {
    const read = await given.service.database.asPerson(who.token, (tx) =>
      tx
        .selectFrom('history.attachment')
        .select('name')
        .where('id', '=', first?.id ?? '')
        .execute(),
    );
    return read?.result.map(({ name }) => name);
  };
  for (const who of [colleague, coordinator]) expect(await namedIn(who)).toEqual([]);
  expect(await namedIn(manager)).toContain('about-somebody-else.pdf');
  expect((await get(putter, removal())).status).toBe(404);
  expect(
    (await new HttpVisitor(given, manager.cookie).fill(removal(second), { reason: 'Not ours to hold' }))
      .status,
  ).toBe(303);
  const kept = await given.owner.query(
    `select count(*)::int as kept from service.attachment_content where attachment_id = any ($1::uuid[])`,
    [[first?.id, second?.id]],
  );
  expect(kept.rows).toEqual([{ kept: 2 }]);
  const trail = await given.owner.query(
    `select actor_id from audit.entry where action = 'remove-file-from-record' and person_id = $1 order by at`,
    [id],
  );
  expect(trail.rows).toEqual([{ actor_id: putter.accountId }, { actor_id: manager.accountId }]);
});
