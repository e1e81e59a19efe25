import { addDays, type PlainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import { deal } from './deal.ts';
import { afterSupport, type BeforeAndAfter, MOST_OFTEN_MISSING, withoutSupport } from './event-tables.ts';
import type { HistoryRow } from './history-rows.ts';
import { inOrderOf } from './in-order.ts';
import type { InventedReferral } from './invented-referral.ts';
import { years } from './periods.ts';
import type { InventedSupport } from './support.ts';

/** Somebody and the day that parts before from after. */
interface Followed {
  readonly personRef: string;
  readonly day: PlainDate;
  readonly wasMissing: boolean;
}

type Course = 'to zero' | 'fewer' | 'as many' | 'more' | 'began' | 'never';

/**
 * Missing episodes, arrests and convictions of everybody accepted, in the year before and in the year after they were
 * allocated, or after the decision where they never engaged. Who can be followed for a year up to 30 April 2021 is dealt
 * for apart from who cannot yet, so that the shares hold in the report of that year.
 */
export function eventRows(
  chance: Chance,
  referrals: readonly InventedReferral[],
  support: readonly InventedSupport[],
): HistoryRow<'events.csv'>[] {
  const accepted = referrals.filter(({ decision }) => decision === 'accepted');
  const firstEngaged = new Map<string, PlainDate>();
  for (const { referral, allocatedOn, engagedOn } of support) {
    const first = firstEngaged.get(referral.personRef);
    if (engagedOn && (first === undefined || allocatedOn < first))
      firstEngaged.set(referral.personRef, allocatedOn);
  }
  const followed = accepted.map(({ personRef, decidedOn, missing }) => ({
    personRef,
    day: firstEngaged.get(personRef) ?? decidedOn,
    wasMissing: missing === 'yes',
    engaged: firstEngaged.has(personRef),
  }));
  const lastDay = addDays(years[1].to, -364);
  const groups = [true, false].flatMap((engaged) =>
    [true, false].map((isFollowed) => ({
      tables: engaged ? afterSupport : withoutSupport,
      people: followed.filter((one) => one.engaged === engaged && one.day <= lastDay === isFollowed),
      hasMost: engaged && isFollowed,
    })),
  );
  return groups
    .flatMap(({ tables, people, hasMost }) =>
      tables.flatMap((table) => happened(chance, table, people, hasMost && table.kind === 'missing')),
    )
    .sort(inOrderOf((row) => `${row.occurred_on} ${row.person_ref}`));
}

function happened(
  chance: Chance,
  table: BeforeAndAfter,
  people: readonly Followed[],
  hasMost: boolean,
): HistoryRow<'events.csv'>[] {
  const hundredths = (of: number, share: number) => Math.round((of * share) / 100);
  const before = hundredths(people.length, table.anyBefore);
  const decreased = hundredths(before, table.decreased);
  const toZero = hundredths(before, table.toZero);
  const unchanged = hundredths(before, table.unchanged);
  const began = hundredths(people.length - before, table.began);
  const times = Array.from({ length: before }, (_, index) => table.times[index % table.times.length] ?? 1);
  const often = chance.shuffled(times.filter((time) => time > 1));
  const once = chance.shuffled(times.filter((time) => time === 1));
  const rows: HistoryRow<'events.csv'>[] = [];
  // Who was missing when they were referred comes first among those of whom the police know it.
  const isLikely = ({ wasMissing }: Followed) => table.kind !== 'missing' || wasMissing;
  const likely: Followed[] = [];
  const others: Followed[] = [];
  const sure = Math.min(before, people.filter(isLikely).length);
  deal(
    chance,
    people,
    [
      [likely, sure, isLikely],
      [likely, before - sure],
      [others, people.length - before],
    ],
    (one, list) => {
      list.push(one);
    },
  );
  const tell = (one: Followed, earlier: number, later: number) => {
    const row = (occurredOn: PlainDate) => {
      rows.push({
        person_ref: one.personRef,
        kind: table.kind,
        occurred_on: occurredOn,
        source: table.source,
      });
    };
    for (let time = 0; time < earlier; time += 1) row(addDays(one.day, -chance.between(1, 365)));
    for (let time = 0; time < later; time += 1) row(addDays(one.day, chance.below(365)));
  };
  let most = hasMost ? 1 : 0;
  deal(
    chance,
    likely,
    [
      ['fewer', decreased - toZero],
      ['to zero', toZero],
      ['as many', unchanged],
      ['more', before - decreased - unchanged],
    ] satisfies [Course, number][],
    (one, course) => {
      if (course === 'fewer' && most > 0) {
        most -= 1;
        tell(one, ...MOST_OFTEN_MISSING);
        return;
      }
      // Fewer than once would be never: who was missing once is not among those for whom it became fewer.
      const earlier = (course === 'fewer' ? (often.pop() ?? 2) : (once.pop() ?? often.pop())) ?? 1;
      const after = {
        'to zero': 0,
        fewer: chance.between(1, Math.max(1, earlier - 1)),
        'as many': earlier,
        more: earlier + chance.between(1, 3),
      };
      tell(one, earlier, after[course]);
    },
  );
  deal(
    chance,
    others,
    [
      ['began', began],
      ['never', others.length - began],
    ] satisfies [Course, number][],
    (one, course) => {
      if (course === 'began') tell(one, 0, chance.pick([1, 1, 1, 2, 3]));
    },
  );
  return rows;
}
