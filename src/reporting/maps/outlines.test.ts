import { expect, test } from 'vitest';
import type { DrawnPlace, Point } from './drawn-places.ts';
import { outlinesOf } from './outlines.ts';

const square = (key: string, x: number): DrawnPlace => {
  const ring: Point[] = [
    [x, 0],
    [x + 100, 0],
    [x + 100, 100],
    [x, 100],
  ];
  return { key, rings: [ring], path: '', middle: [0, 0] };
};
/** The ends of every line of a path, in units, each line from its left or upper end. */
function edgesOf(path: string): string[] {
  return path
    .split('M')
    .slice(1)
    .flatMap((line) => {
      const [start = '', steps = ''] = line.split('l');
      let [x = 0, y = 0] = start.split(' ').map(Number);
      const numbers = steps.split(' ').map(Number);
      return Array.from({ length: numbers.length / 2 }, (_step, n) => {
        const from = [x, y];
        x += numbers[2 * n] ?? 0;
        y += numbers[2 * n + 1] ?? 0;
        return [from, [x, y]].toSorted().join(' ');
      });
    })
    .toSorted();
}

test('a border is what two groups share and what lies at the edge, each of it once, and nothing within a group', () => {
  const places = [square('a', 0), square('b', 100), square('c', 200)];
  const path = outlinesOf(places, (key) => (key === 'c' ? 'other' : 'one'));
  expect(edgesOf(path)).toEqual(
    [
      ['0,0', '0,10'],
      ['0,0', '10,0'],
      ['10,0', '20,0'],
      ['20,0', '30,0'],
      ['0,10', '10,10'],
      ['10,10', '20,10'],
      ['20,10', '30,10'],
      ['20,0', '20,10'],
      ['30,0', '30,10'],
    ]
      .map((edge) => edge.join(' '))
      .toSorted(),
  );
});

test('one group has its edge alone', () => {
  expect(edgesOf(outlinesOf([square('a', 0), square('b', 100)], () => 'one'))).toHaveLength(6);
  expect(outlinesOf([], () => 'one')).toBe('');
});
