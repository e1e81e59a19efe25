import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '../../src/app/pages.ts';
import { nameKey } from '../../src/platform/text/name-key.ts';
import { HttpVisitor, type Reply } from '../support/http-visitor.ts';
import { provider, type Someone, someone, type TestService, testService } from '../support/service.ts';
import { allocated, LAMBETH, youngPerson } from '../support/young-person.ts';

/** Words that are in the allegation alone. */
const CANARY = 'zqxallegationqz';
const ACCUSED = 'Quentin Accused';

let given: TestService;
let ours: Awaited<ReturnType<typeof provider>>;
let person: { id: string; reference: string };
let raiser: Someone;
let accused: Someone;
let manager: Someone;
let operations: Someone;
let lead: Someone;
let administrator: Someone;
let coordinator: Someone;
/** Named for our provider; and, beside them, the accused. */
let recipient: Someone;
/** Named for every organisation. */
let second: Someone;
let allegationId: string;

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  ours = await provider(owner, 'Harbour');
  const { rows } = await owner.query(
    `insert into identity.organisation (kind, name) values ('service', 'The service') returning id`,
  );
  const service = { organisationId: rows[0].id };
  raiser = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  accused = await someone(owner, 'provider-manager', { organisationId: ours.organisationId, name: ACCUSED });
  manager = await someone(owner, 'provider-manager', {
    organisationId: ours.organisationId,
    name: 'Mai Ager',
  });
  operations = await someone(owner, 'operations-manager', { ...service, name: 'Oona Per' });
  lead = await someone(owner, 'data-protection-lead', { ...service, name: 'Dee Lead' });
  administrator = await someone(owner, 'administrator', { ...service, name: 'Ada Min' });
  coordinator = await someone(owner, 'coordinator', { ...service, areas: [LAMBETH], name: 'Cora Ordin' });
  recipient = await someone(owner, 'caseworker', { ...ours, name: 'Rae Cipient' });
  second = await someone(owner, 'analyst', { ...service, name: 'Ann Other' });
  person = await youngPerson(owner, { givenNames: 'Kai', familyName: 'Hollis' });
  await allocated(owner, person.id, { ...ours, workerId: raiser.accountId });
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);

async function raise(who: Someone, fields: Record<string, string> = {}): Promise<Reply> {
  return await as(who).fill('/allegations/new', {
    organisation: ours.organisationId,
    aboutAccount: 'not-listed',
    aboutName: ACCUSED,
    what: `${CANARY} He was alone with him at night.`,
    happened: `${CANARY} May`,
    reference: '',
    youngPersonWhat: '',
    ...fields,
  });
}

const messagesTo = async ({ accountId }: Someone): Promise<{ template: string; path: string }[]> =>
  (await given.owner.query('select template, path from messages.message where account_id = $1', [accountId]))
    .rows;

const newest = async (): Promise<string> =>
  (await given.owner.query('select id from service.allegation order by id desc limit 1')).rows[0].id;

describe('where nobody is named', () => {
  test('the form says whom to call, and the operations manager is told to name somebody', async () => {
    const form = await as(raiser).get('/allegations/new');
    expect(form.text).toMatch(
      /Nobody is named yet to receive allegations about the staff of Harbour, The service/,
    );
    expect(form.text).toContain('Call the local authority designated officer (LADO) of the council');
    const reply = await raise(raiser, { aboutName: 'Somebody Else' });
    expect(reply.status).toBe(303);
    expect(await messagesTo(operations)).toEqual([
      { template: 'name-recipients', path: '/allegations/recipients' },
    ]);
  });

  test('and it waits, read by nobody, until somebody is', async () => {
    const waiting = await newest();
    for (const who of [raiser, manager, operations, lead, administrator, coordinator])
      expect((await as(who).get(`/allegations/${waiting}`)).status).toBe(404);
  });
});

