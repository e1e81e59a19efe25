import { dueOn, type Threshold } from '../organisations/index.ts';
import { formatDate } from '../platform/clock/london-time.ts';
import { type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import { nameKey } from '../platform/text/name-key.ts';
import {
  agencyKinds,
  disabilities,
  educationSettings,
  educationStatuses,
  ethnicities,
  genders,
  onwardServices,
  policeForces,
  socialCareStatuses,
  unknownAgency,
  wordFor,
  yesNoUnknown,
} from '../reference/code-lists.ts';
import { ethnicityNames } from '../reference/ethnicity-names.ts';
import { decisionReasons, importedDecisions, referralKinds } from '../referrals/index.ts';
import {
  type Cell,
  code,
  codes,
  comparable,
  date,
  londonTime,
  named,
  ref,
  text,
  ward,
  wholeNumber,
} from './cells.ts';

/**
 * The files of import-format.md, each described once: what its rows are checked by, how they wait in the database
 * (incoming.row has the cells in this order), and what is told of them.
 */

/** How PostgreSQL reads a cell. */
export type ColumnType = 'text' | 'date' | 'int' | 'timestamptz' | 'text[]';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Reads a cell that is not blank. */
  readonly cell: Cell;
  /** The column must be there, and a row must have it. */
  readonly required: boolean;
}

/** What is wrong with a row: the column, and what is wrong and what is allowed. */
export type Fault = readonly [column: string, message: string];

/** The cells of a row by column; null where blank or not readable. */
export type Row = (column: string) => string | null;

export const fileNames = [
  'referrals.csv',
  'support.csv',
  'onward_referrals.csv',
  'rescues.csv',
  'county_links.csv',
  'nrm.csv',
  'events.csv',
  'training.csv',
] as const;
export type FileName = (typeof fileNames)[number];

/** What a column of references points to. */
export interface Reference {
  readonly column: string;
  readonly to: 'referral' | 'person';
}

export interface ImportFile {
  readonly name: FileName;
  /** The first is the row's own key, or its parent's where the file has none of a row's own. */
  readonly columns: readonly Column[];
  /** Whether the first column is a key of the row's own: no two rows may have the same. */
  readonly hasOwnKey: boolean;
  /** References to a row of referrals.csv, or to what is in the service already. */
  readonly references: readonly Reference[];
  /** What cells must be to one another, beyond what each must be. */
  check(row: Row): Fault[];
  /** What looks wrong with cells beside one another, though the format allows it: the row comes in, and this is told of it. */
  odd(row: Row): Fault[];
  /** What is kept beside the cells, made of them. */
  readonly made: readonly { name: string; type: ColumnType; of(row: Row): string | null }[];
}

/** What the service knows that rows are checked against. */
export interface Surroundings {
  readonly today: PlainDate;
  /** Boroughs, those of the past too, and `out-of-london`. */
  readonly areas: readonly { code: string; name: string }[];
  /** Codes of the providers that the service has set up. */
  readonly providers: readonly string[];
  /** How long the service takes to decide. */
  readonly decision: Threshold;
}

/** Providers that a file may name whether or not the service has set them up. */
export const knownProviders = ['st-giles', 'abianda', 'safer-london'] as const;

const required = { required: true } as const;
const column = (
  name: string,
  cell: Cell,
  { type = 'text', required = false }: { type?: ColumnType; required?: boolean } = {},
): Column => ({ name, type, cell, required });
const aDate = (name: string, options: { required?: boolean } = {}): Column =>
  column(name, date, { ...options, type: 'date' });

const yesNo = code(['yes', 'no']);
const force = named(
  namesOf(
    policeForces.flatMap(({ code, text }) =>
      [code, text].flatMap((name) =>
        ['', ' police', ' police service', ' constabulary'].map((after) => [`${name}${after}`, code]),
      ),
    ),
  ),
  `a police force: ${policeForces.map(({ code }) => code).join(', ')}`,
);
const ethnicity = named(
  namesOf(
    ethnicities.flatMap(({ code, text }) => [
      [code, code],
      [text, code],
      ...ethnicityNames[code].map((name): [string, string] => [name, code]),
    ]),
  ),
  `an ethnicity: ${ethnicities.map(({ code }) => code).join(', ')}, or the full name of the ONS 2021 category`,
);

function namesOf(pairs: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  return new Map(pairs.map(([name = '', code = '']) => [comparable(name), code]));
}

