import { defineMeasure } from '../define-measure.ts';
import { everyIndividual, individualsByYears } from '../readings/events.ts';
import { ageBandOf } from '../readings/referrals.ts';
import { sharesOfIndividuals } from './individuals.ts';
import { ageKeys } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'county-lines.by-age',
  version: 1,
  title: 'Individuals linked to county lines, by age',
  definition:
    'The share of different individuals identified in the period as linked to a county line who were of each age, in completed years on the day on which they were identified. Each is counted once; of whom several links tell, at the youngest.',
  rules: { unknowns: 'Those without a date of birth have a row and count in the whole.' },
  shape: {
    own: { kind: 'share-table', of: { records: 'individuals' }, by: 'age', keys: 'fixed', exclusive: true },
  },
  needs: ['county_links.csv'],
  reads: { found: individualsByYears, everybody: everyIndividual },
  figure: (read, asked) =>
    sharesOfIndividuals(ageKeys, read, (years) => ageBandOf(years === '' ? null : Number(years)), asked),
});
