import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { codeFrom } from '../platform/text/code-from.ts';
import { whether } from './whether.ts';

/**
 * Adds an organisation. Files call it by a code made of its name, unless another has that code already.
 *
 * @returns its id, or null when there is one of that name.
 */
export async function addPartner(
  tx: Transaction,
  partner: { name: string; kind: string },
): Promise<string | null> {
  const made = await tx
    .insertInto('identity.organisation')
    .values({ ...partner, code: await freeCode(tx, partner.name) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return null;
  await recordCommand(tx, {
    action: 'partner-added',
    subject: { kind: 'organisation', id: made.id },
    detail: { kind: partner.kind },
  });
  return made.id;
}

async function freeCode(tx: Transaction, name: string): Promise<string | null> {
  const code = codeFrom(name);
  if (code === '') return null;
  const taken = await tx
    .selectFrom('identity.organisation')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirst();
  return taken ? null : code;
}

/** Adds a team. @returns false when the organisation has one of that name. */
export async function addTeam(tx: Transaction, organisationId: string, name: string): Promise<boolean> {
  const made = await tx
    .insertInto('identity.team')
    .values({ organisation_id: organisationId, name })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return false;
  await recordCommand(tx, {
    action: 'team-added',
    subject: { kind: 'team', id: made.id },
    detail: { organisation: organisationId },
  });
  return true;
}

/**
 * Says which areas a council is responsible for, all of them.
 *
 * @returns null when it is done; or why not: an area that is another council's, or one taken away for which a contact of this
 * council still has a role.
 */
export async function setCouncilAreas(
  tx: Transaction,
  organisationId: string,
  areas: readonly string[],
): Promise<{ area: string; why: 'of-another' | 'has-contact' } | null> {
  const { rows } = await sql<{ area: string; why: 'of-another' | 'has-contact' }>`
    select area, why from identity.set_council_areas(${organisationId}, ${[...areas]}::text[])`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Names who speaks for an organisation, or asks for it where it takes somebody who speaks for the service to confirm it.
 *
 * @returns what was done; 'nobody-to-confirm' where nobody speaks for the service; null when it is not theirs to do, or the
 * account cannot.
 */
export async function nameApprover(
  tx: Transaction,
  organisationId: string,
  email: string,
): Promise<'named' | 'asked' | 'nobody-to-confirm' | null> {
  const { rows } = await sql<{ done: 'named' | 'asked' | 'nobody-to-confirm' | null }>`
    select identity.name_approver(${organisationId}, ${email}) as done`.execute(tx);
  return rows[0]?.done ?? null;
}

/** Confirms somebody whom an administrator asked for, or refuses them. @returns false when it is not theirs to decide any more. */
export async function decideApprover(tx: Transaction, request: string, confirm: boolean): Promise<boolean> {
  return await whether(tx, sql`select identity.decide_approver(${request}, ${confirm}) as done`);
}

/** Somebody speaks for an organisation no more. @returns false when it is not theirs to end, or nobody else would be left. */
export async function endApprover(
  tx: Transaction,
  organisationId: string,
  accountId: string,
  reason: string,
): Promise<boolean> {
  return await whether(
    tx,
    sql`select identity.end_approver(${organisationId}, ${accountId}, ${reason}) as done`,
  );
}
