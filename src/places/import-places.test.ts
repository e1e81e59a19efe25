import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import { connectionsTo } from '../platform/database/connections.ts';
import { Database } from '../platform/database/transaction.ts';
import { packageRoot } from '../platform/package-root.ts';
import { type ImportedPlaces, importPlaces, type PlacesToImport } from './import-places.ts';
import type { PlaceFault } from './place-fault.ts';

const SHARED = join(packageRoot, '..', 'shared', 'data');
const TODAY = plainDate('2026-11-22');

let given: TestDatabase;
let owner: pg.Client;
let jobs: Database;
let folder: string;

beforeAll(async () => {
  given = await testDatabase();
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  jobs = new Database(connectionsTo(given.ownerConfig, TEST_SECRET).jobs, { connections: 1, patience: 0 });
  folder = await mkdtemp(join(tmpdir(), 'homeward-places-'));
});
afterEach(async () => {
  await owner.query(`
    delete from reference.ward; delete from reference.force_shape; delete from reference.deprivation;
    delete from reference.population; delete from reference.postcode; delete from reference.edition_in_use;
    delete from reference.place_edition`);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await jobs.close();
  await owner.end();
  await given.drop();
});

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

async function imported(asked: PlacesToImport): Promise<ImportedPlaces> {
  const outcome = await importPlaces(jobs, asked, TODAY);
  if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults.slice(0, 5)));
  return outcome.imported;
}

async function refused(asked: PlacesToImport): Promise<readonly PlaceFault[]> {
  const outcome = await importPlaces(jobs, asked, TODAY);
  if ('imported' in outcome) throw new Error(`${asked.file} was imported`);
  return outcome.faults;
}

const rowsOf = async <Row extends pg.QueryResultRow>(query: string, values: unknown[] = []): Promise<Row[]> =>
  (await owner.query<Row>(query, values)).rows;
const scoresAt = (moment: Date | string, day = '2026-11-22') =>
  rowsOf<{ ward: string; score: number; rank: number; edition: string }>(
    'select ward, score, rank, edition from reference.ward_deprivation($1, $2) order by ward',
    [moment, day],
  );

const SCORES = `ward_code,ward_name,borough,imd_average_score
E05000416,Bishop’s,Lambeth,31.5
E05000417,Brixton Hill,Lambeth,35.25
E05000026,Abbey,Barking & Dagenham,35.25
E05099999,Elsewhere,Middling,99
`;

describe('an edition', () => {
  test('is in use from the beginning where it is the first, and the same content again changes nothing', async () => {
    const file = await fileOf('scores.csv', SCORES);
    const first = await imported({ kind: 'deprivation', file, edition: '2019' });
    expect(first).toMatchObject({
      kind: 'deprivation',
      edition: '2019',
      outcome: 'added',
      rows: 3,
      passedOver: 1,
      inUse: '2019',
    });
    expect(first.areasWithout).toHaveLength(31);
    expect(first.areasWithout).not.toContain('Lambeth');
    expect(await scoresAt(new Date(), '1900-01-01')).toEqual([
      { ward: 'E05000026', score: 35.25, rank: 1, edition: '2019' },
      { ward: 'E05000416', score: 31.5, rank: 3, edition: '2019' },
      { ward: 'E05000417', score: 35.25, rank: 1, edition: '2019' },
    ]);

    expect(await imported({ kind: 'deprivation', file, edition: '2019' })).toMatchObject({
      outcome: 'same',
      rows: 3,
    });
    expect(await rowsOf('select from reference.place_edition')).toHaveLength(1);
    expect(await rowsOf('select from reference.edition_in_use')).toHaveLength(1);
  });

  test('with other content takes its place, and figures as at a moment before are what they were', async () => {
    await imported({ kind: 'deprivation', file: await fileOf('scores.csv', SCORES), edition: '2019' });
    const [{ before } = { before: '' }] = await rowsOf<{ before: string }>(
      'select clock_timestamp()::text as before',
    );
    const asItWas = await scoresAt(before);
    const corrected = await fileOf('corrected.csv', SCORES.replace('31.5', '40'));
    expect(await imported({ kind: 'deprivation', file: corrected, edition: '2019' })).toMatchObject({
      outcome: 'replaced',
    });

    expect((await scoresAt(new Date(Date.now() + 1000))).map(({ score }) => score)).toEqual([
      35.25, 40, 35.25,
    ]);
    expect(await scoresAt(before)).toEqual(asItWas);
    expect(asItWas).toHaveLength(3);
    expect(await scoresAt('2000-01-01')).toEqual([]);
    expect(
      await rowsOf(
        `select count(*)::int as all, count(replaced_at)::int as replaced from reference.place_edition`,
      ),
    ).toEqual([{ all: 2, replaced: 1 }]);
    expect(
      await rowsOf(
        `select task, action from audit.entry where id = (select action_id from reference.place_edition where replaced_at is null)`,
      ),
    ).toEqual([{ task: 'importing', action: 'places-imported' }]);
  });

  test('that comes later is used from the day that somebody says, and by figures of days before it never', async () => {
    const file = await fileOf('scores.csv', SCORES);
    const newer = await fileOf('newer.csv', SCORES.replace('31.5', '20'));
    await imported({ kind: 'deprivation', file, edition: '2019' });
    expect(await imported({ kind: 'deprivation', file: newer, edition: '2025' })).toMatchObject({
      outcome: 'added',
      inUse: '2019',
    });
    const inUseFrom = plainDate('2025-11-01');
    expect(await imported({ kind: 'deprivation', file: newer, edition: '2025', inUseFrom })).toMatchObject({
      outcome: 'same',
      inUse: '2025',
    });
    const soon = new Date(Date.now() + 1000);
    const editionOn = async (day: string) => (await scoresAt(soon, day))[0]?.edition;
    expect([await editionOn('2025-10-31'), await editionOn('2025-11-01')]).toEqual(['2019', '2025']);
  });
});

