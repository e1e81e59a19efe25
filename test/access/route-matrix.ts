import { randomUUID } from 'node:crypto';
import { parts } from '../../src/referrals/referral-form.ts';
import { fieldsThatReadWell } from '../referrals/writing-a-referral.ts';
import { type SignedIn, signedIn } from './table-matrix.ts';
import { type Case, type KnownRow, type Member, members, type World } from './world.ts';

/** Who opens a page: somebody with a role, or a browser without a session. */
export type Visitor = SignedIn | 'nobody';
export const visitors: readonly Visitor[] = [...signedIn, 'nobody'];

export interface Route {
  /** What the address names; left out for a page that names nothing. */
  of?: keyof typeof addresses;
  /**
   * For whom the page is: of which records (a group of table-matrix.ts), or with which status. Whoever is not here is
   * refused: 403, or the way to sign in. So is every record not here: 404.
   */
  may: Partial<Record<Visitor, string | number>>;
  /** Fields with which its form reads well, where the harness cannot guess them. */
  form?: Readonly<Record<string, string>>;
  /** The test that tries it, where nothing that the world has lets anybody open it. */
  triedIn?: string;
  /** The form acts though it is empty, so it is sent by those alone who may not send it. */
  acts?: true;
  /** Fields that its form only looks for: sent by those who may, and what comes back is held to the same rules. */
  looksFor?: Readonly<Record<string, string>>;
  /** Kinds of canary that the page must show: proof that what is looked for could be found. */
  shows?: readonly string[];
  /** Kinds of canary that this page alone may show, and of whom. */
  mayShow?: Readonly<Record<string, string>>;
}

/**
 * Every page of the service, and who gets it. A new page needs a row:
 *
 *   '/people/:person/notes': { of: 'person', may: { caseworker: 'mine', 'provider-manager': 'ours' }, shows: ['note'] },
 *
 * `of` says what stands in the address (`addresses`, below: add a kind if there is none), `may` who gets the page of which
 * records: the groups are those of table-matrix.ts.
 */
