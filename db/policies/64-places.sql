-- Places are read by everybody, as all code lists are (10-identity.sql), and by what counts. The task that imports writes them.

do $$
declare
  of_table text;
begin
  foreach of_table in array array['place_edition', 'edition_in_use', 'ward', 'force_shape', 'deprivation', 'population', 'postcode'] loop
    execute format('grant select on reference.%I to homeward_task_statistics', of_table);
    execute format('grant select, insert on reference.%I to homeward_task_importing', of_table);
    execute format('create policy counting on reference.%I for select to homeward_task_statistics using (true)', of_table);
    execute format('create policy importing on reference.%1$I to homeward_task_importing using (true) with check (true)', of_table);
  end loop;
end
$$;
grant usage on schema reference to homeward_task_statistics;
grant usage on schema homeward to homeward_task_importing;
grant execute on function homeward.new_id() to homeward_task_importing;
grant update (replaced_at, rows) on reference.place_edition to homeward_task_importing;
grant delete on reference.postcode to homeward_task_importing;
grant select on reference.area to homeward_task_statistics, homeward_task_importing;
create policy places_counting on reference.area for select to homeward_task_statistics using (true);
create policy places_importing on reference.area for select to homeward_task_importing using (true);

-- Which edition is in use is for the administrator to say.
grant insert (kind, in_use_from, edition) on reference.edition_in_use to homeward_steward;
create policy administered_insert on reference.edition_in_use for insert to homeward_steward
  with check ((select identity.role()) = 'administrator'
    and exists (select from reference.place_edition e where e.kind = edition_in_use.kind and e.edition = edition_in_use.edition));

-- The editions that figures of a day are made with, as was recorded at a moment: one row a kind, none where none was imported.
create or replace function reference.editions_in_use(moment timestamptz, day date)
returns table (kind text, edition text, place_edition_id uuid, source text, year int, ward_edition text, in_use_from date)
language sql stable
as $$
  select distinct on (u.kind) u.kind, e.edition, e.id, e.source, e.year, e.ward_edition, u.in_use_from
  from reference.edition_in_use u
  join reference.place_edition e on e.kind = u.kind and e.edition = u.edition
    and e.imported_at <= moment and (e.replaced_at is null or e.replaced_at > moment)
  where u.recorded_at <= moment and u.in_use_from <= day
  order by u.kind, u.in_use_from desc, u.recorded_at desc
$$;

-- The wards of this service's areas with their scores, of the edition in use.
create or replace function reference.ward_deprivation(moment timestamptz, day date)
returns table (ward text, name text, area text, score double precision, rank int, edition text, ward_edition text, source text)
language sql stable
as $$
  select d.ward, d.name, d.area, d.score, d.rank, e.edition, e.ward_edition, e.source
  from reference.editions_in_use(moment, day) e
  join reference.deprivation d on d.place_edition_id = e.place_edition_id
  join reference.area a on a.code = d.area and a.kind = 'borough'
  where e.kind = 'deprivation'
$$;

-- The people of this service's areas, of the edition in use. `of_kind` is 'population-by-ethnic-group' or 'population-by-age'.
create or replace function reference.population_of(of_kind text, moment timestamptz, day date)
returns table (area text, ethnic_group text, age_from int, age_to int, sex text, people int, edition text, year int, source text)
language sql stable
as $$
  select p.area, p.ethnic_group, p.age_from, p.age_to, p.sex, p.people, e.edition, e.year, e.source
  from reference.editions_in_use(moment, day) e
  join reference.population p on p.place_edition_id = e.place_edition_id
  join reference.area a on a.code = p.area and a.kind = 'borough'
  where e.kind = of_kind
$$;

-- What the wards of every edition are called: a code means one ward for ever, and the newest edition spells its name.
create or replace function reference.ward_names(moment timestamptz)
returns table (code text, name text, area text)
language sql stable
as $$
  select distinct on (code) code, name, area from (
    select w.code, w.name, w.area, e.edition, 1 as place
    from reference.ward w join reference.place_edition e on e.id = w.place_edition_id
    where e.imported_at <= moment and (e.replaced_at is null or e.replaced_at > moment)
    union all
    select d.ward, d.name, d.area, e.edition, 2
    from reference.deprivation d join reference.place_edition e on e.id = d.place_edition_id
    where e.imported_at <= moment and (e.replaced_at is null or e.replaced_at > moment)
  ) named
  order by code, place, edition desc
$$;

grant execute on function reference.editions_in_use(timestamptz, date), reference.ward_deprivation(timestamptz, date),
  reference.population_of(text, timestamptz, date), reference.ward_names(timestamptz)
  to homeward_task_statistics, homeward_task_importing, homeward_area, homeward_steward;
