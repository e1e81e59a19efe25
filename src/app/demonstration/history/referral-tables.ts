/**
 * What the Year 3 Strategic Assessment printed of referrals, and what it did not print made up to go with it (domain
 * guide, parts 1 and 2 and appendix A). A page in a comment is where a total was printed; a table without one is invented.
 */

/** Referrals by borough with statutory responsibility: before the two years, in the first and in the second (page 14). */
export const referralsByBorough: Readonly<
  Record<string, readonly [before: number, year2: number, year3: number]>
> = {
  // Three years make 118, 107 and 98 for Newham, Brent and Lambeth (page 21).
  E09000025: [27, 43, 48],
  E09000022: [32, 24, 42],
  E09000008: [26, 28, 39],
  E09000005: [35, 37, 35],
  E09000009: [17, 19, 30],
  E09000002: [14, 17, 29],
  E09000014: [16, 18, 27],
  E09000015: [20, 25, 26],
  E09000003: [19, 22, 24],
  E09000028: [19, 20, 24],
  E09000010: [18, 19, 23],
  E09000016: [20, 30, 23],
  E09000006: [12, 13, 19],
  E09000017: [14, 17, 19],
  E09000021: [11, 15, 17],
  E09000031: [20, 24, 17],
  E09000023: [14, 14, 15],
  E09000026: [10, 11, 15],
  E09000032: [7, 5, 15],
  E09000019: [17, 21, 14],
  E09000011: [9, 9, 13],
  E09000012: [13, 14, 10],
  E09000018: [14, 18, 9],
  E09000030: [15, 18, 8],
  E09000004: [8, 10, 7],
  E09000020: [5, 5, 7],
  E09000027: [3, 4, 7],
  E09000029: [7, 9, 6],
  E09000007: [13, 18, 4],
  E09000024: [4, 4, 4],
  E09000033: [5, 6, 4],
  E09000013: [5, 6, 2],
  'out-of-london': [7, 10, 16],
};

/** Young women among them in the ten boroughs with most referrals, in the two years (page 29). */
export const womenByBorough: Readonly<Record<string, readonly [year2: number, year3: number]>> = {
  E09000025: [5, 11],
  E09000022: [1, 5],
  E09000008: [9, 3],
  E09000005: [8, 5],
  E09000009: [8, 2],
  E09000002: [0, 3],
  E09000014: [4, 5],
  E09000015: [5, 1],
  E09000003: [0, 0],
  E09000028: [5, 3],
};

export type AgeBand = '0-10' | '11-15' | '16-17' | '18-25' | 'unknown';
/** How many of each; `blank` is of those of whom nothing is recorded. */
export type Counts = Readonly<Record<string, number>>;

/** One period's referrals: every table adds up to `referrals`, or to those whom it is of. */
export interface ReferralYear {
  readonly name: 'before' | 'year2' | 'year3';
  readonly referrals: number;
  readonly women: number;
  readonly ages: Readonly<Record<AgeBand, number>>;
  readonly ethnicities: { readonly female: Counts; readonly male: Counts };
  /** In education by setting, then those who are not and those of whom it is not known. */
  readonly education: { readonly female: Education; readonly male: Education };
  readonly socialCare: Counts;
  readonly disabilities: Counts;
  readonly gangLink: Counts;
  readonly missing: Counts;
  /** The longest time missing, by days, of those for whom it is known. */
  readonly missingDays: Counts;
  readonly agencies: Counts;
  /** Of those from councils' services, how many name their team; and how many teams there were of each service. */
  readonly teamsNamed: number;
  readonly teams: Readonly<Record<CouncilService, number>>;
  /** Referrals of each month, and how many of them county forces made. */
  readonly months: Readonly<Record<string, readonly [all: number, countyPolice: number]>>;
  readonly intelligence: number;
  readonly accepted: number;
  readonly intelligenceOnly: number;
  readonly declined: Counts;
  readonly signposted: Counts;
}

interface Education {
  readonly settings: Counts;
  readonly notInEducation: number;
  readonly unknown: number;
}

export type CouncilService = keyof typeof councilTeams;

