import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ImportOutcome,
  type IncomingFile,
  importHistory,
  type PlacedFault,
} from '../../src/history-in/index.ts';
import { plainDate } from '../../src/platform/clock/plain-date.ts';
import { Database } from '../../src/platform/database/transaction.ts';
import { packageRoot } from '../../src/platform/package-root.ts';
import { computeAll } from '../../src/statistics/compute.ts';
import { measures } from '../../src/statistics/measures/index.ts';
import { type Someone, someone, type TestService, testService } from '../support/service.ts';
import { csvFile, folder, type Rows, textFile, wholeFolder, wholeRows } from './incoming.ts';

let given: TestService;
let jobs: Database;
let coordinator: Someone;

beforeAll(async () => {
  given = await testService();
  jobs = new Database(given.connections.jobs, { connections: 1 });
  coordinator = await someone(given.owner, 'coordinator', { areas: ['E09000022'] });
});
afterAll(async () => {
  await jobs.close();
  await given.stop();
});

const TABLES = [
  'person',
  'referral',
  'referral_action',
  'imported_support',
  'imported_onward_referral',
  'rescue_request',
  'county_link',
  'nrm_referral',
  'recorded_event',
  'training_session',
  'import',
] as const;

beforeEach(async () => {
  const all = TABLES.flatMap((table) => [`service.${table}`, `history.${table}`]);
  await given.owner.query(`truncate disposal.disposed_source, ${all.join(', ')} cascade`);
});

type Mode = 'all' | 'valid' | 'preview';

async function bring(
  files: readonly IncomingFile[],
  mode: Mode = 'all',
): Promise<ImportOutcome & { told: string[] }> {
  const told: string[] = [];
  const outcome = await importHistory(given.connections.jobs, {
    files,
    source: 'a folder',
    mode,
    onBehalfOf: null,
    now: new Date('2026-02-02T12:00:00Z'),
    fault: ({ file, line, column, message }: PlacedFault) =>
      void told.push(`${file}:${line}: ${column}: ${message}`),
  });
  return { ...outcome, told };
}

async function rowsOf(table: string, columns = '*'): Promise<Record<string, unknown>[]> {
  const { rows } = await given.owner.query(`select ${columns} from ${table} order by 1`);
  return rows;
}

/** How many rows each table has, and how many were replaced. */
async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of TABLES)
    for (const schema of ['service', 'history']) {
      const { rows } = await given.owner.query(`select count(*)::int as n from ${schema}.${table}`);
      found[`${schema}.${table}`] = rows[0].n;
    }
  return found;
}
const referral = (changed: Readonly<Record<string, string>> = {}) => ({
  ...wholeRows['referrals.csv'],
  ...changed,
});

