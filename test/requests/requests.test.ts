import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { londonDate } from '../../src/platform/clock/london-time.ts';
import { addDays } from '../../src/platform/clock/plain-date.ts';
import { addWorkingDays, workingDaysBetween } from '../../src/platform/clock/working-days.ts';
import { HttpVisitor, type Reply } from '../support/http-visitor.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../support/service.ts';
import { allocated, CROYDON, LAMBETH, youngPerson } from '../support/young-person.ts';

let given: TestService;
let near: Awaited<ReturnType<typeof provider>>;
let coordinator: Someone;
let analyst: Someone;
let colleague: Someone;
let consultant: Someone;
let contact: Someone;
let caseworker: Someone;

const TODAY = londonDate(new Date());

beforeAll(async () => {
  given = await testService();
  near = await provider(given.owner);
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH], name: 'Cora Dinator' });
  analyst = await someone(given.owner, 'analyst', { name: 'Ana Lyst' });
  colleague = await someone(given.owner, 'analyst', { name: 'Colin League' });
  consultant = await someone(given.owner, 'gender-consultant', {
    organisationId: near.organisationId,
    name: 'Gwen Consult',
  });
  contact = await someone(given.owner, 'spoc', { areas: [LAMBETH], name: 'Priya Contact' });
  caseworker = await someone(given.owner, 'caseworker', { ...near, name: 'Cass Worker' });
});
afterAll(() => given.stop());

const as = (who: Someone) => new HttpVisitor(given, who.cookie);

/** A referral that came, of nobody who is on record yet. */
async function referral(
  referrer: Someone,
  { area = LAMBETH, isVerified = true }: { area?: string; isVerified?: boolean } = {},
): Promise<string> {
  const { rows } = await given.owner.query<{ id: string }>(
    `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, given_names, family_name,
       name_key, date_of_birth_precision, gender, ethnicity, answers)
     values ('intervention', 'received', $1, 'education', 'Brockwell School', current_date, $2, 'Amina', 'Bello', 'amina bello',
       'not-known', 'female', 'BAFR', $3) returning id`,
    [
      referrer.accountId,
      area,
      JSON.stringify([
        {
          page: 'concern',
          key: 'whatIsHappening',
          question: 'What is happening?',
          answer: 'Away for two nights',
          value: 'Away for two nights',
        },
      ]),
    ],
  );
  if (isVerified)
    await given.owner.query(
      `insert into service.referrer_verification (referrer_id, agency_name, how) values ($1, 'Brockwell School', 'telephone')`,
      [referrer.accountId],
    );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('No referral was made');
  await given.owner.query(
    `insert into service.referral_action (referral_id, sequence, area, kind, by_account) values ($1, 1, $2, 'sent', $3)`,
    [id, area, referrer.accountId],
  );
  return id;
}

/** What the page of a referral or a young person asks for, as its own form sends it. */
async function ask(
  who: Someone,
  about: string,
  kind: string,
  question: string,
  more: Record<string, string> = {},
): Promise<Reply> {
  return await as(who).fill(`${about}/ask?kind=${kind}`, {
    question,
    ...daysFrom(addDays(TODAY, 7)),
    ...more,
  });
}
const daysFrom = (date: string) => ({
  'dueOn-day': date.slice(8),
  'dueOn-month': date.slice(5, 7),
  'dueOn-year': date.slice(0, 4),
});
const requestIn = ({ location, text }: Reply): string => {
  if (location === null) throw new Error(`Nothing was asked: ${text}`);
  return location.slice(location.lastIndexOf('/') + 1);
};

const told = async (template: string, path: string): Promise<string[]> => {
  const { rows } = await given.owner.query<{ name: string }>(
    `select a.name from messages.message m join identity.account a on a.id = m.account_id
     where m.template = $1 and m.path = $2 order by a.name`,
    [template, path],
  );
  return rows.map(({ name }) => name);
};

