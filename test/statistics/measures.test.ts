import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plainDate } from '../../src/platform/clock/plain-date.ts';
import { connectionsTo } from '../../src/platform/database/connections.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import type { Fields, Json, Period } from '../../src/statistics/measure.ts';
import { measures, measureWithId } from '../../src/statistics/measures/index.ts';
import { settledMoment } from '../../src/statistics/settled.ts';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../support/database.ts';
import {
  happened,
  linked,
  nrmReferred,
  referred,
  referredOn,
  rescueAsked,
  suppliedFiles,
  supported,
  trained,
} from './few-records.ts';

/** Each measure of measures.md on a few records, with the answer worked out by hand. */

const LAMBETH = 'E09000022';
const CAMDEN = 'E09000007';
const CITY = 'E09000001';

const year = (from: string, to: string): Period => ({ from: plainDate(from), to: plainDate(to) });
const now = year('2021-01-01', '2021-12-31');
const before = year('2020-01-01', '2020-12-31');

let given: TestDatabase;
let jobs: Database;
let owner: pg.Client;

beforeAll(async () => {
  given = await testDatabase();
  jobs = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).jobs, { connections: 2 });
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
});
afterEach(async () => {
  await owner.query(`
    truncate service.person, service.rescue_request, service.nrm_referral, service.county_link, service.training_session, service.import,
      reference.place_edition, reference.edition_in_use cascade;
    delete from reference.figure_setting where set_at > '2000-01-01'`);
});
afterAll(async () => {
  await jobs.close();
  await owner.end();
  await given.drop();
});

type Row = { readonly [field: string]: Json };

async function figure(
  id: string,
  { period = now, comparison = before }: { period?: Period; comparison?: Period | null } = {},
): Promise<Fields & { readonly reason?: string }> {
  const measure = measureWithId(id);
  if (!measure) throw new Error(`There is no measure ${id}`);
  const { fields, reason } = await jobs.asTask('statistics', async (tx) =>
    measure.compute(tx, { period, comparison, asAt: await settledMoment(tx, null) }),
  );
  return { ...fields, ...(reason === undefined ? {} : { reason }) };
}
const rowsOf = (fields: Fields): readonly Row[] => fields.rows as readonly Row[];
const rowWith = (fields: Fields, key: string) => rowsOf(fields).find((row) => row.key === key);

