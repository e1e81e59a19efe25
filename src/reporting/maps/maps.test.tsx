import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { geoArea, geoContains } from 'd3-geo';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { AreaNames, boroughShapes, readForces, readWards, type Shape } from '../../places/index.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { towns } from '../../reference/towns.ts';
import { PAPER_WIDTH, PictureWidthProvider } from '../charts/index.ts';
import type { Figure } from '../figure.ts';
import { drawPlaces } from './drawn-places.ts';
import { BoroughMap, DeprivationMap, ForceMap, type MapProps, RescueMap, TownMap, WardMap } from './index.ts';
import { isWithin } from './room-in.ts';
import { townAt } from './towns.ts';

type Element = DefaultTreeAdapterMap['element'];

const SHARED = join(packageRoot, '..', 'shared', 'data', 'geo');
const hasShared = existsSync(SHARED);

/** The boroughs of London as a service has them set up. */
const BOROUGHS =
  'City of London|Barking and Dagenham|Barnet|Bexley|Brent|Bromley|Camden|Croydon|Ealing|Enfield|Greenwich|Hackney|Hammersmith and Fulham|Haringey|Harrow|Havering|Hillingdon|Hounslow|Islington|Kensington and Chelsea|Kingston upon Thames|Lambeth|Lewisham|Merton|Newham|Redbridge|Richmond upon Thames|Southwark|Sutton|Tower Hamlets|Waltham Forest|Wandsworth|Westminster'
    .split('|')
    .map((name, n) => ({ code: `E090000${String(n + 1).padStart(2, '0')}`, name }));
const areas = new AreaNames(BOROUGHS);
const shapes = await boroughShapes(areas);
const boroughs = {
  source: 'Source: a publisher of boroughs',
  places: shapes.map(({ area, shape }) => ({ area, name: areas.nameOf(area), shape })),
};

/** A square of a tenth of a degree, wound as d3-geo wants it. */
const square = (west: number, south: number): Shape => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west, south + 0.1],
      [west + 0.1, south + 0.1],
      [west + 0.1, south],
      [west, south],
    ],
  ],
});

/** Four wards in a row: two of Lambeth, then two of Camden. */
const wards = {
  edition: '2019',
  source: 'Source: a publisher of wards',
  places: [
    { code: 'E05000001', name: 'One', area: 'E09000022' },
    { code: 'E05000002', name: 'Two', area: 'E09000022' },
    { code: 'E05000003', name: 'Three', area: 'E09000007' },
    { code: 'E05000004', name: 'Four', area: 'E09000007' },
  ].map((ward, n) => ({ ...ward, shape: square(n / 10, 51) })),
};
const forces = {
  edition: '2016',
  source: 'Source: a publisher of forces',
  places: [
    { force: 'kent', code: 'E23000032', name: 'Kent', shape: square(0.5, 51) },
    { force: 'surrey', code: 'E23000031', name: 'Surrey', shape: square(-0.5, 51.2) },
    { force: 'sussex', code: 'E23000033', name: 'Sussex', shape: square(0, 50.9) },
  ],
};

const props = (rows: MapProps['rows']): MapProps => ({
  id: 'm',
  title: 'Referrals, May 2020 to April 2021',
  rowHeading: 'Place',
  valueHeading: 'Referrals',
  rows,
});
const rowsOf = (values: Readonly<Record<string, Figure>>) =>
  Object.entries(values).map(([key, value]) => ({ key, label: `The ${key}`, value }));