describe('a whole folder', () => {
  test('is written cell for cell', async () => {
    const { imported, files, told } = await bring(wholeFolder());
    expect(told).toEqual([]);
    expect(imported).toBe(true);
    expect(Object.values(files).every(({ rows, added }) => rows === 1 && added === 1)).toBe(true);
    expect(await rowsOf('service.referral')).toMatchObject([
      {
        source_ref: 'R-1',
        kind: 'intervention',
        stage: 'closed',
        referrer_id: null,
        received_on: '2020-06-01',
        received_at: new Date('2020-05-31T23:00:00Z'),
        decision_due_on: '2020-06-08',
        decided_at: new Date('2020-06-03T23:00:00Z'),
        decision_reason: null,
        agency_kind: 'county-police',
        agency_name: 'Kent',
        referring_area: 'kent',
        local_authority_team: 'MASH',
        area: 'E09000022',
        residence_ward: 'E05013714',
        given_names: 'Amina',
        family_name: 'Bello',
        name_key: 'amina bello',
        date_of_birth: '2005-03-04',
        date_of_birth_precision: 'exact',
        gender: 'female',
        ethnicity: 'BAFR',
        education_status: 'in-education',
        education_setting: 'pru',
        social_care_status: 'cin',
        disabilities: ['LD', 'AUT'],
        gang_link: 'yes',
        missing_linked: 'no',
        longest_missing_days: 4,
        linked_force: 'kent',
        linked_town: 'Medway',
      },
    ]);
    const [person] = await rowsOf('service.person');
    expect(person).toMatchObject({
      source_ref: 'P-1',
      given_names: 'Amina',
      family_name: 'Bello',
      area: 'E09000022',
      ethnicity: 'BAFR',
    });
    expect(await rowsOf('service.referral_action')).toMatchObject([
      {
        kind: 'imported',
        sequence: 1,
        by_account: null,
        details: {
          personId: person?.id,
          area: 'E09000022',
          decision: 'accepted',
          decidedOn: '2020-06-04',
          reason: '',
          support: 'closed',
        },
      },
    ]);
    expect(await rowsOf('service.imported_support')).toMatchObject([
      {
        ordinal: 1,
        person_id: person?.id,
        provider: 'st-giles',
        outcome_1: 'yes',
        outcome_2: null,
        outcome_8: 'no',
      },
    ]);
    expect(await rowsOf('service.rescue_request')).toMatchObject([
      {
        source_ref: 'RQ-1',
        person_id: person?.id,
        requested_at: new Date('2020-06-02T22:15:00Z'),
        completed_at: new Date('2020-06-03T03:00:00Z'),
        outcome: 'rescued',
      },
    ]);
    expect(await rowsOf('service.nrm_referral')).toMatchObject([
      { source_ref: 'N-1', person_id: person?.id, conclusive_grounds_on: '2020-12-01' },
    ]);
    expect(await rowsOf('service.recorded_event')).toMatchObject([
      { person_id: person?.id, kind: 'missing', occurred_on: '2020-05-30', source: 'merlin' },
    ]);
    expect(await rowsOf('service.county_link')).toMatchObject([{ individual_ref: 'CL-1', town: 'Margate' }]);
    expect(await rowsOf('service.training_session')).toMatchObject([{ source_ref: 'T-1', attendees: 42 }]);
    expect(await rowsOf('incoming.row')).toEqual([]);
  });

  test('is told of in the audit by counts and no name, and every row says which import wrote it', async () => {
    await bring(wholeFolder());
    const { rows } = await given.owner.query(
      `select task, subject_id, id, convert_from(body, 'UTF8') as body from audit.entry where action = 'import' order by at desc limit 1`,
    );
    expect(rows[0]).toMatchObject({ task: 'importing' });
    expect(rows[0].body).not.toMatch(/Amina|Bello|R-1|P-1/);
    expect(JSON.parse(rows[0].body).detail).toMatchObject({
      account: null,
      rows: { 'referrals.csv': { rows: 1, refused: 0 } },
    });
    expect(await rowsOf('service.import', 'id, action_id, source')).toEqual([
      { id: rows[0].subject_id, action_id: rows[0].id, source: 'a folder' },
    ]);
    expect(await rowsOf('service.person', 'action_id, recorded_by')).toEqual([
      { action_id: rows[0].id, recorded_by: null },
    ]);
  });

  test('adds nothing and makes no history a second time', async () => {
    await bring(wholeFolder());
    const before = await counts();
    const { files } = await bring(wholeFolder());
    expect(await counts()).toEqual(before);
    expect(
      Object.values(files).map(({ same, added, changed, retired }) => [same, added, changed, retired]),
    ).toEqual(Object.values(files).map(() => [1, 0, 0, 0]));
  });

  test('blank cells are not recorded, whatever the format does not require', async () => {
    const needed = {
      'referrals.csv': {
        referral_ref: 'R-1',
        received_on: '2020-06-01',
        kind: 'intelligence',
        person_ref: 'P-1',
        family_name: 'Bello',
        decision: 'pending',
      },
      'support.csv': { referral_ref: 'R-1' },
      'onward_referrals.csv': { referral_ref: 'R-1' },
      'rescues.csv': { rescue_ref: 'RQ-1' },
      'county_links.csv': { individual_ref: 'CL-1' },
      'nrm.csv': { nrm_ref: 'N-1' },
      'events.csv': { person_ref: 'P-1' },
      'training.csv': { session_ref: 'T-1' },
    };
    // Once with every column and once with the required ones alone.
    for (const files of [
      folder(Object.fromEntries(Object.entries(needed).map(([name, row]) => [name, [row]]))),
      Object.entries(needed).map(([name, row]) => csvFile(name, [row], Object.keys(row))),
    ]) {
      const { told, imported } = await bring(files);
      expect(told).toEqual([]);
      expect(imported).toBe(true);
    }
    expect(await rowsOf('service.referral')).toMatchObject([
      {
        stage: 'received',
        gender: 'unknown',
        ethnicity: 'NOBT',
        area: 'not-known',
        agency_kind: 'unknown',
        date_of_birth: null,
        date_of_birth_precision: 'not-known',
        education_status: null,
        disabilities: null,
        gang_link: null,
        longest_missing_days: null,
        decided_at: null,
      },
    ]);
    expect((await counts())['history.referral']).toBe(0);
  });

  test.each([
    ['Barking & Dagenham', 'E09000002'],
    ['barking and dagenham', 'E09000002'],
    ['e09000002', 'E09000002'],
    ['Outside the area of this service', 'out-of-london'],
    ['OUT-OF-LONDON', 'out-of-london'],
    ['London Borough of Lambeth', 'E09000022'],
  ])('the borough may be written %s', async (borough, area) => {
    const { told } = await bring(folder({ 'referrals.csv': [referral({ responsible_borough: borough })] }));
    expect(told).toEqual([]);
    expect(await rowsOf('service.referral', 'area')).toEqual([{ area }]);
  });

  test.each([
    ['WBRI', 'WBRI'],
    ['wbri', 'WBRI'],
    ['White: English, Welsh, Scottish, Northern Irish or British', 'WBRI'],
    ['Black, Black British, Black Welsh, Caribbean or African: African', 'BAFR'],
    ['MIXED OR MULTIPLE ETHNIC GROUPS: White & Asian', 'MWAS'],
  ])('the ethnicity may be written %s', async (written, ethnicity) => {
    const { told } = await bring(folder({ 'referrals.csv': [referral({ ethnicity: written })] }));
    expect(told).toEqual([]);
    expect(await rowsOf('service.referral', 'ethnicity')).toEqual([{ ethnicity }]);
  });

  test('says which files and columns it passes over', async () => {
    const { passedOver, imported } = await bring([
      csvFile('referrals.csv', [{ ...referral(), notes: 'x' }], [...Object.keys(referral()), 'notes']),
      textFile('readme.txt', 'Not one of ours'),
    ]);
    expect(imported).toBe(true);
    expect(passedOver).toEqual([
      'readme.txt is not a file of the import format',
      'referrals.csv: notes is not a column of the import format',
    ]);
  });

  test('finds its columns whatever their order and case', async () => {
    const columns = Object.keys(referral()).toReversed();
    const file = csvFile('referrals.csv', [referral()], columns);
    const upper = textFile(
      'Referrals.CSV',
      `\uFEFF${await textOf(file)}`.replace('family_name', 'Family_Name'),
    );
    expect((await bring([upper])).told).toEqual([]);
    expect(await rowsOf('service.referral', 'family_name')).toEqual([{ family_name: 'Bello' }]);
  });

  test('knows a police force by any of its names', async () => {
    await bring(
      folder({
        'referrals.csv': [
          referral({ referring_area: 'Metropolitan Police', linked_force: 'Devon & Cornwall Constabulary' }),
        ],
      }),
    );
    expect(await rowsOf('service.referral', 'referring_area, linked_force')).toEqual([
      { referring_area: 'metropolitan', linked_force: 'devon-and-cornwall' },
    ]);
  });
});

async function textOf(file: IncomingFile): Promise<string> {
  let text = '';
  for await (const piece of file.read()) text += Buffer.from(piece).toString();
  return text;
}

