import { addDays, addMonths, plainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import { townsOfForce } from './county-line-tables.ts';
import { apportioned, deal, dealAs, type Hand, handsOf, totalOf } from './deal.ts';
import { inOrderOf } from './in-order.ts';
import { inventedNames } from './invented-names.ts';
import {
  type InventedReferral,
  isAdult,
  isChild,
  isPast16,
  newReferral,
  OUT_OF_LONDON,
} from './invented-referral.ts';
import {
  type AgeBand,
  type CouncilService,
  type Counts,
  councilTeams,
  type ReferralYear,
  referralsByBorough,
  referralYears,
  womenByBorough,
} from './referral-tables.ts';
import { referSomeAgain } from './referred-again.ts';
import { rescuesByForce } from './rescue-tables.ts';
import { giveWards } from './residence.ts';

/** Ages within each band, the more usual ones more often. */
const agesOfBand: Readonly<Record<AgeBand, readonly number[]>> = {
  '0-10': [10],
  '11-15': [12, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15, 15],
  '16-17': [16, 16, 16, 17, 17],
  '18-25': [18, 18, 18, 18, 19, 19, 19, 20, 20, 21, 22, 23, 24, 25],
  unknown: [],
};

/** Every referral of the three years, in the order in which they were received. */
export function inventReferrals(chance: Chance): InventedReferral[] {
  const referrals = referralYears.flatMap((year, index) => inventYear(chance, year, index));
  referrals.sort(inOrderOf((one) => one.receivedOn));
  referrals.forEach((referral, index) => {
    referral.ref = `R-${String(index + 1).padStart(4, '0')}`;
    referral.personRef = `P-${String(index + 1).padStart(4, '0')}`;
  });
  referSomeAgain(chance, referrals);
  giveWards(chance, referrals);
  return referrals;
}

function inventYear(chance: Chance, year: ReferralYear, index: number): InventedReferral[] {
  const firstDay = plainDate(`${Object.keys(year.months)[0]}-01`);
  const referrals = Object.entries(referralsByBorough).flatMap(([borough, counts]) =>
    Array.from({ length: counts[index] ?? 0 }, () => newReferral(year.name, borough, firstDay)),
  );
  giveGenders(chance, year, index, referrals);
  for (const gender of ['female', 'male'] as const) {
    const theirs = referrals.filter((referral) => referral.gender === gender);
    dealAs(chance, 'ethnicity', theirs, handsOf(year.ethnicities[gender]));
  }
  dealAs(chance, 'ageBand', referrals, handsOf(year.ages));
  for (const gender of ['female', 'male'] as const) {
    giveEducation(
      chance,
      year,
      gender,
      referrals.filter((referral) => referral.gender === gender),
    );
  }
  dealAs(
    chance,
    'socialCare',
    referrals,
    fitting(year.socialCare, { 'care-leaver': isAdult, cla: isChild, cp: isChild, cin: isChild }),
  );
  giveAgencies(chance, year, referrals);
  giveDates(chance, year, referrals);
  giveRisks(chance, year, referrals);
  decide(chance, year, referrals);
  for (const referral of referrals) {
    referral.givenNames = chance.pick(inventedNames[referral.gender]);
    referral.familyName = chance.pick(inventedNames.family);
    const ages = agesOfBand[referral.ageBand];
    referral.bornOn =
      ages.length === 0
        ? null
        : addDays(addMonths(referral.receivedOn, -12 * chance.pick(ages)), -chance.below(360));
  }
  return referrals;
}

/** A table's hands, with whom each of its codes fits. */
function fitting(
  table: Counts,
  fits: Readonly<Record<string, (one: InventedReferral) => boolean>>,
): Hand<InventedReferral, string>[] {
  return handsOf(table).map(([code, count]) => {
    const fit = fits[code];
    return fit ? [code, count, fit] : [code, count];
  });
}

/** Young women as many as were printed of each borough, and the year's others from elsewhere. */
function giveGenders(chance: Chance, year: ReferralYear, index: number, referrals: InventedReferral[]): void {
  const printed = (borough: string) => womenByBorough[borough]?.[index - 1];
  const give = (theirs: readonly InventedReferral[], women: number) =>
    dealAs(chance, 'gender', theirs, [
      ['female', women],
      ['male', theirs.length - women],
    ]);
  let women = 0;
  for (const borough of Object.keys(womenByBorough)) {
    const count = printed(borough);
    if (count === undefined) continue;
    give(
      referrals.filter((referral) => referral.borough === borough),
      count,
    );
    women += count;
  }
  give(
    referrals.filter(({ borough }) => printed(borough) === undefined),
    year.women - women,
  );
}

const isYoungEnoughForSchool = (one: InventedReferral) => one.ageBand !== '18-25';
const settingFits: Readonly<Record<string, (one: InventedReferral) => boolean>> = {
  college: isPast16,
  'sixth-form': isPast16,
  training: isPast16,
  apprenticeship: isPast16,
  mainstream: isYoungEnoughForSchool,
  pru: isYoungEnoughForSchool,
  'alternative-provision': isYoungEnoughForSchool,
  special: isYoungEnoughForSchool,
};

function giveEducation(
  chance: Chance,
  year: ReferralYear,
  gender: InventedReferral['gender'],
  referrals: InventedReferral[],
): void {
  const { settings, notInEducation, unknown } = year.education[gender];
  const statuses: Hand<InventedReferral, string>[] = [
    ['not-in-education', notInEducation],
    ['unknown', unknown],
  ];
  deal(chance, referrals, [...fitting(settings, settingFits), ...statuses], (one, value) => {
    if (value === 'not-in-education' || value === 'unknown') one.educationStatus = value;
    else {
      one.educationStatus = 'in-education';
      one.educationSetting = value === 'blank' ? '' : value;
    }
  });
}

/** Who referred them, which of a council's teams it was, and which force. */
function giveAgencies(chance: Chance, year: ReferralYear, referrals: InventedReferral[]): void {
  dealAs(
    chance,
    'agency',
    referrals,
    fitting(year.agencies, {
      probation: isAdult,
      'youth-offending-service': isChild,
      education: (one) => isYoungEnoughForSchool(one) && one.ageBand !== 'unknown',
      'early-help': isYoungEnoughForSchool,
      'childrens-social-care': (one) => !isAdult(one) || one.socialCare === 'care-leaver',
    }),
  );
  const fromForces = referrals.filter(({ agency }) => agency === 'county-police');
  const requests = Object.fromEntries(
    Object.entries(rescuesByForce).map(([force, [asked]]) => [force, force === 'metropolitan' ? 0 : asked]),
  );
  dealAs(chance, 'agencyArea', fromForces, handsOf(apportioned(requests, fromForces.length)));
  for (const one of referrals) {
    if (one.agency === 'metropolitan-police') one.agencyArea = 'metropolitan';
    if (one.agency === 'british-transport-police') one.agencyArea = 'btp';
  }
  const fromCouncils = referrals.filter(({ agency }) => agency in year.teams);
  const placeOf = new Map<string, number>();
  const hands: Hand<InventedReferral, boolean>[] = [
    [true, year.teamsNamed],
    [false, fromCouncils.length - year.teamsNamed],
  ];
  deal(chance, fromCouncils, hands, (one, isNamed) => {
    if (!isNamed) return;
    const service = one.agency as CouncilService;
    const place = placeOf.get(service) ?? 0;
    placeOf.set(service, place + 1);
    one.team = councilTeams[service][place % year.teams[service]] ?? '';
  });
}

/** The day on which each came: county forces' by their own months, everybody else's by what is left of each month. */
function giveDates(chance: Chance, year: ReferralYear, referrals: InventedReferral[]): void {
  const give = (one: InventedReferral, month: string) => {
    const first = plainDate(`${month}-01`);
    one.receivedOn = chance.workingDay(first, addDays(addMonths(first, 1), -1));
  };
  const months = Object.entries(year.months);
  const isFromForce = ({ agency }: InventedReferral) => agency === 'county-police';
  deal(
    chance,
    referrals.filter(isFromForce),
    months.map(([month, [, theirs]]) => [month, theirs]),
    give,
  );
  deal(
    chance,
    referrals.filter((one) => !isFromForce(one)),
    months.map(([month, [all, theirs]]) => [month, all - theirs]),
    give,
  );
}

function giveRisks(chance: Chance, year: ReferralYear, referrals: InventedReferral[]): void {
  deal(chance, referrals, handsOf(year.disabilities), (one, codes) => {
    one.disabilities = codes === 'blank' ? '' : codes;
  });
  dealAs(chance, 'gangLink', referrals, handsOf(year.gangLink));
  dealAs(chance, 'missing', referrals, handsOf(year.missing));
  const wereMissing = referrals.filter(({ missing }) => missing === 'yes');
  const isNotKnown = wereMissing.length - totalOf(year.missingDays);
  dealAs(chance, 'longestMissingDays', wereMissing, [...handsOf(year.missingDays), ['', isNotKnown]]);
  for (const one of referrals) {
    if (one.agency === 'county-police') one.linkedForce = one.agencyArea;
    else if (chance.happens(55)) one.linkedForce = chance.pick(Object.keys(townsOfForce));
    const towns = townsOfForce[one.linkedForce];
    if (towns && chance.happens(60)) one.linkedTown = chance.pick(towns);
  }
}

/** What was decided of each, some days after it came. Who is supported lives in London, and their age is known. */
function decide(chance: Chance, year: ReferralYear, referrals: InventedReferral[]): void {
  type Decided = Pick<InventedReferral, 'decision' | 'reason'>;
  const withReason = (decision: 'declined' | 'signposted', reasons: Counts) =>
    handsOf(reasons).map(([reason, count]): Hand<InventedReferral, Decided> => [{ decision, reason }, count]);
  deal<InventedReferral, Decided>(
    chance,
    referrals,
    [
      [
        { decision: 'accepted', reason: '' },
        year.accepted,
        (one: InventedReferral) => one.borough !== OUT_OF_LONDON && (isChild(one) || isAdult(one)),
      ],
      [{ decision: 'intelligence-only', reason: '' }, year.intelligenceOnly],
      ...withReason('declined', year.declined),
      ...withReason('signposted', year.signposted),
    ],
    (one, { decision, reason }) => {
      one.decision = decision;
      one.reason = reason;
      one.decidedOn = chance.workingDay(addDays(one.receivedOn, 1), addDays(one.receivedOn, 9));
    },
  );
  const kept = referrals.filter(({ decision }) => decision === 'intelligence-only');
  dealAs(chance, 'kind', kept, [
    ['intelligence', year.intelligence],
    ['intervention', kept.length - year.intelligence],
  ]);
}
