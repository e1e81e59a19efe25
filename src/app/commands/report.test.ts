import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referred } from '../../../test/statistics/few-records.ts';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { provider, someone } from '../../../test/support/service.ts';
import type { ReportKind } from '../../reporting/report-document.ts';
import { measures } from '../../statistics/measures/index.ts';
import { runCommandLine } from '../command-line.ts';

let given: TestDatabase;
let owner: pg.Client;
let folder: string;
beforeAll(async () => {
  given = await testDatabase();
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  folder = await mkdtemp(join(tmpdir(), 'homeward-report-'));
  await referred(owner, '2020-05-01', { gender: 'female', linked_town: 'Margate' });
  await referred(owner, '2021-04-30', { gender: 'male' });
  await referred(owner, '2020-04-30', { gender: 'male' });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await owner.end();
  await given.drop();
});

async function homeward(
  args: string[],
  env: Record<string, string> = {},
  kind: ReportKind = 'strategic-assessment',
) {
  let [out, err] = ['', ''];
  const code = await runCommandLine(
    ['report', kind, ...args],
    {
      [`report ${kind}`]: async () => ({
        command: (await import('./report.ts')).reportCommand(kind),
      }),
    },
    {
      env: { DATABASE_URL: given.ownerUrl, HOMEWARD_SECRET: TEST_SECRET, ...env },
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
    },
  );
  return { code, out, err };
}
const year = ['--from', '2020-05-01', '--to', '2021-04-30'];
const before = ['--compare-from', '2019-05-01', '--compare-to', '2020-04-30'];
const json = ['--format', 'json'];