/** Every file, described for one service on one day. */
export function describeFiles({ today, areas, providers, decision }: Surroundings): readonly ImportFile[] {
  const borough = named(
    namesOf(
      areas.flatMap(({ code, name }) =>
        ['', 'London Borough of ', 'Royal Borough of ', 'City of ']
          .map((before) => [`${before}${name}`, code])
          .concat([[code, code]]),
      ),
    ),
    'a borough: its GSS code, such as E09000022, or its name, or out-of-london',
  );
  const provider = code([...new Set([...knownProviders, ...providers])]);
  const decisionDue = dueAfter(decision);

  return [
    {
      name: 'referrals.csv',
      hasOwnKey: true,
      references: [],
      columns: [
        column('referral_ref', ref, required),
        aDate('received_on', required),
        column('kind', code(referralKinds), required),
        column('person_ref', ref, required),
        column('given_names', text),
        column('family_name', text, required),
        aDate('date_of_birth'),
        column('gender', code(genders)),
        column('ethnicity', ethnicity),
        column('responsible_borough', borough),
        column('residence_ward', ward),
        column('referring_agency', code([...agencyKinds, unknownAgency])),
        column('referring_area', force),
        column('local_authority_team', text),
        column('education_status', code(educationStatuses)),
        column('education_setting', code(educationSettings)),
        column('social_care_status', code(socialCareStatuses)),
        column('disabilities', codes(disabilities), { type: 'text[]' }),
        column('gang_link', code(yesNoUnknown)),
        column('missing_linked', code(yesNoUnknown)),
        column('longest_missing_days', wholeNumber, { type: 'int' }),
        column('linked_force', force),
        column('linked_town', text),
        column('decision', code(importedDecisions), required),
        aDate('decided_on'),
        column('decision_reason', code(decisionReasons)),
      ],
      check: (row) => [
        ...notAfter(row, 'received_on', today, `it is in the future: today is ${today}`),
        ...inOrder(row, 'date_of_birth', 'received_on', 'date_of_birth'),
        ...inOrder(row, 'received_on', 'decided_on', 'decided_on'),
        ...(row('decision') !== null && row('decision') !== 'pending'
          ? needed(row, 'decided_on', `a referral that is ${row('decision')} needs the day of the decision`)
          : []),
        ...(row('decision') === 'declined' || row('decision') === 'signposted'
          ? needed(
              row,
              'decision_reason',
              `a referral that is ${row('decision')} needs one of ${decisionReasons.map(({ code }) => code).join(', ')}`,
            )
          : []),
      ],
      odd: noRule,
      made: [
        {
          name: 'name_key',
          type: 'text',
          of: (row) => nameKey(`${row('given_names') ?? ''} ${row('family_name') ?? ''}`),
        },
        { name: 'agency_name', type: 'text', of: agencyName },
        { name: 'decision_due_on', type: 'date', of: (row) => decisionDue(row('received_on')) },
      ],
    },
    {
      name: 'support.csv',
      hasOwnKey: false,
      references: [{ column: 'referral_ref', to: 'referral' }],
      columns: [
        column('referral_ref', ref, required),
        column('provider', provider),
        aDate('allocated_on'),
        aDate('first_engaged_on'),
        aDate('closed_on'),
        column(
          'closure_reason',
          code([
            'planned',
            'did-not-engage',
            'disengaged',
            'moved-away',
            'custody',
            'transferred',
            'deceased',
            'other',
          ]),
        ),
        ...[1, 2, 3, 4, 5, 6, 7, 8].map((item) => column(`outcome_${item}`, yesNo)),
        column('harm', code(['reduced', 'same', 'increased'])),
        column('county_lines_involvement', code(['ceased', 'reduced', 'same', 'increased'])),
        column('resilience', code(['increased', 'same', 'decreased'])),
        column('neet_at_start', yesNo),
        column('neet_at_end', yesNo),
      ],
      check: noRule,
      odd: (row) => [
        ...oddOrder(row, 'allocated_on', 'first_engaged_on', 'first_engaged_on'),
        ...oddOrder(
          row,
          row('first_engaged_on') === null ? 'allocated_on' : 'first_engaged_on',
          'closed_on',
          'closed_on',
        ),
      ],
      made: [],
    },
    {
      name: 'onward_referrals.csv',
      hasOwnKey: false,
      references: [{ column: 'referral_ref', to: 'referral' }],
      columns: [
        column('referral_ref', ref, required),
        column('service', code(onwardServices)),
        aDate('made_on'),
        column('engaged', code(yesNoUnknown)),
      ],
      check: noRule,
      odd: noRule,
      made: [],
    },
    {
      name: 'rescues.csv',
      hasOwnKey: true,
      references: [{ column: 'referral_ref', to: 'referral' }],
      columns: [
        column('rescue_ref', ref, required),
        column('requested_at', londonTime, { type: 'timestamptz' }),
        column('channel', code(['phone', 'email', 'portal'])),
        column('police_force', force),
        column(
          'held_at',
          code(['custody', 'police-protection', 'british-transport-police', 'court', 'other']),
        ),
        column(
          'outcome',
          code([
            'rescued',
            'local-authority-collected',
            'family-collected',
            'declined-no-capacity',
            'declined-distance',
            'withdrawn',
            'pending',
          ]),
        ),
        column('completed_at', londonTime, { type: 'timestamptz' }),
        column('met_halfway', yesNo),
        column('referral_ref', ref),
      ],
      check: noRule,
      odd: (row) => oddOrder(row, 'requested_at', 'completed_at', 'completed_at'),
      made: [],
    },
    {
      name: 'county_links.csv',
      hasOwnKey: false,
      references: [],
      columns: [
        column('individual_ref', ref, required),
        aDate('date_of_birth'),
        column('gender', code(genders)),
        column('ethnicity', ethnicity),
        column('residence_borough', borough),
        aDate('identified_on'),
        aDate('last_activity_on'),
        column('police_force', force),
        column('town', text),
        column('source', code(['rescue-and-response', 'metropolitan-police', 'county-police'])),
        column('confirmed', yesNo),
      ],
      check: noRule,
      odd: (row) => oddOrder(row, 'date_of_birth', 'identified_on', 'date_of_birth'),
      made: [],
    },
    {
      name: 'nrm.csv',
      hasOwnKey: true,
      references: [{ column: 'referral_ref', to: 'referral' }],
      columns: [
        column('nrm_ref', ref, required),
        column('referral_ref', ref),
        aDate('referred_on'),
        column('first_responder', code(['local-authority', 'police', 'charity', 'border-force', 'other'])),
        column('exploitation_type', code(['criminal', 'sexual', 'labour', 'domestic-servitude', 'other'])),
        column('county_lines_flag', yesNo),
        column('age_group', code(['child', 'adult'])),
        column('reasonable_grounds', grounds),
        aDate('reasonable_grounds_on'),
        column('conclusive_grounds', grounds),
        aDate('conclusive_grounds_on'),
        column('decided_at_first_panel', yesNo),
      ],
      check: noRule,
      odd: (row) => [
        ...oddOrder(row, 'referred_on', 'reasonable_grounds_on', 'reasonable_grounds_on'),
        ...oddOrder(
          row,
          row('reasonable_grounds_on') === null ? 'referred_on' : 'reasonable_grounds_on',
          'conclusive_grounds_on',
          'conclusive_grounds_on',
        ),
      ],
      made: [],
    },
    {
      name: 'events.csv',
      hasOwnKey: false,
      references: [{ column: 'person_ref', to: 'person' }],
      columns: [
        column('person_ref', ref, required),
        column('kind', code(['missing', 'arrest', 'conviction'])),
        aDate('occurred_on'),
        column('source', text),
      ],
      check: noRule,
      odd: noRule,
      made: [],
    },
    {
      name: 'training.csv',
      hasOwnKey: true,
      references: [],
      columns: [
        column('session_ref', ref, required),
        column('course', text),
        aDate('delivered_on'),
        column('provider', provider),
        column('quadrant', code(['north', 'east', 'south', 'west'])),
        column('attendees', wholeNumber, { type: 'int' }),
      ],
      check: noRule,
      odd: noRule,
      made: [],
    },
  ];
}