describe('referrals', () => {
  test('belong to the period they were received in, both of its days included', async () => {
    for (const day of ['2020-12-31', '2021-01-01', '2021-12-31', '2022-01-01', '2019-12-31'])
      await referred(owner, day);
    expect(await figure('referrals.total')).toEqual({ total: { current: 2, previous: 1, change: 1 } });
    expect(await figure('referrals.total', { comparison: null })).toEqual({
      total: { current: 2, previous: null, change: null },
    });
  });

  test('by borough: ranks 1, 2, 2, 4; the City only where it has any; no rank for what is no borough', async () => {
    for (const area of [LAMBETH, LAMBETH, LAMBETH, CAMDEN, CAMDEN, 'E09000033', 'E09000033', 'E09000005'])
      await referred(owner, '2021-03-01', { area });
    await referred(owner, '2021-03-01', { area: 'out-of-london' });
    const fields = await figure('referrals.by-borough');
    expect(
      rowsOf(fields)
        .slice(0, 5)
        .map((row) => [row.label, row.current, row.rank]),
    ).toEqual([
      ['Lambeth', 3, 1],
      ['Camden', 2, 2],
      ['Westminster', 2, 2],
      ['Brent', 1, 4],
      ['Barking and Dagenham', 0, 5],
    ]);
    expect(rowsOf(fields)).toHaveLength(33);
    expect(rowsOf(fields).at(-1)).toMatchObject({
      key: 'out-of-london',
      current: 1,
      rank: null,
      previousRank: null,
    });
    expect(fields.total).toEqual({ current: 9, previous: 0, change: null });
    // 32 boroughs, whatever the City and out of London have.
    expect((fields.bands as Row[]).map((band) => band.boroughs)).toEqual([32, 0, 0, 0, 0]);

    await referred(owner, '2020-03-01', { area: CITY });
    await referred(owner, '2021-03-01', { area: 'not-known' });
    const withCity = await figure('referrals.by-borough');
    expect(rowWith(withCity, CITY)).toMatchObject({
      label: 'City of London',
      current: 0,
      previous: 1,
      previousRank: 1,
    });
    expect(
      rowsOf(withCity)
        .slice(-2)
        .map((row) => [row.key, row.rank]),
    ).toEqual([
      ['out-of-london', null],
      ['unknown', null],
    ]);
    expect((withCity.bands as Row[]).reduce((sum, band) => sum + Number(band.boroughs), 0)).toBe(32);
  });

  test('bands by the break points that were set by the moment, and a count above the last extends it', async () => {
    for (let n = 0; n < 7; n += 1) await referred(owner, '2021-03-01', { area: LAMBETH });
    await referred(owner, '2021-03-01', { area: CAMDEN });
    await owner.query(
      `insert into reference.figure_setting values ('borough-bands', '{"from": [0, 1, 3], "to": 5}')`,
    );
    expect((await figure('referrals.by-borough')).bands).toEqual([
      { from: 0, to: 0, boroughs: 30 },
      { from: 1, to: 2, boroughs: 1 },
      { from: 3, to: 7, boroughs: 1 },
    ]);
    await owner.query(`insert into reference.figure_setting values ('borough-bands', '"jenks"')`);
    expect((await figure('referrals.by-borough')).bands).toEqual([
      { from: 0, to: 0, boroughs: 30 },
      { from: 1, to: 1, boroughs: 1 },
      { from: 7, to: 7, boroughs: 1 },
    ]);
  });

  test('by month: each month of the period and the same one a year earlier, whatever it is compared with', async () => {
    for (const day of [
      '2021-02-15',
      '2021-02-28',
      '2021-03-10',
      '2021-03-11',
      '2020-02-29',
      '2020-03-10',
      '2020-03-11',
    ])
      await referred(owner, day);
    const fields = await figure('referrals.by-month', {
      period: year('2021-02-01', '2021-03-10'),
      comparison: year('2019-02-01', '2019-03-10'),
    });
    expect(rowsOf(fields).map(({ key, current, previous, rank }) => [key, current, previous, rank])).toEqual([
      ['2021-02', 2, 1, null],
      // 11 March is in neither.
      ['2021-03', 1, 1, null],
    ]);
    expect(fields.total).toEqual({ current: 3, previous: 2, change: 0.5 });
  });

  test('by age: completed years at receipt; born on 29 February, a year more on 1 March', async () => {
    const born = (date_of_birth: string, day: string) => referred(owner, day, { date_of_birth });
    await born('2010-02-28', '2021-02-28'); // 11 that day
    await born('2010-03-01', '2021-02-28'); // 10 still
    await born('2008-02-29', '2021-02-28'); // 12
    await born('2004-02-29', '2021-02-28'); // 16, and 17 on 1 March
    await born('1995-02-28', '2021-02-28'); // 26
    await born('2003-02-28', '2021-02-28'); // 18
    await born('2003-03-01', '2021-02-28'); // 17
    await referred(owner, '2021-02-28');
    await born('2004-02-29', '2021-03-01'); // 17
    const rows = rowsOf(await figure('referrals.by-age'));
    expect(Object.fromEntries(rows.map((row) => [row.key, (row.current as Row).numerator]))).toEqual({
      '0-10': 1,
      '11-15': 2,
      '16-17': 3,
      '18-25': 1,
      '26+': 1,
      unknown: 1,
    });
  });

  test('by ethnic group: blank and refused are unknown and stay in the denominator', async () => {
    for (const ethnicity of ['WBRI', 'BAFR', 'BCRB', 'REFU', 'NOBT', 'CHNE', 'OOTH', 'MOTH'])
      await referred(owner, '2021-03-01', { ethnicity });
    const fields = await figure('referrals.by-ethnic-group');
    expect(rowsOf(fields).map((row) => [row.key, (row.current as Row).numerator])).toEqual([
      ['white', 1],
      ['black', 2],
      ['asian', 1],
      ['mixed', 1],
      ['other', 1],
      ['unknown', 2],
    ]);
    expect(rowWith(fields, 'black')?.current).toEqual({ numerator: 2, denominator: 8, percent: 25 });
    // Nothing the year before: a share of nothing is none.
    expect(rowWith(fields, 'black')).toMatchObject({
      previous: { numerator: 0, denominator: 0, percent: null },
      points: null,
    });
  });

  test('by gender, points are of the displayed percentages', async () => {
    for (const gender of ['female', 'male', 'male']) await referred(owner, '2021-03-01', { gender });
    for (const gender of ['female', ...Array<string>(7).fill('male')])
      await referred(owner, '2020-03-01', { gender });
    // 33.3% and 12.5%: shown 33 and 13, so 20 points.
    expect(rowWith(await figure('referrals.by-gender'), 'female')).toEqual({
      key: 'female',
      label: 'Female',
      current: { numerator: 1, denominator: 3, percent: 33 },
      previous: { numerator: 1, denominator: 8, percent: 13 },
      points: 20,
    });
  });

  test('young women: ten boroughs, ties at ten, none without a referral, never out of London', async () => {
    const boroughs = ['02', '03', '04', '05', '06', '07', '08', '09', '10'].map((n) => `E090000${n}`);
    for (const area of boroughs)
      for (const gender of ['female', 'male']) await referred(owner, '2021-03-01', { area, gender });
    // Two with one each tie for tenth; out of London has most.
    await referred(owner, '2021-03-01', { area: 'E09000012', gender: 'female' });
    await referred(owner, '2021-03-01', { area: 'E09000011', gender: 'male' });
    for (let n = 0; n < 5; n += 1)
      await referred(owner, '2021-03-01', { area: 'out-of-london', gender: 'female' });
    const rows = rowsOf(await figure('referrals.young-women'));
    expect(rows.map((row) => row.key)).toEqual([...boroughs, 'E09000011', 'E09000012']);
    expect(rows.at(-1)?.current).toEqual({ numerator: 1, denominator: 1, percent: 100 });
    expect(rows[0]?.current).toEqual({ numerator: 1, denominator: 2, percent: 50 });

    await owner.query(
      `delete from service.referral where area like 'E09%' and area not in ('E09000011', 'E09000002')`,
    );
    expect(rowsOf(await figure('referrals.young-women')).map((row) => row.key)).toEqual([
      'E09000002',
      'E09000011',
    ]);
  });

  test('young women by ethnic group: of referrals that are female', async () => {
    await referred(owner, '2021-03-01', { gender: 'female', ethnicity: 'WBRI' });
    await referred(owner, '2021-03-01', { gender: 'male', ethnicity: 'BAFR' });
    const fields = await figure('referrals.young-women-by-ethnic-group');
    expect(rowWith(fields, 'white')?.current).toEqual({ numerator: 1, denominator: 1, percent: 100 });
    expect(rowWith(fields, 'black')?.current).toEqual({ numerator: 0, denominator: 1, percent: 0 });
  });

  test('in education: settings of those in education, blank unknown, by gender', async () => {
    const inSchool = { education_status: 'in-education' };
    await referred(owner, '2021-03-01', { ...inSchool, education_setting: 'pru', gender: 'male' });
    await referred(owner, '2021-03-01', { ...inSchool, gender: 'female' });
    await referred(owner, '2021-03-01', { education_status: 'not-in-education', education_setting: 'pru' });
    await referred(owner, '2021-03-01');
    const fields = await figure('referrals.in-education');
    expect(fields.current).toEqual({ numerator: 2, denominator: 4, percent: 50 });
    const settings = fields.settings as Fields;
    expect(rowsOf(settings)).toHaveLength(11);
    expect(rowWith(settings, 'pru')?.current).toEqual({ numerator: 1, denominator: 2, percent: 50 });
    expect(rowWith(settings, 'unknown')?.current).toEqual({ numerator: 1, denominator: 2, percent: 50 });
    const byGender = fields.settingsByGender as Record<string, Fields>;
    expect(Object.keys(byGender)).toEqual(['female', 'male', 'non-binary', 'other', 'unknown']);
    expect(rowWith(byGender.male ?? {}, 'pru')?.current).toEqual({
      numerator: 1,
      denominator: 1,
      percent: 100,
    });
    expect(rowWith(byGender.other ?? {}, 'pru')?.current).toEqual({
      numerator: 0,
      denominator: 0,
      percent: null,
    });
  });

  test('social care, disability, gangs, missing', async () => {
    await referred(owner, '2021-03-01', {
      social_care_status: 'cla',
      disabilities: ['LD', 'ADHD'],
      gang_link: 'yes',
      missing_linked: 'yes',
      longest_missing_days: 7,
    });
    await referred(owner, '2021-03-01', {
      social_care_status: 'care-leaver',
      missing_linked: 'yes',
      longest_missing_days: 3,
    });
    await referred(owner, '2021-03-01', {
      social_care_status: 'none',
      disabilities: [],
      missing_linked: 'yes',
      gang_link: 'no',
    });
    // The days of somebody who is not said to have been missing are not looked at.
    await referred(owner, '2021-03-01', { missing_linked: 'no', longest_missing_days: 3 });
    const care = await figure('referrals.by-social-care-status');
    expect(care.anyStatus).toMatchObject({ current: { numerator: 1, denominator: 4, percent: 25 } });
    expect(rowWith(care, 'unknown')?.current).toMatchObject({ numerator: 1 });
    expect((await figure('referrals.disability')).current).toEqual({
      numerator: 1,
      denominator: 4,
      percent: 25,
    });
    expect((await figure('referrals.gang-link')).current).toEqual({
      numerator: 1,
      denominator: 4,
      percent: 25,
    });
    expect(await figure('referrals.missing')).toEqual({
      current: { numerator: 3, denominator: 4, percent: 75 },
      previous: { numerator: 0, denominator: 0, percent: null },
      daysKnown: {
        current: { numerator: 2, denominator: 3, percent: 67 },
        previous: { numerator: 0, denominator: 0, percent: null },
      },
      // 3 and 7 once each: the smallest.
      modeDays: { current: 3, previous: null },
    });
  });

  test('by agency, with four spans of three months of a year alone', async () => {
    for (const day of ['2021-05-01', '2021-07-31', '2021-08-01', '2022-04-30'])
      await referred(owner, day, { agency_kind: 'education' });
    await referred(owner, '2020-05-01', { agency_kind: 'education' });
    const aYear = { period: year('2021-05-01', '2022-04-30'), comparison: year('2020-05-01', '2021-04-30') };
    const fields = await figure('referrals.by-agency', aYear);
    expect(rowsOf(fields).at(-1)?.key).toBe('unknown');
    expect(rowWith(fields, 'education')?.current).toEqual({ numerator: 4, denominator: 4, percent: 100 });
    expect((fields.quarters as Record<string, number[]>).education).toEqual([2, 1, 0, 1]);
    expect((fields.quarters as Record<string, number[]>).health).toEqual([0, 0, 0, 0]);
    const shorter = await figure('referrals.by-agency', {
      ...aYear,
      period: year('2021-05-01', '2022-04-29'),
    });
    expect(shorter.quarters).toBeNull();
  });

  test('by ward: those with any, the unknown without rank; decisions with reasons', async () => {
    await referred(owner, '2021-03-01', {
      residence_ward: 'E05000002',
      decision: 'declined',
      decision_reason: 'no-consent',
    });
    await referred(owner, '2021-03-01', {
      residence_ward: 'E05000001',
      decision: 'signposted',
      decision_reason: 'other',
    });
    await referred(owner, '2020-03-01', { residence_ward: 'E05000003', decision: 'accepted' });
    await referred(owner, '2021-03-01', { decision: 'intelligence-only' });
    await referred(owner, '2021-03-01', { decision: 'accepted' });
    await referred(owner, '2021-03-01', { residence_ward: 'E05000002', decision: 'declined' });
    const wards = await figure('referrals.by-ward');
    expect(
      rowsOf(wards).map((row) => [row.key, row.current, row.previous, row.rank, row.previousRank]),
    ).toEqual([
      ['E05000002', 2, 0, 1, 2],
      ['E05000001', 1, 0, 2, 2],
      ['E05000003', 0, 1, 3, 1],
      ['unknown', 2, 0, null, null],
    ]);
    const decisions = await figure('referrals.decisions');
    expect(rowsOf(decisions).map((row) => [row.key, (row.current as Row).numerator])).toEqual([
      ['accepted', 1],
      ['declined', 2],
      ['signposted', 1],
      ['intelligence-only', 1],
      ['pending', 0],
    ]);
    expect(decisions.accepted).toMatchObject({ current: { percent: 20 }, previous: { percent: 100 } });
    const reasons = decisions.reasons as Fields;
    expect(reasons.total).toMatchObject({ current: 3, previous: 0 });
    expect(rowWith(reasons, 'no-consent')).toMatchObject({ current: 1, rank: 1 });
    expect(rowWith(reasons, 'no-county-lines-link')).toMatchObject({ current: 0, rank: 3 });
    expect(rowsOf(reasons).at(-1)).toMatchObject({ key: 'unknown', current: 1, rank: null });
  });
});

