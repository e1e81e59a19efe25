import { share } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { kaplanMeier } from '../kaplan-meier.ts';
import type { Counted } from '../measure.ts';
import { median } from '../median.ts';
import { type NrmCount, nrmCounts } from '../readings/events.ts';

const of: Counted = { records: 'nrm-referrals' };
const decided = (grounds: string): Counted => ({ ...of, where: { [grounds]: 'positive|negative' } });
const positive: Counted = { ...of, where: { conclusiveGrounds: 'positive' } };

export const measure = defineMeasure({
  id: 'nrm.decisions',
  version: 1,
  title: 'Decisions of the National Referral Mechanism',
  definition:
    'Referrals to the National Referral Mechanism made in the period, by who made them, what kind of exploitation they tell of, and the decisions on reasonable and conclusive grounds. Of positive conclusive decisions, the share made at the first panel. The median of days from the referral to each decision, of those decided; and to the conclusive decision with those who wait still counted for as long as they have by the last day of the period (Kaplan and Meier). Who was refused at reasonable grounds, or withdrew, does not wait.',
  rules: { unknowns: 'What is not known is a category of its own.' },
  shape: {
    own: {
      kind: 'object',
      fields: {
        referrals: { kind: 'count', of },
        byFirstResponder: { kind: 'counts', of, by: 'firstResponder' },
        byExploitationType: { kind: 'counts', of, by: 'exploitationType' },
        reasonableGrounds: { kind: 'counts', of, by: 'reasonableGrounds' },
        conclusiveGrounds: { kind: 'counts', of, by: 'conclusiveGrounds' },
        firstPanel: { kind: 'bare-share', of: positive, part: { firstPanel: 'yes' } },
        medianDaysToReasonable: { kind: 'derived', of: decided('reasonableGrounds'), fewest: 'k' },
        medianDaysToConclusive: { kind: 'derived', of: decided('conclusiveGrounds'), fewest: 'k' },
        // It steps where somebody was decided: of fewer than k of them it would tell days of theirs.
        kaplanMeierMedianDaysToConclusive: {
          kind: 'derived',
          of: decided('conclusiveGrounds'),
          fewest: 'k',
        },
      },
    },
  },
  needs: ['nrm.csv'],
  reads: { made: nrmCounts },
  figure({ made }) {
    const rowsOf = (what: NrmCount['what']) => made.filter((row) => row.what === what);
    const countsOf = (what: NrmCount['what']) =>
      Object.fromEntries(
        rowsOf(what)
          .map(({ value, count }) => [value, count] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
    const sum = (rows: readonly NrmCount[]) => rows.reduce((all, { count }) => all + count, 0);
    const days = (what: NrmCount['what']) =>
      rowsOf(what).flatMap(({ value, count }) => Array<number>(count).fill(Number(value)));
    const panels = rowsOf('first panel');
    const conclusive = days('days to conclusive');
    return {
      referrals: sum(rowsOf('conclusive')),
      byFirstResponder: countsOf('first responder'),
      byExploitationType: countsOf('exploitation'),
      reasonableGrounds: countsOf('reasonable'),
      conclusiveGrounds: countsOf('conclusive'),
      firstPanel: share(sum(panels.filter(({ value }) => value === 'yes')), sum(panels)),
      medianDaysToReasonable: median(days('days to reasonable')),
      medianDaysToConclusive: median(conclusive),
      // What is dated before the referral is a slip of the pen: it took no time.
      kaplanMeierMedianDaysToConclusive: kaplanMeier([
        ...conclusive.map((time) => ({ time: Math.max(0, time), ended: true })),
        ...days('days waiting').map((time) => ({ time: Math.max(0, time), ended: false })),
      ]).median,
    };
  },
});
