-- Who needs to know what, derived from relationships and never typed in. Policies evaluate these once a statement.

-- The kinds of content that casework is made of: read by those who work with somebody, and by the managers of the provider
-- that recorded it. A policy that names another kind gives nothing.
create or replace function need_to_know.is_casework(content text) returns boolean
language sql immutable parallel safe
return content in ('person', 'referral', 'allocation', 'episode', 'case-note', 'contact', 'concern', 'plan', 'network', 'support',
  'consent', 'summary', 'closing', 'supervision', 'attachment');

-- People a caseworker works with: allocated to their team now, or until 28 days ago where the provider had taken them up:
-- one that handed somebody back untaken has nothing of theirs. People a gender consultant is
-- consulted about, now or until 28 days ago. People whose record the asker has opened in an emergency (31-restricted.sql).
-- Who asks is proved once, as every policy of casework calls this.
create or replace function need_to_know.people(content text) returns setof uuid
language plpgsql stable rows 100 security definer set search_path = pg_catalog
as $$
declare
  me record;
begin
  select * into me from identity.me();
  if me.role = 'caseworker' and need_to_know.is_casework(content) then
    return query
      select a.person_id from service.allocation a where a.team_id = me.team_id and a.ended_at is null
      union all
      select a.person_id from service.allocation a
      where a.team_id = me.team_id and a.ended_at > now() - interval '28 days' and a.taken_up_at is not null;
  elsif me.role = 'gender-consultant' and content in ('person', 'referral') then
    return query
      select coalesce(q.person_id, r.person_id)
      from service.request q left join service.referral r on r.id = q.referral_id
      where q.kind = 'consultation' and q.state <> 'withdrawn' and coalesce(q.person_id, r.person_id) is not null
        and (q.answered_at is null or q.answered_at > now() - interval '28 days');
  end if;
  if need_to_know.opening_shows(me.role, content) then
    return query select o.person_id from service.record_opening o where o.account_id = me.account_id and o.until > now();
  end if;
end
$$;

-- Referrals that a gender consultant is asked about before there is a record of the young person.
create or replace function need_to_know.referrals_in_consultation() returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select q.referral_id
  -- One row at most, and none for others than a consultant: then no request is looked at.
  from (select m.role from identity.me() m where m.role = 'gender-consultant' limit 1) me
  join service.request q on q.kind = 'consultation' and q.state <> 'withdrawn' and q.referral_id is not null
    and (q.answered_at is null or q.answered_at > now() - interval '28 days')
$$;

-- Areas whose rows of a kind of content a coordinator, borough contact, analyst or operations manager answers for.
create or replace function need_to_know.areas(content text) returns setof text
language plpgsql stable rows 20 security definer set search_path = pg_catalog
as $$
declare
  me record;
begin
  select * into me from identity.me();
  case me.role
    when 'spoc' then
      if content in ('person', 'referral', 'allocation', 'episode', 'request') then
        return query
          select unnest(me.areas)
          union all
          -- Those of the contact they stand in for (57-borough-cover.sql), each area once.
          select covered.area from need_to_know.covered_areas(me.account_id) as covered(area) where covered.area <> all (me.areas);
      end if;
    when 'coordinator' then
      if content in ('person', 'referral', 'referral-decision', 'allocation', 'episode', 'request', 'concern', 'summary', 'attachment') then
        return query select unnest(me.areas);
      end if;
    when 'operations-manager' then
      if need_to_know.is_casework(content) or content = 'request' then
        return query select a.code from reference.area a;
      end if;
    when 'analyst' then
      if content in ('person', 'referral', 'request') then
        return query select a.code from reference.area a;
      end if;
    else null;
  end case;
end
$$;

-- True for those who see everything of a kind of content in the service, each look recorded.
create or replace function need_to_know.whole_service(content text) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select coalesce((select me.role = 'operations-manager' and need_to_know.is_casework(content) from identity.me() me), false)
$$;

-- The provider whose own records a manager answers for.
create or replace function need_to_know.provider(content text) returns uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select me.organisation_id from identity.me() me
  where me.role = 'provider-manager' and need_to_know.is_casework(content)
$$;

