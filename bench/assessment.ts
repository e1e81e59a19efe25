import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { plainDate } from '../src/platform/clock/plain-date.ts';
import { createKeyring } from '../src/platform/crypto/sealed-box.ts';
import { connectionsTo } from '../src/platform/database/connections.ts';
import { useServer } from '../src/platform/database/embedded-server.ts';
import { prepareDatabase } from '../src/platform/database/prepare-database.ts';
import type { DB } from '../src/platform/database/schema.ts';
import { Database } from '../src/platform/database/transaction.ts';
import { packageRoot } from '../src/platform/package-root.ts';
import { applicationSecret, readSettings } from '../src/platform/settings.ts';
import { strategicAssessment } from '../src/reporting/strategic-assessment.ts';
import { measures } from '../src/statistics/measures/index.ts';
import { readAllStatements } from '../src/statistics/reading.ts';
import { settledMoment } from '../src/statistics/settled.ts';
import { countingTask } from '../src/statistics/side-by-side.ts';

/**
 * How long the strategic assessment takes over so many referrals, all of them in its two years, with support, onward referrals,
 * events, rescues and links to county lines beside them in the proportions of a real service's third year, and a tenth of
 * everything corrected since it came: as at now, and as at a moment before the corrections. Then how many times as long that is
 * as its own statements run by the owner of the database, and as one bare count of the same referrals by one of their columns:
 *
 *   node bench/assessment.ts [--referrals 100000] [--times 5] [--make]
 *
 * The records are kept in `var/` for the next run; `--make` makes them and measures nothing.
 */
const { values: options } = parseArgs({
  options: {
    referrals: { type: 'string', default: '100000' },
    times: { type: 'string', default: '5' },
    make: { type: 'boolean', default: false },
  },
});
const REFERRALS = Number(options.referrals);
/** What a board may wait for, in milliseconds, and what the process may use of memory, in MiB. */
const BUDGET = { time: REFERRALS > 100_000 ? 8_000 : 1_000, memory: 1_024 };

const home = join(packageRoot, 'var', `bench-assessment-${REFERRALS}`);
const server = await useServer(home, { settings: { shared_buffers: '2GB', max_wal_size: '8GB' } });
const secret = await applicationSecret(readSettings({ HOMEWARD_DATA_DIR: home }));
const connections = connectionsTo(server.connection, secret);
await prepareDatabase(connections, secret, createKeyring(secret));
const owner = new pg.Client(server.connection);
await owner.connect();
const database = new Database(connections.jobs, { connections: 2, patience: 120_000 });
try {
  const { rows: made } = await owner.query(`select to_regclass('homeward.benchmark') as made`);
  if (made[0]?.made === null) await fill(owner, REFERRALS);
  if (!options.make) await measure();
} finally {
  await database.close();
  await owner.end();
  await server.stop();
}

async function measure(): Promise<void> {
  const period = { from: plainDate('2020-05-01'), to: plainDate('2021-04-30') };
  const comparison = { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') };
  const { rows } = await owner.query<{ before: Date; after: Date }>(
    `select came_at + interval '1 day' as before, corrected_at + interval '1 hour' as after from homeward.benchmark`,
  );
  const [moments] = rows;
  if (!moments) throw new Error('The records are not whole: delete them and make them again');
  const assess = (asAt: Date | null) =>
    countingTask(database, async (tx) =>
      strategicAssessment(tx, { period, comparison, asAt: await settledMoment(tx, asAt) }, 'internal'),
    );
  const bare = await median(() =>
    owner.query(
      `select gender, count(*) from service.referral where received_on between '2019-05-01' and '2021-04-30' group by gender`,
    ),
  );
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say(
    `| referrals | as at | assessment (ms) | budget (ms) | to its own statements (${Math.round(bare)} ms for one bare count) | to one bare count | MiB |`,
  );
  say('| ---: | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const [name, asAt] of [
    ['now', null],
    ['before the corrections', moments.before],
  ] as const) {
    const took = await median(() => assess(asAt));
    const { measures: figures } = await assess(asAt);
    const { total } = figures['referrals.total'] as unknown as {
      total: { current: number; previous: number };
    };
    if (total.current + total.previous !== REFERRALS)
      throw new Error(`${JSON.stringify(total)} is not every referral`);
    const own = await ownStatements({ period, comparison, asAt: asAt ?? new Date() });
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const numbers = [
      REFERRALS.toLocaleString('en-GB'),
      name,
      Math.round(took),
      BUDGET.time,
      `${(took / own).toFixed(2)} ×`,
      `${(took / bare).toFixed(1)} ×`,
      megabytes,
    ];
    say(`| ${numbers.join(' | ')} |`);
    if (took > BUDGET.time || megabytes > BUDGET.memory) process.exitCode = 1;
  }
}

