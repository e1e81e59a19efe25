import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { londonDate } from '../../src/platform/clock/london-time.ts';
import { plainDate } from '../../src/platform/clock/plain-date.ts';
import { Database, type Transaction } from '../../src/platform/database/transaction.ts';
import { Refusal } from '../../src/platform/refusal.ts';
import type { ReportFigures } from '../../src/reporting/report-figures.ts';
import { strategicAssessment } from '../../src/reporting/strategic-assessment.ts';
import { countingAs } from '../../src/statistics/counting-as.ts';
import { settledMoment } from '../../src/statistics/settled.ts';
import { countingTask, sideBySide } from '../../src/statistics/side-by-side.ts';
import { provider, someone, type TestService, testService } from '../support/service.ts';
import { allocated, noteAbout, youngPerson } from '../support/young-person.ts';
import {
  happened,
  linked,
  nrmReferred,
  referred,
  referredOn,
  rescueAsked,
  supported,
  trained,
} from './few-records.ts';

let given: TestService;
let jobs: Database;
let owner: pg.Client;
beforeAll(async () => {
  given = await testService();
  owner = given.owner;
  jobs = new Database(given.connections.jobs, { connections: 2 });
});
afterEach(() =>
  owner.query(`
    truncate service.person, service.rescue_request, service.nrm_referral, service.county_link, service.training_session,
      disposal.counted_referral, disposal.counted_support, disposal.counted_onward_referral, disposal.counted_event,
      disposal.counted_rescue, disposal.counted_nrm_referral, disposal.figure_moment cascade;
    truncate history.referral, history.imported_support, history.imported_onward_referral, history.recorded_event, history.rescue_request,
      history.nrm_referral, history.county_link, history.training_session, history.allocation, history.contact, history.case_note,
      history.closing, history.episode, history.onward_referral`),
);
afterAll(async () => {
  await jobs.close();
  await given.stop();
});

const period = { from: plainDate('2021-01-01'), to: plainDate('2021-12-31') };
const comparison = { from: plainDate('2020-01-01'), to: plainDate('2020-12-31') };

const assess = async (tx: Transaction, moment: Date | null = null) =>
  strategicAssessment(tx, { period, comparison, asAt: await settledMoment(tx, moment, 10_000) }, 'internal');
const report = (moment: Date | null = null) => jobs.asTask('statistics', (tx) => assess(tx, moment));

/** The same numbers again for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

async function recordSomething(pick: (below: number) => number): Promise<void> {
  const day = () => `${2020 + pick(2)}-0${1 + pick(9)}-1${pick(10)}`;
  const of = <Each>(list: readonly Each[]): Each => list[pick(list.length)] as Each;
  const somebody = await referred(owner, day(), {
    decision: of(['accepted', 'accepted', 'declined', 'signposted', 'pending']),
    area: of(['E09000022', 'E09000007', 'E09000005', 'out-of-london', 'not-known']),
    gender: of(['female', 'male', 'unknown']),
    ethnicity: of(['WBRI', 'BAFR', 'AIND', 'NOBT']),
    date_of_birth: of(['2005-06-01', '2010-02-28', null]),
    education_status: of(['in-education', null]),
    disabilities: of([null, ['LD']]),
    missing_linked: of(['yes', 'no', null]),
    longest_missing_days: of([1, 2, null]),
    residence_ward: of(['E05000001', 'E05000002', null]),
  });
  const allocated_on = '2020-03-01';
  await supported(owner, somebody, {
    allocated_on,
    first_engaged_on: of([allocated_on, null]),
    closed_on: of(['2021-05-01', null]),
    harm: of(['reduced', 'same', null]),
    outcome_1: of(['yes', 'no', null]),
  });
  await referredOn(owner, somebody, { service: of(['housing', 'education', null]), made_on: day() });
  await happened(owner, somebody, of(['missing', 'arrest', 'conviction']), '2020-01-01', '2020-06-01');
  await rescueAsked(owner, {
    requested_at: `${day()}T12:00:00Z`,
    police_force: of(['kent', 'essex', null]),
    outcome: of(['rescued', 'withdrawn']),
  });
  await nrmReferred(owner, {
    referred_on: day(),
    reasonable_grounds: 'positive',
    conclusive_grounds: of(['positive', 'pending']),
    conclusive_grounds_on: '2021-12-01',
  });
  await linked(owner, `somebody ${pick(5)}`, {
    identified_on: day(),
    confirmed: 'yes',
    police_force: of(['kent', null]),
  });
  await trained(owner, { delivered_on: day(), quadrant: 'north', attendees: pick(20) });
}

/** Every kind of record is corrected, and some are taken away. */
async function correctEverything(pick: (below: number) => number): Promise<void> {
  for (const change of [
    `update service.referral set area = 'E09000033', gender = 'other', stage = 'declined', received_at = received_at + interval '40 days'`,
    `update service.imported_support set first_engaged_on = '2020-07-01', harm = 'increased', outcome_1 = 'no'`,
    `update service.imported_onward_referral set service = 'health', made_on = made_on + 30`,
    `update service.recorded_event set kind = 'arrest'`,
    `update service.rescue_request set police_force = 'sussex', outcome = 'pending'`,
    `update service.nrm_referral set conclusive_grounds = 'negative'`,
    `update service.county_link set police_force = 'dorset'`,
    `update service.training_session set attendees = attendees + 1`,
  ])
    await owner.query(`${change} where left(md5(id::text), 1) < $1`, [String(5 + pick(4))]);
  for (const table of ['imported_support', 'imported_onward_referral', 'recorded_event', 'county_link'])
    await owner.query(`delete from service.${table} where left(md5(id::text), 1) = $1`, [String(pick(9))]);
}