-- Who may be shown the looks at a person: the operations manager, the data protection lead, and the manager of the
-- provider that works with them.
create or replace function need_to_know.may_see_looks(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select coalesce((
    select case me.role
      when 'operations-manager' then not need_to_know.is_closed_to_me(person)
      when 'data-protection-lead' then true
      when 'provider-manager' then exists (
        -- Later looks would tell who works with them now.
        select from service.allocation a where a.person_id = person and a.organisation_id = me.organisation_id
          and (a.ended_at is null or (a.taken_up_at is not null and a.ended_at > now() - interval '28 days')))
        and not need_to_know.is_closed_to_me(person)
      else false
    end
    from identity.me() me), false)
$$;

-- Accounts to tell when something of an area waits: its borough contacts and who stands in for them, or the coordinators
-- who cover it.
create or replace function need_to_know.who_answers_for(area text, wanted_role text) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct g.account_id
  from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
  where g.areas @> array[area] and g.role = wanted_role and g.role in ('spoc', 'coordinator')
    and g.approved_at is not null and g.ended_at is null
  union
  select need_to_know.stand_ins_for(area) where wanted_role = 'spoc'
$$;

-- Likely matches for a referral, over everyone: a match outside the asker's areas shows name, year of birth, borough
-- and whom to ask, and nothing that opens it. It finds and ranks; src/people/matching.ts says why, in words.
-- A number that is one of theirs is told of, as whoever asks has it from the referral.
drop function if exists need_to_know.likely_matches(uuid, int);
create function need_to_know.likely_matches(for_referral uuid, at_most int)
returns table (person_id uuid, reference text, given_names text, family_name text, known_as text, birth_year int,
  date_of_birth date, date_of_birth_precision text, postcode text, area text, same_phone boolean, within_reach boolean, ask text)
language plpgsql stable security definer set search_path = pg_catalog set enable_seqscan = off set jit = off
as $$
declare
  r record;
  typed text[];
  word tsquery;
  -- Names that share a word with this one, as it is written or as it sounds.
  one_shared tsquery;
  -- Names that have a word near to the only one of this, or two near to two.
  near_by tsquery;
  -- Dates that are written or remembered for the one given: another day of the month, another month, another year,
  -- day and month changed round.
  mistaken date[];
begin
  select f.name_key, f.date_of_birth as born, f.postcode, coalesce(f.phone_key, '') as phone into r
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
  typed := (string_to_array(r.name_key, ' '))[1:5];
  for each in 1..coalesce(cardinality(typed), 0) loop
    continue when typed[each] = '';
    -- Whoever has the word has its sound, which is asked for alone: each key more is read for every name that has it.
    word := need_to_know.search_key(case when length(public.dmetaphone(typed[each])) >= 2
      then '~' || public.dmetaphone(typed[each]) else '=' || typed[each] end);
    one_shared := case when one_shared is null then word else one_shared || word end;
    for other in each + 1..cardinality(typed) loop
      word := need_to_know.search_word(typed[each]) && need_to_know.search_word(typed[other]);
      near_by := case when near_by is null then word else near_by || word end;
    end loop;
  end loop;
  if cardinality(typed) = 1 then
    near_by := need_to_know.search_word(typed[1]);
  end if;
  return query
    with same_number as (
      (select f.person_id as id from service.referral f
        where r.phone <> '' and f.phone_key <> '' and f.phone_key = r.phone and f.person_id is not null
        order by f.received_at desc, f.id limit 20)
      union
      (select c.person_id from service.safe_contact c
        where r.phone <> '' and c.phone_key <> '' and c.phone_key = r.phone order by c.id limit 20)
    ), candidates as (
      (select s.id from same_number s)
      union
      (select near.id from (
          select p.id, p.name_key from service.person p
          where need_to_know.search_keys(p.name_key) @@ near_by limit 400) near
        order by public.similarity(near.name_key, r.name_key) desc, near.id limit 50)
      union
      -- However many are named nearly so, those named exactly so are among them.
      (select p.id from service.person p
        where r.name_key <> '' and left(p.name_key, 200) = left(r.name_key, 200) and p.name_key = r.name_key
        order by p.id limit 50)
      union
      (select p.id from service.person p
        where p.date_of_birth = r.born and public.similarity(p.name_key, r.name_key) > 0.2
        order by public.similarity(p.name_key, r.name_key) desc, p.id limit 50)
      union
      (select p.id from service.person p
        where p.date_of_birth = any (mistaken) and need_to_know.search_keys(p.name_key) @@ one_shared
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
      case when reach.yes then p.postcode else '' end, p.area, phone.same, reach.yes,
      case when not reach.yes then (
        select string_agg(distinct c.name, ', ') from need_to_know.who_answers_for(p.area, 'coordinator') w
        join identity.account c on c.id = w) end
    from candidates c
    -- A record that is restricted is a match for its named people alone.
    join service.person p on p.id = c.id and p.id <> all (array(select need_to_know.closed_to_me()))
    cross join lateral (select p.area = any (array(select need_to_know.areas('person'))) as yes) reach
    cross join lateral (select exists (select from same_number s where s.id = p.id) as same) phone
    -- A rank to read by, no verdict: names weigh from 0 to 1; a date, a telephone and a postcode lift them.
    order by case when p.name_key = r.name_key then 1 else public.similarity(p.name_key, r.name_key) end
      + case when p.date_of_birth = r.born then 0.6 when p.date_of_birth = any (mistaken) then 0.3 else 0 end
      + case when phone.same then 0.5 else 0 end
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
grant execute on function need_to_know.people(text), need_to_know.referrals_in_consultation() to homeward_relationship;
grant execute on function need_to_know.provider(text) to homeward_provider;
grant execute on function need_to_know.areas(text), need_to_know.whole_service(text), need_to_know.likely_matches(uuid, int),
  need_to_know.who_works_in(uuid) to homeward_area;
grant execute on function need_to_know.may_see_looks(uuid) to homeward_provider, homeward_area, homeward_steward;
