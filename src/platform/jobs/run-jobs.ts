import { type CronItem, Logger, parseCronItems, type Runner, run, type TaskList } from 'graphile-worker';
import { Pool } from 'pg';
import type { Connection } from '../database/connections.ts';
import { Database } from '../database/transaction.ts';
import { reportFault } from '../http/report-fault.ts';
import type { Job } from './job.ts';

/** When a job is done though nobody asked for it. */
export type Recurrence =
  | { readonly job: string /** As a crontab says it, in UTC. */; readonly when: string }
  | { readonly job: string; readonly everySeconds: number };

export interface JobRunner {
  /** Asks for a job, as soon as it can be. */
  add(name: string): Promise<void>;
  /** Takes no more jobs and lets those in hand finish. */
  stop(): Promise<void>;
}

const AT_ONCE = 3;
/** How long to wait before starting again after the queue was lost, in milliseconds. */
const RESTART_AFTER = 2_000;

/**
 * Does background work until it is stopped, whatever becomes of the database meanwhile. Several processes may do it at
 * once. A job that fails is tried again with growing waits; its fault is reported without its words, which may be about
 * a person.
 *
 * @param connection of the jobs login.
 * @throws Error when the queue cannot be reached at the start.
 */
export async function runJobs(
  connection: Connection,
  jobs: readonly Job[],
  recurrences: readonly Recurrence[],
): Promise<JobRunner> {
  const pool = new Pool({ ...connection, max: AT_ONCE + 3, application_name: 'homeward jobs' });
  // Broken connections are replaced; without listeners they would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const database = new Database(connection, { connections: AT_ONCE * 4 });
  const parts = { pool, tasks: tasksOf(jobs, database), crontab: crontabOf(recurrences) };

  let stopped = false;
  let restart: NodeJS.Timeout | undefined;
  let runner: Runner;
  try {
    runner = await start(parts);
  } catch (error) {
    await database.close();
    await pool.end();
    throw error;
  }
  const keepRunning = (current: Runner) => {
    const again = () => {
      if (stopped) return;
      restart = setTimeout(async () => {
        try {
          runner = await start(parts);
          if (stopped) await runner.stop();
          else keepRunning(runner);
        } catch (error) {
          reportFault(error);
          again();
        }
      }, RESTART_AFTER);
    };
    void ended(current).then(again);
  };
  keepRunning(runner);

  const add = async (name: string) => {
    await runner.addJob(name, {}, { jobKey: name });
  };
  const timers = recurrences.flatMap((recurrence) =>
    'everySeconds' in recurrence
      ? [setInterval(() => void add(recurrence.job).catch(reportFault), recurrence.everySeconds * 1000)]
      : [],
  );

  return {
    add,
    async stop() {
      stopped = true;
      clearTimeout(restart);
      for (const timer of timers) clearInterval(timer);
      await runner.stop().catch(() => undefined); // it has ended already, and would have been started again
      await database.close();
      await pool.end();
    },
  };
}

/**
 * A runner that has ended, or lost the database for a moment: it remembers what it could not read at its start as unreadable for
 * ever, and may never come to an end of its own. What it has in hand it finishes beside the next.
 */
async function ended(runner: Runner): Promise<void> {
  await new Promise<void>((resolve) => {
    runner.promise.then(resolve, resolve);
    runner.events.once('pool:fatalError', () => resolve());
    runner.events.once('worker:getJob:error', () => resolve());
  });
  void runner.stop().catch(() => undefined); // it has stopped already
}

interface Parts {
  pool: Pool;
  tasks: TaskList;
  crontab: CronItem[];
}

async function start({ pool, tasks, crontab }: Parts): Promise<Runner> {
  return await run({
    pgPool: pool,
    taskList: tasks,
    parsedCronItems: parseCronItems(crontab),
    concurrency: AT_ONCE,
    noHandleSignals: true,
    logger: faultsAlone,
    preset: { worker: writesOutcomesInTurn },
  });
}

/**
 * What became of a job is written down by a turn of its own: without one nobody awaits the writing, and a database that is away
 * at that moment ends the process, the pages with it. So it ends the runner, which is started again.
 */
const writesOutcomesInTurn = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };

/** What goes wrong with the queue itself is reported as any fault is; a job that fails has reported its own. */
const faultsAlone = new Logger(() => (level, _message, meta) => {
  if (level === 'error' && meta?.job === undefined) reportFault(meta?.error ?? meta?.fatalError);
});

function tasksOf(jobs: readonly Job[], database: Database): TaskList {
  return Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown, { abortSignal }: { abortSignal: AbortSignal }) => {
        try {
          await job.run(payload, { database, stopping: abortSignal });
        } catch (error) {
          reportFault(error);
          // Kept with the job, where others read it than may read the error's own words.
          throw new Error(`${job.name} failed`);
        }
      },
    ]),
  );
}

/** One of each waits at most: what was missed while nothing worked is not done several times over. */
function crontabOf(recurrences: readonly Recurrence[]): CronItem[] {
  return recurrences.flatMap((recurrence) =>
    'when' in recurrence
      ? [
          {
            task: recurrence.job,
            match: recurrence.when,
            options: { jobKey: recurrence.job, maxAttempts: 3 },
          },
        ]
      : [],
  );
}
