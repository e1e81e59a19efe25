import { sql } from 'kysely';
import type { Transaction } from '../platform/database/transaction.ts';

/** Something that was set up otherwise. */
export interface Change {
  id: string;
  at: Date;
  /** Null where Homeward itself did it, with a new version. */
  by: string | null;
  what: string;
  /** The name of what was changed, as it is now or was last. */
  which: string;
  /** The list that a reason is in. */
  list: string | null;
  /** Columns that changed, with what each was and is; null where the whole was not there before, or is not any more. */
  changed: { column: string; was: string | null; is: string | null }[];
}

/** How many a page shows. */
export const CHANGES_A_PAGE = 50;

/** What was set up otherwise, the newest first. @param before id of the last change of the page before. */
export async function findChanges(
  tx: Transaction,
  before?: string,
): Promise<{ changes: Change[]; older: boolean }> {
  const beforeThat =
    before === undefined
      ? sql`true`
      : sql`(c.at, c.id) < (select b.at, b.id from reference.change b where b.id = ${before})`;
  const { rows } = await sql<Change>`
    select c.id, c.at, a.name as by, c.what, coalesce(c."is", c.was) ->> 'list' as list,
      case c.what
        when 'threshold' then coalesce(c."is", c.was) ->> 'what'
        when 'reason' then coalesce(c."is", c.was) ->> 'text'
        when 'service_details' then c.which
        when 'message_words' then replace(c.which, '-', ' ')
        when 'allocation_rule' then replace(c.which, '-', ' ')
        when 'figure_setting' then replace(c."is" ->> 'name', '-', ' ')
        when 'performance_target' then c."is" ->> 'measure'
        when 'edition_in_use' then replace(c."is" ->> 'kind', '-', ' ')
        else coalesce(c."is", c.was) ->> 'name'
      end as which,
      (select coalesce(json_agg(json_build_object('column', k.name, 'was', c.was ->> k.name, 'is', c."is" ->> k.name) order by k.name), '[]')
        from jsonb_object_keys(coalesce(c."is", c.was)) as k(name)
        where c.was -> k.name is distinct from c."is" -> k.name) as changed
    from reference.change c left join identity.account a on a.id = c.recorded_by
    where ${beforeThat}
    order by c.at desc, c.id desc limit ${CHANGES_A_PAGE + 1}`.execute(tx);
  return { changes: rows.slice(0, CHANGES_A_PAGE), older: rows.length > CHANGES_A_PAGE };
}
