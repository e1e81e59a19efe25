import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';
import { applicationProof } from '../platform/identity/application-proof.ts';
import { hashToken, newToken } from '../platform/identity/token.ts';
import { sealMessagePath } from '../platform/messages/message-link.ts';
import type { Service } from '../platform/service.ts';
import type { WantedRole } from './role-place.ts';
import { whether } from './whether.ts';

// The database decides who may do each of these, writes it into the audit and ends what must end with it: what is here
// asks for it (db/policies/10-identity.sql).

/** The path that a set-up link opens. */
const setUpPath = (token: string): string => `/set-up-account?${new URLSearchParams({ token })}`;

/** Makes an account for somebody who works with the service. @returns its id, or null when the address has one already. */
export async function addAccount(
  tx: Transaction,
  person: { email: string; name: string },
): Promise<string | null> {
  const made = await sql<{ id: string | null }>`
    select identity.add_account(${person.email}, ${person.name}) as id`.execute(tx);
  return made.rows[0]?.id ?? null;
}

/** What a set-up link is for, and why it is sent. */
export type SetUpLink = { purpose: 'invitation' } | { purpose: 'reset'; reason: string };

/**
 * Queues a link to set an account up with. Links of before stop working.
 * @returns the path it opens and until when, for the command line; null for an account that is closed.
 */
export async function sendSetUpLink(
  tx: Transaction,
  { keyring }: Pick<Service, 'keyring'>,
  accountId: string,
  link: SetUpLink,
): Promise<{ path: string; until: Date } | null> {
  const token = newToken();
  const hash = hashToken(token);
  const secret = sealMessagePath(keyring, link.purpose, setUpPath(token));
  const reason = link.purpose === 'reset' ? link.reason : 'new-account';
  const proof = applicationProof(
    keyring,
    'invite',
    accountId,
    link.purpose,
    Buffer.from(hash).toString('hex'),
  );
  const sent = await sql<{ until: Date | null }>`
    select identity.invite(${accountId}, ${link.purpose}, ${hash}, ${secret}, ${reason}, ${proof}) as until`.execute(
    tx,
  );
  const until = sent.rows[0]?.until;
  return until ? { path: setUpPath(token), until } : null;
}

/**
 * Closes an account; its sessions end in the same moment, and the managers of whoever they worked with are told.
 * @returns false for one's own, and for one that is closed.
 */
export async function disableAccount(tx: Transaction, account: string, reason: string): Promise<boolean> {
  const isDone = await whether(tx, sql`select identity.disable_account(${account}, ${reason}) as done`);
  if (isDone) await tellOfLeftCases(tx, account);
  return isDone;
}

async function tellOfLeftCases(tx: Transaction, account: string): Promise<void> {
  await sql`select messages.tell_managers_of_left_cases(${account})`.execute(tx);
}

/** Opens a closed account again. Its roles were not taken from it. */
export async function enableAccount(tx: Transaction, account: string, reason: string): Promise<boolean> {
  return await whether(tx, sql`select identity.enable_account(${account}, ${reason}) as done`);
}

/** Lets somebody try again before their lock ends. */
export async function unlockAccount(tx: Transaction, account: string, reason: string): Promise<boolean> {
  return await whether(tx, sql`select identity.unlock_account(${account}, ${reason}) as done`);
}

/** Signs somebody out everywhere. */
export async function endSessionsOf(tx: Transaction, account: string, reason: string): Promise<boolean> {
  return await whether(tx, sql`select identity.end_sessions_of(${account}, ${reason}) as done`);
}

/** Asks for a role for somebody, and tells those who can give it. It is none until one of them has. */
export async function requestRole(
  tx: Transaction,
  asker: Asker,
  accountId: string,
  { role, organisationId, teamId, areas }: WantedRole,
): Promise<void> {
  const { id } = await tx
    .insertInto('identity.access_grant')
    .values({
      account_id: accountId,
      role,
      organisation_id: organisationId,
      team_id: teamId,
      areas: [...areas],
      requested_by: asker.accountId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordCommand(tx, {
    action: 'role-requested',
    subject: { kind: 'grant', id },
    detail: { account: accountId, role, organisation: organisationId, team: teamId, areas },
  });
  await sql`
    select messages.tell(p.account_id, 'role-asked-for', '/approvals')
    from identity.approver p
    join identity.organisation o on o.id = p.organisation_id
    where p.ended_at is null and p.account_id <> ${accountId}
      and (p.organisation_id = ${organisationId}
        or o.kind = 'service' and exists (
          select from identity.approver own
          where own.organisation_id = ${organisationId} and own.account_id = ${accountId} and own.ended_at is null))`.execute(
    tx,
  );
}

/** Gives a role that was asked for, or refuses it. @returns false when it is not theirs to decide, or is decided. */
export async function decideRole(tx: Transaction, grant: string, approve: boolean): Promise<boolean> {
  return await whether(tx, sql`select identity.decide_grant(${grant}, ${approve}) as done`);
}

/** Says that a role is still needed. */
export async function reviewRole(tx: Transaction, grant: string): Promise<boolean> {
  return await whether(tx, sql`select identity.review_grant(${grant}) as done`);
}

/**
 * Ends a role, or takes back what was asked for; whoever is at work in it is signed out, and the managers of whoever they
 * worked with in it are told.
 */
export async function endRole(tx: Transaction, grant: string, reason: string): Promise<boolean> {
  const isDone = await whether(tx, sql`select identity.end_grant(${grant}, ${reason}) as done`);
  const ended = await tx
    .selectFrom('identity.access_grant')
    .select('account_id')
    .where('id', '=', grant)
    .executeTakeFirst();
  if (isDone && ended) await tellOfLeftCases(tx, ended.account_id);
  return isDone;
}
