import { sql } from 'kysely';
import type { Names } from '../people/index.ts';
import type { Asker, Transaction } from '../platform/database/transaction.ts';

/** Something that somebody typed and did not send. */
export interface KeptDraft {
  path: string;
  keptAt: Date;
  /** Whom the page is about, where its address names somebody whom they may see. */
  about: Names | null;
}

/** When what is typed on a page was last kept; null where nothing is. */
export async function lastKept(tx: Transaction, asker: Asker, path: string): Promise<Date | null> {
  const kept = await tx
    .selectFrom('identity.kept_form')
    .select('saved_at')
    .where('account_id', '=', asker.accountId)
    .where('path', '=', path)
    .executeTakeFirst();
  return kept?.saved_at ?? null;
}

/** What somebody typed on any page and did not send, the newest first. */
export async function keptDrafts(tx: Transaction, asker: Asker, most: number): Promise<KeptDraft[]> {
  const found = await sql<DraftRow>`
    select k.path, k.saved_at, p.given_names, p.family_name, p.known_as
    from (
      select path, saved_at from identity.kept_form
      where account_id = ${asker.accountId} order by saved_at desc limit ${most}
    ) k
    left join service.person p on p.id = substring(k.path from '^/people/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})')::uuid
    order by k.saved_at desc`.execute(tx);
  return found.rows.map((row) => ({
    path: row.path,
    keptAt: row.saved_at,
    about:
      row.family_name === null
        ? null
        : {
            givenNames: row.given_names ?? '',
            familyName: row.family_name,
            knownAs: row.known_as ?? '',
          },
  }));
}

interface DraftRow {
  path: string;
  saved_at: Date;
  given_names: string | null;
  family_name: string | null;
  known_as: string | null;
}
