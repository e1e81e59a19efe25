import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAssets } from '../../../bin/build.mjs';
import { type Assets, loadAssets } from './assets.ts';

let folder: string;
let assets: Assets;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-assets-'));
  await buildAssets(folder);
  assets = loadAssets(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const built = (name: string) => readFile(join(folder, assets.url(name)), 'utf8');

test.each(['client.js', 'homeward.css', 'favicon.svg', 'atkinson-hyperlegible-next-latin-wght-normal.woff2'])(
  '%s has an address named for what is in it, where it is',
  async (name) => {
    const [stem, ending] = name.split(/\.(?=[^.]+$)/);
    expect(assets.url(name)).toMatch(new RegExp(`^/assets/${stem}-[A-Z0-9]{8}\\.${ending}$`));
    expect((await built(name)).length).toBeGreaterThan(0);
  },
);

test('a name that was not built is refused', () => {
  expect(() => assets.url('homeward.js')).toThrow('has no homeward.js');
});

test('where nothing was built the error says what to do', () => {
  expect(() => loadAssets(join(folder, 'nothing'))).toThrow('npm run build');
});

test('the styles ask for files of their own only, all of which are there', async () => {
  const asked = [...(await built('homeward.css')).matchAll(/url\("?([^")]+)"?\)/g)].map(([, url]) => url);
  const there = (await readdir(join(folder, 'assets'))).map((name) => `/assets/${name}`);
  expect(asked).toHaveLength(4);
  expect(there).toEqual(expect.arrayContaining(asked));
});

test('what belongs to GOV.UK alone is not in the styles', async () => {
  const css = await built('homeward.css');
  expect(css).toContain('govuk-button');
  expect(css).not.toMatch(/GDS Transport|govuk-header|govuk-footer|govuk-crest/i);
});

test('the script needs no evaluation of text, which the policy forbids', async () => {
  expect(await built('client.js')).not.toMatch(/\beval\(/);
});

test('built again, the same sources have the same names and nothing else is left there', async () => {
  const there = await readdir(join(folder, 'assets'));
  await buildAssets(folder);
  expect(await readdir(join(folder, 'assets'))).toEqual(there);
  expect(await readdir(folder)).toEqual(['assets']);
});
