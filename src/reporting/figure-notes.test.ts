import { expect, test } from 'vitest';
import { figuresOf } from '../../test/reporting/small-figures.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import { figureNotes } from './figure-notes.ts';

const notesOf = (id: string): string[] => {
  const shape = measureWithId(id)?.shape;
  const figures = figuresOf({ [id]: {} }).measures[id];
  if (!shape || !figures) throw new Error(`There is no ${id}`);
  return figureNotes(figures, shape);
};

test('what is not of the days of the period alone says of which it is, whatever its form', () => {
  expect(notesOf('rescue.by-force')).toContain(
    'Counted from the beginning, up to the last day of each period.',
  );
  expect(notesOf('support.open-by-length')).toContain('As it was on the last day of each period.');
  expect(notesOf('impact.missing')).toEqual([
    'Counted from the beginning, up to the last day of the period.',
  ]);
  expect(notesOf('county-lines.return').join()).toContain('last day of the period');
  expect(notesOf('training.delivered')).toEqual([]);
});
