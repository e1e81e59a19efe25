import type { Chance } from './chance.ts';
import { dealAs } from './deal.ts';
import { type InventedReferral, OUT_OF_LONDON } from './invented-referral.ts';
import { referralsByBorough } from './referral-tables.ts';
import { mostElsewhere, wardsNamed, wardsOf } from './ward-tables.ts';

/** In a hundred: those of whom no ward is recorded, and those who live in another borough than the one responsible. */
const WITHOUT_WARD = 4;
const ELSEWHERE = 5;

/** Where each of them lives: the wards that are named as often as they were in three years, the others less often. */
export function giveWards(chance: Chance, referrals: readonly InventedReferral[]): void {
  const boroughs = Object.keys(referralsByBorough).filter((code) => code !== OUT_OF_LONDON);
  const residents = new Map<string, InventedReferral[]>(boroughs.map((borough) => [borough, []]));
  for (const one of referrals) {
    if (one.borough === OUT_OF_LONDON || chance.happens(WITHOUT_WARD)) continue;
    residents.get(chance.happens(ELSEWHERE) ? chance.pick(boroughs) : one.borough)?.push(one);
  }
  for (const [borough, theirs] of residents) {
    const wards = wardsOf(borough);
    const named = wards.flatMap((ward): [string, number][] => {
      const count = wardsNamed[ward];
      return count === undefined ? [] : [[ward, count]];
    });
    const others = theirs.length - named.reduce((sum, [, count]) => sum + count, 0);
    const drawn = places(
      chance,
      wards.filter((ward) => wardsNamed[ward] === undefined),
      others,
      mostElsewhere(borough),
    );
    dealAs(chance, 'ward', theirs, [...named, ...drawn.map((ward): [string, number] => [ward, 1])]);
  }
}

/** So many of some wards, in some oftener than in others and in none more than `most` times. */
function places(chance: Chance, wards: readonly string[], count: number, most: number): string[] {
  const times = new Map(wards.map((ward) => [ward, chance.between(2, most)]));
  for (;;) {
    const all = [...times].flatMap(([ward, often]) => Array.from({ length: often }, () => ward));
    if (all.length >= count) return chance.shuffled(all).slice(0, count);
    const ward = chance.pick(wards.filter((one) => (times.get(one) ?? most) < most));
    times.set(ward, (times.get(ward) ?? 0) + 1);
  }
}
