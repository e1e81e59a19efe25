import { bothOf, byKey, counted, countRows, countTable, type Keyed, shares, shareTable } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { referrals } from '../readings/referrals.ts';
import { BY_RECEIPT, COMPETITION } from './referral-words.ts';

const decisions: readonly Keyed[] = [
  { key: 'accepted', label: 'Accepted' },
  { key: 'declined', label: 'Declined' },
  { key: 'signposted', label: 'Signposted' },
  { key: 'intelligence-only', label: 'Intelligence only' },
  { key: 'pending', label: 'Not decided' },
];

const reasons: readonly Keyed[] = [
  { key: 'no-county-lines-link', label: 'No known link to county lines' },
  { key: 'at-risk-only', label: 'At risk, with no known link to county lines' },
  { key: 'outside-criteria', label: 'Outside the criteria: age or area' },
  { key: 'similar-provision-in-borough', label: 'The borough has similar support' },
  { key: 'no-consent', label: 'No consent to support' },
  { key: 'other', label: 'Another reason' },
];

export const measure = defineMeasure({
  id: 'referrals.decisions',
  version: 1,
  title: 'Decisions on referrals',
  definition: `The share of referrals received with each decision, as it was recorded at the moment the figures are as at, whatever the day of the decision. ${BY_RECEIPT} Reasons are of those declined or signposted.`,
  rules: {
    unknowns: 'What is not decided is a category of its own. A reason that is not known takes no rank.',
    ties: COMPETITION,
  },
  shape: {
    own: {
      kind: 'share-table',
      of: { records: 'referrals' },
      by: 'decision',
      keys: 'fixed',
      exclusive: true,
    },
    parts: {
      accepted: { kind: 'share', of: { records: 'referrals' }, part: { decision: 'accepted' } },
      reasons: {
        kind: 'count-table',
        of: { records: 'referrals', where: { decision: 'declined|signposted' } },
        by: 'reason',
        keys: 'fixed',
        exclusive: true,
        ranked: true,
        unranked: ['unknown'],
      },
    },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['decision', 'reason']) },
  figure({ received }, { comparison }) {
    const compared = comparison !== null;
    const all = bothOf(received, compared);
    const turnedDown = received.filter(({ values }) => ['declined', 'signposted'].includes(values[0] ?? ''));
    const rows = counted(reasons, byKey(turnedDown, compared, 1), compared);
    return {
      ...shareTable(decisions, byKey(received, compared), all, compared),
      accepted: shares(
        bothOf(received, compared, ([decision]) => decision === 'accepted'),
        all,
      ),
      reasons: countTable(
        countRows(rows, (key) => key !== 'unknown'),
        bothOf(turnedDown, compared),
      ),
    };
  },
});
