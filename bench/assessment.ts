import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { plainDate } from '../src/platform/clock/plain-date.ts';
import { createKeyring } from '../src/platform/crypto/sealed-box.ts';
import { connectionsTo } from '../src/platform/database/connections.ts';
import { useServer } from '../src/platform/database/embedded-server.ts';
import { prepareDatabase } from '../src/platform/database/prepare-database.ts';
import { Database } from '../src/platform/database/transaction.ts';
import { packageRoot } from '../src/platform/package-root.ts';
import { applicationSecret, readSettings } from '../src/platform/settings.ts';
import { strategicAssessment } from '../src/reporting/strategic-assessment.ts';
import { settledMoment } from '../src/statistics/settled.ts';

/**
 * How long the strategic assessment takes over so many referrals, all of them in its two years, with a tenth of them corrected
 * since they came, and how many times as long that is as one bare count of the same referrals by one of their columns:
 *
 *   node bench/assessment.ts [--referrals 100000] [--times 5]
 */
const { values: options } = parseArgs({
  options: {
    referrals: { type: 'string', default: '100000' },
    times: { type: 'string', default: '5' },
  },
});
const REFERRALS = Number(options.referrals);
/** What a board may wait for. */
const budget = (referrals: number): number => (referrals > 100_000 ? 8_000 : 1_000);

