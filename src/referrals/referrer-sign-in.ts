import { sql } from 'kysely';
import type { Keyring } from '../platform/crypto/sealed-box.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { applicationProof } from '../platform/identity/application-proof.ts';
import { hashToken, isToken, newToken } from '../platform/identity/token.ts';
import { sealMessagePath } from '../platform/messages/message-link.ts';

/** Referrers have no password: a link in an email proves that they read the address they gave. */

/** The email that carries a referrer's link; it also binds the sealed link to that email. */
const TEMPLATE = 'referrer-sign-in';
const AN_HOUR = 3600;
const LINKS_AN_HOUR_FOR_AN_ADDRESS = 5;
const LINKS_AN_HOUR_FROM_A_COMPUTER = 20;

export const REFERRER_IDLE_MINUTES = 60;
export const REFERRER_ABSOLUTE_HOURS = 12;
export const LINK_MINUTES = 30;

export interface LinkWanted {
  email: string;
  name: string;
  /** The network address the request came from. */
  from: string;
  /** The page to open once the link is used, if it is one of a referrer's; see {@link referrerPath}. */
  returnTo: string | undefined;
}

/**
 * Makes a link and queues the email that carries it. Nothing it returns tells whether the address was known.
 * `too-many` when links for this address, or from this computer, were asked for too often in the last hour.
 */
export async function sendReferrerLink(
  tx: Transaction,
  keyring: Keyring,
  { email, name, from, returnTo }: LinkWanted,
): Promise<'sent' | 'too-many'> {
  const allowed =
    (await mayTry(tx, keyring, `address ${email.toLowerCase()}`, LINKS_AN_HOUR_FOR_AN_ADDRESS)) &&
    (await mayTry(tx, keyring, `computer ${from}`, LINKS_AN_HOUR_FROM_A_COMPUTER));
  if (!allowed) return 'too-many';

  const token = newToken();
  const query = new URLSearchParams({ token });
  const path = referrerPath(returnTo);
  if (path !== undefined) query.set('return', path);
  const secret = sealMessagePath(keyring, TEMPLATE, `/refer/link?${query}`);
  const hash = Buffer.from(hashToken(token));
  const proof = applicationProof(keyring, 'make-referrer-link', email, name, hash.toString('hex'));
  await sql`select identity.make_referrer_link(${email}, ${name}, ${hash}, ${secret}, ${proof})`.execute(tx);
  return 'sent';
}

async function mayTry(tx: Transaction, keyring: Keyring, who: string, anHour: number): Promise<boolean> {
  const key = `referrer-link ${Buffer.from(keyring.hmac('attempt', who)).toString('hex')}`;
  const tried = await sql<{ allowed: boolean }>`
    select identity.attempt(${key}, ${anHour}, ${AN_HOUR}) as allowed`.execute(tx);
  return tried.rows[0]?.allowed ?? false;
}

/** Whether a link would still open a session. Changes nothing: scanners of email open links too. */
export async function isLinkGood(tx: Transaction, token: string): Promise<boolean> {
  if (!isToken(token)) return false;
  const found = await sql<{ good: boolean }>`
    select identity.link_is_good(${token}, 'referrer-sign-in') as good`.execute(tx);
  return found.rows[0]?.good ?? false;
}

/** Uses a link, once: the token of the session it opened, or null when it was used before, ran out or never was. */
export async function useReferrerLink(
  tx: Transaction,
  keyring: Keyring,
  token: string,
  device: string,
): Promise<string | null> {
  if (!isToken(token)) return null;
  const session = newToken();
  const hash = Buffer.from(hashToken(session));
  const proof = applicationProof(keyring, 'use-referrer-link', token, hash.toString('hex'));
  const opened = await sql<{ id: string | null }>`
    select identity.use_referrer_link(${token}, ${hash}, ${REFERRER_IDLE_MINUTES}, ${REFERRER_ABSOLUTE_HOURS}, ${device},
      ${proof}) as id`.execute(tx);
  return opened.rows[0]?.id ? session : null;
}

/** A path that a referrer may be sent on to: a page of a draft or of a sent referral, and nothing else. */
export function referrerPath(path: string | undefined): string | undefined {
  return path !== undefined &&
    /^\/refer\/([0-9a-f-]{36}\/(you|young-person|concern|check)|sent\/[0-9a-f-]{36})$/.test(path)
    ? path
    : undefined;
}
