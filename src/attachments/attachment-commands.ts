import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { fileName, fileTypeOf } from '../platform/files/file-type.ts';
import type { UploadedFile } from '../platform/http/read-upload.ts';
import type { Service } from '../platform/service.ts';
import { ATTACHMENT_BOX } from './attachment-queries.ts';

/** What a file is put with. */
export type AttachTo = { draft: string } | { referral: string } | { person: string };

export type Attached =
  | { outcome: 'done' }
  | { outcome: 'missing' }
  /** What is wrong with the file, in words for whoever sent it. */
  | { outcome: 'refused'; why: string };

const TAKEN = 'a PDF, JPEG, PNG, Word (.docx), OpenDocument (.odt) or plain text file, without macros';

/**
 * Takes in a file, sealed and quarantined until it is scanned. The database names the command, decides whether the one who
 * asks may, and asks for the scan (need_to_know.attach).
 */
export async function attachFile(
  tx: Transaction,
  { keyring, clock }: Pick<Service, 'keyring' | 'clock'>,
  to: AttachTo,
  file: UploadedFile | null,
): Promise<Attached> {
  if (file === null) return { outcome: 'refused', why: 'Choose a file that is not empty' };
  if (file.isTooLarge) return { outcome: 'refused', why: 'The file must be 10 MB or smaller' };
  const type = fileTypeOf(file.content);
  if (type === null) return { outcome: 'refused', why: `The file must be ${TAKEN}` };
  const made = await sql<{ id: string }>`select homeward.new_id() as id`.execute(tx);
  const id = made.rows[0]?.id ?? '';
  const { draft = null, referral = null, person = null } = { ...NOTHING, ...to };
  const attached = await sql<{ outcome: 'done' | 'missing' | 'too-many' }>`
    select need_to_know.attach(${id}, ${draft}, ${referral}, ${person}, ${fileName(file.name, type)}, ${type},
      ${file.content.length}, ${createHash('sha256').update(file.content).digest()},
      ${Buffer.from(keyring.box(ATTACHMENT_BOX).seal(file.content, id))}, ${clock.now()}) as outcome`.execute(
    tx,
  );
  const outcome = attached.rows[0]?.outcome ?? 'missing';
  if (outcome === 'too-many')
    return { outcome: 'refused', why: 'You have added as many files as you can. Try again in an hour' };
  return { outcome };
}

const NOTHING: { draft?: string; referral?: string; person?: string } = {};

/** Takes a file off a draft that is not sent; false where it is not there. */
export async function removeFromDraft(tx: Transaction, draftId: string, id: string): Promise<boolean> {
  await recordCommand(tx, { action: 'remove-file', subject: { kind: 'attachment', id } });
  const removed = await tx
    .deleteFrom('service.attachment')
    .where('id', '=', id)
    .where('draft_id', '=', draftId)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/**
 * Takes a file off a young person's record: whoever put it there may, or a manager of their provider. False where there is
 * none that the asker may take off.
 *
 * @param reason read by everybody who could read the file.
 */
export async function removeFromRecord(
  tx: Transaction,
  { clock }: Pick<Service, 'clock'>,
  id: string,
  reason: string,
): Promise<boolean> {
  const removed = await sql<{ done: boolean }>`
    select need_to_know.remove_attachment(${id}, ${reason}, ${clock.now()}) as done`.execute(tx);
  return removed.rows[0]?.done ?? false;
}
