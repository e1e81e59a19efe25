-- Who stands in for a borough's contact, and boroughs that have nobody.

-- Cover that holds today, with the areas it gives: those of the covered grant, as long as it stands. Only somebody whom the
-- same council has approved as a contact, and still does, stands in, so that no approval is passed by.
create or replace function need_to_know.cover_today() returns table (stand_in_id uuid, area text)
language sql stable security definer set search_path = pg_catalog
as $$
  select c.stand_in_id, area
  from identity.borough_cover c
  join identity.access_grant g on g.id = c.grant_id and g.role = 'spoc' and g.approved_at is not null and g.ended_at is null
  cross join unnest(g.areas) as area
  where c.ended_at is null and (now() at time zone 'Europe/London')::date between c.starts_on and c.ends_on
    and exists (
      select from identity.access_grant own
      where own.account_id = c.stand_in_id and own.role = 'spoc' and own.approved_at is not null and own.ended_at is null
        and own.organisation_id is not distinct from g.organisation_id)
$$;

-- The areas that somebody stands in for, each once.
create or replace function need_to_know.covered_areas(account uuid) returns setof text
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct t.area from need_to_know.cover_today() t where t.stand_in_id = account
$$;

-- Who stands in for the contacts of an area.
create or replace function need_to_know.stand_ins_for(area text) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct t.stand_in_id
  from need_to_know.cover_today() t join identity.account a on a.id = t.stand_in_id and a.disabled_at is null
  where t.area = stand_ins_for.area
$$;

-- The areas that need_to_know.who_answers_for finds a borough contact for, all at once.
create or replace function need_to_know.areas_with_contact() returns setof text
language sql stable security definer set search_path = pg_catalog
as $$
  select unnest(g.areas)
  from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
  where g.role = 'spoc' and g.approved_at is not null and g.ended_at is null
  union
  select t.area
  from need_to_know.cover_today() t join identity.account a on a.id = t.stand_in_id and a.disabled_at is null
$$;

-- Boroughs in which nobody is told of referrals, for those who can see to it: a coordinator those they answer for. How many
-- referrals wait there, up to `most`, is told to those who may see them, and to nobody else.
create or replace function need_to_know.boroughs_without_contact(most int) returns table (area text, name text, waiting int)
language sql stable security definer set search_path = pg_catalog
as $$
  select b.code, b.name, case when me.role <> 'administrator' then (
      select count(*)::int from (
        select from service.referral r where r.area = b.code and r.stage in ('received', 'accepted') limit most) counted) end
  from identity.me() me
  join reference.area b on b.kind = 'borough' and b.retired_on is null and (
    me.role in ('operations-manager', 'administrator') or (me.role = 'coordinator' and b.code = any (me.areas)))
  where b.code not in (select c from need_to_know.areas_with_contact() c)
$$;
grant execute on function need_to_know.boroughs_without_contact(int) to homeward_area, homeward_steward;

grant select on identity.borough_cover to homeward_area;
grant insert (grant_id, stand_in_id, starts_on, ends_on, named_by), update (ended_at, ended_by) on identity.borough_cover to homeward_area;
create policy contact on identity.borough_cover for select to homeward_area
  using ((select identity.role()) in ('spoc', 'coordinator', 'operations-manager'));
-- A contact names who stands in for themselves: a colleague of their council who is a contact already, so that no council's young
-- people are shown to another's without its approver, and for a quarter at most, after which a role is looked at again too.
create policy contact_insert on identity.borough_cover for insert to homeward_area
  with check (named_by = (select identity.account_id()) and stand_in_id <> (select identity.account_id())
    and ends_on - starts_on < 92
    and exists (
      select from identity.access_grant g
      join identity.access_grant c on c.account_id = stand_in_id and c.role = 'spoc' and c.approved_at is not null and c.ended_at is null
        and c.organisation_id is not distinct from g.organisation_id
      where g.id = grant_id and g.account_id = (select identity.account_id()) and g.role = 'spoc' and g.approved_at is not null
        and g.ended_at is null));
-- Either of the two ends it, at any time; what has ended stays so.
create policy contact_update on identity.borough_cover for update to homeward_area
  using (ended_at is null and (select identity.role()) = 'spoc'
    and (named_by = (select identity.account_id()) or stand_in_id = (select identity.account_id())))
  with check (ended_by = (select identity.account_id()));