test('a figure as at a moment is the same to the hash, whatever is recorded, corrected and taken away after it', async () => {
  const pick = random(20_210_430);
  const made: ReportFigures[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let n = 0; n < 6; n += 1) await recordSomething(pick);
    made.push(await report());
    await correctEverything(pick);
    made.push(await report());
  }
  for (const earlier of made) expect(await report(new Date(earlier.asAt))).toEqual(earlier);
  // And each of the reports told something that the one before it did not.
  const figures = made.map(({ measures }) =>
    JSON.stringify(Object.values(measures).map(({ hash: _hash, ...rest }) => rest)),
  );
  expect(new Set(figures).size).toBe(made.length);
});

describe('a moment', () => {
  test('that is to come is refused', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    await expect(report(tomorrow)).rejects.toThrow(/is still to come: ask for figures as at now or earlier/);
  });

  test('waits for what began before it, and counts that', async () => {
    const writer = new pg.Client(given.connections.owner ?? {});
    await writer.connect();
    try {
      await writer.query('begin');
      await writer.query('select 1');
      await wait(20);
      const asked = report();
      // Begun before the report, written while it waits.
      await wait(200);
      const somebody = await referred(writer, '2021-03-01');
      await writer.query('commit');
      const { asAt, measures } = await asked;
      expect(measures['referrals.total']).toMatchObject({ total: { current: 1 } });
      await owner.query('update service.referral set area = $2 where id = $1', [
        somebody.referralId,
        'E09000007',
      ]);
      expect((await report(new Date(asAt))).measures).toEqual(measures);
    } finally {
      await writer.end();
    }
  });

  test('does not wait for ever, and says what to do', async () => {
    const writer = new pg.Client(given.connections.owner ?? {});
    await writer.connect();
    try {
      await writer.query('begin');
      await writer.query('select 1');
      const refused = jobs.asTask('statistics', (tx) => settledMoment(tx, null, 200));
      await expect(refused).rejects.toThrow(Refusal);
      await expect(refused).rejects.toThrow(/still being recorded: try again when it has ended/);
    } finally {
      await writer.end();
    }
  });
});

