import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { allocated, CROYDON, LAMBETH, noteAbout, youngPerson } from '../../test/support/young-person.ts';

let given: TestService;
let coordinator: Someone;

beforeAll(async () => {
  given = await testService();
  coordinator = await someone(given.owner, 'coordinator', { areas: [LAMBETH] });
});
afterAll(() => given.stop());

async function search(who: Someone, words: string) {
  const visitor = new HttpVisitor(given, who.cookie);
  return await visitor.fill('/search', { words });
}

/** The names on the page of results, in its order. */
function namesFound(html: string): string[] {
  return [...html.matchAll(/href="\/people\/[0-9a-f-]{36}"[^>]*><bdi>([^<]*)<\/bdi>/g)].map(([, name]) =>
    (name ?? '').replaceAll('&#39;', "'"),
  );
}

describe('a name is found', () => {
  const people = [
    { givenNames: 'Muhammad', familyName: 'Al-Hassan', knownAs: 'Mo' },
    { givenNames: 'Siobhán', familyName: "O'Brien" },
    { givenNames: 'Zoë', familyName: 'Wiśniewska' },
    { givenNames: 'John Michael Peter', familyName: 'Smith' },
    { givenNames: 'Christopher', familyName: 'Adeyemi' },
    { givenNames: 'Aisha', familyName: 'McDonald' },
    { givenNames: '', familyName: 'Kofi' },
    { givenNames: 'Billy', familyName: 'Ferreira' },
    { givenNames: 'مريم', familyName: 'الحسيني' },
    { givenNames: 'Ольга', familyName: 'Иванова' },
  ];
  beforeAll(async () => {
    for (const person of people) await youngPerson(given.owner, person);
  });

  test.each([
    // spelling and sound
    ['Mohamed', 'Muhammad Al-Hassan'],
    ['mohammed alhassan', 'Muhammad Al-Hassan'],
    ['Muhammed al hasan', 'Muhammad Al-Hassan'],
    ['Ayesha Macdonald', 'Aisha McDonald'],
    ['Jon Smyth', 'John Michael Peter Smith'],
    // apostrophes, accents and capitals
    ['obrien', "Siobhán O'Brien"],
    ['O’BRIEN', "Siobhán O'Brien"],
    ["o'brien siobhan", "Siobhán O'Brien"],
    ['o brien', "Siobhán O'Brien"],
    ['zoe', 'Zoë Wiśniewska'],
    ['Zoey Wisniewska', 'Zoë Wiśniewska'],
    // order, and names in between
    ['Smith John', 'John Michael Peter Smith'],
    ['smith peter', 'John Michael Peter Smith'],
    // letters that are missing, too many, changed or exchanged
    ['Chistopher', 'Christopher Adeyemi'],
    ['Christoopher Adeyemi', 'Christopher Adeyemi'],
    ['Christopher Adayemi', 'Christopher Adeyemi'],
    ['Chrsitopher', 'Christopher Adeyemi'],
    // the beginning of a name, words written apart or together
    ['Chris', 'Christopher Adeyemi'],
    ['mc donald', 'Aisha McDonald'],
    ['al hassan', 'Muhammad Al-Hassan'],
    // one name, a name they are known by, other scripts
    ['Koffi', 'Kofi'],
    ['Mo', 'Muhammad Al-Hassan'],
    ['مريم', 'مريم الحسيني'],
    ['Иванова ольга', 'Ольга Иванова'],
    // names that are used for one another, whichever of them is on record
    ['Momo Al Hassan', 'Muhammad Al-Hassan'],
    ['Kit Adeyemi', 'Christopher Adeyemi'],
    ['Johnny Smith', 'John Michael Peter Smith'],
    ['Smith Jack', 'John Michael Peter Smith'],
    ['William Ferreira', 'Billy Ferreira'],
    ['Liam ferreira', 'Billy Ferreira'],
  ])('typed as %s', async (typed, name) => {
    const reply = await search(coordinator, typed);
    expect(reply.status).toBe(200);
    expect(namesFound(reply.html)[0]).toBe(name);
  });

  test.each([
    'Xander',
    'Smith Adeyemi',
    'Kofi Kofi Nobody',
    "'",
    '%',
    '\\',
    '_',
    'a:*|!b',
    "') or true --",
    '()&!',
  ])('and not where it is another: %s', async (typed) => {
    const reply = await search(coordinator, typed);
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('Nobody found');
  });

  test('exactly as it is written before all that are only like it', async () => {
    for (let each = 0; each < 30; each += 1)
      await youngPerson(given.owner, { givenNames: 'Tomasz', familyName: 'Novack' });
    await youngPerson(given.owner, { givenNames: 'Tomas', familyName: 'Novak' });
    const reply = await search(coordinator, 'Novak Tomas');
    expect(namesFound(reply.html)[0]).toBe('Tomas Novak');
    expect(namesFound(reply.html)).toHaveLength(25);
    expect(reply.text).toContain('The 25 closest');
  });
});

