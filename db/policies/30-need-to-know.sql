-- Who needs to know what, derived from relationships and never typed in. Policies evaluate these once a statement.

-- People a caseworker works with: allocated to their team now, or until 28 days ago.
create or replace function need_to_know.people(content text) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select a.person_id
  from identity.me() me
  join service.allocation a on a.team_id = me.team_id
  where me.role = 'caseworker'
    and content in ('person', 'referral', 'allocation', 'case-note')
    and (a.ended_at is null or a.ended_at > now() - interval '28 days')
$$;

-- Areas whose rows of a kind of content a coordinator, borough contact or operations manager answers for.
create or replace function need_to_know.areas(content text) returns setof text
language sql stable security definer set search_path = pg_catalog
as $$
  select unnest(me.areas)
  from identity.me() me
  where (me.role = 'spoc' and content in ('person', 'referral', 'allocation'))
    or (me.role = 'coordinator' and content in ('person', 'referral', 'referral-decision', 'allocation'))
  union all
  select a.code
  from identity.me() me, reference.area a
  where me.role = 'operations-manager' and content in ('person', 'referral', 'allocation')
$$;

-- True for those who see everything of a kind of content in the service, each look recorded.
create or replace function need_to_know.whole_service(content text) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select coalesce((select me.role = 'operations-manager' and content = 'case-note' from identity.me() me), false)
$$;

-- The provider whose own records a manager answers for.
create or replace function need_to_know.provider(content text) returns uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select me.organisation_id from identity.me() me
  where me.role = 'provider-manager' and content in ('person', 'referral', 'allocation', 'case-note')
$$;

-- Who may be shown the looks at a person: the operations manager, the data protection lead, and the manager of the
-- provider that works with them.
create or replace function need_to_know.may_see_looks(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select coalesce((
    select case me.role
      when 'operations-manager' then true
      when 'data-protection-lead' then true
      when 'provider-manager' then exists (
        -- Later looks would tell who works with them now.
        select from service.allocation a where a.person_id = person and a.organisation_id = me.organisation_id
          and (a.ended_at is null or a.ended_at > now() - interval '28 days'))
      else false
    end
    from identity.me() me), false)
$$;

-- Accounts to tell when something of an area waits: its borough contacts, or the coordinators who cover it.
create or replace function need_to_know.who_answers_for(area text, wanted_role text) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct g.account_id
  from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
  where g.areas @> array[area] and g.role = wanted_role and g.role in ('spoc', 'coordinator')
    and g.approved_at is not null and g.ended_at is null
$$;

-- Likely matches for a referral, over everyone: a match outside the asker's areas shows name, year of birth, borough
-- and whom to ask, and nothing that opens it. It finds and ranks; src/people/matching.ts says why, in words.
create or replace function need_to_know.likely_matches(for_referral uuid, at_most int)
returns table (person_id uuid, reference text, given_names text, family_name text, known_as text, birth_year int,
  date_of_birth date, date_of_birth_precision text, postcode text, area text, within_reach boolean, ask text)
language plpgsql stable security definer set search_path = pg_catalog set pg_trgm.similarity_threshold = 0.4
as $$
declare
  r record;
  -- Dates that are written or remembered for the one given: another day of the month, another month, another year,
  -- day and month changed round.
  mistaken date[];
begin
  select f.name_key, f.date_of_birth as born, f.postcode into r
  from service.referral f
  where f.id = for_referral and f.area = any (array(select need_to_know.areas('referral-decision')));
  if not found then
    return;
  end if;
  mistaken := array(
    select (date_trunc('month', r.born) + make_interval(days => n))::date from generate_series(0, 30) n
    union
    select (r.born + make_interval(months => n))::date from generate_series(-11, 11) n
    union
    select (r.born + make_interval(years => n))::date from generate_series(-5, 5) n);
  if extract(day from r.born) <= 12 then
    mistaken := mistaken
      || make_date(extract(year from r.born)::int, extract(day from r.born)::int, extract(month from r.born)::int);
  end if;
  return query
    with candidates as (
      (select p.id from service.person p
        where p.name_key operator(public.%) r.name_key
        order by public.similarity(p.name_key, r.name_key) desc, p.id limit 50)
      union
      -- Trigrams know only the letters of the server's locale: a name in another script is found when it is the same.
      (select p.id from service.person p
        where r.name_key <> '' and left(p.name_key, 200) = left(r.name_key, 200) and p.name_key = r.name_key
        order by p.id limit 50)
      union
      (select p.id from service.person p
        where p.date_of_birth = r.born and public.similarity(p.name_key, r.name_key) > 0.2
        order by public.similarity(p.name_key, r.name_key) desc, p.id limit 50)
      union
      (select p.id from service.person p
        where p.date_of_birth = any (mistaken) and public.similarity(p.name_key, r.name_key) > 0.3
        order by public.similarity(p.name_key, r.name_key) desc, p.id limit 50)
      union
      (select p.id from service.person p
        where r.postcode <> '' and p.postcode = r.postcode
          and (p.date_of_birth = r.born or p.date_of_birth = any (mistaken) or public.similarity(p.name_key, r.name_key) > 0.3)
        order by public.similarity(p.name_key, r.name_key) desc, p.id limit 50)
    )
    select p.id, case when reach.yes then p.reference end, p.given_names, p.family_name,
      case when reach.yes then p.known_as else '' end, extract(year from p.date_of_birth)::int,
      case when reach.yes then p.date_of_birth end, case when reach.yes then p.date_of_birth_precision end,
      case when reach.yes then p.postcode else '' end, p.area, reach.yes,
      case when not reach.yes then (
        select string_agg(distinct c.name, ', ') from need_to_know.who_answers_for(p.area, 'coordinator') w
        join identity.account c on c.id = w) end
    from candidates c
    join service.person p on p.id = c.id
    cross join lateral (select p.area = any (array(select need_to_know.areas('person'))) as yes) reach
    -- A rank to read by, no verdict: names weigh from 0 to 1, a date and a postcode lift them.
    order by case when p.name_key = r.name_key then 1 else public.similarity(p.name_key, r.name_key) end
      + case when p.date_of_birth = r.born then 0.6 when p.date_of_birth = any (mistaken) then 0.3 else 0 end
      + case when r.postcode <> '' and p.postcode = r.postcode then 0.2 else 0 end desc, p.id
    limit at_most;
end
$$;

-- The caseworkers of a provider's team and the managers of the provider, whose access stands.
create or replace function need_to_know.who_works_in(team uuid) returns table (account_id uuid, name text, role text)
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct a.id, a.name, g.role
  from identity.team t
  join identity.access_grant g on (g.team_id = t.id and g.role = 'caseworker')
    or (g.organisation_id = t.organisation_id and g.role = 'provider-manager')
  join identity.account a on a.id = g.account_id and a.disabled_at is null
  where t.id = team and g.approved_at is not null and g.ended_at is null
$$;

grant usage on schema need_to_know to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant execute on function need_to_know.people(text) to homeward_relationship;
grant execute on function need_to_know.provider(text) to homeward_provider;
grant execute on function need_to_know.areas(text), need_to_know.whole_service(text), need_to_know.likely_matches(uuid, int),
  need_to_know.who_works_in(uuid) to homeward_area;
grant execute on function need_to_know.may_see_looks(uuid) to homeward_provider, homeward_area, homeward_steward;
