-- Keeps what a statement replaced all at once: planned and proved once a statement, where a row at a time took an import that
-- changes a tenth longer than one that brings everything.

create function history.keep_replaced() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  -- Which action it is, is asked for only where a row was replaced.
  execute format(
    'insert into history.%I select r.recorded_at, now(), (select audit.current_action()), $1, r.* from replaced r', tg_table_name)
    using lower(tg_op);
  return null;
end
$$;

-- Gives a table of the service the triggers by which it keeps what is replaced.
create function homeward.keep_replaced(of_table text) returns void
language plpgsql set search_path = pg_catalog
as $$
declare
  how text;
begin
  foreach how in array array['update', 'delete'] loop
    execute format('create trigger keep_%1$s after %1$s on service.%2$I referencing old table as replaced
      for each statement execute function history.keep_replaced()', how, of_table);
  end loop;
end
$$;

-- As before, by the statement.
create or replace function homeward.keep_history(of_table text) returns void
language plpgsql set search_path = pg_catalog
as $$
begin
  execute format(
    'create table history.%I (current_from timestamptz not null, current_to timestamptz not null, replaced_by_action uuid,
       replaced_how text not null check (replaced_how in (''update'', ''delete'')), like service.%I)',
    of_table, of_table);
  execute format('create index on history.%I (id, version)', of_table);
  execute format('create trigger stamp before insert or update on service.%I for each row execute function homeward.stamp()', of_table);
  perform homeward.keep_replaced(of_table);
  perform homeward.refresh_as_at(of_table);
end
$$;

-- Attachments keep some of what is replaced and not all: theirs stays a row's.
do $$
declare
  kept record;
begin
  for kept in
    select t.tgrelid::regclass as whole, c.relname as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgfoid = 'history.keep()'::regprocedure and t.tgqual is null
  loop
    execute format('drop trigger keep on %s', kept.whole);
    perform homeward.keep_replaced(kept.name);
  end loop;
end
$$;

-- As before; only that the task that imports says itself, in a row that it changes too, which action that is. Its policies hold
-- every such row to the stamp that stands here (62-history-in.sql), and ask for the action's proof once a statement.
create or replace function homeward.stamp() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
  elsif new.action_id is not null and current_user = 'homeward_task_importing' then
    return new;
  else
    new.version := 1;
  end if;
  new.recorded_at := now();
  new.recorded_by := case when coalesce(current_setting('homeward.context', true), '') = '' then null else identity.account_id() end;
  if tg_op = 'INSERT' or new.action_id is not distinct from old.action_id or current_user <> 'homeward_task_importing' then
    new.action_id := audit.current_action();
  end if;
  return new;
end
$$;
