import { type RawBuilder, sql } from 'kysely';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Attachment, Removal } from './attachment.ts';

/** What seals a file; only the attachment with its id opens it again. */
export const ATTACHMENT_BOX = 'attachment';

/** The most that a page lists. */
const MOST_LISTED = 200;

const columns = sql`a.id, a.name, a.type, a.size, a.state, a.uploaded_at as "uploadedAt"`;

/** Whether the one who asks has this draft and has not sent it. */
export async function isDraftInHand(tx: Transaction, draftId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('service.referral_draft')
    .select('id')
    .where('id', '=', draftId)
    .where('referral_id', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** The reference of a sent referral of the one who asks, or null. */
export async function referenceOfOwn(tx: Transaction, referralId: string): Promise<string | null> {
  const found = await tx
    .selectFrom('service.referral')
    .select('reference')
    .where('id', '=', referralId)
    .executeTakeFirst();
  return found?.reference ?? null;
}

/** The files of a draft of the one who asks, in the order in which they were added. */
export async function filesOfDraft(tx: Transaction, draftId: string): Promise<Attachment[]> {
  const found = await sql<Attachment>`
    select ${columns} from service.attachment a where a.draft_id = ${draftId} order by a.uploaded_at, a.id
    limit ${MOST_LISTED}`.execute(tx);
  return found.rows;
}

/** The files of a sent referral, the newest first. */
export async function filesOfReferral(tx: Transaction, referralId: string): Promise<Attachment[]> {
  const found = await sql<Attachment>`
    select ${columns} from service.attachment a where a.referral_id = ${referralId}
    order by a.uploaded_at desc, a.id desc limit ${MOST_LISTED}`.execute(tx);
  return found.rows;
}

/** A file on a record, or of a referral that is linked to it. */
export interface FileOfPerson extends Attachment {
  isOfReferral: boolean;
  uploadedById: string;
  /** The provider that put it on the record; null for one that came with a referral. */
  organisationId: string | null;
  /** Null while it is there. */
  removal: Removal | null;
}

const filesOf = (personId: string) => sql`(
  select a.*, false as of_referral from service.attachment a where a.person_id = ${personId}
  union all
  select a.*, true from service.referral r join service.attachment a on a.referral_id = r.id where r.person_id = ${personId})`;

/** The files on a young person's record and those of their referrals, the newest first. */
export async function filesOfPerson(tx: Transaction, personId: string): Promise<FileOfPerson[]> {
  return await readFilesOfPerson(tx, personId, sql`true`);
}

/** One of them; null where there is none. */
export async function fileOfPerson(
  tx: Transaction,
  personId: string,
  id: string,
): Promise<FileOfPerson | null> {
  const [found] = await readFilesOfPerson(tx, personId, sql`a.id = ${id}`);
  return found ?? null;
}

async function readFilesOfPerson(
  tx: Transaction,
  personId: string,
  which: RawBuilder<unknown>,
): Promise<FileOfPerson[]> {
  const { rows } = await sql<
    Omit<FileOfPerson, 'removal'> & {
      removedAt: Date | null;
      removedByName: string | null;
      removeReason: string;
      wasCalled: string | null;
    }
  >`
    select ${columns}, a.of_referral as "isOfReferral", a.uploaded_by as "uploadedById", a.organisation_id as "organisationId",
      a.removed_at as "removedAt", r.name as "removedByName", a.remove_reason as "removeReason",
      case when a.removed_at is not null then (
        select h.name from history.attachment h where h.id = a.id and h.removed_at is null order by h.version desc limit 1) end as "wasCalled"
    from ${filesOf(personId)} a left join identity.account r on r.id = a.removed_by
    where ${which}
    order by a.uploaded_at desc, a.id desc limit ${MOST_LISTED}`.execute(tx);
  return rows.map(({ removedAt, removedByName, removeReason, wasCalled, ...file }) => ({
    ...file,
    removal:
      removedAt === null
        ? null
        : { at: removedAt, byName: removedByName ?? 'Somebody', reason: removeReason, wasCalled },
  }));
}

/** A file to hand out: the database gives the content of clean ones alone. */
export interface CleanFile extends Attachment {
  content: Uint8Array;
}

/** A file of a referral or a young person, opened; null where there is none for the one who asks, or it is not clean. */
export async function findCleanFile(
  tx: Transaction,
  keyring: Keyring,
  of: { referral: string } | { person: string },
  id: string,
): Promise<CleanFile | null> {
  const among =
    'person' in of
      ? filesOf(of.person)
      : sql`(select * from service.attachment where referral_id = ${of.referral})`;
  const found = await sql<Attachment & { sealed: Buffer }>`
    select ${columns}, c.content_sealed as sealed
    from ${among} a join service.attachment_content c on c.attachment_id = a.id
    where a.id = ${id} and a.state = 'clean' and a.removed_at is null`.execute(tx);
  const [row] = found.rows;
  if (!row) return null;
  const { sealed, ...file } = row;
  return { ...file, content: keyring.box(ATTACHMENT_BOX).open(sealed, id) };
}
