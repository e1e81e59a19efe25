import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpVisitor, type Reply } from '../../test/support/http-visitor.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, CROYDON, LAMBETH, youngPerson } from '../../test/support/young-person.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { countConcerns } from './concern-queries.ts';

let given: TestService;
let ours: Awaited<ReturnType<typeof provider>>;
let theirs: Awaited<ReturnType<typeof provider>>;
let worker: Someone;
let otherWorker: Someone;
let stranger: Someone;
let manager: Someone;
let otherManager: Someone;
let coordinator: Someone;
let farCoordinator: Someone;
let operations: Someone;
let contact: Someone;
let serviceId: string;

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  [ours, theirs] = [await provider(owner), await provider(owner)];
  const { rows } = await owner.query(
    `insert into identity.organisation (kind, name) values ('service', 'The service') returning id`,
  );
  serviceId = rows[0].id;
  worker = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  otherWorker = await someone(owner, 'caseworker', { ...theirs, name: 'Ben Osei' });
  stranger = await someone(owner, 'caseworker', await provider(owner));
  manager = await someone(owner, 'provider-manager', {
    organisationId: ours.organisationId,
    name: 'Mai Ager',
  });
  otherManager = await someone(owner, 'provider-manager', {
    organisationId: theirs.organisationId,
    name: 'Mo Ager',
  });
  const service = { organisationId: serviceId };
  coordinator = await someone(owner, 'coordinator', { ...service, areas: [LAMBETH], name: 'Cora Ordin' });
  farCoordinator = await someone(owner, 'coordinator', { ...service, areas: [CROYDON] });
  operations = await someone(owner, 'operations-manager', { ...service, name: 'Oona Per' });
  contact = await someone(owner, 'spoc', { areas: [LAMBETH] });
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);

const toldNobody = {
  'social-care': 'not-yet',
  police: 'not-needed',
  'police-whyNot': 'No crime that is known of',
  'designated-lead': 'told',
  'designated-lead-name': 'Dee Lead',
};
const concern = {
  danger: 'no',
  what: 'He came home with a broken wrist.',
  'happenedOn-day': '1',
  'happenedOn-month': '5',
  'happenedOn-year': '2026',
  happenedTime: '2:05pm',
  ...toldNobody,
};

/** Somebody whom our provider works with, in Lambeth. */
async function ourYoungPerson(more: { alsoTheirs?: boolean; area?: string } = {}): Promise<{ id: string }> {
  const { owner } = given;
  const area = more.area ?? LAMBETH;
  const person = await youngPerson(owner, { givenNames: 'Kai', familyName: 'Hollis', area });
  await allocated(owner, person.id, { ...ours, workerId: worker.accountId, area });
  if (more.alsoTheirs) await allocated(owner, person.id, { ...theirs, area });
  return person;
}

/** Raises a concern and gives its address. */
async function raised(who: Someone, personId: string, fields: Record<string, string> = {}): Promise<string> {
  const reply = await as(who).fill(`/people/${personId}/concerns/new`, { ...concern, ...fields });
  expect(reply.status).toBe(303);
  return reply.location ?? '';
}

const rowsOf = async (table: string, personId: string) =>
  (await given.owner.query(`select * from service.${table} where person_id = $1 order by id`, [personId]))
    .rows;

