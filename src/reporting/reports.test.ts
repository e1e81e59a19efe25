import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HttpVisitor } from '../../test/support/http-visitor.ts';
import {
  provider,
  type Someone,
  someone,
  type TestService,
  testService,
} from '../../test/support/service.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import { Database } from '../platform/database/transaction.ts';
import { catalogueOf } from '../statistics/catalogue.ts';
import { bothOf, total } from '../statistics/count.ts';
import { type DefinedMeasure, defineMeasure } from '../statistics/define-measure.ts';
import { reportProblem } from '../statistics/disclosure/report-problem.ts';
import type { Asked } from '../statistics/measure.ts';
import { measures as measuresInUse } from '../statistics/measures/index.ts';
import { counts } from '../statistics/reading.ts';
import { referrals } from '../statistics/readings/referrals.ts';
import { countForEverybody } from './compute-edition.ts';
import { kindOfReport } from './compute-report.ts';
import { countCompleteness } from './data-completeness.ts';
import { type Definitions, definitions, definitionsIn, versionsTold } from './definitions.ts';
import { publishReports } from './publish-report.ts';
import type { ReportKind } from './report-document.ts';
import { verifyReports } from './verify-report.ts';
import { workOutReports } from './work-out-report.ts';

/** A report from its first day to its publication, by those who write it and those who may read it. */

let given: TestService;
let jobs: Database;
let author: Someone;
let signer: Someone;
let colleague: Someone;

beforeAll(async () => {
  given = await testService();
  jobs = new Database(given.connections.jobs);
  author = await someone(given.owner, 'analyst', { name: 'Ada Analyst' });
  signer = await someone(given.owner, 'operations-manager', { name: 'Omar Operations' });
  colleague = await someone(given.owner, 'caseworker', await provider(given.owner));
  for (const [area, months] of [
    ['E09000022', ['2025-05-03', '2025-06-04', '2026-01-05', '2024-07-06']],
    ['E09000007', ['2025-08-07', '2024-09-08', '2024-10-09']],
  ] as const)
    for (const [n, day] of months.entries()) await refer(`${area}-${n}`, area, day);
}, 60_000);
afterAll(async () => {
  await jobs.close();
  await given.stop();
});

/** A referral as an import brings it in. */
async function refer(ref: string, area: string, day: string): Promise<void> {
  await given.owner.query(
    `insert into service.referral (source_ref, kind, stage, received_at, area, given_names, family_name, name_key, date_of_birth, date_of_birth_precision,
       gender, ethnicity, agency_kind, agency_name, postcode, answers, decision_due_on)
     values ($1, 'intervention', 'received', ($3 || ' 12:00 Europe/London')::timestamptz, $2, 'A', 'B', 'a b', '2009-05-04', 'exact', 'female', 'WBRI', 'police', '', '', '[]', $3::date)`,
    [ref, area, day],
  );
}

/** What there would be if a measure, one behind profiles and the tables of completeness had second versions. */
const secondInUse: Definitions = (() => {
  const seconds: Readonly<Record<string, (first: DefinedMeasure) => DefinedMeasure>> = {
    'referrals.total': (first) =>
      defineMeasure({
        ...first,
        version: 2,
        definition: 'Of Lambeth alone.',
        shape: { own: { kind: 'total', of: { records: 'referrals', where: { borough: 'E09000022' } } } },
        reads: { received: counts(referrals, ['borough']) },
        figure: ({ received }, { comparison }) => ({
          total: total(bothOf(received, comparison !== null, ([borough]) => borough === 'E09000022')),
        }),
      }),
    'referrals.by-borough': (first) => ({
      ...first,
      version: 2,
      resultOf: (...of) => ({ ...first.resultOf(...of), hash: 'of the second' }),
    }),
  };
  const changed = measuresInUse.filter(({ id }) => Object.hasOwn(seconds, id));
  const [first] = definitions.completeness.inUse;
  if (!first) throw new Error('There is no completeness');
  const second: typeof first = {
    ...first,
    version: 2,
    async count(...of) {
      const { tell, ...counted } = await first.count(...of);
      return {
        ...counted,
        tell(...what) {
          const { measures, ...report } = tell(...what);
          const inSecond = Object.entries(measures).map(([id, figures]) => [id, { ...figures, version: 2 }]);
          return { ...report, measures: Object.fromEntries(inSecond) };
        },
      };
    },
  };
  return {
    measures: catalogueOf(
      measuresInUse.map((measure) => seconds[measure.id]?.(measure) ?? measure),
      changed,
    ),
    completeness: catalogueOf([second], [first]),
  };
})();