test('a search is recorded with its words apart, and its words are in no address', async () => {
  const reply = await search(coordinator, 'Wren Featherstone');
  expect(reply.path).toBe('/search');
  expect(reply.location).toBeNull();
  const { rows } = await given.owner.query(
    `select e.actor_id, e.action, convert_from(e.body, 'UTF8') as body, d.text
     from audit.entry e join audit.detail d on d.entry_id = e.id order by e.at desc limit 1`,
  );
  expect(rows[0]).toMatchObject({
    actor_id: coordinator.accountId,
    action: 'search',
    text: 'Wren Featherstone',
  });
  expect(rows[0].body).not.toContain('Featherstone');
});

test('nothing typed is nothing searched', async () => {
  const reply = await search(coordinator, '  ');
  expect(reply.status).toBe(422);
  expect(reply.text).toContain('Enter a name, a date of birth, a reference, a postcode or a phone number');
});

describe('the beginning of a postcode finds those who live there', () => {
  beforeAll(async () => {
    const { owner } = given;
    await youngPerson(owner, { familyName: 'District', postcode: 'NW6 1AB' });
    await youngPerson(owner, { familyName: 'Sector', postcode: 'NW6 3AD' });
    await youngPerson(owner, { familyName: 'Further', postcode: 'NW61 3AD' });
    await youngPerson(owner, { familyName: 'Elsewhere', postcode: 'NW6 3AD', area: CROYDON });
  });

  test.each([
    ['NW6', ['District', 'Sector']],
    ['nw6 3', ['Sector']],
    ['nw63ad', ['Sector']],
    // A district, or a sector of another.
    ['NW61', ['District', 'Further']],
    ['NW6 9', []],
  ])('%s', async (typed, names) => {
    const reply = await search(coordinator, typed);
    expect(namesFound(reply.html)).toEqual(names);
    expect(reply.text).not.toContain('Elsewhere');
  });
});

describe('a name and the beginning of a postcode find those who have both', () => {
  beforeAll(async () => {
    const { owner } = given;
    await youngPerson(owner, { givenNames: 'Ottoline', familyName: 'Near', postcode: 'SE5 7AB' });
    await youngPerson(owner, { givenNames: 'Ottoline', familyName: 'Further', postcode: 'SE15 4QF' });
  });

  test.each([
    ['Ottoline SE5', ['Ottoline Near']],
    ['se5 otoline', ['Ottoline Near']],
    ['se15 4qf ottoline', ['Ottoline Further']],
    ['Ottoline SE15 4', ['Ottoline Further']],
    ['Ottoline N1', []],
  ])('%s', async (typed, names) => {
    expect(namesFound((await search(coordinator, typed)).html)).toEqual(names);
  });
});