/** What teams of a council call themselves, in the order in which the service came to know them. */
export const councilTeams = {
  'childrens-social-care': [
    'Assessment team',
    'Children looked after team',
    'Child protection team',
    'Exploitation and missing team',
    'Multi-agency safeguarding hub',
    'Leaving care team',
    'Adolescent safeguarding team',
    'Contextual safeguarding team',
    'Family safeguarding team',
    'Edge of care team',
    'Emergency duty team',
    'Children with disabilities team',
    'Reunification team',
    'Virtual school',
  ],
  'youth-offending-service': ['Youth justice team', 'Court and bail team', 'Prevention team'],
  'early-help': ['Early help hub', 'Targeted youth support', 'Parenting team'],
  housing: ['Housing options team'],
} as const;

const YEAR_3: ReferralYear = {
  name: 'year3',
  referrals: 598, // page 14
  women: 81, // page 7
  ages: { '0-10': 2, '11-15': 190, '16-17': 268, '18-25': 132, unknown: 6 }, // 22% are 18 to 25 (page 16)
  // White 22%, Black 54%, Asian 7%, mixed 13%, other 3%, not known 1% (page 18); of young women most are White and 25%
  // mixed: White and Black 15, other 4, White and Asian 1 (page 27).
  ethnicities: {
    female: counted(`
      WBRI 22, WIRI 2, WIRT 1, WOTH 4, BCRB 8, BAFR 9, BOTH 5, MWBC 10, MWBA 5, MWAS 1, MOTH 4, AIND 1,
      APKN 1, ABAN 2, AOTH 1, OOTH 3, NOBT 2
    `),
    male: counted(`
      WBRI 71, WIRI 4, WIRT 3, WROM 5, WOTH 20, BCRB 98, BAFR 142, BOTH 61, MWBC 29, MWBA 12, MWAS 6,
      MOTH 11, AIND 4, APKN 9, ABAN 13, CHNE 1, AOTH 10, OOTH 15, REFU 1, NOBT 2
    `),
  },
  // 41%: 213 young men, of whom 35% in mainstream school and 29% at college, and 35 young women, most of them in pupil
  // referral units; mainstream 35% of all (page 19).
  education: {
    female: {
      settings: { mainstream: 12, pru: 19, college: 3, 'alternative-provision': 1 },
      notInEducation: 27,
      unknown: 19,
    },
    male: {
      settings: counted(`
      college 62, sixth-form 8, training 3, apprenticeship 2, mainstream 75, pru 44,
      alternative-provision 14, special 4, blank 1
    `),
      notInEducation: 203,
      unknown: 101,
    },
  },
  socialCare: { 'care-leaver': 31, cla: 108, cp: 62, cin: 147, none: 196, unknown: 54 }, // 53%, looked after 18% (page 20)
  // 12% (page 20)
  disabilities: counted(
    'LD 19, ADHD 21, AUT 9, AUT;ADHD 7, LD;ADHD 5, BEH 6, COMM 2, HEAR 1, MOB 1, DDA 1, blank 526',
  ),
  gangLink: { yes: 161, no: 302, unknown: 135 }, // 27% (page 19)
  missing: { yes: 257, no: 230, unknown: 111 }, // 43% (page 43)
  // Known of 78%: most often one day (16), then three (14), up to three months (page 43).
  missingDays: counted(`
      1 16, 2 13, 3 14, 4 13, 5 13, 6 12, 7 13, 8 9, 9 8, 10 11, 11 5, 12 7, 13 4, 14 10, 15 5, 16 3,
      18 4, 20 4, 21 8, 25 3, 28 6, 30 6, 35 3, 42 3, 45 2, 60 2, 75 1, 90 2
    `),
  // Children's social care 41%, county forces 15% (page 13)
  agencies: counted(`
      probation 7, youth-offending-service 72, education 48, early-help 23, childrens-social-care 245,
      county-police 90, metropolitan-police 46, british-transport-police 14, health 18,
      voluntary-sector 20, housing 4, self-or-family 6, other 5
    `),
  // Named in 81%; 21 teams, and 10 in the first year (page 13)
  teamsNamed: 279,
  teams: { 'childrens-social-care': 14, 'youth-offending-service': 3, 'early-help': 3, housing: 1 },
  // 73% of what county forces referred came in the first two quarters (page 13).
  months: {
    '2020-05': [41, 9],
    '2020-06': [49, 12],
    '2020-07': [56, 12],
    '2020-08': [52, 12],
    '2020-09': [54, 11],
    '2020-10': [57, 10],
    '2020-11': [53, 5],
    '2020-12': [44, 3],
    '2021-01': [46, 4],
    '2021-02': [45, 4],
    '2021-03': [54, 5],
    '2021-04': [47, 3],
  },
  intelligence: 84,
  accepted: 245, // City Hall's release: 598 received, 245 accepted
  intelligenceOnly: 93,
  declined: counted('no-county-lines-link 58, outside-criteria 31, at-risk-only 27, no-consent 16, other 9'),
  signposted: { 'similar-provision-in-borough': 67, 'at-risk-only': 52 },
};