const as = ({ cookie }: Someone) => new HttpVisitor(given, cookie);

const fields = {
  kind: 'strategic-assessment',
  title: 'Year 7',
  'from-day': '1',
  'from-month': '5',
  'from-year': '2025',
  'to-day': '30',
  'to-month': '4',
  'to-year': '2026',
  compare: 'year-before',
  editions: 'internal',
  marking: 'OFFICIAL-SENSITIVE',
};

async function begin(more: Record<string, string> = {}): Promise<string> {
  const begun = await as(author).fill('/reports/new', { ...fields, ...more });
  expect([begun.status, begun.text]).toEqual([303, '']);
  return String(begun.location).replace('/reports/', '');
}

const write = async (who: Someone, report: string, section: string, words: string) =>
  await as(who).fill(`/reports/${report}/texts/${section}`, { words });

async function publish(report: string): Promise<void> {
  await as(author).fill(`/reports/${report}`, { act: 'submit' });
  await as(signer).fill(`/reports/${report}/sign-off`, { decision: 'sign-off' });
  await publishReports(jobs);
}

async function publicationOf(report: string): Promise<string> {
  const { rows } = await given.owner.query<{ id: string }>(
    'select id from service.report_publication where report_id = $1',
    [report],
  );
  return rows[0]?.id ?? '';
}

