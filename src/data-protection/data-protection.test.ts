import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FormClient } from '../../test/support/form-client.ts';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { recordCommand, recordLook } from '../platform/audit/record.ts';
import type { Role } from '../platform/database/transaction.ts';
import { inWords, partOf, titleOf } from './held.ts';
import { MANY_REFUSALS } from './unusual-access.ts';

const LAMBETH = 'E09000022';

let given: TestService;
let lead: Someone, operations: Someone, worker: Someone, coordinator: Someone;
let team: Awaited<ReturnType<typeof provider>>;

beforeAll(async () => {
  given = await testService();
  team = await provider(given.owner);
  lead = await someone(given.owner, 'data-protection-lead');
  operations = await someone(given.owner, 'operations-manager');
  worker = await someone(given.owner, 'caseworker', { ...team, name: 'Wren Osei' });
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
});
afterAll(async () => await given.stop());

const as = (who: Someone) => new FormClient(given, who);

/** Somebody in Lambeth with whom the team works, and one note about them. */
async function youngPerson(familyName: string, note: { fact: string; thirdParty: string }) {
  const { rows } = await given.owner.query<{ id: string; reference: string }>(
    `insert into service.person (given_names, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
     values ('Ama', $1, lower($1), 'not-known', 'female', 'NOBT', $2) returning id, reference`,
    [familyName, LAMBETH],
  );
  const { id = '', reference = '' } = rows[0] ?? {};
  const referral = randomUUID();
  await given.owner.query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, family_name, name_key,
       date_of_birth_precision, gender, ethnicity, answers, person_id)
     values ($1, 'intervention', 'allocated', $2, 'education', 'A school', '2030-01-01', $3, $4, lower($4), 'not-known', 'female', 'NOBT', '[]', $5)`,
    [referral, operations.accountId, LAMBETH, familyName, id],
  );
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, worker_id) values ($1, $2, $3, $4, $5, $6)`,
    [referral, id, LAMBETH, team.organisationId, team.teamId, worker.accountId],
  );
  await given.owner.query(
    `insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact, third_party)
     values ($1, $2, $3, 'visit', now(), $4, $5)`,
    [id, team.organisationId, worker.accountId, note.fact, note.thirdParty],
  );
  return { id, reference };
}

const received = () => {
  const day = new Date(Date.now() - 86_400_000);
  return {
    'received-day': String(day.getUTCDate()),
    'received-month': String(day.getUTCMonth() + 1),
    'received-year': String(day.getUTCFullYear()),
  };
};

/** A request that the lead records; gives its address. */
async function recorded(kind: string, reference: string): Promise<string> {
  const saved = await as(lead).submit('/rights-requests/new', {
    kind,
    ...received(),
    askedBy: 'themselves',
    fromWhom: 'Ama, by her worker',
    what: 'Everything you have',
    reference,
  });
  expect(saved.status).toBe(303);
  return saved.location ?? '';
}

async function checkIdentity(address: string): Promise<void> {
  const day = received();
  const saved = await as(lead).submit(`${address}/progress`, {
    'checked-day': day['received-day'],
    'checked-month': day['received-month'],
    'checked-year': day['received-year'],
    how: 'Her worker knows her',
    reference:
      (await as(lead).get(`${address}/progress`)).html.match(/HW-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0] ?? '',
    version: '1',
  });
  expect(saved.status).toBe(303);
}

