import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpVisitor } from '../../../test/support/http-visitor.ts';
import { type Someone, someone, type TestService, testService } from '../../../test/support/service.ts';

let given: TestService;
let administrator: Someone;
let browser: HttpVisitor;

beforeAll(async () => {
  given = await testService();
  const { rows } = await given.owner.query<{ id: string }>(
    `insert into identity.organisation (kind, name) values ('service', 'A service') returning id`,
  );
  administrator = await someone(given.owner, 'administrator', { organisationId: rows[0]?.id ?? '' });
  browser = new HttpVisitor(given, administrator.cookie);
});
afterAll(() => given.stop());

const usedOn = async (day: string) => {
  const { rows } = await given.owner.query<{ edition: string }>(
    `select edition from reference.editions_in_use(now(), $1) where kind = 'deprivation'`,
    [day],
  );
  return rows[0]?.edition;
};

test('an administrator sees the editions that were imported, and says which is used from a day on', async () => {
  expect((await browser.get('/set-up/places')).text).toContain('Nothing was imported yet');
  await given.owner.query(`
    insert into reference.place_edition (kind, edition, source, fingerprint, rows)
    values ('deprivation', '2019', 'Source: a publisher', repeat('0', 64), 633), ('deprivation', '2025', 'Source: a publisher', repeat('1', 64), 704);
    insert into reference.edition_in_use (kind, in_use_from, edition) values ('deprivation', '-infinity', '2019')`);
  const listed = (await browser.get('/set-up/places')).text;
  expect(listed).toMatch(/2025 of deprivation 704 .* Not in use/);
  expect(listed).toMatch(/2019 of deprivation 633 .* Used from the beginning/);

  const path = '/set-up/places/deprivation/2025';
  expect((await browser.get(path)).text).toContain('Source: a publisher');
  const nothing = await browser.fill(path, { 'from-day': '', 'from-month': '', 'from-year': '' });
  expect(nothing.status).toBe(422);
  expect(await usedOn('2026-01-01')).toBe('2019');
  const done = await browser.fill(path, { 'from-day': '1', 'from-month': '11', 'from-year': '2025' });
  expect(done.status).toBe(303);
  expect([await usedOn('2025-10-31'), await usedOn('2025-11-01')]).toEqual(['2019', '2025']);
  expect((await browser.get('/set-up/places')).text).toMatch(
    /2025 of deprivation 704 .* Used from 1 November 2025/,
  );
});

test('what was said is among the changes, with who said it', async () => {
  const told = (await browser.get('/set-up/changes')).text;
  expect(told).toContain(
    `${administrator.name} Edition in use: deprivation Edition: 2025 Used from: 1 November 2025`,
  );
  expect(told).toContain('Used from: the beginning');
});

test('an edition that is not there has no page', async () => {
  for (const path of ['deprivation/1999', 'wards/2019', 'streets/2019'])
    expect((await browser.get(`/set-up/places/${path}`)).status).toBe(404);
});
