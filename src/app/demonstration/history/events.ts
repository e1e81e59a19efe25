import { addDays, type PlainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import { deal, type Hand } from './deal.ts';
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

/** How often something happened to somebody in the year before, and in the year after. */
type Counted = readonly [who: Followed, before: number, after: number];

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
  const { likely, others } = whoBefore(chance, table, people);
  const counted = [...asBefore(chance, table, likely, hasMost), ...asNever(chance, table, others)];
  return counted.flatMap(([{ personRef, day }, before, after]) => {
    const days = [
      ...Array.from({ length: before }, () => addDays(day, -chance.between(1, 365))),
      ...Array.from({ length: after }, () => addDays(day, chance.below(365))),
    ];
    return days.map((occurredOn) => ({
      person_ref: personRef,
      kind: table.kind,
      occurred_on: occurredOn,
      source: table.source,
    }));
  });
}

const hundredths = (of: number, share: number) => Math.round((of * share) / 100);

/** To whom it happened before: those whose referral says that they were missing come first among the missing. */
function whoBefore(chance: Chance, table: BeforeAndAfter, people: readonly Followed[]) {
  const likely: Followed[] = [];
  const others: Followed[] = [];
  const before = hundredths(people.length, table.anyBefore);
  const isSure = ({ wasMissing }: Followed) => table.kind !== 'missing' || wasMissing;
  const sure = Math.min(before, people.filter(isSure).length);
  deal(
    chance,
    people,
    [
      [likely, sure, isSure],
      [likely, before - sure],
      [others, people.length - before],
    ],
    (one, list) => {
      list.push(one);
    },
  );
  return { likely, others };
}

/** How it went on for those to whom it happened before. */
function asBefore(
  chance: Chance,
  table: BeforeAndAfter,
  people: readonly Followed[],
  hasMost: boolean,
): Counted[] {
  const decreased = hundredths(people.length, table.decreased);
  const toZero = hundredths(people.length, table.toZero);
  const unchanged = hundredths(people.length, table.unchanged);
  const times = people.map((_, index) => table.times[index % table.times.length] ?? 1);
  const once = times.filter((time) => time === 1);
  const often = chance.shuffled(times.filter((time) => time > 1));
  const counted: Counted[] = [];
  const hands: Hand<Followed, 'fewer' | 'none' | 'as many' | 'more'>[] = [
    ['fewer', decreased - toZero],
    ['none', toZero],
    ['as many', unchanged],
    ['more', people.length - decreased - unchanged],
  ];
  deal(chance, people, hands, (one, course) => {
    if (hasMost && course === 'fewer' && counted.length === 0) {
      counted.push([one, ...MOST_OFTEN_MISSING]);
      return;
    }
    // To whom it happened once, it cannot have happened less often but for not at all.
    const before = (course === 'fewer' ? often.pop() : (once.pop() ?? often.pop())) ?? 2;
    const after = {
      fewer: chance.between(1, Math.max(1, before - 1)),
      none: 0,
      'as many': before,
      more: before + chance.between(1, 3),
    };
    counted.push([one, before, after[course]]);
  });
  return counted;
}

/** To some of those to whom it had not happened, it happened afterwards. */
function asNever(chance: Chance, table: BeforeAndAfter, people: readonly Followed[]): Counted[] {
  const began = chance.shuffled(people).slice(0, hundredths(people.length, table.began));
  return began.map((one): Counted => [one, 0, chance.pick([1, 1, 1, 2, 3])]);
}
