import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FormClient } from '../../test/support/form-client.ts';
import {
  inCommand,
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { keyOfNames } from '../people/index.ts';
import { fold, type ReferralAction } from './referral.ts';

const LAMBETH = 'E09000022';
const CAMDEN = 'E09000007';

let given: TestService;
let amal: Someone;
let bea: Someone;
let camden: Someone;
let operations: Someone;
let referrer: Someone;
let team: Awaited<ReturnType<typeof provider>>;
let worker: Someone;
let manager: Someone;

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  amal = await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Amal Khan' });
  bea = await someone(owner, 'coordinator', { areas: [LAMBETH], name: 'Bea Ito' });
  camden = await someone(owner, 'coordinator', { areas: [CAMDEN], name: 'Cyn Ode' });
  operations = await someone(owner, 'operations-manager');
  referrer = await someone(owner, 'referrer', { name: 'Rae Ferrer' });
  team = await provider(owner, 'Harbour');
  worker = await someone(owner, 'caseworker', { ...team, name: 'Wil Orr' });
  manager = await someone(owner, 'provider-manager', { organisationId: team.organisationId, name: 'Mo Agr' });
});
afterAll(async () => await given.stop());

const as = (who: Someone) => new FormClient(given, who);

interface Told {
  area?: string;
  kind?: 'intervention' | 'intelligence';
  givenNames?: string;
  familyName?: string;
  born?: string | null;
  postcode?: string;
  by?: Someone;
}

/** A name that is spelt and sounds like no other. */
const unheardOf = () =>
  randomUUID()
    .replaceAll('-', '')
    .slice(0, 12)
    .replaceAll(/./g, (digit) => 'bdfghjklmnprstvz'[Number.parseInt(digit, 16)] ?? 'b');

let days = 0;
/** A date of birth that nobody else has, nor by mistake. */
const someDay = () => {
  days += 1;
  return new Date(Date.UTC(2003, 0, 1) + days * 47 * 86_400_000).toISOString().slice(0, 10);
};

