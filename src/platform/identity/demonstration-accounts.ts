import { sql } from 'kysely';
import type { Role, Transaction } from '../database/transaction.ts';
import type { Service } from '../service.ts';
import { applicationProof } from './application-proof.ts';
import { openShownPassword, openTotpSecret } from './credentials.ts';
import { currentTotp } from './one-time-code.ts';

/** An invented person's account, with all it takes to sign in to it. */
export interface DemonstrationAccount {
  name: string;
  email: string;
  roles: Role[];
  password: string;
  /** The code that an app would show at this moment. */
  code: string;
}

/**
 * Every account of a demonstration. None where anybody could be real: the service must know that it is a demonstration
 * on a developer's machine, and the database must have been made as one.
 */
export async function findDemonstrationAccounts(
  tx: Transaction,
  { keyring, clock, environment, demonstration }: Service,
): Promise<DemonstrationAccount[]> {
  if (!demonstration || environment !== 'development') return [];
  const proof = applicationProof(keyring, 'demonstration-accounts');
  const found = await sql<{
    account_id: string;
    name: string;
    email: string;
    roles: Role[];
    password_sealed: Buffer;
    totp_sealed: Buffer;
  }>`select * from identity.demonstration_accounts(${proof})`.execute(tx);
  return found.rows.map(({ account_id, name, email, roles, password_sealed, totp_sealed }) => ({
    name,
    email,
    roles,
    password: openShownPassword(keyring, account_id, password_sealed),
    code: currentTotp(openTotpSecret(keyring, account_id, totp_sealed), clock.now()),
  }));
}
