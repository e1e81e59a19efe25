import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../src/platform/database/embedded-server.ts';
import { packageRoot } from '../../src/platform/package-root.ts';

const run = promisify(execFile);
const program = join(packageRoot, 'dist', 'homeward.js');
/** How long a process may take until it is at work, on a machine that is busy with other tests. */
const PATIENCE_MS = 60_000;

/** Builds what `homeward` runs, unless it is built already. */
export async function buildProgram(): Promise<void> {
  await run(process.execPath, [join(packageRoot, 'bin', 'prepare.mjs'), 'build'], { cwd: packageRoot });
}

export interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

type Part = 'web' | 'worker';

/** A service as it is run: in processes of its own, that can be killed, on a data directory and a port of its own. */
export class ServiceProcesses {
  readonly dataDir: string;
  readonly url: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #running = new Map<Part, ChildProcess>();

  private constructor(dataDir: string, port: number, env: Readonly<Record<string, string>>) {
    this.dataDir = dataDir;
    this.url = `http://localhost:${port}`;
    const { PATH, HOME } = process.env;
    this.#env = { PATH, HOME, HOMEWARD_DATA_DIR: dataDir, HOMEWARD_PORT: String(port), ...env };
  }

  /** @param env settings besides the data directory and the port. */
  static async on(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<ServiceProcesses> {
    return new ServiceProcesses(dataDir, await freePort(), env);
  }

  /** Starts `homeward serve`, or another command that serves, and waits until it answers. */
  async startWeb(command = 'serve'): Promise<void> {
    const web = this.spawn('web', command);
    await this.#until(web, () => this.answers());
  }

  /** Starts `homeward worker`, and waits until it is at work. */
  async startWorker(): Promise<void> {
    const worker = this.spawn('worker', 'worker');
    let said = '';
    worker.stderr?.on('data', (words) => {
      said += words;
    });
    await this.#until(worker, async () => said.includes('at work'));
  }

  /** Starts a command without waiting for anything. */
  spawn(part: Part, command: string): ChildProcess {
    const child = spawn(process.execPath, [program, command], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', () => undefined); // a pipe that nobody reads would fill
    this.#running.set(part, child);
    return child;
  }

  /** Runs a command to its end. */
  async run(...args: string[]): Promise<Ended> {
    return run(process.execPath, [program, ...args], { env: this.#env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
    );
  }

  /** Whether the web process and its database answer. */
  async answers(): Promise<boolean> {
    return fetch(`${this.url}/health`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** @throws Error when it does not answer for a minute. */
  async untilItAnswers(): Promise<void> {
    const web = this.#running.get('web');
    if (!web) throw new Error('No web process was started');
    await this.#until(web, () => this.answers());
  }

  async #until(child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
    let said = '';
    child.stderr?.on('data', (words) => {
      said = `${said}${words}`.slice(-2_000);
    });
    const began = Date.now();
    while (!(await isReady())) {
      const ended = child.exitCode ?? child.signalCode;
      if (ended !== null) throw new Error(`It ended (${ended}): ${said}`);
      if (Date.now() - began > PATIENCE_MS) {
        const log = await readFile(join(this.dataDir, 'postgres.log'), 'utf8').catch(() => '');
        throw new Error(
          `It is not ready after ${PATIENCE_MS} ms: ${said}\nThe database says: ${log.slice(-2_000)}`,
        );
      }
      await sleep(25);
    }
  }

  /** Kills a process of ours outright, as `kill -9` does. */
  async kill(part: Part): Promise<void> {
    const child = this.#running.get(part);
    this.#running.delete(part);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Kills the database server and every process of it outright, and waits until they are gone. */
  async killDatabase(): Promise<void> {
    for (const pid of await this.signalDatabase('SIGKILL')) while (await isAlive(pid)) await sleep(5);
  }

  /** Sends a signal to the database server and every process of it, and gives their ids. */
  async signalDatabase(signal: NodeJS.Signals): Promise<number[]> {
    const postmaster = await this.postmaster();
    if (postmaster === undefined) return [];
    // Stopped, it makes no more of them: one that was missed could wait for ever for something that the killed ones held.
    send(postmaster, 'SIGSTOP');
    while (!['T', 'Z', undefined].includes((await look(postmaster))?.state)) await sleep(1);
    const pids = [postmaster, ...(await childrenOf(postmaster))];
    for (const pid of pids) send(pid, signal);
    return pids;
  }

  /** The process id of the database server, if it runs. */
  async postmaster(): Promise<number | undefined> {
    const lock = join(this.dataDir, 'postgres', 'data', 'postmaster.pid');
    const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
    const name = pid > 0 ? await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '') : '';
    return name.trim() === 'postgres' ? pid : undefined;
  }

  /** A connected client that owns the database. It holds no lease: what is killed stays dead until the service mends it. */
  async owner(): Promise<pg.Client> {
    const folder = join(this.dataDir, 'postgres');
    const client = new pg.Client({
      host: join(folder, 'data'),
      user: 'homeward_owner',
      password: await readFile(join(folder, 'password'), 'utf8'),
      database: 'homeward',
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** Works with a client that owns the database, and closes it. */
  async asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
    const owner = await this.owner();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  }

  /** Ends everything, whatever it is doing. */
  async killAll(): Promise<void> {
    await Promise.all([this.kill('web'), this.kill('worker')]);
    await this.killDatabase();
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile.
  }
}

/** The state of a process as Linux calls it (`R` runs, `T` is stopped, `Z` is dead and not yet buried) and its parent. */
async function look(pid: number | string): Promise<{ state: string; parent: number } | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, state, parent] = /\) (\S) (\d+)/.exec(stat) ?? [];
  return state === undefined ? undefined : { state, parent: Number(parent) };
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(async (pid) => ({ pid: Number(pid), ...(await look(pid)) })));
  return found.filter((each) => each.parent === parent).map(({ pid }) => pid);
}

/** A process that nobody has waited for yet is dead all the same. */
async function isAlive(pid: number): Promise<boolean> {
  const { state = 'Z' } = (await look(pid)) ?? {};
  return state !== 'Z';
}
