-- Who asks. A transaction proves its session once; everything else reads the context that proof left behind.

-- Proof that the application itself calls: a keyed hash over the arguments, with a key that no request role can
-- read. SQL injected into a statement cannot make one for arguments of its own.
create or replace function identity.check_application(proof bytea, variadic arguments text[]) returns void
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  secret bytea;
  message bytea := convert_to(array_to_string(arguments, E'\x1f', ''), 'UTF8');
begin
  select k.key into secret from identity.secret_key k where k.name = 'application';
  if secret is null or proof is distinct from sha256(secret || sha256(secret || message)) then
    raise exception 'not proved to come from the application' using errcode = 'insufficient_privilege';
  end if;
end
$$;

create or replace function identity.context_proof(body text) returns text
language sql stable security definer set search_path = pg_catalog
as $$
  select encode(sha256(k.key || sha256(k.key || convert_to(body, 'UTF8'))), 'hex')
  from identity.secret_key k where k.name = 'context'
$$;

-- Begins a request: proves the session and returns what the transaction may be. Changes no row, so that it can
-- run on a replica; identity.touch_session does the writing.
create or replace function identity.begin(token text)
returns table (account_id uuid, account_name text, session_id uuid, grant_id uuid, role text, organisation_id uuid, team_id uuid,
  areas text[], proved_again_at timestamptz, last_seen_at timestamptz, database_role text)
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  body text;
begin
  select s.account_id, a.name, s.id, g.id, g.role, g.organisation_id, g.team_id, g.areas, s.proved_again_at, s.last_seen_at,
    case g.role
      when 'referrer' then 'homeward_referrer'
      when 'caseworker' then 'homeward_relationship'
      when 'provider-manager' then 'homeward_provider'
      when 'spoc' then 'homeward_area'
      when 'coordinator' then 'homeward_area'
      when 'operations-manager' then 'homeward_area'
      when 'data-protection-lead' then 'homeward_steward'
      when 'administrator' then 'homeward_steward'
    end
  into account_id, account_name, session_id, grant_id, role, organisation_id, team_id, areas, proved_again_at, last_seen_at, database_role
  from identity.session s
  join identity.account a on a.id = s.account_id and a.disabled_at is null
  join identity.access_grant g on g.id = s.grant_id and g.approved_at is not null and g.ended_at is null
  where s.token_hash = sha256(convert_to(token, 'UTF8'))
    and s.ended_at is null
    and now() < s.absolute_until
    and now() < s.last_seen_at + make_interval(mins => s.idle_minutes);
  if session_id is null then
    return;
  end if;
  body := concat_ws('|', session_id, account_id, grant_id, pg_backend_pid(), extract(epoch from now()));
  perform set_config('homeward.context', body || '|' || identity.context_proof(body), true);
  return next;
end
$$;

-- What the proof left behind; nothing when there is no context, an error when it was tampered with or is another
-- transaction's.
create or replace function identity.me()
returns table (session_id uuid, account_id uuid, grant_id uuid, role text, organisation_id uuid, team_id uuid, areas text[])
language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  context text := nullif(current_setting('homeward.context', true), '');
  parts text[];
begin
  if context is null then
    return;
  end if;
  parts := string_to_array(context, '|');
  if array_length(parts, 1) is distinct from 6
    or parts[6] is distinct from identity.context_proof(array_to_string(parts[1:5], '|'))
    or parts[4] is distinct from pg_backend_pid()::text
    or parts[5] is distinct from extract(epoch from now())::text
  then
    raise exception 'forged context' using errcode = 'insufficient_privilege';
  end if;
  return query
    select parts[1]::uuid, parts[2]::uuid, g.id, g.role, g.organisation_id, g.team_id, g.areas
    from identity.access_grant g where g.id = parts[3]::uuid;
end
$$;

create or replace function identity.account_id() returns uuid
language sql stable security definer set search_path = pg_catalog
as $$ select me.account_id from identity.me() me $$;

create or replace function identity.role() returns text
language sql stable security definer set search_path = pg_catalog
as $$ select me.role from identity.me() me $$;

