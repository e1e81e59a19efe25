import { sql } from 'kysely';
import { findPerson, findPersonToWriteAbout, isLiving, type Names } from '../people/index.ts';
import { addMonths, type PlainDate, plainDate } from '../platform/clock/plain-date.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { fieldsOf } from '../platform/history/document.ts';
import { type ClosingField, type ClosingState, closingDocument } from './closing.ts';

/** How a provider's support of somebody ends. */
export interface Closing {
  id: string;
  personId: string;
  episodeId: string;
  organisationId: string;
  organisationName: string;
  state: ClosingState;
  version: number;
  values: Values<ClosingField>;
  submittedBy: string | null;
  submittedByName: string | null;
  submittedAt: Date | null;
  comments: string;
  signedOffByName: string | null;
  signedOffAt: Date | null;
}

const columnOf = (field: ClosingField) => {
  const column = closingDocument.columns[field];
  return typeof column === 'string' ? column : column.orNull;
};

/** The closings of a young person's support that the asker may see, the newest first. */
export async function closingsOf(tx: Transaction, personId: string): Promise<Closing[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select c.*, o.name as organisation_name, s.name as submitted_by_name, m.name as signed_off_by_name
    from service.closing c
    join identity.organisation o on o.id = c.organisation_id
    left join identity.account s on s.id = c.submitted_by
    left join identity.account m on m.id = c.signed_off_by
    where c.person_id = ${personId} order by c.id desc limit 20`.execute(tx);
  return rows.map((row) => ({
    id: String(row.id),
    personId: String(row.person_id),
    episodeId: String(row.episode_id),
    organisationId: String(row.organisation_id),
    organisationName: String(row.organisation_name),
    state: row.state as ClosingState,
    version: Number(row.version),
    values: Object.fromEntries(
      fieldsOf(closingDocument).map((field) => [field, String(row[columnOf(field)] ?? '')]),
    ) as Record<ClosingField, string>,
    submittedBy: row.submitted_by as string | null,
    submittedByName: row.submitted_by_name as string | null,
    submittedAt: row.submitted_at as Date | null,
    comments: String(row.comments),
    signedOffByName: row.signed_off_by_name as string | null,
    signedOffAt: row.signed_off_at as Date | null,
  }));
}

/** The episode in which the asker's provider supports somebody now; null where it does not. */
export async function supportedEpisode(
  tx: Transaction,
  personId: string,
  organisationId: string,
): Promise<string | null> {
  const row = await tx
    .selectFrom('service.allocation as a')
    .innerJoin('service.episode as e', 'e.id', 'a.episode_id')
    .select('e.id')
    .where('a.person_id', '=', personId)
    .where('a.organisation_id', '=', organisationId)
    .where('a.ended_at', 'is', null)
    .where('e.closed_at', 'is', null)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** A closing that waits for a manager. */
export interface WaitingClosing extends Names {
  id: string;
  personId: string;
  submittedAt: Date;
  submittedByName: string;
  hasDied: boolean;
}

const MOST_WAITING = 100;

/** Closings that wait for the manager who asks, the longest waiting first. */
export async function waitingClosings(tx: Transaction): Promise<WaitingClosing[]> {
  const { rows } = await sql<{
    id: string;
    person_id: string;
    submitted_at: Date;
    submitted_by_name: string | null;
    given_names: string;
    family_name: string;
    known_as: string;
    has_died: boolean;
  }>`
    select c.id, c.person_id, c.submitted_at, s.name as submitted_by_name, p.given_names, p.family_name, p.known_as,
      p.died_on is not null as has_died
    from service.closing c
    join service.person p on p.id = c.person_id
    left join identity.account s on s.id = c.submitted_by
    where c.state = 'submitted' and c.organisation_id = (select identity.organisation_id())
    order by c.submitted_at limit ${MOST_WAITING}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    submittedAt: row.submitted_at,
    submittedByName: row.submitted_by_name ?? 'Somebody whose account is gone',
    hasDied: row.has_died,
    givenNames: row.given_names,
    familyName: row.family_name,
    knownAs: row.known_as,
  }));
}

/** Closings that came back to the one who submitted them, and to whoever works with the young person, the oldest first. */
export async function returnedClosings(
  tx: Transaction,
  accountId: string,
): Promise<(Names & { personId: string })[]> {
  const rows = await tx
    .selectFrom('service.closing as c')
    .innerJoin('service.person as p', 'p.id', 'c.person_id')
    .select(['p.id', 'p.given_names', 'p.family_name', 'p.known_as'])
    .where('c.state', '=', 'returned')
    .where((where) =>
      where.or([
        where('c.submitted_by', '=', accountId),
        where.exists(
          where
            .selectFrom('service.allocation as l')
            .select('l.id')
            .whereRef('l.person_id', '=', 'c.person_id')
            .whereRef('l.organisation_id', '=', 'c.organisation_id')
            .where('l.worker_id', '=', accountId)
            .where('l.ended_at', 'is', null),
        ),
      ]),
    )
    .orderBy('c.submitted_at')
    .limit(MOST_WAITING)
    .execute();
  return rows.map((row) => ({
    personId: row.id,
    givenNames: row.given_names,
    familyName: row.family_name,
    knownAs: row.known_as,
  }));
}

