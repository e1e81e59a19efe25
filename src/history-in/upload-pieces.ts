import { sql } from 'kysely';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Database, Transaction } from '../platform/database/transaction.ts';

/** What is kept of files that were brought, in pieces that the database cannot read: each is sealed for its place alone. */

const BOX = 'import';

/** How much is sealed as one, in bytes. */
const PIECE_BYTES = 1024 * 1024;

const placeOf = (uploadId: string, name: string, number: number) => `${uploadId} ${name} ${number}`;

/** Puts the content of a file there, as one who may. */
export async function putFile(
  tx: Transaction,
  keyring: Keyring,
  uploadId: string,
  name: string,
  content: Uint8Array,
): Promise<void> {
  for (let from = 0, number = 0; from < content.length; from += PIECE_BYTES, number += 1)
    await putPiece(tx, keyring, { uploadId, name, number }, content.subarray(from, from + PIECE_BYTES));
}

/** Where a piece is. */
interface PiecePlace {
  uploadId: string;
  name: string;
  number: number;
}

/** Puts one piece there. */
async function putPiece(
  tx: Transaction,
  keyring: Keyring,
  { uploadId, name, number }: PiecePlace,
  content: Uint8Array,
): Promise<void> {
  const sealed = Buffer.from(keyring.box(BOX).seal(content, placeOf(uploadId, name, number)));
  await sql`
    insert into service.import_upload_piece (upload_id, name, number, content_sealed)
    values (${uploadId}, ${name}, ${number}, ${sealed})`.execute(tx);
}

/** Takes away what there is under a name. */
export async function dropPieces(tx: Transaction, uploadId: string, name: string): Promise<void> {
  await sql`delete from service.import_upload_piece where upload_id = ${uploadId} and name = ${name}`.execute(
    tx,
  );
}

/** One piece, opened; null where there is none. */
async function readPiece(
  tx: Transaction,
  keyring: Keyring,
  { uploadId, name, number }: PiecePlace,
): Promise<Uint8Array | null> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select content_sealed as sealed from service.import_upload_piece
    where upload_id = ${uploadId} and name = ${name} and number = ${number}`.execute(tx);
  const [row] = rows;
  return row ? keyring.box(BOX).open(row.sealed, placeOf(uploadId, name, number)) : null;
}

/** All of what is under a name; null where there is nothing. */
export async function readWhole(
  tx: Transaction,
  keyring: Keyring,
  uploadId: string,
  name: string,
): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await readPiece(tx, keyring, { uploadId, name, number: pieces.length });
    if (piece === null) break;
    pieces.push(piece);
  }
  return pieces.length === 0 ? null : Buffer.concat(pieces);
}

/** A file piece by piece, as the task that imports: one piece is in memory, and no transaction waits for the next. */
export async function* readPieces(
  database: Database,
  keyring: Keyring,
  uploadId: string,
  name: string,
): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number += 1) {
    const piece = await database.asTask('importing', (tx) =>
      readPiece(tx, keyring, { uploadId, name, number }),
    );
    if (piece === null) return;
    yield piece;
  }
}
