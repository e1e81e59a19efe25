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
    where nspname in ('homeward', 'reference', 'identity', 'audit', 'service', 'history', 'as_at', 'need_to_know', 'messages', 'disposal', 'incoming')
  loop
    execute format(
      'revoke all on all tables in schema %1$I from public, homeward_gate, homeward_visitor, homeward_referrer,
         homeward_relationship, homeward_provider, homeward_area, homeward_steward, homeward_task_sealing,
         homeward_task_messages, homeward_task_disposal, homeward_task_backup, homeward_task_housekeeping,
         homeward_task_scanning, homeward_task_statistics, homeward_task_importing', found.nspname);
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

-- A row of casework that carries an area carries the one that is responsible as it is written. Whoever passes it on has
-- finished by then, or waits until the row stands: the lock is the one that the row's foreign key takes in any case.
create or replace function homeward.area_responsible() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  select p.area into new.area from service.person p where p.id = new.person_id for key share;
  return new;
end
$$;

-- The policies of a table of casework about a person: those who work with them write and read it, the managers of a
-- provider what theirs recorded, which they add to while the provider works with the young person and for 28 days more, and
-- the operations manager reads all of it. Whoever opened a record in an emergency reads as much, and writes nothing but a
-- contact that was made and a concern (and a note); a manager ends and follows up what was theirs to support, and tells of a
-- contact or a concern, however long ago it ended. With `by_area`, so do the coordinators and
-- borough contacts of the row's area whom need_to_know.areas names for the kind of content; the row carries the area that is
-- responsible for the person.
create or replace function homeward.casework_policies(of_table text, content text, by_area boolean default false) returns void
language plpgsql set search_path = pg_catalog
as $$
declare
  changeable text;
  in_reach text;
  -- One's own team or provider works with them or did until 28 days ago: one's team's allocations are shown no longer than
  -- that, and none of somebody whose record was opened in an emergency.
  supported text := format(
    ' and exists (select from service.allocation a where a.person_id = %I.person_id and (a.ended_at is null or a.ended_at > now() - interval ''28 days''))',
    of_table);
  by_team text := case when content in ('contact', 'concern') then '' else supported end;
  by_manager text := case when content in ('contact', 'concern', 'closing') then '' else supported end;
begin
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into changeable
  from pg_attribute a
  where a.attrelid = format('service.%I', of_table)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    and a.attname not in ('id', 'person_id', 'episode_id', 'organisation_id', 'area', 'version', 'recorded_at', 'recorded_by', 'action_id');
  execute format('grant select, insert, update (%s) on service.%I to homeward_relationship, homeward_provider', changeable, of_table);
  execute format('grant select on service.%I to homeward_area', of_table);
  execute format('grant select on history.%I to homeward_relationship, homeward_provider, homeward_area', of_table);

  if by_area then
    execute format(
      'create or replace trigger area_responsible before insert on service.%I for each row execute function homeward.area_responsible()',
      of_table);
  end if;
  execute format(
    'create policy relationship on service.%1$I for select to homeward_relationship
       using (person_id = any (array(select need_to_know.people(%2$L))))', of_table, content);
  execute format(
    'create policy relationship_insert on service.%1$I for insert to homeward_relationship
       with check (organisation_id = (select identity.organisation_id()) and person_id = any (array(select need_to_know.people(%2$L)))%3$s)',
    of_table, content, by_team);
  execute format(
    'create policy relationship_update on service.%1$I for update to homeward_relationship
       using (organisation_id = (select identity.organisation_id()) and person_id = any (array(select need_to_know.people(%2$L)))%3$s)
       with check (organisation_id = (select identity.organisation_id()) and person_id = any (array(select need_to_know.people(%2$L)))%3$s)',
    of_table, content, by_team);
  execute format(
    'create policy provider on service.%1$I for select to homeward_provider
       using (organisation_id = (select need_to_know.provider(%2$L)))', of_table, content);
  execute format(
    'create policy provider_insert on service.%1$I for insert to homeward_provider
       with check (organisation_id = (select need_to_know.provider(%2$L))
         and exists (
           select from service.allocation a
           where a.person_id = %1$I.person_id and (a.ended_at is null or a.taken_up_at is not null))%3$s)',
    of_table, content, by_manager);
  execute format(
    'create policy provider_update on service.%1$I for update to homeward_provider
       using (organisation_id = (select need_to_know.provider(%2$L))%3$s) with check (organisation_id = (select need_to_know.provider(%2$L))%3$s)',
    of_table, content, by_manager);
  in_reach := case when by_area then format('area = any (array(select need_to_know.areas(%L)))', content)
    else format('(select need_to_know.whole_service(%L))', content) end;
  execute format('create policy area on service.%1$I for select to homeward_area using (%2$s)', of_table, in_reach);

  execute format(
    'create policy relationship on history.%1$I for select to homeward_relationship
       using (person_id = any (array(select need_to_know.people(%2$L))))', of_table, content);
  execute format(
    'create policy provider on history.%1$I for select to homeward_provider
       using (organisation_id = (select need_to_know.provider(%2$L)))', of_table, content);
  -- What is moved to another area is no longer the old one's, nor is what it was.
  execute format('create policy area on history.%1$I for select to homeward_area using (%2$s)', of_table,
    case when by_area then format('exists (select from service.%1$I r where r.id = %1$I.id)', of_table) else in_reach end);
end
$$;

-- What a row was is read by whoever reads the row, of those who work with records, and by nobody else: what is moved to
-- another area, or restricted, takes what it was with it.
create or replace function homeward.history_follows(of_table text) returns void
language plpgsql set search_path = pg_catalog
as $$
begin
  execute format('grant select on history.%I to homeward_relationship, homeward_provider, homeward_area', of_table);
  execute format(
    'create policy follows on history.%1$I for select to homeward_relationship, homeward_provider, homeward_area
       using (exists (select from service.%1$I r where r.id = %1$I.id))', of_table);
end
$$;
