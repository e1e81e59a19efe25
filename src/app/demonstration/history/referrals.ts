import { addDays, addMonths, ageOn, type PlainDate, plainDate } from '../../../platform/clock/plain-date.ts';
import type { Chance } from './chance.ts';
import { townsOfForce } from './county-line-tables.ts';
import { apportioned, deal, type Hand, handsOf, totalOf } from './deal.ts';
import type { HistoryRow } from './history-rows.ts';
import { inOrderOf } from './in-order.ts';
import { inventedNames } from './invented-names.ts';
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
import { rescuesByForce } from './rescue-tables.ts';
import { mostElsewhere, wardsNamed, wardsOf } from './wards.ts';

/** A referral that is being made up: what is known of it so far. */
export interface InventedReferral {
  ref: string;
  readonly year: ReferralYear['name'];
  receivedOn: PlainDate;
  kind: 'intervention' | 'intelligence';
  personRef: string;
  givenNames: string;
  familyName: string;
  ageBand: AgeBand;
  bornOn: PlainDate | null;
  gender: 'female' | 'male';
  ethnicity: string;
  readonly borough: string;
  ward: string;
  agency: string;
  /** The force, where the agency is one. */
  agencyArea: string;
  team: string;
  educationStatus: 'in-education' | 'not-in-education' | 'unknown';
  educationSetting: string;
  socialCare: string;
  disabilities: string;
  gangLink: string;
  missing: string;
  longestMissingDays: string;
  linkedForce: string;
  linkedTown: string;
  decision: 'accepted' | 'declined' | 'signposted' | 'intelligence-only';
  decidedOn: PlainDate;
  reason: string;
}

const OUT_OF_LONDON = 'out-of-london';

/** Ages within each band, the more usual ones more often. */
const agesOfBand: Readonly<Record<AgeBand, readonly number[]>> = {
  '0-10': [10],
  '11-15': [12, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15, 15],
  '16-17': [16, 16, 16, 17, 17],
  '18-25': [18, 18, 18, 18, 19, 19, 19, 20, 20, 21, 22, 23, 24, 25],
  unknown: [],
};

