import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import {
  allocationRules,
  type Candidate,
  couldSupport,
  type Needing,
  reasonsFor,
  suggestTeams,
} from './suggest-allocation.ts';

const LAMBETH = 'E09000022';

const team = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  teamId: name,
  teamName: name,
  organisationId: name,
  organisationName: 'Provider',
  worksWith: 'everybody',
  specialisms: [],
  languages: [],
  areas: [],
  isOpenToNew: true,
  workers: 3,
  points: 90,
  used: 78,
  priorWorkers: [],
  ...more,
});

const needing = (more: Partial<Needing> = {}): Needing => ({
  gender: 'female',
  age: 16,
  area: LAMBETH,
  areaName: 'Lambeth',
  language: '',
  ...more,
});

const said = (given: Candidate, whom = needing()) =>
  reasonsFor(given, whom, allocationRules).map(({ speaks, words }) => `${speaks}: ${words}`);
const order = (teams: Candidate[], whom = needing(), rules = [...allocationRules]) =>
  suggestTeams(teams, whom, rules).map(({ team: { teamId } }) => teamId);

describe('the reasons', () => {
  test('are in words, for and against', () => {
    expect(
      said(
        team('Rowan', {
          worksWith: 'young-women',
          areas: [LAMBETH],
          languages: ['French', 'Somali'],
          priorWorkers: [{ name: 'Ruth Evans', until: plainDate('2026-03-12') }],
        }),
        needing({ language: 'Somali, and some English' }),
      ),
    ).toEqual([
      'for: Supports young women',
      'for: Works in Lambeth',
      'for: 12 of 90 points free',
      'for: Speaks Somali',
      'for: Ruth Evans worked with them until 12 March 2026',
    ]);
    expect(
      said(team('Elder', { worksWith: 'young-men', areas: ['E09000007'], points: 30, used: 33 })),
    ).toEqual([
      'against: Works with young men only',
      'against: Does not work in Lambeth',
      'against: No room: 33 of 30 points used',
    ]);
    expect(said(team('Ash', { workers: 0, points: 0, used: 0 }))).toEqual(['against: Has no caseworkers']);
  });

  test('of a team that says nothing about itself are its room alone', () => {
    expect(said(team('Plain'))).toEqual(['for: 12 of 90 points free']);
  });

  test('leave it to somebody who is neither a young woman nor a young man to say whether it suits them', () => {
    const words = 'against: Works with young women only: ask the young person and the team';
    for (const gender of ['non-binary', 'other', 'unknown'])
      expect(said(team('Rowan', { worksWith: 'young-women' }), needing({ gender }))).toContain(words);
  });

  test.each([
    ['Somali', 'somali', true],
    ['Somali', 'Somalian cooking', false],
    ['British Sign Language', 'uses British sign language', true],
    ['Twi', 'Between Twi and English', true],
    ['Twi', 'between', false],
    ['Español', 'habla ESPAÑOL', true],
    ['Somali', '', false],
  ])('a language, %s, is found in the answer “%s”: %s', (language, answer, isFound) => {
    const reasons = said(team('Any', { languages: [language] }), needing({ language: answer }));
    expect(reasons.includes(`for: Speaks ${language}`)).toBe(isFound);
  });

  test('speak of 18 to 25 for those of that age alone', () => {
    const older = team('Older', { specialisms: ['aged-18-to-25'] });
    const speaks = (age: number | null) =>
      said(older, needing({ age })).includes('for: Supports young people of 18 to 25');
    expect([17, 18, 25, 26, null].map(speaks)).toEqual([false, true, true, false, false]);
  });
});

describe('the order', () => {
  test('goes by the weightiest rule that tells two teams apart', () => {
    const women = team('Women', { worksWith: 'young-women', used: 90 });
    const roomy = team('Roomy', { used: 0 });
    expect(order([roomy, women])).toEqual(['Women', 'Roomy']);
    expect(order([women, roomy], needing(), ['capacity', 'gender'])).toEqual(['Roomy', 'Women']);
    expect(order([women, roomy], needing({ gender: 'male' }))).toEqual(['Roomy', 'Women']);
  });

  test('goes by the points that are free where no rule tells them apart', () => {
    expect(order([team('Fuller', { used: 80 }), team('Emptier', { used: 10 })])).toEqual([
      'Emptier',
      'Fuller',
    ]);
  });

  test('a rule that is not in use neither counts nor is read', () => {
    const women = team('Women', { worksWith: 'young-women', used: 80 });
    const [first] = suggestTeams([women, team('Roomy', { used: 0 })], needing(), ['capacity']);
    expect(first).toMatchObject({ team: { teamId: 'Roomy' }, reasons: [{ words: '90 of 90 points free' }] });
  });

  test('a team that is not open to new referrals is not suggested', () => {
    expect(order([team('Shut', { isOpenToNew: false, used: 0 }), team('Open')])).toEqual(['Open']);
  });

  test('is the same whatever order the teams come in', () => {
    const teams = [
      team('A', { worksWith: 'young-women' }),
      team('B', { areas: [LAMBETH] }),
      team('C', { languages: ['Somali'] }),
      team('D', { used: 95 }),
      team('E'),
    ];
    const whom = needing({ language: 'Somali' });
    const expected = order(teams, whom);
    fc.assert(
      fc.property(fc.shuffledSubarray(teams, { minLength: 5 }), (shuffled) => {
        expect(order(shuffled, whom)).toEqual(expected);
      }),
    );
  });
});

test('a team could support those whom it works with, where it works, however full it is', () => {
  const rowan = { worksWith: 'young-women', areas: [LAMBETH] } as const;
  expect(couldSupport(rowan, { gender: 'female', area: LAMBETH })).toBe(true);
  expect(couldSupport(rowan, { gender: 'unknown', area: LAMBETH })).toBe(true);
  expect(couldSupport(rowan, { gender: 'male', area: LAMBETH })).toBe(false);
  expect(couldSupport(rowan, { gender: 'female', area: 'E09000007' })).toBe(false);
  expect(couldSupport({ worksWith: 'young-men', areas: [] }, { gender: 'female', area: LAMBETH })).toBe(
    false,
  );
});
