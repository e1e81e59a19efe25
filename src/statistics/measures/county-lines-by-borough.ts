import { counted, countRows, countTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { everyIndividual, individualsByBorough } from '../readings/events.ts';
import { areas } from '../readings/places.ts';
import { individualsByKey, individualsIn } from './individuals.ts';
import { boroughKeys, COMPETITION, isRankedBorough } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'county-lines.by-borough',
  version: 1,
  title: 'Individuals linked to county lines, by borough',
  definition:
    'Different individuals identified in the period as linked to a county line, by the borough they lived in. Each is once in the total. The City of London and places outside London have a row where they have any.',
  rules: {
    geography: 'The borough of residence when the individual was identified.',
    unknowns: 'Out of London and not known take no rank.',
    ties: COMPETITION,
  },
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'individuals' },
      by: 'residence',
      keys: 'fixed',
      exclusive: false,
      ranked: true,
      unranked: ['out-of-london', 'unknown'],
    },
  },
  needs: ['county_links.csv'],
  reads: { found: individualsByBorough, everybody: everyIndividual, areas },
  figure({ found, everybody, areas }, { comparison }) {
    const compared = comparison !== null;
    const byBorough = individualsByKey(found, compared);
    const isElsewhere = new Set(areas.filter(({ kind }) => kind !== 'borough').map(({ code }) => code));
    const keys = boroughKeys(areas, (code) => byBorough.has(code)).filter(
      ({ key }) => !isElsewhere.has(key) || byBorough.has(key),
    );
    const rows = countRows(counted(keys, byBorough, compared), isRankedBorough(areas));
    return { ...countTable(rows, individualsIn(everybody, compared)) };
  },
});
