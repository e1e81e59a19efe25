import { sql } from 'kysely';
import type { Clock } from '../platform/clock/clock.ts';
import { type Keyring, SealedBoxError } from '../platform/crypto/sealed-box.ts';
import type { Database } from '../platform/database/transaction.ts';
import type { FileScanner, ScanResult } from '../platform/files/file-scanner.ts';
import { ATTACHMENT_BOX } from './attachment-queries.ts';

/** How many files one run looks through; the next comes in a minute at most. */
const AT_ONCE = 50;

export interface ScanningGround {
  /** On the connection of the jobs login. */
  database: Database;
  keyring: Keyring;
  clock: Clock;
  scanner: FileScanner;
}

/**
 * Has every quarantined file looked through, the oldest first. Done twice, or by two workers at once, it changes nothing
 * more; a file that the scanner fails on does not hold up the others.
 * @returns how many were looked through.
 * @throws AggregateError with what went wrong, once the others are done.
 */
export async function scanAttachments(
  { database, keyring, clock, scanner }: ScanningGround,
  stopping?: AbortSignal,
): Promise<number> {
  const waiting = await database.asTask('scanning', (tx) =>
    tx
      .selectFrom('service.attachment')
      .select('id')
      .where('state', '=', 'quarantined')
      .orderBy('uploaded_at')
      .limit(AT_ONCE)
      .execute(),
  );
  const failures: unknown[] = [];
  let done = 0;
  for (const { id } of waiting) {
    if (stopping?.aborted) break;
    try {
      const content = await database.asTask('scanning', (tx) =>
        tx
          .selectFrom('service.attachment_content')
          .select('content_sealed')
          .where('attachment_id', '=', id)
          .executeTakeFirst(),
      );
      // Thrown away meanwhile, or scanned by somebody else.
      if (!content) continue;
      // No connection waits while the scanner works.
      const result = await scanSealed(keyring, scanner, id, content.content_sealed);
      const found = result.state === 'clean' ? '' : result.found;
      await database.asTask('scanning', (tx) =>
        sql`select need_to_know.attachment_scanned(${id}, ${result.state}, ${found}, ${clock.now()})`.execute(
          tx,
        ),
      );
      done += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some files could not be looked through');
  return done;
}

async function scanSealed(
  keyring: Keyring,
  scanner: FileScanner,
  id: string,
  sealed: Uint8Array,
): Promise<ScanResult> {
  let content: Uint8Array;
  try {
    content = keyring.box(ATTACHMENT_BOX).open(sealed, id);
  } catch (error) {
    if (error instanceof SealedBoxError) return { state: 'not-scannable', found: 'Its seal is broken' };
    throw error;
  }
  return await scanner.scan(content);
}
