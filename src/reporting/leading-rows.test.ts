import { expect, test } from 'vitest';
import { figuresOf } from '../../test/reporting/small-figures.ts';
import type { Json } from '../statistics/measure.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import { leadingRows } from './leading-rows.ts';

const ID = 'rescue.by-force';
const shape = measureWithId(ID)?.shape;

/** @param rescues of each force; null for what is hidden */
function notesOf(rescues: Readonly<Record<string, number | null>>, all: number | null = 78): string[] {
  const rows = Object.entries(rescues).map(
    ([key, count]): Json => ({
      key,
      label: key,
      current: 60,
      previous: null,
      change: null,
      rank: 1,
      previousRank: null,
      rescues: count,
      ...(count === null && { suppressed: true }),
    }),
  );
  const share = {
    numerator: all,
    denominator: 208,
    percent: null,
    ...(all === null && { suppressed: true }),
  };
  const { measures } = figuresOf({ [ID]: { rows, rescued: { current: share, previous: null } } });
  const measure = measures[ID];
  if (!measure || !shape) throw new Error('There is no such measure');
  return leadingRows(measure, shape);
}

test('the two forces with most rescues are named with their part of them all, whichever they are', () => {
  expect(notesOf({ Sussex: 21, Kent: 5, Hampshire: 10, Suffolk: 9 })).toEqual([
    'Sussex and Hampshire had most rescues: together 31 of 78, 40%.',
  ]);
});

test('all that tie for second are named, unless they are many, and a force that is not known never', () => {
  expect(notesOf({ Kent: 9, Sussex: 21, Essex: 9, Dorset: 1, unknown: 30 })).toEqual([
    'Sussex, Essex and Kent had most rescues: together 39 of 78, 50%.',
  ]);
  expect(notesOf({ A: 21, B: 9, C: 9, D: 9, E: 9 })).toEqual([]);
});

test('nothing is said of forces whose rescues are hidden, or of a total that is', () => {
  expect(notesOf({ Sussex: 21, Hampshire: null, Suffolk: 9, Kent: 5 })).toEqual([
    'Of those whose rescues are told, Sussex and Suffolk had most rescues: together 30 of 78, 38%.',
  ]);
  expect(notesOf({ Sussex: 21, Hampshire: 10, Suffolk: 9 }, null)).toEqual([]);
  expect(notesOf({ Sussex: 21, Hampshire: 0, Kent: 0 })).toEqual([]);
});
