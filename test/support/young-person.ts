import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { keyOfNames } from '../../src/people/index.ts';
import type { Someone } from './service.ts';

/** Young people and what is known of them, arranged behind the service's back. */

export const LAMBETH = 'E09000022';
export const CROYDON = 'E09000008';

interface Given {
  givenNames?: string;
  familyName?: string;
  knownAs?: string;
  dateOfBirth?: string | null;
  postcode?: string;
  area?: string;
}

/** A young person's record. */
export async function youngPerson(
  owner: pg.Client,
  {
    givenNames = '',
    familyName = 'Okafor',
    knownAs = '',
    dateOfBirth = '2010-04-03',
    postcode = '',
    area = LAMBETH,
  }: Given = {},
): Promise<{ id: string; reference: string }> {
  const made = await owner.query<{ id: string; reference: string }>(
    `insert into service.person (given_names, family_name, known_as, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity,
       postcode, area)
     values ($1, $2, $3, $4, $5, $6, 'male', 'BAFR', $7, $8) returning id, reference`,
    [
      givenNames,
      familyName,
      knownAs,
      keyOfNames({ givenNames, familyName, knownAs }),
      dateOfBirth,
      dateOfBirth === null ? 'not-known' : 'exact',
      postcode,
      area,
    ],
  );
  const [person] = made.rows;
  if (!person) throw new Error('No young person was made');
  return person;
}

/** A referral about a young person, allocated to a team. */
export async function allocated(
  owner: pg.Client,
  personId: string,
  to: {
    organisationId: string;
    teamId: string;
    workerId?: string | null;
    endedDaysAgo?: number;
    area?: string;
  },
): Promise<{ allocationId: string; referralId: string; referralReference: string }> {
  const referrerId = randomUUID();
  const allocationId = randomUUID();
  const area = to.area ?? LAMBETH;
  await owner.query(
    `insert into identity.account (id, email, name, kind) values ($1, $2, 'A referrer', 'referrer')`,
    [referrerId, `${randomBytes(6).toString('hex')}@example.org`],
  );
  const referral = await owner.query<{ id: string; reference: string }>(
    `insert into service.referral (kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area, family_name, name_key,
       date_of_birth_precision, gender, ethnicity, answers, person_id)
     values ('intervention', 'allocated', $1, 'education', 'Brockwell School', current_date, $2, 'As referred', 'as referred', 'not-known',
       'unknown', 'NOBT', $3, $4) returning id, reference`,
    [
      referrerId,
      area,
      JSON.stringify([
        {
          page: 'concern',
          key: 'whatIsHappening',
          question: 'What is happening?',
          answer: 'Away for two nights',
          value: '',
        },
      ]),
      personId,
    ],
  );
  const [made] = referral.rows;
  if (!made) throw new Error('No referral was made');
  await owner.query(
    `insert into service.allocation (id, referral_id, person_id, area, organisation_id, team_id, worker_id, started_at, taken_up_at, ended_at, end_reason)
     values ($1, $2, $3, $4, $5, $6, $7, now() - interval '100 days', case when $9::text is not null then now() - interval '99 days' end,
       now() - make_interval(days => $8), $9)`,
    [
      allocationId,
      made.id,
      personId,
      area,
      to.organisationId,
      to.teamId,
      to.workerId ?? null,
      to.endedDaysAgo ?? null,
      to.endedDaysAgo === undefined ? null : 'closed',
    ],
  );
  return { allocationId, referralId: made.id, referralReference: made.reference };
}

/** A case note. */
export async function noteAbout(
  owner: pg.Client,
  personId: string,
  author: Pick<Someone, 'accountId'>,
  organisationId: string,
  note: { fact: string; kind?: string; happenedAt?: string },
): Promise<string> {
  const id = randomUUID();
  await owner.query(
    `insert into service.case_note (id, person_id, organisation_id, author_id, kind, happened_at, fact) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      personId,
      organisationId,
      author.accountId,
      note.kind ?? 'contact-in-person',
      note.happenedAt ?? '2026-05-03T13:05:00Z',
      note.fact,
    ],
  );
  return id;
}
