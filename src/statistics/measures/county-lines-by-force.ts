import { defineMeasure } from '../define-measure.ts';
import { everyIndividual, individualsByForce } from '../readings/events.ts';
import { tableOfRecorded } from './individuals.ts';
import { COMPETITION, forceLabel } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'county-lines.by-force',
  version: 1,
  title: 'Individuals linked to county lines, by police force',
  definition:
    'Different individuals identified in the period as linked to a county line, by the police force of the place that the line runs to. Each is once in the total and may be in several rows. Also for what share of individuals one is recorded, and how many of the ten largest of the comparison period are among the ten largest now.',
  rules: {
    geography: 'The police force of the place that the line runs to.',
    unknowns: 'Blanks have no row; the individuals are in the total.',
    ties: COMPETITION,
  },
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'individuals' },
      by: 'force',
      keys: 'open',
      exclusive: false,
      ranked: true,
    },
    parts: {
      recorded: { kind: 'share', of: { records: 'individuals' }, part: { force: 'recorded' } },
      retainedTopTen: { kind: 'derived-from-ranks' },
    },
  },
  needs: ['county_links.csv'],
  reads: { found: individualsByForce, everybody: everyIndividual },
  figure: (read, asked) => tableOfRecorded(read, ({ hasForce }) => hasForce, forceLabel, asked),
});