test('a copy of what is held leaves out others, and every word that the lead blacked out', async () => {
  const { id, reference } = await youngPerson('Boateng', {
    fact: 'Came with Kestrelname Smith. KESTRELNAME was kind. Finchword said little.',
    thirdParty: 'Heronaunt is ill.',
  });
  // An earlier version, in which the name stands as well.
  await given.owner.query(`update service.case_note set fact = fact || ' Later.' where person_id = $1`, [id]);
  const address = await recorded('access', reference);
  expect((await as(lead).get(`${address}/export`)).status).toBe(404);
  await checkIdentity(address);

  const overview = await as(lead).get(`${address}/export`);
  expect(overview.html).toContain('Case notes');
  expect(overview.html).toContain('You have not opened it');
  expect(overview.html).not.toContain('export/copy"');
  const notes = await as(lead).get(`${address}/export?part=case-notes`);
  expect(notes.html).toContain('Heronaunt is ill.');
  expect(notes.html).toContain('[redacted]');
  expect(
    (await as(lead).submit(`${address}/export`, { passage: 'Kestrelname', reason: 'third-party' })).status,
  ).toBe(303);
  const decide =
    notes.html.match(/href="([^"]*export\/mark[^"]*field=fact)"/)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const wrong = await as(lead).submit(decide, {
    decision: 'passage',
    passage: 'Nobody',
    reason: 'third-party',
  });
  expect(wrong.html).toContain('These words do not stand in the field');
  const marked = await as(lead).submit(decide, {
    decision: 'passage',
    passage: 'finchword',
    reason: 'third-party',
  });
  expect(marked.status).toBe(303);

  // One part was opened, by this lead: the copy is not offered before they have said that they know of the others.
  const unread = (await as(lead).get(`${address}/export/unread`)).html;
  const parts = [...overview.html.matchAll(/\?part=([a-z0-9-]+)"/g)].map(([, part]) => part);
  expect(parts).toContain('case-notes');
  for (const part of parts) expect(unread.includes(`?part=${part}"`), part).toBe(part !== 'case-notes');
  expect(unread).toContain('export/copy"');

  const copy = await as(lead).get(`${address}/export/copy`);
  expect(copy.status).toBe(200);
  expect(copy.html).not.toMatch(/kestrelname|finchword|heronaunt/i);
  expect(copy.html).toContain('[redacted]');
  expect(copy.html).toContain('was kind');
  expect(copy.html).toContain('Boateng');
  expect(copy.html).not.toMatch(/<script|<link|src=/);
  // Everything is one step further away, and says first that it is not for whoever asked.
  expect(overview.html).not.toContain(`${address}/export/whole`);
  const warning = (await as(lead).get(`${address}/export/not-redacted`)).html;
  expect(warning).toContain('This is not the copy for whoever asked');
  expect(warning).toContain(`${address}/export/whole`);
  const whole = await as(lead).get(`${address}/export/whole`);
  expect(whole.html).toContain('Heronaunt is ill.');
  const { rows: made } = await given.owner.query<{ not_opened: string[] }>(
    `select convert_from(body, 'UTF8')::jsonb -> 'detail' -> 'notOpened' as not_opened
     from audit.entry where person_id = $1 and action = 'make-redacted-copy'`,
    [id],
  );
  expect(made.map(({ not_opened }) => not_opened)).toEqual([parts.filter((part) => part !== 'case-notes')]);
  for (const part of parts) await as(lead).get(`${address}/export?part=${part}`);
  const all = (await as(lead).get(`${address}/export`)).html;
  expect(all).not.toContain('You have not opened it');
  expect(all).toContain('export/copy"');

  const { rows } = await given.owner.query<{ action: string }>(
    `select distinct action from audit.entry where person_id = $1 and actor_id = $2`,
    [id, lead.accountId],
  );
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'subject-access',
      'make-redacted-copy',
      'download-whole-copy',
      'mark-for-redaction',
    ]),
  );
});

