-- The audit is written by functions alone, and read by those whose work it is.

-- The one place an entry is made. The bytes are made once and stored; columns are copies that `audit verify` compares.
create or replace function audit.write(action text, outcome text, subject_kind text, subject_id uuid, person_id uuid, detail jsonb)
returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  made uuid := homeward.new_id();
  moment timestamptz := clock_timestamp();
  me record;
  -- Only the background login may sign as a task.
  task text := case when session_user <> 'homeward_web' then nullif(current_setting('homeward.task', true), '') end;
begin
  select m.account_id, m.role, m.session_id into me from identity.me() m;
  insert into audit.entry (id, at, actor_id, actor_role, session_id, task, action, outcome, subject_kind, subject_id, person_id, body)
  values (made, moment, me.account_id, me.role, me.session_id, task, write.action, write.outcome, write.subject_kind, write.subject_id,
    write.person_id, convert_to(json_build_object(
      'id', made,
      'at', to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'actor', me.account_id, 'role', me.role, 'session', me.session_id, 'task', task,
      'action', write.action, 'outcome', write.outcome,
      'subjectKind', write.subject_kind, 'subject', write.subject_id, 'person', write.person_id,
      'detail', coalesce(detail, '{}'))::text, 'UTF8'));
  insert into audit.waiting (entry_id) values (made);
  return made;
end
$$;

-- Bound to the transaction, so that an action's id cannot be made up, nor another's be used again.
create or replace function audit.action_proof(action uuid) returns text
language sql stable security definer set search_path = pg_catalog
as $$ select identity.context_proof(concat_ws('|', 'action', action, pg_backend_pid(), extract(epoch from now()))) $$;

-- The entry of the command under way, which every row that it changes is stamped with. The web changes nothing
-- without one: SQL injected into a look leaves no change that the audit does not tell of.
create or replace function audit.current_action() returns uuid
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  parts text[] := string_to_array(nullif(current_setting('homeward.action', true), ''), '|');
begin
  if parts is null then
    if session_user = 'homeward_web' then
      raise exception 'a change needs a command' using errcode = 'insufficient_privilege';
    end if;
    return null;
  end if;
  if parts[2] is distinct from audit.action_proof(parts[1]::uuid) then
    raise exception 'forged action' using errcode = 'insufficient_privilege';
  end if;
  return parts[1]::uuid;
end
$$;

-- A command names itself first; every row it changes carries the entry's id (homeward.stamp).
create or replace function audit.command(action text, subject_kind text, subject_id uuid, person_id uuid, detail jsonb) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  made uuid := audit.write(command.action, 'done', command.subject_kind, command.subject_id, command.person_id, command.detail);
begin
  perform set_config('homeward.action', made || '|' || audit.action_proof(made), true);
  return made;
end
$$;

create or replace function audit.look(action text, subject_kind text, subject_id uuid, person_id uuid) returns void
language sql volatile security definer set search_path = pg_catalog
as $$ select audit.write(look.action, 'done', look.subject_kind, look.subject_id, look.person_id, '{}') $$;

-- A search: the words themselves stand apart, so that they can be destroyed without breaking the tree.
create or replace function audit.search(words text, found int) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  salt bytea := uuid_send(gen_random_uuid());
  made uuid;
begin
  made := audit.write('search', 'done', null, null, null,
    jsonb_build_object('found', found, 'words', encode(sha256(salt || convert_to(search.words, 'UTF8')), 'hex')));
  insert into audit.detail (entry_id, salt, text) values (made, salt, search.words);
end
$$;

-- A refusal, with what the address names: a try at a record is told by that record's looks, whether it is there for whoever
-- tried or not.
drop function if exists audit.refused(text, text);
create or replace function audit.refused(action text, page text, subject_kind text, subject_id uuid) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  select audit.write(refused.action, 'refused', left(refused.subject_kind, 40), refused.subject_id,
    case refused.subject_kind
      when 'person' then refused.subject_id
      when 'referral' then (select r.person_id from service.referral r where r.id = refused.subject_id)
      when 'note' then (select n.person_id from service.case_note n where n.id = refused.subject_id)
      when 'contact' then (select c.person_id from service.contact c where c.id = refused.subject_id)
      when 'allocation' then (select l.person_id from service.allocation l where l.id = refused.subject_id)
      when 'request' then (
        select coalesce(q.person_id, r.person_id)
        from service.request q left join service.referral r on r.id = q.referral_id where q.id = refused.subject_id)
    end, jsonb_build_object('page', left(page, 200)))
