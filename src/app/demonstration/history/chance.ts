import { addDays, dayOfWeek, daysBetween, type PlainDate } from '../../../platform/clock/plain-date.ts';

/**
 * A sequence that looks random and is the same on every machine: it reckons in whole 32-bit numbers alone
 * (George Marsaglia's xorshift, with shifts of 13, 17 and 5).
 */
export class Chance {
  #state: number;

  /** @param seed any whole number but 0 */
  constructor(seed: number) {
    this.#state = seed | 0;
    if (this.#state === 0) throw new RangeError('A sequence that begins with 0 stays there');
  }

  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** Whether something that happens so many times in a hundred happens now. */
  happens(timesInAHundred: number): boolean {
    return this.below(100) < timesInAHundred;
  }

  /** One of a list. @throws RangeError when it is empty */
  pick<One>(list: readonly One[]): One {
    const index = this.below(Math.max(1, list.length));
    if (index >= list.length) throw new RangeError('Nothing to pick from');
    return list[index] as One;
  }

  /** The same things in another order. */
  shuffled<One>(list: readonly One[]): One[] {
    const drawn = [...list];
    for (let place = drawn.length - 1; place > 0; place -= 1) {
      const other = this.below(place + 1);
      [drawn[place], drawn[other]] = [drawn[other] as One, drawn[place] as One];
    }
    return drawn;
  }

  /** A day from `first` to `last`, both included. @throws RangeError when `last` is the earlier */
  day(first: PlainDate, last: PlainDate): PlainDate {
    const days = daysBetween(first, last);
    if (days < 0) throw new RangeError(`There is no day from ${first} to ${last}`);
    return addDays(first, this.below(days + 1));
  }

  /** A day of the working week from `first` to `last`, both included; any day where there is none. */
  workingDay(first: PlainDate, last: PlainDate): PlainDate {
    const day = this.day(first, last);
    const isWorkday = (one: PlainDate) => dayOfWeek(one) <= 5;
    if (isWorkday(day)) return day;
    const near = [-1, -2, 1, 2].map((days) => addDays(day, days));
    return near.find((one) => isWorkday(one) && one >= first && one <= last) ?? day;
  }
}
