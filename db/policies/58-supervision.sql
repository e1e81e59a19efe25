-- Supervision: managers sign off what their workers wrote, and record on the case what was decided.

grant select on service.note_sign_off, history.note_sign_off to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.note_sign_off for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('supervision'))));
create policy provider on service.note_sign_off for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('supervision')));
create policy area on service.note_sign_off for select to homeward_area
  using ((select need_to_know.whole_service('supervision')));
create policy relationship on history.note_sign_off for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('supervision'))));
create policy provider on history.note_sign_off for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('supervision')));
create policy area on history.note_sign_off for select to homeward_area
  using ((select need_to_know.whole_service('supervision')));
-- Nobody signs off what they wrote themselves, or a version that is not written yet.
grant insert on service.note_sign_off to homeward_provider;
create policy provider_insert on service.note_sign_off for insert to homeward_provider
  with check (organisation_id = (select need_to_know.provider('supervision')) and signed_by = (select identity.account_id())
    and exists (
      select from service.case_note n
      where n.id = note_id and n.person_id = note_sign_off.person_id and n.organisation_id = note_sign_off.organisation_id
        and n.version >= note_version and n.author_id <> (select identity.account_id()) and n.deleted_at is null));

-- A manager writes what was decided in supervision, and what they saw to: no other kind of note.
grant insert on service.case_note to homeward_provider;
create policy provider_insert on service.case_note for insert to homeward_provider
  with check (organisation_id = (select need_to_know.provider('case-note')) and author_id = (select identity.account_id())
    and kind in ('supervision-decision', 'management-oversight') and deleted_at is null
    and exists (
      select from service.allocation a
      where a.person_id = case_note.person_id and (a.ended_at is null or a.taken_up_at is not null)));