describe('a report', () => {
  test('is begun with its figures, and a text whose figures agree with them', async () => {
    const report = await begin();
    const saved = await write(
      author,
      report,
      'introduction',
      '## The year\nWe had {{referrals.total}} referrals, {{referrals.total change}}.',
    );
    expect(saved.status).toBe(303);
    const shown = await as(author).get(`/reports/${report}/preview/internal`);
    expect(shown.text).toContain('We had 4 referrals, up 33% .');
    expect(shown.text).toContain('May 2025 to April 2026');
    expect(shown.text).toContain('OFFICIAL-SENSITIVE');
    expect(shown.html).toContain('<h3 class="govuk-heading-m">The year</h3>');
    // What was never supplied has no figure, and says why.
    expect(shown.text).toMatch(/The records that it counts were never supplied/);
  });

  test('is not submitted while a placeholder names no figure', async () => {
    const report = await begin();
    await write(author, report, 'introduction', 'We had {{referrals.totals}} referrals.');
    const page = await as(author).get(`/reports/${report}`);
    expect(page.text).toContain('there is no measure “referrals.totals” in this report');
    await as(author).send(page, { act: 'submit' });
    expect((await as(author).get(`/reports/${report}`)).text).toContain('Draft');
  });

  test('keeps what a text said before, and shows the second of two what the first one wrote', async () => {
    const report = await begin();
    await write(author, report, 'foreword', 'First words.');
    const opened = await as(signer).get(`/reports/${report}/texts/foreword`);
    await write(author, report, 'foreword', 'Second words.');
    const late = await as(signer).send(opened, { words: 'Their words.' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Second words.');
    const page = await as(author).get(`/reports/${report}/texts/foreword`);
    expect(page.text).toContain('First words.');
    expect(page.text).toMatch(/Version 2, Ada Analyst/);
  });

  test('is signed off by somebody who wrote none of it, and stays as it was submitted', async () => {
    const report = await begin();
    await write(signer, report, 'foreword', 'The manager wrote this.');
    const opened = await as(author).get(`/reports/${report}/texts/foreword`);
    await as(author).fill(`/reports/${report}`, { act: 'submit' });
    const late = await as(author).send(opened, { words: 'Changed after all.' });
    expect(late.text).toContain('The report was submitted');
    for (const who of [author, signer]) {
      const page = await as(who).get(`/reports/${report}/sign-off`);
      const tried = await as(who).send(page, { decision: 'sign-off' });
      expect(tried.text).toContain('Nobody signs off what they wrote');
    }
    // Nor by way of the database.
    await expect(
      given.service.database.asPerson(signer.token, async (tx) => {
        const { sql } = await import('kysely');
        await sql`select audit.command('test', 'test', null, null, '{}')`.execute(tx);
        await sql`update service.report set state = 'signed-off', signed_off_by = ${signer.accountId}, signed_off_at = now()
          where id = ${report}`.execute(tx);
      }),
    ).rejects.toThrow('signed off by somebody who wrote none of it');
    const other = await someone(given.owner, 'analyst');
    const read = await as(other).get(`/reports/${report}/sign-off`);
    await as(other).fill(`/reports/${report}/sign-off`, { decision: 'send-back', why: 'Say more of boys.' });
    await write(author, report, 'introduction', 'Nobody has read this.');
    await as(author).fill(`/reports/${report}`, { act: 'submit' });
    // The page that is still open was of what stood there before.
    const unread = await as(other).send(read, { decision: 'sign-off' });
    expect(unread.text).toContain('The report was changed since you opened this page');
    await as(other).fill(`/reports/${report}/sign-off`, { decision: 'send-back', why: 'Say more of girls.' });
    expect((await as(author).get(`/reports/${report}`)).text).toContain('Say more of girls.');
  });

  test('is published frozen, under its hash, and is the same when everything is corrected since', async () => {
    const report = await begin({ editions: 'internal' });
    await write(author, report, 'introduction', 'We had {{referrals.total}} referrals.');
    await publish(report);
    const id = await publicationOf(report);
    const page = await as(author).get(`/publications/${id}`);
    expect(page.text).toContain('Ada Analyst');
    expect(page.text).toContain('Omar Operations');
    expect(page.text).toContain('We had 4 referrals.');

    await refer('late', 'E09000022', '2025-12-24');
    try {
      const again = await as(author).get(`/publications/${id}`);
      expect(again.text).toContain('We had 4 referrals.');
      expect(await verifyReports(jobs, report)).toMatchObject([{ edition: 'internal', differs: null }]);
      await expect(
        given.owner.query(`update service.report_publication set title = 'x' where id = $1`, [id]),
      ).rejects.toThrow('what was published is never changed');
      await expect(
        given.owner.query('delete from service.report_publication where id = $1', [id]),
      ).rejects.toThrow('what was published is never changed');
      // The next report of the same year tells what was entered late.
      const next = await begin({ title: 'Year 7, again' });
      const shown = await as(author).get(`/reports/${next}/preview/internal`);
      expect(shown.text).toMatch(
        /Referrals[^.]*in this period: 5; it was 4 in the report that was published/,
      );
    } finally {
      await given.owner.query(`delete from service.referral where source_ref = 'late'`);
    }
  });

  test('that is tampered with is found, and what differs is named', async () => {
    const report = await begin();
    await publish(report);
    const id = await publicationOf(report);
    const tamper = async (figures: string) => {
      await given.owner.query('set session_replication_role = replica');
      await given.owner.query(
        `update service.report_publication set figures = $2, sha256 = encode(sha256(convert_to($2 || E'\\n' || words, 'UTF8')), 'hex') where id = $1`,
        [id, figures],
      );
      await given.owner.query('set session_replication_role = origin');
    };
    const { rows } = await given.owner.query<{ figures: string; words: string; sha256: string }>(
      'select figures, words, sha256 from service.report_publication where id = $1',
      [id],
    );
    const [kept] = rows;
    if (!kept) throw new Error('It was not published');
    expect(createHash('sha256').update(`${kept.figures}\n${kept.words}`).digest('hex')).toBe(kept.sha256);
    await tamper(kept.figures.replace('"current":4', '"current":9'));
    expect(await verifyReports(jobs, report)).toMatchObject([
      { differs: expect.stringMatching(/^measures\.referrals\.total\.total\.current: 9, and 4 now$/) },
    ]);
    await tamper(kept.figures);
    expect(await verifyReports(jobs, report)).toMatchObject([{ differs: null }]);
  });

  test('is read in its internal edition by those who count alone, and downloaded in every form', async () => {
    const report = await begin();
    await publish(report);
    const id = await publicationOf(report);
    expect((await as(colleague).get(`/publications/${id}`)).status).toBe(404);
    expect((await as(colleague).get('/reports')).status).toBe(200);
    for (const format of ['json', 'csv', 'html', 'ods']) {
      const reply = await fetch(`${given.url}/publications/${id}/download/${format}`, {
        headers: { cookie: author.cookie },
      });
      expect([format, reply.status]).toEqual([format, 200]);
      expect(reply.headers.get('content-disposition')).toContain(
        `strategic-assessment-2025-05-01-to-2026-04-30-internal.${format}`,
      );
      const bytes = Buffer.from(await reply.arrayBuffer());
      if (format === 'json')
        expect(JSON.parse(bytes.toString())).toMatchObject({
          report: 'strategic-assessment',
          disclosure: 'internal',
          measures: { 'referrals.total': { version: 1, total: { current: 4, previous: 3 } } },
        });
      if (format === 'html') expect(bytes.toString()).toMatch(/^<!DOCTYPE html>[\s\S]*OFFICIAL-SENSITIVE/);
      if (format === 'ods') expect(bytes.subarray(0, 2).toString()).toBe('PK');
      if (format === 'csv') expect(bytes.toString()).toContain('referrals.total');
    }
  });
});

describe('a public edition', () => {
  /** Nothing else of these tests is of these years. */
  const longAgo = { 'from-year': '2010', 'to-year': '2011', compare: 'nothing', editions: 'both' };

  beforeAll(async () => {
    for (const [area, day, count] of [
      ['E09000022', '2010-06-01', 3],
      ['E09000022', '2010-12-01', 9],
      ['E09000007', '2010-06-01', 8],
      ['E09000007', '2010-12-01', 12],
      ['E09000008', '2010-06-01', 30],
      ['E09000008', '2010-12-01', 30],
    ] as const)
      for (let n = 0; n < count; n += 1) await refer(`${area}-${day}-${n}`, area, day);
  });

  async function submitted(more: Record<string, string>): Promise<string> {
    const report = await begin({ ...longAgo, ...more });
    await workOutReports(jobs);
    await as(author).fill(`/reports/${report}`, { act: 'submit' });
    return report;
  }
  const signOff = (who: Someone, report: string) =>
    as(who).fill(`/reports/${report}/sign-off`, { decision: 'sign-off' });
  const told = async (who: Someone, report: string) => {
    const { rows } = await given.owner.query<{ template: string }>(
      'select template from messages.message where account_id = $1 and path = $2 order by created_at, id',
      [who.accountId, `/reports/${report}`],
    );
    return rows.map(({ template }) => template);
  };
  const stateOf = async (report: string) => {
    const { rows } = await given.owner.query<{
      state: string;
      publish_stage: string;
      publish_fault: string;
      editions: number;
    }>(
      `select state, publish_stage, publish_fault,
         (select count(*)::int from service.report_publication p where p.report_id = r.id) as editions
       from service.report r where id = $1`,
      [report],
    );
    return rows[0];
  };

  test('is asked for by the second signature, hidden and audited in the background, and published once', async () => {
    const report = await submitted({ title: 'Second half', 'from-month': '11' });
    expect(await told(signer, report)).toEqual(['report-waits']);
    expect(await told(author, report)).toEqual([]);
    const other = await someone(given.owner, 'analyst');
    const jobsBefore = await queued();
    await Promise.all([signOff(signer, report), signOff(other, report)]);
    expect(await queued()).toBe(jobsBefore + 1);
    expect((await as(author).get(`/reports/${report}`)).text).toMatch(/Being published ?, step 1 of 4/);
    expect(await told(author, report)).toEqual(['report-signed-off']);

    await Promise.all([publishReports(jobs), publishReports(jobs)]);
    expect(await stateOf(report)).toEqual({
      state: 'published',
      publish_stage: '',
      publish_fault: '',
      editions: 2,
    });
    expect(await told(author, report)).toEqual(['report-signed-off', 'report-published']);
    const [published] = (await verifyReports(jobs, report)).filter(({ edition }) => edition === 'public');
    expect(published).toMatchObject({
      differs: null,
      audit: {
        hidden: expect.any(Number),
        tried: expect.any(Number),
        solver: expect.stringContaining('HiGHS'),
      },
    });
    const page = await as(colleague).get(`/publications/${published?.id}`);
    expect(page.text).toContain('an auditor tried to find out');
    // And by the first versions, once there are second ones.
    expect((await verifyReports(jobs, report, secondInUse)).map(({ differs }) => differs)).toEqual([
      null,
      null,
    ]);
    const period = { from: plainDate('2010-11-01'), to: plainDate('2011-04-30') };
    const again = await jobs.asTask('statistics', (tx) =>
      countForEverybody(
        tx,
        'strategic-assessment',
        { period, comparison: null, asAt: new Date() },
        null,
        secondInUse,
      ),
    );
    const totalIn = ({ measures }: typeof again.figures) => measures['referrals.total']?.fields.total;
    expect(totalIn(again.figures)).toMatchObject({ current: 9 });
    expect(again.before.map(({ figures }) => totalIn(figures))).toEqual([
      expect.objectContaining({ current: 51 }),
    ]);
    expect(page.html).not.toContain('We had');
  });

  const queued = async () => {
    const { rows } = await given.owner.query<{ count: number }>(
      `select count(*)::int as count from graphile_worker.jobs where task_identifier = 'publish-reports'`,
    );
    return rows[0]?.count ?? 0;
  };

  test('that a worker was stopped at is as it was, and is published by the next', async () => {
    const report = await submitted({ title: 'Stopped', 'from-year': '2014', 'to-year': '2015' });
    await signOff(signer, report);
    const stopping = new AbortController();
    const working = publishReports(jobs, { stopping: stopping.signal });
    await vi.waitUntil(async () => (await stateOf(report))?.publish_stage === 'hiding', { interval: 5 });
    stopping.abort();
    await working;
    expect(await stateOf(report)).toMatchObject({ state: 'signed-off', publish_fault: '', editions: 0 });
    await publishReports(jobs);
    expect(await stateOf(report)).toMatchObject({ state: 'published', editions: 2 });
  });

  test('that a killed worker was at is waiting still, and the sweep publishes it once', async () => {
    const report = await submitted({ title: 'Interrupted', 'from-year': '2013', 'to-year': '2014' });
    await signOff(signer, report);
    const script = `
      import { Database } from './src/platform/database/transaction.ts';
      import { publishReports } from './src/reporting/publish-report.ts';
      await publishReports(new Database(JSON.parse(process.env.JOBS)));`;
    const worker = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, JOBS: JSON.stringify(given.connections.jobs) },
      stdio: 'ignore',
    });
    await vi.waitUntil(async () => (await stateOf(report))?.publish_stage !== '', {
      timeout: 20_000,
      interval: 5,
    });
    expect(worker.exitCode).toBeNull();
    // Meanwhile nobody else is at it.
    await publishReports(jobs);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(await stateOf(report)).toMatchObject({ state: 'signed-off', editions: 0 });
    await vi.waitUntil(
      async () => {
        await publishReports(jobs);
        return (await stateOf(report))?.state === 'published';
      },
      { timeout: 20_000, interval: 50 },
    );
    expect(await stateOf(report)).toMatchObject({ editions: 2 });
  });

  test('that the auditor had no time for, or that comes out otherwise, is refused, and both who answer for it are told', async () => {
    const half = { title: 'First half', 'to-year': '2010', 'to-month': '10', 'to-day': '31' };
    const report = await submitted({ ...half, editions: 'public' });
    await signOff(signer, report);
    await publishReports(jobs, { auditSeconds: 0 });
    expect(await stateOf(report)).toMatchObject({ state: 'signed-off', editions: 0 });
    expect((await as(author).get(`/reports/${report}`)).text).toContain(
      'The auditor did not end within 0 seconds',
    );
    expect(await told(author, report)).toEqual(['report-signed-off', 'report-not-published']);
    expect(await told(signer, report)).toEqual(['report-waits', 'report-not-published']);
    // It waits for somebody to decide, and no sweep goes on with it.
    await publishReports(jobs);
    expect(await stateOf(report)).toMatchObject({ state: 'signed-off', editions: 0 });

    // Before it is asked for again the year comes out, and its other half is out already.
    await signOff(signer, await submitted({ title: 'The year', editions: 'public' }));
    await publishReports(jobs);
    await as(author).fill(`/reports/${report}`, { act: 'publish' });
    await publishReports(jobs);
    const refused = await stateOf(report);
    expect(refused).toMatchObject({ state: 'signed-off', editions: 0 });
    expect(refused?.publish_fault).toMatch(
      /^Whatever is hidden, .*May 2010 to October 2010, borough E09000022/,
    );
    expect(refused?.publish_fault).toContain('Begin a report with an internal edition alone');

    await as(signer).fill(`/reports/${report}/sign-off`, {
      decision: 'send-back',
      why: 'It gives numbers away.',
    });
    expect(await told(author, report)).toContain('report-sent-back');
    await as(author).fill(`/reports/${report}`, { act: 'refresh' });
    await workOutReports(jobs);
    for (const who of [author, signer]) {
      const page = await as(who).get(`/reports/${report}`);
      expect(page.text).toContain('Whatever is hidden, anybody could work out');
      await as(who).send(page, { act: 'submit' });
    }
    expect(await stateOf(report)).toMatchObject({ state: 'draft' });
  });
});

