/**
 * Individuals linked to a county line, in the two years of the national returns: 3,290 and then 1,784, when those who
 * were only suspected were left out (Year 3 Strategic Assessment, pages 2 and 15). Counts of the first year are made up
 * to give the ranks that were printed.
 */
type OfTwoYears = readonly [year2: number, year3: number];

export const individuals: OfTwoYears = [3290, 1784]; // page 15

/** Of them, those with a force: 95% of the second year's (page 2); some are linked to two. */
export const withForce: OfTwoYears = [2796, 1695];

/** By borough of residence: both years' ranks and the five bands of the second were printed, no counts (page 15). */
export const individualsByBorough: Readonly<Record<string, OfTwoYears>> = {
  E09000008: [221, 138],
  E09000022: [200, 118],
  E09000025: [187, 110],
  E09000005: [172, 100],
  E09000028: [166, 100],
  E09000023: [158, 91],
  E09000011: [142, 83],
  E09000009: [120, 82],
  E09000012: [134, 76],
  E09000010: [127, 70],
  E09000031: [150, 66],
  E09000026: [113, 61],
  E09000014: [106, 54],
  E09000032: [75, 53],
  E09000002: [93, 51],
  E09000004: [33, 47],
  E09000019: [63, 44],
  E09000017: [80, 42],
  E09000003: [99, 41],
  E09000030: [86, 41],
  E09000018: [69, 41],
  E09000007: [44, 36],
  E09000020: [50, 32],
  E09000006: [69, 31],
  E09000013: [56, 31],
  E09000024: [24, 31],
  E09000015: [38, 25],
  E09000033: [29, 22],
  E09000016: [56, 19],
  E09000029: [18, 14],
  E09000021: [13, 10],
  E09000027: [9, 7],
};

/**
 * By force: the second year's ten highest and their ranks in both years, and how many of the 41 were in each band of the
 * map (page 22). Who is linked to two is counted with both.
 */
export const individualsByForce: Readonly<Record<string, OfTwoYears>> = {
  hampshire: [402, 240],
  kent: [241, 162],
  surrey: [139, 145],
  essex: [187, 122],
  sussex: [338, 119],
  'thames-valley': [291, 109],
  norfolk: [219, 102],
  suffolk: [85, 100],
  dorset: [262, 83],
  cambridgeshire: [161, 79],
  'avon-and-somerset': [98, 59],
  'south-wales': [72, 54],
  'devon-and-cornwall': [61, 50],
  hertfordshire: [48, 46],
  bedfordshire: [37, 38],
  northamptonshire: [44, 31],
  wiltshire: [26, 25],
  'west-mercia': [15, 22],
  'west-midlands': [24, 19],
  leicestershire: [19, 16],
  warwickshire: [12, 14],
  lincolnshire: [10, 11],
  gloucestershire: [9, 10],
  nottinghamshire: [8, 9],
  staffordshire: [7, 8],
  gwent: [6, 7],
  humberside: [6, 6],
  merseyside: [5, 6],
  'greater-manchester': [7, 5],
  'dyfed-powys': [4, 4],
  'west-yorkshire': [5, 4],
  lancashire: [3, 3],
  derbyshire: [4, 3],
  'south-yorkshire': [3, 3],
  'north-wales': [2, 2],
  cheshire: [3, 2],
  cumbria: [2, 2],
  northumbria: [2, 1],
  durham: [1, 1],
  'north-yorkshire': [2, 1],
  cleveland: [1, 1],
};

/** By town, each in its force: the second year's ten highest and their ranks in both years (page 23). */
export const individualsByTown: Readonly<
  Record<string, readonly [force: string, year2: number, year3: number]>