describe('support that is given here', () => {
  test('is engaged when the provider spoke with the young person, and closed as it was signed off', async () => {
    const ours = await provider(owner);
    const worker = await someone(owner, 'caseworker', ours);
    const taken = async (endedDaysAgo?: number) => {
      const person = await youngPerson(owner);
      const { referralId } = await allocated(owner, person.id, {
        ...ours,
        ...(endedDaysAgo === undefined ? {} : { endedDaysAgo }),
      });
      const episode = await owner.query<{ id: string }>(
        `insert into service.episode (person_id, area, referral_id) values ($1, 'E09000022', $2) returning id`,
        [person.id, referralId],
      );
      const episodeId = episode.rows[0]?.id;
      await owner.query('update service.allocation set episode_id = $1 where referral_id = $2', [
        episodeId,
        referralId,
      ]);
      return { personId: person.id, episodeId };
    };
    const contact = (personId: string, daysAgo: number, outcome = 'reached') =>
      owner.query(
        `insert into service.contact (person_id, organisation_id, worker_id, how, with_whom, outcome, happened_at)
         values ($1, $2, $3, 'telephone', 'young-person', $5, now() - make_interval(days => $4))`,
        [personId, ours.organisationId, worker.accountId, daysAgo, outcome],
      );
    const spoken = await taken();
    await contact(spoken.personId, 50);
    await contact(spoken.personId, 80, 'no-answer');
    await contact(spoken.personId, 200);
    const noted = await taken(10);
    await noteAbout(owner, noted.personId, worker, ours.organisationId, {
      fact: 'Met',
      happenedAt: new Date(Date.now() - 60 * 86_400_000).toISOString(),
    });
    await owner.query(
      `insert into service.closing (person_id, organisation_id, episode_id, state, reason, outcome_1, outcome_2, harm, signed_off_at, signed_off_by)
       values ($1, $2, $3, 'signed-off', 'planned', 'yes', 'not-known', 'reduced', now(), $4)`,
      [noted.personId, ours.organisationId, noted.episodeId, worker.accountId],
    );
    await taken();
    const untaken = await taken(5);
    await owner.query('update service.allocation set taken_up_at = null where person_id = $1', [
      untaken.personId,
    ]);

    const moment = (await owner.query<{ now: Date }>('select clock_timestamp() as now from pg_sleep(0.01)'))
      .rows[0]?.now;
    const facts = () =>
      owner
        .query(
          `select person_id, first_engaged_on as engaged, closed_on as closed, closure_reason, outcome_1, outcome_2, harm
           from as_at.support_facts($1) order by engaged nulls last`,
          [moment],
        )
        .then(({ rows }) => rows.map(({ person_id: _person, ...rest }) => rest));
    const daysAgo = (days: number) => londonDate(new Date((moment?.getTime() ?? 0) - days * 86_400_000));
    const asRecorded = [
      {
        engaged: daysAgo(60),
        closed: daysAgo(10),
        closure_reason: 'planned',
        outcome_1: 'yes',
        outcome_2: null,
        harm: 'reduced',
      },
      {
        engaged: daysAgo(50),
        closed: null,
        closure_reason: null,
        outcome_1: null,
        outcome_2: null,
        harm: null,
      },
      { engaged: null, closed: null, closure_reason: null, outcome_1: null, outcome_2: null, harm: null },
    ];
    expect(await facts()).toEqual(asRecorded);
    // What is recorded and corrected later changes nothing of it.
    await contact(spoken.personId, 90);
    await owner.query(
      `update service.case_note set happened_at = now() - interval '5 days' where person_id = $1`,
      [noted.personId],
    );
    await owner.query(`update service.closing set harm = 'same' where person_id = $1`, [noted.personId]);
    expect(await facts()).toEqual(asRecorded);
  });
});

