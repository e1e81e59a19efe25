import type { Task } from '../../src/platform/database/transaction.ts';
import { type Case, cases, type KnownRow, type Member, members } from './world.ts';

/** Who asks: somebody with a role, somebody who has not signed in, or a background task. */
export const signedIn = [
  'referrer',
  'spoc',
  'coordinator',
  'analyst',
  'caseworker',
  'provider-manager',
  'gender-consultant',
  'operations-manager',
  'data-protection-lead',
  'administrator',
] as const satisfies readonly Member[];
export const tasks = [
  'sealing',
  'messages',
  'disposal',
  'housekeeping',
  'scanning',
  'importing',
  'statistics',
] as const satisfies readonly Task[];
export type SignedIn = (typeof signedIn)[number];
export type Actor = SignedIn | 'visitor' | `task ${(typeof tasks)[number]}`;
export const actors: readonly Actor[] = [
  ...signedIn,
  'visitor',
  ...tasks.map((task) => `task ${task}` as const),
];
export type May = Readonly<Partial<Record<Actor, string>>>;

function toSignedIn(may: string): Record<SignedIn, string> {
  return Object.fromEntries(signedIn.map((actor) => [actor, may])) as Record<SignedIn, string>;
}
function toStaff(may: string): May {
  return { ...toSignedIn(may), referrer: '' };
}
function toEverybody(may: string): May {
  return { ...toSignedIn(may), visitor: may };
}

/** Those whose work it is to count. */
const toReporters = (may: string): May => ({ analyst: may, 'operations-manager': may });

/** Casework about a young person: what homeward.casework_policies gives, without and with an area. */
export const casework = {
  caseworker: 'select mine; insert mine; update mine',
  'provider-manager': 'select ours; insert ours lately; update ours lately',
  'operations-manager': 'select all',
} as const satisfies May;
/** What a manager writes of whom their provider supported, however long ago. */
const caseworkToTheEnd = {
  ...casework,
  'provider-manager': 'select ours; insert ours; update ours',
} as const satisfies May;
export const caseworkByArea = { ...casework, coordinator: 'select here' } as const satisfies May;
/** What everybody reads who reads that the young person is there. */
const withThePerson = {
  spoc: 'select here',
  coordinator: 'select here',
  analyst: 'select all',
  caseworker: 'select mine',
  'provider-manager': 'select ours',
  'gender-consultant': 'select consulted about',
  'operations-manager': 'select all',
} as const satisfies May;
/** What those who coordinate safeguarding write as well. */
const concerns = {
  ...caseworkToTheEnd,
  coordinator: 'select here; insert here; update here',
  'operations-manager': 'select all; insert all; update all',
} as const satisfies May;

/** A file on a record, but of referrals that nobody supports; each referrer's draft has one that was not scanned. */
const filed = {
  coordinator: 'select here',
  analyst: 'select without support',
  caseworker: 'select mine',
  'provider-manager': 'select ours',
  'operations-manager': 'select every case',
  'task scanning': 'select of drafts',
} as const satisfies May;
/** A provider's own: who carries how much, and who stands in for whom. */
const ofTheProvider = {
  caseworker: 'select their caseworkers',
  'provider-manager': 'select their caseworkers; insert their caseworkers; update their caseworkers',
} as const satisfies May;
/** Of the systems before this one: whoever works with the young person and who answers for their area. */
const broughtIn = {
  coordinator: 'select here',
  caseworker: 'select mine',
  'provider-manager': 'select ours',
  'operations-manager': 'select all',
  'task importing': 'select all; insert all; update all; delete all',
} as const satisfies May;
/** What is counted, and no part of anybody's casework. */
const counted = {
  analyst: 'select all',
  'operations-manager': 'select all',
  'task importing': 'select all; insert all; update all',
} as const satisfies May;
const countedByOrdinal = {
  ...counted,
  'task importing': 'select all; insert all; update all; delete all',
} as const satisfies May;
/** What is known of places, which comes from files. */
const places = {
  ...toEverybody('select all'),
  'task statistics': 'select all',
  'task importing': 'select all; insert all',
} as const satisfies May;
/** What people keep of what they typed. */
const ownForms = {
  ...toSignedIn('select own; insert all and past; update own; delete own'),
  'task housekeeping': 'select past; delete past',
} satisfies May;
/** What is decided on by both who answer for disposal. */
const disposedBy = (may: string): May => ({ 'operations-manager': may, 'data-protection-lead': may });

