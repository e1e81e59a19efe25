import type { Role } from '../../src/platform/database/transaction.ts';
import { sealPasswordHash, sealTotpSecret } from '../../src/platform/identity/credentials.ts';
import { currentTotp, newTotpSecret } from '../../src/platform/identity/one-time-code.ts';
import { hashPassword } from '../../src/platform/identity/password.ts';
import { hashRecoveryCode, newRecoveryCodes } from '../../src/platform/identity/recovery-codes.ts';
import type { HttpVisitor, Reply } from './http-visitor.ts';
import { type Someone, someone, type TestService } from './service.ts';

export const PASSWORD = 'kettle orchard fathom';
let hashed: Promise<string> | undefined;

/** Somebody whose account is set up, arranged behind the service's back. */
export interface SetUpAccount extends Someone {
  totpSecret: string;
  recoveryCodes: string[];
}

/** An account that can sign in with `PASSWORD` and a code, and is signed in once already. */
export async function setUpAccount(
  given: TestService,
  role: Role,
  place: Parameters<typeof someone>[2] = {},
): Promise<SetUpAccount> {
  hashed ??= hashPassword(PASSWORD);
  const made = await someone(given.owner, role, place);
  const { keyring } = given.service;
  const totpSecret = newTotpSecret();
  const recoveryCodes = newRecoveryCodes();
  await given.owner.query(
    'update identity.account set password_sealed = $2, totp_sealed = $3, totp_confirmed_at = now() where id = $1',
    [
      made.accountId,
      sealPasswordHash(keyring, made.accountId, await hashed),
      sealTotpSecret(keyring, made.accountId, totpSecret),
    ],
  );
  await given.owner.query(
    'insert into identity.recovery_code (account_id, code_hash) select $1, unnest($2::bytea[])',
    [made.accountId, recoveryCodes.map((code) => Buffer.from(hashRecoveryCode(code)))],
  );
  return { ...made, totpSecret, recoveryCodes };
}

/** Minutes and codes as a test wants them: each code is of a step of its own, as a patient person's would be. */
export class SteppingClock {
  #ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  /** Back to the present: what the database says of a moment ago is a moment ago again. */
  reset(): void {
    this.#ahead = 0;
  }

  pass(minutes: number): void {
    this.#ahead += minutes * 60_000;
  }

  /** The code of the next step, which was never used. */
  nextCode(totpSecret: string): string {
    this.pass(0.5);
    return currentTotp(totpSecret, this.now());
  }
}

/** Types address and password into the sign-in page. */
export async function typePassword(
  visitor: HttpVisitor,
  email: string,
  password = PASSWORD,
  at = '/sign-in',
): Promise<Reply> {
  return await visitor.fill(at, { email, password });
}

/** Signs in by both steps. @returns the last reply. */
export async function signIn(
  visitor: HttpVisitor,
  { email, totpSecret }: Pick<SetUpAccount, 'email' | 'totpSecret'>,
  clock: SteppingClock,
  at = '/sign-in',
): Promise<Reply> {
  const second = await typePassword(visitor, email, PASSWORD, at);
  return await visitor.send(second, { code: clock.nextCode(totpSecret) }, '/sign-in/code');
}