describe('a second version of a definition', () => {
  test('that comes into use leaves what was published by the first as it is, and both are computed', async () => {
    const published: string[] = [];
    for (const more of [
      { title: 'Assessment' },
      { kind: 'quarterly-performance', title: 'By quarter', compare: 'nothing' },
      { kind: 'borough-profile', area: 'E09000022', title: 'Of Lambeth' },
      { kind: 'data-completeness', title: 'Not known' },
    ]) {
      const report = await begin(more);
      await publish(report);
      published.push(report);
    }
    for (const report of published)
      expect(await verifyReports(jobs, report, secondInUse)).toMatchObject([{ differs: null }]);
    // What is published by a version that is gone cannot be told to be the same.
    const gone = { ...secondInUse, measures: catalogueOf(secondInUse.measures.inUse, []) };
    await expect(verifyReports(jobs, published[0], gone)).rejects.toThrow(
      'There is no version 1 of referrals.total: there is 2',
    );

    const asked: Asked = {
      period: { from: plainDate('2025-05-01'), to: plainDate('2026-04-30') },
      comparison: null,
      asAt: new Date(),
    };
    const told = async (kind: ReportKind, by: Definitions) => {
      const of = { edition: 'internal', area: 'E09000022', until: null, by } as const;
      const report = await jobs.asTask('statistics', (tx) => kindOfReport(kind).compute(tx, asked, of));
      return report.measures;
    };
    const byFirst = definitionsIn(secondInUse, { 'referrals.total': 1 });
    expect(await told('strategic-assessment', byFirst)).toEqual({
      'referrals.total': expect.objectContaining({
        version: 1,
        total: expect.objectContaining({ current: 4 }),
      }),
    });
    expect((await told('strategic-assessment', secondInUse))['referrals.total']).toMatchObject({
      version: 2,
      definition: 'Of Lambeth alone.',
      total: { current: 3 },
    });
    const quarters = await told('quarterly-performance', secondInUse);
    expect(quarters['quarterly.referrals.total']).toMatchObject({
      version: 2,
      rows: [{ current: 2 }, { current: 0 }, { current: 1 }, { current: 0 }],
    });
    expect((await told('data-completeness', secondInUse))['completeness.referrals']?.version).toBe(2);

    // A profile makes its own figures of measures that it does not show.
    const profile = await told('borough-profile', secondInUse);
    expect(profile['profile.standing']).toMatchObject({ madeOf: { 'referrals.by-borough': 2 } });
    expect(versionsTold(profile)).toMatchObject({ 'referrals.by-borough': 2, 'county-lines.by-borough': 1 });
    expect(await told('borough-profile', definitionsIn(secondInUse, versionsTold(profile)))).toEqual(profile);
    expect((await told('borough-profile', definitions))['profile.standing']).not.toHaveProperty('madeOf');
  });

  test.each([
    ['strategic-assessment', 'referrals.total'],
    ['quarterly-performance', 'quarterly.referrals.total'],
    ['borough-profile', 'referrals.by-borough'],
    ['data-completeness', 'completeness.months'],
  ] as const)('has its shape beside that of the first: %s', (kind, id) => {
    const { definitionOf } = kindOfReport(kind);
    for (const version of [1, 2]) expect(definitionOf(id, version, secondInUse)?.id).toBe(id);
    expect(definitionOf(id, 3, secondInUse)).toBeUndefined();
    expect(definitionOf(id, 2)).toBeUndefined();
  });
});

