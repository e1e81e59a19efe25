import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestService, testService } from '../../../../test/support/service.ts';
import { makeDemonstration } from '../make-demonstration.ts';
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

test('a second start brings nothing in again', async () => {
  const imports = await count('service.import');
  await bringHistoryIn(given.connections, new Date());
  expect([imports, await count('service.import')]).toEqual([1, 1]);
});

test('a database that is no demonstration is left alone', async () => {
  const other = await testService();
  try {
    await bringHistoryIn(other.connections, new Date());
    expect((await other.owner.query('select from service.import')).rowCount).toBe(0);
  } finally {
    await other.stop();
  }
});
