import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeFoundOut } from '../../../test/statistics/every-table.ts';
import { AuditStopped, audit, auditWithin } from './audit.ts';
import { hide } from './hide.ts';
import type { Cell, Problem, Relation, Standing } from './problem.ts';

const LONG = process.env.HOMEWARD_TEST_LONG === '1';

function cell(id: string, value: number, standing: Standing = 'published', keep = 0): Cell {
  return { id, value, standing, people: true, keep };
}

function sum(parts: string, total: string): Relation {
  return { plus: parts.split(' '), minus: [total], is: 'equal', by: 0 };
}

function line(values: readonly number[]): Problem {
  const cells = values.map((value, n) => cell(`c${n}`, value));
  const total = values.reduce((all, value) => all + value, 0);
  return {
    k: 5,
    cells: [...cells, cell('total', total, 'published', 1)],
    relations: [sum(cells.map(({ id }) => id).join(' '), 'total')],
    shares: [],
  };
}

describe('what a bad hider leaves', () => {
  it('is one cell alone in its line', async () => {
    const found = await audit(line([3, 12, 40]), new Set(['c0']));
    expect(found).toEqual([{ cells: ['c0'], how: 'bounds', least: 3, most: 3 }]);
  });

  it('is two small cells whose sum is less than k', async () => {
    const found = await audit(line([2, 1, 40]), new Set(['c0', 'c1']));
    expect(found.map(({ cells }) => cells)).toEqual([['c0'], ['c1']]);
  });

  it('is two small cells that could be more, but that both are hidden says that both are small', async () => {
    const found = await audit(line([4, 4, 40]), new Set(['c0', 'c1']));
    expect(found).toEqual([{ cells: ['c0', 'c1'], how: 'known-sum', least: 8, most: 8 }]);
    expect(await audit(line([4, 4, 40]), new Set(['c0', 'c1', 'c2']))).toEqual([]);
  });

  it('is a chain of lines of which one end is known from elsewhere', async () => {
    const problem: Problem = {
      k: 5,
      cells: [
        ...[3, 9, 8, 20].map((value, n) => cell(`a${n}`, value)),
        cell('b', 7),
        cell('x', 12),
        cell('y', 28),
        cell('z', 16),
      ],
      relations: [
        sum('a0 a1', 'x'),
        sum('a2 a3', 'y'),
        sum('a1 b', 'z'),
        { plus: ['b', 'a2'], minus: [], is: 'equal', by: 15 },
      ],
      shares: [],
    };
    const found = await audit(problem, new Set(['a0', 'a1', 'b', 'a2', 'a3']));
    expect(found).toEqual([]);
    const known = {
      ...problem,
      cells: problem.cells.map((its) => (its.id === 'a3' ? { ...its, standing: 'known' as const } : its)),
    };
    const byChain = await audit(known, new Set(['a0', 'a1', 'b', 'a2']));
    expect(byChain.map(({ cells: [id], least, most }) => [id, least, most])).toContainEqual(['a0', 3, 3]);
  });

  it('is a cell that only all equations together give away', async () => {
    // a + b, b + c and a + c are seen: each alone leaves room, all three leave none.
    const problem: Problem = {
      k: 5,
      cells: [cell('a', 3), cell('b', 20), cell('c', 30), cell('ab', 23), cell('bc', 50), cell('ac', 33)],
      relations: [sum('a b', 'ab'), sum('b c', 'bc'), sum('a c', 'ac')],
      shares: [],
    };
    const found = await audit(problem, new Set(['a', 'b', 'c']));
    expect(found).toContainEqual({ cells: ['a'], how: 'linear-programming', least: 3, most: 3 });
  });

  it('is a cell that only whole people give away', async () => {
    // 2a + 5b = 20: in parts of people a could be 0 to 10, in whole ones 0, 5 or 10.
    const problem: Problem = {
      k: 5,
      cells: [cell('a', 5), cell('b', 2), cell('t', 20)],
      relations: [{ plus: ['a', 'a', 'b', 'b', 'b', 'b', 'b'], minus: ['t'], is: 'equal', by: 0 }],
      shares: [],
    };
    const found = await audit(problem, new Set(['a', 'b']));
    expect(found).toContainEqual({ cells: ['a'], how: 'whole-numbers', least: 0, most: 10 });
  });

  it('is a rank that says that a row has no more than the one after it', async () => {
    const ranked: Relation = { plus: ['c0'], minus: ['c3'], is: 'at-most', by: 0 };
    const problem = line([2, 30, 40, 4]);
    const hidden = new Set(['c0', 'c1']);
    expect(await audit(problem, hidden)).toEqual([]);
    const found = await audit(
      {
        ...problem,
        cells: problem.cells.map((its) => (its.id === 'c3' ? cell('c3', 4, 'known') : its)),
        relations: [...problem.relations, ranked],
      },
      hidden,
    );
    expect(found).toContainEqual({ cells: ['c0'], how: 'bounds', least: 0, most: 4 });
  });

  it('is what is left over of a share', async () => {
    const problem: Problem = {
      k: 5,
      cells: [cell('male', 58), cell('all', 60, 'published', 1), cell('born', 58, 'known')],
      relations: [{ plus: ['born'], minus: ['male'], is: 'at-most', by: 0 }],
      shares: [{ part: 'male', whole: 'all' }],
    };
    const found = await audit(problem, new Set(['male']));
    expect(found.map(({ cells }) => cells)).toContainEqual(['all less male']);
  });

  it('is a second release that shows what the first one hid something behind', async () => {
    // In the first release a and b were hidden; in the second, b and c.
    const problem: Problem = {
      k: 5,
      cells: [cell('a', 3, 'withheld'), cell('b', 9, 'known'), cell('c', 20), cell('t', 32, 'known')],
      relations: [sum('a b c', 't')],
      shares: [],
    };
    expect((await audit(problem, new Set())).map(({ cells }) => cells)).toEqual([['a']]);
    expect(await audit(problem, new Set(['c']))).toEqual([]);
  });
});