/** How long the statements of an assessment take the owner of the database, whom no policy holds, in as much memory, with nothing made of them. */
async function ownStatements(asked: Parameters<typeof readAllStatements>[1]): Promise<number> {
  const settings = '-c work_mem=64MB -c hash_mem_multiplier=16 -c jit=off';
  const dialect = new PostgresDialect({
    pool: new pg.Pool({ ...server.connection, max: 1, options: settings }),
  });
  const bare = new Kysely<DB>({ dialect });
  const statements = readAllStatements(
    measures.flatMap(({ reads }) => Object.values(reads)),
    asked,
  );
  try {
    return await median(async () => {
      for (const statement of statements) await statement.execute(bare);
    });
  } finally {
    await bare.destroy();
  }
}

/** The middle of several times, in milliseconds, after one that is not counted. */
async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n <= Number(options.times); n += 1) {
    const began = performance.now();
    await work();
    if (n > 0) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** Records as an import and a correction of it would leave them, made where they are. */
async function fill(client: pg.Client, referrals: number): Promise<void> {
  const people = Math.floor(referrals * 0.43);
  const each = (table: string, count: number, columns: Record<string, string>) =>
    client.query(
      `insert into ${table} (${[...Object.keys(columns), 'version', 'recorded_at'].join(', ')})
       select ${Object.values(columns).join(', ')}, 1 + (n % 10 = 0)::int, case when n % 10 = 0 then corrected_at else came_at end
       from homeward.benchmark, generate_series(0, ${Math.floor(count) - 1}) n`,
    );
  const id = (kind: string, n = 'n') => `md5('${kind}' || ${n})::uuid`;
  const someone = id('person', `(abs(hashint4(n)) % ${people})`);
  /** One of a list, each as likely as it is often there, and apart from what else is drawn for the same row. */
  const from = (salt: string, list: readonly (string | null)[]) =>
    `(array[${list.map((each) => (each === null ? 'null' : `'${each}'`)).join(',')}])[1 + abs(hashtext('${salt}' || n)) % ${list.length}]`;
  /** A day of the two years, and so many days after it; the same for the same row of one kind. */
  const day = (days = 0) => `(date '2019-05-01' + abs(hashint4(n)) % 731 + ${days})`;
  const borough = `'E090000' || lpad((2 + abs(hashint4(n + 7)) % 32)::text, 2, '0')`;
  const words = (list: string) => list.split(' ').map((word) => (word === '-' ? null : word));

  await client.query('set session_replication_role = replica');
  await client.query(
    `create table homeward.benchmark as select now() - interval '30 days' as came_at, now() - interval '1 day' as corrected_at`,
  );
  await each('service.person', people, {
    id: id('person'),
    reference: `'HW-P' || n`,
    family_name: `'x'`,
    name_key: `'x'`,
    date_of_birth: `date '2003-01-01' + n % 4000`,
    date_of_birth_precision: `'exact'`,
    gender: `'male'`,
    ethnicity: `'BAFR'`,
    area: borough,
  });
  await each('service.referral', referrals, {
    id: id('referral'),
    person_id: someone,
    reference: `'HW-' || n`,
    source_ref: `'R-' || n`,
    kind: `'intervention'`,
    stage: from(
      'stage',
      words('closed closed closed declined declined signposted intelligence-only received'),
    ),
    agency_kind: from(
      'agency',
      words(
        'childrens-social-care childrens-social-care county-police youth-offending-service education health other',
      ),
    ),
    agency_name: `''`,
    received_at: `(${day()} + time '12:00') at time zone 'UTC'`,
    decision_due_on: day(3),
    area: borough,
    family_name: `'x'`,
    name_key: `'x'`,
    date_of_birth: `date '2003-01-01' + n % 4000`,
    date_of_birth_precision: `'exact'`,
    gender: from('gender', words('male male male male female unknown')),
    ethnicity: from('ethnicity', words('BCRB BAFR BOTH WBRI WROM WOTH MWBA WIRI AIND NOBT OOTH')),
    answers: `'[]'`,
    decided_at: `(${day(3)} + time '12:00') at time zone 'UTC'`,
    residence_ward: `'E0500' || lpad((abs(hashint4(n + 3)) % 630)::text, 4, '0')`,
    education_status: from('education', words('in-education not-in-education unknown')),
    education_setting: from('setting', words('pru mainstream college alternative-provision - - - -')),
    social_care_status: from('care', words('none none cla cin cp')),
    disabilities: `case when n % 8 = 0 then array['LD', 'AUT'] end`,
    gang_link: from('gang', words('yes no unknown')),
    missing_linked: from('missing', words('yes no')),
    longest_missing_days: 'nullif(n % 30, 0)',
    decision_reason: from(
      'reason',
      words('similar-provision-in-borough no-county-lines-link outside-criteria - -'),
    ),
  });
  await each('service.imported_support', referrals * 0.43, {
    referral_id: id('referral'),
    person_id: someone,
    area: borough,
    ordinal: '1',
    provider: from('provider', words('st-giles abianda')),
    allocated_on: day(5),
    first_engaged_on: `case when n % 8 < 5 then ${day(9)} end`,
    closed_on: `case when abs(hashint4(n + 5)) % 2 = 0 then ${day(190)} end`,
    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`outcome_${n}`, from(`outcome ${n}`, words('yes no -'))]),
    ),
    harm: from('harm', words('reduced same increased -')),
    county_lines_involvement: from('involvement', words('ceased reduced same increased -')),
    resilience: from('resilience', words('increased same decreased -')),
    neet_at_start: from('start', words('yes no -')),
    neet_at_end: from('end', words('yes no -')),
  });
  await each('service.imported_onward_referral', referrals * 0.71, {
    referral_id: id('referral'),
    person_id: someone,
    area: borough,
    ordinal: '1',
    service: from(
      'service',
      words('childrens-social-care youth-offending-service education housing health employment'),
    ),
    made_on: day(20),
  });
  await each('service.recorded_event', referrals * 2.75, {
    person_id: someone,
    ordinal: 'n + 1',
    kind: from('kind', words('missing missing missing arrest arrest conviction')),
    occurred_on: `date '2018-06-01' + abs(hashint4(n + 11)) % 1400`,
  });
  await each('service.rescue_request', referrals * 0.18, {
    requested_at: `timestamptz '2018-09-01 12:00Z' + make_interval(days => n % 960)`,
    police_force: from('force', words('kent essex sussex norfolk suffolk')),
    outcome: from('outcome', words('rescued rescued withdrawn family-collected')),
    completed_at: `timestamptz '2018-09-01 22:00Z' + make_interval(days => n % 960)`,
  });
  // Nearly every individual once: one in fifty is known to a second force.
  await each('service.county_link', referrals * 4.4, {
    individual_ref: `'CL-' || n - (n % 50 = 1)::int`,
    ordinal: '1 + (n % 50 = 1)::int',
    date_of_birth: `case when n % 20 > 0 then date '2003-01-01' + n % 4000 end`,
    residence_borough: borough,
    identified_on: day(),
    last_activity_on: `date '2021-03-01' + n % 60`,
    police_force: from('force', words('kent essex sussex norfolk suffolk hampshire -')),
    town: from('town', words('Margate Ipswich Brighton Norwich Southend Basingstoke -')),
    confirmed: from('confirmed', words('yes yes yes yes no')),
  });
  await each('service.nrm_referral', referrals * 0.04, {
    referred_on: day(),
    first_responder: from('responder', words('local-authority police charity')),
    exploitation_type: from('type', words('criminal sexual labour')),
    reasonable_grounds: `'positive'`,
    reasonable_grounds_on: day(6),
    conclusive_grounds: from('conclusive', words('positive positive negative pending')),
    conclusive_grounds_on: day(400),
    decided_at_first_panel: from('panel', words('yes no')),
  });
  await each('service.training_session', referrals * 0.02, {
    course: `'x'`,
    delivered_on: day(),
    quadrant: from('quadrant', words('north east south west')),
    attendees: 'n % 40',
  });
  await correct(client);
  await client.query('set session_replication_role = origin');
  await client.query('vacuum analyze');
}

/** What the corrected rows were before. */
async function correct(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; columns: string }>(`
    select table_name as name, string_agg(quote_ident(column_name), ', ') as columns
    from information_schema.columns
    where table_schema = 'service' and column_name not in ('version', 'recorded_at')
      and table_name in ('referral', 'imported_support', 'imported_onward_referral', 'recorded_event', 'rescue_request', 'county_link')
    group by table_name`);
  for (const { name, columns } of rows) {
    await client.query(`
      insert into history.${name} (${columns}, version, recorded_at, current_from, current_to, replaced_how)
      select ${columns}, 1, came_at, came_at, corrected_at, 'update' from service.${name}, homeward.benchmark where version = 2`);
  }
}