describe('an intelligence check', () => {
  test('is taken by an analyst, who keeps the findings and sends what may be told of them', async () => {
    const about = `/referrals/${await referral(await someone(given.owner, 'referrer'))}`;
    const id = requestIn(await ask(coordinator, about, 'intelligence-check', 'Is there a link to a line?'));
    expect(await told('check-asked', `/checks/${id}`)).toEqual(['Ana Lyst', 'Colin League']);

    const visitor = as(analyst);
    expect((await visitor.get('/checks')).text).toContain('Amina Bello');
    let page = await visitor.get(`/checks/${id}`);
    expect(page.text).toContain('Is there a link to a line?');
    expect(page.text).toContain('nobody has taken it yet');
    expect((await visitor.send(page, { act: 'take' })).status).toBe(303);
    expect((await visitor.get('/checks?show=mine')).text).toContain('Amina Bello');
    expect((await as(colleague).get('/checks?show=colleagues')).text).toContain('Ana Lyst');
    expect((await visitor.get('/checks')).text).not.toContain('Amina Bello');

    const written = await visitor.fill(`/checks/${id}/findings/new`, {
      finding: 'Seen with the holder of a line',
      source: 'PND 4711',
      sourceGrade: '1',
      intelligenceGrade: 'B',
      handling: 'P',
      conditions: '',
    });
    expect(written.status).toBe(303);
    page = await visitor.get(`/checks/${id}`);
    expect(page.text).toContain('PND 4711');
    expect(page.text).toContain('known indirectly to the source, but corroborated');
    expect((await visitor.send(page, { act: 'answer', answer: '' })).text).toContain('Enter the answer');
    expect((await visitor.send(page, { act: 'answer', answer: 'There is a link.' })).status).toBe(303);

    expect(await told('request-answered', `/requests/${id}`)).toEqual(['Cora Dinator']);
    for (const path of [`/requests/${id}`, about, `${about}/requests`]) {
      const read = await as(coordinator).get(path);
      expect(read.text, path).toContain('There is a link.');
      expect(read.html, path).not.toContain('PND 4711');
      expect(read.html, path).not.toContain('holder of a line');
    }
    expect((await visitor.get('/checks?show=answered')).text).toContain('Amina Bello');
  });

  test('is asked for by a caseworker about somebody they work with; nobody of another provider sees it', async () => {
    const person = await youngPerson(given.owner, { givenNames: 'Femi' });
    await allocated(given.owner, person.id, near);
    const id = requestIn(
      await ask(caseworker, `/people/${person.id}`, 'intelligence-check', 'Whom does he owe money?'),
    );
    await as(analyst).fill(`/checks/${id}`, { act: 'answer', answer: 'Nothing was found.' });
    const page = await as(caseworker).get(`/people/${person.id}`);
    expect(page.text).toContain('Whom does he owe money?');
    expect(page.text).toContain('Nothing was found.');
    expect(page.text).toContain('Answered');
    const far = await provider(given.owner);
    const outsider = await someone(given.owner, 'caseworker', far);
    await allocated(given.owner, person.id, far);
    expect((await as(outsider).get(`/people/${person.id}`)).text).not.toContain('Whom does he owe money?');
    expect((await as(outsider).get(`/requests/${id}`)).status).toBe(404);
  });

  test('handled under conditions says which', async () => {
    const about = `/referrals/${await referral(await someone(given.owner, 'referrer'))}`;
    const id = requestIn(await ask(coordinator, about, 'intelligence-check', 'Which line?'));
    const refused = await as(analyst).fill(`/checks/${id}/findings/new`, {
      finding: 'A line',
      source: 'A record',
      sourceGrade: '2',
      intelligenceGrade: 'D',
      handling: 'C',
      conditions: '',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Enter the conditions under which it may be shared');
    const contradicting = await as(analyst).fill(`/checks/${id}/findings/new`, {
      finding: 'A line',
      source: 'A record',
      sourceGrade: '2',
      intelligenceGrade: 'D',
      handling: 'P',
      conditions: 'Ask the officer in the case first',
    });
    expect(contradicting.status).toBe(422);
    expect(contradicting.text).toContain('Only handling C has conditions');
    expect(contradicting.html).toContain('Ask the officer in the case first');
  });

  test('that was answered wrongly is corrected: the asker is told again, and what it said before is kept', async () => {
    const about = `/referrals/${await referral(await someone(given.owner, 'referrer'))}`;
    const id = requestIn(await ask(coordinator, about, 'intelligence-check', 'Which town?'));
    await as(analyst).fill(`/checks/${id}`, { act: 'answer', answer: 'The source says the coast.' });
    const corrected = await as(colleague).fill(`/checks/${id}`, { act: 'answer', answer: 'The coast.' });
    expect(corrected.status).toBe(303);
    const read = await as(coordinator).get(`/requests/${id}`);
    expect(read.text).toContain('The coast.');
    expect(read.text).not.toContain('The source says');
    expect(await told('request-answered', `/requests/${id}`)).toHaveLength(2);
    const { rows } = await given.owner.query(
      `select from history.request where id = $1 and answer = 'The source says the coast.'`,
      [id],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('two who answer at once', () => {
  test('the second is told who was first, keeps what they typed, and may send it then', async () => {
    const about = `/referrals/${await referral(await someone(given.owner, 'referrer'))}`;
    const id = requestIn(await ask(coordinator, about, 'intelligence-check', 'Who was first?'));
    const visitor = as(colleague);
    const stale = await visitor.get(`/checks/${id}`);
    await as(analyst).fill(`/checks/${id}`, { act: 'take' });
    const refused = await visitor.send(stale, { act: 'answer', answer: 'Typed while somebody took it' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Ana Lyst has taken this');
    expect(refused.html).toContain('Typed while somebody took it');
    expect((await visitor.send(refused, { act: 'answer', answer: 'Sent all the same' })).status).toBe(303);
    expect((await as(coordinator).get(`/requests/${id}`)).text).toContain('Sent all the same');
  });

  test('a stale answer does not replace another that was sent meanwhile', async () => {
    const about = `/referrals/${await referral(await someone(given.owner, 'referrer'))}`;
    const id = requestIn(await ask(coordinator, about, 'intelligence-check', 'Both?'));
    const visitor = as(colleague);
    const stale = await visitor.get(`/checks/${id}`);
    await as(analyst).fill(`/checks/${id}`, { act: 'answer', answer: 'The first answer' });
    const refused = await visitor.send(stale, { act: 'answer', answer: 'The second answer' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The first answer');
    expect(refused.html).toContain('The second answer');
    expect((await as(coordinator).get(`/requests/${id}`)).text).toContain('The first answer');
  });
});

describe('a case consultation', () => {
  test('shows the consultant the young person and the referrals, and keeps their notes from whoever asked', async () => {
    const person = await youngPerson(given.owner, { givenNames: 'Nia', knownAs: 'Nini' });
    await allocated(given.owner, person.id, near);
    const other = await youngPerson(given.owner, { givenNames: 'Other' });
    const id = requestIn(await ask(caseworker, `/people/${person.id}`, 'consultation', 'How do I begin?'));
    expect(await told('consultation-asked', `/consultations/${id}`)).toEqual(['Gwen Consult']);
    const visitor = as(consultant);
    expect((await visitor.get('/consultations')).text).toContain('Nia Okafor');
    const page = await visitor.get(`/consultations/${id}`);
    expect(page.text).toContain('Nini');
    expect(page.text).toContain('Away for two nights');
    await visitor.fill(`/consultations/${id}/notes/new`, { note: 'A worry of my own' });
    await visitor.fill(`/consultations/${id}`, { act: 'answer', answer: 'Begin with what she wants.' });
    expect((await visitor.get(`/consultations/${id}`)).text).toContain('A worry of my own');
    const read = await as(caseworker).get(`/requests/${id}`);
    expect(read.text).toContain('Begin with what she wants.');
    expect(read.html).not.toContain('A worry of my own');
    const seen = await given.service.database.asPerson(consultant.token, async (tx) => {
      const people = await tx.selectFrom('service.person').select('id').execute();
      return people.map((row) => row.id);
    });
    expect(seen?.result).toContain(person.id);
    expect(seen?.result).not.toContain(other.id);
  });

  test('is possible before there is a record of the young person, and closes 28 days after the advice', async () => {
    const referralId = await referral(await someone(given.owner, 'referrer'));
    const id = requestIn(
      await ask(coordinator, `/referrals/${referralId}`, 'consultation', 'Refer her or not?'),
    );
    const visitor = as(consultant);
    const reads = async () => (await visitor.get(`/consultations/${id}`)).status;
    expect((await visitor.get(`/consultations/${id}`)).text).toContain('Away for two nights');
    await visitor.fill(`/consultations/${id}`, { act: 'answer', answer: 'Refer her.' });
    await given.owner.query(
      `update service.request set answered_at = now() - interval '27 days' where id = $1`,
      [id],
    );
    expect(await reads()).toBe(200);
    await given.owner.query(
      `update service.request set answered_at = now() - interval '29 days' where id = $1`,
      [id],
    );
    expect(await reads()).toBe(404);
    const seen = await given.service.database.asPerson(consultant.token, (tx) =>
      tx.selectFrom('service.referral').select('id').where('id', '=', referralId).execute(),
    );
    expect(seen?.result).toEqual([]);
  });

  test('that was withdrawn is gone from the consultant at once, who is told if they had taken it', async () => {
    const person = await youngPerson(given.owner, { givenNames: 'Gone' });
    await allocated(given.owner, person.id, near);
    const id = requestIn(await ask(caseworker, `/people/${person.id}`, 'consultation', 'What now?'));
    await as(consultant).fill(`/consultations/${id}`, { act: 'take' });
    const refused = await as(caseworker).fill(`/requests/${id}/withdraw`, { why: '' });
    expect(refused.text).toContain('Enter why it is withdrawn');
    const done = await as(caseworker).fill(`/requests/${id}/withdraw`, { why: 'She has left London' });
    expect(done.status).toBe(303);
    expect(await told('request-withdrawn', '/consultations')).toEqual(['Gwen Consult']);
    expect((await as(consultant).get(`/consultations/${id}`)).status).toBe(404);
    expect((await as(caseworker).get(`/requests/${id}`)).text).toContain('She has left London');
    const again = await as(caseworker).get(`/requests/${id}/withdraw`);
    expect(again.text).toContain('This was withdrawn');
  });
});

describe('a question to the borough', () => {
  test('is answered by one of its contacts, who says that they have it', async () => {
    const referralId = await referral(await someone(given.owner, 'referrer'));
    const asked = await as(coordinator).fill(`/referrals/${referralId}/ask?kind=borough`, {
      topics: ['social-worker', 'known-risks'],
      question: 'Is anything in place?',
      ...daysFrom(addDays(TODAY, 7)),
    });
    const id = requestIn(asked);
    expect(await told('borough-asked', `/borough/requests/${id}`)).toEqual(['Priya Contact']);
    const visitor = as(contact);
    expect((await visitor.get('/borough/requests')).text).toContain('Amina Bello');
    const page = await visitor.get(`/borough/requests/${id}`);
    expect(page.text).toContain('Who the social worker is');
    expect(page.text).not.toContain('What local provision there is');
    const unseen = 'The borough’s contact has not said that they have seen it';
    expect((await as(coordinator).get(`/referrals/${referralId}`)).text).toContain(unseen);
    await visitor.send(page, { act: 'take' });
    expect((await as(coordinator).get(`/requests/${id}`)).text).toContain('With Priya Contact');
    await visitor.fill(`/borough/requests/${id}`, { act: 'answer', answer: 'A plan, since May.' });
    const read = (await as(coordinator).get(`/referrals/${referralId}`)).text;
    expect(read).toContain('A plan, since May.');
    // They have seen what they answered about, and correcting the answer says it no second time.
    expect(read).not.toContain(unseen);
    const listed = async (show: string) =>
      (await visitor.get(`/borough?show=${show}`)).html.includes(referralId);
    expect([await listed('unseen'), await listed('all')]).toEqual([false, true]);
    await visitor.fill(`/borough/requests/${id}`, { act: 'answer', answer: 'A plan, since June.' });
    const { rows } = await given.owner.query(
      'select acknowledged_by, note, version from service.borough_acknowledgement where referral_id = $1',
      [referralId],
    );
    expect(rows).toEqual([{ acknowledged_by: contact.accountId, note: '', version: 1 }]);
  });

  test('is no other borough’s, and says so where a borough has no contact', async () => {
    const wide = await someone(given.owner, 'coordinator', { areas: [CROYDON] });
    const referralId = await referral(await someone(given.owner, 'referrer'), { area: CROYDON });
    const visitor = as(wide);
    const asked = await visitor.fill(`/referrals/${referralId}/ask?kind=borough`, {
      question: 'Who?',
      ...daysFrom(addDays(TODAY, 7)),
    });
    const id = requestIn(asked);
    expect((await visitor.get(`/requests/${id}`)).text).toContain('nobody was told');
    expect((await as(contact).get(`/borough/requests/${id}`)).status).toBe(404);
  });

  test('every one of several boroughs is on one page of the queue, once, the first due first', async () => {
    const both = await someone(given.owner, 'spoc', { areas: ['E09000030', 'E09000031'] });
    await given.owner.query(
      `with p as (
         insert into service.person (given_names, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
         select 'Number' || n, 'Many', 'many', 'not-known', 'unknown', 'NOBT', case when n % 4 = 0 then 'E09000030' else 'E09000031' end
         from generate_series(1, 60) n returning id, area)
       insert into service.request (kind, person_id, area, question, asked_by, due_on)
       select 'borough', id, area, 'What?', $1, date '2030-01-01' + (row_number() over () / 3)::int from p`,
      [coordinator.accountId],
    );
    const visitor = as(both);
    const seen: string[] = [];
    const due: string[] = [];
    let pages = 0;
    for (let path: string | undefined = '/borough/requests'; path !== undefined; pages++) {
      const page: Reply = await visitor.get(path);
      seen.push(...[...page.text.matchAll(/Number\d+/g)].map(([name]) => name));
      due.push(
        ...[...page.text.matchAll(/(\d+) January 2030/g)].map(([, day]) => (day ?? '').padStart(2, '0')),
      );
      path = /href="(\/borough\/requests\?after=[^"]+)"[^>]*rel="next"/.exec(page.html)?.[1];
    }
    expect(pages).toBe(3);
    expect(new Set(seen).size).toBe(60);
    expect(seen).toHaveLength(60);
    expect(due).toEqual(due.toSorted());
    expect((await visitor.get('/borough/requests?show=nonsense&after=nonsense')).status).toBe(200);
  });
});

describe('a question to the referrer', () => {
  test('waits until somebody has verified them: the page refuses it, and so does the database', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const referralId = await referral(referrer, { isVerified: false });
    const refused = await ask(coordinator, `/referrals/${referralId}`, 'information', 'Who lives with her?');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Verify the referrer first');
    expect(refused.html).toContain('Who lives with her?');
    const forged = inCommand(given.service.database, coordinator.token, (tx) =>
      tx
        .insertInto('service.request')
        .values({
          kind: 'information',
          referral_id: referralId,
          area: LAMBETH,
          question: 'Forged',
          asked_by: coordinator.accountId,
          due_on: TODAY,
          owner_id: referrer.accountId,
        })
        .execute(),
    );
    await expect(forged).rejects.toThrow('row-level security');
  });

  test('is answered by them once, and what they answered is not shown to them again', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const referralId = await referral(referrer);
    const id = requestIn(
      await ask(coordinator, `/referrals/${referralId}`, 'information', 'Who lives with her?'),
    );
    const path = `/refer/sent/${referralId}/questions/${id}`;
    expect(await told('referral-question', path)).toEqual([referrer.name]);
    const visitor = as(referrer);
    const page = await visitor.get(path);
    expect(page.text).toContain('Who lives with her?');
    expect(page.text).not.toContain('Cora');
    expect(page.text).not.toContain('Amina');
    expect((await visitor.send(page, { answer: 'Her aunt, at weekends' })).status).toBe(303);
    const after = await visitor.get(path);
    expect(after.text).toContain('You have answered this question');
    expect(after.html).not.toContain('Her aunt');
    const again = await visitor.send(page, { answer: 'Something else' });
    expect(again.text).toContain('You have answered this already');
    expect((await as(coordinator).get(`/referrals/${referralId}`)).text).toContain('Her aunt, at weekends');
    expect(await told('request-answered', `/requests/${id}`)).toEqual(['Cora Dinator']);
    const read = given.service.database.asPerson(referrer.token, (tx) =>
      sql`select answer from service.request`.execute(tx),
    );
    await expect(read).rejects.toThrow('permission denied');
  });

  test('is nobody else’s, whatever the address says', async () => {
    const [referrer, other] = [
      await someone(given.owner, 'referrer'),
      await someone(given.owner, 'referrer'),
    ];
    const [theirs, others] = [await referral(referrer), await referral(other)];
    const id = requestIn(await ask(coordinator, `/referrals/${theirs}`, 'information', 'Which school?'));
    const check = requestIn(await ask(coordinator, `/referrals/${theirs}`, 'intelligence-check', 'Which?'));
    const own = await as(referrer).get(`/refer/sent/${theirs}/questions/${id}`);
    expect(own.status).toBe(200);
    for (const [who, path] of [
      [other, `/refer/sent/${theirs}/questions/${id}`],
      [other, `/refer/sent/${others}/questions/${id}`],
      [referrer, `/refer/sent/${others}/questions/${id}`],
      [referrer, `/refer/sent/${theirs}/questions/${check}`],
    ] as const) {
      expect((await as(who).get(path)).status, path).toBe(404);
    }
    const forger = as(referrer);
    const forged = await forger.send(
      await forger.get(own.path),
      { answer: 'x' },
      own.path.replace(id, check),
    );
    expect(forged.status).toBe(404);
  });

  test('that was withdrawn is not shown any more', async () => {
    const referrer = await someone(given.owner, 'referrer');
    const referralId = await referral(referrer);
    const id = requestIn(await ask(coordinator, `/referrals/${referralId}`, 'information', 'Which bus?'));
    const visitor = as(referrer);
    const page = await visitor.get(`/refer/sent/${referralId}/questions/${id}`);
    await as(coordinator).fill(`/requests/${id}/withdraw`, { why: 'Found out already' });
    expect((await visitor.get(page.path)).status).toBe(404);
    expect((await visitor.send(page, { answer: 'Number 2' })).status).toBe(404);
  });
});

describe('when it is due', () => {
  test('is so many working days from now, unless the asker says otherwise; never before today', async () => {
    const about = `/referrals/${await referral(await someone(given.owner, 'referrer'))}`;
    const page = await as(coordinator).get(`${about}/ask?kind=consultation`);
    const due = addWorkingDays(TODAY, 5);
    for (const [name, value] of Object.entries(daysFrom(due)))
      expect(page.html).toMatch(new RegExp(`<input[^>]*name="${name}"[^>]*value="${Number(value)}"`));
    const late = await ask(coordinator, about, 'consultation', 'Late?', daysFrom(addDays(TODAY, -1)));
    expect(late.status).toBe(422);
    expect(late.text).toContain('must be today or in the future');
    const never = await ask(coordinator, about, 'consultation', 'Never?', daysFrom(addDays(TODAY, 400)));
    expect(never.status).toBe(422);
    expect(never.text).toMatch(/The day it is due must be .* or earlier/);
    const id = requestIn(await ask(coordinator, about, 'consultation', 'When?', daysFrom(TODAY)));
    expect((await as(coordinator).get(`/requests/${id}`)).text).toContain('Due today');
    await given.owner.query(`update service.request set due_on = $2 where id = $1`, [
      id,
      addWorkingDays(TODAY, -3),
    ]);
    // Three working days before a Sunday are two to count from.
    const days = workingDaysBetween(addWorkingDays(TODAY, -3), TODAY);
    expect((await as(coordinator).get(`/requests/${id}`)).text).toContain(`${days} working days late`);
    expect((await as(consultant).get('/consultations')).text).toContain('Late, whoever has it (1)');
    expect((await as(consultant).get('/consultations?show=late')).text).toContain(
      `${days} working days late`,
    );
    const changed = await as(coordinator).fill(`/requests/${id}/due-date`, daysFrom(addDays(TODAY, 20)));
    expect(changed.status).toBe(303);
    expect((await as(coordinator).get(`/requests/${id}`)).text).not.toContain('late');
  });
});

describe('the database', () => {
  test('lets nobody who asked answer, and nobody answer what is not theirs', async () => {
    const about = `/referrals/${await referral(await someone(given.owner, 'referrer'))}`;
    const id = requestIn(await ask(coordinator, about, 'intelligence-check', 'Mine?'));
    const answer = (who: Someone) =>
      inCommand(given.service.database, who.token, (tx) =>
        tx
          .updateTable('service.request')
          .set({ state: 'answered', answer: 'Forged', answered_by: who.accountId, answered_at: new Date() })
          .where('id', '=', id)
          .executeTakeFirst(),
      );
    await expect(answer(coordinator)).rejects.toThrow('row-level security');
    for (const who of [contact, consultant, caseworker])
      expect((await answer(who))?.result.numUpdatedRows, who.name).toBe(0n);
    const inAnothersName = inCommand(given.service.database, analyst.token, (tx) =>
      tx
        .updateTable('service.request')
        .set({
          state: 'answered',
          answer: 'Forged',
          answered_by: colleague.accountId,
          answered_at: new Date(),
        })
        .where('id', '=', id)
        .execute(),
    );
    await expect(inAnothersName).rejects.toThrow('row-level security');
  });

  test('lets a provider ask no borough and no referrer', async () => {
    const person = await youngPerson(given.owner);
    await allocated(given.owner, person.id, near);
    expect((await ask(caseworker, `/people/${person.id}`, 'borough', 'May I?')).status).not.toBe(303);
    const forged = inCommand(given.service.database, caseworker.token, (tx) =>
      tx
        .insertInto('service.request')
        .values({
          kind: 'borough',
          person_id: person.id,
          area: LAMBETH,
          organisation_id: near.organisationId,
          question: 'Forged',
          asked_by: caseworker.accountId,
          due_on: TODAY,
        })
        .execute(),
    );
    await expect(forged).rejects.toThrow('row-level security');
  });

  test('disposes of what was asked with whom it was asked about', async () => {
    const person = await youngPerson(given.owner, { givenNames: 'Disposed' });
    const { referralId } = await allocated(given.owner, person.id, near);
    const aboutThem = requestIn(
      await ask(caseworker, `/people/${person.id}`, 'intelligence-check', 'About them?'),
    );
    const aboutReferral = requestIn(
      await ask(coordinator, `/referrals/${referralId}`, 'consultation', 'About it?'),
    );
    await as(analyst).fill(`/checks/${aboutThem}/findings/new`, {
      finding: 'Found',
      source: 'A source',
      sourceGrade: '1',
      intelligenceGrade: 'A',
      handling: 'P',
      conditions: '',
    });
    await as(consultant).fill(`/consultations/${aboutReferral}/notes/new`, { note: 'Noted' });
    await as(analyst).fill(`/checks/${aboutThem}`, { act: 'answer', answer: 'Answered' });
    await given.owner.query('set role homeward_gate');
    await given.owner.query('select disposal.erase($1, $2, $3)', [person.id, [referralId], []]);
    await given.owner.query('reset role');
    const { rows } = await given.owner.query<{ left: string }>(
      `select 'request' as left from service.request where id = any ($1)
       union all select 'history' from history.request where id = any ($1)
       union all select 'finding' from service.check_finding where request_id = any ($1)
       union all select 'note' from service.consultation_note where request_id = any ($1)
       union all select 'message ' || path from messages.message where path ~ $2`,
      [[aboutThem, aboutReferral], `${aboutThem}|${aboutReferral}`],
    );
    expect(rows).toEqual([]);
  });
});