> = {
  Ipswich: ['suffolk', 35, 31],
  Cambridge: ['cambridgeshire', 54, 25],
  Portsmouth: ['hampshire', 46, 21],
  Southampton: ['hampshire', 49, 21],
  Swansea: ['south-wales', 25, 16],
  Basingstoke: ['hampshire', 43, 15],
  Guildford: ['surrey', 1, 14],
  Southend: ['essex', 22, 14],
  Brighton: ['sussex', 63, 13],
  Medway: ['kent', 39, 12],
  Bournemouth: ['dorset', 32, 11],
  Northampton: ['northamptonshire', 28, 10],
  Norwich: ['norfolk', 23, 11],
  Margate: ['kent', 20, 11],
  Reading: ['thames-valley', 19, 9],
  Hastings: ['sussex', 19, 7],
  Colchester: ['essex', 18, 8],
  Bristol: ['avon-and-somerset', 17, 9],
  Oxford: ['thames-valley', 16, 6],
  'Great Yarmouth': ['norfolk', 16, 7],
  Canterbury: ['kent', 15, 8],
  Poole: ['dorset', 15, 5],
  Luton: ['bedfordshire', 14, 9],
  Clacton: ['essex', 14, 6],
  Eastbourne: ['sussex', 13, 5],
  Peterborough: ['cambridgeshire', 13, 7],
  Lowestoft: ['suffolk', 12, 8],
  Slough: ['thames-valley', 12, 5],
  Folkestone: ['kent', 11, 6],
  Weymouth: ['dorset', 11, 4],
  Plymouth: ['devon-and-cornwall', 10, 6],
  Swindon: ['wiltshire', 10, 7],
  "King's Lynn": ['norfolk', 10, 5],
  Worthing: ['sussex', 9, 3],
  Maidstone: ['kent', 9, 5],
  Exeter: ['devon-and-cornwall', 8, 5],
  Chelmsford: ['essex', 8, 4],
  'Milton Keynes': ['thames-valley', 7, 4],
  Dover: ['kent', 7, 3],
  Aldershot: ['hampshire', 7, 5],
  Crawley: ['sussex', 6, 4],
  Basildon: ['essex', 6, 3],
  Stevenage: ['hertfordshire', 6, 4],
  'Bury St Edmunds': ['suffolk', 5, 3],
  Torquay: ['devon-and-cornwall', 5, 2],
  Aylesbury: ['thames-valley', 5, 2],
  Woking: ['surrey', 4, 6],
  Thetford: ['norfolk', 4, 2],
  'Bognor Regis': ['sussex', 3, 1],
  Harlow: ['essex', 3, 2],
  Andover: ['hampshire', 2, 2],
  Banbury: ['thames-valley', 2, 0],
};

/** The towns of each force that has any. */
export const townsOfForce: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...new Set(Object.values(individualsByTown).map(([force]) => force))].map((force) => [
    force,
    Object.entries(individualsByTown).flatMap(([town, [of]]) => (of === force ? [town] : [])),
  ]),
);

interface IndividualsOfYear {
  readonly ages: Readonly<Record<'under-18' | '18-25' | 'over-25' | 'unknown', number>>;
  readonly genders: Readonly<Record<string, number>>;
  readonly ethnicities: Readonly<Record<string, number>>;
  readonly sources: Readonly<Record<string, number>>;
  readonly confirmed: Readonly<Record<'yes' | 'no', number>>;
  /** The most days from what they were last known to do until they are identified. */
  readonly daysSinceActive: number;
}

/** Who they are; of those up to 25, 69% are 18 or over (page 16), and ethnicities are as on page 18. */
export const individualsOfYear: readonly [year2: IndividualsOfYear, year3: IndividualsOfYear] = [
  {
    ages: { 'under-18': 879, '18-25': 1957, 'over-25': 271, unknown: 183 },
    genders: { male: 2986, female: 274, unknown: 30 },
    // White 18%, Black 53%, Asian 8%, mixed 3%, other 1%, not known 17%
    ethnicities: {
      WBRI: 431,
      WOTH: 121,
      WIRI: 24,
      WIRT: 16,
      BCRB: 640,
      BAFR: 757,
      BOTH: 347,
      ABAN: 104,
      APKN: 63,
      AIND: 31,
      AOTH: 65,
      MWBC: 62,
      MWBA: 21,
      MOTH: 16,
      OOTH: 33,
      NOBT: 559,
    },
    sources: { 'rescue-and-response': 1204, 'metropolitan-police': 1102, 'county-police': 984 },
    confirmed: { yes: 2888, no: 402 },
    daysSinceActive: 75,
  },
  {
    ages: { 'under-18': 500, '18-25': 1113, 'over-25': 150, unknown: 21 },
    genders: { male: 1627, female: 152, unknown: 5 },
    // White 17%, Black 60%, Asian 8%, mixed 0%, other 2%, not known 13%
    ethnicities: {
      WBRI: 219,
      WOTH: 64,
      WIRI: 12,
      WIRT: 8,
      BCRB: 398,
      BAFR: 471,
      BOTH: 201,
      ABAN: 58,
      APKN: 34,
      AIND: 17,
      AOTH: 34,
      OOTH: 36,
      NOBT: 232,
    },
    sources: { 'rescue-and-response': 258, 'metropolitan-police': 905, 'county-police': 621 },
    confirmed: { yes: 1784, no: 0 },
    daysSinceActive: 30,
  },
];