test('a profile of a borough tells its own, and where it stands among the others', async () => {
  const report = await begin({ kind: 'borough-profile', area: 'E09000022', title: 'Lambeth' });
  const shown = await as(author).get(`/reports/${report}/preview/internal`);
  expect(shown.text).toContain('Lambeth, May 2025 to April 2026');
  // Three referrals in the period, of the four that there were in London.
  const { rows } = await given.owner.query<{ figures: string }>(
    'select figures from service.report_figures where report_id = $1',
    [report],
  );
  const { measures } = JSON.parse(rows[0]?.figures ?? '{}');
  expect(measures['profile.standing'].rows[0]).toMatchObject({
    key: 'referrals',
    current: 3,
    previous: 1,
    rank: 1,
  });
  expect(measures['referrals.by-gender'].rows[0].current).toEqual({
    numerator: 3,
    denominator: 3,
    percent: 100,
  });
  // Individuals were never supplied, so there is no gap to tell.
  expect(measures['profile.referral-gap'].reason).toBe('no-data');
  expect(measures['referrals.by-ward'].total).toMatchObject({ current: 3, previous: 1 });
  await publish(report);
  expect(await verifyReports(jobs, report)).toMatchObject([{ differs: null }]);
});

test('data completeness tells what is not known by field and month, to those who count alone', async () => {
  const report = await begin({ kind: 'data-completeness', title: 'Completeness' });
  const { rows } = await given.owner.query<{ figures: string }>(
    'select figures from service.report_figures where report_id = $1',
    [report],
  );
  const { measures } = JSON.parse(rows[0]?.figures ?? '{}');
  const { rows: known } = measures['completeness.referrals'];
  expect(known).toContainEqual(
    expect.objectContaining({ key: 'ward', current: { numerator: 4, denominator: 4, percent: 100 } }),
  );
  expect(known).toContainEqual(
    expect.objectContaining({ key: 'gender', current: { numerator: 0, denominator: 4, percent: 0 } }),
  );
  const months = measures['completeness.months'].months['Ward of residence'].rows;
  expect(months.map(({ key }: { key: string }) => key)).toEqual(['2025-05', '2025-06', '2025-08', '2026-01']);
  expect((await as(author).get(`/reports/${report}/preview/internal`)).text).toContain('Ward of residence');
});