const home = join(packageRoot, 'var', 'bench-assessment');
await rm(home, { recursive: true, force: true });
const server = await useServer(home, {
  settings: { shared_buffers: '1GB', fsync: 'off', max_wal_size: '4GB' },
});
const secret = await applicationSecret(readSettings({ HOMEWARD_DATA_DIR: home }));
const connections = connectionsTo(server.connection, secret);
await prepareDatabase(connections, secret, createKeyring(secret));
const owner = new pg.Client(server.connection);
await owner.connect();
const database = new Database(connections.jobs, { connections: 1, patience: 120_000 });
try {
  await fill(owner, REFERRALS);
  const asked = {
    period: { from: plainDate('2020-05-01'), to: plainDate('2021-04-30') },
    comparison: { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') },
  };
  const assess = () =>
    database.asTask('statistics', async (tx) =>
      strategicAssessment(tx, { ...asked, asAt: await settledMoment(tx, null) }, 'internal'),
    );
  const bare = () =>
    owner.query(
      `select gender, count(*) from service.referral where received_on between '2019-05-01' and '2021-04-30' group by gender`,
    );
  const [made, counted] = [await median(assess), await median(bare)];
  const report = await assess();
  const { total } = report.measures['referrals.total'] as unknown as {
    total: { current: number; previous: number };
  };
  if (total.current + total.previous !== REFERRALS)
    throw new Error(`${JSON.stringify(total)} is not every referral`);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const lines = [
    `${REFERRALS.toLocaleString('en-GB')} referrals: the assessment in ${Math.round(made)} ms (budget ${budget(REFERRALS)} ms)`,
    `one bare count ${Math.round(counted)} ms: ${(made / counted).toFixed(1)} times that, for ${Object.keys(report.measures).length} measures`,
    `${megabytes} MiB of the process`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (made > budget(REFERRALS)) process.exitCode = 1;
} finally {
  await database.close();
  await owner.end();
  await server.stop();
  await rm(home, { recursive: true, force: true });
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

/** Records as an import would leave them, made where they are. */
async function fill(client: pg.Client, referrals: number): Promise<void> {
  const each = (table: string, columns: string, values: string, where = 'true', count = referrals) =>
    client.query(
      `insert into ${table} (${columns}) select ${values} from generate_series(0, ${count - 1}) n where ${where}`,
    );
  const id = (kind: string, n = 'n') => `md5('${kind}' || ${n})::uuid`;
  const from = (list: string) => `(array[${list}])[1 + abs(hashint4(n)) % ${list.split(',').length}]`;
  await client.query('set session_replication_role = replica');
  await each(
    'service.person',
    'id, reference, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, area, recorded_at',
    `${id('person')}, 'HW-' || n, 'x', 'x', date '2003-01-01' + n % 4000, 'exact', 'male', 'BAFR', 'E09000022', now() - interval '1 day'`,
  );
  await each(
    'service.referral',
    `id, person_id, reference, source_ref, kind, stage, agency_kind, agency_name, received_at, decision_due_on, area, family_name, name_key, date_of_birth,
     date_of_birth_precision, gender, ethnicity, answers, decided_at, residence_ward, education_status, education_setting, social_care_status,
     disabilities, gang_link, missing_linked, longest_missing_days, decision_reason, recorded_at`,
    `${id('referral')}, ${id('person')}, 'HW-' || n, 'R-' || n, 'intervention', ${from(`'closed','closed','declined','signposted','received'`)},
     ${from(`'childrens-social-care','county-police','education','health','other'`)}, '', timestamptz '2019-05-01 12:00Z' + make_interval(days => n % 731),
     current_date, 'E090000' || lpad((2 + n % 32)::text, 2, '0'), 'x', 'x', date '2003-01-01' + n % 4000, 'exact',
     ${from(`'male','male','male','female','unknown'`)}, ${from(`'WBRI','BCRB','BAFR','AIND','NOBT','MWBC','OOTH'`)}, '[]',
     timestamptz '2019-05-04 12:00Z' + make_interval(days => n % 731), 'E0500' || lpad((n % 630)::text, 4, '0'),
     ${from(`'in-education','not-in-education','unknown'`)}, ${from(`'pru','mainstream','college',null`)}, ${from(`'cla','cp','cin','none'`)},
     case when n % 8 = 0 then array['LD'] end, ${from(`'yes','no','unknown'`)}, ${from(`'yes','no'`)}, nullif(n % 30, 0),
     ${from(`'no-consent','other',null`)}, now() - interval '1 day'`,
  );
  await each(
    'history.referral',
    `current_from, current_to, replaced_how, id, person_id, source_ref, kind, stage, agency_kind, agency_name, received_at, received_on,
     decision_due_on, area, family_name, name_key, date_of_birth_precision, gender, ethnicity, answers, recorded_at, given_names, known_as,
     postcode, urgent, words_to_referrer, reference, version`,
    `now() - interval '2 days', now() - interval '1 day', 'update', ${id('referral')}, ${id('person')}, 'R-' || n, 'intervention', 'received', 'other', '',
     timestamptz '2019-05-01 12:00Z' + make_interval(days => n % 731), date '2019-05-01' + n % 731, current_date, 'E09000022', 'x', 'x', 'not-known',
     'male', 'BAFR', '[]', now() - interval '2 days', '', '', '', false, '', 'HW-' || n, 1`,
    'n % 10 = 0',
  );
  await each(
    'service.imported_support',
    'referral_id, person_id, area, ordinal, provider, allocated_on, first_engaged_on, closed_on, outcome_1, harm, county_lines_involvement, resilience, neet_at_start, neet_at_end, recorded_at',
    `${id('referral')}, ${id('person')}, 'E09000022', 1, 'st-giles', date '2019-05-05' + n % 731, case when n % 5 < 3 then date '2019-05-09' + n % 731 end,
     case when n % 3 = 0 then date '2019-11-05' + n % 731 end, 'yes', 'reduced', 'ceased', 'increased', 'yes', 'no', now() - interval '1 day'`,
    'abs(hashint4(n)) % 5 < 2',
  );
  await each(
    'service.imported_onward_referral',
    'referral_id, person_id, area, ordinal, service, made_on, recorded_at',
    `${id('referral')}, ${id('person')}, 'E09000022', 1, ${from(`'housing','education','health','other'`)}, date '2019-05-05' + n % 731, now() - interval '1 day'`,
    'n % 10 < 7',
  );
  await each(
    'service.recorded_event',
    'person_id, ordinal, kind, occurred_on, recorded_at',
    `${id('person', `(n % ${referrals})`)}, n + 1, ${from(`'missing','missing','arrest','conviction'`)}, date '2018-06-01' + (n * 7) % 1400, now() - interval '1 day'`,
    'true',
    Math.floor(referrals * 2.5),
  );
  await each(
    'service.rescue_request',
    'requested_at, police_force, outcome, recorded_at',
    `timestamptz '2018-09-01 12:00Z' + make_interval(days => n % 900), ${from(`'kent','essex','sussex'`)}, ${from(`'rescued','withdrawn'`)}, now() - interval '1 day'`,
    'true',
    Math.floor(referrals / 5),
  );
  await each(
    'service.county_link',
    'individual_ref, ordinal, identified_on, last_activity_on, date_of_birth, police_force, town, residence_borough, confirmed, recorded_at',
    `'CL-' || n / 2, 1 + n % 2, date '2019-05-01' + n % 731, date '2021-03-01' + n % 60, date '2003-01-01', ${from(`'kent','essex','sussex'`)}, ${from(`'Margate','Ipswich',null`)},
     'E090000' || lpad((2 + n % 32)::text, 2, '0'), 'yes', now() - interval '1 day'`,
    'true',
    Math.floor(referrals / 2),
  );
  await client.query('set session_replication_role = origin');
  await client.query('vacuum analyze');
}
