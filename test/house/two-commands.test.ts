import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, link, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../src/platform/database/embedded-server.ts';
import { packageRoot } from '../../src/platform/package-root.ts';

const long = process.env.HOMEWARD_TEST_LONG === '1';
const homeward = join(packageRoot, 'bin', 'homeward');

let folder: string;
let running: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-commands-'));
  running = [];
});

afterEach(async () => {
  for (const program of running) program.kill('SIGKILL');
  await expect.poll(postmaster, { timeout: 20_000 }).toBeUndefined();
  await rm(folder, { recursive: true });
});

/** The same Node under another name, which bin/homeward takes for one that it must replace. */
async function anotherNode(): Promise<string> {
  const node = join(folder, 'node');
  await link(process.execPath, node).catch(() => copyFile(process.execPath, node));
  return node;
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

async function run(program: string, args: string[]): Promise<Ended> {
  return promisify(execFile)(program, args, { env: environment() }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
  );
}

function environment(rest: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, HOMEWARD_DATA_DIR: join(folder, 'var'), ...rest };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

async function postmaster(): Promise<number | undefined> {
  const lock = join(folder, 'var', 'postgres', 'data', 'postmaster.pid');
  return Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]) || undefined;
}

describe('bin/homeward', () => {
  it('finds itself through a link, from anywhere', async () => {
    const elsewhere = join(folder, 'homeward');
    await symlink(homeward, elsewhere);
    const { code, stdout } = await run(elsewhere, ['--help']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Usage: homeward COMMAND\n/),
    });
  });

  it('gives the exit code of what it runs, from this Node and from another', async () => {
    for (const node of [process.execPath, await anotherNode()]) {
      expect(await run(node, [homeward, '--help'])).toMatchObject({ code: 0 });
      expect(await run(node, [homeward, 'nonsense'])).toMatchObject({ code: 2, stdout: '' });
    }
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'ends all it started when it is ended by %s',
    async (signal) => {
      const port = await freePort();
      const program = spawn(await anotherNode(), [homeward, 'serve'], {
        env: environment({ HOMEWARD_PORT: String(port) }),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      running.push(program);
      await expect.poll(() => answers(port), { timeout: 25_000 }).toBe(true);
      expect(await postmaster()).toBeGreaterThan(0);
      // Browsers open connections in case they will need them.
      const silent = connect(port, '127.0.0.1').on('error', () => undefined);
      await once(silent, 'connect');

      const ended = once(program, 'exit');
      program.kill(signal);
      // A supervisor tells every process, and each passes it on.
      await sleep(300);
      program.kill(signal);
      expect(await ended).toEqual(signal === 'SIGKILL' ? [null, 'SIGKILL'] : [0, null]);
      await expect.poll(() => answers(port), { timeout: 10_000 }).toBe(false);
      await expect.poll(postmaster, { timeout: 10_000 }).toBeUndefined();
    },
  );
});

it('ends when the npm that started it is killed, so that the next `npm start` finds the port free', async () => {
  const port = await freePort();
  const scripts = { start: `node ${JSON.stringify(homeward)} serve` };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'starts', scripts }));
  const npm = spawn('npm', ['start'], {
    cwd: folder,
    env: environment({ HOMEWARD_PORT: String(port) }),
    stdio: 'ignore',
  });
  running.push(npm);
  await expect.poll(() => answers(port), { timeout: 25_000 }).toBe(true);
  npm.kill('SIGKILL');
  await expect.poll(() => answers(port), { timeout: 10_000 }).toBe(false);
});

describe('exclusively', () => {
  /** A program that writes when it begins and ends its turn, one line each. */
  async function turns(): Promise<{ take: (ms: number) => ChildProcess; lines: () => Promise<string[]> }> {
    const log = join(folder, 'log');
    const script = join(folder, 'turn.mjs');
    await writeFile(log, '');
    await writeFile(
      script,
      `import { appendFileSync } from 'node:fs';
       import { exclusively } from ${JSON.stringify(join(packageRoot, 'bin', 'exclusively.mjs'))};
       await exclusively(${JSON.stringify(join(folder, 'lock'))}, async () => {
         appendFileSync(${JSON.stringify(log)}, 'begin\\n');
         await new Promise((resolve) => setTimeout(resolve, Number(process.argv[2])));
         appendFileSync(${JSON.stringify(log)}, 'end\\n');
       });`,
    );
    return {
      take: (ms) => {
        const program = spawn(process.execPath, [script, String(ms)], { stdio: 'ignore' });
        running.push(program);
        return program;
      },
      lines: async () => (await readFile(log, 'utf8')).trim().split('\n'),
    };
  }

  it('lets one at a time have its turn', async () => {
    const { take, lines } = await turns();
    await Promise.all(Array.from({ length: 6 }, () => once(take(50), 'exit')));
    expect(await lines()).toEqual(Array.from({ length: 6 }, () => ['begin', 'end']).flat());
  });

  it('goes on at once when the one whose turn it is was killed', async () => {
    const { take, lines } = await turns();
    const doomed = take(60_000);
    await expect.poll(lines).toEqual(['begin']);
    const waiting = [take(50), take(50), take(50)].map((program) => once(program, 'exit'));
    await sleep(300);
    expect(await lines()).toEqual(['begin']);
    doomed.kill('SIGKILL');
    await Promise.all(waiting);
    expect(await lines()).toEqual(['begin', 'begin', 'end', 'begin', 'end', 'begin', 'end']);
  });
});

describe.runIf(long)('a bare machine', () => {
  it('needs a clone, npm and nothing else, also after a kill in the middle', async () => {
    const clone = join(folder, 'clone');
    await promisify(execFile)('git', ['clone', '--quiet', packageRoot, clone]);
    const bare = join(clone, 'bin', 'homeward');
    const killed = spawn(bare, ['--help'], { env: environment(), stdio: 'ignore', detached: true });
    await sleep(3_000);
    if (killed.pid !== undefined) process.kill(-killed.pid, 'SIGKILL');
    const [first, second] = await Promise.all([run(bare, ['migrate']), run(bare, ['migrate'])]);
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('The database is up to date.') });
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('The database is up to date.') });
    expect(await run(bare, ['migrate'])).toEqual({
      code: 0,
      stdout: 'The database is up to date.\n',
      stderr: '',
    });
  }, 300_000);
});
