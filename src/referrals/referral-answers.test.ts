import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import {
  answersAsRead,
  inSections,
  keptAnswers,
  readAnswers,
  referredPerson,
  whatIsCounted,
} from './referral-answers.ts';

const today = plainDate('2026-11-22');
const fields = {
  safeNow: 'no',
  dangerNowNotKnown: ['yes'],
  kind: 'intervention',
  yourName: 'Ros Avery',
  role: 'Teacher',
  phone: '020 7946 0000',
  agencyKind: 'education',
  agencyName: 'A school',
  team: 'Pastoral',
  nameKnown: 'full',
  givenNames: 'Amina',
  familyName: 'Bello',
  onlyName: 'left over',
  birthKnown: 'exact',
  'dateOfBirth-day': '29',
  'dateOfBirth-month': '2',
  'dateOfBirth-year': '2008',
  about: '12',
  gender: 'female',
  ethnicity: 'BAFR',
  postcodeKnown: 'known',
  postcode: 'sw1a1aa',
  area: 'E09000022',
  youngPersonKnows: 'not-known',
  consents: 'not-asked',
  lawfulReason: 'other',
  lawfulReasonMore: 'typed before the kind was changed',
  safeContact: 'Through the school',
  countyLines: 'known',
  signs: ['travel', 'injuries'],
  gangLink: 'unknown',
  missing: 'no',
  longestMissingDays: '9',
  socialCareTold: 'no',
  socialCareWho: 'left over',
  nrm: 'no',
  firstResponder: 'police',
  disabilities: ['AUT', 'LD'],
};
type Changes = Record<string, string | string[]>;
const answersTo = (changes: Changes = {}) => readAnswers(() => ({ ...fields, ...changes }), today);

describe('the answers as they read', () => {
  const answers = answersAsRead(answersTo(), 'Lambeth');
  const answer = (key: string) => answers.find((each) => each.key === key);

  test('have the words of the question, of the answer, and the code behind it', () => {
    expect(answer('agencyKind')).toEqual({
      section: 'About you',
      page: 'you',
      key: 'agencyKind',
      question: 'What kind of agency do you work for?',
      answer: 'School, college or education service',
      value: 'education',
    });
    expect(answer('area')).toMatchObject({ answer: 'Lambeth', value: 'E09000022' });
    expect(answer('dateOfBirth')).toMatchObject({ answer: '29 February 2008', value: '2008-02-29' });
    expect(answer('postcode')).toMatchObject({ answer: 'SW1A 1AA', value: 'SW1A 1AA' });
    expect(answer('signs')).toMatchObject({
      answer:
        'Travel that they cannot explain, taxis, or being found out of the area\nInjuries that they cannot explain',
      value: 'travel;injuries',
    });
  });

  test('tell not known from not answered', () => {
    expect(answer('dangerNow')).toMatchObject({ answer: 'Not known', value: 'not-known' });
    expect(answer('youngPersonKnows')).toMatchObject({ answer: 'Not known', value: 'not-known' });
    expect(answer('gangLink')).toMatchObject({ answer: 'Not known', value: 'unknown' });
    for (const key of ['knownAs', 'strengths', 'transport', 'lastActivity'])
      expect(answer(key), key).toMatchObject({ answer: 'Not answered', value: null });
  });

  test('leave out what was not asked, though something is still in its field', () => {
    for (const key of [
      'lawfulReason',
      'onlyName',
      'about',
      'longestMissingDays',
      'socialCareWho',
      'firstResponder',
    ])
      expect(answer(key), key).toBeUndefined();
  });

  test('are each asked once, stand in their sections, and are read from the database as they were kept', () => {
    expect(new Set(answers.map(({ key }) => key)).size).toBe(answers.length);
    expect(keptAnswers.parse(JSON.parse(JSON.stringify(answers)))).toEqual(answers);
    const grouped = inSections(answers);
    expect(new Set(grouped.map(({ section }) => section)).size).toBe(grouped.length);
    expect(grouped.flatMap((group) => group.answers)).toEqual(answers);
  });

  test('that were kept before they stood in sections are still read', () => {
    const old = { page: 'concern', key: 'safeNow', question: 'Q', answer: 'Yes', value: 'yes' };
    expect(keptAnswers.parse([old])).toEqual([{ ...old, section: 'What was answered' }]);
  });
});

describe('the young person of a referral', () => {
  const they = (changes: Changes) => referredPerson(answersTo(changes));

  test('has the names that are known, the only one as family name', () => {
    expect(they({})).toMatchObject({ givenNames: 'Amina', familyName: 'Bello' });
    expect(they({ nameKnown: 'one' })).toMatchObject({ givenNames: '', familyName: 'left over' });
    expect(they({ nameKnown: 'not-known' })).toMatchObject({ givenNames: '', familyName: '' });
  });

  test('has no postcode that was not said to be known', () => {
    expect(they({}).postcode).toBe('SW1A 1AA');
    expect(they({ postcodeKnown: 'no-fixed-address' }).postcode).toBe('');
  });
});

describe('what is counted', () => {
  const counted = (changes: Changes = {}) => whatIsCounted(answersTo(changes));

  test('is in the codes of the import format, and null where nothing was recorded', () => {
    expect(counted()).toEqual({
      safe_now: 'no',
      education_status: null,
      education_setting: null,
      social_care_status: null,
      disabilities: ['AUT', 'LD'],
      gang_link: 'unknown',
      missing_linked: 'no',
      longest_missing_days: null,
      linked_force: null,
      linked_town: null,
      referring_area: null,
      local_authority_team: 'Pastoral',
    });
  });

  test('tells no disability from a disability that is not known', () => {
    expect(counted({ disabilities: ['none'] }).disabilities).toEqual([]);
    expect(counted({ disabilities: ['not-known'] }).disabilities).toBeNull();
    expect(counted({ disabilities: [] }).disabilities).toBeNull();
  });

  test('takes only what was asked', () => {
    const inSchool = { educationStatus: 'in-education', educationSetting: 'pru' };
    expect(counted(inSchool)).toMatchObject({ education_status: 'in-education', education_setting: 'pru' });
    expect(counted({ ...inSchool, educationStatus: 'unknown' })).toMatchObject({
      education_status: 'unknown',
      education_setting: null,
    });
    expect(counted({ missing: 'linked' })).toMatchObject({ missing_linked: 'yes', longest_missing_days: 9 });
    const places = { linkedForce: 'kent', linkedTown: 'Chatham' };
    expect(counted(places)).toMatchObject({ linked_force: 'kent', linked_town: 'Chatham' });
    expect(counted({ ...places, countyLines: 'no' })).toMatchObject({
      linked_force: null,
      linked_town: null,
    });
  });

  test('has the force that refers, and the team of a council alone', () => {
    const police = (agencyKind: string, referringArea = '') => counted({ agencyKind, referringArea });
    expect(police('metropolitan-police')).toMatchObject({
      referring_area: 'metropolitan',
      local_authority_team: null,
    });
    expect(police('british-transport-police').referring_area).toBe('btp');
    expect(police('county-police', 'kent').referring_area).toBe('kent');
    expect(police('county-police', 'not-known').referring_area).toBeNull();
    expect(police('health', 'kent').referring_area).toBeNull();
  });
});
