-- Rows about young people, per kind of content. Relationship readers, provider managers and area readers are database
-- roles of their own, so that no policy is joined to another by `or`.

grant usage on schema service, history, as_at to homeward_relationship, homeward_provider, homeward_area;
grant usage on schema service to homeward_referrer, homeward_task_housekeeping;

-- A young person ------------------------------------------------------------------------------------------------

grant select on service.person to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.person for select to homeward_relationship
  using (id = any (array(select need_to_know.people('person'))));
create policy provider on service.person for select to homeward_provider
  using (exists (select from service.allocation a where a.person_id = person.id));
create policy area on service.person for select to homeward_area
  using (area = any (array(select need_to_know.areas('person'))));

-- Nobody chooses a reference: that one is taken would tell that there is somebody.
grant insert (id, given_names, family_name, known_as, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, area),
  update (given_names, family_name, known_as, name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, area)
  on service.person to homeward_area;
create policy area_insert on service.person for insert to homeward_area
  with check (area = any (array(select need_to_know.areas('referral-decision'))));
create policy area_update on service.person for update to homeward_area
  using (area = any (array(select need_to_know.areas('referral-decision'))))
  with check (area = any (array(select need_to_know.areas('referral-decision'))));

-- Referrals -----------------------------------------------------------------------------------------------------

-- A referrer has the drafts that are theirs, and of a sent referral its stage and the words meant for them: the
-- answers are not shown again.
grant select, insert, delete, update (answers_sealed, referral_id) on service.referral_draft to homeward_referrer;
create policy own on service.referral_draft to homeward_referrer
  using (account_id = (select identity.account_id()) and expires_at > now())
  with check ((select identity.role()) = 'referrer' and account_id = (select identity.account_id()) and expires_at <= now() + interval '14 days'
    and (referral_id is null or exists (select from service.referral r where r.id = referral_id)));
grant delete, select (id, expires_at) on service.referral_draft to homeward_task_housekeeping;
create policy housekeeping on service.referral_draft to homeward_task_housekeeping using (expires_at < now());

grant select (id, reference, kind, received_at, referrer_id) on service.referral to homeward_referrer;
create policy own on service.referral for select to homeward_referrer using (referrer_id = (select identity.account_id()));
grant insert (id, kind, stage, referrer_id, agency_kind, agency_name, received_at, decision_due_on, area, given_names, family_name, known_as,
    name_key, date_of_birth, date_of_birth_precision, gender, ethnicity, postcode, answers, education_status, education_setting,
    social_care_status, disabilities, gang_link, missing_linked, longest_missing_days, linked_force, linked_town, referring_area,
    local_authority_team, safe_now)
  on service.referral to homeward_referrer;
create policy own_insert on service.referral for insert to homeward_referrer
  with check ((select identity.role()) = 'referrer' and referrer_id = (select identity.account_id()) and stage = 'received' and person_id is null and decided_at is null
    and words_to_referrer = '');

grant select on service.referral to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.referral for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('referral')))
    or id = any (array(select need_to_know.referrals_in_consultation())));
create policy provider on service.referral for select to homeward_provider
  using (exists (select from service.allocation a where a.referral_id = referral.id));
create policy area on service.referral for select to homeward_area
  using (area = any (array(select need_to_know.areas('referral'))));
grant update (stage, kind, person_id, episode_id, decided_at, decision_reason, words_to_referrer, area) on service.referral to homeward_area;
-- Whether an action linked a referral to a person, or it came linked from the system before this one. Asked past the policies of actions, which go by those of referrals.
create or replace function need_to_know.was_linked(referral uuid, person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select from service.referral_action a
    where a.referral_id = was_linked.referral and a.kind in ('person-linked', 'imported') and a.person_id = was_linked.person)
    and not need_to_know.is_closed_to_me(was_linked.person)
$$;
grant execute on function need_to_know.was_linked(uuid, uuid) to homeward_area;

-- A referral names a person only where an action linked them, and only a person within reach can be linked.
create policy area_update on service.referral for update to homeward_area
  using (area = any (array(select need_to_know.areas('referral-decision'))))
  with check (area = any (array(select need_to_know.areas('referral-decision')))
    and (person_id is null or (select need_to_know.was_linked(id, person_id))));

grant insert on service.referral_action to homeward_referrer;
create policy own_insert on service.referral_action for insert to homeward_referrer
  with check (kind = 'sent' and sequence = 1 and person_id is null and by_account = (select identity.account_id())
    and exists (select from service.referral r where r.id = referral_id and r.referrer_id = (select identity.account_id())));
grant select on service.referral_action to homeward_relationship, homeward_provider, homeward_area;
-- An action is read by those who read its referral: those taken before there was a person name none.
create policy relationship on service.referral_action for select to homeward_relationship
  using (exists (select from service.referral r where r.id = referral_action.referral_id));
create policy provider on service.referral_action for select to homeward_provider
  using (exists (select from service.allocation a where a.referral_id = referral_action.referral_id));
