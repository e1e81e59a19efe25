import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Column, describeFiles, type FileName, fileNames } from '../../src/history-in/files.ts';
import { importHistory } from '../../src/history-in/index.ts';
import { plainDate } from '../../src/platform/clock/plain-date.ts';
import { type TestService, testService } from '../support/service.ts';
import { csvFile, wholeRows } from './incoming.ts';

let given: TestService;
beforeAll(async () => {
  given = await testService();
});
afterAll(() => given.stop());

const described = describeFiles({
  today: plainDate('2026-02-02'),
  areas: [],
  providers: [],
  decision: { value: 5, unit: 'working days' },
});

/** How many rows each file has. */
const ROWS = 4;

/** Rows of a file that are all good: each its own, all about their own referral. */
function goodRows(name: FileName): Record<string, string>[] {
  const own = ['referral_ref', 'person_ref', 'rescue_ref', 'individual_ref', 'nrm_ref', 'session_ref'];
  return Array.from({ length: ROWS }, (_none, row) =>
    Object.fromEntries(
      Object.entries(wholeRows[name]).map(([column, value]) => [
        column,
        own.includes(column) ? `${value}-${row}` : value,
      ]),
    ),
  );
}

/** Something that no column of its type takes; `null` for free text, which takes any words. */
function badValues({ type, required, cell }: Column): string[] {
  const wrong = {
    date: ['2020-13-01', '01/02/2020', '2020-1-1', 'soon'],
    int: ['-1', '1.5', 'ten'],
    timestamptz: ['2020-06-01', '2020-06-01T25:00:00', '2020-03-29T01:00:00'],
    text: ['\u0001', 'no such thing?'].filter((value) => 'fault' in cell(value)),
    'text[]': ['XX', 'LD;XX'],
  }[type];
  return [...wrong, ...(required ? ['', '  '] : [])];
}

const mutation = fc.constantFrom(...described).chain((file) =>
  fc.constantFrom(...file.columns).chain((column) =>
    fc.record({
      file: fc.constant(file.name),
      column: fc.constant(column.name),
      value: fc.constantFrom(...badValues(column)),
      row: fc.integer({ min: 0, max: ROWS - 1 }),
    }),
  ),
);

test('any cell that is made wrong is told of by its line, and nothing at all is written', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(mutation, async ({ file, column, value, row }) => {
      const told: string[] = [];
      const outcome = await importHistory(given.connections.jobs, {
        files: fileNames.map((name) => {
          const rows = goodRows(name);
          if (name === file) rows[row] = { ...rows[row], [column]: value };
          return csvFile(name, rows);
        }),
        source: 'x',
        mode: 'all',
        onBehalfOf: null,
        now: new Date('2026-02-02T12:00:00Z'),
        fault: (fault) => void told.push(`${fault.file}:${fault.line}: ${fault.column}`),
      });
      expect(outcome.imported).toBe(false);
      expect(told).toContain(`${file}:${row + 2}: ${column}`);
      const { rows } = await given.owner.query(
        `select (select count(*) from service.person) + (select count(*) from service.county_link)
           + (select count(*) from service.training_session) + (select count(*) from service.import) as written`,
      );
      expect(Number(rows[0].written)).toBe(0);
    }),
    { numRuns: 60 },
  );
});