create or replace function identity.session_id() returns uuid
language sql stable security definer set search_path = pg_catalog
as $$ select me.session_id from identity.me() me $$;

create or replace function identity.team_id() returns uuid
language sql stable security definer set search_path = pg_catalog
as $$ select me.team_id from identity.me() me $$;

create or replace function identity.organisation_id() returns uuid
language sql stable security definer set search_path = pg_catalog
as $$ select me.organisation_id from identity.me() me $$;

-- Somebody who works with the service, rather than one who only refers to it.
create or replace function identity.is_staff() returns boolean
language sql stable security definer set search_path = pg_catalog
as $$ select coalesce((select me.role <> 'referrer' from identity.me() me), false) $$;

create or replace function identity.touch_session() returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  update identity.session s set last_seen_at = now()
  from identity.me() me
  where s.id = me.session_id and s.last_seen_at < now() - interval '30 seconds'
$$;

-- Signing in --------------------------------------------------------------------------------------------------

create or replace function identity.sign_in_material(email text, proof bytea)
returns table (account_id uuid, name text, kind text, password_sealed bytea, totp_sealed bytea, totp_confirmed boolean,
  totp_last_step bigint, locked_until timestamptz)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'sign-in-material', email);
  return query
    select a.id, a.name, a.kind, a.password_sealed, a.totp_sealed, a.totp_confirmed_at is not null, a.totp_last_step, a.locked_until
    from identity.account a
    where lower(a.email) = lower(sign_in_material.email) and a.disabled_at is null and a.kind = 'staff';
end
$$;

-- Counts a wrong password or code; five in a row lock the account for 15 minutes, each further one doubles it up to
-- a day. Returns when it opens again.
create or replace function identity.sign_in_failed(account uuid, proof bytea) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  until timestamptz;
begin
  perform identity.check_application(proof, 'sign-in-failed', account::text);
  update identity.account a
  set failed_sign_ins = a.failed_sign_ins + 1,
    locked_until = case when a.failed_sign_ins + 1 >= 5
      then now() + least(interval '15 minutes' * power(2, least(a.failed_sign_ins + 1 - 5, 10)), interval '1 day') end
  where a.id = account
  returning a.locked_until into until;
  perform audit.write(case when until is null then 'sign-in' else 'account-locked' end, 'refused', 'account', account, null, '{}');
  return until;
end
$$;

-- Opens a session for an account that proved itself. A one-time code's step must be newer than the last one used.
create or replace function identity.open_session(account uuid, token_hash bytea, totp_step bigint, idle_minutes int, absolute_hours int,
  device text, proof bytea) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  opened uuid;
begin
  perform identity.check_application(proof, 'open-session', account::text, encode(token_hash, 'hex'), totp_step::text,
    idle_minutes::text, absolute_hours::text);
  update identity.account a
  set failed_sign_ins = 0, locked_until = null, totp_last_step = coalesce(totp_step, a.totp_last_step)
  where a.id = account and a.disabled_at is null and (a.locked_until is null or a.locked_until < now())
    and (totp_step is null or a.totp_last_step < totp_step);
  if not found then
    return null;
  end if;
  insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, proved_again_at, device)
  select open_session.token_hash, account, (
      select g.id from identity.access_grant g
      where g.account_id = account and g.approved_at is not null and g.ended_at is null
      order by g.requested_at desc limit 1),
    now() + make_interval(hours => absolute_hours), open_session.idle_minutes, now(), left(open_session.device, 200)
  returning id into opened;
  perform audit.write('sign-in', 'done', 'account', account, null, jsonb_build_object('session', opened));
  return opened;
end
$$;

create or replace function identity.end_session(token text) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  update identity.session s set ended_at = now(), end_reason = 'signed-out'
  where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null
$$;

-- The account a session belonged to, ended or not: so that what its owner had typed can be kept for them.
create or replace function identity.owner_of_ended_session(token text, proof bytea) returns table (account_id uuid, session_id uuid)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'owner-of-ended-session', token);
  return query
    select s.account_id, s.id from identity.session s
    where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.created_at > now() - interval '2 days';
