import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HttpVisitor, type Reply } from '../../test/support/http-visitor.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, LAMBETH, noteAbout, youngPerson } from '../../test/support/young-person.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { partsOf } from '../platform/clock/plain-date.ts';
import { timeAsTyped } from '../platform/clock/typed-time.ts';

let given: TestService;
let ours: { organisationId: string; teamId: string };
let amira: Someone;
let ben: Someone;
let manager: Someone;
let operations: Someone;
let coordinator: Someone;

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  ours = await provider(owner, 'Harbour');
  amira = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  ben = await someone(owner, 'caseworker', { ...ours, name: 'Ben Osei' });
  manager = await someone(owner, 'provider-manager', {
    organisationId: ours.organisationId,
    name: 'Mai Ager',
  });
  operations = await someone(owner, 'operations-manager', { name: 'Oona Per' });
  coordinator = await someone(owner, 'coordinator', { areas: [LAMBETH] });
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);

/** A young person whom Amira works with. */
async function amirasCase(names: { givenNames: string; familyName?: string }): Promise<string> {
  const { id } = await youngPerson(given.owner, names);
  await allocated(given.owner, id, { ...ours, workerId: amira.accountId });
  return id;
}

const dayOf = (at: Date, name: string) => {
  const [year = '', month = '', day = ''] = at.toISOString().slice(0, 10).split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000);

async function rowsOf(table: string, personId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await given.owner.query(
    `select * from service.${table} where person_id = $1 order by recorded_at desc, id desc`,
    [personId],
  );
  return rows;
}

