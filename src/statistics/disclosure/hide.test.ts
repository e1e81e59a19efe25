import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomProblem } from '../../../test/statistics/random-problem.ts';
import { audit } from './audit.ts';
import { hide } from './hide.ts';

const LONG = process.env.HOMEWARD_TEST_LONG === '1';

describe('any publication', () => {
  it('is hidden so that the auditor finds nothing out', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(randomProblem({ rows: 5, columns: 6 }), async (problem) => {
        const { hidden, exposed } = hide(problem);
        const found = await audit(problem, hidden);
        const all = found.filter(({ cells }) => !exposed.includes(cells.join(' + ')));
        expect(all, `hidden: ${[...hidden].join(', ')}`).toEqual([]);
      }),
      { numRuns: LONG ? 4000 : 400, seed: 5 },
    );
  });
});