describe('raising a concern', () => {
  test('is one act from every page of the record, and says 999 first', async () => {
    const person = await ourYoungPerson();
    for (const part of ['', '/notes', '/history', '/concerns', '/risk']) {
      const page = await as(worker).get(`/people/${person.id}${part}`);
      expect(page.html, part).toContain(`href="/people/${person.id}/concerns/new"`);
    }
    const form = await as(worker).get(`/people/${person.id}/concerns/new`);
    const main = form.html.slice(form.html.indexOf('<main'));
    expect(main.indexOf('tel:999')).toBeGreaterThan(0);
    expect(main.indexOf('tel:999')).toBeLessThan(main.indexOf('name="danger"'));
  });

  test('keeps what was feared, who was told, and until when each must answer', async () => {
    const person = await ourYoungPerson();
    const path = await raised(worker, person.id, {
      danger: 'yes',
      dangerDone: 'Rang 999 at ten past two.',
      words: 'They will be back.',
      'social-care': 'told',
      'social-care-name': 'Sam Duty, duty desk',
      'social-care-time': 'yesterday 9pm',
      'social-care-how': 'telephone',
      'social-care-reference': 'SC-41',
    });
    const page = await as(worker).get(path);
    expect(page.text).toContain('He came home with a broken wrist.');
    expect(page.text).toContain('They will be back.');
    expect(page.text).toContain('Rang 999 at ten past two.');
    expect(page.text).toMatch(
      /Told on \d+ \w+ \d{4} at 9pm by telephone: Sam Duty, duty desk \. Their reference: SC-41/,
    );
    expect(page.text).toContain('Children’s or adults’ social care have not answered: due by');
    expect(page.text).toContain('Not needed No crime that is known of');
    // In danger, and the police not told: 999 stands on the page again.
    expect(page.html.slice(page.html.indexOf('<main'))).toContain('tel:999');
    const told = await rowsOf('concern_told', person.id);
    const byAgency = Object.fromEntries(told.map((row) => [row.agency, row]));
    expect(byAgency.police).toMatchObject({ state: 'not-needed', due_on: null });
    expect(byAgency['social-care'].due_on > londonDate(byAgency['social-care'].told_at)).toBe(true);
  });

  test('tells the managers, the worker and the coordinators at once, and nobody else; the message says nothing', async () => {
    const person = await ourYoungPerson({ alsoTheirs: true });
    const path = await raised(coordinator, person.id);
    const { rows } = await given.owner.query(
      'select account_id, template from messages.message where path = $1',
      [path],
    );
    expect(rows.map(({ account_id }) => account_id).toSorted()).toEqual(
      [manager, otherManager, worker].map(({ accountId }) => accountId).toSorted(),
    );
    expect(new Set(rows.map(({ template }) => template))).toEqual(new Set(['concern-raised']));
    for (const who of [manager, otherManager, worker, otherWorker, operations])
      expect((await as(who).get(path)).text).toContain('Amira Khan, Mai Ager, Mo Ager');
  });

  test('tells those who run the service where nobody else is there to be told', async () => {
    const { owner } = given;
    const lonely = await provider(owner);
    const alone = await someone(owner, 'caseworker', lonely);
    const person = await youngPerson(owner, { area: 'E09000007' });
    await allocated(owner, person.id, { ...lonely, area: 'E09000007' });
    const path = await raised(alone, person.id);
    const { rows } = await owner.query('select account_id from messages.message where path = $1', [path]);
    expect(rows).toEqual([{ account_id: operations.accountId }]);
  });

  test('about somebody whose record is restricted tells those alone who may open it', async () => {
    const { owner } = given;
    const person = await ourYoungPerson({ alsoTheirs: true });
    const { rows } = await owner.query(
      `insert into service.restriction (person_id, why, placed_by) values ($1, 'A threat to life', $2) returning id`,
      [person.id, operations.accountId],
    );
    for (const who of [worker, coordinator])
      await owner.query(
        'insert into service.restriction_reader (restriction_id, person_id, account_id) values ($1, $2, $3)',
        [rows[0].id, person.id, who.accountId],
      );
    const path = await raised(worker, person.id);
    const told = await owner.query('select account_id from messages.message where path = $1', [path]);
    expect(told.rows).toEqual([{ account_id: coordinator.accountId }]);
    expect((await as(coordinator).get(path)).status).toBe(200);
    for (const who of [manager, otherWorker, otherManager, operations]) {
      expect((await as(who).get(path)).status).toBe(404);
      expect((await as(who).get('/concerns')).html).not.toContain(person.id);
    }
  });

  test.each<[string, () => Someone]>([
    ['a caseworker', () => worker],
    ['a manager of the provider', () => manager],
    ['a coordinator of the area', () => coordinator],
    ['an operations manager', () => operations],
  ])('is open to %s', async (_role, who) => {
    const person = await ourYoungPerson();
    await raised(who(), person.id);
    const [row] = await rowsOf('concern', person.id);
    expect(row).toMatchObject({ raised_by: who().accountId, recorded_by: who().accountId, area: LAMBETH });
    expect(row.action_id).not.toBeNull();
  });

  test('is not open to others, whatever they forge', async () => {
    const person = await ourYoungPerson();
    const other = await youngPerson(given.owner);
    await allocated(given.owner, other.id, { ...ours });
    const path = `/people/${person.id}/concerns/new`;
    expect((await as(contact).get(path)).status).toBe(403);
    for (const who of [stranger, otherManager, farCoordinator])
      expect((await as(who).get(path)).status).toBe(404);
    // The form of a young person of one's own, sent to the address of another.
    const own = await youngPerson(given.owner, { area: CROYDON });
    const form = await as(farCoordinator).get(`/people/${own.id}/concerns/new`);
    expect((await as(farCoordinator).send(form, concern, path)).status).toBe(404);
    expect(await rowsOf('concern', person.id)).toEqual([]);
  });

  test('is refused, with everything that was typed, where it does not say what it must', async () => {
    const person = await ourYoungPerson();
    const visitor = as(worker);
    const form = await visitor.get(`/people/${person.id}/concerns/new`);
    const empty = await visitor.send(form, { what: '' });
    expect(empty.status).toBe(422);
    for (const needed of [
      'Choose whether anybody is in danger now',
      'Enter what happened, or what you fear',
      'Choose whether the police have been told',
    ])
      expect(empty.text).toContain(needed);
    const without = await visitor.send(form, { ...concern, danger: 'yes' });
    expect(without.text).toContain('Enter what has been done about the danger');
    const late = await visitor.send(form, { ...concern, 'designated-lead-time': 'soon', police: 'told' });
    expect(late.status).toBe(422);
    expect(late.text).toContain('Enter whom you told: Police');
    expect(late.text).toContain('like 2:05pm or yesterday 9pm: Designated safeguarding lead');
    expect(late.html).toContain('He came home with a broken wrist.');
    expect(await rowsOf('concern', person.id)).toEqual([]);
  });

  test('while the young person’s borough is passed on waits for that, and goes with them', async () => {
    const { id } = await ourYoungPerson();
    const path = `/people/${id}/concerns/new`;
    const { owner } = given;
    const waitedFor = async (sent: Promise<Reply>): Promise<Reply> => {
      const waits = `select from pg_locks where not granted`;
      await expect.poll(async () => (await owner.query(waits)).rows.length).toBeGreaterThan(0);
      await owner.query('commit');
      return await sent;
    };
    const form = await as(worker).get(path);
    await owner.query('begin');
    await owner.query('select from service.person where id = $1 for update', [id]);
    await owner.query('update service.person set area = $2 where id = $1', [id, CROYDON]);
    expect((await waitedFor(as(worker).send(form, concern))).status).toBe(303);
    const areas = async (table: string) => [
      ...new Set((await rowsOf(table, id)).map(({ area }: { area: string }) => area)),
    ];
    expect(await areas('concern')).toEqual([CROYDON]);
    expect(await areas('concern_told')).toEqual([CROYDON]);

    // What is added to it meanwhile does so too, and neither waits for the other for ever.
    const [{ id: concernId }] = await rowsOf('concern', id);
    const opened = await as(worker).get(`/people/${id}/concerns/${concernId}`);
    const back = {
      area: LAMBETH,
      'movedOn-day': '1',
      'movedOn-month': '5',
      'movedOn-year': '2026',
      why: 'The family moved back',
      agreedBy: 'Both boroughs',
    };
    const [added, moved] = await Promise.all([
      as(worker).send(opened, { development: 'He said more.' }),
      as(operations).fill(`/people/${id}/borough`, back),
    ]);
    expect([added.status, moved.status]).toEqual([303, 303]);
    expect(await areas('concern_development')).toEqual([LAMBETH]);
  });

  test('sent twice is one concern', async () => {
    const person = await ourYoungPerson();
    const visitor = as(worker);
    const form = await visitor.get(`/people/${person.id}/concerns/new`);
    const replies = await Promise.all([visitor.send(form, concern), visitor.send(form, concern)]);
    expect(replies.map(({ status }) => status)).toEqual([303, 303]);
    expect(await rowsOf('concern', person.id)).toHaveLength(1);
  });
});