async function sent(told: Told = {}): Promise<string> {
  const { area = LAMBETH, kind = 'intervention', born = someDay(), postcode = '', by = referrer } = told;
  const names = {
    // Like nobody else's, so that nobody is a likely match unless a test wants it.
    givenNames: told.givenNames ?? unheardOf(),
    familyName: told.familyName ?? unheardOf(),
    knownAs: '',
  };
  const id = randomUUID();
  await given.owner.query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, given_names,
       family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, answers)
     values ($1, $2, 'received', $3, 'education', 'A school', current_date + 5, $4, $5, $6, $7, $8, $9, 'female', 'NOBT', $10, $11)`,
    [
      id,
      kind,
      by.accountId,
      area,
      names.givenNames,
      names.familyName,
      keyOfNames(names),
      born,
      born === null ? 'not-known' : 'exact',
      postcode,
      JSON.stringify([
        {
          page: 'concern',
          key: 'whatIsHappening',
          question: 'What is happening?',
          answer: `canary of ${id}`,
          value: '',
        },
      ]),
    ],
  );
  await given.owner.query(
    `insert into service.referral_action (referral_id, sequence, area, kind, by_account) values ($1, 1, $2, 'sent', $3)`,
    [id, area, by.accountId],
  );
  return id;
}

async function known(person: {
  givenNames: string;
  familyName: string;
  born?: string;
  area?: string;
  postcode?: string;
}): Promise<string> {
  const id = randomUUID();
  const { born = null, area = LAMBETH, postcode = '', ...names } = person;
  await given.owner.query(
    `insert into service.person (id, given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, area, postcode)
     values ($1, $2, $3, $4, $5, $6, 'female', 'NOBT', $7, $8)`,
    [
      id,
      names.givenNames,
      names.familyName,
      keyOfNames({ ...names, knownAs: '' }),
      born,
      born === null ? 'not-known' : 'exact',
      area,
      postcode,
    ],
  );
  return id;
}

const rows = async <Row>(query: string, ...values: unknown[]) =>
  (await given.owner.query(query, values)).rows as Row[];

async function standing(id: string) {
  const [row] = await rows<{
    kind: 'intervention';
    stage: string;
    person_id: string | null;
    episode_id: string | null;
    words_to_referrer: string;
    decided_at: Date | null;
  }>('select * from service.referral where id = $1', id);
  const actions = await rows<{ kind: string; details: object; by_account: string; sequence: number }>(
    'select * from service.referral_action where referral_id = $1 order by sequence',
    id,
  );
  if (!row) throw new Error('no such referral');
  // The row that is read is what the actions come to, whatever was done.
  const state = fold(
    row.kind,
    actions.map(({ kind, details }) => ({ ...details, kind }) as ReferralAction),
  );
  expect({ stage: row.stage, personId: row.person_id, wordsToReferrer: row.words_to_referrer }).toEqual({
    stage: state.stage,
    personId: state.personId,
    wordsToReferrer: state.wordsToReferrer,
  });
  expect(actions.map(({ sequence }) => sequence)).toEqual(actions.map((_action, at) => at + 1));
  return { ...row, kinds: actions.map(({ kind }) => kind), by: actions.map(({ by_account }) => by_account) };
}

const messagesTo = (who: Someone) =>
  rows<{ template: string; path: string }>(
    'select template, path from messages.message where account_id = $1 order by created_at',
    who.accountId,
  );

const linked = async (told: Told = {}): Promise<string> => {
  const id = await sent(told);
  const answer = await as(amal).submit(`/referrals/${id}/match`, { answer: 'make' });
  expect(answer.status).toBe(303);
  return id;
};

const decide = (decision: string, words = 'Words for the referrer') => ({
  decision,
  words,
  reason: 'other',
  to: 'Another service, 020 7946 0000',
});

describe('deciding', () => {
  test('two coordinators decide at once: one wins, the other is told who and keeps what they wrote', async () => {
    const id = await linked();
    const path = (decision: string) => `/referrals/${id}/decide?decision=${decision}`;
    const [accept, decline] = [await as(amal).open(path('accepted')), await as(bea).open(path('declined'))];
    const answers = await Promise.all([
      accept(decide('accepted', 'These are the words of Amal')),
      decline(decide('declined', 'These are the words of Bea')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const [winner, loser] = answers[0].status === 303 ? ['Amal', 'Bea'] : ['Bea', 'Amal'];
    const told = answers.find(({ status }) => status === 422)?.html ?? '';
    expect(told).toMatch(
      winner === 'Amal'
        ? /The referral has already been accepted, by Amal Khan on /
        : /The referral has already been declined, by Bea Ito on /,
    );
    expect(told).toContain(`These are the words of ${loser}`);
    const after = await standing(id);
    expect(after.stage).toBe(winner === 'Amal' ? 'accepted' : 'declined');
    expect(after.words_to_referrer).toBe(`These are the words of ${winner}`);
    expect(after.decided_at).not.toBeNull();
    expect(after.kinds).toEqual(['sent', 'person-linked', winner === 'Amal' ? 'accepted' : 'declined']);
  });

  test('somebody who has not seen what happened since is told it, and can then decide', async () => {
    const id = await sent();
    const path = `/referrals/${id}/decide?decision=declined`;
    const decline = await as(bea).open(path);
    await as(amal).submit(`/referrals/${id}/match`, { answer: 'make' });
    const answer = await decline(decide('declined', 'What Bea wrote'));
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(/Something happened since you opened this page.*by Amal Khan on/);
    expect(answer.html).toContain('What Bea wrote');
    expect((await standing(id)).stage).toBe('received');
    expect((await as(bea).submit(path, decide('declined'))).status).toBe(303);
    expect((await standing(id)).stage).toBe('declined');
  });

  test('the same form sent twice at once decides once and answers both alike', async () => {
    const id = await linked();
    const send = await as(amal).open(`/referrals/${id}/decide?decision=accepted`);
    const answers = await Promise.all([send(decide('accepted')), send(decide('accepted'))]);
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, `/referrals/${id}`],
      [303, `/referrals/${id}`],
    ]);
    expect((await standing(id)).kinds).toEqual(['sent', 'person-linked', 'accepted']);
  });

  test('an intelligence referral cannot be accepted, matched or not, whatever is sent', async () => {
    const id = await linked({ kind: 'intelligence' });
    const shown = await as(amal).get(`/referrals/${id}/decide`);
    expect(shown.html).toContain('An intelligence referral asks for no support');
    expect(shown.html).not.toContain('value="accepted"');
    const answer = await as(amal).submit(`/referrals/${id}/decide?decision=accepted`, decide('accepted'));
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('An intelligence referral asks for no support');
    expect((await standing(id)).stage).toBe('received');
    await as(amal).submit(
      `/referrals/${id}/decide?decision=kept-as-intelligence`,
      decide('kept-as-intelligence'),
    );
    expect((await standing(id)).stage).toBe('intelligence-only');
  });

  test('nobody is accepted before they are matched, and a decline needs a reason', async () => {
    const id = await sent();
    const path = `/referrals/${id}/decide`;
    const early = await as(amal).submit(`${path}?decision=accepted`, decide('accepted'));
    expect(early.html).toContain('Match the young person first');
    const bare = await as(amal).submit(`${path}?decision=signposted`, {
      ...decide('signposted'),
      reason: '',
      to: '',
    });
    expect(bare.status).toBe(422);
    expect(bare.html).toContain('Choose why');
    expect(bare.html).toContain('Enter the support you suggest and how to reach it');
    const wordless = await as(amal).submit(`${path}?decision=declined`, decide('declined', ' '));
    expect(wordless.html).toContain('Enter what the referrer will read');
    expect((await standing(id)).kinds).toEqual(['sent']);
  });

  test('words up to the limit are kept whole, and longer ones refused with all that was typed', async () => {
    const id = await sent();
    const path = `/referrals/${id}/decide?decision=declined`;
    const long = await as(amal).submit(path, decide('declined', 'ы'.repeat(2001)));
    expect(long.status).toBe(422);
    expect(long.html).toContain(
      'What the referrer will read must be 2,000 characters or fewer; it is 1 too long',
    );
    expect(long.html).toContain('ы'.repeat(2001));
    await as(amal).submit(path, decide('declined', 'ы'.repeat(2000)));
    expect((await standing(id)).words_to_referrer).toBe('ы'.repeat(2000));
  });

  test('a referrer hears of a decision only once they are verified, and then by a message that says nothing', async () => {
    const rae = await someone(given.owner, 'referrer');
    const id = await sent({ by: rae });
    await as(amal).submit(`/referrals/${id}/decide?decision=declined`, decide('declined'));
    expect(await messagesTo(rae)).toEqual([]);
    const answer = await as(amal).submit(`/referrals/${id}/verify-referrer`, {
      how: 'telephone',
      contact: '020 7946 0001, on the website',
      confirmedBy: 'The head teacher',
    });
    expect(answer).toMatchObject({ status: 303, location: `/referrals/${id}` });
    expect(await messagesTo(rae)).toEqual([{ template: 'referral-news', path: `/refer/sent/${id}` }]);
    expect((await as(amal).get(`/referrals/${id}`)).html.replace(/<[^>]*>/g, '')).toContain(
      `${rae.name}: News of a referral, waiting to be sent since`,
    );
    expect(
      await rows(
        'select how, contact, confirmed_by, agency_name, recorded_by from service.referrer_verification where referrer_id = $1',
        rae.accountId,
      ),
    ).toEqual([
      {
        how: 'telephone',
        contact: '020 7946 0001, on the website',
        confirmed_by: 'The head teacher',
        agency_name: 'A school',
        recorded_by: amal.accountId,
      },
    ]);
    expect((await standing(id)).kinds).toEqual(['sent', 'declined', 'referrer-verified']);
    const next = await sent({ by: rae });
    await as(amal).submit(`/referrals/${next}/decide?decision=declined`, decide('declined'));
    expect(await messagesTo(rae)).toHaveLength(2);
  });

  test('one that the referrer cannot read stays on a list until they are verified, or somebody says that they cannot be', async () => {
    const BARKING = 'E09000002';
    const kim = await someone(given.owner, 'coordinator', { areas: [BARKING] });
    const told = async (by: Someone) => {
      const id = await sent({ area: BARKING, by });
      const answer = await as(kim).submit(`/referrals/${id}/decide?decision=declined`, decide('declined'));
      expect(answer.status).toBe(303);
      return id;
    };
    const [first, second] = [await someone(given.owner, 'referrer'), await someone(given.owner, 'referrer')];
    const [verified, givenUp] = [await told(first), await told(second)];
    const listed = async (...ids: string[]) => {
      const { html } = await as(kim).get('/queue?wait=verify');
      const found = [verified, givenUp].filter((id) => html.includes(`href="/referrals/${id}"`));
      expect(found).toEqual(ids);
      return html;
    };
    expect(await listed(verified, givenUp)).toContain(
      'You: the referrer to be verified, before they can read the decision',
    );
    expect((await as(kim).get('/home')).html).toMatch(
      /href="\/queue\?wait=verify"[^>]*>\s*<strong>2<\/strong> referrers to verify before they can read the decision/,
    );
    await as(kim).submit(`/referrals/${verified}/verify-referrer`, {
      how: 'telephone',
      contact: '020 7946 0001, on the website',
      confirmedBy: 'The head teacher',
    });
    await listed(givenUp);
    expect((await as(kim).get(`/referrals/${givenUp}`)).html).toContain('not-verified');
    const path = `/referrals/${givenUp}/not-verified`;
    expect((await as(kim).submit(path, { why: '' })).html).toContain(
      'Enter whom you asked, when, and what came of it',
    );
    expect((await as(kim).submit(path, { why: 'The school knows nobody of that name' })).status).toBe(303);
    await listed();
    expect((await as(kim).get(`/referrals/${givenUp}`)).html).toContain(
      'The school knows nobody of that name',
    );
    // They are as unverified as before, and whoever learns more can still verify them.
    expect((await as(second).get(`/refer/sent/${givenUp}`)).html).not.toContain('not able to offer support');
    expect((await as(kim).submit(`/referrals/${verified}/not-verified`, { why: 'Too late' })).html).toContain(
      'The referrer has been verified',
    );
  });

  test('nobody is declined or pointed elsewhere who may be on record, until somebody has said that they are not', async () => {
    const names = { givenNames: unheardOf(), familyName: unheardOf() };
    const born = someDay() ?? '';
    const personId = await known({ ...names, born });
    const id = await sent({ ...names, born });
    expect((await as(amal).get(`/referrals/${id}/decide`)).html).not.toContain('value="declined"');
    for (const decision of ['declined', 'signposted']) {
      const path = `/referrals/${id}/decide?decision=${decision}`;
      expect((await as(amal).get(path)).html).toContain('Match the young person first');
      const sentAnyway = await as(amal).submit(path, { ...decide(decision), decision, version: '1' });
      expect(sentAnyway.status).toBe(422);
      expect(sentAnyway.html).toContain('Words for the referrer');
    }
    expect((await standing(id)).stage).toBe('received');
    await as(amal).submit(`/referrals/${id}/match`, { answer: 'set-apart', person: personId });
    const answer = await as(amal).submit(`/referrals/${id}/decide?decision=declined`, decide('declined'));
    expect(answer.status).toBe(303);
    expect((await standing(id)).stage).toBe('declined');
  });

  test('a referrer who was told of a decision reads when it no longer holds, and not why', async () => {
    const rae = await someone(given.owner, 'referrer');
    const id = await sent({ by: rae });
    const declined = `/referrals/${id}/decide?decision=declined`;
    const takeBack = () =>
      as(amal).submit(`/referrals/${id}/reverse-decision`, { why: 'Her aunt rang the duty desk' });
    const read = async () => (await as(rae).get(`/refer/sent/${id}`)).html;
    await as(amal).submit(declined, decide('declined'));
    expect((await takeBack()).status).toBe(303);
    // They had read nothing of it.
    expect(await read()).not.toContain('no longer holds');
    await as(amal).submit(declined, decide('declined'));
    await as(amal).submit(`/referrals/${id}/verify-referrer`, {
      how: 'telephone',
      contact: '020 7946 0001, on the website',
      confirmedBy: 'The head teacher',
    });
    expect(await read()).not.toContain('no longer holds');
    expect((await takeBack()).status).toBe(303);
    const told = await read();
    expect(told).toContain('What we told you before no longer holds');
    expect(told).not.toContain('Her aunt');
    await as(amal).submit(declined, decide('declined'));
    expect(await read()).not.toContain('no longer holds');
  });
});

describe('a first look', () => {
  test('is recorded with whether it can wait, and again when that changes; whatever is done first counts as one', async () => {
    const id = await sent();
    const triage = `/referrals/${id}/triage`;
    const bare = await as(amal).submit(triage, { urgent: '', note: 'Her sister is worried' });
    expect(bare.status).toBe(422);
    expect(bare.html).toContain('Choose whether it can wait its turn');
    expect(bare.html).toContain('Her sister is worried');
    expect((await as(amal).submit(triage, { urgent: 'yes', note: 'Her sister is worried' })).status).toBe(
      303,
    );
    const looked = await queueRow(id);
    expect(looked).toMatchObject({ urgent: true, triaged_at: expect.any(Date) });
    await as(bea).submit(triage, { urgent: 'no', note: '' });
    expect(await queueRow(id)).toEqual({ ...looked, urgent: false });
    const page = (await as(amal).get(`/referrals/${id}`)).html;
    expect(page).toContain('It cannot wait its turn');
    expect(page).toContain('Her sister is worried');
    expect(page).not.toContain('Record a first look');
    expect((await standing(id)).kinds).toEqual(['sent', 'triaged', 'triaged']);
    expect((await queueRow(await linked())).triaged_at).not.toBeNull();
    expect((await queueRow(await sent())).triaged_at).toBeNull();
  });
});

const queueRow = async (id: string) => {
  const [row] = await rows<{ triaged_at: Date | null; urgent: boolean; decision_due_on: string }>(
    'select triaged_at, urgent, decision_due_on from service.referral where id = $1',
    id,
  );
  return row ?? { triaged_at: null, urgent: false, decision_due_on: '' };
};

const decided = async (decision: string, told: Told = {}): Promise<string> => {
  const id = await linked(told);
  const answer = await as(amal).submit(`/referrals/${id}/decide?decision=${decision}`, decide(decision));
  expect(answer.status).toBe(303);
  return id;
};

const episodesOf = (personId: string | null) =>
  rows<{ id: string; referral_id: string; closed_at: Date | null; version: number }>(
    'select id, referral_id, closed_at, version from service.episode where person_id = $1 order by opened_at',
    personId,
  );

const verified = async (): Promise<Someone> => {
  const rae = await someone(given.owner, 'referrer');
  await given.owner.query(
    `insert into service.referrer_verification (referrer_id, agency_name, how) values ($1, 'A school', 'telephone')`,
    [rae.accountId],
  );
  return rae;
};

describe('reasons', () => {
  test('are those of the service’s list; a retired one is offered no more and still reads, and so does one of no list', async () => {
    const id = await decided('declined');
    await given.owner.query(
      `insert into reference.reason (list, code, text, place, retired_on) values ('decision', 'long-ago', 'A reason of long ago', 99, '2020-01-01')`,
    );
    const path = `/referrals/${await sent()}/decide?decision=declined`;
    expect((await as(amal).get(path)).html).not.toContain('A reason of long ago');
    const answer = await as(amal).submit(path, { ...decide('declined'), reason: 'long-ago' });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('Choose why');
    const setReason = (code: string) =>
      given.owner.query(
        `update service.referral_action set details = details || jsonb_build_object('reason', $1::text) where referral_id = $2 and kind = 'declined'`,
        [code, id],
      );
    await setReason('long-ago');
    expect((await as(amal).get(`/referrals/${id}`)).html).toContain('Reason: A reason of long ago');
    await setReason('came-with-an-import');
    expect((await as(amal).get(`/referrals/${id}`)).html).toContain('Reason: came-with-an-import');
    const amend = await as(amal).get(`/referrals/${id}/amend-decision`);
    expect(amend.html).toContain('value="came-with-an-import" checked');
  });
});

describe('amending a decision', () => {
  const amended = (more: Record<string, string> = {}) => ({
    words: 'Kinder words',
    reason: 'at-risk-only',
    to: 'Another club, 020 7946 0001',
    why: 'The first words hurt',
    ...more,
  });

  test('gives other words, another reason and another place to turn, and leaves what was in the timeline', async () => {
    const rae = await verified();
    const id = await decided('signposted', { by: rae });
    const answer = await as(amal).submit(`/referrals/${id}/amend-decision`, amended());
    expect(answer).toMatchObject({ status: 303, location: `/referrals/${id}` });
    const after = await standing(id);
    expect(after.stage).toBe('signposted');
    expect(after.words_to_referrer).toBe('Kinder words\n\nAnother club, 020 7946 0001');
    const { html } = await as(amal).get(`/referrals/${id}`);
    for (const told of [
      'Another reason',
      'At risk, with no known link to county lines',
      'The first words hurt',
    ])
      expect(html).toContain(told);
    // Of the decision, and of the amendment.
    expect(await messagesTo(rae)).toHaveLength(2);
    const read = await as(rae).get(`/refer/sent/${id}`);
    expect(read.html).toContain('Kinder words');
    expect(read.html).not.toContain('The first words hurt');
  });

  test('needs a reason for it and something that changes, and asks for nothing that the decision has not', async () => {
    const id = await decided('accepted');
    const path = `/referrals/${id}/amend-decision`;
    expect((await as(amal).get(path)).html).not.toContain('Why was it decided so?');
    const same = await as(amal).submit(path, { words: 'Words for the referrer', why: 'No reason' });
    expect(same.html).toContain('Change something of the decision, or leave it as it is');
    const unsaid = await as(amal).submit(path, { words: 'Other words', why: ' ' });
    expect(unsaid.html).toContain('Enter why you amend the decision');
    expect((await as(amal).submit(path, amended())).status).toBe(303);
    expect((await standing(id)).words_to_referrer).toBe('Kinder words');
    const undecided = await sent();
    expect((await as(amal).get(`/referrals/${undecided}/amend-decision`)).html).toContain(
      'There is no decision to amend',
    );
    expect((await standing(undecided)).kinds).toEqual(['sent']);
  });

  test('over the head of somebody who has not seen the last amendment is refused, with what they wrote and what stands', async () => {
    const id = await decided('declined');
    const path = `/referrals/${id}/amend-decision`;
    const late = await as(bea).open(path);
    await as(amal).submit(path, amended());
    const answer = await late(amended({ words: 'The words of Bea' }));
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(
      /Something happened since you opened this page.*Decision amended, by Amal Khan/,
    );
    expect(answer.html).toContain('The words of Bea');
    expect(answer.html).toContain('Kinder words');
    expect((await standing(id)).words_to_referrer).toBe('Kinder words');
  });
});

describe('taking a decision back', () => {
  const why = { why: 'The wrong young person' };

  test('lets the referral wait again with its days begun anew, and tells a verified referrer that there is news', async () => {
    const rae = await verified();
    const id = await decided('declined', { by: rae });
    await given.owner.query('update service.referral set decision_due_on = current_date - 30 where id = $1', [
      id,
    ]);
    expect((await as(amal).submit(`/referrals/${id}/reverse-decision`, { why: '' })).html).toContain(
      'Enter why the decision is taken back',
    );
    expect((await as(amal).submit(`/referrals/${id}/reverse-decision`, why)).status).toBe(303);
    const after = await standing(id);
    expect(after).toMatchObject({ stage: 'received', decided_at: null, words_to_referrer: '' });
    expect(after.kinds).toEqual(['sent', 'person-linked', 'declined', 'decision-reversed']);
    expect((await queueRow(id)).decision_due_on > new Date().toISOString().slice(0, 10)).toBe(true);
    expect(await messagesTo(rae)).toHaveLength(2);
    expect((await as(rae).get(`/refer/sent/${id}`)).html).not.toContain('Words for the referrer');
    expect((await as(amal).submit(`/referrals/${id}/reverse-decision`, why)).html).toContain(
      'There is no decision to reverse',
    );
    expect(
      (await as(amal).submit(`/referrals/${id}/decide?decision=accepted`, decide('accepted'))).status,
    ).toBe(303);
  });

  test.each([
    ['declined', 'reverse-decision'],
    ['kept-as-intelligence', 'promote'],
  ])(
    'of a referral that was %s, about somebody who has moved since, gives it to the borough that is responsible now',
    async (decision, act) => {
      const contact = await someone(given.owner, 'spoc', { areas: [CAMDEN] });
      const id = await decided(decision, decision === 'declined' ? {} : { kind: 'intelligence' });
      const { person_id } = await standing(id);
      await given.owner.query('update service.person set area = $2 where id = $1', [person_id, CAMDEN]);
      expect((await as(camden).get(`/referrals/${id}`)).status).toBe(404);
      const done = await as(amal).submit(`/referrals/${id}/${act}`, why);
      expect([done.status, done.location]).toEqual([303, '/queue']);
      expect((await as(amal).get(`/referrals/${id}`)).status).toBe(404);
      expect((await as(camden).get(`/referrals/${id}/decide?decision=accepted`)).status).toBe(200);
      expect((await messagesTo(camden)).map(({ path }) => path)).toContain(`/referrals/${id}`);
      expect((await messagesTo(contact)).map(({ path }) => path)).toContain(`/borough/referrals/${id}`);
    },
  );

  test('of an acceptance ends the episode that it began, which goes on if the same referral is accepted again', async () => {
    const id = await decided('accepted');
    const { person_id, episode_id } = await standing(id);
    await as(amal).submit(`/referrals/${id}/reverse-decision`, why);
    expect(await standing(id)).toMatchObject({ stage: 'received', episode_id: null });
    expect(await episodesOf(person_id)).toMatchObject([{ id: episode_id, closed_at: expect.any(Date) }]);
    await as(amal).submit(`/referrals/${id}/decide?decision=accepted`, decide('accepted'));
    expect(await standing(id)).toMatchObject({ stage: 'accepted', episode_id });
    // Begun, ended, gone on with: nothing of it is lost.
    expect(await episodesOf(person_id)).toMatchObject([{ id: episode_id, closed_at: null, version: 3 }]);
  });

  test('leaves an episode alone that another referral joined, whichever began it and wherever it is', async () => {
    const first = await decided('accepted');
    const { person_id, episode_id } = await standing(first);
    const repeat = await sent({ area: CAMDEN });
    await given.owner.query(
      `update service.referral set person_id = $1, stage = 'accepted', episode_id = $2 where id = $3`,
      [person_id, episode_id, repeat],
    );
    await as(amal).submit(`/referrals/${first}/reverse-decision`, why);
    expect(await standing(first)).toMatchObject({ stage: 'received', episode_id: null });
    expect(await episodesOf(person_id)).toMatchObject([{ closed_at: null }]);
  });

  test('is refused while a provider has them, and once somebody has worked with them', async () => {
    const id = await decided('accepted');
    const { person_id, episode_id } = await standing(id);
    await given.owner.query(
      `insert into service.allocation (referral_id, person_id, episode_id, area, organisation_id, team_id, started_at, ended_at, taken_up_at, taken_up_by)
       values ($1, $2, $3, $4, $5, $6, now() - interval '9 days', now() - interval '2 days', now() - interval '8 days', $7)`,
      [id, person_id, episode_id, LAMBETH, team.organisationId, team.teamId, manager.accountId],
    );
    const answer = await as(amal).submit(`/referrals/${id}/reverse-decision`, why);
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('Support that has begun is closed, not taken back');
    expect(answer.html).toContain('The wrong young person');
    expect(await standing(id)).toMatchObject({ stage: 'accepted', episode_id });
    const tried = inCommand(given.service.database, amal.token, async (tx) => {
      return await tx
        .updateTable('service.episode')
        .set({ closed_at: new Date() })
        .where('id', '=', episode_id)
        .executeTakeFirst();
    });
    await expect(tried).rejects.toThrow(/row-level security/);
  });
});

describe('making a referral for support of intelligence', () => {
  test('keeps every answer, lists what was never asked, and waits for a decision with its days begun anew', async () => {
    const rae = await verified();
    const id = await linked({ kind: 'intelligence', by: rae });
    await as(amal).submit(
      `/referrals/${id}/decide?decision=kept-as-intelligence`,
      decide('kept-as-intelligence'),
    );
    const path = `/referrals/${id}/promote`;
    expect((await as(amal).submit(path, { why: '' })).html).toContain('Enter why support is needed');
    expect((await as(amal).submit(path, { why: 'She asked for a worker' })).status).toBe(303);
    const after = await standing(id);
    expect(after).toMatchObject({ kind: 'intervention', stage: 'received', decided_at: null });
    expect(after.kinds).toEqual(['sent', 'person-linked', 'kept-as-intelligence', 'promoted']);
    const { html } = await as(amal).get(`/referrals/${id}`);
    expect(html).toContain(`canary of ${id}`);
    expect(html).toContain('Not asked yet');
    expect(html).toContain('What are the safe ways to contact them?');
    expect(html).toContain(`href="/referrals/${id}/ask?kind=information"`);
    expect(html).not.toContain('Make it a referral for support');
    // Kept as intelligence, and then "Received" again.
    expect(await messagesTo(rae)).toHaveLength(2);
    await as(amal).submit(`/referrals/${id}/decide?decision=accepted`, decide('accepted'));
    expect(await standing(id)).toMatchObject({ stage: 'accepted', kind: 'intervention' });
  });

  test('is nothing to do to a referral that asks for support', async () => {
    const id = await linked();
    expect((await as(amal).get(`/referrals/${id}`)).html).not.toContain('Make it a referral for support');
    const answer = await as(amal).get(`/referrals/${id}/promote`);
    expect(answer.html).toContain('This referral asks for support already');
  });
});

describe('what went before', () => {
  test('is told on the referral’s page and, where somebody has support, before the next is accepted', async () => {
    const first = await decided('accepted');
    const { person_id, episode_id } = await standing(first);
    await given.owner.query(
      `insert into service.allocation (referral_id, person_id, episode_id, area, organisation_id, team_id)
       values ($1, $2, $3, $4, $5, $6)`,
      [first, person_id, episode_id, LAMBETH, team.organisationId, team.teamId],
    );
    const again = await sent();
    await as(amal).submit(`/referrals/${again}/match`, { answer: 'link', person: person_id ?? '' });
    const deciding = await as(amal).get(`/referrals/${again}/decide`);
    const text = deciding.html.replace(/<[^>]*>/g, '');
    expect(text).toMatch(
      /They have support now from Harbour, since \d+ \w+ \d{4}\. Accepting joins this referral to it/,
    );
    await as(amal).submit(`/referrals/${again}/decide?decision=accepted`, decide('accepted'));
    // Nobody is to be found for them a second time, and who works with them knows of it.
    expect(await standing(again)).toMatchObject({ episode_id, stage: 'allocated' });
    expect(await messagesTo(manager)).toContainEqual({
      template: 'new-allocation',
      path: `/people/${person_id}`,
    });
    const page = (await as(amal).get(`/referrals/${again}`)).html.replace(/<[^>]*>/g, '');
    expect(page).toMatch(/Support since \d+ \w+ \d{4}, Harbour/);
    expect(page).toMatch(/HW-\S+: Support, received .* from A school\. Accepted/);
    // The team has room again.
    await given.owner.query('update service.allocation set ended_at = now() where referral_id = $1', [first]);
  });
});

describe('support that two referrals share', () => {
  /** A referral in support, and a second one about the same young person that joined it. */
  async function joined(): Promise<{ first: string; again: string; person: string; allocation: string }> {
    const first = await decided('accepted');
    const { person_id, episode_id } = await standing(first);
    const made = await given.owner.query<{ id: string }>(
      `insert into service.allocation (referral_id, person_id, episode_id, area, organisation_id, team_id)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [first, person_id, episode_id, LAMBETH, team.organisationId, team.teamId],
    );
    await given.owner.query(`update service.referral set stage = 'allocated' where id = $1`, [first]);
    const again = await sent();
    await as(amal).submit(`/referrals/${again}/match`, { answer: 'link', person: person_id ?? '' });
    await as(amal).submit(`/referrals/${again}/decide?decision=accepted`, decide('accepted'));
    return { first, again, person: person_id ?? '', allocation: made.rows[0]?.id ?? '' };
  }

  test('waits again with both when the provider hands back', async () => {
    const { first, again, allocation } = await joined();
    expect(await standing(again)).toMatchObject({ stage: 'allocated' });
    const done = await as(manager).submit(`/allocations/${allocation}/hand-back`, {
      reason: 'no-capacity',
      why: '',
    });
    expect(done.status).toBe(303);
    expect(await standing(first)).toMatchObject({ stage: 'accepted' });
    expect(await standing(again)).toMatchObject({ stage: 'accepted' });
    expect((await standing(again)).kinds.at(-1)).toBe('handed-back');
    expect((await as(amal).get(`/referrals/${again}/allocate`)).status).toBe(200);
  });

  test('is joined wherever it lies, and begun once by two who accept at once', async () => {
    const { person, allocation } = await joined();
    await given.owner.query(`update service.episode set area = $2 where person_id = $1`, [person, CAMDEN]);
    await given.owner.query(`update service.allocation set area = $2 where id = $1`, [allocation, CAMDEN]);
    const third = await sent();
    await given.owner.query(`update service.referral set person_id = $2 where id = $1`, [third, person]);
    await given.owner.query(
      `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details)
       values ($1, 2, $2, $3, 'person-linked', jsonb_build_object('personId', $4::text))`,
      [third, LAMBETH, person, person],
    );
    const accepted = await as(amal).submit(
      `/referrals/${third}/decide?decision=accepted`,
      decide('accepted'),
    );
    expect(accepted.status).toBe(303);
    expect(await standing(third)).toMatchObject({ stage: 'allocated' });
    await given.owner.query('update service.allocation set ended_at = now() where id = $1', [allocation]);

    const one = await linked();
    const { person_id } = await standing(one);
    const other = await sent();
    await as(amal).submit(`/referrals/${other}/match`, { answer: 'link', person: person_id ?? '' });
    const both = await Promise.all(
      [one, other].map((id) =>
        as(amal).submit(`/referrals/${id}/decide?decision=accepted`, decide('accepted')),
      ),
    );
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await episodesOf(person_id)).toHaveLength(1);
  });

  test('is not arranged for somebody who has died: every page says so, and declining is open', async () => {
    const id = await linked();
    const { person_id } = await standing(id);
    await given.owner.query(`update service.person set died_on = '2026-03-01' where id = $1`, [person_id]);
    expect((await as(amal).get(`/referrals/${id}`)).html).toContain('died on 1 March 2026');
    const refused = await as(amal).submit(`/referrals/${id}/decide?decision=accepted`, decide('accepted'));
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('no support is arranged');
    expect(await standing(id)).toMatchObject({ stage: 'received' });
    expect(
      (await as(amal).submit(`/referrals/${id}/decide?decision=declined`, decide('declined'))).status,
    ).toBe(303);
  });
});

