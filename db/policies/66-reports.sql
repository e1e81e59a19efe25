-- Reports are written and read by analysts and those who run the service. What is published for everybody is read by every
-- member of staff; the internal edition by those alone who could have written it.

do $$
declare
  of_table text;
begin
  foreach of_table in array array['report', 'report_text', 'report_figures'] loop
    execute format('grant select on service.%1$I, history.%1$I to homeward_area', of_table);
    execute format('create policy area on service.%1$I for select to homeward_area using ((select need_to_know.may_count()))', of_table);
    execute format('create policy area on history.%1$I for select to homeward_area using ((select need_to_know.may_count()))', of_table);
    -- What the background freezes when a report is published.
    execute format('grant select on service.%I to homeward_task_housekeeping', of_table);
    execute format('create policy housekeeping on service.%1$I for select to homeward_task_housekeeping using (true)', of_table);
  end loop;
end
$$;

-- How a report moves from draft to publication: homeward.report_moves().
grant insert (id, kind, title, area, period_from, period_to, comparison_from, comparison_to, as_at, editions, marking, author_id),
  update (title, area, period_from, period_to, comparison_from, comparison_to, as_at, editions, marking, state, submitted_at, sent_back,
    signed_off_by, signed_off_at, publish_asked_at, publish_fault) on service.report to homeward_area;
create policy area_insert on service.report for insert to homeward_area
  with check ((select need_to_know.may_count()) and author_id = (select identity.account_id()) and state = 'draft');
create policy area_update on service.report for update to homeward_area
  using ((select need_to_know.may_count()) and state <> 'published') with check ((select need_to_know.may_count()));

do $$
declare
  of_table text;
begin
  foreach of_table in array array['report_text', 'report_figures'] loop
    execute format('create policy area_insert on service.%1$I for insert to homeward_area
      with check ((select need_to_know.may_count()) and exists (select from service.report r where r.id = %1$I.report_id and r.state = ''draft''))',
      of_table);
    execute format('create policy area_update on service.%1$I for update to homeward_area
      using ((select need_to_know.may_count()) and exists (select from service.report r where r.id = %1$I.report_id and r.state = ''draft''))',
      of_table);
  end loop;
end
$$;
grant insert (report_id, section, words), update (words) on service.report_text to homeward_area;
grant insert (report_id, edition, figures, as_at), update (figures, as_at) on service.report_figures to homeward_area;

grant select on service.report_publication to homeward_relationship, homeward_provider, homeward_area, homeward_steward,
  homeward_task_housekeeping;
create policy staff on service.report_publication for select to homeward_relationship, homeward_provider, homeward_steward
  using (edition = 'public' and (select identity.is_staff()));
create policy area on service.report_publication for select to homeward_area
  using ((edition = 'public' and (select identity.is_staff())) or (select need_to_know.may_count()));
-- There is nothing in its history: what was published is never changed.
grant select on history.report_publication to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy staff on history.report_publication for select to homeward_relationship, homeward_provider, homeward_steward
  using (edition = 'public' and (select identity.is_staff()));
create policy area on history.report_publication for select to homeward_area
  using ((edition = 'public' and (select identity.is_staff())) or (select need_to_know.may_count()));

grant execute on function as_at.report_publication(timestamptz) to homeward_steward;

-- Everybody who reads a report sees its maps.
grant execute on function reference.editions_in_use(timestamptz, date), reference.ward_deprivation(timestamptz, date)
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward;

-- Whose names stand on a report, and what the service and the place that it is of are called.
grant usage on schema homeward, identity, reference, audit to homeward_task_housekeeping;
grant execute on function homeward.new_id() to homeward_task_housekeeping;
grant select (id, name) on identity.account to homeward_task_housekeeping;
create policy housekeeping on identity.account for select to homeward_task_housekeeping
  using (exists (select from service.report r where account.id in (r.author_id, r.signed_off_by)));
grant select on reference.area, reference.service_details to homeward_task_housekeeping;
create policy housekeeping on reference.area for select to homeward_task_housekeeping using (true);
create policy housekeeping on reference.service_details for select to homeward_task_housekeeping using (true);

-- The public edition of a draft is worked out in the background.
grant insert (report_id, edition, figures, as_at, exposed), update (figures, as_at, exposed) on service.report_figures
  to homeward_task_housekeeping;
create policy housekeeping_insert on service.report_figures for insert to homeward_task_housekeeping
  with check (edition = 'public' and exists (
    select from service.report r where r.id = report_figures.report_id and r.state = 'draft'));
create policy housekeeping_update on service.report_figures for update to homeward_task_housekeeping
  using (edition = 'public' and exists (
    select from service.report r where r.id = report_figures.report_id and r.state = 'draft'));

grant update (state, publish_stage, publish_fault, published_at) on service.report to homeward_task_housekeeping;
create policy housekeeping_update on service.report for update to homeward_task_housekeeping using (true);
grant insert (report_id, edition, kind, title, area, period_from, period_to, published_at, figures, words, sha256,
  audit) on service.report_publication to homeward_task_housekeeping;
create policy housekeeping on service.report_publication for select to homeward_task_housekeeping using (true);
create policy housekeeping_insert on service.report_publication for insert to homeward_task_housekeeping
  with check (exists (select from service.report r where r.id = report_publication.report_id and r.state = 'signed-off'));

-- The key of the hashes that everybody may read: by a hash without one, hidden counts could be tried until it is right.
create or replace function need_to_know.figure_key() returns bytea
language sql stable security definer set search_path = pg_catalog
as $$
  select sha256(k.key || convert_to('figures', 'UTF8'))
  from identity.secret_key k where k.name = 'application' and need_to_know.may_count()
$$;
grant execute on function need_to_know.figure_key() to homeward_task_statistics;
