import { describe, expect, test } from 'vitest';
import {
  type Contact,
  contactHows,
  contactInWords,
  contactOutcomes,
  contactPeople,
  isFailed,
  isSpokenWith,
  kindOfNoteAbout,
} from './contact.ts';

const reached: Contact = { how: 'telephone', withWhom: 'young-person', outcome: 'reached' };
const all: Contact[] = contactHows.flatMap(({ code: how }) =>
  contactPeople.flatMap(({ code: withWhom }) =>
    [...contactOutcomes.map(({ code }) => code), 'planned' as const].map((outcome) => ({
      how,
      withWhom,
      outcome,
    })),
  ),
);

describe('a contact', () => {
  test('is with the young person when they were reached themselves, and could answer', () => {
    expect(all.filter(isSpokenWith)).toEqual(
      (['in-person', 'telephone', 'text', 'video'] as const).map((how) => ({ ...reached, how })),
    );
  });

  test('failed when the young person was tried and not there; to cancel is to answer', () => {
    expect(new Set(all.filter(isFailed).map(({ outcome }) => outcome))).toEqual(
      new Set(['no-answer', 'did-not-come']),
    );
    expect(isFailed({ ...reached, withWhom: 'professional', outcome: 'no-answer' })).toBe(false);
  });

  test('is said in words, and a planned one without what came of it', () => {
    expect(contactInWords({ ...reached, outcome: 'did-not-come' })).toBe(
      'Telephone call with the young person: they did not come',
    );
    expect(contactInWords({ ...reached, outcome: 'planned' })).toBe('Telephone call with the young person');
  });

  test.each([
    [reached, 'contact-telephone'],
    [{ ...reached, how: 'in-person' }, 'contact-in-person'],
    [{ ...reached, how: 'video' }, 'contact-telephone'],
    [{ ...reached, how: 'text' }, 'contact-message'],
    [{ ...reached, outcome: 'no-answer' }, 'contact-attempted'],
    [{ ...reached, withWhom: 'parent-or-carer' }, 'contact-with-others'],
    [{ ...reached, outcome: 'cancelled-by-us' }, 'other'],
    [{ ...reached, how: 'letter' }, 'other'],
  ] as const)('%j is told in a note of the kind %s', (contact, kind) => {
    expect(kindOfNoteAbout(contact)).toBe(kind);
  });
});
