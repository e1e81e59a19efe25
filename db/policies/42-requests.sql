-- What is asked of somebody. A coordinator reads what is asked about whoever they may see; those who answer read their own
-- queue, a provider what was asked for its work, a referrer the questions about their own referrals.

grant select on service.request to homeward_relationship, homeward_provider, homeward_area;
create policy area on service.request for select to homeward_area
  using (case (select identity.role())
    when 'spoc' then kind = 'borough' and area = any (array(select need_to_know.areas('request')))
    when 'analyst' then kind = 'intelligence-check' and area = any (array(select need_to_know.areas('request')))
    when 'operations-manager' then area = any (array(select need_to_know.areas('request')))
    -- The responsible borough can change: whoever sees the referral or the record now, sees what was asked about it.
    when 'coordinator' then exists (select from service.referral r where r.id = request.referral_id)
      or exists (select from service.person p where p.id = request.person_id)
  end);
create policy relationship on service.request for select to homeward_relationship
  using (case (select identity.role())
    when 'caseworker' then organisation_id = (select identity.organisation_id())
      and person_id = any (array(select need_to_know.people('person')))
    -- As long as need_to_know.people shows them the young person.
    when 'gender-consultant' then kind = 'consultation' and state <> 'withdrawn'
      and (answered_at is null or answered_at > now() - interval '28 days')
  end);
create policy provider on service.request for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('person')));

grant insert (id, kind, referral_id, person_id, area, organisation_id, topics, question, asked_by, asked_at, due_on, owner_id)
  on service.request to homeward_area;
grant insert (id, kind, person_id, area, organisation_id, question, asked_by, asked_at, due_on)
  on service.request to homeward_relationship, homeward_provider;
-- A question goes to a referrer who was verified, and to nobody else who has the address of a referral.
create policy area_insert on service.request for insert to homeward_area
  with check ((select identity.role()) = 'coordinator' and asked_by = (select identity.account_id()) and state = 'open'
    and organisation_id is null
    and (exists (select from service.person p where p.id = request.person_id and p.area = request.area)
      or exists (select from service.referral r where r.id = request.referral_id and r.area = request.area))
    and (case when kind = 'information' then exists (
        select from service.referral r join service.referrer_verification v on v.referrer_id = r.referrer_id
        where r.id = request.referral_id and r.referrer_id = request.owner_id)
      else owner_id is null end));
create policy relationship_insert on service.request for insert to homeward_relationship
  with check ((select identity.role()) = 'caseworker' and asked_by = (select identity.account_id()) and state = 'open'
    and kind in ('intelligence-check', 'consultation') and organisation_id = (select identity.organisation_id())
    -- Not by whoever opened the record in an emergency: none of its allocations are theirs.
    and exists (select from service.allocation a where a.person_id = request.person_id)
    and exists (select from service.person p where p.id = request.person_id and p.area = request.area));
create policy provider_insert on service.request for insert to homeward_provider
  with check (asked_by = (select identity.account_id()) and state = 'open'
    and kind in ('intelligence-check', 'consultation') and organisation_id = (select need_to_know.provider('person'))
    and exists (select from service.person p where p.id = request.person_id and p.area = request.area)
    and exists (
      select from service.allocation a
      where a.person_id = request.person_id and (a.ended_at is null or a.ended_at > now() - interval '28 days')));
-- Nothing is asked about somebody who has died.
create policy of_the_living on service.request as restrictive for insert to homeward_relationship, homeward_provider, homeward_area
  with check (not exists (
    select from service.person p
    where p.died_on is not null
      and (p.id = request.person_id or p.id = (select r.person_id from service.referral r where r.id = request.referral_id))));

-- Whoever asked gives it more time or withdraws it; whoever is asked takes it and answers, and corrects an answer.
grant update (due_on, state, withdrawn_why, withdrawn_at, owner_id, taken_at, answer, answered_by, answered_at)
  on service.request to homeward_relationship, homeward_area;
grant update (due_on, state, withdrawn_why, withdrawn_at) on service.request to homeward_provider;
create policy area_update on service.request for update to homeward_area
  using (case (select identity.role())
    when 'spoc' then kind = 'borough' and state <> 'withdrawn' and area = any (array(select need_to_know.areas('request')))
    when 'analyst' then kind = 'intelligence-check' and state <> 'withdrawn'
      and area = any (array(select need_to_know.areas('request')))
    when 'coordinator' then state = 'open' and organisation_id is null
      and (exists (select from service.referral r where r.id = request.referral_id)
        or exists (select from service.person p where p.id = request.person_id))
  end)
  with check (case
    when (select identity.role()) = 'coordinator' then state <> 'answered'
    else state <> 'withdrawn' and coalesce(answered_by = (select identity.account_id()), true)
  end);
create policy relationship_update on service.request for update to homeward_relationship
  using (case (select identity.role())
    when 'caseworker' then state = 'open' and organisation_id = (select identity.organisation_id())
      and exists (select from service.allocation a where a.person_id = request.person_id)
    when 'gender-consultant' then kind = 'consultation' and state <> 'withdrawn'
      and (answered_at is null or answered_at > now() - interval '28 days')
  end)
  with check (case
    when (select identity.role()) = 'caseworker' then state <> 'answered'
    else state <> 'withdrawn' and coalesce(answered_by = (select identity.account_id()), true)
  end);
