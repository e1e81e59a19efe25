import { describe, expect, test } from 'vitest';
import { londonInstant } from '../../../platform/clock/london-time.ts';
import { ageOn, parsePlainDate, plainDate } from '../../../platform/clock/plain-date.ts';
import {
  agencyKinds,
  type CodedWord,
  disabilities,
  educationSettings,
  educationStatuses,
  ethnicities,
  genders,
  onwardServices,
  policeForces,
  socialCareStatuses,
  yesNoUnknown,
} from '../../../reference/code-lists.ts';
import { namePool, stories } from '../stories.ts';
import { type HistoryFile, type HistoryRow, historyColumns, historyFiles } from './history-rows.ts';
import { makeHistory } from './make-history.ts';

const history = makeHistory();
const referrals = new Map(history['referrals.csv'].map((row) => [row.referral_ref, row]));

const codes = (list: readonly CodedWord[]) => list.map(({ code }) => code);
const listed = (words: string) => words.split(' ');
const yesNo = ['yes', 'no'];
const forces = codes(policeForces);

/** What each coded column may hold; a blank where it may be blank is among them. */
const allowed: { readonly [File in HistoryFile]: Readonly<Record<string, readonly string[]>> } = {
  'referrals.csv': {
    kind: ['intervention', 'intelligence'],
    gender: codes(genders),
    ethnicity: codes(ethnicities),
    referring_agency: [...codes(agencyKinds), 'unknown'],
    referring_area: ['', ...forces],
    education_status: codes(educationStatuses),
    education_setting: ['', ...codes(educationSettings)],
    social_care_status: codes(socialCareStatuses),
    gang_link: codes(yesNoUnknown),
    missing_linked: codes(yesNoUnknown),
    linked_force: ['', ...forces],
    decision: listed('accepted declined signposted intelligence-only'),
  },
  'support.csv': {
    provider: listed('st-giles abianda safer-london'),
    closure_reason: listed('planned did-not-engage disengaged moved-away custody transferred deceased other'),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((item) => [`outcome_${item}`, ['', ...yesNo]])),
    harm: ['', 'reduced', 'same', 'increased'],
    county_lines_involvement: ['', 'ceased', 'reduced', 'same', 'increased'],
    resilience: ['', 'increased', 'same', 'decreased'],
    neet_at_start: ['', ...yesNo],
    neet_at_end: ['', ...yesNo],
  },
  'onward_referrals.csv': { service: codes(onwardServices), engaged: codes(yesNoUnknown) },
  'rescues.csv': {
    channel: listed('phone email portal'),
    police_force: forces,
    held_at: listed('custody police-protection british-transport-police court other'),
    outcome: listed(
      'rescued local-authority-collected family-collected declined-no-capacity declined-distance withdrawn',
    ),
    met_halfway: ['', ...yesNo],
  },
  'county_links.csv': {
    gender: codes(genders),
    ethnicity: codes(ethnicities),
    police_force: ['', ...forces],
    source: listed('rescue-and-response metropolitan-police county-police'),
    confirmed: yesNo,
  },
  'nrm.csv': {
    first_responder: listed('local-authority police charity border-force other'),
    exploitation_type: listed('criminal sexual labour domestic-servitude other'),
    county_lines_flag: yesNo,
    age_group: ['child', 'adult'],
    reasonable_grounds: listed('positive negative pending withdrawn'),
    conclusive_grounds: ['', ...listed('positive negative pending withdrawn')],
    decided_at_first_panel: ['', ...yesNo],
  },
  'events.csv': { kind: ['missing', 'arrest', 'conviction'] },
  'training.csv': {
    provider: listed('st-giles abianda safer-london'),
    quadrant: listed('north east south west'),
  },
};

/** Columns that are days, with those among them that may be blank. */
const isDay = /_on$|^date_of_birth$/;
const mayBeBlank = /^(date_of_birth|first_engaged_on|conclusive_grounds_on)$/;

describe.each(historyFiles)('%s', (file) => {
  const rows: readonly Readonly<Record<string, string>>[] = history[file];

  test('every row has the columns of the format and codes that it knows', () => {
    expect(rows.length).toBeGreaterThan(30);
    const faults = rows.filter(
      (row) =>
        Object.keys(row).join() !== historyColumns[file].join() ||
        Object.entries(allowed[file]).some(([column, values]) => !values.includes(row[column] ?? 'missing')),
    );
    expect(faults).toEqual([]);
  });

  test('every day is one, and no cell has a space too many', () => {
    const faults = rows.flatMap((row) =>
      Object.entries(row).filter(
        ([column, cell]) =>
          cell !== cell.trim() ||
          (isDay.test(column) &&
            !(cell === '' && mayBeBlank.test(column)) &&
            parsePlainDate(cell) === undefined),
      ),
    );
    expect(faults).toEqual([]);
  });

  test('what has a key of its own has it once, and every reference is to somebody there', () => {
    const [first] = historyColumns[file];
    if (['referral_ref', 'rescue_ref', 'nrm_ref', 'session_ref'].includes(first) && file !== 'support.csv') {
      const keys = rows.map((row) => row[first]);
      if (file !== 'onward_referrals.csv') expect(new Set(keys).size).toBe(keys.length);
    }
    const people = new Set([...referrals.values()].map((row) => row.person_ref));
    const lost = rows.filter(
      (row) =>
        (row.referral_ref && !referrals.has(row.referral_ref)) ||
        (row.person_ref && !people.has(row.person_ref)),
    );
    expect(lost).toEqual([]);
  });
});

