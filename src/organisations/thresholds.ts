import { sql } from 'kysely';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** What a service sets for itself, by name; reference.threshold has the words and where each comes from. */
export const thresholdNames = [
  'triage',
  'decision',
  'first-contact',
  'take-up',
  'review',
  'case-summary',
  'risk-review',
  'without-contact',
  'failed-contacts',
  'request',
  'borough-request',
  'concern-answer',
  'note-sign-off',
  'caseload',
] as const;
export type ThresholdName = (typeof thresholdNames)[number];

/** A figure and what it counts: `{ value: 5, unit: 'working days' }`. */
export interface Threshold {
  value: number;
  unit: 'working days' | 'days' | 'weeks' | 'months' | 'years' | 'points';
}

/** Every threshold as it is in force on a day. @throws when the database lacks one that the code knows. */
export async function thresholdsOn(
  tx: Transaction,
  day: PlainDate,
): Promise<Readonly<Record<ThresholdName, Threshold>>> {
  const { rows } = await sql<{ name: string; value: number; unit: Threshold['unit'] }>`
    select distinct on (name) name, value, unit from reference.threshold
    where in_force_from <= ${day}::date order by name, in_force_from desc`.execute(tx);
  const found = new Map(rows.map(({ name, value, unit }) => [name, { value, unit }]));
  const entries = thresholdNames.map((name) => {
    const threshold = found.get(name);
    if (!threshold) throw new Error(`No threshold "${name}" is in force on ${day}`);
    return [name, threshold] as const;
  });
  return Object.fromEntries(entries) as Record<ThresholdName, Threshold>;
}
