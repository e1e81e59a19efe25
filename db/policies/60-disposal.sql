-- Disposal. Two people decide, the database makes sure that they are two, and one function does it.

-- Those who answer for how long records are kept. They are shown references and dates here, and no case.
create or replace function need_to_know.may_dispose() returns boolean
language sql stable security definer set search_path = pg_catalog
as $$ select coalesce((select me.role in ('data-protection-lead', 'operations-manager') from identity.me() me), false) $$;

-- Why a record cannot go yet, as codes: somebody works on it, it says that they may be in danger, or something asked for or said
-- about them is not settled. An erasure that was asked for is what a disposal settles. Allegations, which are told to few, have no
-- code of their own.
create or replace function disposal.what_is_open(subject_kind text, subject_id uuid) returns text[]
language sql stable security definer set search_path = pg_catalog
as $$
  with theirs as (
    select r.id, r.stage, r.person_id from service.referral r where what_is_open.subject_id in (r.person_id, r.id)
  )
  select array_remove(array[
    case when exists (
        select from theirs t
        where t.stage in ('received', 'accepted') or (what_is_open.subject_kind = 'referral' and t.person_id is not null))
      or exists (select from service.allocation a where a.person_id = what_is_open.subject_id and a.ended_at is null)
      or exists (
        select from service.imported_support b
        where b.person_id = what_is_open.subject_id and b.closed_on is null and b.continued_in is null)
      then 'work' end,
    case when exists (select from service.concern c where c.person_id = what_is_open.subject_id and c.closed_at is null)
      then 'concern' end,
    case when exists (
        select from service.follow_up f
        where f.person_id = what_is_open.subject_id
          and (f.done_on is null or (f.safe = 'no' and not need_to_know.is_acted_on(f.id))))
      then 'follow-up' end,
    case when exists (
        select from service.request q
        where q.state = 'open' and (q.person_id = what_is_open.subject_id or q.referral_id in (select t.id from theirs t)))
      or exists (
        select from service.rights_request g
        where g.person_id = what_is_open.subject_id and g.stage = 'open' and g.kind <> 'erasure')
      or exists (
        select from service.allegation_person p join service.allegation n on n.id = p.allegation_id and n.closed_at is null
        where p.person_id = what_is_open.subject_id)
      or exists (
        select from service.processing_restriction x where x.person_id = what_is_open.subject_id and x.lifted_on is null)
      then 'unsettled' end
  ], null)
$$;

