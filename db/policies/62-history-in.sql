-- What came from the systems before this one, and the records that are counted: who reads them, and the task that imports.

-- Whose work it is to count: analysts and those who run the service, and the background work that counts for them. It is asked
-- once a statement, and never in a process that helps to read: what proves who asks is bound to the process that they talk to.
create or replace function need_to_know.may_count() returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog
as $$
  select session_user = 'homeward_jobs'
    or coalesce((select me.role in ('analyst', 'operations-manager') from identity.me() me), false)
$$;
grant execute on function need_to_know.may_count() to homeward_area, homeward_task_statistics;

-- Support and onward referrals of before: whoever works with the young person, and who answers for the area.
do $$
declare
  of_table text;
begin
  foreach of_table in array array['imported_support', 'imported_onward_referral'] loop
    execute format('grant select on service.%I to homeward_relationship, homeward_provider, homeward_area', of_table);
    execute format('create policy relationship on service.%1$I for select to homeward_relationship
      using (person_id = any (array(select need_to_know.people(%2$L))))', of_table, 'support');
    execute format('create policy provider on service.%1$I for select to homeward_provider
      using (exists (select from service.allocation a where a.person_id = %1$I.person_id))', of_table);
    execute format('create policy area on service.%1$I for select to homeward_area
      using (area = any (array(select need_to_know.areas(%2$L))))', of_table, 'summary');
    perform homeward.history_follows(of_table);
  end loop;

  -- Events, rescues, the National Referral Mechanism and county lines: analysts and those who run the service.
  foreach of_table in array array['recorded_event', 'rescue_request', 'nrm_referral', 'county_link', 'training_session', 'import'] loop
    execute format('grant select on service.%1$I, history.%1$I to homeward_area', of_table);
    execute format('create policy area on service.%1$I for select to homeward_area using ((select need_to_know.may_count()))', of_table);
    execute format('create policy area on history.%1$I for select to homeward_area using ((select need_to_know.may_count()))', of_table);
  end loop;

  -- The task that imports reads what it compares with, and writes what came: of people, referrals and what happened to them,
  -- only those that came from another system. It is reached from the jobs' login alone.
  foreach of_table in array array['imported_support', 'imported_onward_referral', 'recorded_event', 'rescue_request', 'nrm_referral',
    'county_link', 'training_session'] loop
    execute format('grant select, insert, update on service.%I to homeward_task_importing', of_table);
    execute format('create policy importing on service.%1$I to homeward_task_importing using (true) with check (true)', of_table);
  end loop;
end
$$;
grant delete on service.imported_support, service.imported_onward_referral, service.recorded_event, service.county_link
  to homeward_task_importing;

grant select, insert, update on service.person, service.referral, service.referral_action to homeward_task_importing;
create policy importing on service.person to homeward_task_importing using (true) with check (source_ref is not null);
create policy importing on service.referral to homeward_task_importing using (true)
  with check (source_ref is not null and referrer_id is null);
create policy importing on service.referral_action to homeward_task_importing using (true)
  with check (kind = 'imported' and sequence = 1 and by_account is null);
grant select, insert on service.import to homeward_task_importing;
create policy importing on service.import to homeward_task_importing using (true) with check (true);

-- Where it says itself by which action it adds or changes a row, no trigger says so (homeward.stamp): every table that is stamped
-- holds it to the same stamp, and asks for the action's proof once for all rows of a statement.
do $$
declare
  stamped regclass;
begin
  for stamped in select t.tgrelid from pg_trigger t where t.tgfoid = 'homeward.stamp()'::regprocedure loop
    execute format('create policy stamped on %s as restrictive for insert to homeward_task_importing
      with check (version = 1 and recorded_at = now() and recorded_by is not distinct from (select identity.account_id())
        and action_id is not distinct from (select audit.current_action()))', stamped);
    execute format('create policy stamped_anew on %s as restrictive for update to homeward_task_importing
      with check (recorded_at = now() and action_id is not distinct from (select audit.current_action()))', stamped);
  end loop;
end
$$;

-- Who decides on referrals gives support that is still open to a provider here, in an allocation of the same young person's.
grant update (continued_in) on service.imported_support to homeward_area;
create policy area_update on service.imported_support for update to homeward_area
  using (area = any (array(select need_to_know.areas('referral-decision'))) and closed_on is null and continued_in is null)
  with check (area = any (array(select need_to_know.areas('referral-decision'))) and exists (
    select from service.allocation a
    where a.id = continued_in and a.referral_id = imported_support.referral_id and a.person_id = imported_support.person_id));

-- What is read from files waits here until all of it is checked: rows that no other transaction ever sees. Nothing is copied
-- into a table under row-level security, so this one has rights alone.
grant select, insert, update, delete, truncate, maintain on incoming.row to homeward_task_importing;

grant usage on schema homeward, incoming, service, reference, identity, audit, need_to_know to homeward_task_importing;
grant execute on function homeward.new_id(), homeward.new_reference() to homeward_task_importing;
grant select on reference.threshold to homeward_task_importing;
create policy importing on reference.threshold for select to homeward_task_importing using (true);
grant select (id, kind, name, code) on identity.organisation to homeward_task_importing;
create policy importing on identity.organisation for select to homeward_task_importing using (true);
grant execute on function identity.account_id(), audit.current_action(), audit.task(text, text, uuid, uuid, jsonb),
  need_to_know.search_keys(text) to homeward_task_importing;

-- Whether anybody has worked on somebody here: anything of theirs that no import brings. It is asked before an import moves a
-- record to another borough, away from those who work with it. Every table that leads to a person counts (disposal.reach).
create or replace function need_to_know.is_worked_on(person uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  each record;
  found_any boolean;
begin
  if exists (select from service.referral r where r.person_id = is_worked_on.person and r.source_ref is null)
    or exists (select from service.referral_action x where x.person_id = is_worked_on.person and x.kind <> 'imported') then
    return true;
  end if;
  for each in
    select d.table_name, d.column_name from disposal.reach d
    where d.leads_to = 'person' and d.then_row = 'deleted' and d.table_name not in ('service.person', 'service.record_opening',
      'service.imported_support', 'service.imported_onward_referral', 'service.recorded_event', 'service.rescue_request',
      'service.nrm_referral', 'service.import_finding')
  loop
    execute format('select exists (select from %s where %I = $1)', each.table_name, each.column_name)
      into found_any using is_worked_on.person;
    if found_any then
      return true;
    end if;
  end loop;
  return false;
end
$$;
grant execute on function need_to_know.is_worked_on(uuid) to homeward_task_importing;

-- How a reference of another system is known once what it named is gone: `person P-1`, `referral R-1`.
create or replace function disposal.source_digest(kind text, ref text) returns bytea
language sql immutable parallel safe
as $$ select sha256(convert_to(kind || ' ' || ref, 'UTF8')) $$;
-- People and referrals are deleted by disposal alone.
create or replace function disposal.remember_source() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  if old.source_ref is not null then
    insert into disposal.disposed_source values (disposal.source_digest(tg_table_name, old.source_ref)) on conflict do nothing;
  end if;
  return null;
end
$$;
create or replace trigger remember_source after delete on service.person for each row execute function disposal.remember_source();
create or replace trigger remember_source after delete on service.referral for each row execute function disposal.remember_source();
grant usage on schema disposal to homeward_task_importing;
grant select on disposal.disposed_source to homeward_task_importing;
create policy importing on disposal.disposed_source for select to homeward_task_importing using (true);
grant execute on function disposal.source_digest(text, text) to homeward_task_importing, homeward_gate;

-- What an import finds is read by whoever brings files: a restricted record is in none of it, or any name and date of birth could
-- be tried, and nothing in it follows a newer referral. Those whom its restriction names are told where an import made a record
-- that may be of the same young person, or wrote a referral of theirs.
create or replace function need_to_know.restricted_now() returns setof uuid
language sql stable rows 10 security definer set search_path = pg_catalog
as $$ select r.person_id from service.restriction r where r.lifted_at is null $$;
create or replace function need_to_know.tell_of_restricted_imports(action uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  named record;
begin
  -- Who is restricted comes first, and is few: joined in one with everybody, each record was compared with every other.
  for named in
    with hidden as materialized (
      select p.id, p.date_of_birth, p.name_key from service.restriction r join service.person p on p.id = r.person_id
      where r.lifted_at is null),
    made as materialized (
      select m.id, m.date_of_birth, m.name_key from service.person m
      where m.action_id = action and m.version = 1 and exists (select from hidden)),
    about as (
      select h.id from hidden h join service.referral f on f.person_id = h.id where f.action_id = action
      union
      select h.id from hidden h join made m on m.date_of_birth = h.date_of_birth and m.id <> h.id
      where string_to_array(m.name_key, ' ') && string_to_array(h.name_key, ' ')
      union
      select h.id from hidden h join made m on m.name_key = h.name_key and m.id <> h.id
      where m.date_of_birth is null or h.date_of_birth is null)
    select distinct n.account_id, a.id as person_id
    from about a
    join service.restriction r on r.person_id = a.id and r.lifted_at is null
    join service.restriction_reader n on n.restriction_id = r.id and n.ended_at is null
    join identity.account c on c.id = n.account_id and c.disabled_at is null
  loop
    perform messages.queue(named.account_id, 'something-waits', format('/people/%s', named.person_id));
  end loop;
end
$$;

-- Support that a provider here took over has the days that its row had: a correction of the row, which an action wrote, is one of
-- theirs. Nobody here writes those days.
create or replace function need_to_know.continued_support_follows(action uuid) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  update service.allocation a set allocated_on = s.allocated_on, first_engaged_on = s.first_engaged_on
  from service.imported_support s
  where s.continued_in = a.id and s.action_id = continued_support_follows.action
    and (a.allocated_on, a.first_engaged_on) is distinct from (s.allocated_on, s.first_engaged_on)
$$;
grant execute on function need_to_know.restricted_now(), need_to_know.tell_of_restricted_imports(uuid),
  need_to_know.continued_support_follows(uuid) to homeward_task_importing;
