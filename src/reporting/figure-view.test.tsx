import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { figuresOf, share } from '../../test/reporting/small-figures.ts';
import { FigureView } from './figure-view.tsx';
import { quarterlyDefinition } from './quarterly-performance.ts';

test('the charts of providers bear their names where everybody sees them', () => {
  const id = 'providers.support.positive-outcome';
  const rows = ['2020-05', '2020-08'].map((key) => ({ key, label: key, current: share(9, 10) }));
  const figures = figuresOf({ [id]: { providers: { 'st-giles': { rows }, abianda: { rows } } } });
  const measure = figures.measures[id];
  const definition = quarterlyDefinition(id, 1);
  if (!measure || !definition) throw new Error(`There is no ${id}`);
  const html = renderToString(
    <FigureView
      block={{ kind: 'figure', measure: id, drawn: 'runs' }}
      number={1}
      figures={figures}
      measure={measure}
      definition={definition}
      definitionAddress={() => null}
      shapes={null}
      unfolded={false}
    />,
  );
  const names = [...html.matchAll(/<h4[^>]*>([^<]*)<\/h4><figure/g)].map(([, name]) => name);
  expect(names).toEqual(['St Giles', 'Abianda']);
});
