import { createHash } from 'node:crypto';
import { formatDate, formatLondon } from '../platform/clock/london-time.ts';
import { parsePlainDate } from '../platform/clock/plain-date.ts';
import {
  agencyKinds,
  type CodedWord,
  datePrecisions,
  disabilities,
  educationSettings,
  educationStatuses,
  ethnicities,
  genders,
  onwardServices,
  policeForces,
  socialCareStatuses,
  wordFor,
} from '../reference/code-lists.ts';
import { type HeldField, proposalFor } from './redaction.ts';

/** Everything that is held about somebody, row by row, made into what a person can read. Pure: no I/O here. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A row of a table about somebody, or one that it replaced. */
export interface HeldRow {
  table: string;
  isEarlier: boolean;
  values: Readonly<Record<string, Json>>;
}

export interface HeldRecord {
  rowId: string;
  version: number;
  isEarlier: boolean;
  recordedAt: string;
  fields: HeldField[];
}

export interface HeldSection {
  table: string;
  title: string;
  records: HeldRecord[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CODE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/** What tells the service of a row and a reader nothing: keys, versions, and what is made for searching. */
const TECHNICAL = new Set([
  'id',
  'person_id',
  'version',
  'action_id',
  'name_key',
  'phone_key',
  'search_keys',
  'source_ref',
  'sequence',
  'ordinal',
  'needs_sign_off',
  'note_version',
  'recorded_at',
  'current_from',
  'current_to',
  'replaced_how',
  'replaced_by_action',
]);

/** The words for codes that are no words themselves, by the column they stand in. */
const CODED: Readonly<Record<string, readonly CodedWord[]>> = {
  agency_kind: agencyKinds,
  date_of_birth_precision: datePrecisions,
  disabilities,
  education_setting: educationSettings,
  education_status: educationStatuses,
  ethnicity: ethnicities,
  gender: genders,
  linked_force: policeForces,
  police_force: policeForces,
  referring_area: policeForces,
  service: onwardServices,
  social_care_status: socialCareStatuses,
};

/** Columns that hold a code of one word, which nobody typed. */
const CODES = new Set(['kind', 'state', 'stage', 'status', ...Object.keys(CODED)]);

/** Columns whose names say little to the person whom they are about. */
const LABELS: Readonly<Record<string, string>> = {
  area: 'Council responsible',
  from_area: 'Council responsible before',
  to_area: 'Council responsible after',
  date_of_birth_precision: 'How exact the date of birth is',
  voice: 'What you said',
  fact: 'What happened',
  opinion: 'What the worker thought',
  third_party: 'What was said of or by others',
  present: 'Who was there',
};

/** What no copy holds, said in the same words whether there is any or not. */
export const NOT_IN_A_COPY =
  'Allegations against staff are answered by those who receive them, and are not part of this copy, whether or not there are any.';

/** What a section is called; a test holds it to all that is held about somebody. */
const TITLES: Readonly<Record<string, string>> = {
  allegation_person: 'What an allegation says of them',
  allocation: 'Providers and workers',
  assessed_need: 'Needs, one by one',
  attachment: 'Files',
  borough_acknowledgement: 'What a borough knew of referrals',
  borough_change: 'Changes of borough',
  case_note: 'Case notes',
  case_summary: 'Summaries of where things stand',
  check_finding: 'Findings of checks',
  chronology_event: 'Events of their life',
  closing: 'How support ended',
  concern: 'Safeguarding concerns',
  concern_development: 'What happened after concerns',
  concern_told: 'Who was told of concerns',
  consultation_note: 'Notes of consultations',
  contact: 'Contact log',
  death: 'Records of a death',
  episode: 'Episodes of support',
  ete_period: 'Education, training and work',
  follow_up: 'How they were some months later',
  goal: 'Goals',
  goal_step: 'Steps towards goals',
  needs_assessment: 'Assessments of needs',
  imported_onward_referral: 'Referrals on to other services, before this system',
  imported_support: 'Support before this system',
  import_finding: 'What an import found',
  network_member: 'Family, household and network',
  note_sign_off: 'Notes that a manager signed',
  nrm_referral: 'Referrals to the National Referral Mechanism',
  onward_referral: 'Referrals on to other services',
  person: 'Record',
  processing_restriction: 'Restrictions of what is done with the record',
  record_opening: 'Emergencies in which the record was opened',
  recorded_event: 'Missing episodes, arrests and convictions',
  redaction_mark: 'What was blacked out of copies',
  referral: 'Referrals',
  referral_action: 'What happened to referrals',
  referral_addition: 'What was added to referrals',
  referral_draft: 'Drafts of referrals',
  request: 'What was asked about them',
  rescue_request: 'Requests to bring them home',
  restriction: 'Restrictions of the record',
  restriction_reader: 'Who could open the restricted record',
  rights_request: 'What was asked by right',
  risk_assessment: 'Assessments of risk',
  safe_contact: 'Ways to reach them safely',
  safety_plan: 'Safety plans',
  sharing_decision: 'Consent, and decisions to share',
  transition_plan: 'Plans for turning 18',
  trigger_profile: 'Trigger profiles',
  waiting_entry: 'What was done while they waited',
};

/** `what_they_say` and `contact-in-person` as words: "What they say", "Contact in person". */
export function inWords(name: string): string {
  const words = name.replace(/_(?:id|at|on)$/, '').replaceAll(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a table of the service is called. */
export const titleOf = (table: string): string => TITLES[table] ?? inWords(table);

/** A section's title as an address has it: "education-training-and-work". */
export const partOf = ({ title }: Pick<HeldSection, 'title'>): string =>
  title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** What somebody saw who opened a part of what is held. */
export interface PartRead {
  at: Date;
  /** {@link entriesOf} the part then; empty where that was not kept yet. */
  entries: string;
}

/** Which entries a part has, each in its version, as a digest that tells nothing of anybody. */
export const entriesOf = ({ records }: HeldSection): string =>
  createHash('sha256')
    .update(
      records
        .map(({ rowId, version }) => `${rowId} ${version}`)
        .toSorted()
        .join('\n'),
    )
    .digest('hex');

/** How many entries of a part are new or changed since somebody opened it; none where it is as they saw it. */
export function newSince(section: HeldSection, read: PartRead): number {
  if (read.entries === entriesOf(section)) return 0;
  // What began before they opened it, and was done after, is older than what they saw.
  return Math.max(1, section.records.filter(({ recordedAt }) => new Date(recordedAt) > read.at).length);
}

/** The ids that stand in rows, for which there may be a name: of colleagues, organisations, teams. */
export function idsIn(rows: readonly HeldRow[]): string[] {
  const ids = rows.flatMap(({ values }) =>
    Object.entries(values).flatMap(([column, value]) =>
      !TECHNICAL.has(column) && typeof value === 'string' && UUID.test(value) ? [value] : [],
    ),
  );
  return [...new Set(ids)];
}

/** Sections in the order of their titles, the record first; in each what is current, then what it replaced. */
export function sectionsOf(rows: readonly HeldRow[], names: ReadonlyMap<string, string>): HeldSection[] {
  const sections = new Map<string, HeldSection>();
  for (const row of rows) {
    const record = recordOf(row, names);
    if (record.fields.length === 0) continue;
    const section = sections.get(row.table) ?? { table: row.table, title: titleOf(row.table), records: [] };
    section.records.push(record);
    sections.set(row.table, section);
  }
  for (const { records } of sections.values())
    records.sort(
      (a, b) => Number(a.isEarlier) - Number(b.isEarlier) || b.recordedAt.localeCompare(a.recordedAt),
    );
  return [...sections.values()].sort(
    (a, b) => Number(b.table === 'person') - Number(a.table === 'person') || a.title.localeCompare(b.title),
  );
}

function recordOf({ table, isEarlier, values }: HeldRow, names: ReadonlyMap<string, string>): HeldRecord {
  const rowId = String(values.id);
  const fields = Object.entries(values).flatMap(([field, value]): HeldField[] => {
    if (TECHNICAL.has(field)) return [];
    const text = textOf(value, names, CODED[field]);
    if (text === '') return [];
    return [
      {
        table,
        rowId,
        field,
        label: LABELS[field] ?? inWords(field),
        text,
        proposal: proposalFor(table, field, !CODES.has(field) && isFree(value, names)),
      },
    ];
  });
  return {
    rowId,
    version: Number(values.version ?? 1),
    isEarlier,
    recordedAt: String(values.recorded_at ?? ''),
    fields,
  };
}

/** Whether a value is what somebody typed: no id, no date, no code. */
function isFree(value: Json, names: ReadonlyMap<string, string>): boolean {
  if (typeof value !== 'string') return value !== null && typeof value === 'object';
  return !names.has(value) && !UUID.test(value) && !CODE.test(value) && readDate(value) === undefined;
}

function readDate(value: string): string | undefined {
  const day = parsePlainDate(value);
  if (day !== undefined) return formatDate(day);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:/.test(value)) return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : formatLondon(at);
}

/** A value as a person reads it; an id for which there is no name says nothing, and is left out. */
function textOf(value: Json, names: ReadonlyMap<string, string>, coded: readonly CodedWord[] = []): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    const named = names.get(value) ?? (coded.length > 0 ? wordFor(coded, value) : undefined);
    if (named !== undefined && named !== value) return named;
    if (UUID.test(value)) return '';
    return readDate(value) ?? (CODE.test(value) ? inWords(value) : value);
  }
  if (Array.isArray(value)) return lines(value.map((each: Json) => textOf(each, names, coded)));
  const parts = value as { readonly [key: string]: Json };
  if (typeof parts.question === 'string')
    return `${parts.question} ${textOf(parts.answer ?? null, names)}`.trim();
  return lines(
    Object.entries(parts).map(([key, part]) => {
      const text = textOf(part, names);
      return text === '' ? '' : `${inWords(key.replaceAll(/([A-Z])/g, ' $1').toLowerCase())}: ${text}`;
    }),
  );
}

const lines = (parts: readonly string[]) => parts.filter((part) => part !== '').join('\n');
