import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import type { UploadedFile } from '../platform/http/read-upload.ts';
import type { Service } from '../platform/service.ts';
import { canBeCheckedAgain, canBeDiscarded, knownName, MOST_WAITING, modeFor } from './import-upload.ts';
import { findUpload } from './import-upload-queries.ts';
import { putFile } from './upload-pieces.ts';

/**
 * Takes in files that `uploadFaults` has nothing against, sealed, and has them checked in the background.
 *
 * @returns the id of what waits; null where as many wait as may.
 */
export async function bringFiles(
  tx: Transaction,
  asker: Asker,
  { keyring, clock }: Pick<Service, 'keyring' | 'clock'>,
  files: readonly UploadedFile[],
): Promise<string | null> {
  // One at a time, until what each brought is there to be counted.
  await sql`select pg_advisory_xact_lock(hashtextextended('files brought to be imported', 0))`.execute(tx);
  const { rows } = await sql<{ id: string; waiting: number }>`
    select homeward.new_id() as id, (select count(*)::int from service.import_upload
      where state in ('checking', 'checked', 'importing', 'failed')) as waiting`.execute(tx);
  const [{ id, waiting } = { id: '', waiting: 0 }] = rows;
  if (waiting >= MOST_WAITING) return null;
  const brought = files.map(({ name, content }) => ({ name: knownName(name) ?? name, content }));
  await recordCommand(tx, {
    action: 'bring-import',
    subject: { kind: 'import', id },
    detail: { files: brought.map(({ name }) => name) },
  });
  const listed = brought.map(({ name, content }) => ({ name, bytes: content.length }));
  await sql`
    insert into service.import_upload (id, brought_by, brought_at, files)
    values (${id}, ${asker.accountId}, ${clock.now()}, ${JSON.stringify(listed)}::jsonb)`.execute(tx);
  for (const { name, content } of brought) await putFile(tx, keyring, id, name, content);
  return id;
}

/** What came of an act on files that wait: done; or somebody else has been there, and it stands as they left it. */
export type Acted = 'done' | 'too-late';

/**
 * Has what was checked imported in the background, in the name of whoever confirms it. Of two at once one does.
 *
 * @param seen the version that whoever confirms was shown: another check may have found something else.
 */
export async function confirmImport(
  tx: Transaction,
  asker: Asker,
  { clock }: Pick<Service, 'clock'>,
  id: string,
  seen: number,
): Promise<Acted> {
  const upload = await findUpload(tx, id, true);
  const mode = upload === null ? null : modeFor(upload);
  if (upload === null || mode === null || upload.version !== seen) return 'too-late';
  await recordCommand(tx, { action: 'confirm-import', subject: { kind: 'import', id }, detail: { mode } });
  await sql`
    update service.import_upload set state = 'importing', mode = ${mode}, attempts = 0, decided_by = ${asker.accountId},
      decided_at = ${clock.now()}
    where id = ${id}`.execute(tx);
  return 'done';
}

/** Throws away files that wait, and what was found in them. */
export async function discardImport(
  tx: Transaction,
  asker: Asker,
  { clock }: Pick<Service, 'clock'>,
  id: string,
): Promise<Acted> {
  const upload = await findUpload(tx, id, true);
  if (upload === null || !canBeDiscarded(upload)) return 'too-late';
  await recordCommand(tx, { action: 'discard-import', subject: { kind: 'import', id } });
  await sql`
    update service.import_upload set state = 'discarded', decided_by = ${asker.accountId}, decided_at = ${clock.now()},
      ended_at = ${clock.now()}
    where id = ${id}`.execute(tx);
  return 'done';
}

/** Has files that wait checked once more: what is in the service may have changed. */
export async function checkAgain(tx: Transaction, id: string): Promise<Acted> {
  const upload = await findUpload(tx, id, true);
  if (upload === null || !canBeCheckedAgain(upload)) return 'too-late';
  await recordCommand(tx, { action: 'check-import-again', subject: { kind: 'import', id } });
  await sql`update service.import_upload set state = 'checking', attempts = 0 where id = ${id}`.execute(tx);
  return 'done';
}