/**
 * Who may do what with which rows: the whole of it. What is not written here is not allowed, and is tried.
 *
 * A cell names the rows by how they stand to the one who asks (`groups` below): `select mine; insert mine` sees the rows
 * of the young people their team works with and can add to them. A row that is inserted or decided on is so in the
 * asker's own name; in anybody else's it must always be refused.
 *
 * A new table needs a row here, and rows of its own in world.ts.
 */
const written: Readonly<Record<string, May>> = {
  // What everybody may know.
  'reference.area': {
    ...toEverybody('select all'),
    administrator: 'select all; insert all; update all',
    'task importing': 'select all',
    'task statistics': 'select all',
    'task housekeeping': 'select all',
  },
  'reference.organisation_kind': toEverybody('select all'),
  'reference.figure_setting': {
    ...toEverybody('select all'),
    administrator: 'select all; insert all',
    'task statistics': 'select all',
  },
  'reference.performance_target': {
    ...toEverybody('select all'),
    'operations-manager': 'select all; insert all',
    'task statistics': 'select all',
  },
  'reference.patch': { ...toEverybody('select all'), administrator: 'select all; insert all; update all' },
  'reference.allocation_rule': { ...toEverybody('select all'), administrator: 'select all; update all' },
  // Only what is still to come: src/setting-up/setting-up.test.ts.
  'reference.nickname': toEverybody('select all'),
  'reference.threshold': {
    ...toEverybody('select all'),
    administrator: 'select all; insert all; delete all',
    'task importing': 'select all',
    'task housekeeping': 'select all',
  },
  'reference.reason': { ...toEverybody('select all'), administrator: 'select all; insert all; update all' },
  'reference.service_details': {
    ...toEverybody('select all'),
    administrator: 'select all; update all',
    'task messages': 'select all',
    'task housekeeping': 'select all',
    'task statistics': 'select all',
  },
  'reference.message_words': {
    ...toEverybody('select all'),
    administrator: 'select all; insert all; update all; delete all',
    'task messages': 'select all',
  },
  'reference.change': { administrator: 'select all', 'operations-manager': 'select all' },
  'reference.edition_in_use': {
    ...places,
    administrator: 'select all; insert all',
  },
  'reference.place_edition': { ...places, 'task importing': 'select all; insert all; update all' },
  'reference.ward': places,
  'reference.force_shape': places,
  'reference.deprivation': places,
  'reference.population': places,
  'reference.postcode': { ...places, 'task importing': 'select all; insert all; delete all' },
  'reference.retention_period': { ...toEverybody('select all'), 'task disposal': 'select all' },

  // Young people.
  // The task that imports writes those alone which came from another system: test/history-in/importing.test.ts.
  'service.person': {
    ...withThePerson,
    coordinator: 'select here; insert here; update here',
    'task importing': 'select all',
  },
  'service.referral': {
    ...withThePerson,
    referrer: 'select sent by them; insert not decided',
    coordinator: 'select here; update here',
    'task importing': 'select all',
  },
  'service.referral_action': {
    ...withThePerson,
    referrer: 'insert sent by them',
    coordinator: 'select here; insert here',
    'task importing': 'select all',
  },
  'service.imported_support': broughtIn,
  'service.imported_onward_referral': broughtIn,
  'service.recorded_event': countedByOrdinal,
  'service.rescue_request': counted,
  'service.nrm_referral': counted,
  'service.county_link': countedByOrdinal,
  'service.training_session': counted,
  'service.import': { ...counted, 'task importing': 'select all; insert all' },
  // One upload waits to be confirmed; one is still being checked, and its files come out for nobody.
  'service.import_upload': {
    'operations-manager': 'select all and past; insert all and past; update all and past',
    'task importing': 'select all and past; update all and past',
  },
  'service.import_upload_piece': {
    'operations-manager': 'select all; insert past',
    'task importing': 'select all and past; insert all and past; delete all and past',
  },
  'service.import_finding': { 'operations-manager': 'select all', 'task importing': 'insert all' },
  'service.episode': {
    spoc: 'select here',
    coordinator: 'select here; insert here',
    caseworker: 'select mine',
    'provider-manager': 'select ours',
    'operations-manager': 'select all',
  },
  'service.referral_draft': {
    referrer: 'select own; insert all and past; update own; delete own',
    'task housekeeping': 'select past; delete past',
  },
  'service.referral_addition': {
    referrer: 'select sent by them',
    ...withThePerson,
  },
  'service.attachment': { ...filed, referrer: 'select own; delete own' },
  'service.attachment_content': filed,
  'service.referrer_verification': {
    spoc: 'select referring here',
    coordinator: 'select referring here; insert referring here',
    analyst: 'select all',
    'operations-manager': 'select all',
  },
  'service.borough_acknowledgement': {
    spoc: 'select here; insert here; update here',
    coordinator: 'select here',
    analyst: 'select all',
    'operations-manager': 'select all',
  },
  'service.request': {
    referrer: 'select asked of them; update asked of them',
    spoc: 'select asked of them; update asked of them',
    coordinator: 'select here; insert asked by theirs; update asked by theirs and open',
    analyst: 'select asked of them; update asked of them',
    caseworker: 'select asked by theirs; insert asked by theirs lately; update asked by theirs and open',
    'provider-manager':
      'select asked by theirs; insert asked by theirs lately; update asked by theirs and open',
    'gender-consultant': 'select asked of them; update asked of them',
    'operations-manager': 'select all',
  },
  'service.check_finding': {
    analyst: 'select all; insert asked of them',
    'operations-manager': 'select all',
  },
  'service.consultation_note': {
    'gender-consultant': 'select consulted about; insert consulted about',
    'operations-manager': 'select all',
  },
  'service.allocation': {
    spoc: 'select here',
    coordinator: 'select here; insert here; update here and open',
    caseworker: 'select mine',
    'provider-manager': 'select ours; update ours and open',
    'operations-manager': 'select all',
  },
  'service.contact': caseworkToTheEnd,
  'service.check_in': {
    caseworker: 'select own; insert own; update own',
    'provider-manager': 'select in their provider; update in their provider',
    'operations-manager': 'select all',
  },
  'service.waiting_entry': {
    coordinator: 'select here; insert here; update here',
    'operations-manager': 'select all',
  },
  'service.worker_capacity': ofTheProvider,
  'service.cover': ofTheProvider,
  'service.case_note': {
    caseworker: 'select mine; insert mine; update mine',
    'provider-manager': 'select ours',
    'operations-manager': 'select all',
  },
  'service.note_sign_off': {
    caseworker: 'select mine',
    'provider-manager': 'select ours; insert ours',
    'operations-manager': 'select all',
  },
  'service.chronology_event': casework,
  'service.case_summary': caseworkByArea,
  'service.network_member': casework,
  'service.safe_contact': casework,
  'service.transition_plan': casework,
  'service.borough_change': withThePerson,
  'service.death': withThePerson,
  'service.closing': caseworkToTheEnd,
  'service.follow_up': caseworkToTheEnd,
  // The worker is named. Everybody else has the record again, and not why it was restricted.
  'service.restriction': { caseworker: 'select mine' },
  'service.restriction_reader': { caseworker: 'select mine' },
  'service.record_opening': {
    caseworker: 'select opened by them',
    'data-protection-lead': 'select all; update all',
  },
  'service.rights_request': {
    'data-protection-lead': 'select all; insert all; update all',
    'operations-manager': 'select all',
  },
  'as_at.rights_request': { 'operations-manager': 'select all' },
  'service.processing_restriction': {
    ...withThePerson,
    'data-protection-lead': 'select all; insert all; update all',
  },
  'as_at.processing_restriction': withThePerson,
  'service.redaction_mark': { 'data-protection-lead': 'select all; insert all; update all' },
  'as_at.redaction_mark': {},
  'service.data_breach': {
    'data-protection-lead': 'select all; insert all; update all',
    'operations-manager': 'select all',
  },
  'as_at.data_breach': { 'operations-manager': 'select all' },
  'service.access_finding': { 'data-protection-lead': 'select all; insert all; update all' },
  'as_at.access_finding': {},
  'history.record_opening': { 'data-protection-lead': 'select all' },
  'as_at.record_opening': {},
  'service.concern': concerns,
  'service.concern_told': concerns,
  // What was added stands as it was written.
  'service.concern_development': {
    coordinator: 'select here; insert here',
    caseworker: 'select mine; insert mine',
    'provider-manager': 'select ours; insert ours',
    'operations-manager': 'select all; insert all',
  },
  'service.risk_assessment': casework,
  // Anybody of the staff raises one, and those who were named receive it: but not what is said of themselves.
  'service.allegation': {
    ...toStaff('insert all'),
    analyst: 'select received; insert all; update received',
    'provider-manager': 'select received; insert all; update received',
  },
  'service.allegation_person': {
    analyst: 'select received',
    'provider-manager': 'select received',
    // Who raised them both.
    caseworker: 'insert all',
  },
  'service.allegation_recipient': {
    ...toStaff('select all and past'),
    'operations-manager': 'select all and past; insert all and past; update all',
  },
  'service.safety_plan': casework,
  'service.trigger_profile': casework,
  'service.needs_assessment': casework,
  'service.assessed_need': casework,
  'service.goal': casework,
  'service.goal_step': casework,
  'service.onward_referral': casework,
  'service.ete_period': casework,
  'service.sharing_decision': casework,

  // Reports: a draft is everybody's who counts; the background freezes what is signed off (src/reporting/reports.test.ts).
  'service.report': {
    ...toReporters('select all and past; insert all and past; update all'),
    'task housekeeping': 'select all and past; update all and past',
  },
  'service.report_text': {
    ...toReporters('select all; insert all; update all'),
    'task housekeeping': 'select all',
  },
  'service.report_figures': {
    ...toReporters('select all; insert all; update all'),
    'task housekeeping': 'select all',
  },
  'service.report_publication': {
    ...toStaff('select all'),
    ...toReporters('select all and past'),
    'task housekeeping': 'select all and past',
    'task statistics': 'select all and past',
  },
  // Of `service`, history and as-at functions are read as the rows are now (`matrix`).

  // What is read from files waits here, in the transaction that imports it and in no other.
  'incoming.row': { 'task importing': 'select all; insert all; update all; delete all' },

  // Accounts. Colleagues know each other; people who refer, who may be a young person's family, are not colleagues.
  'identity.account': {
    ...toStaff('select staff'),
    'data-protection-lead': 'select all',
    administrator: 'select all',
    'task messages': 'select all',
    'task housekeeping': 'select named on reports',
  },
  'identity.access_grant': {
    ...toStaff('select staff'),
    referrer: 'select own',
    administrator: 'select staff; insert staff',
  },
  'identity.organisation': {
    ...toStaff('select all'),
    administrator: 'select all; insert all',
    'task importing': 'select all',
    'task statistics': 'select all',
  },
  'identity.council_area': toStaff('select all'),
  'identity.team': { ...toStaff('select all'), administrator: 'select all; insert all' },
  'identity.team_profile': {
    ...toStaff('select staff'),
    'provider-manager': 'select staff; insert their caseworkers; update their caseworkers',
    administrator: 'select staff; insert staff; update staff',
  },
  // Who stands in for the contact here, and for another. It is ended in the name of who ends it, and not otherwise changed.
  'identity.borough_cover': {
    spoc: 'select all; insert own',
    coordinator: 'select all',
    'operations-manager': 'select all',
  },
  'identity.approver': toStaff('select all'),
  'identity.approver_request': toStaff('select all'),
  'identity.grant_review': toStaff('select all'),
  'identity.session': {
    ...toSignedIn('select own'),
    'data-protection-lead': 'select all',
    administrator: 'select all',
  },
  'identity.kept_form': ownForms,
  'identity.submission': ownForms,
  'identity.attempt': { 'task housekeeping': 'select past; delete past' },
  'identity.link': { 'task housekeeping': 'select past; delete past' },
  'identity.recovery_code': {},
  'identity.secret_key': {},
  'identity.demonstration_account': {},

  // What was done and seen.
  'audit.entry': { 'data-protection-lead': 'select all', 'task sealing': 'select all' },
  'audit.detail': { 'data-protection-lead': 'select all' },
  'audit.leaf': { 'data-protection-lead': 'select all', 'task sealing': 'select all; insert all' },
  'audit.checkpoint': { 'data-protection-lead': 'select all', 'task sealing': 'select all; insert all' },
  'audit.checkpoint_delivery': { 'task sealing': 'select all; insert all' },
  'audit.signing_key': { 'task sealing': 'select all; insert all' },
  'audit.waiting': { 'task sealing': 'select all; delete all' },

  'messages.message': {
    'task messages': 'select all and past; update all and past',
  },

  // Nothing here may be proposed: something of everybody's is open (test/database/disposal.test.ts proposes what may be).
  'disposal.request': disposedBy('select all; update all'),
  'disposal.legal_hold': disposedBy('select all; insert all; update all'),
  'disposal.retention': {
    'operations-manager': 'select all',
    'data-protection-lead': 'select all',
    'task disposal': 'select all; insert all; update all; delete all',
  },
  'disposal.counted_referral': { 'task statistics': 'select all' },
  'disposal.counted_support': { 'task statistics': 'select all' },
  'disposal.counted_onward_referral': { 'task statistics': 'select all' },
  'disposal.counted_event': { 'task statistics': 'select all' },
  'disposal.counted_rescue': { 'task statistics': 'select all' },
  'disposal.counted_nrm_referral': { 'task statistics': 'select all' },
  'disposal.figure_moment': { 'task statistics': 'select all; insert all' },
  'disposal.disposed': {},
  'disposal.disposed_source': { 'task importing': 'select all' },
  'disposal.reach': {},

  // What is true of the database itself.
  'homeward.migration': {},
  'homeward.nature': {},
  'homeward.policies': {},
};

