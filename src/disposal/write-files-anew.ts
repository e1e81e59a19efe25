import type pg from 'pg';
import { asGate } from '../platform/database/as-gate.ts';
import { hasCode } from '../platform/error-code.ts';
import { Refusal } from '../platform/refusal.ts';

export interface WrittenAnew {
  tables: number;
  /** Whether the write-ahead log was written over too, which takes the rights of the server's administrator. */
  log: boolean;
}

/**
 * Writes the files of every table that a disposal reaches anew. A row that is deleted, and even one that PostgreSQL has
 * cleared away since, leaves its bytes in the file until something else is written there; the planner's statistics keep
 * common values, and the write-ahead log what was written last. Nobody can use a table while it is being written, so
 * this is for a quiet hour.
 *
 * What it cannot reach: backups, replicas' and archives' copies of the log, and blocks that the disk has given back.
 *
 * @param owner a client of the database's owner, in no transaction.
 * @param say is told each table before its turn.
 * @throws Refusal when somebody's transaction still holds on to what was deleted.
 */
export async function writeFilesAnew(
  owner: pg.Client,
  say: (table: string) => void = () => undefined,
): Promise<WrittenAnew> {
  const began = await owner.query<{ now: Date }>('select now()');
  const tables = await tablesReached(owner);
  await forgetStatistics(owner, tables);
  // Last, since the others' statistics are gathered anew into it.
  for (const table of [...tables, 'pg_catalog.pg_statistic']) {
    say(table);
    await rewrite(owner, table);
  }
  const log = await writeOverLog(owner);
  await asGate(owner, () => owner.query('select disposal.files_written_anew($1)', [began.rows[0]?.now]));
  return { tables: tables.length, log };
}

async function tablesReached(owner: pg.Client): Promise<string[]> {
  const { rows } = await asGate(owner, () =>
    owner.query<{ name: string }>(
      `select distinct name from (
       select r.table_name as name from disposal.reach r where r.then_row <> 'kept'
       union all
       select 'history.' || split_part(r.table_name, '.', 2) from disposal.reach r where r.table_name like 'service.%'
       union all
       values ('audit.detail'), ('messages.message'), ('identity.kept_form'), ('disposal.request'), ('disposal.legal_hold'),
         ('disposal.retention'),
         -- Goes with its attachment, by the key between them.
         ('service.attachment_content')
     ) reached (name) where to_regclass(name) is not null order by name`,
    ),
  );
  return rows.map(({ name }) => name);
}

/**
 * A table that has become empty keeps the statistics of when it was not, whatever analyses it. PostgreSQL 17 knows no
 * way to take them away; there they go when the table has rows again.
 */
async function forgetStatistics(owner: pg.Client, tables: readonly string[]): Promise<void> {
  const able = await owner.query<{ yes: boolean }>(
    `select to_regproc('pg_catalog.pg_clear_attribute_stats') is not null as yes`,
  );
  if (!able.rows[0]?.yes) return;
  await owner.query(
    `with reached as (select name::regclass as id from unnest($1::text[]) name)
     select pg_clear_attribute_stats(c.relnamespace::regnamespace::text, c.relname::text, a.attname::text, false)
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.oid in (select id from reached union all select i.indexrelid from pg_index i where i.indrelid in (select id from reached))`,
    [tables],
  );
}

async function rewrite(owner: pg.Client, table: string): Promise<void> {
  let kept = 0;
  // "found 3 removable, 9 nonremovable row versions": the detail begins with how many of those are dead.
  const count = ({ detail }: { detail?: string | undefined }) => {
    kept += Number(/^\d+/.exec(detail ?? '')?.[0] ?? 0);
  };
  owner.on('notice', count);
  try {
    await owner.query(`vacuum (full, verbose, analyze) ${table}`);
  } finally {
    owner.off('notice', count);
  }
  if (kept > 0) {
    throw new Refusal(
      `${table} still holds ${kept} deleted rows, because a transaction from before is open (a backup, perhaps): ` +
        'wait until it has ended, and do this again',
    );
  }
}

/**
 * A segment of the log is used again under another name with its old content. So the one in use is closed first, and
 * then each of those that wait to be used again is, which fills it with nothing.
 */
async function writeOverLog(owner: pg.Client): Promise<boolean> {
  try {
    await closeSegment(owner);
    await owner.query('checkpoint');
    const { rows } = await owner.query<{ segments: number }>(
      `select count(*)::int as segments from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'`,
    );
    for (let segment = 0; segment < (rows[0]?.segments ?? 0); segment += 1) await closeSegment(owner);
    await owner.query('checkpoint');
    return true;
  } catch (error) {
    if (hasCode(error, '42501')) return false;
    throw error;
  }
}

async function closeSegment(owner: pg.Client): Promise<void> {
  // One in which nothing has been written is not closed.
  await owner.query(`select pg_logical_emit_message(false, 'homeward', '')`);
  await owner.query('select pg_switch_wal()');
}
