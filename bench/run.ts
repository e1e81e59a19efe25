import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createKeyring, type Keyring } from '../src/platform/crypto/sealed-box.ts';
import { connectionsTo } from '../src/platform/database/connections.ts';
import {
  connectionUrl,
  type EmbeddedServer,
  freePort,
  useServer,
} from '../src/platform/database/embedded-server.ts';
import { prepareDatabase } from '../src/platform/database/prepare-database.ts';
import { packageRoot } from '../src/platform/package-root.ts';
import { applicationSecret, readSettings } from '../src/platform/settings.ts';
import { Listener, replay } from './captured-sql.ts';
import { generate } from './generate.ts';
import { atRate, atSaturation, type Call, type Latencies } from './load.ts';
import { pagesOf } from './pages.ts';

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '1000000' },
    /** The small service that a page's cost is compared with. */
    against: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '15' },
    only: { type: 'string' },
    /** Makes the services and measures nothing. */
    make: { type: 'boolean', default: false },
    /** A Markdown file that gets the table in place of the one at its beginning. */
    out: { type: 'string' },
  },
});
const say = (line: string) => void process.stderr.write(`${line}\n`);

/** A page as it is asked for: each call is a new one. */
export interface BenchPage {
  name: string;
  who: string;
  /** The most milliseconds that 95 in 100 may take at 50 requests a second. */
  budget: number;
  call(index: number): Call;
}

/** A generated service, its server running, and what its keys come from. */
interface Ground {
  people: number;
  dataDir: string;
  server: EmbeddedServer;
  tcpPort: number;
  secret: string;
  keyring: Keyring;
  owner: pg.Client;
}

/** Opens the service of a size, and makes it first if it is not there. It is kept for the next run. */
async function open(people: number): Promise<Ground> {
  const dataDir = join(packageRoot, 'var', `bench-${people}`);
  const tcpPort = await freePort();
  const server = await useServer(dataDir, {
    tcpPort,
    settings: {
      shared_buffers: '2GB',
      effective_cache_size: '12GB',
      max_wal_size: '8GB',
      checkpoint_timeout: '30min',
    },
  });
  const secret = await applicationSecret(readSettings({ HOMEWARD_DATA_DIR: dataDir }));
  const keyring = createKeyring(secret);
  const connections = connectionsTo(server.connection, secret);
  await prepareDatabase(connections, secret, keyring);
  const owner = new pg.Client(server.connection);
  await owner.connect();
  const made = await owner.query(`select to_regclass('homeward.benchmark') as made`);
  if (made.rows[0]?.made === null) {
    say(`Making a service of ${people.toLocaleString('en-GB')} people`);
    await generate(server.connection, { people }, say);
    await owner.query('create table homeward.benchmark as select now() as made_at');
  }
  return { people, dataDir, server, tcpPort, secret, keyring, owner };
}

/** Whatever goes wrong, nothing that was started here lives on: a server left behind would be adopted by the next run. */
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGTERM');
});

interface Running {
  origin: string;
  stop(): Promise<void>;
}

/** The product itself, as it is served. */
async function serve(ground: Ground, databaseUrl?: string): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(packageRoot, 'dist', 'homeward.js'), 'serve'], {
    env: {
      ...process.env,
      HOMEWARD_DATA_DIR: ground.dataDir,
      HOMEWARD_PORT: String(port),
      HOMEWARD_WORKER: 'off',
      HOMEWARD_SECRET: ground.secret,
      HOMEWARD_PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${origin}/health`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    if (tries > 300) throw new Error('The service does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { origin, stop: () => stopped(child) };
}

async function bare(bytes: number): Promise<Running> {
  const child = fork(join(packageRoot, 'bench', 'bare-server.ts'), [String(bytes)]);
  children.add(child);
  const [port] = (await once(child, 'message')) as [number];
  return { origin: `http://127.0.0.1:${port}`, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  children.delete(child);
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
}

async function sizeOf(origin: string, call: Call): Promise<number> {
  return await new Promise((resolve, reject) => {
    const sent = http.request(
      `${origin}${call.path}`,
      { method: call.method, headers: call.headers },
      (answer) => {
        if ((answer.statusCode ?? 500) >= 400)
          reject(new Error(`${call.method} ${call.path} answered ${answer.statusCode}`));
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        answer.on('end', () => resolve(bytes));
      },
    );
    sent.on('error', reject);
    sent.end(call.body);
  });
}

interface Measured {
  page: BenchPage;
  steady: Latencies;
  full: Latencies;
  /** One client, one request after the other: what a page costs. */
  cost: Latencies;
  bareCost: number;
  queries: number;
  sqlAlone: number;
}

const WARM_SECONDS = 5;

/** The id of a sent form is of version 8 (src/platform/http/submission.ts). */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}/;

