/** Whom a row of casework is about, and who recorded it. */
export interface About {
  personId: string;
  episodeId: string;
  referralId: string;
  organisationId: string;
  area: string;
  /** The note about them that there is. */
  noteId: string;
  /** The caseworker who works with them. */
  workerId: string;
  /** A word of its own for this kind of content and this young person. */
  canary: string;
}

type Values = Readonly<Record<string, unknown>>;

/** A canary as one word, so that no kind of canary begins another. */
const wordOf = (canary: string) => canary.replaceAll('_', '');

/** The id of what has parts of its own: known beforehand, so that its parts can name it. */
const partOf = (personId: string) => `0a1b2c3d${personId.slice(8)}`;

/**
 * What a row of each table of casework holds (homeward.casework_policies), and what is changed in it so that it has a
 * history. A new one needs a line here, and in table-matrix.ts:
 *
 *   'service.contact': {
 *     row: ({ personId, organisationId, canary }) => ({ person_id: personId, organisation_id: organisationId, note: canary }),
 *     change: ({ canary }) => ({ note: `${canary}now` }),
 *   },
 */
export const caseworkRows: Readonly<
  Record<`service.${string}`, { row: (about: About) => Values; change: (about: About) => Values }>
> = {
  'service.chronology_event': {
    row: ({ personId, organisationId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      happened_on: '2026-03-02',
      what: wordOf(canary),
      source: 'x',
    }),
    change: ({ canary }) => ({ what: `${wordOf(canary)}now` }),
  },
  'service.case_summary': {
    row: ({ personId, organisationId, area, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      area,
      stands: wordOf(canary),
      refresh_by: '2026-03-02',
    }),
    change: ({ canary }) => ({ stands: `${wordOf(canary)}now` }),
  },
  'service.note_sign_off': {
    row: ({ personId, organisationId, workerId, noteId, canary }) => ({
      note_id: noteId,
      note_version: 1,
      person_id: personId,
      organisation_id: organisationId,
      signed_by: workerId,
      comment: wordOf(canary),
    }),
    change: ({ canary }) => ({ comment: `${wordOf(canary)}now` }),
  },
  'service.network_member': {
    row: ({ personId, organisationId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      kind: 'family',
      name: wordOf(canary),
      relationship: 'aunt',
      parental_responsibility: 'no',
      lives_with: 'no',
      may_contact: 'never',
      contact_why: wordOf(canary),
    }),
    change: ({ canary }) => ({ name: `${wordOf(canary)}now` }),
  },
  'service.safe_contact': {
    row: ({ personId, organisationId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      phone: wordOf(canary),
      post: 'no',
      checked_on: '2026-03-02',
    }),
    change: ({ canary }) => ({ phone: `${wordOf(canary)}now` }),
  },
  'service.transition_plan': {
    row: ({ personId, organisationId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      adult_services: wordOf(canary),
      reviewed_on: '2026-03-02',
      review_due_on: '2026-05-25',
    }),
    change: ({ canary }) => ({ adult_services: `${wordOf(canary)}now` }),
  },
  'service.borough_change': {
    row: ({ personId, canary }) => ({
      person_id: personId,
      from_area: 'E09000001',
      to_area: 'E09000002',
      moved_on: '2026-03-02',
      why: wordOf(canary),
      agreed_by: 'x',
    }),
    change: ({ canary }) => ({ why: `${wordOf(canary)}now` }),
  },
  'service.death': {
    row: ({ personId, canary }) => ({
      person_id: personId,
      died_on: '2026-03-02',
      source: wordOf(canary),
      told: 'x',
      // In error: one that stands would silence every message about them.
      in_error_at: '2026-03-03',
      why_in_error: 'x',
    }),
    change: ({ canary }) => ({ source: `${wordOf(canary)}now` }),
  },
  'service.closing': {
    row: ({ personId, organisationId, episodeId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      episode_id: episodeId,
      summary: wordOf(canary),
    }),
    change: ({ canary }) => ({ summary: `${wordOf(canary)}now` }),
  },
  'service.follow_up': {
    row: ({ personId, organisationId, episodeId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      episode_id: episodeId,
      months: 3,
      due_on: '2020-01-01',
      done_on: '2020-01-02',
      reached: 'reached',
      what: wordOf(canary),
    }),
    change: ({ canary }) => ({ what: `${wordOf(canary)}now` }),
  },
  'service.rights_request': {
    row: ({ personId, canary }) => ({
      id: partOf(personId),
      person_id: personId,
      kind: 'access',
      received_on: '2026-03-02',
      asked_by: 'themselves',
      from_whom: wordOf(canary),
      what: wordOf(canary),
      identity_checked_on: '2026-03-03',
      identity_how: wordOf(canary),
      due_on: '2026-04-03',
      extended_because: '',
    }),
    change: ({ canary }) => ({ from_whom: `${wordOf(canary)}now` }),
  },
  'service.processing_restriction': {
    row: ({ personId, canary }) => ({
      person_id: personId,
      rights_request_id: partOf(personId),
      since: '2026-03-02',
      why: wordOf(canary),
    }),
    change: ({ canary }) => ({ why: `${wordOf(canary)}now` }),
  },
  'service.redaction_mark': {
    row: ({ personId, canary }) => ({
      rights_request_id: partOf(personId),
      person_id: personId,
      passage: wordOf(canary),
      decision: 'redact',
      reason: 'third-party',
    }),
    change: ({ canary }) => ({ passage: `${wordOf(canary)}now` }),
  },
  'service.restriction': {
    row: ({ personId, workerId, canary }) => ({
      id: partOf(personId),
      person_id: personId,
      why: canary,
      placed_by: workerId,
      // Lifted: one that stands would take the record from everybody whom it does not name (restricted.test.ts).
      lifted_at: '2026-01-01',
      lifted_by: workerId,
    }),
    change: ({ canary }) => ({ why_lifted: canary }),
  },
  'service.restriction_reader': {
    row: ({ personId, workerId }) => ({
      restriction_id: partOf(personId),
      person_id: personId,
      account_id: workerId,
    }),
    change: () => ({ since: '2026-01-01' }),
  },
  'service.record_opening': {
    row: ({ personId, workerId, canary }) => ({
      person_id: personId,
      account_id: workerId,
      role: 'caseworker',
      ground: 'other',
      reason: wordOf(canary),
      until: '2026-01-01',
    }),
    change: ({ canary }) => ({ review_note: wordOf(canary) }),
  },
  'service.concern': {
    row: ({ personId, organisationId, area, workerId, canary }) => ({
      id: partOf(personId),
      person_id: personId,
      organisation_id: organisationId,
      area,
      what: canary,
      words: canary,
      happened_at: '2026-03-02T10:00:00Z',
      danger: true,
      danger_done: canary,
      raised_by: workerId,
    }),
    change: ({ canary }) => ({ decided_by: canary }),
  },
  'service.concern_told': {
    row: ({ personId, organisationId, area, workerId, canary }) => ({
      concern_id: partOf(personId),
      person_id: personId,
      organisation_id: organisationId,
      area,
      agency: 'social-care',
      state: 'told',
      name: wordOf(canary),
      told_at: '2026-03-02T10:00:00Z',
      due_on: '2026-03-03',
      told_by: workerId,
    }),
    change: ({ canary }) => ({ reference: wordOf(canary) }),
  },
  'service.concern_development': {
    row: ({ personId, organisationId, area, workerId, canary }) => ({
      concern_id: partOf(personId),
      person_id: personId,
      organisation_id: organisationId,
      area,
      text: wordOf(canary),
      written_by: workerId,
    }),
    change: ({ canary }) => ({ text: `${wordOf(canary)}now` }),
  },
  'service.risk_assessment': {
    row: ({ personId, organisationId, episodeId, workerId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      episode_id: episodeId,
      level: 'high',
      reasons: wordOf(canary),
      review_on: '2026-03-30',
      assessed_by: workerId,
    }),
    change: ({ canary }) => ({ reasons: `${wordOf(canary)}now` }),
  },
  'service.safety_plan': {
    row: ({ personId, organisationId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      home: wordOf(canary),
      occasion: 'made',
      reviewed_on: '2026-03-02',
      review_due_on: '2026-05-25',
    }),
    change: ({ canary }) => ({ home: `${wordOf(canary)}now` }),
  },
  'service.trigger_profile': {
    row: ({ personId, organisationId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      description: wordOf(canary),
      reviewed_on: '2026-03-02',
      review_due_on: '2026-05-25',
    }),
    change: ({ canary }) => ({ description: `${wordOf(canary)}now` }),
  },
  'service.needs_assessment': {
    row: ({ personId, organisationId, episodeId }) => ({
      id: partOf(personId),
      person_id: personId,
      organisation_id: organisationId,
      episode_id: episodeId,
      stage: 'start',
      assessed_on: '2026-03-02',
      review_due_on: '2026-05-25',
    }),
    change: () => ({ assessed_on: '2026-03-03' }),
  },
  'service.assessed_need': {
    row: ({ personId, organisationId, canary }) => ({
      assessment_id: partOf(personId),
      person_id: personId,
      organisation_id: organisationId,
      domain: 'safety',
      level: 'some',
      words: wordOf(canary),
    }),
    change: ({ canary }) => ({ words: `${wordOf(canary)}now` }),
  },
  'service.goal': {
    row: ({ personId, organisationId, episodeId, canary }) => ({
      id: partOf(personId),
      person_id: personId,
      organisation_id: organisationId,
      episode_id: episodeId,
      words: wordOf(canary),
      status: 'going',
      set_on: '2026-03-02',
      review_due_on: '2026-05-25',
    }),
    change: ({ canary }) => ({ words: `${wordOf(canary)}now` }),
  },
  'service.goal_step': {
    row: ({ personId, organisationId, canary }) => ({
      goal_id: partOf(personId),
      person_id: personId,
      organisation_id: organisationId,
      what: wordOf(canary),
      owner: 'worker',
      due_on: '2026-05-25',
      status: 'going',
    }),
    change: ({ canary }) => ({ what: `${wordOf(canary)}now` }),
  },
  'service.onward_referral': {
    row: ({ personId, organisationId, episodeId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      episode_id: episodeId,
      service: 'housing',
      made_on: '2026-03-02',
      engaged: 'unknown',
      note: wordOf(canary),
    }),
    change: ({ canary }) => ({ note: `${wordOf(canary)}now` }),
  },
  'service.ete_period': {
    row: ({ personId, organisationId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      from_on: '2026-03-02',
      status: 'not-in-education',
      note: wordOf(canary),
    }),
    change: ({ canary }) => ({ note: `${wordOf(canary)}now` }),
  },
  'service.sharing_decision': {
    row: ({ personId, organisationId, canary }) => ({
      person_id: personId,
      organisation_id: organisationId,
      kind: 'sharing',
      what: wordOf(canary),
      with_whom: wordOf(canary),
      consent: 'given',
      asked: 'young-person',
      shared: 'yes',
      decided_by: 'Their worker',
      decided_on: '2026-03-02',
    }),
    change: ({ canary }) => ({ what: `${wordOf(canary)}now` }),
  },
  'service.contact': {
    row: ({ personId, episodeId, organisationId, workerId, canary }) => ({
      person_id: personId,
      episode_id: episodeId,
      organisation_id: organisationId,
      worker_id: workerId,
      how: 'in-person',
      with_whom: 'young-person',
      outcome: 'reached',
      happened_at: '2026-03-02T10:00:00Z',
      place: canary,
    }),
    change: ({ canary }) => ({ place: `${canary}now` }),
  },
};
