import { type PlainDate, plainDate } from '../../../platform/clock/plain-date.ts';

/** The two years whose figures were printed, both days included (Year 3 Strategic Assessment, page 2). */
export const years: readonly [year2: Year, year3: Year] = [
  { from: plainDate('2019-05-01'), to: plainDate('2020-04-30') },
  { from: plainDate('2020-05-01'), to: plainDate('2021-04-30') },
];

export interface Year {
  readonly from: PlainDate;
  readonly to: PlainDate;
}