export const routes: Readonly<Record<string, Route>> = {
  // For everybody.
  '/': { may: { ...signedInGet(303), nobody: 200 } },
  '/help': { may: everybodyGets(200) },
  '/privacy': { may: everybodyGets(200) },
  '/accessibility': { may: everybodyGets(200) },
  '/sign-in': { may: everybodyGets(200) },
  '/sign-in/code': { may: everybodyGets(200) },
  '/sign-out': { may: everybodyGets(200), acts: true },
  '/set-up-account': { may: everybodyGets(200) },
  '/set-up-account/app': { may: everybodyGets(200) },
  '/set-up-account/recovery-codes': { may: everybodyGets(200) },
  '/refer/start': { may: everybodyGets(200) },
  '/refer/check-email': { may: everybodyGets(200) },
  '/refer/link': { may: everybodyGets(410) },

  // One's own account.
  '/sign-in-again': { may: staffGet(200) },
  '/account': { may: staffGet(200) },
  '/account/role': { may: staffGet(200) },
  '/account/sessions': { may: staffGet(200) },
  '/account/password': { may: staffGet(200) },
  '/account/recovery-codes': { may: staffGet(200), acts: true },

  // Referring.
  '/refer': { may: { referrer: 200 }, acts: true },
  ...Object.fromEntries(
    parts.map((part): [string, Route] => [
      `/refer/:draft/${part.name}`,
      {
        of: 'draft',
        may: { referrer: 'own' },
        form: fieldsThatReadWell(part),
        shows: part.name === 'danger' ? ['draft'] : [],
      },
    ]),
  ),
  '/refer/:draft/check': { of: 'draft', may: { referrer: 'own' } },
  '/refer/:draft/throw-away': { of: 'draft', may: { referrer: 'own' }, acts: true },
  '/refer/:draft/files': { of: 'draft', may: { referrer: 'own' }, shows: ['attachment'] },
  '/refer/:draft/files/:file/remove': {
    of: 'file of a draft',
    may: { referrer: 'own' },
    acts: true,
    shows: ['attachment'],
  },
  '/refer/sent/:referral/files': { of: 'referral', may: { referrer: 'sent by them' } },
  '/people/:person/files': {
    of: 'person',
    may: { ...readsNotes(), coordinator: 'here' },
    shows: ['attachment'],
  },
  '/people/:person/files/new': { of: 'person', may: writesCasework() },
  '/people/:person/files/:file': {
    of: 'file of a person',
    may: { ...readsNotes(), coordinator: 'here' },
    shows: ['attachment'],
  },
  '/people/:person/files/:file/remove': {
    of: 'file of a person',
    may: { caseworker: 'mine', 'provider-manager': 'ours' },
    shows: ['attachment'],
  },
  '/referrals/:referral/files/:file': {
    of: 'file of a referral',
    may: { coordinator: 'here', analyst: 'all', 'operations-manager': 'all' },
    shows: ['attachment'],
  },
  '/refer/sent/:referral': { of: 'referral', may: { referrer: 'sent by them' } },
  '/refer/sent/:referral/add': { of: 'referral', may: { referrer: 'sent by them' } },
  '/refer/sent/:referral/withdraw': { of: 'referral', may: { referrer: 'sent by them' } },

  // Borough contacts.
  '/borough': { may: { spoc: 200 }, shows: ['name'] },
  '/borough/cover': { may: { spoc: 200 } },
  '/borough/cover/:cover/end': { of: 'cover of a borough', may: { spoc: 'own' }, acts: true },
  '/boroughs-without-contact': { may: { coordinator: 200, 'operations-manager': 200, administrator: 200 } },
  '/borough/referrals/:referral': { of: 'referral', may: { spoc: 'here' }, shows: ['answers'] },

  // What waits, and who has support open.
  '/home': {
    may: {
      spoc: 200,
      coordinator: 200,
      'provider-manager': 200,
      'operations-manager': 200,
      'data-protection-lead': 200,
    },
  },
  '/overdue': { may: { 'provider-manager': 200, caseworker: 200 } },
  '/young-people': {
    may: { spoc: 200, coordinator: 200, 'provider-manager': 200, 'operations-manager': 200 },
    shows: ['name'],
  },

  // Young people.
  '/caseload': { may: { caseworker: 200, 'provider-manager': 200 }, shows: ['name'] },
  '/allocations/:allocation': {
    of: 'allocation',
    may: { 'provider-manager': 'ours' },
    acts: true,
    shows: ['name'],
  },
  '/allocations/:allocation/hand-back': { of: 'allocation', may: { 'provider-manager': 'ours and open' } },
  '/allocations/:allocation/worker': { of: 'allocation', may: { 'provider-manager': 'ours and open' } },
  '/workers': { may: { 'provider-manager': 200 }, shows: ['account'] },
  '/workers/:account': {
    of: 'account',
    may: { 'provider-manager': 'their caseworkers' },
    form: { points: '20', version: '0' },
  },
  '/workers/:account/cover': { of: 'account', may: { 'provider-manager': 'their caseworkers' } },
  '/workers/:account/cover/:cover/end': {
    of: 'cover',
    may: { 'provider-manager': 'their caseworkers' },
    acts: true,
  },
  '/workers/:account/move': {
    of: 'account',
    may: { 'provider-manager': 'their caseworkers' },
    form: { all: '' },
    shows: ['name'],
  },
  '/teams': { may: { 'provider-manager': 200, administrator: 200 } },
  '/teams/:team': {
    of: 'team',
    may: { 'provider-manager': 'own', administrator: 'all' },
    form: { languages: 'Somali', version: '0' },
  },
  '/set-up': { may: { administrator: 200 } },
  '/set-up/service': {
    may: { administrator: 200 },
    form: { version: '1', email: '', dataProtectionContact: '' },
  },
  '/set-up/areas': { may: { administrator: 200 } },
  '/set-up/areas/new': { may: { administrator: 200 }, form: { code: 'E08000003' } },
  '/set-up/areas/:area': { of: 'area', may: { administrator: 'all' } },
  '/set-up/patches/new': { may: { administrator: 200 } },
  '/set-up/patches/:patch': { of: 'patch', may: { administrator: 'all' } },
  '/set-up/places': { may: { administrator: 200 } },
  '/set-up/places/:kind/:edition': { of: 'edition of places', may: { administrator: 'all' } },
  '/set-up/figures': { may: { administrator: 200 }, form: { smallestCount: '5', last: '48' } },
  '/boroughs': { may: { administrator: 200 }, shows: ['account'] },
  '/set-up/thresholds': { may: { administrator: 200 } },
  '/set-up/thresholds/:threshold': {
    of: 'threshold',
    may: { administrator: 'all' },
    form: { value: '5' },
  },
  '/set-up/thresholds/:threshold/:from/take-back': {
    of: 'threshold to come',
    may: { administrator: 'all' },
    form: { sure: 'yes' },
    triedIn: 'src/setting-up/setting-up.test.ts',
  },
  '/set-up/reasons': { may: { administrator: 200 } },
  '/set-up/reasons/:list': { of: 'list of reasons', may: { administrator: 'all' } },
  '/set-up/reasons/:list/:reason': { of: 'reason', may: { administrator: 'all' }, form: { place: '1' } },
  '/set-up/messages': { may: { administrator: 200 } },
  '/set-up/messages/:template': { of: 'message', may: { administrator: 'all' } },
  '/set-up/messages/:template/put-back': { of: 'message', may: { administrator: 'all' } },
  '/set-up/changes': { may: { administrator: 200, 'operations-manager': 200 } },
  '/allocation-rules': { may: { administrator: 200 }, acts: true },
  '/waiting-list': {
    may: { coordinator: 200, 'operations-manager': 200 },
    shows: ['name', 'waiting'],
  },
  '/support-from-files': { may: { coordinator: 200, 'operations-manager': 200 } },
  '/people/:person/waiting': {
    of: 'person',
    may: { coordinator: 'waiting', 'operations-manager': 'waiting' },
    form: { version: '0' },
    shows: ['waiting'],
  },
  '/people/:person/waiting/move-up': {
    of: 'person',
    may: { coordinator: 'waiting' },
    form: { version: '0' },
  },
  '/people/:person': { of: 'person', may: aboutYoungPeople(), shows: ['name', 'record', 'note'] },
  '/people/:person/edit': { of: 'person', may: { coordinator: 'here' }, shows: ['record'] },
  '/concerns': {
    may: { coordinator: 200, caseworker: 200, 'provider-manager': 200, 'operations-manager': 200 },
    shows: ['name'],
  },
  '/people/:person/concerns': { of: 'person', may: safeguards(), shows: ['name'] },
  '/people/:person/concerns/new': { of: 'person', may: safeguards(), shows: ['name'] },
  '/people/:person/concerns/:concern': {
    of: 'concern',
    may: safeguards(),
    shows: ['concern', 'concerntold', 'concerndevelopment'],
  },
  '/people/:person/concerns/:concern/tell': { of: 'concern', may: safeguards() },
  '/people/:person/concerns/:concern/told/:told': {
    of: 'told of a concern',
    may: safeguards(),
    shows: ['concerntold'],
  },
  '/people/:person/concerns/:concern/close': { of: 'concern', may: safeguards() },
  '/people/:person/risk': { of: 'person', may: readsNotes(), shows: ['riskassessment'] },
  '/people/:person/risk/new': { of: 'person', may: writesCasework() },
  '/people/:person/risk/:assessment': {
    of: 'risk assessment',
    may: readsNotes(),
    shows: ['riskassessment'],
  },
  '/people/:person/risk/:assessment/correct': {
    of: 'risk assessment',
    may: writesCasework(),
    shows: ['riskassessment'],
  },
  '/allegations': { may: staffGet(200) },
  '/allegations/new': { may: staffGet(200) },
  '/allegations/:allegation': {
    of: 'allegation',
    may: { ...staffRead('none'), analyst: 'received', 'provider-manager': 'received' },
    shows: ['allegation'],
  },
  '/allegations/recipients': { may: { 'operations-manager': 200 }, shows: ['account'] },
  '/allegations/recipients/:recipient/end': {
    of: 'recipient of allegations',
    may: { 'operations-manager': 'all' },
    acts: true,
  },
  '/people/:person/history': { of: 'person', may: aboutYoungPeople(), shows: ['record'] },
  '/people/:person/chronology': {
    of: 'person',
    may: { ...readsNotes(), coordinator: 'here' },
    shows: ['note', 'chronologyevent'],
  },
  '/people/:person/chronology/new': {
    of: 'person',
    may: writesCasework(),
  },
  '/people/:person/summary': {
    of: 'person',
    may: writesCasework(),
    shows: ['casesummary'],
  },
  '/supervision': { may: { 'provider-manager': 200 } },
  '/supervision/:worker': { of: 'worker', may: { 'provider-manager': 'with cases here' }, shows: ['name'] },
  '/people/:person/supervision': { of: 'person', may: { 'provider-manager': 'ours' } },
  '/notes/:note/sign-off': { of: 'note', may: { 'provider-manager': 'ours' }, shows: ['note'] },
  '/people/:person/closing': { of: 'person', may: readsNotes(), shows: ['closing'] },
  '/people/:person/closing/edit': {
    of: 'person',
    may: { caseworker: 'mine and open', 'provider-manager': 'ours and open' },
    form: { reason: 'planned', version: '1' },
  },
  // Nothing that the matrix knows waits to be signed off.
  '/people/:person/closing/sign-off': {
    of: 'person',
    may: { 'provider-manager': 'none' },
    triedIn: 'src/closing/closing-flow.test.ts',
  },
  '/people/:person/follow-up': {
    of: 'person',
    may: { caseworker: 'mine', 'provider-manager': 'ours' },
    shows: ['followup'],
  },
  // Nobody whom the matrix knows said at a follow-up that they are not safe.
  '/people/:person/follow-up/no-concern': {
    of: 'person',
    may: { caseworker: 'none', 'provider-manager': 'none' },
    triedIn: 'src/closing/closing-flow.test.ts',
  },
  '/closings': { may: { 'provider-manager': 200 } },
  '/people/:person/restrict': {
    of: 'person',
    may: { coordinator: 'here', 'provider-manager': 'ours', 'operations-manager': 'all' },
  },
  // None of the records that the matrix knows is restricted now.
  '/people/:person/restrict/lift': {
    of: 'person',
    may: { coordinator: 'none', 'provider-manager': 'none', 'operations-manager': 'none' },
    triedIn: 'src/restricted/restricted.test.ts',
  },
  '/break-glass': { may: { coordinator: 200, caseworker: 200, 'provider-manager': 200 } },
  '/record-openings': { may: { 'data-protection-lead': 200 }, shows: ['account'] },
  '/record-openings/:opening': {
    of: 'record opening',
    may: { 'data-protection-lead': 'all' },
    shows: ['recordopening'],
  },
  '/people/:person/looks': {
    of: 'person',
    may: { 'provider-manager': 'ours', 'operations-manager': 'all', 'data-protection-lead': 'all' },
  },
  '/people/:person/notes': { of: 'person', may: readsNotes(), shows: ['note'] },
  '/people/:person/notes/new': { of: 'person', may: { caseworker: 'mine' } },
  '/people/:person/notes/new/several': {
    of: 'person',
    may: { caseworker: 'mine' },
    form: { also: '00000000-0000-0000-0000-000000000000' },
    shows: ['name'],
  },
  '/people/:person/contacts': { of: 'person', may: readsNotes(), shows: ['contact'] },
  '/people/:person/contacts/new': { of: 'person', may: { caseworker: 'mine' } },
  '/people/:person/contacts/plan': { of: 'person', may: { caseworker: 'mine' } },
  '/contacts/:contact': { of: 'contact', may: { caseworker: 'mine' }, shows: ['contact'] },
  '/my-day': { may: { caseworker: 200 }, shows: ['name', 'checkin'] },
  '/check-ins': {
    may: { caseworker: 200, 'provider-manager': 200, 'operations-manager': 200 },
    shows: ['checkin'],
  },
  '/check-ins/new': { may: { caseworker: 200 } },
  '/check-ins/:checkIn': {
    of: 'check-in',
    may: { caseworker: 'own', 'provider-manager': 'in their provider' },
    acts: true,
    shows: ['checkin'],
  },
  '/check-ins/:checkIn/longer': { of: 'check-in', may: { caseworker: 'own' }, shows: ['checkin'] },
  '/notes/:note': { of: 'note', may: readsNotes(), shows: ['note'] },
  '/notes/:note/remove': {
    of: 'note',
    may: { caseworker: 'mine', 'provider-manager': 'ours' },
    shows: ['note'],
  },
  '/notes/:note/edit': { of: 'note', may: { caseworker: 'mine' }, shows: ['note'] },
  '/search': {
    may: {
      spoc: 200,
      coordinator: 200,
      analyst: 200,
      caseworker: 200,
      'provider-manager': 200,
      'operations-manager': 200,
    },
    looksFor: { words: 'canary' },
    shows: ['name'],
  },

  // Plans, progress and consent.
  '/people/:person/plans': { of: 'person', may: readsNotes() },
  '/people/:person/safety-plan': { of: 'person', may: readsNotes(), shows: ['safetyplan'] },
  '/people/:person/safety-plan/edit': { of: 'person', may: writesCasework(), shows: ['safetyplan'] },
  '/people/:person/safety-plan/print': {
    of: 'person',
    may: printsPlans(),
    shows: ['safetyplan', 'record'],
  },
  '/people/:person/trigger-profile': { of: 'person', may: readsNotes(), shows: ['triggerprofile'] },
  '/people/:person/trigger-profile/edit': {
    of: 'person',
    may: writesCasework(),
    shows: ['triggerprofile'],
  },
  '/people/:person/trigger-profile/print': {
    of: 'person',
    may: printsPlans(),
    shows: ['triggerprofile', 'record'],
  },
  '/people/:person/needs': { of: 'person', may: readsNotes(), shows: ['assessedneed'] },
  '/people/:person/needs/new': { of: 'person', may: writesCasework() },
  '/people/:person/needs/print': { of: 'person', may: printsPlans(), shows: ['assessedneed'] },
  '/people/:person/goals': { of: 'person', may: readsNotes(), shows: ['goal', 'goalstep'] },
  '/people/:person/goals/new': { of: 'person', may: writesCasework() },
  '/people/:person/goals/print': { of: 'person', may: printsPlans(), shows: ['goal', 'goalstep'] },
  '/people/:person/goals/:goal/edit': { of: 'goal', may: writesCasework(), shows: ['goal'] },
  '/people/:person/goals/:goal/steps/new': { of: 'goal', may: writesCasework(), shows: ['goal'] },
  '/people/:person/goals/:goal/steps/:step': { of: 'goal step', may: writesCasework(), shows: ['goalstep'] },
  '/people/:person/progress': {
    of: 'person',
    may: readsNotes(),
    shows: ['eteperiod', 'onwardreferral'],
  },
  '/people/:person/education/new': { of: 'person', may: writesCasework() },
  '/people/:person/education/:period/edit': {
    of: 'education',
    may: writesCasework(),
    shows: ['eteperiod'],
  },
  '/people/:person/onward-referrals/new': { of: 'person', may: writesCasework() },
  '/people/:person/onward-referrals/:referral/edit': {
    of: 'onward referral',
    may: writesCasework(),
    shows: ['onwardreferral'],
  },
  '/people/:person/borough': {
    of: 'person',
    may: { coordinator: 'here', 'operations-manager': 'all' },
    form: { area: 'E09000001', 'movedOn-day': '1', 'movedOn-month': '2', 'movedOn-year': '2026' },
    shows: ['name'],
  },
  '/people/:person/reopen': {
    of: 'person',
    may: { coordinator: 'here', 'provider-manager': 'ours' },
    shows: ['name'],
  },
  '/people/:person/death': {
    of: 'person',
    may: { coordinator: 'here', 'provider-manager': 'ours', 'operations-manager': 'all' },
    form: { 'diedOn-day': '1', 'diedOn-month': '2', 'diedOn-year': '2026' },
    shows: ['name'],
  },
  '/people/:person/death/correct': {
    of: 'person',
    may: { coordinator: 'here', 'provider-manager': 'ours', 'operations-manager': 'all' },
    shows: ['name'],
  },
  '/people/:person/transition-plan': { of: 'person', may: readsNotes(), shows: ['transitionplan'] },
  '/people/:person/transition-plan/edit': {
    of: 'person',
    may: writesCasework(),
    form: { version: '0' },
    shows: ['transitionplan'],
  },
  '/turning-18': {
    may: { caseworker: 200, 'provider-manager': 200, coordinator: 200, 'operations-manager': 200 },
  },
  '/people/:person/network': {
    of: 'person',
    may: readsNotes(),
    shows: ['networkmember', 'safecontact'],
  },
  '/people/:person/network/new': { of: 'person', may: writesCasework() },
  '/people/:person/network/:member/edit': {
    of: 'member of a network',
    may: writesCasework(),
    shows: ['networkmember'],
  },
  '/people/:person/safe-contact': { of: 'person', may: writesCasework(), shows: ['safecontact'] },
  '/people/:person/consent': { of: 'person', may: readsNotes(), shows: ['sharingdecision'] },
  '/people/:person/consent/new': { of: 'person', may: writesCasework() },
  '/people/:person/consent/:decision/edit': {
    of: 'sharing decision',
    may: writesCasework(),
    shows: ['sharingdecision'],
  },

  // Coordinators.
  '/queue': { may: { coordinator: 200, analyst: 200, 'operations-manager': 200 }, shows: ['name'] },
  '/referrals/:referral': {
    of: 'referral',
    may: { coordinator: 'here', analyst: 'all', 'operations-manager': 'all' },
    shows: ['answers'],
  },
  '/referrals/:referral/verify-referrer': { of: 'referral', may: { coordinator: 'here' } },
  '/referrals/:referral/not-verified': { of: 'referral', may: { coordinator: 'here' } },
  '/referrals/:referral/match': {
    of: 'referral',
    may: { coordinator: 'here' },
    // A match out of reach shows a name, a year of birth, a borough and whom to ask.
    mayShow: { name: 'all' },
  },
  '/referrals/:referral/triage': { of: 'referral', may: { coordinator: 'here' } },
  '/referrals/:referral/decide': { of: 'referral', may: { coordinator: 'here' } },
  '/referrals/:referral/amend-decision': { of: 'referral', may: { coordinator: 'here' } },
  '/referrals/:referral/reverse-decision': { of: 'referral', may: { coordinator: 'here' } },
  '/referrals/:referral/promote': { of: 'referral', may: { coordinator: 'here' } },
  '/referrals/:referral/allocate': { of: 'referral', may: { coordinator: 'here' } },

  // What is asked of somebody.
  '/referrals/:referral/ask': { of: 'referral', may: { coordinator: 'here' } },
  '/people/:person/ask': {
    of: 'person',
    may: { coordinator: 'here', caseworker: 'mine', 'provider-manager': 'ours lately' },
  },
  '/referrals/:referral/requests': {
    of: 'referral',
    may: { coordinator: 'here', analyst: 'all', 'operations-manager': 'all' },
    shows: ['request', 'reply'],
  },
  '/people/:person/requests': { of: 'person', may: aboutYoungPeople(), shows: ['request', 'reply'] },
  '/requests/:request': {
    of: 'request',
    may: {
      coordinator: 'here',
      caseworker: 'asked by theirs',
      'provider-manager': 'asked by theirs',
      'operations-manager': 'all',
    },
    shows: ['request', 'reply', 'finding', 'consultation'],
  },
  '/requests/:request/withdraw': { of: 'request', may: changesWhatWasAsked() },
  '/requests/:request/due-date': { of: 'request', may: changesWhatWasAsked() },
  '/checks': { may: { analyst: 200 }, shows: ['name'] },
  '/checks/:request': {
    of: 'request',
    may: { analyst: 'asked of them' },
    shows: ['request', 'finding'],
  },
  '/checks/:request/findings/new': { of: 'request', may: { analyst: 'asked of them' } },
  '/consultations': { may: { 'gender-consultant': 200 }, shows: ['name'] },
  '/consultations/:request': {
    of: 'request',
    may: { 'gender-consultant': 'asked of them' },
    shows: ['request', 'consultation', 'answers', 'reply'],
  },
  '/consultations/:request/notes/new': { of: 'request', may: { 'gender-consultant': 'asked of them' } },
  '/borough/requests': { may: { spoc: 200 }, shows: ['name'] },
  '/borough/requests/:request': { of: 'request', may: { spoc: 'asked of them' }, shows: ['request'] },
  '/refer/sent/:referral/questions/:request': {
    of: 'question',
    may: { referrer: 'asked of them' },
    shows: ['request'],
  },

  // Imports.
  '/imports': { may: { 'operations-manager': 200 } },
  '/imports/new': { may: { 'operations-manager': 200 } },
  '/imports/:import': {
    of: 'import',
    may: { 'operations-manager': 'all and past' },
    shows: ['importfault'],
    acts: true,
  },
  '/imports/:import/confirm': { of: 'import to confirm', may: { 'operations-manager': 'all' } },
  '/imports/:import/faults': {
    of: 'import to confirm',
    may: { 'operations-manager': 'all' },
    shows: ['importfault'],
  },

  // Reports.
  '/reports': { may: staffGet(200), shows: ['publication'] },
  '/reports/new': {
    may: { analyst: 200, 'operations-manager': 200 },
    form: { kind: 'strategic-assessment', compare: 'other' },
  },
  '/reports/targets': { may: { analyst: 200, 'operations-manager': 200 } },
  '/reports/targets/:measure': {
    of: 'measure',
    may: { 'operations-manager': 'all' },
    form: { value: '5' },
  },
  '/reports/:report': { of: 'report', may: writesReports(), shows: ['report'], acts: true },
  '/reports/:report/details': {
    of: 'report',
    may: writesReports(),
    form: { version: '1' },
    shows: ['report'],
  },
  '/reports/:report/texts/:section': {
    of: 'text of a report',
    may: writesReports(),
    form: { version: '1' },
    shows: ['report'],
  },
  '/reports/:report/preview/:edition': {
    of: 'edition of a report',
    may: writesReports(),
    shows: ['report'],
  },
  '/reports/:report/sign-off': { of: 'report', may: writesReports() },
  '/publications/:publication': {
    of: 'publication',
    may: staffRead('published editions'),
    shows: ['publication'],
  },
  '/publications/:publication/download/:format': {
    of: 'download of a publication',
    may: staffRead('published editions'),
  },

  '/measures': { may: staffGet(200) },
  '/measures/:measure': { of: 'measure', may: staffRead('all') },

  // Accounts, partners and roles.
  '/accounts': { may: { administrator: 200 }, shows: ['account'] },
  '/accounts/new': { may: { administrator: 200 } },
  '/accounts/:account': { of: 'account', may: { administrator: 'staff' }, shows: ['account'] },
  '/accounts/:account/close': { of: 'account', may: { administrator: 'staff' } },
  '/accounts/:account/open-again': { of: 'account', may: { administrator: 'staff' } },
  '/accounts/:account/unlock': { of: 'account', may: { administrator: 'staff' } },
  '/accounts/:account/reset': { of: 'account', may: { administrator: 'staff' } },
  '/accounts/:account/sign-out': { of: 'account', may: { administrator: 'staff' } },
  '/accounts/:account/roles/new': { of: 'account', may: { administrator: 'staff' } },
  '/accounts/:account/roles/new/:role': { of: 'role for an account', may: { administrator: 'staff' } },
  '/accounts/:account/roles/:role/end': { of: 'role of an account', may: { administrator: 'staff' } },
  '/partners': { may: { administrator: 200 } },
  '/partners/new': { may: { administrator: 200 } },
  '/partners/:organisation': { of: 'organisation', may: { administrator: 'all' } },
  '/partners/:organisation/areas': { of: 'council', may: { administrator: 'all' } },
  '/partners/:organisation/approvers/new': {
    of: 'organisation',
    may: { ...staffRead('none'), administrator: 'that nobody speaks for', 'provider-manager': 'own' },
  },
  '/partners/:organisation/approvers/:approver/end': {
    of: 'approver',
    may: { ...staffRead('none'), administrator: 'all', 'provider-manager': 'all' },
  },
  '/approvals': { may: staffGet(200) },
  // For who speaks for the service: nobody here.
  '/approvals/approvers/:request': {
    of: 'approver request',
    may: staffRead('none'),
    triedIn: 'test/accounts/roles.test.ts',
  },
  '/approvals/:role': { of: 'role', may: { ...staffRead('none'), 'provider-manager': 'in their provider' } },

  // Those who watch over the records, and over the service.
  '/access-log': { may: { 'data-protection-lead': 200 } },
  '/rights-requests': { may: { 'operations-manager': 200, 'data-protection-lead': 200 } },
  '/rights-requests/new': { may: { 'data-protection-lead': 200 } },
  '/rights-requests/:request': {
    of: 'rights request',
    may: { 'operations-manager': 'all', 'data-protection-lead': 'all' },
    shows: ['rightsrequest', 'processingrestriction'],
  },
  '/rights-requests/:request/progress': {
    of: 'rights request',
    may: { 'data-protection-lead': 'all' },
    form: { version: '0' },
    shows: ['rightsrequest'],
  },
  '/rights-requests/:request/answer': { of: 'rights request', may: { 'data-protection-lead': 'all' } },
  '/rights-requests/:request/processing': {
    of: 'rights request',
    may: { 'data-protection-lead': 'all' },
    acts: true,
    shows: ['processingrestriction'],
  },
  '/rights-requests/:request/export': {
    of: 'rights request',
    may: { 'data-protection-lead': 'all' },
    shows: ['redactionmark'],
  },
  '/rights-requests/:request/export/unread': { of: 'rights request', may: { 'data-protection-lead': 'all' } },
  '/rights-requests/:request/export/not-redacted': {
    of: 'rights request',
    may: { 'data-protection-lead': 'all' },
  },
  '/rights-requests/:request/export/mark': { of: 'rights request', may: { 'data-protection-lead': 'all' } },
  '/rights-requests/:request/export/marks/:mark/end': {
    of: 'redaction mark',
    may: { 'data-protection-lead': 'all' },
    acts: true,
  },
  // What is held, of every kind: for the one who answers a request for it.
  '/rights-requests/:request/export/copy': {
    of: 'rights request',
    may: { 'data-protection-lead': 'all' },
    shows: ['name', 'record', 'note'],
    get mayShow() {
      return everyKind();
    },
  },
  '/rights-requests/:request/export/whole': {
    of: 'rights request',
    may: { 'data-protection-lead': 'all' },
    shows: ['name', 'record', 'note', 'concerntold'],
    get mayShow() {
      return everyKind();
    },
  },
  '/breaches': { may: { 'operations-manager': 200, 'data-protection-lead': 200 }, shows: ['breach'] },
  '/breaches/new': { may: { 'data-protection-lead': 200 } },
  '/breaches/:breach': {
    of: 'breach',
    may: { 'data-protection-lead': 'all' },
    form: { version: '0' },
    shows: ['breach'],
  },
  '/unusual-access': { may: { 'data-protection-lead': 200 } },
  '/unusual-access/:account/:day': {
    of: 'account on a day',
    may: { 'data-protection-lead': 'all' },
    shows: ['accessfinding'],
  },
  '/access-reviews': { may: { 'data-protection-lead': 200 } },
  '/disposal': { may: { 'operations-manager': 200, 'data-protection-lead': 200 } },
  '/disposal/propose': { may: { 'operations-manager': 200, 'data-protection-lead': 200 } },
  '/disposal/requests/:request': {
    of: 'disposal request',
    may: { 'operations-manager': 'all', 'data-protection-lead': 'all' },
    shows: ['disposal'],
  },
  '/disposal/holds/new': { may: { 'operations-manager': 200, 'data-protection-lead': 200 } },
  '/disposal/holds/:hold/lift': {
    of: 'legal hold',
    may: { 'operations-manager': 'all', 'data-protection-lead': 'all' },
    acts: true,
  },
  '/messages/undelivered': { may: { 'operations-manager': 200, administrator: 200 } },
  // On a developer's machine alone.
  '/outbox': { may: everybodyGets(200) },
};

