import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conflictsBetween, reconcile } from './conflict.ts';

type Field = 'name' | 'born' | 'postcode';
const base = { name: 'Kofi', born: '2010', postcode: '' };

test('each changed field says who changed it; the others are not there', () => {
  expect(
    conflictsBetween(
      { ...base, gender: 'male', area: 'Lambeth' },
      { name: 'Kofi', born: '2011', postcode: 'SE1 1AA', gender: 'female', area: 'Lambeth' },
      { name: 'Kofi Mensah', born: '2012', postcode: 'SE1 1AA', gender: 'male', area: 'Lambeth' },
    ),
  ).toEqual([
    { field: 'name', base: 'Kofi', theirs: 'Kofi', mine: 'Kofi Mensah', changedBy: 'me' },
    { field: 'born', base: '2010', theirs: '2011', mine: '2012', changedBy: 'both-differently' },
    { field: 'postcode', base: '', theirs: 'SE1 1AA', mine: 'SE1 1AA', changedBy: 'both-alike' },
    { field: 'gender', base: 'male', theirs: 'female', mine: 'male', changedBy: 'them' },
  ]);
});

describe('a form whose record was changed while it was open', () => {
  const theirs = { ...base, born: '2011' };

  test('is saved without a question when the others changed none of its fields', () => {
    const mine = { ...base, name: 'Kofi Mensah' };
    expect(reconcile({ base, theirs: base, mine, choices: {}, seen: false })).toEqual({
      kind: 'settled',
      values: mine,
    });
  });

  test('is shown what others changed even where it touched another field, and then merged', () => {
    const mine = { ...base, name: 'Kofi Mensah' };
    const shown = reconcile({ base, theirs, mine, choices: {}, seen: false });
    expect(shown).toMatchObject({ kind: 'to-show', undecided: [] });
    expect(reconcile({ base, theirs, mine, choices: {}, seen: true })).toEqual({
      kind: 'settled',
      values: { name: 'Kofi Mensah', born: '2011', postcode: '' },
    });
  });

  test('needs a choice in each field both changed, and takes the one that is chosen', () => {
    const mine = { ...base, born: '2012' };
    const choices = (side?: 'theirs' | 'mine') => ({
      base,
      theirs,
      mine,
      choices: { born: side },
      seen: true,
    });
    expect(reconcile(choices())).toMatchObject({ kind: 'to-show', undecided: ['born'] });
    expect(reconcile(choices('theirs'))).toEqual({ kind: 'settled', values: theirs });
    expect(reconcile(choices('mine'))).toEqual({ kind: 'settled', values: mine });
  });

  test('is shown again when something more was changed after it was shown', () => {
    const mine = { ...base, born: '2012' };
    const later = { ...theirs, name: 'Kofi Osei' };
    expect(reconcile({ base, theirs: later, mine, choices: { born: 'mine' }, seen: false })).toMatchObject({
      kind: 'to-show',
      undecided: [],
    });
  });

  test('never loses a change that only one side made, whatever is chosen', () => {
    const value = fc.constantFrom('', 'a', 'b', 'c');
    const values = fc.record({ name: value, born: value, postcode: value });
    const side = fc.constantFrom('theirs' as const, 'mine' as const);
    fc.assert(
      fc.property(
        values,
        values,
        values,
        fc.record({ name: side, born: side, postcode: side }),
        (b, t, m, choices) => {
          const outcome = reconcile({ base: b, theirs: t, mine: m, choices, seen: true });
          if (outcome.kind !== 'settled') throw new Error('every field has a choice');
          for (const field of Object.keys(b) as Field[]) {
            const { [field]: kept } = outcome.values;
            if (t[field] === b[field]) expect(kept).toBe(m[field]);
            else if (m[field] === b[field]) expect(kept).toBe(t[field]);
            else expect(kept).toBe(choices[field] === 'mine' ? m[field] : t[field]);
          }
        },
      ),
    );
  });
});
