import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { codeFrom } from '../platform/text/code-from.ts';
import { keptOrSet } from './areas.ts';

/** What people choose from each list for. A list that has no words yet is shown by its code. */
const listsInWords: Readonly<Record<string, string>> = {
  decision: 'Why a referral is declined or pointed elsewhere',
  'hand-back': 'Why a provider hands an allocation back',
  'queue-jump': 'Why somebody goes before others who have waited longer',
  closing: 'Why support ends',
  specialism: 'What a team is good at',
  'concern-outcome': 'How a concern ended',
};

/** A reason without which there would be no true one to choose: nobody's support ends in another way than they died. */
export const isAlwaysOffered = (list: string, code: string): boolean =>
  list === 'closing' && code === 'deceased';

export const listInWords = (list: string): string => listsInWords[list] ?? list.replaceAll('-', ' ');

/** A reason as the administrator sees it. */
export interface ReasonToSet {
  code: string;
  text: string;
  place: number;
  isRetired: boolean;
}

/** The lists that there are, with how many reasons of each are offered. */
export async function findReasonLists(tx: Transaction): Promise<{ list: string; offered: number }[]> {
  const { rows } = await sql<{ list: string; offered: number }>`
    select list, (count(*) filter (where retired_on is null))::int as offered
    from reference.reason group by list order by list`.execute(tx);
  return rows;
}

/** Every reason of a list, in the order in which they are offered. */
export async function findReasonsToSet(tx: Transaction, list: string): Promise<ReasonToSet[]> {
  const { rows } = await sql<ReasonToSet>`
    select code, text, place, retired_on is not null as "isRetired"
    from reference.reason where list = ${list} order by place, code`.execute(tx);
  return rows;
}

/** Adds a reason to the end of a list. @returns its code, or null when the list has one of that code. */
export async function addReason(tx: Transaction, list: string, text: string): Promise<string | null> {
  const code = codeFrom(text);
  await recordCommand(tx, {
    action: 'reason-added',
    subject: { kind: 'reason', id: null },
    detail: { list, reason: code },
  });
  const { rows } = await sql<{ code: string }>`
    insert into reference.reason (list, code, text, place)
    select ${list}, ${code}, ${text}, coalesce(max(place), 0) + 1 from reference.reason where list = ${list}
    on conflict do nothing returning code`.execute(tx);
  return rows[0]?.code ?? null;
}

/**
 * Changes the words of a reason, puts it at a place of its list, the others moving along, or takes it out of use from
 * `retiredOn`; null puts it back. Records that have it read it in the new words.
 */
export async function changeReason(
  tx: Transaction,
  list: string,
  code: string,
  { text, place, retiredOn }: { text: string; place: number; retiredOn: PlainDate | null },
): Promise<void> {
  await recordCommand(tx, {
    action: 'reason-changed',
    subject: { kind: 'reason', id: null },
    detail: { list, reason: code },
  });
  await tx
    .updateTable('reference.reason')
    .set({ text, retired_on: keptOrSet(retiredOn) })
    .where('list', '=', list)
    .where('code', '=', code)
    .execute();
  const others = (await findReasonsToSet(tx, list))
    .map((reason) => reason.code)
    .filter((one) => one !== code);
  const inOrder = others.toSpliced(place - 1, 0, code);
  await sql`
    update reference.reason r set place = wanted.place
    from unnest(${inOrder}::text[]) with ordinality as wanted(code, place)
    where r.list = ${list} and r.code = wanted.code and r.place <> wanted.place`.execute(tx);
}
