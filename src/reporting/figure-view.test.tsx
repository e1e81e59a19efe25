import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { figuresOf, row, share, total } from '../../test/reporting/small-figures.ts';
import { measureWithId } from '../statistics/measures/index.ts';
import { type Definition, FigureView } from './figure-view.tsx';
import { EarlierVersions } from './pages/measure-pages.tsx';
import { quarterlyDefinition } from './quarterly-performance.ts';
import type { FigureBlock } from './report-document.ts';
import type { ReportFigures } from './report-figures.ts';

test('paper has the first rows of a long table of places, its end, and how many are left out; a page has them all', () => {
  const id = 'referrals.by-ward';
  const definition = measureWithId(id);
  const wards = Array.from({ length: 200 }, (_ward, n) => row(`E0500${1000 + n}`, `Ward ${n + 1}`, 9, 9));
  const figures = figuresOf({
    [id]: { rows: [...wards, row('unknown', 'Not known', 7, 7)], total: total(1807, 1807) },
  });
  const drawn = (unfolded: boolean) => viewOf(id, 'table', figures, definition, unfolded);
  const rowsIn = (html: string) =>
    [...html.matchAll(/<th scope="row"[^>]*>([^<]*)</g)].map(([, name]) => name);
  expect(rowsIn(drawn(false))).toHaveLength(202);
  expect(drawn(false)).not.toContain('more rows of the table');
  const paper = rowsIn(drawn(true));
  expect([paper.length, paper[0], ...paper.slice(-3)]).toEqual([
    60,
    'Ward 1',
    'Ward 58',
    'Not known',
    'Total',
  ]);
  expect(drawn(true)).toContain('142 more rows of the table');
});

test('the charts of providers bear their names where everybody sees them', () => {
  const id = 'providers.support.positive-outcome';
  const rows = ['2020-05', '2020-08'].map((key) => ({ key, label: key, current: share(9, 10) }));
  const figures = figuresOf({ [id]: { providers: { 'st-giles': { rows }, abianda: { rows } } } });
  const html = viewOf(id, 'runs', figures, quarterlyDefinition(id, 1));
  const names = [...html.matchAll(/<h4[^>]*>([^<]*)<\/h4><figure/g)].map(([, name]) => name);
  expect(names).toEqual(['St Giles', 'Abianda']);
});

test('a measure is told with the versions before it, where there are any', () => {
  const measure = measureWithId('referrals.total');
  if (!measure) throw new Error('There is no referrals.total');
  const told = renderToString(<EarlierVersions versions={[measure]} />);
  expect(told).toContain('Version 1');
  expect(told).toContain('Somebody who was referred twice is counted twice.');
  expect(renderToString(<EarlierVersions versions={[]} />)).toBe('');
});

function viewOf(
  id: string,
  drawn: FigureBlock['drawn'],
  figures: ReportFigures,
  definition: Definition | undefined,
  unfolded = false,
): string {
  const measure = figures.measures[id];
  if (!measure || !definition) throw new Error(`There is no ${id}`);
  return renderToString(
    <FigureView
      block={{ kind: 'figure', measure: id, drawn }}
      number={1}
      figures={figures}
      measure={measure}
      definition={definition}
      definitionAddress={() => null}
      shapes={null}
      unfolded={unfolded}
    />,
  );
}
