import { sql } from 'kysely';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { EtePeriod, EteStatus } from './ete.ts';
import type { OnwardReferral } from './onward-referral.ts';

/** What a young person did, the newest first, at most so many. */
export async function etePeriodsOf(tx: Transaction, personId: string, most: number): Promise<EtePeriod[]> {
  const rows = await tx
    .selectFrom('service.ete_period')
    .select(['id', 'organisation_id', 'from_on', 'until_on', 'status', 'setting', 'place', 'hours', 'note'])
    .where('person_id', '=', personId)
    .orderBy('from_on', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    fromOn: plainDate(row.from_on),
    untilOn: row.until_on === null ? null : plainDate(row.until_on),
    status: row.status as EteStatus,
    setting: row.setting,
    place: row.place,
    hours: row.hours,
    note: row.note,
  }));
}

/** To which services a young person was referred on, the newest first, at most so many. */
export async function onwardReferralsOf(
  tx: Transaction,
  personId: string,
  most: number,
): Promise<OnwardReferral[]> {
  const { rows } = await sql<OnwardRow>`
    select r.id, r.organisation_id, o.name as organisation_name, r.service, r.made_on, r.engaged, r.note
    from service.onward_referral r
    join identity.organisation o on o.id = r.organisation_id
    where r.person_id = ${personId}
    order by r.made_on desc, r.id desc
    limit ${most}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    service: row.service,
    madeOn: plainDate(row.made_on),
    engaged: row.engaged,
    note: row.note,
  }));
}

interface OnwardRow {
  id: string;
  organisation_id: string;
  organisation_name: string;
  service: string;
  made_on: string;
  engaged: OnwardReferral['engaged'];
  note: string;
}

/** How many onward referrals there are, and with how many of them the young person engaged. */
export async function onwardCounts(
  tx: Transaction,
  personId: string,
): Promise<{ made: number; engaged: number }> {
  const { rows } = await sql<{ made: number; engaged: number }>`
    select count(*)::int as made, (count(*) filter (where engaged = 'yes'))::int as engaged
    from service.onward_referral where person_id = ${personId}`.execute(tx);
  return rows[0] ?? { made: 0, engaged: 0 };
}