/** Rows that break a rule of the format, or tell of what cannot have been. */
function faultsOf<File extends HistoryFile>(file: File, isFault: (row: HistoryRow<File>) => boolean) {
  const rows: readonly HistoryRow<File>[] = history[file];
  return rows.filter(isFault);
}

const isBefore = (first: string, second: string) => first !== '' && second !== '' && first < second;
const referralOf = (row: { readonly referral_ref: string }) => {
  const referral = referrals.get(row.referral_ref);
  if (!referral) throw new Error(`There is no referral ${row.referral_ref}`);
  return referral;
};

test('referrals: reasons, dates, places and settings go together', () => {
  const boroughs = /^(E09000\d{3}|out-of-london)$/;
  expect(
    faultsOf(
      'referrals.csv',
      (row) =>
        (row.decision_reason !== '') !== ['declined', 'signposted'].includes(row.decision) ||
        isBefore(row.decided_on, row.received_on) ||
        isBefore(row.received_on, row.date_of_birth) ||
        !boroughs.test(row.responsible_borough) ||
        !/^(E05\d{6})?$/.test(row.residence_ward) ||
        !/^([1-9]\d*)?$/.test(row.longest_missing_days) ||
        row.disabilities
          .split(';')
          .some((code) => code !== '' && !codes(disabilities).includes(code as never)) ||
        (row.education_setting !== '' && row.education_status !== 'in-education') ||
        (row.longest_missing_days !== '' && row.missing_linked !== 'yes') ||
        (row.kind === 'intelligence' && row.decision !== 'intelligence-only') ||
        (row.referring_agency === 'county-police' && row.referring_area === '') ||
        row.family_name === '',
    ),
  ).toEqual([]);
});

test('whoever is referred again is the same person', () => {
  const people = Map.groupBy(referrals.values(), (row) => row.person_ref);
  const again = [...people.values()].filter((rows) => rows.length > 1);
  expect(again.length).toBeGreaterThan(30);
  const who = (row: HistoryRow<'referrals.csv'>) =>
    [row.given_names, row.family_name, row.date_of_birth, row.gender, row.ethnicity].join('|');
  expect(again.filter((rows) => new Set(rows.map(who)).size > 1)).toEqual([]);
});

test('ages fit what is said: no child of social care, the youth court or a school is an adult', () => {
  expect(
    faultsOf('referrals.csv', (row) => {
      if (row.date_of_birth === '') return row.decision === 'accepted';
      const age = ageOn(plainDate(row.date_of_birth), plainDate(row.received_on)) ?? -1;
      const isOfChildren =
        ['cla', 'cp', 'cin'].includes(row.social_care_status) ||
        ['youth-offending-service', 'education', 'early-help'].includes(row.referring_agency) ||
        ['mainstream', 'pru', 'special'].includes(row.education_setting);
      const isPast16 = ['college', 'sixth-form', 'apprenticeship'].includes(row.education_setting);
      const isOfAdults = row.social_care_status === 'care-leaver' || row.referring_agency === 'probation';
      return (isOfChildren && age >= 18) || (isPast16 && age < 16) || (isOfAdults && age < 18);
    }),
  ).toEqual([]);
});

test('support: of those accepted alone, at least one episode of each, its days in their order and all of it ended', () => {
  expect(
    faultsOf(
      'support.csv',
      (row) =>
        referralOf(row).decision !== 'accepted' ||
        row.closed_on === '' ||
        isBefore(row.allocated_on, referralOf(row).decided_on) ||
        isBefore(row.first_engaged_on, row.allocated_on) ||
        isBefore(row.closed_on, row.first_engaged_on || row.allocated_on) ||
        (row.closure_reason === 'did-not-engage') !==
          (row.first_engaged_on === '' && !['moved-away', 'custody'].includes(row.closure_reason)) ||
        (row.first_engaged_on === '' && row.harm !== ''),
    ),
  ).toEqual([]);
  const supported = new Set(history['support.csv'].map((row) => row.referral_ref));
  expect(
    faultsOf('referrals.csv', (row) => row.decision === 'accepted' && !supported.has(row.referral_ref)),
  ).toEqual([]);
  expect(
    faultsOf('support.csv', (row) => row.provider === 'abianda' && referralOf(row).gender !== 'female'),
  ).toEqual([]);
});

