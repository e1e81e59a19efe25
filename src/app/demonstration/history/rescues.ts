import { addDays, type PlainDate, plainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import { deal, dealAs, type Hand, handsOf } from './deal.ts';
import type { HistoryRow } from './history-rows.ts';
import { inOrderOf } from './in-order.ts';
import type { InventedReferral } from './invented-referral.ts';
import { years } from './periods.ts';
import { NOT_RESCUED_IN_YEAR_3, otherOutcomes, RESCUED_IN_YEAR_3, rescuesByForce } from './rescue-tables.ts';

interface Request {
  readonly force: string;
  readonly isRescued: boolean;
  isInYear3: boolean;
  outcome: string;
}

const FIRST_DAY = plainDate('2018-09-03');
/** Forces that are near enough to drive to and back at any time. */
const near = ['metropolitan', 'essex', 'surrey', 'hertfordshire', 'kent'];

/** Every request of the three years, and what became of it; some lead to a referral by the same force. */
export function rescueRows(
  chance: Chance,
  referrals: readonly InventedReferral[],
): HistoryRow<'rescues.csv'>[] {
  const requests = Object.entries(rescuesByForce).flatMap(([force, [asked, rescued]]) =>
    Array.from(
      { length: asked },
      (_, index): Request => ({ force, isRescued: index < rescued, isInYear3: false, outcome: 'rescued' }),
    ),
  );
  const rescued = requests.filter(({ isRescued }) => isRescued);
  const others = requests.filter(({ isRescued }) => !isRescued);
  const give = (one: Request, isInYear3: boolean) => {
    one.isInYear3 = isInYear3;
  };
  deal(chance, rescued, inYear3(rescued, RESCUED_IN_YEAR_3), give);
  deal(chance, others, inYear3(others, NOT_RESCUED_IN_YEAR_3), give);
  const { 'declined-distance': tooFar, ...rest } = otherOutcomes;
  dealAs(chance, 'outcome', others, [
    ['declined-distance', tooFar, ({ force }) => !near.includes(force)],
    ...handsOf(rest),
  ]);
  const fromForces = chance.shuffled(referrals.filter(({ agency }) => agency === 'county-police'));
  return requests
    .map((request) => rowOf(chance, request, fromForces))
    .sort(inOrderOf((row) => row.requested_at))
    .map((row, index) => ({ ...row, rescue_ref: `Q-${String(index + 1).padStart(3, '0')}` }));
}

const inYear3 = (requests: readonly Request[], count: number): Hand<Request, boolean>[] => [
  [true, count],
  [false, requests.length - count],
];

function rowOf(chance: Chance, request: Request, fromForces: InventedReferral[]): HistoryRow<'rescues.csv'> {
  const { from, to } = years[1];
  const [first, last] = request.isInYear3 ? [from, to] : [FIRST_DAY, addDays(from, -1)];
  const led = request.isRescued || chance.happens(30);
  const place = fromForces.findIndex(
    (one) =>
      led && one.agencyArea === request.force && one.receivedOn > addDays(first, 2) && one.receivedOn <= last,
  );
  const [referral] = place < 0 ? [] : fromForces.splice(place, 1);
  const day = referral ? addDays(referral.receivedOn, -chance.below(2)) : chance.day(first, last);
  // Rescues are driven from nine in the morning until ten at night; the telephone is answered at any hour, but no call
  // is made up in the one after one o'clock, which clocks skip once a year.
  const hour = request.isRescued ? chance.between(8, 15) : chance.between(2, 24) % 24;
  const isFar = !near.includes(request.force);
  return {
    rescue_ref: '',
    requested_at: at(day, hour, chance.below(60)),
    channel: chance.pick(['phone', 'phone', 'phone', 'email', 'email']),
    police_force: request.force,
    held_at: chance.pick(['custody', 'custody', 'custody', 'police-protection', 'court', 'other']),
    outcome: request.outcome,
    completed_at: request.isRescued ? at(day, hour + chance.between(3, 6), chance.below(60)) : '',
    met_halfway: request.isRescued ? (isFar && chance.happens(35) ? 'yes' : 'no') : '',
    referral_ref: referral?.ref ?? '',
  };
}

const two = (part: number) => String(part).padStart(2, '0');
const at = (day: PlainDate, hour: number, minute: number) => `${day}T${two(hour)}:${two(minute)}:00`;
