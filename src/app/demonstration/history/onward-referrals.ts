import { ageOn, type PlainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import type { HistoryRow } from './history-rows.ts';
import { inOrderOf } from './in-order.ts';
import { agesOfService, onwardByService } from './onward-tables.ts';
import { years } from './periods.ts';
import type { InventedSupport } from './support.ts';

/** The most services that a referral leads to in a year. */
const MOST = 8;

/** Where those who were supported were referred on to, each to a service once a year, while they were supported. */
export function onwardReferralRows(
  chance: Chance,
  support: readonly InventedSupport[],
): HistoryRow<'onward_referrals.csv'>[] {
  const rows = ([0, 1] as const).flatMap((year) => referOn(chance, support, year));
  return rows.sort(inOrderOf((row) => row.made_on));
}

function referOn(
  chance: Chance,
  support: readonly InventedSupport[],
  year: 0 | 1,
): HistoryRow<'onward_referrals.csv'>[] {
  const { from, to } = years[year];
  const supported = support.flatMap((one) => {
    if (!one.engagedOn) return [];
    const first = one.engagedOn > from ? one.engagedOn : from;
    const last = one.closedOn < to ? one.closedOn : to;
    return first <= last ? [{ ...one, first, last, services: new Set<string>() }] : [];
  });
  const rows: HistoryRow<'onward_referrals.csv'>[] = [];
  for (const [service, counts] of Object.entries(onwardByService)) {
    let left = counts[year];
    for (const one of chance.shuffled(supported)) {
      if (left === 0) break;
      const madeOn = chance.workingDay(one.first, one.last);
      if (one.services.size === MOST || one.services.has(service) || !isFor(service, one, madeOn)) continue;
      one.services.add(service);
      rows.push({
        referral_ref: one.referral.ref,
        service,
        made_on: madeOn,
        engaged: chance.pick(['yes', 'yes', 'yes', 'no', 'unknown']),
      });
      left -= 1;
    }
    if (left > 0) throw new Error(`${service}: ${left} are left to refer on`);
  }
  return rows;
}

function isFor(service: string, { referral }: InventedSupport, on: PlainDate): boolean {
  if (service === 'vawg' && referral.gender !== 'female') return false;
  const ages = agesOfService[service];
  const age = referral.bornOn ? ageOn(referral.bornOn, on) : undefined;
  return !ages || (age !== undefined && age >= ages[0] && age <= ages[1]);
}