test('what a lead decided and opened holds for the words that they saw, and not for what is written later', async () => {
  const { id, reference } = await youngPerson('Ofori', {
    fact: 'Came with Finchword.',
    thirdParty: 'His mother says he sleeps well.',
  });
  const address = await recorded('access', reference);
  await checkIdentity(address);
  const part = `${address}/export?part=case-notes`;
  const decide = async (field: string, decision: Readonly<Record<string, string>>) => {
    const path = (await as(lead).get(part)).html.match(`href="([^"]*export/mark[^"]*field=${field})"`)?.[1];
    const saved = await as(lead).submit(path?.replaceAll('&amp;', '&') ?? '', decision);
    expect(saved.status).toBe(303);
  };
  const words = async (path: string) =>
    (await as(lead).get(path)).html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  await decide('third_party', { decision: 'show', reason: 'not-third-party' });
  await decide('fact', { decision: 'passage', passage: 'Finchword', reason: 'third-party' });
  for (const [, each = ''] of (await as(lead).get(`${address}/export`)).html.matchAll(
    /\?part=([a-z0-9-]+)"/g,
  ))
    await as(lead).get(`${address}/export?part=${each}`);
  expect(await words(`${address}/export`)).not.toMatch(/new or changed|decided on/);
  expect(await words(`${address}/export/copy`)).toContain('His mother says he sleeps well.');

  const { rows: before } = await given.owner.query<{ now: Date }>('select clock_timestamp() as now');
  await given.owner.query(
    `update service.case_note set third_party = 'Heronaunt informs the police.', fact = 'Came with F.' where person_id = $1`,
    [id],
  );
  await given.owner.query(
    `insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact, third_party)
     values ($1, $2, $3, 'visit', now(), 'Rang.', 'Heronaunt fled to Hull.')`,
    [id, team.organisationId, worker.accountId],
  );
  const overview = await words(`${address}/export`);
  expect(overview).toContain('2 entries are new or changed since you opened it');
  expect(overview).toContain('2 fields were changed since they were decided on');
  expect(overview).not.toContain('You have not opened it');
  expect(await words(`${address}/export/unread`)).toMatch(/Case notes \. .*2 entries are new or changed/);
  const copy = await words(`${address}/export/copy`);
  expect(copy).not.toMatch(/heronaunt|finchword/i);
  // Decided upon, and the same still, in the version that said so.
  expect(copy).toContain('His mother says he sleeps well.');
  const { rows: made } = await given.owner.query<{ not_opened: string[] }>(
    `select convert_from(body, 'UTF8')::jsonb -> 'detail' -> 'notOpened' as not_opened
     from audit.entry where person_id = $1 and action = 'make-redacted-copy' and at > $2`,
    [id, before[0]?.now],
  );
  expect(made).toEqual([{ not_opened: ['case-notes'] }]);

  const notes = await words(part);
  expect(notes).toContain('It was decided to show it, and it said something else then');
  expect(notes).toContain('black out Finchword , and these words do not stand in it now');
  expect(await words(`${address}/export`)).not.toContain('new or changed since');
});

test('no copy holds or counts what an allegation says of them, and all say the same whether there is one or not', async () => {
  const one = await youngPerson('Mensima', { fact: 'x', thirdParty: '' });
  const none = await youngPerson('Mensano', { fact: 'x', thirdParty: '' });
  await given.owner.query(
    `with raised as (
       insert into service.allegation (organisation_id, about_account, about_name, what, raised_by)
       values ($1, $2, 'The lead', 'Zqxraised', $3) returning id)
     insert into service.allegation_person (allegation_id, person_id, what, recorded_by) select id, $4, 'Zqxofthem', $3 from raised`,
    [team.organisationId, lead.accountId, worker.accountId, one.id],
  );
  await given.owner.query(
    `update service.allegation_person set what = what || ' Later.' where person_id = $1`,
    [one.id],
  );
  const read = async ({ reference }: { reference: string }) => {
    const address = await recorded('access', reference);
    await checkIdentity(address);
    const pages = [];
    for (const path of ['export', 'export/copy', 'export/whole', 'export?part=allegation_person'])
      pages.push((await as(lead).get(`${address}/${path}`)).html);
    return pages;
  };
  const [withOne, without] = [await read(one), await read(none)];
  for (const html of [...withOne, ...without]) {
    expect(html).not.toMatch(/zqx/i);
    expect(html.match(/allegation(?!_person)/gi)).toHaveLength(1);
    expect(html).toContain('Allegations against staff are answered by those who receive them');
  }
  const sections = (html = '') => [...html.matchAll(/<h2[^>]*>[^<]*|: \d+ entr[^<]*/g)].map(String);
  expect(withOne.map(sections)).toEqual(without.map(sections));
});

