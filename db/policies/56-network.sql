-- The people round a young person, and what changes a life while a record lasts.

select homeward.casework_policies('network_member', 'network');
select homeward.casework_policies('safe_contact', 'network');
select homeward.casework_policies('transition_plan', 'plan');

-- The living who are supported now, by their own provider for its manager, and were born between two days, of which the second is
-- another where the date is not sure: of the few who are in support, and no further than it takes to find `most`, where that is said.
create or replace function need_to_know.born_in_support(born_from date, born_until date, unsure_until date, most int)
returns table (person_id uuid, born date, born_precision text, opened_at timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
  with supported as (
    select e.person_id, e.opened_at from service.episode e
    where (select identity.role()) not in ('caseworker', 'provider-manager')
      and e.closed_at is null and e.area = any (array(select need_to_know.areas('episode')))
    union all
    select e.person_id, e.opened_at from service.episode e
    where (select identity.role()) = 'caseworker'
      and e.closed_at is null and e.person_id = any (array(select need_to_know.people('episode')))
    union all
    select e.person_id, e.opened_at from service.allocation a join service.episode e on e.id = a.episode_id and e.closed_at is null
    where (select identity.role()) = 'provider-manager'
      and a.organisation_id = (select need_to_know.provider('allocation')) and a.ended_at is null
  )
  select p.id, p.date_of_birth, p.date_of_birth_precision, s.opened_at
  from supported s
  join service.person p on p.id = s.person_id and p.died_on is null and p.date_of_birth >= coalesce(born_from, '-infinity')
    and p.date_of_birth <= case when p.date_of_birth_precision = 'exact' then born_until else unsure_until end
  where p.id <> all (array(select need_to_know.closed_to_me()))
  limit most
$$;
grant execute on function need_to_know.born_in_support(date, date, date, int) to homeward_relationship, homeward_provider, homeward_area;


-- Whoever has the record reads that the borough changed and that they died; the functions below write it.
do $$
declare
  of_table text;
begin
  foreach of_table in array array['borough_change', 'death'] loop
    execute format('grant select on service.%I to homeward_relationship, homeward_provider, homeward_area', of_table);
    execute format('create policy relationship on service.%1$I for select to homeward_relationship
      using (person_id = any (array(select need_to_know.people(%2$L))))', of_table, 'person');
    execute format('create policy provider on service.%1$I for select to homeward_provider
      using (exists (select from service.allocation a where a.person_id = %1$I.person_id))', of_table);
    execute format('create policy area on service.%1$I for select to homeward_area
      using (exists (select from service.person p where p.id = %1$I.person_id))', of_table);
    perform homeward.history_follows(of_table);
  end loop;
end
$$;

-- Moves responsibility for a young person to another area: what is about them goes with them, and the old area's people
-- have it no longer. So does a referral that still waits, which the new area decides and allocates then, and one that their
-- support rests on now; one that was declined, signposted, withdrawn, kept as intelligence or closed stays with the area that
-- answered for it. Says 'moved'; 'moved-unseen' where the record is restricted and names nobody who answers for the new area;
-- or why not: 'missing'; 'passed-on-meanwhile' where another area is responsible than whoever asks was shown.
drop function if exists need_to_know.move_person(uuid, text, date, text, text);
create or replace function need_to_know.move_person(person uuid, shown_area text, to_area text, moved_on date, why text, agreed_by text)
returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
  from_area text;
  each_role text;
  told int;
  told_of_area int := 0;
  following uuid[];
begin
  select * into me from identity.me();
  if coalesce(me.role, 'nobody') not in ('coordinator', 'operations-manager') then
    raise exception 'only who answers for an area passes it on' using errcode = 'insufficient_privilege';
  end if;
  if not need_to_know.reaches(person) then
    return 'missing';
  end if;
  -- Concerns before their person, as whoever adds to one locks them.
  perform from service.concern c where c.person_id = person for update;
  select p.area into from_area from service.person p where p.id = person for update;
  if from_area <> shown_area then
    return 'passed-on-meanwhile';
  elsif from_area is null or from_area = to_area or not exists (select from reference.area a where a.code = to_area) then
    return 'missing';
  end if;
  -- Whoever is about to act on one of them has finished, or waits and then finds it gone.
  following := array(
    select r.id from service.referral r
    where r.person_id = person
      and (r.stage in ('received', 'accepted') or exists (
        select from service.episode e where e.id = r.episode_id and e.closed_at is null)
        or exists (
          select from service.imported_support s where s.referral_id = r.id and s.closed_on is null and s.continued_in is null))
    for update);
  perform audit.command('move-person', 'person', person, person, jsonb_build_object('from', from_area, 'to', to_area));
  insert into service.borough_change (person_id, from_area, to_area, moved_on, why, agreed_by)
  values (person, from_area, move_person.to_area, move_person.moved_on, move_person.why, move_person.agreed_by);
  update service.person p set area = to_area where p.id = person;
  update service.referral r set area = to_area where r.id = any (following);
  update service.referral_action x set area = to_area where x.referral_id = any (following);
  update service.imported_support s set area = to_area where s.referral_id = any (following);
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
    where w <> me.account_id and not need_to_know.is_closed_to(w, person);
    told := messages.tell_those_who_answer_for(to_area, each_role, 'responsibility-taken-on', format('/people/%s', person));
    told_of_area := told_of_area + told;
    if told = 0 then
      perform messages.tell_operations_managers('responsibility-taken-on', format('/people/%s', person));
    end if;
  end loop;
  -- Whoever works with them goes on, beside another borough's people.
  perform messages.tell(w.account_id, 'borough-changed', format('/people/%s', person))
  from (
    select a.worker_id as account_id from service.allocation a
    where a.person_id = person and a.ended_at is null and a.worker_id is not null
    union
    select m.account_id from service.allocation a cross join lateral need_to_know.who_works_in(a.team_id) m
    where a.person_id = person and a.ended_at is null and m.role = 'provider-manager') w
  where not need_to_know.is_closed_to(w.account_id, person);
  return case
    when told_of_area = 0 and exists (select from service.restriction r where r.person_id = person and r.lifted_at is null)
      then 'moved-unseen'
    else 'moved'
  end;
end
$$;

-- A referral that waits for a decision again, about somebody for whom another area has become responsible since it was decided,
-- goes to that area, as one that waits goes with them. Says whether it did.
create or replace function need_to_know.follow_person(referral uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  to_area text;
begin
  -- Whoever passes the young person on has finished, or waits.
  select p.area into to_area
  from service.referral r join service.person p on p.id = r.person_id
  where r.id = follow_person.referral and r.stage = 'received' and r.area <> p.area
    and r.area = any (array(select need_to_know.areas('referral-decision'))) and not need_to_know.is_closed_to_me(p.id)
  for share of p;
  if not found then
    return false;
  end if;
  update service.referral r set area = to_area where r.id = follow_person.referral;
  update service.referral_action x set area = to_area where x.referral_id = follow_person.referral;
  update service.imported_support s set area = to_area where s.referral_id = follow_person.referral;
  update service.request q set area = to_area where q.referral_id = follow_person.referral and (q.state = 'open' or q.kind <> 'borough');
  perform messages.tell_those_who_answer_for(to_area, 'spoc', 'referral-received', format('/borough/referrals/%s', referral));
  perform messages.tell_coordinators(to_area, 'referral-received', format('/referrals/%s', referral));
  return true;
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
  if not need_to_know.acts_on(person)
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
  if not need_to_know.acts_on(person)
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

grant execute on function need_to_know.follow_person(uuid), need_to_know.move_person(uuid, text, text, date, text, text) to homeward_area;
grant execute on function need_to_know.record_death(uuid, date, text, text), need_to_know.correct_death(uuid, text)
  to homeward_provider, homeward_area;

-- The last support of a young person, where it has ended: for a coordinator of the area that is responsible now, whichever
-- was then, and for the managers of the providers that gave it, each shown their own. An acceptance that was taken back had no
-- support that ended.
create or replace function need_to_know.ended_support(person uuid)
returns table (episode_id uuid, opened_at timestamptz, closed_at timestamptz, providers jsonb)
language sql stable security definer set search_path = pg_catalog
as $$
  select last.id, last.opened_at, last.closed_at, given.providers
  from identity.me() me
  cross join lateral (
    select e.id, e.referral_id, e.opened_at, e.closed_at from service.episode e where e.person_id = person
    order by e.opened_at desc, e.id desc limit 1) last
  join service.referral r on r.id = last.referral_id and r.stage = 'closed'
  cross join lateral (
    select coalesce(jsonb_agg(distinct jsonb_build_object('id', o.id, 'name', o.name)), '[]') as providers
    from service.allocation a join identity.organisation o on o.id = a.organisation_id
    where a.episode_id = last.id and a.taken_up_at is not null
      and (me.role = 'coordinator' or a.organisation_id = me.organisation_id)) given
  where last.closed_at is not null and me.role in ('coordinator', 'provider-manager') and need_to_know.reaches(person)
    and (me.role = 'coordinator' or given.providers <> '[]')
$$;

-- Support that had ended begins again: a new episode that names the one before, on the referral that one rested on, which is
-- accepted again. It waits for a coordinator to choose a provider, or goes at once to one that supported them then
-- (`again_with`): taken up, where the manager of that provider reopens it. The referral is the area's that is responsible now.
-- Says 'reopened', or why not: 'missing', 'open' (support goes on), 'died', 'nothing' (no support that they know of has ended).
create or replace function need_to_know.reopen_support(person uuid, asked_by text, why text, again_with uuid, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
  of_person service.person;
  before record;
  resting service.referral;
  latest service.allocation;
  opened uuid;
  is_own boolean;
  not_safe_on date;
  next_sequence int;
  told record;
begin
  select * into me from identity.me();
  if coalesce(me.role, 'nobody') not in ('coordinator', 'provider-manager') then
    raise exception 'only a coordinator, or a manager of a provider, opens support again' using errcode = 'insufficient_privilege';
  elsif asked_by = '' or why = '' then
    raise exception 'it is said who asked for it, and why' using errcode = 'invalid_parameter_value';
  end if;
  select p.* into of_person from service.person p where p.id = person for update;
  if not found or not need_to_know.reaches(person) then
    return 'missing';
  elsif of_person.died_on is not null then
    return 'died';
  end if;
  if exists (select from service.episode e where e.person_id = person and e.closed_at is null) then
    return 'open';
  end if;
  select * into before from need_to_know.ended_support(person);
  if not found then
    return 'nothing';
  elsif again_with is not null then
    if not before.providers @> jsonb_build_array(jsonb_build_object('id', again_with)) then
      return 'missing';
    end if;
    select a.* into latest from service.allocation a
    where a.episode_id = before.episode_id and a.organisation_id = again_with order by a.started_at desc, a.id desc limit 1;
  end if;
  is_own := me.role = 'provider-manager' and again_with is not null;
  select r.* into resting from service.referral r
  where r.id = (select e.referral_id from service.episode e where e.id = before.episode_id) for update;

  perform audit.command('reopen-support', 'episode', before.episode_id, person, jsonb_build_object('again_with', again_with));
  insert into service.episode (person_id, area, referral_id, previous_id, opened_at)
  values (person, of_person.area, resting.id, before.episode_id, reopen_support.at)
  returning id into opened;
  if resting.area <> of_person.area then
    update service.referral_action x set area = of_person.area where x.referral_id = resting.id;
  end if;
  -- A provider is not chosen without knowing that they said they are not safe, and it does not wait its turn.
  select max(f.done_on) into not_safe_on from service.follow_up f
  where f.person_id = person and f.safe = 'no' and not need_to_know.is_acted_on(f.id);
  select max(x.sequence) + 1 into next_sequence from service.referral_action x where x.referral_id = resting.id;
  next_sequence := coalesce(next_sequence, 1);
  insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
  values (resting.id, next_sequence, of_person.area, person, 'reopened',
    jsonb_strip_nulls(jsonb_build_object('askedBy', asked_by, 'why', reopen_support.why, 'notSafeOn', not_safe_on)),
    reopen_support.at, me.account_id);
  if again_with is not null then
    insert into service.allocation (referral_id, person_id, episode_id, area, organisation_id, team_id, started_at, taken_up_at, taken_up_by)
    values (resting.id, person, opened, of_person.area, again_with, latest.team_id, reopen_support.at,
      case when is_own then reopen_support.at end, case when is_own then me.account_id end);
    insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
    values (resting.id, next_sequence + 1, of_person.area, person, 'allocated',
      jsonb_build_object('organisationId', again_with, 'teamId', latest.team_id), reopen_support.at, me.account_id);
    if is_own then
      insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
      values (resting.id, next_sequence + 2, of_person.area, person, 'taken-up',
        jsonb_build_object('organisationId', again_with), reopen_support.at, me.account_id);
    end if;
  end if;
  -- What the referrer read of the acceptance is what they read again (src/referrals/referral.ts).
  update service.referral r set area = of_person.area, episode_id = opened, urgent = r.urgent or not_safe_on is not null,
    stage = case when again_with is null then 'accepted' else 'allocated' end,
    words_to_referrer = coalesce((
      select trim(x.details ->> 'words') from service.referral_action x
      where x.referral_id = resting.id and x.kind in ('accepted', 'decision-amended') order by x.sequence desc limit 1), '')
  where r.id = resting.id;

  if again_with is not null and not is_own then
    for told in select w.account_id from need_to_know.who_works_in(latest.team_id) w where w.role = 'provider-manager' loop
      perform messages.tell(told.account_id, 'new-allocation', '/caseload');
    end loop;
  end if;
  if again_with is null and me.role <> 'coordinator' then
    if messages.tell_those_who_answer_for(of_person.area, 'coordinator', 'support-reopened', '/waiting-list') = 0 then
      perform messages.tell_operations_managers('support-reopened', '/waiting-list');
    end if;
  end if;
  return 'reopened';
end
$$;
grant execute on function need_to_know.reopen_support(uuid, text, text, uuid, timestamptz) to homeward_provider, homeward_area;
-- Coordinators and managers read a record that they opened in an emergency as a caseworker would: it tells them nothing then.
grant execute on function need_to_know.ended_support(uuid) to homeward_relationship, homeward_provider, homeward_area;