describe('a file with faults', () => {
  test('imports nothing, and every fault is told with its line and column', async () => {
    const file = await fileOf(
      'bad.csv',
      `ward_code,ward_name,borough,imd_average_score
E05000416,Bishop’s,Lambeth,many
Lambeth 2,Brixton Hill,Lambeth,35.25
E05000418,Clapham Common,Lambeth
E05000419,"Clapham Town,Lambeth,12
E05000420,Coldharbour,Lambeth,12
E05000420,Coldharbour,Lambeth,13
`,
    );
    const faults = await refused({ kind: 'deprivation', file, edition: '2019' });
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      [2, 'imd_average_score'],
      [3, 'ward_code'],
      [4, ''],
      [5, ''],
      [7, 'ward_code'],
    ]);
    expect(await rowsOf('select from reference.place_edition')).toEqual([]);
    expect(await rowsOf('select from reference.deprivation')).toEqual([]);
  });

  test('tells the columns that it needs and has not, by the names that they have in published files', async () => {
    const of = async (kind: PlacesToImport['kind'], text: string) =>
      (await refused({ kind, file: await fileOf('bare', text), edition: '1' })).map(
        ({ column, what }) => `${column}: ${what}`,
      );
    expect(await of('deprivation', 'LSOA code (2021),Local Authority District code (2024)\n')).toEqual([
      expect.stringMatching(/^ward code: .*WD25CD.*lookup/),
      expect.stringMatching(/^score: .*Index of Multiple Deprivation \(IMD\) Score/),
      expect.stringMatching(/^population: .*Total population/),
    ]);
    expect(await of('population', 'area_code,name\n')).toEqual([
      expect.stringMatching(/^people: .*ethnic_group.*0 to 90\+/),
    ]);
    expect(await of('postcodes', 'pcds,lat,long\n')).toHaveLength(5);
    expect(await of('population', '')).toEqual([expect.stringContaining('nothing in the file')]);
    expect(await of('deprivation', SCORES.replaceAll(/Lambeth|Barking & Dagenham/g, 'Middling'))).toEqual([
      expect.stringContaining('no row is of a council of this service'),
    ]);
  });

  test('is told that it has one postcode twice, in one batch or another', async () => {
    const line = (postcode: string) => `${postcode},E05000416,E09000022,E01003979,E23000001,51.5,-0.1,\n`;
    const header = 'pcds,wd25cd,lad25cd,lsoa21cd,pfa23cd,lat,long,doterm\n';
    const file = await fileOf('twice.csv', header + line('SE1 7PB') + line('SE1 7PA') + line('SE1 7PB'));
    expect(await refused({ kind: 'postcodes', file, edition: '2025' })).toEqual([
      { line: 4, column: 'pcds', what: expect.stringContaining('SE1 7PB is in the file twice') },
    ]);
    expect(await rowsOf('select from reference.postcode')).toEqual([]);
    expect(await rowsOf('select from reference.place_edition')).toEqual([]);
  });
});