test('nothing is held out to the lead beyond an open request, to one who has not just signed in, or to anybody else', async () => {
  const { reference } = await youngPerson('Asante', { fact: 'Secretfact', thirdParty: '' });
  const address = await recorded('access', reference);
  await checkIdentity(address);
  const request = address.split('/').at(-1) ?? '';
  const rowsFor = async (who: Someone) =>
    (
      await given.service.database.asPerson(who.token, (tx) =>
        sql`select from need_to_know.subject_access(${request})`.execute(tx),
      )
    )?.result.rows.length;
  expect(await rowsFor(lead)).toBeGreaterThan(3);
  await expect(rowsFor(operations)).rejects.toThrow('permission denied');
  await expect(rowsFor(worker)).rejects.toThrow('permission denied');
  expect(await rowsFor(await someone(given.owner, 'administrator'))).toBe(0);
  const tired = await someone(given.owner, 'data-protection-lead');
  await given.owner.query(
    `update identity.session set proved_again_at = now() - interval '17 minutes' where account_id = $1`,
    [tired.accountId],
  );
  await expect(rowsFor(tired)).rejects.toThrow('sign in again first');
  for (const path of ['export', 'export/copy', 'export/whole'])
    expect((await as(tired).get(`${address}/${path}`)).location).toContain('/sign-in-again');
  // The lead has no record but by the function.
  expect((await as(lead).get(`/people/${randomUUID()}`)).status).toBe(403);

  const answered = await as(lead).submit(`${address}/answer`, {
    outcome: 'granted',
    decision: 'Sent by hand',
  });
  expect(answered.status).toBe(303);
  expect(await rowsFor(lead)).toBe(0);
  expect((await as(lead).get(`${address}/export/copy`)).status).toBe(404);
  expect((await as(operations).get(address)).html).toContain('Sent by hand');
});

test('the copies of what is held are refused to everybody but the lead, without a word of what they hold', async () => {
  const { reference } = await youngPerson('Quaye', { fact: 'Secretfact', thirdParty: '' });
  const address = await recorded('access', reference);
  await checkIdentity(address);
  expect((await as(lead).get(`${address}/export/copy`)).html).toContain('Secretfact');
  const others = [
    operations,
    worker,
    coordinator,
    await someone(given.owner, 'provider-manager', { organisationId: team.organisationId }),
    await someone(given.owner, 'administrator'),
    await someone(given.owner, 'referrer'),
  ];
  for (const other of others) {
    const refused = await as(other).get(`/rights-requests/${randomUUID()}/export/copy`);
    expect(refused.status, other.name).toBe(403);
    for (const path of ['export', 'export/copy', 'export/whole', 'export/mark']) {
      const reply = await as(other).get(`${address}/${path}`);
      expect(reply.status, `${other.name} ${path}`).toBe(403);
      expect(reply.html).not.toMatch(/Secretfact|Quaye/);
      expect(reply.html).not.toContain(reference);
    }
  }
  const visitor = await fetch(`${given.url}${address}/export/copy`, { redirect: 'manual' });
  expect(visitor.status).toBe(303);
  expect(await visitor.text()).toBe('');
});

/** Two leads open one form; the first saves. Gives the second, and the form that they still have. */
async function atOnce(path: string, first: Readonly<Record<string, string>>) {
  const second = new HttpVisitor(given, (await someone(given.owner, 'data-protection-lead')).cookie);
  const theirs = new HttpVisitor(given, lead.cookie);
  const form = await second.get(path);
  expect((await theirs.send(await theirs.get(path), first)).status).toBe(303);
  return { second, form };
}

test('two who record at once what was done are shown what the other did, and choose', async () => {
  const { reference } = await youngPerson('Tetteh', { fact: 'x', thirdParty: '' });
  const address = await recorded('access', reference);
  const day = received();
  const acknowledged = {
    'acknowledged-day': day['received-day'],
    'acknowledged-month': day['received-month'],
    'acknowledged-year': day['received-year'],
  };
  const { second, form } = await atOnce(`${address}/progress`, {
    reference,
    ...acknowledged,
    how: '',
    because: 'Two hospitals to ask',
  });
  const shown = await second.send(form, { reference, how: '', because: 'A very long record' });
  expect(shown.status).toBe(409);
  expect(shown.text).toContain('Two hospitals to ask');
  expect(shown.text).toContain('A very long record');
  expect(shown.text).toContain('Why it takes two months longer: which is right?');
  const saved = await second.send(shown, { 'keep-extendedBecause': 'mine' });
  expect(saved.status, saved.text).toBe(303);
  const page = (await as(operations).get(address)).html;
  expect(page).toContain('A very long record');
  const { rows } = await given.owner.query<{ acknowledged: boolean; months: number; linked: boolean }>(
    `select acknowledged_on is not null as acknowledged, person_id is not null as linked,
       extract(month from age(due_on, received_on))::int as months from service.rights_request where id = $1`,
    [address.split('/').at(-1)],
  );
  expect(rows).toEqual([{ acknowledged: true, linked: true, months: 3 }]);
});

