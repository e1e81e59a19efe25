import { type PlainDate, plainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import { inParts } from './deal.ts';
import type { HistoryRow } from './history-rows.ts';
import { inOrderOf } from './in-order.ts';
import { years } from './periods.ts';

interface Programme {
  readonly course: string;
  readonly provider: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Sessions and professionals, by quadrant of London. */
  readonly quadrants: Readonly<Record<string, readonly [sessions: number, attendees: number]>>;
}

const programmes: readonly Programme[] = [
  // About 600 before the third year (page 42)
  {
    course: 'What county lines are, and what to do',
    provider: 'st-giles',
    from: plainDate('2018-11-05'),
    to: years[0].to,
    quadrants: { north: [4, 172], east: [5, 211], south: [3, 128], west: [2, 89] },
  },
  // 23 sessions and 1,027 professionals in the third year, offered by quadrant (page 26)
  {
    course: 'Young women, girls, gangs and county lines',
    provider: 'abianda',
    ...years[1],
    quadrants: { north: [6, 268], east: [7, 312], south: [6, 259], west: [4, 188] },
  },
];

/** The sessions in which professionals were trained. */
export function trainingRows(chance: Chance): HistoryRow<'training.csv'>[] {
  return programmes
    .flatMap(({ course, provider, from, to, quadrants }) =>
      Object.entries(quadrants).flatMap(([quadrant, [sessions, attendees]]) =>
        inParts(chance, attendees, sessions).map((professionals) => ({
          session_ref: '',
          course,
          delivered_on: chance.workingDay(from, to),
          provider,
          quadrant,
          attendees: String(professionals),
        })),
      ),
    )
    .sort(inOrderOf((row) => row.delivered_on))
    .map((row, index) => ({ ...row, session_ref: `T-${String(index + 1).padStart(2, '0')}` }));
}