create or replace function disposal.is_open(subject_kind text, subject_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$ select disposal.what_is_open(is_open.subject_kind, is_open.subject_id) <> '{}' $$;

-- What a reference names, to be disposed of or held as one: a referral that is linked to a person is part of theirs. A restricted
-- record is none for whom it does not name: no reference leads to it.
drop function if exists disposal.find_subject(text);
create function disposal.find_subject(reference text)
returns table (subject_kind text, subject_id uuid, subject_reference text, open text[])
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  if not need_to_know.may_dispose() then
    return;
  end if;
  return query
    select found.kind, found.id, found.reference, disposal.what_is_open(found.kind, found.id)
    from (
      select 'person' as kind, p.id, p.reference from service.person p
      where (p.reference = find_subject.reference
          or p.id = (select r.person_id from service.referral r where r.reference = find_subject.reference))
        and not need_to_know.is_closed_to_me(p.id)
      union all
      select 'referral', r.id, r.reference from service.referral r
      where r.reference = find_subject.reference and r.person_id is null
    ) found;
end
$$;

-- Why what was proposed, and perhaps approved, cannot be carried out yet.
create or replace function disposal.waits_for(request uuid) returns text[]
language sql stable security definer set search_path = pg_catalog
as $$
  select disposal.what_is_open(d.subject_kind, d.subject_id)
  from disposal.request d
  where d.id = waits_for.request and d.carried_out_at is null and (select need_to_know.may_dispose())
$$;

-- How many entries of each table were recorded or changed since a disposal was proposed, which its proposer knew nothing of.
-- Nothing of allegations, which are told to few.
create or replace function disposal.recorded_since(request uuid) returns table (what text, times int)
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  d record;
  reached record;
begin
  select r.subject_id, r.requested_at into d from disposal.request r where r.id = request and need_to_know.may_dispose();
  if not found then
    return;
  end if;
  for reached in
    select r.table_name, r.column_name
    from disposal.reach r
    join pg_attribute a on a.attrelid = r.table_name::regclass and a.attname = 'recorded_at'
    where r.leads_to = 'person' and r.then_row = 'deleted' and r.table_name like 'service.%' and r.table_name <> 'service.allegation_person'
  loop
    execute format('select count(*)::int from %s where %I = $1 and recorded_at > $2', reached.table_name::regclass, reached.column_name)
      into times using d.subject_id, d.requested_at;
    what := split_part(reached.table_name, '.', 2);
    if times > 0 then
      return next;
    end if;
  end loop;
end
$$;

-- How much a disposal would take away, how old they are and when support ended: numbers and days alone.
drop function if exists disposal.extent_of(uuid);
create function disposal.extent_of(request uuid)
returns table (born date, support_ended_on date, referrals int, allocations int, notes int, contacts int, plans int, concerns int, files int)
language sql stable security definer set search_path = pg_catalog
as $$
  select
    (select coalesce(p.date_of_birth, r.date_of_birth)
      from (values (d.subject_id)) s(id) left join service.person p on p.id = s.id left join service.referral r on r.id = s.id),
    (select max((a.ended_at at time zone 'Europe/London')::date) from service.allocation a where a.person_id = d.subject_id),
    (select count(*)::int from service.referral r where r.person_id = d.subject_id or r.id = d.subject_id),
    (select count(*)::int from service.allocation a where a.person_id = d.subject_id),
    (select count(*)::int from service.case_note n where n.person_id = d.subject_id),
    (select count(*)::int from service.contact c where c.person_id = d.subject_id),
    (select count(*)::int from service.safety_plan x where x.person_id = d.subject_id)
      + (select count(*)::int from service.trigger_profile x where x.person_id = d.subject_id)
      + (select count(*)::int from service.needs_assessment x where x.person_id = d.subject_id)
      + (select count(*)::int from service.goal x where x.person_id = d.subject_id)
      + (select count(*)::int from service.transition_plan x where x.person_id = d.subject_id),
    (select count(*)::int from service.concern c where c.person_id = d.subject_id),
    (select count(*)::int from service.attachment f where f.person_id = d.subject_id or f.referral_id = d.subject_id)
  from disposal.request d
  where d.id = extent_of.request and (select need_to_know.may_dispose())
$$;

-- What the retention rule (src/disposal/retention.ts) asks of each record, a batch at a time in order of id.
create or replace function disposal.facts(subject_kind text, after uuid, at_most int)
returns table (subject_id uuid, reference text, record_type text, date_of_birth date, closed_at timestamptz, is_open boolean)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  if facts.subject_kind = 'person' then
    return query
      select p.id, p.reference, case when a.ever or b.ever then 'supported' else 'referred' end, p.date_of_birth,
        coalesce(greatest(a.ended_at, b.ended_at, r.decided_at), p.recorded_at), a.open or b.open or r.open
      from (select * from service.person q where q.id > after order by q.id limit at_most) p
      cross join lateral (
        select count(*) > 0 as ever, coalesce(bool_or(x.ended_at is null), false) as open, max(x.ended_at) as ended_at
        from service.allocation x where x.person_id = p.id) a
      -- Support that the system before this one kept counts as ours does, and once where it goes on here.
      cross join lateral (
        select count(*) > 0 as ever, coalesce(bool_or(x.closed_on is null and x.continued_in is null), false) as open,
          max(x.closed_on)::timestamp at time zone 'Europe/London' as ended_at
        from service.imported_support x where x.person_id = p.id) b
      cross join lateral (
        select coalesce(bool_or(x.stage in ('received', 'accepted')), false) as open,
          max(coalesce(x.decided_at, x.received_at)) as decided_at
        from service.referral x where x.person_id = p.id) r
      order by p.id;
  else
    return query
      select r.id, r.reference, 'referred', r.date_of_birth, coalesce(r.decided_at, r.received_at), r.stage in ('received', 'accepted')
      from service.referral r
      where r.person_id is null and r.id > after
      order by r.id limit at_most;
  end if;
end
$$;

-- Accounts that are a young person's own, or their family's: those of people who referred themselves, with no other
-- referral and no other role.
create or replace function disposal.accounts_of(referrals uuid[]) returns uuid[]
language sql stable security definer set search_path = pg_catalog
as $$
  select array(
    select distinct a.id
    from service.referral r join identity.account a on a.id = r.referrer_id
    where r.id = any (referrals) and r.agency_kind = 'self-or-family' and a.kind = 'referrer'
      and not exists (select from service.referral o where o.referrer_id = a.id and o.id <> all (referrals))
      and not exists (select from identity.access_grant g where g.account_id = a.id and g.role <> 'referrer'))
$$;

-- A moment that is nobody's own, in place of the one at which something of theirs was recorded: the beginning of its day, the
-- last import until then, or just after the last moment before it that figures were made as at, whichever is latest. So
-- figures as at any moment that was ever asked about stay the same, and those as at any other are right to the day. The audit,
-- which keeps ids and moments, has nothing at such a moment that leads to one of them.
create or replace function disposal.rounded(moment timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog
as $$
  select greatest(
    date_trunc('day', rounded.moment, 'Europe/London'),
    (select max(i.began_at) from service.import i where i.began_at <= rounded.moment),
    (select max(m.moment) + interval '1 microsecond' from disposal.figure_moment m where m.moment < rounded.moment))
$$;

-- The spans in which what is counted of them did not change: from one moment that is nobody's own to the next. All of a span is
-- as it was recorded at `as_recorded_at`.
create or replace function disposal.spans_of(person uuid, referrals uuid[])
returns table (as_recorded_at timestamptz, recorded_from timestamptz, recorded_until timestamptz)
language plpgsql stable set search_path = pg_catalog
as $$
declare
  changes timestamptz[] := '{}';
  of_table timestamptz[];
  reached record;
begin
  for reached in
    select split_part(r.table_name, '.', 2) as name, r.column_name,
      case r.leads_to when 'person' then array[person] when 'referral' then referrals end as ids
    from disposal.reach r
    -- What is counted is what those who count may read (63-statistics.sql).
    join pg_policies p on p.policyname = 'counting' and p.schemaname || '.' || p.tablename = r.table_name
    where r.then_row = 'deleted' and r.leads_to in ('person', 'referral') and r.table_name like 'service.%'
  loop
    execute format(
      'select array_agg(changed_at) from (
         select recorded_at as changed_at from service.%1$I where %2$I = any ($1)
         union select unnest(array[current_from, current_to]) from history.%1$I where %2$I = any ($1)) changed',
      reached.name, reached.column_name) into of_table using reached.ids;
    changes := changes || of_table;
  end loop;
  return query
    select max(c.changed_at), c.told_from, lead(c.told_from) over (order by c.told_from)
    from (select u.changed_at, disposal.rounded(u.changed_at) as told_from from (select distinct unnest(changes)) u (changed_at)) c
    group by c.told_from;
end
$$;

-- Keeps what can be counted of them: what `as_at` tells of them, in codes and days, for the spans in which it told so. Only what a
-- figure is made of is kept, and numbers that are drawn here take the place of ids.
create or replace function disposal.keep_counts(person uuid, referrals uuid[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  drawn constant uuid := gen_random_uuid();
  drawn_referrals constant uuid[] := array(select gen_random_uuid() from unnest(referrals));
  moments timestamptz[];
  begins timestamptz[];
  ends timestamptz[];
begin
  select array_agg(s.as_recorded_at), array_agg(s.recorded_from), array_agg(s.recorded_until) into moments, begins, ends
  from disposal.spans_of(person, referrals) s;

  insert into disposal.counted_referral (referral, young_person, received_on, kind, decision, area, agency_kind, gender, ethnicity,
    age_at_referral, decided_on, decision_reason, residence_ward, referring_area, has_team, education_status, education_setting,
    social_care_status, disabilities, gang_link, missing_linked, longest_missing_days, linked_force, linked_town, recorded_from,
    recorded_until)
  select drawn_referrals[array_position(referrals, k.referral_id)], case when k.person_id = person then drawn end, k.received_on, k.kind,
    k.decision, k.area, k.agency, k.gender, k.ethnicity, k.age, k.decided_on, k.decision_reason, k.residence_ward, k.referring_area,
    k.has_team, k.education_status, k.education_setting, k.social_care_status, k.disabilities, k.gang_link, k.missing_linked,
    k.longest_missing_days, k.linked_force, k.linked_town, lower(stood), upper(stood)
  from (
    select f.referral_id, f.person_id, f.received_on, f.kind, f.decision, f.area, f.agency, f.gender, f.ethnicity, f.age, f.decided_on,
      f.decision_reason, f.residence_ward, f.referring_area, f.has_team, f.education_status, f.education_setting, f.social_care_status,
      f.disabilities, f.gang_link, f.missing_linked, f.longest_missing_days, f.linked_force, f.linked_town,
      range_agg(tstzrange(s.recorded_from, s.recorded_until)) as spans
    from unnest(moments, begins, ends) s (as_recorded_at, recorded_from, recorded_until)
    cross join lateral as_at.referral_facts(s.as_recorded_at) f
    where f.referral_id = any (referrals)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24
  ) k cross join unnest(k.spans) as stood;

  insert into disposal.counted_support (referral, young_person, provider, allocated_on, first_engaged_on, closed_on, outcome_1, outcome_2,
    outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8, harm, county_lines_involvement, resilience, neet_at_start,
    neet_at_end, recorded_from, recorded_until)
  select drawn_referrals[array_position(referrals, k.referral_id)], case when k.person_id = person then drawn end, k.provider,
    k.allocated_on, k.first_engaged_on, k.closed_on, k.outcome_1, k.outcome_2, k.outcome_3, k.outcome_4, k.outcome_5, k.outcome_6,
    k.outcome_7, k.outcome_8, k.harm, k.county_lines_involvement, k.resilience, k.neet_at_start, k.neet_at_end, lower(stood), upper(stood)
  from (
    select f.episode_id, f.referral_id, f.person_id, f.provider, case when f.first_engaged_on is not null then f.allocated_on end as allocated_on,
      f.first_engaged_on, f.closed_on, f.outcome_1, f.outcome_2, f.outcome_3, f.outcome_4, f.outcome_5, f.outcome_6, f.outcome_7,
      f.outcome_8, f.harm, f.county_lines_involvement, f.resilience, f.neet_at_start, f.neet_at_end,
      range_agg(tstzrange(s.recorded_from, s.recorded_until)) as spans
    from unnest(moments, begins, ends) s (as_recorded_at, recorded_from, recorded_until)
    cross join lateral as_at.support_facts(s.as_recorded_at) f
    where f.person_id = person or f.referral_id = any (referrals)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
  ) k cross join unnest(k.spans) as stood;

  insert into disposal.counted_onward_referral (service, made_on, recorded_from, recorded_until)
  select k.service, k.made_on, lower(stood), upper(stood)
  from (
    select f.service, f.made_on, f.alike, range_agg(tstzrange(f.recorded_from, f.recorded_until)) as spans
    from (
      select s.recorded_from, s.recorded_until, o.service, o.made_on,
        row_number() over (partition by s.recorded_from, o.service, o.made_on) as alike
      from unnest(moments, begins, ends) s (as_recorded_at, recorded_from, recorded_until)
    cross join lateral as_at.onward_facts(s.as_recorded_at) o
      where o.person_id = person or o.referral_id = any (referrals)
    ) f
    group by 1, 2, 3
  ) k cross join unnest(k.spans) as stood;

  -- Events in the year before and in the year after, as readings/impact.ts counts them, and no others.
  insert into disposal.counted_event (young_person, kind, told_on, recorded_from, recorded_until)
  select drawn, k.kind, k.told_on, lower(stood), upper(stood)
  from (
    select f.kind, f.told_on, f.alike, range_agg(tstzrange(f.recorded_from, f.recorded_until)) as spans
    from (
      select s.recorded_from, s.recorded_until, e.kind, d.told_on,
        row_number() over (partition by s.recorded_from, e.kind, d.told_on) as alike
      from unnest(moments, begins, ends) s (as_recorded_at, recorded_from, recorded_until)
      cross join lateral (
        select case when bool_or(f.first_engaged_on is not null) then min(f.allocated_on) filter (where f.first_engaged_on is not null)
          else (
            select min(r.decided_on) from as_at.referral_facts(s.as_recorded_at) r
            where r.person_id = person and r.decision = 'accepted') end as day
        from as_at.support_facts(s.as_recorded_at) f where f.person_id = person
      ) followed
      cross join lateral as_at.event_facts(s.as_recorded_at) e
      cross join lateral (select case when e.occurred_on < followed.day then followed.day - 1 else followed.day end as told_on) d
      where e.person_id = person and e.occurred_on - followed.day >= -365 and e.occurred_on - followed.day < 365
    ) f
    group by 1, 2, 3
  ) k cross join unnest(k.spans) as stood;

  insert into disposal.counted_rescue (requested_on, police_force, outcome, completed_on, recorded_from, recorded_until)
  select k.requested_on, k.police_force, k.outcome, k.completed_on, lower(stood), upper(stood)
  from (
    select r.id, (r.requested_at at time zone 'Europe/London')::date as requested_on, r.police_force, r.outcome,
      (r.completed_at at time zone 'Europe/London')::date as completed_on, range_agg(tstzrange(s.recorded_from, s.recorded_until)) as spans
    from unnest(moments, begins, ends) s (as_recorded_at, recorded_from, recorded_until)
    cross join lateral as_at.rescue_request(s.as_recorded_at) r
    where r.person_id = person or r.referral_id = any (referrals)
    group by 1, 2, 3, 4, 5
  ) k cross join unnest(k.spans) as stood;

  insert into disposal.counted_nrm_referral (referred_on, first_responder, exploitation_type, reasonable_grounds, reasonable_grounds_on,
    conclusive_grounds, conclusive_grounds_on, decided_at_first_panel, recorded_from, recorded_until)
  select k.referred_on, k.first_responder, k.exploitation_type, k.reasonable_grounds, k.reasonable_grounds_on, k.conclusive_grounds,
    k.conclusive_grounds_on, k.decided_at_first_panel, lower(stood), upper(stood)
  from (
    select n.id, n.referred_on, n.first_responder, n.exploitation_type, n.reasonable_grounds, n.reasonable_grounds_on, n.conclusive_grounds,
      n.conclusive_grounds_on, n.decided_at_first_panel, range_agg(tstzrange(s.recorded_from, s.recorded_until)) as spans
    from unnest(moments, begins, ends) s (as_recorded_at, recorded_from, recorded_until)
    cross join lateral as_at.nrm_referral(s.as_recorded_at) n
    where n.person_id = person or n.referral_id = any (referrals)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
  ) k cross join unnest(k.spans) as stood;
end
$$;

-- Destroys the words of searches that are about them by their entry, hold their reference, or would have found them.
create or replace function disposal.forget_searches(person uuid, referrals uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  with known as (
    select p.name_key, p.reference from service.person p where p.id = person
    union select h.name_key, h.reference from history.person h where h.id = person
    union select r.name_key, r.reference from service.referral r where r.id = any (referrals)
    union select h.name_key, h.reference from history.referral h where h.id = any (referrals)
  )
  delete from audit.detail d
  where d.entry_id in (select e.id from audit.entry e where e.person_id = person)
    or exists (
      select from known k
      -- The likeness from which need_to_know.search_people finds somebody.
      where public.word_similarity(d.text, k.name_key) >= 0.6 or strpos(upper(d.text), k.reference) > 0)
$$;

-- Deletes everything that leads to them, and then its history, which deleting has just added to.
create or replace function disposal.erase(person uuid, referrals uuid[], accounts uuid[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  subjects constant text[] := array(
    select id::text from (
      select person union all select unnest(referrals)
      union all select a.id from service.allocation a where a.person_id = person or a.referral_id = any (referrals)
      union all select n.id from service.case_note n where n.person_id = person
      union all select q.id from service.request q where q.person_id = person or q.referral_id = any (referrals)
    ) of_theirs (id) where id is not null);
  reached record;
  history text;
begin
  perform disposal.keep_counts(person, referrals);
  perform disposal.forget_searches(person, referrals);
  delete from messages.message m
  where substring(m.path from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}') = any (subjects);
  delete from identity.kept_form k
  where substring(k.path from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}') = any (subjects);
  for reached in
    select in_history, r.table_name, r.column_name, r.then_row,
      case r.leads_to when 'person' then array[person] when 'referral' then referrals else accounts end as ids
    from disposal.reach r cross join (values (false), (true)) as pass (in_history)
    where r.then_row <> 'kept'
    order by in_history, r.step, r.table_name, r.column_name
  loop
    if reached.in_history then
      history := 'history.' || split_part(reached.table_name, '.', 2);
      continue when reached.table_name not like 'service.%' or to_regclass(history) is null;
      reached.table_name := history;
    end if;
    if reached.then_row = 'deleted' then
      execute format('delete from %s where %I = any ($1)', reached.table_name::regclass, reached.column_name) using reached.ids;
    else
      execute format('update %s set %2$I = null where %2$I = any ($1)', reached.table_name::regclass, reached.column_name) using reached.ids;
    end if;
  end loop;
end
$$;

-- Carries out what two people decided, or refuses. What it gives back is written down outside the database before
-- the transaction ends (src/disposal/disposal-log.ts).
-- One at a time for each subject, until the transaction ends.
create or replace function disposal.take_turns(subject uuid) returns void
language sql volatile security definer set search_path = pg_catalog
as $$ select pg_advisory_xact_lock(hashtextextended('disposal ' || subject, 0)) $$;

create or replace function disposal.carry_out(request uuid) returns disposal.disposed
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  r disposal.request;
  gone disposal.disposed;
begin
  select * into r from disposal.request d where d.id = carry_out.request for update;
  if r.approved_at is null or r.refused_at is not null or r.approved_by = r.requested_by then
    raise exception 'not approved by a second person' using errcode = 'insufficient_privilege';
  end if;
  if r.carried_out_at is not null then
    raise exception 'carried out already' using errcode = 'invalid_parameter_value';
  end if;
  perform disposal.take_turns(r.subject_id);
  if exists (select from disposal.legal_hold h where h.subject_id = r.subject_id and h.lifted_at is null) then
    raise exception 'under a legal hold' using errcode = 'object_not_in_prerequisite_state';
  end if;
  if disposal.is_open(r.subject_kind, r.subject_id) then
    raise exception 'still open: %', array_to_string(disposal.what_is_open(r.subject_kind, r.subject_id), ', ')
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  perform audit.task('disposed', r.subject_kind, r.subject_id, case r.subject_kind when 'person' then r.subject_id end,
    jsonb_build_object('request', r.id, 'ground', r.ground));
  gone.subject_id := r.subject_id;
  gone.subject_kind := r.subject_kind;
  gone.request_id := r.id;
  gone.reference_digest := sha256(convert_to(r.reference, 'UTF8'));
  gone.referral_ids := case r.subject_kind
    when 'person' then array(select f.id from service.referral f where f.person_id = r.subject_id) else array[r.subject_id] end;
  gone.account_ids := disposal.accounts_of(gone.referral_ids);
  gone.at := now();
  perform disposal.erase(case r.subject_kind when 'person' then r.subject_id end, gone.referral_ids, gone.account_ids);
  delete from disposal.retention t where t.subject_id = r.subject_id;
  -- What people wrote about it may name them.
  update disposal.legal_hold h set reference = '', reason = '' where h.subject_id = r.subject_id;
  update disposal.request d set reference = '', note = '' where d.subject_id = r.subject_id;
  update disposal.request d set carried_out_at = now() where d.id = r.id;
  insert into disposal.disposed select gone.*;
  return gone;
end
$$;

-- Disposes again of what an older backup has brought back. Never called by a request or a task: a restore, as owner.
create or replace function disposal.apply_again(subject uuid, kind text, request uuid, digest bytea, referrals uuid[], accounts uuid[],
  disposed_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  of_theirs uuid[];
begin
  if exists (select from disposal.disposed d where d.subject_id = subject) then
    return false;
  end if;
  perform audit.task('disposed-again', kind, subject, case kind when 'person' then subject end, jsonb_build_object('request', request));
  -- A referral that was linked to them in the backup, and no longer was when they were disposed of, is somebody else's.
  update service.referral r set person_id = null where r.person_id = subject and r.id <> all (referrals);
  of_theirs := disposal.accounts_of(referrals);
  perform disposal.erase(case kind when 'person' then subject end, referrals,
    array(select unnest(accounts) intersect select unnest(of_theirs)));
  delete from disposal.retention t where t.subject_id = subject;
  update disposal.legal_hold h set reference = '', reason = '' where h.subject_id = subject;
  update disposal.request d set reference = '', note = '' where d.subject_id = subject;
  update disposal.request d set carried_out_at = disposed_at where d.id = request and d.approved_at is not null;
  insert into disposal.disposed values (subject, kind, request, digest, referrals, accounts, disposed_at);
  return true;
end
$$;

-- Says that the files were written anew after what had been carried out by then.
create or replace function disposal.files_written_anew(carried_out_by timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  update disposal.request d set erased_at = now() where d.carried_out_at <= carried_out_by and d.erased_at is null
$$;

-- An id that was disposed of never comes back.
create or replace function disposal.refuse_disposed() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  if exists (select from added a join disposal.disposed d on d.subject_id = a.id) then
    raise exception '% was disposed of', (select min(a.id::text) from added a join disposal.disposed d on d.subject_id = a.id)
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
create or replace trigger refuse_disposed after insert on service.person referencing new table as added
  for each statement execute function disposal.refuse_disposed();
create or replace trigger refuse_disposed after insert on service.referral referencing new table as added
  for each statement execute function disposal.refuse_disposed();

-- Rows and rights -----------------------------------------------------------------------------------------------

grant usage on schema disposal to homeward_area, homeward_steward, homeward_task_disposal;
-- What is kept of them is what figures were made of; 63-statistics.sql reads it.
grant execute on function disposal.rounded(timestamptz), disposal.spans_of(uuid, uuid[]), as_at.rescue_request(timestamptz),
  as_at.nrm_referral(timestamptz) to homeward_gate;
grant execute on function need_to_know.may_dispose(), disposal.find_subject(text), disposal.extent_of(uuid),
  disposal.waits_for(uuid), disposal.recorded_since(uuid) to homeward_area, homeward_steward;
grant execute on function disposal.facts(text, uuid, int), disposal.carry_out(uuid), disposal.files_written_anew(timestamptz)
  to homeward_task_disposal;

grant select on disposal.retention, disposal.request, disposal.legal_hold to homeward_area, homeward_steward;
-- The data protection lead decides by references alone. For an operations manager a record that is closed to them is not there:
-- neither that it exists, nor when it closed.
do $$
declare
  listed text;
begin
  foreach listed in array array['retention', 'request', 'legal_hold'] loop
    execute format('create policy protectors on disposal.%I for select to homeward_steward using ((select need_to_know.may_dispose()))', listed);
    execute format('create policy deciders on disposal.%I for select to homeward_area
      using ((select need_to_know.may_dispose()) and subject_id <> all (array(select need_to_know.closed_to_me())))', listed);
  end loop;
end
$$;

grant insert (subject_kind, subject_id, reference, ground, note, requested_by) on disposal.request to homeward_area, homeward_steward;
create policy propose on disposal.request for insert to homeward_area, homeward_steward
  with check ((select need_to_know.may_dispose()) and requested_by = (select identity.account_id())
    and exists (select from disposal.find_subject(reference) s where s.subject_id = request.subject_id
      and s.subject_kind = request.subject_kind and s.subject_reference = request.reference and s.open = '{}'));
-- The second person: never the one who proposed it, for yes or for no.
grant update (approved_by, approved_at, refused_by, refused_at) on disposal.request to homeward_area, homeward_steward;
create policy decide on disposal.request for update to homeward_area, homeward_steward
  using ((select need_to_know.may_dispose()) and approved_at is null and refused_at is null
    and requested_by <> (select identity.account_id()))
  with check (coalesce(approved_by, refused_by) = (select identity.account_id()));

grant insert (subject_kind, subject_id, reference, reason, placed_by), update (lifted_by, lifted_at) on disposal.legal_hold
  to homeward_area, homeward_steward;
create policy place on disposal.legal_hold for insert to homeward_area, homeward_steward
  with check ((select need_to_know.may_dispose()) and placed_by = (select identity.account_id())
    and exists (select from disposal.find_subject(reference) s where s.subject_id = legal_hold.subject_id
      and s.subject_kind = legal_hold.subject_kind and s.subject_reference = legal_hold.reference));
create policy lift on disposal.legal_hold for update to homeward_area, homeward_steward
  using ((select need_to_know.may_dispose()) and lifted_at is null) with check (lifted_by = (select identity.account_id()));

grant select on reference.retention_period to homeward_task_disposal;
create policy disposal on reference.retention_period for select to homeward_task_disposal using (true);
grant select, insert, delete, update (reference, record_type, closed_on, keep_until) on disposal.retention to homeward_task_disposal;
create policy disposal on disposal.retention to homeward_task_disposal using (true) with check (true);
grant select (id, approved_at, carried_out_at, erased_at) on disposal.request to homeward_task_disposal;
create policy disposal on disposal.request for select to homeward_task_disposal using (approved_at is not null);
