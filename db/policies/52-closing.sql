-- The end of support: written by those who work with somebody, signed off by the manager of their provider.

select homeward.casework_policies('closing', 'closing');
select homeward.casework_policies('follow_up', 'closing');

-- A manager's word that support has ended: the provider's people have them no longer (but for the 28 days), and when nobody
-- supports them any more the episode closes, its referrals say so, and a referrer who was verified hears that there is news.
-- Says 'ended' or 'closed', or why not: 'missing', 'not-submitted', 'own'.
create or replace function need_to_know.sign_off_closing(wanted uuid, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
  ending service.closing;
  ended service.referral;
begin
  select * into me from identity.me();
  if me.role is distinct from 'provider-manager' then
    raise exception 'only the manager of a provider signs off' using errcode = 'insufficient_privilege';
  end if;
  select c.* into ending from service.closing c
  where c.id = wanted and c.organisation_id = me.organisation_id and not need_to_know.is_closed_to_me(c.person_id)
  for no key update;
  if not found then
    return 'missing';
  elsif ending.state <> 'submitted' then
    return 'not-submitted';
  elsif ending.submitted_by = me.account_id then
    return 'own';
  end if;
  perform audit.command('sign-off-closing', 'closing', wanted, ending.person_id, jsonb_build_object('reason', ending.reason));
  perform from service.episode e where e.id = ending.episode_id for no key update;
  update service.closing c set state = 'signed-off', signed_off_by = me.account_id, signed_off_at = at where c.id = wanted;
  -- Whoever ends their support had taken them up, whether or not anybody said so.
  update service.allocation a
  set ended_at = greatest(at, a.started_at), end_reason = ending.reason, taken_up_at = coalesce(a.taken_up_at, greatest(at, a.started_at)),
    taken_up_by = coalesce(a.taken_up_by, me.account_id)
  where a.person_id = ending.person_id and a.organisation_id = me.organisation_id and a.ended_at is null;
  if ending.follow_up = 'agreed' and ending.reason <> 'deceased' then
    insert into service.follow_up (person_id, episode_id, organisation_id, months, due_on)
    select ending.person_id, ending.episode_id, ending.organisation_id, m, (at at time zone 'Europe/London')::date + make_interval(months => m)
    from unnest(array[3, 12]) m;
  end if;
  if exists (select from service.allocation a where a.episode_id = ending.episode_id and a.ended_at is null) then
    return 'ended';
  end if;
  update service.episode e set closed_at = greatest(at, e.opened_at) where e.id = ending.episode_id and e.closed_at is null;
  for ended in
    select r.* from service.referral r where r.episode_id = ending.episode_id and r.stage in ('accepted', 'allocated') for update
  loop
    insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
    select ended.id, coalesce(max(x.sequence), 0) + 1, ended.area, ended.person_id, 'closed',
      jsonb_build_object('words', ending.words_to_referrer), sign_off_closing.at, me.account_id
    from service.referral_action x where x.referral_id = ended.id;
    update service.referral r set stage = 'closed', words_to_referrer = ending.words_to_referrer where r.id = ended.id;
    if exists (select from service.referrer_verification v where v.referrer_id = ended.referrer_id) then
      perform messages.queue(ended.referrer_id, 'referral-news', '/refer');
    end if;
  end loop;
  return 'closed';
end
$$;
grant execute on function need_to_know.sign_off_closing(uuid, timestamptz) to homeward_provider;

-- Whether somebody has acted since a young person said at a follow-up that they are not safe: raised a concern about them
-- that day or later, or wrote why none is needed. Whoever did, and whether or not the asker may read it, it has been done.
-- That support was opened again is not yet anything done about it.
create or replace function need_to_know.is_acted_on(follow_up uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select f.no_concern_why <> '' or exists (
      select from service.concern c
      where c.person_id = f.person_id and (c.raised_at at time zone 'Europe/London')::date >= f.done_on)
  from service.follow_up f where f.id = is_acted_on.follow_up
$$;

-- Tells the managers of a provider that somebody said to it that they are not safe, and where its only manager recorded that
-- themselves, nobody; where it has none, those who run the service. Says how many were told.
create or replace function messages.tell_of_unsafe_follow_up(follow_up uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  f record;
  manager uuid;
  managers int := 0;
  told int := 0;
begin
  select * into f from service.follow_up x
  where x.id = tell_of_unsafe_follow_up.follow_up and x.safe = 'no' and x.recorded_by = identity.account_id();
  if not found then
    return 0;
  end if;
  for manager in
    select distinct g.account_id
    from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
    where g.role = 'provider-manager' and g.organisation_id = f.organisation_id and g.approved_at is not null and g.ended_at is null
  loop
    managers := managers + 1;
    continue when manager = f.recorded_by;
    told := told + messages.tell(manager, 'not-safe', format('/people/%s/follow-up', f.person_id))::int;
  end loop;
  if managers = 0 then
    perform messages.tell_operations_managers('not-safe', format('/people/%s', f.person_id));
  end if;
  return told;
end
$$;
grant execute on function need_to_know.is_acted_on(uuid) to homeward_relationship, homeward_provider, homeward_area;
grant execute on function messages.tell_of_unsafe_follow_up(uuid) to homeward_relationship, homeward_provider;
