-- What nobody would notice by themselves: work that is late, and a worker who has not said that they are back. Each message
-- says that something waits and where; what and how much, the page says to whoever signs in.

-- Tells everybody who has late work, once a day: caseworkers of concerns nobody has answered about those they work
-- with or that they raised, they and who stands in for them of plans, risks and summaries of their cases; managers of those of their provider, of concerns nobody has answered and of follow-ups; coordinators, or where
-- an area has none those who run the service, of decisions and concerns. Nobody is told of a restricted record that does not
-- name them. Says how many were told; those who were told this day already are not told again.
-- A plan, risk or summary that there is none of is late where the provider was given the young person by plan_begun, risk_begun
-- or summary_begun.
drop function if exists messages.remind_of_what_is_late(date);
create or replace function messages.remind_of_what_is_late(day date, plan_begun date, risk_begun date, summary_begun date) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  late record;
  told int := 0;
begin
  -- One at a time, so that two workers tell nobody twice.
  perform pg_advisory_xact_lock(hashtext('messages.remind_of_what_is_late'));
  for late in
    with working as (
      select l.person_id, l.organisation_id, l.worker_id, (l.started_at at time zone 'Europe/London')::date as began_on
      from service.allocation l
      where l.ended_at is null
        and not exists (select from service.person dead where dead.id = l.person_id and dead.died_on is not null)
    ), late_review as (
      select w.person_id, w.organisation_id, w.worker_id from working w
      where coalesce((select s.review_due_on < day from service.safety_plan s
          where s.person_id = w.person_id and s.organisation_id = w.organisation_id), w.began_on <= plan_begun)
        or exists (select from service.trigger_profile s
          where s.person_id = w.person_id and s.organisation_id = w.organisation_id and s.review_due_on < day)
        or coalesce((select s.refresh_by < day from service.case_summary s
          where s.person_id = w.person_id and s.organisation_id = w.organisation_id), w.began_on <= summary_begun)
        or (select s.review_due_on from service.needs_assessment s
          where s.person_id = w.person_id and s.organisation_id = w.organisation_id order by s.assessed_on desc, s.id desc limit 1) < day
        or coalesce((select s.review_on < day from service.risk_assessment s
          where s.person_id = w.person_id order by s.assessed_at desc, s.id desc limit 1), w.began_on <= risk_begun)
        or exists (select from service.goal g
          where g.person_id = w.person_id and g.organisation_id = w.organisation_id and g.status in ('not-started', 'going')
            and (g.review_due_on < day or exists (select from service.goal_step s
              where s.goal_id = g.id and s.status in ('not-started', 'going') and s.due_on < day)))
    ), late_concern as (
      select c.person_id, c.organisation_id, c.area, c.raised_by from service.concern c
      where c.closed_at is null and exists (select from service.concern_told t
        where t.concern_id = c.id and t.due_on < day and t.answered_at is null)
    ), late_follow_up as (
      select f.person_id, f.organisation_id from service.follow_up f
      where f.done_on is null and f.due_on < day
        and not exists (select from service.person dead where dead.id = f.person_id and dead.died_on is not null)
    ), of_area as (
      select c.person_id, c.area from late_concern c
      union
      select r.person_id, r.area from service.referral r where r.stage = 'received' and r.decision_due_on < day
    ), standing as (
      select g.account_id, g.role, g.organisation_id, g.areas
      from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
      where g.approved_at is not null and g.ended_at is null
        and g.role in ('caseworker', 'provider-manager', 'coordinator', 'operations-manager')
    ), whose as (
      -- Whoever works with them, or raised it and works where they are supported.
      select s.account_id, c.person_id, 0 as place, '/my-day' as path
      from late_concern c join working w on w.person_id = c.person_id
      join standing s on s.role = 'caseworker'
        and (s.account_id = w.worker_id or (s.account_id = c.raised_by and s.organisation_id = w.organisation_id))
      union all
      select s.account_id, r.person_id, 1, '/overdue'
      from late_review r join standing s on s.account_id = r.worker_id and s.role = 'caseworker'
      union all
      select s.account_id, r.person_id, 1, '/overdue'
      from late_review r
      join service.cover c on c.worker_id = r.worker_id and c.organisation_id = r.organisation_id and c.ended_at is null
        and day between c.starts_on and c.ends_on
      join standing s on s.account_id = c.covered_by and s.role = 'caseworker'
      union all
      select s.account_id, r.person_id, 1, '/overdue'
      from late_review r join standing s on s.organisation_id = r.organisation_id and s.role = 'provider-manager'
      union all
      select s.account_id, r.person_id, 2, '/home'
      from (
        select c.person_id, c.organisation_id from late_concern c
        union all
        select f.person_id, f.organisation_id from late_follow_up f) r
      join standing s on s.organisation_id = r.organisation_id and s.role = 'provider-manager'
      union all
      select s.account_id, r.person_id, 2, '/home'
      from of_area r join standing s on s.role = 'coordinator' and s.areas @> array[r.area]
      union all
      select s.account_id, r.person_id, 2, '/home'
      from of_area r join standing s on s.role = 'operations-manager'
      where not exists (select from standing c where c.role = 'coordinator' and c.areas @> array[r.area])
    )
    select w.account_id, (array_agg(w.path order by w.place))[1] as path
    from whose w
    where not exists (
        select from service.restriction x
        where x.person_id = w.person_id and x.lifted_at is null and not exists (
          select from service.restriction_reader n
          where n.restriction_id = x.id and n.account_id = w.account_id and n.ended_at is null))
      and not exists (
        select from messages.message m
        where m.account_id = w.account_id and m.template = 'late'
          -- Neither on this day nor, however late the last were, half a day ago.
          and (m.created_at > now() - interval '12 hours'
            or (m.created_at at time zone 'Europe/London')::date = (now() at time zone 'Europe/London')::date))
    group by w.account_id
  loop
    perform messages.queue(late.account_id, 'late', late.path);
    told := told + 1;
  end loop;
  if told > 0 then
    perform audit.task('remind-of-what-is-late', null, null, null, jsonb_build_object('told', told));
  end if;
  return told;