test('two who bring a breach up to date at once are shown what the other did, and both are kept', async () => {
  const { rows } = await given.owner.query<{ id: string }>(
    `insert into service.data_breach (discovered_at, what, risk, ico_told_at)
     values (now() - interval '1 day', 'A bag was left on a train', 'not-known', date_trunc('minute', now() - interval '1 hour')) returning id`,
  );
  const path = `/breaches/${rows[0]?.id}`;
  const typed = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/<input [^>]*type="text"[^>]*>/g)].map(([input]) => [
        /name="([^"]*)"/.exec(input)?.[1] ?? '',
        /value="([^"]*)"/.exec(input)?.[1] ?? '',
      ]),
    );
  const told = typed((await as(lead).get(path)).html);
  expect(told['icoTold-year']).toMatch(/^\d{4}$/);
  const what = 'A bag was left on a train';
  const { second, form } = await atOnce(path, { ...told, what, risk: 'high', icoWhy: '', actions: '' });
  const shown = await second.send(form, {
    ...told,
    what,
    risk: 'not-known',
    icoWhy: '',
    actions: 'The railway was asked',
  });
  expect(shown.status).toBe(409);
  expect(shown.text).toContain('A high risk to people');
  expect(shown.text).not.toContain('When the Information Commissioner was told');
  expect((await second.send(shown, {})).status).toBe(303);
  const saved = await given.owner.query(
    'select risk, actions, version from service.data_breach where id = $1',
    [rows[0]?.id],
  );
  expect(saved.rows).toEqual([{ risk: 'high', actions: 'The railway was asked', version: 3 }]);
});

test.each([
  'coordinator',
  'caseworker',
  'provider-manager',
  'spoc',
  'administrator',
  'analyst',
] satisfies Role[])('a %s gets none of it', async (role) => {
  const other = await someone(
    given.owner,
    role,
    role === 'caseworker' ? team : { organisationId: team.organisationId },
  );
  for (const path of [
    '/rights-requests',
    '/breaches',
    '/unusual-access',
    '/access-reviews',
    '/rights-requests/new',
  ])
    expect((await as(other).get(path)).status, path).toBe(403);
});

test('everybody who opens a record whose processing is restricted is told, until it is lifted', async () => {
  const { id, reference } = await youngPerson('Danso', { fact: 'x', thirdParty: '' });
  const address = await recorded('restriction', reference);
  expect((await as(coordinator).get(`/people/${id}`)).html).not.toContain('Processing restricted since');
  expect((await as(lead).submit(`${address}/processing`, { why: 'She disputes the dates' })).status).toBe(
    303,
  );
  // The same form of another tab restricts it too; it lifts nothing.
  const again = await as(lead).submit(`${address}/processing`, { why: 'He disputes them', lifts: '' });
  expect(again.status).toBe(422);
  expect(again.html).toContain('Processing is restricted already');
  for (const reader of [coordinator, worker, operations]) {
    const page = await as(reader).get(`/people/${id}`);
    expect(page.html).toContain('Processing restricted since');
    expect(page.html).toContain('She disputes the dates');
  }
  for (const path of ['notes/new', 'contacts/new', 'safety-plan', 'safety-plan/edit'])
    expect((await as(worker).get(`/people/${id}/${path}`)).html, path).toContain('She disputes the dates');
  const decision = 'The dates are right';
  const granted = await as(lead).submit(`${address}/answer`, { outcome: 'granted', decision });
  expect(granted.status).toBe(422);
  expect(granted.html).toContain('It is not known yet who asks');
  const answered = await as(lead).submit(`${address}/answer`, { outcome: 'refused', decision });
  expect(answered.location).toBe(`${address}/processing`);
  expect((await as(lead).submit(`${address}/processing`, {})).status).toBe(303);
  for (const path of ['', '/notes/new'])
    expect((await as(worker).get(`/people/${id}${path}`)).html).not.toContain('Processing restricted since');
});