describe('a contact', () => {
  let kai: string;
  beforeEach(async () => {
    kai = await amirasCase({ givenNames: 'Kai', familyName: 'Hollis' });
  });
  const made = (fields: Record<string, string> = {}) => ({
    how: 'telephone',
    withWhom: 'young-person',
    outcome: 'no-answer',
    ...dayOf(daysFromNow(-1), 'happenedOn'),
    happenedTime: '2pm',
    place: '',
    ...fields,
  });

  test('is recorded in a few fields, the day and the time being there already', async () => {
    const page = await as(amira).get(`/people/${kai}/contacts/new`);
    expect(page.html).toMatch(/name="happenedTime"[^>]*value="\d/);
    expect(page.html).toMatch(/value="young-person"[^>]*checked/);
    const reply = await as(amira).fill(`/people/${kai}/contacts/new`, made({ place: 'Brixton' }));
    expect(reply.location).toBe(`/people/${kai}/contacts`);
    const [contact] = await rowsOf('contact', kai);
    expect(contact).toMatchObject({
      organisation_id: ours.organisationId,
      worker_id: amira.accountId,
      how: 'telephone',
      with_whom: 'young-person',
      outcome: 'no-answer',
      place: 'Brixton',
      planned_for: null,
      note_id: null,
    });
    const log = await as(ben).get(`/people/${kai}/contacts`);
    expect(log.text).toContain('Telephone call with the young person: we tried, and there was no answer');
    expect(log.text).toContain('Brixton');
  });

  test('must say how, what came of it and when, in the past', async () => {
    const reply = await as(amira).fill(`/people/${kai}/contacts/new`, {
      ...made(),
      how: '',
      outcome: '',
      ...dayOf(daysFromNow(2), 'happenedOn'),
    });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('Choose how');
    expect(reply.text).toContain('Choose what came of it');
    const ahead = await as(amira).fill(`/people/${kai}/contacts/new`, {
      ...made(),
      ...dayOf(daysFromNow(2), 'happenedOn'),
    });
    expect(ahead.text).toContain('The day it happened must be today or in the past');
    expect(await rowsOf('contact', kai)).toEqual([]);
  });

  test('is planned, stands on the day of whoever planned it, and what came of it is recorded', async () => {
    const planned = {
      how: 'in-person',
      withWhom: 'young-person',
      ...dayOf(daysFromNow(2), 'plannedOn'),
      plannedTime: '10am',
      place: 'The library',
    };
    const past = await as(amira).fill(`/people/${kai}/contacts/plan`, {
      ...planned,
      ...dayOf(daysFromNow(-2), 'plannedOn'),
    });
    expect(past.text).toContain('The day it is planned for must be today or later');
    await as(amira).fill(`/people/${kai}/contacts/plan`, planned);
    const [contact] = await rowsOf('contact', kai);
    expect(contact).toMatchObject({ outcome: 'planned', happened_at: null });
    expect((await as(amira).get(`/people/${kai}`)).text).toContain('Next planned');
    const plan = `/contacts/${contact?.id}`;
    expect((await as(amira).get(`/people/${kai}/contacts`)).html).toContain(`href="${plan}"`);
    // A colleague of the team may record it, a manager reads it and a stranger is told nothing.
    const reply = await as(ben).fill(plan, { ...made(), how: 'in-person', outcome: 'did-not-come' });
    expect(reply.location).toBe(`/people/${kai}/contacts`);
    expect(await rowsOf('contact', kai)).toMatchObject([
      { outcome: 'did-not-come', version: 2, worker_id: amira.accountId },
    ]);
    expect((await as(manager).get(`/people/${kai}/contacts`)).text).toContain('they did not come');
    expect((await as(manager).get(plan)).status).toBe(403);
    const stranger = await someone(given.owner, 'caseworker', await provider(given.owner));
    expect((await as(stranger).get(plan)).status).toBe(404);
    expect((await as(coordinator).get(`/people/${kai}/contacts`)).status).toBe(403);
  });

  test('that somebody else recorded meanwhile is not written over unseen', async () => {
    await as(amira).fill(`/people/${kai}/contacts/new`, made());
    const path = `/contacts/${(await rowsOf('contact', kai))[0]?.id}`;
    const [first, second] = [as(amira), as(ben)];
    const [hers, his] = [await first.get(path), await second.get(path)];
    await first.send(hers, made({ outcome: 'reached' }));
    const shown = await second.send(his, made({ outcome: 'cancelled-by-us' }));
    expect(shown.status).toBe(422);
    expect(shown.text).toContain('Somebody else recorded this while you had it open');
    expect((await rowsOf('contact', kai))[0]).toMatchObject({ outcome: 'reached' });
    expect((await second.send(shown, made({ outcome: 'cancelled-by-us' }))).status).toBe(303);
    expect((await rowsOf('contact', kai))[0]).toMatchObject({ outcome: 'cancelled-by-us', version: 3 });
  });

  test('leads to a note about it, which is joined to it and is not in the log twice', async () => {
    const visitor = as(amira);
    const reply = await visitor.fill(`/people/${kai}/contacts/new`, {
      ...made({ outcome: 'reached', happenedTime: '3:15pm' }),
      next: 'note',
    });
    const page = await visitor.get(reply.location ?? '');
    expect(page.html).toMatch(/value="contact-telephone"[^>]*checked/);
    expect(page.html).toContain('value="3:15pm"');
    const saved = await visitor.send(
      page,
      {
        kind: 'contact-telephone',
        ...dayOf(daysFromNow(-1), 'happenedOn'),
        happenedTime: '3:15pm',
        fact: 'We spoke.',
      },
      `/people/${kai}/notes/new`,
    );
    expect(saved.location).toBe(`/people/${kai}`);
    const [note] = await rowsOf('case_note', kai);
    expect(await rowsOf('contact', kai)).toMatchObject([{ note_id: note?.id }]);
    const log = await visitor.get(`/people/${kai}/contacts`);
    expect(log.html.match(/hw-timeline__title/g)).toHaveLength(1);
    expect(log.html).toContain(`href="/notes/${note?.id}"`);
  });

  test('that failed three times in a row asks for a review, until they are spoken with', async () => {
    const visitor = as(amira);
    const review = 'in a row without an answer. Review with your manager';
    for (const [outcome, days] of [
      ['no-answer', -6],
      ['did-not-come', -5],
    ] as const)
      await visitor.fill(`/people/${kai}/contacts/new`, {
        ...made({ outcome }),
        ...dayOf(daysFromNow(days), 'happenedOn'),
      });
    expect((await visitor.get(`/people/${kai}/contacts`)).text).not.toContain(review);
    // A note of an attempt is an attempt as well.
    await noteAbout(given.owner, kai, amira, ours.organisationId, {
      fact: 'I knocked.',
      kind: 'contact-attempted',
      happenedAt: daysFromNow(-4).toISOString(),
    });
    const page = await visitor.get(`/people/${kai}/contacts`);
    expect(page.text).toContain(`Tried 3 times ${review}`);
    expect(page.text).toContain('Not engaged yet');
    expect((await visitor.get('/my-day')).text).toContain('tried 3 times in a row without an answer');
    await visitor.fill(`/people/${kai}/contacts/new`, made({ outcome: 'reached' }));
    const after = await visitor.get(`/people/${kai}/contacts`);
    expect(after.text).not.toContain(review);
    expect(after.text).toContain('Engaged since');
  });

  test('is in a log of pages, with the notes of contact between', async () => {
    for (let day = 1; day <= 40; day += 1) {
      const at = daysFromNow(-day).toISOString();
      if (day % 2 === 0)
        await noteAbout(given.owner, kai, amira, ours.organisationId, { fact: 'x', happenedAt: at });
      else
        await given.owner.query(
          `insert into service.contact (person_id, organisation_id, worker_id, how, with_whom, outcome, happened_at, place)
           values ($1, $2, $3, 'text', 'young-person', 'no-answer', $4, 'x')`,
          [kai, ours.organisationId, amira.accountId, at],
        );
    }
    const entries = ({ html }: Reply) => html.match(/hw-timeline__title/g)?.length;
    const visitor = as(manager);
    const first = await visitor.get(`/people/${kai}/contacts`);
    expect(entries(first)).toBe(25);
    const next = /href="([^"]*before=[^"]*)"/.exec(first.html)?.[1] ?? '';
    expect(entries(await visitor.get(next))).toBe(15);
  });
});

describe('engagement on the page of a young person', () => {
  test('is told to a coordinator, who reads nothing of the contact', async () => {
    const noor = await amirasCase({ givenNames: 'Noor', familyName: 'Haddad' });
    const before = await as(coordinator).get(`/people/${noor}`);
    expect(before.text).toContain('Not engaged yet');
    await as(amira).fill(`/people/${noor}/contacts/new`, {
      how: 'in-person',
      withWhom: 'young-person',
      outcome: 'reached',
      happenedTime: '9am',
      ...dayOf(daysFromNow(-3), 'happenedOn'),
      place: 'Somewhere quiet',
    });
    const page = await as(coordinator).get(`/people/${noor}`);
    expect(page.text).toContain('Engaged since');
    expect(page.text).not.toContain('Somewhere quiet');
    expect(page.text).not.toContain('Last spoke or met');
  });

  test('is the imported date where there is no contact', async () => {
    const ada = await amirasCase({ givenNames: 'Ada', familyName: 'Obi' });
    await given.owner.query(
      `update service.allocation set first_engaged_on = '2025-02-03' where person_id = $1`,
      [ada],
    );
    expect((await as(amira).get(`/people/${ada}`)).text).toContain(
      'Engaged since 3 February 2025, by the system before this one',
    );
  });
});

describe('a note', () => {
  const typed = (fields: Record<string, string> = {}) => ({
    kind: 'meeting-of-professionals',
    ...dayOf(daysFromNow(-1), 'happenedOn'),
    happenedTime: '2pm',
    fact: 'We met.',
    ...fields,
  });

  test('keeps what is about somebody else apart, marked to be taken out', async () => {
    const kai = await amirasCase({ givenNames: 'Kai' });
    await as(amira).fill(
      `/people/${kai}/notes/new`,
      typed({ thirdParty: 'His cousin was arrested.', kind: 'incident' }),
    );
    expect((await rowsOf('case_note', kai))[0]).toMatchObject({
      fact: 'We met.',
      third_party: 'His cousin was arrested.',
      needs_sign_off: true,
    });
    expect((await as(ben).get(`/people/${kai}`)).text).toContain(
      'Information about somebody else Take out before sharing His cousin was arrested.',
    );
  });

  test('is of a kind that a worker writes', async () => {
    const kai = await amirasCase({ givenNames: 'Kai' });
    const page = await as(amira).get(`/people/${kai}/notes/new`);
    expect(page.html).toContain('value="safeguarding"');
    expect(page.html).not.toContain('value="management-oversight"');
    const reply = await as(amira).send(page, typed({ kind: 'management-oversight' }));
    expect(reply.text).toContain('Choose what kind of note it is');
  });

  describe('that is removed', () => {
    const secret = 'Written about the wrong child';
    let kai: string;
    let noteId: string;
    beforeEach(async () => {
      kai = await amirasCase({ givenNames: 'Kai' });
      await as(amira).fill(
        `/people/${kai}/notes/new`,
        typed({ fact: secret, voice: `${secret} 2`, opinion: `${secret} 3`, thirdParty: `${secret} 4` }),
      );
      await as(amira).fill(`/notes/${(await rowsOf('case_note', kai))[0]?.id}/edit`, {
        ...typed({ fact: `${secret} 5` }),
        reason: `${secret} 6`,
      });
      noteId = String((await rowsOf('case_note', kai))[0]?.id);
    });
    const remove = (who: Someone, reason = 'It was about somebody else') =>
      as(who).fill(`/notes/${noteId}/remove`, { reason });

    test('needs a reason, and is removed by its author or their manager alone', async () => {
      expect((await remove(amira, '')).text).toContain('Enter why you are removing the note');
      expect((await as(ben).get(`/notes/${noteId}/remove`)).status).toBe(404);
      expect((await as(operations).get(`/notes/${noteId}/remove`)).status).toBe(403);
      expect((await remove(manager)).location).toBe(`/notes/${noteId}`);
      expect((await as(amira).get(`/people/${kai}/notes`)).text).toContain('Removed by Mai Ager on');
    });

    test('stands in the list as removed, by whom, when and why, and says nothing else to those who work with them', async () => {
      await remove(amira);
      for (const who of [amira, ben]) {
        for (const path of [`/people/${kai}`, `/people/${kai}/notes`, `/notes/${noteId}`]) {
          const page = await as(who).get(path);
          expect(page.text, path).toMatch(
            /Removed by Amira Khan on \d+ \w+ \d{4} at [\w:]+ because: It was about somebody else/,
          );
          expect(page.html, path).not.toContain(secret);
        }
      }
      expect((await as(amira).get(`/notes/${noteId}/edit`)).status).toBe(404);
      expect((await as(amira).get(`/notes/${noteId}/remove`)).status).toBe(404);
    });

    test('is in no row that those who work with them can read, whatever SQL they get in', async () => {
      await remove(amira);
      for (const who of [amira, ben]) {
        const begun = await given.service.database.asPerson(who.token, async (tx) => {
          const found = [];
          for (const from of [
            'service.case_note',
            'history.case_note',
            'as_at.case_note(now())',
            `as_at.case_note(now() - interval '1 millisecond')`,
          ])
            found.push(
              ...(await sql.raw<{ row: string }>(`select t::text as row from ${from} t`).execute(tx)).rows,
            );
          return JSON.stringify(found);
        });
        expect(begun?.result).toContain(noteId);
        expect(begun?.result).not.toContain(secret);
      }
      const undo = inCommand(given.service.database, amira.token, (tx) =>
        tx
          .updateTable('service.case_note')
          .set({ deleted_at: null, deleted_by: null, delete_reason: '' })
          .where('id', '=', noteId)
          .executeTakeFirst(),
      );
      expect((await undo)?.result.numUpdatedRows).toBe(0n);
    });

    test('is read as it was by the manager and the operations manager, each look recorded', async () => {
      await remove(amira);
      for (const who of [manager, operations]) {
        const page = await as(who).get(`/notes/${noteId}`);
        expect(page.text).toContain('What it said before');
        for (const part of ['', ' 2', ' 3', ' 4', ' 5', ' 6'])
          expect(page.text).toContain(`${secret}${part}`);
      }
      const { rows } = await given.owner.query(
        `select action from audit.entry where person_id = $1 and actor_id = $2`,
        [kai, operations.accountId],
      );
      expect(rows).toEqual([{ action: 'view-note' }]);
    });

    test('is all that a manager can do with a note: its words are changed by its author alone', async () => {
      const change = inCommand(given.service.database, manager.token, (tx) =>
        tx.updateTable('service.case_note').set({ fact: 'Forged' }).where('id', '=', noteId).execute(),
      );
      await expect(change).rejects.toThrow('row-level security');
    });

    test('was read by whoever removes it: a change meanwhile is shown first', async () => {
      const visitor = as(manager);
      const page = await visitor.get(`/notes/${noteId}/remove`);
      await as(amira).fill(`/notes/${noteId}/edit`, { ...typed({ fact: 'Put right.' }), reason: 'x' });
      const shown = await visitor.send(page, { reason: 'Wrong child' });
      expect(shown.status).toBe(422);
      expect(shown.text).toContain('The note was changed while you had this page open');
      expect(shown.text).toContain('Put right.');
      expect((await visitor.send(shown, { reason: 'Wrong child' })).status).toBe(303);
    });
  });
});

describe('one note for several people', () => {
  let kai: string;
  let noor: string;
  let zed: string;
  beforeEach(async () => {
    await given.owner.query('update service.allocation set ended_at = now(), end_reason = $1', ['closed']);
    kai = await amirasCase({ givenNames: 'Kai', familyName: 'Hollis' });
    noor = await amirasCase({ givenNames: 'Noor', familyName: 'Haddad' });
    zed = await amirasCase({ givenNames: 'Zedekiah', familyName: 'Quill' });
  });
  const typed = (fields: Record<string, string | string[]> = {}) => ({
    kind: 'contact-in-person',
    ...dayOf(daysFromNow(-1), 'happenedOn'),
    happenedTime: '2pm',
    sharedText: 'The group cooked and ate.',
    present: 'The cook of the centre',
    also: [noor, zed],
    [`fact-${kai}`]: 'Made the rice.',
    [`voice-${kai}`]: '“Again please”',
    [`fact-${noor}`]: 'Left early.',
    ...fields,
  });
  const several = () => `/people/${kai}/notes/new/several`;

  test('is written as one note about each, with what is said of all and what of each', async () => {
    const page = await as(amira).get(`/people/${kai}/notes/new`);
    expect(page.html).toContain(`href="${several()}"`);
    expect((await as(amira).fill(several(), typed())).location).toBe(`/people/${kai}`);
    const shared = {
      shared_text: 'The group cooked and ate.',
      present: 'The cook of the centre',
      author_id: amira.accountId,
      kind: 'contact-in-person',
    };
    expect(await rowsOf('case_note', kai)).toMatchObject([
      { ...shared, fact: 'Made the rice.', voice: '“Again please”' },
    ]);
    expect(await rowsOf('case_note', noor)).toMatchObject([{ ...shared, fact: 'Left early.', voice: '' }]);
    expect(await rowsOf('case_note', zed)).toMatchObject([{ ...shared, fact: '', voice: '' }]);
    expect((await as(ben).get(`/people/${noor}`)).text).toContain(
      'What happened The group cooked and ate. Left early.',
    );
  });

  test('has nothing in one that leads to another, or tells how many there are', async () => {
    await as(amira).fill(several(), typed());
    const everything: {
      personId: string;
      note: Record<string, unknown> | undefined;
      entries: { id: string }[];
    }[] = [];
    for (const personId of [kai, noor, zed]) {
      const [note] = await rowsOf('case_note', personId);
      const { rows: entries } = await given.owner.query<{ id: string }>(
        `select e.*, convert_from(e.body, 'UTF8') as text from audit.entry e where person_id = $1 and action = 'write-note'`,
        [personId],
      );
      everything.push({ personId, note, entries });
    }
    for (const one of everything) {
      // One command for each, about one person and one note.
      expect(one.entries).toHaveLength(1);
      expect(one.note?.action_id).toBe(one.entries[0]?.id);
      const page = await as(ben).get(`/notes/${one.note?.id}`);
      const said = JSON.stringify([one.note, one.entries]) + page.html;
      for (const other of everything.filter((each) => each !== one)) {
        expect(said).not.toContain(other.personId);
        expect(said).not.toContain(String(other.note?.id));
        expect(said).not.toContain(String(other.note?.action_id));
      }
      for (const name of ['Kai', 'Noor', 'Zedekiah'])
        if (everything.indexOf(one) !== ['Kai', 'Noor', 'Zedekiah'].indexOf(name))
          expect(page.text).not.toContain(name);
      // No column of the note but these is the same as in the others: what is said of all, and what is true of all.
      const same = Object.entries(one.note ?? {})
        .filter(([column, value]) =>
          everything.every(({ note }) => JSON.stringify(note?.[column]) === JSON.stringify(value)),
        )
        .map(([column]) => column)
        .filter((column) => !['', null, false, 1].some((plain) => plain === one.note?.[column]));
      expect(same.toSorted()).toEqual([
        'author_id',
        'happened_at',
        'kind',
        'organisation_id',
        'present',
        'recorded_at',
        'recorded_by',
        'shared_text',
      ]);
    }
  });

  test('is read under the rules of the one it is about: whoever reads one finds no other', async () => {
    const { owner } = given;
    const other = await provider(owner);
    const theirs = await someone(owner, 'caseworker', other);
    await allocated(owner, noor, other);
    await as(amira).fill(several(), typed());
    const visible = await given.service.database.asPerson(theirs.token, (tx) =>
      tx.selectFrom('service.case_note').select(['person_id', 'shared_text']).execute(),
    );
    expect(visible?.result).toEqual([{ person_id: noor, shared_text: 'The group cooked and ate.' }]);
    const audit = await given.service.database.asPerson(theirs.token, (tx) =>
      tx.selectFrom('history.case_note').select('id').execute(),
    );
    expect(audit?.result).toEqual([]);
    expect((await as(theirs).get(`/people/${noor}`)).text).toContain('The group cooked and ate.');
    for (const personId of [kai, zed]) expect((await as(theirs).get(`/people/${personId}`)).status).toBe(404);
  });

  test('warns of a name in what all of the notes would say, and takes its author’s word that it is none', async () => {
    const named = typed({ sharedText: 'We cooked, and Noor’s rice burnt.', present: 'quill, a cook' });
    const visitor = as(amira);
    const reply = await visitor.fill(several(), named);
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('All of the notes would say “Noor”');
    expect(reply.text).toContain('All of the notes would say “Quill”');
    expect(reply.html).toContain('Made the rice.');
    for (const personId of [kai, noor, zed]) expect(await rowsOf('case_note', personId)).toEqual([]);
    const confirmed = await visitor.send(reply, { ...named, tellsOfNobody: 'yes' });
    expect(confirmed.status).toBe(303);
    expect(await rowsOf('case_note', zed)).toHaveLength(1);
  });

  test('warns of how many they are in the same way', async () => {
    const told = typed({ sharedText: 'They were seen together. All three of them ran, and Noor fell.' });
    const visitor = as(amira);
    const reply = await visitor.fill(several(), told);
    expect(reply.status).toBe(422);
    expect(reply.text).toContain(
      'All of the notes would say “Noor”, “together”, “All three of them”, which gives away a name of one of them and how many they are',
    );
    for (const personId of [kai, noor, zed]) expect(await rowsOf('case_note', personId)).toEqual([]);
    expect((await visitor.send(reply, { ...told, tellsOfNobody: 'yes' })).status).toBe(303);
    expect(await rowsOf('case_note', zed)).toHaveLength(1);
  });

  test('is about people whom its author works with, more than one of them, or nothing is written', async () => {
    const { id: stranger } = await youngPerson(given.owner, { givenNames: 'Stranger' });
    const nobodyElse = await as(amira).fill(several(), typed({ also: [], [`fact-${noor}`]: '' }));
    expect(nobodyElse.text).toContain('Choose who else it is about');
    const unknown = await as(amira).fill(several(), typed({ also: [stranger] }));
    expect(unknown.text).toContain('One of those you ticked cannot be written about any more');
    const bens = await as(ben).get(several());
    expect(bens.text).toContain('You are nobody else’s worker');
    const tooLong = await as(amira).fill(several(), typed({ [`fact-${noor}`]: 'x'.repeat(20_001) }));
    expect(tooLong.text).toContain('What happened (Noor Haddad) must be 20,000 characters or fewer');
    for (const personId of [kai, noor, zed]) expect(await rowsOf('case_note', personId)).toEqual([]);
  });

  test.each([
    { ending: 'idle', says: 'What you typed is kept: sign in, and the page offers it to you' },
    { ending: 'ended-by-user', says: 'it is not kept here. Before you sign in, go back in your browser' },
  ])(
    'whose session is over ($ending) is told at the sign-in whether what was typed is kept',
    async ({ ending, says }) => {
      const visitor = as(amira);
      const page = await visitor.get(several());
      const over = (moment: string) =>
        given.owner.query(
          `update identity.session set ended_at = ${moment}, end_reason = case when ${moment} is null then null else $2 end
         where account_id = $1`,
          [amira.accountId, ending],
        );
      await over('now()');
      try {
        const reply = await visitor.send(page, typed({ sharedText: 'Typed too late' }));
        expect(reply.status).toBe(303);
        expect((await visitor.get(reply.location ?? '')).text).toContain(says);
      } finally {
        await over('null::timestamptz');
      }
      expect((await visitor.get(several())).text.includes('You typed something here')).toBe(
        ending === 'idle',
      );
    },
  );

  test('is not saved while something is written about somebody who is not ticked, and offers nobody who died', async () => {
    const visitor = as(amira);
    const refused = await visitor.fill(several(), typed({ also: [zed] }));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('You wrote about Noor Haddad and did not tick them');
    for (const kept of ['The group cooked and ate.', 'Made the rice.', 'Left early.'])
      expect(refused.text).toContain(kept);
    for (const personId of [kai, noor, zed]) expect(await rowsOf('case_note', personId)).toEqual([]);
    await given.owner.query('update service.person set died_on = current_date where id = $1', [zed]);
    const page = await visitor.get(several());
    expect(page.text).toContain('Noor Haddad');
    expect(page.text).not.toContain('Zedekiah Quill');
    await given.owner.query('update service.person set died_on = null where id = $1', [zed]);
  });

  test('is not saved without somebody who was ticked, and keeps all that was typed', async () => {
    const visitor = as(amira);
    const form = await visitor.get(several());
    await given.owner.query(
      `update service.allocation set ended_at = now() - interval '1 hour', end_reason = 'closed' where person_id = $1`,
      [noor],
    );
    const refused = await visitor.send(form, typed());
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('One of those you ticked cannot be written about any more');
    for (const kept of [
      'The group cooked and ate.',
      'Made the rice.',
      'Left early.',
      'The cook of the centre',
    ])
      expect(refused.html).toContain(kept);
    expect(refused.text).not.toContain('Noor');
    for (const personId of [kai, noor, zed]) expect(await rowsOf('case_note', personId)).toEqual([]);
    // A fault elsewhere does not lose it either; and without them it is saved.
    const again = await visitor.send(refused, typed({ also: [zed], gone: [noor], sharedText: '' }));
    expect(again.status).toBe(422);
    expect(again.html).toContain('Left early.');
    expect((await visitor.send(again, typed({ also: [zed], gone: [noor] }))).status).toBe(303);
    expect(await rowsOf('case_note', zed)).toHaveLength(1);
    expect(await rowsOf('case_note', noor)).toEqual([]);
  });

  test('is changed in one note alone, what is said of all in it too', async () => {
    await as(amira).fill(several(), typed());
    const [note] = await rowsOf('case_note', noor);
    const page = await as(amira).get(`/notes/${note?.id}/edit`);
    expect(page.html).toContain('The group cooked and ate.');
    await as(amira).send(page, {
      kind: 'contact-in-person',
      ...dayOf(daysFromNow(-1), 'happenedOn'),
      happenedTime: '2pm',
      sharedText: 'The group cooked.',
      fact: '',
      reason: 'Shorter',
    });
    expect(await rowsOf('case_note', noor)).toMatchObject([{ shared_text: 'The group cooked.', fact: '' }]);
    expect(await rowsOf('case_note', kai)).toMatchObject([{ shared_text: 'The group cooked and ate.' }]);
  });
});

describe('my day', () => {
  let team: { organisationId: string; teamId: string };
  let cass: Someone;
  beforeEach(async () => {
    team = await provider(given.owner);
    cass = await someone(given.owner, 'caseworker', { ...team, name: 'Cass Worker' });
  });
  async function caseOf(who: Someone, givenNames: string, startedDaysAgo = 100): Promise<string> {
    const { id } = await youngPerson(given.owner, { givenNames, familyName: 'Day' });
    const { allocationId } = await allocated(given.owner, id, { ...team, workerId: who.accountId });
    await given.owner.query(
      `update service.allocation set started_at = now() - make_interval(days => $2) where id = $1`,
      [allocationId, startedDaysAgo],
    );
    return id;
  }
  const plan = (personId: string, who: Someone, at: string) =>
    given.owner.query(
      `insert into service.contact (person_id, organisation_id, worker_id, how, with_whom, outcome, planned_for)
       values ($1, $2, $3, 'in-person', 'young-person', 'planned', ${at})`,
      [personId, team.organisationId, who.accountId],
    );
  /** What the page says under a heading, until the next of its level. */
  const under = ({ html }: Reply, heading: string) =>
    (html.split(`>${heading}</h2>`)[1] ?? '')
      .split('<h2')[0]
      ?.replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ') ?? '';

  test('is where a caseworker arrives, and says so where it is empty', async () => {
    expect((await as(cass).get('/')).location).toBe('/my-day');
    const page = await as(cass).get('/my-day');
    for (const words of ['Nothing is planned for today', 'Nothing is late', 'Nobody is new to you this week'])
      expect(page.text).toContain(words);
  });

  test('has each thing in its place, and each opens what it is about', async () => {
    const late = await caseOf(cass, 'Late');
    const spoken = await caseOf(cass, 'Spoken');
    await noteAbout(given.owner, spoken, cass, team.organisationId, {
      fact: 'x',
      happenedAt: daysFromNow(-20).toISOString(),
    });
    const fresh = await caseOf(cass, 'Fresh', 1);
    await plan(fresh, cass, `date_trunc('day', now(), 'Europe/London') + interval '12 hours'`);
    await plan(spoken, cass, `now() - interval '3 days'`);
    const page = await as(cass).get('/my-day');
    expect(under(page, 'Today')).toMatch(/Contact planned .*Fresh Day/);
    expect(under(page, 'Late')).toMatch(
      /Planned, and not recorded.*Spoken Day.*First contact .*Late Day : was due by .*Without contact .*Spoken Day : not spoken with for 20 days/,
    );
    expect(under(page, 'New to you')).toMatch(/Fresh Day : yours since .*, first contact due by/);
    expect(under(page, 'New to you')).not.toContain('Late Day');
    const links = [...page.html.matchAll(/href="(\/(?:people|contacts)\/[^"]*)"/g)].map(
      ([, href = '']) => href,
    );
    expect(links.filter((href) => href.includes('/contacts'))).toHaveLength(5);
    expect(new Set(links)).toContain(`/people/${late}/contacts`);
    for (const href of links) expect((await as(cass).get(href)).status).toBe(200);
  });

  test('is new again for the worker whom a case was given to later, with what was planned in it', async () => {
    const dee = await someone(given.owner, 'caseworker', { ...team, name: 'Dee Worker' });
    const kai = await caseOf(dee, 'Kai');
    await plan(kai, dee, `now() - interval '2 days'`);
    expect((await as(cass).get('/my-day')).text).not.toContain('Kai Day');
    await given.owner.query('update service.allocation set worker_id = $2 where person_id = $1', [
      kai,
      cass.accountId,
    ]);
    const page = await as(cass).get('/my-day');
    expect(under(page, 'New to you')).toContain('Kai Day');
    expect(under(page, 'Late')).toContain('Kai Day');
    // Whoever planned it is asked as well, until what came of it is recorded.
    expect(under(await as(dee).get('/my-day'), 'Late')).toContain('Kai Day');
  });

  test('has first what is owed on a concern: who is to be told today, and whose answer is late', async () => {
    const [raised, theirs, colleagues, answered] = [
      await caseOf(cass, 'Raised'),
      await caseOf(cass, 'Theirs'),
      await caseOf(await someone(given.owner, 'caseworker', team), 'Colleagues'),
      await caseOf(cass, 'Answered'),
    ];
    const concern = async (
      personId: string,
      by: Someone,
      told: [agency: string, state: string, dueInDays: number, answered?: boolean][],
    ) => {
      const { rows } = await given.owner.query(
        `insert into service.concern (person_id, organisation_id, area, what, happened_at, danger, raised_by, raised_at)
         values ($1, $2, $3, 'Away for two nights', now(), false, $4, now()) returning id`,
        [personId, team.organisationId, LAMBETH, by.accountId],
      );
      for (const [agency, state, days, isAnswered] of told)
        await given.owner.query(
          `insert into service.concern_told (concern_id, person_id, organisation_id, area, agency, state, name, told_at, due_on, answer,
             answered_at, told_by)
           values ($1, $2, $3, $4, $5, $6, case $6 when 'told' then 'Sam Duty' else '' end, case $6 when 'told' then now() end,
             (now() at time zone 'Europe/London')::date + $7::int, case when $8 then 'They visit' else '' end, case when $8 then now() end, $9)`,
          [
            rows[0].id,
            personId,
            team.organisationId,
            LAMBETH,
            agency,
            state,
            days,
            isAnswered === true,
            by.accountId,
          ],
        );
      return rows[0].id;
    };
    const other = await someone(given.owner, 'caseworker', team);
    const owed = await concern(raised, cass, [
      ['social-care', 'not-yet', 0],
      ['police', 'not-yet', 0],
    ]);
    await concern(theirs, other, [
      ['social-care', 'told', -1],
      ['police', 'told', 1],
    ]);
    await concern(answered, cass, [['social-care', 'told', -1, true]]);
    await concern(colleagues, other, [['social-care', 'not-yet', -1]]);
    const page = await as(cass).get('/my-day');
    expect(under(page, 'Today')).toMatch(
      /^ Safeguarding concerns Raised Day : nobody has been told\. Children’s or adults’ social care have not been told\. Police have not been told: by today/,
    );
    expect(page.html).toContain(`href="/people/${raised}/concerns/${owed}"`);
    // Of the answers, the one that is late: the police have until tomorrow.
    expect(under(page, 'Late')).toMatch(
      /^ Safeguarding concerns Theirs Day : Children’s or adults’ social care have not answered: was due by \d+ \w+ \d{4} /,
    );
    expect(under(page, 'Late')).not.toContain('Police');
    expect(page.text).not.toMatch(/Answered Day : Ch/);
    expect(page.text).not.toContain('Colleagues Day');
  });

  test('names what is overdue, the longest first, and says how much more there is', async () => {
    for (let each = 1; each <= 11; each += 1)
      await given.owner.query(
        `insert into service.case_summary (person_id, organisation_id, area, stands, refresh_by)
         values ($1, $2, $3, 'Well', current_date - $4::int)`,
        [await caseOf(cass, `Number${each}`, 1), team.organisationId, LAMBETH, each],
      );
    const page = await as(cass).get('/my-day');
    const late = under(page, 'Late');
    expect(late).toMatch(
      /Plans, risks and summaries Number11 Day : Case summary , due by .* Number2 Day : Case summary , due by/,
    );
    expect(page.html).toContain(`href="/overdue"`);
    expect(late).not.toContain('Number1 Day');
    expect(late).toContain('All 11 that are overdue');
    expect((await as(cass).get('/overdue')).text).toContain('11 overdue, the longest first');
  });

  test('has the day of whoever they stand in for, while they do', async () => {
    const dee = await someone(given.owner, 'caseworker', { ...team, name: 'Dee Worker' });
    const kai = await caseOf(dee, 'Kai');
    const cover = (from: number, to: number) =>
      given.owner.query(
        `insert into service.cover (organisation_id, worker_id, covered_by, starts_on, ends_on)
         values ($1, $2, $3, current_date + $4::int, current_date + $5::int)`,
        [team.organisationId, dee.accountId, cass.accountId, from, to],
      );
    await cover(-20, -10);
    expect((await as(cass).get('/my-day')).text).not.toContain('Kai Day');
    await cover(-2, 2);
    const page = await as(cass).get('/my-day');
    expect(page.text).toContain('You stand in for Dee Worker until');
    expect(under(page, 'Late')).toContain('Kai Day');
    expect(page.html).toContain(`/people/${kai}/contacts`);
  });

  test('offers what was typed and not sent, to be got back with when it was kept', async () => {
    const kai = await caseOf(cass, 'Kai');
    const visitor = as(cass);
    const form = await visitor.get(`/people/${kai}/notes/new`);
    const kept = await visitor.send(form, { fact: 'Half a note' }, `/kept-form?for=/people/${kai}/notes/new`);
    expect(kept.status).toBe(204);
    await visitor.send(
      await visitor.get(`/people/${kai}/safety-plan/edit`),
      { home: 'Half a plan' },
      `/kept-form?for=/people/${kai}/safety-plan/edit`,
    );
    const page = await visitor.get('/my-day');
    expect(under(page, 'What you typed and did not send')).toMatch(
      /The safety plan \( Kai Day \) , kept on .*A note \( Kai Day \) , kept on/,
    );
    const restored = await visitor.get(`/people/${kai}/notes/new?restore=yes`);
    expect(restored.html).toContain('Half a note');
    expect(restored.text).toMatch(/What you typed was last kept on \d+ \w+ \d{4} at/);
    expect((await as(ben).get('/my-day')).text).not.toContain('A note (');
  });
});

