-- What a coordinator does with a referral besides deciding it: looks at it first, decides it again, takes a decision back.

-- Which of these columns change when, the rules of src/referrals/referral.ts say; whose referral it is, area_update.
grant update (triaged_at, urgent, decision_due_on, verify_to_tell, taken_back_at) on service.referral to homeward_area;
-- That a decision they were told of no longer holds is the referrer's to know: it is empty for whoever was told of none.
grant select (taken_back_at) on service.referral to homeward_referrer;

-- The episode of support that an accepted referral belongs to: the open one, which a repeat referral joins wherever it lies, the
-- one that it began itself and that ended when its acceptance was taken back, or a new one that names the one before. Two
-- acceptances at once take turns over the young person.
create or replace function need_to_know.begin_support(referral uuid, at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  accepted service.referral;
  latest service.episode;
  begun uuid;
begin
  select r.* into accepted from service.referral r
  where r.id = begin_support.referral and r.area = any (array(select need_to_know.areas('referral-decision')));
  if not found or accepted.person_id is null or need_to_know.is_closed_to_me(accepted.person_id) then
    raise exception 'only who decides on a referral begins support' using errcode = 'insufficient_privilege';
  end if;
  perform from service.person p where p.id = accepted.person_id for no key update;
  select e.* into latest from service.episode e where e.person_id = accepted.person_id order by e.opened_at desc, e.id desc limit 1;
  if latest.id is not null and latest.closed_at is null then
    return latest.id;
  elsif latest.referral_id = accepted.id then
    update service.episode e set closed_at = null where e.id = latest.id;
    return latest.id;
  end if;
  insert into service.episode (person_id, area, referral_id, previous_id, opened_at)
  values (accepted.person_id, accepted.area, accepted.id, latest.id, begin_support.at)
  returning id into begun;
  return begun;
end
$$;

-- Who works with the young person of a referral now, in whatever area: for those who decide on it.
create or replace function need_to_know.supporting(referral uuid) returns table (organisation_id uuid, team_id uuid, worker_id uuid)
language sql stable security definer set search_path = pg_catalog
as $$
  select l.organisation_id, l.team_id, l.worker_id
  from service.referral r join service.allocation l on l.person_id = r.person_id and l.ended_at is null
  where r.id = supporting.referral and r.area = any (array(select need_to_know.areas('referral-decision')))
    and not need_to_know.is_closed_to_me(r.person_id)
  order by l.started_at, l.id
$$;
grant execute on function need_to_know.begin_support(uuid, timestamptz), need_to_know.supporting(uuid) to homeward_area;

-- Whether an episode stands for nothing: no referral belongs to it, and nobody works or has worked in it. Asked of all of
-- them, in every area.
create or replace function need_to_know.stands_for_nothing(episode uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select not exists (select from service.referral r where r.episode_id = stands_for_nothing.episode)
    and not exists (
      select from service.allocation a
      where a.episode_id = stands_for_nothing.episode and (a.ended_at is null or a.taken_up_at is not null))
$$;
grant execute on function need_to_know.stands_for_nothing(uuid) to homeward_area;

-- When the acceptance that began an episode is taken back, the episode ends with it, and goes on if the same referral is
-- accepted again. An episode in which somebody worked is closed by those who did.
grant update (closed_at) on service.episode to homeward_area;
create policy area_update on service.episode for update to homeward_area
  using (area = any (array(select need_to_know.areas('referral-decision'))))
  with check (area = any (array(select need_to_know.areas('referral-decision'))) and (select need_to_know.stands_for_nothing(id)));

-- Whom a message told that something about a referral waits: for those who decide on it, and those who run the service.
create or replace function messages.about_referral(referral uuid)
returns table (id uuid, to_name text, template text, queued_at timestamptz, state text, sent_at timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
  select m.id, a.name, m.template, m.created_at, m.state, m.sent_at
  from service.referral r
  join messages.message m
    on substring(m.path from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}') = r.id::text
  join identity.account a on a.id = m.account_id
  where r.id = about_referral.referral and (r.person_id is null or r.person_id <> all (array(select need_to_know.closed_to_me())))
    and (r.area = any (array(select need_to_know.areas('referral-decision'))) or (select need_to_know.whole_service('referral')))
  order by m.created_at desc, m.id desc limit 50
$$;
grant execute on function messages.about_referral(uuid) to homeward_area;
