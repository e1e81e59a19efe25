import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  ageOn,
  completedMonths,
  daysBetween,
  plainDate,
} from '../../../platform/clock/plain-date.ts';
import { ethnicGroupOf } from '../../../reference/ethnic-groups.ts';
import { csvOf } from './history-csv.ts';
import { type HistoryRow, historyFiles } from './history-rows.ts';
import { makeHistory } from './make-history.ts';

type Referral = HistoryRow<'referrals.csv'>;
type Support = HistoryRow<'support.csv'>;
interface Year {
  readonly from: string;
  readonly to: string;
}

const year2 = { from: '2019-05-01', to: '2020-04-30' };
const year3 = { from: '2020-05-01', to: '2021-04-30' };
const isIn = ({ from, to }: Year, day: string) => day >= from && day <= to;

/** Whole, rounded half up from the exact fraction. */
const percent = (part: number, of: number) => Math.floor((200 * part + of) / (2 * of));
const shareOf = <Row>(rows: readonly Row[], is: (row: Row) => boolean) =>
  percent(rows.filter(is).length, rows.length);

/** `code count, code count` as counts, and words as a list. */
const counted = (table: string) =>
  Object.fromEntries(
    table
      .split(',')
      .map((entry) => entry.trim().split(' '))
      .map(([code, count]) => [code, Number(count)]),
  );
const listed = (words: string) => words.trim().split(/\s+/);

function countsBy<Row>(rows: readonly Row[], key: (row: Row) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[key(row)] = (counts[key(row)] ?? 0) + 1;
  return counts;
}

/** How many different individuals have each value, without those who have none. */
function individualsBy(
  rows: readonly HistoryRow<'county_links.csv'>[],
  column: 'residence_borough' | 'police_force' | 'town',
) {
  const pairs = new Set(rows.map((row) => `${row[column]}|${row.individual_ref}`));
  const { '': _none, ...counts } = countsBy([...pairs], (pair) => pair.split('|')[0] ?? '');
  return counts;
}

/** Standard competition ranks, the largest first. */
const ranksOf = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(counts).map(([key, count]) => [
      key,
      1 + Object.values(counts).filter((other) => other > count).length,
    ]),
  );
const picked = (ranks: Readonly<Record<string, number>>, keys: readonly string[]) =>
  keys.map((key) => ranks[key]);
