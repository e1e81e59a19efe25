import { bothOf, byKey, counted, countRows, countTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { wardNames } from '../readings/places.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, COMPETITION, openKeys } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'referrals.by-ward',
  version: 1,
  title: 'Referrals by ward',
  definition: `Referrals received, by the ward in which the young person lived. ${BY_RECEIPT} Wards without a referral in either period have no row.`,
  rules: {
    geography: 'The ward of residence, by the code that the referral was recorded with.',
    unknowns: 'A ward that is not known takes no rank and is in the total.',
    ties: COMPETITION,
  },
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'referrals' },
      by: 'ward',
      keys: 'open',
      exclusive: true,
      ranked: true,
      unranked: ['unknown'],
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['ward']), names: wardNames },
  figure({ received, names }, { comparison }) {
    const compared = comparison !== null;
    const found = byKey(received, compared);
    const nameOf = new Map(names.map(({ code, name }) => [code, name]));
    const keys = openKeys(found.keys(), (code) => nameOf.get(code) ?? code);
    const rows = countRows(counted(keys, found, compared), (key) => key !== 'unknown');
    return { ...countTable(rows, bothOf(received, compared)) };
  },
});