create policy area on service.referral_action for select to homeward_area
  using (area = any (array(select need_to_know.areas('referral'))));
grant insert on service.referral_action to homeward_area;
create policy area_insert on service.referral_action for insert to homeward_area
  with check (by_account = (select identity.account_id()) and area = any (array(select need_to_know.areas('referral-decision')))
    and exists (
      select from service.referral r
      where r.id = referral_id and r.area = referral_action.area
        and (referral_action.kind = 'person-linked' or r.person_id is not distinct from referral_action.person_id))
    and (kind <> 'person-linked' or exists (select from service.person p where p.id = referral_action.person_id)));

grant select on service.referrer_verification to homeward_area;
create policy area on service.referrer_verification for select to homeward_area
  using (exists (select from service.referral r where r.referrer_id = referrer_verification.referrer_id));
grant insert on service.referrer_verification to homeward_area;
create policy area_insert on service.referrer_verification for insert to homeward_area
  with check ((select identity.role()) = 'coordinator'
    and exists (select from service.referral r where r.referrer_id = referrer_verification.referrer_id));
grant select on history.referrer_verification to homeward_area;
create policy area on history.referrer_verification for select to homeward_area
  using (exists (select from service.referrer_verification v where v.id = referrer_verification.id));

-- What a referrer may be told: only "received" until somebody has verified that they are who they say, and never
-- why a decision was made.
create or replace function need_to_know.told_to_referrer(referral uuid)
returns table (stage text, words text)
language sql stable security definer set search_path = pg_catalog
as $$
  select case when verified.yes then r.stage else 'received' end, case when verified.yes then r.words_to_referrer else '' end
  from service.referral r
  cross join lateral (
    select exists (select from service.referrer_verification v where v.referrer_id = r.referrer_id) as yes) verified
  where r.id = referral and r.referrer_id = identity.account_id()
$$;
grant execute on function need_to_know.told_to_referrer(uuid) to homeward_referrer;

-- The name and address a coordinator needs to verify and answer a referrer of a referral they decide on.
-- Whether who asks may not be told whom a referral came from: a borough's contact, unless the referrer of intelligence said
-- that the borough may. What was not answered, or "ask me first", is no leave.
create or replace function need_to_know.is_source_withheld(answers jsonb) returns boolean
language sql stable set search_path = pg_catalog
as $$
  select (select identity.role()) = 'spoc' and exists (
    select from jsonb_array_elements(answers) q
    where q ->> 'key' = 'sourceMayBeTold' and q ->> 'value' is distinct from 'yes')
$$;
grant execute on function need_to_know.is_source_withheld(jsonb) to homeward_relationship, homeward_provider, homeward_area;

create or replace function need_to_know.referrer_of(referral uuid)
returns table (account_id uuid, name text, email text, verified_at timestamptz, verified_by text)
language sql stable security definer set search_path = pg_catalog
as $$
  select a.id, a.name, a.email, v.at, b.name
  from service.referral r
  join identity.account a on a.id = r.referrer_id
  left join lateral (select * from service.referrer_verification x where x.referrer_id = a.id order by x.at desc limit 1) v on true
  left join identity.account b on b.id = v.recorded_by
  where r.id = referral and r.area = any (array(select need_to_know.areas('referral')))
    and not need_to_know.is_source_withheld(r.answers)
$$;
grant execute on function need_to_know.referrer_of(uuid) to homeward_area;

-- What a referrer said of themselves in the last referral that they sent, for the next: none of it is about a young person.
create or replace function need_to_know.last_said_of_oneself() returns table (key text, value text)
language sql stable security definer set search_path = pg_catalog
as $$
  select q ->> 'key', q ->> 'value'
  from (
    select r.answers from service.referral r
    where (select identity.role()) = 'referrer' and r.referrer_id = (select identity.account_id())
    order by r.received_at desc, r.id desc limit 1) last
  cross join lateral jsonb_array_elements(last.answers) q
  where q ->> 'key' in ('role', 'phone', 'agencyKind', 'agencyName', 'referringArea', 'team', 'agencyAddress', 'manager')
    and q ->> 'value' <> 'not-known'
$$;
grant execute on function need_to_know.last_said_of_oneself() to homeward_referrer;

-- Allocation ----------------------------------------------------------------------------------------------------

-- One that ended before the provider took it up gives nothing any more: what a provider does not have allocated, or did not
-- once take up, is not its own.
grant select on service.allocation to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.allocation for select to homeward_relationship
  using (team_id = (select identity.team_id())
    and (ended_at is null or (taken_up_at is not null and ended_at > now() - interval '28 days')));
create policy provider on service.allocation for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('allocation')) and (ended_at is null or taken_up_at is not null));
create policy area on service.allocation for select to homeward_area
  using (area = any (array(select need_to_know.areas('allocation'))));
