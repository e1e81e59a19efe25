import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { londonDate } from '../../src/platform/clock/london-time.ts';
import { addDays } from '../../src/platform/clock/plain-date.ts';
import type { Role } from '../../src/platform/database/transaction.ts';
import { sealDraft } from '../../src/referrals/referral-draft.ts';
import { provider, type Someone, someone, type TestService } from '../support/service.ts';
import { broughtInRows } from './brought-in-rows.ts';
import { caseworkRows } from './casework-rows.ts';
import { putImports } from './import-rows.ts';
import { putPlaces } from './place-rows.ts';
import { publicationRow } from './report-rows.ts';
import { askedInWorld, requestRow } from './request-rows.ts';

/**
 * A small service with one of everything and somebody on each side of it: two boroughs, two providers, young people who
 * stand in every relationship to the cast. Every row is known by whose it is, and every text in it is a canary: a word
 * that is nowhere else, so that wherever it is seen, it is known what was seen.
 */
export interface World {
  cast: Readonly<Record<Member, Someone>>;
  /** The rows of each table, `schema.table`, by what tells them apart. */
  rows: ReadonlyMap<string, readonly KnownRow[]>;
  /** The ids of what stands for each young person. */
  cases: Readonly<Record<Case, CaseIds>>;
  organisations: { near: Provider; far: Provider };
  councilId: string;
  /** Who is covered, in each provider. */
  covers: readonly { whose: Member; coverId: string; accountId: string }[];
  /** After everything was made and before any of it was changed. */
  beforeChanges: string;
  /** The submissions, drafts and the like that one member has, for addresses. */
  draftIds: Readonly<Record<'referrer' | 'otherReferrer' | 'farReferrer', string>>;
}

/** A row, and whose it is: a young person's, a member's of the cast, everybody's; or it is over: expired, or sent. */
export interface KnownRow {
  key: Readonly<Record<string, unknown>>;
  whose: Case | Member | 'all' | 'past';
}

export interface CaseIds {
  personId: string | null;
  personReference: string | null;
  referralId: string;
  allocationId: string | null;
  noteId: string | null;
  requestId: string | null;
  holdId: string | null;
}

interface Provider {
  organisationId: string;
  teamId: string;
  name: string;
}

export const HERE = 'E09000022';
export const THERE = 'E09000007';

/**
 * Young people, by how they stand to the cast: the caseworker is in the near provider's first team, the borough contact and
 * the coordinator answer for the borough here.
 */
export const cases = {
  open: 'Here, worked with by the caseworker’s team',
  'just-ended': 'Here; the caseworker’s team stopped 27 days ago',
  'long-ended': 'Here; the caseworker’s team stopped 29 days ago',
  'other-team': 'Here, worked with by the other team of the near provider',
  'other-provider': 'Here, worked with by the far provider',
  'elsewhere-ours': 'There, worked with by the caseworker’s team',
  elsewhere: 'There, worked with by the far provider',
  unallocated: 'Here, accepted and allocated to nobody',
  waiting: 'Here, referred and not decided: no person yet',
  'waiting-elsewhere': 'There, referred and not decided: no person yet',
} as const;
export type Case = keyof typeof cases;

const roleOf = {
  referrer: 'referrer',
  otherReferrer: 'referrer',
  farReferrer: 'referrer',
  spoc: 'spoc',
  coordinator: 'coordinator',
  analyst: 'analyst',
  caseworker: 'caseworker',
  colleague: 'caseworker',
  outsider: 'caseworker',
  'provider-manager': 'provider-manager',
  'gender-consultant': 'gender-consultant',
  'operations-manager': 'operations-manager',
  'data-protection-lead': 'data-protection-lead',
  administrator: 'administrator',
} as const satisfies Record<string, Role>;
/** Everybody who has an account. A colleague is in the other team of the near provider, an outsider in the far one. */
export type Member = keyof typeof roleOf;
export const members = Object.keys(roleOf) as Member[];

/** A word that is in one kind of content of one young person's record, or one member's, and nowhere else. */
export const canary = (kind: string, whose: string) => `CANARY-${kind}-${whose}.`;

