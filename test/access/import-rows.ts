import { randomUUID } from 'node:crypto';
import { NOTHING_FOUND } from '../../src/history-in/findings.ts';
import type { ImportPreview } from '../../src/history-in/import-preview.ts';
import type { Keyring } from '../../src/platform/crypto/sealed-box.ts';

type Values = Record<string, unknown>;

interface Putting {
  put(table: string, values: Values, whose: 'all' | 'past'): Promise<Values>;
  change(table: string, id: unknown, values: Values, whose: 'all' | 'past'): Promise<void>;
  /** What is changed when everything was made. */
  changes: (() => Promise<void>)[];
  keyring: Keyring;
  /** The account of who brought the files. */
  broughtBy: string;
  /** A word that is in what was found and nowhere else. */
  word: string;
}

/**
 * Imports: one of the command line, one that was brought in the browser and waits to be confirmed, and one whose files are
 * still being checked.
 *
 * @returns the id of the first.
 */
export async function putImports({
  put,
  change,
  changes,
  keyring,
  broughtBy,
  word,
}: Putting): Promise<string> {
  const files = JSON.stringify([{ name: 'referrals.csv', bytes: 10 }]);
  const preview: ImportPreview = {
    files: { 'referrals.csv': { rows: 2, added: 1, changed: 0, same: 0, retired: 0, refused: 1 } },
    faults: 1,
    isUnreadable: false,
    passedOver: ['referrals.csv: shoe_size is not a column of the import format'],
    odd: { count: 0, kept: [] },
    findings: NOTHING_FOUND,
    firstFaults: [{ file: 'referrals.csv', line: 3, column: 'gender', message: word }],
    faultsKept: 1,
  };
  const past = await put('service.import', { source: 'x', files: '{}' }, 'all');
  changes.push(() => change('import', past.id, { source: 'y' }, 'all'));
  for (const whose of ['all', 'past'] as const) {
    const id = randomUUID();
    const isChecked = whose === 'all';
    const checked = { state: 'checked', checked_at: '2026-05-01', faults: 1, good_rows: 1 };
    await put(
      'service.import_upload',
      { id, brought_by: broughtBy, files, ...(isChecked && checked) },
      whose,
    );
    const pieces = isChecked
      ? { preview: JSON.stringify(preview), 'faults.csv': word }
      : { 'referrals.csv': 'referral_ref' };
    for (const [name, content] of Object.entries(pieces))
      await put(
        'service.import_upload_piece',
        {
          upload_id: id,
          name,
          number: 0,
          content_sealed: Buffer.from(keyring.box('import').seal(Buffer.from(content), `${id} ${name} 0`)),
        },
        whose,
      );
    changes.push(() => change('import_upload', id, { attempts: 1 }, whose));
  }
  return String(past.id);
}