describe('what was changed', () => {
  test('is changed here, and what it replaced is kept', async () => {
    await bring(wholeFolder());
    const { files } = await bring(
      folder({
        'referrals.csv': [referral({ gender: 'male', decision: 'declined', decision_reason: 'other' })],
        'rescues.csv': [{ ...wholeRows['rescues.csv'], outcome: 'withdrawn', completed_at: '' }],
        'training.csv': [{ ...wholeRows['training.csv'], attendees: '43' }],
      }),
    );
    expect(files['referrals.csv']).toMatchObject({ changed: 1, added: 0 });
    expect(files['rescues.csv']).toMatchObject({ changed: 1 });
    expect(await rowsOf('service.referral', 'gender, stage, decision_reason, version')).toEqual([
      { gender: 'male', stage: 'declined', decision_reason: 'other', version: 2 },
    ]);
    expect(await rowsOf('history.referral', 'gender, stage, version')).toEqual([
      { gender: 'female', stage: 'closed', version: 1 },
    ]);
    expect(await rowsOf('service.referral_action', `details ->> 'decision' as decision`)).toEqual([
      { decision: 'declined' },
    ]);
    expect(await rowsOf('service.person', 'gender')).toEqual([{ gender: 'male' }]);
    expect(await rowsOf('history.rescue_request', 'outcome')).toEqual([{ outcome: 'rescued' }]);
    expect(await rowsOf('history.training_session', 'attendees')).toEqual([{ attendees: 42 }]);
    // A file that was not supplied says nothing of its rows.
    expect((await counts())['service.imported_support']).toBe(1);
  });

  test('identical rows are separate facts, and a file that has fewer of a parent retires the surplus', async () => {
    const missing = wholeRows['events.csv'];
    const arrest = { ...missing, kind: 'arrest' };
    await bring(folder({ 'events.csv': [missing, missing, arrest] }));
    expect(await rowsOf('service.recorded_event', 'ordinal, kind')).toEqual([
      { ordinal: 1, kind: 'missing' },
      { ordinal: 2, kind: 'missing' },
      { ordinal: 3, kind: 'arrest' },
    ]);
    const { files } = await bring(folder({ 'events.csv': [missing, missing] }));
    expect(files['events.csv']).toMatchObject({ same: 2, retired: 1, changed: 0 });
    expect(await rowsOf('history.recorded_event', 'ordinal, kind, replaced_how')).toEqual([
      { ordinal: 3, kind: 'arrest', replaced_how: 'delete' },
    ]);
    // One that referrals.csv names and the file no longer does has none left.
    await bring(folder({ 'events.csv': [] }));
    expect((await counts())['service.recorded_event']).toBe(0);
    expect((await counts())['history.recorded_event']).toBe(3);
  });

  test('an individual whom a later county_links.csv does not name is retired, unless a row may be theirs', async () => {
    const link = wholeRows['county_links.csv'];
    const other = { ...link, individual_ref: 'CL-2' };
    await bring(folder({ 'county_links.csv': [link, other] }));
    const individuals = async () =>
      (await rowsOf('service.county_link', 'individual_ref')).map(Object.values);
    const nobodys = { ...other, individual_ref: '' };
    const stray = await bring(folder({ 'county_links.csv': [link, nobodys] }), 'valid');
    expect(stray.files['county_links.csv']).toMatchObject({ same: 1, refused: 1, retired: 0 });
    expect(await individuals()).toEqual([['CL-1'], ['CL-2']]);
    const { files } = await bring(folder({ 'county_links.csv': [link] }));
    expect(files['county_links.csv']).toMatchObject({ same: 1, retired: 1 });
    expect(await individuals()).toEqual([['CL-1']]);
    expect(await rowsOf('history.county_link', 'individual_ref, replaced_how')).toEqual([
      { individual_ref: 'CL-2', replaced_how: 'delete' },
    ]);
    // A folder without the file says nothing of anybody.
    await bring(folder({}));
    expect(await individuals()).toEqual([['CL-1']]);
  });

  test('support that a later folder does not speak of stands', async () => {
    await bring(wholeFolder());
    const other = referral({ referral_ref: 'R-2', person_ref: 'P-2' });
    await bring(
      folder({
        'referrals.csv': [other],
        'support.csv': [{ ...wholeRows['support.csv'], referral_ref: 'R-2' }],
      }),
    );
    expect((await counts())['service.imported_support']).toBe(2);
  });

  test('a referral’s stage follows its support', async () => {
    const support = (...closed: string[]) =>
      closed.map((closed_on) => ({ ...wholeRows['support.csv'], closed_on }));
    const stageAfter = async (rows: Rows) => {
      await bring(folder({ 'support.csv': rows }));
      const [{ stage, support: told } = {}] = await rowsOf(
        'service.referral r join service.referral_action a on a.referral_id = r.id',
        `stage, details ->> 'support' as support`,
      );
      return [stage, told];
    };
    expect(await stageAfter([])).toEqual(['accepted', 'none']);
    expect(await stageAfter(support('2021-01-10', ''))).toEqual(['allocated', 'open']);
    expect(await stageAfter(support('2021-01-10', '2021-02-01'))).toEqual(['closed', 'closed']);
    expect(await stageAfter([])).toEqual(['accepted', 'none']);
  });

  test('what was decided here stands, and so does a record that somebody changed', async () => {
    const pending = referral({ decision: 'pending', decided_on: '' });
    await bring(folder({ 'referrals.csv': [pending] }));
    const { rows } = await given.owner.query<{ id: string; person_id: string }>(
      `update service.referral set stage = 'declined', decision_reason = 'other' returning id, person_id`,
    );
    await given.owner.query(
      `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details)
       values ($1, 2, 'E09000022', $2, 'declined', '{"reason": "other"}')`,
      [rows[0]?.id, rows[0]?.person_id],
    );
    await given.owner.query('alter table service.person disable trigger stamp');
    await given.owner.query(
      `update service.person set family_name = 'Corrected', recorded_by = gen_random_uuid()`,
    );
    await given.owner.query('alter table service.person enable trigger stamp');
    await bring(folder({ 'referrals.csv': [referral({ family_name: 'Belo', gang_link: 'no' })] }));
    expect(await rowsOf('service.referral', 'stage, family_name, gang_link')).toEqual([
      { stage: 'declined', family_name: 'Belo', gang_link: 'no' },
    ]);
    expect(await rowsOf('service.person', 'family_name')).toEqual([{ family_name: 'Corrected' }]);
  });

  test('a record takes what it says from the young person’s newest referral, whatever the order of the rows', async () => {
    const newer = referral({
      referral_ref: 'R-2',
      received_on: '2021-02-03',
      decided_on: '2021-02-05',
      family_name: 'Adeyemi',
    });
    await bring(folder({ 'referrals.csv': [newer, referral()] }));
    expect(await rowsOf('service.person', 'family_name')).toEqual([{ family_name: 'Adeyemi' }]);
    expect((await counts())['history.person']).toBe(0);
    await bring(
      folder({
        'referrals.csv': [
          referral({ referral_ref: 'R-3', received_on: '2022-01-01', decided_on: '2022-01-02' }),
        ],
      }),
    );
    expect(await rowsOf('service.person', 'family_name')).toEqual([{ family_name: 'Bello' }]);
    expect(await rowsOf('service.referral', 'source_ref, family_name')).toEqual([
      { source_ref: 'R-1', family_name: 'Bello' },
      { source_ref: 'R-2', family_name: 'Adeyemi' },
      { source_ref: 'R-3', family_name: 'Bello' },
    ]);
  });

  test('somebody who looks like a young person who is known is told of, and not merged', async () => {
    await bring(folder({}));
    const { likelyKnown } = await bring(
      folder({
        'referrals.csv': [referral({ referral_ref: 'R-9', person_ref: 'P-9', given_names: 'Aminah' })],
      }),
    );
    expect((await counts())['service.person']).toBe(2);
    expect(likelyKnown.count).toBe(1);
    expect(likelyKnown.first[0]?.reasons.join('; ')).toContain('The same date of birth');
  });

  test('of many who look like somebody who is known the first are told of, and the rest counted', async () => {
    await bring(folder({}));
    const alike = Array.from({ length: 25 }, (_none, n) =>
      referral({
        referral_ref: `R-9${n}`,
        person_ref: `P-9${n}`,
        given_names: n === 24 ? 'Amina' : 'Aminah',
      }),
    );
    const { likelyKnown } = await bring(folder({ 'referrals.csv': alike }));
    expect(likelyKnown.count).toBe(25);
    expect(likelyKnown.first).toHaveLength(20);
    // The one of the very same names comes first.
    const { rows } = await given.owner.query(
      `select reference from service.person where source_ref = 'P-924'`,
    );
    expect(likelyKnown.first[0]?.made).toBe(rows[0].reference);
  });
});

