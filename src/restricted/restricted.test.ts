import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendReferral } from '../../test/referrals/writing-a-referral.ts';
import { FormClient } from '../../test/support/form-client.ts';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { isReviewOverdue } from './restricted.ts';

const LAMBETH = 'E09000022';
const CAMDEN = 'E09000007';

let given: TestService;
let coordinator: Someone, far: Someone, worker: Someone, manager: Someone, operations: Someone, lead: Someone;
let outsider: Someone;
let team: Awaited<ReturnType<typeof provider>>;

beforeAll(async () => {
  given = await testService();
  team = await provider(given.owner);
  const other = await provider(given.owner);
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
  far = await someone(given.owner, 'coordinator', { areas: [CAMDEN] });
  worker = await someone(given.owner, 'caseworker', team);
  manager = await someone(given.owner, 'provider-manager', { organisationId: team.organisationId });
  operations = await someone(given.owner, 'operations-manager');
  lead = await someone(given.owner, 'data-protection-lead');
  outsider = await someone(given.owner, 'caseworker', other);
});
afterAll(async () => await given.stop());

const as = (who: Someone) => new FormClient(given, who);

/** A young person in Lambeth with whom the team works, and a note about them. */
async function youngPerson(): Promise<{ id: string; reference: string; name: string }> {
  const id = randomUUID();
  const name = `Zz${id.slice(0, 6)}`;
  const { rows } = await given.owner.query<{ reference: string }>(
    `insert into service.person (id, given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, area)
     values ($1, 'Person', $2, $3, '2010-02-03', 'exact', 'male', 'NOBT', $4) returning reference`,
    [id, name, `person ${name.toLowerCase()}`, LAMBETH],
  );
  const referral = randomUUID();
  await given.owner.query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, family_name, name_key,
       date_of_birth_precision, gender, ethnicity, answers, person_id)
     values ($1, 'intervention', 'allocated', $2, 'education', 'A school', '2030-01-01', $3, 'X', 'x', 'not-known', 'male', 'NOBT', '[]', $4)`,
    [referral, operations.accountId, LAMBETH, id],
  );
  await given.owner.query(
    `insert into service.referral_action (referral_id, sequence, area, kind) values ($1, 1, $2, 'sent')`,
    [referral, LAMBETH],
  );
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, worker_id) values ($1, $2, $3, $4, $5, $6)`,
    [referral, id, LAMBETH, team.organisationId, team.teamId, worker.accountId],
  );
  await given.owner.query(
    `insert into service.case_note (person_id, organisation_id, author_id, kind, happened_at, fact) values ($1, $2, $3, 'visit', now(), $4)`,
    [id, team.organisationId, worker.accountId, `Note about ${name}`],
  );
  return { id, reference: rows[0]?.reference ?? '', name };
}

const restrict = (by: Someone, id: string, readers: readonly Someone[]) =>
  as(by).submit(`/people/${id}/restrict`, {
    readers: readers.map(({ accountId }) => accountId),
    why: 'A worker of the team is an uncle of theirs',
    goesOn: 'elsewhere',
  });

