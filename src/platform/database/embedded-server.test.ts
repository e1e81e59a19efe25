import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { Refusal } from '../refusal.ts';
import { connectionUrl, type EmbeddedServer, type ServerConnection, useServer } from './embedded-server.ts';
import { orphansOf } from './orphans.ts';

const asRoot = process.getuid?.() === 0;
const long = process.env.HOMEWARD_TEST_LONG === '1';

let dataDir: string;
const programs: ChildProcess[] = [];

async function makeDataDir(): Promise<void> {
  dataDir = await mkdtemp(join(tmpdir(), 'homeward-server-'));
}

async function clearAway(): Promise<void> {
  for (const program of programs.splice(0)) program.kill('SIGKILL');
  await killPostmaster();
  await rm(dataDir, { recursive: true, force: true });
}

async function postmasterPid(): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]) || undefined;
}

async function killPostmaster(): Promise<void> {
  const pid = await postmasterPid();
  if (pid !== undefined && (await programOf(pid)) === 'postgres') process.kill(pid, 'SIGKILL');
}

async function programOf(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}

/** Another process that uses the server, and what it said when it had it. */
function holder(): { program: ChildProcess; ready: Promise<{ startedHere: boolean }> } {
  const script = join(packageRoot, 'test', 'support', 'hold-server.ts');
  const program = spawn(process.execPath, [script, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  programs.push(program);
  const ready = once(program.stdout, 'data').then(([line]) => JSON.parse(String(line)));
  return { program, ready };
}

async function query<Row extends pg.QueryResultRow>(
  connection: ServerConnection,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('a server of our own', () => {
  let server: EmbeddedServer;
  beforeAll(async () => {
    await makeDataDir();
    server = await useServer(dataDir);
  });
  afterAll(async () => {
    await server.stop();
    await clearAway();
  });

  it('keeps what it is given safe, and is reached by its socket only', async () => {
    const rows = await query(
      server.connection,
      `select current_database() as database, current_user as login, current_setting('fsync') as fsync,
         current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
         current_setting('listen_addresses') as listen, current_setting('TimeZone') as zone,
         datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding
       from pg_database where datname = current_database()`,
    );
    expect(rows).toEqual([
      {
        database: 'homeward',
        login: 'homeward_owner',
        fsync: 'on',
        pages: 'on',
        checksums: 'on',
        listen: '',
        zone: 'UTC',
        provider: 'b',
        locale: 'C.UTF-8',
        encoding: 'UTF8',
      },
    ]);
  });

  it('lets nobody in without a password, and shows its files to nobody', async () => {
    const methods = await query(server.connection, 'select distinct auth_method from pg_hba_file_rules');
    expect(methods).toEqual([{ auth_method: 'scram-sha-256' }]);
    await expect(query({ ...server.connection, password: 'guess' }, 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
    for (const [path, mode] of [
      ['postgres', 0o700],
      ['postgres/data', 0o700],
      ['postgres/password', 0o600],
      ['postgres.log', 0o600],
    ] as const) {
      expect((await stat(join(dataDir, path))).mode & 0o777, path).toBe(mode);
    }
  });

  it('never runs as root, and is not told our secrets', async () => {
    const pid = await postmasterPid();
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    expect(status).toMatch(
      asRoot ? /^Uid:\s+65534\s+65534/m : new RegExp(`^Uid:\\s+${process.getuid?.()}\\s`, 'm'),
    );
    if (asRoot) expect(status).toMatch(/^Groups:\s*$/m);
    const names = (await readFile(`/proc/${pid}/environ`, 'utf8'))
      .split('\0')
      .map((entry) => entry.split('=')[0]);
    expect(new Set(names)).toEqual(new Set(['PATH', 'LC_ALL', 'TZ', '']));
  });

  it('writes nothing personal to its log, even when a statement fails or its process dies', async () => {
    const canary = 'Philomena Canary';
    await query(server.connection, 'create table person (name text primary key)');
    await query(server.connection, `insert into person values ('${canary}')`);
    await expect(query(server.connection, `insert into person values ('${canary}')`)).rejects.toMatchObject({
      code: '23505',
    });
    await expect(query(server.connection, `select '${canary}'::int`)).rejects.toMatchObject({
      code: '22P02',
    });
    const doomed = new pg.Client(server.connection);
    doomed.on('error', () => undefined);
    await doomed.connect();
    const { rows } = await doomed.query<{ pid: number }>('select pg_backend_pid() as pid');
    const dying = expect(doomed.query(`select pg_sleep(60), '${canary}'`)).rejects.toThrow();
    await sleep(100);
    process.kill(Number(rows[0]?.pid), 'SIGKILL');
    await dying;
    await expect.poll(() => query(server.connection, 'select 1'), { timeout: 20_000 }).toHaveLength(1);
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('was terminated by signal 9');
    expect(log).not.toContain(canary);
  });

  it('comes back by itself when it is killed, at the same address and with all that was committed', async () => {
    await query(server.connection, 'create table kept (n int)');
    for (let n = 1; n <= (long ? 10 : 2); n += 1) {
      await query(server.connection, `insert into kept values (${n})`);
      await killPostmaster();
      const count = async () =>
        (await query<{ n: string }>(server.connection, 'select max(n) as n from kept'))[0]?.n;
      await expect.poll(count, { timeout: 20_000 }).toBe(n);
    }
  }, 300_000);
});

describe('several users', () => {
  beforeEach(makeDataDir);
  afterEach(clearAway);

  it('share one server, and the last to leave shuts it down, whoever started it', async () => {
    const first = holder();
    expect(await first.ready).toEqual({ startedHere: true });
    const pid = await postmasterPid();
    const second = await useServer(dataDir);
    expect(second.startedHere).toBe(false);
    expect(await postmasterPid()).toBe(pid);

    first.program.stdin?.end();
    await once(first.program, 'exit');
    expect(await query(second.connection, 'select 1 as one')).toEqual([{ one: 1 }]);

    await second.stop();
    expect(await postmasterPid()).toBeUndefined();
    await expect(query(second.connection, 'select 1')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('may begin at once in a new folder: one makes the cluster, one starts it, all use it', async () => {
    const answers = await Promise.all([holder(), holder(), holder(), holder()].map(({ ready }) => ready));
    expect(answers.filter(({ startedHere }) => startedHere)).toHaveLength(1);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
  });

  it('may leave while others come', async () => {
    const server = await useServer(dataDir);
    await query(server.connection, 'create table kept (n int)');
    await server.stop();
    for (let round = 0; round < (long ? 50 : 5); round += 1) {
      const leaving = await useServer(dataDir);
      const [, arriving] = await Promise.all([leaving.stop(), useServer(dataDir)]);
      expect(await query(arriving.connection, 'select * from kept')).toEqual([]);
      await arriving.stop();
    }
  }, 300_000);
});

describe('after a kill', () => {
  beforeEach(makeDataDir);
  afterEach(clearAway);

  it('of its user, the server lives on and is taken over', async () => {
    const killed = holder();
    await killed.ready;
    const pid = await postmasterPid();
    killed.program.kill('SIGKILL');
    await once(killed.program, 'exit');

    const server = await useServer(dataDir);
    expect(server.startedHere).toBe(false);
    expect(await postmasterPid()).toBe(pid);
    await server.stop();
    expect(await postmasterPid()).toBeUndefined();
  });

  // Found by what Linux tells of processes.
  it.runIf(process.platform === 'linux')(
    'of the server alone, what is left of it is ended, and nothing else',
    async () => {
      const server = await useServer(dataDir);
      const busy = new pg.Client(server.connection);
      busy.on('error', () => undefined);
      await busy.connect();
      const { rows } = await busy.query<{ pid: number }>('select pg_backend_pid() as pid');
      const pid = Number(rows[0]?.pid);
      // A process that waits for anything notices that its server is gone; one that computes does not.
      const computing = expect(busy.query('do $$ begin loop end loop; end $$')).rejects.toThrow();
      await sleep(300);
      expect(await orphansOf(join(dataDir, 'postgres', 'data'))).toEqual([]);

      await killPostmaster();
      await expect
        .poll(() => orphansOf(join(dataDir, 'postgres', 'data')), { timeout: 3_000 })
        .toEqual([pid]);
      await computing;
      await expect
        .poll(() => query(server.connection, 'select 1 as one').catch(() => []), { timeout: 20_000 })
        .toEqual([{ one: 1 }]);
      // Its end is a moment after the server's beginning where the machine is busy.
      await expect.poll(() => programOf(pid), { timeout: 10_000 }).toBe('');
      expect(await orphansOf(join(dataDir, 'postgres', 'data'))).toEqual([]);
      await server.stop();
    },
    60_000,
  );

  it('of both at once, the next start just works', async () => {
    const killed = holder();
    await killed.ready;
    killed.program.kill('SIGKILL');
    await killPostmaster();

    const server = await useServer(dataDir);
    expect(server.startedHere).toBe(true);
    expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('at any moment of the very first start, the next one just works', async () => {
    const moments = Array.from({ length: long ? 30 : 4 }, (_, i) => 100 + (i * 1_400) / (long ? 30 : 4));
    for (const moment of moments) {
      const killed = holder();
      killed.ready.catch(() => undefined);
      await sleep(moment);
      killed.program.kill('SIGKILL');
      await once(killed.program, 'exit');
      const server = await useServer(dataDir);
      expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.stop();
      expect((await readdir(dataDir)).sort(), `killed after ${moment} ms`).toEqual([
        'postgres',
        'postgres.log',
      ]);
      await rm(dataDir, { recursive: true });
      await mkdir(dataDir);
    }
  }, 600_000);

  it('of the machine, a process number that now is another program’s does not stand in the way', async () => {
    await (await useServer(dataDir)).stop();
    const data = join(dataDir, 'postgres', 'data');
    const { uid, gid } = await stat(data);
    const other = spawn('sleep', ['60'], asRoot ? { uid, gid } : {});
    programs.push(other);
    const lock = `${other.pid}\n${data}\n1700000000\n5432\n.\n\n        1         1\nready\n`;
    await writeFile(join(data, 'postmaster.pid'), lock, { mode: 0o600 });

    const server = await useServer(dataDir);
    expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });
});

describe('a data directory', () => {
  beforeEach(makeDataDir);
  afterEach(clearAway);

  it('may be deeper than a socket’s path can be', async () => {
    const deep = join(dataDir, ...Array.from({ length: 6 }, () => 'a-rather-long-name-for-a-folder'));
    const server = await useServer(deep);
    try {
      expect(server.connection.host.length).toBeLessThan(100);
      expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await server.stop();
    }
    await expect(stat(server.connection.host)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('of another major version is refused, naming both', async () => {
    await (await useServer(dataDir)).stop();
    await writeFile(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '17\n');
    const refused = useServer(dataDir);
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toThrow(/written by PostgreSQL 17 and this Homeward brings 18/);
  });
});

describe('connectionUrl', () => {
  beforeEach(makeDataDir);
  afterEach(clearAway);

  it('leads to the same database, by socket and by TCP', async () => {
    const server = await useServer(dataDir);
    try {
      const client = new pg.Client(connectionUrl(server.connection));
      await client.connect();
      expect((await client.query('select current_database() as name')).rows).toEqual([{ name: 'homeward' }]);
      await client.end();
    } finally {
      await server.stop();
    }
    const tcp = { host: '127.0.0.1', port: 5432, user: 'u', password: 'a/b@c', database: 'd' };
    expect(new pg.Client(connectionUrl(tcp))).toMatchObject({ ...tcp, password: 'a/b@c' });
  });
});
