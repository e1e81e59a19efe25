import { sql } from 'kysely';
import type pg from 'pg';
import type { Transaction } from '../../src/platform/database/transaction.ts';

/** What a role may do, found out by doing it. Runs inside the database, as whoever asks: thousands of tries a second. */

/** Every table of ours, and every as-at function of one at a moment. */
const TABLES = `select n.nspname || '.' || c.relname as name, c.oid as table_oid, n.nspname || '.' || c.relname as source
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'probe', 'graphile_worker')`;

/** Adds the functions of the probe to a test's database. */
export async function addProbe(owner: pg.Client): Promise<void> {
  await owner.query(`
    create schema probe;
    -- Every row that whoever asks can see, with only the columns that they can read.
    create function probe.seen(moment text) returns table (name text, row_seen jsonb) language plpgsql as $$
    declare
      each record;
      columns text;
    begin
      for each in
        ${TABLES}
        union all
        select 'as_at.' || p.proname, t.typrelid, format('as_at.%I(%L)', p.proname, moment)
        from pg_proc p join pg_type t on t.oid = p.prorettype where p.pronamespace = 'as_at'::regnamespace and t.typrelid <> 0
      loop
        begin
          select string_agg(format('t.%I', a.attname), ', ') into columns
          from pg_attribute a
          where a.attrelid = each.table_oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            and has_column_privilege(a.attrelid, a.attnum, 'SELECT');
          name := each.name;
          for row_seen in execute format('select to_jsonb(seen) from (select %s from %s t) seen', columns, each.source) loop
            return next;
          end loop;
        exception when insufficient_privilege or null_value_not_allowed then
          -- Nothing of it is seen.
        end;
      end loop;
    end $$;
    -- Tries statements, each undone at once: gives the number of rows it changed, or the SQLSTATE that refused it.
    create function probe.attempts(statements text[]) returns text[] language plpgsql as $$
    declare
      outcomes text[] := '{}';
      statement text;
      changed bigint;
    begin
      foreach statement in array statements loop
        begin
          execute statement;
          get diagnostics changed = row_count;
          raise exception using errcode = 'PROBE', message = changed::text;
        exception when others then
          outcomes := outcomes || case when sqlstate = 'PROBE' then sqlerrm else sqlstate end;
        end;
      end loop;
      return outcomes;
    end $$;
    grant usage on schema probe to public`);
}

export interface SeenRow {
  table: string;
  row: Readonly<Record<string, unknown>>;
}

/** Every row of every table that the transaction sees, and of every as-at function at `moment`. */
export async function seenBy(tx: Transaction, moment = 'now'): Promise<SeenRow[]> {
  const { rows } = await sql<{ name: string; row_seen: Record<string, unknown> }>`
    select * from probe.seen(${moment})`.execute(tx);
  return rows.map(({ name, row_seen }) => ({ table: name, row: row_seen }));
}

export type Attempt = { allowed: true } | { allowed: false; because: string };

/**
 * Tries each statement and undoes it. One that only a constraint of the table refuses (SQLSTATE class 23) was allowed:
 * PostgreSQL asks the policies first.
 */
export async function tryEach(tx: Transaction, statements: readonly string[]): Promise<Attempt[]> {
  if (statements.length === 0) return [];
  const { rows } = await sql<{ outcomes: string[] }>`
    select probe.attempts(${statements}::text[]) as outcomes`.execute(tx);
  return (rows[0]?.outcomes ?? []).map((outcome) => {
    if (/^\d+$/.test(outcome) && outcome.length < 5) {
      return outcome === '0' ? { allowed: false, because: 'no row' } : { allowed: true };
    }
    return outcome.startsWith('23') ? { allowed: true } : { allowed: false, because: outcome };
  });
}

/** The columns of each table that a database role may write, by way of insert and of update. */
export async function writableColumns(
  tx: Transaction,
): Promise<Map<string, Readonly<Record<'INSERT' | 'UPDATE', readonly string[]>>>> {
  const { rows } = await sql<{ name: string; insertable: string[]; updatable: string[] }>`
    select t.name,
      array(select a.attname::text from pg_attribute a where a.attrelid = t.table_oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and has_column_privilege(a.attrelid, a.attnum, 'INSERT') order by a.attnum) as insertable,
      array(select a.attname::text from pg_attribute a where a.attrelid = t.table_oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and has_column_privilege(a.attrelid, a.attnum, 'UPDATE') order by a.attnum) as updatable
    from (${sql.raw(TABLES)}) t`.execute(tx);
  return new Map(
    rows.map(({ name, insertable, updatable }) => [name, { INSERT: insertable, UPDATE: updatable }]),
  );
}
