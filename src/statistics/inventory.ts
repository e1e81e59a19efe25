/** An item of the field's own strategic assessment (domain guide 1.16), and what gives it here. */
export interface InventoryItem {
  readonly item: string;
  /** Ids of the measures that give it; none where our records cannot. */
  readonly measures: readonly string[];
  /** How, or why not; empty where the measures say it. */
  readonly words: string;
}

export const inventory: readonly InventoryItem[] = [
  {
    item: 'Project to date',
    measures: ['referrals.total', 'support.engaged', 'rescue.by-force', 'training.delivered'],
    words: 'Asked for from the first day of the service',
  },
  {
    item: 'Referrals year on year; rescues to date',
    measures: ['referrals.total', 'rescue.by-force'],
    words: '',
  },
  {
    item: 'Wards: map of three years, and the largest',
    measures: ['referrals.by-ward'],
    words:
      'Asked for over three years. Periods that cross a change of wards count each code as it was recorded',
  },
  {
    item: 'The year in focus',
    measures: ['referrals.total', 'support.engaged', 'support.positive-outcome'],
    words: '',
  },
  { item: 'Why some referrals are not accepted', measures: ['referrals.decisions'], words: '' },
  {
    item: 'Open cases by length; harm, resilience, NEET',
    measures: [
      'support.open-by-length',
      'support.harm-reduced',
      'support.resilience-increased',
      'support.neet',
    ],
    words: '',
  },
  { item: 'Referring agencies', measures: ['referrals.by-agency'], words: '' },
  { item: 'Referrals by borough: map and table', measures: ['referrals.by-borough'], words: '' },
  {
    item: 'Individuals linked to county lines, by borough: map, ranks, bands',
    measures: ['county-lines.by-borough'],
    words: '',
  },
  {
    item: 'Age; comparison with the national cohort',
    measures: ['referrals.by-age', 'county-lines.by-age'],
    words:
      'Beside the individuals linked to county lines whom the service was told of; the rest of the national cohort is in no record here',
  },
  { item: 'Gender', measures: ['referrals.by-gender'], words: '' },
  {
    item: 'Ethnicity: bars, and table with the population',
    measures: ['referrals.by-ethnic-group', 'county-lines.by-ethnic-group', 'referrals.disproportionality'],
    words: '',
  },
  {
    item: 'Education and its settings; gangs',
    measures: ['referrals.in-education', 'referrals.gang-link'],
    words: '',
  },
  {
    item: 'Social care and disability by gender',
    measures: ['referrals.by-social-care-status', 'referrals.disability'],
    words: 'For everybody: of young women alone the numbers are too small to tell',
  },
  {
    item: 'Deprivation: maps and correlation',
    measures: ['referrals.deprivation', 'referrals.by-ward'],
    words:
      'Maps of wards by referrals and by the index, where boundaries of wards and the index were imported',
  },
  { item: 'Police forces: map and the ten largest', measures: ['county-lines.by-force'], words: '' },
  {
    item: 'Towns: map and the ten largest',
    measures: ['county-lines.by-town'],
    words: 'A town is recorded by its name: one that the map cannot place is told below it',
  },
  { item: 'Rescues: map and table', measures: ['rescue.by-force', 'rescue.completed'], words: '' },
  {
    item: 'Training and consultations',
    measures: ['training.delivered'],
    words: 'Consultations before this system were kept nowhere that could be imported',
  },
  {
    item: 'Young women: ethnicity and age',
    measures: ['referrals.young-women-by-ethnic-group'],
    words:
      'Ages of young women had lost their values in the assessment, and no definition says what was counted',
  },
  { item: 'Young women: share in the ten largest boroughs', measures: ['referrals.young-women'], words: '' },
  { item: 'Referrals by month', measures: ['referrals.by-month'], words: '' },
  {
    item: 'National Referral Mechanism: supported, national, flagged',
    measures: ['nrm.decisions'],
    words:
      'National figures are the Home Office’s and are in no record here; who supported a referral is not recorded',
  },
  {
    item: 'Case worked; offending',
    measures: ['support.engaged', 'impact.arrests', 'impact.convictions'],
    words: 'For everybody, where the assessment had a sample of 50',
  },
  {
    item: 'Referrals a year; engagement; onward referrals',
    measures: ['referrals.total', 'support.engaged', 'onward-referrals.by-service'],
    words: '',
  },
  {
    item: 'Support for families, and within them',
    measures: [],
    words: 'Contact with families is in case notes, as text: it is not coded and cannot be counted',
  },
  {
    item: 'Missing: how many, and a sample before and after',
    measures: ['referrals.missing', 'impact.missing'],
    words: 'For everybody, where the assessment had a sample of 50',
  },
  {
    item: 'Survey of young people',
    measures: [],
    words: 'It is the evaluators’, was answered without a name, and is in no record here',
  },
  {
    item: 'Who works here; the process; contextual safeguarding',
    measures: [],
    words: 'Drawings and no figures: the author’s to add as text',
  },
  {
    item: 'One borough: its wards and the counties its lines run to',
    measures: ['referrals.by-ward'],
    words:
      'In the borough profile. Which borough a line’s county is linked to is told of individuals, not of referrals',
  },
];
