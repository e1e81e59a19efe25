import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, youngPerson } from '../../test/support/young-person.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { addDays, type PlainDate, partsOf } from '../platform/clock/plain-date.ts';
import { needDomainCodes } from './needs.ts';
import { overduePlans } from './overdue-plans.ts';

let given: TestService;
let ours: Awaited<ReturnType<typeof provider>>;
let theirs: Awaited<ReturnType<typeof provider>>;
let amira: Someone;
let ben: Someone;
let other: Someone;
let manager: Someone;
let operations: Someone;
let person: { id: string; reference: string };

beforeAll(async () => {
  given = await testService();
  const { owner } = given;
  ours = await provider(owner, 'Harbour Trust');
  theirs = await provider(owner, 'Beacon');
  amira = await someone(owner, 'caseworker', { ...ours, name: 'Amira Khan' });
  ben = await someone(owner, 'caseworker', { ...ours, name: 'Ben Osei' });
  other = await someone(owner, 'caseworker', { ...theirs, name: 'Olu Other' });
  manager = await someone(owner, 'provider-manager', { organisationId: ours.organisationId });
  operations = await someone(owner, 'operations-manager');
});
afterAll(() => given.stop());

/** A young person whom both providers work with. */
async function workedWithByBoth() {
  const { owner } = given;
  const made = await youngPerson(owner, {
    givenNames: 'Kayode Samuel',
    familyName: 'Adebayo',
    knownAs: 'Kay',
    dateOfBirth: '2009-01-01',
  });
  await allocated(owner, made.id, { ...ours, workerId: amira.accountId });
  await allocated(owner, made.id, { ...theirs, workerId: other.accountId });
  return made;
}
beforeAll(async () => {
  person = await workedWithByBoth();
});

const as = (who: Someone) => new HttpVisitor(given, who.cookie);
const at = (part: string, id = person.id) => `/people/${id}/${part}`;
const today = () => londonDate(new Date());
const typedDate = (name: string, on: PlainDate) => {
  const [year, month, day] = partsOf(on);
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) };
};
const rowOf = async (table: string, personId = person.id) =>
  (
    await given.owner.query(`select * from service.${table} where person_id = $1 order by recorded_at desc`, [
      personId,
    ])
  ).rows;

