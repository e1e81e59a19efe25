import { bothOf } from '../count.ts';
import { defineMeasure } from '../define-measure.ts';
import { counts } from '../reading.ts';
import { type GroupPopulation, groupPopulation } from '../readings/places.ts';
import { referrals } from '../readings/referrals.ts';
import { relativeRate } from '../relative-rate.ts';
import { BY_RECEIPT, knownEthnicGroups } from './referral-words.ts';

/** The ages whom the service is for, where the population is told by age. */
const AGES = { from: 10, to: 25 };

export const measure = defineMeasure({
  id: 'referrals.disproportionality',
  version: 1,
  title: 'Disproportionality of referrals',
  definition: `For each ethnic group, how many times as often it is referred as everybody else is: its share of referrals over its share of the population, divided by the others' share of referrals over their share of the population. ${BY_RECEIPT} With the 95% interval of the log method; the population is taken as known. Of a population told by age, those of 10 to 25.`,
  rules: { unknowns: 'Referrals whose ethnic group is not known are counted among the others.' },
  shape: {
    own: {
      kind: 'rows',
      by: 'ethnicGroup',
      fields: {
        numerator: { kind: 'count', of: { records: 'referrals', where: { ethnicGroup: '*' } } },
        denominator: { kind: 'count', of: { records: 'referrals' } },
        populationShare: { kind: 'open' },
        relativeRate: { kind: 'derived', of: { records: 'referrals', where: { ethnicGroup: '*' } } },
        low: { kind: 'derived', of: { records: 'referrals', where: { ethnicGroup: '*' } } },
        high: { kind: 'derived', of: { records: 'referrals', where: { ethnicGroup: '*' } } },
      },
    },
    parts: { population: { kind: 'open' } },
  },
  needs: ['referrals.csv'],
  reads: { received: counts(referrals, ['ethnicGroup']), population: groupPopulation },
  figure({ received, population: everybody }, _asked) {
    const population = ofTheAges(everybody);
    const [one] = population;
    if (!one) return 'no-population';
    const people = (group: string) =>
      population.reduce((sum, each) => (each.group === group ? sum + each.people : sum), 0);
    const allPeople = population.reduce((sum, each) => sum + each.people, 0);
    const denominator = bothOf(received, false).current;
    const rows = knownEthnicGroups.map(({ key, label }) => {
      const numerator = bothOf(received, false, ([group]) => group === key).current;
      const base = people(key);
      const rate =
        base > 0 && base < allPeople
          ? relativeRate(
              { count: numerator, base },
              { count: denominator - numerator, base: allPeople - base },
            )
          : null;
      return {
        key,
        label,
        numerator,
        denominator,
        populationShare: allPeople === 0 ? null : base / allPeople,
        relativeRate: rate?.relativeRate ?? null,
        low: rate?.low ?? null,
        high: rate?.high ?? null,
      };
    });
    const ages = population.flatMap(({ ageFrom, ageTo }) =>
      ageFrom === null || ageTo === null ? [] : [ageFrom, ageTo],
    );
    return {
      rows,
      population: {
        source: one.source,
        edition: one.edition,
        year: one.year,
        ageFrom: ages.length === 0 ? null : Math.min(...ages),
        ageTo: ages.length === 0 ? null : Math.max(...ages),
        people: allPeople,
      },
    };
  },
});

/** Those whom the service is for, where the population is told by age so finely; else all of it. */
function ofTheAges(population: readonly GroupPopulation[]): readonly GroupPopulation[] {
  const within = population.filter(
    ({ ageFrom, ageTo }) => ageFrom !== null && ageTo !== null && ageFrom >= AGES.from && ageTo <= AGES.to,
  );
  return within.length > 0 ? within : population;
}