/** How many rows of any table about them the asker sees. */
async function rowsSeen(who: Someone, personId: string): Promise<number> {
  const began = await given.service.database.asPerson(who.token, async (tx) => {
    let seen = 0;
    for (const table of ['person', 'referral', 'referral_action', 'allocation', 'case_note']) {
      const column = table === 'person' ? 'id' : 'person_id';
      const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(`service.${table}`)}
        where ${sql.ref(column)} = ${personId}`.execute(tx);
      seen += Number(rows[0]?.count);
    }
    return seen;
  });
  return began?.result ?? -1;
}

/** Ends what the team has of them: handed back untaken, or once they had been taken up. */
const ended = (personId: string, { takenUp, daysAgo = 0 }: { takenUp: boolean; daysAgo?: number }) =>
  given.owner.query(
    `update service.allocation set taken_up_at = case when $2 then started_at end, ended_at = now() - make_interval(days => $3)
     where person_id = $1`,
    [personId, takenUp, daysAgo],
  );

/** Where those who work with a young person write, by what follows the young person's address. */
const writing = [
  'safe-contact',
  'risk/new',
  'network/new',
  'safety-plan/edit',
  'trigger-profile/edit',
  'needs/new',
  'goals/new',
  'consent/new',
  'transition-plan/edit',
  'education/new',
  'onward-referrals/new',
  'chronology/new',
  'summary',
  'files/new',
  'ask',
];

/** Rows of casework that somebody writes about a young person, past the pages. */
const rowsBy = (who: Someone, organisationId: string, id: string) => {
  const contact = (outcome: string) => sql`
    insert into service.contact (person_id, organisation_id, worker_id, how, with_whom, outcome, planned_for, happened_at)
    values (${id}, ${organisationId}, ${who.accountId}, 'telephone', 'young-person', ${outcome}, now(),
      ${outcome === 'planned' ? null : sql`now()`})`;
  return {
    'safe contact': sql`
      insert into service.safe_contact (person_id, organisation_id, phone, post, checked_on)
      values (${id}, ${organisationId}, '07700 900123', 'no', current_date)
      on conflict (person_id, organisation_id) do update set phone = excluded.phone`,
    risk: sql`
      insert into service.risk_assessment (person_id, organisation_id, level, reasons, review_on, assessed_by)
      values (${id}, ${organisationId}, 'low', 'None', current_date, ${who.accountId})`,
    network: sql`
      insert into service.network_member (person_id, organisation_id, kind, name, relationship, parental_responsibility, lives_with, may_contact)
      values (${id}, ${organisationId}, 'family', 'A', 'aunt', 'no', 'no', 'yes')`,
    plan: sql`
      insert into service.safety_plan (person_id, organisation_id, home, occasion, reviewed_on, review_due_on)
      values (${id}, ${organisationId}, 'x', 'made', current_date, current_date + 84)
      on conflict (person_id, organisation_id) do update set home = excluded.home`,
    'planned contact': contact('planned'),
    contact: contact('no-answer'),
    concern: sql`
      insert into service.concern (person_id, organisation_id, area, what, words, happened_at, danger, raised_by)
      values (${id}, ${organisationId}, ${LAMBETH}, 'x', 'x', now(), false, ${who.accountId})`,
  };
};

/** Which of {@link rowsBy} the database lets somebody write. */
async function written(who: Someone, organisationId: string, id: string): Promise<string[]> {
  const done: string[] = [];
  for (const [called, query] of Object.entries(rowsBy(who, organisationId, id))) {
    try {
      await inCommand(given.service.database, who.token, (tx) => query.execute(tx));
      done.push(called);
    } catch (error) {
      expect(String(error)).toContain('row-level security');
    }
  }
  return done;
}

/** Asks the database straight, as injected SQL would. */
async function called<Row>(who: Someone, query: RawBuilder<Row>): Promise<Row | undefined> {
  const began = await given.service.database.asPerson(who.token, (tx) => query.execute(tx));
  return began?.result.rows[0];
}
const acts = (id: string) => ({
  restrict: sql<{ done: boolean }>`
    select need_to_know.restrict_record(${id}, 'because', ${[coordinator.accountId]}::uuid[]) is not null as done`,
  death: sql<{ done: boolean }>`select need_to_know.record_death(${id}, '2026-01-01', 'police', '') as done`,
  attach: sql<{ done: boolean }>`
    select need_to_know.attach(${randomUUID()}, null, null, ${id}, 'a', 'text', 1, '', '', now()) = 'done' as done`,
});

describe('a provider that works with a young person no longer', () => {
  test('has nothing of theirs where it handed them back untaken, but what it recorded itself', async () => {
    const { id, name } = await youngPerson();
    await ended(id, { takenUp: false });
    for (const who of [manager, worker]) {
      for (const path of ['', '/restrict', '/ask', '/death', '/files', '/notes'])
        expect([path, (await as(who).get(`/people/${id}${path}`)).status]).toEqual([
          path,
          who === worker && ['/restrict', '/death'].includes(path) ? 403 : 404,
        ]);
      expect((await as(who).submit('/search', { words: name })).html).not.toContain(id);
    }
    expect(await rowsSeen(worker, id)).toBe(0);
    // The note.
    expect(await rowsSeen(manager, id)).toBe(1);
    expect((await as(coordinator).get(`/people/${id}/restrict`)).html).not.toContain(manager.accountId);
    for (const [act, query] of Object.entries(acts(id)))
      expect([act, await called(manager, query)]).toEqual([act, { done: false }]);
  });

  test('acts on the record no more after 28 days, and reads what it has', async () => {
    const { id } = await youngPerson();
    await ended(id, { takenUp: true, daysAgo: 29 });
    expect((await as(manager).get(`/people/${id}`)).status).toBe(200);
    expect(await rowsSeen(manager, id)).toBeGreaterThan(1);
    for (const [act, query] of Object.entries(acts(id)))
      expect([act, await called(manager, query)]).toEqual([act, { done: false }]);
    const asked = () =>
      inCommand(given.service.database, manager.token, (tx) =>
        sql`insert into service.request (kind, person_id, area, organisation_id, question, asked_by, asked_at, due_on)
          values ('intelligence-check', ${id}, ${LAMBETH}, ${team.organisationId}, 'Who?', ${manager.accountId}, now(), '2040-01-01')`.execute(
          tx,
        ),
      );
    await expect(asked()).rejects.toThrow('row-level security');

    // It still ends what was its own, and tells of a contact or a concern: what stands as it is now is others' to say.
    expect(await written(manager, team.organisationId, id)).toEqual(['contact', 'concern']);
    const shown = (await as(manager).get(`/people/${id}`)).html;
    for (const path of ['restrict', 'death']) expect(shown).not.toContain(`/people/${id}/${path}"`);
    for (const path of writing) {
      expect([path, (await as(manager).get(`/people/${id}/${path}`)).status]).toEqual([path, 404]);
      expect(shown).not.toContain(`/people/${id}/${path}"`);
    }

    await ended(id, { takenUp: true, daysAgo: 27 });
    expect(await written(manager, team.organisationId, id)).toContain('safe contact');
    expect((await as(manager).get(`/people/${id}/safe-contact`)).status).toBe(200);
    const lately = (await as(manager).get(`/people/${id}`)).html;
    for (const path of ['restrict', 'death', 'safe-contact'])
      expect(lately).toContain(`/people/${id}/${path}"`);
    await asked();
    expect(await called(manager, acts(id).restrict)).toEqual({ done: true });
  });
});

