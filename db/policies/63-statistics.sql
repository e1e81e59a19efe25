-- What figures are made of: the records as they were recorded at a moment, without a name or a free text among them. Whoever may
-- count reads all of them, restricted records too: a figure is the same whoever asks for it, and what it is made of is not shown.

do $$
declare
  counted record;
begin
  for counted in
    select * from (values
      ('referral', 'id, person_id, received_on, kind, area, residence_ward, agency_kind, referring_area, local_authority_team, date_of_birth,
        gender, ethnicity, education_status, education_setting, social_care_status, disabilities, gang_link, missing_linked,
        longest_missing_days, linked_force, linked_town, stage, decided_at, decision_reason'),
      ('episode', 'id, referral_id, area'),
      ('allocation', 'id, referral_id, person_id, episode_id, area, organisation_id, started_at, ended_at, end_reason, taken_up_at,
        allocated_on, first_engaged_on'),
      ('closing', 'id, episode_id, organisation_id, state, reason, outcome_1, outcome_2, outcome_3, outcome_4, outcome_5, outcome_6,
        outcome_7, outcome_8, harm, county_lines, resilience, neet_at_start, neet_at_end'),
      ('contact', 'id, person_id, organisation_id, happened_at, how, with_whom, outcome'),
      ('case_note', 'id, person_id, organisation_id, happened_at, kind, deleted_at'),
      ('onward_referral', 'id, person_id, episode_id, service, made_on, engaged'),
      ('imported_support', 'id, referral_id, person_id, area, provider, allocated_on, first_engaged_on, closed_on, closure_reason, outcome_1,
        outcome_2, outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, harm, county_lines_involvement, resilience,
        neet_at_start, neet_at_end, continued_in'),
      ('imported_onward_referral', 'id, referral_id, person_id, area, service, made_on, engaged'),
      ('recorded_event', 'id, person_id, kind, occurred_on'),
      ('rescue_request', 'id, requested_at, channel, police_force, held_at, outcome, completed_at, met_halfway'),
      ('nrm_referral', 'id, referred_on, first_responder, exploitation_type, county_lines_flag, age_group, reasonable_grounds,
        reasonable_grounds_on, conclusive_grounds, conclusive_grounds_on, decided_at_first_panel'),
      ('county_link', 'id, individual_ref, ordinal, date_of_birth, gender, ethnicity, residence_borough, identified_on, last_activity_on,
        police_force, town, source, confirmed'),
      ('training_session', 'id, course, delivered_on, provider, quadrant, attendees'),
      ('import', 'id, files')) as t (of_table, columns)
  loop
    execute format('grant select (%s, recorded_at) on service.%I to homeward_task_statistics', counted.columns, counted.of_table);
    execute format('grant select (%s, version, current_from, current_to) on history.%I to homeward_task_statistics', counted.columns, counted.of_table);
    execute format('create policy counting on service.%1$I for select to homeward_task_statistics using ((select need_to_know.may_count()))', counted.of_table);
    execute format('create policy counting on history.%1$I for select to homeward_task_statistics using ((select need_to_know.may_count()))', counted.of_table);
  end loop;
end
$$;
grant usage on schema as_at, service, history, disposal, identity, reference, need_to_know to homeward_task_statistics;
-- Providers are told apart by what files call them.
grant select (id, code) on identity.organisation to homeward_task_statistics;
create policy counting on identity.organisation for select to homeward_task_statistics using ((select need_to_know.may_count()));
-- What disposal left behind of each kind of record (60-disposal.sql, `disposal.keep_counts`).
do $$
declare
  counted text;
begin
  foreach counted in array array['counted_referral', 'counted_support', 'counted_onward_referral', 'counted_event', 'counted_rescue',
    'counted_nrm_referral'] loop
    execute format('grant select on disposal.%I to homeward_task_statistics', counted);
    execute format('create policy counting on disposal.%I for select to homeward_task_statistics using ((select need_to_know.may_count()))', counted);
  end loop;
end
$$;
-- Moments that figures were made as at (src/statistics/settled.ts).
grant select, insert (moment) on disposal.figure_moment to homeward_task_statistics;
create policy counting on disposal.figure_moment for select to homeward_task_statistics using ((select need_to_know.may_count()));
create policy counting_insert on disposal.figure_moment for insert to homeward_task_statistics
  with check ((select need_to_know.may_count()));
-- What was published already, which nobody can be made to forget.
grant select (id, kind, edition, figures, published_at) on service.report_publication to homeward_task_statistics;
create policy counting on service.report_publication for select to homeward_task_statistics using ((select need_to_know.may_count()));
grant select on reference.figure_setting to homeward_task_statistics;
create policy counting on reference.figure_setting for select to homeward_task_statistics using (true);

-- These are SQL without a fixed search path, so that PostgreSQL writes them into the query that names them and a period reaches
-- the index of the table. Each takes the rows that stood at the moment, from the table, from its history and from what disposal
-- left behind, which has no more columns than figures are made of. Of large tables it is said once, of all rows together: what has
-- a condition of its own within a union is read through one step more for every row. Large ones are read by several processes, of
-- which only the one that asks proves that it may (need_to_know.may_count): it tells the others.

-- Completed years from a birth to a day. Days are counted in whole numbers, which is exact but within two days of a birthday; the
-- calendar is asked for those alone, and for a day before the birth, since it takes many times as long.
create or replace function reference.completed_years(born date, day date) returns int
language sql immutable parallel safe
return case when (day - born) * 4 % 1461 between 8 and 1453 then (day - born) * 4 / 1461
  else date_part('year', age(day::timestamp, born::timestamp))::int end;

-- Referrals, of the area with statutory responsibility.
create or replace function as_at.referral_facts(moment timestamptz)
returns table (referral_id uuid, person_id uuid, received_on date, kind text, area text, residence_ward text, agency text,
  referring_area text, has_team boolean, age int, gender text, ethnicity text, education_status text, education_setting text,
  social_care_status text, disabilities text[], gang_link text, missing_linked text, longest_missing_days int, linked_force text,
  linked_town text, decision text, decided_on date, decision_reason text)
language sql stable parallel restricted
as $$
  select r.id, r.person_id, r.received_on, r.kind, r.area, r.residence_ward, r.agency_kind, r.referring_area, r.has_team, r.age,
    r.gender, r.ethnicity, r.education_status, r.education_setting, r.social_care_status, r.disabilities, r.gang_link,
    r.missing_linked, r.longest_missing_days, r.linked_force, r.linked_town,
    case
      when r.stage in ('accepted', 'allocated', 'closed') then 'accepted'
      when r.stage in ('declined', 'signposted', 'intelligence-only') then r.stage
      -- Withdrawn: as it was decided before, and only what was accepted can be withdrawn after.
      when r.stage = 'withdrawn' and r.decided then 'accepted'
      else 'pending'
    end,
    r.decided_on, r.decision_reason
  from (
    select id, person_id, received_on, kind, area, residence_ward, agency_kind, referring_area,
      nullif(local_authority_team, '') is not null as has_team,
      reference.completed_years(date_of_birth, received_on) as age,
      gender, ethnicity, education_status, education_setting, social_care_status, disabilities, gang_link, missing_linked,
      longest_missing_days, linked_force, linked_town, stage, decided_at is not null as decided,
      (decided_at at time zone 'Europe/London')::date as decided_on, decision_reason,
      recorded_at as since, 'infinity'::timestamptz as until
    from service.referral
    union all
    select id, person_id, received_on, kind, area, residence_ward, agency_kind, referring_area,
      nullif(local_authority_team, '') is not null,
      reference.completed_years(date_of_birth, received_on),
      gender, ethnicity, education_status, education_setting, social_care_status, disabilities, gang_link, missing_linked,
      longest_missing_days, linked_force, linked_town, stage, decided_at is not null,
      (decided_at at time zone 'Europe/London')::date, decision_reason,
      current_from, current_to
    from history.referral
    union all
    select referral, young_person, received_on, kind, area, residence_ward, agency_kind, referring_area, has_team, age_at_referral, gender,
      ethnicity, education_status, education_setting, social_care_status, disabilities, gang_link, missing_linked,
      longest_missing_days, linked_force, linked_town, decision, decided_on is not null, decided_on, decision_reason,
      recorded_from, coalesce(recorded_until, 'infinity')
    from disposal.counted_referral
  ) r
  where r.since <= moment and moment < r.until
$$;

-- Episodes of support: those of the systems before this one until a provider here took them over, and allocations here that the
-- provider took up or has not yet answered, with what was signed off when they ended. Engaged from the first day on which the
-- provider spoke with or met the young person (docs/decisions/0012-when-somebody-is-engaged.md, need_to_know.engagement_of), or the
-- day another system had.
create or replace function as_at.support_facts(moment timestamptz)
returns table (episode_id uuid, referral_id uuid, person_id uuid, area text, provider text, allocated_on date, first_engaged_on date,
  closed_on date, closure_reason text, outcome_1 text, outcome_2 text, outcome_3 text, outcome_4 text, outcome_5 text, outcome_6 text,
  outcome_7 text, outcome_8 text, harm text, county_lines_involvement text, resilience text, neet_at_start text, neet_at_end text)
language sql stable parallel restricted
as $$
  select id, referral_id, person_id, area, provider, allocated_on, first_engaged_on, closed_on, closure_reason, outcome_1, outcome_2,
    outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, harm, county_lines_involvement, resilience, neet_at_start,
    neet_at_end
  from (
    select id, referral_id, person_id, area, provider, allocated_on, first_engaged_on, closed_on, closure_reason, outcome_1, outcome_2,
      outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, harm, county_lines_involvement, resilience, neet_at_start,
      neet_at_end, continued_in, recorded_at as since, 'infinity'::timestamptz as until
    from service.imported_support
    union all
    select id, referral_id, person_id, area, provider, allocated_on, first_engaged_on, closed_on, closure_reason, outcome_1, outcome_2,
      outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, harm, county_lines_involvement, resilience, neet_at_start,
      neet_at_end, continued_in, current_from, current_to
    from history.imported_support
    union all
    select id, referral, young_person, null, provider, allocated_on, first_engaged_on, closed_on, null, outcome_1, outcome_2, outcome_3,
      outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, harm, county_lines_involvement, resilience, neet_at_start, neet_at_end,
      null, recorded_from, coalesce(recorded_until, 'infinity')
    from disposal.counted_support
  ) before
  where since <= moment and moment < until and continued_in is null
  union all
  select a.id, a.referral_id, a.person_id, a.area, o.code,
    coalesce(a.allocated_on, (a.started_at at time zone 'Europe/London')::date),
    least((s.spoken_at at time zone 'Europe/London')::date, a.first_engaged_on), (a.ended_at at time zone 'Europe/London')::date,
    coalesce(c.reason, a.end_reason),
    nullif(c.outcome_1, 'not-known'), nullif(c.outcome_2, 'not-known'), nullif(c.outcome_3, 'not-known'),
    nullif(c.outcome_4, 'not-known'), nullif(c.outcome_5, 'not-known'), nullif(c.outcome_6, 'not-known'),
    nullif(c.outcome_7, 'not-known'), nullif(c.outcome_8, 'not-known'), nullif(c.harm, 'not-known'),
    nullif(c.county_lines, 'not-known'), nullif(c.resilience, 'not-known'), nullif(c.neet_at_start, 'not-known'),
    nullif(c.neet_at_end, 'not-known')
  from (
    select id, referral_id, person_id, episode_id, area, organisation_id, started_at, ended_at, end_reason, taken_up_at, allocated_on,
      first_engaged_on
    from service.allocation where recorded_at <= moment
    union all
    select id, referral_id, person_id, episode_id, area, organisation_id, started_at, ended_at, end_reason, taken_up_at, allocated_on,
      first_engaged_on
    from history.allocation where current_from <= moment and moment < current_to
  ) a
  left join identity.organisation o on o.id = a.organisation_id
  left join (
    select episode_id, organisation_id, state, reason, outcome_1, outcome_2, outcome_3, outcome_4, outcome_5, outcome_6, outcome_7,
      outcome_8, harm, county_lines, resilience, neet_at_start, neet_at_end
    from service.closing where recorded_at <= moment
    union all
    select episode_id, organisation_id, state, reason, outcome_1, outcome_2, outcome_3, outcome_4, outcome_5, outcome_6, outcome_7,
      outcome_8, harm, county_lines, resilience, neet_at_start, neet_at_end
    from history.closing where current_from <= moment and moment < current_to
  ) c on c.episode_id = a.episode_id and c.organisation_id = a.organisation_id and c.state = 'signed-off'
  left join (
    select b.id as allocation_id, min(t.happened_at) as spoken_at
    from (
      select id, person_id, organisation_id, started_at, ended_at from service.allocation where recorded_at <= moment
      union all
      select id, person_id, organisation_id, started_at, ended_at
      from history.allocation where current_from <= moment and moment < current_to
    ) b
    join (
      select person_id, organisation_id, happened_at from service.contact
      where recorded_at <= moment and outcome = 'reached' and with_whom = 'young-person'
        and how in ('in-person', 'telephone', 'text', 'video')
      union all
      select person_id, organisation_id, happened_at from history.contact
      where current_from <= moment and moment < current_to and outcome = 'reached' and with_whom = 'young-person'
        and how in ('in-person', 'telephone', 'text', 'video')
      union all
      select person_id, organisation_id, happened_at from service.case_note
      where recorded_at <= moment and deleted_at is null
        and kind in ('contact-in-person', 'contact-telephone', 'contact-message', 'visit')
      union all
      select person_id, organisation_id, happened_at from history.case_note
      where current_from <= moment and moment < current_to and deleted_at is null
        and kind in ('contact-in-person', 'contact-telephone', 'contact-message', 'visit')
    ) t on t.person_id = b.person_id and t.organisation_id = b.organisation_id
      and t.happened_at >= date_trunc('day', b.started_at, 'Europe/London') and t.happened_at < coalesce(b.ended_at, 'infinity')
    group by b.id
  ) s on s.allocation_id = a.id
  where a.taken_up_at is not null or a.ended_at is null
$$;

create or replace function as_at.onward_facts(moment timestamptz)
returns table (referral_id uuid, person_id uuid, area text, service text, made_on date, engaged text)
language sql stable parallel restricted
as $$
  select referral_id, person_id, area, service, made_on, engaged from service.imported_onward_referral where recorded_at <= moment
  union all
  select referral_id, person_id, area, service, made_on, engaged from history.imported_onward_referral
  where current_from <= moment and moment < current_to
  union all
  select null, null, null, service, made_on, null from disposal.counted_onward_referral
  where recorded_from <= moment and (moment < recorded_until or recorded_until is null)
  union all
  select e.referral_id, o.person_id, coalesce(e.area, 'not-known'), o.service, o.made_on, o.engaged
  from (
    select person_id, episode_id, service, made_on, engaged from service.onward_referral where recorded_at <= moment
    union all
    select person_id, episode_id, service, made_on, engaged from history.onward_referral
    where current_from <= moment and moment < current_to
  ) o
  left join (
    select id, referral_id, area from service.episode where recorded_at <= moment
    union all
    select id, referral_id, area from history.episode where current_from <= moment and moment < current_to
  ) e on e.id = o.episode_id
$$;

-- Of somebody who was disposed of, the day tells no more than whether it was in the year before or in the year after.
create or replace function as_at.event_facts(moment timestamptz) returns table (person_id uuid, kind text, occurred_on date)
language sql stable parallel restricted
as $$
  select person_id, kind, occurred_on
  from (
    select person_id, kind, occurred_on, recorded_at as since, 'infinity'::timestamptz as until from service.recorded_event
    union all
    select person_id, kind, occurred_on, current_from, current_to from history.recorded_event
    union all
    select young_person, kind, told_on, recorded_from, coalesce(recorded_until, 'infinity') from disposal.counted_event
  ) e
  where since <= moment and moment < until
$$;

create or replace function as_at.rescue_facts(moment timestamptz)
returns table (requested_at timestamptz, channel text, police_force text, held_at text, outcome text, completed_at timestamptz,
  met_halfway text)
language sql stable parallel restricted
as $$
  select requested_at, channel, police_force, held_at, outcome, completed_at, met_halfway
  from service.rescue_request where recorded_at <= moment
  union all
  select requested_at, channel, police_force, held_at, outcome, completed_at, met_halfway
  from history.rescue_request where current_from <= moment and moment < current_to
  union all
  select requested_on::timestamp at time zone 'Europe/London', null, police_force, null, outcome,
    completed_on::timestamp at time zone 'Europe/London', null
  from disposal.counted_rescue where recorded_from <= moment and (moment < recorded_until or recorded_until is null)
$$;

create or replace function as_at.nrm_facts(moment timestamptz)
returns table (referred_on date, first_responder text, exploitation_type text, county_lines_flag text, age_group text,
  reasonable_grounds text, reasonable_grounds_on date, conclusive_grounds text, conclusive_grounds_on date, decided_at_first_panel text)
language sql stable parallel restricted
as $$
  select referred_on, first_responder, exploitation_type, county_lines_flag, age_group, reasonable_grounds, reasonable_grounds_on,
    conclusive_grounds, conclusive_grounds_on, decided_at_first_panel
  from service.nrm_referral where recorded_at <= moment
  union all
  select referred_on, first_responder, exploitation_type, county_lines_flag, age_group, reasonable_grounds, reasonable_grounds_on,
    conclusive_grounds, conclusive_grounds_on, decided_at_first_panel
  from history.nrm_referral where current_from <= moment and moment < current_to
  union all
  select referred_on, first_responder, exploitation_type, null, null, reasonable_grounds, reasonable_grounds_on, conclusive_grounds,
    conclusive_grounds_on, decided_at_first_panel
  from disposal.counted_nrm_referral where recorded_from <= moment and (moment < recorded_until or recorded_until is null)
$$;

create or replace function as_at.county_link_facts(moment timestamptz)
returns table (individual_ref text, ordinal int, date_of_birth date, gender text, ethnicity text, residence_borough text, identified_on date,
  last_activity_on date, police_force text, town text, source text, confirmed text)
language sql stable parallel restricted
as $$
  select individual_ref, ordinal, date_of_birth, gender, ethnicity, residence_borough, identified_on, last_activity_on, police_force, town, source,
    confirmed
  from (
    select individual_ref, ordinal, date_of_birth, gender, ethnicity, residence_borough, identified_on, last_activity_on, police_force,
      town, source, confirmed, recorded_at as since, 'infinity'::timestamptz as until
    from service.county_link
    union all
    select individual_ref, ordinal, date_of_birth, gender, ethnicity, residence_borough, identified_on, last_activity_on, police_force,
      town, source, confirmed, current_from, current_to
    from history.county_link
  ) l
  where since <= moment and moment < until
$$;

create or replace function as_at.training_facts(moment timestamptz)
returns table (course text, delivered_on date, provider text, quadrant text, attendees int)
language sql stable parallel restricted
as $$
  select course, delivered_on, provider, quadrant, attendees from service.training_session where recorded_at <= moment
  union all
  select course, delivered_on, provider, quadrant, attendees from history.training_session
  where current_from <= moment and moment < current_to
$$;

-- Which files had been supplied by a moment: imported, or their records kept here. What never was has no figure.
create or replace function as_at.supplied(moment timestamptz) returns table (file text)
language sql stable parallel restricted
as $$
  select jsonb_object_keys(i.files) from (
    select files from service.import where recorded_at <= moment
    union all
    select files from history.import where current_from <= moment and moment < current_to
  ) i
  union select 'referrals.csv' where exists (select from as_at.referral_facts(moment))
  union select 'support.csv' where exists (select from as_at.support_facts(moment))
  union select 'onward_referrals.csv' where exists (select from as_at.onward_facts(moment))
  union select 'events.csv' where exists (select from as_at.event_facts(moment))
  union select 'rescues.csv' where exists (select from as_at.rescue_facts(moment))
  union select 'nrm.csv' where exists (select from as_at.nrm_facts(moment))
  union select 'county_links.csv' where exists (select from as_at.county_link_facts(moment))
  union select 'training.csv' where exists (select from as_at.training_facts(moment))
$$;

grant execute on function reference.completed_years(date, date), as_at.referral_facts(timestamptz), as_at.support_facts(timestamptz),
  as_at.onward_facts(timestamptz), as_at.event_facts(timestamptz), as_at.rescue_facts(timestamptz), as_at.nrm_facts(timestamptz), as_at.county_link_facts(timestamptz),
  as_at.training_facts(timestamptz), as_at.supplied(timestamptz) to homeward_task_statistics;
-- Disposal keeps what they tell of whoever is disposed of.
grant execute on function reference.completed_years(date, date), as_at.referral_facts(timestamptz), as_at.support_facts(timestamptz),
  as_at.onward_facts(timestamptz), as_at.event_facts(timestamptz) to homeward_gate;

-- The transactions of this database that run, but those that are known to have begun after the moment: what they record will have
-- been recorded before it. Every transaction holds a lock on its own number, which anybody may see; when another login's
-- transaction began only some may.
create or replace function as_at.unsettled(moment timestamptz) returns table (running text)
language sql stable
as $$
  select l.virtualxid from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'virtualxid' and l.mode = 'ExclusiveLock' and l.pid <> pg_backend_pid() and a.usesysid is not null
    and a.datid = (select d.oid from pg_database d where d.datname = current_database())
    and (a.xact_start is null or a.xact_start < moment)
    -- Who counts records nothing that is counted (src/platform/database/advisory-locks.ts, `counting`).
    and not exists (
      select from pg_locks c
      where c.pid = l.pid and c.locktype = 'advisory' and c.granted and c.objsubid = 1 and c.classid = 0 and c.objid = 4866741)
$$;
grant execute on function as_at.unsettled(timestamptz) to homeward_task_statistics;