test('whoever read how many outcomes are not known knows how many are: later reports are not refused for it', async () => {
  await given.owner.query(
    `with p as (insert into service.person (given_names, family_name, name_key, date_of_birth_precision, gender, ethnicity, area)
       values ('A', 'B', 'a b', 'not-known', 'unknown', 'NOBT', 'E09000022') returning id)
     insert into service.imported_support (referral_id, person_id, area, ordinal, first_engaged_on, closed_on, harm)
     select r.id, p.id, r.area, n, '2015-01-01', '2015-02-02', case when n > 1 then 'reduced' end
     from p, generate_series(1, 3) n join service.referral r on r.source_ref = 'E09000022-0'`,
  );
  const period = { from: plainDate('2015-01-01'), to: plainDate('2015-12-31') };
  const asked = { period, comparison: null, asAt: new Date() };
  const { exact, tell, asCounted } = await jobs.asTask('statistics', (tx) =>
    countCompleteness(tx, asked, definitions),
  );
  const counted = Object.fromEntries(Object.entries(exact.measures).map(([id, { fields }]) => [id, fields]));
  const shown = asCounted(JSON.parse(JSON.stringify(tell('public', counted).measures)));
  expect(shown['outcomes.harm']?.whole).toMatchObject({
    rows: [
      { key: 'unknown', current: { numerator: 1, denominator: 3 } },
      { key: 'recorded', current: { numerator: 2, denominator: 3 } },
    ],
  });
  // And whoever reads that a provider has a row, that it has some.
  expect(reportProblem(exact, 5).problem.relations).toContainEqual({
    plus: [],
    minus: ['closed-episodes 2015-01-01..2015-12-31 provider=unknown'],
    is: 'at-most',
    by: -1,
  });
});

