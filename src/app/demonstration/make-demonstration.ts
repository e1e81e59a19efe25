import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { keyOfNames } from '../../people/index.ts';
import { londonDate } from '../../platform/clock/london-time.ts';
import { addDays, addMonths, type PlainDate } from '../../platform/clock/plain-date.ts';
import { addWorkingDays } from '../../platform/clock/working-days.ts';
import type { Keyring } from '../../platform/crypto/sealed-box.ts';
import type { Role } from '../../platform/database/transaction.ts';
import { sealPasswordHash, sealShownPassword, sealTotpSecret } from '../../platform/identity/credentials.ts';
import { newTotpSecret } from '../../platform/identity/one-time-code.ts';
import { hashPassword } from '../../platform/identity/password.ts';
import { hashToken, newToken } from '../../platform/identity/token.ts';
import { Refusal } from '../../platform/refusal.ts';
import { codeFrom } from '../../platform/text/code-from.ts';
import { answersAsRead, readAnswers } from '../../referrals/index.ts';
import { tellRequests } from './asking.ts';
import { tellAnsweredConcern, tellCasework, tellPlannedContacts } from './casework.ts';
import { tellCoverAndAllegations } from './cover-and-allegations.ts';
import { tellEnding } from './endings.ts';
import { tellFiles } from './files.ts';
import { fillers } from './fillers.ts';
import { tellInformationRights } from './information-rights.ts';
import { tellLifeEvents } from './life-events.ts';
import { tellAssessments, tellChronologies, tellNetworks } from './network.ts';
import { tellProviderWork } from './provider-work.ts';
import {
  contactsColleague,
  otherContactNames,
  providerStaff,
  SHOWN_WORKERS,
  shownContacts,
} from './staff.ts';
import { type Story, stories } from './stories.ts';
import { tellSupervision } from './supervision.ts';
import {
  type Cast,
  DAYS_TO_FIRST_CONTACT,
  type Member,
  named,
  type Provider,
  type Row,
  type Supported,
  scattered,
  type Teller,
  type Told,
} from './teller.ts';
import { tellAcknowledgements, tellWaiting } from './waiting.ts';

/** The one password of every invented account; the sign-in page of a demonstration shows it. */
const PASSWORD = 'lantern-on-the-landing';
const DAY_MS = 86_400_000;

/**
 * Fills an empty database with an invented service: its people, partners, referrals and notes, dated relative to `now`.
 * All or nothing, in one transaction.
 *
 * @param owner a connected client that owns the database.
 * @throws Refusal when the database holds anything already, or was not made for a demonstration.
 */
