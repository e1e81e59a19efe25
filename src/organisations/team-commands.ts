import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { TeamProfile } from './team-profile.ts';

/**
 * Writes what a team offers.
 * @param version of the profile as it was when the asker opened it, 0 where there was none.
 * @returns false when somebody has written it since; nothing is changed then.
 */
export async function writeTeamProfile(
  tx: Transaction,
  teamId: string,
  profile: TeamProfile,
  version: number,
): Promise<boolean> {
  // There may be no row to hold yet.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`team-profile ${teamId}`}, 0))`.execute(tx);
  const now = await tx
    .selectFrom('identity.team_profile')
    .select('version')
    .where('team_id', '=', teamId)
    .executeTakeFirst();
  if ((now?.version ?? 0) !== version) return false;
  const { worksWith, specialisms, languages, areas, isOpenToNew } = profile;
  await recordCommand(tx, {
    action: 'team-profile-written',
    subject: { kind: 'team', id: teamId },
    detail: { worksWith, specialisms, areas, open: isOpenToNew },
  });
  const values = {
    works_with: worksWith,
    specialisms: [...specialisms],
    languages: [...languages],
    areas: [...areas],
    open_to_new: isOpenToNew,
  };
  if (now) await tx.updateTable('identity.team_profile').set(values).where('team_id', '=', teamId).execute();
  else
    await tx
      .insertInto('identity.team_profile')
      .values({ team_id: teamId, ...values })
      .execute();
  return true;
}