test('quarterly performance tells each quarter, and refuses a period that is not whole quarters', async () => {
  const report = await begin({ kind: 'quarterly-performance', title: 'Quarters', compare: 'nothing' });
  const shown = await as(author).get(`/reports/${report}/preview/internal`);
  expect(shown.text).toContain('May 2025 to July 2025');
  const { rows } = await given.owner.query<{ figures: string }>(
    'select figures from service.report_figures where report_id = $1',
    [report],
  );
  const { measures } = JSON.parse(rows[0]?.figures ?? '{}');
  expect(
    measures['quarterly.referrals.total'].rows.map(({ current }: { current: number }) => current),
  ).toEqual([2, 1, 1, 0]);
  const refused = await as(author).fill('/reports/new', {
    ...fields,
    kind: 'quarterly-performance',
    'to-month': '3',
    'to-day': '31',
  });
  expect([refused.status, refused.text]).toEqual([
    422,
    expect.stringContaining('The period is not whole quarters: end it on 31 January 2026'),
  ]);
});

test('quarters and years that begin on a day that some months lack end as months are completed', async () => {
  const from = { 'from-day': '29', 'from-month': '2', 'from-year': '2024' };
  const to = { 'to-day': '28', 'to-month': '2', 'to-year': '2025' };
  const report = await begin({ ...from, ...to, kind: 'strategic-assessment', title: 'From a leap day' });
  const { rows } = await given.owner.query(
    'select comparison_from::text, comparison_to::text from service.report where id = $1',
    [report],
  );
  expect(rows).toEqual([{ comparison_from: '2023-02-28', comparison_to: '2024-02-28' }]);
  const { rows: figures } = await given.owner.query<{ figures: string }>(
    'select figures from service.report_figures where report_id = $1',
    [report],
  );
  const { quarters } = JSON.parse(figures[0]?.figures ?? '{}').measures['referrals.by-agency'];
  // 6 July is in the second span of three months, 8 September and 9 October in the third.
  expect(quarters.police).toEqual([0, 1, 2, 0]);

  const quarterly = await begin({
    kind: 'quarterly-performance',
    title: 'From a 31st',
    compare: 'nothing',
    ...{ 'from-day': '31', 'from-month': '8', 'from-year': '2024' },
    ...{ 'to-day': '28', 'to-month': '2', 'to-year': '2025' },
  });
  const shown = await as(author).get(`/reports/${quarterly}/preview/internal`);
  expect(shown.text).toContain('December 2024 to February 2025');
});