export async function makeDemonstration(owner: pg.Client, keyring: Keyring, now: Date): Promise<void> {
  await owner.query('begin');
  try {
    // Two that start at once: the second waits, and then finds that it is made.
    await owner.query('lock table homeward.nature in exclusive mode');
    if (!(await isUntouched(owner)))
      throw new Refusal('The database holds something already: a demonstration needs an empty one');
    await owner.query('insert into homeward.nature (demonstration) values (true)');
    await new DemonstrationMaker(owner, keyring, now).make();
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Whether nobody has put anything into a database or declared what it is for. */
export async function isUntouched(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ untouched: boolean }>(
    `select not exists (select from identity.account) and not exists (select from homeward.nature)
       and not exists (select from service.import) as untouched`,
  );
  return rows[0]?.untouched ?? false;
}

/** Why referrals are not taken up, in this demonstration. */
const reasonOf: Readonly<Record<string, string>> = {
  declined: 'at-risk-only',
  signposted: 'outside-criteria',
};

class DemonstrationMaker {
  readonly #owner: pg.Client;
  readonly #keyring: Keyring;
  readonly #now: Date;
  readonly #today: PlainDate;
  #passwordHash = '';
  readonly #referred: Told[] = [];
  readonly #supported: Supported[] = [];
  readonly #referrers = new Map<string, string>();
  #areaNames = new Map<string, string>();

  constructor(owner: pg.Client, keyring: Keyring, now: Date) {
    this.#owner = owner;
    this.#keyring = keyring;
    this.#now = now;
    this.#today = londonDate(now);
  }

  async make(): Promise<void> {
    this.#passwordHash = await hashPassword(PASSWORD);
    const areas = await this.#owner.query<{ code: string; name: string; patch: string | null }>(
      'select code, name, patch from reference.area',
    );
    this.#areaNames = new Map(areas.rows.map((area) => [area.code, area.name]));
    const inPatch = (patch: string) =>
      areas.rows.filter((area) => area.patch === patch || area.patch === null).map((area) => area.code);

    const service = await this.#organisation(
      'service',
      'Homeward demonstration service',
      'Gethin Pryce, data protection lead, by email to gethin.pryce@homeward.example',
    );
    await this.#owner.query(
      `update reference.service_details set telephone = '020 7946 0100', email = 'hello@homeward.example',
         hours = 'Monday to Friday, 9am to 5pm'`,
    );
    const operations = await this.#member('Miriam Castellanos', 'operations-manager', service);
    await this.#member('Ada Winterbourne', 'administrator', service);
    const dataProtectionLead = await this.#member('Gethin Pryce', 'data-protection-lead', service);
    const coordinators = [
      await this.#member('Farida Haddad', 'coordinator', service, {
        areas: inPatch('east-and-central-west'),
      }),
      await this.#member('Owen Lascelles', 'coordinator', service, { areas: inPatch('north-west') }),
      await this.#member('Temi Oyelaran', 'coordinator', service, { areas: inPatch('south') }),
    ];
    await this.#approver(service, operations);
    const analyst = await this.#member('Yusuf Delacroix', 'analyst', service);

    const contacts = [];
    const boroughs = [...this.#areaNames.keys()].filter((code) => code.startsWith('E09'));
    const others = boroughs.filter((code) => !shownContacts.some(([, area]) => area === code));
    const otherContacts = otherContactNames.map((name, index) => [name, others[index] ?? ''] as const);
    for (const [name, area] of [...shownContacts, ...otherContacts]) {
      const council = await this.#organisation(
        'local-authority',
        `${this.#areaNames.get(area)} Council (demonstration)`,
      );
      const isShown = shownContacts.some(([shown]) => shown === name);
      const contact = await this.#member(name, 'spoc', council, { areas: [area], isShown });
      await this.#insert('identity.council_area', { area, organisation_id: council });
      await this.#approver(council, contact);
      contacts.push(contact);
      if (name === shownContacts[0][0])
        contacts.push(
          await this.#member(contactsColleague, 'spoc', council, { areas: [area], isShown: false }),
        );
    }

    const providers: Provider[] = [];
    const consultants = [];
    for (const [organisation, team, manager, workers] of providerStaff) {
      const organisationId = await this.#organisation('provider', organisation);
      const teamId = randomUUID();
      await this.#insert('identity.team', { id: teamId, organisation_id: organisationId, name: team });
      const managing = await this.#member(manager, 'provider-manager', organisationId);
      await this.#approver(organisationId, managing);
      if (organisation === 'Abianda')
        consultants.push(await this.#member('Marguerite Osei', 'gender-consultant', organisationId));
      const caseworkers = [];
      for (const [index, worker] of workers.entries()) {
        const isShown = index < SHOWN_WORKERS;
        caseworkers.push(await this.#member(worker, 'caseworker', organisationId, { teamId, isShown }));
      }
      providers.push({ organisationId, teamId, caseworkers, managing });
    }

    const shownWorkers = providers.flatMap((_, place) =>
      Array.from({ length: SHOWN_WORKERS }, (_each, worker) => [place, worker] as const),
    );
    const shownBoroughs = shownContacts.map(([, area]) => area);
    for (const [index, story] of [...stories, ...fillers(boroughs, shownBoroughs, shownWorkers)].entries()) {
      const coordinator = coordinators.find((one) => one.areas.includes(story.area)) ?? coordinators[0];
      const isFirst = index < stories.length ? index % 2 === 0 : scattered(index, 1, 2) === 0;
      const provider =
        providers[story.with ? story.with[0] : story.gender === 'female' ? 1 : isFirst ? 0 : 2];
      if (coordinator && provider) await this.#tell(story, coordinator, provider, operations, index);
    }
    const [consultant] = consultants;
    if (!consultant) throw new Error('The demonstration has no gender consultant');
    await this.#tellTheRest({
      operations,
      dataProtectionLead,
      analyst,
      consultant,
      contacts,
      providers,
      referred: this.#referred,
      supported: this.#supported,
    });
  }

  /** What lies beside and around the support of each: told once all of it is there. */
  async #tellTheRest(cast: Cast): Promise<void> {
    const teller = this.#teller();
    await tellProviderWork(teller, cast);
    await tellPlannedContacts(teller, cast.supported);
    await tellNetworks(teller, cast.supported);
    await tellChronologies(teller, cast.supported);
    await tellAssessments(teller, cast.supported);
    await tellAnsweredConcern(teller, named(cast.supported, "O'Rourke"));
    await tellSupervision(teller, cast.supported);
    await tellWaiting(teller, cast);
    await tellAcknowledgements(teller, cast);
    await tellRequests(teller, cast);
    await tellFiles(teller, cast);
    await tellCoverAndAllegations(teller, cast);
    for (const each of cast.supported) await tellEnding(teller, each);
    await tellLifeEvents(teller, cast);
    await tellInformationRights(teller, cast);
  }

  /** A referral and all that came of it, each act by the one whose it is. */
  async #tell(
    story: Story,
    coordinator: Member,
    provider: Provider,
    operations: Member,
    index: number,
  ): Promise<void> {
    const receivedAt = this.#ago(story.receivedDaysAgo, 10);
    const received = londonDate(receivedAt);
    const names = {
      givenNames: story.givenNames,
      familyName: story.familyName,
      knownAs: story.knownAs ?? '',
    };
    // A birthday some months before the referral, so that the age is the one that the story says.
    const bornOn = addDays(addMonths(this.#today, -12 * story.age), -100 - (story.receivedDaysAgo % 200));
    const said = {
      given_names: names.givenNames,
      family_name: names.familyName,
      known_as: names.knownAs,
      name_key: keyOfNames(names),
      date_of_birth: bornOn,
      date_of_birth_precision: 'exact',
      gender: story.gender,
      ethnicity: story.ethnicity,
    };
    const referrerId = await this.#referrer(story.agencyName, story.receivedDaysAgo > 2);
    const referralId = randomUUID();
    const decided = story.stage !== 'received';
    // Most are looked at within the day.
    const isLookedAt = decided || (story.receivedDaysAgo > 0 && scattered(index, 5, 6) > 0);
    const isUrgent = isLookedAt && !decided && index % 13 === 4;
    const linked = decided && story.stage !== 'declined';
    const personId = linked ? randomUUID() : null;

    await this.#as(coordinator);
    if (personId !== null)
      await this.#insert('service.person', { id: personId, ...said, postcode: '', area: story.area });
    const decidedAt = this.#ago(Math.max(0, story.receivedDaysAgo - 2), 15);
    await this.#insert('service.referral', {
      id: referralId,
      kind: story.kind,
      stage: story.stage,
      referrer_id: referrerId,
      agency_kind: story.agencyKind,
      agency_name: story.agencyName,
      received_at: receivedAt,
      decision_due_on: addWorkingDays(received, 5),
      area: story.area,
      ...said,
      answers: JSON.stringify(this.#answers(story, bornOn)),
      person_id: personId,
      decided_at: decided ? decidedAt : null,
      decision_reason: reasonOf[story.stage] ?? null,
      safe_now: index % 13 === 4 ? 'no' : index % 3 === 0 ? 'not-known' : 'yes',
      triaged_at: isLookedAt ? this.#ago(Math.max(0, story.receivedDaysAgo - 1), 9) : null,
      urgent: isUrgent,
      words_to_referrer: decided ? 'Thank you for your referral. We have looked at what you told us.' : '',
    });

    let sequence = 0;
    const action = async (kind: string, at: Date, by: string, details: Row = {}) => {
      sequence += 1;
      await this.#insert('service.referral_action', {
        referral_id: referralId,
        sequence,
        area: story.area,
        person_id: personId,
        kind,
        details: JSON.stringify(details),
        at,
        by_account: by,
      });
    };
    await action('sent', receivedAt, referrerId);
    if (isLookedAt) {
      await action('triaged', this.#ago(Math.max(0, story.receivedDaysAgo - 1), 9), coordinator.id, {
        urgent: isUrgent,
        note: '',
      });
    }
    if (personId !== null) await action('person-linked', decidedAt, coordinator.id, { personId });
    if (story.stage === 'declined')
      await action('declined', decidedAt, coordinator.id, { reason: reasonOf.declined });
    if (story.stage === 'signposted')
      await action('signposted', decidedAt, coordinator.id, {
        reason: reasonOf.signposted,
        to: 'A mentoring charity in the borough',
      });
    if (story.stage === 'intelligence-only') await action('kept-as-intelligence', decidedAt, coordinator.id);
    if (story.stage === 'accepted' || story.stage === 'allocated')
      await action('accepted', decidedAt, coordinator.id);
    const told = { story, index, referralId, referrerId, coordinator, isLookedAt };
    if (personId === null || (story.stage !== 'accepted' && story.stage !== 'allocated')) {
      this.#referred.push({ ...told, personId, episodeId: null });
      return;
    }
    const episodeId = randomUUID();
    this.#referred.push({ ...told, personId, episodeId });
    await this.#insert('service.episode', {
      id: episodeId,
      person_id: personId,
      area: story.area,
      referral_id: referralId,
      opened_at: decidedAt,
    });
    await this.#owner.query('update service.referral set episode_id = $2 where id = $1', [
      referralId,
      episodeId,
    ]);
    if (story.stage !== 'allocated') return;

    const isNew = story.standing === 'not-taken-up';
    const hasName = index < stories.length;
    // Whoever has a story is with somebody as whom people sign in.
    const worker =
      provider.caseworkers[
        story.with
          ? story.with[1]
          : hasName
            ? story.receivedDaysAgo % SHOWN_WORKERS
            : scattered(index, 2, provider.caseworkers.length)
      ];
    if (!worker) return;
    const isTakenUp = !isNew && story.receivedDaysAgo > 6;
    const allocatedAt = isNew ? this.#ago(1, 11) : this.#ago(Math.max(0, story.receivedDaysAgo - 4), 11);
    await action('allocated', allocatedAt, coordinator.id, {
      organisationId: provider.organisationId,
      teamId: provider.teamId,
    });
    await this.#insert('service.allocation', {
      referral_id: referralId,
      person_id: personId,
      episode_id: episodeId,
      area: story.area,
      organisation_id: provider.organisationId,
      team_id: provider.teamId,
      worker_id: isNew ? null : worker.id,
      started_at: allocatedAt,
      weight: hasName ? 3 : 1 + scattered(index, 3, 5),
      suggested_place: 1 + scattered(index, 4, 2),
      // Now and then one who was rescued went before others.
      ...(index % 17 === 6 ? { went_before: 2, jump_reason: 'after-rescue' } : {}),
      ...(isTakenUp
        ? { taken_up_at: this.#ago(story.receivedDaysAgo - 5, 9), taken_up_by: provider.managing.id }
        : {}),
    });
    if (isTakenUp) {
      await action('taken-up', this.#ago(story.receivedDaysAgo - 5, 9), provider.managing.id, {
        organisationId: provider.organisationId,
      });
    }
    if (isNew) return;
    await this.#as(worker);
    const supported: Supported = {
      ...told,
      personId,
      episodeId,
      provider,
      worker,
      since: story.receivedDaysAgo - DAYS_TO_FIRST_CONTACT,
    };
    this.#supported.push(supported);
    await tellCasework(this.#teller(), supported);
    // Those with a story have been looked at: there is something to see under who has looked.
    if (!hasName) return;
    for (const looker of [provider.managing, operations]) {
      await this.#as(looker);
      await this.#owner.query(`select audit.look('view-person', 'person', $1, $1)`, [personId]);
    }
  }

  /** What a referrer answered, as the pages of the referral would have read it. */
  #answers(story: Story, bornOn: PlainDate) {
    const [year = '', month = '', day = ''] = bornOn.split('-');
    const fields = {
      safeNow: 'not-known',
      criteria: ['used'],
      kind: story.kind,
      yourName: `A worker of ${story.agencyName}`,
      role: 'Duty worker',
      agencyKind: story.agencyKind,
      agencyName: story.agencyName,
      phone: '020 7946 0000',
      nameKnown: 'full',
      givenNames: story.givenNames,
      familyName: story.familyName,
      knownAs: story.knownAs ?? '',
      birthKnown: 'exact',
      'dateOfBirth-day': day,
      'dateOfBirth-month': month,
      'dateOfBirth-year': year,
      gender: story.gender,
      ethnicity: story.ethnicity,
      postcodeKnown: 'not-known',
      area: story.area,
      youngPersonKnows: 'yes',
      consents: 'yes',
      supportBasis: 'safeguarding',
      lawfulReason: 'safeguard-child',
      safeContact: story.safeContact,
      whatIsHappening: story.concern,
      countyLines: 'suspected',
      whyCountyLines: story.whyCountyLines,
      peopleAndPlacesNotKnown: ['yes'],
      missing: 'not-known',
      socialCareTold: 'yes',
      socialCareWho: 'The front door of the borough',
      nrm: 'not-known',
    };
    const answers = readAnswers(() => fields, this.#today);
    return answersAsRead(answers, this.#areaNames.get(story.area) ?? story.area);
  }

  async #organisation(kind: string, name: string, contact: string | null = null): Promise<string> {
    const id = randomUUID();
    // As files call it: `st-giles`.
    const code = codeFrom(name.replace(/ Trust$/, ''));
    await this.#insert('identity.organisation', { id, kind, name, contact, code });
    return id;
  }

  async #approver(organisationId: string, approver: Member): Promise<void> {
    await this.#insert('identity.approver', { organisation_id: organisationId, account_id: approver.id });
  }

  async #member(
    name: string,
    role: Role,
    organisationId: string,
    place: { teamId?: string; areas?: readonly string[]; isShown?: boolean } = {},
  ): Promise<Member> {
    const id = randomUUID();
    const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@homeward.example`;
    const grantId = randomUUID();
    await this.#insert('identity.account', {
      id,
      email,
      name,
      kind: 'staff',
      password_sealed: sealPasswordHash(this.#keyring, id, this.#passwordHash),
      totp_sealed: sealTotpSecret(this.#keyring, id, newTotpSecret()),
      totp_confirmed_at: this.#now,
    });
    if (place.isShown ?? true) {
      await this.#insert('identity.demonstration_account', {
        account_id: id,
        password_sealed: sealShownPassword(this.#keyring, id, PASSWORD),
      });
    }
    await this.#insert('identity.access_grant', {
      id: grantId,
      account_id: id,
      role,
      organisation_id: organisationId,
      team_id: place.teamId ?? null,
      areas: place.areas ?? [],
      approved_at: this.#now,
    });
    const member: Member = {
      id,
      name,
      role,
      grantId,
      organisationId,
      teamId: place.teamId ?? null,
      areas: place.areas ?? [],
    };
    return member;
  }

  async #referrer(agencyName: string, verified: boolean): Promise<string> {
    const known = this.#referrers.get(agencyName);
    if (known !== undefined) return known;
    const id = randomUUID();
    this.#referrers.set(agencyName, id);
    await this.#insert('identity.account', {
      id,
      email: `${agencyName.toLowerCase().replace(/[^a-z]+/g, '.')}@agency.example`,
      name: `A worker of ${agencyName}`,
      kind: 'referrer',
    });
    await this.#insert('identity.access_grant', { account_id: id, role: 'referrer', approved_at: this.#now });
    if (verified) {
      await this.#insert('service.referrer_verification', {
        referrer_id: id,
        agency_name: agencyName,
        how: "Rang the number on the agency's public page and was put through",
      });
    }
    return id;
  }

  /** What follows is recorded as theirs: the same proof as a request's, with a session that is gone when this is done. */
  async #as(member: Member): Promise<void> {
    const token = newToken();
    await this.#owner.query(
      `insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, proved_again_at)
       values ($1, $2, $3, now() + interval '1 hour', 30, now())`,
      [hashToken(token), member.id, member.grantId],
    );
    await this.#owner.query('select from identity.begin($1)', [token]);
    await this.#owner.query(
      `update identity.session set ended_at = now(), end_reason = 'signed-out' where token_hash = $1`,
      [hashToken(token)],
    );
  }

  #teller(): Teller {
    return {
      today: this.#today,
      now: this.#now,
      keyring: this.#keyring,
      insert: (into, row) => this.#insert(into, row),
      call: async (statement, values) => {
        await this.#owner.query(statement, [...values]);
      },
      as: (member) => this.#as(member),
      at: (daysAgo, hour) => this.#at(daysAgo, hour),
    };
  }

  #ago(days: number, hour: number): Date {
    const at = this.#at(days, hour);
    return at < this.#now ? at : this.#now;
  }

  #at(days: number, hour: number): Date {
    const day = new Date(this.#now.getTime() - days * DAY_MS);
    day.setUTCHours(hour, 0, 0, 0);
    return day;
  }

  async #insert(into: string, row: Row): Promise<void> {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => `$${index + 1}`);
    await this.#owner.query(
      `insert into ${into} (${columns.join(', ')}) values (${places.join(', ')})`,
      Object.values(row),
    );
  }
}