describe('a newer referral from another borough', () => {
  const first = referral({ decision: 'pending', decided_on: '', decision_reason: '' });
  const newer = {
    ...first,
    referral_ref: 'R-2',
    received_on: '2021-02-03',
    responsible_borough: 'E09000002',
  };
  const areaOf = async () => (await rowsOf('service.person', 'area'))[0]?.area;
  const theirs = async () => {
    const { rows } = await given.owner.query<{ referral_id: string; person_id: string; reference: string }>(
      `select r.id as referral_id, p.id as person_id, p.reference from service.person p
       join service.referral r on r.person_id = p.id and r.source_ref = 'R-1'`,
    );
    if (!rows[0]) throw new Error('There is no R-1');
    return rows[0];
  };

  test('moves a record that nobody works on here', async () => {
    await bring(folder({ 'referrals.csv': [first] }));
    const { likelyMoves } = await bring(folder({ 'referrals.csv': [first, newer] }));
    expect(await areaOf()).toBe('E09000002');
    expect(likelyMoves).toEqual({ count: 0, first: [] });
  });

  const work: [string, (of: { referral_id: string; person_id: string }) => [string, unknown[]]][] = [
    [
      'an open episode',
      (of) => [
        `insert into service.episode (person_id, area, referral_id, opened_at) values ($1, 'E09000022', $2, now())`,
        [of.person_id, of.referral_id],
      ],
    ],
    [
      'a referral that somebody looked at',
      (of) => [
        `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details)
         values ($2, 2, 'E09000022', $1, 'declined', '{"reason": "other"}')`,
        [of.person_id, of.referral_id],
      ],
    ],
  ];
  test.each(work)('leaves a record with %s where it is, and is told of once', async (_what, workOn) => {
    await bring(folder({ 'referrals.csv': [first] }));
    const of = await theirs();
    await given.owner.query(...workOn(of));
    const both = folder({
      'referrals.csv': [first, { ...newer, given_names: 'Aminah' }],
    });
    const { likelyMoves, told } = await bring(both);
    expect(told).toEqual([]);
    expect(await areaOf()).toBe('E09000022');
    // Whatever else it says is taken from it.
    expect(await rowsOf('service.person', 'given_names')).toEqual([{ given_names: 'Aminah' }]);
    expect(likelyMoves).toEqual({
      count: 1,
      first: [
        {
          record: of.reference,
          area: 'Lambeth',
          referral: 'R-2',
          place: 'referrals.csv:3',
          newArea: 'Barking and Dagenham',
        },
      ],
    });
    expect((await bring(both)).likelyMoves.count).toBe(0);
    expect(await areaOf()).toBe('E09000022');
  });

  test('leaves a restricted record as it is, and is told of to those whom its restriction names alone', async () => {
    await bring(folder({ 'referrals.csv': [first] }));
    const of = await theirs();
    await given.owner.query(
      `with placed as (
         insert into service.restriction (person_id, why, placed_by) values ($1, 'somebody looks for them', $2) returning id)
       insert into service.restriction_reader (restriction_id, person_id, account_id) select id, $1, $2 from placed`,
      [of.person_id, coordinator.accountId],
    );
    const { likelyMoves } = await bring(
      folder({ 'referrals.csv': [first, { ...newer, given_names: 'Aminah' }] }),
    );
    expect(likelyMoves).toEqual({ count: 0, first: [] });
    expect(await areaOf()).toBe('E09000022');
    expect(await rowsOf('service.person', 'given_names')).toEqual([{ given_names: first.given_names }]);
    const told = await given.owner.query(
      `select template, path from messages.message where account_id = $1`,
      [coordinator.accountId],
    );
    expect(told.rows).toEqual([{ template: 'something-waits', path: `/people/${of.person_id}` }]);
  });

  test('without a borough says nothing of a move, and takes the known one from nobody who is worked on', async () => {
    await bring(folder({ 'referrals.csv': [first] }));
    const of = await theirs();
    await given.owner.query(
      `insert into service.episode (person_id, area, referral_id, opened_at) values ($1, 'E09000022', $2, now())`,
      [of.person_id, of.referral_id],
    );
    const { likelyMoves } = await bring(folder({ 'referrals.csv': [{ ...newer, responsible_borough: '' }] }));
    expect(likelyMoves.count).toBe(0);
    expect(await areaOf()).toBe('E09000022');
  });

  test('that was here before somebody recorded a move is not told of when its row changes', async () => {
    await bring(folder({ 'referrals.csv': [first] }));
    await given.owner.query('alter table service.person disable trigger stamp');
    await given.owner.query(`update service.person set area = 'E09000002', recorded_by = gen_random_uuid()`);
    await given.owner.query('alter table service.person enable trigger stamp');
    const { files, likelyMoves } = await bring(folder({ 'referrals.csv': [{ ...first, gang_link: 'no' }] }));
    expect(files['referrals.csv']).toMatchObject({ changed: 1 });
    expect(likelyMoves.count).toBe(0);
  });
});