const YEAR_2: ReferralYear = {
  name: 'year2',
  referrals: 553, // page 14
  women: 99, // page 7
  ages: { '0-10': 1, '11-15': 172, '16-17': 255, '18-25': 116, unknown: 9 },
  // White 24%, Black 46%, Asian 9%, mixed 14%, other 2%, not known 5% (page 18)
  ethnicities: {
    female: counted(`
      WBRI 30, WIRI 2, WOTH 6, BCRB 10, BAFR 11, BOTH 6, MWBC 11, MWBA 4, MWAS 2, MOTH 3, APKN 2, ABAN 3,
      AOTH 2, OOTH 2, REFU 1, NOBT 4
    `),
    male: counted(`
      WBRI 66, WIRI 5, WIRT 2, WROM 3, WOTH 19, BCRB 77, BAFR 104, BOTH 46, MWBC 28, MWBA 11, MWAS 6,
      MOTH 12, AIND 5, APKN 10, ABAN 15, CHNE 1, AOTH 12, OOTH 9, REFU 4, NOBT 19
    `),
  },
  // 41%, mainstream 40% of all (page 19)
  education: {
    female: {
      settings: { college: 6, mainstream: 15, pru: 18, 'alternative-provision': 2 },
      notInEducation: 33,
      unknown: 25,
    },
    male: {
      settings: counted(
        'college 48, sixth-form 6, training 2, mainstream 76, pru 39, alternative-provision 12, special 3',
      ),
      notInEducation: 172,
      unknown: 96,
    },
  },
  socialCare: { 'care-leaver': 24, cla: 171, cp: 48, cin: 107, none: 150, unknown: 53 }, // 59%, looked after 31% (page 20)
  disabilities: counted(
    'LD 17, ADHD 17, AUT 7, AUT;ADHD 5, LD;ADHD 5, BEH 5, COMM 2, VIS 1, DDA 1, blank 493',
  ),
  gangLink: { yes: 216, no: 238, unknown: 99 }, // 39% (page 19)
  missing: { yes: 276, no: 190, unknown: 87 }, // 50% (page 43)
  missingDays: counted(`
      1 19, 2 14, 3 15, 4 13, 5 12, 6 11, 7 14, 8 9, 9 8, 10 12, 11 6, 12 7, 13 4, 14 11, 15 4, 17 3,
      19 3, 21 9, 24 3, 28 7, 30 6, 36 3, 40 3, 49 2, 60 3, 70 1, 84 2
    `),
  agencies: counted(`
      probation 8, youth-offending-service 78, education 37, early-help 24, childrens-social-care 221,
      county-police 83, metropolitan-police 44, british-transport-police 12, health 14,
      voluntary-sector 19, housing 3, self-or-family 4, other 6
    `),
  teamsNamed: 231,
  teams: { 'childrens-social-care': 10, 'youth-offending-service': 3, 'early-help': 2, housing: 1 },
  months: {
    '2019-05': [45, 7],
    '2019-06': [47, 8],
    '2019-07': [50, 7],
    '2019-08': [43, 6],
    '2019-09': [49, 8],
    '2019-10': [53, 8],
    '2019-11': [51, 8],
    '2019-12': [40, 6],
    '2020-01': [50, 8],
    '2020-02': [48, 7],
    '2020-03': [45, 6],
    '2020-04': [32, 4],
  },
  intelligence: 78,
  accepted: 250,
  intelligenceOnly: 87,
  declined: counted('no-county-lines-link 52, outside-criteria 25, at-risk-only 22, no-consent 13, other 6'),
  signposted: { 'similar-provision-in-borough': 59, 'at-risk-only': 39 },
};

