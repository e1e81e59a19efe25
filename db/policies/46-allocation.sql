-- Choosing a team, waiting for one, and the provider's answer.

-- What teams offer -----------------------------------------------------------------------------------------------

grant select on identity.team_profile to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on identity.team_profile for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
grant insert, update (works_with, specialisms, languages, areas, open_to_new) on identity.team_profile to homeward_provider, homeward_steward;
create policy provider_insert on identity.team_profile for insert to homeward_provider
  with check (exists (
    select from identity.team t where t.id = team_id and t.organisation_id = (select need_to_know.provider('allocation'))));
create policy provider_update on identity.team_profile for update to homeward_provider
  using (exists (
    select from identity.team t where t.id = team_id and t.organisation_id = (select need_to_know.provider('allocation'))));
create policy administered_insert on identity.team_profile for insert to homeward_steward
  with check ((select identity.role()) = 'administrator');
create policy administered_update on identity.team_profile for update to homeward_steward
  using ((select identity.role()) = 'administrator');

grant update (place, in_use) on reference.allocation_rule to homeward_steward;
create policy administered on reference.allocation_rule for update to homeward_steward
  using ((select identity.role()) = 'administrator');

-- How much each team can carry and carries, for those who allocate. It tells of no young person.
create or replace function need_to_know.room_of_teams(usual int) returns table (team_id uuid, workers int, points int, used int)
language sql stable security definer set search_path = pg_catalog
as $$
  select t.id, coalesce(staff.workers, 0)::int, coalesce(staff.points, 0)::int, coalesce(work.used, 0)::int
  from identity.team t
  join identity.organisation o on o.id = t.organisation_id and o.kind = 'provider'
  left join (
    select w.team_id, count(*) as workers, sum(coalesce(c.points, usual)) as points
    from (
      select distinct g.team_id, g.organisation_id, g.account_id
      from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
      where g.role = 'caseworker' and g.approved_at is not null and g.ended_at is null) w
    left join service.worker_capacity c on c.worker_id = w.account_id and c.organisation_id = w.organisation_id
    group by w.team_id) staff on staff.team_id = t.id
  left join (
    select l.team_id, sum(l.weight) as used from service.allocation l 
    where l.ended_at is null and not exists (select from service.person dead where dead.id = l.person_id and dead.died_on is not null)
    group by l.team_id) work on work.team_id = t.id
  where (select me.role = 'coordinator' from identity.me() me)
$$;
grant execute on function need_to_know.room_of_teams(int) to homeward_area;

-- How much each worker carries -------------------------------------------------------------------------------------

grant update (weight) on service.allocation to homeward_provider;

grant select on service.worker_capacity, history.worker_capacity, service.cover, history.cover to homeward_relationship, homeward_provider;
create policy relationship on service.worker_capacity for select to homeward_relationship
  using (organisation_id = (select identity.organisation_id()) and (select identity.role()) = 'caseworker');
create policy relationship on history.worker_capacity for select to homeward_relationship
  using (organisation_id = (select identity.organisation_id()) and (select identity.role()) = 'caseworker');
create policy provider on service.worker_capacity for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('allocation')));
create policy provider on history.worker_capacity for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('allocation')));
grant insert, update (points) on service.worker_capacity to homeward_provider;
create policy provider_insert on service.worker_capacity for insert to homeward_provider
  with check (organisation_id = (select need_to_know.provider('allocation'))
    and exists (
      select from identity.access_grant g
      where g.account_id = worker_id and g.organisation_id = worker_capacity.organisation_id and g.role = 'caseworker'));
create policy provider_update on service.worker_capacity for update to homeward_provider
  using (organisation_id = (select need_to_know.provider('allocation')));

create policy relationship on service.cover for select to homeward_relationship
  using (organisation_id = (select identity.organisation_id()) and (select identity.role()) = 'caseworker');
create policy relationship on history.cover for select to homeward_relationship
  using (organisation_id = (select identity.organisation_id()) and (select identity.role()) = 'caseworker');
create policy provider on service.cover for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('allocation')));
create policy provider on history.cover for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('allocation')));
grant insert, update (ended_at) on service.cover to homeward_provider;
create policy provider_insert on service.cover for insert to homeward_provider
  with check (organisation_id = (select need_to_know.provider('allocation'))
    and 2 = (
      select count(distinct g.account_id) from identity.access_grant g
      where g.account_id in (worker_id, covered_by) and g.organisation_id = cover.organisation_id and g.role = 'caseworker'));
create policy provider_update on service.cover for update to homeward_provider
  using (organisation_id = (select need_to_know.provider('allocation')));

-- The provider's answer --------------------------------------------------------------------------------------------