describe('a concern', () => {
  test('is read by those who work with them, coordinate or run the service, each look recorded; a borough does not', async () => {
    const person = await ourYoungPerson({ alsoTheirs: true });
    const path = await raised(worker, person.id);
    for (const who of [worker, otherWorker, manager, otherManager, coordinator, operations]) {
      expect((await as(who).get(path)).status).toBe(200);
      expect((await as(who).get(`/people/${person.id}`)).text).toContain('A safeguarding concern is open');
      expect((await as(who).get(`/people/${person.id}/concerns`)).text).toContain('Amira Khan');
    }
    expect((await as(contact).get(path)).status).toBe(403);
    expect((await as(contact).get(`/people/${person.id}`)).text).not.toContain(
      'safeguarding concern is open',
    );
    for (const who of [stranger, farCoordinator]) expect((await as(who).get(path)).status).toBe(404);
    const { rows } = await given.owner.query(
      `select count(*)::int as looks from audit.entry where action = 'view-concern' and person_id = $1`,
      [person.id],
    );
    expect(rows[0].looks).toBe(6);
  });

  test('is found at its own young person’s address alone', async () => {
    const [person, another] = [await ourYoungPerson(), await ourYoungPerson()];
    const path = await raised(worker, person.id);
    const moved = path.replace(person.id, another.id);
    for (const act of ['', '/tell', '/close'])
      expect((await as(worker).get(`${moved}${act}`)).status).toBe(404);
    const page = await as(worker).get(path);
    expect((await as(worker).send(page, { development: 'x' }, moved)).status).toBe(404);
    expect(await rowsOf('concern_development', person.id)).toEqual([]);
  });

  test('is brought to who had not been told yet, answered by whoever hears of it, and closed when nobody is waited for', async () => {
    const person = await ourYoungPerson({ alsoTheirs: true });
    const path = await raised(worker, person.id);
    const list = await as(worker).get('/concerns');
    expect(list.text).toContain('Kai Hollis');

    const early = await as(manager).fill(`${path}/close`, {
      outcome: 'assessment',
      reason: 'Done',
      decidedBy: 'Mai Ager',
    });
    expect(early.status).toBe(422);
    expect(early.text).toContain(
      'Children’s or adults’ social care have not been told. Designated safeguarding lead has not answered',
    );

    // Another provider's worker is rung back: it does not matter who raised it.
    await as(otherWorker).fill(`${path}/tell`, {
      agency: 'social-care',
      state: 'told',
      name: 'Sam Duty',
      time: '',
    });
    const told = await rowsOf('concern_told', person.id);
    expect(told.filter(({ agency }) => agency === 'social-care')).toHaveLength(1);
    for (const [who, agency] of [
      [otherWorker, 'social-care'],
      [coordinator, 'designated-lead'],
    ] as const) {
      const row = told.find((each) => each.agency === agency);
      const reply = await as(who).fill(`${path}/told/${row.id}`, {
        answer: `${agency} will visit on Monday`,
      });
      expect(reply.status).toBe(303);
    }
    const answered = await as(worker).get(path);
    expect(answered.text).toContain('social-care will visit on Monday');
    expect(answered.text).toContain('written down by Ben Osei');
    expect(answered.text).toContain('Everybody who was asked has answered.');

    await as(worker).fill(path, { development: 'His aunt rang back.' });
    expect((await as(coordinator).get(path)).text).toContain('His aunt rang back.');

    const closed = await as(coordinator).fill(`${path}/close`, {
      outcome: 'assessment',
      reason: 'Social care lead from here.',
      decidedBy: 'Sam Duty, team manager',
    });
    expect(closed.status).toBe(303);
    const page = await as(worker).get(path);
    expect(page.text).toMatch(
      /Closed by Cora Ordin on .* Children’s social care will assess what they need\. Decided by Sam Duty, team manager \. Social care lead from here\./,
    );
    expect((await as(worker).get(`/people/${person.id}`)).text).not.toContain('concern is open');
    expect((await as(worker).get('/concerns?show=closed')).text).toContain('will assess what they need');
    expect((await as(worker).get(`${path}/close`)).status).toBe(404);
    const { rows } = await given.owner.query(
      'select version, closed_at from history.concern where person_id = $1',
      [person.id],
    );
    expect(rows).toEqual([{ version: 1, closed_at: null }]);
  });

  test('that two answer at once keeps the first, and shows it to the second with what they typed', async () => {
    const person = await ourYoungPerson();
    const path = await raised(worker, person.id);
    const row = (await rowsOf('concern_told', person.id)).find(({ agency }) => agency === 'designated-lead');
    const [first, second] = [as(worker), as(coordinator)];
    const pages: Reply[] = [];
    for (const visitor of [first, second]) pages.push(await visitor.get(`${path}/told/${row.id}`));
    const [one, two] = pages as [Reply, Reply];
    expect((await first.send(one, { answer: 'We meet tomorrow' })).status).toBe(303);
    const refused = await second.send(two, { answer: 'They meet on Friday' });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/Amira Khan has recorded an answer of theirs on .*: “We meet tomorrow”/);
    expect(refused.html).toContain('They meet on Friday');
  });

  test('that two close at once is closed by one of them', async () => {
    const person = await ourYoungPerson();
    const path = await raised(worker, person.id, {
      'social-care': 'not-needed',
      'social-care-whyNot': 'Nothing known',
      'designated-lead': 'not-needed',
      'designated-lead-whyNot': 'Is the one who asks',
    });
    const ending = { outcome: 'no-further-action', reason: 'Nothing more', decidedBy: 'Amira Khan' };
    const visitors = [as(worker), as(manager)];
    const pages = await Promise.all(visitors.map((visitor) => visitor.get(`${path}/close`)));
    const replies = await Promise.all(visitors.map((visitor, n) => visitor.send(pages[n] as Reply, ending)));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 422]);
    expect(replies.find(({ status }) => status === 422)?.text).toContain('has closed this concern already');
  });

  test('that is closed while something is added is not closed over what nobody read', async () => {
    const person = await ourYoungPerson();
    const path = await raised(worker, person.id, {
      'social-care': 'not-needed',
      'social-care-whyNot': 'Nothing known',
      'designated-lead': 'not-needed',
      'designated-lead-whyNot': 'Is the one who asks',
    });
    const closing = as(coordinator);
    const page = await closing.get(`${path}/close`);
    await as(worker).fill(path, { development: 'He is missing again.' });
    const ending = { outcome: 'no-further-action', reason: 'Nothing more', decidedBy: 'Amira Khan' };
    const refused = await closing.send(page, ending);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('He is missing again.');
    expect((await as(worker).get(path)).text).not.toContain('Closed by');
    // Now it was shown.
    expect((await closing.send(refused, ending)).status).toBe(303);
  });

  test('says for ever what it said: nobody who may answer it can change it', async () => {
    const person = await ourYoungPerson();
    await raised(worker, person.id);
    for (const who of [worker, manager, coordinator, operations]) {
      const changing = inCommand(given.service.database, who.token, (tx) =>
        tx
          .updateTable('service.concern')
          .set({ what: 'Nothing' })
          .where('person_id', '=', person.id)
          .execute(),
      );
      await expect(changing).rejects.toThrow('permission denied');
    }
  });
});

