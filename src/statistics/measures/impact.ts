import { share } from '../count.ts';
import { type DefinedMeasure, defineMeasure } from '../define-measure.ts';
import type { Counted, Shape } from '../measure.ts';
import { median } from '../median.ts';
import { type BeforeAndAfter, type Cohort, type EventKind, impactOn } from '../readings/impact.ts';
import { wilcoxonP } from '../wilcoxon.ts';

/** What happened in the year before and in the year after, for everybody and not for a sample. */

const words: Record<EventKind, { readonly id: string; readonly title: string; readonly events: string }> = {
  missing: { id: 'impact.missing', title: 'Missing', events: 'missing episodes' },
  arrest: { id: 'impact.arrests', title: 'Arrests', events: 'arrests' },
  conviction: { id: 'impact.convictions', title: 'Convictions', events: 'convictions' },
};

export function impactMeasure(kind: EventKind, cohort: Cohort): DefinedMeasure {
  const { id, title, events } = words[kind];
  const engaged = cohort === 'engaged';
  const of: Counted = { records: 'people', where: { cohort }, window: 'to-date' };
  const anyBefore: Counted = { ...of, where: { cohort, [`${kind}Before`]: 'any' } };
  return defineMeasure({
    id: engaged ? id : `${id}.comparison`,
    version: 1,
    title: engaged
      ? `${title} before and after support`
      : `${title} before and after, of those who never engaged`,
    definition: engaged
      ? `The ${events} of everybody who engaged with support, in the year before and the year after they were allocated. Each person counts once, from the first episode in which they engaged, and only with a whole year behind them on the last day of the period, whatever its first day. The day itself is in the year after.`
      : `The ${events} of everybody who was accepted and never engaged, in the year before and the year after the decision. Each person counts once, from their first acceptance, and only with a whole year behind them on the last day of the period. A comparison, not proof: who does not engage differs in more than support.`,
    rules: { unknowns: 'Nothing recorded is taken for none.' },
    shape: {
      own: {
        kind: 'object',
        fields: {
          people: { kind: 'count', of },
          withAnyBefore: { kind: 'count', of: anyBefore },
          decreased: { kind: 'bare-share', of: anyBefore, part: { change: 'decreased' } },
          toZero: { kind: 'bare-share', of: anyBefore, part: { after: 'none' } },
          unchanged: { kind: 'count', of: { ...of, where: { cohort, [`${kind}Change`]: 'unchanged' } } },
          increased: { kind: 'count', of: { ...of, where: { cohort, [`${kind}Change`]: 'increased' } } },
          medianBefore: derivedFrom(of),
          medianAfter: derivedFrom(of),
          totalBefore: derivedFrom(of),
          totalAfter: derivedFrom(of),
          wilcoxonP: derivedFrom(of),
        },
      },
    },
    needs: engaged ? ['support.csv', 'events.csv'] : ['referrals.csv', 'support.csv', 'events.csv'],
    reads: { distribution: impactOn(kind, cohort) },
    figure: ({ distribution }) => impactOf(distribution),
  });
}

function derivedFrom(of: Counted): Shape {
  return { kind: 'derived', of, fewest: 'k' };
}

function impactOf(distribution: readonly BeforeAndAfter[]) {
  const people = (holds: (row: BeforeAndAfter) => boolean) =>
    distribution.reduce((sum, row) => (holds(row) ? sum + row.people : sum), 0);
  const each = (value: (row: BeforeAndAfter) => number) =>
    distribution.flatMap((row) => Array<number>(row.people).fill(value(row)));
  const sum = (value: (row: BeforeAndAfter) => number) =>
    distribution.reduce((total, row) => total + value(row) * row.people, 0);
  const withAnyBefore = people(({ before }) => before > 0);
  return {
    people: people(() => true),
    withAnyBefore,
    decreased: share(
      people(({ before, after }) => after < before),
      withAnyBefore,
    ),
    toZero: share(
      people(({ before, after }) => before > 0 && after === 0),
      withAnyBefore,
    ),
    unchanged: people(({ before, after }) => after === before),
    increased: people(({ before, after }) => after > before),
    medianBefore: median(each(({ before }) => before)),
    medianAfter: median(each(({ after }) => after)),
    totalBefore: sum(({ before }) => before),
    totalAfter: sum(({ after }) => after),
    wilcoxonP: wilcoxonP(each(({ before, after }) => after - before)),
  };
}