const isChild = ({ ageBand }: InventedReferral) => ageBand === '11-15' || ageBand === '16-17';
const isAdult = ({ ageBand }: InventedReferral) => ageBand === '18-25';
const isPast16 = ({ ageBand }: InventedReferral) => ageBand === '16-17' || ageBand === '18-25';

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
  const referrals = inBoroughs(year, index);
  giveGenders(chance, year, index, referrals);
  for (const gender of ['female', 'male'] as const) {
    const theirs = referrals.filter((referral) => referral.gender === gender);
    deal(chance, theirs, handsOf(year.ethnicities[gender]), (one, code) => {
      one.ethnicity = code;
    });
  }
  deal(chance, referrals, handsOf(year.ages), (one, band) => {
    one.ageBand = band;
  });
  for (const gender of ['female', 'male'] as const) {
    giveEducation(
      chance,
      year,
      gender,
      referrals.filter((referral) => referral.gender === gender),
    );
  }
  deal(
    chance,
    referrals,
    fitting(year.socialCare, { 'care-leaver': isAdult, cla: isChild, cp: isChild, cin: isChild }),
    (one, status) => {
      one.socialCare = status;
    },
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

function inBoroughs(year: ReferralYear, index: number): InventedReferral[] {
  const firstDay = plainDate(`${Object.keys(year.months)[0]}-01`);
  return Object.entries(referralsByBorough).flatMap(([borough, counts]) =>
    Array.from({ length: counts[index] ?? 0 }, () => ({
      ref: '',
      year: year.name,
      receivedOn: firstDay,
      kind: 'intervention' as const,
      personRef: '',
      givenNames: '',
      familyName: '',
      ageBand: 'unknown' as const,
      bornOn: null,
      gender: 'male' as const,
      ethnicity: '',
      borough,
      ward: '',
      agency: '',
      agencyArea: '',
      team: '',
      educationStatus: 'unknown' as const,
      educationSetting: '',
      socialCare: '',
      disabilities: '',
      gangLink: '',
      missing: '',
      longestMissingDays: '',
      linkedForce: '',
      linkedTown: '',
      decision: 'declined' as const,
      decidedOn: firstDay,
      reason: '',
    })),
  );
}

function giveGenders(chance: Chance, year: ReferralYear, index: number, referrals: InventedReferral[]): void {
  let women = 0;
  const give = (one: InventedReferral, gender: InventedReferral['gender']) => {
    one.gender = gender;
  };
  const printed = (borough: string) => womenByBorough[borough]?.[index - 1];
  for (const borough of Object.keys(womenByBorough)) {
    const count = printed(borough);
    if (count === undefined) continue;
    const theirs = referrals.filter((referral) => referral.borough === borough);
    const hands: Hand<InventedReferral, InventedReferral['gender']>[] = [
      ['female', count],
      ['male', theirs.length - count],
    ];
    deal(chance, theirs, hands, give);
    women += count;
  }
  const elsewhere = referrals.filter(({ borough }) => printed(borough) === undefined);
  const hands: Hand<InventedReferral, InventedReferral['gender']>[] = [
    ['female', year.women - women],
    ['male', elsewhere.length - (year.women - women)],
  ];
  deal(chance, elsewhere, hands, give);
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
  deal(
    chance,
    referrals,
    fitting(year.agencies, {
      probation: isAdult,
      'youth-offending-service': isChild,
      education: (one) => isYoungEnoughForSchool(one) && one.ageBand !== 'unknown',
      'early-help': isYoungEnoughForSchool,
      'childrens-social-care': (one) => !isAdult(one) || one.socialCare === 'care-leaver',
    }),
    (one, agency) => {
      one.agency = agency;
    },
  );
  const fromForces = referrals.filter(({ agency }) => agency === 'county-police');
  const requests = Object.fromEntries(
    Object.entries(rescuesByForce).map(([force, [asked]]) => [force, force === 'metropolitan' ? 0 : asked]),
  );
  deal(chance, fromForces, handsOf(apportioned(requests, fromForces.length)), (one, force) => {
    one.agencyArea = force;
  });
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
  deal(chance, referrals, handsOf(year.gangLink), (one, link) => {
    one.gangLink = link;
  });
  deal(chance, referrals, handsOf(year.missing), (one, link) => {
    one.missing = link;
  });
  const wereMissing = referrals.filter(({ missing }) => missing === 'yes');
  const isNotKnown = wereMissing.length - totalOf(year.missingDays);
  deal(chance, wereMissing, [...handsOf(year.missingDays), ['', isNotKnown]], (one, days) => {
    one.longestMissingDays = days;
  });
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
  const hands: Hand<InventedReferral, InventedReferral['kind']>[] = [
    ['intelligence', year.intelligence],
    ['intervention', kept.length - year.intelligence],
  ];
  deal(chance, kept, hands, (one, kind) => {
    one.kind = kind;
  });
}

/** How many were referred a second time, a year or so later. */
const REFERRED_AGAIN = 46;

/**
 * Makes two referrals one person's where what is counted of either can stay as it is: the later one takes the earlier's
 * name and birthday. Nobody is accepted twice, so that nobody is supported twice at a time.
 */
function referSomeAgain(chance: Chance, referrals: readonly InventedReferral[]): void {
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

/** In a hundred: those of whom no ward is recorded, and those who live in another borough than the one responsible. */
const WITHOUT_WARD = 4;
const ELSEWHERE = 5;

/** Where each of them lives: the wards that are named as often as they were in three years, the others less often. */
function giveWards(chance: Chance, referrals: readonly InventedReferral[]): void {
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
    deal(chance, theirs, [...named, ...drawn.map((ward): [string, number] => [ward, 1])], (one, ward) => {
      one.ward = ward;
    });
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

/** A referral as it stands in its file. */
export function referralRow(one: InventedReferral): HistoryRow<'referrals.csv'> {
  return {
    referral_ref: one.ref,
    received_on: one.receivedOn,
    kind: one.kind,
    person_ref: one.personRef,
    given_names: one.givenNames,
    family_name: one.familyName,
    date_of_birth: one.bornOn ?? '',
    gender: one.gender,
    ethnicity: one.ethnicity,
    responsible_borough: one.borough,
    residence_ward: one.ward,
    referring_agency: one.agency,
    referring_area: one.agencyArea,
    local_authority_team: one.team,
    education_status: one.educationStatus,
    education_setting: one.educationSetting,
    social_care_status: one.socialCare,
    disabilities: one.disabilities,
    gang_link: one.gangLink,
    missing_linked: one.missing,
    longest_missing_days: one.longestMissingDays,
    linked_force: one.linkedForce,
    linked_town: one.linkedTown,
    decision: one.decision,
    decided_on: one.decidedOn,
    decision_reason: one.reason,
  };
}
