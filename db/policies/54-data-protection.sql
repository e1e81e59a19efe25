-- The data protection lead's own tables, and the ways in which they see more than references: everything that is held about
-- somebody who has asked for it, who is asked to correct a record, and how those who looked at one stand to it.

-- Everything that the service holds about the young person of an open request for access, row by row with earlier versions,
-- by disposal.reach: what would be destroyed with them is what is held about them. Each call is in the audit. What an
-- allegation against staff says of them is answered by those who receive it, for it may be about a lead.
create or replace function need_to_know.subject_access(request uuid)
returns table (table_name text, is_earlier boolean, held jsonb)
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  asked service.rights_request;
  of_theirs uuid[];
  reached record;
  history text;
begin
  select r.* into asked from service.rights_request r
  where r.id = subject_access.request and r.kind = 'access' and r.stage = 'open' and r.person_id is not null
    and r.identity_checked_on is not null;
  if not found or (select me.role from identity.me() me) is distinct from 'data-protection-lead' then
    return;
  end if;
  if not exists (
    select from identity.me() me join identity.session s on s.id = me.session_id
    where s.proved_again_at > now() - interval '16 minutes')
  then
    raise exception 'sign in again first' using errcode = 'insufficient_privilege';
  end if;
  perform audit.look('subject-access', 'rights-request', asked.id, asked.person_id);
  of_theirs := array(select r.id from service.referral r where r.person_id = asked.person_id);
  for reached in
    select r.table_name, split_part(r.table_name, '.', 2) as name,
      string_agg(format('t.%I = any (%s)', r.column_name, case r.leads_to when 'person' then '$1' else '$2' end), ' or ') as theirs
    from disposal.reach r
    where r.table_name like 'service.%' and r.leads_to in ('person', 'referral') and r.then_row <> 'unlinked'
      and r.table_name not in ('service.redaction_mark', 'service.referral_draft', 'service.allegation_person')
    group by r.table_name
    order by r.table_name
  loop
    return query execute format('select %L, false, to_jsonb(t) from %s t where %s', reached.name, reached.table_name::regclass, reached.theirs)
      using array[asked.person_id], of_theirs;
    history := format('history.%I', reached.name);
    if to_regclass(history) is not null then
      return query execute format('select %L, true, to_jsonb(t) from %s t where %s', reached.name, history::regclass, reached.theirs)
        using array[asked.person_id], of_theirs;
    end if;
  end loop;
end
$$;

-- Who is asked to correct the record that an open request for correction is about, once it is known who asks: whoever works
-- with the young person, the managers of a provider where nobody does yet, and the coordinators who answer for them, for names,
-- dates of birth and addresses are theirs to correct. Nobody to whom the record is closed.
create or replace function need_to_know.who_corrects(request uuid)
returns table (account_id uuid, name text, organisation text)
language sql stable security definer set search_path = pg_catalog
as $$
  with asked as (
    select r.person_id, p.area from service.rights_request r join service.person p on p.id = r.person_id
    where r.id = who_corrects.request and r.kind = 'correction' and r.stage = 'open' and r.identity_checked_on is not null
      and (select identity.role()) = 'data-protection-lead'
  ), them as (
    select l.worker_id as account_id, asked.person_id
    from asked join service.allocation l on l.person_id = asked.person_id and l.ended_at is null and l.worker_id is not null
    union
    select g.account_id, asked.person_id
    from asked join service.allocation l on l.person_id = asked.person_id and l.ended_at is null and l.worker_id is null
    join identity.access_grant g on g.organisation_id = l.organisation_id and g.role = 'provider-manager'
      and g.approved_at is not null and g.ended_at is null
    union
    select w, asked.person_id from asked, need_to_know.who_answers_for(asked.area, 'coordinator') w
  )
  select a.id, a.name, coalesce((
    select o.name from identity.access_grant g join identity.organisation o on o.id = g.organisation_id
    where g.account_id = a.id and g.approved_at is not null and g.ended_at is null order by g.id limit 1), '')
  from them join identity.account a on a.id = them.account_id and a.disabled_at is null
  where not need_to_know.is_closed_to(a.id, them.person_id)
  order by a.name, a.id
$$;

