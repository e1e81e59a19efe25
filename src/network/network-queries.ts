import { sql } from 'kysely';
import { londonDate } from '../platform/clock/london-time.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Values } from '../platform/forms/conflict.ts';
import { type CurrentDocument, currentDocuments } from '../platform/history/provider-document.ts';
import { type MemberField, memberDocument } from './network-member.ts';
import { type SafeContactField, safeContactDocument } from './safe-contact.ts';

/** Somebody of a young person's network, as a provider knows them. */
export interface NetworkMember {
  id: string;
  organisationId: string;
  organisationName: string;
  values: Values<MemberField>;
}

/** How many of a network a page shows: more than anybody has. */
const MOST = 200;

/** The network of a young person, as far as the asker may see it: those without a last day first, then by name. */
export async function networkOf(tx: Transaction, personId: string): Promise<NetworkMember[]> {
  const fields = Object.entries(memberDocument.columns) as [MemberField, string | { orNull: string }][];
  const columns = fields.map(
    ([field, column]) =>
      sql`coalesce(m.${sql.id(typeof column === 'string' ? column : column.orNull)}::text, '') as ${sql.id(field)}`,
  );
  const { rows } = await sql<Row>`
    select m.id, m.organisation_id, o.name as organisation_name, ${sql.join(columns)}
    from service.network_member m
    join identity.organisation o on o.id = m.organisation_id
    where m.person_id = ${personId}
    order by m.until_on desc nulls first, m.name, m.id
    limit ${MOST}`.execute(tx);
  return rows.map(({ id, organisation_id, organisation_name, ...values }) => ({
    id,
    organisationId: organisation_id,
    organisationName: organisation_name,
    values,
  }));
}

type Row = Record<MemberField, string> & { id: string; organisation_id: string; organisation_name: string };

/** What the referrer answered about how a young person is reached safely, which nobody has checked with them. */
export interface SaidInReferral {
  said: string;
  on: PlainDate;
}

/** What the last referral that says it says of reaching a young person safely; null where none does that the asker may see. */
export async function safeContactInReferral(
  tx: Transaction,
  personId: string,
): Promise<SaidInReferral | null> {
  const { rows } = await sql<{ said: string; received_at: Date }>`
    select a.answer ->> 'answer' as said, r.received_at
    from service.referral r cross join lateral jsonb_array_elements(r.answers) as a (answer)
    where r.person_id = ${personId} and a.answer ->> 'key' = 'safeContact'
      and a.answer ->> 'value' <> 'not-known' and a.answer ->> 'answer' <> ''
    order by r.received_at desc, r.id limit 1`.execute(tx);
  const [row] = rows;
  return row ? { said: row.said, on: londonDate(row.received_at) } : null;
}

/** How each provider wrote down that a young person is reached safely, the asker's own first. */
export async function safeContactsOf(
  tx: Transaction,
  personId: string,
  ownOrganisationId: string | null,
): Promise<CurrentDocument<SafeContactField>[]> {
  return await currentDocuments(tx, safeContactDocument, personId, ownOrganisationId);
}

/** Who must not be contacted, or only through the worker, now. */
export async function notToBeContacted(
  tx: Transaction,
  personId: string,
  today: string,
): Promise<{ name: string; relationship: string; mayContact: string; why: string }[]> {
  const { rows } = await sql<{ name: string; relationship: string; mayContact: string; why: string }>`
    select m.name, m.relationship, m.may_contact as "mayContact", m.contact_why as why
    from service.network_member m
    where m.person_id = ${personId} and m.may_contact <> 'yes' and (m.until_on is null or m.until_on >= ${today})
    order by m.may_contact, m.name, m.id
    limit ${MOST}`.execute(tx);
  return rows;
}