/** From 1 September 2018, when the three years begin; nothing of it was printed but what three years add up to. */
const BEFORE: ReferralYear = {
  name: 'before',
  referrals: 476,
  women: 79,
  ages: { '0-10': 1, '11-15': 141, '16-17': 228, '18-25': 94, unknown: 12 },
  ethnicities: {
    female: counted(`
      WBRI 25, WIRI 2, WOTH 4, BCRB 9, BAFR 8, BOTH 5, MWBC 9, MWBA 3, MWAS 1, MOTH 2, APKN 1, ABAN 3,
      AOTH 1, OOTH 1, NOBT 5
    `),
    male: counted(`
      WBRI 60, WIRI 4, WIRT 1, WROM 2, WOTH 16, BCRB 66, BAFR 86, BOTH 38, MWBC 24, MWBA 9, MWAS 5,
      MOTH 10, AIND 4, APKN 8, ABAN 14, AOTH 10, OOTH 7, REFU 4, NOBT 29
    `),
  },
  education: {
    female: { settings: { college: 4, mainstream: 13, pru: 14 }, notInEducation: 26, unknown: 22 },
    male: {
      settings: { college: 37, 'sixth-form': 4, mainstream: 66, pru: 33, 'alternative-provision': 8 },
      notInEducation: 149,
      unknown: 100,
    },
  },
  socialCare: { 'care-leaver': 17, cla: 139, cp: 39, cin: 88, none: 124, unknown: 69 },
  disabilities: counted(
    'LD 14, ADHD 13, AUT 5, AUT;ADHD 4, LD;ADHD 4, BEH 4, COMM 1, PC 1, DDA 1, blank 429',
  ),
  gangLink: { yes: 190, no: 201, unknown: 85 },
  missing: { yes: 232, no: 165, unknown: 79 },
  missingDays: counted(`
      1 16, 2 12, 3 11, 4 10, 5 10, 6 9, 7 12, 8 6, 9 5, 10 9, 12 6, 14 8, 17 4, 21 8, 28 6, 30 5, 42 4,
      60 3, 90 2
    `),
  agencies: counted(`
      probation 9, youth-offending-service 71, education 34, early-help 21, childrens-social-care 190,
      county-police 57, metropolitan-police 42, british-transport-police 8, health 11,
      voluntary-sector 20, housing 3, self-or-family 3, other 7
    `),
  teamsNamed: 171,
  teams: { 'childrens-social-care': 6, 'youth-offending-service': 2, 'early-help': 1, housing: 1 },
  months: {
    '2018-09': [48, 5],
    '2018-10': [60, 7],
    '2018-11': [66, 8],
    '2018-12': [52, 6],
    '2019-01': [62, 8],
    '2019-02': [60, 7],
    '2019-03': [65, 8],
    '2019-04': [63, 8],
  },
  intelligence: 80,
  accepted: 212, // 707 in three years (page 38)
  intelligenceOnly: 88,
  declined: counted('no-county-lines-link 49, outside-criteria 22, at-risk-only 17, no-consent 11, other 5'),
  signposted: { 'similar-provision-in-borough': 45, 'at-risk-only': 27 },
};

/** A table as it is read: `code count, code count`. Numbers as keys would come out in their own order. */
function counted(table: string): Counts {
  return Object.fromEntries(
    table.split(',').map((entry) => {
      const [, code = '', count = ''] = entry.match(/^\s*(\S+) (\d+)\s*$/) ?? [];
      if (code === '') throw new Error(`Not a code and a count: ${entry}`);
      return [code, Number(count)];
    }),
  );
}

export const referralYears: readonly ReferralYear[] = [BEFORE, YEAR_2, YEAR_3];