const median = (numbers: readonly number[]) => {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

test('it is the same each time and on every machine', () => {
  const history = makeHistory();
  const hash = createHash('sha256');
  for (const file of historyFiles) hash.update(csvOf(file, history));
  expect(hash.digest('hex')).toBe('a8156edd6bb3597900345cd010470f27aa094263004b64856da892c4dd8b1ccb');
});

/** Figures are met by the way the history is made, not by the luck of one seed. */
describe.each([
  ['the demonstration', makeHistory()],
  ['another seed', makeHistory(1)],
])('figures of %s', (_name, history) => {
  const referrals = history['referrals.csv'];
  const support = history['support.csv'];
  const received = (year: Year) => referrals.filter((row) => isIn(year, row.received_on));
  const theirs = received(year3);
  const before = received(year2);
  const supportOf = new Map<string, Support[]>();
  for (const row of support)
    supportOf.set(row.referral_ref, [...(supportOf.get(row.referral_ref) ?? []), row]);
  const isEngaged = (row: Referral) =>
    (supportOf.get(row.referral_ref) ?? []).some((one) => one.first_engaged_on !== '');
  const accepted = (rows: readonly Referral[]) => rows.filter((row) => row.decision === 'accepted');

  test('598 referrals after 553, by borough as printed', () => {
    expect([theirs.length, before.length]).toEqual([598, 553]);
    expect(countsBy(theirs, (row) => row.responsible_borough)).toEqual(
      counted(`
        E09000025 48, E09000022 42, E09000008 39, E09000005 35, E09000009 30, E09000002 29,
        E09000014 27, E09000015 26, E09000003 24, E09000028 24, E09000010 23, E09000016 23,
        E09000006 19, E09000017 19, E09000021 17, E09000031 17, E09000023 15, E09000026 15,
        E09000032 15, E09000019 14, E09000011 13, E09000012 10, E09000018 9, E09000030 8,
        E09000004 7, E09000020 7, E09000027 7, E09000029 6, E09000007 4, E09000024 4, E09000033 4,
        E09000013 2, out-of-london 16
      `),
    );
    expect(countsBy(before, (row) => row.responsible_borough)).toEqual(
      counted(`
        E09000025 43, E09000022 24, E09000008 28, E09000005 37, E09000009 19, E09000002 17,
        E09000014 18, E09000015 25, E09000003 22, E09000028 20, E09000010 19, E09000016 30,
        E09000006 13, E09000017 17, E09000021 15, E09000031 24, E09000023 14, E09000026 11,
        E09000032 5, E09000019 21, E09000011 9, E09000012 14, E09000018 18, E09000030 18,
        E09000004 10, E09000020 5, E09000027 4, E09000029 9, E09000007 18, E09000024 4, E09000033 6,
        E09000013 6, out-of-london 10
      `),
    );
  });

  test('the bands of the map hold 3, 9, 9, 7 and 4 boroughs', () => {
    const { 'out-of-london': _notMapped, ...boroughs } = countsBy(theirs, (row) => row.responsible_borough);
    const bands = [
      [36, 48],
      [20, 35],
      [11, 19],
      [5, 10],
      [0, 4],
    ] as const;
    expect(
      bands.map(
        ([from, to]) => Object.values(boroughs).filter((count) => count >= from && count <= to).length,
      ),
    ).toEqual([3, 9, 9, 7, 4]);
  });

  test('three years: 118, 107 and 98 in Newham, Brent and Lambeth, and the wards with most', () => {
    const boroughs = countsBy(referrals, (row) => row.responsible_borough);
    expect(picked(boroughs, ['E09000025', 'E09000005', 'E09000022'])).toEqual([118, 107, 98]);
    expect(referrals.length).toBeGreaterThan(1600);
    const { '': _unknown, ...wards } = countsBy(referrals, (row) => row.residence_ward);
    const most = Object.entries(wards).filter(([, count]) => count > 8);
    expect(Object.fromEntries(most)).toEqual(
      counted(`
        E05000420 11, E05000484 11, E05000487 11, E05000046 9, E05000321 9, E05000100 9, E05011486 9,
        E05000434 9, E05000435 9
      `),
    );
    const inBarking = Object.entries(wards)
      .filter(([ward]) => ward >= 'E05000026' && ward <= 'E05000042')
      .sort(([, one], [, other]) => other - one);
    const topSix = ['E05000026', 'E05000031', 'E05000032', 'E05000035', 'E05000041', 'E05000042'];
    expect(
      inBarking
        .slice(0, 6)
        .map(([ward]) => ward)
        .sort(),
    ).toEqual(topSix);
    expect(inBarking[5]?.[1]).toBeGreaterThan(inBarking[6]?.[1] ?? 0);
  });

  test('81 young women after 99, and their share of the ten boroughs with most referrals', () => {
    expect(countsBy(theirs, (row) => row.gender)).toEqual({ female: 81, male: 517 });
    expect(countsBy(before, (row) => row.gender)).toEqual({ female: 99, male: 454 });
    const women = (rows: readonly Referral[]) => {
      const counts = countsBy(
        rows.filter((row) => row.gender === 'female'),
        (row) => row.responsible_borough,
      );
      return listed(`
        E09000025 E09000022 E09000008 E09000005 E09000009 E09000002 E09000014 E09000015 E09000003
        E09000028
      `).map((borough) => counts[borough] ?? 0);
    };
    expect(women(theirs)).toEqual([11, 5, 3, 5, 2, 3, 5, 1, 0, 3]);
    expect(women(before)).toEqual([5, 1, 9, 8, 8, 0, 4, 5, 0, 5]);
  });

  test('ethnic groups of both years, and of young women', () => {
    const groups = (rows: readonly Referral[]) =>
      ['white', 'black', 'asian', 'mixed', 'other', 'unknown'].map((group) =>
        shareOf(rows, (row) => ethnicGroupOf(row.ethnicity) === group),
      );
    expect(groups(theirs)).toEqual([22, 54, 7, 13, 3, 1]);
    expect(groups(before)).toEqual([24, 46, 9, 14, 2, 5]);
    const women = theirs.filter((row) => row.gender === 'female');
    expect(groups(women)[3]).toBe(25);
    const codes = countsBy(women, (row) => row.ethnicity);
    expect([(codes.MWBC ?? 0) + (codes.MWBA ?? 0), codes.MOTH, codes.MWAS]).toEqual([15, 4, 1]);
    const ofGroups = countsBy(women, (row) => ethnicGroupOf(row.ethnicity));
    expect(Math.max(...Object.values(ofGroups))).toBe(ofGroups.white);
  });

  test('ages: 22% are 18 to 25', () => {
    const age = (row: Referral) =>
      row.date_of_birth === '' ? undefined : ageOn(plainDate(row.date_of_birth), plainDate(row.received_on));
    expect(shareOf(theirs, (row) => (age(row) ?? 0) >= 18 && (age(row) ?? 0) <= 25)).toBe(22);
    expect(referrals.filter((row) => (age(row) ?? 10) < 10 || (age(row) ?? 25) > 25)).toEqual([]);
  });

  test('education: 41% in both years; what kind; and how it differs for young women', () => {
    const inEducation = (rows: readonly Referral[]) =>
      rows.filter((row) => row.education_status === 'in-education');
    expect([theirs, before].map((rows) => percent(inEducation(rows).length, rows.length))).toEqual([41, 41]);
    const settings = (rows: readonly Referral[], setting: string) =>
      shareOf(rows, (row) => row.education_setting === setting);
    expect(settings(inEducation(theirs), 'mainstream')).toBe(35);
    expect(settings(inEducation(before), 'mainstream')).toBe(40);
    const men = inEducation(theirs).filter((row) => row.gender === 'male');
    const women = inEducation(theirs).filter((row) => row.gender === 'female');
    expect([men.length, settings(men, 'college'), settings(men, 'mainstream')]).toEqual([213, 29, 35]);
    expect(women.length).toBe(35);
    expect(settings(women, 'pru')).toBeGreaterThan(50);
  });

  test('gangs 27% after 39%, social care 53% after 59%, looked after 18% after 31%, disability 12%', () => {
    const both = (is: (row: Referral) => boolean) => [shareOf(theirs, is), shareOf(before, is)];
    expect(both((row) => row.gang_link === 'yes')).toEqual([27, 39]);
    expect(both((row) => ['cla', 'cp', 'cin'].includes(row.social_care_status))).toEqual([53, 59]);
    expect(both((row) => row.social_care_status === 'cla')).toEqual([18, 31]);
    expect(shareOf(theirs, (row) => row.disabilities !== '')).toBe(12);
  });

  test('missing: 43% after 50%; days known of 78%, most often one (16), then three (14)', () => {
    const missing = (rows: readonly Referral[]) => rows.filter((row) => row.missing_linked === 'yes');
    expect([theirs, before].map((rows) => percent(missing(rows).length, rows.length))).toEqual([43, 50]);
    const known = missing(theirs).filter((row) => row.longest_missing_days !== '');
    expect(percent(known.length, missing(theirs).length)).toBe(78);
    const days = Object.entries(countsBy(known, (row) => row.longest_missing_days));
    const [first, second, third] = days.sort(([, one], [, other]) => other - one);
    expect([first, second]).toEqual([
      ['1', 16],
      ['3', 14],
    ]);
    expect(third?.[1]).toBeLessThan(14);
  });

  test('agencies: social care 41%, county forces 15% with 73% of it in two quarters, teams named in 81%', () => {
    expect(shareOf(theirs, (row) => row.referring_agency === 'childrens-social-care')).toBe(41);
    const forces = theirs.filter((row) => row.referring_agency === 'county-police');
    expect(percent(forces.length, theirs.length)).toBe(15);
    expect(shareOf(forces, (row) => row.received_on <= '2020-10-31')).toBe(73);
    const councils = ['childrens-social-care', 'youth-offending-service', 'early-help', 'housing'];
    const fromCouncils = theirs.filter((row) => councils.includes(row.referring_agency));
    expect(shareOf(fromCouncils, (row) => row.local_authority_team !== '')).toBe(81);
    const teams = (rows: readonly Referral[]) =>
      new Set(rows.flatMap((row) => (row.local_authority_team === '' ? [] : [row.local_authority_team])))
        .size;
    expect(teams(theirs)).toBe(21);
    expect(teams(referrals.filter((row) => row.received_on < year2.from))).toBe(10);
  });

  test('245 of 598 accepted and 145 of them engaged; 707 and 454 in three years; nobody waits for a decision', () => {
    expect(accepted(theirs).length).toBe(245);
    expect(shareOf(theirs, (row) => row.decision === 'accepted')).toBe(41);
    expect(accepted(theirs).filter(isEngaged).length).toBe(145);
    expect(percent(145, 245) - shareOf(accepted(before), isEngaged)).toBe(-5);
    expect(accepted(referrals).length).toBe(707);
    expect(accepted(referrals).filter(isEngaged).length).toBe(454);
    expect(referrals.filter((row) => row.decision === 'pending')).toEqual([]);
  });

  test('open at the end of the year by length: 18, 43, 66, 51, and none for a year', () => {
    const open = support.filter(
      (row) => row.first_engaged_on !== '' && row.first_engaged_on <= year3.to && row.closed_on > year3.to,
    );
    const months = open.map((row) => completedMonths(plainDate(row.first_engaged_on), plainDate(year3.to)));
    const between = (from: number, to: number) =>
      months.filter((month) => month >= from && month <= to).length;
    expect([between(0, 0), between(1, 2), between(3, 5), between(6, 11), between(12, 999)]).toEqual([
      18, 43, 66, 51, 0,
    ]);
  });

  const outcomes = (row: Support) => [
    ...[row.outcome_1, row.outcome_2, row.outcome_3, row.outcome_4],
    ...[row.outcome_5, row.outcome_6, row.outcome_7, row.outcome_8],
  ];
  const positive = (rows: readonly Support[]) =>
    shareOf(
      rows.filter((row) => outcomes(row).some((item) => item !== '')),
      (row) => outcomes(row).includes('yes'),
    );

  test('93% positive, 88% less harm, 82% more resilient, 88% less in county lines, 42% no longer NEET; 83% in three years', () => {
    const closed = support.filter((row) => row.first_engaged_on !== '' && isIn(year3, row.closed_on));
    const share = (column: 'harm' | 'county_lines_involvement' | 'resilience', better: readonly string[]) =>
      shareOf(
        closed.filter((row) => row[column] !== ''),
        (row) => better.includes(row[column]),
      );
    expect(positive(closed)).toBe(93);
    expect(share('harm', ['reduced'])).toBe(88);
    expect(share('resilience', ['increased'])).toBe(82);
    expect(share('county_lines_involvement', ['ceased', 'reduced'])).toBe(88);
    const neet = closed.filter((row) => row.neet_at_start === 'yes' && row.neet_at_end !== '');
    expect(shareOf(neet, (row) => row.neet_at_end === 'no')).toBe(42);
    expect(positive(support.filter((row) => row.closed_on <= year3.to))).toBe(83);
  });

  test('819 onward referrals by service', () => {
    const made = history['onward_referrals.csv'].filter((row) => isIn(year3, row.made_on));
    expect(made.length).toBe(819);
    expect(countsBy(made, (row) => row.service)).toEqual(
      counted(`
        childrens-social-care 152, youth-offending-service 125, education 100, housing 65,
        family-support 61, employment 54, emotional-and-mental-health 53, health 42,
        crime-and-offending 38, probation 33, finance-and-benefits 31, drugs-and-alcohol 27,
        adult-social-care 25, relationship-support 10, vawg 2, other 1
      `),
    );
  });

  test('208 requests and 78 rescues by force; five forces make 64%; 35 rescues in the year', () => {
    const requests = history['rescues.csv'].filter((row) => row.requested_at.slice(0, 10) <= year3.to);
    const rescues = requests.filter((row) => row.outcome === 'rescued');
    expect([requests.length, rescues.length]).toEqual([208, 78]);
    const asked = countsBy(requests, (row) => row.police_force);
    expect(asked).toEqual(
      counted(`
        sussex 54, hampshire 25, thames-valley 19, suffolk 18, kent 18, norfolk 17,
        devon-and-cornwall 10, dorset 9, metropolitan 9, essex 6, police-scotland 6,
        cambridgeshire 5, avon-and-somerset 4, south-wales 4, surrey 2, hertfordshire 1,
        west-midlands 1
      `),
    );
    expect(countsBy(rescues, (row) => row.police_force)).toEqual(
      counted(`
        sussex 21, hampshire 10, thames-valley 7, suffolk 9, kent 5, norfolk 5, devon-and-cornwall 6,
        dorset 4, metropolitan 3, essex 3, police-scotland 1, cambridgeshire 2, south-wales 1,
        surrey 1
      `),
    );
    const topFive = Object.values(asked)
      .sort((one, other) => other - one)
      .slice(0, 5);
    expect(
      percent(
        topFive.reduce((sum, count) => sum + count, 0),
        208,
      ),
    ).toBe(64);
    expect(percent(21 + 10, rescues.length)).toBe(40);
    expect(requests.filter((row) => isIn(year3, row.completed_at.slice(0, 10))).length).toBe(35);
    expect(requests.filter((row) => (row.completed_at !== '') !== (row.outcome === 'rescued'))).toEqual([]);
  });

  const links = history['county_links.csv'];
  const identified = (year: Year) => links.filter((row) => isIn(year, row.identified_on));

  test('1,784 individuals after 3,290, and boroughs’ ranks and bands', () => {
    const refs = (year: Year) => new Set(identified(year).map((row) => row.individual_ref)).size;
    expect([refs(year3), refs(year2)]).toEqual([1784, 3290]);
    const boroughs = individualsBy(identified(year3), 'residence_borough');
    const codes = listed(`
        E09000008 E09000022 E09000025 E09000005 E09000028 E09000023 E09000011 E09000009 E09000012
        E09000010 E09000031 E09000026 E09000014 E09000032 E09000002 E09000004 E09000019 E09000017
        E09000003 E09000030 E09000018 E09000007 E09000020 E09000006 E09000013 E09000024 E09000015
        E09000033 E09000016 E09000029 E09000021 E09000027
      `);
    expect(picked(ranksOf(boroughs), codes)).toEqual([
      1, 2, 3, 4, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 19, 19, 22, 23, 24, 24, 24, 27, 28,
      29, 30, 31, 32,
    ]);
    const previous = ranksOf(individualsBy(identified(year2), 'residence_borough'));
    expect(picked(previous, codes)).toEqual([
      1, 2, 3, 4, 5, 6, 8, 11, 9, 10, 7, 12, 13, 18, 15, 27, 21, 17, 14, 16, 19, 25, 24, 19, 22, 29, 26, 28,
      22, 30, 31, 32,
    ]);
    const bands = [
      [83, 138],
      [54, 82],
      [42, 53],
      [32, 41],
      [7, 31],
    ] as const;
    expect(
      bands.map(
        ([from, to]) => Object.values(boroughs).filter((count) => count >= from && count <= to).length,
      ),
    ).toEqual([7, 6, 5, 5, 9]);
  });

  test('95% with a force; the ten forces’ counts and ranks of both years, and the map’s five bands', () => {
    const all = identified(year3);
    const withForce = new Set(all.filter((row) => row.police_force !== '').map((row) => row.individual_ref));
    expect(percent(withForce.size, 1784)).toBe(95);
    const forces = individualsBy(all, 'police_force');
    const ten = listed(
      'hampshire kent surrey essex sussex thames-valley norfolk suffolk dorset cambridgeshire',
    );
    expect(picked(forces, ten)).toEqual([240, 162, 145, 122, 119, 109, 102, 100, 83, 79]);
    expect(picked(ranksOf(forces), ten)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const previous = ranksOf(individualsBy(identified(year2), 'police_force'));
    expect(picked(previous, ten)).toEqual([1, 5, 9, 7, 2, 3, 6, 11, 4, 8]);
    const bands = [
      [101, 240],
      [45, 100],
      [11, 44],
      [5, 10],
      [1, 4],
    ] as const;
    expect(
      bands.map(([from, to]) => Object.values(forces).filter((count) => count >= from && count <= to).length),
    ).toEqual([7, 7, 8, 7, 12]);
  });

  test('the ten towns’ counts and ranks of both years; 8 of 10 stay among the first ten', () => {
    const towns = individualsBy(identified(year3), 'town');
    const ten = listed(`
        Ipswich Cambridge Portsmouth Southampton Swansea Basingstoke Guildford Southend Brighton
        Medway
      `);
    const ranks = ranksOf(towns);
    const previous = ranksOf(individualsBy(identified(year2), 'town'));
    expect(picked(towns, ten)).toEqual([31, 25, 21, 21, 16, 15, 14, 14, 13, 12]);
    expect(picked(ranks, ten)).toEqual([1, 2, 3, 3, 5, 6, 7, 7, 9, 10]);
    expect(picked(previous, ten)).toEqual([7, 2, 4, 3, 10, 5, 52, 12, 1, 6]);
    const firstTen = Object.keys(previous).filter((town) => (previous[town] ?? 99) <= 10);
    expect(firstTen.filter((town) => (ranks[town] ?? 99) <= 10).length).toBe(8);
    expect(firstTen.filter((town) => (ranks[town] ?? 99) > 10).sort()).toEqual([
      'Bournemouth',
      'Northampton',
    ]);
  });

  test('42 NRM referrals, 31 positive, 84% of them at the first panel, 9 for sexual exploitation', () => {
    const cases = history['nrm.csv'].filter((row) => isIn(year3, row.referred_on));
    const conclusive = cases.filter((row) => row.conclusive_grounds === 'positive');
    expect([cases.length, conclusive.length]).toEqual([42, 31]);
    expect(shareOf(conclusive, (row) => row.decided_at_first_panel === 'yes')).toBe(84);
    expect(countsBy(cases, (row) => row.exploitation_type)).toEqual({ criminal: 33, sexual: 9 });
    expect(shareOf(cases, (row) => row.first_responder === 'local-authority')).toBeGreaterThan(70);
  });

  test('23 training sessions and 1,027 professionals', () => {
    const sessions = history['training.csv'].filter((row) => isIn(year3, row.delivered_on));
    expect([sessions.length, sessions.reduce((sum, row) => sum + Number(row.attendees), 0)]).toEqual([
      23, 1027,
    ]);
    expect(Object.keys(countsBy(sessions, (row) => row.quadrant)).sort()).toEqual([
      'east',
      'north',
      'south',
      'west',
    ]);
  });

  /** Before and after of each who can be followed for a year up to the end of the period. */
  function beforeAndAfter(kind: string, engaged: boolean): [number, number][] {
    const days = new Map<string, string>();
    const personOf = new Map(referrals.map((row) => [row.referral_ref, row.person_ref]));
    const engagedOnes = support.filter((row) => row.first_engaged_on !== '');
    for (const row of engagedOnes) {
      const person = personOf.get(row.referral_ref) ?? '';
      if (row.allocated_on < (days.get(person) ?? '9')) days.set(person, row.allocated_on);
    }
    const everybody = engaged
      ? [...days]
      : accepted(referrals)
          .filter((row) => !days.has(row.person_ref))
          .map((row) => [row.person_ref, row.decided_on] as const);
    const events = Map.groupBy(
      history['events.csv'].filter((row) => row.kind === kind),
      (row) => row.person_ref,
    );
    return everybody
      .filter(([, day]) => addDays(plainDate(day), 364) <= year3.to)
      .map(([person, day]) => {
        const since = (events.get(person) ?? []).map((row) =>
          daysBetween(plainDate(day), plainDate(row.occurred_on)),
        );
        return [
          since.filter((days) => days >= -365 && days < 0).length,
          since.filter((days) => days >= 0 && days < 365).length,
        ];
      });
  }

  test('impact: shares as in the dip sample, of everybody who engaged', () => {
    const shares = (kind: string) => {
      const people = beforeAndAfter(kind, true);
      const any = people.filter(([earlier]) => earlier > 0);
      return {
        any: percent(any.length, people.length),
        decreased: shareOf(any, ([earlier, later]) => later < earlier),
        toZero: shareOf(any, ([, later]) => later === 0),
      };
    };
    expect(shares('missing')).toEqual({ any: 62, decreased: 74, toZero: 48 });
    expect(shares('arrest')).toMatchObject({ any: 62, decreased: 65 });
    expect(shares('conviction')).toEqual({ any: 32, decreased: 75, toZero: 69 });
    const people = beforeAndAfter('missing', true);
    expect(people.length).toBeGreaterThan(200);
    const any = people.filter(([earlier]) => earlier > 0);
    expect([median(any.map(([earlier]) => earlier)), median(any.map(([, later]) => later))]).toEqual([3, 1]);
    expect(people).toContainEqual([63, 7]);
  });

  test('impact beside it: of those who never engaged fewer saw it become less', () => {
    for (const kind of ['missing', 'arrest', 'conviction']) {
      const [engaged, not] = [true, false].map((isEngaged) => {
        const any = beforeAndAfter(kind, isEngaged).filter(([earlier]) => earlier > 0);
        expect(any.length).toBeGreaterThan(20);
        return shareOf(any, ([earlier, later]) => later < earlier);
      });
      expect(not).toBeLessThan(engaged ?? 0);
    }
  });
});
