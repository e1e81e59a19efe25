import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import { plainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import {
  type Amendment,
  type AmendmentOutcome,
  saveSettled,
  settleAmendment,
} from '../platform/history/document.ts';
import { type BreachField, breachDocument } from './breach-document.ts';
import type { Breach, BreachDetails, BreachRisk } from './data-breach.ts';

const A_PAGE = 25;

/** Which breaches: all of them, those that are not closed, or those of which the Information Commissioner is still to be told. */
export type BreachPart = 'all' | 'open' | 'to-tell';

/** What `breachStanding` (data-breach.ts) calls running or late. */
const isToTell = sql<boolean>`b.ico_told_at is null and not (b.risk = 'unlikely' and b.ico_why <> '')`;

/** The log or a part of it, the newest first. */
export async function listBreaches(
  tx: Transaction,
  part: BreachPart,
  after?: string,
): Promise<{ breaches: Breach[]; next: string | undefined }> {
  let query = tx
    .selectFrom('service.data_breach as b')
    .selectAll()
    .$if(part === 'open', (all) => all.where('b.closed_on', 'is', null))
    .$if(part === 'to-tell', (all) => all.where(isToTell))
    .orderBy('b.discovered_at', 'desc')
    .orderBy('b.id', 'desc');
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(b.discovered_at, b.id) < (select o.discovered_at, o.id from service.data_breach o where o.id = ${after})`,
    );
  const rows = await query.limit(A_PAGE + 1).execute();
  const breaches = rows.slice(0, A_PAGE).map(breachFrom);
  return { breaches, next: rows.length > A_PAGE ? breaches.at(-1)?.id : undefined };
}

/** How many breaches are not closed, and of how many the Information Commissioner is still to be told. */
export async function countBreaches(tx: Transaction): Promise<{ open: number; toTell: number }> {
  const { rows } = await sql<{ open: number; toTell: number }>`
    select count(*) filter (where b.closed_on is null)::int as open, count(*) filter (where ${isToTell})::int as "toTell"
    from service.data_breach b`.execute(tx);
  return rows[0] ?? { open: 0, toTell: 0 };
}

export async function findBreach(tx: Transaction, id: string): Promise<Breach | null> {
  const row = await rowOf(tx, id);
  return row ? breachFrom(row) : null;
}

const rowOf = (tx: Transaction, id: string) =>
  tx.selectFrom('service.data_breach').selectAll().where('id', '=', id).executeTakeFirst();

function breachFrom(row: NonNullable<Awaited<ReturnType<typeof rowOf>>>): Breach {
  const dateOrNull = (value: string | null) => (value === null ? null : plainDate(value));
  return {
    id: row.id,
    discoveredAt: row.discovered_at,
    what: row.what,
    people: row.people,
    risk: row.risk as BreachRisk,
    icoToldAt: row.ico_told_at,
    icoReference: row.ico_reference,
    icoWhy: row.ico_why,
    peopleToldOn: dateOrNull(row.people_told_on),
    actions: row.actions,
    closedOn: dateOrNull(row.closed_on),
    version: row.version,
  };
}

/** Writes a breach into the log; gives its id. */
export async function recordBreach(
  tx: Transaction,
  discoveredAt: Date,
  details: BreachDetails,
): Promise<string> {
  await recordCommand(tx, { action: 'record-breach', subject: { kind: 'data-breach', id: null } });
  const { id } = await tx
    .insertInto('service.data_breach')
    .values({ discovered_at: discoveredAt, ...columnsOf(details) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Brings a breach up to date; where somebody else has meanwhile, says what they did. */
export async function amendBreach(
  tx: Transaction,
  id: string,
  amendment: Amendment<BreachField>,
): Promise<AmendmentOutcome<BreachField>> {
  const held = await tx
    .selectFrom('service.data_breach')
    .select('id')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!held) return { kind: 'missing' };
  const settled = await settleAmendment(tx, breachDocument, id, amendment);
  if (settled.kind !== 'settled') return settled;
  await recordCommand(tx, {
    action: 'amend-breach',
    subject: { kind: 'data-breach', id },
    detail: { fields: settled.changed },
  });
  await saveSettled(tx, breachDocument, id, settled);
  return { kind: 'saved' };
}

const columnsOf = (details: BreachDetails) => ({
  what: details.what,
  people: details.people,
  risk: details.risk,
  ico_told_at: details.icoToldAt,
  ico_reference: details.icoReference,
  ico_why: details.icoWhy,
  people_told_on: details.peopleToldOn,
  actions: details.actions,
  closed_on: details.closedOn,
});
