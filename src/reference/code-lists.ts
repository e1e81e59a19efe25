/** Code lists of the import format and the national returns, with the words people read. */

export type Code<List extends readonly { code: string }[]> = List[number]['code'];

export interface CodedWord {
  readonly code: string;
  readonly text: string;
}

export const genders = [
  { code: 'female', text: 'Female' },
  { code: 'male', text: 'Male' },
  { code: 'non-binary', text: 'Non-binary' },
  { code: 'other', text: 'Describes themselves in another way' },
  { code: 'unknown', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** The DfE's codes for the ONS 2021 categories (domain guide 3.8). */
export const ethnicities = [
  { code: 'AIND', text: 'Asian: Indian' },
  { code: 'APKN', text: 'Asian: Pakistani' },
  { code: 'ABAN', text: 'Asian: Bangladeshi' },
  { code: 'CHNE', text: 'Asian: Chinese' },
  { code: 'AOTH', text: 'Asian: any other Asian background' },
  { code: 'BCRB', text: 'Black: Caribbean' },
  { code: 'BAFR', text: 'Black: African' },
  { code: 'BOTH', text: 'Black: any other Black background' },
  { code: 'MWBC', text: 'Mixed: White and Black Caribbean' },
  { code: 'MWBA', text: 'Mixed: White and Black African' },
  { code: 'MWAS', text: 'Mixed: White and Asian' },
  { code: 'MOTH', text: 'Mixed: any other mixed background' },
  { code: 'WBRI', text: 'White: English, Welsh, Scottish, Northern Irish or British' },
  { code: 'WIRI', text: 'White: Irish' },
  { code: 'WIRT', text: 'White: Gypsy or Irish Traveller' },
  { code: 'WROM', text: 'White: Roma' },
  { code: 'WOTH', text: 'White: any other White background' },
  { code: 'OOTH', text: 'Any other ethnic group' },
  { code: 'REFU', text: 'Prefers not to say' },
  { code: 'NOBT', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const agencyKinds = [
  { code: 'childrens-social-care', text: "Children's social care" },
  { code: 'county-police', text: 'Police outside London' },
  { code: 'metropolitan-police', text: 'Metropolitan Police' },
  { code: 'british-transport-police', text: 'British Transport Police' },
  { code: 'youth-offending-service', text: 'Youth justice service' },
  { code: 'education', text: 'School, college or education service' },
  { code: 'health', text: 'Health service' },
  { code: 'early-help', text: 'Early help' },
  { code: 'voluntary-sector', text: 'Charity or community organisation' },
  { code: 'probation', text: 'Probation' },
  { code: 'housing', text: 'Housing' },
  { code: 'self-or-family', text: 'I am the young person, or family' },
  { code: 'other', text: 'Another agency' },
] as const satisfies readonly CodedWord[];

/** As files say it where the agency was not recorded; nobody who refers chooses it. */
export const unknownAgency = { code: 'unknown', text: 'Not known' } as const satisfies CodedWord;

export const datePrecisions = [
  { code: 'exact', text: 'Exact' },
  { code: 'approximate', text: 'Approximate' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];
export type DatePrecision = Code<typeof datePrecisions>;

export const yesNoNotKnown = [
  { code: 'yes', text: 'Yes' },
  { code: 'no', text: 'No' },
  { code: 'not-known', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** As the import format and the published figures code it; forms that are not counted say `not-known`. */
export const yesNoUnknown = [
  { code: 'yes', text: 'Yes' },
  { code: 'no', text: 'No' },
  { code: 'unknown', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const educationStatuses = [
  { code: 'in-education', text: 'In education, training or an apprenticeship' },
  { code: 'not-in-education', text: 'Not in education' },
  { code: 'unknown', text: 'Not known' },
] as const satisfies readonly CodedWord[];

export const educationSettings = [
  { code: 'mainstream', text: 'Mainstream school' },
  { code: 'sixth-form', text: 'Sixth form' },
  { code: 'college', text: 'College' },
  { code: 'pru', text: 'Pupil referral unit' },
  { code: 'alternative-provision', text: 'Other alternative provision' },
  { code: 'special', text: 'Special school' },
  { code: 'home-educated', text: 'Educated at home' },
  { code: 'apprenticeship', text: 'Apprenticeship' },
  { code: 'training', text: 'Training' },
  { code: 'university', text: 'University' },
] as const satisfies readonly CodedWord[];

export const socialCareStatuses = [
  { code: 'cla', text: 'Looked after by a council' },
  { code: 'cp', text: 'On a child protection plan' },
  { code: 'cin', text: 'A child in need' },
  { code: 'care-leaver', text: 'A care leaver' },
  { code: 'none', text: 'None of these' },
  { code: 'unknown', text: 'Not known' },
] as const satisfies readonly CodedWord[];

/** The codes of the children in need census, and ADHD, which it counts under "other" (domain guide 3.8). */
export const disabilities = [
  { code: 'LD', text: 'Learning' },
  { code: 'AUT', text: 'Autism' },
  { code: 'ADHD', text: 'ADHD' },
  { code: 'BEH', text: 'Behaviour' },
  { code: 'COMM', text: 'Communication' },
  { code: 'HEAR', text: 'Hearing' },
  { code: 'VIS', text: 'Vision' },
  { code: 'MOB', text: 'Mobility' },
  { code: 'HAND', text: 'Hand function' },
  { code: 'PC', text: 'Personal care' },
  { code: 'INC', text: 'Incontinence' },
  { code: 'CON', text: 'Consciousness' },
  { code: 'DDA', text: 'Another disability' },
] as const satisfies readonly CodedWord[];

/** The police forces of the United Kingdom and the railways, by the slug that open police data uses (domain guide 3.7). */
export const policeForces = [
  { code: 'avon-and-somerset', text: 'Avon and Somerset' },
  { code: 'bedfordshire', text: 'Bedfordshire' },
  { code: 'btp', text: 'British Transport Police' },
  { code: 'cambridgeshire', text: 'Cambridgeshire' },
  { code: 'cheshire', text: 'Cheshire' },
  { code: 'city-of-london', text: 'City of London' },
  { code: 'cleveland', text: 'Cleveland' },
  { code: 'cumbria', text: 'Cumbria' },
  { code: 'derbyshire', text: 'Derbyshire' },
  { code: 'devon-and-cornwall', text: 'Devon and Cornwall' },
  { code: 'dorset', text: 'Dorset' },
  { code: 'durham', text: 'Durham' },
  { code: 'dyfed-powys', text: 'Dyfed-Powys' },
  { code: 'essex', text: 'Essex' },
  { code: 'gloucestershire', text: 'Gloucestershire' },
  { code: 'greater-manchester', text: 'Greater Manchester' },
  { code: 'gwent', text: 'Gwent' },
  { code: 'hampshire', text: 'Hampshire and Isle of Wight' },
  { code: 'hertfordshire', text: 'Hertfordshire' },
  { code: 'humberside', text: 'Humberside' },
  { code: 'kent', text: 'Kent' },
  { code: 'lancashire', text: 'Lancashire' },
  { code: 'leicestershire', text: 'Leicestershire' },
  { code: 'lincolnshire', text: 'Lincolnshire' },
  { code: 'merseyside', text: 'Merseyside' },
  { code: 'metropolitan', text: 'Metropolitan (London)' },
  { code: 'norfolk', text: 'Norfolk' },
  { code: 'north-wales', text: 'North Wales' },
  { code: 'north-yorkshire', text: 'North Yorkshire' },
  { code: 'northamptonshire', text: 'Northamptonshire' },
  { code: 'northumbria', text: 'Northumbria' },
  { code: 'nottinghamshire', text: 'Nottinghamshire' },
  { code: 'police-scotland', text: 'Police Scotland' },
  { code: 'psni', text: 'Police Service of Northern Ireland' },
  { code: 'south-wales', text: 'South Wales' },
  { code: 'south-yorkshire', text: 'South Yorkshire' },
  { code: 'staffordshire', text: 'Staffordshire' },
  { code: 'suffolk', text: 'Suffolk' },
  { code: 'surrey', text: 'Surrey' },
  { code: 'sussex', text: 'Sussex' },
  { code: 'thames-valley', text: 'Thames Valley' },
  { code: 'warwickshire', text: 'Warwickshire' },
  { code: 'west-mercia', text: 'West Mercia' },
  { code: 'west-midlands', text: 'West Midlands' },
  { code: 'west-yorkshire', text: 'West Yorkshire' },
  { code: 'wiltshire', text: 'Wiltshire' },
] as const satisfies readonly CodedWord[];

/** The 16 services that young people are referred on to (onward_referrals.csv of the import format; domain guide 1.5). */
export const onwardServices = [
  { code: 'childrens-social-care', text: 'Children’s social care' },
  { code: 'youth-offending-service', text: 'Youth justice service' },
  { code: 'education', text: 'Education' },
  { code: 'housing', text: 'Housing' },
  { code: 'family-support', text: 'Family support' },
  { code: 'employment', text: 'Employment' },
  { code: 'emotional-and-mental-health', text: 'Emotional and mental health' },
  { code: 'health', text: 'Health' },
  { code: 'crime-and-offending', text: 'Crime and offending' },
  { code: 'probation', text: 'Probation' },
  { code: 'finance-and-benefits', text: 'Finance and benefits' },
  { code: 'drugs-and-alcohol', text: 'Drugs and alcohol' },
  { code: 'adult-social-care', text: 'Adult social care' },
  { code: 'relationship-support', text: 'Relationship support' },
  { code: 'vawg', text: 'Violence against women and girls' },
  { code: 'other', text: 'Another service' },
] as const satisfies readonly CodedWord[];

/** The codes alone, as a schema wants them. */
export function codesOf<const List extends readonly [CodedWord, ...CodedWord[]]>(
  list: List,
): readonly [Code<List>, ...Code<List>[]] {
  return list.map((word) => word.code) as unknown as readonly [Code<List>, ...Code<List>[]];
}

/** The word for a code; the code itself where a list no longer has it, so that an old record still reads. */
export function wordFor(list: readonly CodedWord[], code: string): string {
  return list.find((word) => word.code === code)?.text ?? code;
}

/** The list as the options of a question. */
export function optionsOf(list: readonly CodedWord[]): { value: string; text: string }[] {
  return list.map(({ code, text }) => ({ value: code, text }));
}