end
$$;

-- Tells the managers of a worker who should be back by an instant and has not said so; where the provider has none, those who
-- run the service. Once for each time they said they would be back: who stays longer and is late again is told of again.
create or replace function messages.alarm_of_missed_check_ins(now_is timestamptz) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  missed record;
  told int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('messages.alarm_of_missed_check_ins'));
  for missed in
    with managing as (
      select g.account_id, g.role, g.organisation_id
      from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
      where g.approved_at is not null and g.ended_at is null and g.role in ('provider-manager', 'operations-manager')
    )
    select c.recorded_at, m.account_id, case m.role when 'provider-manager' then '/check-ins/' || c.id else '/check-ins' end as path
    from service.check_in c
    join managing m on (m.role = 'provider-manager' and m.organisation_id = c.organisation_id)
      or (m.role = 'operations-manager' and not exists (
        select from managing o where o.role = 'provider-manager' and o.organisation_id = c.organisation_id and o.account_id <> c.worker_id))
    where c.checked_in_at is null and c.expected_back_at < now_is and m.account_id <> c.worker_id
  loop
    -- Told since they last said by when they would be back.
    continue when exists (
      select from messages.message x
      where x.account_id = missed.account_id and x.template = 'check-in-missed' and x.path = missed.path and x.created_at >= missed.recorded_at);
    perform messages.queue(missed.account_id, 'check-in-missed', missed.path);
    told := told + 1;
  end loop;
  if told > 0 then
    perform audit.task('alarm-of-missed-check-ins', null, null, null, jsonb_build_object('told', told));
  end if;
  return told;
end
$$;
grant execute on function messages.remind_of_what_is_late(date, date, date, date), messages.alarm_of_missed_check_ins(timestamptz)
  to homeward_task_housekeeping;
grant select on reference.threshold to homeward_task_housekeeping;
create policy housekeeping on reference.threshold for select to homeward_task_housekeeping using (true);

-- Whoever runs the service reads who is out, for the provider whose managers are away.
grant select on service.check_in, history.check_in to homeward_area;
create policy area on service.check_in for select to homeward_area
  using ((select identity.role()) = 'operations-manager');
create policy area on history.check_in for select to homeward_area
  using ((select identity.role()) = 'operations-manager');