/** The addresses of what is in the world, and whose each is. */
export const addresses = {
  person: (world) => ofCases(world, ({ personId }) => (personId === null ? null : { person: personId })),
  referral: (world) => ofCases(world, ({ referralId }) => ({ referral: referralId })),
  draft: ({ draftIds }) =>
    Object.entries(draftIds).map(([member, draft]) => ({ whose: member as Member, params: { draft } })),
  account: (world) => ofMembers((member) => ({ account: world.cast[member].accountId })),
  'role for an account': (world) =>
    ofMembers((member) => ({ account: world.cast[member].accountId, role: 'spoc' })),
  'role of an account': (world) =>
    ofMembers((member) => ({ account: world.cast[member].accountId, role: world.cast[member].grantId })),
  role: (world) => ofMembers((member) => ({ role: world.cast[member].grantId })),
  // Each is its approver's, or one of its workers' where nobody speaks for it.
  organisation: ({ organisations: { near, far } }) => [
    { whose: 'provider-manager', params: { organisation: near.organisationId } },
    { whose: 'outsider', params: { organisation: far.organisationId } },
  ],
  council: ({ councilId }) => [{ whose: 'all', params: { organisation: councilId } }],
  area: () => [{ whose: 'all', params: { area: 'E09000001' } }],
  patch: () => [{ whose: 'all', params: { patch: 'south' } }],
  threshold: () => [{ whose: 'all', params: { threshold: 'review' } }],
  'threshold to come': () => [{ whose: 'all', params: { threshold: 'review', from: '2099-01-01' } }],
  'edition of places': () => [{ whose: 'all', params: { kind: 'wards', edition: '2019' } }],
  'list of reasons': () => [{ whose: 'all', params: { list: 'decision' } }],
  reason: () => [{ whose: 'all', params: { list: 'decision', reason: 'other' } }],
  message: () => [{ whose: 'all', params: { template: 'invitation' } }],
  measure: () => [{ whose: 'all', params: { measure: 'referrals.total' } }],
  contact: (world) => ofRows(world, 'service.contact', 'contact'),
  'check-in': (world) => ofRows(world, 'service.check_in', 'checkIn'),
  // Whoever is covered, of each provider.
  cover: ({ covers }) =>
    covers.map(({ whose, coverId, accountId }) => ({
      whose,
      params: { account: accountId, cover: coverId },
    })),
  'cover of a borough': (world) => ofRows(world, 'identity.borough_cover', 'cover'),
  team: ({ organisations: { near, far } }) => [
    { whose: 'provider-manager', params: { team: near.teamId } },
    { whose: 'outsider', params: { team: far.teamId } },
  ],
  note: (world) => ofCases(world, ({ noteId }) => (noteId === null ? null : { note: noteId })),
  concern: (world) => ofRowsAboutPeople(world, 'service.concern', 'concern'),
  'told of a concern': (world) =>
    ofRowsAboutPeople(world, 'service.concern_told', 'told').map(({ whose, params }) => ({
      whose,
      params: {
        ...params,
        concern: String(world.rows.get('service.concern')?.find((row) => row.whose === whose)?.key.id),
      },
    })),
  'risk assessment': (world) => ofRowsAboutPeople(world, 'service.risk_assessment', 'assessment'),
  allegation: (world) => ofRows(world, 'service.allegation', 'allegation'),
  'recipient of allegations': (world) => ofRows(world, 'service.allegation_recipient', 'recipient'),
  goal: (world) => ofRowsAboutPeople(world, 'service.goal', 'goal'),
  education: (world) => ofRowsAboutPeople(world, 'service.ete_period', 'period'),
  'onward referral': (world) => ofRowsAboutPeople(world, 'service.onward_referral', 'referral'),
  'member of a network': (world) => ofRowsAboutPeople(world, 'service.network_member', 'member'),
  'sharing decision': (world) => ofRowsAboutPeople(world, 'service.sharing_decision', 'decision'),
  'goal step': (world) =>
    ofRowsAboutPeople(world, 'service.goal_step', 'step').map(({ whose, params }) => ({
      whose,
      params: { ...params, goal: goalOf(world, whose) },
    })),
  allocation: (world) =>
    ofCases(world, ({ allocationId }) => (allocationId === null ? null : { allocation: allocationId })),
  'disposal request': (world) =>
    ofCases(world, ({ requestId }) => (requestId === null ? null : { request: requestId })),
  'legal hold': (world) => ofCases(world, ({ holdId }) => (holdId === null ? null : { hold: holdId })),
  worker: (world) => ofMembers((member) => ({ worker: world.cast[member].accountId })),
  'rights request': (world) => ofRows(world, 'service.rights_request', 'request'),
  'redaction mark': (world) =>
    ofRows(world, 'service.redaction_mark', 'mark').map(({ whose, params }) => ({
      whose,
      params: {
        ...params,
        request: String(world.rows.get('service.rights_request')?.find((row) => row.whose === whose)?.key.id),
      },
    })),
  breach: (world) => ofRows(world, 'service.data_breach', 'breach'),
  'account on a day': (world) =>
    ofMembers((member) => ({ account: world.cast[member].accountId, day: '2026-03-02' })),
  'record opening': (world) => ofRows(world, 'service.record_opening', 'opening'),
  'file of a person': (world) => filesIn(world, ({ personId }) => ({ person: personId ?? '' }), isSupported),
  'file of a referral': (world) =>
    filesIn(
      world,
      ({ referralId }) => ({ referral: referralId }),
      (whose) => !isSupported(whose),
    ),
  'file of a draft': (world) =>
    (world.rows.get('service.attachment') ?? []).flatMap(({ key, whose }) =>
      whose in world.draftIds
        ? [
            {
              whose,
              params: { draft: world.draftIds[whose as keyof World['draftIds']], file: String(key.id) },
            },
          ]
        : [],
    ),
  request: (world) =>
    (world.rows.get('service.request') ?? []).map(({ key, whose }) => ({
      whose,
      params: { request: String(key.id) },
    })),
  question: (world) =>
    (world.rows.get('service.request') ?? []).map(({ key, whose }) => ({
      whose,
      params: { referral: world.cases[whose as Case].referralId, request: String(key.id) },
    })),
  // One that was brought and waits, one that is being checked, and one of the command line.
  import: (world) => [
    ...ofRows(world, 'service.import_upload', 'import'),
    ...ofRows(world, 'service.import', 'import'),
  ],
  'import to confirm': (world) =>
    ofRows(world, 'service.import_upload', 'import').filter(({ whose }) => whose === 'all'),
  report: (world) => ofRows(world, 'service.report', 'report'),
  'text of a report': (world) =>
    ofRows(world, 'service.report', 'report').map(({ whose, params }) => ({
      whose,
      params: { ...params, section: 'introduction' },
    })),
  'edition of a report': (world) =>
    ofRows(world, 'service.report', 'report')
      .filter(({ whose }) => whose === 'all')
      .map(({ whose, params }) => ({ whose, params: { ...params, edition: 'internal' } })),
  publication: (world) => ofRows(world, 'service.report_publication', 'publication'),
  'download of a publication': (world) =>
    ofRows(world, 'service.report_publication', 'publication').map(({ whose, params }) => ({
      whose,
      params: { ...params, format: 'csv' },
    })),
  'approver request': (world) => ofRows(world, 'identity.approver_request', 'request'),
  approver: (world) => [
    {
      whose: 'all' as const,
      params: {
        organisation: world.organisations.near.organisationId,
        approver: world.cast['provider-manager'].accountId,
      },
    },
  ],
} as const satisfies Record<string, (world: World) => Address[]>;