describe('what disposal leaves behind', () => {
  const everybody = async () =>
    (
      await owner.query<{ id: string; referrals: string[] }>(
        `select p.id, array_agg(r.id) as referrals from service.person p join service.referral r on r.person_id = p.id group by p.id`,
      )
    ).rows;
  const dispose = (each: { id: string; referrals: string[] }) =>
    owner.query(`select disposal.erase($1, $2::uuid[], '{}')`, [each.id, each.referrals]);
  const kept = [
    'counted_referral',
    'counted_support',
    'counted_onward_referral',
    'counted_event',
    'counted_rescue',
    'counted_nrm_referral',
  ];

  test('gives every figure as at every moment that was asked about, to the hash, and no moment of theirs', async () => {
    const pick = random(20_261_123);
    const made: ReportFigures[] = [];
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 6; n += 1) await recordSomething(pick);
      // Some are referred again, brought home, and referred to the National Referral Mechanism.
      for (const { id, referrals } of (await everybody()).slice(0, 3)) {
        const somebody = await referred(owner, '2021-05-01', { personId: id, decision: 'accepted' });
        await supported(owner, somebody, { allocated_on: '2020-02-01', first_engaged_on: '2020-05-01' });
        const ofThem = { person_id: id, referral_id: referrals[0] };
        await rescueAsked(owner, {
          ...ofThem,
          requested_at: '2021-06-01T23:30:00Z',
          completed_at: '2021-06-02T23:30:00Z',
          police_force: 'kent',
          outcome: 'rescued',
        });
        for (const same of [ofThem, ofThem])
          await nrmReferred(owner, { ...same, referred_on: '2021-06-01', reasonable_grounds: 'pending' });
      }
      made.push(await report());
      await correctEverything(pick);
      made.push(await report());
    }
    const recorded = await owner.query<{ moment: string }>(
      `select distinct moment::text from (
         select recorded_at as moment from service.referral union select current_to from history.referral
         union select recorded_at from service.recorded_event union select current_to from history.recorded_event) r`,
    );
    const gone = await everybody();
    for (const each of gone) await dispose(each);

    expect((await owner.query('select from service.referral')).rowCount).toBe(0);
    for (const earlier of made) expect(await report(new Date(earlier.asAt))).toEqual(earlier);
    const moments = new Set(recorded.rows.map(({ moment }) => moment));
    expect(moments.size).toBeGreaterThan(gone.length);
    for (const table of kept) {
      const { rows } = await owner.query<{ from: string; until: string | null }>(
        `select recorded_from::text as from, recorded_until::text as until from disposal.${table}`,
      );
      expect(rows.length, table).toBeGreaterThan(0);
      expect(
        rows.flatMap(({ from, until }) => [from, until]).filter((moment) => moments.has(moment ?? '')),
        table,
      ).toEqual([]);
    }
  });

  test('is right to the day as at a moment that nobody had asked about', async () => {
    const somebody = await referred(owner, '2021-03-01', { decision: 'accepted' });
    const [before, after] = ['2021-06-30T22:59:59Z', '2021-06-30T23:00:00Z'];
    // Recorded in the afternoon of 1 July, which began an hour before midnight by Greenwich.
    await owner.query(`set session_replication_role = replica`);
    await owner.query(`update service.referral set recorded_at = '2021-07-01 15:00Z'`);
    await owner.query(`set session_replication_role = origin`);
    await dispose({ id: somebody.personId, referrals: [somebody.referralId] });
    expect((await report(new Date(before))).measures['referrals.total']).toMatchObject({ reason: 'no-data' });
    expect((await report(new Date(after))).measures['referrals.total']).toMatchObject({
      total: { current: 1 },
    });
  });
});

describe('who counts', () => {
  test.each(['analyst', 'operations-manager'] as const)(
    '%s: everything, restricted records too',
    async (role) => {
      const { personId } = await referred(owner, '2021-03-01');
      const me = await someone(owner, role);
      await owner.query(`insert into service.restriction (person_id, why, placed_by) values ($1, 'x', $2)`, [
        personId,
        me.accountId,
      ]);
      const made = await given.service.database.asPerson(me.token, (tx) =>
        countingAs(tx, (counting) => assess(counting)),
      );
      expect(made?.result.measures['referrals.total']).toMatchObject({ total: { current: 1 } });
    },
  );

  test.each([
    'coordinator',
    'spoc',
    'provider-manager',
    'data-protection-lead',
    'administrator',
    'referrer',
  ] as const)('%s: nothing', async (role) => {
    await referred(owner, '2021-03-01');
    const ours = await provider(owner);
    const me = await someone(owner, role, {
      ...(role === 'provider-manager' ? ours : {}),
      areas: ['E09000022'],
    });
    const made = await given.service.database.asPerson(me.token, (tx) =>
      countingAs(tx, (counting) => assess(counting)),
    );
    expect(made?.result.measures['referrals.total']).toMatchObject({ total: null, reason: 'no-data' });
  });

  test('the rights of before come back when it is counted', async () => {
    const me = await someone(owner, 'analyst');
    const roles = await given.service.database.asPerson(me.token, async (tx) => {
      await countingAs(tx, async () => undefined);
      return (await tx.selectFrom('service.person').select('id').execute()).length;
    });
    expect(roles?.result).toBe(0);
    const other = new Database(given.connections.web, { connections: 1 });
    try {
      const seen = other.asVisitor((tx) => countingAs(tx, (counting) => assess(counting)));
      await expect(seen).resolves.toMatchObject({ measures: { 'referrals.total': { reason: 'no-data' } } });
    } finally {
      await other.close();
    }
  });

  test('no name, no free text and no key of the source is among what is read', async () => {
    const { rows } = await owner.query<{ function: string; column: string }>(
      `select p.proname as function, a.name as column from pg_proc p, unnest(p.proargnames, p.proargmodes) a (name, mode)
       where p.pronamespace = 'as_at'::regnamespace and p.proname like '%\\_facts' and a.mode = 't'`,
    );
    expect(rows.length).toBeGreaterThan(80);
    const names = rows.filter(({ column }) =>
      /name|note|text|reference|source_ref|postcode|phone|reason$/.test(column),
    );
    expect(names.map(({ column }) => column).sort()).toEqual(['closure_reason', 'decision_reason']);
  });
});

