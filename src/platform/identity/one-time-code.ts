import { timingSafeEqual } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';

/**
 * Codes from an authenticator app (TOTP, RFC 6238): six digits, SHA-1 and 30 seconds, because those are the only
 * settings that every app understands. SHA-1 is sound here: HMAC does not rest on its resisting collisions.
 */

const STEP_SECONDS = 30;
const DIGITS = 6;
const SECRET_BYTES = 20;
/** A code is taken one step early or late, for clocks that differ and people who type slowly. */
const STEPS_EITHER_SIDE = 1;

/** A new secret of 160 bits in base32, as apps take it. Keep it sealed. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The address that an authenticator app reads from a QR code. It holds the secret. */
export function totpUri(about: { issuer: string; account: string; secret: string }): string {
  return new TOTP({
    issuer: about.issuer,
    label: about.account,
    secret: Secret.fromBase32(about.secret),
    algorithm: 'SHA1',
    digits: DIGITS,
    period: STEP_SECONDS,
  }).toString();
}

/**
 * Whether a code is right now, and not used before.
 * @param code as typed: spaces are passed over, since apps show `123 456`
 * @param lastUsedStep what the last success gave, or null. A code of that step or an earlier one is refused, so
 *   none works twice (ASVS 6.5.1). The caller stores the new step in the same transaction, with
 *   `where last_used_step is null or last_used_step < step`, or two requests at once could both pass.
 * @returns the step to store, or null if the code is not right
 */
export function checkTotp(
  secret: string,
  code: string,
  now: Date,
  lastUsedStep: number | null,
): { step: number } | null {
  const digits = code.replace(/\s/gu, '');
  if (!/^[0-9]{6}$/.test(digits)) return null;
  const key = Secret.fromBase32(secret);
  const present = stepAt(now);
  let right: { step: number } | null = null;
  for (let step = present - STEPS_EITHER_SIDE; step <= present + STEPS_EITHER_SIDE; step += 1) {
    const expected = Buffer.from(codeOf(key, step));
    const isRight = timingSafeEqual(expected, Buffer.from(digits));
    if (isRight && (lastUsedStep === null || step > lastUsedStep)) right ??= { step };
  }
  return right;
}

/** The code an app would show now. Only for the sign-in page of a demonstration. */
export function currentTotp(secret: string, now: Date): string {
  return codeOf(Secret.fromBase32(secret), stepAt(now));
}

function codeOf(secret: Secret, step: number): string {
  return HOTP.generate({ secret, algorithm: 'SHA1', digits: DIGITS, counter: step });
}

function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / STEP_SECONDS);
}
