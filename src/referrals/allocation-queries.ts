import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';

/** Somebody who works in a provider's team, or manages the provider. */
export interface TeamMember {
  accountId: string;
  name: string;
  role: 'caseworker' | 'provider-manager';
}

export async function whoWorksIn(tx: Transaction, teamId: string): Promise<TeamMember[]> {
  const found = await sql<TeamMember>`
    select account_id as "accountId", name, role from need_to_know.who_works_in(${teamId}) order by name`.execute(
    tx,
  );
  return found.rows;
}

/** To whom a referral is allocated now. */
export interface PresentAllocation {
  organisationName: string;
  teamName: string;
  workerName: string | null;
  startedAt: Date;
}

export async function findAllocation(tx: Transaction, referralId: string): Promise<PresentAllocation | null> {
  const found = await tx
    .selectFrom('service.allocation as l')
    .innerJoin('identity.organisation as o', 'o.id', 'l.organisation_id')
    .innerJoin('identity.team as t', 't.id', 'l.team_id')
    .leftJoin('identity.account as w', 'w.id', 'l.worker_id')
    .select([
      'o.name as organisationName',
      't.name as teamName',
      'w.name as workerName',
      'l.started_at as startedAt',
    ])
    .where('l.referral_id', '=', referralId)
    .where('l.ended_at', 'is', null)
    .executeTakeFirst();
  return found ?? null;
}
