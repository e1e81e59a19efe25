import { type Both, byKey, counted, countRows, none, shareRow } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { areas } from '../readings/places.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, boroughKeys, COMPETITION, isRankedBorough, RESPONSIBLE } from './referral-words.ts';

const MOST = 10;

export const measure = defineMeasure({
  id: 'referrals.young-women',
  version: 1,
  title: 'Young women by borough',
  definition: `Of the referrals of a borough, the share that are about young women, for the ten boroughs with most referrals in the period. ${BY_RECEIPT} Every borough that ties for tenth is there, and none without a referral.`,
  rules: {
    geography: RESPONSIBLE,
    unknowns: 'A gender that is not known stays in the denominator. Out of London and not known have no row.',
    ties: COMPETITION,
  },
  shape: {
    own: {
      kind: 'share-table',
      of: { records: 'referrals' },
      by: 'borough',
      keys: 'open',
      exclusive: false,
      part: { gender: 'female' },
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['borough', 'gender']), areas },
  figure({ received, areas }, { comparison }) {
    const compared = comparison !== null;
    const whole = byKey(received, compared);
    const women: ReadonlyMap<string, Both> = byKey(
      received.filter(({ values }) => values[1] === 'female'),
      compared,
    );
    const rows = countRows(
      counted(
        boroughKeys(areas, (code) => whole.has(code)),
        whole,
        compared,
      ),
      isRankedBorough(areas),
    );
    return {
      rows: rows
        .filter(({ rank, current }) => rank !== null && rank <= MOST && current !== 0)
        .map((row) =>
          shareRow(row, women.get(row.key) ?? none(compared), whole.get(row.key) ?? none(compared)),
        ),
    };
  },
});
