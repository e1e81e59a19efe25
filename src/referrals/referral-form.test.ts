import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../platform/clock/plain-date.ts';
import { readForm } from '../platform/forms/read-form.ts';
import { packageRoot } from '../platform/package-root.ts';
import { readAnswers } from './referral-answers.ts';
import { partsAsked } from './referral-draft.ts';
import { formOfPart, isNeeded, parts, sections } from './referral-form.ts';
import { hasNotKnownBox, notKnownBox, type Question } from './referral-question.ts';

const today = plainDate('2026-11-22');
const questions = parts.flatMap((part) => part.questions);
const part = (name: string) => {
  const found = parts.find((each) => each.name === name);
  if (!found) throw new Error(`No page ${name}`);
  return found;
};
const names = (fields: Record<string, string | string[]>) =>
  partsAsked(readAnswers(() => fields, today)).map(({ name }) => name);

describe('the catalogue of questions', () => {
  test('has every page, section and question once', () => {
    for (const list of [
      parts.map(({ name }) => name),
      sections.map(({ title }) => title),
      questions.map(({ key }) => key),
      // The words beside an answer tell which question it is, wherever they are read.
      questions.map(({ asks }) => asks).filter((asks) => asks !== 'Why may you share this?'),
    ])
      expect(list.filter((each, place) => list.indexOf(each) !== place)).toEqual([]);
  });

  test('leads from a choice to questions further down on the same page, and from codes that there are', () => {
    for (const { questions: onPage } of parts)
      for (const [place, { key, under }] of onPage.entries()) {
        if (!under) continue;
        const parent = onPage.slice(0, place).find((each) => each.key === under.key);
        expect(parent && 'options' in parent ? parent.options.map(({ code }) => code) : [], key).toContain(
          under.code,
        );
      }
  });

  test('can be told “not known” to every question that the referrer might not be able to answer', () => {
    const cannotBe = ({ key, ...question }: Question): boolean => {
      if ('options' in question)
        return !question.options.some(({ code }) => ['not-known', 'unknown', 'NOBT'].includes(code));
      return question.kind !== 'area' && !hasNotKnownBox({ key, ...question } as Question);
    };
    // About the referrer themselves; or asked only of somebody who has just said that they know.
    expect(questions.filter(cannotBe).map(({ key }) => key)).toEqual([
      'kind',
      'yourName',
      'role',
      'phone',
      'agencyKind',
      'agencyName',
      'team',
      'relation',
      'givenNames',
      'familyName',
      'onlyName',
      'dateOfBirth',
      'about',
      'postcode',
      'lawfulReasonMore',
      'nhsNumber',
      'upn',
      'councilNumber',
      'pncNumber',
      'croNumber',
      'merlinNumber',
      'ecinsNumber',
    ]);
  });

  test('is in the decision that says what a referral asks, every question and no other', async () => {
    const decision = await readFile(join(packageRoot, 'docs/decisions/0010-what-a-referral-asks.md'), 'utf8');
    const written = new Set(Array.from(decision.matchAll(/`([a-z-]+\/[A-Za-z]+)`/g), ([, place]) => place));
    const asked = parts.flatMap((part) => part.questions.map(({ key }) => `${part.name}/${key}`));
    expect([...written].toSorted()).toEqual(asked.toSorted());
  });

  test('needs few pages: what triage cannot do without', () => {
    expect(parts.filter(isNeeded).map(({ name }) => name)).toEqual([
      'danger',
      'criteria',
      'kind',
      'you',
      'agency',
      'name',
      'birth',
      'gender-and-ethnicity',
      'home',
      'council',
      'consent',
      'sharing',
      'contact',
      'concern',
      'county-lines',
      'social-care',
      'nrm',
    ]);
  });

  test('needs no answer that depends on another page in a way its own form does not know', () => {
    expect(questions.filter(({ needed, isAsked }) => needed !== undefined && isAsked)).toEqual([]);
  });
});

describe('a page is asked when it matters', () => {
  const child = {
    birthKnown: 'exact',
    'dateOfBirth-day': '3',
    'dateOfBirth-month': '4',
    'dateOfBirth-year': '2010',
  };
  const adult = { ...child, 'dateOfBirth-year': '2004' };

  test('for support: agreement, contact, visits; for intelligence: its own reason, and none of these', () => {
    const support = names({ kind: 'intervention', ...adult });
    const intelligence = names({ kind: 'intelligence', ...adult });
    const onlySupport = ['consent', 'contact', 'background', 'family', 'professionals', 'visiting'];
    for (const name of onlySupport) {
      expect(support).toContain(name);
      expect(intelligence).not.toContain(name);
    }
    expect(intelligence).toContain('sharing');
    expect(support).not.toContain('sharing');
  });

  test('parents are asked about for a child, and for somebody whose age is not known', () => {
    expect(names({ kind: 'intervention', ...child })).toContain('parents');
    expect(names({ kind: 'intervention', birthKnown: 'not-known' })).toContain('parents');
    expect(names({ kind: 'intervention', ...adult })).not.toContain('parents');
  });

  test('nothing is asked of a line when none is involved, of missing when they never were', () => {
    const without = names({ countyLines: 'no', missing: 'no', policeMatters: ['none'], nrm: 'no' });
    for (const name of ['line', 'places', 'control', 'missing-episodes', 'court', 'nrm-progress'])
      expect(without).not.toContain(name);
    const withAll = names({
      countyLines: 'suspected',
      missing: 'linked',
      policeMatters: ['bail'],
      firstResponder: 'police',
      nrm: 'yes',
    });
    for (const name of ['line', 'places', 'control', 'missing-episodes', 'court', 'nrm-progress'])
      expect(withAll).toContain(name);
    expect(names({ missing: 'not-known' })).not.toContain('missing-episodes');
  });

  test('whatever is answered, no page is asked because of an answer that comes after it', () => {
    const codes = questions.flatMap((question) =>
      'options' in question
        ? [fc.record({ [question.key]: fc.constantFrom(...question.options.map(({ code }) => code)) })]
        : [],
    );
    // `Answers` throws when a condition asks for a question that was not passed yet.
    fc.assert(
      fc.property(fc.tuple(...codes), (given) => {
        expect(names(Object.assign({}, ...given)).length).toBeGreaterThan(20);
      }),
    );
  });
});