end
$$;

create or replace function identity.keep_form(account uuid, path text, fields_sealed bytea, proof bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'keep-form', account::text, path, encode(sha256(fields_sealed), 'hex'));
  insert into identity.kept_form (account_id, path, fields_sealed) values (account, keep_form.path, keep_form.fields_sealed)
  on conflict (account_id, path) do update set fields_sealed = excluded.fields_sealed, saved_at = now();
end
$$;

create or replace function identity.use_recovery_code(account uuid, code_hash bytea, proof bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'use-recovery-code', account::text, encode(code_hash, 'hex'));
  update identity.recovery_code r set used_at = now()
  where r.account_id = account and r.code_hash = use_recovery_code.code_hash and r.used_at is null;
  return found;
end
$$;

-- Signing in again within a session, before a highly sensitive act.
create or replace function identity.prove_again(session uuid, totp_step bigint, proof bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  account uuid;
begin
  perform identity.check_application(proof, 'prove-again', session::text, totp_step::text);
  select s.account_id into account from identity.session s where s.id = session and s.ended_at is null;
  update identity.account a set totp_last_step = totp_step, failed_sign_ins = 0
  where a.id = account and a.totp_last_step < totp_step and (a.locked_until is null or a.locked_until < now());
  if not found then
    return false;
  end if;
  update identity.session s set proved_again_at = now() where s.id = session;
  perform audit.write('sign-in-again', 'done', 'account', account, null, '{}');
  return true;
end
$$;

-- Links --------------------------------------------------------------------------------------------------------

-- Makes a referrer's link. The address is not told from an unknown one: an account is made if there was none.
create or replace function identity.make_referrer_link(email text, name text, token_hash bytea, secret_sealed bytea, proof bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  account uuid;
begin
  perform identity.check_application(proof, 'make-referrer-link', email, name, encode(token_hash, 'hex'));
  insert into identity.account (email, name, kind) values (make_referrer_link.email, make_referrer_link.name, 'referrer')
  on conflict (lower(email)) do nothing;
  select a.id into account from identity.account a where lower(a.email) = lower(make_referrer_link.email) and a.disabled_at is null;
  if account is null then
    return;
  end if;
  if not exists (select from identity.access_grant g where g.account_id = account and g.role = 'referrer' and g.ended_at is null) then
    insert into identity.access_grant (account_id, role, approved_at) values (account, 'referrer', now());
  end if;
  insert into identity.link (token_hash, purpose, account_id, expires_at)
  values (make_referrer_link.token_hash, 'referrer-sign-in', account, now() + interval '30 minutes');
  insert into messages.message (account_id, template, path, secret_sealed)
  values (account, 'referrer-sign-in', '/refer/link', make_referrer_link.secret_sealed);
  perform jobs.add('deliver-messages', '{}', 'deliver-messages');
  perform audit.write('referrer-link-made', 'done', 'account', account, null, '{}');
end
$$;

create or replace function identity.link_is_good(token text, purpose text) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select from identity.link l
    where l.token_hash = sha256(convert_to(token, 'UTF8')) and l.purpose = link_is_good.purpose
      and l.used_at is null and now() < l.expires_at)
$$;

-- Uses a link, once, for a referrer's session.
create or replace function identity.use_referrer_link(token text, session_token_hash bytea, idle_minutes int, absolute_hours int, device text,
  proof bytea) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  account uuid;
  opened uuid;
begin
  perform identity.check_application(proof, 'use-referrer-link', token, encode(session_token_hash, 'hex'));
  update identity.link l set used_at = now()
  where l.token_hash = sha256(convert_to(token, 'UTF8')) and l.purpose = 'referrer-sign-in' and l.used_at is null and now() < l.expires_at
  returning l.account_id into account;
  if account is null then
    return null;
  end if;
  insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, device)
  select session_token_hash, account, g.id, now() + make_interval(hours => absolute_hours), use_referrer_link.idle_minutes, left(use_referrer_link.device, 200)
  from identity.access_grant g
  where g.account_id = account and g.role = 'referrer' and g.ended_at is null and g.approved_at is not null
  limit 1
  returning id into opened;
  perform audit.write('sign-in', 'done', 'account', account, null, jsonb_build_object('session', opened));
  return opened;
