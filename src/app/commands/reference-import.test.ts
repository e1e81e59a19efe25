import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { runCommandLine } from '../command-line.ts';

let given: TestDatabase;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  given = await testDatabase();
  owner = new pg.Client(given.ownerConfig);
  await owner.connect();
  folder = await mkdtemp(join(tmpdir(), 'homeward-reference-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await owner.end();
  await given.drop();
});

async function homeward(...args: string[]) {
  let [out, err] = ['', ''];
  const code = await runCommandLine(
    ['reference', 'import', ...args],
    { 'reference import': () => import('./reference-import.ts') },
    {
      env: { DATABASE_URL: given.ownerUrl, HOMEWARD_SECRET: TEST_SECRET },
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
    },
  );
  return { code, out, err };
}

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

/** A square that is wound as RFC 7946 asks, which d3-geo would draw as everything but the square. */
const feature = (properties: object, west = -0.1) =>
  JSON.stringify({
    type: 'Feature',
    properties,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 51.5],
          [west + 0.1, 51.5],
          [west + 0.1, 51.6],
          [west, 51.6],
          [west, 51.5],
        ],
      ],
    },
  });
const collection = (...features: string[]) =>
  `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`;

test('wards are imported, and what became of the file is told in words or as data', async () => {
  const file = await fileOf(
    'wards.geojson',
    collection(
      feature({ WD22CD: 'E05000416', WD22NM: 'Bishop’s', LAD22CD: 'E09000022' }),
      feature({ WD22CD: 'E05009999', WD22NM: 'Elsewhere', LAD22CD: 'E07000008' }),
    ),
  );
  const done = await homeward('wards', file, '--edition', '2022');
  expect(done).toMatchObject({ code: 0, err: '' });
  const [first, passedOver, without, inUse] = done.out.split('\n');
  expect(first).toBe('Imported wards, edition 2022, 1 rows.');
  expect(passedOver).toMatch(/^1 rows were passed over/);
  expect(without).toMatch(/^The file has nothing of Barking and Dagenham, /);
  expect(inUse).toBe('Figures of today are made with it.');

  const again = await homeward('wards', file, '--edition', '2022', '--json');
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(again.out)).toMatchObject({ outcome: 'same', kind: 'wards', edition: '2022', rows: 1 });

  const newer = await homeward('wards', file, '--edition', '2025');
  expect(newer.out).toContain('Figures of today are made with edition 2022: to use this one from a day on');
  const used = await homeward('wards', file, '--edition', '2025', '--in-use-from', '2025-05-01');
  expect(used.out).toContain('Figures of today are made with it.');
  const { rows } = await owner.query(`select edition from reference.editions_in_use(now(), '2025-04-30')`);
  expect(rows).toEqual([{ edition: '2022' }]);
});

test('a file with faults is refused, each fault with its file, line and column', async () => {
  const file = await fileOf(
    'forces.json',
    collection(
      feature({ PFA16CD: 'E23000032', PFA16NM: 'Kent' }),
      feature({ PFA16CD: 'E23000033', PFA16NM: 'Nowhere' }),
      feature({ PFA16CD: 'E23000031' }),
      feature({ PFA16CD: 'E23000030', PFA16NM: 'Hampshire' }, 530_000),
    ),
  );
  const { code, out, err } = await homeward('forces', file, '--edition', '2016');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  const lines = err.trim().split('\n');
  expect(lines[0]).toMatch(/^forces\.json:3: force name: “Nowhere” is no police force that we know: /);
  expect(lines[1]).toMatch(/^forces\.json:4: force name: is missing; it is called PFA16NM/);
  expect(lines[2]).toMatch(/^forces\.json:5: geometry: the point 530000, 51\.5 .*WGS 84/);
  expect(lines[3]).toBe('Nothing was imported: mend these 3 and import it again');
  expect(lines).toHaveLength(4);

  const asData = await homeward('forces', file, '--edition', '2016', '--json');
  expect(asData.code).toBe(1);
  const { faults } = JSON.parse(asData.out) as { faults: { line: number; column: string }[] };
  expect(faults.map(({ line, column }) => [line, column])).toEqual([
    [3, 'force name'],
    [4, 'force name'],
    [5, 'geometry'],
  ]);
});

test('a file that is no boundary file is refused with the line where it breaks', async () => {
  const of = async (text: string) =>
    (await homeward('wards', await fileOf('broken.json', text), '--edition', '2022')).err.split('\n')[0];
  expect(await of('{"type": "FeatureCollection",\n"features": [}\n')).toMatch(
    /^broken\.json:2: this is no JSON/,
  );
  expect(await of('[]')).toMatch(/^broken\.json:1: this is neither GeoJSON nor TopoJSON/);
  expect(await of('{"type":"FeatureCollection","features":[]}')).toMatch(/there is no place in the file/);
});

test('a command that is called wrongly, or of a file that is not there, says so', async () => {
  expect(await homeward('streets', 'x.json', '--edition', '1')).toMatchObject({ code: 2 });
  expect((await homeward('wards', 'x.json')).err).toMatch(/^--edition is missing/);
  expect((await homeward('wards', 'x.json', '--edition', 'last year')).code).toBe(2);
  expect((await homeward('wards', 'x.json', '--edition', '1', '--in-use-from', '31/12/2020')).code).toBe(2);
  expect(await homeward('wards', join(folder, 'none.json'), '--edition', '1')).toMatchObject({
    code: 1,
    err: `There is no file ${join(folder, 'none.json')}\n`,
  });
  expect((await homeward('wards', folder, '--edition', '1')).err).toMatch(/ is no file\n$/);
});
