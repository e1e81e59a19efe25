import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestService, testService } from '../../../../test/support/service.ts';
import { plainDate } from '../../../platform/clock/plain-date.ts';
import { Database } from '../../../platform/database/transaction.ts';
import { findMapShapes } from '../../../reporting/maps/index.ts';
import { computeAll } from '../../../statistics/compute.ts';
import type { Asked } from '../../../statistics/measure.ts';
import { measures } from '../../../statistics/measures/index.ts';
import { makeDemonstration } from '../make-demonstration.ts';
import { bringPlacesIn } from '../places/bring-places-in.ts';
import { bringHistoryIn } from './bring-history-in.ts';
import { makeHistory } from './make-history.ts';

let given: TestService;
let before: unknown;

const tables = {
  'referrals.csv': 'service.referral where source_ref is not null',
  'support.csv': 'service.imported_support',
  'onward_referrals.csv': 'service.imported_onward_referral',
  'rescues.csv': 'service.rescue_request',
  'county_links.csv': 'service.county_link',
  'nrm.csv': 'service.nrm_referral',
  'events.csv': 'service.recorded_event',
  'training.csv': 'service.training_session',
} as const;

const count = async (rows: string) => (await given.owner.query(`select from ${rows}`)).rowCount;

/** What people work from: what waits for them, by stage, and what is allocated. */
async function living() {
  const stages = await given.owner.query(
    `select stage, count(*)::int from service.referral
     where stage in ('received', 'accepted', 'allocated') group by stage order by stage`,
  );
  return { stages: stages.rows, allocations: await count('service.allocation where ended_at is null') };
}

beforeAll(async () => {
  given = await testService({ demonstration: true });
  await makeDemonstration(given.owner, given.service.keyring, new Date());
  before = await living();
  await bringPlacesIn(given.connections, new Date());
  await bringHistoryIn(given.connections, new Date());
});
afterAll(() => given.stop());

test('every row of it is in the demonstration', async () => {
  const history = makeHistory();
  for (const [file, table] of Object.entries(tables))
    expect(await count(table), file).toBe(history[file as keyof typeof tables].length);
});

test('the living cases stand as they were: nothing of the history waits for anybody', async () => {
  expect(await living()).toEqual(before);
  expect(await count('service.imported_support where closed_on is null')).toBe(0);
  const { rows } = await given.owner.query<{ stage: string }>(
    'select distinct stage from service.referral where source_ref is not null order by stage',
  );
  expect(rows.map(({ stage }) => stage)).toEqual(['closed', 'declined', 'intelligence-only', 'signposted']);
});

