-- Schemas, database roles, and the two things every table of the service has: a stamp and a history.

create schema if not exists homeward;
create schema reference;
create schema identity;
create schema audit;
create schema service;
create schema history;
create schema as_at;
create schema need_to_know;
create schema messages;
create schema disposal;

create extension if not exists pg_trgm;

-- Roles belong to the whole server, so another database on it may have made them already.
do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'homeward_web', 'homeward_jobs'
  ] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I login noinherit', wanted);
    end if;
  end loop;
  foreach wanted in array array[
    -- owns the security-definer functions and nothing else
    'homeward_gate',
    -- what a request may be
    'homeward_visitor', 'homeward_referrer', 'homeward_relationship', 'homeward_provider', 'homeward_area', 'homeward_steward',
    -- what the background may be
    'homeward_task_sealing', 'homeward_task_messages', 'homeward_task_disposal', 'homeward_task_backup', 'homeward_task_housekeeping'
  ] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit', wanted);
    end if;
  end loop;
  execute format('grant homeward_gate to %I', current_user);
end
$$;

grant homeward_visitor, homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward
  to homeward_web;
grant homeward_task_sealing, homeward_task_messages, homeward_task_disposal, homeward_task_backup, homeward_task_housekeeping
  to homeward_jobs;

-- A time-ordered id (UUID version 7) that tells nothing else. PostgreSQL 18 has one built in; 17 does not.
create function homeward.new_id() returns uuid
language sql volatile
return encode(
  set_bit(set_bit(overlay(
    uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
    from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;

-- A reference people read to each other over a telephone: no vowels, no look-alikes, nothing to count by.
create function homeward.new_reference() returns text
language plpgsql volatile set search_path = pg_catalog
as $$
declare
  alphabet constant text := '23456789BCDFGHJKMNPQRSTVWXZ';
  bytes bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  made text := '';
  position int := 0;
begin
  while length(made) < 8 loop
    -- Bytes 6 and 8 of a version 4 UUID are not wholly random; 27 * 9 = 243 keeps the rest without bias.
    if position % 16 not in (6, 8) and get_byte(bytes, position) < 243 then
      made := made || substr(alphabet, get_byte(bytes, position) % 27 + 1, 1);
    end if;
    position := position + 1;
    if position = 32 then
      bytes := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
      position := 0;
    end if;
  end loop;
  return 'HW-' || substr(made, 1, 4) || '-' || substr(made, 5);
end
$$;

-- Who changed a row, when, and in which action: set here, so that no command can forget or choose it.
create function homeward.stamp() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
  else
    new.version := 1;
  end if;
  new.recorded_at := now();
  new.recorded_by := identity.account_id();
  new.action_id := audit.current_action();
  return new;
end
$$;

-- Keeps the replaced row, with the span in which it was current. The span's columns come first in a history
-- table, so that a column added to a table later is simply added to its history too.
create function history.keep() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  execute format(
    'insert into history.%I select ($1).recorded_at, now(), audit.current_action(), $2, ($1).*',
    tg_table_name) using old, lower(tg_op);
  return null;
end
$$;

-- Gives a table of the service its stamp, its history and its as-at function.
create function homeward.keep_history(of_table text) returns void
language plpgsql set search_path = pg_catalog
as $$
begin
  execute format(
    'create table history.%I (current_from timestamptz not null, current_to timestamptz not null, replaced_by_action uuid,
       replaced_how text not null check (replaced_how in (''update'', ''delete'')), like service.%I)',
    of_table, of_table);
  execute format('create index on history.%I (id, version)', of_table);
  execute format('create trigger stamp before insert or update on service.%I for each row execute function homeward.stamp()', of_table);
  execute format('create trigger keep after update or delete on service.%I for each row execute function history.keep()', of_table);
  perform homeward.refresh_as_at(of_table);
end
$$;

-- Every table as it was recorded at a moment: the current row if it is old enough, else the one it replaced.
create function homeward.refresh_as_at(of_table text) returns void
language plpgsql set search_path = pg_catalog
as $$
declare
  columns text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns
  from pg_attribute
  where attrelid = format('service.%I', of_table)::regclass and attnum > 0 and not attisdropped;
  execute format(
    'create or replace function as_at.%1$I(moment timestamptz) returns setof service.%1$I language sql stable as $as_at$
       select %2$s from service.%1$I where recorded_at <= moment
       union all
       select %2$s from history.%1$I where current_from <= moment and moment < current_to
     $as_at$', of_table, columns);
end
$$;

-- What a database is was settled when it was made: a demonstration can never become a real service, nor the reverse.
create table homeward.nature (
  one_row boolean primary key default true check (one_row),
  demonstration boolean not null
);
create function homeward.nature_is_settled() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  raise exception 'a database is a demonstration from the moment it is made, or never';
end
$$;
create trigger nature_is_settled before update or delete or truncate on homeward.nature
  for each statement execute function homeward.nature_is_settled();
