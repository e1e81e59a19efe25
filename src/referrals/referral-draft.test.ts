import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { createKeyring } from '../platform/crypto/sealed-box.ts';
import { readForm } from '../platform/forms/read-form.ts';
import {
  birthFault,
  changedSince,
  type DraftContent,
  fieldsOf,
  firstUnanswered,
  openDraft,
  readPart,
  sealDraft,
  wholeReferral,
  withPart,
} from './referral-draft.ts';
import { ageOrYear, concernForm, type PartAnswers, youForm, youngPersonForm } from './referral-form.ts';

const you: PartAnswers['you'] = {
  yourName: 'Ros Avery',
  role: 'Social worker',
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
};
const they: PartAnswers['young-person'] = {
  nameKnown: 'one',
  givenNames: '',
  familyName: '',
  onlyName: 'Kofi',
  knownAs: '',
  birthKnown: 'exact',
  dateOfBirth: plainDate('2012-02-29'),
  about: '',
  gender: 'unknown',
  ethnicity: 'NOBT',
  postcodeKnown: 'not-known',
  postcode: '',
  area: 'not-known',
};
const concern: PartAnswers['concern'] = {
  safeNow: 'not-known',
  whatIsHappening: 'Line one\nline two',
  whyCountyLines: '',
  whyCountyLinesNotKnown: ['yes'],
  peopleAndPlaces: '',
  peopleAndPlacesNotKnown: ['yes'],
  missing: 'no',
  missingDetails: '',
  socialCareTold: 'no',
  socialCareWho: '',
  nrm: 'no',
  firstResponder: undefined,
  safeContact: '',
  safeContactNotKnown: ['yes'],
};
const whole = (
  changes: { you?: Partial<typeof you>; concern?: Partial<typeof concern> } = {},
): DraftContent =>
  withPart(
    withPart(withPart({}, 'you', { ...you, ...changes.you }, 2), 'young-person', they, 3),
    'concern',
    { ...concern, ...changes.concern },
    4,
  );

test('what is saved of a page is read back as it was answered', () => {
  for (const [form, answers] of [
    [youForm, you],
    [youngPersonForm, they],
    [concernForm, concern],
  ] as const) {
    const read = readForm(form, fieldsOf(form, answers));
    expect(read).toEqual({ ok: true, value: answers });
  }
});

test('any text that a page takes is read back as it was taken', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.string({ unit: 'grapheme' }),
      (name, what) => {
        const taken = readForm(concernForm, {
          ...fieldsOf(concernForm, concern),
          whatIsHappening: what,
          peopleAndPlaces: name,
          peopleAndPlacesNotKnown: [],
        });
        fc.pre(taken.ok);
        if (taken.ok)
          expect(readPart(withPart({}, 'concern', taken.value, 2), 'concern')).toEqual(taken.value);
      },
    ),
  );
});

test('a sealed draft opens as itself, and as no other', () => {
  const keyring = createKeyring('a secret that is long enough for a test of sealing');
  const sealed = sealDraft(keyring, 'this draft', whole());
  expect(openDraft(keyring, 'this draft', sealed)).toEqual(whole());
  expect(() => openDraft(keyring, 'another draft', sealed)).toThrow();
  expect(sealed.toString('latin1')).not.toContain('Kofi');
});

describe('what is still to be answered', () => {
  test('is the first page that is not', () => {
    expect(firstUnanswered({})).toBe('you');
    expect(firstUnanswered(withPart({}, 'you', you, 2))).toBe('young-person');
    expect(firstUnanswered(whole())).toBeNull();
    expect(wholeReferral(whole())).toEqual({ you, 'young-person': they, concern });
    expect(wholeReferral(withPart({}, 'you', you, 2))).toBeNull();
  });

  test('is a page whose answers are no longer what it takes', () => {
    const saved = whole();
    const damaged = {
      ...saved,
      you: { savedAs: 2, fields: { ...saved.you?.fields, agencyKind: 'retired' } },
    };
    expect(firstUnanswered(damaged)).toBe('you');
  });

  test('is how to make contact, for support and not for intelligence', () => {
    const silent = { safeContactNotKnown: [] };
    expect(firstUnanswered(whole({ concern: silent }))).toBe('concern');
    expect(
      firstUnanswered(
        whole({ you: { kind: 'intelligence', lawfulReason: 'safeguard-child' }, concern: silent }),
      ),
    ).toBeNull();
  });
});

test('a page is in conflict only with a later saving of itself', () => {
  const saved = whole();
  expect(changedSince(saved, 'you', 1)).toBe(true);
  expect(changedSince(saved, 'you', 2)).toBe(false);
  // The form was opened when the draft was at 2; since then only other pages were saved.
  expect(changedSince(saved, 'you', 3)).toBe(false);
  expect(changedSince({}, 'concern', 1)).toBe(false);
});

describe('a date of birth', () => {
  const today = plainDate('2026-11-22');

  test('is never after today', () => {
    const exact = (date: string) => birthFault({ ...they, dateOfBirth: plainDate(date) }, today);
    expect(exact('2026-11-22')).toBeNull();
    expect(exact('2026-11-23')).toMatchObject({ field: 'dateOfBirth', control: 'dateOfBirth-day' });
    const about = (words: string) => birthFault({ ...they, birthKnown: 'approximate', about: words }, today);
    expect(about('2026')).toBeNull();
    expect(about('2027')).toMatchObject({ field: 'about' });
  });

  test('that is not asked is not held against anybody', () => {
    expect(birthFault({ ...they, birthKnown: 'not-known', about: '2099' }, today)).toBeNull();
  });

  test.each([
    ['15', { age: 15 }],
    ['2010', { year: 2010 }],
    ['0', { age: 0 }],
    ['15 or 16', null],
    ['201', null],
    ['3010', null],
    ['', null],
    ['-1', null],
  ])('known as “%s” is read', (typed, read) => {
    expect(ageOrYear(typed)).toEqual(read);
  });
});
