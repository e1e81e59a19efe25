-- Every file here is applied again, whole, at each migration: what is not written here is not allowed.

-- The files name each other's functions; all are there when the transaction ends.
set local check_function_bodies = off;

-- Loads pg_trgm into the session: until then nobody but a superuser may give a function one of its settings.
do $$ begin perform public.show_limit(); end $$;

do $$
declare
  found record;
begin
  -- What a request leaves in pg_temp would wait in its connection for the next one: a type named `uuid`, for instance.
  execute format('revoke temporary on database %I from public', current_database());
  -- A server that was upgraded from before PostgreSQL 15 still lets everybody make functions in this one.
  revoke create on schema public from public;

  for found in
    select schemaname, tablename, policyname from pg_policies
    where schemaname in ('reference', 'identity', 'audit', 'service', 'history', 'messages', 'disposal')
  loop
    execute format('drop policy %I on %I.%I', found.policyname, found.schemaname, found.tablename);
  end loop;

  -- Rights of the roles are given afresh; history tables, as-at functions and new tables start with none.
  for found in
    select nspname from pg_namespace
    where nspname in ('homeward', 'reference', 'identity', 'audit', 'service', 'history', 'as_at', 'need_to_know', 'messages', 'disposal')
  loop
    execute format(
      'revoke all on all tables in schema %1$I from public, homeward_gate, homeward_visitor, homeward_referrer,
         homeward_relationship, homeward_provider, homeward_area, homeward_steward, homeward_task_sealing,
         homeward_task_messages, homeward_task_disposal, homeward_task_backup, homeward_task_housekeeping', found.nspname);
    execute format('revoke all on schema %1$I from public', found.nspname);
    execute format('revoke execute on all functions in schema %1$I from public', found.nspname);
  end loop;

  for found in
    select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('reference', 'identity', 'audit', 'service', 'history', 'messages', 'disposal')
  loop
    execute format('alter table %I.%I enable row level security, force row level security', found.nspname, found.relname);
    -- The gate owns the security-definer functions; it can log in nowhere and is granted to nobody who serves.
    execute format('create policy gate on %I.%I to homeward_gate using (true) with check (true)', found.nspname, found.relname);
    execute format('create policy backup on %I.%I for select to homeward_task_backup using (true)', found.nspname, found.relname);
  end loop;
end
$$;

grant usage on schema homeward, reference, identity, audit, service, history, as_at, need_to_know, messages, disposal to homeward_gate;
grant select, insert, update, delete on all tables in schema identity, audit, service, history, messages, disposal to homeward_gate;
grant select on all tables in schema reference to homeward_gate;
grant create on schema homeward, identity, audit, history, need_to_know, messages, disposal to homeward_gate;

grant usage on schema homeward, reference, identity, audit, service, history, messages, disposal to homeward_task_backup;
grant select on all tables in schema homeward, reference, identity, audit, service, history, messages, disposal to homeward_task_backup;
