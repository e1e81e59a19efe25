import { bothOf, byKey, counted, countRows, countTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { areas, setting } from '../readings/places.ts';
import { referrals } from '../readings/referrals.ts';
import { boroughBands } from './borough-bands.ts';
import {
  BY_RECEIPT,
  boroughKeys,
  CITY,
  COMPETITION,
  isRankedBorough,
  RESPONSIBLE,
  UNKNOWNS_COUNT,
} from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.by-borough',
  version: 1,
  title: 'Referrals by borough',
  definition: `Referrals received, by borough. ${BY_RECEIPT} The City of London has a row where it has any referral. The bands say how many of the other boroughs fall in each class of the map.`,
  rules: {
    geography: RESPONSIBLE,
    unknowns: `${UNKNOWNS_COUNT} Out of London and not known take no rank and are in the total.`,
    ties: COMPETITION,
  },
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'referrals' },
      by: 'borough',
      keys: 'fixed',
      exclusive: true,
      ranked: true,
      unranked: ['out-of-london', 'unknown'],
    },
    parts: { bands: { kind: 'bands' } },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['borough']), areas, bands: setting('borough-bands') },
  figure({ received, areas, bands }, { comparison }) {
    const compared = comparison !== null;
    const found = byKey(received, compared);
    const keys = boroughKeys(areas, (code) => found.has(code));
    const isRanked = isRankedBorough(areas);
    const rows = countRows(counted(keys, found, compared), isRanked);
    const mapped = rows.filter(({ key }) => isRanked(key) && key !== CITY);
    return {
      ...countTable(rows, bothOf(received, compared)),
      bands: boroughBands(
        mapped.map(({ current }) => current ?? 0),
        bands[0]?.value,
      ),
    };
  },
});
