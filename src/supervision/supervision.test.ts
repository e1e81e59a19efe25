import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FormClient } from '../../test/support/form-client.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';

const LAMBETH = 'E09000022';

let given: TestService;
let worker: Someone, manager: Someone, second: Someone, stranger: Someone;
let personId: string;
let team: Awaited<ReturnType<typeof provider>>;

beforeAll(async () => {
  given = await testService();
  team = await provider(given.owner);
  const other = await provider(given.owner);
  worker = await someone(given.owner, 'caseworker', { ...team, name: 'Wanda Worker' });
  manager = await someone(given.owner, 'provider-manager', { organisationId: team.organisationId });
  second = await someone(given.owner, 'provider-manager', { organisationId: team.organisationId });
  stranger = await someone(given.owner, 'provider-manager', { organisationId: other.organisationId });
  personId = randomUUID();
  const referralId = randomUUID();
  await given.owner.query(
    `insert into service.person (id, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
     values ($1, 'Quietly', 'quietly', 'not-known', 'male', 'NOBT', $2)`,
    [personId, LAMBETH],
  );
  await given.owner.query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, family_name, name_key,
       date_of_birth_precision, gender, ethnicity, answers, person_id)
     values ($1, 'intervention', 'allocated', $2, 'education', 'A school', '2030-01-01', $3, 'Q', 'q', 'not-known', 'male', 'NOBT', '[]', $4)`,
    [referralId, worker.accountId, LAMBETH, personId],
  );
  await given.owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, worker_id, started_at)
     values ($1, $2, $3, $4, $5, $6, now() - interval '60 days')`,
    [referralId, personId, LAMBETH, team.organisationId, team.teamId, worker.accountId],
  );
});
afterAll(async () => await given.stop());

const as = (who: Someone) => new FormClient(given, who);

async function note(kind: string): Promise<string> {
  const id = randomUUID();
  await given.owner.query(
    `insert into service.case_note (id, person_id, organisation_id, author_id, kind, happened_at, fact, needs_sign_off)
     values ($1, $2, $3, $4, $5, now(), 'What happened at the station', true)`,
    [id, personId, team.organisationId, worker.accountId, kind],
  );
  return id;
}

test('a manager sees whose cases stand out, and why', async () => {
  expect((await as(manager).get('/supervision')).html).toContain('Wanda Worker');
  const cases = (await as(manager).get(`/supervision/${worker.accountId}`)).html;
  expect(cases).toContain('Quietly');
  expect(cases).toContain('Nobody has spoken with them yet');
  expect(cases).toContain('Too long');
  expect(cases).toContain('Risk not assessed');
  expect((await as(stranger).get(`/supervision/${worker.accountId}`)).status).toBe(404);
  expect((await as(stranger).get('/supervision')).html).not.toContain('Wanda Worker');
  expect((await as(worker).get('/supervision')).status).toBe(403);
});

test('a decision is recorded on the case, where whoever works it reads it', async () => {
  const path = `/people/${personId}/supervision`;
  const missing = await as(manager).submit(path, { present: 'Wanda and I' });
  expect(missing.html).toContain('Enter what was decided');
  const decision = {
    present: 'Wanda and I',
    talkedOf: 'The school',
    decision: 'Wanda rings the school by Friday',
  };
  expect((await as(manager).submit(path, decision)).status).toBe(303);
  // Under the words it was asked for in: no decision is what happened, and no talk an author's opinion.
  expect((await as(worker).get(`/people/${personId}/notes`)).html.replaceAll(/<[^>]*>/g, ' ')).toMatch(
    /What was decided\s+Wanda rings the school by Friday\s+What was talked about\s+The school/,
  );
  expect((await as(manager).get(`/supervision/${worker.accountId}`)).html).toContain(
    'Decided on in supervision',
  );
});

test('a manager writes no other kind of note, in nobody else’s name', async () => {
  const write = (wrong: object) =>
    inCommand(given.service.database, manager.token, (tx) =>
      tx
        .insertInto('service.case_note')
        .values({
          person_id: personId,
          organisation_id: team.organisationId,
          author_id: manager.accountId,
          kind: 'supervision-decision',
          happened_at: new Date(),
          fact: 'Decided',
          ...wrong,
        })
        .execute(),
    );
  for (const wrong of [{ kind: 'visit' }, { author_id: worker.accountId }, { organisation_id: randomUUID() }])
    await expect(write(wrong)).rejects.toThrow(/row-level security|foreign key/);
  await write({});
});

