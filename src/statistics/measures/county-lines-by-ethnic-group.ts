import { ethnicGroupOf } from '../../reference/ethnic-groups.ts';
import { defineMeasure } from '../define-measure.ts';
import { everyIndividual, individualsByEthnicity } from '../readings/events.ts';
import { sharesOfIndividuals } from './individuals.ts';
import { ethnicGroupKeys } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'county-lines.by-ethnic-group',
  version: 1,
  title: 'Individuals linked to county lines, by ethnic group',
  definition:
    'The share of different individuals identified in the period as linked to a county line who are of each ethnic group. Each is counted once; of whom several links tell, the first link of the period that says a group is believed.',
  rules: {
    unknowns: 'Those whose group is not known, or who prefer not to say, have a row and count in the whole.',
  },
  shape: {
    own: {
      kind: 'share-table',
      of: { records: 'individuals' },
      by: 'ethnicGroup',
      keys: 'fixed',
      exclusive: true,
    },
  },
  needs: ['county_links.csv'],
  reads: { found: individualsByEthnicity, everybody: everyIndividual },
  figure: (read, asked) => sharesOfIndividuals(ethnicGroupKeys, read, ethnicGroupOf, asked),
});