describe('referrals of one person_ref', () => {
  const other = referral({
    referral_ref: 'R-2',
    received_on: '2021-02-03',
    decided_on: '2021-02-04',
    given_names: 'Zed',
    family_name: 'Quite-Other',
    date_of_birth: '2001-01-01',
  });
  const recordOf = async () => (await rowsOf('service.person', 'reference'))[0]?.reference;

  test('of no common name and another date of birth stay one person, and are told of once', async () => {
    const files = folder({ 'referrals.csv': [referral(), referral({ referral_ref: 'R-3' }), other] });
    const { imported, told, unlikeRows } = await bring(files);
    expect(imported).toBe(true);
    expect(told).toEqual([]);
    expect((await counts())['service.person']).toBe(1);
    expect(unlikeRows).toEqual({
      count: 1,
      first: [
        {
          personRef: 'P-1',
          record: await recordOf(),
          referrals: [
            { referral: 'R-1', place: 'referrals.csv:2' },
            { referral: 'R-2', place: 'referrals.csv:4' },
          ],
        },
      ],
    });
    expect((await bring(files)).unlikeRows.count).toBe(0);
  });

  test('are compared with those that an import before brought', async () => {
    await bring(folder({}));
    const { unlikeRows } = await bring(folder({ 'referrals.csv': [other] }));
    expect(unlikeRows.first.map(({ referrals }) => referrals)).toEqual([
      [
        { referral: 'R-1', place: 'imported before' },
        { referral: 'R-2', place: 'referrals.csv:2' },
      ],
    ]);
  });

  test.each([
    ['with a name in common', { ...other, given_names: 'Amina' }],
    ['with the same date of birth', { ...other, date_of_birth: '2005-03-04' }],
    ['without a date of birth', { ...other, date_of_birth: '' }],
    ['of another person_ref', { ...other, person_ref: 'P-2' }],
  ])('%s are not told of', async (_what, row) => {
    const { unlikeRows } = await bring(folder({ 'referrals.csv': [referral(), row] }));
    expect(unlikeRows).toEqual({ count: 0, first: [] });
  });
});

