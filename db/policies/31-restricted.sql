-- A restricted record is opened by its named people alone, whatever else gives a person away; 89-restricted.sql puts that
-- on every table about a person.

-- Whether somebody answers for the area that is responsible for a young person: a coordinator of it or an operations manager,
-- whose access stands. A restriction names one of them at least, so that nobody shuts out all who answer for the record.
create or replace function need_to_know.answers_for(account uuid, person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select from identity.access_grant g
    join identity.account a on a.id = g.account_id and a.disabled_at is null
    join service.person p on p.id = person
    where g.account_id = account and g.approved_at is not null and g.ended_at is null
      and (g.role = 'operations-manager' or (g.role = 'coordinator' and g.areas @> array[p.area])))
$$;

-- Whether a restriction names nobody who answers for the record, now that somebody's access has ended or responsibility was
-- passed on. The operations managers are then as those it names: they name others, or lift it.
create or replace function need_to_know.is_left_alone(restriction uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select not exists (
    select from service.restriction_reader n
    where n.restriction_id = restriction and n.ended_at is null and need_to_know.answers_for(n.account_id, n.person_id))
$$;

-- Young people whose record is restricted and does not name the one who asks: few, wherever there are any.
create or replace function need_to_know.closed_to_me() returns setof uuid
language sql stable rows 10 security definer set search_path = pg_catalog
as $$
  select r.person_id from service.restriction r
  where r.lifted_at is null and not exists (
    select from service.restriction_reader n
    where n.restriction_id = r.id and n.account_id = (select identity.account_id()) and n.ended_at is null)
    and ((select identity.role()) is distinct from 'operations-manager' or not need_to_know.is_left_alone(r.id))
$$;
-- The same for one record, where a whole list would be made for nothing.
create or replace function need_to_know.is_closed_to_me(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$ select person in (select need_to_know.closed_to_me()) $$;

-- Whether the one who asks has a young person's record, by their role and their work. A provider has it that has them
-- allocated, or once took them up: not one that handed them back untaken.
create or replace function need_to_know.reaches(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select coalesce((
    select case
      when me.role in ('coordinator', 'spoc', 'analyst', 'operations-manager') then
        (select p.area = any (array(select need_to_know.areas('person'))) from service.person p where p.id = person)
      when me.role = 'provider-manager' then
        exists (
          select from service.allocation a
          where a.person_id = person and a.organisation_id = me.organisation_id and (a.ended_at is null or a.taken_up_at is not null))
      else person in (select need_to_know.people('person'))
    end
    from identity.me() me), false) and not need_to_know.is_closed_to_me(person)
$$;

-- Whether the one who asks may act on the record itself, as restricting it is, recording a death or saying how the young person
-- is reached safely: 28 days after their provider has stopped working with the young person a manager reads what it recorded and
-- ends that, and does no more. Nor does a caseworker who has it only because they opened it in an emergency.
create or replace function need_to_know.acts_on(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select need_to_know.reaches(person) and coalesce((
    select me.role not in ('caseworker', 'provider-manager') or exists (
      select from service.allocation a
      where a.person_id = person
        and case me.role when 'caseworker' then a.team_id = me.team_id else a.organisation_id = me.organisation_id end
        and (a.ended_at is null or (a.taken_up_at is not null and a.ended_at > now() - interval '28 days')))
    from identity.me() me), false)
$$;

create or replace function need_to_know.may_restrict(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select (select identity.role()) in ('coordinator', 'provider-manager', 'operations-manager') and need_to_know.acts_on(person)
$$;

-- Who has a record by their role and their work: those alone can be named, as naming gives nobody a record.
drop function if exists need_to_know.who_reaches(uuid);
create function need_to_know.who_reaches(person uuid)
returns table (account_id uuid, name text, role text, named boolean, answers boolean)
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct on (a.name, a.id) a.id, a.name, g.role, exists (
    select from service.restriction r join service.restriction_reader n on n.restriction_id = r.id and n.ended_at is null
    where r.person_id = person and r.lifted_at is null and n.account_id = a.id), need_to_know.answers_for(a.id, p.id)
  from service.person p
  join identity.access_grant g on g.approved_at is not null and g.ended_at is null and (
    (g.role in ('coordinator', 'spoc') and g.areas @> array[p.area])
    or g.role in ('analyst', 'operations-manager')
    or (g.role = 'gender-consultant' and (
      exists (
        select from service.request q left join service.referral f on f.id = q.referral_id
        where q.kind = 'consultation' and q.state <> 'withdrawn' and coalesce(q.person_id, f.person_id) = p.id
          and (q.answered_at is null or q.answered_at > now() - interval '28 days'))
      -- They are named before they can be asked about a record that is restricted.
      or exists (select from service.restriction r where r.person_id = p.id and r.lifted_at is null)))
    or exists (
      select from service.allocation l
      where l.person_id = p.id and (l.ended_at is null or (l.taken_up_at is not null and l.ended_at > now() - interval '28 days'))
        and ((g.role = 'caseworker' and g.team_id = l.team_id) or (g.role = 'provider-manager' and g.organisation_id = l.organisation_id))))
  join identity.account a on a.id = g.account_id and a.disabled_at is null
  where p.id = person and (select need_to_know.may_restrict(person))
  order by a.name, a.id, g.role
$$;

-- Providers that work with a young person: who the worker is, and whether a restriction to these readers leaves nobody there
-- who can go on: neither the worker nor a manager, who chooses another.
create or replace function need_to_know.left_without(person uuid, readers uuid[])
returns table (organisation text, worker text)
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct o.name, w.name
  from service.allocation l
  join identity.organisation o on o.id = l.organisation_id
  left join identity.account w on w.id = l.worker_id
  where l.person_id = person and l.ended_at is null and need_to_know.may_restrict(person)
    and coalesce(l.worker_id <> all (readers), true)
    and not exists (
      select from identity.access_grant g
      where g.role = 'provider-manager' and g.organisation_id = l.organisation_id and g.account_id = any (readers)
        and g.approved_at is not null and g.ended_at is null)
  order by 1, 2
$$;

-- Restricts a record to the named. Gives nothing where the asker may not, or it is restricted already.
create or replace function need_to_know.restrict_record(person uuid, why text, readers uuid[]) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  made uuid := homeward.new_id();
begin
  if not need_to_know.may_restrict(person)
    or not exists (select from unnest(readers) named where need_to_know.answers_for(named, person))
    or exists (select from service.restriction r where r.person_id = person and r.lifted_at is null)
    or exists (
      select from unnest(readers) named
      where not exists (select from identity.account a where a.id = named and a.kind = 'staff' and a.disabled_at is null))
  then
    return null;
  end if;
  perform audit.command('restrict-record', 'person', person, person, jsonb_build_object('readers', to_jsonb(readers)));
  insert into service.restriction (id, person_id, why, placed_by) values (made, person, restrict_record.why, identity.account_id());
  insert into service.restriction_reader (restriction_id, person_id, account_id)
  select distinct made, person, named from unnest(readers) named;
  return made;
end
$$;

-- Which restriction it is, and in which state: each time that somebody is named, or is not any more, it is another.
create or replace function need_to_know.state_of(restriction uuid) returns text
language sql stable security definer set search_path = pg_catalog
as $$
  select format('%s.%s', state_of.restriction, sum(n.version)) from service.restriction_reader n where n.restriction_id = state_of.restriction
$$;

-- Changes who is named: of the restriction as whoever asks was shown it, so that nobody is named again unread whom somebody has
-- just taken off. One who answers for the record stays at least.
drop function if exists need_to_know.name_readers(uuid, uuid[]);
create or replace function need_to_know.name_readers(person uuid, shown text, readers uuid[]) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  current uuid;
begin
  select r.id into current from service.restriction r where r.person_id = person and r.lifted_at is null for no key update;
  if current is null or need_to_know.state_of(current) is distinct from shown or not need_to_know.may_restrict(person)
    or not exists (select from unnest(readers) named where need_to_know.answers_for(named, person))
    or exists (
      select from unnest(readers) named
      where not exists (select from identity.account a where a.id = named and a.kind = 'staff' and a.disabled_at is null))
  then
    return false;
  end if;
  perform audit.command('name-readers', 'person', person, person, jsonb_build_object('readers', to_jsonb(readers)));
  update service.restriction_reader n set ended_at = now()
  where n.restriction_id = current and n.ended_at is null and not n.account_id = any (readers);
  insert into service.restriction_reader (restriction_id, person_id, account_id)
  select distinct current, person, named from unnest(readers) named
  where not exists (
    select from service.restriction_reader n where n.restriction_id = current and n.account_id = named and n.ended_at is null);
  return true;
end
$$;

drop function if exists need_to_know.lift_restriction(uuid, text);
create or replace function need_to_know.lift_restriction(person uuid, shown text, why text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  current uuid;
begin
  select r.id into current from service.restriction r where r.person_id = person and r.lifted_at is null for no key update;
  if current is null or need_to_know.state_of(current) is distinct from shown or not need_to_know.may_restrict(person) then
    return false;
  end if;
  perform audit.command('lift-restriction', 'person', person, person, '{}');
  update service.restriction r set lifted_at = now(), lifted_by = identity.account_id(), why_lifted = lift_restriction.why
  where r.person_id = person and r.lifted_at is null;
  return true;
end
$$;

-- Restrictions that name the one who asks, or are left to them. Why a record is or was restricted is theirs to read: not of those who only see
-- it again once the restriction is lifted, nor of those who are consulted about the young person and are not named.
create or replace function need_to_know.restrictions_naming_me() returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select n.restriction_id from service.restriction_reader n
  where n.account_id = (select identity.account_id()) and n.ended_at is null
  union all
  select r.id from service.restriction r
  where (select identity.role()) = 'operations-manager' and r.lifted_at is null and need_to_know.is_left_alone(r.id)
$$;

-- Whether what is told of two may be told of one, for a notice and no verdict: the same names; or names that have much in
-- common; or something in common and a postcode, or a date of birth that is written or remembered for the other.
create or replace function need_to_know.may_be_one(a_name text, a_born date, a_postcode text, b_name text, b_born date, b_postcode text)
returns boolean
language sql stable parallel safe set search_path = pg_catalog
return (a_name <> '' and a_name = b_name)
  or public.similarity(a_name, b_name) > 0.6
  or (public.similarity(a_name, b_name) > 0.3 and a_postcode <> '' and a_postcode = b_postcode)
  or (public.similarity(a_name, b_name) > 0.2 and coalesce(a_born = b_born
    or date_trunc('month', a_born) = date_trunc('month', b_born)
    or to_char(a_born, 'MMDD') = to_char(b_born, 'MMDD')
    or to_char(a_born, 'YYYYMMDD') = to_char(b_born, 'YYYYDDMM'), false));

-- A referral that may be about somebody whose record is restricted: the coordinator who decides learns nothing of that, so
-- the named people are told that something waits on the record. Called as the referral is sent, by whoever sends it, who
-- learns nothing either.
create or replace function need_to_know.tell_of_restricted_match(sent uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  named record;
begin
  for named in
    select distinct n.account_id, r.person_id
    from service.referral f
    join service.restriction r on r.lifted_at is null
    join service.person p on p.id = r.person_id
      and need_to_know.may_be_one(f.name_key, f.date_of_birth, f.postcode, p.name_key, p.date_of_birth, p.postcode)
    join service.restriction_reader n on n.restriction_id = r.id and n.ended_at is null
    join identity.account a on a.id = n.account_id and a.disabled_at is null
    where f.id = sent and f.referrer_id = identity.account_id()
  loop
    perform messages.queue(named.account_id, 'something-waits', format('/people/%s', named.person_id));
  end loop;
end
$$;

-- Referrals of the last 12 weeks that may be about somebody whose restriction names the one who asks, and that nobody who is
-- named has set apart; and whether they decide about them.
create or replace function need_to_know.restricted_matches(person uuid)
returns table (referral_id uuid, reference text, received_at timestamptz, theirs_to_decide boolean)
language sql stable security definer set search_path = pg_catalog
as $$
  select f.id, f.reference, f.received_at, f.area = any (array(select need_to_know.areas('referral-decision')))
  from service.restriction r
  join service.person p on p.id = r.person_id
  join service.referral f on f.received_at > now() - interval '12 weeks' and f.stage <> 'withdrawn'
    and f.person_id is distinct from p.id
    and need_to_know.may_be_one(f.name_key, f.date_of_birth, f.postcode, p.name_key, p.date_of_birth, p.postcode)
  where r.person_id = restricted_matches.person and r.lifted_at is null and need_to_know.reaches(restricted_matches.person)
    and r.id in (select need_to_know.restrictions_naming_me())
    and not exists (
      select from service.referral_action x
      where x.referral_id = f.id and x.kind = 'person-set-apart' and x.details ->> 'personId' = p.id::text)
  order by f.received_at desc, f.id limit 10
$$;

-- Breaking the glass --------------------------------------------------------------------------------------------

-- What a record that was opened so shows: as much as the role would see with a relationship.
create or replace function need_to_know.opening_shows(role text, content text) returns boolean
language sql immutable parallel safe
return case
  -- With what must not be shared, and with whom.
  when role = 'coordinator'
    then content in ('person', 'referral', 'allocation', 'episode', 'concern', 'summary', 'network', 'plan', 'consent')
  when role in ('caseworker', 'provider-manager') then need_to_know.is_casework(content)
  else false
end;

-- Young people whose record the one who asks has opened, for as long as that lasts.
create or replace function need_to_know.opened(content text) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select o.person_id
  from identity.me() me
  join service.record_opening o on o.account_id = me.account_id and o.until > now()
  where need_to_know.opening_shows(me.role, content)
$$;

-- Opens a record to somebody without a relationship for an hour: found by its exact reference, or by a full name and a
-- date of birth that only one record has. Never a restricted record, and the same answer as for one that is not there.
create or replace function need_to_know.break_glass(reference text, name_key text, born date, ground text, reason text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
  found uuid[];
  opening uuid := homeward.new_id();
  protector uuid;
  told int := 0;
  in_time boolean;
begin
  select m.*, s.proved_again_at into me from identity.me() m join identity.session s on s.id = m.session_id;
  if me.role not in ('coordinator', 'caseworker', 'provider-manager')
    or coalesce(me.proved_again_at, '-infinity') < now() - interval '15 minutes' or length(trim(reason)) < 10
  then
    raise exception 'the glass is not to be broken so' using errcode = 'insufficient_privilege';
  end if;
  in_time := identity.attempt('break-glass ' || me.account_id, 10, 3600);
  if break_glass.reference <> '' then
    found := array(select p.id from service.person p where p.reference = break_glass.reference);
  elsif born is not null and strpos(break_glass.name_key, ' ') > 0 then
    found := array(
      select p.id from service.person p
      where p.date_of_birth = born and string_to_array(p.name_key, ' ') @> string_to_array(break_glass.name_key, ' ') limit 2);
  end if;
  if not in_time or cardinality(found) is distinct from 1 or need_to_know.is_closed_to_me(found[1])
    or exists (select from service.restriction r where r.person_id = found[1] and r.lifted_at is null)
  then
    -- Whom they sought, where that is one record; else what they typed, keyed, so that the same try is known again.
    if cardinality(found) = 1 then
      perform audit.write('break-glass', 'refused', 'person', found[1], found[1], '{}');
    else
      perform audit.write('break-glass', 'refused', null, null, null, jsonb_build_object('sought', identity.context_proof(
        concat_ws('|', 'sought', break_glass.reference, break_glass.name_key, born))));
    end if;
    return null;
  end if;
  perform audit.command('break-glass', 'person', found[1], found[1], jsonb_build_object('opening', opening, 'ground', break_glass.ground));
  insert into service.record_opening (id, person_id, account_id, role, organisation_id, ground, reason, until)
  values (opening, found[1], me.account_id, me.role, me.organisation_id, break_glass.ground, break_glass.reason, now() + interval '1 hour');
  for protector in
    select distinct g.account_id
    from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
    where g.role = 'data-protection-lead' and g.approved_at is not null and g.ended_at is null
  loop
    perform messages.tell(protector, 'record-opened', '/record-openings');
  end loop;
  -- Whoever works with them, or else answers for their area, learns that there was an emergency, and whom to ask.
  for protector in
    select distinct l.worker_id
    from service.allocation l join identity.account a on a.id = l.worker_id and a.disabled_at is null
    where l.person_id = found[1] and l.ended_at is null and l.worker_id <> me.account_id
  loop
    perform messages.tell(protector, 'something-waits', format('/people/%s', found[1]));
    told := told + 1;
  end loop;
  if told = 0 then
    perform messages.tell_those_who_answer_for(
      (select p.area from service.person p where p.id = found[1]), 'coordinator', 'something-waits', format('/people/%s', found[1]));
  end if;
  return found[1];
end
$$;

-- Emergencies of the last 28 days in which a record was opened, for those who have it by their role and their work: who
-- opened it and what the emergency was. Why, in their words, is for the data protection lead.
create or replace function need_to_know.openings_of(person uuid)
returns table (who text, role text, organisation text, ground text, opened_at timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
  select a.name, o.role, g.name, o.ground, o.opened_at
  from service.record_opening o
  join identity.account a on a.id = o.account_id
  left join identity.organisation g on g.id = o.organisation_id
  where o.person_id = openings_of.person and o.opened_at > now() - interval '28 days'
    and o.account_id <> identity.account_id() and need_to_know.reaches(openings_of.person)
    and openings_of.person not in (select need_to_know.opened('person'))
  order by o.opened_at desc, o.id limit 10
$$;

grant execute on function need_to_know.closed_to_me(), need_to_know.state_of(uuid)
  to homeward_relationship, homeward_provider, homeward_area;
grant execute on function need_to_know.acts_on(uuid) to homeward_relationship, homeward_provider;
grant execute on function need_to_know.who_reaches(uuid), need_to_know.may_restrict(uuid), need_to_know.left_without(uuid, uuid[]),
  need_to_know.restrict_record(uuid, text, uuid[]),
  need_to_know.name_readers(uuid, text, uuid[]), need_to_know.lift_restriction(uuid, text, text) to homeward_provider, homeward_area;
grant execute on function need_to_know.tell_of_restricted_match(uuid) to homeward_referrer;
grant execute on function need_to_know.restrictions_naming_me(), need_to_know.restricted_matches(uuid), need_to_know.openings_of(uuid)
  to homeward_relationship, homeward_provider, homeward_area;
grant execute on function need_to_know.break_glass(text, text, date, text, text), need_to_know.opened(text)
  to homeward_relationship, homeward_provider, homeward_area;

grant select on service.restriction, service.restriction_reader, history.restriction, history.restriction_reader
  to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.restriction for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('person'))));
create policy provider on service.restriction for select to homeward_provider
  using (exists (select from service.allocation a where a.person_id = restriction.person_id));
create policy area on service.restriction for select to homeward_area
  using (exists (select from service.person p where p.id = restriction.person_id));
create policy named on service.restriction as restrictive for select to homeward_relationship, homeward_provider, homeward_area
  using (id = any (array(select need_to_know.restrictions_naming_me())));
create policy named on service.restriction_reader for select to homeward_relationship, homeward_provider, homeward_area
  using (exists (select from service.restriction r where r.id = restriction_reader.restriction_id));
create policy relationship on history.restriction for select to homeward_relationship
  using (exists (select from service.restriction r where r.id = restriction.id));
create policy provider on history.restriction for select to homeward_provider
  using (exists (select from service.restriction r where r.id = restriction.id));
create policy area on history.restriction for select to homeward_area
  using (exists (select from service.restriction r where r.id = restriction.id));
create policy relationship on history.restriction_reader for select to homeward_relationship
  using (exists (select from service.restriction_reader r where r.id = restriction_reader.id));
create policy provider on history.restriction_reader for select to homeward_provider
  using (exists (select from service.restriction_reader r where r.id = restriction_reader.id));
create policy area on history.restriction_reader for select to homeward_area
  using (exists (select from service.restriction_reader r where r.id = restriction_reader.id));

-- The data protection lead reviews every opening; whoever opened a record sees that they did.
grant select on service.record_opening to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant select on history.record_opening to homeward_steward;
create policy own on service.record_opening for select to homeward_relationship, homeward_provider, homeward_area
  using (account_id = (select identity.account_id()));
create policy protectors on service.record_opening for select to homeward_steward
  using ((select identity.role()) = 'data-protection-lead');
create policy protectors on history.record_opening for select to homeward_steward
  using ((select identity.role()) = 'data-protection-lead');
grant usage on schema service, history to homeward_steward;
grant update (reviewed_by, reviewed_at, finding, review_note) on service.record_opening to homeward_steward;
create policy protectors_review on service.record_opening for update to homeward_steward
  using ((select identity.role()) = 'data-protection-lead' and reviewed_at is null)
  with check ((select identity.role()) = 'data-protection-lead' and reviewed_by = (select identity.account_id()));
