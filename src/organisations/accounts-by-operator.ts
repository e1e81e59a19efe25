import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { StaffRole } from '../platform/identity/staff-roles.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Service } from '../platform/service.ts';
import { addAccount, disableAccount, sendSetUpLink } from './account-commands.ts';
import { type RolePlace, rolePlace } from './role-place.ts';

// What the person who runs the server does about accounts before there is anybody else who could, and when nobody else
// can any more. It goes round the two people that a role takes otherwise, so it says in the audit that it did.

const REASON = 'by-operator';
const THE_SERVICE = 'The service itself';

export interface NewAccount {
  email: string;
  name: string;
  role: StaffRole;
  /** Name of the organisation; the service itself where the role is held there. */
  organisation?: string | undefined;
  /** Whether they speak for the organisation. */
  approver: boolean;
}

/** A set-up link on its way, for the terminal: who runs the server may have no mail yet. */
export interface SentLink {
  accountId: string;
  /** What the link opens, from the slash on. */
  path: string;
  until: Date;
}

/** Makes an account with a role that counts at once. @throws Refusal when it cannot be. */
export async function addAccountByOperator(
  tx: Transaction,
  service: Pick<Service, 'keyring'>,
  { email, name, role, organisation, approver }: NewAccount,
): Promise<SentLink> {
  const { at, needs }: RolePlace = rolePlace[role];
  if (needs !== 'nothing')
    throw new Refusal(
      `The role ${role} is for a team or for areas: an administrator asks for it, on the account's page`,
    );
  if (approver && role === 'administrator')
    throw new Refusal('An administrator asks for roles and gives none: name somebody else with --approver');
  const organisationId =
    at === 'service' ? await theService(tx) : await organisationCalled(tx, at, organisation);
  const accountId = await addAccount(tx, { email, name });
  if (accountId === null)
    throw new Refusal(`${email} has an account already: homeward users reset sends a new link`);
  const { id } = await tx
    .insertInto('identity.access_grant')
    .values({ account_id: accountId, role, organisation_id: organisationId, approved_at: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordCommand(tx, {
    action: 'role-given-by-operator',
    subject: { kind: 'grant', id },
    detail: { account: accountId, role, organisation: organisationId },
  });
  if (approver) {
    await tx
      .insertInto('identity.approver')
      .values({ organisation_id: organisationId, account_id: accountId })
      .execute();
    await recordCommand(tx, {
      action: 'approver-named',
      subject: { kind: 'account', id: accountId },
      detail: { organisation: organisationId },
    });
  }
  return await link(tx, service, accountId, { purpose: 'invitation' });
}

/** Closes an account and ends its sessions. @throws Refusal when there is none that is open. */
export async function disableAccountByOperator(tx: Transaction, email: string): Promise<string> {
  const id = await accountOf(tx, email);
  if (!(await disableAccount(tx, id, REASON))) throw new Refusal(`The account of ${email} is closed already`);
  return id;
}

/** Sends a new set-up link. @throws Refusal when there is no account that is open. */
export async function resetAccountByOperator(
  tx: Transaction,
  service: Pick<Service, 'keyring'>,
  email: string,
): Promise<SentLink> {
  return await link(tx, service, await accountOf(tx, email), { purpose: 'reset', reason: REASON });
}

async function link(
  tx: Transaction,
  service: Pick<Service, 'keyring'>,
  accountId: string,
  of: Parameters<typeof sendSetUpLink>[3],
): Promise<SentLink> {
  const sent = await sendSetUpLink(tx, service, accountId, of);
  if (!sent) throw new Refusal('The account is closed: an administrator can open it again');
  return { accountId, ...sent };
}

async function accountOf(tx: Transaction, email: string): Promise<string> {
  const found = await tx
    .selectFrom('identity.account')
    .select('id')
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('kind', '=', 'staff')
    .executeTakeFirst();
  if (!found) throw new Refusal(`Nobody who works with the service has an account with the address ${email}`);
  return found.id;
}

async function theService(tx: Transaction): Promise<string> {
  const found = await tx
    .selectFrom('identity.organisation')
    .select('id')
    .where('kind', '=', 'service')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  if (found) return found.id;
  const made = await tx
    .insertInto('identity.organisation')
    .values({ kind: 'service', name: THE_SERVICE })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}

async function organisationCalled(tx: Transaction, kind: string, name: string | undefined): Promise<string> {
  const known = await tx
    .selectFrom('identity.organisation')
    .select(['id', 'name'])
    .where('kind', '=', kind)
    .orderBy('name')
    .execute();
  const found = known.find((organisation) => organisation.name === name);
  if (found) return found.id;
  throw new Refusal(
    known.length === 0
      ? `There is no ${kind} yet: an administrator adds it on the Partners page`
      : `Say which ${kind} with --organisation: ${known.map((organisation) => organisation.name).join(', ')}`,
  );
}