describe('who receives allegations', () => {
  test('is named by the operations manager, for an organisation or for every one, and twice is once', async () => {
    const name = (who: Someone, organisation: string) =>
      as(operations).fill('/allegations/recipients', { account: who.accountId, organisation });
    for (const who of [recipient, accused, recipient])
      expect((await name(who, ours.organisationId)).status).toBe(303);
    expect((await name(second, 'every')).status).toBe(303);
    const { rows } = await given.owner.query(
      'select from service.allegation_recipient where ended_at is null',
    );
    expect(rows).toHaveLength(3);
    expect((await name(recipient, 'nonsense')).status).toBe(422);
    const form = await as(raiser).get('/allegations/new');
    expect(form.text).not.toContain('Nobody is named yet');
  });

  test('is nobody else’s to name', async () => {
    for (const who of [raiser, manager, coordinator, lead, administrator])
      expect((await as(who).get('/allegations/recipients')).status).toBe(403);
    const naming = given.service.database.asPerson(coordinator.token, async (tx) => {
      await sql`select audit.command('test', 'test', null, null, '{}')`.execute(tx);
      await sql`insert into service.allegation_recipient (account_id, named_by) values (${coordinator.accountId}, ${coordinator.accountId})`.execute(
        tx,
      );
    });
    await expect(naming).rejects.toThrow('row-level security');
  });
});

