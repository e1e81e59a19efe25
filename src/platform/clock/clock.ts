/** Where the present moment comes from. It is passed to whatever needs it, so that a test can say when it is. */
export type Clock = { now(): Date };

/** The computer's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still. @throws RangeError if the date is not a moment */
export function fixedClock(at: Date | string): Clock {
  const time = new Date(at).getTime();
  if (Number.isNaN(time)) throw new RangeError(`${at} is not a moment`);
  // A new Date each time: whoever changes the one they were given does not move the clock.
  return { now: () => new Date(time) };
}