describe('a phone number finds whom a referral gave it for', () => {
  const theirNumber = (answer: string) =>
    JSON.stringify([
      { page: 'contact', key: 'theirPhone', question: 'Their phone number', answer, value: '' },
    ]);
  let ours: { id: string };
  let waitingReference: string;

  beforeAll(async () => {
    const { owner } = given;
    const worked = await provider(owner);
    ours = await youngPerson(owner, { familyName: 'Ringer' });
    const theirs = await youngPerson(owner, { familyName: 'Faraway', area: CROYDON });
    const here = await allocated(owner, ours.id, worked);
    const there = await allocated(owner, theirs.id, { ...worked, area: CROYDON });
    const waiting = await allocated(owner, ours.id, worked);
    waitingReference = waiting.referralReference;
    await owner.query('update service.referral set answers = $2 where id = any ($1)', [
      [here.referralId, there.referralId],
      theirNumber('+44 (0)7700 900456'),
    ]);
    await owner.query('delete from service.allocation where referral_id = $1', [waiting.referralId]);
    await owner.query(
      `update service.referral set answers = $2, person_id = null, stage = 'received', given_names = 'Zebulon',
         family_name = 'Marlowequist', name_key = 'zebulon marlowequist', date_of_birth = '2010-02-11',
         date_of_birth_precision = 'exact', postcode = 'SE99 9ZZ' where id = $1`,
      [waiting.referralId, theirNumber('07700 900789')],
    );
  });

  test.each(['07700 900456', '+447700900456', '(07700) 900-456'])('%s', async (typed) => {
    const reply = await search(coordinator, typed);
    expect(namesFound(reply.html)).toEqual(['Ringer']);
    expect(reply.text).toContain('1 young person');
  });

  test.each(['07700 900789', 'Zebulun marlowequist', 'Marlowequist SE99', '11/02/2010', 'SE99 9Z'])(
    'and a referral that has no record yet, by %s as well',
    async (typed) => {
      const contact = await someone(given.owner, 'spoc', { areas: [LAMBETH] });
      for (const [who, address] of [
        [coordinator, /href="\/referrals\/[^"]*">/],
        [contact, /href="\/borough\/referrals\/[^"]*">/],
      ] as const) {
        const reply = await search(who, typed);
        expect(reply.text).toContain('Referrals that are not matched to a young person yet');
        expect(reply.text).toContain(waitingReference);
        expect(reply.html).toMatch(address);
      }
      const elsewhere = await someone(given.owner, 'coordinator', { areas: [CROYDON] });
      const worker = await someone(given.owner, 'caseworker', await provider(given.owner));
      for (const who of [elsewhere, worker]) {
        expect((await search(who, typed)).text).toContain('Nobody found');
        expect((await search(who, waitingReference)).text).toContain('Nobody found');
      }
    },
  );

  test('and nobody by a number that nobody gave', async () => {
    expect((await search(coordinator, '07700 900000')).text).toContain('Nobody found');
  });
});

describe('a date of birth finds those who were born on it', () => {
  beforeAll(async () => {
    await youngPerson(given.owner, { givenNames: 'Bornthen', dateOfBirth: '2009-04-10' });
    await youngPerson(given.owner, { givenNames: 'Bornelsewhere', dateOfBirth: '2009-04-10', area: CROYDON });
    await youngPerson(given.owner, { givenNames: 'Bornlater', dateOfBirth: '2009-10-04' });
  });

  test.each(['10/04/2009', '10.4.2009', '10 April 2009', '10th apr 2009', '2009-04-10'])(
    'typed as %s, within what the searcher may see',
    async (typed) => {
      expect(namesFound((await search(coordinator, typed)).html)).toEqual(['Bornthen Okafor']);
    },
  );

  test.each(['30/02/2009', '10/13/2009', '10 Smarch 2009'])(
    'and nobody by %s, which is no day',
    async (typed) => {
      expect((await search(coordinator, typed)).text).toContain('Nobody found');
    },
  );
});