/** One person's or referral's ids and reference, for a call about them. */
export interface Subject {
  person: string;
  personReference: string;
  referral: string;
}

/**
 * Whom functions that see past the policies tell about: those young people for whom a call gives any row or value. Only
 * those functions that are given an id, a reference or words; `reviewedExecutors` (catalogue-lints.test.ts) has them all.
 */
export const functionMatrix: readonly {
  call: (subject: Subject) => string;
  may: Readonly<Partial<Record<Actor, string>>>;
}[] = [
  {
    call: ({ person }) => `select from need_to_know.search_people('canary', 100) where id = '${person}'`,
    may: {
      spoc: 'here',
      coordinator: 'here',
      analyst: 'all',
      caseworker: 'mine',
      'provider-manager': 'ours',
      'operations-manager': 'all',
    },
  },
  {
    call: ({ person }) => `select from audit.looks_at('${person}')`,
    may: { 'provider-manager': 'ours lately', 'operations-manager': 'all', 'data-protection-lead': 'all' },
  },
  {
    call: ({ person }) => `select from need_to_know.engagement_of(array['${person}'::uuid])`,
    may: {
      spoc: 'allocated here',
      coordinator: 'allocated here',
      caseworker: 'mine',
      'provider-manager': 'ours',
      'operations-manager': 'allocated',
    },
  },
  {
    call: ({ person }) =>
      `select from need_to_know.born_in_support(null, 'infinity', 'infinity', null) where person_id = '${person}'`,
    may: {
      spoc: 'here',
      coordinator: 'here',
      caseworker: 'mine',
      'provider-manager': 'ours and open',
      'operations-manager': 'all',
    },
  },
  {
    call: ({ referral }) => `select from need_to_know.told_to_referrer('${referral}')`,
    may: { referrer: 'sent by them' },
  },
  {
    call: ({ referral }) => `select from need_to_know.referrer_of('${referral}')`,
    may: { spoc: 'here', coordinator: 'here', analyst: 'all', 'operations-manager': 'all' },
  },
  {
    call: ({ referral }) => `select from need_to_know.likely_matches('${referral}', 100)`,
    may: { coordinator: 'here' },
  },
  {
    call: ({ person }) => `select from need_to_know.waiting('${person}')`,
    may: { coordinator: 'waiting', 'operations-manager': 'waiting' },
  },
  {
    call: ({ personReference }) => `select from disposal.find_subject('${personReference}')`,
    may: { 'operations-manager': 'all', 'data-protection-lead': 'all' },
  },
  {
    call: ({ personReference }) =>
      `select from need_to_know.person_with_reference('${personReference}') found where found is not null`,
    may: { 'data-protection-lead': 'all' },
  },
  {
    // Every record of the matrix that somebody works with is asked for, by a request of its own.
    call: ({ person }) => `select from need_to_know.subject_access('0a1b2c3d${person.slice(8)}')`,
    may: { 'data-protection-lead': 'allocated' },
  },
  {
    call: ({ person }) => `select from need_to_know.references_of(array['${person}'::uuid])`,
    may: { 'data-protection-lead': 'all' },
  },
];