/** Whose file is on a record: those of the others are of their referrals. */
const isSupported = (whose: Case) => !/unallocated|waiting/.test(whose);

function filesIn(
  world: World,
  where: (ids: World['cases'][Case]) => Record<string, string>,
  belongs: (whose: Case) => boolean,
): Address[] {
  return (world.rows.get('service.attachment') ?? []).flatMap(({ key, whose }) => {
    const ids = world.cases[whose as Case];
    return ids && belongs(whose as Case) ? [{ whose, params: { ...where(ids), file: String(key.id) } }] : [];
  });
}

export interface Address {
  whose: KnownRow['whose'];
  params: Readonly<Record<string, string>>;
}

/**
 * Whose canaries of each kind a page may show to each role. What is not here is shown to nobody; it is looked for in every
 * answer, and in refusals above all.
 */
export const mayRead: Readonly<Record<string, Partial<Record<Visitor, string>>>> = {
  name: { ...aboutYoungPeople(), 'gender-consultant': 'consulted about' },
  record: { ...aboutYoungPeople(), 'gender-consultant': 'consulted about' },
  agency: { ...aboutYoungPeople(), 'gender-consultant': 'consulted about' },
  answers: { ...aboutYoungPeople(), 'gender-consultant': 'consulted about' },
  action: { ...aboutYoungPeople(), 'gender-consultant': 'consulted about' },
  addition: { ...aboutYoungPeople(), 'gender-consultant': 'consulted about' },
  attachment: {
    referrer: 'own',
    coordinator: 'here',
    analyst: 'without support',
    caseworker: 'mine',
    'provider-manager': 'ours',
    'operations-manager': 'every case',
  },
  allocation: aboutYoungPeople(),
  note: readsNotes(),
  contact: readsNotes(),
  concern: safeguards(),
  concerntold: safeguards(),
  concerndevelopment: safeguards(),
  riskassessment: readsNotes(),
  allegation: { analyst: 'received', 'provider-manager': 'received' },
  checkin: { caseworker: 'own', 'provider-manager': 'in their provider', 'operations-manager': 'all' },
  chronologyevent: readsNotes(),
  casesummary: { ...readsNotes(), coordinator: 'here' },
  notesignoff: readsNotes(),
  closing: readsNotes(),
  followup: readsNotes(),
  restriction: { caseworker: 'mine' },
  rightsrequest: { 'operations-manager': 'all', 'data-protection-lead': 'all' },
  processingrestriction: {
    ...aboutYoungPeople(),
    'gender-consultant': 'consulted about',
    'data-protection-lead': 'all',
  },
  redactionmark: { 'data-protection-lead': 'all' },
  breach: { 'operations-manager': 'all', 'data-protection-lead': 'all' },
  accessfinding: { 'data-protection-lead': 'all' },
  recordopening: { caseworker: 'opened by them', 'data-protection-lead': 'all' },
  safetyplan: readsNotes(),
  triggerprofile: readsNotes(),
  assessedneed: readsNotes(),
  goal: readsNotes(),
  goalstep: readsNotes(),
  onwardreferral: readsNotes(),
  eteperiod: readsNotes(),
  networkmember: readsNotes(),
  safecontact: readsNotes(),
  transitionplan: readsNotes(),
  boroughchange: { ...aboutYoungPeople(), 'gender-consultant': 'consulted about' },
  death: { ...aboutYoungPeople(), 'gender-consultant': 'consulted about' },
  sharingdecision: readsNotes(),
  waiting: { coordinator: 'here', 'operations-manager': 'all' },
  acknowledgement: { spoc: 'here', coordinator: 'here', analyst: 'all', 'operations-manager': 'all' },
  verification: {
    spoc: 'referring here',
    coordinator: 'referring here',
    analyst: 'all',
    'operations-manager': 'all',
  },
  request: {
    referrer: 'asked of them',
    spoc: 'asked of them',
    coordinator: 'here',
    analyst: 'asked of them',
    caseworker: 'asked by theirs',
    'provider-manager': 'asked by theirs',
    'gender-consultant': 'asked of them',
    'operations-manager': 'all',
  },
  // A referrer is not shown again what they answered.
  reply: {
    spoc: 'asked of them',
    coordinator: 'here',
    analyst: 'asked of them',
    caseworker: 'asked by theirs',
    'provider-manager': 'asked by theirs',
    'gender-consultant': 'asked of them',
    'operations-manager': 'all',
  },
  finding: { analyst: 'all', 'operations-manager': 'all' },
  consultation: { 'gender-consultant': 'consulted about', 'operations-manager': 'all' },
  draft: { referrer: 'own' },
  account: {
    referrer: 'own',
    spoc: 'staff and those referring here',
    coordinator: 'staff and those referring here',
    // Who sends intelligence is part of what it is worth.
    analyst: 'all',
    caseworker: 'staff',
    'provider-manager': 'staff',
    'gender-consultant': 'staff',
    'operations-manager': 'all',
    'data-protection-lead': 'all',
    administrator: 'all',
  },
  device: { ...signedInRead('own'), administrator: 'all', 'data-protection-lead': 'all' },
  'message-failed': { 'operations-manager': 'all', administrator: 'all' },
  search: { 'data-protection-lead': 'all' },
  detail: { 'data-protection-lead': 'all' },
  importfault: { 'operations-manager': 'all' },
  report: { analyst: 'all and past', 'operations-manager': 'all and past' },
  publication: staffRead('published editions'),
  disposal: { 'operations-manager': 'all', 'data-protection-lead': 'all' },
  hold: { 'operations-manager': 'all', 'data-protection-lead': 'all' },
};

