import { isIPv6 } from 'node:net';
import { sql } from 'kysely';
import type { SignInGround } from './sign-in-ground.ts';

/** Wrong tries that are allowed in a window, from one network and for one address, whether or not it is an account's. */
const ALLOWED = { network: 30, account: 20 };
const WINDOW_SECONDS = 15 * 60;

/**
 * Whether somebody at this network may try to sign in to this account now. It is read, not counted: only what went
 * wrong counts, so that a whole office behind one address can sign in at nine o'clock.
 */
export async function isTryAllowed(ground: SignInGround, email: string): Promise<boolean> {
  const { network, account } = keysOf(ground, email);
  const found = await sql<{ allowed: boolean }>`
    select identity.may_try(${network}, ${ALLOWED.network}) and identity.may_try(${account}, ${ALLOWED.account}) as allowed`.execute(
    ground.tx,
  );
  return found.rows[0]?.allowed ?? false;
}

/** Counts a try that went wrong, or that came when no more were allowed. */
export async function recordTry(ground: SignInGround, email: string): Promise<void> {
  const { network, account } = keysOf(ground, email);
  await sql`
    select identity.attempt(${network}, ${ALLOWED.network}, ${WINDOW_SECONDS}),
      identity.attempt(${account}, ${ALLOWED.account}, ${WINDOW_SECONDS})`.execute(ground.tx);
}

/** The keys are hashed: the table of tries says neither who tried nor from where. */
function keysOf({ service, visitor }: SignInGround, email: string) {
  const keyed = (purpose: string, text: string) =>
    Buffer.from(service.keyring.hmac(purpose, text)).toString('base64url');
  return {
    network: keyed('sign-in-network', networkOf(visitor.address)),
    account: keyed('sign-in-account', email.toLowerCase()),
  };
}

/** A home or an office: one IPv4 address, or the 64 bits of an IPv6 address that its holder cannot choose. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
