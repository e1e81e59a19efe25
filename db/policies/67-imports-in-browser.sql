-- The import in the browser: those who run the service bring files and confirm what becomes of them, and the background task that
-- imports does the work. Nobody else sees any of it.

-- How what was brought may move: homeward.import_upload_moves().
grant select, insert (id, brought_by, brought_at, files), update (state, attempts, mode, decided_by, decided_at, ended_at)
  on service.import_upload to homeward_area;
grant select on history.import_upload to homeward_area;
create policy area on service.import_upload for select to homeward_area
  using ((select identity.role()) = 'operations-manager');
create policy area_insert on service.import_upload for insert to homeward_area
  with check ((select identity.role()) = 'operations-manager' and brought_by = (select identity.account_id()) and state = 'checking');
create policy area_update on service.import_upload for update to homeward_area
  using ((select identity.role()) = 'operations-manager' and state not in ('imported', 'discarded', 'expired'))
  with check ((select identity.role()) = 'operations-manager');
create policy area on history.import_upload for select to homeward_area
  using ((select identity.role()) = 'operations-manager');

-- The files go in and never come out again; what was found in them does.
grant select, insert (id, upload_id, name, number, content_sealed) on service.import_upload_piece to homeward_area;
create policy area on service.import_upload_piece for select to homeward_area
  using ((select identity.role()) = 'operations-manager' and name in ('faults.csv', 'preview', 'progress'));
create policy area_insert on service.import_upload_piece for insert to homeward_area
  with check ((select identity.role()) = 'operations-manager' and exists (
    select from service.import_upload u
    where u.id = import_upload_piece.upload_id and u.state = 'checking' and u.brought_by = (select identity.account_id())));

grant select, update (state, attempts, checked_at, faults, good_rows, ended_at) on service.import_upload to homeward_task_importing;
create policy importing on service.import_upload for select to homeward_task_importing using (true);
create policy importing_update on service.import_upload for update to homeward_task_importing using (true) with check (true);
grant select, delete, insert (id, upload_id, name, number, content_sealed) on service.import_upload_piece to homeward_task_importing;
create policy importing on service.import_upload_piece to homeward_task_importing using (true) with check (true);

-- What an import told: nobody who may not see one of two records learns that they are alike.
grant select on service.import_finding, history.import_finding to homeward_area;
create policy area on service.import_finding for select to homeward_area
  using ((select identity.role()) = 'operations-manager' and (other_person_id is null or exists (
    select from service.person p where p.id = import_finding.other_person_id)));
create policy area on history.import_finding for select to homeward_area
  using (exists (select from service.import_finding f where f.id = import_finding.id));
grant insert (id, import_id, kind, place, person_id, other_person_id, details) on service.import_finding to homeward_task_importing;
create policy importing_insert on service.import_finding for insert to homeward_task_importing with check (true);
