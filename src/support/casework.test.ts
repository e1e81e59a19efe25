import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpVisitor, type Reply } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, CROYDON, LAMBETH, noteAbout, youngPerson } from '../../test/support/young-person.ts';
import type { Clock } from '../platform/clock/clock.ts';

const CANARY = 'Quetzalcoatl';

/** A clock that a test can set. */
const clock: Clock & { time: Date | null } = { time: null, now: () => clock.time ?? new Date() };

let given: TestService;
let ours: { organisationId: string; teamId: string };
let theirs: { organisationId: string; teamId: string };
let amira: Someone;
let ben: Someone;
let manager: Someone;
let stranger: Someone;
let strangeManager: Someone;
let coordinator: Someone;
let operations: Someone;
let person: { id: string; reference: string };
let allocationId: string;

beforeAll(async () => {
  given = await testService({ clock });
  const { owner } = given;
  ours = await provider(owner, 'Harbour');
  theirs = await provider(owner, 'Beacon');
  amira = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  ben = await someone(owner, 'caseworker', { ...ours, name: 'Ben Osei' });
  manager = await someone(owner, 'provider-manager', {
    organisationId: ours.organisationId,
    name: 'Mai Ager',
  });
  stranger = await someone(owner, 'caseworker', theirs);
  strangeManager = await someone(owner, 'provider-manager', { organisationId: theirs.organisationId });
  coordinator = await someone(owner, 'coordinator', { areas: [LAMBETH] });
  operations = await someone(owner, 'operations-manager', { name: 'Oona Per' });
  person = await youngPerson(owner, { givenNames: CANARY, familyName: 'Okafor', postcode: 'SW9 8EF' });
  ({ allocationId } = await allocated(owner, person.id, { ...ours, workerId: amira.accountId }));
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const newNote = () => `/people/${person.id}/notes/new`;

/** The form of a note as a browser would send it. */
const typed = (fields: Record<string, string> = {}) => ({
  kind: 'contact-telephone',
  'happenedOn-day': '3',
  'happenedOn-month': '5',
  'happenedOn-year': '2026',
  happenedTime: '2:05pm',
  present: '',
  fact: 'He rang.',
  opinion: '',
  voice: '',
  ...fields,
});

/** The last note written, as the database has it. */
async function lastNote() {
  const { rows } = await given.owner.query(
    'select * from service.case_note order by recorded_at desc, id desc limit 1',
  );
  return rows[0];
}

async function notes(): Promise<number> {
  const { rows } = await given.owner.query<{ count: number }>(
    'select count(*)::int as count from service.case_note',
  );
  return rows[0]?.count ?? 0;
}

describe('a note', () => {
  test('is kept with fact, opinion and the young person’s words apart, and read on their page', async () => {
    const reply = await as(amira).fill(
      newNote(),
      typed({
        fact: 'He came.\nHe ate.',
        opinion: 'He is tired.',
        voice: '“I want to go home”',
        present: 'His aunt',
      }),
    );
    expect(reply).toMatchObject({ status: 303, location: `/people/${person.id}` });
    expect(await lastNote()).toMatchObject({
      author_id: amira.accountId,
      organisation_id: ours.organisationId,
      kind: 'contact-telephone',
      happened_at: new Date('2026-05-03T13:05:00Z'),
      fact: 'He came.\nHe ate.',
      opinion: 'He is tired.',
      voice: '“I want to go home”',
      present: 'His aunt',
    });
    const page = await as(ben).get(`/people/${person.id}`);
    expect(page.text).toContain('Telephone call, 3 May 2026 at 2:05pm');
    expect(page.text).toContain('What happened He came. He ate.');
    expect(page.text).toContain('What the author thinks about it He is tired.');
  });

  test('up to the limit is kept whole, each character of it', async () => {
    const fact = `${'🕊️é\n'.repeat(4_999)}end🕊`;
    expect([...fact.normalize('NFC')].length).toBe(20_000);
    expect((await as(amira).fill(newNote(), typed({ fact }))).status).toBe(303);
    expect((await lastNote()).fact).toBe(fact.normalize('NFC'));
  });

  test('over the limit is refused naming the field and the limit, with everything typed kept', async () => {
    const before = await notes();
    const fact = `${'x'.repeat(20_000)}y`;
    const reply = await as(amira).fill(newNote(), typed({ fact, opinion: 'Kept too', voice: 'And this' }));
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('What happened must be 20,000 characters or fewer; it is 1 too long');
    expect(reply.html).toContain(fact);
    expect(reply.html).toContain('Kept too');
    expect(reply.html).toContain('And this');
    expect(await notes()).toBe(before);
  });

  test('with a null byte in it is refused, saying where, and the rest is kept', async () => {
    const reply = await as(amira).fill(newNote(), typed({ fact: 'He said\u0000 no', opinion: 'Kept' }));
    expect(reply.status).toBe(422);
    expect(reply.text).toContain(
      'What happened has a character that cannot be kept (U+0000, after 7 characters)',
    );
    expect(reply.html).toContain('Kept');
  });

  test('is needed to say what happened, and what kind it is', async () => {
    const reply = await as(amira).fill(newNote(), typed({ fact: ' \n ', kind: '' }));
    expect(reply.text).toContain('Enter what happened');
    expect(reply.text).toContain('Choose what kind of note it is');
  });

  test('cannot be of the future, nor of an hour that was not there; of one that was there twice it says which', async () => {
    clock.time = new Date('2026-11-22T14:05:00Z');
    const on = (day: string, month: string, happenedTime: string) =>
      as(amira).fill(newNote(), typed({ 'happenedOn-day': day, 'happenedOn-month': month, happenedTime }));
    expect((await on('22', '11', '2:06pm')).text).toContain('The time it happened must be in the past');
    expect((await on('23', '11', '9am')).text).toContain('The day it happened must be today or in the past');
    expect((await on('29', '3', '1:30am')).text).toContain('there was no 1:30am');
    expect((await on('25', '10', '1:30am')).text).toContain('enter 1:30am BST for the first, or 1:30am GMT');
    expect((await on('25', '10', '1:30am GMT')).status).toBe(303);
    const { id, happened_at } = await lastNote();
    expect(happened_at).toEqual(new Date('2026-10-25T01:30:00Z'));
    const page = await as(amira).get(`/notes/${id}/edit`);
    expect(page.html).toContain('value="1:30am GMT"');
    clock.time = null;
  });

  test('opens with the time it is in London', async () => {
    clock.time = new Date('2026-10-25T00:30:00Z');
    const page = await as(amira).get(newNote());
    expect(page.html).toContain('value="1:30am BST"');
    expect(page.html).toMatch(/name="happenedOn-day"[^>]*value="25"/);
    clock.time = null;
  });

  test('sent twice is written once', async () => {
    const visitor = as(amira);
    const page = await visitor.get(newNote());
    const before = await notes();
    const [first, second] = await Promise.all([visitor.send(page, typed()), visitor.send(page, typed())]);
    expect([first?.location, second?.location]).toEqual([`/people/${person.id}`, `/people/${person.id}`]);
    expect(await notes()).toBe(before + 1);
  });

  test('is shown with the newest first, ten of them, and the older ones a page at a time', async () => {
    const { owner } = given;
    const many = await youngPerson(owner);
    await allocated(owner, many.id, ours);
    for (let day = 1; day <= 28; day += 1) {
      const happenedAt = `2026-02-${String(day).padStart(2, '0')}T10:00:00Z`;
      await noteAbout(owner, many.id, amira, ours.organisationId, { fact: `Day ${day}.`, happenedAt });
    }
    const days = ({ html }: Reply) => [...html.matchAll(/>Day (\d+)\.</g)].map(([, day]) => Number(day));
    const visitor = as(amira);
    const first = await visitor.get(`/people/${many.id}`);
    expect(days(first)).toEqual([28, 27, 26, 25, 24, 23, 22, 21, 20, 19]);
    const older = /href="([^"]*before=[^"]*)"/.exec(first.html)?.[1] ?? '';
    const second = await visitor.get(older);
    expect(days(second)).toEqual([18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(second.text).not.toContain('Show older notes');
  });

  test('is added from the page of notes too, by whoever may write one', async () => {
    const path = `/people/${person.id}/notes`;
    const add = `href="/people/${person.id}/notes/new"`;
    expect((await as(amira).get(path)).html).toContain(add);
    const read = await as(manager).get(path);
    expect(read.status).toBe(200);
    expect(read.html).not.toContain(add);
  });
});

describe('a name that reads from right to left', () => {
  test('stands in an element of its own wherever it is shown', async () => {
    const { owner } = given;
    const maryam = await youngPerson(owner, { givenNames: 'مريم', familyName: 'الحسيني' });
    await allocated(owner, maryam.id, { ...ours, workerId: amira.accountId });
    const visitor = as(amira);
    for (const path of [
      `/people/${maryam.id}`,
      '/caseload',
      `/people/${maryam.id}/notes/new`,
      `/people/${maryam.id}/history`,
    ]) {
      expect((await visitor.get(path)).html, path).toContain('<bdi>مريم الحسيني</bdi>');
    }
    await visitor.fill(`/people/${maryam.id}/notes/new`, typed({ fact: 'قالت نعم' }));
    expect((await visitor.get(`/people/${maryam.id}`)).html).toMatch(/dir="auto">قالت نعم</);
  });
});

describe('a note is changed', () => {
  let noteId: string;
  let edit: string;
  beforeAll(async () => {
    await as(amira).fill(newNote(), typed({ fact: 'He rang at two.', opinion: 'Fine.' }));
    noteId = (await lastNote()).id;
    edit = `/notes/${noteId}/edit`;
  });

  test('by the one who wrote it alone', async () => {
    expect((await as(ben).get(edit)).status).toBe(404);
    const page = await as(amira).get(edit);
    const reply = await as(ben).send(
      { ...page, html: '<main>' },
      { ...typed({ fact: 'Forged' }), reason: 'x', version: '1' },
    );
    expect(reply.status).toBe(403);
    // With a form of his own, sent to where hers goes.
    const visitor = as(ben);
    const his = await visitor.get(newNote());
    expect(
      (await visitor.send(his, { ...typed({ fact: 'Forged' }), reason: 'x', version: '1' }, edit)).status,
    ).toBe(404);
    expect((await as(manager).get(edit)).status).toBe(403);
  });

  test('with a reason, and what it said before can still be read', async () => {
    const visitor = as(amira);
    const without = await visitor.fill(edit, typed({ fact: 'He rang at three.', opinion: 'Fine.' }));
    expect(without.text).toContain('Enter why you are changing the note');
    const reply = await visitor.fill(edit, {
      ...typed({ fact: 'He rang at three.', opinion: 'Fine.' }),
      reason: 'I had the time wrong',
    });
    expect(reply.location).toBe(`/notes/${noteId}`);
    const page = await as(manager).get(`/notes/${noteId}`);
    expect(page.text).toMatch(/The note What happened He rang at three\./);
    expect(page.text).toContain('I had the time wrong');
    expect(page.text).toMatch(/What it said before As it was written.*What happened He rang at two\./);
  });

  test('from two windows at once: the second is shown what changed and chooses', async () => {
    const visitor = as(amira);
    const [one, two] = [await visitor.get(edit), await visitor.get(edit)];
    await visitor.send(one, { ...typed({ fact: 'First window.', opinion: 'Fine.' }), reason: 'a' });
    const shown = await visitor.send(two, {
      ...typed({ fact: 'Second window.', opinion: 'Fine.', voice: 'Yes' }),
      reason: 'b',
    });
    expect(shown.status).toBe(409);
    expect(shown.text).toContain('This note was changed while you had it open');
    expect(shown.text).toMatch(/What happened He rang at three\. First window\..*Second window\./);
    const reply = await visitor.send(shown, { 'keep-fact': 'mine' });
    expect(reply.location).toBe(`/notes/${noteId}`);
    const { rows } = await given.owner.query(
      'select fact, voice, change_reason, version from service.case_note where id = $1',
      [noteId],
    );
    expect(rows[0]).toEqual({ fact: 'Second window.', voice: 'Yes', change_reason: 'b', version: 4 });
  });
});

describe('a session that ends while a note is typed', () => {
  const written = 'What nobody may lose: “Zoë’s” <b>\nsecond line';

  /** Another session of the same account, as after signing in again. */
  async function signedInAgain(who: Someone): Promise<Someone> {
    const token = randomBytes(32).toString('base64url');
    await given.owner.query(
      `insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes)
       values (sha256(convert_to($1, 'UTF8')), $2, $3, now() + interval '12 hours', 60)`,
      [token, who.accountId, who.grantId],
    );
    return { ...who, token, cookie: `homeward-session=${token}` };
  }

  test('loses nothing: it is offered after signing in again, to its author alone, and never sent by itself', async () => {
    const { owner } = given;
    const author = await someone(owner, 'caseworker', { ...ours, name: 'Cass Worker' });
    const before = await notes();
    const visitor = as(author);
    const page = await visitor.get(newNote());
    await owner.query(
      `update identity.session set last_seen_at = now() - interval '2 hours' where token_hash = sha256(convert_to($1, 'UTF8'))`,
      [author.token],
    );
    const reply = await visitor.send(page, typed({ fact: written, kind: 'visit', happenedTime: '9am' }));
    expect(reply.status).toBe(303);
    expect(reply.location).toBe(`/sign-in?return=${encodeURIComponent(newNote())}&typed=kept`);

    const again = as(await signedInAgain(author));
    const offered = await again.get(newNote());
    expect(offered.text).toContain('You typed something here at');
    expect(offered.html).not.toContain('What nobody may lose');
    expect(await notes()).toBe(before);

    const restored = await again.get(`${newNote()}?restore=yes`);
    expect(textOf(restored, 'fact')).toBe(written);
    expect(restored.html).toMatch(/value="visit"[^>]*checked/);
    expect(restored.html).toContain('value="9am"');
    expect(await notes()).toBe(before);

    expect((await as(ben).get(newNote())).text).not.toContain('You typed something here at');
    expect((await as(ben).get(`${newNote()}?restore=yes`)).html).not.toContain('What nobody may lose');
    // Nor is it in the database for whoever reads that.
    const kept = await owner.query(
      `select encode(fields_sealed, 'escape') as sealed from identity.kept_form`,
    );
    expect(JSON.stringify(kept.rows)).not.toContain('nobody may lose');

    await again.send(restored, typed({ fact: written, kind: 'visit', happenedTime: '9am' }), newNote());
    expect((await lastNote()).fact).toBe(written);
    expect(await notes()).toBe(before + 1);
    expect((await again.get(newNote())).text).not.toContain('You typed something here at');
  });

  /** What a textarea of a page holds. */
  function textOf({ html }: Reply, name: string): string {
    const held = new RegExp(`<textarea[^>]*name="${name}"[^>]*>\\n?([^<]*)</textarea>`).exec(html)?.[1] ?? '';
    return held
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  }
});

describe('whose records they are not', () => {
  let noteId: string;
  beforeAll(async () => {
    noteId = await noteAbout(given.owner, person.id, amira, ours.organisationId, { fact: `${CANARY} came.` });
  });

  const addresses = () => [
    `/people/${person.id}`,
    `/people/${person.id}/history`,
    `/people/${person.id}/notes`,
    newNote(),
    `/notes/${noteId}`,
    `/notes/${noteId}/edit`,
    `/people/${person.id}/looks`,
    `/people/${person.id}/edit`,
    `/allocations/${allocationId}/worker`,
  ];

  test.each([
    ['another provider’s caseworker', () => stranger],
    ['another provider’s manager', () => strangeManager],
  ])('%s is told nothing at any address', async (_who, who) => {
    for (const path of addresses()) {
      const reply = await as(who()).get(path);
      // 403 where no record of theirs would have such a page either.
      expect([403, 404], path).toContain(reply.status);
      for (const canary of [CANARY, 'Okafor', person.reference, 'SW9'])
        expect(reply.html, path).not.toContain(canary);
    }
  });

  test('the refusal is the same as for what is not there at all', async () => {
    const visitor = as(stranger);
    const [hidden, absent] = [
      await visitor.get(`/people/${person.id}`),
      await visitor.get('/people/00000000-0000-7000-8000-00000000dead'),
    ];
    const plain = ({ html }: Reply) => html.replace(/name="_(csrf|submission)" value="[^"]*"/g, '');
    expect(plain(hidden)).toBe(plain(absent));
  });

  test('nor can they write there', async () => {
    const mine = await youngPerson(given.owner, { familyName: 'Elsewhere', area: CROYDON });
    await allocated(given.owner, mine.id, theirs);
    const before = await notes();
    const visitor = as(stranger);
    const form = await visitor.get(`/people/${mine.id}/notes/new`);
    expect(form.status).toBe(200);
    expect((await visitor.send(form, typed(), newNote())).status).toBe(404);
    expect(await notes()).toBe(before);
  });

  test('a coordinator of the area reads the record and who works on it, and no case note', async () => {
    const page = await as(coordinator).get(`/people/${person.id}`);
    expect(page.text).toContain('Amira Khan , First team');
    expect(page.text).not.toContain('Case notes');
    expect(page.text).not.toContain('came.');
    expect((await as(coordinator).get(`/notes/${noteId}`)).status).toBe(403);
  });

  test('a team keeps a young person until 28 days after the end, its provider’s manager longer', async () => {
    const { owner } = given;
    const [lately, before] = [await youngPerson(owner), await youngPerson(owner)];
    await allocated(owner, lately.id, { ...ours, endedDaysAgo: 27 });
    await allocated(owner, before.id, { ...ours, endedDaysAgo: 29 });
    const statusOf = async (who: Someone, id: string) => (await as(who).get(`/people/${id}`)).status;
    expect(await statusOf(amira, lately.id)).toBe(200);
    expect(await statusOf(amira, before.id)).toBe(404);
    expect(await statusOf(manager, before.id)).toBe(200);
    expect((await as(amira).get('/caseload?show=ended')).html).toContain(lately.id);
    expect((await as(amira).get('/caseload?show=ended')).html).not.toContain(before.id);
  });
});

describe('a caseload', () => {
  test('of a caseworker is theirs first and then the team’s, with when somebody was last spoken with', async () => {
    const { owner } = given;
    const team = await provider(owner);
    const [cato, dee] = [
      await someone(owner, 'caseworker', { ...team, name: 'Cato' }),
      await someone(owner, 'caseworker', { ...team, name: 'Dee' }),
    ];
    const [his, hers] = [
      await youngPerson(owner, { givenNames: 'His', familyName: 'One' }),
      await youngPerson(owner, { givenNames: 'Her', familyName: 'One' }),
    ];
    await allocated(owner, his.id, { ...team, workerId: cato.accountId });
    await allocated(owner, hers.id, { ...team, workerId: dee.accountId });
    await noteAbout(owner, his.id, cato, team.organisationId, {
      fact: 'Spoke.',
      happenedAt: '2026-05-03T10:00:00Z',
    });
    await noteAbout(owner, his.id, cato, team.organisationId, {
      fact: 'No answer.',
      kind: 'contact-attempted',
      happenedAt: '2026-06-03T10:00:00Z',
    });
    const visitor = as(cato);
    const mine = await visitor.get('/caseload');
    expect(mine.text).toContain('His One');
    expect(mine.text).not.toContain('Her One');
    expect(mine.text).toMatch(/His One 16 \d+ \w+ 2026 Not taken up yet 3 May 2026 3 Cato/);
    const all = await visitor.get('/caseload?show=team');
    expect(all.text).toContain('Her One');
    expect(all.text).toContain('None recorded');
  });

  test('with nobody in it says what happens next', async () => {
    const alone = await someone(given.owner, 'caseworker', await provider(given.owner));
    expect((await as(alone).get('/caseload')).text).toContain('When your manager chooses you');
    expect((await as(alone).get('/caseload?show=team')).text).toContain(
      'When a partnership coordinator allocates',
    );
  });

  test('of a manager is the provider’s, by team and worker, a page at a time', async () => {
    const { owner } = given;
    const place = await provider(owner);
    const boss = await someone(owner, 'provider-manager', { organisationId: place.organisationId });
    const worker = await someone(owner, 'caseworker', { ...place, name: 'Wil Orr' });
    for (let each = 1; each <= 27; each += 1) {
      const { id } = await youngPerson(owner, { givenNames: `Number ${each}` });
      await allocated(owner, id, { ...place, workerId: each === 1 ? worker.accountId : null });
    }
    const visitor = as(boss);
    const seen = new Set<string>();
    const gather = ({ html }: Reply) => {
      for (const [, id] of html.matchAll(/href="\/people\/([0-9a-f-]{36})"/g)) seen.add(id ?? '');
    };
    const first = await visitor.get('/caseload');
    gather(first);
    expect(seen.size).toBe(25);
    const next = (/href="([^"]*after=[^"]*)"/.exec(first.html)?.[1] ?? '').replaceAll('&amp;', '&');
    gather(await visitor.get(next));
    expect(seen.size).toBe(27);
    const hers = await visitor.get(`/caseload?worker=${worker.accountId}`);
    expect(hers.html.match(/href="\/people\//g)).toHaveLength(1);
    expect((await visitor.get('/caseload?show=without-worker')).text).toContain('Nobody yet');
  });
});

describe('the worker of a young person', () => {
  const path = () => `/allocations/${allocationId}/worker`;

  test('is chosen by the manager among the team, and told that something is new', async () => {
    const visitor = as(manager);
    const page = await visitor.get(path());
    expect(page.text).toContain('Their worker is Amira Khan');
    expect(page.html).not.toContain(stranger.accountId);
    const reply = await visitor.send(page, { worker: ben.accountId });
    expect(reply.location).toBe('/caseload');
    const { rows } = await given.owner.query(
      `select a.worker_id, (select template from messages.message where account_id = $2 order by created_at desc limit 1) as told
       from service.allocation a where a.id = $1`,
      [allocationId, ben.accountId],
    );
    expect(rows[0]).toEqual({ worker_id: ben.accountId, told: 'new-allocation' });
  });

  test('cannot be somebody of another team', async () => {
    const reply = await as(manager).fill(path(), { worker: stranger.accountId });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('Choose somebody who works in the team');
  });

  test('whom somebody else has just chosen is shown before another is', async () => {
    const visitor = as(manager);
    const page = await visitor.get(path());
    await as(manager).fill(path(), { worker: amira.accountId });
    const reply = await visitor.send(page, { worker: 'nobody' });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('Somebody else has just chosen Amira Khan');
    expect((await visitor.send(reply, { worker: 'nobody' }, path())).status).toBe(303);
    await as(manager).fill(path(), { worker: amira.accountId });
  });
});

describe('who has looked', () => {
  test('is told in words to the operations manager, the provider’s manager and the data protection lead', async () => {
    const { owner } = given;
    const looked = await youngPerson(owner);
    await allocated(owner, looked.id, ours);
    await as(operations).get(`/people/${looked.id}`);
    await as(amira).get(`/people/${looked.id}/notes`);
    const lead = await someone(owner, 'data-protection-lead');
    const looks = `/people/${looked.id}/looks`;
    for (const who of [operations, manager, lead]) {
      const page = await as(who).get(looks);
      expect(page.status).toBe(200);
      expect(page.text).toMatch(
        /Oona Per, operations manager , read the record and the case notes on \d+ \w+ \d{4} at /,
      );
      expect(page.text).toMatch(/Amira Khan, caseworker , read the case notes on /);
    }
    // The one who watches over records reads none: the reference is all there is of it.
    expect((await as(lead).get(looks)).text).toContain(looked.reference);
    expect((await as(lead).get(looks)).text).not.toContain('Okafor');
    expect((await as(operations).get(looks)).text).toMatch(
      /Mai Ager, provider manager , looked at who has looked/,
    );
    expect((await as(strangeManager).get(looks)).status).toBe(404);
    expect((await as(lead).get('/people/00000000-0000-7000-8000-00000000dead/looks')).status).toBe(404);
  });

  test('each request is one look', async () => {
    const { owner } = given;
    const looked = await youngPerson(owner);
    await allocated(owner, looked.id, ours);
    await as(amira).get(`/people/${looked.id}`);
    const { rows } = await owner.query('select action from audit.entry where person_id = $1', [looked.id]);
    expect(rows).toEqual([{ action: 'view-person-and-notes' }]);
  });
});

describe('the access log', () => {
  test('tells by record, account and day what was done, a page at a time, and keeps references out of addresses', async () => {
    const { owner } = given;
    const lead = await someone(owner, 'data-protection-lead', { name: 'Dee Lead' });
    const looked = await youngPerson(owner, { familyName: CANARY });
    await allocated(owner, looked.id, ours);
    for (let each = 0; each < 55; each += 1) await as(amira).get(`/people/${looked.id}/notes`);
    await as(ben).fill('/search', { words: 'Somebody Sought' });
    const visitor = as(lead);
    const form = await visitor.get('/access-log');
    expect(form.text).toMatch(/Ben Osei, caseworker , searched for “ Somebody Sought ” on/);

    const byRecord = await visitor.send(form, { reference: looked.reference.toLowerCase() });
    expect(byRecord.location).toBe(`/access-log?person=${looked.id}`);
    const first = await visitor.get(byRecord.location ?? '');
    expect(first.text).toContain(`What was done about ${looked.reference}`);
    expect(first.text.match(/read the case notes/g)).toHaveLength(50);
    expect(first.text).not.toContain(CANARY);
    const next = (/href="([^"]*after=[^"]*)"/.exec(first.html)?.[1] ?? '').replaceAll('&amp;', '&');
    expect((await visitor.get(next)).text.match(/read the case notes/g)).toHaveLength(5);

    const byAccount = await visitor.fill('/access-log', { email: ben.email.toUpperCase() });
    expect(byAccount.location).toBe(`/access-log?account=${ben.accountId}`);
    const bens = await visitor.get(byAccount.location ?? '');
    expect(bens.text).toContain('What was done by Ben Osei');
    expect(bens.text).not.toContain('Amira Khan, caseworker');

    const onDay = await visitor.fill('/access-log', { 'day-day': '1', 'day-month': '1', 'day-year': '2020' });
    expect((await visitor.get(onDay.location ?? '')).text).toContain('Nothing was recorded');
    expect((await visitor.fill('/access-log', { reference: 'HW-2222-2222' })).text).toContain(
      'No record has this reference',
    );
    expect((await visitor.fill('/access-log', { email: 'nobody@example.org' })).text).toContain(
      'No account has this email',
    );
  });

  test('is for the data protection lead alone', async () => {
    for (const who of [operations, manager, amira, coordinator])
      expect((await as(who).get('/access-log')).status).toBe(403);
  });
});