describe('allocating', () => {
  const accepted = async (): Promise<string> => {
    const id = await linked();
    const answer = await as(amal).submit(`/referrals/${id}/decide?decision=accepted`, decide('accepted'));
    expect(answer.status).toBe(303);
    return id;
  };
  const path = (id: string) => `/referrals/${id}/allocate?team=${team.teamId}`;
  const choice = (who: string, why = 'They know the young person’s school') => ({
    worker: who,
    why,
    jump: 'place-suits',
  });

  test('from a page of before a provider handed them back says why they did, and gives nobody to them again', async () => {
    const id = await accepted();
    const stale = await as(amal).open(path(id));
    expect((await as(bea).submit(path(id), choice('team'))).status).toBe(303);
    const [allocation] = await rows<{ id: string }>(
      'select id from service.allocation where referral_id = $1',
      id,
    );
    const back = { reason: 'conflict-of-interest', why: 'His uncle works in this team' };
    const answer = await as(manager).submit(`/allocations/${allocation?.id}/hand-back`, back);
    expect(answer.status).toBe(303);
    const again = await stale(choice('team'));
    expect(again.status).toBe(422);
    expect(again.html).toContain('Something happened since you opened this page');
    expect((await standing(id)).stage).toBe('accepted');
  });

  test('before those who have waited longer needs a reason, which is kept with how many there were', async () => {
    const [longer, id] = [await accepted(), await accepted()];
    const send = await as(amal).open(path(id));
    const refused = await send({ worker: 'team', why: '' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Choose why they are supported before those who have waited longer');
    // Who they are can be read before it is justified.
    const [, list = ''] = /href="(\/waiting-list\?before=[^"]+)"/.exec(refused.html) ?? [];
    const passed = (await as(amal).get(list.replaceAll('&amp;', '&'))).html;
    expect(passed).toContain(`/people/${(await standing(longer)).person_id}/waiting`);
    expect(passed).not.toContain(`/people/${(await standing(id)).person_id}/waiting`);
    expect((await as(amal).get('/waiting-list')).html).toContain(
      `/people/${(await standing(id)).person_id}/waiting`,
    );
    expect((await standing(id)).stage).toBe('accepted');
    expect((await send({ worker: 'team', why: '', jump: 'no-such-reason' })).status).toBe(422);
    expect((await send({ worker: 'team', why: '', jump: 'risk-increased' })).status).toBe(303);
    const [kept] = await rows<{ went_before: number }>(
      'select went_before, jump_reason, suggested_place from service.allocation where referral_id = $1',
      id,
    );
    expect(kept).toMatchObject({ jump_reason: 'risk-increased', suggested_place: 1 });
    expect(kept?.went_before).toBeGreaterThan(0);
    await as(amal).submit(path(longer), choice('team'));
  });

  test('to another team than the one suggested first needs the coordinator’s reason, and no team is ruled out', async () => {
    const men = await provider(given.owner, 'Young men’s provider');
    await given.owner.query(
      `insert into identity.team_profile (team_id, works_with) values ($1, 'young-men')`,
      [men.teamId],
    );
    const id = await accepted();
    const page = await as(amal).get(`/referrals/${id}/allocate`);
    expect(page.html.indexOf('Harbour, First team')).toBeLessThan(page.html.indexOf('Young men’s provider'));
    expect(page.html).toMatch(/\d+ of 30 points free/);
    expect(page.html).toContain('Works with young men only');
    const send = await as(amal).open(`/referrals/${id}/allocate?team=${men.teamId}`);
    const refused = await send({ worker: 'team', why: '', jump: 'other' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Enter why you chose this team, which is not the one suggested first');
    expect((await send({ worker: 'team', why: 'Asked for by name', jump: 'other' })).status).toBe(303);
    await given.owner.query('delete from identity.team_profile');
  });

  test('leaves whoever referred them on the list of those to verify, who cannot read that they were accepted', async () => {
    const id = await accepted();
    const listed = async () =>
      (await as(amal).get('/queue?wait=verify')).html.includes(`href="/referrals/${id}"`);
    expect(await listed()).toBe(false);
    await as(amal).submit(path(id), choice('team'));
    expect((await standing(id)).stage).toBe('allocated');
    expect(await listed()).toBe(true);
    await as(amal).submit(`/referrals/${id}/not-verified`, { why: 'Nobody answers' });
    expect(await listed()).toBe(false);
  });

  test('two coordinators allocate at once: one allocation, and the other is told who', async () => {
    const id = await accepted();
    const [one, other] = [await as(amal).open(path(id)), await as(bea).open(path(id))];
    const answers = await Promise.all([
      one(choice(worker.accountId, 'Reasons of Amal')),
      other(choice('team', 'Reasons of Bea')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const [winner, loser] = answers[0].status === 303 ? ['Amal', 'Bea'] : ['Bea', 'Amal'];
    const told = answers.find(({ status }) => status === 422)?.html ?? '';
    expect(told).toMatch(new RegExp(`already been allocated to a provider, by ${winner} \\w+ on `));
    expect(told).toContain(`Reasons of ${loser}`);
    expect(
      await rows(
        'select worker_id, area, organisation_id, team_id from service.allocation where referral_id = $1',
        id,
      ),
    ).toEqual([
      {
        worker_id: winner === 'Amal' ? worker.accountId : null,
        area: LAMBETH,
        organisation_id: team.organisationId,
        team_id: team.teamId,
      },
    ]);
    expect((await standing(id)).stage).toBe('allocated');
  });

  test('the provider’s manager and the worker are told that somebody waits, and now see the referral’s rows', async () => {
    const id = await accepted();
    const sees = async (who: Someone) => {
      const seen = await given.service.database.asPerson(who.token, async (tx) => ({
        referral: await tx.selectFrom('service.referral').select('id').where('id', '=', id).execute(),
        actions: await tx
          .selectFrom('service.referral_action')
          .select('kind')
          .where('referral_id', '=', id)
          .orderBy('sequence')
          .execute(),
      }));
      return {
        referrals: seen?.result.referral.length,
        actions: seen?.result.actions.map(({ kind }) => kind),
      };
    };
    expect(await sees(worker)).toEqual({ referrals: 0, actions: [] });
    const before = [(await messagesTo(worker)).length, (await messagesTo(manager)).length];
    expect((await as(amal).submit(path(id), choice(worker.accountId))).status).toBe(303);
    for (const [at, who] of [worker, manager].entries()) {
      expect((await messagesTo(who)).slice(before[at])).toEqual([
        { template: 'new-allocation', path: '/caseload' },
      ]);
      // Actions taken before there was a person are theirs to read too.
      expect(await sees(who)).toEqual({
        referrals: 1,
        actions: ['sent', 'person-linked', 'accepted', 'allocated'],
      });
    }
  });

  test('a worker of another team, somebody who left and a team that is none are refused', async () => {
    const id = await accepted();
    const far = await provider(given.owner, 'Far');
    const outsider = await someone(given.owner, 'caseworker', far);
    const left = await someone(given.owner, 'caseworker', team);
    await given.owner.query('update identity.account set disabled_at = now() where id = $1', [
      left.accountId,
    ]);
    const shown = await as(amal).get(path(id));
    expect(shown.html).toContain(worker.accountId);
    expect(shown.html).not.toContain(outsider.accountId);
    expect(shown.html).not.toContain(left.accountId);
    const send = async (fields: Record<string, string>) => (await as(amal).submit(path(id), fields)).status;
    expect(await send(choice(outsider.accountId))).toBe(404);
    expect(await send(choice(left.accountId))).toBe(404);
    expect(await send(choice(amal.accountId))).toBe(404);
    expect(await send({ ...choice('team'), team: randomUUID() })).toBe(404);
    expect(await send({ ...choice('team'), team: 'team' })).toBe(422);
    expect((await standing(id)).stage).toBe('accepted');
  });

  test('the database itself refuses a worker of another team and another area', async () => {
    const id = await accepted();
    const { person_id, episode_id } = await standing(id);
    const far = await provider(given.owner, 'Farther');
    const outsider = await someone(given.owner, 'caseworker', far);
    const allocation = {
      referral_id: id,
      person_id: person_id ?? '',
      episode_id,
      area: LAMBETH,
      organisation_id: team.organisationId,
      team_id: team.teamId,
      worker_id: worker.accountId,
    };
    const insert = (wrong: Partial<typeof allocation>) =>
      inCommand(given.service.database, amal.token, (tx) =>
        tx
          .insertInto('service.allocation')
          .values({ ...allocation, ...wrong })
          .execute(),
      );
    for (const wrong of [
      { worker_id: outsider.accountId },
      { team_id: far.teamId },
      { organisation_id: far.organisationId },
      { area: CAMDEN },
      { person_id: await known({ givenNames: 'Nobody', familyName: 'Near' }) },
    ]) {
      await expect(insert(wrong)).rejects.toThrow('row-level security');
    }
    await insert({});
    await expect(insert({})).rejects.toThrow('allocation_open_in_episode');
  });
});

describe('matching', () => {
  const match = (id: string) => `/referrals/${id}/match`;

  test('links a record that was chosen, stamped with the action that did it', async () => {
    const personId = await known({ givenNames: 'Siobhán', familyName: 'Quill', born: '2010-03-04' });
    const id = await sent({ givenNames: 'Siobhan', familyName: 'Quill', born: '2010-04-03' });
    const page = await as(amal).get(match(id));
    expect(page.html).toContain('The same name');
    expect(page.html).toContain(
      'Day and month of birth changed round: 3 April 2010 in the referral, 4 March 2010 on record',
    );
    expect((await as(amal).submit(match(id), { answer: 'link', person: personId })).location).toBe(
      `/referrals/${id}`,
    );
    expect(await standing(id)).toMatchObject({ person_id: personId, kinds: ['sent', 'person-linked'] });
    expect(
      await rows(
        'select e.action, e.person_id from service.referral r join audit.entry e on e.id = r.action_id where r.id = $1',
        id,
      ),
    ).toEqual([{ action: 'link-person', person_id: personId }]);
    expect(
      await rows('select action from audit.entry where person_id = $1 order by at limit 1', personId),
    ).toEqual([{ action: 'view-likely-match' }]);
  });

  test('says of somebody in another patch their name, year, borough and whom to ask, and links them never', async () => {
    const elsewhere = await known({
      givenNames: 'Tamsin',
      familyName: 'Wrexley',
      born: '2009-11-21',
      area: CAMDEN,
      postcode: 'NW1 1AB',
    });
    const [record] = await rows<{ reference: string }>(
      'select reference from service.person where id = $1',
      elsewhere,
    );
    const id = await sent({
      givenNames: 'Tamsin',
      familyName: 'Wrexley',
      born: '2009-11-21',
      postcode: 'NW1 1AB',
    });
    const { html } = await as(amal).get(match(id));
    const card = html.slice(
      html.indexOf(`match-${elsewhere}`),
      html.indexOf('A record you found by searching'),
    );
    expect(card).toContain('Tamsin Wrexley');
    expect(card).toContain('Born in 2009');
    expect(card).toContain('Camden');
    expect(card).toContain('Cyn Ode');
    expect(card).toContain('Born in the same year');
    expect(card).not.toContain('21 November');
    expect(card).not.toContain('NW1');
    expect(card).not.toContain('The same date of birth');
    expect(html).not.toContain(record?.reference);
    expect(card).not.toContain('value="link"');

    expect((await as(amal).submit(match(id), { answer: 'link', person: elsewhere })).status).toBe(404);
    const byReference = await as(amal).submit(match(id), {
      answer: 'link-by-reference',
      reference: record?.reference ?? '',
    });
    expect(byReference.status).toBe(422);
    expect(byReference.html).toContain('There is no record with this reference that you can open');
    expect((await standing(id)).kinds).toEqual(['sent']);

    expect((await as(amal).submit(match(id), { answer: 'set-apart', person: elsewhere })).status).toBe(303);
    expect((await as(amal).get(match(id))).html).toContain('Somebody else</strong>');
    expect((await standing(id)).kinds).toEqual(['sent', 'person-set-apart']);
    expect(
      await rows(
        `select actor_id from audit.entry where action = 'set-person-apart' and person_id = $1`,
        elsewhere,
      ),
    ).toEqual([{ actor_id: amal.accountId }]);
  });

  test('links a record that searching found, however its reference is typed', async () => {
    const personId = await known({ givenNames: 'Found', familyName: 'By Searching' });
    const [record] = await rows<{ reference: string }>(
      'select reference from service.person where id = $1',
      personId,
    );
    const id = await sent();
    const link = (reference: string) =>
      as(amal).submit(match(id), { answer: 'link-by-reference', reference });
    expect((await link(' ')).html).toContain('Enter the reference of the record');
    expect((await link('HW-2222-2222')).html).toContain(
      'There is no record with this reference that you can open',
    );
    expect((await link(record?.reference.toLowerCase().replaceAll('-', ' ') ?? '')).status).toBe(303);
    expect((await standing(id)).person_id).toBe(personId);
  });

  test('the database itself refuses a link to a person out of reach, by either of its rows', async () => {
    const elsewhere = await known({ givenNames: 'Out', familyName: 'Of Reach', area: CAMDEN });
    const near = await known({ givenNames: 'In', familyName: 'Reach' });
    const id = await sent();
    const asAmal = (work: Parameters<typeof inCommand>[2]) =>
      inCommand(given.service.database, amal.token, work);
    const act = (person_id: string) =>
      asAmal((tx) =>
        tx
          .insertInto('service.referral_action')
          .values({
            referral_id: id,
            sequence: 2,
            area: LAMBETH,
            kind: 'person-linked',
            person_id,
            by_account: amal.accountId,
          })
          .execute(),
      );
    const point = (person_id: string) =>
      asAmal((tx) => tx.updateTable('service.referral').set({ person_id }).where('id', '=', id).execute());
    await expect(act(elsewhere)).rejects.toThrow('row-level security');
    await expect(point(elsewhere)).rejects.toThrow('row-level security');
    // Nor without an action that says so.
    await expect(point(near)).rejects.toThrow('row-level security');
    await act(near);
    await point(near);
    expect((await rows('select person_id from service.referral where id = $1', id))[0]).toEqual({
      person_id: near,
    });
  });

  test('only a likely match can be set apart', async () => {
    const stranger = await known({ givenNames: 'Quite', familyName: 'Unlike' });
    const id = await sent();
    expect((await as(amal).submit(match(id), { answer: 'set-apart', person: stranger })).status).toBe(404);
    expect((await as(amal).submit(match(id), { answer: 'set-apart', person: randomUUID() })).status).toBe(
      404,
    );
    expect((await as(amal).submit(match(id), { answer: 'set-apart', person: "' or 1=1" })).status).toBe(404);
  });

  test('makes a record from the referral when nobody shown is the young person, and says so of each', async () => {
    const like = await known({ givenNames: 'Orla', familyName: 'Vantongeren', born: '2001-01-01' });
    const id = await sent({
      givenNames: 'Orla',
      familyName: 'Vantongeren',
      postcode: 'SW9 8EF',
      born: '2010-04-03',
    });
    const unsure = await as(amal).submit(match(id), { answer: 'make' });
    expect(unsure.status).toBe(422);
    expect(unsure.html).toContain('Say that none of the people above is this young person');
    expect((await as(amal).submit(match(id), { answer: 'make', noneOfThem: 'yes' })).status).toBe(303);
    const after = await standing(id);
    expect(after.kinds).toEqual(['sent', 'person-set-apart', 'person-linked']);
    expect(
      await rows(
        'select given_names, family_name, date_of_birth::text, gender, postcode, area from service.person where id = $1',
        after.person_id,
      ),
    ).toEqual([
      {
        given_names: 'Orla',
        family_name: 'Vantongeren',
        date_of_birth: '2010-04-03',
        gender: 'female',
        postcode: 'SW9 8EF',
        area: LAMBETH,
      },
    ]);
    expect(after.person_id).not.toBe(like);
  });

  test('two referrals of one young person, a new record wanted for each at once: one record', async () => {
    const told = { givenNames: 'Ffion', familyName: 'Oyelaran-Pugh', born: '2010-04-03' };
    const [first, second] = [await sent(told), await sent(told)];
    const [one, other] = [await as(amal).open(match(first)), await as(bea).open(match(second))];
    const answers = await Promise.all([one({ answer: 'make' }), other({ answer: 'make' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const refused = answers.find(({ status }) => status === 422)?.html ?? '';
    expect(refused).toContain(
      'A record that may be the same young person was made or changed since you opened this page',
    );
    expect(refused).toContain('The same date of birth');
    expect(await rows(`select id from service.person where family_name = 'Oyelaran-Pugh'`)).toHaveLength(1);
  });

  test('a match is not changed over the head of somebody who has not seen it, nor after the decision', async () => {
    const [one, other] = [
      await known({ givenNames: 'Ines', familyName: 'Brackwater' }),
      await known({ givenNames: 'Inez', familyName: 'Brackwater' }),
    ];
    const id = await sent({ givenNames: 'Ines', familyName: 'Brackwater' });
    const late = await as(bea).open(match(id));
    await as(amal).submit(match(id), { answer: 'link', person: one });
    const answer = await late({ answer: 'link', person: other });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('Matched with a young person’s record, by Amal Khan on ');
    expect((await standing(id)).person_id).toBe(one);
    expect((await as(bea).submit(match(id), { answer: 'link', person: other })).status).toBe(303);
    expect((await standing(id)).person_id).toBe(other);
    await as(amal).submit(`/referrals/${id}/decide?decision=accepted`, decide('accepted'));
    expect((await as(amal).get(match(id))).html).toContain('The match cannot be changed now');
    const after = await late({ answer: 'make', noneOfThem: 'yes', seen: `${one} ${other}` });
    expect(after.status).toBe(422);
    expect(await rows(`select id from service.person where family_name = 'Brackwater'`)).toHaveLength(2);
  });
});

describe('who may', () => {
  test('another patch’s coordinator gets the same 404 everywhere, with nothing of the referral in it', async () => {
    const id = await linked({ givenNames: 'Canaria' });
    const nowhere = await as(camden).get(`/referrals/${randomUUID()}`);
    for (const place of [
      '',
      '/verify-referrer',
      '/match',
      '/decide',
      '/decide?decision=declined',
      '/allocate',
    ]) {
      const answer = await as(camden).get(`/referrals/${id}${place}`);
      expect(answer.status).toBe(404);
      expect(answer.html).not.toContain('Canaria');
      expect(answer.html).not.toContain('canary of');
    }
    expect(nowhere.status).toBe(404);
    expect((await as(camden).get('/queue')).html).not.toContain('Canaria');
    expect((await as(amal).get('/queue')).html).toContain('Canaria');
    expect((await as(amal).get(`/referrals/${id}`)).html).toContain(`canary of ${id}`);
  });

  test('forms sent to another patch’s referral change nothing', async () => {
    const id = await linked({ givenNames: 'Canaria' });
    const own = await sent({ area: CAMDEN, givenNames: 'Own' });
    const before = await standing(id);
    const hidden = await as(camden).open(`/referrals/${own}/verify-referrer`);
    // The tokens of a form that is theirs, posted where it is not.
    const page = await as(camden).get(`/referrals/${own}/verify-referrer`);
    const csrf = /name="_csrf" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
    const post = (place: string, fields: Record<string, string>) =>
      fetch(`${given.url}/referrals/${id}${place}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: camden.cookie },
        body: new URLSearchParams({ _csrf: csrf, _submission: randomUUID(), version: '2', ...fields }),
      });
    for (const reply of [
      await post('/verify-referrer', { how: 'telephone', contact: 'x', confirmedBy: 'x' }),
      await post('/match', { answer: 'make', noneOfThem: 'yes' }),
      await post('/match', {
        answer: 'link',
        person: await known({ givenNames: 'C', familyName: 'D', area: CAMDEN }),
      }),
      await post('/decide', decide('declined')),
      await post('/allocate', { team: team.teamId, worker: 'team', why: 'x' }),
    ]) {
      expect(reply.status).toBe(404);
      expect(await reply.text()).not.toContain('Canaria');
    }
    expect(await standing(id)).toEqual(before);
    expect((await hidden({ how: 'telephone', contact: 'x', confirmedBy: 'x' })).status).toBe(303);
  });

  test('an operations manager reads everything and does none of it', async () => {
    const id = await linked();
    const page = await as(operations).get(`/referrals/${id}`);
    expect(page.html).toContain(`canary of ${id}`);
    expect(page.html).not.toContain('/decide');
    for (const place of ['/verify-referrer', '/match', '/decide', '/allocate'])
      expect((await as(operations).get(`/referrals/${id}${place}`)).status).toBe(403);
    const changed = await inCommand(given.service.database, operations.token, (tx) =>
      tx.updateTable('service.referral').set({ stage: 'declined' }).where('id', '=', id).executeTakeFirst(),
    );
    expect(changed?.result.numUpdatedRows).toBe(0n);
  });

  test('every look at a referral is written down', async () => {
    const id = await sent();
    await as(operations).get(`/referrals/${id}`);
    await as(amal).get(`/referrals/${id}/decide`);
    expect(
      await rows(`select action, actor_id from audit.entry where subject_id = $1 order by at`, id),
    ).toEqual([
      { action: 'view-referral', actor_id: operations.accountId },
      { action: 'view-referral', actor_id: amal.accountId },
    ]);
  });
});

test('SQL in every field is text, or refused, and does nothing', async () => {
  const SQL = `'); drop table service.referral; select set_config('role', 'homeward_owner', true); --`;
  const id = await linked();
  const forms: [string, Record<string, string>][] = [
    [`/referrals/${id}/verify-referrer`, { how: SQL, contact: SQL, confirmedBy: SQL }],
    [`/referrals/${id}/verify-referrer`, { how: 'email', contact: SQL, confirmedBy: SQL }],
    [
      `/referrals/${id}/match`,
      { answer: SQL, person: SQL, reference: SQL, seen: SQL, noneOfThem: SQL, version: SQL },
    ],
    [`/referrals/${id}/match`, { answer: 'link-by-reference', reference: SQL.slice(0, 40) }],
    [`/referrals/${id}/match`, { answer: 'link', person: SQL, version: SQL }],
    [`/referrals/${id}/match`, { answer: 'make', seen: SQL, noneOfThem: 'yes', version: SQL }],
    [
      `/referrals/${id}/decide?decision=declined`,
      { decision: SQL, words: SQL, reason: SQL, to: SQL, version: SQL },
    ],
    [`/referrals/${id}/decide?decision=signposted`, { ...decide('signposted', SQL), to: SQL }],
    [`/referrals/${id}/allocate`, { team: SQL, worker: SQL, why: SQL }],
  ];
  for (const [path, fields] of forms) {
    const answer = await as(amal).submit(path, fields);
    expect(answer.status).toBeLessThan(500);
  }
  for (const query of ['stage', 'kind', 'where', 'after'])
    expect((await as(amal).get(`/queue?${new URLSearchParams({ [query]: SQL })}`)).status).toBe(200);
  expect((await as(amal).get(`/referrals/${encodeURIComponent(SQL)}`)).status).toBe(404);
  expect(await standing(id)).toMatchObject({ stage: 'signposted', words_to_referrer: `${SQL}\n\n${SQL}` });
});
