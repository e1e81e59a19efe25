import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { connectionsTo } from '../database/connections.ts';
import { job } from './job.ts';
import { runJobs } from './run-jobs.ts';

let given: TestDatabase;
/** Connected to another database: this one takes no connection for a while. */
let superuser: pg.Client;

beforeAll(async () => {
  given = await testDatabase();
  superuser = new pg.Client({ ...given.ownerConfig, database: 'postgres' });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await given.drop();
});

async function loseDatabase(): Promise<void> {
  await superuser.query(`alter database "${given.ownerConfig.database}" allow_connections false`);
  await superuser.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    given.ownerConfig.database,
  ]);
}

async function findDatabase(): Promise<void> {
  await superuser.query(`alter database "${given.ownerConfig.database}" allow_connections true`);
}

// What is rejected and awaited by nobody ends a process, and the pages with it.
test.each([
  ['fails', 'failed while the database was away'],
  ['is done', null],
])('goes on where the database was away when a job %s', async (_how, failure) => {
  const done: string[] = [];
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const runner = await runJobs(
    connectionsTo(given.ownerConfig, TEST_SECRET).jobs,
    [
      job('lose-the-database', z.object({}), async () => {
        await loseDatabase();
        done.push('lost');
        if (failure !== null) throw new Error(failure);
      }),
      job('go-on', z.object({}), async () => {
        done.push('went on');
      }),
    ],
    [],
  );
  try {
    await runner.add('lose-the-database');
    await expect.poll(() => done, { timeout: 10_000 }).toContain('lost');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await findDatabase();
    await expect
      .poll(
        async () => {
          await runner.add('go-on').catch(() => undefined);
          return done;
        },
        { timeout: 20_000, interval: 200 },
      )
      .toContain('went on');
  } finally {
    await findDatabase();
    await runner.stop();
    process.off('unhandledRejection', note);
  }
  expect(unhandled).toEqual([]);
});

// The first thing a runner reads it keeps, and so it keeps that it could not be read.
test('goes on where the database was lost before the first job could be looked for', async () => {
  const owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  await owner.query('begin; lock table graphile_worker._private_tasks');
  let times = 0;
  const work = job('work', z.object({}), async () => {
    times += 1;
  });
  const runner = await runJobs(connectionsTo(given.ownerConfig, TEST_SECRET).jobs, [work], []);
  try {
    const held = `from pg_stat_activity where datname = '${given.ownerConfig.database}' and wait_event_type = 'Lock'`;
    await expect
      .poll(async () => (await superuser.query(`select pid ${held}`)).rowCount, { timeout: 10_000 })
      .toBeGreaterThan(0);
    await superuser.query(`select pg_terminate_backend(pid) ${held}`);
    await owner.query('rollback');
    const asked = async () =>
      await runner.add('work').then(
        () => true,
        () => false,
      );
    await expect.poll(asked, { timeout: 10_000 }).toBe(true);
    await expect.poll(() => times, { timeout: 10_000 }).toBe(1);
  } finally {
    await owner.end();
    await runner.stop();
  }
});