/** An agreed asking after somebody, some months after support ended. */
export interface FollowUp {
  id: string;
  personId: string;
  months: number;
  dueOn: PlainDate;
  doneOn: PlainDate | null;
  reached: string | null;
  safe: string | null;
  what: string;
  /** Why no concern was raised of it; empty where nobody decided that. */
  noConcernWhy: string;
  version: number;
}

/** A manager asks after whom their provider supported, however long ago that was; a caseworker while they have them still. */
export const findPersonToFollowUp = (tx: Transaction, asker: Asker, personId: string) =>
  asker.role === 'caseworker' ? findPersonToWriteAbout(tx, asker, personId) : findPerson(tx, personId);

/** The follow-ups of a young person that the asker may see, in the order they are due. */
export async function followUpsOf(tx: Transaction, personId: string): Promise<FollowUp[]> {
  const rows = await tx
    .selectFrom('service.follow_up')
    .select([
      'id',
      'person_id',
      'months',
      'due_on',
      'done_on',
      'reached',
      'safe',
      'what',
      'no_concern_why',
      'version',
    ])
    .where('person_id', '=', personId)
    .orderBy('due_on')
    .limit(20)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    months: row.months,
    dueOn: plainDate(row.due_on),
    doneOn: row.done_on === null ? null : plainDate(row.done_on),
    reached: row.reached,
    safe: row.safe,
    what: row.what,
    noConcernWhy: row.no_concern_why,
    version: row.version,
  }));
}

/** A follow-up that is to be made soon. */
export interface DueFollowUp extends Names {
  personId: string;
  reference: string;
  dueOn: PlainDate;
  months: number;
}

/** Follow-ups of the asker's provider that are late or due within a month, the earliest first. */
export async function followUpsDue(tx: Transaction, today: PlainDate): Promise<DueFollowUp[]> {
  const { rows } = await sql<{
    person_id: string;
    reference: string;
    given_names: string;
    family_name: string;
    known_as: string;
    due_on: string;
    months: number;
  }>`
    select f.person_id, p.reference, p.given_names, p.family_name, p.known_as, f.due_on, f.months
    from service.follow_up f join service.person p on p.id = f.person_id
    where ${isLiving('f.person_id')} and f.done_on is null and f.due_on <= ${addMonths(today, 1)}::date
      and f.organisation_id = (select identity.organisation_id())
    order by f.due_on, f.id limit ${MOST_WAITING}`.execute(tx);
  return rows.map((row) => ({
    personId: row.person_id,
    reference: row.reference,
    givenNames: row.given_names,
    familyName: row.family_name,
    knownAs: row.known_as,
    dueOn: plainDate(row.due_on),
    months: row.months,
  }));
}

/** A follow-up at which somebody said that they are not safe, and upon which nobody has acted yet. */
export interface UnsafeFollowUp extends Names {
  id: string;
  personId: string;
  organisationId: string;
  reference: string;
  saidOn: PlainDate;
  what: string;
}

/** What the asker's own provider was told so, and has to act on; null where nothing is left. */
export async function unsafeFollowUpToAnswer(
  tx: Transaction,
  { organisationId }: Asker,
  personId: string,
): Promise<UnsafeFollowUp | null> {
  const said = await unsafeFollowUps(tx, { personId });
  return said.find((each) => each.organisationId === organisationId) ?? null;
}

/**
 * Those who said that they are not safe and for whom nobody has raised a concern since, or said why none is needed: of the
 * asker's provider, or one young person; the longest first.
 */
export async function unsafeFollowUps(
  tx: Transaction,
  of: 'own provider' | { personId: string },
): Promise<UnsafeFollowUp[]> {
  const whose =
    of === 'own provider'
      ? sql`f.organisation_id = (select identity.organisation_id())`
      : sql`f.person_id = ${of.personId}`;
  const { rows } = await sql<{
    id: string;
    person_id: string;
    organisation_id: string;
    reference: string;
    given_names: string;
    family_name: string;
    known_as: string;
    done_on: string;
    what: string;
  }>`
    select f.id, f.person_id, f.organisation_id, p.reference, p.given_names, p.family_name, p.known_as, f.done_on, f.what
    from service.follow_up f join service.person p on p.id = f.person_id
    where ${isLiving('f.person_id')} and f.safe = 'no' and ${whose} and not need_to_know.is_acted_on(f.id)
    order by f.done_on, f.id limit ${MOST_WAITING}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    organisationId: row.organisation_id,
    reference: row.reference,
    givenNames: row.given_names,
    familyName: row.family_name,
    knownAs: row.known_as,
    saidOn: plainDate(row.done_on),
    what: row.what,
  }));
}