grant insert, update (worker_id, ended_at, end_reason) on service.allocation to homeward_area;
create policy area_insert on service.allocation for insert to homeward_area
  with check (area = any (array(select need_to_know.areas('referral-decision')))
    and exists (
      select from service.referral r
      where r.id = referral_id and r.person_id = allocation.person_id and r.area = allocation.area
        and r.episode_id is not distinct from allocation.episode_id)
    and exists (select from identity.team t where t.id = team_id and t.organisation_id = allocation.organisation_id)
    and (worker_id is null or exists (
      select from need_to_know.who_works_in(team_id) w where w.account_id = worker_id and w.role = 'caseworker')));
create policy area_update on service.allocation for update to homeward_area
  using (area = any (array(select need_to_know.areas('referral-decision'))) and ended_at is null)
  with check (area = any (array(select need_to_know.areas('referral-decision'))));
-- A manager chooses who of the team works with them. An allocation that ended cannot be begun again: it would give the
-- team somebody who was taken away from it.
grant update (worker_id) on service.allocation to homeward_provider;
create policy provider_update on service.allocation for update to homeward_provider
  using (organisation_id = (select need_to_know.provider('allocation')) and ended_at is null)
  with check (organisation_id = (select need_to_know.provider('allocation'))
    and (worker_id is null or exists (
      select from identity.access_grant g
      where g.account_id = worker_id and g.team_id = allocation.team_id and g.role = 'caseworker'
        and g.approved_at is not null and g.ended_at is null)));

-- Episodes of support -------------------------------------------------------------------------------------------

grant select on service.episode, history.episode to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.episode for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('episode'))));
create policy provider on service.episode for select to homeward_provider
  using (exists (select from service.allocation a where a.episode_id = episode.id));
create policy area on service.episode for select to homeward_area
  using (area = any (array(select need_to_know.areas('episode'))));
-- It begins when a coordinator accepts a referral.
grant insert (person_id, area, referral_id, previous_id, opened_at) on service.episode to homeward_area;
create policy area_insert on service.episode for insert to homeward_area
  with check (area = any (array(select need_to_know.areas('referral-decision'))) and closed_at is null
    and exists (select from service.referral r where r.id = referral_id and r.person_id = episode.person_id and r.area = episode.area));
create policy relationship on history.episode for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('episode'))));
create policy provider on history.episode for select to homeward_provider
  using (exists (select from service.episode e where e.id = episode.id));
create policy area on history.episode for select to homeward_area
  using (exists (select from service.episode e where e.id = episode.id));

-- Case notes ----------------------------------------------------------------------------------------------------

grant select on service.case_note to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.case_note for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('case-note'))));
create policy provider on service.case_note for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('case-note')));
create policy area on service.case_note for select to homeward_area
  using ((select need_to_know.whole_service('case-note')));
grant insert, update (kind, happened_at, present, fact, opinion, voice, change_reason) on service.case_note to homeward_relationship;
create policy relationship_insert on service.case_note for insert to homeward_relationship
  with check (author_id = (select identity.account_id()) and organisation_id = (select identity.organisation_id())
    and person_id = any (array(select need_to_know.people('case-note'))));
-- A note is amended by the one who wrote it.
create policy relationship_update on service.case_note for update to homeward_relationship
  using (author_id = (select identity.account_id()) and person_id = any (array(select need_to_know.people('case-note'))))
  with check (author_id = (select identity.account_id()) and person_id = any (array(select need_to_know.people('case-note'))));

-- History follows the person's present rules: its rows are read through the row they were replaced by.
grant select on history.person, history.referral, history.allocation, history.case_note, history.referral_action
  to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on history.person for select to homeward_relationship
  using (id = any (array(select need_to_know.people('person'))));
create policy provider on history.person for select to homeward_provider
  using (exists (select from service.person p where p.id = person.id));
create policy area on history.person for select to homeward_area
  using (exists (select from service.person p where p.id = person.id));
create policy relationship on history.referral for select to homeward_relationship
  using (exists (select from service.referral r where r.id = referral.id));
create policy provider on history.referral for select to homeward_provider
  using (exists (select from service.referral r where r.id = referral.id));
create policy area on history.referral for select to homeward_area
  using (exists (select from service.referral r where r.id = referral.id));
create policy relationship on history.referral_action for select to homeward_relationship
  using (exists (select from service.referral_action r where r.id = referral_action.id));
create policy provider on history.referral_action for select to homeward_provider
  using (exists (select from service.referral_action r where r.id = referral_action.id));
create policy area on history.referral_action for select to homeward_area
  using (exists (select from service.referral_action r where r.id = referral_action.id));
create policy relationship on history.allocation for select to homeward_relationship
  using (exists (select from service.allocation a where a.id = allocation.id));
create policy provider on history.allocation for select to homeward_provider
  using (exists (select from service.allocation a where a.id = allocation.id));
create policy area on history.allocation for select to homeward_area
  using (exists (select from service.allocation a where a.id = allocation.id));
create policy relationship on history.case_note for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('case-note'))));
create policy provider on history.case_note for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('case-note')));
create policy area on history.case_note for select to homeward_area
  using ((select need_to_know.whole_service('case-note')));

grant execute on all functions in schema as_at to homeward_relationship, homeward_provider, homeward_area;
