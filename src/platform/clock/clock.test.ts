import { describe, expect, it } from 'vitest';
import { fixedClock, systemClock } from './clock.ts';

describe('clocks', () => {
  it('a fixed clock stands still, whatever is done with the dates it gives', () => {
    const clock = fixedClock('2026-11-22T14:05:00Z');
    clock.now().setFullYear(1999);
    expect(clock.now().toISOString()).toBe('2026-11-22T14:05:00.000Z');
  });

  it('a fixed clock needs a moment', () => {
    expect(() => fixedClock('soon')).toThrow('soon is not a moment');
  });

  it('the system clock moves', () => {
    const before = Date.now();
    const now = systemClock.now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
