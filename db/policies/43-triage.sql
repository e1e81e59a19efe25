-- What a coordinator does with a referral besides deciding it: looks at it first, decides it again, takes a decision back.

-- Which of these columns change when, the rules of src/referrals/referral.ts say; whose referral it is, area_update.
grant update (triaged_at, urgent, decision_due_on) on service.referral to homeward_area;

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
