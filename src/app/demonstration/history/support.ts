import { addDays, daysBetween, type PlainDate, plainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import { deal, dealAs, type Hand } from './deal.ts';
import type { HistoryRow } from './history-rows.ts';
import { inOrderOf } from './in-order.ts';
import type { InventedReferral } from './invented-referral.ts';
import {
  type Course,
  closedLater,
  courses,
  type Outcomes,
  outcomeTables,
  secondEngagements,
} from './support-tables.ts';

type YesNo = 'yes' | 'no' | '';

/** An episode of support that is being made up. */
export interface InventedSupport {
  readonly referral: InventedReferral;
  readonly provider: string;
  readonly allocatedOn: PlainDate;
  readonly engagedOn: PlainDate | null;
  closedOn: PlainDate;
  readonly reason: string;
  readonly recordedAs: Course['outcomes'];
  outcomes: readonly YesNo[];
  harm: string;
  countyLines: string;
  resilience: string;
  neetAtStart: YesNo;
  neetAtEnd: YesNo;
}

/** The support of everybody accepted, each referral's episodes in their order. All of it has ended. */
export function inventSupport(chance: Chance, referrals: readonly InventedReferral[]): InventedSupport[] {
  const support: InventedSupport[] = [];
  for (const year of ['before', 'year2', 'year3'] as const) {
    const accepted = referrals.filter((one) => one.year === year && one.decision === 'accepted');
    const hands = courses
      .filter((course) => course.year === year)
      .map(
        (course): Hand<InventedReferral, Course> => [
          course,
          course.referrals,
          ({ decidedOn }) => decidedOn >= course.decided[0] && decidedOn <= course.decided[1],
        ],
      );
    deal(chance, accepted, hands, (one, course) => {
      support.push(episodeOf(chance, one, course));
    });
  }
  support.push(
    ...handedOver(
      chance,
      support.filter(({ reason }) => reason === 'transferred'),
    ),
  );
  for (const [kind, table] of Object.entries(outcomeTables)) {
    giveOutcomes(
      chance,
      support.filter(({ recordedAs }) => recordedAs === kind),
      table,
    );
  }
  return support.sort(inOrderOf((one) => `${one.referral.ref} ${one.allocatedOn}`));
}

/** Young women mostly go to Abianda; whom else a provider supports is chance. */
function providerOf(chance: Chance, gender: InventedReferral['gender']): string {
  if (gender === 'female' && chance.happens(85)) return 'abianda';
  return chance.happens(55) ? 'st-giles' : 'safer-london';
}

function episodeOf(chance: Chance, referral: InventedReferral, course: Course): InventedSupport {
  const { engaged, closed } = course;
  const engagedOn = engaged ? dayIn(chance, referral.decidedOn, engaged.after, engaged.on) : null;
  // A provider is found some days before the first meeting, or some weeks before it is clear that there will be none.
  const allocatedOn = engagedOn
    ? chance.workingDay(later(referral.decidedOn, addDays(engagedOn, -21)), addDays(engagedOn, -1))
    : chance.workingDay(addDays(referral.decidedOn, 3), addDays(referral.decidedOn, 100));
  return {
    referral,
    provider: providerOf(chance, referral.gender),
    allocatedOn,
    engagedOn,
    closedOn: dayIn(chance, engagedOn ?? allocatedOn, closed.after, closed.on),
    reason: chance.pick(course.reasons),
    recordedAs: course.outcomes,
    outcomes: [],
    harm: '',
    countyLines: '',
    resilience: '',
    neetAtStart: '',
    neetAtEnd: '',
  };
}

/** A second provider's support of those whom a first handed over, which ends some weeks before. */
function handedOver(chance: Chance, firsts: readonly InventedSupport[]): InventedSupport[] {
  const seconds: InventedSupport[] = [];
  deal(
    chance,
    firsts,
    secondEngagements.map(([people, on]) => [on, people]),
    (first, [from, to]) => {
      const engagedOn = chance.workingDay(plainDate(from), plainDate(to));
      first.closedOn = chance.workingDay(addDays(engagedOn, -35), addDays(engagedOn, -10));
      const provider = first.provider === 'safer-london' ? 'st-giles' : 'safer-london';
      seconds.push({
        ...first,
        provider,
        allocatedOn: chance.workingDay(addDays(first.closedOn, 1), addDays(engagedOn, -1)),
        engagedOn,
        closedOn: dayIn(chance, engagedOn, closedLater.after, closedLater.on),
        reason: chance.pick(closedLater.reasons),
        recordedAs: 'later',
      });
    },
  );
  return seconds;
}

/** A working day so many days after another, as far as a span has it. */
function dayIn(
  chance: Chance,
  from: PlainDate,
  [least, most]: readonly [number, number],
  [first, last]: readonly [string, string],
): PlainDate {
  return chance.workingDay(
    later(addDays(from, least), plainDate(first)),
    earlier(addDays(from, most), plainDate(last)),
  );
}

const later = (one: PlainDate, other: PlainDate) => (daysBetween(one, other) > 0 ? other : one);
const earlier = (one: PlainDate, other: PlainDate) => (daysBetween(one, other) > 0 ? one : other);

/** How it ended, in the numbers of the table: first who had a positive outcome, then what else was better for them. */
function giveOutcomes(chance: Chance, support: readonly InventedSupport[], table: Outcomes): void {
  const positive: InventedSupport[] = [];
  const notPositive: InventedSupport[] = [];
  deal(
    chance,
    support,
    [
      [positive, table.positive],
      [notPositive, table.notPositive],
    ],
    (one, list) => {
      list.push(one);
    },
  );
  for (const one of positive) one.outcomes = someOf(chance);
  for (const one of notPositive) one.outcomes = Array.from({ length: 8 }, () => no(chance));
  const { ceased, reduced } = table.countyLines;
  const count = positive.length;
  dealAs(chance, 'harm', positive, split(count, 'reduced', table.harmReduced, 'same'));
  dealAs(chance, 'resilience', positive, split(count, 'increased', table.resilienceIncreased, 'same'));
  dealAs(chance, 'countyLines', positive, [
    ['ceased', ceased],
    ['reduced', reduced],
    ['same', count - ceased - reduced],
  ]);
  for (const one of notPositive) {
    one.harm = chance.happens(70) ? 'same' : 'increased';
    one.resilience = chance.happens(80) ? 'same' : 'decreased';
    one.countyLines = chance.happens(70) ? 'same' : 'increased';
  }
  giveNeet(chance, [...positive, ...notPositive], table);
}

const split = (all: number, better: string, count: number, other: string): [string, number][] => [
  [better, count],
  [other, all - count],
];

function giveNeet(chance: Chance, support: readonly InventedSupport[], table: Outcomes): void {
  const wasNeet: InventedSupport[] = [];
  const hands: Hand<InventedSupport, YesNo>[] = [
    ['yes', table.neet, ({ referral }) => referral.educationStatus !== 'in-education'],
    ['no', support.length - table.neet],
  ];
  deal(chance, support, hands, (one, neet) => {
    one.neetAtStart = neet;
    if (neet === 'yes') wasNeet.push(one);
    else one.neetAtEnd = chance.happens(4) ? 'yes' : 'no';
  });
  const atTheEnd: Hand<InventedSupport, YesNo>[] = [
    ['no', table.noLongerNeet],
    ['yes', table.neet - table.noLongerNeet],
  ];
  dealAs(chance, 'neetAtEnd', wasNeet, atTheEnd);
}

/** Some of the eight items of a positive outcome, one at the least; now and then one is not recorded. */
function someOf(chance: Chance): YesNo[] {
  const sure = chance.below(8);
  return Array.from({ length: 8 }, (_, item) => (item === sure || chance.happens(65) ? 'yes' : no(chance)));
}

const no = (chance: Chance): YesNo => (chance.happens(92) ? 'no' : '');

/** An episode as it stands in its file. */
export function supportRow(one: InventedSupport): HistoryRow<'support.csv'> {
  const item = (place: number) => one.outcomes[place] ?? '';
  return {
    referral_ref: one.referral.ref,
    provider: one.provider,
    allocated_on: one.allocatedOn,
    first_engaged_on: one.engagedOn ?? '',
    closed_on: one.closedOn,
    closure_reason: one.reason,
    outcome_1: item(0),
    outcome_2: item(1),
    outcome_3: item(2),
    outcome_4: item(3),
    outcome_5: item(4),
    outcome_6: item(5),
    outcome_7: item(6),
    outcome_8: item(7),
    harm: one.harm,
    county_lines_involvement: one.countyLines,
    resilience: one.resilience,
    neet_at_start: one.neetAtStart,
    neet_at_end: one.neetAtEnd,
  };
}