test('scores of neighbourhoods are weighted by the people who live there', async () => {
  const file = await fileOf(
    'file7.csv',
    `LSOA code (2021),WD24CD,WD24NM,Local Authority District code (2024),"Index of Multiple Deprivation (IMD)
 Score",Total population: mid 2022
E01000001,E05000416,Bishop’s,E09000022,10,"1,000"
E01000002,E05000416,Bishop’s,E09000022,40,2000
E01000003,E05000417,Brixton Hill,E09000022,5,500
`,
  );
  await imported({ kind: 'deprivation', file, edition: '2025' });
  expect(
    await rowsOf(
      'select ward, name, score, rank, ward_edition from reference.ward_deprivation(now(), current_date)',
    ),
  ).toEqual([
    { ward: 'E05000416', name: 'Bishop’s', score: 30, rank: 1, ward_edition: '2024' },
    { ward: 'E05000417', name: 'Brixton Hill', score: 5, rank: 2, ward_edition: '2024' },
  ]);
});

test('a ward is of the council where most of its people are counted, where neighbourhoods lie across a boundary', async () => {
  const file = await fileOf(
    'across.csv',
    `lsoa21_code,borough,ward25_code,ward25_name,IMD_score,census21_pop
E01000001,Lambeth,E05000416,Bishop’s,10,400
E01000002,Southwark,E05000416,Bishop’s,10,600
E01000003,Lambeth,E05000416,Bishop’s,10,300
`,
  );
  await imported({ kind: 'deprivation', file, edition: '2025' });
  expect(await rowsOf('select area from reference.deprivation')).toEqual([{ area: 'E09000022' }]);
});

test('population is told apart by age, or by ethnic group, and each edition is of one of them', async () => {
  const ages = await fileOf('ages.csv', 'ltla21_code,total_population,0,1,90+\nE09000022,60,10,20,30\n');
  const groups = await fileOf(
    'groups.csv',
    `area_code,ethnic_group,age,sex,value
E09000022,"Asian, Asian British or Asian Welsh: Indian (number)",10 to 17,Persons,100.0
E09000022,"Asian, Asian British or Asian Welsh: Chinese (number)",10 to 17,Persons,50
E09000022,"Asian, Asian British or Asian Welsh (number)",10 to 17,Persons,150
E09000022,"Asian, Asian British or Asian Welsh: Indian (percent)",10 to 17,Persons,10.5
E09000022,White: Irish,10 to 17,Persons,7
`,
  );
  expect(await imported({ kind: 'population', file: ages, edition: 'mid-2020' })).toMatchObject({
    kind: 'population-by-age',
    rows: 3,
  });
  expect(await imported({ kind: 'population', file: groups, edition: 'census-2021' })).toMatchObject({
    kind: 'population-by-ethnic-group',
    rows: 2,
    passedOver: 1,
  });
  const of = (kind: string) =>
    rowsOf(
      `select ethnic_group, age_from, age_to, sex, people, year from reference.population_of($1, now(), current_date) order by age_from, ethnic_group`,
      [kind],
    );
  expect(await of('population-by-age')).toEqual([
    { ethnic_group: null, age_from: 0, age_to: 0, sex: null, people: 10, year: 2020 },
    { ethnic_group: null, age_from: 1, age_to: 1, sex: null, people: 20, year: 2020 },
    { ethnic_group: null, age_from: 90, age_to: null, sex: null, people: 30, year: 2020 },
  ]);
  expect(await of('population-by-ethnic-group')).toEqual([
    { ethnic_group: 'asian', age_from: 10, age_to: 17, sex: null, people: 150, year: 2021 },
    { ethnic_group: 'white', age_from: 10, age_to: 17, sex: null, people: 7, year: 2021 },
  ]);
});