describe('an audit of a publication', () => {
  const problem = line([4, 4, 40]);
  const hidden = new Set(['c0', 'c1', 'c2']);

  it('says what it tried, and how long it took', async () => {
    expect(await auditWithin(problem, hidden, 60)).toEqual({
      cells: 4,
      hidden: 3,
      tried: 3,
      seconds: expect.any(Number),
      solver: expect.stringMatching(/^HiGHS \d+\.\d+\.\d+$/),
      found: [],
      ended: true,
    });
    const { found } = await auditWithin(problem, new Set(['c0', 'c1']), 60);
    expect(found).toEqual([['c0', 'c1']]);
  });

  it('that has no time says so, and not that nothing was found', async () => {
    expect(await auditWithin(problem, hidden, 0)).toMatchObject({ ended: false, tried: 3 });
    await expect(audit(problem, hidden, 0)).rejects.toThrow(AuditStopped);
  });
});

/** Two rows of up to three cells with everything seen that adds up: every table that agrees can be written down. */
const tinyProblem = fc
  .record({
    k: fc.integer({ min: 2, max: 4 }),
    rows: fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 2,
    }),
    seen: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 12, maxLength: 12 }),
    share: fc.boolean(),
    order: fc.boolean(),
  })
  .map(({ k, rows, seen, share, order }) => {
    const cells: Cell[] = [];
    const relations: Relation[] = [];
    rows.forEach((row, r) => {
      cells.push(...row.map((value, c) => cell(`x${r}${c}`, value)));
      cells.push(
        cell(
          `row${r}`,
          row.reduce((all, value) => all + value, 0),
        ),
      );
      relations.push(sum(row.map((_value, c) => `x${r}${c}`).join(' '), `row${r}`));
    });
    for (const c of [0, 1]) {
      cells.push(
        cell(
          `column${c}`,
          rows.reduce((all, row) => all + (row[c] ?? 0), 0),
        ),
      );
      relations.push(sum(rows.map((_row, r) => `x${r}${c}`).join(' '), `column${c}`));
    }
    const [first = 0, second = 0] = rows[0] ?? [];
    if (order && first <= second) relations.push({ plus: ['x00'], minus: ['x01'], is: 'at-most', by: 0 });
    const shares = share ? [{ part: 'x00', whole: 'row0' }] : [];
    const total = cell(
      'all',
      rows.flat().reduce((all, value) => all + value, 0),
      'known',
    );
    relations.push(sum(rows.map((_row, r) => `row${r}`).join(' '), 'all'));
    const problem: Problem = { k, cells: [...cells, total], relations, shares };
    const hidden = new Set(cells.flatMap(({ id }, n) => ((seen[n] ?? 0) < 55 ? [id] : [])));
    return { problem, hidden, most: total.value };
  });