describe('places', () => {
  const edition = (kind: string, rows: number, year: number | null = null) =>
    owner
      .query<{ id: string }>(
        `with made as (insert into reference.place_edition (kind, edition, source, year, fingerprint, rows)
           values ($1, '2019', 'A publisher', $3, repeat('0', 64), $2) returning id),
         used as (insert into reference.edition_in_use (kind, in_use_from, edition) values ($1, '2000-01-01', '2019'))
         select id from made`,
        [kind, rows, year],
      )
      .then(({ rows: [made] }) => made?.id);

  test('deprivation: all wards of London and each borough, those without a referral too', async () => {
    const id = await edition('deprivation', 5);
    const ward = (code: string, area: string, score: number) =>
      owner.query(
        `insert into reference.deprivation (place_edition_id, ward, name, area, score, rank) values ($1, $2, $2, $3, $4, 1)`,
        [id, code, area, score],
      );
    await ward('E05000001', LAMBETH, 10);
    await ward('E05000002', LAMBETH, 20);
    await ward('E05000003', LAMBETH, 30);
    await ward('E05000004', CAMDEN, 40);
    await ward('E05000005', CAMDEN, 50);
    // Lambeth 0, 1, 2: it rises with the score. Camden 1, 0: it falls.
    for (const residence_ward of ['E05000002', 'E05000003', 'E05000003', 'E05000004', 'E05009999'])
      await referred(owner, '2021-03-01', { residence_ward });
    await referred(owner, '2021-03-01');
    const fields = await figure('referrals.deprivation');
    expect(rowsOf(fields).map((row) => [row.key, row.rho, row.n, row.edition])).toEqual([
      // Ranks 1.5, 3.5, 5, 3.5 and 1.5 against 1 to 5: rising as much as falling.
      ['london', expect.closeTo(0, 12), 5, '2019'],
      [CAMDEN, -1, 2, '2019'],
      [LAMBETH, 1, 3, '2019'],
    ]);
    expect(fields).toMatchObject({ edition: '2019', notInIndex: 2 });

    await owner.query(
      `delete from service.referral where residence_ward <> 'E05009999' or residence_ward is null`,
    );
    expect(await figure('referrals.deprivation')).toMatchObject({
      rows: null,
      reason: 'no-deprivation-index',
    });
  });

  test('disproportionality: shares over shares, unknowns among the others, with its interval', async () => {
    const id = await edition('population-by-ethnic-group', 5, 2021);
    const people = { white: 490, black: 160, asian: 200, mixed: 80, other: 70 };
    for (const [group, count] of Object.entries(people))
      await owner.query(
        `insert into reference.population (place_edition_id, area, age_from, age_to, ethnic_group, people) values ($1, $2, 10, 25, $3, $4)`,
        [id, LAMBETH, group, count],
      );
    for (let n = 0; n < 6; n += 1) await referred(owner, '2021-03-01', { ethnicity: 'BAFR' });
    for (const ethnicity of ['WBRI', 'WBRI', 'NOBT', 'AIND'])
      await referred(owner, '2021-03-01', { ethnicity });
    const fields = await figure('referrals.disproportionality');
    expect(rowsOf(fields).map((row) => row.key)).toEqual(['white', 'black', 'asian', 'mixed', 'other']);
    // (6/10 ÷ 0.16) ÷ (4/10 ÷ 0.84) = 7.875, times or divided by exp(1.96 √(1/6 + 1/4)).
    const spread = Math.exp(1.959963984540054 * Math.sqrt(1 / 6 + 1 / 4));
    expect(rowWith(fields, 'black')).toMatchObject({
      numerator: 6,
      denominator: 10,
      populationShare: expect.closeTo(0.16, 12),
      relativeRate: expect.closeTo(7.875, 12),
      low: expect.closeTo(7.875 / spread, 9),
      high: expect.closeTo(7.875 * spread, 9),
    });
    expect(rowWith(fields, 'mixed')).toMatchObject({ numerator: 0, relativeRate: 0, low: null, high: null });
    expect(fields.population).toMatchObject({
      source: 'A publisher',
      year: 2021,
      ageFrom: 10,
      ageTo: 25,
      people: 1000,
    });
  });
});

