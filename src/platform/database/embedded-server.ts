import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { hasCode, ignore } from '../error-code.ts';
import { syncFolder } from '../files/sync.ts';
import { Refusal } from '../refusal.ts';
import { advisoryLocks } from './advisory-locks.ts';
import { exists, type ServerFiles, serverFiles } from './embedded-server-files.ts';
import { orphansOf } from './orphans.ts';

/** Where and as whom to reach the server: what `pg` takes. `host` is the folder of the socket. */
export interface ServerConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface EmbeddedServer {
  readonly connection: ServerConnection;
  /** False when a server was already running on this data directory and was taken over. */
  readonly startedHere: boolean;
  /** Lets go of the server. The last one to let go shuts it down, and waits until it has ended. */
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** Listen on this port of 127.0.0.1 as well, with the same password. For tests: it is off otherwise. */
  readonly tcpPort?: number;
  /** Server settings in place of ours. For tests and benchmarks, when this call is the one that starts it. */
  readonly settings?: Readonly<Record<string, string>>;
}

const OWNER = 'homeward_owner';
const DATABASE = 'homeward';
/** `nobody`: the user a server is given when we are root, since PostgreSQL will not run as root. */
const UNPRIVILEGED = 65_534;
/** A socket's path has 107 bytes on Linux and 103 on macOS. */
const SOCKET_PATH_LIMIT = 103;
/** How long starting may fail for reasons that pass by themselves, such as a dead server not yet reaped. */
const PATIENCE_MS = 15_000;
/** How long processes that outlived their server may take to end by themselves, and then to end when told to. */
const ORPHANS_MS = 4_000;
/** How long a server that answers "starting up" may take to recover. */
const RECOVERY_MS = 600_000;
/** How long a server may take to write down what it holds and end. */
const SHUTDOWN_MS = 120_000;
const LOG_LIMIT_BYTES = 10_000_000;

/**
 * The PostgreSQL server of a data directory: the one that runs there already, else started now, and started
 * again should it die while in use.
 *
 * **Killed at any moment, the next call works.** A cluster is made in a folder of another name and renamed when
 * it is whole. There is no lock file of ours to go stale: PostgreSQL lets one server at a time have a cluster,
 * whoever loses that race adopts the winner, and each user holds one connection with a shared advisory lock, so
 * that the kernel itself tells the last one to leave that it is the last. A server whose users were all killed
 * lives on until the next user adopts it. A process that outlived its server keeps the next one from starting, and is
 * ended when it has not ended by itself: it serves nobody any more, and what it had not committed is lost with its server.
 *
 * **Who can connect.** Nothing listens on the network. The socket is inside the cluster's folder, which is 0700
 * and, when we are root, belongs to the server's user inside a folder that only root may enter. Even so every
 * role needs a password (SCRAM; no `trust` line anywhere): the owner's is random and kept beside the cluster,
 * 0600. Thus the login roles with few rights stay behind theirs, and both roads (`DATABASE_URL` and this one)
 * behave alike. `peer` would need an entry in the password file for whatever user a container runs as.
 *
 * **As root** the server runs as `nobody` (or as the owner of the cluster, if that is someone else). It is
 * started with the cluster as its working directory and told that its data is at `/proc/self/cwd`: so the data
 * may lie under `/root`, where `nobody` could not find it by any path.
 *
 * **No personal data in the log**: the server logs its own doings and fatal faults only, without statements,
 * parameters or details. What went wrong with a statement is told to the program that sent it.
 *
 * @throws Refusal when the data belongs to someone else or to another major version, or the server won't start.
 */
export async function useServer(
  dataDir: string,
  options: EmbeddedServerOptions = {},
): Promise<EmbeddedServer> {
  const home = resolve(dataDir);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const files = await serverFiles(home, isRoot());
  const folder = join(home, 'postgres');
  if (!(await exists(folder))) await createCluster(home, folder, files);
  const cluster = await openCluster(home, folder, files, options);
  return hold(cluster);
}

interface Cluster {
  readonly home: string;
  readonly data: string;
  readonly files: ServerFiles;
  readonly password: string;
  /** The user the server runs as; undefined for our own. */
  readonly runAs: number | undefined;
  readonly options: EmbeddedServerOptions;
}

