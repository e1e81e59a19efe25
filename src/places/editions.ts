import { sql } from 'kysely';
import { recordCommand } from '../platform/audit/record.ts';
import type { PlainDate } from '../platform/clock/plain-date.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { PlaceKind } from './place-kind.ts';

/** What makes an edition the one it is. */
export interface FoundEdition {
  fingerprint: string;
  source: string;
  wardEdition: string | null;
  rows: number;
}

/** An edition as it is now. @returns null where none of that name was imported */
export async function findEdition(
  tx: Transaction,
  kind: PlaceKind,
  edition: string,
): Promise<(FoundEdition & { id: string }) | null> {
  const found = await tx
    .selectFrom('reference.place_edition')
    .select(['id', 'fingerprint', 'source', 'ward_edition as wardEdition', 'rows'])
    .where('kind', '=', kind)
    .where('edition', '=', edition)
    .where('replaced_at', 'is', null)
    .executeTakeFirst();
  return found ?? null;
}

/** Before every day: what is in use from the beginning. */
const BEGINNING = '-infinity';

/** The edition in use on a day, null being the beginning of time. @returns null where none is */
export async function findEditionInUse(
  tx: Transaction,
  kind: PlaceKind,
  day: PlainDate | null,
): Promise<string | null> {
  const { rows } = await sql<{ edition: string }>`
    select edition from reference.editions_in_use(now(), ${day ?? BEGINNING}::date) where kind = ${kind}`.execute(
    tx,
  );
  return rows[0]?.edition ?? null;
}

/** Has figures from a day on be made with an edition, null being the beginning of time. */
export async function startUsing(
  tx: Transaction,
  kind: PlaceKind,
  edition: string,
  from: PlainDate | null,
): Promise<void> {
  await tx
    .insertInto('reference.edition_in_use')
    .values({ kind, edition, in_use_from: from ?? BEGINNING })
    .execute();
}

/** Puts an edition to use from a day on, as somebody whom the audit names. */
export async function useEdition(
  tx: Transaction,
  kind: PlaceKind,
  edition: string,
  from: PlainDate,
): Promise<void> {
  await recordCommand(tx, {
    action: 'edition-used',
    subject: { kind: 'place-edition', id: null },
    detail: { kind, edition, from },
  });
  await startUsing(tx, kind, edition, from);
}

/** An edition that was imported, as it is now. */
export interface ListedEdition {
  kind: PlaceKind;
  edition: string;
  source: string;
  rows: number;
  importedAt: Date;
  /** The days from which figures are made with it, the first first; null is the beginning of time. */
  inUseFrom: (PlainDate | null)[];
}

/** Every edition of every kind, the newest first. */
export async function findEditions(tx: Transaction): Promise<ListedEdition[]> {
  const { rows } = await sql<ListedEdition>`
    select e.kind, e.edition, e.source, e.rows, e.imported_at as "importedAt",
      coalesce((
        select json_agg(nullif(u.in_use_from, '-infinity') order by u.in_use_from)
        from (
          select distinct on (kind, in_use_from) kind, in_use_from, edition from reference.edition_in_use
          order by kind, in_use_from, recorded_at desc
        ) u
        where u.kind = e.kind and u.edition = e.edition), '[]') as "inUseFrom"
    from reference.place_edition e
    where e.replaced_at is null
    order by e.kind, e.imported_at desc`.execute(tx);
  return rows;
}