/** Canaries of every kind, whosever they are. */
function everyKind(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(mayRead).map((kind) => [kind, 'all']));
}

/** Coordinators what coordinators asked, providers what theirs asked: an end of it too, which the page says is too late. */
function changesWhatWasAsked(): Partial<Record<Visitor, string>> {
  return {
    coordinator: 'asked by theirs',
    caseworker: 'asked by theirs',
    'provider-manager': 'asked by theirs',
  };
}
function aboutYoungPeople(): Partial<Record<Visitor, string>> {
  return {
    spoc: 'here',
    coordinator: 'here',
    analyst: 'all',
    caseworker: 'mine',
    'provider-manager': 'ours',
    'operations-manager': 'all',
  };
}
function safeguards(): Partial<Record<Visitor, string>> {
  return { ...readsNotes(), coordinator: 'here' };
}
function readsNotes(): Partial<Record<Visitor, string>> {
  return { caseworker: 'mine', 'provider-manager': 'ours', 'operations-manager': 'all' };
}
function printsPlans(): Partial<Record<Visitor, string>> {
  return { caseworker: 'mine', 'provider-manager': 'ours' };
}
/** What stands as it is now is not for a provider to write that works with them no longer. */
function writesCasework(): Partial<Record<Visitor, string>> {
  return { caseworker: 'mine', 'provider-manager': 'ours lately' };
}
/** Both whose work it is to count, of every report. */
function writesReports(): Partial<Record<Visitor, string>> {
  return { analyst: 'all and past', 'operations-manager': 'all and past' };
}
function staffRead(group: string): Partial<Record<Visitor, string>> {
  const { referrer: _, ...staff } = signedInRead(group);
  return staff;
}
function signedInRead(group: string): Record<SignedIn, string> {
  return Object.fromEntries(signedIn.map((role) => [role, group])) as Record<SignedIn, string>;
}
function signedInGet(status: number): Record<SignedIn, number> {
  return Object.fromEntries(signedIn.map((role) => [role, status])) as Record<SignedIn, number>;
}
function staffGet(status: number): Partial<Record<Visitor, number>> {
  const { referrer: _, ...staff } = signedInGet(status);
  return staff;
}
function everybodyGets(status: number): Record<Visitor, number> {
  return { ...signedInGet(status), nobody: status };
}