describe('whoever searches finds those they may see and is told nothing of others', () => {
  let mine: { organisationId: string; teamId: string };
  let searchers: Record<'caseworker' | 'manager' | 'spoc' | 'operations', Someone>;
  let canary: { id: string; reference: string };
  let ours: { id: string; reference: string };
  let referralReference: string;

  beforeAll(async () => {
    const { owner } = given;
    mine = await provider(owner);
    const theirs = await provider(owner);
    searchers = {
      caseworker: await someone(owner, 'caseworker', mine),
      manager: await someone(owner, 'provider-manager', { organisationId: mine.organisationId }),
      spoc: await someone(owner, 'spoc', { areas: [LAMBETH] }),
      operations: await someone(owner, 'operations-manager'),
    };
    canary = await youngPerson(owner, {
      givenNames: 'Canary',
      familyName: 'Quillfeather',
      area: CROYDON,
      postcode: 'BR8 9ZZ',
    });
    const sent = await allocated(owner, canary.id, { ...theirs, area: CROYDON });
    ({ referralReference } = sent);
    await owner.query('update service.referral set answers = $2 where id = $1', [
      sent.referralId,
      JSON.stringify([
        { page: 'contact', key: 'theirPhone', question: '?', answer: '07700 900111', value: '' },
      ]),
    ]);
    ours = await youngPerson(owner, { givenNames: 'Oriel', familyName: 'Quillfether' });
    await allocated(owner, ours.id, mine);
    await noteAbout(owner, ours.id, searchers.caseworker, mine.organisationId, { fact: 'Seen.' });
  });

  test.each(['caseworker', 'manager', 'spoc'] as const)('%s', async (who) => {
    for (const typed of [
      'Canary',
      'Canary Quillfeather',
      'Kanary Quilfeather',
      canary.reference,
      referralReference,
      'BR8 9',
      '07700 900111',
    ]) {
      const reply = await search(searchers[who], typed);
      expect(reply.text, typed).toContain('Nobody found');
      expect(reply.html).not.toContain(canary.id);
    }
    const alike = await search(searchers[who], 'Quillfeather');
    expect(namesFound(alike.html)).toEqual(['Oriel Quillfether']);
    expect(alike.text).toContain('1 young person');
  });

  test('the operations manager finds everybody', async () => {
    expect(namesFound((await search(searchers.operations, 'Quillfeather')).html)).toEqual([
      'Canary Quillfeather',
      'Oriel Quillfether',
    ]);
  });

  test('a reference finds its record, that of a referral too, however it is typed', async () => {
    for (const typed of [
      canary.reference,
      canary.reference.toLowerCase().replaceAll('-', ' '),
      referralReference,
      'br8 9zz',
      'BR8',
      '07700 900 111',
    ]) {
      expect(namesFound((await search(searchers.operations, typed)).html), typed).toEqual([
        'Canary Quillfeather',
      ]);
    }
  });

  test('a caseworker finds nobody of the years before the last 28 days', async () => {
    const { owner } = given;
    const [lately, before] = [
      await youngPerson(owner, { familyName: 'Lastleaf' }),
      await youngPerson(owner, { familyName: 'Lastleaf', givenNames: 'Older' }),
    ];
    await allocated(owner, lately.id, { ...mine, endedDaysAgo: 27 });
    await allocated(owner, before.id, { ...mine, endedDaysAgo: 29 });
    expect(namesFound((await search(searchers.caseworker, 'Lastleaf')).html)).toEqual(['Lastleaf']);
    expect(namesFound((await search(searchers.manager, 'Lastleaf')).html).toSorted()).toEqual([
      'Lastleaf',
      'Older Lastleaf',
    ]);
  });

  test.each(['Nobody Anywhere', 'BR8 9', '07700 900111', 'HW-2345-6789'])(
    'a search takes a beat, whatever there was to pass over: %s',
    async (typed) => {
      const began = performance.now();
      await search(searchers.caseworker, typed);
      // The page is fetched and the form sent; the search itself waits for its beat.
      expect(performance.now() - began).toBeGreaterThan(50);
    },
  );
});
