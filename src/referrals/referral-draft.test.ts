import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { createKeyring } from '../platform/crypto/sealed-box.ts';
import { readForm } from '../platform/forms/read-form.ts';
import {
  answersSoFar,
  changedSince,
  type DraftContent,
  type Fields,
  faultsToday,
  fieldsOf,
  firstNeeded,
  firstNotSaved,
  openDraft,
  partsAsked,
  sealDraft,
  withPart,
} from './referral-draft.ts';
import { formOfPart, parts } from './referral-form.ts';
import type { Part } from './referral-question.ts';

const today = plainDate('2026-11-22');
const part = (name: string): Part => {
  const found = parts.find((each) => each.name === name);
  if (!found) throw new Error(`No page ${name}`);
  return found;
};
const saved = (content: DraftContent, name: string, fields: Fields, version = 2): DraftContent => {
  const read = readForm(formOfPart(part(name)), fields);
  if (!read.ok) throw new Error(`${name}: ${read.faults.map(({ message }) => message).join('; ')}`);
  return withPart(content, part(name), read.value, version);
};
const needed: Record<string, Fields> = {
  danger: { safeNow: 'yes' },
  criteria: { criteria: ['not-known'] },
  kind: { kind: 'intervention' },
  you: { yourName: 'Ros Avery', role: 'Teacher', phone: '020 7946 0000', agencyKind: 'education' },
  agency: { agencyName: 'A school' },
  name: { nameKnown: 'one', onlyName: 'Kofi' },
  birth: { birthKnown: 'not-known' },
  'gender-and-ethnicity': { gender: 'unknown', ethnicity: 'NOBT' },
  home: { postcodeKnown: 'not-known' },
  council: { area: 'not-known' },
  consent: { youngPersonKnows: 'yes', consents: 'yes' },
  contact: { safeContactNotKnown: ['yes'] },
  concern: { whatIsHappeningNotKnown: ['yes'] },
  'county-lines': { countyLines: 'not-known' },
  'social-care': { socialCareTold: 'not-known' },
  nrm: { nrm: 'not-known' },
};
const whole = (without: readonly string[] = []): DraftContent =>
  Object.entries(needed)
    .filter(([name]) => !without.includes(name))
    .reduce((content, [name, fields]) => saved(content, name, fields), {} as DraftContent);
const neededOf = (content: DraftContent) => firstNeeded(content, answersSoFar(content, today))?.name ?? null;
const notSavedOf = (content: DraftContent) =>
  firstNotSaved(content, answersSoFar(content, today))?.name ?? null;

test('what is saved of a page is read back as it was answered', () => {
  for (const [name, fields] of Object.entries({
    ...needed,
    birth: {
      birthKnown: 'exact',
      'dateOfBirth-day': '29',
      'dateOfBirth-month': '2',
      'dateOfBirth-year': '2012',
    },
    signs: { signs: ['travel', 'low'] },
    control: { debt: 'yes', debtDetailsNotKnown: ['yes'], violence: ['none'], phonesAndOnline: 'A\nB' },
  })) {
    const form = formOfPart(part(name));
    const read = readForm(form, fields);
    expect(read.ok && readForm(form, fieldsOf(form, read.value)), name).toEqual(read);
  }
});

test('any text that a page takes is read back as it was taken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (what) => {
      const form = formOfPart(part('concern'));
      const taken = readForm(form, { whatIsHappening: what });
      fc.pre(taken.ok);
      if (!taken.ok) return;
      const content = withPart({}, part('concern'), taken.value, 2);
      expect(answersSoFar(content, today).words('whatIsHappening')).toBe(taken.value.whatIsHappening);
    }),
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
  test('is the first page of those that are needed', () => {
    expect(neededOf({})).toBe('danger');
    expect(neededOf(whole())).toBeNull();
    for (const name of Object.keys(needed)) expect(neededOf(whole([name])), name).toBe(name);
  });

  test('is not a page that nobody needs, though it was not opened', () => {
    expect(neededOf(whole())).toBeNull();
    expect(notSavedOf(whole())).toBe('parents');
    const opened = parts.filter(({ name }) => !(name in needed) && name !== 'sharing');
    const everything = opened.reduce<DraftContent>((content, { name }) => saved(content, name, {}), whole());
    expect(notSavedOf(everything)).toBeNull();
  });

  test('is a page whose answers are no longer what it takes', () => {
    const damaged = {
      ...whole(),
      you: { savedAs: 2, fields: { ...whole().you?.fields, agencyKind: 'retired' } },
    };
    expect(neededOf(damaged)).toBe('you');
  });

  test('is what intelligence needs, and not what support needs', () => {
    const intelligence = saved(whole(['consent', 'contact']), 'kind', { kind: 'intelligence' });
    expect(neededOf(intelligence)).toBe('sharing');
    expect(neededOf(saved(intelligence, 'sharing', { lawfulReason: 'not-known' }))).toBeNull();
    expect(partsAsked(answersSoFar(intelligence, today)).map(({ name }) => name)).not.toContain('consent');
  });
});

test('a page is in conflict only with a later saving of itself', () => {
  const content = saved(whole(), 'you', needed.you ?? {}, 2);
  expect(changedSince(content, part('you'), 1)).toBe(true);
  expect(changedSince(content, part('you'), 2)).toBe(false);
  // The form was opened when the draft was at 2; since then only other pages were saved.
  expect(changedSince(content, part('you'), 3)).toBe(false);
  expect(changedSince({}, part('concern'), 1)).toBe(false);
});

describe('what is wrong today', () => {
  const areas = [{ code: 'E09000022' }];
  const wrong = (name: string, page: Record<string, unknown>) => faultsToday(part(name), page, today, areas);

  test('is a day that has not come yet, where it must have', () => {
    const born = (dateOfBirth: string) => wrong('birth', { birthKnown: 'exact', dateOfBirth });
    expect(born('2026-11-22')).toEqual([]);
    expect(born('2026-11-23')).toEqual([
      {
        field: 'dateOfBirth',
        message: 'Date of birth must be today or in the past',
        control: 'dateOfBirth-day',
      },
    ]);
    expect(wrong('missing-episodes', { lastMissing: '2026-11-23' })).toHaveLength(1);
    expect(wrong('court', { courtDate: '2026-11-23' })).toEqual([]);
  });

  test('is a year of birth to come', () => {
    const about = (words: string) => wrong('birth', { birthKnown: 'approximate', about: words });
    expect(about('2026')).toEqual([]);
    expect(about('2027')).toMatchObject([{ field: 'about' }]);
    expect(about('15')).toEqual([]);
  });

  test('is not held against an answer that was not asked for', () => {
    expect(wrong('birth', { birthKnown: 'not-known', about: '2099', dateOfBirth: '2099-01-01' })).toEqual([]);
  });

  test('is a council that there is not', () => {
    expect(wrong('council', { area: 'E09000022' })).toEqual([]);
    expect(wrong('council', { area: 'E09999999' })).toMatchObject([{ field: 'area' }]);
  });
});
