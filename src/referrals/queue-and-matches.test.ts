import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FormClient } from '../../test/support/form-client.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { keyOfNames } from '../people/index.ts';
import { fixedClock } from '../platform/clock/clock.ts';
import { likelyMatches } from './match-queries.ts';
import { findReferral } from './referral-queries.ts';

const LAMBETH = 'E09000022';
const LEWISHAM = 'E09000023';
const CAMDEN = 'E09000007';

let given: TestService;
let south: Someone;
let onCover: Someone;
let camden: Someone;
let referrer: Someone;

beforeAll(async () => {
  given = await testService({ clock: fixedClock('2026-11-20T12:00:00Z') });
  const { owner } = given;
  south = await someone(owner, 'coordinator', { areas: [LAMBETH, LEWISHAM] });
  onCover = await someone(owner, 'coordinator', { areas: [LAMBETH, LEWISHAM, CAMDEN] });
  camden = await someone(owner, 'coordinator', { areas: [CAMDEN] });
  referrer = await someone(owner, 'referrer');
});
afterAll(async () => await given.stop());

interface Told {
  names: string;
  born?: string | null;
  postcode?: string;
  area?: string;
  dueOn?: string;
  stage?: string;
  kind?: string;
  receivedAt?: string;
  triaged?: boolean;
  safeNow?: string;
  by?: Someone;
}

const namesOf = (names: string) => {
  const [givenNames = '', familyName = '', knownAs = ''] = names.split('/');
  return { givenNames, familyName, knownAs };
};

