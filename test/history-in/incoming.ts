import { describeFiles, type FileName } from '../../src/history-in/files.ts';
import type { IncomingFile } from '../../src/history-in/index.ts';
import { plainDate } from '../../src/platform/clock/plain-date.ts';

/** Rows of files as tests write them: cells by column, what is left out is blank. */
export type Rows = readonly Readonly<Record<string, string>>[];

/** A whole row of each file, good as it stands. */
export const wholeRows = {
  'referrals.csv': {
    referral_ref: 'R-1',
    received_on: '2020-06-01',
    kind: 'intervention',
    person_ref: 'P-1',
    given_names: 'Amina',
    family_name: 'Bello',
    date_of_birth: '2005-03-04',
    gender: 'female',
    ethnicity: 'BAFR',
    responsible_borough: 'E09000022',
    residence_ward: 'E05013714',
    referring_agency: 'county-police',
    referring_area: 'kent',
    local_authority_team: 'MASH',
    education_status: 'in-education',
    education_setting: 'pru',
    social_care_status: 'cin',
    disabilities: 'LD;AUT',
    gang_link: 'yes',
    missing_linked: 'no',
    longest_missing_days: '4',
    linked_force: 'kent',
    linked_town: 'Medway',
    decision: 'accepted',
    decided_on: '2020-06-04',
    decision_reason: '',
  },
  'support.csv': {
    referral_ref: 'R-1',
    provider: 'st-giles',
    allocated_on: '2020-06-08',
    first_engaged_on: '2020-06-20',
    closed_on: '2021-01-10',
    closure_reason: 'planned',
    outcome_1: 'yes',
    outcome_8: 'no',
    harm: 'reduced',
    county_lines_involvement: 'ceased',
    resilience: 'increased',
    neet_at_start: 'yes',
    neet_at_end: 'no',
  },
  'onward_referrals.csv': {
    referral_ref: 'R-1',
    service: 'housing',
    made_on: '2020-07-01',
    engaged: 'yes',
  },
  'rescues.csv': {
    rescue_ref: 'RQ-1',
    requested_at: '2020-06-02T23:15:00',
    channel: 'phone',
    police_force: 'kent',
    held_at: 'custody',
    outcome: 'rescued',
    completed_at: '2020-06-03T04:00:00',
    met_halfway: 'no',
    referral_ref: 'R-1',
  },
  'county_links.csv': {
    individual_ref: 'CL-1',
    date_of_birth: '2003-01-02',
    gender: 'male',
    ethnicity: 'WBRI',
    residence_borough: 'E09000022',
    identified_on: '2020-05-05',
    last_activity_on: '2020-04-20',
    police_force: 'kent',
    town: 'Margate',
    source: 'county-police',
    confirmed: 'yes',
  },
  'nrm.csv': {
    nrm_ref: 'N-1',
    referral_ref: 'R-1',
    referred_on: '2020-06-10',
    first_responder: 'police',
    exploitation_type: 'criminal',
    county_lines_flag: 'yes',
    age_group: 'child',
    reasonable_grounds: 'positive',
    reasonable_grounds_on: '2020-06-14',
    conclusive_grounds: 'positive',
    conclusive_grounds_on: '2020-12-01',
    decided_at_first_panel: 'yes',
  },
  'events.csv': { person_ref: 'P-1', kind: 'missing', occurred_on: '2020-05-30', source: 'merlin' },
  'training.csv': {
    session_ref: 'T-1',
    course: 'county-lines',
    delivered_on: '2020-09-01',
    provider: 'abianda',
    quadrant: 'south',
    attendees: '42',
  },
} as const satisfies Readonly<Record<FileName, Readonly<Record<string, string>>>>;

const described = describeFiles({
  today: plainDate('2026-01-01'),
  areas: [],
  providers: [],
  decision: { value: 5, unit: 'working days' },
});
/** The columns of a file, in the order of its description. */
export const columnsOf = (name: string): string[] =>
  described.find((file) => file.name === name)?.columns.map((column) => column.name) ?? [];

const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** A file with every column of the format and these rows. */
export function csvFile(
  name: string,
  rows: Rows,
  columns: readonly string[] = columnsOf(name),
): IncomingFile {
  const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column] ?? '')))];
  return textFile(name, lines.map((line) => `${line.join(',')}\r\n`).join(''));
}

/** A file with this text. */
export const textFile = (name: string, text: string | Uint8Array): IncomingFile => ({
  name,
  read: async function* () {
    yield typeof text === 'string' ? Buffer.from(text) : text;
  },
});

/** A folder with these rows; referrals.csv is there if it is not among them. */
export function folder(rows: Partial<Record<FileName, Rows>>): IncomingFile[] {
  const all = { 'referrals.csv': [wholeRows['referrals.csv']], ...rows };
  return Object.entries(all).map(([name, some]) => csvFile(name, some));
}

/** A folder with the whole row of every file. */
export const wholeFolder = (): IncomingFile[] =>
  folder(Object.fromEntries(Object.entries(wholeRows).map(([name, row]) => [name, [row]])));