$$;

-- What a background task did, under its own name and nobody's session.
create or replace function audit.task(action text, subject_kind text, subject_id uuid, person_id uuid, detail jsonb) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform set_config('homeward.context', '', true);
  return audit.command(task.action, task.subject_kind, task.subject_id, task.person_id, task.detail);
end
$$;

-- Who has looked at a person, or tried to, in words for those who answer for the record: the latest, or those before one of
-- them, so that however many tries leave none untold. A policy cannot say this: the looks of people whose names the reader may
-- know, for a person the reader answers for: not of a referrer who tried, whom the access log names.
drop function if exists audit.looks_at(uuid);
create or replace function audit.looks_at(person uuid, before uuid default null)
returns table (id uuid, at timestamptz, actor_id uuid, actor_name text, actor_role text, action text, refused boolean)
language sql stable security definer set search_path = pg_catalog
as $$
  select e.id, e.at, e.actor_id, case when e.actor_role = 'referrer' and e.outcome = 'refused' then 'Somebody' else a.name end,
    e.actor_role, e.action, e.outcome = 'refused'
  from audit.entry e left join identity.account a on a.id = e.actor_id
  where e.person_id = person and (select need_to_know.may_see_looks(person))
    and (before is null or (e.at, e.id) < (select b.at, b.id from audit.entry b where b.id = before and b.person_id = person))
  order by e.at desc, e.id desc limit 500
$$;

grant usage on schema audit to homeward_visitor, homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward,
  homeward_task_sealing, homeward_task_messages, homeward_task_disposal, homeward_task_housekeeping;
grant execute on function audit.command(text, text, uuid, uuid, jsonb), audit.look(text, text, uuid, uuid),
  audit.refused(text, text, text, uuid)
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant execute on function audit.refused(text, text, text, uuid) to homeward_visitor;
grant execute on function audit.current_action() to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward,
  homeward_task_disposal, homeward_task_housekeeping;
grant execute on function audit.search(text, int) to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant execute on function audit.task(text, text, uuid, uuid, jsonb)
  to homeward_task_sealing, homeward_task_messages, homeward_task_disposal, homeward_task_housekeeping;
grant execute on function audit.looks_at(uuid, uuid) to homeward_provider, homeward_area, homeward_steward;

grant select on audit.entry to homeward_steward;
create policy protectors on audit.entry for select to homeward_steward using ((select identity.role()) = 'data-protection-lead');
grant select on audit.detail to homeward_steward;
create policy protectors on audit.detail for select to homeward_steward using ((select identity.role()) = 'data-protection-lead');
grant select on audit.checkpoint, audit.leaf to homeward_steward;
create policy protectors on audit.checkpoint for select to homeward_steward using ((select identity.role()) = 'data-protection-lead');
create policy protectors on audit.leaf for select to homeward_steward using ((select identity.role()) = 'data-protection-lead');

-- Sealing sees every entry and can change none; it only adds, but to the list of what waits.
grant select on audit.entry to homeward_task_sealing;
create policy sealing on audit.entry for select to homeward_task_sealing using (true);
grant select, delete on audit.waiting to homeward_task_sealing;
create policy sealing on audit.waiting to homeward_task_sealing using (true);
grant select, insert on audit.leaf, audit.signing_key, audit.checkpoint, audit.checkpoint_delivery to homeward_task_sealing;
create policy sealing on audit.leaf to homeward_task_sealing using (true) with check (true);
create policy sealing on audit.signing_key to homeward_task_sealing using (true) with check (true);
create policy sealing on audit.checkpoint to homeward_task_sealing using (true) with check (true);
create policy sealing on audit.checkpoint_delivery to homeward_task_sealing using (true) with check (true);
