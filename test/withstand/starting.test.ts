import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrationFolders, readMigrations } from '../../src/platform/database/migrate.ts';
import { PlainBrowser } from './plain-browser.ts';
import { buildProgram, ServiceProcesses } from './service-processes.ts';

const LONG = process.env.HOMEWARD_TEST_LONG === '1';
/** For a machine that is busy with other tests. */
const PATIENCE_MS = 180_000;

let folder: string;
let service: ServiceProcesses;

beforeAll(buildProgram);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-start-'));
  service = await ServiceProcesses.on(join(folder, 'var'));
});
afterEach(async () => {
  await service.killAll();
  await rm(folder, { recursive: true, force: true });
});

/** Whether a question to the database has the answer yes; no while there is no database to ask. */
async function isTrue(question: string): Promise<boolean> {
  return service
    .asOwner((owner) => owner.query<{ answer: boolean }>(`select (${question}) as answer`))
    .then(
      ({ rows }) => rows[0]?.answer === true,
      () => false,
    );
}

describe('a first start that is killed', () => {
  /** How far a start has come. */
  const stages: Readonly<Record<string, () => Promise<boolean>>> = {
    'as soon as it begins': async () => true,
    'while the cluster is made': () => isThere(/^postgres\.new-/),
    'when there is a cluster': () => isThere(/^postgres$/),
    'when there is a server': async () => (await service.postmaster()) !== undefined,
    'in the middle of the migrations': () => isTrue('select count(*) > 2 from homeward.migration'),
    'while the policies are put in place': () =>
      isTrue(
        `select count(*) = ${migrations} and not exists (select from homeward.policies) from homeward.migration`,
      ),
    'when the policies are in place': () => isTrue('exists (select from homeward.policies)'),
    'while the demonstration is made': () =>
      isTrue(
        `exists (select from pg_locks where relation = 'homeward.nature'::regclass and mode = 'ExclusiveLock')`,
      ),
    'while its history is brought in': () =>
      isTrue('exists (select from homeward.nature) and not exists (select from service.import)'),
  };
  let migrations: number;
  beforeAll(async () => {
    migrations = (await readMigrations(migrationFolders.migrationsDir)).length;
  });

  async function isThere(name: RegExp): Promise<boolean> {
    const names = await readdir(service.dataDir).catch(() => []);
    return names.some((each) => name.test(each));
  }

  /** Starts, and kills everything soon after a stage is reached; it may have come further by then. */
  async function killAt(hasCome: () => Promise<boolean>): Promise<void> {
    const starting = service.spawn('web', 'start');
    while (!(await hasCome()) && starting.exitCode === null && !(await service.answers())) await sleep(5);
    await sleep(Math.random() * 50);
    expect(starting.exitCode, 'It ended by itself').toBeNull();
    await service.killAll();
  }

  it.each(Array.from({ length: LONG ? 8 : 1 }, (_, round) => round + 1))(
    'is made good by the next, though that is killed too, at every stage (round %i)',
    async () => {
      for (const hasCome of Object.values(stages)) await killAt(hasCome);
      await service.startWeb('start');
      const client = new PlainBrowser(service.url);
      expect((await client.get('/sign-in')).body).toContain('Accounts of this demonstration');
      expect(await isTrue('select count(*) > 50 from service.referral')).toBe(true);
      expect(await isTrue('select count(*) = 1 from service.import')).toBe(true);
      expect(await isTrue(`select count(*) = ${migrations} from homeward.migration`)).toBe(true);
      expect((await readdir(service.dataDir)).sort()).toEqual(['postgres', 'postgres.log', 'secret']);
    },
    PATIENCE_MS,
  );
});

it(
  'refuses a database that is newer than itself, in one line, whatever it is to do with it',
  async () => {
    await service.startWeb();
    await service.asOwner((owner) =>
      owner.query(
        `insert into homeward.migration (number, name, sha256) values (9999, '9999-of-the-future.sql', 'x')`,
      ),
    );
    await service.killAll();
    for (const command of ['start', 'serve', 'worker', 'migrate', 'demo']) {
      const { code, stdout, stderr } = await service.run(command);
      expect({ command, code, stdout }).toEqual({ command, code: 1, stdout: '' });
      expect(stderr, command).toMatch(
        /^The database is at migration 9999 and this Homeward knows only \d+: [^\n]+\n$/,
      );
    }
    expect(await service.postmaster()).toBeUndefined();
  },
  PATIENCE_MS,
);