describe('a restricted record', () => {
  test('names somebody who answers for the record, whoever restricts it or changes who is named', async () => {
    const { id } = await youngPerson();
    const shutting = await restrict(manager, id, [manager, worker]);
    expect(shutting.status).toBe(422);
    expect(shutting.html).toContain('Choose a coordinator of their area or an operations manager as well');
    const readers = [manager.accountId];
    const straight = await called(
      manager,
      sql<{ done: boolean }>`
        select need_to_know.restrict_record(${id}, 'because', ${readers}::uuid[]) is not null as done`,
    );
    expect(straight).toEqual({ done: false });
    expect((await restrict(manager, id, [manager, coordinator])).status).toBe(303);
    expect((await restrict(manager, id, [manager])).status).toBe(422);
    expect(
      await called(
        manager,
        sql<{ done: boolean }>`
          select need_to_know.name_readers(${id}, need_to_know.state_of(r.id), ${readers}::uuid[]) as done
          from service.restriction r where r.person_id = ${id}`,
      ),
    ).toEqual({ done: false });
    // One of those who run the service will do.
    expect((await restrict(manager, id, [operations])).status).toBe(303);
  });

  test('is changed and lifted as it was shown: nobody is named again from an old page whom somebody has just taken off', async () => {
    const { id } = await youngPerson();
    const at = `/people/${id}/restrict`;
    const first = await as(coordinator).get(at);
    expect((await restrict(coordinator, id, [coordinator, manager, worker])).status).toBe(303);
    const shown = (html: string) => /name="shown" value="([^"]*)"/.exec(html)?.[1] ?? 'none';
    const old = shown((await as(manager).get(at)).html);
    expect((await restrict(coordinator, id, [coordinator, manager])).status).toBe(303);
    expect((await as(worker).get(`/people/${id}`)).status).toBe(404);
    const readers = [coordinator, manager, worker].map(({ accountId }) => accountId);
    for (const seen of [old, shown(first.html)]) {
      const again = await as(manager).submit(at, { readers, why: 'Her uncle works there', shown: seen });
      expect(again.status).toBe(422);
      expect(again.html).toContain('Somebody changed this restriction meanwhile');
    }
    const lifted = await as(manager).submit(`${at}/lift`, { why: 'It was a mistake', shown: old });
    expect(lifted.status).toBe(422);
    expect((await as(worker).get(`/people/${id}`)).status).toBe(404);
  });

  test('leaves out a provider that works with them only where somebody else does, and tells a manager who is to choose', async () => {
    const { id } = await youngPerson();
    const why = 'Their worker is an aunt of theirs';
    const to = (...readers: Someone[]) =>
      as(coordinator).submit(`/people/${id}/restrict`, { readers: readers.map((one) => one.accountId), why });
    const asked = await to(coordinator);
    expect(asked.status).toBe(422);
    expect(asked.html).toContain('who works with them, will not be able to open it');
    expect(asked.html).toContain('name="goesOn"');
    expect((await as(worker).get(`/people/${id}`)).status).toBe(200);
    const without = async () => {
      const { html } = await as(manager).get('/caseload?show=without-worker');
      return html.includes(`/people/${id}"`);
    };
    expect(await without()).toBe(false);
    // What the worker writes meanwhile is not lost with the record: they read their own words, and nothing else.
    const noting = `/people/${id}/notes/new`;
    const send = await as(worker).open(noting);
    expect((await to(coordinator, manager)).status).toBe(303);
    expect(await without()).toBe(true);
    expect((await as(manager).get('/home')).html).toMatch(/young (person|people) without a worker/);
    const unsent = await send({ fact: 'He waits outside with a knife' });
    const later = await as(worker).get(noting);
    for (const answer of [unsent, later]) {
      expect(answer.status).toBe(404);
      expect(answer.html).toContain('What you wrote was not sent to anybody');
      expect(answer.html).toContain('He waits outside with a knife');
    }
    expect((await as(worker).get(`/people/${id}`)).html).toContain('Page not found');
    const { rows } = await given.owner.query('select path from identity.kept_form where account_id = $1', [
      worker.accountId,
    ]);
    expect(rows).toEqual([{ path: noting }]);

    // Their manager finds in the looks that they tried.
    const { html } = await as(manager).get(`/people/${id}/looks`);
    expect(html.replace(/\s+/g, ' ')).toMatch(
      /caseworker<\/bdi>, asked for a page that is not there[^<]* and was refused/,
    );

    // Opened again, it has what was typed.
    await as(coordinator).submit(`/people/${id}/restrict/lift`, { why: 'It was a mistake' });
    expect((await as(worker).get(`${noting}?restore=yes`)).html).toContain('He waits outside with a knife');
  });

  test('is left to the operations managers when nobody whom it names answers for it any more', async () => {
    const { id } = await youngPerson();
    const leaving = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
    await restrict(leaving, id, [leaving, worker]);
    expect((await as(operations).get(`/people/${id}`)).status).toBe(404);
    await given.owner.query('update identity.access_grant set ended_at = now() where id = $1', [
      leaving.grantId,
    ]);
    expect((await as(coordinator).get(`/people/${id}`)).status).toBe(404);
    expect((await as(operations).get(`/people/${id}`)).html).toContain('This record is restricted');
    expect((await restrict(operations, id, [worker, coordinator])).status).toBe(303);
    expect((await as(operations).get(`/people/${id}`)).status).toBe(404);
    // Responsibility passed on: the coordinator who is named answers for them no longer.
    await given.owner.query('update service.person set area = $2 where id = $1', [id, CAMDEN]);
    const lifted = await as(operations).submit(`/people/${id}/restrict/lift`, { why: 'The aunt has left' });
    expect(lifted.status).toBe(303);
    expect((await as(far).get(`/people/${id}`)).status).toBe(200);
  });

  test('is not told of by the referral that was linked to it', async () => {
    const { id } = await youngPerson();
    const { rows } = await given.owner.query<{ id: string }>(
      `insert into service.referral_action (referral_id, sequence, area, kind, person_id)
       select id, 2, area, 'person-linked', person_id from service.referral where person_id = $1 returning referral_id as id`,
      [id],
    );
    const linked = () =>
      called(coordinator, sql`select need_to_know.was_linked(${rows[0]?.id}, ${id}) as linked`);
    expect(await linked()).toEqual({ linked: true });
    const named = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
    await restrict(named, id, [named]);
    expect(await linked()).toEqual({ linked: false });
  });

  test('is open to those it names and does not exist for anybody else, until it is lifted', async () => {
    const { id, name } = await youngPerson();
    expect((await restrict(coordinator, id, [coordinator, worker])).status).toBe(303);
    for (const named of [coordinator, worker]) {
      expect((await as(named).get(`/people/${id}`)).html).toContain('This record is restricted');
    }
    for (const shut of [manager, operations]) {
      const answer = await as(shut).get(`/people/${id}`);
      expect(answer.status).toBe(404);
      expect(answer.html).not.toContain(name);
      expect(await rowsSeen(shut, id)).toBe(0);
      expect((await as(shut).submit('/search', { words: name })).html).not.toContain(id);
    }
    expect((await as(manager).get('/caseload')).html).not.toContain(name);

    // Whoever is named changes who else is.
    expect((await restrict(coordinator, id, [coordinator, manager])).status).toBe(303);
    expect((await as(worker).get(`/people/${id}`)).status).toBe(404);
    expect((await as(manager).get(`/people/${id}`)).status).toBe(200);
    const lifted = await as(coordinator).submit(`/people/${id}/restrict/lift`, { why: 'The uncle has left' });
    expect(lifted.status).toBe(303);
    expect((await as(worker).get(`/people/${id}`)).status).toBe(200);
    expect((await as(operations).get(`/people/${id}`)).status).toBe(200);
  });

  test('is not restricted by those who do not have it, nor to those who could not have it', async () => {
    const { id } = await youngPerson();
    expect((await as(far).get(`/people/${id}/restrict`)).status).toBe(404);
    const forged = await restrict(coordinator, id, [coordinator, outsider]);
    expect(forged.status).toBe(422);
    expect((await restrict(coordinator, id, [])).html).toContain('Choose who may open the record');
    const began = await given.service.database.asPerson(far.token, (tx) =>
      sql<{ id: string | null }>`
        select need_to_know.restrict_record(${id}, 'because', ${[far.accountId]}::uuid[]) as id`.execute(tx),
    );
    expect(began?.result.rows[0]?.id).toBeNull();
    expect((await as(worker).get(`/people/${id}`)).status).toBe(200);
  });

  test('shows nothing of the referral that it came by, nor of what happened to it before there was a record', async () => {
    const { id } = await youngPerson();
    await restrict(coordinator, id, [coordinator]);
    const began = await given.service.database.asPerson(operations.token, (tx) =>
      sql<{ count: string }>`
        select count(*) from service.referral_action a where a.referral_id in (
          select referral_id from service.referral_action) and a.kind = 'sent'
          and not exists (select from service.referral r where r.id = a.referral_id)`.execute(tx),
    );
    expect(Number(began?.result.rows[0]?.count)).toBe(0);
  });
});

