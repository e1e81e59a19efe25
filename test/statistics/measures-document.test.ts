import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packageRoot } from '../../src/platform/package-root.ts';
import {
  catalogue,
  catalogueOf,
  earlierMeasures,
  faultsIn,
  inVersions,
  versionsBefore,
} from '../../src/statistics/catalogue.ts';
import { inventory } from '../../src/statistics/inventory.ts';
import { measures } from '../../src/statistics/measures/index.ts';
import { measuresDocument, readsOf } from '../../src/statistics/measures-document.ts';

it('docs/measures.md says what the measures are (else run `node bin/prepare.mjs measures`)', async () => {
  const committed = await readFile(join(packageRoot, 'docs', 'measures.md'), 'utf8');
  expect(committed).toBe(measuresDocument());
});

describe('versions of definitions', () => {
  const of = (id: string, version: number) => ({ id, version });

  it('count up without gaps to the one that is in use, for every measure', () => {
    expect(faultsIn(measures, earlierMeasures)).toEqual([]);
  });

  test.each([
    ['a gap', [of('a', 3)], [of('a', 1)], 'a has the versions 1, 3'],
    ['none of the first', [of('a', 2)], [], 'a has the versions 2'],
    ['a later one that is not in use', [of('a', 1)], [of('a', 2)], 'a has the versions 2, 1'],
    ['a version twice', [of('a', 2)], [of('a', 1), of('a', 1)], 'a has the versions 1, 1, 2'],
    ['one that went out of use', [], [of('a', 1)], 'a has 0 versions in use'],
    ['two in use', [of('a', 1), of('a', 2)], [], 'a has 2 versions in use'],
  ])('%s is found', (_what, inUse, earlier, fault) => {
    expect(faultsIn(inUse, earlier)).toEqual([fault]);
  });

  const three = catalogueOf([of('a', 3), of('b', 1)], [of('a', 2), of('a', 1)]);

  it('are chosen by id, in the order of the catalogue, and what came into it later is not', () => {
    expect(inVersions(three, { b: 1, a: 2, elsewhere: 7 }).inUse).toEqual([of('a', 2), of('b', 1)]);
    expect(inVersions(inVersions(three, { b: 1 }), { a: 1 }).inUse).toEqual([of('a', 1)]);
    expect(versionsBefore(three, of('a', 3))).toEqual([of('a', 2), of('a', 1)]);
    expect(() => inVersions(three, { a: 4 })).toThrow('There is no version 4 of a: there are 1, 2, 3');
  });

  it('that are earlier are told below the one in use', () => {
    const [first] = measures;
    if (!first) throw new Error('There are no measures');
    const second = { ...first, version: 2, definition: 'Otherwise.' };
    const told = measuresDocument(catalogueOf([second], [first]));
    expect(told).toContain(`\`${first.id}\`, version 2. Otherwise.`);
    expect(told).toContain(`Before: \`${first.id}\`, version 1. ${first.definition}`);
    expect(measuresDocument(catalogue)).not.toContain('Before: ');
  });
});

describe('the inventory of the field’s own report', () => {
  const ids = new Set(measures.map(({ id }) => id));
  test.each(inventory)(
    '$item: is given by measures that there are, or says why it cannot be',
    ({ measures: given, words }) => {
      expect(given.filter((id) => !ids.has(id))).toEqual([]);
      expect(given.length > 0 || words !== '').toBe(true);
    },
  );
});

it('measures read functions of a moment and reference tables, and no table of the service', () => {
  for (const measure of measures) {
    const names = readsOf(measure);
    expect(
      names.some((name) => name.startsWith('as_at.')),
      measure.id,
    ).toBe(true);
    for (const name of names) expect(name).toMatch(/^as_at\.[a-z_]+_facts$|^reference\./);
  }
});
