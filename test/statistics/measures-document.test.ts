import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packageRoot } from '../../src/platform/package-root.ts';
import { inventory } from '../../src/statistics/inventory.ts';
import { measures } from '../../src/statistics/measures/index.ts';
import { measuresDocument, readsOf } from '../../src/statistics/measures-document.ts';

it('docs/measures.md says what the measures are (else run `node bin/prepare.mjs measures`)', async () => {
  const committed = await readFile(join(packageRoot, 'docs', 'measures.md'), 'utf8');
  expect(committed).toBe(measuresDocument());
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
