-- What a coordinator does with a referral besides deciding it: looks at it first, decides it again, takes a decision back.

-- Which of these columns change when, the rules of src/referrals/referral.ts say; whose referral it is, area_update.
grant update (triaged_at, urgent, decision_due_on, verify_to_tell, taken_back_at) on service.referral to homeward_area;
-- That a decision they were told of no longer holds is the referrer's to know: it is empty for whoever was told of none.
grant select (taken_back_at) on service.referral to homeward_referrer;

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