/** Every row of a table, by its id. */
function ofRows(world: World, table: string, name: string): Address[] {
  return (world.rows.get(table) ?? []).map(({ key, whose }) => ({
    whose,
    params: { [name]: String(key.id) },
  }));
}

function ofCases(
  world: World,
  paramsOf: (ids: World['cases'][Case]) => Readonly<Record<string, string>> | null,
): Address[] {
  return (Object.keys(world.cases) as Case[]).flatMap((whose) => {
    const params = paramsOf(world.cases[whose]);
    return params === null ? [] : [{ whose, params }];
  });
}

/** Casework of one table, at an address that names the young person and the row. */
function ofRowsAboutPeople(world: World, table: string, name: string): Address[] {
  return (world.rows.get(table) ?? []).flatMap(({ key, whose }) => {
    const personId = whose in world.cases ? world.cases[whose as Case].personId : null;
    return personId === null ? [] : [{ whose, params: { person: personId, [name]: String(key.id) } }];
  });
}

function goalOf(world: World, whose: KnownRow['whose']): string {
  return String(world.rows.get('service.goal')?.find((row) => row.whose === whose)?.key.id);
}

function ofMembers(paramsOf: (member: Member) => Readonly<Record<string, string>>): Address[] {
  return members.map((whose) => ({ whose, params: paramsOf(whose) }));
}

/** What somebody who tries addresses puts into one. */
export function forgedParams(world: World): readonly string[] {
  return [
    randomUUID(),
    // Of a kind that no page is about.
    String(world.rows.get('service.waiting_entry')?.[0]?.key.id),
    '00000000-0000-0000-0000-000000000000',
    'x',
    '%00',
    '%E2%80%AE',
    "1'%20or%20'1'='1",
    '..%2F..%2Fetc%2Fpasswd',
    'a'.repeat(99),
  ];
}