/** What is asked of somebody (request-rows.ts), as far as it is theirs to answer or to correct. */
const askedOf: Readonly<Partial<Record<Actor, readonly Case[]>>> = {
  referrer: ['waiting'],
  spoc: ['unallocated'],
  analyst: ['just-ended', 'elsewhere'],
  'gender-consultant': ['open', 'other-provider'],
};
/** What somebody or a colleague of theirs asked. */
const askedBy: Readonly<Partial<Record<Actor, { open: readonly Case[]; over: readonly Case[] }>>> = {
  coordinator: { open: ['unallocated', 'waiting'], over: ['other-provider'] },
  caseworker: { open: ['open', 'just-ended'], over: [] },
  'provider-manager': { open: ['open', 'just-ended'], over: ['long-ended', 'other-team'] },
};

/** Sets of rows, as they stand to the one who asks. */
export const groups: Readonly<Record<string, (actor: Actor) => readonly KnownRow['whose'][]>> = {
  mine: () => ['open', 'just-ended', 'elsewhere-ours'],
  ours: () => ['open', 'just-ended', 'long-ended', 'other-team', 'elsewhere-ours'],
  here: () => (Object.keys(cases) as Case[]).filter((each) => !each.includes('elsewhere')),
  ended: () => ['just-ended', 'long-ended'],
  'not decided': () => ['waiting', 'waiting-elsewhere'],
  'sent by them': () => ['open', 'waiting'],
  'referring here': () => ['referrer', 'otherReferrer'],
  'opened by them': () => ['open', 'just-ended', 'long-ended', 'elsewhere-ours'],
  own: (actor) => members.filter((member) => member === actor),
  staff: () => members.filter((member) => !/referrer/i.test(member)),
  all: () => [...(Object.keys(cases) as Case[]), ...members, 'all'],
  'all and past': (actor) => [...(groups.all?.(actor) ?? []), 'past'],
  past: () => ['past'],
  none: () => [],
  'every case': () => Object.keys(cases) as Case[],
  'without support': () => ['unallocated', 'waiting', 'waiting-elsewhere'],
  'of drafts': () => ['referrer', 'otherReferrer', 'farReferrer'],
  'consulted about': () => ['open', 'other-provider'],
  'asked of them': (actor) => askedOf[actor] ?? [],
  'asked by theirs': (actor) => [...(askedBy[actor]?.open ?? []), ...(askedBy[actor]?.over ?? [])],
  'asked by theirs lately': (actor) =>
    [...(askedBy[actor]?.open ?? []), ...(askedBy[actor]?.over ?? [])].filter(
      (whose) => whose !== 'long-ended',
    ),
  'asked by theirs and open': (actor) => askedBy[actor]?.open ?? [],
  'their caseworkers': () => ['caseworker', 'colleague'],
  // Accepted, and supported by nobody: of the borough here, for elsewhere everybody is supported.
  waiting: () => ['just-ended', 'long-ended', 'unallocated'],
  'in their provider': () => ['caseworker', 'colleague', 'gender-consultant'],
  'that nobody speaks for': () => ['outsider'],
  // Allegations are known by the one who receives them: one is about a recipient, so another does.
  received: (actor) =>
    actor === 'analyst' ? ['analyst', 'provider-manager'] : actor === 'provider-manager' ? [actor] : [],
  'ours and open': () => ['open', 'other-team', 'elsewhere-ours'],
  allocated: () => (Object.keys(cases) as Case[]).filter((each) => !/unallocated|waiting/.test(each)),
  'allocated here': (actor) =>
    (groups.here?.(actor) ?? []).filter((each) => groups.allocated?.(actor).includes(each)),
  'named on reports': () => ['analyst', 'operations-manager'],
  'published editions': (actor) =>
    actor === 'analyst' || actor === 'operations-manager' ? ['all', 'past'] : ['all'],
  'with cases here': () => ['caseworker', 'colleague'],
  'mine and open': () => ['open', 'elsewhere-ours'],
  'ours lately': () => ['open', 'just-ended', 'other-team', 'elsewhere-ours'],
  'here and open': () => ['open', 'other-team', 'other-provider'],
  'staff and those referring here': (actor) =>
    ['staff', 'referring here'].flatMap((name) => groups[name]?.(actor) ?? []),
};