/** How many messages lead somebody to a path. */
async function toldOf(who: Someone, path: string): Promise<number> {
  const { rows } = await given.owner.query(
    'select from messages.message where account_id = $1 and path = $2',
    [who.accountId, path],
  );
  return rows.length;
}

describe('those who are consulted about somebody whose record is restricted', () => {
  let consultant: Someone, analyst: Someone, second: Someone;
  beforeAll(async () => {
    consultant = await someone(given.owner, 'gender-consultant', team);
    second = await someone(given.owner, 'gender-consultant', team);
    analyst = await someone(given.owner, 'analyst');
  });
  const dueOn = { 'dueOn-day': '1', 'dueOn-month': '3', 'dueOn-year': String(new Date().getFullYear() + 1) };
  const asked = async (id: string) => {
    for (const [kind, question] of [
      ['consultation', 'How do I raise it with her?'],
      ['intelligence-check', 'Who looks for her?'],
    ] as const)
      expect(
        (await as(worker).submit(`/people/${id}/ask?kind=${kind}`, { kind, question, ...dueOn })).status,
      ).toBe(303);
  };
  /** How much of the restriction itself somebody sees, in the tables of it. */
  const restrictionsSeen = async (who: Someone, personId: string): Promise<number> => {
    const began = await given.service.database.asPerson(who.token, (tx) =>
      sql<{ count: string }>`
        select (select count(*) from service.restriction where person_id = ${personId})
          + (select count(*) from service.restriction_reader where person_id = ${personId})
          + (select count(*) from history.restriction where person_id = ${personId})
          + (select count(*) from history.restriction_reader where person_id = ${personId}) as count`.execute(
        tx,
      ),
    );
    return Number(began?.result.rows[0]?.count);
  };

  test('learn nothing of it or of the restriction unless they are named, then or when it is lifted', async () => {
    const { id, name } = await youngPerson();
    await asked(id);
    for (const [who, path] of [
      [consultant, '/consultations'],
      [analyst, '/checks'],
    ] as const) {
      expect((await as(who).get(path)).html).toContain(name);
    }
    expect((await restrict(coordinator, id, [coordinator, worker, consultant, analyst])).status).toBe(303);
    expect((await as(consultant).get('/consultations')).html).toContain(name);
    expect((await as(analyst).get('/checks')).html).toContain(name);
    expect(await restrictionsSeen(consultant, id)).toBeGreaterThan(0);
    expect((await as(second).get('/consultations')).html).not.toContain(name);
    expect(await restrictionsSeen(second, id)).toBe(0);

    expect((await restrict(coordinator, id, [coordinator, worker])).status).toBe(303);
    expect((await as(consultant).get('/consultations')).html).not.toContain(name);
    expect((await as(analyst).get('/checks')).html).not.toContain(name);
    expect(await rowsSeen(analyst, id)).toBe(0);
    for (const shut of [consultant, analyst]) expect(await restrictionsSeen(shut, id)).toBe(0);

    // Lifted, the record is theirs again: why it was restricted is not.
    await as(coordinator).submit(`/people/${id}/restrict/lift`, { why: 'The uncle has left' });
    expect((await as(second).get('/consultations')).html).toContain(name);
    expect(await restrictionsSeen(second, id)).toBe(0);
    expect(await restrictionsSeen(manager, id)).toBe(0);
    expect(await restrictionsSeen(worker, id)).toBeGreaterThan(0);
  });

  test('can be named only where they are consulted', async () => {
    const { id } = await youngPerson();
    expect((await as(coordinator).get(`/people/${id}/restrict`)).html).not.toContain(consultant.accountId);
    expect((await restrict(coordinator, id, [coordinator, consultant])).status).toBe(422);
    await asked(id);
    expect((await as(coordinator).get(`/people/${id}/restrict`)).html).toContain(consultant.accountId);
  });
});