describe('what is wrong', () => {
  const REFERRAL_FAULTS: [Record<string, string>, string][] = [
    [{ referral_ref: '' }, 'referral_ref: it is blank, and every row needs it'],
    [
      { received_on: '2020-02-30' },
      'received_on: "2020-02-30" is not a day that there was: write it as YYYY-MM-DD, such as 2021-03-28',
    ],
    [
      { received_on: '2026-02-03', decided_on: '2026-02-03' },
      'received_on: it is in the future: today is 2026-02-02',
    ],
    [{ kind: 'help' }, 'kind: "help" is not one of intervention, intelligence'],
    [{ person_ref: ' ' }, 'person_ref: it is blank, and every row needs it'],
    [{ family_name: '' }, 'family_name: it is blank, and every row needs it'],
    // A space that takes no room is no name.
    [{ family_name: '\u200b' }, 'family_name: it is blank, and every row needs it'],
    [
      { date_of_birth: '2020-06-02' },
      'date_of_birth: it is after received_on, 1 June 2020: it must be that day or before',
    ],
    [{ gender: 'f' }, 'gender: "f" is not one of female, male, non-binary, other, unknown'],
    [{ ethnicity: 'purple' }, 'ethnicity: "purple" is not an ethnicity: '],
    [{ responsible_borough: 'Kent' }, 'responsible_borough: "Kent" is not a borough: '],
    [{ residence_ward: 'SE1' }, 'residence_ward: "SE1" is not the GSS code of a ward'],
    [{ referring_agency: 'army' }, 'referring_agency: "army" is not one of '],
    [{ referring_area: 'narnia' }, 'referring_area: "narnia" is not a police force: '],
    [{ education_setting: 'school' }, 'education_setting: "school" is not one of '],
    [{ disabilities: 'LD,XX' }, 'disabilities: "LD,XX" is not one of '],
    [{ longest_missing_days: '-3' }, 'longest_missing_days: "-3" is not a whole number, such as 12'],
    [{ decision: 'maybe' }, 'decision: "maybe" is not one of '],
    [{ decided_on: '' }, 'decided_on: a referral that is accepted needs the day of the decision'],
    [
      { decided_on: '2020-05-31' },
      'decided_on: it is before received_on, 1 June 2020: it must be then or after',
    ],
    [{ decision: 'declined' }, 'decision_reason: a referral that is declined needs one of '],
    [
      { family_name: 'Bel\u0000lo' },
      'family_name: it has a character that cannot be kept, U+0000: take it out',
    ],
  ];
  test.each(REFERRAL_FAULTS)('%j is told of, and nothing is written', async (changed, fault) => {
    const { imported, told } = await bring(
      folder({ 'referrals.csv': [referral({ referral_ref: 'R-0', person_ref: 'P-0' }), referral(changed)] }),
    );
    expect(imported).toBe(false);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`referrals.csv:3: ${fault}`);
    expect((await counts())['service.person']).toBe(0);
  });

  const OTHER_FAULTS: [keyof typeof wholeRows, Record<string, string>, string][] = [
    [
      'support.csv',
      { referral_ref: 'R-7' },
      'referral_ref: there is no referral R-7, in referrals.csv or in the service',
    ],
    ['support.csv', { provider: 'acme' }, 'provider: "acme" is not one of st-giles, abianda, safer-london'],
    ['support.csv', { outcome_5: 'maybe' }, 'outcome_5: "maybe" is not one of yes, no'],
    ['onward_referrals.csv', { referral_ref: '' }, 'referral_ref: it is blank, and every row needs it'],
    ['onward_referrals.csv', { service: 'circus' }, 'service: "circus" is not one of '],
    [
      'rescues.csv',
      { requested_at: '2020-03-29T01:30:00' },
      'requested_at: "2020-03-29T01:30:00" never was: ',
    ],
    ['rescues.csv', { referral_ref: 'R-7' }, 'referral_ref: there is no referral R-7'],
    ['county_links.csv', { individual_ref: '' }, 'individual_ref: it is blank'],
    ['county_links.csv', { source: 'gossip' }, 'source: "gossip" is not one of '],
    [
      'events.csv',
      { person_ref: 'P-7' },
      'person_ref: there is no person P-7, in referrals.csv or in the service',
    ],
    ['events.csv', { kind: 'birthday' }, 'kind: "birthday" is not one of missing, arrest, conviction'],
    ['training.csv', { attendees: 'many' }, 'attendees: "many" is not a whole number'],
  ];
  test.each(OTHER_FAULTS)('%s %j is told of, and nothing is written', async (name, changed, fault) => {
    const { imported, told } = await bring(folder({ [name]: [{ ...wholeRows[name], ...changed }] }));
    expect(imported).toBe(false);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`${name}:2: ${fault}`);
    expect((await counts())['service.person']).toBe(0);
  });

  test('dates in an order that the format does not forbid come in, and are told of as cells that look wrong', async () => {
    const support = wholeRows['support.csv'];
    const nrm = wholeRows['nrm.csv'];
    const files = folder({
      'support.csv': [
        { ...support, first_engaged_on: '2020-06-01' },
        { ...support, closed_on: '2020-06-19' },
        support,
        { ...support, first_engaged_on: '', closed_on: '2020-06-07' },
      ],
      'rescues.csv': [{ ...wholeRows['rescues.csv'], completed_at: '2020-06-01T00:00:00' }],
      'county_links.csv': [{ ...wholeRows['county_links.csv'], date_of_birth: '2020-05-06' }],
      'nrm.csv': [
        { ...nrm, reasonable_grounds_on: '2020-06-09' },
        { ...nrm, nrm_ref: 'N-2', conclusive_grounds_on: '2020-06-13' },
        { ...nrm, nrm_ref: 'N-3', reasonable_grounds_on: '', conclusive_grounds_on: '2020-06-09' },
      ],
    });
    const { imported, told, odd } = await bring(files);
    expect([imported, told]).toEqual([true, []]);
    expect(
      odd.kept.map(({ file, line, column, message }) => `${file}:${line}: ${column}: ${message}`),
    ).toEqual([
      'support.csv:2: first_engaged_on: it is before allocated_on',
      'support.csv:3: closed_on: it is before first_engaged_on',
      'support.csv:5: closed_on: it is before allocated_on',
      'rescues.csv:2: completed_at: it is before requested_at',
      'county_links.csv:2: date_of_birth: it is after identified_on',
      'nrm.csv:2: reasonable_grounds_on: it is before referred_on',
      'nrm.csv:3: conclusive_grounds_on: it is before reasonable_grounds_on',
      'nrm.csv:4: conclusive_grounds_on: it is before referred_on',
    ]);
    expect(odd.count).toBe(8);
    expect(await rowsOf('service.imported_support', 'ordinal')).toHaveLength(4);
    const [kept] = await rowsOf('service.import', 'told');
    expect(kept).toMatchObject({ told: { odd: { count: 8 } } });
    // The arithmetic stands: reasonable grounds -1 and 4 days after the referral, conclusive ones -1, 3 and 174.
    const period = { from: plainDate('2020-01-01'), to: plainDate('2020-12-31') };
    const figures = await jobs.asTask('statistics', (tx) =>
      computeAll(tx, { period, comparison: period, asAt: new Date() }, measures),
    );
    expect(figures.get('nrm.decisions')?.fields).toMatchObject({
      medianDaysToReasonable: 1.5,
      medianDaysToConclusive: 3,
      kaplanMeierMedianDaysToConclusive: 3,
    });
  });

  test('every fault of a row is told, with its real line', async () => {
    const { told } = await bring(
      folder({
        'referrals.csv': [
          referral({ referral_ref: 'R-0', local_authority_team: 'Two\nlines, and a "mark"' }),
          referral({ gender: 'x', kind: 'y', decided_on: '' }),
        ],
      }),
    );
    expect(told.map((each) => each.split(': ').slice(0, 2).join(': '))).toEqual([
      'referrals.csv:4: kind',
      'referrals.csv:4: gender',
      'referrals.csv:4: decided_on',
    ]);
  });

  test('a reference that is there twice is told of, with the line that has it', async () => {
    const { told } = await bring(folder({ 'referrals.csv': [referral(), referral()] }));
    expect(told).toEqual([
      'referrals.csv:3: referral_ref: R-1 is on line 2 already: each row needs a reference of its own',
    ]);
  });

  test('rows of another shape, with wrong quotation marks or not in UTF-8 are told of, each on its line', async () => {
    const columns = ['referral_ref', 'received_on', 'kind', 'person_ref', 'family_name', 'decision'];
    const text = [
      columns.join(','),
      'R-1,2020-06-01,intelligence,P-1,Bello,pending',
      'R-2,2020-06-01,intelligence,P-2,Bello',
      'R-3,2020-06-01,intelligence,P-3,Bello,pending,more',
      'R-4,2020-06-01,intelligence,P-4,Be"l"lo,pending',
      '',
      ',,,,,',
      'R-5,2020-06-01,intelligence,P-5,"Bello,pending',
    ].join('\n');
    const { told } = await bring([
      textFile(
        'referrals.csv',
        Buffer.concat([
          Buffer.from(text),
          Buffer.from('\nR-6,2020-06-01,intelligence,P-6,Zo\xeb,pending\n', 'latin1'),
        ]),
      ),
    ]);
    expect(told).toEqual([
      'referrals.csv:3: row: it has 5 cells, and the header has 6: put a cell that holds a comma between quotation marks',
      'referrals.csv:4: row: it has 7 cells, and the header has 6: put a cell that holds a comma between quotation marks',
      'referrals.csv:5: row: it has a quotation mark inside a cell that does not begin with one: put the whole cell between quotation marks, and write each one inside it twice',
      'referrals.csv:8: row: it has a quotation mark that is never closed: put the whole cell between quotation marks, and write each one inside it twice',
      'referrals.csv:9: family_name: it has a character that is not UTF-8: save the file as CSV UTF-8 and import it again',
    ]);
  });

  test('a line longer than 1 MB is one fault, and so is a file in UTF-16', async () => {
    const text = `referral_ref,received_on,kind,person_ref,family_name,decision
R-1,2020-06-01,intelligence,P-1,"${'x'.repeat(3_000_000)}",pending
R-2,2020-06-01,x,P-2,Bello,pending
`;
    expect((await bring([textFile('referrals.csv', text)])).told).toEqual([
      'referrals.csv:2: row: it is longer than 1 MB: take out what does not belong in it',
      'referrals.csv:3: kind: "x" is not one of intervention, intelligence',
    ]);
    const { told, passedOver } = await bring([
      textFile('referrals.csv', Buffer.from(`\uFEFF${text}`, 'utf16le')),
    ]);
    expect(told).toEqual([
      'referrals.csv:1: row: the file is not in UTF-8: save it as CSV UTF-8 and import it again',
    ]);
    expect(passedOver).toEqual([]);
  });

  test('columns with semicolons or tabs between them are one fault, that says so', async () => {
    for (const [mark, called] of [
      [';', 'semicolons'],
      ['\t', 'tabs'],
    ] as const) {
      const text = `${Object.keys(referral()).join(mark)}\n${Object.values(referral()).join(mark)}\n`;
      const { told, passedOver } = await bring([textFile('referrals.csv', text)]);
      expect(told).toEqual([
        `referrals.csv:1: row: its columns have ${called} between them: save it as CSV with commas between them`,
      ]);
      expect(passedOver).toEqual([]);
    }
  });

  test('a header without a required column, or with one twice, refuses the file, even if the valid is accepted', async () => {
    const columns = [...Object.keys(referral()).filter((name) => name !== 'decision'), 'gender'];
    const { told, imported } = await bring(
      [
        csvFile('referrals.csv', [referral()], columns),
        ...folder({ 'support.csv': [wholeRows['support.csv']] }).slice(1),
      ],
      'valid',
    );
    expect(imported).toBe(false);
    expect(told).toEqual([
      'referrals.csv:1: gender: the column is there more than once: keep one of them',
      'referrals.csv:1: decision: the column is not there, and every row needs it: add it to the header',
    ]);
  });

  test('a header that one file cannot be read by leaves that file out where the valid is accepted', async () => {
    await bring(wholeFolder());
    const support = csvFile('support.csv', [wholeRows['support.csv']], ['provider', 'provider']);
    const events = folder({ 'events.csv': [wholeRows['events.csv'], wholeRows['events.csv']] });
    const refused = await bring([...events, support]);
    expect([refused.imported, refused.isUnreadable]).toEqual([false, false]);
    const { imported, told, files } = await bring([...events, support], 'valid');
    expect(imported).toBe(true);
    expect(told).toEqual([
      'support.csv:1: provider: the column is there more than once: keep one of them',
      'support.csv:1: referral_ref: the column is not there, and every row needs it: add it to the header',
    ]);
    expect(Object.keys(files)).toEqual(['referrals.csv', 'events.csv']);
    expect(files['events.csv']).toMatchObject({ added: 1, same: 1 });
    // What it had told before stands.
    expect(await rowsOf('service.imported_support', 'ordinal')).toEqual([{ ordinal: 1 }]);
    expect(await rowsOf('service.referral', 'stage')).toEqual([{ stage: 'closed' }]);
  });

  test('a file without anything, and a folder without referrals.csv, are refused', async () => {
    expect((await bring([textFile('referrals.csv', '')])).told).toEqual([
      'referrals.csv:1: referral_ref: the file is empty: it needs a header row, with this column in it',
    ]);
    await expect(bring([textFile('events.csv', 'person_ref\n')])).rejects.toThrow(
      'There is no referrals.csv',
    );
    await expect(bring([...folder({}), ...folder({})])).rejects.toThrow('referrals.csv is there twice');
  });
});