/** Gone for good when they go. */
const KEPT_WITHOUT_HISTORY: readonly string[] = [
  'service.referral_draft',
  'service.attachment_content',
  'service.import_upload_piece',
];

/** What figures are made of: the task that counts reads it, and its history, without a name (db/policies/63-statistics.sql). */
const COUNTED = [
  'referral',
  'episode',
  'allocation',
  'closing',
  'contact',
  'case_note',
  'onward_referral',
  'imported_support',
  'imported_onward_referral',
  'recorded_event',
  'rescue_request',
  'nrm_referral',
  'county_link',
  'training_session',
  'import',
] as const;

/** With the history and as-at function of each table of the service: staff who read a row read what it replaced. */
const withHistory: Readonly<Record<string, May>> = {
  ...Object.fromEntries(
    Object.entries(written)
      .filter(([table]) => table.startsWith('service.') && !KEPT_WITHOUT_HISTORY.includes(table))
      .flatMap(([table, may]) => {
        const readers = Object.entries(may)
          .filter(([actor]) => actor !== 'referrer' && !actor.startsWith('task '))
          .map(([actor, cell]) => [actor, /select [^;]+/.exec(cell)?.[0] ?? '']);
        return ['history', 'as_at'].map((schema) => [
          table.replace('service', schema),
          Object.fromEntries(readers) as May,
        ]);
      }),
  ),
  ...written,
};

export const matrix: Readonly<Record<string, May>> = {
  ...withHistory,
  ...Object.fromEntries(
    COUNTED.flatMap((table) => [`service.${table}`, `history.${table}`]).map((table) => [
      table,
      { ...withHistory[table], 'task statistics': 'select all' },
    ]),
  ),
};
