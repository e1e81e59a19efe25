import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Asker, Transaction } from '../database/transaction.ts';
import type { Service } from '../service.ts';
import { applicationProof } from './application-proof.ts';
import { openPasswordHash, openTotpSecret, sealPasswordHash } from './credentials.ts';
import { checkTotp } from './one-time-code.ts';
import { verifyPassword } from './password.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import { recordAccountFailure } from './sign-in.ts';
import { hashToken, newToken } from './token.ts';

/** What somebody who is signed in does with their own password and codes. */
export interface OwnGround {
  tx: Transaction;
  service: Service;
  asker: Asker;
}

/** The sealed hash of somebody's own password; null while their account is locked. */
export type OwnPassword = Buffer | null;

/**
 * Begins to check password and code of somebody who is signed in already. It is done in three steps, because hashing
 * takes long and no transaction may wait for it: this one, {@link isOwnPassword}, {@link settleOwnCredentials}.
 */
export async function findOwnPassword(ground: OwnGround): Promise<OwnPassword> {
  return (await findOpenCredentials(ground))?.password_sealed ?? null;
}

/** Not to be called within a transaction. */
export async function isOwnPassword(
  { service, asker }: Omit<OwnGround, 'tx'>,
  held: OwnPassword,
  password: string,
): Promise<boolean> {
  if (held === null) return false;
  const { ok } = await verifyPassword(openPasswordHash(service.keyring, asker.accountId, held), password);
  return ok;
}

/**
 * Says whether both were right, by what is so now. Wrong ones count towards locking the account.
 * @returns the step of the code, to be used up by the act that it is proof for; null when either is wrong.
 */
export async function settleOwnCredentials(
  ground: OwnGround,
  password: { held: OwnPassword; right: boolean },
  code: string,
): Promise<{ step: number; email: string } | null> {
  const { tx, service, asker } = ground;
  const own = await findOpenCredentials(ground);
  if (own && password.right && password.held?.equals(own.password_sealed)) {
    const secret = openTotpSecret(service.keyring, asker.accountId, own.totp_sealed);
    const right = checkTotp(secret, code, service.clock.now(), own.totp_last_step);
    if (right) return { step: right.step, email: own.email };
  }
  await recordAccountFailure(tx, service, asker.accountId);
  return null;
}

async function findOpenCredentials({ tx, service, asker }: OwnGround): Promise<OwnCredentials | null> {
  const proof = applicationProof(service.keyring, 'own-credentials', asker.sessionId);
  const found = await sql<OwnCredentials>`
    select * from identity.own_credentials(${asker.sessionId}, ${proof})`.execute(tx);
  const own = found.rows[0];
  return own && !own.locked ? own : null;
}

/** Proves the session again. @returns its new token, or null when the code was used meanwhile. */
export async function proveAgain({ tx, service, asker }: OwnGround, step: number): Promise<string | null> {
  const token = newToken();
  const tokenHash = hashToken(token);
  const proof = applicationProof(
    service.keyring,
    'prove-again',
    asker.sessionId,
    step,
    Buffer.from(tokenHash).toString('hex'),
  );
  const proved = await sql<{ done: boolean }>`
    select identity.prove_again(${asker.sessionId}, ${step}, ${tokenHash}, ${proof}) as done`.execute(tx);
  return proved.rows[0]?.done ? token : null;
}

/**
 * Keeps a new password and ends every other session.
 * @param passwordHash as `hashPassword` gives it.
 * @returns false when the code was used meanwhile.
 */
export async function changePassword(
  { tx, service, asker }: OwnGround,
  step: number,
  passwordHash: string,
): Promise<boolean> {
  const sealed = sealPasswordHash(service.keyring, asker.accountId, passwordHash);
  const digest = createHash('sha256').update(sealed).digest('hex');
  const proof = applicationProof(service.keyring, 'change-password', asker.sessionId, digest, step);
  const changed = await sql<{ done: boolean }>`
    select identity.change_password(${asker.sessionId}, ${sealed}, ${step}, ${proof}) as done`.execute(tx);
  return changed.rows[0]?.done ?? false;
}

/** Keeps new recovery codes; those of before work no more. */
export async function replaceRecoveryCodes(
  { tx, service, asker }: OwnGround,
  codes: readonly string[],
): Promise<void> {
  const hashes = codes.map((code) => Buffer.from(hashRecoveryCode(code)));
  const line = hashes.map((hash) => hash.toString('hex')).join(',');
  const proof = applicationProof(service.keyring, 'replace-recovery-codes', asker.sessionId, line);
  await sql`select identity.replace_recovery_codes(${asker.sessionId}, ${hashes}, ${proof})`.execute(tx);
}

/** What somebody may know of their own account. */
export interface OwnAccount {
  email: string;
  setUpAt: Date | null;
  recoveryCodesLeft: number;
}

export async function findOwnAccount(tx: Transaction): Promise<OwnAccount> {
  const found = await sql<OwnAccount>`
    select email, set_up_at as "setUpAt", recovery_codes_left as "recoveryCodesLeft" from identity.own_account()`.execute(
    tx,
  );
  const own = found.rows[0];
  if (!own) throw new Error('Somebody who is signed in has no account');
  return own;
}

interface OwnCredentials {
  email: string;
  password_sealed: Buffer;
  totp_sealed: Buffer;
  totp_last_step: number;
  locked: boolean;
}
