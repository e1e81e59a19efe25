import { expect, test } from 'vitest';
import { entriesOf, type HeldRow, idsIn, newSince, sectionsOf } from './held.ts';

const WORKER = '0a1b2c3d-0000-4000-8000-000000000001';
const note: HeldRow = {
  table: 'case_note',
  isEarlier: false,
  values: {
    id: '0a1b2c3d-0000-4000-8000-000000000002',
    person_id: '0a1b2c3d-0000-4000-8000-000000000003',
    author_id: WORKER,
    organisation_id: '0a1b2c3d-0000-4000-8000-000000000004',
    kind: 'contact-in-person',
    happened_at: '2026-03-02T10:00:00+00:00',
    fact: 'They came.',
    third_party: 'So did their aunt.',
    opinion: '',
    version: 2,
    recorded_at: '2026-03-03T10:00:00Z',
    action_id: null,
  },
};

test('a row is read as words: names for ids, dates, codes; keys and empty fields are left out', () => {
  expect(idsIn([note])).toContain(WORKER);
  const [section] = sectionsOf([note], new Map([[WORKER, 'Wren Worker']]));
  expect(section?.title).toBe('Case notes');
  expect(section?.records[0]?.fields.map(({ label, text, proposal }) => [label, text, proposal])).toEqual([
    ['Author', 'Wren Worker', null],
    ['Kind', 'Contact in person', null],
    ['Happened', '2 March 2026 at 10am', null],
    ['What happened', 'They came.', null],
    ['What was said of or by others', 'So did their aunt.', 'third-party'],
  ]);
});

test('the record comes first, and what is current before what it replaced', () => {
  const person: HeldRow = { table: 'person', isEarlier: false, values: { id: 'p', family_name: 'Okafor' } };
  const earlier = { ...note, isEarlier: true, values: { ...note.values, fact: 'They cmae.' } };
  const sections = sectionsOf([earlier, note, person], new Map());
  expect(sections.map(({ table }) => table)).toEqual(['person', 'case_note']);
  expect(sections[1]?.records.map(({ isEarlier }) => isEarlier)).toEqual([false, true]);
});

test('what was opened is news again by what is new or changed in it, however late that was done', () => {
  const part = (...rows: HeldRow[]) => {
    const [section] = sectionsOf(rows, new Map());
    if (!section) throw new Error('No part');
    return section;
  };
  const read = { at: new Date('2026-03-04T10:00:00Z'), entries: entriesOf(part(note)) };
  const later = (version: number, day: string): HeldRow => ({
    ...note,
    values: { ...note.values, version, recorded_at: `2026-03-${day}T10:00:00Z` },
  });
  const earlier = { ...note, isEarlier: true };
  expect(newSince(part(note), read)).toBe(0);
  expect(newSince(part(earlier, later(3, '05')), read)).toBe(1);
  expect(newSince(part(earlier, { ...later(3, '05'), isEarlier: true }, later(4, '06')), read)).toBe(2);
  // It began before they opened it, and was done after.
  expect(newSince(part(earlier, later(3, '03')), read)).toBe(1);
});

test('answers are read with their questions', () => {
  const referral: HeldRow = {
    table: 'referral',
    isEarlier: false,
    values: {
      id: 'r',
      answers: [{ page: 'x', key: 'y', question: 'Where are they?', answer: 'At home', value: 'home' }],
    },
  };
  expect(sectionsOf([referral], new Map())[0]?.records[0]?.fields[0]?.text).toBe('Where are they? At home');
});

test('codes read as words, and what is made for searching is left out', () => {
  const person: HeldRow = {
    table: 'person',
    isEarlier: false,
    values: {
      id: 'p',
      area: 'E09000014',
      ethnicity: 'WOTH',
      phone_key: '447700900001',
      disabilities: ['AUT'],
    },
  };
  const [record] = sectionsOf([person], new Map([['E09000014', 'Haringey']]))[0]?.records ?? [];
  expect(record?.fields.map(({ label, text }) => [label, text])).toEqual([
    ['Council responsible', 'Haringey'],
    ['Ethnicity', 'White: any other White background'],
    ['Disabilities', 'Autism'],
  ]);
});

test('whom they may be with is proposed to be blacked out, and the kind of a relation is not', () => {
  const rows: HeldRow[] = [
    { table: 'trigger_profile', isEarlier: false, values: { id: 't', associates: 'Ant, an older cousin' } },
    { table: 'network_member', isEarlier: false, values: { id: 'n', kind: 'family', name: 'Their aunt' } },
  ];
  const fields = sectionsOf(rows, new Map()).flatMap(({ records }) => records.flatMap((each) => each.fields));
  expect(fields.map(({ field, proposal }) => [field, proposal]).toSorted()).toEqual([
    ['associates', 'third-party'],
    ['kind', null],
    ['name', 'third-party'],
  ]);
});
