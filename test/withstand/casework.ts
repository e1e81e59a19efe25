import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { provider, type Someone, someone } from '../support/service.ts';
import type { Fields } from './plain-browser.ts';

/** A young person of Lambeth, arranged behind the service's back. */
export async function youngPerson(owner: pg.Client): Promise<string> {
  const id = randomUUID();
  await owner.query(
    `insert into service.person
       (id, given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, area)
     values ($1, 'Tolu', 'Adeyemi', 'tolu adeyemi', '2008-02-29', 'exact', 'female', 'NOBT', 'E09000022')`,
    [id],
  );
  return id;
}

/** A caseworker, and a young person who was allocated to them. */
export async function caseworker(owner: pg.Client): Promise<{ worker: Someone; personId: string }> {
  const { organisationId, teamId } = await provider(owner);
  const worker = await someone(owner, 'caseworker', { organisationId, teamId });
  const { accountId: referrerId } = await someone(owner, 'referrer');
  const personId = await youngPerson(owner);
  const referralId = randomUUID();
  await owner.query(
    `insert into service.referral (id, kind, stage, referrer_id, agency_kind, agency_name, decision_due_on, area,
       given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, answers, person_id)
     select $1, 'intervention', 'allocated', $2, 'education', 'Ashgrove Academy', current_date, area,
       given_names, family_name, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, '[]', id
     from service.person where id = $3`,
    [referralId, referrerId, personId],
  );
  await owner.query(
    `insert into service.allocation (referral_id, person_id, area, organisation_id, team_id, worker_id)
     values ($1, $2, 'E09000022', $3, $4, $5)`,
    [referralId, personId, organisationId, teamId, worker.accountId],
  );
  return { worker, personId };
}

/** Where a note about a young person is written. */
export const newNotePath = (personId: string): string => `/people/${personId}/notes/new`;

/** What makes a note of the form, which has the day and the time in it already. */
export const noteSaying = (fact: string): Fields => ({ kind: 'contact-telephone', fact });
