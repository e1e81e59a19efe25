import { onwardServices } from '../../reference/code-lists.ts';
import { bothOf, byKey, counted, countRows, countTable, keyed } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { onwardReferrals } from '../readings/events.ts';
import { COMPETITION } from './referral-words.ts';

export const measure = defineMeasure({
  id: 'onward-referrals.by-service',
  version: 1,
  title: 'Onward referrals by service',
  definition:
    'How often young people were referred on to each kind of service in the period, by the day on which that was made, whatever came of it.',
  rules: { unknowns: 'A service that is not known takes no rank and is in the total.', ties: COMPETITION },
  shape: {
    own: {
      kind: 'count-table',
      of: { records: 'onward-referrals' },
      by: 'service',
      keys: 'fixed',
      exclusive: true,
      ranked: true,
      unranked: ['unknown'],
    },
  },
  needs: ['onward_referrals.csv'],
  reads: { made: counts(onwardReferrals, ['service']) },
  figure({ made }, { comparison }) {
    const compared = comparison !== null;
    const rows = counted(keyed(onwardServices), byKey(made, compared), compared);
    return {
      ...countTable(
        countRows(rows, (key) => key !== 'unknown'),
        bothOf(made, compared),
      ),
    };
  },
});