end
$$;

-- Uses an invitation or reset, once: sets the password, one-time code secret and recovery codes of its account.
create or replace function identity.accept_invitation(token text, password_sealed bytea, totp_sealed bytea, totp_step bigint,
  recovery_hashes bytea[], proof bytea) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  account uuid;
begin
  perform identity.check_application(proof, 'accept-invitation', token, encode(sha256(password_sealed), 'hex'),
    encode(sha256(totp_sealed), 'hex'), totp_step::text);
  update identity.link l set used_at = now()
  where l.token_hash = sha256(convert_to(token, 'UTF8')) and l.purpose in ('invitation', 'reset') and l.used_at is null and now() < l.expires_at
  returning l.account_id into account;
  if account is null then
    return null;
  end if;
  update identity.account a
  set password_sealed = accept_invitation.password_sealed, totp_sealed = accept_invitation.totp_sealed, totp_confirmed_at = now(),
    totp_last_step = totp_step, failed_sign_ins = 0, locked_until = null
  where a.id = account and a.disabled_at is null;
  delete from identity.recovery_code r where r.account_id = account;
  insert into identity.recovery_code (account_id, code_hash) select account, unnest(recovery_hashes);
  update identity.session s set ended_at = now(), end_reason = 'access-changed' where s.account_id = account and s.ended_at is null;
  perform audit.write('account-set-up', 'done', 'account', account, null, '{}');
  return account;
end
$$;

create or replace function identity.link_owner(token text, proof bytea) returns table (account_id uuid, email text, name text, purpose text)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'link-owner', token);
  return query
    select a.id, a.email, a.name, l.purpose
    from identity.link l join identity.account a on a.id = l.account_id
    where l.token_hash = sha256(convert_to(token, 'UTF8')) and l.used_at is null and now() < l.expires_at and a.disabled_at is null;
end
$$;

-- Anti-automation: true while a key has been tried fewer than `allowed` times in its window.
create or replace function identity.attempt(key text, allowed int, window_seconds int) returns boolean
language sql volatile security definer set search_path = pg_catalog
as $$
  insert into identity.attempt as a (key, count, window_ends_at) values (attempt.key, 1, now() + make_interval(secs => window_seconds))
  on conflict (key) do update
    set count = case when a.window_ends_at < now() then 1 else a.count + 1 end,
      window_ends_at = case when a.window_ends_at < now() then excluded.window_ends_at else a.window_ends_at end
  returning a.count <= allowed
$$;

-- Invitations and grants ----------------------------------------------------------------------------------------

-- Called by an administrator's request, or by the command line as owner.
create or replace function identity.invite(invited uuid, purpose text, token_hash bytea, secret_sealed bytea, proof bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'invite', invited::text, purpose, encode(token_hash, 'hex'));
  if coalesce(identity.role(), 'nobody') <> 'administrator' then
    raise exception 'only an administrator invites' using errcode = 'insufficient_privilege';
  end if;
  update identity.link l set used_at = now() where l.account_id = invited and l.used_at is null and l.purpose in ('invitation', 'reset');
  insert into identity.link (token_hash, purpose, account_id, expires_at)
  values (invite.token_hash, invite.purpose, invited, now() + interval '3 days');
  insert into messages.message (account_id, template, path, secret_sealed)
  values (invited, invite.purpose, '/set-up-account', invite.secret_sealed);
  perform jobs.add('deliver-messages', '{}', 'deliver-messages');
  perform audit.write('account-invited', 'done', 'account', invited, null, '{}');
end
$$;

