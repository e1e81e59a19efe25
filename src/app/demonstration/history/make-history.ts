import { Chance } from './chance.ts';
import { countyLinkRows } from './county-links.ts';
import { eventRows } from './events.ts';
import type { History } from './history-rows.ts';
import { referralRow } from './invented-referral.ts';
import { nrmRows } from './nrm.ts';
import { onwardReferralRows } from './onward-referrals.ts';
import { inventReferrals } from './referrals.ts';
import { rescueRows } from './rescues.ts';
import { inventSupport, supportRow } from './support.ts';
import { trainingRows } from './training.ts';

/** Any other number makes another history with the same figures. */
const SEED = 20_210_430;

/**
 * The invented history of the demonstration service, from September 2018 to its end in 2022: rows in the shapes of the
 * import format, the same ones each time, whose figures for May 2020 to April 2021 equal those that the Year 3 Strategic
 * Assessment printed. Nobody in it lived, and nothing in it is open any more.
 */
export function makeHistory(seed = SEED): History {
  const chance = new Chance(seed);
  const referrals = inventReferrals(chance);
  const support = inventSupport(chance, referrals);
  return {
    'referrals.csv': referrals.map(referralRow),
    'support.csv': support.map(supportRow),
    'onward_referrals.csv': onwardReferralRows(chance, support),
    'rescues.csv': rescueRows(chance, referrals),
    'county_links.csv': countyLinkRows(chance),
    'nrm.csv': nrmRows(chance, support),
    'events.csv': eventRows(chance, referrals, support),
    'training.csv': trainingRows(chance),
  };
}