interface Lease {
  readonly client: pg.Client;
  readonly port: number;
  readonly startedHere: boolean;
}

async function hold(cluster: Cluster): Promise<EmbeddedServer> {
  const shortcut = await socketShortcut(cluster.data);
  const host = process.platform === 'win32' ? '127.0.0.1' : (shortcut ?? cluster.data);
  let stopping = false;
  let lease = await takeLease(cluster, host);
  let restarting: Promise<void> = Promise.resolve();
  const { port, startedHere } = lease;
  await removeUnfinished(cluster.home);
  watch();

  function watch(): void {
    lease.client.once('end', () => {
      if (!stopping) restarting = restart();
    });
  }

  async function restart(): Promise<void> {
    while (!stopping) {
      try {
        lease = await takeLease(cluster, host, port);
        return watch();
      } catch {
        await sleep(1_000);
      }
    }
  }

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await restarting;
    if (await isLast(lease.client)) await shutDown(cluster);
    await lease.client.end().catch(() => undefined);
    if (shortcut) await rm(join(shortcut, '..'), { recursive: true, force: true });
  }

  const { password } = cluster;
  return { connection: { host, port, user: OWNER, password, database: DATABASE }, startedHere, stop };
}

/** Gives up our share of the lock and asks for the whole of it. A lost connection counts as not being last. */
async function isLast(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [advisoryLocks.serverInUse]);
    const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      advisoryLocks.serverInUse,
    ]);
    return rows[0]?.last === true;
  } catch {
    return false;
  }
}

async function createCluster(home: string, folder: string, files: ServerFiles): Promise<void> {
  const draft = await mkdtemp(join(home, 'postgres.new-'));
  const data = join(draft, 'data');
  const password = join(draft, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
  const runAs = isRoot() ? UNPRIVILEGED : undefined;
  const giveTo = async (user: number, ...paths: string[]) => {
    if (isRoot()) for (const path of paths) await chown(path, user, user);
  };
  try {
    await giveTo(UNPRIVILEGED, draft, data, password);
    const initdb = [
      `--pgdata=${dataArgument(data)}`,
      `--username=${OWNER}`,
      '--pwfile=../password',
      '--auth=scram-sha-256',
      '--data-checksums',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ];
    const make = (...how: string[]) =>
      execute(join(files.bin, 'initdb'), [...initdb, ...how], {
        cwd: data,
        ...user(runAs),
        env: serverEnvironment(),
      });
    // pg_trgm asks the machine which characters are letters, and in the C locale only ASCII's are: names in Arabic or
    // Bengali would be like nothing. Where the machine has no such locale, names in other scripts match only whole.
    await make('--lc-ctype=C.UTF-8').catch((error: unknown) => {
      if (!/locale/.test(String(error))) throw error;
      return make();
    });
    await giveTo(0, draft, password);
    await rename(draft, folder).catch(ignore('EEXIST', 'ENOTEMPTY', 'EPERM'));
    await syncFolder(home);
  } catch (error) {
    // Another process may have made the cluster meanwhile, and cleared ours away as unfinished.
    if (await exists(folder)) return;
    throw new Refusal(`The database could not be made in ${home}: ${oneLine(error)}`);
  } finally {
    await removeDraft(draft);
  }
}

async function openCluster(
  home: string,
  folder: string,
  files: ServerFiles,
  options: EmbeddedServerOptions,
): Promise<Cluster> {
  const data = join(folder, 'data');
  try {
    const version = Number.parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10);
    if (version !== files.majorVersion) {
      throw new Refusal(
        `The data in ${folder} was written by PostgreSQL ${version} and this Homeward brings ${files.majorVersion}: ` +
          'make a backup with the Homeward that wrote it, and restore it here into an empty data directory',
      );
    }
    const password = await readFile(join(folder, 'password'), 'utf8');
    const owner = (await stat(data)).uid;
    return { home, data, files, password, runAs: isRoot() ? owner : undefined, options };
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM')) {
      throw new Refusal(
        `${folder} belongs to another user: run as that user, or set HOMEWARD_DATA_DIR elsewhere`,
      );
    }
    if (hasCode(error, 'ENOENT')) {
      throw new Refusal(
        `${folder} is incomplete (${oneLine(error)}): restore a backup, or move the folder away`,
      );
    }
    throw error;
  }
}