-- A grant is good only when the partner's own approver, who is not the one who gets it and not the one who asked
-- for it, approves.
create or replace function identity.decide_grant(wanted uuid, approve boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me uuid := identity.account_id();
begin
  update identity.access_grant g
  set approved_by = case when approve then me end, approved_at = case when approve then now() end,
    refused_at = case when approve then null else now() end
  where g.id = wanted and g.approved_at is null and g.refused_at is null and g.ended_at is null
    and g.account_id <> me and g.requested_by is distinct from me
    and exists (select from identity.approver p where p.organisation_id = g.organisation_id and p.account_id = me and p.ended_at is null);
  if not found then
    return false;
  end if;
  perform audit.write(case when approve then 'grant-approved' else 'grant-refused' end, 'done', 'grant', wanted, null, '{}');
  return true;
end
$$;

-- Ends a grant and, at once, every session that stands on it.
create or replace function identity.end_grant(ended uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
begin
  select * into me from identity.me();
  update identity.access_grant g set ended_at = now(), ended_by = me.account_id
  where g.id = ended and g.ended_at is null
    and (me.role = 'administrator'
      or exists (select from identity.approver p where p.organisation_id = g.organisation_id and p.account_id = me.account_id and p.ended_at is null));
  if not found then
    return false;
  end if;
  update identity.session s set ended_at = now(), end_reason = 'access-changed' where s.grant_id = ended and s.ended_at is null;
  perform audit.write('grant-ended', 'done', 'grant', ended, null, '{}');
  return true;
end
$$;

create or replace function identity.end_own_session(ended uuid) returns boolean
language sql volatile security definer set search_path = pg_catalog
as $$
  update identity.session s set ended_at = now(), end_reason = 'ended-by-user'
  where s.id = ended and s.account_id = identity.account_id() and s.ended_at is null
  returning true
$$;

-- The grant a person works under is their choice among those that are good.
create or replace function identity.choose_grant(chosen uuid) returns boolean
language sql volatile security definer set search_path = pg_catalog
as $$
  update identity.session s set grant_id = g.id
  from identity.access_grant g
  where s.id = identity.session_id() and g.id = chosen and g.account_id = s.account_id
    and g.approved_at is not null and g.ended_at is null
  returning true
$$;

-- Rows and rights -----------------------------------------------------------------------------------------------

grant usage on schema identity, reference, homeward to homeward_visitor, homeward_referrer, homeward_relationship, homeward_provider,
  homeward_area, homeward_steward, homeward_task_sealing, homeward_task_messages, homeward_task_disposal, homeward_task_housekeeping;
grant usage on schema identity to homeward_web;
grant execute on function identity.begin(text) to homeward_web;
grant execute on function homeward.new_id(), homeward.new_reference(), homeward.stamp() to
  homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward, homeward_task_disposal;

grant execute on function identity.sign_in_material(text, bytea), identity.sign_in_failed(uuid, bytea),
  identity.open_session(uuid, bytea, bigint, int, int, text, bytea), identity.end_session(text),
  identity.owner_of_ended_session(text, bytea), identity.keep_form(uuid, text, bytea, bytea),
  identity.use_recovery_code(uuid, bytea, bytea), identity.make_referrer_link(text, text, bytea, bytea, bytea),
  identity.link_is_good(text, text), identity.use_referrer_link(text, bytea, int, int, text, bytea),
  identity.accept_invitation(text, bytea, bytea, bigint, bytea[], bytea), identity.link_owner(text, bytea),
  identity.attempt(text, int, int)
  to homeward_visitor;

grant execute on function identity.me(), identity.account_id(), identity.role(), identity.session_id(), identity.team_id(),
  identity.organisation_id(), identity.is_staff(), identity.touch_session(), identity.attempt(text, int, int),
  identity.end_own_session(uuid), identity.choose_grant(uuid)
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant execute on function identity.account_id() to homeward_task_sealing, homeward_task_messages, homeward_task_disposal, homeward_task_housekeeping;
grant execute on function identity.prove_again(uuid, bigint, bytea), identity.sign_in_material(text, bytea), identity.sign_in_failed(uuid, bytea),
  identity.decide_grant(uuid, boolean), identity.end_grant(uuid)
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant execute on function identity.invite(uuid, text, bytea, bytea, bytea) to homeward_steward;

-- Code lists are for everybody.
grant select on all tables in schema reference to homeward_visitor, homeward_referrer, homeward_relationship, homeward_provider,
  homeward_area, homeward_steward;
do $$
declare
  listed record;
begin
  for listed in select tablename from pg_tables where schemaname = 'reference' loop
    execute format('create policy everybody on reference.%I for select to homeward_visitor, homeward_referrer, homeward_relationship,
      homeward_provider, homeward_area, homeward_steward using (true)', listed.tablename);
  end loop;
end
$$;

-- Colleagues know each other's names; only an administrator sees addresses and states.
grant select (id, name) on identity.account to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant select (email, kind, locked_until, disabled_at, created_at, totp_confirmed_at) on identity.account to homeward_steward;
create policy colleagues on identity.account for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
grant insert (id, email, name, kind), update (name, disabled_at, locked_until, failed_sign_ins) on identity.account to homeward_steward;
create policy administered on identity.account for insert to homeward_steward
  with check ((select identity.role()) = 'administrator' and kind = 'staff');
create policy administered_change on identity.account for update to homeward_steward
  using ((select identity.role()) = 'administrator') with check ((select identity.role()) = 'administrator');

grant select on identity.organisation, identity.team to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on identity.organisation for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
create policy colleagues on identity.team for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
grant insert on identity.organisation, identity.team, identity.approver to homeward_steward;
create policy administered on identity.organisation for insert to homeward_steward with check ((select identity.role()) = 'administrator');
create policy administered on identity.team for insert to homeward_steward with check ((select identity.role()) = 'administrator');
grant select on identity.approver to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on identity.approver for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
create policy administered on identity.approver for insert to homeward_steward with check ((select identity.role()) = 'administrator');

grant select on identity.access_grant to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy own on identity.access_grant for select to homeward_referrer using (account_id = (select identity.account_id()));
create policy colleagues on identity.access_grant for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
grant insert (id, account_id, role, organisation_id, team_id, areas, requested_by) on identity.access_grant to homeward_steward;
create policy administered on identity.access_grant for insert to homeward_steward
  with check ((select identity.role()) = 'administrator' and requested_by = (select identity.account_id()) and approved_at is null);

grant select (id, account_id, grant_id, created_at, last_seen_at, absolute_until, idle_minutes, device, ended_at, end_reason) on identity.session
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy own on identity.session for select to homeward_referrer, homeward_relationship, homeward_provider, homeward_area
  using (account_id = (select identity.account_id()));
create policy administered on identity.session for select to homeward_steward
  using ((select identity.is_staff()));

grant select, insert, delete, update (fields_sealed, saved_at) on identity.kept_form
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy own on identity.kept_form to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (account_id = (select identity.account_id())) with check (account_id = (select identity.account_id()));

grant select, insert, update (location) on identity.submission
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy own on identity.submission to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (account_id = (select identity.account_id())) with check (account_id = (select identity.account_id()));

grant delete, select on identity.submission, identity.attempt, identity.kept_form, identity.link to homeward_task_housekeeping;
create policy housekeeping on identity.submission to homeward_task_housekeeping using (at < now() - interval '30 days');
create policy housekeeping on identity.attempt to homeward_task_housekeeping using (window_ends_at < now() - interval '1 day');
create policy housekeeping on identity.kept_form to homeward_task_housekeeping using (saved_at < now() - interval '14 days');
create policy housekeeping on identity.link to homeward_task_housekeeping using (expires_at < now() - interval '30 days');

-- Whether everybody here is invented. A database that nobody has declared a demonstration holds real people.
create or replace function homeward.is_demonstration() returns boolean
language sql stable security definer set search_path = pg_catalog
as $$ select coalesce((select n.demonstration from homeward.nature n), false) $$;
grant select on homeward.nature to homeward_gate;
grant usage on schema homeward to homeward_web;
grant execute on function homeward.is_demonstration() to homeward_web, homeward_visitor;