test('who is about to publish a few months for everybody is told what that uses up, before a year is out and not after', async () => {
  const warning = 'none of a longer period that these days are in is published yet';
  const summer = {
    'from-month': '5',
    'to-day': '31',
    'to-month': '7',
    'to-year': '2025',
    compare: 'nothing',
  };
  const short = await begin({ ...summer, title: 'Summer', editions: 'public' });
  expect((await as(author).get(`/reports/${short}`)).text).toContain(warning);
  await workOutReports(jobs);
  // Of so few nothing can be hidden; the warning is for where something can.
  await given.owner.query("update service.report_figures set exposed = '{}' where report_id = $1", [short]);
  await as(author).fill(`/reports/${short}`, { act: 'submit' });
  const submitted = await as(signer).get(`/reports/${short}/sign-off`);
  expect([submitted.status, submitted.text]).toEqual([200, expect.stringContaining(warning)]);
  const inside = await begin({ ...summer, title: 'For ourselves', editions: 'internal' });
  expect((await as(author).get(`/reports/${inside}`)).text).not.toContain(warning);
  const year = await begin({ title: 'The year', editions: 'public', compare: 'nothing' });
  expect((await as(author).get(`/reports/${year}`)).text).not.toContain(warning);
});

test('a public profile is made of the published assessment, and refused before there is one', async () => {
  const profile = { kind: 'borough-profile', area: 'E09000007', title: 'Camden', editions: 'public' };
  const report = await begin(profile);
  await workOutReports(jobs);
  const page = await as(author).get(`/reports/${report}`);
  expect(page.text).toContain('Publish a strategic assessment of the same dates for everybody first');
  expect((await as(author).get(`/reports/${report}/preview/public`)).text).toContain('not worked out yet');
  await as(author).send(page, { act: 'submit' });
  expect((await as(author).get(`/reports/${report}`)).text).toContain('Draft');
});

test.each([
  [{ 'to-year': '2024' }, 'The first day 1 May 2025 is after the last day 30 April 2024: change them round'],
  [
    {
      compare: 'other',
      'compareFrom-day': '1',
      'compareFrom-month': '5',
      'compareFrom-year': '2024',
      'compareTo-day': '1',
      'compareTo-month': '6',
      'compareTo-year': '2025',
    },
    'The periods overlap',
  ],
  [{ compare: 'other' }, 'Enter the first day to compare with'],
  [{ 'to-year': '2031' }, 'check the year of its last day'],
  [{ 'asAt-day': '1', 'asAt-month': '1', 'asAt-year': '2999' }, 'Enter a day before today'],
  [{ 'from-year': '2999', 'to-year': '2999' }, 'The period has not begun'],
  [{ title: '' }, 'Enter a title'],
])('what cannot be a report is refused in words: %j', async (typed, words) => {
  const refused = await as(author).fill('/reports/new', { ...fields, ...typed });
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining(words)]);
});

test('a report can be of what had been recorded by the end of a day', async () => {
  const report = await begin({ 'asAt-day': '3', 'asAt-month': '6', 'asAt-year': '2025' });
  const { rows } = await given.owner.query<{ as_at: Date }>(
    'select as_at from service.report where id = $1',
    [report],
  );
  expect(rows[0]?.as_at.toISOString()).toBe('2025-06-03T23:00:00.000Z');
});

test('an empty period has noughts and says that it is empty; a comparison of another length is told on the figure', async () => {
  const report = await begin({ 'from-year': '2015', 'to-year': '2016' });
  const shown = await as(author).get(`/reports/${report}/preview/internal`);
  expect(shown.text).toContain('No referral was received in the period');
  expect(shown.text).toContain('There were none in the period');
  // May 2015 to April 2016 has a leap day.
  expect(shown.text).toContain('The periods are not equally long: 366 days');
});