async function sent(told: Told): Promise<string> {
  const names = namesOf(told.names);
  const { born = null, area = LAMBETH } = told;
  const id = randomUUID();
  await given.owner.query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, received_at, area, given_names,
       family_name, known_as, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, answers, triaged_at, safe_now)
     values ($1, $2, $3, $4, 'education', 'A school', $5, $6, $7, $8, $9, $10, $11, $12, $13, 'female', 'NOBT', $14, '[]', $15, $16)`,
    [
      id,
      told.kind ?? 'intervention',
      told.stage ?? 'received',
      (told.by ?? referrer).accountId,
      told.dueOn ?? '2026-11-25',
      told.receivedAt ?? '2026-11-18T09:00:00Z',
      area,
      names.givenNames,
      names.familyName,
      names.knownAs,
      keyOfNames(names),
      born,
      born === null ? 'not-known' : 'exact',
      told.postcode ?? '',
      told.triaged ? '2026-11-18T10:00:00Z' : null,
      told.safeNow ?? null,
    ],
  );
  return id;
}

async function known(
  names: string,
  born: string | null = null,
  postcode = '',
  area = LAMBETH,
): Promise<string> {
  const person = namesOf(names);
  const id = randomUUID();
  await given.owner.query(
    `insert into service.person (id, given_names, family_name, known_as, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, area)
     values ($1, $2, $3, $4, $5, $6, $7, 'female', 'NOBT', $8, $9)`,
    [
      id,
      person.givenNames,
      person.familyName,
      person.knownAs,
      keyOfNames(person),
      born,
      born === null ? 'not-known' : 'exact',
      postcode,
      area,
    ],
  );
  return id;
}

async function matchesFor(told: Told, who = south) {
  const id = await sent(told);
  const found = await given.service.database.asPerson(who.token, async (tx) => {
    const referral = await findReferral(tx, id);
    return referral ? await likelyMatches(tx, referral) : null;
  });
  return found?.result ?? null;
}

describe('likely matches', () => {
  test.each([
    ['the same', 'Amina/Bello', '2010-04-03', 'Amina/Bello', '2010-04-03'],
    ['another order', 'Bello/Amina', null, 'Amina/Bello', '2010-04-03'],
    ['without accents', 'Zoe/Munoz', '2010-04-03', 'Zoë/Muñoz', null],
    ['apostrophes', "Niamh/O'Shaughnessy", null, 'Niamh/O’Shaughnessy', null],
    ['another spelling', 'Mohammed/Rashid', '2009-01-13', 'Muhammad/Rasheed', '2009-01-13'],
    [
      'a name that sounds alike, born the same day',
      'Shivaun/Kelleher',
      '2009-01-14',
      'Siobhan/Keliher',
      '2009-01-14',
    ],
    ['day and month changed round', 'Katarzyna/Wojcik', '2009-02-05', 'Kasia/Wojcik', '2009-05-02'],
    ['another day of the month', 'Luca/Ferraro', '2011-02-05', 'Lukas/Ferrara', '2011-02-25'],
    ['another year', 'Temperance/Adewale', '2011-06-05', 'Tempe/Adewale', '2009-06-05'],
    ['the same postcode and nearly the name', 'Xiu/Zhang', null, 'Xiuying/Zang', null],
    ['known as', 'Jay/Tremblay', null, 'Jeremiah/Tremblay/Jay', null],
    ['one name only', '/Kofi', null, 'Kofi/Mensah', null],
    ['29 February', 'Leap/Yearling', '2008-02-29', 'Leep/Yearling', '2008-02-28'],
    ['another script', 'محمد/الأحمد', null, 'محمد/الأحمد', null],
    ['Bengali', 'রহিমা/বেগম', null, 'রহিমা/বেগম', null],
  ])('%s: %s born %s is found as %s born %s', async (why, told, born, onRecord, bornOnRecord) => {
    const postcode = why.includes('postcode') ? 'SW9 8EF' : '';
    const personId = await known(onRecord, bornOnRecord, postcode);
    const matches = await matchesFor({ names: told, born, postcode });
    const match = matches?.find((one) => one.personId === personId);
    expect(match?.likeness.reasons).not.toEqual([]);
    expect(match).toBeDefined();
  });

  test('nobody is likely who shares neither name nor a date with a name, and an unknown date is like no other', async () => {
    const sameDay = await known('Quentin/Ximenes', '2007-07-07');
    const undated = await known('Ulric/Yardley');
    const matches = await matchesFor({ names: 'Bartholomew/Featherstone', born: '2007-07-07' });
    expect(matches?.map(({ personId }) => personId)).not.toContain(sameDay);
    const alsoUndated = await matchesFor({ names: 'Bartholomew/Featherstone' });
    expect(alsoUndated?.map(({ personId }) => personId)).not.toContain(undated);
    expect(await matchesFor({ names: '/' })).toEqual([]);
  });

  test('the likeliest comes first: a date of birth outweighs a hundred who only have the name', async () => {
    for (let each = 0; each < 100; each += 1) await known('Maria/Silva', '1999-01-01');
    const born = await known('Maria/da Silva', '2010-09-09');
    const matches = await matchesFor({ names: 'Maria/Silva', born: '2010-09-09' });
    expect(matches?.[0]?.personId).toBe(born);
    expect(matches).toHaveLength(20);
  });

  test('what is out of reach is told by name, year, borough and whom to ask alone', async () => {
    const personId = await known('Wilhelmina/Ostrander/Billie', '2010-12-24', 'NW1 1AB', CAMDEN);
    const told = { names: 'Wilhelmina/Ostrander/Billie', born: '2010-12-24', postcode: 'NW1 1AB' };
    const find = async (who: Someone) =>
      (await matchesFor(told, who))?.find((match) => match.personId === personId);
    expect(await find(south)).toEqual({
      personId,
      reference: null,
      givenNames: 'Wilhelmina',
      familyName: 'Ostrander',
      knownAs: '',
      birthYear: 2010,
      dateOfBirth: null,
      dateOfBirthPrecision: 'not-known',
      postcode: '',
      areaName: 'Camden',
      ask: 'Somebody coordinator',
      likeness: { reasons: ['The same name', 'Born in the same year'], differences: [] },
    });
    expect((await find(onCover))?.likeness.reasons).toEqual([
      'The same name',
      'Known as Billie',
      'The same date of birth',
      'The same postcode',
    ]);
    expect(await find(camden)).toBeUndefined();
  });

  test('whoever has the telephone of the referral is likely, by another referral or by how they are reached', async () => {
    const [before, reached, other] = [
      await known('Desmond/Achebe'),
      await known('Ifeoma/Nwosu', null, '', CAMDEN),
      await known('Grace/Lindqvist'),
    ];
    const number = (written: string) =>
      JSON.stringify([{ page: 'contact', key: 'theirPhone', question: '?', answer: written, value: '' }]);
    await given.owner.query('update service.referral set answers = $2, person_id = $3 where id = $1', [
      await sent({ names: 'Desmond/Achebe', stage: 'declined' }),
      number('07700 900311'),
      before,
    ]);
    const { organisationId } = await provider(given.owner);
    await given.owner.query(
      `insert into service.safe_contact (person_id, organisation_id, phone, post, checked_on)
       values ($1, $3, '+44 7700 900311', 'no', '2026-11-01'), ($2, $3, '07700 900312', 'no', '2026-11-01')`,
      [reached, other, organisationId],
    );
    const id = await sent({ names: 'Somebody/Else' });
    await given.owner.query('update service.referral set answers = $2 where id = $1', [
      id,
      number('(07700) 900-311'),
    ]);
    const found = await given.service.database.asPerson(south.token, async (tx) => {
      const referral = await findReferral(tx, id);
      return referral && (await likelyMatches(tx, referral));
    });
    const matches = found?.result ?? [];
    expect(matches.map(({ personId }) => personId).sort()).toEqual([before, reached].sort());
    for (const { likeness } of matches) {
      expect(likeness).toEqual({
        reasons: ['The same telephone number'],
        differences: ['No name in common'],
      });
    }
    expect(matches.find(({ personId }) => personId === reached)?.reference).toBeNull();
  });

  test('nobody matches for a referral that is not theirs to decide', async () => {
    const id = await sent({ names: 'Amina/Bello' });
    const operations = await someone(given.owner, 'operations-manager');
    for (const who of [camden, operations, referrer]) {
      const found = await given.service.database
        .asPerson(who.token, async (tx) => {
          return (await sql`select * from need_to_know.likely_matches(${id}, 20)`.execute(tx)).rows;
        })
        .catch((error: Error) => error.message);
      expect(typeof found === 'string' ? found : found?.result).toEqual(
        who === referrer ? expect.stringContaining('permission denied') : [],
      );
    }
  });
});

describe('the queue', () => {
  const cells = (html: string) =>
    [...html.matchAll(/<tr[^>]*class="govuk-table__row"[^>]*><td.*?<\/tr>/gs)].map(([row]) =>
      [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
    );
  const names = (html: string) => cells(html).map((row) => /^HW-\S+ (.*),/.exec(row[1] ?? '')?.[1]);
  const queue = async (who: Someone, query = '') =>
    (await new FormClient(given, who).get(`/queue${query}`)).html;

  beforeAll(async () => {
    await given.owner.query('delete from service.referral');
    const verified = await someone(given.owner, 'referrer');
    await given.owner.query(
      `insert into service.referrer_verification (referrer_id, agency_name, how) values ($1, 'A school', 'telephone')`,
      [verified.accountId],
    );
    await sent({ names: 'Second/Due', dueOn: '2026-11-20', born: '2010-11-21', triaged: true });
    await sent({
      names: 'First/Late',
      dueOn: '2026-11-19',
      receivedAt: '2026-11-12T23:30:00Z',
      by: verified,
      triaged: true,
    });
    // Friday's, to be looked at by Monday, though it has all of the next week to be decided.
    await sent({ names: 'Third/New', dueOn: '2026-11-27', receivedAt: '2026-11-20T09:00:00Z' });
    await sent({ names: 'Fourth/Intelligence', dueOn: '2026-11-24', kind: 'intelligence', triaged: true });
    await sent({ names: 'Last/Accepted', dueOn: '2026-11-01', stage: 'accepted', area: LEWISHAM });
    await sent({ names: 'Fifth/Camden', dueOn: '2026-11-23', area: CAMDEN, triaged: true });
    for (const stage of ['allocated', 'declined', 'signposted', 'intelligence-only', 'withdrawn', 'closed'])
      await sent({ names: `Not/${stage}`, stage, dueOn: '2026-11-01' });
  });

  test('holds what waits in the areas of whoever looks, what is due first first, and nothing else', async () => {
    expect(names(await queue(south))).toEqual([
      'First Late',
      'Second Due',
      'Third New',
      'Fourth Intelligence',
      'Last Accepted',
    ]);
    expect(names(await queue(camden))).toEqual(['Fifth Camden']);
    expect(names(await queue(onCover))).toHaveLength(6);
    expect(names(await queue(await someone(given.owner, 'operations-manager')))).toHaveLength(6);
    expect(names(await queue(await someone(given.owner, 'analyst')))).toHaveLength(6);
    expect((await new FormClient(given, referrer).get('/queue')).status).toBe(403);
  });

  test('says of each by when, whose turn it is, how long, and whether its referrer is verified', async () => {
    const html = await queue(south);
    const [first, second, third, , last] = cells(html);
    expect(first).toEqual([
      '19 November 2026 Late',
      expect.stringMatching(/^HW-\S+ First Late, age not known $/),
      'Lambeth',
      'You: a decision Support',
      // Received at half past eleven on a Thursday night in London: Friday, then Monday to Friday.
      '6',
      'Verified',
    ]);
    expect(second?.[0]).toBe('20 November 2026');
    expect(second?.[1]).toContain('Second Due, 15');
    expect(second?.[5]).toBe('Not verified');
    expect(third?.[0]).toBe('23 November 2026');
    expect(third?.[1]).toContain('New');
    expect(third?.[3]).toBe('You: a first look Support');
    expect(last?.[0]).toBe('No day is set');
    expect(last?.[3]).toBe('You: a provider to be chosen Support');
    const text = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain(
      'None not safe when they were referred 1 late 1 not looked at yet 4 waiting for a decision 1 waiting for a provider',
    );
  });

  test('is filtered by its address, and what makes no sense there is left out', async () => {
    expect(names(await queue(south, '?wait=provider'))).toEqual(['Last Accepted']);
    expect(names(await queue(south, '?wait=look'))).toEqual(['Third New']);
    expect(names(await queue(south, '?wait=decision'))).toHaveLength(4);
    expect(names(await queue(south, '?late=yes'))).toEqual(['First Late']);
    expect(names(await queue(south, '?kind=intelligence&wait='))).toEqual(['Fourth Intelligence']);
    expect(names(await queue(south, `?where=${LEWISHAM}`))).toEqual(['Last Accepted']);
    expect(names(await queue(onCover, '?where=patch-north-west'))).toEqual(['Fifth Camden']);
    expect(names(await queue(south, `?where=${CAMDEN}`))).toHaveLength(5);
    expect(
      names(await queue(south, '?wait=allocated&kind=x&late=no&whom=nobody&after=yesterday')),
    ).toHaveLength(5);
    expect(await queue(south, '?kind=intelligence&wait=provider')).toContain(
      'Nothing in the queue is like that',
    );
    expect(await queue(await someone(given.owner, 'coordinator', { areas: ['E09000001'] }))).toContain(
      'Nothing is waiting',
    );
  });

  test('is read in the order that the address says', async () => {
    expect(names(await queue(south, '?order=longest'))[0]).toBe('First Late');
    expect(names(await queue(south, '?order=newest'))[0]).toBe('Third New');
    expect(names(await queue(south, '?order=backwards'))[0]).toBe('First Late');
  });

  test('puts before all others who was said not to be safe, until somebody has looked, and who cannot wait', async () => {
    const SUTTON = 'E09000029';
    const sutton = await someone(given.owner, 'coordinator', { areas: [SUTTON] });
    await sent({ names: 'Long/Late', dueOn: '2026-11-02', triaged: true, area: SUTTON });
    await sent({ names: 'Un/Safe', dueOn: '2026-11-27', safeNow: 'no', area: SUTTON });
    await sent({ names: 'Seen/Unsafe', dueOn: '2026-11-27', safeNow: 'no', triaged: true, area: SUTTON });
    await sent({ names: 'Is/Safe', dueOn: '2026-11-27', safeNow: 'yes', triaged: true, area: SUTTON });
    const urgent = await sent({ names: 'Ur/Gent', dueOn: '2026-11-27', triaged: true, area: SUTTON });
    await given.owner.query('update service.referral set urgent = true where id = $1', [urgent]);
    const html = await queue(sutton);
    expect(names(html).slice(0, 3)).toEqual(['Un Safe', 'Ur Gent', 'Long Late']);
    expect(cells(html)[0]?.[1]).toContain('Not safe');
    expect(cells(html)[1]?.[1]).toContain('Cannot wait');
    expect(names(await queue(sutton, '?unsafe=yes'))).toEqual(['Un Safe', 'Seen Unsafe']);
  });

  test('names whose turn it is while somebody is asked, and the coordinator again when they are late', async () => {
    const BEXLEY = 'E09000004';
    const bexley = await someone(given.owner, 'coordinator', { areas: [BEXLEY] });
    const ask = (id: string, kind: string, dueOn: string) =>
      given.owner.query(
        `insert into service.request (kind, referral_id, area, question, asked_by, due_on, owner_id) values ($1, $2, $3, 'What?', $4, $5, $6)`,
        [kind, id, BEXLEY, bexley.accountId, dueOn, kind === 'information' ? referrer.accountId : null],
      );
    const asked = await sent({ names: 'As/Ked', area: BEXLEY, triaged: true });
    await ask(asked, 'information', '2026-11-25');
    await ask(asked, 'intelligence-check', '2026-11-26');
    const overdue = await sent({ names: 'Over/Due', area: BEXLEY, triaged: true, dueOn: '2026-11-26' });
    await ask(overdue, 'borough', '2026-11-19');
    const turns = cells(await queue(bexley)).map((row) => row[3]);
    expect(turns).toEqual([
      'The analyst and the referrer: a decision Support',
      'The borough and you: a decision Support',
    ]);
    expect(names(await queue(bexley, '?whom=analyst'))).toEqual(['As Ked']);
    expect(names(await queue(bexley, '?whom=coordinator'))).toEqual(['Over Due']);
  });

  test('holds what a provider has not answered, by when it should have, and lets it go once taken up', async () => {
    const BARNET = 'E09000003';
    const barnet = await someone(given.owner, 'coordinator', { areas: [BARNET] });
    const harbour = await provider(given.owner, 'Harbour');
    const referral = await sent({ names: 'Al/Located', area: BARNET, stage: 'allocated', triaged: true });
    const person = await known('Al/Located', null, '', BARNET);
    // Wednesday; a provider has two working days.
    const { rows } = await given.owner.query<{ id: string }>(
      `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, started_at)
       values ($1, $2, $3, $4, $5, '2026-11-18T12:00:00Z') returning id`,
      [referral, person, BARNET, harbour.organisationId, harbour.teamId],
    );
    const [row] = cells(await queue(barnet, '?whom=provider'));
    expect(row?.[0]).toBe('20 November 2026');
    expect(row?.[3]).toBe('The provider: an answer from Harbour Support');
    await given.owner.query(
      `update service.allocation set taken_up_at = now(), taken_up_by = $1 where id = $2`,
      [barnet.accountId, rows[0]?.id],
    );
    expect(names(await queue(barnet))).toEqual([]);
  });

  test('is read page by page without missing or repeating one, as long as it is', async () => {
    const { owner } = given;
    const reader = await someone(owner, 'coordinator', { areas: ['E09000033'] });
    for (let each = 0; each < 60; each += 1) {
      // Many are due on one day: the id tells them apart.
      await sent({
        names: `Page/No${each}`,
        area: 'E09000033',
        dueOn: each < 40 ? '2026-11-24' : '2026-11-25',
        triaged: true,
        safeNow: each % 7 === 0 ? 'no' : 'yes',
        stage: each > 50 ? 'accepted' : 'received',
      });
    }
    for (const order of ['', '?order=longest', '?order=newest']) {
      const read: (string | undefined)[] = [];
      for (let query = order; ; ) {
        const html = await queue(reader, query);
        read.push(...names(html));
        const next = /rel="next"[^>]*|href="\/queue(\?[^"]*after=[^"]*)"/.exec(
          html.replaceAll('&amp;', '&'),
        )?.[1];
        if (next === undefined) break;
        query = next;
      }
      expect(read).toHaveLength(60);
      expect(new Set(read).size).toBe(60);
    }
  });
});
