import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Transaction } from '../database/transaction.ts';
import type { Service } from '../service.ts';
import { applicationProof } from './application-proof.ts';
import { sealPasswordHash, sealTotpSecret } from './credentials.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import { openStep, sealStep } from './sealed-step.ts';
import { isToken } from './token.ts';

/** Minutes in which an account that was begun to be set up must be finished; the link works again after that. */
const MINUTES = 30;

/** Whose link it is, as the set-up pages greet them. */
export interface LinkOwner {
  accountId: string;
  email: string;
  name: string;
  purpose: 'invitation' | 'reset';
}

/** Whose link it is, while it can still be used. Looking changes nothing: mail scanners open links. */
export async function findLinkOwner(
  tx: Transaction,
  service: Service,
  token: string,
): Promise<LinkOwner | null> {
  if (!isToken(token)) return null;
  const proof = applicationProof(service.keyring, 'link-owner', token);
  const found = await sql<LinkOwner>`
    select account_id as "accountId", email, name, purpose from identity.link_owner(${token}, ${proof})
    where purpose in ('invitation', 'reset')`.execute(tx);
  return found.rows[0] ?? null;
}

/**
 * The steps of setting an account up: each holds what the ones before gave, and nothing is written before the last.
 * The app's key is proved by a code of it, and the recovery codes are shown before they count.
 */
const steps = {
  password: z.object({ token: z.string() }),
  app: z.object({
    token: z.string(),
    accountId: z.string(),
    email: z.string(),
    passwordHash: z.string(),
    totpSecret: z.string(),
  }),
  'recovery-codes': z.object({
    token: z.string(),
    accountId: z.string(),
    passwordHash: z.string(),
    totpSecret: z.string(),
    totpStep: z.number(),
    recoveryCodes: z.array(z.string()),
  }),
} as const;
type StepName = keyof typeof steps;
export type SetUpStep<Name extends StepName> = z.output<(typeof steps)[Name]>;

/** What a step hands to the next by a hidden field, for this browser alone. */
export function sealSetUp<Name extends StepName>(
  service: Service,
  browser: string,
  step: Name,
  value: SetUpStep<Name>,
): string {
  return sealStep(service, { purpose: `set-up ${step}`, holder: browser }, value);
}

/** What the step before handed on; null when it is too old or another browser's. */
export function openSetUp<Name extends StepName>(
  service: Service,
  browser: string,
  step: Name,
  sealed: string,
): SetUpStep<Name> | null {
  const binding = { purpose: `set-up ${step}`, holder: browser };
  return openStep(service, binding, sealed, {
    minutes: MINUTES,
    schema: steps[step],
  }) as SetUpStep<Name> | null;
}

/**
 * Writes all that was chosen, and uses up the link. Sessions and recovery codes of before end with it.
 * @returns false when the link was used or has run out meanwhile: then nothing is written.
 */
export async function finishSetUp(
  tx: Transaction,
  { keyring }: Service,
  chosen: SetUpStep<'recovery-codes'>,
): Promise<boolean> {
  const { token, accountId, totpStep } = chosen;
  const password = sealPasswordHash(keyring, accountId, chosen.passwordHash);
  const totp = sealTotpSecret(keyring, accountId, chosen.totpSecret);
  const codes = chosen.recoveryCodes.map((code) => Buffer.from(hashRecoveryCode(code)));
  const proof = applicationProof(
    keyring,
    'accept-invitation',
    token,
    digest(password),
    digest(totp),
    totpStep,
    codes.map((code) => code.toString('hex')).join(','),
  );
  const accepted = await sql<{ account: string | null }>`
    select identity.accept_invitation(${token}, ${password}, ${totp}, ${totpStep}, ${codes}, ${proof}) as account`.execute(
    tx,
  );
  return accepted.rows[0]?.account === accountId;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
