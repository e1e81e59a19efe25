import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOn, plainDate } from '../platform/clock/plain-date.ts';
import { answersAsRead, keptAnswers, referredPerson } from './referral-answers.ts';
import type { WholeReferral } from './referral-draft.ts';

const referral: WholeReferral = {
  you: {
    yourName: 'Ros Avery',
    role: 'Teacher',
    agencyKind: 'education',
    agencyName: 'A school',
    team: '',
    phone: '020 7946 0000',
    kind: 'intervention',
    youngPersonKnows: 'not-known',
    consents: 'not-asked',
    withoutConsent: 'It is not safe to ask yet',
    lawfulReason: 'other',
    lawfulReasonMore: 'typed before the kind was changed',
  },
  'young-person': {
    nameKnown: 'full',
    givenNames: 'Amina',
    familyName: 'Bello',
    onlyName: 'left over',
    knownAs: '',
    birthKnown: 'exact',
    dateOfBirth: plainDate('2008-02-29'),
    about: '12',
    gender: 'female',
    ethnicity: 'BAFR',
    postcodeKnown: 'known',
    postcode: 'sw1a1aa',
    area: 'E09000022',
  },
  concern: {
    safeNow: 'no',
    whatIsHappening: 'What is happening',
    whyCountyLines: 'Why',
    whyCountyLinesNotKnown: [],
    peopleAndPlaces: '',
    peopleAndPlacesNotKnown: ['yes'],
    missing: 'no',
    missingDetails: 'left over',
    socialCareTold: 'no',
    socialCareWho: 'left over',
    nrm: 'no',
    firstResponder: 'police',
    safeContact: 'Through the school',
    safeContactNotKnown: [],
  },
};
const they = referral['young-person'];
const today = plainDate('2026-11-22');

describe('the answers as they read', () => {
  const answers = answersAsRead(referral, 'Lambeth');
  const answer = (key: string) => answers.find((each) => each.key === key);

  test('have the words of the question, of the answer, and the code behind it', () => {
    expect(answer('agencyKind')).toEqual({
      page: 'you',
      key: 'agencyKind',
      question: 'What kind of agency do you work for?',
      answer: 'School, college or education service',
      value: 'education',
    });
    expect(answer('area')).toMatchObject({ answer: 'Lambeth', value: 'E09000022' });
    expect(answer('dateOfBirth')).toMatchObject({ answer: '29 February 2008', value: '2008-02-29' });
    expect(answer('postcode')).toMatchObject({ value: 'SW1A 1AA' });
  });

  test('tell not known from not answered', () => {
    expect(answer('peopleAndPlaces')).toMatchObject({ answer: 'Not known', value: 'not-known' });
    expect(answer('youngPersonKnows')).toMatchObject({ answer: 'Not known', value: 'not-known' });
    expect(answer('team')).toMatchObject({ answer: 'Not answered', value: null });
  });

  test('leave out what was not asked, though something is still in its box', () => {
    for (const key of [
      'lawfulReason',
      'lawfulReasonMore',
      'onlyName',
      'about',
      'missingDetails',
      'socialCareWho',
      'firstResponder',
    ])
      expect(answer(key), key).toBeUndefined();
  });

  test('of intelligence have its lawful reason, and neither consent nor contact', () => {
    const intelligence = answersAsRead(
      { ...referral, you: { ...referral.you, kind: 'intelligence' } },
      'Lambeth',
    );
    const keys = intelligence.map(({ key }) => key);
    expect(keys).toContain('lawfulReason');
    for (const key of ['consents', 'youngPersonKnows', 'withoutConsent', 'safeContact'])
      expect(keys).not.toContain(key);
  });

  test('are each asked once, and read from the database as they were kept', () => {
    expect(new Set(answers.map(({ key }) => key)).size).toBe(answers.length);
    expect(keptAnswers.parse(JSON.parse(JSON.stringify(answers)))).toEqual(answers);
  });
});

describe('the young person of a referral', () => {
  test('has the names that are known, the only one as family name', () => {
    const names = (changes: Partial<typeof they>) => {
      const { givenNames, familyName } = referredPerson({ ...they, ...changes }, today);
      return [givenNames, familyName];
    };
    expect(names({})).toEqual(['Amina', 'Bello']);
    expect(names({ nameKnown: 'one' })).toEqual(['', 'left over']);
    expect(names({ nameKnown: 'not-known' })).toEqual(['', '']);
  });

  test('has no postcode that was not said to be known', () => {
    expect(referredPerson({ ...they, postcodeKnown: 'no-fixed-address' }, today).postcode).toBe('');
  });

  test('born in about 2010 is taken to be born in the middle of it', () => {
    const about2010 = referredPerson({ ...they, birthKnown: 'approximate', about: '2010' }, today);
    expect(about2010).toMatchObject({ dateOfBirth: '2010-07-01', dateOfBirthPrecision: 'approximate' });
    const notKnown = referredPerson({ ...they, birthKnown: 'not-known' }, today);
    expect(notKnown).toMatchObject({ dateOfBirth: null, dateOfBirthPrecision: 'not-known' });
  });

  test('of a given age is that age on the day, and never born after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 20_000 }), (age, day) => {
        const on = plainDate(new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10));
        const { dateOfBirth } = referredPerson(
          { ...they, birthKnown: 'approximate', about: String(age) },
          on,
        );
        expect(dateOfBirth).not.toBeNull();
        if (dateOfBirth !== null) expect(ageOn(dateOfBirth, on)).toBe(age);
      }),
    );
    const thisYear = referredPerson(
      { ...they, birthKnown: 'approximate', about: '2026' },
      plainDate('2026-03-01'),
    );
    expect(thisYear.dateOfBirth).toBe('2026-03-01');
  });
});