describe('somebody who is out alone', () => {
  /** What is typed for being back in so many hours. */
  const backIn = (hours: number) => {
    const at = new Date(Date.now() + hours * 3_600_000);
    const [year, month, day] = partsOf(londonDate(at));
    return {
      'backOn-day': String(day),
      'backOn-month': String(month),
      'backOn-year': String(year),
      backTime: timeAsTyped(at),
    };
  };
  async function out(who: Someone, goingTo: string): Promise<string> {
    expect((await as(who).fill('/check-ins/new', { goingTo, ...backIn(1) })).location).toBe('/my-day');
    const { rows } = await given.owner.query('select id from service.check_in where going_to = $1', [
      goingTo,
    ]);
    return rows[0].id;
  }

  test('says where and by when, is on their own day, and says that they are back', async () => {
    const id = await out(amira, 'Brixton Road');
    expect((await as(amira).get('/my-day')).text).toContain('Brixton Road , back by');
    expect((await as(ben).get('/my-day')).text).not.toContain('Brixton Road');
    expect((await as(ben).get(`/check-ins/${id}`)).status).toBe(404);
    expect((await as(amira).fill(`/check-ins/${id}`)).location).toBe('/my-day');
    expect((await as(amira).get('/my-day')).text).not.toContain('Brixton Road');
    // Once is enough.
    const page = await as(amira).get(`/check-ins/${id}`);
    expect(page.html).not.toContain('I am back');
  });

  test('says by when within a day from now', async () => {
    const past = await as(amira).fill('/check-ins/new', {
      goingTo: 'x',
      ...dayOf(daysFromNow(-1), 'backOn'),
      backTime: '9am',
    });
    expect(past.text).toContain('The day you will be back must be today or later');
    const far = await as(amira).fill('/check-ins/new', {
      goingTo: 'x',
      ...dayOf(daysFromNow(4), 'backOn'),
      backTime: '9am',
    });
    expect(far.text).toContain('The day you will be back must be');
    expect((await as(amira).fill('/check-ins/new', {})).text).toContain('Enter where you are going');
  });

  test('who is not back is seen by their manager first of all, and by no other provider’s', async () => {
    const [early, late] = [await out(ben, 'Early place'), await out(ben, 'Overdue place')];
    await given.owner.query(
      `update service.check_in set expected_back_at = now() - interval '10 minutes' where id = $1`,
      [late],
    );
    const page = await as(manager).get('/check-ins');
    expect(page.text).toMatch(/1 overdue .*Ben Osei , Overdue place .* Overdue .*Ben Osei , Early place/);
    expect((await as(ben).get('/my-day')).text).toMatch(/Overdue place , back by [^.]* Overdue/);
    const strange = await someone(given.owner, 'provider-manager', await provider(given.owner));
    expect((await as(strange).get('/check-ins')).text).toContain('Nobody is out alone');
    expect((await as(strange).get(`/check-ins/${late}`)).status).toBe(404);
    expect((await as(manager).fill(`/check-ins/${late}`)).location).toBe('/check-ins');
    const { rows } = await given.owner.query('select checked_in_by from service.check_in where id = $1', [
      late,
    ]);
    expect(rows[0].checked_in_by).toBe(manager.accountId);
    expect((await as(manager).get('/check-ins')).text).not.toContain('Overdue place');
    await as(manager).fill(`/check-ins/${early}`);
  });

  test('can be longer, and what they had said before is kept', async () => {
    const id = await out(amira, 'Long place');
    await as(amira).fill(`/check-ins/${id}/longer`, backIn(2));
    const { rows } = await given.owner.query(
      'select version, (select count(*)::int from history.check_in h where h.id = c.id) as before from service.check_in c where id = $1',
      [id],
    );
    expect(rows[0]).toEqual({ version: 2, before: 1 });
  });
});
