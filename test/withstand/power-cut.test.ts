import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useServer } from '../../src/platform/database/embedded-server.ts';
import { caseworker, newNotePath, noteSaying } from './casework.ts';
import { PlainBrowser } from './plain-browser.ts';
import { buildProgram, ServiceProcesses } from './service-processes.ts';

const LONG = process.env.HOMEWARD_TEST_LONG === '1';
const ROUNDS = LONG ? 8 : 1;
const DISK_BYTES = 384 * 2 ** 20;

const run = promisify(execFile);

/**
 * The disk is a file with a file system in it. What its programs have written and not yet synced is in the machine's
 * memory and not in that file: so a copy of the file is what a disk holds after the power went.
 */
const obstacle = await whyNoDisks();
if (obstacle) process.stderr.write(`The power-cut tests did not run: ${obstacle}\n`);

describe.skipIf(obstacle !== undefined)(`a power cut${obstacle ? ` (did not run: ${obstacle})` : ''}`, () => {
  let folder: string;
  let service: ServiceProcesses | undefined;
  let mounted: string[];

  beforeAll(buildProgram);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeward-power-'));
    mounted = [];
  });
  afterEach(async () => {
    await service?.killAll();
    for (const place of mounted) await run('umount', [place]);
    await rm(folder, { recursive: true, force: true });
  });

  /** Puts a disk in. The file system itself writes nothing down of its own accord while the test runs. */
  async function mount(disk: string): Promise<string> {
    const place = `${disk}.mounted`;
    await mkdir(place);
    await run('mount', ['-o', 'loop,commit=600', disk, place]);
    mounted.push(place);
    return place;
  }

  async function newDisk(name: string): Promise<string> {
    const disk = join(folder, name);
    await run('truncate', ['--size', String(DISK_BYTES), disk]);
    await run('mkfs.ext4', ['-q', disk]);
    return disk;
  }

  /**
   * A copy of the disk as it was at one moment.
   * Nothing may be writing; what the machine still had to write may have been, and then the copy is made again.
   */
  async function cutPower(disk: string): Promise<string> {
    const copy = `${disk}.after`;
    do {
      await run('cp', [disk, copy]);
    } while (!(await areAlike(disk, copy)));
    return copy;
  }

  /** Two people who write notes until told to stop; gives the notes that were acknowledged, as they come. */
  async function takeNotes(stopping: AbortSignal): Promise<string[]> {
    const at = serving();
    const acknowledged: string[] = [];
    for (const name of ['first', 'second']) {
      const { worker, personId } = await at.asOwner(caseworker);
      const browser = new PlainBrowser(at.url, { cookie: worker.cookie });
      const work = async () => {
        for (let number = 1; !stopping.aborted; number += 1) {
          const note = `Note ${number} of the ${name} worker`;
          const reply = await browser.send(
            await browser.open(newNotePath(personId), 'fact'),
            noteSaying(note),
          );
          if (reply.status === 303) acknowledged.push(note);
        }
      };
      work().catch(() => undefined); // the power goes while they write
    }
    return acknowledged;
  }

  function serving(): ServiceProcesses {
    if (!service) throw new Error('Nothing serves');
    return service;
  }

  async function notesAfter(disk: string): Promise<Set<string>> {
    service = await ServiceProcesses.on(join(await mount(disk), 'var'), { HOMEWARD_WORKER: 'off' });
    await service.startWeb();
    const { rows } = await service.asOwner((owner) =>
      owner.query<{ fact: string }>('select fact from service.case_note'),
    );
    return new Set(rows.map(({ fact }) => fact));
  }

  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'takes nothing that was acknowledged (round %i)',
    async () => {
      const disk = await newDisk('disk');
      const place = await mount(disk);
      service = await ServiceProcesses.on(join(place, 'var'), { HOMEWARD_WORKER: 'off' });
      await service.startWeb();
      const stopping = new AbortController();
      const acknowledged = await takeNotes(stopping.signal);
      await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(5);
      await sleep(Math.random() * (LONG ? 5_000 : 1_000));
      const unsynced = join(place, 'unsynced');
      await writeFile(unsynced, 'A file that nobody synced');

      await service.signalDatabase('SIGSTOP');
      const safe = [...acknowledged];
      const after = await cutPower(disk);
      stopping.abort();
      await service.killAll();

      const found = await notesAfter(after);
      expect(safe.filter((note) => !found.has(note))).toEqual([]);
      // The power really went: what nobody had synced is not there.
      expect(await readFile(join(`${after}.mounted`, 'unsynced'), 'utf8').catch(() => '')).toBe('');
    },
    120_000,
  );

  it.runIf(LONG)(
    'would take some from a server that does not wait for the disk',
    async () => {
      const disk = await newDisk('disk');
      const dataDir = join(await mount(disk), 'var');
      const careless = await useServer(dataDir, { settings: { fsync: 'off' } });
      service = await ServiceProcesses.on(dataDir, { HOMEWARD_WORKER: 'off' });
      await service.startWeb();
      await run('sync');
      const stopping = new AbortController();
      const acknowledged = await takeNotes(stopping.signal);
      await sleep(2_000);
      await service.signalDatabase('SIGSTOP');
      const safe = [...acknowledged];
      const after = await cutPower(disk);
      stopping.abort();
      await service.killAll();
      await careless.stop();
      const found = await notesAfter(after);
      expect(safe.filter((note) => !found.has(note))).not.toEqual([]);
    },
    120_000,
  );
});

async function areAlike(one: string, other: string): Promise<boolean> {
  return run('cmp', ['--silent', one, other]).then(
    () => true,
    () => false,
  );
}

/** Why this machine does not let us put file systems into files; undefined where it does. */
async function whyNoDisks(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'only root may mount a disk';
  const folder = await mkdtemp(join(tmpdir(), 'homeward-disk-'));
  const [disk, place] = [join(folder, 'disk'), join(folder, 'mounted')];
  try {
    await mkdir(place);
    await run('truncate', ['--size', '16M', disk]);
    await run('mkfs.ext4', ['-q', disk]);
    await run('mount', ['-o', 'loop', disk, place]);
    await run('umount', [place]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