describe('accepting what is valid', () => {
  test('writes the good rows, and none that stands on a bad one, which says so', async () => {
    const bad = referral({ referral_ref: 'R-2', person_ref: 'P-2', kind: 'x' });
    const support = wholeRows['support.csv'];
    const files = folder({
      'referrals.csv': [referral(), bad],
      'support.csv': [support, { ...support, harm: 'x' }, support, { ...support, referral_ref: 'R-2' }],
    });
    const { told, imported, files: outcome } = await bring(files, 'valid');
    expect(imported).toBe(true);
    expect(told.map((each) => each.slice(0, 60))).toEqual([
      'referrals.csv:3: kind: "x" is not one of intervention, intel',
      'support.csv:3: harm: "x" is not one of reduced, same, increa',
      'support.csv:5: referral_ref: what it points to, referrals.cs',
    ]);
    expect(outcome['support.csv']).toMatchObject({ rows: 4, added: 2, refused: 2 });
    // The bad row keeps its place, so that it can come later and change nothing else.
    expect(await rowsOf('service.imported_support', 'ordinal')).toEqual([{ ordinal: 1 }, { ordinal: 3 }]);
    const corrected = folder({ 'support.csv': [support, { ...support, harm: 'same' }, support] });
    expect((await bring(corrected)).files['support.csv']).toMatchObject({ same: 2, added: 1, changed: 0 });
  });

  test('rows may point to what is in the service already, though its own row is bad now', async () => {
    await bring(folder({}));
    const { told } = await bring(
      folder({ 'referrals.csv': [referral({ kind: 'x' })], 'events.csv': [wholeRows['events.csv']] }),
      'valid',
    );
    expect(told).toHaveLength(1);
    expect((await counts())['service.recorded_event']).toBe(1);
  });
});

test('what was disposed of does not come back with the files that name it', async () => {
  const other = referral({ referral_ref: 'R-2', person_ref: 'P-2' });
  const files = [csvFile('referrals.csv', [referral(), other]), ...wholeFolder().slice(1)];
  await bring(files);
  // As disposal does: what stands on the record first, then the referral and the record.
  for (const table of [
    'imported_support',
    'imported_onward_referral',
    'rescue_request',
    'nrm_referral',
    'recorded_event',
  ])
    await given.owner.query(`delete from service.${table}`);
  await given.owner.query(
    `delete from service.referral_action a using service.referral r where r.id = a.referral_id and r.source_ref = 'R-1'`,
  );
  await given.owner.query(`delete from service.referral where source_ref = 'R-1'`);
  await given.owner.query(`delete from service.person where source_ref = 'P-1'`);
  const { imported, told, passedOver, files: outcome } = await bring(files);
  expect({ imported, told }).toEqual({ imported: true, told: [] });
  expect(passedOver).toEqual(['6 of the rows tell of what was disposed of here']);
  expect(outcome['referrals.csv']).toMatchObject({ rows: 1, same: 1, added: 0 });
  expect(await rowsOf('service.person', 'source_ref')).toEqual([{ source_ref: 'P-2' }]);
  expect((await counts())['service.recorded_event']).toBe(0);
  // Somebody who is referred anew is somebody to support.
  await bring(
    folder({ 'referrals.csv': [referral({ referral_ref: 'R-9' })], 'events.csv': [wholeRows['events.csv']] }),
  );
  expect(await rowsOf('service.person', 'source_ref')).toEqual([
    { source_ref: 'P-1' },
    { source_ref: 'P-2' },
  ]);
  expect((await counts())['service.recorded_event']).toBe(1);
});

test('a preview says what would become of the rows, and writes nothing', async () => {
  const { imported, files } = await bring(wholeFolder(), 'preview');
  expect(imported).toBe(false);
  expect(files['referrals.csv']).toMatchObject({ rows: 1, added: 1 });
  expect(Object.values(await counts()).every((count) => count === 0)).toBe(true);
});

test('two imports at once take turns: the second finds what the first wrote', async () => {
  const [first, second] = await Promise.all([bring(wholeFolder()), bring(wholeFolder())]);
  const added = [first, second].map(({ files }) => files['referrals.csv']?.added).sort();
  expect(added).toEqual([0, 1]);
  expect((await counts())['history.referral']).toBe(0);
});