test('those who can correct a record are asked to once it is known who asks, and nobody else reads what is asked', async () => {
  const { id, reference } = await youngPerson('Boateng', { fact: 'x', thirdParty: '' });
  const other = await someone(given.owner, 'analyst');
  const address = await recorded('correction', reference);
  const asked = 'A correction is asked for';
  const told = async () =>
    (
      await given.owner.query<{ account_id: string }>(
        'select account_id from messages.message where path = $1',
        [`/people/${id}`],
      )
    ).rows.map(({ account_id }) => account_id);
  expect((await as(worker).get(`/people/${id}`)).html).not.toContain(asked);
  expect(await told()).toEqual([]);

  await checkIdentity(address);
  const first = await told();
  expect(first).toEqual(expect.arrayContaining([worker.accountId, coordinator.accountId]));
  for (const who of [worker, coordinator]) {
    const { html } = await as(who).get(`/people/${id}`);
    expect(html).toContain(asked);
    expect(html).toContain('Everything you have');
  }
  for (const who of [other, operations])
    expect((await as(who).get(`/people/${id}`)).html).not.toContain(asked);
  expect((await as(lead).get(address)).html).toContain('Wren Osei');

  // What is recorded afterwards tells nobody again.
  const day = received();
  const again = await as(lead).submit(`${address}/progress`, {
    reference,
    'checked-day': day['received-day'],
    'checked-month': day['received-month'],
    'checked-year': day['received-year'],
    how: 'Her worker knows her',
    because: 'There are two of them',
  });
  expect(again.status).toBe(303);
  expect(await told()).toEqual(first);

  const decision = 'It was put right';
  expect((await as(lead).submit(`${address}/answer`, { outcome: 'granted', decision })).status).toBe(303);
  expect((await as(worker).get(`/people/${id}`)).html).not.toContain(asked);
});

test('every part of what is held has a title in words, and not the name of its table', async () => {
  const { rows } = await given.owner.query<{ held: string }>(
    `select distinct substr(table_name, 9) as held from disposal.reach
     where table_name like 'service.%' and leads_to in ('person', 'referral')`,
  );
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.map(({ held }) => held).filter((held) => titleOf(held) === inWords(held))).toEqual([]);
  const titles = rows.map(({ held }) => partOf({ title: titleOf(held) }));
  expect(new Set(titles).size).toBe(rows.length);
});

test('a breach is logged with its 72 hours, and late when they are over', async () => {
  const hoursAgo = new Date(Date.now() - 80 * 3_600_000);
  const saved = await as(lead).submit('/breaches/new', {
    'discovered-day': String(hoursAgo.getUTCDate()),
    'discovered-month': String(hoursAgo.getUTCMonth() + 1),
    'discovered-year': String(hoursAgo.getUTCFullYear()),
    time: '12:00',
    what: 'A letter went to the wrong door',
    people: '1',
    risk: 'likely',
  });
  expect(saved.status).toBe(303);
  const log = (await as(operations).get('/breaches')).html;
  expect(log).toContain('A letter went to the wrong door');
  expect(log).toContain('late');
});