describe('a referral that may be about somebody whose record is restricted', () => {
  const dateOfBirth = {
    birthKnown: 'exact',
    'dateOfBirth-day': '3',
    'dateOfBirth-month': '2',
    'dateOfBirth-year': '2010',
  };
  /** Sends a referral, and gives its id. */
  async function refer(names: { givenNames: string; familyName: string }): Promise<string> {
    const referrer = await someone(given.owner, 'referrer');
    const sent = await sendReferral(new HttpVisitor(given, referrer.cookie), { ...names, ...dateOfBirth });
    return sent.split('/').at(-1) ?? '';
  }

  test('tells the named people, on the record, and neither the coordinator nor the referrer', async () => {
    const { id, name } = await youngPerson();
    const named = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
    await restrict(coordinator, id, [worker, named]);
    const referral = await refer({ givenNames: 'Person', familyName: name });
    for (const who of [worker, named]) expect(await toldOf(who, `/people/${id}`)).toBe(1);
    for (const who of [coordinator, manager, operations]) expect(await toldOf(who, `/people/${id}`)).toBe(0);

    const matches = await as(coordinator).get(`/referrals/${referral}/match`);
    expect(matches.status).toBe(200);
    expect(matches.html).not.toContain(id);
    expect((await as(coordinator).get(`/people/${id}`)).status).toBe(404);
    const record = (await as(worker).get(`/people/${id}`)).html;
    expect(record).toContain('Referrals that may be about them');
    expect(record).toContain('ask a manager or coordinator who is named to name them');
    expect(record).not.toContain(`/referrals/${referral}`);
    expect((await as(named).get(`/people/${id}`)).html).toContain(`/referrals/${referral}`);
    expect((await as(named).get(`/referrals/${referral}/match`)).html).toContain(id);

    // Whoever is named says that it is somebody else.
    await as(named).submit(`/referrals/${referral}/match`, { answer: 'set-apart', person: id });
    expect((await as(named).get(`/people/${id}`)).html).not.toContain('Referrals that may be about them');
  });

  test('tells nobody where it is of somebody else, or the record is restricted no longer', async () => {
    const { id, name } = await youngPerson();
    await restrict(coordinator, id, [coordinator]);
    await refer({ givenNames: 'Quintus', familyName: 'Otherwise' });
    expect(await toldOf(coordinator, `/people/${id}`)).toBe(0);
    await as(coordinator).submit(`/people/${id}/restrict/lift`, { why: 'The uncle has left' });
    await refer({ givenNames: 'Person', familyName: name });
    expect(await toldOf(coordinator, `/people/${id}`)).toBe(0);
    expect((await as(coordinator).get(`/people/${id}`)).html).not.toContain(
      'Referrals that may be about them',
    );
  });
});