function within(node: DefaultTreeAdapterMap['node']): Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(within) : [];
  return 'attrs' in node ? [node, ...children] : children;
}
const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((each) => each.name === name)?.value;
function textOf(node: DefaultTreeAdapterMap['node'] | undefined): string {
  if (!node) return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function read(map: VNode) {
  const html = renderToString(map);
  const all = within(parseFragment(html));
  const titles = all.filter(({ tagName }) => tagName === 'title').map(textOf);
  const titled = all.filter(({ childNodes }) => childNodes.some((child) => child.nodeName === 'title'));
  return {
    html,
    all,
    svg: all.find(({ tagName }) => tagName === 'svg'),
    description: textOf(all.find(({ tagName }) => tagName === 'desc')),
    /** What each place says, after the title of the map itself. */
    titles: titles.slice(1),
    places: titled.filter(({ tagName }) => tagName === 'path'),
    texts: all.filter(({ tagName }) => tagName === 'text').map(textOf),
    paragraphs: all.filter(({ tagName }) => tagName === 'p').map(textOf),
    table: all
      .filter(({ tagName }) => tagName === 'tr')
      .map((row) => row.childNodes.filter((node) => 'attrs' in node).map(textOf)),
  };
}

const BANDS = [
  { from: 0, to: 4 },
  { from: 5, to: 10 },
  { from: 11, to: 19 },
  { from: 20, to: 35 },
  { from: 36, to: 48 },
];
const boroughMap = (values: Readonly<Record<string, Figure>>) =>
  read(<BoroughMap {...props(rowsOf(values))} boroughs={boroughs} bands={BANDS} />);

describe('the shapes of boroughs that come with Homeward', () => {
  test('are all 33, by their codes', () => {
    expect(shapes.map(({ area }) => area).toSorted()).toEqual(BOROUGHS.map(({ code }) => code));
  });

  test('are wound so that each is the part of the globe inside it: together London, and no more', () => {
    const sizes = shapes.map(({ shape }) => geoArea(shape));
    for (const size of sizes) expect(size).toBeLessThan(2 * Math.PI);
    const KM_OF_THE_EARTH = 6371;
    const squareKilometres = sizes.reduce((sum, size) => sum + size, 0) * KM_OF_THE_EARTH ** 2;
    expect(squareKilometres).toBeGreaterThan(1500);
    expect(squareKilometres).toBeLessThan(1640);
  });
});

describe('a map of boroughs', () => {
  const values = {
    E09000022: 42,
    E09000007: 4,
    E09000008: 'hidden',
    E09000025: 48,
    'out-of-london': 16,
    unknown: 'hidden',
  } as const;
  const { all, html, svg, description, titles, places, texts, paragraphs, table } = boroughMap(values);

  test('draws every borough, each with its name and number, a hidden one as hidden', () => {
    expect(places).toHaveLength(33);
    expect(titles).toContain('Lambeth: 42');
    expect(titles).toContain('Croydon: hidden to protect people');
    expect(titles).toContain('City of London: 0');
    for (const place of places) expect(attribute(place, 'd')).toMatch(/^M[\d.]+ [\d.]+l[-\d. ]+(ZM?|Z)/);
    expect(html).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  test('is a picture with a title, words for it and a key in words', () => {
    expect(attribute(svg, 'role')).toBe('img');
    expect(attribute(svg, 'aria-labelledby')).toBe('m-title m-description');
    expect(description).toContain('A map of 33 boroughs: Referrals. 0 to 4; 5 to 10');
    expect(description).toContain('Of those shown, largest: Newham, 48');
    expect(description).toContain('hidden to protect people');
    expect(texts).toEqual(expect.arrayContaining(['0 to 4', '36 to 48', '[c] hidden to protect people']));
  });

  test('says how many are of each class where none is hidden, and of no class otherwise', () => {
    const whole = boroughMap({ E09000022: 42, E09000007: 4, E09000008: 7, E09000025: 48 });
    expect(whole.texts).toEqual(
      expect.arrayContaining(['0 to 4: 30 boroughs', '5 to 10: 1 borough', '36 to 48: 2 boroughs']),
    );
    expect(texts.join()).not.toMatch(/\d boroughs?/);
  });

  test('tells in words what is not on it and whom it is from, and has its numbers beside it', () => {
    expect(paragraphs).toEqual([
      'Not on the map: The out-of-london, 16; The unknown, [c].',
      'Source: a publisher of boroughs',
    ]);
    expect(table.slice(1)).toEqual([
      ['The E09000022', '42'],
      ['The E09000007', '4'],
      ['The E09000008', '[c]'],
      ['The E09000025', '48'],
      ['The out-of-london', '16'],
      ['The unknown', '[c]'],
    ]);
  });

  test('has a number on each place, within it and ringed in white, and its name by that number below', () => {
    const names = all.filter(({ tagName }) => tagName === 'li').map(textOf);
    expect(names).toHaveLength(33);
    expect(names.slice(0, 2)).toEqual(['Barking and Dagenham', 'Barnet']);
    const group = all.find((each) => attribute(each, 'class') === 'hw-map__numbers');
    expect([attribute(group, 'paint-order'), attribute(group, 'stroke')]).toEqual(['stroke', '#ffffff']);
    const numbers = group?.childNodes.filter((node) => 'attrs' in node) ?? [];
    const byNumber = new Map(numbers.map((number) => [textOf(number), number]));
    const { places: drawn } = drawPlaces(
      boroughs.places.map(({ area, shape }) => ({ key: area, shape })),
      320,
    );
    for (const [at, name] of names.entries()) {
      const area = boroughs.places.find((each) => each.name === name)?.area;
      const ring = drawn.find(({ key }) => key === area)?.rings[0] ?? [];
      const number = byNumber.get(String(at + 1));
      const [x, y] = ['x', 'y'].map((axis) => 10 * Number(attribute(number, axis)));
      expect(isWithin([x ?? 0, y ?? 0], ring), name).toBe(true);
    }
  });

  test('is drawn across the page on paper, its text no larger than a screen’s', () => {
    const { svg: paper } = read(
      <PictureWidthProvider value={PAPER_WIDTH}>
        <BoroughMap {...props(rowsOf(values))} boroughs={boroughs} bands={BANDS} />
      </PictureWidthProvider>,
    );
    expect(attribute(paper, 'viewbox') ?? attribute(paper, 'viewBox')).toMatch(/^0 -3 620 /);
    expect(attribute(paper, 'class')).toContain('hw-chart__picture--paper');
    expect(attribute(svg, 'class')).toBe('hw-chart__picture');
  });

  test('fills what is hidden as nothing else is filled', () => {
    const fills = new Map(titles.map((title, n) => [title, attribute(places[n], 'fill')]));
    expect(fills.get('Croydon: hidden to protect people')).toBe('#ffffff');
    expect([...fills.values()].filter((fill) => fill === '#ffffff')).toHaveLength(1);
  });

  test('is small', () => {
    expect(html.length).toBeLessThan(60_000);
  });
});

test('a map of deprivation has every ward by its score, and one that the index does not know as without', () => {
  const { titles, texts, paragraphs } = read(
    <DeprivationMap
      id="m"
      title="Deprivation"
      wards={wards}
      boroughs={boroughs}
      deprivation={{
        source: 'Index of deprivation: a publisher, 2019',
        scores: [
          { ward: 'E05000001', name: 'One', score: 41.6 },
          { ward: 'E05000002', name: 'Two', score: 12.2 },
          { ward: 'E05000003', name: 'Three', score: 11.9 },
        ],
      }}
    />,
  );
  expect(titles).toEqual(['One, Lambeth: 42', 'Two, Lambeth: 12', 'Three, Camden: 12', 'Four, Camden: [x]']);
  expect(texts).toEqual(['12: 2 wards', '42: 1 ward', '[x] not available']);
  expect(paragraphs).toEqual(['Source: a publisher of wards Index of deprivation: a publisher, 2019.']);
});

describe('a map of wards', () => {
  const draw = (values: Readonly<Record<string, Figure>>) =>
    read(<WardMap {...props(rowsOf(values))} wards={wards} boroughs={boroughs} />);
  const { all, titles, texts, paragraphs } = draw({ E05000001: 3, E05000003: 9, E05999999: 4 });

  test('names each ward with its borough; one without a row has none', () => {
    expect(titles).toEqual(['One, Lambeth: 3', 'Two, Lambeth: 0', 'Three, Camden: 9', 'Four, Camden: 0']);
    expect(texts).toEqual(['3: 1 ward', '9: 1 ward', 'none: 2 wards']);
  });

  test('tells of wards that this edition has not', () => {
    expect(paragraphs[0]).toBe('Not on the map: The E05999999, 4.');
    const many = Object.fromEntries(Array.from({ length: 13 }, (_ward, n) => [`E0600000${n}`, 1]));
    expect(draw(many).paragraphs[0]).toBe('Not on the map: 13 rows of the table.');
  });

  test('of one borough has its wards numbered, and named without their borough', () => {
    const places = wards.places.filter(({ area }) => area === wards.places[0]?.area);
    const map = (
      <WardMap {...props(rowsOf({ E05000001: 3 }))} wards={{ ...wards, places }} boroughs={boroughs} />
    );
    expect(read(map).titles).toEqual(['One: 3', 'Two: 0']);
    expect(
      read(map)
        .all.filter(({ tagName }) => tagName === 'li')
        .map(textOf),
    ).toEqual(['One', 'Two']);
    expect(all.filter(({ tagName }) => tagName === 'li')).toEqual([]);
  });

  test('has the borders of boroughs over it', () => {
    const outline = all.find((each) => attribute(each, 'class') === 'hw-map__outline');
    expect(attribute(outline, 'd')).toMatch(/^M/);
    expect(attribute(outline, 'fill')).toBe('none');
  });
});

describe('a map of police forces', () => {
  test('fills them by class, and tells in words of those that have no place', () => {
    const { titles, paragraphs } = read(
      <ForceMap {...props(rowsOf({ kent: 5, surrey: 'hidden', btp: 2 }))} forces={forces} />,
    );
    expect(titles).toEqual(['Kent: 5', 'Surrey: hidden to protect people', 'Sussex: 0']);
    expect(paragraphs).toEqual(['Not on the map: The btp, 2.', 'Source: a publisher of forces']);
  });

  test('has circles as large as their numbers, a hidden one of one size whatever it is', () => {
    const { all, titles, texts } = read(
      <RescueMap {...props(rowsOf({ kent: 40, surrey: 10, sussex: 'hidden' }))} forces={forces} />,
    );
    const circles = all
      .filter(({ tagName }) => tagName === 'circle')
      .map((circle) => Number(attribute(circle, 'r')));
    expect(titles).toEqual(['The kent: 40', 'The surrey: 10', 'The sussex: hidden to protect people']);
    // Four times the number is twice across; then come the samples of the key.
    expect(circles).toEqual([24, 12, 6, 12, 24]);
    expect(texts).toEqual(['10', '40', '[c] hidden to protect people']);
  });

  test('has a circle on each town that is known, and names the others', () => {
    const { titles, paragraphs } = read(
      <TownMap
        {...props([
          { key: 'Southend', label: 'Southend', value: 7 },
          { key: 'Nowhere', label: 'Nowhere', value: 3 },
        ])}
        forces={forces}
      />,
    );
    expect(titles).toEqual(['Southend: 7']);
    expect(paragraphs[0]).toBe('Not on the map: Nowhere, 3.');
  });

  test('is drawn when nothing was counted', () => {
    for (const map of [
      <ForceMap key="f" {...props([])} forces={forces} />,
      <RescueMap key="r" {...props([])} forces={forces} />,
      <BoroughMap key="b" {...props([])} boroughs={boroughs} />,
    ])
      expect(read(map).html).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('names of towns are read however they are spelt', () => {
  expect(townAt('southend on sea')?.name).toBe('Southend-on-Sea');
  expect(townAt('Southend')?.name).toBe('Southend-on-Sea');
  expect(townAt("KING'S LYNN")?.force).toBe('norfolk');
  expect(townAt('London')).toBeUndefined();
});

describe.skipIf(!hasShared)('the published boundaries (../shared/data, where it is)', () => {
  const published = async (name: string) => await readFile(join(SHARED, name), 'utf8');

  test('every town lies where its police force works', async () => {
    const drawn = readForces(await published('police-force-areas-2016-small.topo.json')).rows;
    const astray = towns.filter(({ force, longitude, latitude }) => {
      const place = drawn.find((each) => each.force === force);
      // The coast of this file is drawn roughly: a town by the sea may stand up to three miles off it.
      const off = [0, -0.05, 0.05];
      const near = off.flatMap((x) => off.map((y) => [longitude + x, latitude + y] as const));
      return !place || !near.some(([x, y]) => geoContains(place.shape, [x, y]));
    });
    expect(astray.map(({ name }) => name)).toEqual([]);
  });

  test('all the wards of London are drawn in less than 300 KB', async () => {
    const found = readWards(await published('london-wards-2019.topo.json'), areas).rows;
    const { html, places } = read(
      <WardMap
        {...props(
          found.map(({ code, name }, n) => ({
            key: code,
            label: name,
            value: n % 9 === 0 ? 'hidden' : n % 12,
          })),
        )}
        wards={{ edition: '2019', source: 'Source', places: found }}
        boroughs={boroughs}
      />,
    );
    expect(places).toHaveLength(657);
    expect(html.length).toBeLessThan(300_000);
  });

  test('the police forces of England and Wales are drawn in less than 100 KB', async () => {
    const found = readForces(await published('police-force-areas-2016-small.topo.json')).rows;
    const rows = found.map(({ force, name }, n) => ({ key: force, label: name, value: n }));
    const { html, places } = read(
      <ForceMap {...props(rows)} forces={{ edition: '2016', source: 'Source', places: found }} />,
    );
    expect(places).toHaveLength(43);
    expect(html.length).toBeLessThan(100_000);
  });
});
