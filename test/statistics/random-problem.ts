import fc from 'fast-check';
import type { Cell, Problem, Relation, ShareOf } from '../../src/statistics/disclosure/problem.ts';

/** Counts as tables of a small service have them: many zeros and small numbers, a few large ones. */
const count = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 3, arbitrary: fc.integer({ min: 5, max: 60 }) },
);

export interface Size {
  rows: number;
  columns: number;
}

/**
 * Publications at random: a table of two dimensions of which any of the margins, and some of the cells, may be published; some
 * cells are broken down once more, some have a part of their own (the young women of a borough) that may add up to a
 * published number, some are published as shares of their row; some have been published before.
 */
export function randomProblem(most: Size): fc.Arbitrary<Problem> {
  return fc
    .record({
      k: fc.integer({ min: 2, max: 6 }),
      rows: fc.integer({ min: 1, max: most.rows }),
      columns: fc.integer({ min: 1, max: most.columns }),
      seed: fc.infiniteStream(fc.record({ count, chance: fc.integer({ min: 0, max: 99 }) })),
    })
    .map(({ k, rows, columns, seed }) => {
      const cells: Cell[] = [];
      const relations: Relation[] = [];
      const shares: ShareOf[] = [];
      const chance = (percent: number) => seed.next().value.chance < percent;
      const add = (id: string, value: number, keep: number, published: boolean) => {
        const standing = !published ? 'unpublished' : chance(4) ? 'known' : 'published';
        cells.push({ id, value, standing, people: true, keep });
        return value;
      };
      const sum = (plus: string[], total: string) =>
        relations.push({ plus, minus: [total], is: 'equal', by: 0 });

      const table = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => seed.next().value.count),
      );
      const id = (row: number, column: number) => `cell ${row} ${column}`;
      table.forEach((row, r) => {
        row.forEach((value, c) => {
          add(id(r, c), value, 0, !chance(8));
          if (value > 3 && chance(12)) {
            const part = Math.min(value, seed.next().value.count);
            add(`${id(r, c)} x`, part, 0, true);
            add(`${id(r, c)} y`, value - part, 0, true);
            sum([`${id(r, c)} x`, `${id(r, c)} y`], id(r, c));
          }
        });
      });
      const all = table.flat().reduce((total, value) => total + value, 0);
      add('all', all, 2, !chance(10));
      table.forEach((row, r) => {
        const total = add(
          `row ${r}`,
          row.reduce((its, value) => its + value, 0),
          1,
          !chance(15),
        );
        sum(
          row.map((_value, c) => id(r, c)),
          `row ${r}`,
        );
        if (total > 0 && chance(20)) shares.push({ part: `row ${r}`, whole: 'all' });
      });
      for (let c = 0; c < columns; c += 1) {
        add(
          `column ${c}`,
          table.reduce((its, row) => its + (row[c] ?? 0), 0),
          1,
          !chance(30),
        );
        sum(
          table.map((_row, r) => id(r, c)),
          `column ${c}`,
        );
      }
      sum(
        table.map((_row, r) => `row ${r}`),
        'all',
      );

      if (chance(40)) {
        const parts = table.map((row, r) => {
          const whole = row.reduce((its, value) => its + value, 0);
          add(`female ${r}`, Math.min(whole, seed.next().value.count), 0, true);
          shares.push({ part: `female ${r}`, whole: `row ${r}` });
          return `female ${r}`;
        });
        const female = parts.reduce(
          (its, part) => its + (cells.find((cell) => cell.id === part)?.value ?? 0),
          0,
        );
        add('female', female, 1, chance(70));
        sum(parts, 'female');
        if (chance(50)) shares.push({ part: 'female', whole: 'all' });
      }
      if (chance(25)) {
        const [larger, smaller] = table.flat().every((value) => value === 0) ? [] : ['all', id(0, 0)];
        if (larger && smaller) relations.push({ plus: [smaller], minus: [larger], is: 'at-most', by: 0 });
      }
      return { k, cells, relations, shares };
    });
}
