-- The people round a young person, and what changes a life while a record lasts.

select homeward.casework_policies('network_member', 'network');
select homeward.casework_policies('safe_contact', 'network');
select homeward.casework_policies('transition_plan', 'plan');

-- Whoever has the record reads that the borough changed and that they died; the functions below write it.
do $$
declare
  of_table text;
begin
  foreach of_table in array array['borough_change', 'death'] loop
    execute format('grant select on service.%1$I, history.%1$I to homeward_relationship, homeward_provider, homeward_area', of_table);
    execute format('create policy relationship on service.%1$I for select to homeward_relationship
      using (person_id = any (array(select need_to_know.people(%2$L))))', of_table, 'person');
    execute format('create policy provider on service.%1$I for select to homeward_provider
      using (exists (select from service.allocation a where a.person_id = %1$I.person_id))', of_table);
    execute format('create policy area on service.%1$I for select to homeward_area
      using (exists (select from service.person p where p.id = %1$I.person_id))', of_table);
    execute format('create policy relationship on history.%1$I for select to homeward_relationship
      using (exists (select from service.%1$I r where r.id = %1$I.id))', of_table);
    execute format('create policy provider on history.%1$I for select to homeward_provider
      using (exists (select from service.%1$I r where r.id = %1$I.id))', of_table);
    execute format('create policy area on history.%1$I for select to homeward_area
      using (exists (select from service.%1$I r where r.id = %1$I.id))', of_table);
  end loop;
end
$$;

-- Moves responsibility for a young person to another area: what is about them goes with them, and the old area's people
-- have it no longer. So does a referral that still waits, which the new area decides and allocates then, and one that their
-- support rests on now; one that was declined, signposted, withdrawn, kept as intelligence or closed stays with the area that
-- answered for it. Says 'moved', or why not: 'missing', 'same'.
create or replace function need_to_know.move_person(person uuid, to_area text, moved_on date, why text, agreed_by text) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
  from_area text;
  each_role text;
  told int;
  following uuid[];
begin
  select * into me from identity.me();
  if coalesce(me.role, 'nobody') not in ('coordinator', 'operations-manager') then
    raise exception 'only who answers for an area passes it on' using errcode = 'insufficient_privilege';
  end if;
  select p.area into from_area from service.person p where p.id = person for update;
  if not found or not need_to_know.reaches(person) or not exists (select from reference.area a where a.code = to_area) then
    return 'missing';
  elsif from_area = to_area then
    return 'same';
  end if;
  -- Whoever is about to act on one of them has finished, or waits and then finds it gone.
  following := array(
    select r.id from service.referral r
    where r.person_id = person
      and (r.stage in ('received', 'accepted') or exists (
        select from service.episode e where e.id = r.episode_id and e.closed_at is null))
    for update);
  perform audit.command('move-person', 'person', person, person, jsonb_build_object('from', from_area, 'to', to_area));
  insert into service.borough_change (person_id, from_area, to_area, moved_on, why, agreed_by)
  values (person, from_area, move_person.to_area, move_person.moved_on, move_person.why, move_person.agreed_by);
  update service.person p set area = to_area where p.id = person;
  update service.referral r set area = to_area where r.id = any (following);
  update service.referral_action x set area = to_area where x.referral_id = any (following);
  update service.episode e set area = to_area where e.person_id = person and e.closed_at is null;
  update service.allocation a set area = to_area where a.person_id = person and a.ended_at is null;
  update service.waiting_entry w set area = to_area where w.person_id = person;
  update service.concern c set area = to_area where c.person_id = person;
  update service.concern_told t set area = to_area where t.person_id = person;
  update service.concern_development d set area = to_area where d.person_id = person;
  update service.case_summary s set area = to_area where s.person_id = person;
  -- What a borough answered stays its own.
  update service.request q set area = to_area 
  where (q.person_id = person or q.referral_id = any (following)) and (q.state = 'open' or q.kind <> 'borough');
  foreach each_role in array array['spoc', 'coordinator'] loop
    perform messages.tell(w, 'responsibility-passed-on', '/') from need_to_know.who_answers_for(from_area, each_role) w
    where w <> me.account_id;
    told := messages.tell_those_who_answer_for(to_area, each_role, 'responsibility-taken-on', format('/people/%s', person));
    if told = 0 then
      perform messages.tell_operations_managers('responsibility-taken-on', format('/people/%s', person));
    end if;
  end loop;
  return 'moved';
end
$$;

-- Records that a young person has died: no message goes out about them any more, but for a safeguarding concern.
-- False where they are not the asker's, or it is recorded already.
create or replace function need_to_know.record_death(person uuid, died_on date, source text, told text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
begin
  select m.role, s.proved_again_at into me from identity.me() m join identity.session s on s.id = m.session_id;
  if coalesce(me.role, 'nobody') not in ('coordinator', 'provider-manager', 'operations-manager')
    or coalesce(me.proved_again_at, '-infinity') < now() - interval '15 minutes'
  then
    raise exception 'a death is not to be recorded so' using errcode = 'insufficient_privilege';
  end if;
  perform from service.person p where p.id = person for update;
  if not need_to_know.reaches(person)
    or exists (select from service.death d where d.person_id = person and d.in_error_at is null)
  then
    return false;
  end if;
  perform audit.command('record-death', 'person', person, person, '{}');
  insert into service.death (person_id, died_on, source, told)
  values (person, record_death.died_on, record_death.source, record_death.told);
  update service.person p set died_on = record_death.died_on where p.id = person;
  update messages.message m set state = 'cancelled'
  where m.state = 'queued' and messages.is_about(m.path, person) and m.template <> 'concern-raised';
  return true;
end
$$;

-- Says of a recorded death that it was recorded in error. False where they are not the asker's, or none is recorded.
create or replace function need_to_know.correct_death(person uuid, why text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
begin
  select m.role, s.proved_again_at into me from identity.me() m join identity.session s on s.id = m.session_id;
  if coalesce(me.role, 'nobody') not in ('coordinator', 'provider-manager', 'operations-manager')
    or coalesce(me.proved_again_at, '-infinity') < now() - interval '15 minutes' or why = ''
  then
    raise exception 'a death is not to be corrected so' using errcode = 'insufficient_privilege';
  end if;
  perform from service.person p where p.id = person for update;
  if not need_to_know.reaches(person)
    or not exists (select from service.death d where d.person_id = person and d.in_error_at is null)
  then
    return false;
  end if;
  perform audit.command('correct-death', 'person', person, person, '{}');
  update service.death d set in_error_at = now(), why_in_error = correct_death.why
  where d.person_id = person and d.in_error_at is null;
  update service.person p set died_on = null where p.id = person;
  return true;
end
$$;

-- Whether a path of the service is a page of this young person's.
create or replace function messages.is_about(path text, person uuid) returns boolean
language sql immutable parallel safe
return starts_with(path || '/', '/people/' || person || '/');

grant execute on function need_to_know.move_person(uuid, text, date, text, text) to homeward_area;
grant execute on function need_to_know.record_death(uuid, date, text, text), need_to_know.correct_death(uuid, text)
  to homeward_provider, homeward_area;
