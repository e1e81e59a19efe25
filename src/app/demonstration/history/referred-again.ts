import { addDays, ageOn, type PlainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import type { InventedReferral } from './invented-referral.ts';
import type { AgeBand } from './referral-tables.ts';

/** How many were referred a second time, a year or so later. */
const REFERRED_AGAIN = 46;

/**
 * Makes two referrals one person's where what is counted of either can stay as it is: the later one takes the earlier's
 * name and birthday. Nobody is accepted twice, so that nobody is supported twice at a time.
 */
export function referSomeAgain(chance: Chance, referrals: readonly InventedReferral[]): void {
  let left = REFERRED_AGAIN;
  const isTaken = new Set<InventedReferral>();
  for (const later of chance.shuffled(referrals.filter(({ year }) => year !== 'before'))) {
    if (left === 0) return;
    const bornOn = (earlier: InventedReferral) =>
      earlier.bornOn && bandOf(earlier.bornOn, later.receivedOn) === later.ageBand;
    const earlier = referrals.find(
      (one) =>
        !isTaken.has(one) &&
        one.borough === later.borough &&
        one.gender === later.gender &&
        one.ethnicity === later.ethnicity &&
        addDays(one.receivedOn, 90) < later.receivedOn &&
        !(one.decision === 'accepted' && later.decision === 'accepted') &&
        bornOn(one),
    );
    if (!earlier || isTaken.has(later)) continue;
    for (const one of [earlier, later]) isTaken.add(one);
    Object.assign(later, {
      personRef: earlier.personRef,
      givenNames: earlier.givenNames,
      familyName: earlier.familyName,
      bornOn: earlier.bornOn,
    });
    left -= 1;
  }
  throw new Error(`Nobody else could be referred again: ${left} are left`);
}

function bandOf(bornOn: PlainDate, on: PlainDate): AgeBand | undefined {
  const age = ageOn(bornOn, on) ?? -1;
  if (age <= 10) return '0-10';
  if (age <= 15) return '11-15';
  if (age <= 17) return '16-17';
  return age <= 25 ? '18-25' : undefined;
}