create policy provider_update on service.request for update to homeward_provider
  using (state = 'open' and organisation_id = (select need_to_know.provider('person')))
  with check (state <> 'answered' and organisation_id = (select need_to_know.provider('person')));

-- A referrer has the question, and no longer what they answered.
grant select (id, kind, referral_id, question, asked_by, asked_at, due_on, state, answered_at) on service.request to homeward_referrer;
grant update (state, answer, answered_by, answered_at) on service.request to homeward_referrer;
create policy own on service.request for select to homeward_referrer
  using (kind = 'information' and state <> 'withdrawn'
    and exists (select from service.referral r where r.id = request.referral_id));
create policy own_update on service.request for update to homeward_referrer
  using ((select identity.role()) = 'referrer' and kind = 'information' and state = 'open'
    and exists (select from service.referral r where r.id = request.referral_id))
  with check (state = 'answered' and answered_by = (select identity.account_id()));

-- What stays with those who answer ------------------------------------------------------------------------------

grant select on service.check_finding to homeward_area;
create policy area on service.check_finding for select to homeward_area
  using ((select identity.role()) in ('analyst', 'operations-manager'));
grant insert (id, request_id, referral_id, person_id, finding, source, source_grade, intelligence_grade, handling, conditions, written_by,
  written_at) on service.check_finding to homeward_area;
create policy area_insert on service.check_finding for insert to homeward_area
  with check ((select identity.role()) = 'analyst' and written_by = (select identity.account_id())
    and exists (select from service.request q where q.id = request_id and q.state <> 'withdrawn'
      and q.referral_id is not distinct from check_finding.referral_id and q.person_id is not distinct from check_finding.person_id));

grant select on service.consultation_note to homeward_relationship, homeward_area;
create policy relationship on service.consultation_note for select to homeward_relationship
  using ((select identity.role()) = 'gender-consultant'
    and exists (select from service.request q where q.id = consultation_note.request_id));
create policy area on service.consultation_note for select to homeward_area
  using ((select identity.role()) = 'operations-manager');
grant insert (id, request_id, referral_id, person_id, note, written_by, written_at) on service.consultation_note to homeward_relationship;
create policy relationship_insert on service.consultation_note for insert to homeward_relationship
  with check ((select identity.role()) = 'gender-consultant' and written_by = (select identity.account_id())
    and exists (select from service.request q where q.id = request_id
      and q.referral_id is not distinct from consultation_note.referral_id
      and q.person_id is not distinct from consultation_note.person_id));

-- History is read as its rows are.
grant select on history.request to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on history.request for select to homeward_relationship
  using (exists (select from service.request q where q.id = request.id));
create policy provider on history.request for select to homeward_provider
  using (exists (select from service.request q where q.id = request.id));
create policy area on history.request for select to homeward_area
  using (exists (select from service.request q where q.id = request.id));
grant select on history.check_finding to homeward_area;
create policy area on history.check_finding for select to homeward_area
  using (exists (select from service.check_finding f where f.id = check_finding.id));
grant select on history.consultation_note to homeward_relationship, homeward_area;
create policy relationship on history.consultation_note for select to homeward_relationship
  using (exists (select from service.consultation_note n where n.id = consultation_note.id));
create policy area on history.consultation_note for select to homeward_area
  using (exists (select from service.consultation_note n where n.id = consultation_note.id));

-- Everybody whose queue the requests of a kind come into: all analysts or gender consultants, or the contacts of the area.
create or replace function need_to_know.who_answers_as(role text, area text) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select g.account_id
  from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
  where g.role = who_answers_as.role and g.role in ('analyst', 'gender-consultant')
    and g.approved_at is not null and g.ended_at is null
  union
  select need_to_know.who_answers_for(who_answers_as.area, 'spoc') where who_answers_as.role = 'spoc'
$$;

-- Whether a record is restricted to people of whom none answers in a role: what is asked about it would reach nobody.
create or replace function need_to_know.is_closed_to_all_who_answer(person uuid, role text, area text) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select not need_to_know.is_closed_to_me(person)
    and exists (select from service.restriction r where r.person_id = is_closed_to_all_who_answer.person and r.lifted_at is null)
    and not exists (
      select from need_to_know.who_answers_as(is_closed_to_all_who_answer.role, is_closed_to_all_who_answer.area) w
      where not need_to_know.is_closed_to(w, is_closed_to_all_who_answer.person))
$$;
grant execute on function need_to_know.is_closed_to_all_who_answer(uuid, text, text)
  to homeward_relationship, homeward_provider, homeward_area;

-- Tells everybody whose queue something came into; says how many they are.
create or replace function messages.tell_everybody_who_is(role text, template text, path text) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  told int := 0;
  account uuid;
begin
  if role not in ('analyst', 'gender-consultant') then
    return 0;
  end if;
  for account in select * from need_to_know.who_answers_as(role, null) loop
    told := told + messages.tell(account, template, path)::int;
  end loop;
  return told;
end
$$;
grant execute on function messages.tell_everybody_who_is(text, text, text) to homeward_relationship, homeward_provider, homeward_area;
