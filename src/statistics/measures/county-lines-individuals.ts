import { total } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { everyIndividual } from '../readings/events.ts';
import { individualsIn } from './individuals.ts';

export const measure = defineMeasure({
  id: 'county-lines.individuals',
  version: 1,
  title: 'Individuals linked to county lines',
  definition:
    'How many different individuals were identified in the period as linked to a county line, confirmed or not.',
  rules: {},
  shape: { own: { kind: 'total', of: { records: 'individuals' } } },
  needs: ['county_links.csv'],
  reads: { identified: everyIndividual },
  figure: ({ identified }, { comparison }) => ({
    total: total(individualsIn(identified, comparison !== null)),
  }),
});