/** Clears away clusters whose making was killed. Safe once a server runs: no later one can take its place. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith('postgres.new-')) await removeDraft(join(home, name));
  }
}

/** Whoever is making a cluster there may still be writing to it: it is tried again until they have noticed. */
async function removeDraft(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Connects to the server, starting it as often as it takes, and marks it as in use. */
async function takeLease(cluster: Cluster, host: string, port?: number): Promise<Lease> {
  const began = Date.now();
  let child: ChildProcess | undefined;
  let toldOfOrphans = false;
  for (;;) {
    const running = await postmaster(cluster);
    const attempt = await connect(cluster, host, running?.port ?? port);
    if (typeof attempt !== 'string') {
      await createDatabase(attempt);
      const now = await postmaster(cluster);
      return {
        client: attempt,
        port: now?.port ?? attempt.port,
        startedHere: child !== undefined && child.pid === now?.pid,
      };
    }
    const waited = Date.now() - began;
    if (attempt === 'starting') {
      if (waited > RECOVERY_MS) throw await didNotStart(cluster);
    } else if (!child || child.exitCode !== null || child.signalCode !== null) {
      if (waited > PATIENCE_MS) throw await didNotStart(cluster);
      if (child) {
        await removeStaleLock(cluster);
        const orphans = await orphansOf(cluster.data);
        if (orphans.length > 0 && !toldOfOrphans) {
          toldOfOrphans = true;
          process.stderr.write(
            `Waiting for what is left of a database server that was killed (process ${orphans.join(', ')}). ` +
              'It is ended if it does not end by itself.\n',
          );
        }
        endOrphans(orphans, waited);
        await sleep(200);
      }
      child = await start(cluster, port);
    }
    await sleep(25);
  }
}

/** A connection that shares the lock, or why there is none yet. */
async function connect(
  cluster: Cluster,
  host: string,
  port = 5432,
): Promise<pg.Client | 'absent' | 'starting'> {
  const client = new pg.Client({
    host,
    port,
    user: OWNER,
    password: cluster.password,
    database: 'postgres',
    application_name: 'homeward in use',
  });
  client.on('error', () => undefined); // the 'end' that follows is what counts
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [advisoryLocks.serverInUse]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (hasCode(error, 'ENOENT', 'ECONNREFUSED')) return 'absent';
    // Starting up, shutting down, all connections taken, or gone while we spoke to it.
    if (hasCode(error, '57P01', '57P02', '57P03', '53300', 'ECONNRESET', 'EPIPE')) return 'starting';
    if (error instanceof Error && error.message.startsWith('Connection terminated')) return 'starting';
    if (hasCode(error, '28P01'))
      throw new Refusal(`The server in ${cluster.data} does not take its own password`);
    throw error;
  }
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`).catch(ignore('42P04', '23505'));
}

async function start(cluster: Cluster, samePort: number | undefined): Promise<ChildProcess> {
  const windows = process.platform === 'win32';
  const { tcpPort } = cluster.options;
  const port = samePort ?? tcpPort ?? (windows ? await freePort() : 5432);
  const settings: Record<string, string> = {
    listen_addresses: windows || tcpPort ? '127.0.0.1' : '',
    port: String(port),
    unix_socket_directories: windows ? '' : '.',
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: availableMemory() >= 2 ** 31 ? '256MB' : '64MB',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // See "no personal data in the log" above.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_min_duration_sample: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    logging_collector: 'off',
    log_destination: 'stderr',
    ...cluster.options.settings,
  };
  const log = await openLog(cluster.home);
  try {
    const child = spawn(
      join(cluster.files.bin, 'postgres'),
      [
        '-D',
        dataArgument(cluster.data),
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        cwd: cluster.data,
        ...user(cluster.runAs),
        env: serverEnvironment(),
        stdio: ['ignore', log.fd, log.fd],
        detached: true, // Ctrl-C in a terminal is for us; we then shut the server down in order
        windowsHide: true,
      },
    );
    await new Promise<void>((started, failed) => child.once('spawn', started).once('error', failed));
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/** Ends the server as `pg_ctl stop --mode=fast` does, which would wait on if another took its place meanwhile. */
async function shutDown(cluster: Cluster): Promise<void> {
  const server = await postmaster(cluster);
  if (!server) return;
  if (process.platform === 'win32') {
    await execute(join(cluster.files.bin, 'pg_ctl'), ['kill', 'INT', String(server.pid)]);
  } else {
    signal(server.pid, 'SIGINT');
  }
  const began = Date.now();
  while ((await postmaster(cluster))?.pid === server.pid) {
    if (Date.now() - began > SHUTDOWN_MS)
      throw new Error(`The database server (process ${server.pid}) did not stop`);
    await sleep(20);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    ignore('ESRCH')(error);
  }
}

interface Postmaster {
  readonly pid: number;
  readonly port: number | undefined;
}

async function postmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(cluster.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]) || undefined } : undefined;
}

/**
 * After a restart of the machine (or of a container, where process ids are few) the number in `postmaster.pid`
 * may be that of some other process, and PostgreSQL then refuses to start for ever. If it is not a PostgreSQL
 * at all, the file is stale.
 */
async function removeStaleLock(cluster: Cluster): Promise<void> {
  if (process.platform !== 'linux') return;
  const server = await postmaster(cluster);
  if (!server) return;
  const program = await readFile(`/proc/${server.pid}/comm`, 'utf8').catch(() => undefined);
  if (program === undefined || program.trim() === 'postgres') return;
  if ((await postmaster(cluster))?.pid === server.pid)
    await rm(join(cluster.data, 'postmaster.pid'), { force: true });
}

/** Leaves processes that outlived their server some time to end, then tells them to as their server would, then kills them. */
function endOrphans(orphans: readonly number[], waited: number): void {
  if (waited < ORPHANS_MS) return;
  for (const pid of orphans) signal(pid, waited < 2 * ORPHANS_MS ? 'SIGQUIT' : 'SIGKILL');
}

async function didNotStart(cluster: Cluster): Promise<Refusal> {
  const path = join(cluster.home, 'postgres.log');
  const lines = (await readFile(path, 'utf8').catch(() => '')).trim().split('\n');
  return new Refusal(`The database server did not start; ${path} ends: ${lines.at(-1)}`);
}

async function openLog(home: string) {
  const path = join(home, 'postgres.log');
  const log = await open(path, 'a', 0o600);
  if ((await log.stat()).size < LOG_LIMIT_BYTES) return log;
  await log.close();
  await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
}

/** A short way to a socket whose own path is too long for the system; undefined when it is not. */
async function socketShortcut(data: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  if (Buffer.byteLength(join(data, '.s.PGSQL.65535')) <= SOCKET_PATH_LIMIT) return undefined;
  const shortcut = join(await mkdtemp(join(tmpdir(), 'homeward-')), 'data');
  await symlink(data, shortcut);
  return shortcut;
}

const execute = promisify(execFile);

/** See "as root" above. */
function dataArgument(data: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : data;
}

/** Nothing of our own environment, which holds secrets. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot ? { SystemRoot } : {}) };
}

function user(id: number | undefined) {
  return id === undefined ? {} : { uid: id, gid: id };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** In bytes; what a container is allowed, where that is less than the machine has. */
function availableMemory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}

/** A TCP port of 127.0.0.1 that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string')
    throw new Error('a TCP server has an address with a port');
  return address.port;
}

/** The same connection as one address, as DATABASE_URL would hold it. */
export function connectionUrl({ host, port, user, password, database }: ServerConnection): string {
  const who = `${user}:${encodeURIComponent(password)}`;
  return host.startsWith('/')
    ? `postgresql://${who}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `postgresql://${who}@${host}:${port}/${database}`;
}

function oneLine(error: unknown): string {
  const text =
    error instanceof Error && 'stderr' in error && error.stderr ? String(error.stderr) : String(error);
  return text.trim().replaceAll(/\s*\n\s*/g, '; ');
}