test('nobody is supported by two providers at a time', () => {
  const episodes = Map.groupBy(history['support.csv'], (row) => referralOf(row).person_ref);
  const overlapping = [...episodes.values()].filter((rows) =>
    rows.some((row) =>
      rows.some(
        (other) =>
          other !== row && other.allocated_on >= row.allocated_on && other.allocated_on <= row.closed_on,
      ),
    ),
  );
  expect(overlapping).toEqual([]);
  expect([...episodes.values()].filter((rows) => rows.length > 1).length).toBe(24);
});

test('referred on while supported, and to what is for their age', () => {
  const support = Map.groupBy(history['support.csv'], (row) => row.referral_ref);
  expect(
    faultsOf('onward_referrals.csv', (row) => {
      const age = ageOn(plainDate(referralOf(row).date_of_birth), plainDate(row.made_on)) ?? -1;
      const isSupported = (support.get(row.referral_ref) ?? []).some(
        (one) =>
          one.first_engaged_on !== '' && one.first_engaged_on <= row.made_on && row.made_on <= one.closed_on,
      );
      return (
        !isSupported ||
        (row.service === 'adult-social-care' && age < 18) ||
        (['childrens-social-care', 'youth-offending-service'].includes(row.service) && age >= 18)
      );
    }),
  ).toEqual([]);
});

test('rescues: times that London’s clocks showed, driven by day, and the referral that one led to is of that force', () => {
  const instantOf = (time: string) =>
    londonInstant({
      date: plainDate(time.slice(0, 10)),
      hour: Number(time.slice(11, 13)),
      minute: Number(time.slice(14, 16)),
    });
  const isTime = (time: string) =>
    /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:00$/.test(time) && instantOf(time).kind === 'one';
  expect(
    faultsOf('rescues.csv', (row) => {
      const hour = Number(row.completed_at.slice(11, 13));
      return (
        !isTime(row.requested_at) ||
        (row.completed_at !== '' && (!isTime(row.completed_at) || hour < 9 || hour > 21)) ||
        isBefore(row.completed_at, row.requested_at) ||
        (row.referral_ref !== '' &&
          (referralOf(row).referring_area !== row.police_force ||
            referralOf(row).received_on < row.requested_at.slice(0, 10)))
      );
    }),
  ).toEqual([]);
  const led = history['rescues.csv'].map((row) => row.referral_ref).filter((ref) => ref !== '');
  expect(led.length).toBeGreaterThan(40);
  expect(new Set(led).size).toBe(led.length);
});

test('county links: one row an individual and force, the same individual in each', () => {
  const rows = history['county_links.csv'];
  const pairs = rows.map((row) => `${row.individual_ref} ${row.police_force}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  const individuals = Map.groupBy(rows, (row) => row.individual_ref);
  const who = ({ police_force: _force, town: _town, ...rest }: HistoryRow<'county_links.csv'>) =>
    JSON.stringify(rest);
  expect([...individuals.values()].filter((links) => new Set(links.map(who)).size > 1)).toEqual([]);
  expect([...individuals.values()].filter((links) => links.length > 1).length).toBeGreaterThan(20);
  expect(
    faultsOf(
      'county_links.csv',
      (row) =>
        isBefore(row.identified_on, row.last_activity_on) ||
        isBefore(row.identified_on, row.date_of_birth) ||
        !/^(E09000\d{3})?$/.test(row.residence_borough) ||
        (row.town !== '' && row.police_force === ''),
    ),
  ).toEqual([]);
});

test('NRM: of children who are supported, decided in order, and nothing decided after a negative', () => {
  expect(
    faultsOf('nrm.csv', (row) => {
      const isDecided = ['positive', 'negative'].includes(row.conclusive_grounds);
      const age =
        ageOn(plainDate(referralOf(row).date_of_birth), plainDate(referralOf(row).received_on)) ?? 99;
      return (
        age >= 18 ||
        isBefore(row.referred_on, referralOf(row).received_on) ||
        isBefore(row.reasonable_grounds_on, row.referred_on) ||
        isBefore(row.conclusive_grounds_on, row.reasonable_grounds_on) ||
        (row.conclusive_grounds_on !== '') !== isDecided ||
        (row.decided_at_first_panel !== '') !== isDecided ||
        (row.reasonable_grounds === 'negative') !== (row.conclusive_grounds === '')
      );
    }),
  ).toEqual([]);
});

test('training: in its quadrant, with somebody there', () => {
  expect(faultsOf('training.csv', (row) => !(Number(row.attendees) > 0) || row.course === '')).toEqual([]);
});

test('nobody in it has the name of somebody in the living cases', () => {
  const families = new Set<string>([...namePool.family, ...stories.map((story) => story.familyName)]);
  expect(faultsOf('referrals.csv', (row) => families.has(row.family_name))).toEqual([]);
});
