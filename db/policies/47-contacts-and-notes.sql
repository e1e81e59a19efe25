-- Contact, the removal of notes, and where workers are.

-- Contact -------------------------------------------------------------------------------------------------------

select homeward.casework_policies('contact', 'contact');
-- Whoever records it made it; the note that it names is about the same young person.
create policy made_by_oneself on service.contact as restrictive for insert to homeward_relationship, homeward_provider
  with check (worker_id = (select identity.account_id())
    and (note_id is null or exists (select from service.case_note n where n.id = note_id and n.person_id = contact.person_id)));
create policy of_the_same_person on service.contact as restrictive for update to homeward_relationship, homeward_provider
  using (person_id is not null)
  with check (note_id is null or exists (select from service.case_note n where n.id = note_id and n.person_id = contact.person_id));

-- Whoever opened the record in an emergency records a contact that they made: they plan none, and change none of others.
create policy planned_by_those_who_support_them on service.contact as restrictive for insert to homeward_relationship, homeward_provider
  with check (outcome <> 'planned' or exists (
    select from service.allocation a
    where a.person_id = contact.person_id and (a.ended_at is null or a.ended_at > now() - interval '28 days')));
create policy changed_by_those_who_support_them on service.contact as restrictive for update to homeward_relationship
  using (worker_id = (select identity.account_id()) or exists (select from service.allocation a where a.person_id = contact.person_id))
  with check (outcome <> 'planned' or exists (select from service.allocation a where a.person_id = contact.person_id));

-- When each allocation of these people began to be engaged, as far as the asker may see the allocation: the first time
-- that its provider spoke with or met the young person, and the date that another system had. The rule, and why a note
-- counts as well as a contact, is docs/decisions/0012-when-somebody-is-engaged.md; the codes are those of src/support/contact.ts
-- and src/support/case-note.ts, and a test holds the two together.
create or replace function need_to_know.engagement_of(people uuid[])
returns table (allocation_id uuid, person_id uuid, organisation_id uuid, ended_at timestamptz, first_spoken_at timestamptz, imported_on date)
language sql stable security definer set search_path = pg_catalog
as $$
  select a.id, a.person_id, a.organisation_id, a.ended_at, least(c.at, n.at), a.first_engaged_on
  from identity.me() me
  join service.allocation a on a.person_id = any (people)
  -- From the day of the allocation: a contact is typed to the minute, an allocation is stamped to the second.
  cross join lateral (select date_trunc('day', a.started_at, 'Europe/London') as day) began
  left join lateral (
    select x.happened_at as at from service.contact x
    where x.person_id = a.person_id and x.organisation_id = a.organisation_id
      and x.outcome = 'reached' and x.with_whom = 'young-person' and x.how in ('in-person', 'telephone', 'text', 'video')
      and x.happened_at >= began.day and x.happened_at < coalesce(a.ended_at, 'infinity')
    order by x.happened_at limit 1) c on true
  left join lateral (
    select x.happened_at as at from service.case_note x
    where x.person_id = a.person_id and x.organisation_id = a.organisation_id and x.deleted_at is null
      and x.kind in ('contact-in-person', 'contact-telephone', 'contact-message', 'visit')
      and x.happened_at >= began.day and x.happened_at < coalesce(a.ended_at, 'infinity')
    order by x.happened_at limit 1) n on true
  where a.person_id <> all (array(select need_to_know.closed_to_me())) and case me.role
    when 'caseworker' then a.team_id = me.team_id and (a.ended_at is null or a.ended_at > now() - interval '28 days')
    when 'provider-manager' then a.organisation_id = me.organisation_id
    else a.area = any (array(select need_to_know.areas('allocation')))
  end
$$;
grant execute on function need_to_know.engagement_of(uuid[]) to homeward_relationship, homeward_provider, homeward_area;