-- Tells them that something waits on the record; says how many there are.
create or replace function need_to_know.ask_to_correct(request uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  told int := 0;
  asked uuid;
begin
  for asked in select w.account_id from need_to_know.who_corrects(request) w loop
    told := told + messages.tell(asked, 'something-waits',
      (select format('/people/%s', r.person_id) from service.rights_request r where r.id = request))::int;
  end loop;
  return told;
end
$$;

-- What is asked by right to be corrected in a record, for those who can: until it is answered, and with the lead to whom they
-- say what they did.
create or replace function need_to_know.corrections_asked(person uuid)
returns table (id uuid, what text, received_on date, due_on date, lead text, lead_email text)
language sql stable security definer set search_path = pg_catalog
as $$
  select r.id, r.what, r.received_on, r.due_on, a.name, a.email
  from service.rights_request r join identity.account a on a.id = r.recorded_by
  where r.person_id = corrections_asked.person and r.kind = 'correction' and r.stage = 'open' and r.identity_checked_on is not null
    and (select identity.role()) in ('caseworker', 'provider-manager', 'coordinator')
    and need_to_know.acts_on(corrections_asked.person)
  order by r.due_on, r.id
$$;

grant execute on function need_to_know.who_corrects(uuid), need_to_know.ask_to_correct(uuid) to homeward_steward;
grant execute on function need_to_know.corrections_asked(uuid) to homeward_relationship, homeward_provider, homeward_area;

-- Looks of some days that something about the record makes worth a question: by a colleague who shares a family name with the
-- young person, by somebody whose work with them has ended or never was, and in an emergency. Until responsibility passed to
-- another area, the area's own people had theirs. It names no young person.
create or replace function need_to_know.looks_to_explain(since timestamptz)
returns table (account_id uuid, role text, day date, person_id uuid, same_name boolean, unrelated boolean, opened boolean)
language sql stable security definer set search_path = pg_catalog
as $$
  with looked as (
    select e.actor_id, e.actor_role, e.person_id, (e.at at time zone 'Europe/London')::date as day,
      bool_and(e.action in ('view-likely-match', 'set-person-apart')) as as_match, min(e.at) as first_at, max(e.at) as last_at
    from audit.entry e
    where e.at >= since and (select identity.role()) = 'data-protection-lead' and e.outcome = 'done'
      and e.person_id is not null and e.actor_id is not null and e.actor_role not in ('referrer', 'data-protection-lead')
    group by 1, 2, 3, 4
  )
  select x.actor_id, x.actor_role, x.day, x.person_id, x.same_name, x.unrelated, x.opened
  from (
    select l.*,
      (regexp_split_to_array(lower(a.name), '[\s-]+'))[2:] && regexp_split_to_array(lower(p.family_name), '[\s-]+') as same_name,
      not l.as_match and not case l.actor_role
        when 'caseworker' then exists (
          select from identity.access_grant g join service.allocation w on w.team_id = g.team_id
          where g.account_id = l.actor_id and g.role = 'caseworker' and g.approved_at is not null and w.person_id = l.person_id
            and (w.ended_at is null or w.ended_at > l.last_at - interval '28 days'))
        when 'provider-manager' then exists (
          select from identity.access_grant g join service.allocation w on w.organisation_id = g.organisation_id
          where g.account_id = l.actor_id and g.role = 'provider-manager' and g.approved_at is not null and w.person_id = l.person_id)
        when 'gender-consultant' then exists (
          select from service.request q left join service.referral r on r.id = q.referral_id
          where q.kind = 'consultation' and l.person_id in (q.person_id, r.person_id))
        when 'coordinator' then exists (
          select from identity.access_grant g
          where g.account_id = l.actor_id and g.role = 'coordinator' and g.approved_at is not null
            and (g.areas @> array[p.area] or exists (
              select from service.borough_change c
              where c.person_id = p.id and c.from_area = any (g.areas) and (c.changed_at at time zone 'Europe/London')::date >= l.day)))
        when 'spoc' then exists (
          select from identity.access_grant g
          where g.account_id = l.actor_id and g.role = 'spoc' and g.approved_at is not null
            and (g.areas @> array[p.area] or exists (
              select from service.borough_change c
              where c.person_id = p.id and c.from_area = any (g.areas) and (c.changed_at at time zone 'Europe/London')::date >= l.day)))
        else true
      end as unrelated,
      exists (
        select from service.record_opening o
        where o.account_id = l.actor_id and o.person_id = l.person_id and o.opened_at <= l.last_at and o.until >= l.first_at) as opened
    from looked l
    join identity.account a on a.id = l.actor_id
    join service.person p on p.id = l.person_id
  ) x
  where x.same_name or x.unrelated or x.opened
  order by x.day desc, x.actor_id, x.person_id
  limit 2000
$$;

grant execute on function need_to_know.subject_access(uuid), need_to_know.looks_to_explain(timestamptz) to homeward_steward;

-- Rows and rights -----------------------------------------------------------------------------------------------

grant select, insert (person_id, kind, received_on, asked_by, from_whom, what, identity_checked_on, identity_how, acknowledged_on,
    due_on, extended_because),
  update (person_id, identity_checked_on, identity_how, acknowledged_on, due_on, extended_because, stage, outcome, decision, answered_on)
  on service.rights_request to homeward_steward;
grant select on service.rights_request, history.rights_request to homeward_area;
grant select on history.rights_request to homeward_steward;
create policy area on service.rights_request for select to homeward_area using ((select identity.role()) = 'operations-manager');
create policy area on history.rights_request for select to homeward_area using ((select identity.role()) = 'operations-manager');

grant select, insert (person_id, rights_request_id, since, why), update (lifted_on) on service.processing_restriction to homeward_steward;
grant select on history.processing_restriction to homeward_steward;
grant select on service.processing_restriction, history.processing_restriction to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.processing_restriction for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('person'))));
create policy provider on service.processing_restriction for select to homeward_provider
  using (exists (select from service.allocation a where a.person_id = processing_restriction.person_id));