describe.skipIf(!existsSync(SHARED))('the published files (../shared/data, where it is)', () => {
  test('wards of two editions stand side by side', async () => {
    const file = (name: string) => join(SHARED, 'geo', name);
    expect(
      await imported({ kind: 'wards', file: file('london-wards-2019.topo.json'), edition: '2019' }),
    ).toMatchObject({ rows: 657, passedOver: 0, areasWithout: [] });
    expect(
      await imported({
        kind: 'wards',
        file: file('london-wards-2025-city-merged.topo.json'),
        edition: '2025',
        inUseFrom: plainDate('2022-05-05'),
      }),
    ).toMatchObject({ rows: 680, inUse: '2025' });
    expect(await rowsOf(`select count(*)::int as wards from reference.ward_names(now())`)).toEqual([
      { wards: expect.any(Number) },
    ]);
  });

  test('police forces have the names that records give them', async () => {
    const file = join(SHARED, 'geo', 'police-force-areas-2016-small.topo.json');
    expect(await imported({ kind: 'forces', file, edition: '2016' })).toMatchObject({ rows: 43 });
    const found = await rowsOf<{ force: string }>(`select force from reference.force_shape order by force`);
    expect(found.map(({ force }) => force)).toEqual(
      expect.arrayContaining([
        'avon-and-somerset',
        'city-of-london',
        'devon-and-cornwall',
        'dyfed-powys',
        'metropolitan',
      ]),
    );
  });

  test('deprivation by ward has the ranks that the GLA printed', async () => {
    const file = join(SHARED, 'place', 'gla-london-ward-imd2019.csv');
    expect(await imported({ kind: 'deprivation', file, edition: '2019' })).toMatchObject({
      rows: 633,
      passedOver: 0,
    });
    const text = (await readFile(file, 'utf8')).replaceAll(/"[^"]*"/g, 'a name');
    const [header = '', ...lines] = text.trim().split(/\r?\n/);
    const at = header.split(',').indexOf('imd_average_score_rank');
    const printed = new Map(lines.map((line) => [line.split(',')[0], Number(line.split(',')[at])]));
    const found = await scoresAt(new Date(Date.now() + 1000));
    expect(new Map(found.map(({ ward, rank }) => [ward, rank]))).toEqual(printed);
  });

  test('deprivation by neighbourhood becomes deprivation by ward', async () => {
    const file = join(SHARED, 'place', 'london-lsoa21-imd2025-ward25.csv');
    const { rows, areasWithout } = await imported({ kind: 'deprivation', file, edition: '2025' });
    expect(rows).toBeGreaterThan(679);
    expect(areasWithout).toEqual([]);
    const [aldersgate] = await rowsOf(
      `select name, score, ward_edition from reference.ward_deprivation(now(), current_date) where ward = 'E05009288'`,
    );
    expect(aldersgate).toEqual({ name: 'Aldersgate', score: 8.742, ward_edition: '2025' });
  });

  test('the population of London is what the ONS printed', async () => {
    const ages = join(SHARED, 'place', 'london-borough-population-single-year-age-mid2020.csv');
    const groups = join(SHARED, 'place', 'london-borough-ethnicity-census2021.csv');
    await imported({ kind: 'population', file: ages, edition: 'mid-2020' });
    await imported({ kind: 'population', file: groups, edition: 'census-2021' });
    const peopleOf = async (kind: string) =>
      rowsOf<{ group: string; people: string }>(
        `select coalesce(ethnic_group, '') as group, sum(people)::text as people from reference.population_of($1, now(), current_date) group by 1 order by 1`,
        [kind],
      );
    // Mid-2020: 9,002,488; Census 2021: 8,799,725 usual residents, as the ONS published for the region.
    expect(await peopleOf('population-by-age')).toEqual([{ group: '', people: '9002488' }]);
    const byGroup = await peopleOf('population-by-ethnic-group');
    expect(byGroup.map(({ group }) => group)).toEqual(['asian', 'black', 'mixed', 'other', 'white']);
    const all = byGroup.reduce((sum, { people }) => sum + Number(people), 0);
    expect(Math.abs(all - 8_799_725)).toBeLessThan(100);
  });

  test('both layouts of postcodes are read', async () => {
    const file = (name: string) => join(SHARED, 'place', name);
    await imported({ kind: 'postcodes', file: file('onspd-2023-layout-sample.csv'), edition: 'may-2023' });
    await imported({ kind: 'postcodes', file: file('nspl-2025-layout-sample.csv'), edition: 'aug-2025' });
    const of = (postcode: string) =>
      rowsOf(
        `select ward, area, lsoa, force, round(latitude::numeric, 4)::text as latitude, terminated_in::text from reference.postcode where postcode = $1`,
        [postcode],
      );
    expect(await of('BR8 7QP')).toEqual([
      {
        ward: 'E05014007',
        area: 'E09000006',
        lsoa: 'E01000720',
        force: 'E23000001',
        latitude: '51.4035',
        terminated_in: null,
      },
    ]);
    expect(await of('SE1 9ZZ')).toEqual([
      {
        ward: 'E05011095',
        area: 'E09000028',
        lsoa: 'E01003934',
        force: 'E23000001',
        latitude: '51.5069',
        terminated_in: '1998-12-01',
      },
    ]);
    expect(await of('JE2 4WD')).toEqual([
      { ward: null, area: null, lsoa: null, force: null, latitude: null, terminated_in: null },
    ]);
  });
});
