import { defineMeasure } from '../define-measure.ts';
import { everyIndividual, individualsByTown } from '../readings/events.ts';
import { tableOfRecorded } from './individuals.ts';
import { COMPETITION } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'county-lines.by-town',
  version: 1,
  title: 'Individuals linked to county lines, by town',
  definition:
    'Different individuals identified in the period as linked to a county line, by the town that the line runs to. Each is once in the total and may be in several rows. Also for what share of individuals one is recorded, and how many of the ten largest of the comparison period are among the ten largest now.',
  rules: {
    geography: 'The town that the line runs to, as it was recorded.',
    unknowns: 'Blanks have no row; the individuals are in the total.',
    ties: COMPETITION,
  },
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'individuals' },
      by: 'town',
      keys: 'open',
      exclusive: false,
      ranked: true,
    },
    parts: {
      recorded: { kind: 'share', of: { records: 'individuals' }, part: { town: 'recorded' } },
      retainedTopTen: { kind: 'derived-from-ranks' },
    },
  },
  needs: ['county_links.csv'],
  reads: { found: individualsByTown, everybody: everyIndividual },
  figure: (read, asked) =>
    tableOfRecorded(
      read,
      ({ hasTown }) => hasTown,
      (town) => town,
      asked,
    ),
});