test('the figures as JSON, every measure of the catalogue with its definition and hash', async () => {
  const { code, out, err } = await homeward([...year, ...before, ...json]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const report = JSON.parse(out);
  expect(Object.keys(report)).toEqual(['report', 'period', 'comparison', 'asAt', 'disclosure', 'measures']);
  expect(report).toMatchObject({
    report: 'strategic-assessment',
    period: { from: '2020-05-01', to: '2021-04-30' },
    comparison: { from: '2019-05-01', to: '2020-04-30' },
    disclosure: 'internal',
  });
  expect(Object.keys(report.measures)).toEqual(measures.map(({ id }) => id));
  for (const measure of Object.values(report.measures))
    expect(measure).toMatchObject({
      version: 1,
      title: expect.any(String),
      definition: expect.any(String),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  expect(report.measures['referrals.total']).toMatchObject({
    total: { current: 2, previous: 1, change: 1 },
    // The leap day of 2020.
    notes: ['The periods are not equally long: 365 days, compared with 366 days.'],
  });
  const versions = ['--version', 'referrals.total=1', '--version', 'referrals.by-borough=1'];
  const again = await homeward([...year, ...before, ...json, ...versions, '--as-at', report.asAt]);
  expect(JSON.parse(again.out)).toEqual(report);
});

test('each sheet of a spreadsheet says what must be known of its figure, such as periods of unequal length', async () => {
  const file = join(folder, 'unequal.ods');
  const { code } = await homeward([...year, ...before, '--format', 'ods', '--out', file]);
  expect(code).toBe(0);
  const content = strFromU8(unzipSync(await readFile(file))['content.xml'] ?? new Uint8Array());
  const total = content.slice(content.indexOf('referrals.total, version 1') - 600);
  expect(total).toMatch(/^[\s\S]{0,600}not equally long: 365 days, compared with 366 days/);
});

test('as at a moment before anything was recorded, in London’s time', async () => {
  const { out } = await homeward([...year, ...json, '--as-at', '2020-06-01T09:00:00']);
  expect(JSON.parse(out)).toMatchObject({
    asAt: '2020-06-01T08:00:00.000Z',
    comparison: null,
    measures: { 'referrals.total': { total: null, reason: 'no-data' } },
  });
});

test('what was recorded after the moment is told in the report as at it', async () => {
  const { asAt } = JSON.parse((await homeward([...year, ...json])).out);
  const html = (moment: string) => homeward([...year, '--format', 'html', '--as-at', moment]);
  expect((await html(asAt)).out).not.toContain('entered or corrected since');
  await owner.query(
    `update service.referral set gender = 'female' where gender = 'male' and received_on = '2021-04-30'`,
  );
  const { out } = await html(asAt);
  expect(out).toMatch(
    /gender, Female, in this period: 1 here; by what was recorded up to [^<]* it is 2\. Records were/,
  );
  await owner.query(`update service.referral set gender = 'male' where received_on = '2021-04-30'`);
});

test('as comma-separated values, a number a row', async () => {
  const file = join(folder, 'figures.csv');
  const made = await homeward([...year, ...before, '--format', 'csv', '--out', file]);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toMatch(/^The strategic assessment as at .*Z is in .*figures\.csv\.\n$/);
  const [heading, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
  expect(heading).toBe(
    'measure,version,title,part,key,label,figure,value,period_from,period_to,comparison_from,comparison_to,as_at,disclosure,hash',
  );
  const cells = (measure: string, key: string, figure: string) =>
    lines
      .map((line) => line.split(','))
      .find((each) => each[0] === measure && each[4] === key && each[6] === figure);
  expect(cells('referrals.total', '', 'total.current')?.[7]).toBe('2');
  expect(cells('referrals.by-gender', 'female', 'current.percent')?.[7]).toBe('50');
  expect(cells('referrals.by-borough', 'E09000007', 'change')?.[7]).toBe('[x]');
  expect(cells('training.delivered', '', 'no-data')?.[7]).toBe('[x]');
  const taken = await homeward([...year, '--format', 'csv', '--out', file]);
  expect(taken).toMatchObject({ code: 1, out: '' });
  expect(taken.err).toMatch(/is there already: choose another file/);
});

describe('what cannot be', () => {
  const refused: [string, string[], RegExp][] = [
    [
      'a period the wrong way round',
      ['--from', '2021-05-01', '--to', '2020-04-30'],
      /--from 2021-05-01 is after --to 2020-04-30: change them round/,
    ],
    [
      'a day that is none',
      ['--from', '2021-02-30', '--to', '2021-04-30'],
      /--from 2021-02-30 is no date: write the year, month and day/,
    ],
    [
      'a day without a day after it',
      ['--from', '2020-05-01', '--to', '9999-12-31'],
      /--to 9999-12-31 is too far away: give a date from 1901-01-01 to 9998-12-31/,
    ],
    ['no first day', ['--to', '2021-04-30'], /--from is missing: give a date such as/],
    [
      'half a comparison',
      [...year, '--compare-from', '2019-05-01'],
      /--compare-to is missing: give a date such as/,
    ],
    [
      'a comparison the wrong way round',
      [...year, '--compare-from', '2020-04-30', '--compare-to', '2019-05-01'],
      /--compare-from 2020-04-30 is after --compare-to/,
    ],
    [
      'periods that share a day',
      [...year, '--compare-from', '2019-05-01', '--compare-to', '2020-05-01'],
      /The periods overlap: end the one to compare with before 2020-05-01/,
    ],
    [
      'a comparison with what came after',
      [...year, '--compare-from', '2021-05-01', '--compare-to', '2022-04-30'],
      /comes after the other: give one that ends before 2020-05-01/,
    ],
    [
      'a moment that is to come',
      [...year, '--as-at', '2999-01-01T00:00:00Z'],
      /is still to come: ask for figures as at now or earlier/,
    ],
    [
      'a moment that is none',
      [...year, '--as-at', 'yesterday'],
      /--as-at yesterday is no moment: write it as/,
    ],
    [
      'a version that there is not',
      [...year, '--version', 'referrals.total=9'],
      /^There is no version 9 of referrals\.total: there is 1$/m,
    ],
    [
      'a version of no measure',
      [...year, '--version', 'referrals.totals=1'],
      /referrals\.totals=1 is of nothing in this report: it has referrals\.total, referrals\.by-borough, /,
    ],
    [
      'a version that is none',
      [...year, '--version', 'referrals.total'],
      /--version referrals\.total is no version: write it as ID=N, such as referrals\.total=1/,
    ],
    ['a day that there is not', [...year, '--as-at', '2021-02-30T00:00:00Z'], /is no moment/],
    ['an hour that London skipped', [...year, '--as-at', '2021-03-28T01:30:00'], /is no moment/],
  ];
  test.each(refused)('%s is refused in one line', async (_what, args, why) => {
    const { code, out, err } = await homeward([...args, ...json]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(why);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each([
    ['no format', year],
    ['another format', [...year, '--format', 'docx']],
    ['another edition', [...year, ...json, '--disclosure', 'secret']],
  ])('%s is wrong usage', async (_what, args) => {
    expect(await homeward(args)).toMatchObject({ code: 2, out: '' });
  });

  test.each([
    ['where there is no folder', 'nowhere/figures.json', /There is no folder/],
    ['in place of a folder', '.', /is there already|is no file/],
  ])('a file %s is refused', async (_what, path, why) => {
    const { code, err } = await homeward([...year, ...json, '--out', join(folder, path)]);
    expect(code).toBe(1);
    expect(err).toMatch(why);
  });

  test('a PDF needs a file', async () => {
    expect(await homeward([...year, '--format', 'pdf'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--out is missing: a file for the pdf.'),
    });
  });

  test('leaves no file behind', async () => {
    const there = await readdir(folder);
    const file = join(folder, 'refused.json');
    await homeward([...year, ...json, '--as-at', '2999-01-01T00:00:00Z', '--out', file]);
    expect(await readdir(folder)).toEqual(there);
  });
});

test('as a page that draws maps and charts, with the marking and the links to what figures mean', async () => {
  const { out, err } = await homeward([...year, ...before, '--format', 'html']);
  expect(err).toBe('');
  expect(out).toContain('A map of 32 boroughs');
  expect(out).toContain('OFFICIAL-SENSITIVE');
  expect(out).toContain('http://localhost:3000/measures/referrals.total');
});

describe('the other reports', () => {
  const told = async (kind: ReportKind, args: string[]) => {
    const { out, err } = await homeward([...year, ...json, ...args], {}, kind);
    expect(err).toBe('');
    return JSON.parse(out).measures;
  };

  test('quarterly performance holds quarters against targets', async () => {
    await owner.query(`insert into reference.performance_target (measure, in_force_from, value, direction, source)
      values ('referrals.total', '2020-08-01', 1, 'at-least', 'x')`);
    const { rows, notes } = (await told('quarterly-performance', []))['quarterly.referrals.total'];
    expect(
      rows.map((row: Record<string, unknown>) => [row.key, row.current, row.target, row.against]),
    ).toEqual([
      ['2020-05', 1, undefined, undefined],
      ['2020-08', 0, 1, 'not-met'],
      ['2020-11', 0, 1, 'not-met'],
      ['2021-02', 1, 1, 'met'],
    ]);
    expect(notes).toEqual(['Where no target stands, none was in force on the first day of the quarter.']);
  });

  test('for everybody they hide small numbers, and tell nothing of them by a target', async () => {
    const { rows } = (await told('quarterly-performance', ['--disclosure', 'public']))[
      'quarterly.referrals.total'
    ];
    expect(rows.map((row: Record<string, unknown>) => row.key)).toEqual([
      '2020-05',
      '2020-08',
      '2020-11',
      '2021-02',
    ]);
    expect(rows[3]).toMatchObject({ current: null, suppressed: true, target: 1, against: 'cannot-tell' });
    const unknown = (await told('data-completeness', ['--disclosure', 'public']))['completeness.referrals'];
    for (const row of unknown.rows) {
      expect([0, null]).toContain(row.current.numerator);
      expect(row.current.denominator).toBeNull();
    }
    const exact = (await told('data-completeness', ['--version', 'completeness=1']))[
      'completeness.referrals'
    ];
    expect(exact.rows.find((row: Record<string, unknown>) => row.key === 'age')).toMatchObject({
      current: { numerator: 2, denominator: 2, percent: 100 },
    });
  });

  test('a profile is of a borough of the service', async () => {
    const profile = (borough: string[]) => homeward([...year, ...json, ...borough], {}, 'borough-profile');
    expect(JSON.parse((await profile(['--borough', 'E09000022'])).out).measures).toHaveProperty(
      'profile.standing',
    );
    expect(await profile(['--borough', 'Lambeth'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--borough Lambeth is no borough of this service: give its code'),
    });
    expect(await profile([])).toMatchObject({ code: 2 });
    const inPublic = ['--borough', 'E09000022', '--disclosure', 'public', '--version', 'referrals.total=1'];
    expect(await profile(inPublic)).toMatchObject({
      code: 1,
      err: expect.stringContaining('--version is not for a public profile'),
    });
  });
});

describe('who asks', () => {
  test.each(['analyst', 'operations-manager'] as const)('%s may', async (role) => {
    const { email } = await someone(owner, role);
    const { out, err } = await homeward([...year, ...json, '--as', email]);
    expect(err).toBe('');
    expect(JSON.parse(out).measures['referrals.total'].total.current).toBe(2);
  });

  test('a caseworker may not', async () => {
    const { email } = await someone(owner, 'caseworker', await provider(owner));
    expect(await homeward([...year, ...json, '--as', email])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('has no account in the role of analyst or operations manager'),
    });
  });
});