-- A manager answers for what is allocated to their provider, and does nothing else with a referral: takes it up, or hands
-- it back with a reason. The referral is held first, as by everybody who acts on one. Says 'done', 'missing', or why not:
-- 'taken-up' or 'ended' meanwhile, or the stage of the referral, which leaves nothing to answer.
create or replace function need_to_know.answer_allocation(wanted uuid, answer text, reason text, why text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
  given service.allocation;
  stage text;
  answered uuid;
  told int;
begin
  select * into me from identity.me();
  if me.role is distinct from 'provider-manager' or answer is null or answer not in ('taken-up', 'handed-back') then
    raise exception 'only the manager of a provider answers an allocation' using errcode = 'insufficient_privilege';
  end if;
  select a.* into given from service.allocation a where a.id = wanted and a.organisation_id = me.organisation_id;
  if not found or need_to_know.is_closed_to_me(given.person_id) then
    return 'missing';
  end if;
  select r.stage into stage from service.referral r where r.id = given.referral_id for update;
  select a.* into given from service.allocation a where a.id = wanted for no key update;
  if given.ended_at is not null then
    return 'ended';
  elsif stage <> 'allocated' then
    return stage;
  elsif answer = 'taken-up' and given.taken_up_at is not null then
    return 'taken-up';
  end if;
  if answer = 'taken-up' then
    perform audit.command('take-up-allocation', 'allocation', wanted, given.person_id, '{}');
    update service.allocation a set taken_up_at = answer_allocation.at, taken_up_by = me.account_id where a.id = wanted;
  else
    if not exists (select from reference.reason n where n.list = 'hand-back' and n.code = answer_allocation.reason) then
      raise exception 'no such reason' using errcode = 'invalid_parameter_value';
    end if;
    perform audit.command('hand-back-allocation', 'allocation', wanted, given.person_id, jsonb_build_object('reason', reason));
    update service.allocation a set ended_at = greatest(answer_allocation.at, a.started_at), end_reason = reason where a.id = wanted;
    -- Support from a file that nobody here has taken up stands as it came.
    update service.imported_support s set continued_in = null where s.continued_in = wanted and given.taken_up_at is null;
  end if;
  for answered in
    select given.referral_id
    union
    -- Referrals that joined this support wait for a provider again where nobody is left who works with the young person.
    select r.id from service.referral r
    where answer = 'handed-back' and r.episode_id = given.episode_id and r.stage = 'allocated'
      and not exists (select from service.allocation l where l.episode_id = given.episode_id and l.ended_at is null)
    order by 1
  loop
    if answer = 'handed-back' then
      update service.referral r set stage = 'accepted' where r.id = answered;
    end if;
    insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
    select answered, coalesce(max(x.sequence), 0) + 1, (select r.area from service.referral r where r.id = answered), given.person_id, answer,
      jsonb_build_object('organisationId', given.organisation_id)
        || case answer when 'handed-back' then jsonb_build_object('reason', reason, 'why', why) else '{}' end,
      answer_allocation.at, me.account_id
    from service.referral_action x where x.referral_id = answered;
  end loop;
  if answer = 'handed-back' then
    told := messages.tell_those_who_answer_for(given.area, 'coordinator', 'allocation-handed-back', '/waiting-list');
    if told = 0 then
      perform messages.tell_operations_managers('allocation-handed-back', '/waiting-list');
    end if;
  end if;
  return 'done';
end
$$;
grant execute on function need_to_know.answer_allocation(uuid, text, text, text, timestamptz) to homeward_provider;

-- Waiting ----------------------------------------------------------------------------------------------------------

-- Everybody with an open episode of support whom nobody supports, or one of them, for those who allocate and for those who
-- run the service: the referral that can be allocated, if there is one, and the last time a provider handed them back. Not
-- by the policies of referrals and allocations: whoever's borough has changed would seem to wait where it can no longer be
-- seen who works with them.
create or replace function need_to_know.waiting(only_person uuid default null)
returns table (episode_id uuid, person_id uuid, received_at timestamptz, referral_id uuid, stage text, handed_back_at timestamptz,
  handed_back_by uuid, handed_back_reason text)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan
as $$
begin
  -- Planned for what is asked: one young person is found by an index, and everybody who waits by another.
  return query
  select e.id, e.person_id, f.received_at, r.id, r.stage, b.ended_at, b.organisation_id, b.end_reason
  from service.episode e
  join service.referral f on f.id = e.referral_id
  left join lateral (
    select x.id, x.stage from service.referral x
    where x.episode_id = e.id order by (x.stage = 'accepted') desc, x.received_at desc limit 1) r on true
  left join lateral (
    select l.ended_at, l.organisation_id, l.end_reason
    from service.allocation l
    where l.episode_id = e.id and l.ended_at is not null and exists (
      select from service.referral_action x
      where x.referral_id = l.referral_id and x.kind = 'handed-back' and x.details ->> 'organisationId' = l.organisation_id::text)
    order by l.ended_at desc limit 1) b on true
  where e.closed_at is null
    and (only_person is null or e.person_id = only_person)
    and e.person_id not in (select need_to_know.closed_to_me())
    and e.area = any (array(select need_to_know.areas('episode')))
    and (select me.role in ('coordinator', 'operations-manager') from identity.me() me)
    -- Nobody finds a provider for somebody who has died.
    and not exists (select from service.person dead where dead.id = e.person_id and dead.died_on is not null)
    and not exists (select from service.allocation l where l.person_id = e.person_id and l.ended_at is null);
end
$$;
grant execute on function need_to_know.waiting(uuid) to homeward_area;

grant select, insert, update (meanwhile, local_provision, moved_up_at, moved_up_reason, moved_up_why) on service.waiting_entry to homeward_area;
grant select on history.waiting_entry to homeward_area;
create policy area on service.waiting_entry for select to homeward_area
  using (area = any (array(select need_to_know.areas('episode'))) and (select identity.role()) in ('coordinator', 'operations-manager'));
create policy area_insert on service.waiting_entry for insert to homeward_area
  with check (area = any (array(select need_to_know.areas('referral-decision')))
    and exists (
      select from service.episode e
      where e.id = episode_id and e.person_id = waiting_entry.person_id and e.area = waiting_entry.area));
create policy area_update on service.waiting_entry for update to homeward_area
  using (area = any (array(select need_to_know.areas('referral-decision'))))
  with check (area = any (array(select need_to_know.areas('referral-decision'))));
create policy area on history.waiting_entry for select to homeward_area
  using (exists (select from service.waiting_entry w where w.id = waiting_entry.id));

-- Who works with a young person now, for somebody who reaches the record and none of its allocations: whoever opened it in an
-- emergency has to know whom to ring, an analyst and a gender consultant whom to ask. It tells nothing else of an allocation.
create or replace function need_to_know.works_with(person uuid)
returns table (organisation_name text, team_name text, worker_name text, started_at timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
  select o.name, t.name, w.name, l.started_at
  from (
    select from identity.me() me
    where need_to_know.reaches(person)
      and (me.role in ('analyst', 'gender-consultant') or person in (select need_to_know.opened('person')))
    limit 1) asked
  join service.allocation l on l.person_id = works_with.person and l.ended_at is null
  join identity.organisation o on o.id = l.organisation_id
  join identity.team t on t.id = l.team_id
  left join identity.account w on w.id = l.worker_id
  order by l.started_at, l.id
$$;
grant execute on function need_to_know.works_with(uuid) to homeward_relationship, homeward_provider, homeward_area;

-- Work of somebody who cannot sign in ------------------------------------------------------------------------------

-- Whether a colleague can sign in, so that no case waits for one who cannot.
grant select (disabled_at) on identity.account to homeward_relationship, homeward_provider, homeward_area;

-- How many young people somebody works with, or works with in one role, for the administrator who is about to close the
-- account or end the role. It tells of no young person.
create or replace function need_to_know.count_cases_of(worker uuid, role_grant uuid) returns int
language sql stable security definer set search_path = pg_catalog
as $$
  select count(*)::int
  from service.allocation l
  where (select identity.role()) = 'administrator' and l.worker_id = worker and l.ended_at is null
    and (role_grant is null or l.team_id = (
      select g.team_id from identity.access_grant g where g.id = role_grant and g.account_id = worker and g.role = 'caseworker'))
$$;
grant execute on function need_to_know.count_cases_of(uuid, uuid) to homeward_steward;

-- Tells the managers whose cases somebody can work on no longer, where they move them to others. Nobody is told of a worker
-- who can still work on their cases, whoever asks.
create or replace function messages.tell_managers_of_left_cases(worker uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  told int := 0;
  manager uuid;
begin
  for manager in
    select distinct w.account_id
    from (select distinct l.team_id from service.allocation l where l.worker_id = worker and l.ended_at is null) left_cases
    cross join lateral need_to_know.who_works_in(left_cases.team_id) w
    where w.role = 'provider-manager' and not exists (
      select from need_to_know.who_works_in(left_cases.team_id) s where s.role = 'caseworker' and s.account_id = worker)
  loop
    told := told + messages.tell(manager, 'something-waits', format('/workers/%s/move', worker))::int;
  end loop;
  return told;
end
$$;
grant execute on function messages.tell_managers_of_left_cases(uuid)
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
