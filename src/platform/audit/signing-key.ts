import { randomBytes } from 'node:crypto';
import { type Keyring, SealedBoxError } from '../crypto/sealed-box.ts';
import type { Transaction } from '../database/transaction.ts';
import { type NoteSigner, newSignerKey, parseSignerKey } from './signed-note.ts';

const PURPOSE = 'audit-signing-key';

/**
 * The key that signs the checkpoints of this log: made once, and kept in the database where the sealing task alone can
 * read it, sealed by the service's secret. With another secret it cannot be opened; then a new one is made, and both
 * are known from then on.
 *
 * @param tx of the sealing task, which holds the sealing lock.
 * @param host where the service is, for the name of the log: `homeward.example.org`.
 */
export async function signingKey(tx: Transaction, keyring: Keyring, host: string): Promise<NoteSigner> {
  const box = keyring.box(PURPOSE);
  const kept = await tx
    .selectFrom('audit.signing_key')
    .select(['verifier', 'key_sealed'])
    .orderBy('made_at', 'desc')
    .execute();
  for (const { verifier, key_sealed: sealed } of kept) {
    try {
      return parseSignerKey(Buffer.from(box.open(sealed, verifier)).toString());
    } catch (error) {
      if (!(error instanceof SealedBoxError)) throw error;
    }
  }
  // No two logs may have one name, and a place may have had a log before.
  const key = newSignerKey(`${host}/audit-${randomBytes(4).toString('hex')}`);
  const signer = parseSignerKey(key);
  const verifier = signer.verifier.text;
  await tx
    .insertInto('audit.signing_key')
    .values({ verifier, key_sealed: Buffer.from(box.seal(Buffer.from(key), verifier)) })
    .execute();
  return signer;
}