create policy area on service.processing_restriction for select to homeward_area
  using (exists (select from service.person p where p.id = processing_restriction.person_id));
create policy relationship on history.processing_restriction for select to homeward_relationship
  using (exists (select from service.processing_restriction r where r.id = processing_restriction.id));
create policy provider on history.processing_restriction for select to homeward_provider
  using (exists (select from service.processing_restriction r where r.id = processing_restriction.id));
create policy area on history.processing_restriction for select to homeward_area
  using (exists (select from service.processing_restriction r where r.id = processing_restriction.id));

grant select, insert (rights_request_id, person_id, table_name, row_id, field, decided_on, passage, decision, reason), update (ended_at)
  on service.redaction_mark to homeward_steward;
grant select on history.redaction_mark to homeward_steward;

grant select, insert (discovered_at, what, people, risk, ico_told_at, ico_reference, ico_why, people_told_on, actions, closed_on),
  update (what, people, risk, ico_told_at, ico_reference, ico_why, people_told_on, actions, closed_on)
  on service.data_breach to homeward_steward;
grant select on history.data_breach to homeward_steward;
grant select on service.data_breach, history.data_breach to homeward_area;
create policy area on service.data_breach for select to homeward_area using ((select identity.role()) = 'operations-manager');
create policy area on history.data_breach for select to homeward_area using ((select identity.role()) = 'operations-manager');

-- Nobody finds that their own access is explained: another lead does.
create policy not_oneself on service.access_finding as restrictive for insert to homeward_steward
  with check (account_id <> (select identity.account_id()));
create policy not_oneself_update on service.access_finding as restrictive for update to homeward_steward
  using (account_id <> (select identity.account_id()));
grant select, insert (account_id, day, finding, note), update (finding, note) on service.access_finding to homeward_steward;
grant select on history.access_finding to homeward_steward;

do $$
declare
  listed text;
begin
  foreach listed in array array['rights_request', 'processing_restriction', 'redaction_mark', 'data_breach', 'access_finding'] loop
    execute format('create policy protectors on service.%I for select to homeward_steward
      using ((select identity.role()) = ''data-protection-lead'')', listed);
    execute format('create policy protectors_insert on service.%I for insert to homeward_steward
      with check ((select identity.role()) = ''data-protection-lead'')', listed);
    execute format('create policy protectors_update on service.%I for update to homeward_steward
      using ((select identity.role()) = ''data-protection-lead'') with check ((select identity.role()) = ''data-protection-lead'')', listed);
    execute format('create policy protectors on history.%I for select to homeward_steward
      using ((select identity.role()) = ''data-protection-lead'')', listed);
  end loop;
end
$$;
