import { educationSettings, genders } from '../reference/code-lists.ts';
import { agencyKeys } from '../statistics/measures/referral-words.ts';
import { monthInWords } from './month-words.ts';

/** What the fields of figures are called, where their name is not the word for them. */
const words: Readonly<Record<string, string>> = {
  unknown: 'Not known',
  months: 'By month',
  providers: 'By provider',
  ofReferrals: 'Of all referrals',
  ofIndividuals: 'Of all individuals linked to county lines',
  gap: 'Gap, in percentage points',
  anyStatus: 'Looked after, on a protection plan or in need',
  settings: 'Settings',
  settingsByGender: 'Settings by gender',
  daysKnown: 'With the days recorded',
  modeDays: 'Most frequent longest absence, in days',
  byFirstResponder: 'First responder',
  byExploitationType: 'Kind of exploitation',
  firstPanel: 'Positive at the first panel',
  medianDaysToReasonable: 'Median days to a reasonable grounds decision',
  medianDaysToConclusive: 'Median days to a conclusive grounds decision, of those decided',
  kaplanMeierMedianDaysToConclusive: 'Median days to a conclusive grounds decision, counting those who wait',
  people: 'People with a whole year behind them',
  withAnyBefore: 'With any before',
  toZero: 'None after',
  totalBefore: 'All of them before',
  totalAfter: 'All of them after',
  medianBefore: 'Median before',
  medianAfter: 'Median after',
  wilcoxonP: 'Probability, Wilcoxon signed-rank test',
  topFiveShare: 'The five with most, of all',
  recorded: 'With one recorded',
  retainedTopTen: 'Still among the first ten',
  populationShare: 'Share of the population (%)',
  relativeRate: 'Times the rate of everybody else',
  low: 'Least (95%)',
  high: 'Most (95%)',
  rho: 'Spearman’s rho',
  n: 'Wards',
  byQuadrant: 'By quadrant',
  'no-date-of-birth': 'Without a date of birth',
  'not-active': 'Not active in the last 30 days',
  'kent-and-medway': 'Kent and Medway',
  cla: 'Looked after',
};

/** The words for a key or a field that has no label: `anyStatus`, `local-authority`, `2021-03`, `toZero`. */
export function keyInWords(key: string): string {
  const known = Object.hasOwn(words, key) ? words[key] : undefined;
  if (known !== undefined) return known;
  if (/^\d{4}-\d\d$/.test(key)) return monthInWords(key);
  const spaced = key
    .replace(/([a-z])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll('-', ' ');
  return `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`;
}

/** The words for the parts of a property, the same as in the tables that have labels. */
const labels: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  agency: new Map(agencyKeys.map(({ key, label }) => [key, label])),
  gender: new Map(genders.map(({ code, text }) => [code, text])),
  setting: new Map(educationSettings.map(({ code, text }) => [code, text])),
};

/** The words for what a part is of: providers are named by their codes, `st-giles`. */
export function partInWords(by: string, key: string): string {
  const label = Object.hasOwn(labels, by) ? labels[by]?.get(key) : undefined;
  if (label !== undefined) return label;
  if (by !== 'provider' || key === 'unknown') return keyInWords(key);
  return key.replaceAll('-', ' ').replace(/(^| )[a-z]/g, (letter) => letter.toUpperCase());
}

/** What the rows of a table are, by the property that they are broken down by. */
export function byInWords(by: string): string {
  return byWords[by] ?? keyInWords(by);
}

const byWords: Readonly<Record<string, string>> = {
  borough: 'Borough',
  area: 'Borough',
  ethnicGroup: 'Ethnic group',
  'ethnic-group': 'Ethnic group',
  force: 'Police force',
  socialCare: 'Social care status',
  ward: 'Ward',
  agency: 'Referring agency',
};
