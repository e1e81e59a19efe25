import { expect, test } from 'vitest';
import { changesOf, lastChangeTo, type Version } from './changes.ts';

const version = (number: number, by: string, name: string, born: string): Version<'name' | 'born'> => ({
  version: number,
  at: new Date(Date.UTC(2026, 4, number)),
  by,
  values: { name, born },
});

const versions = [
  version(1, 'Amira', 'Kofi', '2010'),
  version(2, 'Ben', 'Kofi Mensah', '2010'),
  version(3, 'Chi', 'Kofi Mensah', '2010'),
  version(4, 'Dee', 'Kofi', '2011'),
];

test('a version is what it changed of the one before, and one that changed nothing here is no change', () => {
  expect(changesOf(versions).map(({ version: number, by, fields }) => ({ number, by, fields }))).toEqual([
    { number: 2, by: 'Ben', fields: [{ field: 'name', from: 'Kofi', to: 'Kofi Mensah' }] },
    {
      number: 4,
      by: 'Dee',
      fields: [
        { field: 'name', from: 'Kofi Mensah', to: 'Kofi' },
        { field: 'born', from: '2010', to: '2011' },
      ],
    },
  ]);
});

test('a record that was never changed has no changes', () => {
  expect(changesOf(versions.slice(0, 1))).toEqual([]);
  expect(changesOf([])).toEqual([]);
});

test('who changed a field is who changed it last', () => {
  const changes = changesOf(versions);
  expect(lastChangeTo('name', changes)?.by).toBe('Dee');
  expect(lastChangeTo('name', changes.slice(0, 1))?.by).toBe('Ben');
  expect(lastChangeTo('born', changes.slice(0, 1))).toBeUndefined();
});