describe('support', () => {
  test('engaged: of accepted referrals, those with any episode that engaged', async () => {
    const accepted = { decision: 'accepted' };
    const twice = await referred(owner, '2021-03-01', accepted);
    await supported(owner, twice, { allocated_on: '2021-03-02' });
    await supported(owner, twice, { first_engaged_on: '2022-06-01' });
    await supported(owner, await referred(owner, '2021-03-01', accepted), { allocated_on: '2021-03-02' });
    await supported(owner, await referred(owner, '2021-03-01', { decision: 'declined' }), {
      first_engaged_on: '2021-03-05',
    });
    expect(await figure('support.engaged')).toEqual({
      current: { numerator: 1, denominator: 2, percent: 50 },
      previous: { numerator: 0, denominator: 0, percent: null },
    });
  });

  test('open by length: completed months on the last day', async () => {
    const somebody = await referred(owner, '2021-01-01', { decision: 'accepted' });
    const open = (first_engaged_on: string, closed_on: string | null = null) =>
      supported(owner, somebody, { first_engaged_on, closed_on });
    await open('2021-12-31'); // no month
    await open('2021-12-01'); // no month: 1 December to 31 December
    await open('2021-11-30'); // one month
    await open('2021-10-31'); // two
    await open('2021-09-30'); // three
    await open('2021-06-30'); // six
    await open('2021-01-31'); // eleven
    await open('2020-12-31'); // twelve
    await open('2021-06-01', '2021-12-31'); // closed by it
    await open('2021-06-01', '2022-01-01'); // closed after it: six
    await open('2022-01-01'); // not yet engaged
    const fields = await figure('support.open-by-length');
    expect(rowsOf(fields).map((row) => [row.key, row.current, row.previous, row.rank])).toEqual([
      ['under-1', 2, 1, null],
      ['1-2', 2, 0, null],
      ['3-5', 1, 0, null],
      ['6-11', 3, 0, null],
      ['12-plus', 1, 0, null],
    ]);
    expect(fields.total).toMatchObject({ current: 9, previous: 1 });
  });

  test('outcomes: of episodes that engaged and closed in the period, with something recorded', async () => {
    const somebody = await referred(owner, '2019-01-01', { decision: 'accepted' });
    const closed = (columns: Record<string, string>) =>
      supported(owner, somebody, { first_engaged_on: '2020-02-01', closed_on: '2021-06-01', ...columns });
    await closed({
      outcome_3: 'no',
      outcome_8: 'yes',
      harm: 'reduced',
      county_lines_involvement: 'ceased',
      resilience: 'increased',
      neet_at_start: 'yes',
      neet_at_end: 'no',
    });
    await closed({
      outcome_1: 'no',
      harm: 'same',
      county_lines_involvement: 'reduced',
      resilience: 'decreased',
      neet_at_start: 'yes',
      neet_at_end: 'yes',
    });
    await closed({ county_lines_involvement: 'increased', neet_at_start: 'yes' });
    await closed({ neet_at_start: 'no', neet_at_end: 'no' });
    await supported(owner, somebody, { closed_on: '2021-06-01', outcome_1: 'yes', harm: 'reduced' });
    await closed({ closed_on: '2022-01-01', outcome_1: 'yes', harm: 'reduced' });
    const currentOf = async (id: string) => (await figure(id)).current;
    expect(await currentOf('support.positive-outcome')).toEqual({
      numerator: 1,
      denominator: 2,
      percent: 50,
    });
    expect(await currentOf('support.harm-reduced')).toEqual({ numerator: 1, denominator: 2, percent: 50 });
    expect(await currentOf('support.resilience-increased')).toEqual({
      numerator: 1,
      denominator: 2,
      percent: 50,
    });
    expect(await currentOf('support.county-lines-reduced')).toEqual({
      numerator: 2,
      denominator: 3,
      percent: 67,
    });
    expect(await currentOf('support.neet')).toEqual({ numerator: 1, denominator: 2, percent: 50 });
  });

  test('onward referrals by the day on which they were made', async () => {
    const somebody = await referred(owner, '2019-01-01');
    for (const [service, made_on] of [
      ['housing', '2021-01-01'],
      ['housing', '2021-12-31'],
      ['education', '2020-06-01'],
      [null, '2021-06-01'],
    ])
      await referredOn(owner, somebody, { service, made_on });
    const fields = await figure('onward-referrals.by-service');
    expect(rowsOf(fields)).toHaveLength(17);
    expect(rowsOf(fields)[0]).toMatchObject({ key: 'housing', current: 2, rank: 1, previousRank: 2 });
    expect(rowWith(fields, 'education')).toMatchObject({
      current: 0,
      previous: 1,
      rank: 2,
      previousRank: 1,
      change: -1,
    });
    expect(rowsOf(fields).at(-1)).toMatchObject({ key: 'unknown', current: 1, rank: null });
    expect(fields.total).toMatchObject({ current: 3, previous: 1 });
  });
});