describe('breaking the glass', () => {
  const emergency = {
    ground: 'missing',
    reason: 'Kent Police have found them at a station and ask whom to ring',
  };
  const dateOfBirth = { 'born-day': '3', 'born-month': '2', 'born-year': '2010' };

  test('opens a record for an hour by its exact reference, and the data protection lead is told and reviews it', async () => {
    const { id, reference, name } = await youngPerson();
    expect((await as(outsider).get(`/people/${id}`)).status).toBe(404);
    const opened = await as(outsider).submit('/break-glass', { ...emergency, reference });
    expect(opened.location).toBe(`/people/${id}`);
    const page = (await as(outsider).get(`/people/${id}`)).html;
    expect(page).toContain('You opened this record in an emergency');
    // Whom to ring is what an emergency is about.
    expect(page).toContain(worker.name);
    expect(page).not.toContain('Nobody yet');
    // Where things stand is said by those who support them.
    expect(page).not.toContain('Write a case summary');
    expect((await as(outsider).get(`/people/${id}/summary`)).status).toBe(404);
    expect((await as(worker).get(`/people/${id}`)).html).toContain('Write a case summary');
    expect(page).toContain(`Note about ${name}`);
    const { rows } = await given.owner.query(
      `select from messages.message where account_id = $1 and template = 'record-opened'`,
      [lead.accountId],
    );
    expect(rows).toHaveLength(1);

    // Whoever works with them is told, and whom to ask, but not what is for the review.
    expect(await toldOf(worker, `/people/${id}`)).toBe(1);
    const theirs = (await as(worker).get(`/people/${id}`)).html;
    expect(theirs).toContain('opened this record in an emergency on');
    expect(theirs).not.toContain(emergency.reason);

    const list = (await as(lead).get('/record-openings')).html;
    expect(list).toContain(reference);
    expect(list).not.toContain(name);
    const [address] = /\/record-openings\/[0-9a-f-]{36}/.exec(list) ?? [''];
    const review = { finding: 'justified', note: 'The police confirmed that they had rung' };
    expect((await as(lead).submit(address, review)).status).toBe(303);
    expect((await as(lead).get('/record-openings')).html).not.toContain(reference);
    expect((await as(lead).get('/record-openings?reviewed=yes')).html).toContain(reference);

    await given.owner.query(
      `update service.record_opening set until = now() - interval '1 second' where person_id = $1`,
      [id],
    );
    expect((await as(outsider).get(`/people/${id}`)).status).toBe(404);
  });

  test('lets whoever opened a record read it, and write a note, a contact that they made or a concern, and nothing else', async () => {
    const { id, reference } = await youngPerson();
    await as(outsider).submit('/break-glass', { ...emergency, reference });
    const parts = [
      '',
      '/contacts',
      '/network',
      '/risk',
      '/safety-plan',
      '/goals',
      '/consent',
      '/progress',
      '/files',
    ];
    const shown = [];
    for (const part of parts) shown.push((await as(outsider).get(`/people/${id}${part}`)).html);
    for (const path of [...writing, 'contacts/plan']) {
      expect([path, (await as(outsider).get(`/people/${id}/${path}`)).status]).toEqual([path, 404]);
      expect([path, shown.some((html) => html.includes(`/people/${id}/${path}"`))]).toEqual([path, false]);
      expect([path, (await as(worker).get(`/people/${id}/${path}`)).status]).toEqual([path, 200]);
    }
    for (const path of ['notes/new', 'contacts/new', 'concerns/new'])
      expect([path, (await as(outsider).get(`/people/${id}/${path}`)).status]).toEqual([path, 200]);

    const { rows } = await given.owner.query<{ organisation_id: string }>(
      'select organisation_id from identity.access_grant where id = $1',
      [outsider.grantId],
    );
    expect(await written(outsider, rows[0]?.organisation_id ?? '', id)).toEqual(['contact', 'concern']);
    expect(await called(outsider, acts(id).attach)).toEqual({ done: false });
    const note = {
      kind: 'contact-with-others',
      'happenedOn-day': '2',
      'happenedOn-month': '3',
      'happenedOn-year': '2026',
      happenedTime: '2pm',
      fact: 'Found at the station',
    };
    expect((await as(outsider).submit(`/people/${id}/notes/new`, note)).status).toBe(303);
    expect(await written(worker, team.organisationId, id)).toEqual([
      'safe contact',
      'risk',
      'network',
      'plan',
      'planned contact',
      'contact',
      'concern',
    ]);
  });

  test('gives a coordinator of another patch the record without its case notes', async () => {
    const { id, reference, name } = await youngPerson();
    expect((await as(far).submit('/break-glass', { ...emergency, reference })).location).toBe(
      `/people/${id}`,
    );
    const answer = await as(far).get(`/people/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.html).toContain(name);
    expect(answer.html).not.toContain('Note about');
  });

  test('finds by a whole name and a date of birth, and says the same of a wrong one, a restricted one and none', async () => {
    const { id, name } = await youngPerson();
    const opened = await as(outsider).submit('/break-glass', {
      ...emergency,
      name: `Person ${name}`,
      ...dateOfBirth,
    });
    expect(opened.location).toBe(`/people/${id}`);
    const shut = await youngPerson();
    await restrict(coordinator, shut.id, [coordinator]);
    const refusals = [];
    for (const sought of [
      { reference: shut.reference },
      { name: `Person ${shut.name}`, ...dateOfBirth },
      { name: `Person ${name}`, ...dateOfBirth, 'born-day': '4' },
      { reference: 'HW-2222-2222' },
    ])
      refusals.push(await as(outsider).submit('/break-glass', { ...emergency, ...sought }));
    expect(refusals.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    for (const { html } of refusals) expect(html).toContain('No record can be opened with this');
    expect(await rowsSeen(outsider, shut.id)).toBe(0);
    // The log has whom each was about, or the same key of the same words; and never the words.
    const { rows } = await given.owner.query<{ person_id: string | null; detail: { sought?: string } }>(
      `select person_id, convert_from(body, 'UTF8')::jsonb -> 'detail' as detail from audit.entry
       where actor_id = $1 and action = 'break-glass' and outcome = 'refused' order by at desc limit 4`,
      [outsider.accountId],
    );
    expect(rows.map(({ person_id }) => person_id)).toEqual([null, null, shut.id, shut.id]);
    expect(rows[0]?.detail.sought).toMatch(/^[0-9a-f]{64}$/);
    expect(rows[0]?.detail.sought).not.toBe(rows[1]?.detail.sought);
    expect((await as(lead).get(`/people/${shut.id}/looks`)).html).toContain('and was refused');
  });

  test('is not for those who have not just signed in, nor without end', async () => {
    const { reference } = await youngPerson();
    const tired = await someone(given.owner, 'caseworker', team);
    await given.owner.query(
      `update identity.session set proved_again_at = now() - interval '16 minutes' where account_id = $1`,
      [tired.accountId],
    );
    expect((await as(tired).get('/break-glass')).location).toContain('/sign-in-again');
    const call = (token: string) =>
      given.service.database.asPerson(token, (tx) =>
        sql<{ id: string | null }>`
          select need_to_know.break_glass(${reference}, '', null, 'other', 'Because I would like to') as id`.execute(
          tx,
        ),
      );
    await expect(call(tired.token)).rejects.toThrow('the glass is not to be broken so');
    await expect(call(operations.token)).rejects.toThrow('the glass is not to be broken so');
    const curious = await someone(given.owner, 'caseworker', team);
    const ids = [];
    for (let each = 0; each < 11; each += 1) ids.push((await call(curious.token))?.result.rows[0]?.id);
    expect(ids.slice(0, 10).every((id) => id !== null)).toBe(true);
    expect(ids[10]).toBeNull();
    await call(curious.token);
    const { rows } = await given.owner.query(
      `select from audit.entry where actor_id = $1 and action = 'break-glass' and outcome = 'refused'`,
      [curious.accountId],
    );
    expect(rows).toHaveLength(2);
  });

  test('a review is overdue after two days', () => {
    const opened = new Date('2026-03-02T12:00:00Z');
    expect(isReviewOverdue(opened, new Date('2026-03-04T11:59:00Z'))).toBe(false);
    expect(isReviewOverdue(opened, new Date('2026-03-04T12:01:00Z'))).toBe(true);
  });
});