-- Open allocations that were taken up and in which nobody has spoken with the young person, by the same rule, the longest first: no
-- more are looked into than it takes to find `most` after the one that began at `after`.
create or replace function need_to_know.not_engaged(after timestamptz, after_id uuid, most int) returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select a.id
  from service.allocation a
  where a.ended_at is null and a.taken_up_at is not null and a.first_engaged_on is null
    and (after_id is null or (a.started_at, a.id) > (after, after_id))
    and case (select identity.role())
      when 'caseworker' then a.team_id = (select identity.team_id())
      when 'provider-manager' then a.organisation_id = (select identity.organisation_id())
      else a.area = any (array(select need_to_know.areas('allocation')))
    end
    and a.person_id <> all (array(select need_to_know.closed_to_me()))
    and not exists (select from service.person p where p.id = a.person_id and p.died_on is not null)
    and not exists (
      select from service.contact x
      where x.person_id = a.person_id and x.organisation_id = a.organisation_id
        and x.outcome = 'reached' and x.with_whom = 'young-person' and x.how in ('in-person', 'telephone', 'text', 'video')
        and x.happened_at >= date_trunc('day', a.started_at, 'Europe/London'))
    and not exists (
      select from service.case_note x
      where x.person_id = a.person_id and x.organisation_id = a.organisation_id and x.deleted_at is null
        and x.kind in ('contact-in-person', 'contact-telephone', 'contact-message', 'visit')
        and x.happened_at >= date_trunc('day', a.started_at, 'Europe/London'))
  order by a.started_at, a.id limit most
$$;
grant execute on function need_to_know.not_engaged(timestamptz, uuid, int) to homeward_relationship, homeward_provider, homeward_area;

-- Case notes ----------------------------------------------------------------------------------------------------

-- The author writes about others apart, and removes what should not have been written.
grant update (third_party, shared_text, needs_sign_off, deleted_at, deleted_by, delete_reason) on service.case_note to homeward_relationship;
create policy not_removed on service.case_note as restrictive for update to homeward_relationship
  using (deleted_at is null)
  with check (deleted_at is null or deleted_by = (select identity.account_id()));
-- So does the manager, who can change nothing else: a row that they write is a removed one, and a removed one is empty.
grant update (present, fact, opinion, voice, change_reason, third_party, shared_text, deleted_at, deleted_by, delete_reason)
  on service.case_note to homeward_provider;
create policy provider_update on service.case_note for update to homeward_provider
  using (organisation_id = (select need_to_know.provider('case-note')) and deleted_at is null)
  with check (organisation_id = (select need_to_know.provider('case-note')) and deleted_by = (select identity.account_id()));
-- What a removed note said is read by the author's manager and the operations manager, and by nobody who works the case.
create policy not_removed on history.case_note as restrictive for select to homeward_relationship
  using (exists (select from service.case_note n where n.id = case_note.id and n.deleted_at is null));

-- Check-ins -----------------------------------------------------------------------------------------------------

grant select, insert (id, worker_id, organisation_id, going_to, expected_back_at), update (expected_back_at, checked_in_at, checked_in_by)
  on service.check_in to homeward_relationship;
grant select, update (checked_in_at, checked_in_by) on service.check_in to homeward_provider;
create policy own on service.check_in for select to homeward_relationship
  using ((select identity.role()) = 'caseworker' and worker_id = (select identity.account_id()));
create policy own_insert on service.check_in for insert to homeward_relationship
  with check ((select identity.role()) = 'caseworker' and worker_id = (select identity.account_id())
    and organisation_id = (select identity.organisation_id()) and checked_in_at is null);
create policy own_update on service.check_in for update to homeward_relationship
  using ((select identity.role()) = 'caseworker' and worker_id = (select identity.account_id()) and checked_in_at is null)
  with check (worker_id = (select identity.account_id()) and coalesce(checked_in_by, worker_id) = worker_id);
create policy provider on service.check_in for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('supervision')));
create policy provider_update on service.check_in for update to homeward_provider
  using (organisation_id = (select need_to_know.provider('supervision')) and checked_in_at is null)
  with check (organisation_id = (select need_to_know.provider('supervision')) and checked_in_by = (select identity.account_id()));

grant select on history.check_in to homeward_relationship, homeward_provider;
create policy own on history.check_in for select to homeward_relationship
  using ((select identity.role()) = 'caseworker' and worker_id = (select identity.account_id()));
create policy provider on history.check_in for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('supervision')));