describe('impact', () => {
  test('everybody who engaged, once, with a whole year behind them; 365 days on either side', async () => {
    const engagedFrom = async (allocated_on: string, personId?: string) => {
      const somebody = await referred(owner, '2018-01-01', {
        decision: 'accepted',
        ...(personId && { personId }),
      });
      await supported(owner, somebody, { allocated_on, first_engaged_on: allocated_on });
      return somebody;
    };
    // 2021-01-01 + 364 days is 2021-12-31: just long enough.
    const fell = await engagedFrom('2021-01-01');
    await happened(owner, fell, 'missing', '2020-01-02', '2020-12-31', '2021-01-01'); // before 2 (−365, −1), after 1 (0)
    await happened(owner, fell, 'missing', '2020-01-01', '2022-01-01'); // −366 and 365: in neither
    const toZero = await engagedFrom('2020-06-01');
    await happened(owner, toZero, 'missing', '2020-05-31');
    const rose = await engagedFrom('2020-06-01');
    await happened(owner, rose, 'missing', '2021-05-31'); // 364: after
    const same = await engagedFrom('2020-06-01');
    await happened(owner, same, 'arrest', '2020-06-02');
    const tooLate = await engagedFrom('2021-01-02');
    await happened(owner, tooLate, 'missing', '2020-12-31');
    // Allocated earlier without engaging: the first episode in which they engaged counts, and it is too late.
    const later = await referred(owner, '2018-01-01', { decision: 'accepted' });
    await supported(owner, later, { allocated_on: '2019-01-01' });
    await supported(owner, later, { allocated_on: '2021-06-01', first_engaged_on: '2021-06-02' });
    // Engaged twice: the first time it is.
    const again = await engagedFrom('2019-01-01');
    await engagedFrom('2020-06-01', again.personId);
    await happened(owner, again, 'missing', '2020-05-31');

    expect(await figure('impact.missing')).toEqual({
      people: 5,
      withAnyBefore: 2,
      decreased: { numerator: 2, denominator: 2, percent: 100 },
      toZero: { numerator: 1, denominator: 2, percent: 50 },
      unchanged: 2,
      increased: 1,
      medianBefore: 0,
      medianAfter: 0,
      totalBefore: 3,
      totalAfter: 2,
      // Differences -1, -1 and 1, all of rank 2, and two of none: every sum of ranks up to 2 or from 4 is as far, which is all.
      wilcoxonP: 1,
    });
    expect(await figure('impact.arrests')).toMatchObject({
      people: 5,
      withAnyBefore: 0,
      totalAfter: 1,
      increased: 1,
    });
    expect(await figure('impact.convictions')).toMatchObject({ people: 5, unchanged: 5, wilcoxonP: null });
  });

  test('the comparison: accepted and never engaged, from the decision', async () => {
    await suppliedFiles(owner, 'support.csv');
    const never = await referred(owner, '2020-01-01', { decision: 'accepted', decidedOn: '2020-02-01' });
    await referred(owner, '2020-06-01', {
      decision: 'accepted',
      decidedOn: '2021-11-01',
      personId: never.personId,
    });
    await happened(owner, never, 'missing', '2020-01-31', '2020-02-01');
    const engaged = await referred(owner, '2020-01-01', { decision: 'accepted' });
    await supported(owner, engaged, { allocated_on: '2021-11-01', first_engaged_on: '2021-11-01' });
    await referred(owner, '2020-01-01', { decision: 'declined' });
    await referred(owner, '2020-01-01', { decision: 'accepted', decidedOn: '2021-01-02' });
    expect(await figure('impact.missing.comparison')).toMatchObject({
      people: 1,
      totalBefore: 1,
      totalAfter: 1,
      unchanged: 1,
    });
  });
});

