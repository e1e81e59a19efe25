import type pg from 'pg';
import { londonDate } from '../../src/platform/clock/london-time.ts';
import type { Someone } from './service.ts';
import { LAMBETH, youngPerson } from './young-person.ts';

/** A young person who was accepted, and what stands for them. */
export interface WaitingPerson {
  personId: string;
  reference: string;
  referralId: string;
  episodeId: string;
}

interface Given {
  givenNames?: string;
  familyName?: string;
  gender?: string;
  ethnicity?: string;
  dateOfBirth?: string | null;
  area?: string;
  acceptedAt?: Date;
  answers?: readonly { page: string; key: string; question: string; answer: string; value: string }[];
}

/** Noon so many days ago: whatever the hour now, and through the changes of the clocks, it is that many days in London. */
export const daysAgo = (days: number): Date =>
  new Date(new Date(`${londonDate(new Date())}T12:00:00Z`).getTime() - days * 86_400_000);

/** Somebody whose referral was accepted and who waits for a provider, arranged behind the service's back. */
export async function waitingPerson(
  owner: pg.Client,
  coordinator: Pick<Someone, 'accountId'>,
  given: Given = {},
): Promise<WaitingPerson> {
  const {
    gender = 'male',
    ethnicity = 'BAFR',
    area = LAMBETH,
    acceptedAt = new Date(),
    answers = [],
  } = given;
  const person = await youngPerson(owner, { ...given, area });
  await owner.query('update service.person set gender = $2, ethnicity = $3 where id = $1', [
    person.id,
    gender,
    ethnicity,
  ]);
  const one = async (statement: string, values: unknown[]): Promise<string> => {
    const { rows } = await owner.query<{ id: string }>(statement, values);
    return rows[0]?.id ?? '';
  };
  const receivedAt = new Date(acceptedAt.getTime() - 3 * 86_400_000);
  const referralId = await one(
    `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, received_at, decided_at, decision_due_on, area,
       family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, answers, person_id)
     values ('intervention', 'accepted', $1, 'education', 'A school', $2, $3, current_date, $4, $5, lower($5), $6, $7, $8, $9, $10, $11)
     returning id`,
    [
      coordinator.accountId,
      receivedAt,
      acceptedAt,
      area,
      given.familyName ?? 'Okafor',
      given.dateOfBirth === undefined ? '2010-04-03' : given.dateOfBirth,
      given.dateOfBirth === null ? 'not-known' : 'exact',
      gender,
      ethnicity,
      JSON.stringify(answers),
      person.id,
    ],
  );
  const episodeId = await one(
    `insert into service.episode (person_id, area, referral_id, opened_at) values ($1, $2, $3, $4) returning id`,
    [person.id, area, referralId, acceptedAt],
  );
  await owner.query('update service.referral set episode_id = $2 where id = $1', [referralId, episodeId]);
  await owner.query(
    `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, by_account)
     values ($1, 1, $2, null, 'sent', '{}', $4), ($1, 2, $2, $3, 'person-linked', $5, $4), ($1, 3, $2, $3, 'accepted', '{}', $4)`,
    [referralId, area, person.id, coordinator.accountId, JSON.stringify({ personId: person.id })],
  );
  return { personId: person.id, reference: person.reference, referralId, episodeId };
}

/** Gives somebody who waits to a team, as a coordinator does; gives the allocation's id. */
export async function allocateTo(
  owner: pg.Client,
  { personId, referralId, episodeId }: WaitingPerson,
  to: {
    organisationId: string;
    teamId: string;
    workerId?: string;
    why?: string;
    startedAt?: Date;
    weight?: number;
  },
): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into service.allocation (referral_id, person_id, episode_id, area, organisation_id, team_id, worker_id, started_at, weight)
     select $1, $2, $3, p.area, $4, $5, $6, $7, $8 from service.person p where p.id = $2 returning id`,
    [
      referralId,
      personId,
      episodeId,
      to.organisationId,
      to.teamId,
      to.workerId ?? null,
      to.startedAt ?? new Date(),
      to.weight ?? 3,
    ],
  );
  await owner.query(
    `insert into service.referral_action (referral_id, sequence, area, person_id, kind, details)
     select $1, (select max(sequence) + 1 from service.referral_action where referral_id = $1), area, id, 'allocated', $3
     from service.person where id = $2`,
    [
      referralId,
      personId,
      JSON.stringify({
        organisationId: to.organisationId,
        teamId: to.teamId,
        workerId: to.workerId ?? null,
        why: to.why ?? '',
      }),
    ],
  );
  await owner.query(`update service.referral set stage = 'allocated' where id = $1`, [referralId]);
  return rows[0]?.id ?? '';
}
