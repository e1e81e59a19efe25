-- Disposal. Two people decide, the database makes sure that they are two, and one function does it.

-- Those who answer for how long records are kept. They are shown references and dates here, and no case.
create or replace function need_to_know.may_dispose() returns boolean
language sql stable security definer set search_path = pg_catalog
as $$ select coalesce((select me.role in ('data-protection-lead', 'operations-manager') from identity.me() me), false) $$;

-- Whether somebody still works on it: an allocation that has not ended, a referral that is not decided.
create or replace function disposal.is_open(subject_kind text, subject_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select case is_open.subject_kind
    when 'person' then
      exists (select from service.allocation a where a.person_id = is_open.subject_id and a.ended_at is null)
      or exists (select from service.imported_support b where b.person_id = is_open.subject_id and b.closed_on is null)
      or exists (select from service.referral r where r.person_id = is_open.subject_id and r.stage in ('received', 'accepted'))
    else
      exists (select from service.referral r
        where r.id = is_open.subject_id and (r.stage in ('received', 'accepted') or r.person_id is not null))
  end
$$;

-- What a reference names, to be disposed of or held as one: a referral that is linked to a person is part of theirs.
create or replace function disposal.find_subject(reference text)
returns table (subject_kind text, subject_id uuid, subject_reference text, is_open boolean)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  if not need_to_know.may_dispose() then
    return;
  end if;
  return query
    select found.kind, found.id, found.reference, disposal.is_open(found.kind, found.id)
    from (
      select 'person' as kind, p.id, p.reference from service.person p
      where p.reference = find_subject.reference
        or p.id = (select r.person_id from service.referral r where r.reference = find_subject.reference)
      union all
      select 'referral', r.id, r.reference from service.referral r
      where r.reference = find_subject.reference and r.person_id is null
    ) found;
end
$$;

-- How much a disposal would take away: numbers alone.
create or replace function disposal.extent_of(request uuid)
returns table (referrals int, allocations int, notes int)
language sql stable security definer set search_path = pg_catalog
as $$
  select
    (select count(*)::int from service.referral r where r.person_id = d.subject_id or r.id = d.subject_id),
    (select count(*)::int from service.allocation a where a.person_id = d.subject_id),
    (select count(*)::int from service.case_note n where n.person_id = d.subject_id)
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
      -- Support that the system before this one kept counts as ours does.
      cross join lateral (
        select count(*) > 0 as ever, coalesce(bool_or(x.closed_on is null), false) as open,
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

-- Keeps what can be counted of referrals and allocations, day by day as it was recorded.
create or replace function disposal.keep_counts(person uuid, referrals uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  insert into disposal.counted_referral (referral, received_on, kind, stage, area, agency_kind, gender, ethnicity, age_at_referral, decided_on,
    decision_reason, residence_ward, referring_area, has_team, education_status, education_setting, social_care_status, disabilities,
    gang_link, missing_linked, longest_missing_days, linked_force, linked_town, recorded_from, recorded_until)
  select drawn.referral, received_on, kind, stage, area, agency_kind, gender, ethnicity,
    extract(year from age(received_on::timestamp, date_of_birth::timestamp))::int, decided_on,
    decision_reason, residence_ward, referring_area, nullif(local_authority_team, '') is not null, education_status, education_setting,
    social_care_status, disabilities, gang_link, missing_linked, longest_missing_days, linked_force, linked_town, recorded_from, recorded_until
  from (
    select r.id, (r.received_at at time zone 'Europe/London')::date as received_on, r.kind, r.stage, r.area, r.agency_kind, r.gender, r.ethnicity,
      r.date_of_birth, (r.decided_at at time zone 'Europe/London')::date as decided_on, r.decision_reason, r.residence_ward,
      r.referring_area, r.local_authority_team, r.education_status, r.education_setting, r.social_care_status, r.disabilities, r.gang_link,
      r.missing_linked, r.longest_missing_days, r.linked_force, r.linked_town,
      (r.recorded_at at time zone 'Europe/London')::date as recorded_from, null::date as recorded_until
    from service.referral r where r.id = any (referrals)
    union all
    select h.id, (h.received_at at time zone 'Europe/London')::date, h.kind, h.stage, h.area, h.agency_kind, h.gender, h.ethnicity,
      h.date_of_birth, (h.decided_at at time zone 'Europe/London')::date, h.decision_reason, h.residence_ward,
      h.referring_area, h.local_authority_team, h.education_status, h.education_setting, h.social_care_status, h.disabilities, h.gang_link,
      h.missing_linked, h.longest_missing_days, h.linked_force, h.linked_town,
      (h.current_from at time zone 'Europe/London')::date, (h.current_to at time zone 'Europe/London')::date
    from history.referral h where h.id = any (referrals)
  ) as it_read
  join (select x.id, gen_random_uuid() as referral from unnest(referrals) as x (id)) as drawn using (id)
  where recorded_until is null or recorded_from < recorded_until;

  insert into disposal.counted_allocation (started_on, ended_on, area, organisation_id, gender, ethnicity, age_at_start, recorded_from,
    recorded_until)
  select a.started_on, a.ended_on, a.area, a.organisation_id, r.gender, r.ethnicity,
    extract(year from age(a.started_on, r.date_of_birth))::int, a.recorded_from, a.recorded_until
  from (
    select x.referral_id, (x.started_at at time zone 'Europe/London')::date as started_on,
      (x.ended_at at time zone 'Europe/London')::date as ended_on, x.area, x.organisation_id,
      (x.recorded_at at time zone 'Europe/London')::date as recorded_from, null::date as recorded_until
    from service.allocation x where x.person_id = person or x.referral_id = any (referrals)
    union all
    select h.referral_id, (h.started_at at time zone 'Europe/London')::date, (h.ended_at at time zone 'Europe/London')::date, h.area,
      h.organisation_id, (h.current_from at time zone 'Europe/London')::date, (h.current_to at time zone 'Europe/London')::date
    from history.allocation h where h.person_id = person or h.referral_id = any (referrals)
  ) a
  join service.referral r on r.id = a.referral_id
  where a.recorded_until is null or a.recorded_from < a.recorded_until;
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
    raise exception 'still open' using errcode = 'object_not_in_prerequisite_state';
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
  if exists (select from disposal.disposed d where d.subject_id = new.id) then
    raise exception '% was disposed of', new.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;
create or replace trigger refuse_disposed before insert on service.person for each row execute function disposal.refuse_disposed();
create or replace trigger refuse_disposed before insert on service.referral for each row execute function disposal.refuse_disposed();

-- Rows and rights -----------------------------------------------------------------------------------------------

grant usage on schema disposal to homeward_area, homeward_steward, homeward_task_disposal;
grant execute on function need_to_know.may_dispose(), disposal.find_subject(text), disposal.extent_of(uuid) to homeward_area, homeward_steward;
grant execute on function disposal.facts(text, uuid, int), disposal.carry_out(uuid), disposal.files_written_anew(timestamptz)
  to homeward_task_disposal;

grant select on disposal.retention, disposal.request, disposal.legal_hold to homeward_area, homeward_steward;
create policy deciders on disposal.retention for select to homeward_area, homeward_steward using ((select need_to_know.may_dispose()));
create policy deciders on disposal.request for select to homeward_area, homeward_steward using ((select need_to_know.may_dispose()));
create policy deciders on disposal.legal_hold for select to homeward_area, homeward_steward using ((select need_to_know.may_dispose()));

grant insert (subject_kind, subject_id, reference, ground, note, requested_by) on disposal.request to homeward_area, homeward_steward;
create policy propose on disposal.request for insert to homeward_area, homeward_steward
  with check ((select need_to_know.may_dispose()) and requested_by = (select identity.account_id())
    and exists (select from disposal.find_subject(reference) s where s.subject_id = request.subject_id
      and s.subject_kind = request.subject_kind and s.subject_reference = request.reference and not s.is_open));
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