test('an import that is cut short leaves nothing', async () => {
  const breaking: IncomingFile = {
    name: 'events.csv',
    read: async function* () {
      yield Buffer.from('person_ref,kind\nP-1,missing\n');
      throw new Error('The disk is gone');
    },
  };
  await expect(bring([...folder({}), breaking])).rejects.toThrow('The disk is gone');
  expect(Object.values(await counts()).every((count) => count === 0)).toBe(true);
  expect(await rowsOf('incoming.row')).toEqual([]);
  expect((await bring(wholeFolder())).imported).toBe(true);
});

test('an import whose connection is lost half-way leaves nothing, and the next one is whole', async () => {
  const losing: IncomingFile = {
    name: 'events.csv',
    read: async function* () {
      yield Buffer.from('person_ref,kind\nP-1,missing\n');
      await given.owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'homeward importing' and datname = current_database()`,
      );
      yield Buffer.from('P-1,missing\n'.repeat(20_000));
    },
  };
  await expect(bring([...folder({}), losing])).rejects.toThrow();
  expect(Object.values(await counts()).every((count) => count === 0)).toBe(true);
  expect(await rowsOf('incoming.row')).toEqual([]);
  expect((await bring(wholeFolder())).files['referrals.csv']).toMatchObject({ added: 1 });
});

test('the task that imports writes no person, referral or action that is not from another system', async () => {
  await bring(wholeFolder());
  const refused = async (statement: string) =>
    await expect(jobs.asTask('importing', (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(
      'row-level security',
    );
  await refused(`update service.person set source_ref = null`);
  await refused(`update service.referral set source_ref = null, referrer_id = gen_random_uuid()`);
  await refused(`update service.referral_action set kind = 'accepted'`);
});

test('a row that the task that imports stamps itself has the stamp of its own action, and no other', async () => {
  const adding = async (column: string, value: string) =>
    await jobs.asTask('importing', async (tx) => {
      await sql`select audit.task('import', 'import', null, null, '{}')`.execute(tx);
      const columns = column === 'action_id' ? 'action_id' : `${column}, action_id`;
      const values = column === 'action_id' ? value : `${value}, audit.current_action()`;
      await sql
        .raw(`insert into service.training_session (source_ref, ${columns}) values ('T-1', ${values})`)
        .execute(tx);
    });
  for (const [column, value] of [
    ['action_id', 'gen_random_uuid()'],
    ['version', '2'],
    ['recorded_at', `now() - interval '1 year'`],
    ['recorded_by', 'gen_random_uuid()'],
  ] as const)
    await expect(adding(column, value), column).rejects.toThrow('row-level security');
  await adding('version', '1');
  expect(await rowsOf('service.training_session', 'source_ref, version')).toEqual([
    { source_ref: 'T-1', version: 1 },
  ]);
});

test('a row that the task that imports changes has the stamp of its own action too, and no other', async () => {
  await bring(wholeFolder());
  const changing = async (action: string) =>
    await jobs.asTask('importing', async (tx) => {
      await sql`select audit.task('import', 'import', null, null, '{}')`.execute(tx);
      await sql
        .raw(`update service.training_session set course = 'Another', recorded_by = gen_random_uuid(), version = 9,
          recorded_at = now() - interval '1 year', action_id = ${action}`)
        .execute(tx);
    });
  await expect(changing('gen_random_uuid()')).rejects.toThrow('row-level security');
  await expect(changing('null')).rejects.toThrow('row-level security');
  await changing('audit.current_action()');
  expect(
    await rowsOf(
      'service.training_session t',
      `course, version, recorded_by, recorded_at > now() - interval '1 minute' as "isNow",
       (select count(*)::int from history.training_session h where h.id = t.id and h.replaced_by_action = t.action_id) as kept`,
    ),
  ).toEqual([{ course: 'Another', version: 2, recorded_by: null, isNow: true, kept: 1 }]);
});

test('who is told of restricted records is found without comparing every record with every other', async () => {
  await given.owner.query('begin');
  try {
    await given.owner.query(
      `insert into service.person (source_ref, given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, area)
       select 'P-' || n, 'Amina', 'Bello', 'amina bello', date '2005-01-01' + n, 'exact', 'female', 'BAFR', 'E09000022'
       from generate_series(1, 4000) n`,
    );
    // As an import asks it, before PostgreSQL has counted anything.
    await given.owner.query(`set local enable_nestloop = off; set local statement_timeout = '1s'`);
    await given.owner.query('select need_to_know.tell_of_restricted_imports(homeward.new_id())');
  } finally {
    await given.owner.query('rollback');
  }
});

test('records that draw the same reference draw again', async () => {
  const drawing = await given.owner.query<{ is: string }>(
    `select pg_get_functiondef('homeward.new_reference()'::regprocedure) as is`,
  );
  await given.owner.query(
    `create sequence public.drawn;
     create or replace function homeward.new_reference() returns text language sql security definer
       as $$ select 'HW-' || nextval('public.drawn') / 2 $$`,
  );
  try {
    await bring(
      folder({
        'referrals.csv': [1, 2, 3, 4, 5].map((n) =>
          referral({ referral_ref: `R-${n}`, person_ref: `P-${n}` }),
        ),
      }),
    );
  } finally {
    await given.owner.query(`${drawing.rows[0]?.is}; drop sequence public.drawn`);
  }
  expect(await counts()).toMatchObject({
    'service.person': 5,
    'service.referral': 5,
    'service.referral_action': 5,
  });
  expect(await rowsOf('service.referral', 'count(distinct person_id)::int as people')).toEqual([
    { people: 5 },
  ]);
});

const YEAR_3 = join(packageRoot, '..', 'shared', 'data', 'year3');
describe.skipIf(!existsSync(YEAR_3))('the folder of year 3, where it is beside the repository', () => {
  test('is brought in whole, and adds nothing a second time', { timeout: 60_000 }, async () => {
    const files = (await readdir(YEAR_3)).map((name) => ({
      name,
      read: () => createReadStream(join(YEAR_3, name)),
    }));
    const first = await bring(files);
    expect(first.told).toEqual([]);
    expect(
      Object.fromEntries(Object.entries(first.files).map(([name, { rows, added }]) => [name, [rows, added]])),
    ).toEqual({
      'referrals.csv': [1151, 1151],
      'support.csv': [497, 497],
      'onward_referrals.csv': [819, 819],
      'rescues.csv': [208, 208],
      'county_links.csv': [5074, 5074],
      'nrm.csv': [42, 42],
      'events.csv': [3174, 3174],
      'training.csv': [23, 23],
    });
    const before = await counts();
    expect(before).toMatchObject({
      'service.referral': 1151,
      'service.recorded_event': 3174,
      'history.referral': 0,
    });
    await bring(files);
    expect(await counts()).toEqual(before);
  });
});
