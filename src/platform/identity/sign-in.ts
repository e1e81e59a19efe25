import { sql } from 'kysely';
import type { Transaction } from '../database/transaction.ts';
import type { Service } from '../service.ts';
import { applicationProof } from './application-proof.ts';
import { openPasswordHash, openTotpSecret } from './credentials.ts';
import { checkTotp } from './one-time-code.ts';
import { dummyVerify, verifyPassword } from './password.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import type { SignInGround } from './sign-in-ground.ts';
import { isTryAllowed, recordTry } from './sign-in-limits.ts';
import { hashToken, newToken } from './token.ts';

/** Minutes without a request after which a session is over (ASVS 5.0, 7.3.1). */
export const IDLE_MINUTES = 30;
/** Hours after which a session is over, whatever happened in it (ASVS 5.0, 7.3.2). */
export const SESSION_HOURS = 12;

/** An account whose password was right a moment ago. It is not signed in yet. */
export interface PasswordProved {
  accountId: string;
  email: string;
}

/** A password somebody types for an address, and what it is held against. */
export interface PasswordTry {
  email: string;
  /** The sealed hash; null where there is none to be right about: no account, a locked one, a disabled one. */
  held: { accountId: string; sealed: Buffer } | null;
}

/**
 * Begins to check the first of the two things. Null for too many tries. It is checked in three steps, because hashing
 * takes long and no transaction may wait for it: this one, {@link isRightPassword}, {@link settlePasswordTry}.
 */
export async function beginPasswordTry(ground: SignInGround, email: string): Promise<PasswordTry | null> {
  if (!(await isTryAllowed(ground, email))) {
    await recordTry(ground, email);
    return null;
  }
  return { email, held: heldAgainst(await findMaterial(ground, email)) };
}

/** Takes the same time whether or not there is anything to be right about. Not to be called within a transaction. */
export async function isRightPassword(
  { keyring }: Service,
  { held }: PasswordTry,
  password: string,
): Promise<boolean> {
  const { ok } = held
    ? await verifyPassword(openPasswordHash(keyring, held.accountId, held.sealed), password)
    : await dummyVerify(password);
  return ok;
}

/**
 * Says whether the try counts as right, and writes it down where it does not. Null for an unknown address, a wrong
 * password, and an account that is locked or disabled, so that nobody learns which. What was read before the hashing is
 * read again: many tries at once must not all go by the time before the first of them was found wrong.
 */
export async function settlePasswordTry(
  ground: SignInGround,
  { email, held }: PasswordTry,
  right: boolean,
): Promise<PasswordProved | null> {
  if (!(await isTryAllowed(ground, email))) {
    await recordTry(ground, email);
    return null;
  }
  const account = await findMaterial(ground, email);
  const now = heldAgainst(account);
  if (right && held && now?.sealed.equals(held.sealed)) return { accountId: held.accountId, email };
  await recordFailure(ground, email, account?.account_id ?? null);
  return null;
}

function heldAgainst(account: Material | undefined): PasswordTry['held'] {
  return account && !account.locked
    ? { accountId: account.account_id, sealed: account.password_sealed }
    : null;
}

/** The second thing: the code an app shows, or one of the recovery codes. */
export type SecondProof = { code: string } | { recoveryCode: string };

export type SignedIn =
  | { state: 'opened'; token: string }
  /** Both proofs were right, and nobody has given the account a role: there is nothing to sign in to. */
  | { state: 'no-role' }
  | { state: 'refused' };

/** Opens a session for an account whose password was right, if the second proof is too. The browser's last one ends. */
export async function openSession(
  ground: SignInGround,
  { accountId, email }: PasswordProved,
  proof: SecondProof,
): Promise<SignedIn> {
  const { tx, service, visitor } = ground;
  const allowed = await isTryAllowed(ground, email);
  const account = allowed ? await findMaterial(ground, email) : undefined;
  const spent = account?.account_id === accountId ? spend(service, account, proof) : null;
  const token = newToken();
  const state = spent ? await askForSession(ground, accountId, token, spent) : 'refused';
  if (state === 'refused') await recordFailure(ground, email, accountId);
  if (state !== 'opened') return { state };
  if (visitor.sessionToken !== null) await endSession(tx, visitor.sessionToken);
  return { state, token };
}

/** Ends the session of a token, if it is one. */
export async function endSession(tx: Transaction, token: string): Promise<void> {
  await sql`select identity.end_session(${token})`.execute(tx);
}

/** Counts a wrong password or code against an account, which may lock it; without an account it is only written down. */
export async function recordAccountFailure(
  tx: Transaction,
  service: Service,
  accountId: string | null,
): Promise<void> {
  const proof = applicationProof(service.keyring, 'sign-in-failed', accountId);
  await sql`select identity.sign_in_failed(${accountId}, ${proof})`.execute(tx);
}

async function recordFailure(ground: SignInGround, email: string, accountId: string | null): Promise<void> {
  await recordAccountFailure(ground.tx, ground.service, accountId);
  await recordTry(ground, email);
}

interface Material {
  account_id: string;
  password_sealed: Buffer;
  totp_sealed: Buffer;
  totp_last_step: number;
  locked: boolean;
}

async function findMaterial({ tx, service }: SignInGround, email: string): Promise<Material | undefined> {
  const proof = applicationProof(service.keyring, 'sign-in-material', email);
  const found = await sql<Material>`select * from identity.sign_in_material(${email}, ${proof})`.execute(tx);
  return found.rows[0];
}

/** What opening the session uses up, so that neither works twice: the code's step, or the recovery code. */
type Spent = { step: number; recoveryHash: null } | { step: null; recoveryHash: Uint8Array };

function spend(service: Service, account: Material, proof: SecondProof): Spent | null {
  if ('recoveryCode' in proof) return { step: null, recoveryHash: hashRecoveryCode(proof.recoveryCode) };
  const secret = openTotpSecret(service.keyring, account.account_id, account.totp_sealed);
  const right = checkTotp(secret, proof.code, service.clock.now(), account.totp_last_step);
  return right && { step: right.step, recoveryHash: null };
}

/** The database decides again whether the account is open and what is spent was not spent before. */
async function askForSession(
  { tx, service, visitor }: SignInGround,
  accountId: string,
  token: string,
  { step, recoveryHash }: Spent,
): Promise<SignedIn['state']> {
  const tokenHash = hashToken(token);
  const proof = applicationProof(
    service.keyring,
    'open-session',
    accountId,
    hex(tokenHash),
    step,
    recoveryHash && hex(recoveryHash),
    IDLE_MINUTES,
    SESSION_HOURS,
  );
  const opened = await sql<{ state: SignedIn['state'] }>`
    select identity.open_session(${accountId}, ${tokenHash}, ${step}, ${recoveryHash}, ${IDLE_MINUTES}, ${SESSION_HOURS},
      ${visitor.device}, ${proof}) as state`.execute(tx);
  return opened.rows[0]?.state ?? 'refused';
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