test('the measures of the catalogue find in it the figures that were printed', async () => {
  const jobs = new Database(given.connections.jobs, { connections: 1 });
  try {
    const asked: Asked = {
      period: { from: plainDate('2020-05-01'), to: plainDate('2021-04-30') },
      comparison: { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') },
      asAt: new Date(),
    };
    const figures = await jobs.asTask('statistics', (tx) => computeAll(tx, asked, measures));
    const of = (id: string) => figures.get(id)?.fields;
    const total = (current: number, previous: number) => ({ total: { current, previous } });
    const percent = (current: number) => ({ current: { percent: current } });

    expect(of('referrals.total')).toMatchObject(total(598, 553));
    expect(of('referrals.by-borough')).toMatchObject({
      bands: [4, 7, 9, 9, 3].map((boroughs) => ({ boroughs })),
    });
    expect(of('referrals.in-education')).toMatchObject(percent(41));
    expect(of('referrals.disability')).toMatchObject(percent(12));
    expect(of('referrals.gang-link')).toMatchObject({ ...percent(27), previous: { percent: 39 } });
    expect(of('referrals.missing')).toMatchObject({
      ...percent(43),
      daysKnown: percent(78),
      modeDays: { current: 1 },
    });
    expect(of('support.engaged')).toMatchObject({
      current: { numerator: 145, denominator: 245, percent: 59 },
    });
    expect(of('support.open-by-length')).toMatchObject({
      rows: [18, 43, 66, 51, 0].map((current) => ({ current })),
    });
    expect(of('support.positive-outcome')).toMatchObject(percent(93));
    expect(of('support.harm-reduced')).toMatchObject(percent(88));
    expect(of('support.resilience-increased')).toMatchObject(percent(82));
    expect(of('support.neet')).toMatchObject(percent(42));
    expect(of('onward-referrals.by-service')).toMatchObject({ total: { current: 819 } });
    expect(of('rescue.by-force')).toMatchObject({
      total: { current: 208 },
      topFiveShare: percent(64),
      rescued: { current: { numerator: 78 } },
    });
    expect(of('rescue.completed')).toMatchObject({ total: { current: 35 } });
    expect(of('county-lines.individuals')).toMatchObject(total(1784, 3290));
    expect(of('county-lines.by-force')).toMatchObject({ recorded: percent(95) });
    expect(of('county-lines.by-town')).toMatchObject({ retainedTopTen: 8 });
    expect(of('nrm.decisions')).toMatchObject({
      referrals: 42,
      conclusiveGrounds: { positive: 31 },
      firstPanel: { percent: 84 },
    });
    expect(of('training.delivered')).toMatchObject({ sessions: 23, attendees: 1027 });
    expect(of('impact.missing')).toMatchObject({ decreased: { percent: 74 }, toZero: { percent: 48 } });
  } finally {
    await jobs.close();
  }
});

test('its places are invented, say so, and follow what was printed: deprivation over three years, ethnic groups', async () => {
  const jobs = new Database(given.connections.jobs, { connections: 1 });
  try {
    const three = { from: plainDate('2018-09-01'), to: plainDate('2021-04-30') };
    const asAt = new Date();
    const asked: Asked = { period: three, comparison: null, asAt };
    const [figures, shapes] = await jobs.asTask('statistics', async (tx) => [
      await computeAll(tx, asked, measures),
      await findMapShapes(tx, asAt, three.to),
    ]);
    const rowsOf = (id: string) => figures.get(id)?.fields.rows as Record<string, unknown>[];
    const rho = new Map(rowsOf('referrals.deprivation').map((row) => [row.key, Number(row.rho).toFixed(2)]));
    expect(['london', 'E09000025', 'E09000005', 'E09000022'].map((key) => rho.get(key))).toEqual([
      '0.46',
      '0.49',
      '0.24',
      '0.21',
    ]);
    expect(rowsOf('referrals.by-ward').slice(0, 3)).toMatchObject([
      { label: 'Coldharbour', current: 11 },
      { label: 'Forest Gate South', current: 11 },
      { label: 'Little Ilford', current: 11 },
    ]);
    const populationOf = (group: string) =>
      rowsOf('referrals.disproportionality').find(({ key }) => key === group)?.populationShare;
    expect([populationOf('white'), populationOf('black')]).toEqual([0.49, 0.16]);
    for (const source of [shapes.wards?.source, shapes.forces?.source, shapes.deprivation?.source])
      expect(source).toContain('Invented for this demonstration');
  } finally {
    await jobs.close();
  }
});

test('a second start brings nothing in again', async () => {
  const imports = await count('service.import');
  await bringPlacesIn(given.connections, new Date());
  await bringHistoryIn(given.connections, new Date());
  expect([imports, await count('service.import')]).toEqual([1, 1]);
  expect(await count('reference.place_edition')).toBe(4);
});

test('a database that is no demonstration is left alone', async () => {
  const other = await testService();
  try {
    await bringPlacesIn(other.connections, new Date());
    await bringHistoryIn(other.connections, new Date());
    expect((await other.owner.query('select from service.import')).rowCount).toBe(0);
    expect((await other.owner.query('select from reference.place_edition')).rowCount).toBe(0);
  } finally {
    await other.stop();
  }
});