describe('an audit of a large table', () => {
  // Of 40 rows and 12 columns every cell is hidden, and all totals are seen.
  const [rows, columns] = [40, 12];
  const value = (row: number, column: number) => (row * 7 + column * 5) % 23;
  const ids = Array.from({ length: rows }, (_r, row) =>
    Array.from({ length: columns }, (_c, column) => `${row}-${column}`),
  );
  const totals = [
    ...ids,
    ...Array.from({ length: columns }, (_c, column) => ids.map((row) => row[column] ?? '')),
  ];
  const worth = (id: string) => {
    const [row = 0, column = 0] = id.split('-').map(Number);
    return value(row, column);
  };
  const table: Problem = {
    k: 5,
    cells: [
      ...ids.flat().map((id) => cell(id, worth(id))),
      ...totals.map((parts, number) =>
        cell(
          `total-${number}`,
          parts.reduce((all, id) => all + worth(id), 0),
          'published',
          1,
        ),
      ),
    ],
    relations: totals.map((parts, number) => sum(parts.join(' '), `total-${number}`)),
    shares: [],
  };

  it('tries hundreds of cells in a second or two of work, and misses none that shows', {
    timeout: 60_000,
  }, async () => {
    const hidden = new Set(ids.flat());
    expect(await auditWithin(table, hidden, 4)).toMatchObject({ found: [], ended: true, tried: 480 });
    // All of one row but for a single cell is shown, and so is all of one column but for two.
    const shown = new Set([...(ids[3] ?? []).slice(1), ...ids.slice(4, -2).map((row) => row[6] ?? '')]);
    const found = await audit(table, new Set([...hidden].filter((id) => !shown.has(id))));
    expect(found.map(({ cells }) => cells)).toContainEqual(['3-0']);
  });

  it('comes to the same whatever it begins with', { timeout: 60_000 }, async () => {
    const hidden = new Set((ids[3] ?? []).slice(0, 3).concat((ids[9] ?? []).slice(0, 3)));
    const [first, second] = [
      await audit(table, hidden, Infinity, 1),
      await audit(table, hidden, Infinity, 2),
    ];
    expect(second).toEqual(first);
  });
});

describe('tables so small that all that agree can be written down', () => {
  it('are judged by the auditor as by counting', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(tinyProblem, async ({ problem, hidden, most }) => {
        const found = await audit(problem, hidden);
        expect(found.length > 0, JSON.stringify(found)).toBe(canBeFoundOut(problem, hidden, most));
      }),
      { numRuns: LONG ? 2000 : 150, seed: 3 },
    );
  });

  it('are hidden so that counting finds nothing out', { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(tinyProblem, ({ problem, most }) => {
        const { hidden, exposed } = hide(problem);
        if (exposed.length === 0) expect(canBeFoundOut(problem, hidden, most)).toBe(false);
      }),
      { numRuns: LONG ? 2000 : 150, seed: 4 },
    );
  });
});