describe('the list of concerns', () => {
  test('has the unanswered first, the longest due before the others, and counts what it lists', async () => {
    const { owner } = given;
    const place = await provider(owner);
    const lister = await someone(owner, 'caseworker', place);
    const due = [null, '2026-01-05', '2026-01-02'];
    const people: string[] = [];
    for (const [n, day] of due.entries()) {
      const person = await youngPerson(owner, { givenNames: `Number ${n}` });
      people.push(person.id);
      await allocated(owner, person.id, place);
      await raised(lister, person.id, {
        'social-care': 'not-needed',
        'social-care-whyNot': 'x',
        'designated-lead': day === null ? 'not-needed' : 'not-yet',
        'designated-lead-whyNot': 'x',
      });
      await owner.query(
        `update service.concern_told set due_on = $2 where person_id = $1 and agency = 'designated-lead'`,
        [person.id, day],
      );
    }
    const page = await as(lister).get('/concerns');
    const places = [2, 1, 0].map((n) => page.text.indexOf(`Number ${n}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(page.text).toContain('3 open, 2 of them not answered , 2 that nobody has been told of , 2 late');
    const counts = await given.service.database.asPerson(lister.token, (tx) =>
      countConcerns(tx, londonDate(new Date())),
    );
    expect(counts?.result).toEqual({ open: 3, untold: 2, unanswered: 2, late: 2 });
  });

  test('has first what nobody was told of, and says so; what waits for an answer reads otherwise', async () => {
    const { owner } = given;
    const place = await provider(owner);
    const lister = await someone(owner, 'caseworker', place);
    const told = {
      'social-care': 'told',
      'social-care-name': 'Sam Duty',
      'social-care-time': '',
      'social-care-how': 'telephone',
    };
    const notNeeded = { 'designated-lead': 'not-needed', 'designated-lead-whyNot': 'Is the one who asks' };
    // The service itself tells their manager of each: that is nobody told yet.
    await someone(owner, 'provider-manager', { organisationId: place.organisationId });
    for (const [givenNames, tellings, dueOn] of [
      ['Answering', { ...told, ...notNeeded }, '2026-01-02'],
      ['Untold', { ...notNeeded }, '2026-01-09'],
      ['Halfway', { ...told, police: 'not-yet', ...notNeeded }, '2026-01-05'],
    ] as const) {
      const person = await youngPerson(owner, { givenNames });
      await allocated(owner, person.id, place);
      await raised(lister, person.id, tellings);
      await owner.query(
        'update service.concern_told set due_on = $2 where person_id = $1 and due_on is not null',
        [person.id, dueOn],
      );
    }
    const page = await as(lister).get('/concerns');
    expect(page.text).toMatch(
      /Untold Okafor .* Nobody has been told , due by 9 January 2026 Late .* Answering Okafor .* Not answered, due by 2 January 2026 Late .* Halfway Okafor .* Not told: Police, due by 5 January 2026 Late/,
    );
    expect(page.text).toContain('3 open, 3 of them not answered , 1 that nobody has been told of , 3 late');
    const untold = await as(lister).get('/concerns?show=untold');
    expect(untold.text).toContain('Untold Okafor');
    expect(untold.text).not.toContain('Halfway Okafor');
  });

  test('comes a page at a time and loses none', async () => {
    const { owner } = given;
    const place = await provider(owner);
    const lister = await someone(owner, 'caseworker', place);
    const person = await youngPerson(owner);
    await allocated(owner, person.id, place);
    await owner.query(
      `insert into service.concern (person_id, organisation_id, area, what, happened_at, danger, raised_by)
       select $1, $2, $3, 'x', now(), false, $4 from generate_series(1, 27)`,
      [person.id, place.organisationId, LAMBETH, lister.accountId],
    );
    const seen = new Set<string>();
    let path = '/concerns';
    for (let pages = 0; path !== '' && pages < 5; pages += 1) {
      const { html } = await as(lister).get(path);
      for (const [, id] of html.matchAll(/concerns\/([0-9a-f-]{36})"/g)) seen.add(id ?? '');
      path = (/href="([^"]*after=[^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
    }
    expect(seen.size).toBe(27);
    expect((await as(lister).get('/concerns?after=nonsense&show=nonsense')).status).toBe(200);
  });
});