type Values = Record<string, unknown>;

/** Builds it, as the owner of the database. */
export async function buildWorld({ owner, service }: TestService): Promise<World> {
  const rows = new Map<string, KnownRow[]>();
  const know = (table: string, key: Values, whose: KnownRow['whose']) =>
    void rows.set(table, [...(rows.get(table) ?? []), { key, whose }]);

  /** Inserts a row and knows it by its primary key. */
  async function put(table: string, values: Values, whose: KnownRow['whose']): Promise<Values> {
    const whole = { ...fillers.get(table), ...values };
    const names = Object.keys(whole);
    const { rows: made } = await owner.query<Values>(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_name, n) => `$${n + 1}`).join(', ')}) returning *`,
      Object.values(whole),
    );
    const row = made[0] ?? {};
    const key = keys.get(table) ?? ['id'];
    know(table, Object.fromEntries(key.map((name) => [name, row[name]])), whose);
    return row;
  }

  /** Changes a row of the service, and knows the one it replaced. */
  async function change(table: string, id: unknown, values: Values, whose: KnownRow['whose']): Promise<void> {
    const names = Object.keys(values);
    const { rows: changed } = await owner.query<{ version: number }>(
      `update service.${table} set ${names.map((name, n) => `${name} = $${n + 2}`).join(', ')} where id = $1 returning version`,
      [id, ...Object.values(values)],
    );
    know(`history.${table}`, { id, version: (changed[0]?.version ?? 0) - 1 }, whose);
  }

  const keys = await primaryKeys(owner);
  const fillers = await fillersOf(owner);
  // What an administrator has set up: the words of a message, and a threshold that is to come.
  await owner.query(`
    insert into reference.message_words (template, subject, text) values ('invitation', 'Come in', 'Come in.');
    insert into reference.threshold (name, in_force_from, value, unit, what, source)
    select name, '2099-01-01', value, unit, what, source from reference.threshold where name = 'review'`);
  await putPlaces(owner);
  for (const [table, key] of keys) {
    if (!/^reference\.|^disposal\.reach$|^identity\.secret_key$/.test(table)) continue;
    const { rows: listed } = await owner.query<Values>(`select ${key.join(', ')} from ${table}`);
    for (const row of listed) know(table, row, 'all');
  }
  await owner.query('insert into homeward.nature (demonstration) values (false)');

  // Partners ---------------------------------------------------------------------------------------------------
  const near = await provider(owner, 'Near provider');
  const far = await provider(owner, 'Far provider');
  const { id: serviceId } = await put(
    'identity.organisation',
    { kind: 'service', name: 'The service' },
    'all',
  );
  const { id: boroughId } = await put(
    'identity.organisation',
    { kind: 'local-authority', name: 'A borough' },
    'all',
  );
  await put('identity.council_area', { area: HERE, organisation_id: boroughId }, 'all');
  for (const { organisationId, teamId } of [near, far]) {
    know('identity.organisation', { id: organisationId }, 'all');
    know('identity.team', { id: teamId }, 'all');
  }
  const secondTeam = await put(
    'identity.team',
    { organisation_id: near.organisationId, name: 'Second team' },
    'all',
  );
  const secondTeamId = String(secondTeam.id);

  // The cast ---------------------------------------------------------------------------------------------------
  const places: Partial<Record<Member, Parameters<typeof someone>[2]>> = {
    spoc: { areas: [HERE], organisationId: String(boroughId) },
    coordinator: { areas: [HERE], organisationId: String(serviceId) },
    analyst: { organisationId: String(serviceId) },
    caseworker: near,
    colleague: { ...near, teamId: secondTeamId },
    outsider: far,
    'provider-manager': { organisationId: near.organisationId },
    'gender-consultant': { organisationId: near.organisationId },
    'operations-manager': { organisationId: String(serviceId) },
    'data-protection-lead': { organisationId: String(serviceId) },
    administrator: { organisationId: String(serviceId) },
  };
  const cast = {} as Record<Member, Someone>;
  for (const member of members) {
    const them = await someone(owner, roleOf[member], { ...places[member], name: canary('account', member) });
    cast[member] = them;
    const { accountId } = them;
    know('identity.account', { id: accountId }, member);
    know('identity.access_grant', { id: them.grantId }, member);
    for (const id of await listOf(
      owner,
      `select id from identity.session where account_id = '${accountId}'`,
    )) {
      know('identity.session', { id }, member);
      await owner.query('update identity.session set device = $2 where id = $1', [
        id,
        canary('device', member),
      ]);
    }
    await put('identity.recovery_code', { account_id: accountId, code_hash: hash(member) }, member);
    await put(
      'identity.link',
      {
        token_hash: hash(`link of ${member}`),
        purpose: member.toLowerCase().includes('referrer') ? 'referrer-sign-in' : 'reset',
        account_id: accountId,
        expires_at: '2100-01-01',
      },
      member,
    );
    await put(
      'identity.kept_form',
      {
        account_id: accountId,
        path: '/nowhere',
        fields_sealed: service.keyring.box('kept-form').seal(Buffer.from('{}'), `${accountId} /nowhere`),
      },
      member,
    );
    await put('identity.submission', { id: randomUUID(), account_id: accountId, location: '/' }, member);
    for (const state of ['sent', 'failed'] as const)
      await put(
        'messages.message',
        {
          account_id: accountId,
          template: 'something-waits',
          path: '/nowhere',
          state,
          last_error: canary(`message-${state}`, member),
          secret_sealed: hash(member),
        },
        state === 'sent' ? 'past' : member,
      );
    const entry = await put(
      'audit.entry',
      { action: 'search', outcome: 'done', actor_id: accountId, actor_role: roleOf[member], body: '{}' },
      member,
    );
    await put(
      'audit.detail',
      { entry_id: entry.id, salt: hash(member), text: canary('search', member) },
      member,
    );
    await put(
      'audit.leaf',
      { position: members.indexOf(member), entry_id: entry.id, hash: hash(member) },
      member,
    );
  }
  const asker = cast.administrator.accountId;
  await put('identity.attempt', { key: 'tried', count: 1, window_ends_at: '2100-01-01' }, 'all');
  await put('identity.attempt', { key: 'tried once', count: 1, window_ends_at: '2000-01-01' }, 'past');
  const long = { account_id: cast.farReferrer.accountId };
  await put(
    'identity.link',
    { ...long, token_hash: hash('past'), purpose: 'reset', expires_at: '2000-01-01' },
    'past',
  );
  await put('identity.kept_form', { ...long, path: '/', fields_sealed: '', saved_at: '2000-01-01' }, 'past');
  await put('identity.submission', { ...long, id: randomUUID(), at: '2000-01-01' }, 'past');
  await put('service.referral_draft', { ...long, answers_sealed: '', expires_at: '2000-01-01' }, 'past');
  await put(
    'identity.approver',
    { organisation_id: near.organisationId, account_id: cast['provider-manager'].accountId },
    'provider-manager',
  );
  await put(
    'identity.approver_request',
    { organisation_id: far.organisationId, account_id: cast.outsider.accountId, asked_by: asker },
    'all',
  );
  await put(
    'identity.grant_review',
    { grant_id: cast.caseworker.grantId, reviewed_by: cast['provider-manager'].accountId },
    'caseworker',
  );
  // Rows that stand alone: what they would belong to, and whether it could be, is no matter of who sees them.
  const alone = async (table: string, values: Values = {}, whose: KnownRow['whose'] = 'all') => {
    await owner.query('set session_replication_role = replica');
    const row = await put(table, values, whose);
    await owner.query('set session_replication_role = origin');
    return row;
  };
  await alone('audit.checkpoint');
  await alone('audit.checkpoint_delivery', { destination: 'folder' });
  await alone('audit.signing_key');
  await alone('audit.waiting', { entry_id: randomUUID() });
  await alone('identity.demonstration_account', { account_id: asker }, 'administrator');
  for (const counted of ['referral', 'support', 'onward_referral', 'rescue', 'nrm_referral'])
    await alone(`disposal.counted_${counted}`);
  await alone('disposal.counted_event', { young_person: randomUUID() });
  await alone('disposal.figure_moment');
  await alone('disposal.disposed_source', { digest: hash('a reference') });
  await alone('disposal.disposed', {
    subject_id: randomUUID(),
    subject_kind: 'person',
    request_id: randomUUID(),
  });

  /** A file, with its content. */
  async function attach(of: Values, file: Values, whose: KnownRow['whose']): Promise<unknown> {
    const { id } = await put(
      'service.attachment',
      { ...of, ...file, type: 'text', uploaded_by: cast.caseworker.accountId },
      whose,
    );
    const sealed = service.keyring.box('attachment').seal(Buffer.from(String(file.name)), String(id));
    await put('service.attachment_content', { attachment_id: id, content_sealed: sealed }, whose);
    return id;
  }

  const changes: (() => Promise<void>)[] = [];
  for (const member of ['caseworker', 'colleague', 'outsider'] as const) {
    const { id } = await put(
      'service.check_in',
      {
        worker_id: cast[member].accountId,
        organisation_id: (member === 'outsider' ? far : near).organisationId,
        going_to: canary('checkin', member),
      },
      member,
    );
    changes.push(() => change('check_in', id, { going_to: `${canary('checkin', member)}now` }, member));
  }

  const breach = await put(
    'service.data_breach',
    { what: canary('breach', 'all'), risk: 'likely', discovered_at: '2026-03-02' },
    'all',
  );
  const finding = await put(
    'service.access_finding',
    {
      account_id: cast.caseworker.accountId,
      day: '2026-03-02',
      finding: 'dismissed',
      note: canary('accessfinding', 'caseworker'),
    },
    'caseworker',
  );
  changes.push(async () => {
    await change('data_breach', breach.id, { actions: canary('breach', 'all') }, 'all');
    await change('access_finding', finding.id, { finding: 'raised' }, 'caseworker');
  });

  await put('incoming.row', { file: 'x.csv', line: 2, cells: '{}' }, 'all');
  const importId = await putImports({
    put,
    change,
    changes,
    keyring: service.keyring,
    broughtBy: cast['operations-manager'].accountId,
    word: canary('importfault', 'all'),
  });
  // What is counted and is about no young person of ours.
  for (const [table, row, changed] of [
    ['county_link', { individual_ref: 'CL-1', ordinal: 1 }, { town: 'x' }],
    ['training_session', { course: 'x' }, { course: 'y' }],
  ] as const) {
    const { id } = await put(`service.${table}`, row, 'all');
    changes.push(() => change(table, id, changed, 'all'));
  }

  // Two reports: one that is written, and one that was published for everybody and for those who count.
  const periods = { period_from: '2025-05-01', period_to: '2026-04-30' };
  for (const whose of ['all', 'past'] as const) {
    const isPublished = whose === 'past';
    const report = await put(
      'service.report',
      {
        ...periods,
        kind: 'strategic-assessment',
        title: canary('report', whose),
        as_at: '2026-05-01',
        editions: '{internal,public}',
        marking: 'OFFICIAL-SENSITIVE',
        author_id: cast.analyst.accountId,
        ...(isPublished && {
          state: 'published',
          signed_off_by: cast['operations-manager'].accountId,
          signed_off_at: '2026-05-02',
          published_at: '2026-05-03',
        }),
      },
      whose,
    );
    const reportId = String(report.id);
    if (!isPublished) {
      const words = await put(
        'service.report_text',
        { report_id: reportId, section: 'introduction', words: canary('report', whose) },
        whose,
      );
      const figures = await put(
        'service.report_figures',
        { report_id: reportId, edition: 'internal', figures: '{}' },
        whose,
      );
      const frozen = publicationRow('', { reportId, edition: 'internal', ...periods });
      changes.push(async () => {
        await change('report', reportId, { title: `${canary('report', whose)}now` }, whose);
        await change('report_text', words.id, { words: `${canary('report', whose)}now` }, whose);
        await change('report_figures', figures.id, { figures: frozen.figures }, whose);
      });
      continue;
    }
    for (const [edition, of] of [
      ['public', 'all'],
      ['internal', 'past'],
    ] as const) {
      const frozen = publicationRow(canary('publication', of), { reportId, edition, ...periods });
      const published = await put('service.report_publication', frozen, of);
      if (edition === 'public')
        await alone('history.report_publication', {
          ...published,
          current_from: '2026-05-03',
          current_to: '2026-05-03',
          replaced_how: 'update',
        });
    }
  }

  // Young people -----------------------------------------------------------------------------------------------
  const worked: Partial<Record<Case, { by: Provider; team: string; worker: Member; endedDaysAgo?: number }>> =
    {
      open: { by: near, team: near.teamId, worker: 'caseworker' },
      'just-ended': { by: near, team: near.teamId, worker: 'caseworker', endedDaysAgo: 27 },
      'long-ended': { by: near, team: near.teamId, worker: 'caseworker', endedDaysAgo: 29 },
      'other-team': { by: near, team: secondTeamId, worker: 'colleague' },
      'other-provider': { by: far, team: far.teamId, worker: 'outsider' },
      'elsewhere-ours': { by: near, team: near.teamId, worker: 'caseworker' },
      elsewhere: { by: far, team: far.teamId, worker: 'outsider' },
    };
  const made = {} as Record<Case, CaseIds>;
  for (const whose of Object.keys(cases) as Case[]) {
    const area = whose.includes('elsewhere') ? THERE : HERE;
    const isWaiting = whose.startsWith('waiting');
    const work = worked[whose];
    const about = {
      given_names: canary('name', whose),
      family_name: canary('name', whose),
      known_as: canary('record', whose),
      name_key: `canary ${whose}`,
      date_of_birth_precision: 'exact',
      date_of_birth: '2009-05-04',
      gender: 'unknown',
      ethnicity: 'NOBT',
      postcode: 'SE1 7PB',
      area,
    };
    const person = isWaiting ? null : await put('service.person', about, whose);
    const personId = person === null ? null : String(person.id);
    const isFirst = whose === 'open' || whose === 'waiting';
    const referrer = cast[isFirst ? 'referrer' : area === HERE ? 'otherReferrer' : 'farReferrer'];
    const referral = await put(
      'service.referral',
      {
        ...about,
        kind: 'intervention',
        stage: 'received',
        referrer_id: referrer.accountId,
        agency_kind: 'school',
        agency_name: canary('agency', whose),
        decision_due_on: '2030-01-01',
        answers: JSON.stringify([
          {
            page: 'concern',
            key: 'whatIsHappening',
            question: 'What is happening?',
            answer: canary('answers', whose),
            value: canary('answers', whose),
          },
        ]),
      },
      whose,
    );
    const action = (sequence: number, kind: string, linked: string | null) =>
      put(
        'service.referral_action',
        {
          referral_id: referral.id,
          sequence,
          area,
          person_id: linked,
          kind,
          details: JSON.stringify({ personId, words: canary('action', whose) }),
          by_account: kind === 'sent' ? referrer.accountId : cast.coordinator.accountId,
        },
        whose,
      );
    const sent = await action(1, 'sent', null);
    if (personId !== null) {
      await action(2, 'person-linked', personId);
      await action(3, 'accepted', personId);
    }
    const episode =
      personId === null
        ? null
        : await put('service.episode', { person_id: personId, area, referral_id: referral.id }, whose);
    const waitingEntry = !episode
      ? null
      : await put(
          'service.waiting_entry',
          { person_id: personId, episode_id: episode.id, area, meanwhile: canary('waiting', whose) },
          whose,
        );
    const allocation = !work
      ? null
      : await put(
          'service.allocation',
          {
            referral_id: referral.id,
            person_id: personId,
            episode_id: episode?.id,
            area,
            organisation_id: work.by.organisationId,
            team_id: work.team,
            worker_id: cast[work.worker].accountId,
            end_reason: canary('allocation', whose),
            // One that ended untaken gives nothing (src/restricted/restricted.test.ts).
            taken_up_at: work.endedDaysAgo === undefined ? null : '2026-01-01',
          },
          whose,
        );
    const note = !work
      ? null
      : await put(
          'service.case_note',
          {
            person_id: personId,
            organisation_id: work.by.organisationId,
            author_id: cast[work.worker].accountId,
            kind: 'visit',
            happened_at: new Date(),
            present: canary('note', whose),
            fact: canary('note', whose),
            opinion: canary('note', whose),
            voice: canary('note', whose),
          },
          whose,
        );
    const casework: [string, unknown, Values][] = [];
    if (work && personId !== null) {
      for (const [table, { row, change: changed }] of Object.entries(caseworkRows)) {
        const about = {
          personId,
          episodeId: String(episode?.id),
          referralId: String(referral.id),
          organisationId: work.by.organisationId,
          area,
          noteId: String(note?.id),
          workerId: cast[work.worker].accountId,
          canary: canary(table.replace('service.', ''), whose),
        };
        const { id } = await put(table, row(about), whose);
        casework.push([table.replace('service.', ''), id, changed(about)]);
      }
    }
    const addition = await put(
      'service.referral_addition',
      { referral_id: referral.id, kind: 'information', words: canary('addition', whose) },
      whose,
    );
    const attachment = await attach(
      work && personId !== null
        ? { person_id: personId, organisation_id: work.by.organisationId }
        : { referral_id: referral.id },
      { name: canary('attachment', whose), state: 'clean', scanned_at: '2026-01-01' },
      whose,
    );
    const acknowledgement = await put(
      'service.borough_acknowledgement',
      {
        referral_id: referral.id,
        area,
        acknowledged_by: cast.spoc.accountId,
        note: canary('acknowledgement', whose),
      },
      whose,
    );
    const asked = await put(
      'service.request',
      requestRow(askedInWorld[whose], {
        personId,
        referralId: String(referral.id),
        referrerId: referrer.accountId,
        nearProviderId: near.organisationId,
        area,
        accountOf: (member) => cast[member].accountId,
        canary: (kind) => canary(kind, whose),
      }),
      whose,
    );
    const ofRequest = { request_id: asked.id, person_id: asked.person_id, referral_id: asked.referral_id };
    const aside: [table: string, id: unknown, column: string][] = [];
    if (asked.kind === 'intelligence-check') {
      const { id } = await put(
        'service.check_finding',
        {
          ...ofRequest,
          finding: canary('finding', whose),
          source: canary('finding', whose),
          source_grade: '1',
          intelligence_grade: 'A',
          handling: 'P',
          written_by: cast.analyst.accountId,
        },
        whose,
      );
      aside.push(['check_finding', id, 'finding']);
    }
    if (asked.kind === 'consultation') {
      const { id } = await put(
        'service.consultation_note',
        {
          ...ofRequest,
          note: canary('consultation', whose),
          written_by: cast['gender-consultant'].accountId,
        },
        whose,
      );
      aside.push(['consultation_note', id, 'note']);
    }
    const broughtIn: [table: string, id: unknown, change: Values][] = [];
    if (personId !== null)
      for (const of of broughtInRows({
        personId,
        referralId: String(referral.id),
        area,
        importId,
        place: Object.keys(cases).indexOf(whose) + 1,
      })) {
        const { id } = await put(of.table, of.row, whose);
        broughtIn.push([of.table.replace('service.', ''), id, of.change]);
      }
    let request: Values | null = null;
    let hold: Values | null = null;
    if (personId !== null) {
      const subject = { subject_kind: 'person', subject_id: personId, reference: person?.reference };
      request = await alone(
        'disposal.request',
        { ...subject, ground: 'retention-ended', note: canary('disposal', whose), requested_by: asker },
        whose,
      );
      hold = await alone(
        'disposal.legal_hold',
        { ...subject, reason: canary('hold', whose), placed_by: asker },
        whose,
      );
      await alone('disposal.retention', { ...subject, record_type: 'supported' }, whose);
      const entry = await put(
        'audit.entry',
        { action: 'view-person', outcome: 'done', person_id: personId, body: canary('entry', whose) },
        whose,
      );
      await put(
        'audit.detail',
        { entry_id: entry.id, salt: hash('x'), text: canary('detail', whose) },
        whose,
      );
    }
    changes.push(async () => {
      if (person) await change('person', personId, { known_as: `${canary('record', whose)}now` }, whose);
      await change('referral_action', sent.id, { at: new Date() }, whose);
      await change('referral_addition', addition.id, { words: `${canary('addition', whose)}now` }, whose);
      await change('attachment', attachment, { found: 'x' }, whose);
      await change('borough_acknowledgement', acknowledgement.id, { at: new Date() }, whose);
      if (personId !== null)
        await change(
          'referral',
          referral.id,
          { person_id: personId, stage: work ? 'allocated' : 'accepted', episode_id: episode?.id },
          whose,
        );
      if (waitingEntry)
        await change(
          'waiting_entry',
          waitingEntry.id,
          { meanwhile: `${canary('waiting', whose)}now` },
          whose,
        );
      if (episode) await change('episode', episode.id, { opened_at: new Date() }, whose);
      await change('request', asked.id, { due_on: '2030-01-02' }, whose);
      for (const [table, id, column] of aside)
        await change(
          table,
          id,
          { [column]: `${canary(column === 'note' ? 'consultation' : 'finding', whose)}now` },
          whose,
        );
      for (const [table, id, values] of [...casework, ...broughtIn]) await change(table, id, values, whose);
      if (note) await change('case_note', note.id, { fact: `${canary('note', whose)}now` }, whose);
      if (allocation)
        await change(
          'allocation',
          allocation.id,
          {
            ended_at:
              work?.endedDaysAgo === undefined ? null : new Date(Date.now() - work.endedDaysAgo * 86_400_000),
          },
          whose,
        );
    });
    made[whose] = {
      personId,
      personReference: person && String(person.reference),
      referralId: String(referral.id),
      allocationId: allocation && String(allocation.id),
      noteId: note && String(note.id),
      requestId: request && String(request.id),
      holdId: hold && String(hold.id),
    };
  }

  const covers: { whose: Member; coverId: string; accountId: string }[] = [];
  for (const [{ organisationId }, whose, by] of [
    [near, 'caseworker', 'colleague'],
    [far, 'outsider', 'administrator'],
  ] as const) {
    const { accountId } = cast[whose];
    const theirs = { organisation_id: organisationId, worker_id: accountId };
    const capacity = await put('service.worker_capacity', { ...theirs, points: 20 }, whose);
    const cover = await put(
      'service.cover',
      { ...theirs, covered_by: cast[by].accountId, starts_on: '2020-01-01', ends_on: '2100-01-01' },
      whose,
    );
    covers.push({ whose, coverId: String(cover.id), accountId });
    changes.push(async () => {
      await change('worker_capacity', capacity.id, { points: 21 }, whose);
      await change('cover', cover.id, { starts_on: '2020-01-02' }, whose);
    });
  }
  // The contact here has named somebody, and so has another contact.
  const contacts = [];
  for (let each = 0; each < 2; each += 1) {
    const contact = await someone(owner, 'spoc', {
      name: canary('account', 'colleague'),
      organisationId: String(boroughId),
    });
    contacts.push(contact);
    know('identity.account', { id: contact.accountId }, 'colleague');
    know('identity.access_grant', { id: contact.grantId }, 'colleague');
    for (const id of await listOf(
      owner,
      `select id from identity.session where grant_id = '${contact.grantId}'`,
    ))
      know('identity.session', { id }, 'colleague');
  }
  const [standingIn, covered] = contacts;
  for (const [contact, whose] of [
    [cast.spoc, 'spoc'],
    [covered, 'all'],
  ] as const)
    await put(
      'identity.borough_cover',
      {
        grant_id: contact?.grantId,
        stand_in_id: standingIn?.accountId,
        starts_on: addDays(londonDate(new Date()), -10),
        ends_on: addDays(londonDate(new Date()), 40),
        named_by: contact?.accountId,
      },
      whose,
    );
  await put('identity.team_profile', { team_id: near.teamId }, 'caseworker');
  await put('identity.team_profile', { team_id: far.teamId }, 'outsider');

  // Allegations against staff, each known by the one who receives it: the second is about a recipient.
  const account = (member: Member) => cast[member].accountId;
  for (const [member, organisationId, endedAt, whose] of [
    ['provider-manager', near.organisationId, null, 'all'],
    ['analyst', null, null, 'all'],
    ['colleague', near.organisationId, '2026-01-01', 'past'],
  ] as const) {
    const named = await put(
      'service.allegation_recipient',
      {
        organisation_id: organisationId,
        account_id: account(member),
        named_by: account('operations-manager'),
        ended_at: endedAt,
      },
      whose,
    );
    changes.push(() => change('allegation_recipient', named.id, { named_at: new Date() }, whose));
  }
  for (const [receiver, about] of [
    ['provider-manager', 'colleague'],
    ['analyst', 'provider-manager'],
  ] as const) {
    const words = canary('allegation', receiver);
    const allegation = await put(
      'service.allegation',
      {
        organisation_id: near.organisationId,
        about_account: account(about),
        about_name: words,
        what: words,
        raised_by: account('caseworker'),
      },
      receiver,
    );
    const part = await put(
      'service.allegation_person',
      { allegation_id: allegation.id, person_id: made.open.personId, what: words },
      receiver,
    );
    changes.push(async () => {
      await change('allegation', allegation.id, { being_done: words }, receiver);
      await change('allegation_person', part.id, { what: `${words}now` }, receiver);
    });
  }

  const draftIds = {} as Record<'referrer' | 'otherReferrer' | 'farReferrer', string>;
  for (const member of ['referrer', 'otherReferrer', 'farReferrer'] as const) {
    const id = randomUUID();
    draftIds[member] = id;
    const content = {
      danger: { savedAs: 1, fields: { safeNow: 'no', dangerNow: canary('draft', member) } },
    };
    await put(
      'service.referral_draft',
      {
        id,
        account_id: cast[member].accountId,
        answers_sealed: sealDraft(service.keyring, id, content),
      },
      member,
    );
    await attach({ draft_id: id }, { name: canary('attachment', member) }, member);
    const verification = await put(
      'service.referrer_verification',
      {
        referrer_id: cast[member].accountId,
        agency_name: canary('verification', member),
        how: canary('verification', member),
      },
      member,
    );
    changes.push(() =>
      change(
        'referrer_verification',
        verification.id,
        { confirmed_by: canary('verification', member) },
        member,
      ),
    );
  }

  const [beforeChanges] = await listOf(owner, 'select clock_timestamp()::text');
  for (const make of changes) await make();
  return {
    cast,
    rows,
    cases: made,
    organisations: { near, far },
    councilId: String(boroughId),
    covers,
    beforeChanges: String(beforeChanges),
    draftIds,
  };
}

/** The columns that tell the rows of each table apart; a history table's rows are told apart by id and version. */
export async function primaryKeys(owner: pg.Client): Promise<Map<string, string[]>> {
  const { rows } = await owner.query<{ name: string; key: string[] }>(`
    select n.nspname || '.' || c.relname as name, coalesce((
        select array_agg(a.attname::text order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary), '{id,version}') as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'graphile_worker')`);
  return new Map(rows.map(({ name, key }) => [name, key]));
}

/** A value for each column that must have one: of a column that matters to nobody's access, this file need not know. */
async function fillersOf(owner: pg.Client): Promise<Map<string, Values>> {
  const { rows } = await owner.query<{ name: string; column: string; type: string }>(`
    select a.attrelid::regclass::text as name, a.attname as column, a.atttypid::regtype::text as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
    where a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef`);
  const plain: Values = {
    text: 'x',
    integer: 1,
    bigint: 1,
    boolean: false,
    bytea: Buffer.of(),
    date: '2020-01-01',
    jsonb: '{}',
  };
  const fillers = new Map<string, Values>();
  for (const { name, column, type } of rows) {
    const value = type.startsWith('timestamp') ? '2020-01-01' : type.endsWith('[]') ? '{}' : plain[type];
    if (value !== undefined) fillers.set(name, { ...fillers.get(name), [column]: value });
  }
  return fillers;
}

async function listOf(owner: pg.Client, query: string): Promise<unknown[]> {
  const { rows } = await owner.query({ text: query, rowMode: 'array' });
  return rows.map((row: unknown[]) => row[0]);
}

const hash = (text: string) => createHash('sha256').update(text).digest();
