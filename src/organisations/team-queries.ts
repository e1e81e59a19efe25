import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';
import { type TeamProfile, unwrittenProfile, type WorksWith } from './team-profile.ts';

/** A provider's team and what it offers. */
export interface ProfiledTeam extends TeamProfile {
  teamId: string;
  teamName: string;
  organisationId: string;
  organisationName: string;
  /** Of the profile; 0 where nobody has written one. */
  version: number;
}

/** The teams of every provider, or of one, or one alone, by name: teams are hundreds at most. */
export async function profiledTeams(
  tx: Transaction,
  which: { organisationId?: string | undefined; teamId?: string | undefined } = {},
): Promise<ProfiledTeam[]> {
  const wanted = [sql`o.kind = 'provider'`];
  if (which.organisationId !== undefined) wanted.push(sql`o.id = ${which.organisationId}`);
  if (which.teamId !== undefined) wanted.push(sql`t.id = ${which.teamId}`);
  const { rows } = await sql<TeamRow>`
    select t.id as "teamId", t.name as "teamName", o.id as "organisationId", o.name as "organisationName",
      p.works_with, p.specialisms, p.languages, p.areas, p.open_to_new, p.version
    from identity.team t
    join identity.organisation o on o.id = t.organisation_id
    left join identity.team_profile p on p.team_id = t.id
    where ${sql.join(wanted, sql` and `)}
    order by o.name, t.name, t.id
    limit 1000`.execute(tx);
  return rows.map(({ teamId, teamName, organisationId, organisationName, ...profile }) => ({
    teamId,
    teamName,
    organisationId,
    organisationName,
    ...(profile.version === null
      ? { ...unwrittenProfile, version: 0 }
      : {
          worksWith: profile.works_with,
          specialisms: profile.specialisms,
          languages: profile.languages,
          areas: profile.areas,
          isOpenToNew: profile.open_to_new,
          version: profile.version,
        }),
  }));
}

type Naming = Pick<ProfiledTeam, 'teamId' | 'teamName' | 'organisationId' | 'organisationName'>;
type TeamRow = Naming &
  (
    | { version: null }
    | {
        works_with: WorksWith;
        specialisms: string[];
        languages: string[];
        areas: string[];
        open_to_new: boolean;
        version: number;
      }
  );