test('a look at a namesake, and one that no work explains, are pointed out and looked into', async () => {
  const namesake = await youngPerson('Osei', { fact: 'x', thirdParty: '' });
  expect((await as(worker).get(`/people/${namesake.id}`)).status).toBe(200);
  const ended = await youngPerson('Mensah', { fact: 'x', thirdParty: '' });
  expect((await as(worker).get(`/people/${ended.id}`)).status).toBe(200);
  await given.owner.query(
    `update service.allocation set started_at = now() - interval '90 days', ended_at = now() - interval '40 days' where person_id = $1`,
    [ended.id],
  );
  for (let tried = 0; tried < MANY_REFUSALS; tried += 1)
    expect((await as(worker).get(`/people/${randomUUID()}`)).status).toBe(404);
  const list = (await as(lead).get('/unusual-access')).html;
  expect(list).toContain('tried records or pages that are not theirs');
  expect(list).toContain('Wren Osei');
  expect(list).toContain(namesake.reference);
  expect(list).toContain('The young person has the same family name');
  expect(list).toContain(ended.reference);
  expect(list).toContain('Nothing they work on explains it any more');
  expect(list).not.toContain('Mensah');
  const [address = ''] = /\/unusual-access\/[0-9a-f-]{36}\/[0-9-]{10}/.exec(list) ?? [];
  expect((await as(lead).submit(address, { finding: 'dismissed', note: 'No relation' })).status).toBe(303);
  expect((await as(lead).get('/unusual-access')).html).toContain('Explained');
  expect((await as(lead).submit(address, { finding: 'raised', note: 'A cousin after all' })).status).toBe(
    303,
  );
  expect((await as(lead).get('/unusual-access')).html).toContain('Raised');
  // A colleague who had the page open before does not say otherwise unread.
  const stale = await as(lead).submit(address, { finding: 'dismissed', note: 'Nothing', version: '1' });
  expect(stale.status).toBe(422);
  expect(stale.html).toContain('A cousin after all');
  expect((await as(lead).get('/unusual-access')).html).toContain('Raised');
});

test('nobody finds that their own access is explained, whatever else they are', async () => {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
  const own = `/unusual-access/${lead.accountId}/${day}`;
  expect((await as(lead).get(own)).html).toContain('This is your own access');
  const found = given.service.database.asPerson(lead.token, async (tx) => {
    await recordCommand(tx, { action: 'review-access', subject: { kind: 'account', id: lead.accountId } });
    await sql`insert into service.access_finding (account_id, day, finding, note)
      values (${lead.accountId}, ${day}, 'dismissed', 'It was me')`.execute(tx);
  });
  await expect(found).rejects.toMatchObject({ code: '42501' });
});

test('however often somebody tries a record, who looked before them is told', async () => {
  const { id } = await youngPerson('Flooded', { fact: 'x', thirdParty: '' });
  expect((await as(worker).get(`/people/${id}`)).status).toBe(200);
  await given.owner.query(
    `select audit.write('no-such-page-for-them', 'refused', 'person', $1, $1, '{}') from generate_series(1, 1001)`,
    [id],
  );
  const looked = /read the record and the case notes/;
  let at = `/people/${id}/looks`;
  for (let pages = 0; pages < 2; pages += 1) {
    const { html } = await as(operations).get(at);
    expect(html).not.toMatch(looked);
    at = /href="([^"]*looks\?before=[^"]*)"/.exec(html)?.[1] ?? '';
    expect(at).not.toBe('');
  }
  const oldest = (await as(operations).get(at)).html;
  expect(oldest).toMatch(looked);
  expect(oldest).not.toContain('Show older');
});

test('the last day that can be typed is a day of the access log', async () => {
  expect((await as(lead).get('/access-log?day=9999-12-31')).status).toBe(200);
});

test('nobody is asked about a likely match that the service showed them and they found to be somebody else', async () => {
  const elsewhere = await someone(given.owner, 'coordinator', { areas: ['E09000007'] });
  const shown = await youngPerson('Quartey', { fact: 'x', thirdParty: '' });
  await given.service.database.asPerson(elsewhere.token, async (tx) => {
    await recordLook(tx, {
      action: 'view-likely-match',
      subject: { kind: 'person', id: shown.id },
      personId: shown.id,
    });
    await recordCommand(tx, {
      action: 'set-person-apart',
      subject: { kind: 'referral', id: randomUUID() },
      personId: shown.id,
    });
  });
  expect((await as(lead).get('/unusual-access')).html).not.toContain(shown.reference);
});

test('roles that nobody confirmed for a quarter are listed', async () => {
  const forgotten = await someone(given.owner, 'analyst', { name: 'Forgotten Analyst' });
  expect((await as(lead).get('/access-reviews')).html).not.toContain('Forgotten Analyst');
  await given.owner.query(
    `update identity.access_grant set approved_at = now() - interval '93 days' where id = $1`,
    [forgotten.grantId],
  );
  expect((await as(lead).get('/access-reviews')).html).toContain('Forgotten Analyst');
});
