import { sql } from 'kysely';
import { profiledTeams, thresholdsOn } from '../organisations/index.ts';
import { londonDate } from '../platform/clock/london-time.ts';
import { ageOn, type PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { rulesInUse } from './allocation-rules.ts';
import type { CoordinatedReferral } from './referral-queries.ts';
import {
  type Candidate,
  couldSupport,
  type Needing,
  reasonsFor,
  type Suggestion,
  suggestTeams,
} from './suggest-allocation.ts';
import { thoseBefore } from './waiting.ts';
import { everybodyWaiting, type Waiting } from './waiting-queries.ts';

/** What a coordinator is shown before they choose a team. */
export interface Choosing {
  /** Teams open to new referrals, the one that suits best first. */
  suggested: readonly Suggestion[];
  /** Every team with the reasons it has, by name: any can be chosen. */
  all: readonly Suggestion[];
}

/** Every provider's team, with what speaks for and against it for the young person of a referral. */
export async function teamsToChooseFrom(
  tx: Transaction,
  referral: CoordinatedReferral,
  today: PlainDate,
): Promise<Choosing> {
  const rules = await rulesInUse(tx);
  const needing = needingOf(referral, today);
  const candidates = await candidatesFor(tx, referral.state.personId, today);
  return {
    suggested: suggestTeams(candidates, needing, rules),
    all: candidates.map((team) => ({ team, reasons: reasonsFor(team, needing, rules) })),
  };
}

function needingOf(referral: CoordinatedReferral, today: PlainDate): Needing {
  return {
    gender: referral.gender,
    age: referral.dateOfBirth === null ? null : (ageOn(referral.dateOfBirth, today) ?? null),
    area: referral.area,
    areaName: referral.areaName,
    language: referral.answers.find(({ key }) => key === 'language')?.answer ?? '',
  };
}

async function candidatesFor(
  tx: Transaction,
  personId: string | null,
  today: PlainDate,
): Promise<Candidate[]> {
  const teams = await profiledTeams(tx);
  const { caseload } = await thresholdsOn(tx, today);
  const rooms = await sql<{ team_id: string; workers: number; points: number; used: number }>`
    select team_id, workers, points, used from need_to_know.room_of_teams(${caseload.value})`.execute(tx);
  const room = new Map(rooms.rows.map(({ team_id, ...each }) => [team_id, each]));
  const before = personId === null ? [] : await priorWorkersOf(tx, personId);
  return teams.map((team) => ({
    ...team,
    ...(room.get(team.teamId) ?? { workers: 0, points: 0, used: 0 }),
    priorWorkers: before.flatMap(({ teamId, name, endedAt }) =>
      teamId === team.teamId ? [{ name, until: endedAt === null ? null : londonDate(endedAt) }] : [],
    ),
  }));
}

/** Who has worked with a young person, as far as the asker may know, and still works in that team. */
async function priorWorkersOf(
  tx: Transaction,
  personId: string,
): Promise<{ teamId: string; name: string; endedAt: Date | null }[]> {
  const { rows } = await sql<{ teamId: string; name: string; endedAt: Date | null }>`
    select distinct on (l.team_id, l.worker_id) l.team_id as "teamId", w.name, l.ended_at as "endedAt"
    from service.allocation l
    join identity.account w on w.id = l.worker_id
    where l.person_id = ${personId} and exists (
      select from identity.access_grant g
      where g.account_id = l.worker_id and g.team_id = l.team_id and g.role = 'caseworker'
        and g.approved_at is not null and g.ended_at is null)
    order by l.team_id, l.worker_id, l.ended_at desc nulls first`.execute(tx);
  return rows;
}

/**
 * How many whom a team could support wait in front of the young person of a referral, of those the asker answers for: to
 * support this one first is to jump the queue.
 */
export async function countThoseBefore(
  tx: Transaction,
  { personId }: { personId: string | null },
  team: Candidate,
): Promise<number> {
  return whoStandsBefore(await everybodyWaiting(tx), personId, team).length;
}

/** Of those who wait, whoever stands before a young person and could be supported by a team. */
function whoStandsBefore(everybody: readonly Waiting[], personId: string | null, team: Candidate): Waiting[] {
  const theirs = everybody.find((each) => each.personId === personId);
  return theirs === undefined
    ? []
    : thoseBefore(everybody, theirs).filter((each) => couldSupport(team, each));
}

/** Whom a team would support before others: of those who wait, the others. Null where there is no such team. */
export async function passedOver(
  tx: Transaction,
  everybody: readonly Waiting[],
  { personId, teamId }: { personId: string; teamId: string },
  today: PlainDate,
): Promise<{ teamName: string; personIds: ReadonlySet<string> } | null> {
  const team = (await candidatesFor(tx, null, today)).find((each) => each.teamId === teamId);
  if (team === undefined) return null;
  const passed = whoStandsBefore(everybody, personId, team);
  return {
    teamName: `${team.organisationName}, ${team.teamName}`,
    personIds: new Set(passed.map((each) => each.personId)),
  };
}
