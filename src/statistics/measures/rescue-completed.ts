import { bothOf, total } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { completedRescues } from '../readings/events.ts';

export const measure = defineMeasure({
  id: 'rescue.completed',
  version: 1,
  title: 'Rescues completed',
  definition: 'How many rescues were completed in the period: young people who were brought home.',
  rules: { unknowns: 'A rescue without a time of completion is not counted.' },
  shape: {
    own: { kind: 'total', of: { records: 'rescue-requests', where: { completed: 'in-the-period' } } },
  },
  needs: ['rescues.csv'],
  reads: { completed: counts(completedRescues, []) },
  figure: ({ completed }, { comparison }) => ({ total: total(bothOf(completed, comparison !== null)) }),
});
