-- Messages are queued in the transaction of what they tell of, and say only that something waits and where.

-- Runs as homeward_jobs, who owns graphile-worker's tables: they refuse every other role. A key makes one job of what
-- one transaction adds under it, and no more: a key shared by transactions would make each wait for the one before.
create or replace function jobs.add(task text, payload json, key text default null, run_at timestamptz default null, max_attempts int default 25)
returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform graphile_worker.add_job(task, payload, job_key => key || ' ' || pg_current_xact_id(), run_at => add.run_at, max_attempts => add.max_attempts);
end
$$;

-- Whom a path of the service that staff have is about: who is named in it, or whom the referral, the note or the request it
-- names is about. Null for a path of nobody.
create or replace function messages.whom_about(path text) returns uuid
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  named text[] := regexp_match(path,
    '^/(people|notes|referrals|borough/referrals|requests|checks|consultations|borough/requests)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)');
begin
  return case
    when named is null then null
    when named[1] = 'people' then named[2]::uuid
    when named[1] = 'notes' then (select n.person_id from service.case_note n where n.id = named[2]::uuid)
    when named[1] like '%referrals' then (select r.person_id from service.referral r where r.id = named[2]::uuid)
    else (
      select coalesce(q.person_id, r.person_id)
      from service.request q left join service.referral r on r.id = q.referral_id where q.id = named[2]::uuid)
  end;
end
$$;

-- Whether a record is restricted and does not name an account: need_to_know.closed_to_me() for somebody else, who has it in
-- whichever of their roles.
create or replace function need_to_know.is_closed_to(account uuid, person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select from service.restriction r
    where r.person_id = is_closed_to.person and r.lifted_at is null and not exists (
      select from service.restriction_reader n
      where n.restriction_id = r.id and n.account_id = is_closed_to.account and n.ended_at is null)
      and not (need_to_know.is_left_alone(r.id) and exists (
        select from identity.access_grant g
        where g.account_id = is_closed_to.account and g.role = 'operations-manager' and g.approved_at is not null and g.ended_at is null)))
$$;