test('a note is signed off once, by a manager who did not write it', async () => {
  const id = await note('incident');
  const waits = async () => (await as(manager).get('/supervision')).html;
  expect(await waits()).toContain('To be signed off by');
  expect(await waits()).not.toContain('Was to be signed off by');
  // As if it had been written a month ago: the database stamps what is written now.
  await given.owner.query('set session_replication_role = replica');
  await given.owner.query(
    `update service.case_note set recorded_at = now() - interval '30 days' where id = $1`,
    [id],
  );
  await given.owner.query('set session_replication_role = origin');
  expect(await waits()).toContain('Was to be signed off by');
  expect((await as(manager).get('/supervision')).html).toContain(`/notes/${id}/sign-off`);
  const [one, other] = [
    await as(manager).open(`/notes/${id}/sign-off`),
    await as(second).open(`/notes/${id}/sign-off`),
  ];
  const answers = await Promise.all([one({ comment: 'Well recorded' }), other({ comment: 'Read' })]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  const { rows } = await given.owner.query('select from service.note_sign_off where note_id = $1', [id]);
  expect(rows).toHaveLength(1);
  expect((await as(manager).get('/supervision')).html).not.toContain(`/notes/${id}/sign-off`);
  // Only one of the two signed it: whose comment is kept with the note, and its author is told, once.
  expect((await as(worker).get(`/notes/${id}`)).html).toMatch(/Comment:\s*<span[^>]*>(Well recorded|Read)</);
  const told = await given.owner.query('select account_id from messages.message where path = $1', [
    `/notes/${id}`,
  ]);
  expect(told.rows).toEqual([{ account_id: worker.accountId }]);
  expect((await as(stranger).get(`/notes/${id}/sign-off`)).status).toBe(404);

  const own = randomUUID();
  await given.owner.query(
    `insert into service.case_note (id, person_id, organisation_id, author_id, kind, happened_at, fact, needs_sign_off)
     values ($1, $2, $3, $4, 'management-oversight', now(), 'Mine', true)`,
    [own, personId, team.organisationId, manager.accountId],
  );
  expect((await as(manager).submit(`/notes/${own}/sign-off`, {})).html).toContain(
    'another manager signs it off',
  );
});

test('a manager signs off what they were shown, and a note that is changed afterwards waits again', async () => {
  const id = await note('incident');
  const signOff = `/notes/${id}/sign-off`;
  const change = async (fact: string) => {
    const saved = await as(worker).submit(`/notes/${id}/edit`, {
      kind: 'incident',
      'happenedOn-day': '2',
      'happenedOn-month': '3',
      'happenedOn-year': '2026',
      happenedTime: '10am',
      fact,
      reason: 'More is known',
    });
    expect(saved.status).toBe(303);
  };
  const signed = async () =>
    (await given.owner.query('select note_version from service.note_sign_off where note_id = $1', [id])).rows;
  const send = await as(manager).open(signOff);
  await change('She was hit');
  const late = await send({ comment: '' });
  expect(late.status).toBe(422);
  expect(late.html).toContain('The note was changed since you opened it');
  expect(late.html).toContain('She was hit');
  expect(await signed()).toEqual([]);

  expect((await as(manager).submit(signOff, {})).status).toBe(303);
  expect(await signed()).toEqual([{ note_version: 2 }]);
  const words = async (who: Someone) =>
    (await as(who).get(`/notes/${id}`)).html.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
  expect(await words(worker)).toMatch(/Signed off ?by .* on /);
  expect(await words(worker)).not.toContain('It was changed since');

  await change('All was fine');
  for (const who of [worker, manager])
    expect(await words(who)).toMatch(
      /Signed off ?Version 2, by .* on .*\. It was changed since, and waits to be signed off again.*What it said before.*\(version 2\)/,
    );
  expect((await as(second).get('/supervision')).html).toContain(signOff);
  expect((await as(second).get(signOff)).html).toContain('It was changed since');
  expect((await as(second).submit(signOff, {})).status).toBe(303);
  expect(await signed()).toEqual([{ note_version: 2 }, { note_version: 3 }]);
  expect((await as(manager).get('/supervision')).html).not.toContain(signOff);
});