describe('rescues', () => {
  test('requests up to the last day, all time, and rescues among them; ties for fifth by name', async () => {
    const asked = (police_force: string | null, on: string, outcome: string) =>
      rescueAsked(owner, { police_force, requested_at: `${on}T12:00:00Z`, outcome });
    for (const force of ['kent', 'essex', 'sussex', 'dorset', 'surrey', 'norfolk'])
      await asked(force, '2015-01-01', 'withdrawn');
    await asked('kent', '2021-12-31', 'rescued');
    await asked('kent', '2022-01-01', 'rescued');
    await asked(null, '2020-12-31', 'rescued');
    const fields = await figure('rescue.by-force');
    expect(rowsOf(fields).map((row) => [row.key, row.current, row.previous, row.rank, row.rescues])).toEqual([
      ['kent', 2, 1, 1, 1],
      ['dorset', 1, 1, 2, 0],
      ['essex', 1, 1, 2, 0],
      ['norfolk', 1, 1, 2, 0],
      ['surrey', 1, 1, 2, 0],
      ['sussex', 1, 1, 2, 0],
      ['unknown', 1, 1, null, 1],
    ]);
    expect(fields).toMatchObject({
      total: { current: 8, previous: 7 },
      topFiveShare: {
        current: { numerator: 6, denominator: 8, percent: 75 },
        previous: { numerator: 5, denominator: 7 },
      },
      rescued: {
        current: { numerator: 2, denominator: 8, percent: 25 },
        previous: { numerator: 1, denominator: 7 },
      },
    });
  });

  test('completed: by the day in London on which it ended, rescued alone', async () => {
    const ended = (completed_at: string | null, outcome = 'rescued') =>
      rescueAsked(owner, { requested_at: '2019-01-01T00:00:00Z', outcome, completed_at });
    await ended('2021-06-30T23:30:00Z'); // 1 July in London
    await ended('2021-07-31T23:30:00Z'); // 1 August
    await ended('2021-07-10T10:00:00Z', 'family-collected');
    await ended(null);
    const july = { period: year('2021-07-01', '2021-07-31'), comparison: year('2021-06-01', '2021-06-30') };
    expect(await figure('rescue.completed', july)).toEqual({
      total: { current: 1, previous: 0, change: null },
    });
  });
});