describe('an allegation', () => {
  beforeAll(async () => {
    await given.owner.query('delete from messages.message');
    const reply = await raise(raiser, {
      reference: person.reference.toLowerCase(),
      youngPersonWhat: `${CANARY} He was frightened.`,
    });
    expect([reply.status, reply.location]).toEqual([303, '/allegations']);
    allegationId = await newest();
  });

  test('tells those who receive it that something waits, and not the one it is about', async () => {
    for (const who of [recipient, second])
      expect(await messagesTo(who)).toEqual([{ template: 'something-waits', path: '/allegations' }]);
    for (const who of [accused, manager, operations, lead, administrator, coordinator, raiser])
      expect(await messagesTo(who)).toEqual([]);
  });

  test('is read by them alone: never by the one it is about, though they are named too', async () => {
    for (const who of [recipient, second]) {
      const page = await as(who).get(`/allegations/${allegationId}`);
      expect(page.status).toBe(200);
      expect(page.text).toContain(`${CANARY} He was alone with him at night.`);
      expect(page.text).toContain(`${CANARY} He was frightened.`);
      expect(page.text).toContain('must be told within one working day');
      expect((await as(who).get('/allegations')).html).toContain(allegationId);
    }
    for (const who of [raiser, accused, manager, operations, lead, administrator, coordinator]) {
      expect((await as(who).get(`/allegations/${allegationId}`)).status, who.name).toBe(404);
      expect((await as(who).get('/allegations')).html, who.name).not.toContain(allegationId);
    }
  });

  test('shows the one who raised it that they did, and nothing of what became of it', async () => {
    const before = await as(raiser).get('/allegations');
    expect(before.text).toMatch(/Allegations you raised .* about the staff of Harbour/);
    await progress(recipient, { beingDone: `${CANARY} Suspended` });
    const after = await as(raiser).get('/allegations');
    expect(after.text).toBe(before.text);
    expect(after.html).not.toContain(CANARY);
    expect((await as(accused).get('/allegations')).text).not.toContain('Allegations you raised');
  });

  test('that names somebody by a name that several have, or that is no account’s, is kept from all who are called so', async () => {
    const { owner } = given;
    const namesake = await someone(owner, 'caseworker', { ...ours, name: 'Sam Same' });
    await someone(owner, 'caseworker', { ...ours, name: 'Sam Same' });
    await owner.query('insert into service.allegation_recipient (account_id, named_by) values ($1, $2)', [
      namesake.accountId,
      operations.accountId,
    ]);
    await raise(raiser, { aboutName: ' sam same ' });
    const id = await newest();
    expect((await as(namesake).get(`/allegations/${id}`)).status).toBe(404);
    expect((await as(second).get(`/allegations/${id}`)).status).toBe(200);
    expect((await messagesTo(namesake)).length).toBe(0);
    // But others of the same organisation they do receive.
    expect((await as(namesake).get(`/allegations/${allegationId}`)).status).toBe(200);
    await owner.query('update service.allegation_recipient set ended_at = now() where account_id = $1', [
      namesake.accountId,
    ]);
    expect((await as(namesake).get(`/allegations/${allegationId}`)).status).toBe(404);
  });

  test.each([
    'Mrs Castellanos',
    'Miriam Castellanos (operations manager)',
    'MIRIAM',
    'somebody called castellános-ruiz',
  ])(
    'about “%s” is kept from Miriam Castellanos, and who raised it is told that nobody could be',
    async (aboutName) => {
      const { owner } = given;
      const elsewhere = await provider(owner, `Quay ${aboutName}`);
      const miriam = await someone(owner, 'operations-manager', {
        organisationId: elsewhere.organisationId,
        name: 'Miriam Castellanos',
      });
      await owner.query('delete from messages.message');
      await owner.query(
        'update service.allegation_recipient set ended_at = now() where account_id = $1 and ended_at is null',
        [second.accountId],
      );
      await owner.query(
        'insert into service.allegation_recipient (organisation_id, account_id, named_by) values ($1, $2, $3)',
        [elsewhere.organisationId, miriam.accountId, operations.accountId],
      );
      const visitor = as(raiser);
      const sent = await visitor.fill('/allegations/new', {
        organisation: elsewhere.organisationId,
        aboutAccount: 'not-listed',
        aboutName,
        what: CANARY,
        happened: '',
        reference: '',
        youngPersonWhat: '',
      });
      const told = await visitor.get(sent.location ?? '');
      expect(told.text).toContain(
        'nobody who receives allegations could be told of it: call the local authority',
      );
      const id = await newest();
      expect((await as(miriam).get(`/allegations/${id}`)).status).toBe(404);
      expect((await as(miriam).get('/allegations')).html).not.toContain(id);
      expect(await messagesTo(miriam)).toEqual([]);
      expect(await messagesTo(operations)).toEqual([
        { template: 'name-recipients', path: '/allegations/recipients' },
      ]);
      // One about somebody else she receives.
      await raise(raiser, { organisation: elsewhere.organisationId, aboutName: 'Mrs Cassell' });
      expect((await as(miriam).get(`/allegations/${await newest()}`)).status).toBe(200);
      await owner.query('update service.allegation_recipient set ended_at = null where account_id = $1', [
        second.accountId,
      ]);
      await owner.query('update identity.access_grant set ended_at = now() where account_id = $1', [
        miriam.accountId,
      ]);
    },
  );

  test('names a colleague who is chosen, of whom others share a name only in part', async () => {
    const { owner } = given;
    const kin = await someone(owner, 'caseworker', { ...ours, name: 'Kit Accused' });
    await owner.query('insert into service.allegation_recipient (account_id, named_by) values ($1, $2)', [
      kin.accountId,
      operations.accountId,
    ]);
    const form = await as(raiser).get('/allegations/new');
    expect(form.text).toContain('Somebody who is not on the list');
    expect(form.text).toContain('Quentin Accused, Harbour');
    const chosen = { aboutAccount: accused.accountId, aboutName: '' };
    expect((await raise(raiser, { ...chosen, aboutName: 'Q' })).status).toBe(422);
    expect((await raise(raiser, { aboutAccount: '', aboutName: 'Q' })).status).toBe(422);
    expect((await raise(raiser, { aboutName: '' })).status).toBe(422);
    expect((await raise(raiser, { ...chosen, aboutAccount: operations.accountId })).text).toContain(
      'Choose whose staff they are: The service',
    );
    expect((await raise(raiser, chosen)).status).toBe(303);
    const id = await newest();
    const page = await as(kin).get(`/allegations/${id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Quentin Accused');
    expect((await as(accused).get(`/allegations/${id}`)).status).toBe(404);
    await raise(raiser, { aboutName: 'Mr Accused' });
    expect((await as(kin).get(`/allegations/${await newest()}`)).status).toBe(404);
    await owner.query('update service.allegation_recipient set ended_at = now() where account_id = $1', [
      kin.accountId,
    ]);
  });

  test('compares names as searching does, in every script, and in doubt takes them for one', async () => {
    const names = [
      'Siobhán O’Brien',
      "SIOBHAN O'BRIEN",
      'Smith – Jones',
      'J.R.',
      'Łukasz Żółć',
      'Søren Kjær',
      'Đặng Thị',
      'WEIẞ',
      'Þórður',
      'İpek Işık',
      'Ma\u200brk',
      'Юрий',
      'Γιώργος',
      'أَحْمَد',
      'שָׁלוֹם',
      'নাজমা',
      '李小龍',
      'Ｊａｙ (2)\u00a0x',
      '👍',
    ];
    const { rows } = await given.owner.query<{ key: string }>(
      `select array_to_string(need_to_know.name_words(name), ' ') as key from unnest($1::text[]) with ordinality as n (name, place)
       order by place`,
      [names],
    );
    expect(rows.map(({ key }) => key)).toEqual(names.map(nameKey));
    const same = async (typed: string, name: string) =>
      (
        await given.owner.query<{ same: boolean }>(
          'select need_to_know.may_be_about(null, $1, homeward.new_id(), $2) as same',
          [typed, name],
        )
      ).rows[0]?.same;
    expect(await same('Bo', 'Bo Li')).toBe(true);
    expect(await same('王伟', '王伟')).toBe(true);
    expect(await same('A man of the day centre', 'Di A Costa')).toBe(false);
  });

  test('is changed by those who receive it; a second who had it open sees what the first wrote and chooses', async () => {
    const [first, other] = [as(recipient), as(second)];
    const path = `/allegations/${allegationId}`;
    const [hers, his] = [await first.get(path), await other.get(path)];
    expect((await first.send(hers, form({ beingDone: 'Stays at home' }))).status).toBe(303);
    const shown = await other.send(his, form({ beingDone: 'Works at a desk' }));
    expect(shown.status).toBe(409);
    expect(shown.text).toContain('Stays at home');
    const kept = await other.send(shown, { 'keep-beingDone': 'mine' }, path);
    expect(kept.status).toBe(303);
    const page = await first.get(path);
    expect(page.text).toContain('from “Stays at home” to “Works at a desk”');
    for (const who of [raiser, accused, operations])
      expect((await as(who).send(await first.get(path), form({ outcome: 'x' }), path)).status).not.toBe(303);
  });

  test('is refused with half an officer, or an end without an outcome', async () => {
    expect((await progress(recipient, { officerName: 'Lara Do' })).text).toContain(
      'Enter both who was told and when',
    );
    expect((await progress(recipient, { toldTime: '2pm' })).text).toContain(
      'Enter the day the designated officer was told',
    );
    expect((await progress(recipient, { closed: 'yes' })).text).toContain(
      'Enter what came of it before it is closed',
    );
    const told = await progress(recipient, {
      officerName: 'Lara Do, Lambeth',
      'toldOn-day': '1',
      'toldOn-month': '5',
      'toldOn-year': '2026',
      toldTime: '2pm',
      outcome: 'Unfounded',
      closed: 'yes',
    });
    expect(told.status).toBe(303);
    expect((await as(recipient).get('/allegations')).text).toContain('Closed');
  });

  test('is nowhere else: not on a page, not in a count, not in a search', async () => {
    const paths = pages
      .map(({ path }) => path)
      .filter((path) => !/:(?!person\b)/.test(path))
      .map((path) => path.replace(':person', person.id))
      .filter((path) => !path.startsWith('/sign-out'));
    const others = [raiser, accused, manager, operations, lead, administrator, coordinator];
    for (const who of others) {
      for (const path of paths) {
        const { html } = await as(who).get(path);
        expect(html.includes(CANARY) || html.includes(allegationId), `${who.name} at ${path}`).toBe(false);
      }
    }
    for (const words of [CANARY, ACCUSED, 'alone with him']) {
      const found = await as(operations).fill('/search', { words });
      expect(found.html).not.toContain(allegationId);
    }
  });

  test('leaves neutral words in the audit, of no young person, whatever was done with it', async () => {
    const { rows } = await given.owner.query<{
      action: string;
      all: string;
      person_id: string | null;
      actor_id: string;
    }>(
      `select e.action, e.person_id, e.actor_id, convert_from(e.body, 'UTF8') || coalesce(e.subject_kind, '') as all
       from audit.entry e
       where e.subject_id in (select id from service.allegation) or e.action like 'confidential%'
         or e.id in (select action_id from service.allegation union select action_id from service.allegation_person
           union select action_id from history.allegation)`,
    );
    expect(new Set(rows.map(({ action }) => action))).toEqual(
      new Set(['confidential-written', 'confidential-read', 'confidential-changed']),
    );
    for (const row of rows) {
      expect(row.person_id).toBeNull();
      expect(row.all).not.toMatch(/allegation|Accused|zqx/i);
      expect(row.all).not.toContain(person.id);
      if (row.actor_id !== accused.accountId) expect(row.all).not.toContain(accused.accountId);
    }
    // The lead, whom one may be about, is not told who raised one when: it is in the audit, and not in what they read of it.
    for (const who of [raiser, recipient]) {
      const log = await as(lead).get(`/access-log?account=${who.accountId}`);
      expect(log.status).toBe(200);
      expect(log.text).toContain(`What was done by ${who.name}`);
      expect(log.text).not.toContain('something confidential');
    }
    const injected = await given.service.database.asPerson(lead.token, (tx) =>
      sql<{ all: number; confidential: number }>`
        select count(*)::int as all, count(*) filter (where action like 'confidential%')::int as confidential
        from audit.entry`.execute(tx),
    );
    expect(injected?.result.rows[0]?.all).toBeGreaterThan(0);
    expect(injected?.result.rows[0]?.confidential).toBe(0);
    const ofPerson = await as(lead).get(`/access-log?person=${person.id}`);
    const looks = await as(manager).get(`/people/${person.id}/looks`);
    for (const page of [ofPerson, looks]) expect(page.text).not.toContain('something confidential');
  });

  test('is unseen by SQL that others inject, in tables, history, as-at functions and by what functions answer', async () => {
    for (const who of [raiser, accused, manager, operations, lead, administrator, coordinator]) {
      const seen = await given.service.database.asPerson(who.token, async (tx) => {
        const counts: number[] = [];
        for (const source of [
          'service.allegation where id = $',
          'service.allegation_person where allegation_id = $',
          'history.allegation where id = $',
          'need_to_know.allegations() a where a = $',
          // Data protection leads and administrators have a right to it as well.
          'as_at.allegation(now()) where id = $',
        ]) {
          const { rows } = await sql<{ n: number }>`
            select count(*)::int as n from ${sql.raw(source.replace('$', `'${allegationId}'`))}`.execute(tx);
          counts.push(rows[0]?.n ?? -1);
        }
        if (who !== raiser) {
          const told = await sql<{ n: number }>`
            select messages.tell_of_allegation(${allegationId}) as n`.execute(tx);
          counts.push(told.rows[0]?.n ?? -1);
        }
        return counts;
      });
      expect(new Set(seen?.result), who.name).toEqual(new Set([0]));
    }
  });

  test('cannot be raised in the name of another, nor name somebody out of reach', async () => {
    const forged = given.service.database.asPerson(raiser.token, async (tx) => {
      await sql`select audit.command('test', 'test', null, null, '{}')`.execute(tx);
      await sql`
        insert into service.allegation (organisation_id, about_name, what, raised_by)
        values (${ours.organisationId}, 'X', 'X', ${manager.accountId})`.execute(tx);
    });
    await expect(forged).rejects.toThrow('row-level security');
    const far = await youngPerson(given.owner, { area: 'E09000007' });
    for (const who of [raiser, administrator]) {
      const reply = await raise(who, { reference: far.reference });
      expect(reply.status).toBe(422);
      expect(reply.text).toContain('There is no record with this reference that you can open');
    }
  });

  test('is raised by anybody of the staff, and by nobody who refers', async () => {
    for (const who of [lead, administrator, coordinator, operations, manager])
      expect((await raise(who)).status, who.name).toBe(303);
    const referrer = await someone(given.owner, 'referrer');
    expect((await as(referrer).get('/allegations/new')).status).toBe(403);
    expect((await as(raiser).get('/account')).html).toContain('href="/allegations"');
  });
});

/** The form of an allegation's progress, all of it empty but for these. */
const form = (fields: Record<string, string>): Record<string, string> => ({
  officerName: '',
  'toldOn-day': '',
  'toldOn-month': '',
  'toldOn-year': '',
  toldTime: '',
  officerReference: '',
  beingDone: '',
  outcome: '',
  closed: 'no',
  ...fields,
});

const progress = (who: Someone, fields: Record<string, string>): Promise<Reply> =>
  as(who).fill(`/allegations/${allegationId}`, form(fields));