describe('the form of a page', () => {
  const faults = (name: string, fields: Record<string, string | string[]>) => {
    const read = readForm(formOfPart(part(name)), fields);
    return read.ok ? [] : read.faults.map(({ message }) => message);
  };

  test('takes nothing where nothing is needed', () => {
    for (const each of parts.filter((page) => !isNeeded(page)))
      expect(faults(each.name, {}), each.name).toEqual([]);
  });

  test('needs what a choice leads to when that choice is made, and not otherwise', () => {
    expect(faults('name', { nameKnown: 'full' })).toEqual([
      'Enter their first names',
      'Enter their family name',
    ]);
    expect(faults('name', { nameKnown: 'one' })).toEqual(['Enter their name']);
    expect(faults('name', { nameKnown: 'not-known' })).toEqual([]);
    expect(faults('references', { references: ['upn'] })).toEqual([
      'Enter the Unique pupil number, or untick it',
    ]);
  });

  test('ignores what is left under a choice that was not made, whatever it is', () => {
    const rubbish = 'no answer to anything, \0 and far too long '.repeat(1_000);
    const under = parts.flatMap(({ name, questions: onPage }) =>
      onPage.flatMap(({ under: leads, ...question }) => (leads ? [{ name, ...question }] : [])),
    );
    expect(under.length).toBeGreaterThan(20);
    for (const { name, key, kind } of under) {
      const form = formOfPart(part(name));
      const fields: Record<string, string | string[]> = {
        [notKnownBox(key)]: [rubbish],
        ...(kind === 'date'
          ? { [`${key}-day`]: rubbish, [`${key}-month`]: '', [`${key}-year`]: rubbish }
          : { [key]: kind === 'ticks' ? [rubbish] : rubbish }),
      };
      // What else the page says is what it says when the field was left empty: nothing of this one.
      expect(readForm(form, fields), key).toEqual(readForm(form, {}));
    }
    const born = { 'dateOfBirth-day': '29', 'dateOfBirth-month': '2', 'dateOfBirth-year': '2012' };
    expect(readForm(formOfPart(part('birth')), { birthKnown: 'exact', ...born, about: rubbish })).toEqual({
      ok: true,
      value: expect.objectContaining({ dateOfBirth: '2012-02-29', about: '' }),
    });
  });

  test('says of a number, a phone and a postcode what each must be before how long it may be', () => {
    expect(
      faults('missing-episodes', { timesMissing: 'a dozen times', longestMissingDays: 'two weeks' }),
    ).toEqual([
      'Enter how many times as a number, like 3',
      'Enter the longest time as a number of days, like 7',
    ]);
    expect(faults('missing-episodes', { timesMissing: '12345' })).toEqual([
      'How many times must be 4 characters or fewer; it is 1 too long',
    ]);
    expect(faults('birth', { birthKnown: 'approximate', about: 'fifteen or so' })).toEqual([
      'Enter an age like 15, or a year like 2010',
    ]);
    expect(faults('home', { postcodeKnown: 'known', postcode: 'somewhere by the river' })).toContain(
      'Enter a full UK postcode, like SW1A 1AA',
    );
  });

  test('takes words, or that it is not known, but not both', () => {
    const box = notKnownBox('whatIsHappening');
    expect(faults('concern', { whatIsHappening: 'Something' })).toEqual([]);
    expect(faults('concern', { [box]: 'yes' })).toEqual([]);
    expect(faults('concern', { whatIsHappening: 'Something', [box]: 'yes' })).toEqual([
      'What is happening: answer, or tick “Not known”, but not both',
    ]);
  });

  test('takes “none of these” alone', () => {
    expect(faults('criteria', { criteria: ['used', 'missing'] })).toEqual([]);
    expect(faults('criteria', { criteria: ['used', 'none'] })).toEqual([
      '“None of these” cannot be ticked with another answer',
    ]);
    expect(faults('criteria', { criteria: ['planted'] })).toEqual(['Tick answers from the list']);
  });

  test('says all that is wrong at once, in the order of the page', () => {
    expect(faults('you', { yourName: 'a\0b', phone: '123' })).toEqual([
      expect.stringContaining('Your full name has a character that cannot be kept'),
      'Enter your job or role',
      'Enter a phone number with its area code, like 020 7946 0000',
      'Choose the kind of agency you work for',
    ]);
  });
});