const grounds = code(['positive', 'negative', 'pending', 'withdrawn']);

const noRule = (): Fault[] => [];

function needed(row: Row, name: string, message: string): Fault[] {
  return row(name) === null ? [[name, message]] : [];
}

function notAfter(row: Row, name: string, last: string, message: string): Fault[] {
  const value = row(name);
  return value !== null && value > last ? [[name, message]] : [];
}

/** Two days in the order in which they must have been; `wrong` is the one that is told of. */
function inOrder(row: Row, first: string, then: string, wrong: string): Fault[] {
  const [earlier, later] = [row(first), row(then)];
  if (earlier === null || later === null || earlier <= later) return [];
  const inWords = (day: string) => formatDate(plainDate(day));
  return wrong === first
    ? [[first, `it is after ${then}, ${inWords(later)}: it must be that day or before`]]
    : [[then, `it is before ${first}, ${inWords(earlier)}: it must be then or after`]];
}

/** Two days, or two instants, that are not in the order in which such things happen. It is kept, so it says no date. */
function oddOrder(row: Row, first: string, then: string, wrong: string): Fault[] {
  const [earlier, later] = [row(first), row(then)];
  if (earlier === null || later === null || earlier <= later) return [];
  return wrong === first ? [[first, `it is after ${then}`]] : [[then, `it is before ${first}`]];
}

/** What pages call the agency that referred: the force by its name, else the kind of agency. */
function agencyName(row: Row): string {
  const force = row('referring_area');
  return force === null
    ? wordFor([...agencyKinds, unknownAgency], row('referring_agency') ?? unknownAgency.code)
    : wordFor(policeForces, force);
}

/** When what began on a day is due. Rows are many and days are few: each is reckoned once. */
function dueAfter(threshold: Threshold): (day: string | null) => string | null {
  const reckoned = new Map<string, string>();
  return (day) => {
    if (day === null) return null;
    const due = reckoned.get(day) ?? dueOn(plainDate(day), threshold);
    reckoned.set(day, due);
    return due;
  };
}