describe('county lines', () => {
  test('individuals once, whatever their rows; blanks; the ten largest', async () => {
    const seen = (individual: string, columns: Record<string, unknown>) =>
      linked(owner, individual, { identified_on: '2021-06-01', ...columns });
    await seen('one', { police_force: 'kent', town: 'Margate', residence_borough: LAMBETH, confirmed: 'no' });
    await seen('one', { police_force: 'essex', residence_borough: LAMBETH });
    await seen('two', { police_force: 'kent', residence_borough: CAMDEN });
    await seen('three', {});
    await seen('four', { identified_on: '2020-06-01', police_force: 'essex' });
    expect(await figure('county-lines.individuals')).toEqual({
      total: { current: 3, previous: 1, change: 2 },
    });
    const byForce = await figure('county-lines.by-force');
    expect(
      rowsOf(byForce).map((row) => [row.key, row.current, row.previous, row.rank, row.previousRank]),
    ).toEqual([
      ['kent', 2, 0, 1, 2],
      ['essex', 1, 1, 2, 1],
    ]);
    expect(byForce).toMatchObject({
      total: { current: 3, previous: 1 },
      recorded: {
        current: { numerator: 2, denominator: 3, percent: 67 },
        previous: { numerator: 1, denominator: 1 },
      },
      retainedTopTen: 2,
    });
    expect(await figure('county-lines.by-town')).toMatchObject({
      recorded: { current: { numerator: 1, denominator: 3 } },
    });
    expect(await figure('county-lines.by-town', { comparison: null })).toMatchObject({
      retainedTopTen: null,
    });
    const byBorough = await figure('county-lines.by-borough');
    expect(rowsOf(byBorough)).toHaveLength(33);
    expect(rowWith(byBorough, LAMBETH)).toMatchObject({ current: 1, rank: 1 });
    expect(rowsOf(byBorough).at(-1)).toMatchObject({ key: 'unknown', current: 1, previous: 1, rank: null });
  });

  test('who they are: each once in a period, by the first link that says it, at the youngest', async () => {
    const seen = (individual: string, columns: Record<string, unknown>) =>
      linked(owner, individual, { identified_on: '2021-06-01', ...columns });
    await seen('one', { ethnicity: 'NOBT', date_of_birth: null });
    await seen('one', { ethnicity: 'BAFR', date_of_birth: '2003-06-02' });
    await seen('one', { ethnicity: 'WBRI', date_of_birth: '2003-06-01' });
    await seen('two', { ethnicity: 'BCRB', date_of_birth: '2005-06-02' });
    await seen('three', { ethnicity: 'REFU', date_of_birth: '2021-06-02' });
    await seen('four', {});
    await seen('both', { ethnicity: 'AIND', date_of_birth: '2005-06-01', identified_on: '2020-06-01' });
    await seen('both', { ethnicity: 'OOTH', date_of_birth: '2005-06-01' });
    const counts = async (id: string) =>
      rowsOf(await figure(id)).map(({ key, current, previous }) => [
        key,
        (current as Row).numerator,
        (previous as Row).numerator,
      ]);
    expect(await counts('county-lines.by-ethnic-group')).toEqual([
      ['white', 0, 0],
      ['black', 2, 0],
      ['asian', 0, 1],
      ['mixed', 0, 0],
      ['other', 1, 0],
      ['unknown', 2, 0],
    ]);
    expect(await counts('county-lines.by-age')).toEqual([
      ['0-10', 0, 0],
      ['11-15', 1, 1],
      ['16-17', 2, 0],
      ['18-25', 0, 0],
      ['26+', 0, 0],
      ['unknown', 2, 0],
    ]);
    expect(rowsOf(await figure('county-lines.by-age'))[2]).toMatchObject({
      current: { numerator: 2, denominator: 5, percent: 40 },
    });
  });

  test('their ages: as the calendar has them, on the days about every birthday', async () => {
    const born = ['1999-12-31', '2000-02-28', '2000-02-29', '2000-03-01', '2003-07-04'];
    await owner.query(
      `insert into service.county_link (individual_ref, ordinal, identified_on, date_of_birth)
       select 'day-' || row_number() over (), 1, identified_on::date, date_of_birth::date
       from unnest($1::text[]) date_of_birth, generate_series(timestamp '2017-02-20', timestamp '2021-07-10', '1 day') identified_on`,
      [born],
    );
    const { rows } = await owner.query<{ band: string; people: number }>(`
      select case when years <= 15 then '11-15' when years <= 17 then '16-17' else '18-25' end as band, count(*)::int as people
      from (select date_part('year', age(identified_on::timestamp, date_of_birth::timestamp)) as years from service.county_link) each
      group by 1`);
    const told = rowsOf(
      await figure('county-lines.by-age', { period: year('2017-02-20', '2021-07-10'), comparison: null }),
    );
    expect(Object.fromEntries(rows.map(({ band, people }) => [band, people]))).toEqual(
      Object.fromEntries(
        told.flatMap(({ key, current }) => {
          const { numerator } = current as Row;
          return numerator === 0 ? [] : [[key, numerator]];
        }),
      ),
    );
  });

  test('completed years are the calendar’s, of whoever was born about a leap day, a new year or a century', async () => {
    const { rows } = await owner.query<{ compared: number; other: string[] | null }>(`
      select count(*)::int as compared, (array_agg(born::date || ' ' || day) filter (
        where reference.completed_years(born::date, day)
          <> date_part('year', age(day::timestamp, born)))) [1:3] as other
      from (
        select born from generate_series(timestamp '1999-01-01', '2004-12-31', '1 day') born
        union all
        select born from generate_series(timestamp '1899-12-25', '1900-03-05', '1 day') born
      ) everybody,
      generate_series(-3, 110) years, generate_series(-3, 3) days,
      lateral (select (born + make_interval(years => years))::date + days as day) told`);
    expect(rows[0]?.other).toBeNull();
    expect(rows[0]?.compared).toBeGreaterThan(1_000_000);
  });

  test('the return: by the best row, and the first reason of it', async () => {
    const good = {
      identified_on: '2021-06-01',
      confirmed: 'yes',
      date_of_birth: '2005-01-01',
      last_activity_on: '2021-12-31',
    };
    await linked(owner, 'today', good);
    await linked(owner, 'thirty days ago', { ...good, last_activity_on: '2021-12-01' });
    await linked(owner, 'thirty-one', { ...good, last_activity_on: '2021-11-30' });
    await linked(owner, 'later', { ...good, last_activity_on: '2022-01-01' });
    await linked(owner, 'no date', { ...good, date_of_birth: null, last_activity_on: null });
    await linked(owner, 'unconfirmed', { ...good, confirmed: 'no', date_of_birth: null });
    await linked(owner, 'not said', { ...good, confirmed: null });
    await linked(owner, 'of two', { ...good, confirmed: 'no' });
    await linked(owner, 'of two', { ...good, last_activity_on: null });
    await linked(owner, 'best', { ...good, confirmed: 'no' });
    await linked(owner, 'best', good);
    await linked(owner, 'after', { ...good, identified_on: '2022-01-01' });
    expect(await figure('county-lines.return')).toEqual({
      included: 3,
      excluded: { unconfirmed: 2, 'no-date-of-birth': 1, 'not-active': 3 },
    });
  });
});