-- Tells one account that something waits at a path of the service; says whether it does. A restricted record does not exist
-- for those whom it does not name, and so nothing waits there for them.
drop function if exists messages.queue(uuid, text, text);
create function messages.queue(account uuid, template text, path text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  if path !~ '^/[a-z0-9/-]*$' then
    raise exception 'a message carries a path of the service and nothing else' using errcode = 'invalid_parameter_value';
  end if;
  -- Nobody is reminded of a young person who has died; what puts others in danger is still told.
  if template <> 'concern-raised' and exists (
    select from service.person p
    where p.id = substring(path from '^/people/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})')::uuid and p.died_on is not null)
  then
    return false;
  end if;
  if exists (select from service.restriction r where r.lifted_at is null)
    and need_to_know.is_closed_to(account, messages.whom_about(path))
  then
    return false;
  end if;
  insert into messages.message (account_id, template, path) values (account, queue.template, queue.path);
  -- One job delivers all that a transaction queues; undone with what it was added by, where that is undone.
  if coalesce(current_setting('homeward.delivery_added', true), '') = '' then
    perform set_config('homeward.delivery_added', 'yes', true);
    perform jobs.add('deliver-messages', '{}', 'deliver-messages');
  end if;
  return true;
end
$$;

-- The same, at the word of whoever asks: a colleague is told, or who sent a referral that is theirs to read. Anybody else is
-- refused as an account that does not exist is, so that nobody learns which there are. What is about signing in is told by
-- the functions that change it. More than a thousand an hour is no day's work of anybody.
drop function if exists messages.tell(uuid, text, text);
create function messages.tell(account uuid, template text, path text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  if template in ('referrer-sign-in', 'invitation', 'reset', 'credentials-changed') then
    raise exception 'a message about signing in is sent by what changes it' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from identity.account a where a.id = account and (a.kind = 'staff' or a.id = identity.account_id()))
    and not exists (
      select from service.referral r
      where r.referrer_id = account
        and (r.area = any (array(select need_to_know.areas('referral'))) or r.person_id = any (array(select need_to_know.people('referral')))))
  then
    raise exception 'there is nobody of this id whom you may tell' using errcode = 'insufficient_privilege';
  end if;
  if not identity.attempt('messages ' || coalesce(identity.account_id()::text, 'of nobody'), 1000, 3600) then
    raise exception 'too many messages in an hour' using errcode = 'program_limit_exceeded';
  end if;
  return messages.queue(account, template, path);
end
$$;

-- Tells the borough contacts or coordinators of an area; says how many were, so that an area without one is noticed.
create or replace function messages.tell_those_who_answer_for(area text, role text, template text, path text) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  told int := 0;
  account uuid;
begin
  for account in select * from need_to_know.who_answers_for(area, role) loop
    told := told + messages.tell(account, template, path)::int;
  end loop;
  return told;
end
$$;

grant usage on schema jobs to homeward_gate, homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward,
  homeward_task_sealing, homeward_task_messages, homeward_task_disposal, homeward_task_housekeeping;
grant execute on function jobs.add(text, json, text, timestamptz, int) to homeward_gate, homeward_task_messages;
revoke execute on function jobs.add(text, json, text, timestamptz, int) from public;

grant usage on schema messages to homeward_visitor, homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward, homeward_task_messages;
grant execute on function messages.tell(uuid, text, text), messages.tell_those_who_answer_for(text, text, text, text)
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;

grant select, update (state, attempts, next_attempt_at, provider, provider_reference, last_error, sent_at, secret_sealed)
  on messages.message to homeward_task_messages;
create policy delivery on messages.message to homeward_task_messages using (true) with check (true);
grant select (id, email, disabled_at) on identity.account to homeward_task_messages;
create policy delivery on identity.account for select to homeward_task_messages using (true);

-- A link that could never be used again is not kept, sealed or not.
grant usage on schema messages to homeward_task_housekeeping;
grant select (created_at, secret_sealed), update (secret_sealed) on messages.message to homeward_task_housekeeping;
create policy housekeeping on messages.message to homeward_task_housekeeping
  using (created_at < now() - interval '7 days') with check (secret_sealed is null);

-- What could not be delivered is seen by those who can mend it, the latest first: what was given up, and what has waited
-- for ten minutes. Of somebody who refers, and may be the young person, an operations manager learns enough of the
-- address to see what is wrong with it and no name; `after` is the message to begin below.
create or replace function messages.undelivered(after uuid, most int)
returns table (id uuid, name text, masked_email text, template text, created_at timestamptz, attempts int, next_attempt_at timestamptz, last_error text)
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  asks text := coalesce(identity.role(), 'nobody');
begin
  if asks not in ('operations-manager', 'administrator') then
    raise exception 'only an operations manager or administrator' using errcode = 'insufficient_privilege';
  end if;
  return query
    select m.id, case when asks = 'administrator' or a.kind = 'staff' then a.name end,
      left(a.email, 1) || '…' || substring(a.email from '@.*$'),
      m.template, m.created_at, m.attempts, case when m.state = 'queued' then m.next_attempt_at end, m.last_error
    from messages.message m join identity.account a on a.id = m.account_id
    where m.state in ('queued', 'failed') and (m.state = 'failed' or m.created_at < now() - interval '10 minutes')
      and (after is null or (m.created_at, m.id) < (select b.created_at, b.id from messages.message b where b.id = after))
    order by m.created_at desc, m.id desc limit most;
end
$$;
grant execute on function messages.undelivered(uuid, int) to homeward_area, homeward_steward;

-- Puts a message that was not delivered back in the queue, from the beginning.
create or replace function messages.try_again(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  if coalesce(identity.role(), 'nobody') not in ('operations-manager', 'administrator') then
    raise exception 'only an operations manager or administrator' using errcode = 'insufficient_privilege';
  end if;
  update messages.message m set state = 'queued', attempts = 0, next_attempt_at = now()
  where m.id = wanted and m.state in ('queued', 'failed');
  if not found then
    return false;
  end if;
  perform audit.command('message-tried-again', 'message', wanted, null, '{}');
  perform jobs.add('deliver-messages', '{}', 'deliver-messages');
  return true;
end
$$;
grant execute on function messages.try_again(uuid) to homeward_area, homeward_steward;

-- The outbox of a development machine; in production nothing calls it and no row is ever marked for it.
create or replace function messages.outbox(proof bytea)
returns table (id uuid, email text, template text, path text, secret_sealed bytea, created_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'outbox');
  return query
    select m.id, a.email, m.template, m.path, m.secret_sealed, m.created_at
    from messages.message m join identity.account a on a.id = m.account_id
    where m.provider = 'outbox' order by m.created_at desc limit 100;
end
$$;
grant execute on function messages.outbox(bytea) to homeward_visitor;