async function measure(ground: Ground, seconds: number): Promise<Measured[]> {
  const wanted = (pages: BenchPage[]) =>
    pages.filter((page) => options.only === undefined || page.name.includes(options.only));
  const pages = wanted(await pagesOf(ground.owner, ground.keyring, ground.people));

  say('Counting the queries of each page');
  const captured = new Map<BenchPage, Buffer[]>();
  const listener = await Listener.before({ host: '127.0.0.1', port: ground.tcpPort });
  const heard = await serve(
    ground,
    connectionUrl({ ...ground.server.connection, host: '127.0.0.1', port: listener.port }),
  );
  for (const page of pages) {
    await sizeOf(heard.origin, page.call(0));
    captured.set(page, await listener.during(async () => void (await sizeOf(heard.origin, page.call(1)))));
  }
  await heard.stop();
  listener.close();

  const results: Measured[] = [];
  const running = await serve(ground);
  const { web } = connectionsTo(ground.server.connection, ground.secret);
  for (const page of pages) {
    let index = 2;
    const next = () => page.call(index++);
    // A service that has been at work for a while: its pages are planned, and what they read is in memory.
    await atSaturation(running.origin, next, 8, WARM_SECONDS);
    const cost = await atSaturation(running.origin, next, 1, 2);
    const steady = await atRate(running.origin, next, 50, seconds);
    const full = await atSaturation(running.origin, next, 8, 3);
    const turns = captured.get(page) ?? [];
    // A form's id may be used once: each run of its statements gets another of the same length.
    const id = turns
      .map((turn) => UUID.exec(turn.toString('latin1'))?.[0])
      .find((found) => found !== undefined);
    const alone = await replay(web, turns, 200, (turn, run) =>
      id === undefined
        ? turn
        : Buffer.from(
            turn.toString('latin1').replaceAll(id, `${id.slice(0, 24)}${run.toString(16).padStart(12, '0')}`),
            'latin1',
          ),
    );
    const plain = await bare(await sizeOf(running.origin, next()));
    const atBest = await atSaturation(plain.origin, next, 1, 1);
    await plain.stop();
    say(`${page.name}, ${page.who}: p95 ${steady.p95.toFixed(1)} ms, one client ${cost.p50.toFixed(1)} ms`);
    results.push({
      page,
      steady,
      full,
      cost,
      bareCost: atBest.p50,
      queries: turns.length,
      sqlAlone: median(alone),
    });
  }
  await running.stop();
  return results;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const seconds = Number(options.seconds);
const large = await open(Number(options.people));
const results = options.make ? [] : await measure(large, seconds);
await large.owner.end();
await large.server.stop();
const small = await open(Number(options.against));
const compared = options.make ? [] : await measure(small, 3);
await small.owner.end();
await small.server.stop();

const ms = (value: number) => value.toFixed(1);
const rows = results.map(({ page, steady, full, cost, bareCost, queries, sqlAlone }, index) => {
  const before = compared[index]?.cost.p50 ?? Number.NaN;
  return [
    page.name,
    page.who,
    ms(steady.p50),
    ms(steady.p95),
    ms(steady.p99),
    `${page.budget}`,
    full.rate.toFixed(0),
    ms(full.p95),
    String(queries),
    `${(cost.p50 / bareCost).toFixed(0)} ×`,
    `${(cost.p50 / sqlAlone).toFixed(1)} ×`,
    `${(cost.p50 / before).toFixed(2)} ×`,
    String(steady.failures + full.failures),
  ];
});
const head = [
  'page',
  'as',
  'p50',
  'p95',
  'p99',
  'budget',
  'most a second',
  'p95 then',
  'round trips',
  'to a bare reply',
  'to its SQL',
  `to ${Number(options.against).toLocaleString('en-GB')} people`,
  'failed',
];
const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
process.stdout.write(`${table}\n`);
const over = results.filter(({ page, steady }) => steady.p95 > page.budget || steady.failures > 0);
const overInWords = over.map(
  ({ page, steady }) =>
    `- ${page.name}, ${page.who}: p95 ${ms(steady.p95)} ms where ${page.budget} is the most`,
);
if (options.out) {
  // What other benchmarks found has headings of its own.
  const there = await readFile(options.out, 'utf8').catch(() => '');
  const others = there.indexOf('\n## ');
  await writeFile(
    options.out,
    `# Performance

\`npm run bench\` makes a service of ${Number(options.people).toLocaleString('en-GB')} people, ${(Number(options.people) * 1.2).toLocaleString('en-GB')} referrals and ${(Number(options.people) * 10).toLocaleString('en-GB')} notes by \`COPY\`, keeps it in \`var/\`, and asks the product for its pages: at 50 requests a second (p50, p95, p99 in milliseconds from when a request was due), then as fast as eight clients can. The last four columns are ratios of what a page costs one client: to a bare \`node:http\` reply of as many bytes, to its own SQL run again without the page, and to the same page of a small service.

Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL 18 with fsync on, the load from the same machine.

${table}

${over.length === 0 ? 'Every page is within its budget.' : `Over budget:\n\n${overInWords.join('\n')}`}
${others === -1 ? '' : there.slice(others)}`,
  );
}
for (const { page, steady } of over)
  say(`Over budget: ${page.name}, ${page.who}: p95 ${ms(steady.p95)} ms, ${steady.failures} failed`);
process.exitCode = over.length > 0 ? 1 : 0;
