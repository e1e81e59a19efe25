import { daysBetween, type PlainDate } from '../platform/clock/plain-date.ts';
import { type CodedWord, genders, wordFor } from '../reference/code-lists.ts';
import { ethnicGroupOf, ethnicGroups } from '../reference/ethnic-groups.ts';

/** Who waits for a provider, how long, and whether some wait longer than others. Pure: no I/O here. */

/** What is counted of somebody who waits. */
export interface CountedWait {
  gender: string;
  /** In whole years; null where it is not known. */
  age: number | null;
  ethnicity: string;
  areaName: string;
  acceptedOn: PlainDate;
}

export const ageBands = [
  { code: 'under-13', text: 'Under 13', to: 12 },
  { code: '13-to-15', text: '13 to 15', to: 15 },
  { code: '16-and-17', text: '16 and 17', to: 17 },
  { code: '18-to-25', text: '18 to 25', to: 25 },
  { code: 'over-25', text: 'Over 25', to: Number.POSITIVE_INFINITY },
] as const satisfies readonly (CodedWord & { to: number })[];
const ageNotKnown = { code: 'not-known', text: 'Age not known' } as const satisfies CodedWord;

/** How long a group of young people has waited since they were accepted, in days. */
export interface GroupWait {
  group: string;
  count: number;
  median: number;
  longest: number;
}

export interface WaitSummary {
  everybody: GroupWait | null;
  by: readonly { what: string; groups: readonly GroupWait[] }[];
}

/**
 * How long young people wait, by gender, age, ethnic group and area, the area that waits longest first. Nothing is left
 * out or rounded: it is for those who see every one of them.
 */
export function summariseWaits(waits: readonly CountedWait[], today: PlainDate): WaitSummary {
  const [everybody = null] = grouped(waits, () => 'Everybody', today);
  const inOrderOf = (groups: GroupWait[], list: readonly CodedWord[]) => {
    const place = ({ group }: GroupWait) => list.findIndex(({ text }) => text === group);
    return groups.toSorted((one, other) => place(one) - place(other));
  };
  return {
    everybody,
    by: [
      {
        what: 'Gender',
        groups: inOrderOf(
          grouped(waits, ({ gender }) => wordFor(genders, gender), today),
          genders,
        ),
      },
      {
        what: 'Age now',
        groups: inOrderOf(
          grouped(waits, ({ age }) => bandOf(age), today),
          [...ageBands, ageNotKnown],
        ),
      },
      {
        what: 'Ethnic group',
        groups: inOrderOf(
          grouped(waits, ({ ethnicity }) => wordFor(ethnicGroups, ethnicGroupOf(ethnicity)), today),
          ethnicGroups,
        ),
      },
      {
        what: 'Area',
        groups: grouped(waits, ({ areaName }) => areaName, today).toSorted(
          (one, other) => other.longest - one.longest || one.group.localeCompare(other.group, 'en-GB'),
        ),
      },
    ],
  };
}

function grouped(
  waits: readonly CountedWait[],
  groupOf: (wait: CountedWait) => string,
  today: PlainDate,
): GroupWait[] {
  const days = new Map<string, number[]>();
  for (const wait of waits) {
    const group = groupOf(wait);
    days.set(group, [...(days.get(group) ?? []), daysBetween(wait.acceptedOn, today)]);
  }
  return [...days].map(([group, each]) => ({
    group,
    count: each.length,
    median: medianOf(each),
    longest: Math.max(...each),
  }));
}

/** The middle one; of an even number, half-way between the two in the middle. */
function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const [below = 0, above = below] = [
    sorted[Math.ceil(sorted.length / 2) - 1],
    sorted[Math.floor(sorted.length / 2)],
  ];
  return (below + above) / 2;
}

const bandOf = (age: number | null): string =>
  (age === null ? undefined : ageBands.find(({ to }) => age <= to))?.text ?? ageNotKnown.text;

/** Where somebody stands, to tell who is before them: those who were moved up come first, in the order they were. */
export interface Standing {
  acceptedAt: Date;
  movedUpAt: Date | null;
}

/** Who of those who wait stands before somebody. */
export function thoseBefore<Waiter extends Standing>(waiters: readonly Waiter[], one: Standing): Waiter[] {
  return waiters.filter((other) => standsBefore(other, one));
}

function standsBefore(one: Standing, other: Standing): boolean {
  if (one.movedUpAt !== null)
    return other.movedUpAt === null || one.movedUpAt.getTime() < other.movedUpAt.getTime();
  return other.movedUpAt === null && one.acceptedAt.getTime() < other.acceptedAt.getTime();
}