describe('a safety plan', () => {
  const plan = { home: 'I lock the door.', codes: '“Pineapple” means come and get me' };
  const edit = () => at('safety-plan/edit');

  test('is made in the young person’s words, for review in twelve weeks, and read by those who work with them', async () => {
    const reply = await as(amira).fill(edit(), plan);
    expect(reply).toMatchObject({ status: 303, location: at('safety-plan') });
    const [row] = await rowOf('safety_plan');
    expect(row).toMatchObject({
      ...plan,
      organisation_id: ours.organisationId,
      occasion: 'made',
      reviewed_on: today(),
      review_due_on: addDays(today(), 84),
      recorded_by: amira.accountId,
    });
    for (const who of [ben, other, manager, operations])
      expect((await as(who).get(at('safety-plan'))).text).toContain('At home I lock the door.');
    const { rows } = await given.owner.query(
      `select action, person_id from audit.entry where subject_kind = 'safety-plan'`,
    );
    expect(rows).toEqual([{ action: 'write-safety-plan', person_id: person.id }]);
  });

  test('is each provider’s own: another makes one beside it, and changes none but that', async () => {
    expect((await as(other).get(edit())).text).toContain('Make a safety plan');
    await as(other).fill(edit(), { home: 'Theirs' });
    expect((await rowOf('safety_plan')).map(({ home }) => home).sort()).toEqual([
      'I lock the door.',
      'Theirs',
    ]);
    const page = await as(amira).get(at('safety-plan'));
    expect(page.text).toMatch(/The plan with Harbour Trust .*The plan with Beacon/);
    expect((await as(operations).get(edit())).status).toBe(403);
  });

  test('asks what is being done with it, and takes no review too late or before tomorrow', async () => {
    const none = await as(amira).fill(edit(), plan);
    expect(none.text).toContain('Choose what you are doing with the plan');
    const late = await as(amira).fill(edit(), {
      ...plan,
      occasion: 'review',
      ...typedDate('nextReviewOn', addDays(today(), 85)),
    });
    expect(late.status).toBe(422);
    expect(late.text).toContain('The next review must be on or before');
    const ahead = await as(amira).fill(edit(), {
      ...plan,
      occasion: 'review',
      ...typedDate('rehearsedOn', addDays(today(), 1)),
    });
    expect(ahead.text).toContain('The day you practised it must be today or in the past');
  });

  test('that two change at once shows the second what the first did, and keeps both', async () => {
    const [hers, his] = [as(amira), as(ben)];
    const [one, two] = [await hers.get(edit()), await his.get(edit())];
    const change = { occasion: 'between-reviews', codes: plan.codes };
    await hers.send(one, { ...change, home: 'I lock both doors.', travel: 'By bus' });
    const clash = await his.send(two, { ...change, home: 'I lock it twice.', online: 'No location' });
    expect(clash.status).toBe(409);
    expect(clash.text).toContain('This safety plan was changed while you had it open');
    expect(clash.text).toContain('At home: which is right?');
    expect(clash.text).toContain('I lock both doors.');
    const chosen = await his.send(clash, { 'keep-home': 'mine' });
    expect(chosen.location).toBe(at('safety-plan'));
    const found = (await rowOf('safety_plan')).find(
      ({ organisation_id }) => organisation_id === ours.organisationId,
    );
    expect(found).toMatchObject({
      home: 'I lock it twice.',
      travel: 'By bus',
      online: 'No location',
      version: 3,
    });
    const page = await as(amira).get(at('safety-plan'));
    expect(page.text).toMatch(/Before Amira Khan changed it on .* At home I lock the door\./);
  });

  test('that two make at once is one plan: the second is shown the first', async () => {
    const { id } = await workedWithByBoth();
    const [hers, his] = [as(amira), as(ben)];
    const [one, two] = [
      await hers.get(at('safety-plan/edit', id)),
      await his.get(at('safety-plan/edit', id)),
    ];
    const [first, second] = await Promise.all([
      hers.send(one, { home: 'Hers' }),
      his.send(two, { home: 'His' }),
    ]);
    expect([first.status, second.status].sort()).toEqual([303, 409]);
    expect(await rowOf('safety_plan', id)).toHaveLength(1);
    const [later, visitor] = first.status === 409 ? [first, hers] : [second, his];
    await visitor.send(later, { 'keep-home': 'mine' });
    expect((await rowOf('safety_plan', id))[0]).toMatchObject({
      home: first.status === 409 ? 'Hers' : 'His',
      version: 2,
    });
  });

  test('is not made, nor a trigger profile, of nothing: the one fault says so, and nothing is saved', async () => {
    const { id } = await workedWithByBoth();
    for (const [part, table, fault] of [
      ['safety-plan', 'safety_plan', 'Write at least one part of the plan'],
      ['trigger-profile', 'trigger_profile', 'Write at least one part of the profile'],
    ] as const) {
      const empty = await as(amira).fill(at(`${part}/edit`, id), { madeWith: 'Kay and I', home: '  ' });
      expect(empty.status).toBe(422);
      expect(empty.html.match(/<li><a href="#/g)).toHaveLength(1);
      expect(empty.text).toContain(fault);
      expect(await rowOf(table, id)).toEqual([]);
    }
  });

  test('is overdue for whoever works with them once its day has passed, until it is reviewed', async () => {
    const { id } = await workedWithByBoth();
    await as(amira).fill(at('safety-plan/edit', id), plan);
    const due = async (who: Someone) => {
      const found = await given.service.database.asPerson(who.token, (tx) =>
        overduePlans(tx, {
          today: today(),
          of: { workerIds: [amira.accountId] },
          review: { value: 12, unit: 'weeks' },
          most: 50,
        }),
      );
      return found?.result.filter(({ personId }) => personId === id).map(({ kind }) => kind);
    };
    expect(await due(amira)).toEqual([]);
    await given.owner.query(
      `update service.safety_plan set reviewed_on = $2::date - 85, review_due_on = $2::date - 1 where person_id = $1`,
      [id, today()],
    );
    expect(await due(amira)).toEqual(['safety-plan']);
    // Whom she works with is nothing to a provider that does not.
    const stranger = await someone(given.owner, 'caseworker', await provider(given.owner));
    expect(await due(stranger)).toEqual([]);
    expect((await as(amira).get(at('plans', id))).text).toMatch(/Safety plan .* Overdue/);
    expect((await as(amira).get(`/people/${id}`)).text).toMatch(/Safety plan .* Overdue/);
    await as(amira).fill(at('safety-plan/edit', id), { ...plan, occasion: 'review' });
    expect(await due(amira)).toEqual([]);
    await given.owner.query(
      `update service.safety_plan set reviewed_on = $2::date - 85, review_due_on = $2::date - 1 where person_id = $1`,
      [id, today()],
    );
    await given.owner.query('update service.allocation set ended_at = now() where person_id = $1', [id]);
    expect(await due(amira)).toEqual([]);
  });
});

describe('paper for the young person', () => {
  /** What nobody who finds it may read on it. */
  const telling = () => [
    'Homeward',
    'Harbour',
    'Beacon',
    'OFFICIAL',
    'Adebayo',
    'Samuel',
    'Amira',
    person.reference,
    person.id,
  ];

  test('has their plan and the name they go by, and nothing that tells who helps them', async () => {
    const page = await as(amira).get(at('safety-plan/print'));
    expect(page.html).toContain('<title>My plan</title>');
    expect(page.text).toContain('Kay');
    expect(page.text).toContain('“Pineapple” means come and get me');
    expect(page.text).not.toContain('Theirs');
    expect(page.text).toContain('Papers can be found.');
    // The way back is on the screen alone, as all that is not printed.
    const paper = page.html.replace(/<div class="not-printed">[\s\S]*?<\/div>/, '');
    expect(paper.length).toBeLessThan(page.html.length);
    for (const word of telling()) expect(paper.toLowerCase(), word).not.toContain(word.toLowerCase());
    expect(page.html).not.toMatch(/hw-header|hw-marking|hw-footer|homeward\.css|favicon\.svg/);
    const { rows } = await given.owner.query(
      `select actor_id from audit.entry where action = 'print-safety-plan' and person_id = $1`,
      [person.id],
    );
    expect(rows).toEqual([{ actor_id: amira.accountId }]);
  });

  test('warns on the screen where what was written names a service', async () => {
    const { id } = await workedWithByBoth();
    await as(amira).fill(at('safety-plan/edit', id), { people: 'Amira at harbour trust' });
    const warned = await as(amira).get(at('safety-plan/print', id));
    expect(warned.text).toContain('What is written names a service.');
    expect((await as(amira).get(at('safety-plan/print'))).text).not.toContain('names a service');
  });

  test('has the goals they work at, and not those that are over', async () => {
    const { id } = await workedWithByBoth();
    await as(amira).fill(at('goals/new', id), { words: 'I want to cook', status: 'going' });
    await as(amira).fill(at('goals/new', id), { words: 'I wanted a bike', status: 'done' });
    await as(other).fill(at('goals/new', id), { words: 'Another’s', status: 'going' });
    const goals = await rowOf('goal', id);
    const cook = goals.find(({ words }) => words === 'I want to cook');
    await as(amira).fill(at(`goals/${cook.id}/steps/new`, id), {
      what: 'Ring the college',
      owner: 'worker',
      status: 'not-started',
      ...typedDate('dueOn', addDays(today(), 7)),
    });
    const tooFarOff = await as(amira).fill(at('goals/new', id), {
      words: 'I want to fly',
      status: 'going',
      ...typedDate('reviewOn', addDays(today(), 400)),
    });
    expect(tooFarOff.status).toBe(422);
    expect(tooFarOff.text).toMatch(/The day we look at it again must be .* or earlier/);
    const page = await as(amira).get(at('goals/print', id));
    expect(page.html).toContain('<title>My goals</title>');
    expect(page.text).toContain('I want to cook');
    expect(page.text).toContain('Ring the college');
    expect(page.text).not.toContain('bike');
    expect(page.text).not.toContain('Another’s');
    const paper = page.html.replace(/<div class="not-printed">[\s\S]*?<\/div>/, '');
    for (const word of telling()) expect(paper.toLowerCase(), word).not.toContain(word.toLowerCase());
    expect(paper).not.toMatch(/worker|support/i);
  });
});

describe('paper about needs, and for those who look for somebody', () => {
  const levels = (level: string) =>
    Object.fromEntries(needDomainCodes.map((domain) => [`level-${domain}`, level]));
  const withoutScreen = (html: string) => html.replace(/<div class="not-printed">[\s\S]*?<\/div>/, '');

  test('has their newest needs in their words, and nothing that tells who helps them', async () => {
    const { id } = await workedWithByBoth();
    const needs = { ...levels('none'), stage: 'start', ...typedDate('assessedOn', addDays(today(), -9)) };
    await as(amira).fill(at('needs/new', id), { ...needs, 'words-money': 'An older debt' });
    await as(amira).fill(at('needs/new', id), {
      ...needs,
      ...typedDate('assessedOn', today()),
      'level-housing': 'high',
      'words-housing': 'A door that locks',
    });
    await as(other).fill(at('needs/new', id), { ...needs, 'words-family': 'Another’s' });
    expect((await as(amira).get(at('needs', id))).html).toContain(`href="${at('needs/print', id)}"`);
    const page = await as(amira).get(at('needs/print', id));
    expect(page.html).toContain('<title>My needs</title>');
    expect(page.text).toMatch(/Housing\s+High need\s+A door that locks/);
    for (const absent of ['An older debt', 'Another’s', 'Recorded by'])
      expect(page.text).not.toContain(absent);
    for (const word of ['Homeward', 'Harbour', 'Beacon', 'OFFICIAL', 'Amira', id])
      expect(withoutScreen(page.html).toLowerCase(), word).not.toContain(word.toLowerCase());
    expect((await as(operations).get(at('needs/print', id))).status).toBe(403);
  });

  test('has what helps to find them, with who they are and how fresh it is, and names no service', async () => {
    const { id } = await workedWithByBoth();
    await as(amira).fill(at('trigger-profile/edit', id), {
      description: 'A scar on the left hand',
      associates: 'Somebody called Fizz',
    });
    await as(other).fill(at('trigger-profile/edit', id), { vehicles: 'Another’s' });
    expect((await as(amira).get(at('trigger-profile', id))).html).toContain(
      `href="${at('trigger-profile/print', id)}"`,
    );
    const page = await as(amira).get(at('trigger-profile/print', id));
    expect(page.html).toContain('<title>If they are missing</title>');
    for (const said of ['Adebayo', 'Born', 'A scar on the left hand', 'Somebody called Fizz', 'Last checked'])
      expect(page.text).toContain(said);
    expect(page.text).not.toContain('Another’s');
    expect(page.text).toContain('never to the young person');
    for (const word of ['Homeward', 'Harbour', 'Beacon', 'Amira', id])
      expect(withoutScreen(page.html).toLowerCase(), word).not.toContain(word.toLowerCase());
    const { rows } = await given.owner.query(
      `select actor_id from audit.entry where action = 'print-trigger-profile' and person_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ actor_id: amira.accountId }]);
  });

  test('has nothing where nothing is written', async () => {
    const { id } = await workedWithByBoth();
    for (const part of ['needs', 'trigger-profile'])
      expect((await as(amira).get(at(`${part}/print`, id))).text).toContain('Nothing is written yet.');
  });
});

describe('a trigger profile', () => {
  test('is written, checked by a second and never saved over', async () => {
    const edit = at('trigger-profile/edit');
    await as(amira).fill(edit, { phones: '07700 900123', tellPolice: 'He is exploited' });
    const [hers, his] = [as(amira), as(ben)];
    const [one, two] = [await hers.get(edit), await his.get(edit)];
    await hers.send(one, { phones: '07700 900456', tellPolice: 'He is exploited' });
    const clash = await his.send(two, { phones: '07700 900789', tellPolice: 'He is exploited' });
    expect(clash.status).toBe(409);
    expect(clash.text).toContain('Their phones and accounts: which is right?');
    await his.send(clash, { 'keep-phones': 'theirs' });
    expect((await rowOf('trigger_profile'))[0]).toMatchObject({ phones: '07700 900456', version: 2 });
    const page = await as(operations).get(at('trigger-profile'));
    expect(page.text).toContain('07700 900456');
    expect(page.text).toContain('Before Amira Khan changed it on');
  });
});

describe('needs', () => {
  const all = (level: string) =>
    Object.fromEntries(needDomainCodes.map((domain) => [`level-${domain}`, level]));

  test('are recorded for every domain or not at all, and what changed since the start is shown', async () => {
    const path = at('needs/new');
    const { 'level-housing': _, ...without } = all('some');
    const refused = await as(amira).fill(path, {
      ...without,
      stage: 'start',
      ...typedDate('assessedOn', today()),
    });
    expect(refused.text).toContain('Choose how much need there is: Housing');
    expect(await rowOf('needs_assessment')).toEqual([]);

    const start = { ...all('high'), stage: 'start', ...typedDate('assessedOn', addDays(today(), -90)) };
    await as(amira).fill(path, { ...start, 'words-housing': 'On a sofa', 'view-housing': 'young-person' });
    expect((await as(amira).get(path)).text).toContain('Last time: high need');
    const later = { ...all('high'), 'level-housing': 'none', 'level-online': 'not-known' };
    await as(amira).fill(path, { ...later, stage: 'close', ...typedDate('assessedOn', today()) });

    const rows = await rowOf('needs_assessment');
    expect(rows.map(({ stage, review_due_on }) => [stage, review_due_on]).sort()).toEqual([
      ['close', null],
      ['start', addDays(today(), -6)],
    ]);
    expect(await rowOf('assessed_need')).toHaveLength(2 * needDomainCodes.length);
    const page = await as(ben).get(at('needs'));
    expect(page.text).toContain('Housing High need No need Less need');
    expect(page.text).toContain('Online High need Not known Cannot tell');
    expect(page.text).toContain('On a sofa');
  });

  test('of tomorrow are refused', async () => {
    const reply = await as(amira).fill(at('needs/new'), {
      ...all('some'),
      stage: 'review',
      ...typedDate('assessedOn', addDays(today(), 1)),
    });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('The day you spoke about it must be today or in the past');
  });
});

describe('a goal', () => {
  let goalId: string;
  let stepId: string;
  const step = () => ({
    what: 'Visit the college',
    owner: 'other',
    ownerName: 'Aunt Bisi',
    status: 'going',
    ...typedDate('dueOn', addDays(today(), 7)),
  });

  test('is in the young person’s words, with steps that say whose they are and by when', async () => {
    await as(amira).fill(at('goals/new'), {
      words: 'I want my own front door',
      why: 'To sleep',
      status: 'going',
    });
    goalId = (await rowOf('goal'))[0].id;
    const path = at(`goals/${goalId}/steps/new`);
    expect((await as(amira).fill(path, { ...step(), ownerName: '' })).text).toContain(
      'Enter the name of who does it',
    );
    await as(amira).fill(path, step());
    stepId = (await rowOf('goal_step'))[0].id;
    const page = await as(operations).get(at('goals'));
    expect(page.text).toMatch(
      /I want my own front door Going\. .* To sleep Steps Visit the college Aunt Bisi , by /,
    );
  });

  test('that stopped says why', async () => {
    const edit = at(`goals/${goalId}/edit`);
    const reply = await as(amira).fill(edit, { words: 'I want my own front door', status: 'stopped' });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('Enter why it stopped');
  });

  test('and a step that two change at once are both shown to the second', async () => {
    const [hers, his] = [as(amira), as(ben)];
    const edit = at(`goals/${goalId}/edit`);
    const [one, two] = [await hers.get(edit), await his.get(edit)];
    const goal = { words: 'I want my own front door', why: 'To sleep', status: 'going' };
    await hers.send(one, { ...goal, words: 'I want a flat' });
    const clash = await his.send(two, { ...goal, words: 'I want a room' });
    expect(clash.status).toBe(409);
    await his.send(clash, { 'keep-words': 'theirs', 'keep-reviewDueOn': 'theirs' });
    expect((await rowOf('goal'))[0]).toMatchObject({ words: 'I want a flat', version: 2 });

    const editStep = at(`goals/${goalId}/steps/${stepId}`);
    const [three, four] = [await hers.get(editStep), await his.get(editStep)];
    await hers.send(three, { ...step(), owner: 'young-person', ownerName: '' });
    const second = await his.send(four, { ...step(), ownerName: 'Aunt Bisi and Uncle Ade' });
    expect(second.status).toBe(409);
    // Whose it is from one, the name from the other: it would say neither, and is asked again.
    const mixed = await his.send(second, { 'keep-ownerName': 'mine' });
    expect(mixed.status).toBe(409);
    await his.send(mixed, { 'keep-ownerName': 'theirs' });
    expect((await rowOf('goal_step'))[0]).toMatchObject({
      owner: 'young-person',
      owner_name: '',
      version: 2,
    });
  });

  test('that is another’s, or another young person’s, is not found under any address', async () => {
    const { id: elsewhere } = await workedWithByBoth();
    for (const [who, path] of [
      [other, at(`goals/${goalId}/edit`)],
      [other, at(`goals/${goalId}/steps/new`)],
      [other, at(`goals/${goalId}/steps/${stepId}`)],
      [amira, at(`goals/${goalId}/edit`, elsewhere)],
      [amira, at(`goals/${goalId}/steps/new`, elsewhere)],
      [amira, at(`goals/${goalId}/steps/${stepId}`, elsewhere)],
      [amira, at(`goals/${stepId}/steps/${stepId}`)],
    ] as const) {
      const visitor = as(who);
      expect((await visitor.get(path)).status, path).toBe(404);
      const form = await visitor.get(at('goals/new', elsewhere));
      const sent = await visitor.send(form, { ...step(), words: 'Forged', version: '1' }, path);
      expect(sent.status, path).toBe(404);
    }
    expect((await rowOf('goal_step', elsewhere)).length + (await rowOf('goal', elsewhere)).length).toBe(0);
    expect((await rowOf('goal'))[0].words).toBe('I want a flat');
  });
});
