import { averageRanks } from '../../../statistics/average-ranks.ts';
import { spearman } from '../../../statistics/spearman.ts';
import { Chance } from '../history/chance.ts';

const SEED = 20_190_926;

/** How closely referrals of three years followed deprivation, in the boroughs of which it was printed (page 21). */
const printed: Readonly<Record<string, number>> = { E09000025: 0.49, E09000005: 0.24, E09000022: 0.21 };
const IN_LONDON = 0.46;
/** Half of the last digit that was printed. */
const NEAR = 0.005;
/** Draws before we give up on a borough, and steps by which the others are made to follow less. */
const DRAWS = 20_000;
const STEPS = 400;

export interface WardReferred {
  readonly ward: string;
  readonly area: string;
  readonly referrals: number;
}

/**
 * Scores that no index gave: drawn so that referrals follow them as closely as was printed, in London and in each borough of
 * which it was.
 *
 * @returns by ward, from 5 to 60, the higher the more deprived
 * @throws Error when no draw comes near enough
 */
export function inventedScores(wards: readonly WardReferred[]): ReadonlyMap<string, number> {
  const chance = new Chance(SEED);
  const drawn = new Map<string, number>();
  const rates = averageRanks(wards.map(({ referrals }) => referrals)).map((rank) => rank / wards.length);
  const rateOf = new Map(wards.map(({ ward }, n) => [ward, rates[n] ?? 0]));
  const draw = () => chance.below(10_000) / 10_000;
  for (const [area, wanted] of Object.entries(printed)) {
    const theirs = wards.filter((each) => each.area === area);
    const scores = drawnNear(
      theirs,
      wanted,
      ({ ward }) => wanted * (rateOf.get(ward) ?? 0) + (1 - wanted) * draw(),
    );
    for (const [n, { ward }] of theirs.entries()) drawn.set(ward, scores[n] ?? 0);
  }
  const others = wards.filter(({ ward }) => !drawn.has(ward)).map((each) => ({ ...each, by: draw() }));
  for (let step = 0; step <= STEPS; step += 1) {
    const follows = step / STEPS;
    for (const { ward, by } of others)
      drawn.set(ward, follows * (rateOf.get(ward) ?? 0) + (1 - follows) * by);
    const scores = wards.map(({ ward }) => drawn.get(ward) ?? 0);
    if (
      isNear(
        spearman(
          wards.map(({ referrals }) => referrals),
          scores,
        ),
        IN_LONDON,
      )
    )
      return new Map([...drawn].map(([ward, score]) => [ward, Math.round((5 + 55 * score) * 1000) / 1000]));
  }
  throw new Error('No invented scores follow the referrals of London as closely as was printed');
}

function drawnNear(
  wards: readonly WardReferred[],
  wanted: number,
  scoreOf: (ward: WardReferred) => number,
): number[] {
  for (let n = 0; n < DRAWS; n += 1) {
    const scores = wards.map(scoreOf);
    if (
      isNear(
        spearman(
          wards.map(({ referrals }) => referrals),
          scores,
        ),
        wanted,
      )
    )
      return scores;
  }
  throw new Error('No invented scores follow the referrals of a borough as closely as was printed');
}

const isNear = (rho: number | null, wanted: number): boolean =>
  rho !== null && Math.abs(rho - wanted) < NEAR - 0.001;