test('the National Referral Mechanism: medians of the decided, and with those who wait', async () => {
  const made = (columns: Record<string, unknown>) =>
    nrmReferred(owner, { referred_on: '2021-12-01', reasonable_grounds: 'positive', ...columns });
  await made({
    reasonable_grounds_on: '2021-12-05',
    conclusive_grounds: 'positive',
    conclusive_grounds_on: '2021-12-11',
    decided_at_first_panel: 'yes',
    first_responder: 'police',
  });
  await made({
    reasonable_grounds_on: '2021-12-07',
    conclusive_grounds: 'negative',
    conclusive_grounds_on: '2021-12-21',
  });
  await made({
    conclusive_grounds: 'positive',
    conclusive_grounds_on: '2022-01-10',
    decided_at_first_panel: 'no',
  });
  await made({ conclusive_grounds: 'pending' }); // waits 30 days on 31 December
  await made({ reasonable_grounds: 'pending' }); // so does this
  await made({ reasonable_grounds: 'negative', reasonable_grounds_on: '2021-12-03' }); // and this does not
  await made({ referred_on: '2022-01-01', conclusive_grounds: 'positive' });
  expect(await figure('nrm.decisions')).toEqual({
    referrals: 6,
    byFirstResponder: { police: 1, unknown: 5 },
    byExploitationType: { unknown: 6 },
    reasonableGrounds: { negative: 1, pending: 1, positive: 4 },
    conclusiveGrounds: { negative: 1, pending: 1, positive: 2, unknown: 2 },
    firstPanel: { numerator: 1, denominator: 2, percent: 50 },
    // 2, 4, 6
    medianDaysToReasonable: 4,
    // 10, 20, 40
    medianDaysToConclusive: 20,
    // 10, 20, 30 waiting, 30 waiting, 40: 4/5, 3/5, then 0 at 40.
    kaplanMeierMedianDaysToConclusive: 40,
  });
});

test('training by quadrant', async () => {
  await trained(owner, { delivered_on: '2021-01-01', quadrant: 'north', attendees: 10 });
  await trained(owner, { delivered_on: '2021-12-31', quadrant: 'north', attendees: 5 });
  await trained(owner, { delivered_on: '2021-12-31' });
  await trained(owner, { delivered_on: '2022-01-01', quadrant: 'south', attendees: 7 });
  expect(await figure('training.delivered')).toEqual({
    sessions: 3,
    attendees: 15,
    byQuadrant: {
      north: { sessions: 2, attendees: 15 },
      east: { sessions: 0, attendees: 0 },
      south: { sessions: 0, attendees: 0 },
      west: { sessions: 0, attendees: 0 },
      unknown: { sessions: 1, attendees: 0 },
    },
  });
});

describe('what there is nothing of', () => {
  test('has no figure and says why; once supplied it has noughts', async () => {
    for (const { id } of measures) expect(await figure(id), id).toMatchObject({ reason: 'no-data' });
    await suppliedFiles(
      owner,
      'referrals.csv',
      'support.csv',
      'events.csv',
      'rescues.csv',
      'county_links.csv',
      'nrm.csv',
      'training.csv',
      'onward_referrals.csv',
    );
    expect(await figure('referrals.total')).toEqual({ total: { current: 0, previous: 0, change: null } });
    expect(await figure('rescue.by-force')).toMatchObject({
      rows: [],
      total: { current: 0 },
      topFiveShare: { current: { percent: null } },
    });
    expect(await figure('nrm.decisions')).toMatchObject({ referrals: 0, medianDaysToConclusive: null });
    expect(await figure('impact.missing')).toMatchObject({ people: 0, medianBefore: null, wilcoxonP: null });
    const without = [];
    for (const { id } of measures) if ((await figure(id)).reason !== undefined) without.push(id);
    expect(without).toEqual(['referrals.disproportionality', 'referrals.deprivation']);
  });
});

test('every measure of the catalogue is there once', () => {
  expect(measures).toHaveLength(43);
  expect(new Set(measures.map(({ id }) => id)).size).toBe(43);
});