test('two who count at once do not wait for each other', async () => {
  const both = await Promise.all(
    [1, 2].map(() =>
      jobs.asTask('statistics', async (tx) => {
        await settledMoment(tx, null, 5_000);
        // Both are under way while each asks again.
        await new Promise((resolve) => setTimeout(resolve, 300));
        return await settledMoment(tx, null, 1_000);
      }),
    ),
  );
  expect(both).toHaveLength(2);
});

describe('what counts a large service fast', () => {
  /** A table of any size is then read by another process. */
  const readByTwo = (tx: Transaction) =>
    sql`select set_config('min_parallel_table_scan_size', '0', true), set_config('parallel_setup_cost', '0', true),
      set_config('parallel_tuple_cost', '0', true)`.execute(tx);
  const planOf = async (tx: Transaction) => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain (analyze, costs off, timing off, summary off)
      select town, count(*) from as_at.county_link_facts(now()) group by town`.execute(tx);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const linkedTwice = async () => {
    for (let n = 0; n < 40; n += 1)
      await linked(owner, `CL-${n}`, { identified_on: '2021-03-01', ordinal: 1 });
    await linked(owner, 'CL-1', { identified_on: '2020-03-01', ordinal: 2, town: 'Margate' });
  };

  test('a table is shared between processes, of which the one that asks says that it may count', async () => {
    await linkedTwice();
    const analyst = await someone(owner, 'analyst');
    const coordinator = await someone(owner, 'coordinator');
    const counted = (tx: Transaction) =>
      countingAs(tx, async (counting) => {
        await readByTwo(counting);
        return { plan: await planOf(counting), figures: await assess(counting) };
      });
    const asked = await given.service.database.asPerson(analyst.token, counted);
    expect(asked?.result.plan).toMatch(/Workers Launched: [12]/);
    expect(asked?.result.figures.measures['county-lines.individuals']).toMatchObject({
      total: { current: 40, previous: 1 },
    });
    const refused = await given.service.database.asPerson(coordinator.token, counted);
    expect(refused?.result.figures.measures['county-lines.individuals']).toMatchObject({ reason: 'no-data' });
  });

  test('what two transactions read side by side is what one reads, to the hash', async () => {
    await linkedTwice();
    await happened(owner, await referred(owner, '2021-03-01'), 'missing', '2021-02-01');
    const { asAt, ...alone } = await report();
    const pids = new Set<number>();
    const both = await countingTask(jobs, async (tx) => {
      const done = await assess(tx, new Date(asAt));
      await sideBySide(tx, [1, 2], async (by) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid, pg_sleep(0.1)`.execute(
          by,
        );
        for (const { pid } of rows) pids.add(pid);
      });
      return done;
    });
    expect(both).toEqual({ asAt, ...alone });
    expect(pids.size).toBe(2);
  });

  test('what goes wrong beside ends both', async () => {
    const reading = countingTask(jobs, (tx) =>
      sideBySide(tx, [1, 2, 3], async (by, each) => {
        await sql`select 1 / ${each - 2}::int`.execute(by);
      }),
    );
    await expect(reading).rejects.toThrow('division by zero');
    await expect(report()).resolves.toMatchObject({ disclosure: 'internal' });
  });
});
