import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { useServer } from '../src/platform/database/embedded-server.ts';
import { packageRoot } from '../src/platform/package-root.ts';

/**
 * How fast `homeward import` brings records in, into a database with its policies and its history on, and how many times as
 * long that takes as a plain `COPY` of the same files into tables of words that have nothing beside them: files that are new,
 * the same files again, and once more where every tenth referral says something else:
 *
 *   node bench/import.ts [--referrals 50000] [--alone] [--heap 96]
 *
 * The heap of the process stays the same however long the files are: more referrals in the same heap show it, and so does the
 * most memory that the command had at any time.
 */
const { values: options } = parseArgs({
  options: {
    referrals: { type: 'string', default: '50000' },
    /** Only the folder with nothing but referrals in it, of which each row makes the most. */
    alone: { type: 'boolean', default: false },
    /** Megabytes that the process may use for its objects. */
    heap: { type: 'string', default: '96' },
  },
});
const REFERRALS = Number(options.referrals);
const home = join(packageRoot, 'var', 'bench-import');
/** What a service is expected to take in. */
const ROWS_A_SECOND = 5_000;

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;
const day = (n: number): string => new Date(Date.UTC(2018, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
const GIVEN = [
  'Amina',
  'Femi',
  'Jayden',
  'Omari',
  'Zara',
  'Kofi',
  'Liam',
  'Priya',
  'Tyrese',
  'Yusuf',
  'Ella',
];
const BEGINS = ['Ade', 'Ber', 'Cam', 'Dal', 'Fran', 'Gra', 'Hus', 'Mor', 'Oke', 'Pat', 'Rob', 'Wil'];
const MIDDLES = ['a', 'e', 'i', 'o', 'u', 'an', 'en', 'in', 'on', 'ar', 'er'];
const ENDS = ['son', 'ton', 'ford', 'wood', 'yemi', 'ola', 'mah', 'kov', 'ley', 'sey', 'by', 'ham', 'field'];
const familyName = (n: number) =>
  pick(BEGINS, n) + pick(MIDDLES, Math.floor(n / 12)) + pick(ENDS, Math.floor(n / 132));

interface File {
  name: string;
  header: string;
  rows: number;
  /** A line of the file; of one that says something else than before, where it `isOther`. */
  row(n: number, isOther: boolean): string;
}

const referrals: File = {
  name: 'referrals.csv',
  header:
    'referral_ref,received_on,kind,person_ref,given_names,family_name,date_of_birth,gender,ethnicity,responsible_borough,residence_ward,referring_agency,referring_area,local_authority_team,education_status,education_setting,social_care_status,disabilities,gang_link,missing_linked,longest_missing_days,linked_force,linked_town,decision,decided_on,decision_reason',
  rows: REFERRALS,
  row: (n, isOther) =>
    `R-${n},${day(n % 2500)},intervention,P-${n},${pick(GIVEN, n)},${familyName(n * 7)},${day((n % 3000) - 6200)},${pick(['male', 'female'], n)},${pick(['WBRI', 'BCRB', 'BAFR', 'AIND', 'NOBT'], n)},E090000${String((n % 32) + 2).padStart(2, '0')},E0500${String(1000 + (n % 600))},county-police,kent,${isOther ? 'Another' : 'Exploitation'} team,in-education,pru,cin,LD;AUT,yes,no,${n % 30},sussex,Brighton,accepted,${day((n % 2500) + 3)},`,
};
const files: readonly File[] = [
  referrals,
  {
    name: 'support.csv',
    header:
      'referral_ref,provider,allocated_on,first_engaged_on,closed_on,closure_reason,outcome_1,outcome_2,outcome_3,outcome_4,outcome_5,outcome_6,outcome_7,outcome_8,harm,county_lines_involvement,resilience,neet_at_start,neet_at_end',
    rows: Math.floor(REFERRALS * 0.43),
    row: (n) =>
      `R-${n},st-giles,${day((n % 2500) + 5)},${day((n % 2500) + 9)},${day((n % 2500) + 200)},planned,yes,no,yes,no,yes,no,yes,no,reduced,ceased,increased,yes,no`,
  },
  {
    name: 'onward_referrals.csv',
    header: 'referral_ref,service,made_on,engaged',
    rows: Math.floor(REFERRALS * 0.71),
    row: (n) => `R-${n},housing,${day((n % 2500) + 20)},yes`,
  },
  {
    name: 'rescues.csv',
    header:
      'rescue_ref,requested_at,channel,police_force,held_at,outcome,completed_at,met_halfway,referral_ref',
    rows: Math.floor(REFERRALS * 0.18),
    row: (n) =>
      `RQ-${n},${day(n % 2500)}T14:30:00,phone,kent,custody,rescued,${day(n % 2500)}T19:05:00,no,R-${n}`,
  },
  {
    name: 'county_links.csv',
    header:
      'individual_ref,date_of_birth,gender,ethnicity,residence_borough,identified_on,last_activity_on,police_force,town,source,confirmed',
    rows: Math.floor(REFERRALS * 4.4),
    row: (n) =>
      `CL-${n},2001-02-03,male,WBRI,E09000022,${day(n % 2500)},${day(n % 2500)},kent,Margate,county-police,yes`,
  },
  {
    name: 'events.csv',
    header: 'person_ref,kind,occurred_on,source',
    rows: Math.floor(REFERRALS * 2.75),
    row: (n) => `P-${Math.floor(n / 3) % REFERRALS},missing,${day(n % 2500)},merlin`,
  },
];

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** @param isOther which referrals say something else than before. */
async function write(
  folder: string,
  some: readonly File[],
  isOther: (n: number) => boolean = () => false,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  for (const { name, header, rows, row } of some) {
    const lines = function* () {
      yield `${header}\n`;
      for (let n = 0; n < rows; n += 1) yield `${row(n, isOther(n))}\n`;
    };
    await pipeline(Readable.from(lines()), createWriteStream(join(folder, name)));
  }
  return some.reduce((sum, { rows }) => sum + rows, 0);
}

/** Seconds that the command takes, from its start to its end, and the most memory that it had, in megabytes. */
async function homeward(dataDir: string, ...args: string[]): Promise<{ seconds: number; memory: number }> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${options.heap}`,
      // Left alone, what is new on the heap takes most of so small a one, and half of the time goes in clearing it.
      '--max-semi-space-size=8',
      join(packageRoot, 'dist', 'homeward.js'),
      ...args,
    ],
    {
      env: { ...process.env, HOMEWARD_DATA_DIR: dataDir },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  let memory = 0;
  const looking = setInterval(
    () => void highest(child.pid).then((found) => (memory = Math.max(memory, found))),
    250,
  );
  const [code] = await once(child, 'exit');
  clearInterval(looking);
  if (code !== 0) throw new Error(`homeward ${args[0]} ended with ${code}`);
  return { seconds: (performance.now() - began) / 1000, memory };
}

/** The most megabytes that a process had at once until now, where the system tells: Linux does. */
async function highest(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

/** Seconds that a plain COPY of the same files takes. */
async function plainCopy(dataDir: string, folder: string, some: readonly File[]): Promise<number> {
  const server = await useServer(dataDir);
  const owner = new pg.Client(server.connection);
  await owner.connect();
  const began = performance.now();
  await owner.query('begin');
  for (const { name, header } of some) {
    const table = `public.bench_${name.replace('.csv', '')}`;
    await owner.query(
      `create table ${table} (${header
        .split(',')
        .map((column) => `${column} text`)
        .join(', ')})`,
    );
    await pipeline(
      createReadStream(join(folder, name)),
      owner.query(copyFrom(`copy ${table} from stdin with (format csv, header true)`)),
    );
    await owner.query(`drop table ${table}`);
  }
  await owner.query('commit');
  const seconds = (performance.now() - began) / 1000;
  await owner.end();
  await server.stop();
  return seconds;
}

say(`| what | rows | seconds | rows a second | to a plain COPY | most memory |`);
say(`| --- | --- | --- | --- | --- | --- |`);
const folders: readonly (readonly [string, readonly File[]])[] = [
  ['all files', files],
  ['referrals alone', [referrals]],
];
for (const [what, some] of options.alone ? folders.slice(1) : folders) {
  await rm(home, { recursive: true, force: true });
  const folder = join(home, 'files');
  const dataDir = join(home, 'data');
  const rows = await write(folder, some);
  await homeward(dataDir, 'migrate');
  // What starting the command and its server takes is no part of a row.
  const starting = await homeward(dataDir, 'migrate');
  const copying = await plainCopy(dataDir, folder, some);
  for (const time of ['', ', again', ', a tenth changed']) {
    if (time === ', a tenth changed') await write(folder, some, (n) => n % 10 === 0);
    const { seconds: taken, memory } = await homeward(dataDir, 'import', folder);
    const seconds = taken - starting.seconds;
    const rate = rows / seconds;
    say(
      `| ${what}${time} | ${rows.toLocaleString('en-GB')} | ${seconds.toFixed(1)} | ${Math.round(rate).toLocaleString('en-GB')}${rate < ROWS_A_SECOND ? ' (too few)' : ''} | ${(seconds / copying).toFixed(0)} × | ${memory.toFixed(0)} MB |`,
    );
  }
}
await rm(home, { recursive: true, force: true });
