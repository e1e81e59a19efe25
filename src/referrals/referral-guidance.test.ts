import { expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { WholeReferral } from './referral-draft.ts';
import { guidanceFor } from './referral-guidance.ts';

const today = plainDate('2026-11-22');

function guidance(changes: {
  you?: Partial<WholeReferral['you']>;
  youngPerson?: Partial<WholeReferral['young-person']>;
  concern?: Partial<WholeReferral['concern']>;
}) {
  return guidanceFor(
    {
      you: {
        yourName: 'Ros Avery',
        role: 'Teacher',
        agencyKind: 'education',
        agencyName: 'A school',
        team: '',
        phone: '020 7946 0000',
        kind: 'intervention',
        youngPersonKnows: 'yes',
        consents: 'yes',
        withoutConsent: '',
        lawfulReason: undefined,
        lawfulReasonMore: '',
        ...changes.you,
      },
      'young-person': {
        nameKnown: 'one',
        givenNames: '',
        familyName: '',
        onlyName: 'Kofi',
        knownAs: '',
        birthKnown: 'exact',
        dateOfBirth: plainDate('2007-11-22'),
        about: '',
        gender: 'male',
        ethnicity: 'NOBT',
        postcodeKnown: 'not-known',
        postcode: '',
        area: 'E09000022',
        ...changes.youngPerson,
      },
      concern: {
        safeNow: 'yes',
        whatIsHappening: 'What is happening',
        whyCountyLines: 'Why',
        whyCountyLinesNotKnown: [],
        peopleAndPlaces: '',
        peopleAndPlacesNotKnown: ['yes'],
        missing: 'no',
        missingDetails: '',
        socialCareTold: 'no',
        socialCareWho: '',
        nrm: 'no',
        firstResponder: undefined,
        safeContact: 'By telephone',
        safeContactNotKnown: [],
        ...changes.concern,
      },
    },
    today,
  );
}

test('a young adult within the criteria needs no advice', () => {
  expect(guidance({})).toEqual([]);
});

test('a child, to the day, and anybody who may be one, is for social care and the NRM', () => {
  const born = (date: string) => guidance({ youngPerson: { dateOfBirth: plainDate(date) } });
  expect(born('2008-11-23')).toEqual(['tell-social-care', 'child-to-the-nrm']);
  expect(born('2008-11-22')).toEqual([]);
  expect(guidance({ youngPerson: { birthKnown: 'not-known' } })).toEqual([
    'tell-social-care',
    'child-to-the-nrm',
  ]);
  expect(
    guidance({
      youngPerson: { dateOfBirth: plainDate('2012-02-29') },
      concern: { socialCareTold: 'yes', nrm: 'yes' },
    }),
  ).toEqual([]);
});

test('25 is within the criteria until the 26th birthday', () => {
  const born = (date: string) => guidance({ youngPerson: { dateOfBirth: plainDate(date) } });
  expect(born('2000-11-23')).toEqual([]);
  expect(born('2000-11-22')).toEqual(['over-25']);
});

test('danger comes before everything else', () => {
  expect(
    guidance({
      you: { consents: 'no' },
      youngPerson: { birthKnown: 'not-known', area: 'out-of-london' },
      concern: { safeNow: 'no' },
    }),
  ).toEqual(['not-safe-now', 'tell-social-care', 'child-to-the-nrm', 'outside-london', 'no-consent']);
});

test('intelligence does not depend on consent', () => {
  expect(guidance({ you: { kind: 'intelligence', consents: 'no' } })).toEqual([]);
});
