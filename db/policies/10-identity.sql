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
      when 'analyst' then 'homeward_area'
      when 'gender-consultant' then 'homeward_relationship'
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

-- What the proof left behind, one row; nothing when there is no context, an error when it was tampered with or is another
-- transaction's. The planner is told that it is one, or it reads whole tables to join them to a thousand.
create or replace function identity.me()
returns table (session_id uuid, account_id uuid, grant_id uuid, role text, organisation_id uuid, team_id uuid, areas text[])
language plpgsql stable rows 1 security definer set search_path = pg_catalog
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

-- What a password and a code are checked against. Nothing for an address that no account has which could sign in.
create or replace function identity.sign_in_material(email text, proof bytea)
returns table (account_id uuid, password_sealed bytea, totp_sealed bytea, totp_last_step bigint, locked boolean)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'sign-in-material', email);
  return query
    select a.id, a.password_sealed, a.totp_sealed, a.totp_last_step, coalesce(a.locked_until > now(), false)
    from identity.account a
    where lower(a.email) = lower(sign_in_material.email) and a.kind = 'staff' and a.disabled_at is null
      and a.password_sealed is not null and a.totp_confirmed_at is not null;
end
$$;

-- Counts a wrong password or code; five in a row lock the account for 15 minutes, each further one doubles it up to
-- a day. While an account is locked nothing counts, and a day after its lock has ended the count begins afresh: whoever
-- only wants to keep somebody out must not be able to do it for ever. No account: the address was not one of ours.
create or replace function identity.sign_in_failed(account uuid, proof bytea) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  times int;
  until timestamptz;
begin
  perform identity.check_application(proof, 'sign-in-failed', account::text);
  perform audit.write('sign-in', 'refused', 'account', account, null, '{}');
  select case when a.locked_until < now() - interval '1 day' then 1 else a.failed_sign_ins + 1 end into times
  from identity.account a
  where a.id = account and (a.locked_until is null or a.locked_until <= now())
  for no key update;
  if not found then
    return null;
  end if;
  if times >= 5 then
    until := now() + least(interval '15 minutes' * power(2, least(times - 5, 10)), interval '1 day');
    perform audit.write('account-locked', 'done', 'account', account, null, jsonb_build_object('times', times));
  end if;
  update identity.account a set failed_sign_ins = times, locked_until = until where a.id = account;
  return until;
end
$$;

-- Opens a session for an account whose password was right, by a one-time code newer than the last one used or by a
-- recovery code that was never used: exactly one of them. Says 'opened', 'no-role' where nobody has given the account
-- one, or 'refused'.
create or replace function identity.open_session(account uuid, token_hash bytea, totp_step bigint, recovery_hash bytea, idle_minutes int,
  absolute_hours int, device text, proof bytea) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  failed_before int;
  chosen uuid;
  opened uuid;
begin
  perform identity.check_application(proof, 'open-session', account::text, encode(token_hash, 'hex'), totp_step::text,
    encode(recovery_hash, 'hex'), idle_minutes::text, absolute_hours::text);
  select a.failed_sign_ins into failed_before
  from identity.account a
  where a.id = account and a.kind = 'staff' and a.disabled_at is null and (a.locked_until is null or a.locked_until <= now())
    and (totp_step is null) <> (recovery_hash is null)
    and (totp_step is null or a.totp_last_step < totp_step)
  for no key update;
  if not found then
    return 'refused';
  end if;
  if recovery_hash is not null then
    update identity.recovery_code r set used_at = now()
    where r.account_id = account and r.code_hash = recovery_hash and r.used_at is null;
    if not found then
      return 'refused';
    end if;
    perform audit.write('recovery-code-used', 'done', 'account', account, null, '{}');
  end if;
  update identity.account a
  set failed_sign_ins = 0, locked_until = null, totp_last_step = coalesce(totp_step, a.totp_last_step)
  where a.id = account;
  -- The role they worked in last, else the newest. Never a referrer's: that is what an e-mailed link alone opens.
  select g.id into chosen
  from identity.access_grant g
  where g.account_id = account and g.role <> 'referrer' and g.approved_at is not null and g.ended_at is null
  order by (select max(s.created_at) from identity.session s where s.account_id = account and s.grant_id = g.id) desc nulls last,
    g.requested_at desc
  limit 1;
  if chosen is null then
    perform audit.write('sign-in', 'refused', 'account', account, null, '{"because": "no-role"}');
    return 'no-role';
  end if;
  insert into identity.session (token_hash, account_id, grant_id, absolute_until, idle_minutes, proved_again_at, device)
  values (open_session.token_hash, account, chosen, now() + make_interval(hours => absolute_hours), open_session.idle_minutes, now(),
    left(open_session.device, 200))
  returning id into opened;
  perform audit.write('sign-in', 'done', 'account', account, null, jsonb_build_object('session', opened, 'failedBefore', failed_before,
    'by', case when recovery_hash is null then 'code' else 'recovery-code' end));
  return 'opened';
end
$$;

create or replace function identity.end_session(token text) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  ended record;
begin
  update identity.session s set ended_at = now(), end_reason = 'signed-out'
  where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null
  returning s.id, s.account_id into ended;
  if found then
    perform audit.write('sign-out', 'done', 'account', ended.account_id, null, jsonb_build_object('session', ended.id));
  end if;
end
$$;

-- The accounts of a demonstration, for its sign-in page. Nothing anywhere else, whoever asks.
create or replace function identity.demonstration_accounts(proof bytea)
returns table (account_id uuid, name text, email text, roles text[], password_sealed bytea, totp_sealed bytea)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'demonstration-accounts');
  if not homeward.is_demonstration() then
    return;
  end if;
  return query
    select a.id, a.name, a.email, array_agg(g.role order by g.requested_at desc), d.password_sealed, a.totp_sealed
    from identity.demonstration_account d
    join identity.account a on a.id = d.account_id and a.disabled_at is null
    join identity.access_grant g on g.account_id = a.id and g.approved_at is not null and g.ended_at is null
    group by a.id, d.account_id
    order by min(g.role), a.name;
end
$$;

-- The account a session belonged to, ended or not: so that what its owner had typed can be kept for them.
create or replace function identity.owner_of_ended_session(token text, proof bytea) returns table (account_id uuid, session_id uuid)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'owner-of-ended-session', token);
  return query
    select s.account_id, s.id from identity.session s
    where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.created_at > now() - interval '2 days'
      -- A session that somebody ended on purpose may be in another's hands.
      and coalesce(s.end_reason, 'expired') not in ('ended-by-user', 'ended-by-administrator', 'access-changed');
end
$$;

-- Keeps it, and of very many the oldest goes, as of those who are signed in (kept-forms.ts).
drop function if exists identity.keep_form(uuid, text, bytea, bytea);
create or replace function identity.keep_form(account uuid, path text, fields_sealed bytea, most int, most_of_referrer int, proof bytea)
returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
#variable_conflict use_column
begin
  perform identity.check_application(proof, 'keep-form', account::text, path, encode(sha256(fields_sealed), 'hex'));
  insert into identity.kept_form (account_id, path, fields_sealed) values (account, keep_form.path, keep_form.fields_sealed)
  on conflict (account_id, path) do update set fields_sealed = excluded.fields_sealed, saved_at = now();
  delete from identity.kept_form k where k.id in (
    select o.id from identity.kept_form o
    where o.account_id = account order by o.saved_at desc
    offset case (select a.kind from identity.account a where a.id = account) when 'referrer' then most_of_referrer else most end);
end
$$;

-- What somebody who is signed in has to prove again with.
create or replace function identity.own_credentials(session uuid, proof bytea)
returns table (email text, password_sealed bytea, totp_sealed bytea, totp_last_step bigint, locked boolean)
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'own-credentials', session::text);
  return query
    select a.email, a.password_sealed, a.totp_sealed, a.totp_last_step, coalesce(a.locked_until > now(), false)
    from identity.me() me join identity.account a on a.id = me.account_id
    where me.session_id = session and a.password_sealed is not null and a.totp_confirmed_at is not null;
end
$$;

-- Uses the step of a one-time code for the account of the session that asks. False when it was used before.
create or replace function identity.use_step(session uuid, totp_step bigint) returns boolean
language sql volatile security definer set search_path = pg_catalog
as $$
  update identity.account a set totp_last_step = totp_step, failed_sign_ins = 0, locked_until = null
  from identity.me() me
  where me.session_id = session and a.id = me.account_id and a.totp_last_step < totp_step
    and (a.locked_until is null or a.locked_until <= now())
  returning true
$$;

-- Signing in again within a session, before a highly sensitive act. The session gets a new token (ASVS 7.2.4).
create or replace function identity.prove_again(session uuid, totp_step bigint, token_hash bytea, proof bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.check_application(proof, 'prove-again', session::text, totp_step::text, encode(token_hash, 'hex'));
  if identity.use_step(session, totp_step) is distinct from true then
    return false;
  end if;
  update identity.session s set proved_again_at = now(), token_hash = prove_again.token_hash where s.id = session;
  perform audit.write('sign-in-again', 'done', 'account', identity.account_id(), null, '{}');
  return true;
end
$$;

-- A new password, by somebody who has just proved the old one and a code. Whoever else is signed in to the account
-- is not any more.
create or replace function identity.change_password(session uuid, password_sealed bytea, totp_step bigint, proof bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me uuid := identity.account_id();
begin
  perform identity.check_application(proof, 'change-password', session::text, encode(sha256(password_sealed), 'hex'), totp_step::text);
  if identity.use_step(session, totp_step) is distinct from true then
    return false;
  end if;
  update identity.account a set password_sealed = change_password.password_sealed where a.id = me;
  update identity.session s set ended_at = now(), end_reason = 'access-changed' where s.account_id = me and s.id <> session and s.ended_at is null;
  perform audit.write('password-changed', 'done', 'account', me, null, '{}');
  perform messages.queue(me, 'credentials-changed', '/account');
  return true;
end
$$;

-- New recovery codes; the ones before are used up.
create or replace function identity.replace_recovery_codes(session uuid, recovery_hashes bytea[], proof bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me uuid := identity.account_id();
begin
  perform identity.check_application(proof, 'replace-recovery-codes', session::text, identity.in_one_line(recovery_hashes));
  if me is null or identity.session_id() is distinct from session then
    return false;
  end if;
  update identity.recovery_code r set used_at = now() where r.account_id = me and r.used_at is null;
  insert into identity.recovery_code (account_id, code_hash) select me, unnest(recovery_hashes);
  perform audit.write('recovery-codes-replaced', 'done', 'account', me, null, '{}');
  perform messages.queue(me, 'credentials-changed', '/account');
  return true;
end
$$;

create or replace function identity.in_one_line(hashes bytea[]) returns text
language sql immutable set search_path = pg_catalog
as $$ select string_agg(encode(h.hash, 'hex'), ',' order by h.place) from unnest(hashes) with ordinality h (hash, place) $$;

-- What somebody may know of their own account.
create or replace function identity.own_account() returns table (email text, set_up_at timestamptz, recovery_codes_left int)
language sql stable security definer set search_path = pg_catalog
as $$
  select a.email, a.totp_confirmed_at,
    (select count(*)::int from identity.recovery_code r where r.account_id = a.id and r.used_at is null)
  from identity.me() me join identity.account a on a.id = me.account_id
$$;

-- Links --------------------------------------------------------------------------------------------------------

-- Makes a referrer's link. The address is not told from an unknown one: an account is made if there was none.
create or replace function identity.make_referrer_link(email text, name text, token_hash bytea, secret_sealed bytea, proof bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
  account uuid;
begin
  perform identity.check_application(proof, 'make-referrer-link', email, name, encode(token_hash, 'hex'));
  -- Until the owner of the address has been here, the name is what anybody typed beside it: the last one, who asked for the
  -- link that is used.
  insert into identity.account as a (email, name, kind) values (make_referrer_link.email, make_referrer_link.name, 'referrer')
  on conflict (lower(email)) do update set name = excluded.name
  where a.kind = 'referrer' and not exists (select from identity.session s where s.account_id = a.id);
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
  purpose text;
begin
  perform identity.check_application(proof, 'accept-invitation', token, encode(sha256(password_sealed), 'hex'),
    encode(sha256(totp_sealed), 'hex'), totp_step::text, identity.in_one_line(recovery_hashes));
  update identity.link l set used_at = now()
  from identity.account a
  where l.token_hash = sha256(convert_to(token, 'UTF8')) and l.purpose in ('invitation', 'reset') and l.used_at is null and now() < l.expires_at
    and a.id = l.account_id and a.kind = 'staff' and a.disabled_at is null
  returning l.account_id, l.purpose into account, purpose;
  if account is null then
    return null;
  end if;
  update identity.account a
  set password_sealed = accept_invitation.password_sealed, totp_sealed = accept_invitation.totp_sealed, totp_confirmed_at = now(),
    totp_last_step = totp_step, failed_sign_ins = 0, locked_until = null
  where a.id = account;
  update identity.recovery_code r set used_at = now() where r.account_id = account and r.used_at is null;
  insert into identity.recovery_code (account_id, code_hash) select account, unnest(recovery_hashes);
  update identity.session s set ended_at = now(), end_reason = 'access-changed' where s.account_id = account and s.ended_at is null;
  perform audit.write('account-set-up', 'done', 'account', account, null, jsonb_build_object('by', purpose));
  perform messages.queue(account, 'credentials-changed', '/account');
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

-- Anti-automation. Counts one try; true while a key has been tried no more than `allowed` times in its window. The
-- first one over is written down.
create or replace function identity.attempt(key text, allowed int, window_seconds int) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
  tried int;
begin
  insert into identity.attempt as a (key, count, window_ends_at)
  values (attempt.key, 1, now() + make_interval(secs => attempt.window_seconds))
  on conflict (key) do update
    set count = case when a.window_ends_at < now() then 1 else a.count + 1 end,
      window_ends_at = case when a.window_ends_at < now() then excluded.window_ends_at else a.window_ends_at end
  returning a.count into tried;
  if tried = attempt.allowed + 1 then
    perform audit.write('too-many-tries', 'refused', null, null, null, '{}');
  end if;
  return tried <= attempt.allowed;
end
$$;

-- Whether one more try is allowed, without counting it.
create or replace function identity.may_try(key text, allowed int) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select coalesce((select a.count < may_try.allowed from identity.attempt a where a.key = may_try.key and a.window_ends_at >= now()), true)
$$;

-- Accounts ------------------------------------------------------------------------------------------------------

-- An administrator at work, or the person who runs the server, at its command line.
create or replace function identity.administers() returns boolean
language sql stable security definer set search_path = pg_catalog
as $$ select coalesce(identity.role() = 'administrator', session_user not in ('homeward_web', 'homeward_jobs')) $$;

create or replace function identity.must_administer() returns void
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  if not identity.administers() then
    raise exception 'only an administrator does this' using errcode = 'insufficient_privilege';
  end if;
end
$$;

-- Why something was done, as a code: the audit holds no text.
create or replace function identity.because(reason text) returns jsonb
language plpgsql immutable set search_path = pg_catalog
as $$
begin
  if reason is null or reason !~ '^[a-z-]{1,40}$' then
    raise exception 'a reason is a code' using errcode = 'invalid_parameter_value';
  end if;
  return jsonb_build_object('reason', reason);
end
$$;

-- Makes an account for somebody who works with the service; one they had as a referrer becomes it. Null when there
-- is one already.
create or replace function identity.add_account(email text, name text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
  made uuid;
begin
  perform identity.must_administer();
  insert into identity.account as a (email, name, kind) values (add_account.email, add_account.name, 'staff')
  on conflict (lower(email)) do update set kind = 'staff', name = excluded.name where a.kind = 'referrer'
  returning a.id into made;
  if made is not null then
    perform audit.write('account-added', 'done', 'account', made, null, '{}');
  end if;
  return made;
end
$$;

-- Sends a link to set an account up with: the first time (invitation) or afresh (reset). Links sent before stop working.
create or replace function identity.invite(invited uuid, purpose text, token_hash bytea, secret_sealed bytea, reason text, proof bytea)
returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  until timestamptz;
begin
  perform identity.check_application(proof, 'invite', invited::text, purpose, encode(token_hash, 'hex'));
  perform identity.must_administer();
  if purpose not in ('invitation', 'reset') or not exists (
    select from identity.account a where a.id = invited and a.kind = 'staff' and a.disabled_at is null) then
    return null;
  end if;
  update identity.link l set used_at = now() where l.account_id = invited and l.used_at is null and l.purpose in ('invitation', 'reset');
  insert into identity.link as l (token_hash, purpose, account_id, expires_at)
  values (invite.token_hash, invite.purpose, invited,
    now() + case invite.purpose when 'invitation' then interval '3 days' else interval '1 day' end)
  returning l.expires_at into until;
  insert into messages.message (account_id, template, path, secret_sealed)
  values (invited, invite.purpose, '/set-up-account', invite.secret_sealed);
  perform jobs.add('deliver-messages', '{}', 'deliver-messages');
  perform audit.write(case invite.purpose when 'invitation' then 'account-invited' else 'account-reset' end, 'done', 'account', invited, null,
    identity.because(reason));
  return until;
end
$$;

-- Closes an account of staff, which is all that an administrator has to do with: its sessions and its links end in the
-- same moment. Nobody closes their own.
create or replace function identity.disable_account(disabled uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.must_administer();
  update identity.account a set disabled_at = now()
  where a.id = disabled and a.kind = 'staff' and a.disabled_at is null and a.id is distinct from identity.account_id();
  if not found then
    return false;
  end if;
  update identity.session s set ended_at = now(), end_reason = 'ended-by-administrator' where s.account_id = disabled and s.ended_at is null;
  update identity.link l set used_at = now() where l.account_id = disabled and l.used_at is null;
  perform audit.write('account-disabled', 'done', 'account', disabled, null, identity.because(reason));
  return true;
end
$$;

create or replace function identity.enable_account(enabled uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.must_administer();
  update identity.account a set disabled_at = null where a.id = enabled and a.kind = 'staff' and a.disabled_at is not null;
  if found then
    perform audit.write('account-enabled', 'done', 'account', enabled, null, identity.because(reason));
    return true;
  end if;
  return false;
end
$$;

create or replace function identity.unlock_account(unlocked uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.must_administer();
  update identity.account a set locked_until = null, failed_sign_ins = 0 where a.id = unlocked and a.locked_until > now();
  if found then
    perform audit.write('account-unlocked', 'done', 'account', unlocked, null, identity.because(reason));
    return true;
  end if;
  return false;
end
$$;

create or replace function identity.end_sessions_of(account uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.must_administer();
  update identity.session s set ended_at = now(), end_reason = 'ended-by-administrator'
  from identity.account a
  where a.id = account and a.kind = 'staff' and s.account_id = a.id and s.ended_at is null;
  if found then
    perform audit.write('sessions-ended', 'done', 'account', account, null, identity.because(reason));
    return true;
  end if;
  return false;
end
$$;

-- Accounts of staff whose name or address holds what was typed, by name, after the last one that was shown.
create or replace function identity.search_accounts(words text, after uuid, at_most int)
returns table (id uuid, name text, email text, set_up boolean, locked boolean, disabled boolean, roles text[])
language sql stable security definer set search_path = pg_catalog
as $$
  select a.id, a.name, a.email, a.totp_confirmed_at is not null, coalesce(a.locked_until > now(), false), a.disabled_at is not null,
    array(select g.role from identity.access_grant g
      where g.account_id = a.id and g.role <> 'referrer' and g.approved_at is not null and g.ended_at is null order by g.requested_at)
  from identity.account a
  where (select identity.administers()) and a.kind = 'staff'
    and (after is null or (lower(a.name), a.id) > (select lower(l.name), l.id from identity.account l where l.id = after))
    and (words = '' or position(lower(words) in lower(a.name)) > 0 or position(lower(words) in lower(a.email)) > 0)
  order by lower(a.name), a.id
  limit at_most
$$;

-- Roles, and who gives them -------------------------------------------------------------------------------------

create or replace function identity.is_administrator(account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select from identity.access_grant g
    where g.account_id = account and g.role = 'administrator' and g.approved_at is not null and g.ended_at is null)
$$;

-- Says which areas a council is responsible for. Gives back why not, with the area: one belongs to one council, and none is taken
-- away while a contact of the council has a role for it.
create or replace function identity.set_council_areas(council uuid, wanted text[]) returns table (area text, why text)
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform identity.must_administer();
  if not exists (select from identity.organisation o where o.id = council and o.kind = 'local-authority')
    or exists (
      select from unnest(wanted) as w(code)
      where not exists (select from reference.area a where a.code = w.code and a.kind = 'borough' and a.retired_on is null)) then
    raise exception 'a council has areas, and they are areas of the service' using errcode = 'invalid_parameter_value';
  end if;
  -- Two who give one area to two councils do it one after the other.
  lock table identity.council_area in share row exclusive mode;
  return query
    select c.area, 'of-another' from identity.council_area c where c.area = any (wanted) and c.organisation_id <> council
    union all
    select c.area, 'has-contact'
    from identity.council_area c
    where c.organisation_id = council and c.area <> all (wanted) and exists (
      select from identity.access_grant g
      where g.organisation_id = council and g.role = 'spoc' and g.ended_at is null and g.refused_at is null and c.area = any (g.areas))
    limit 1;
  if found then
    return;
  end if;
  delete from identity.council_area c where c.organisation_id = council and c.area <> all (wanted);
  insert into identity.council_area (area, organisation_id, set_by)
  select distinct w.code, council, identity.account_id() from unnest(wanted) as w(code)
  where not exists (select from identity.council_area c where c.area = w.code);
  perform audit.write('council-areas-set', 'done', 'organisation', council, null, jsonb_build_object('areas', wanted));
end
$$;

-- Tells those who watch over access, and whom it is about, that somebody began or stopped speaking for an organisation.
create or replace function identity.tell_of_approver(about uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  perform messages.queue(t.account_id, 'approver-changed', case when t.leads then '/access-reviews' else '/approvals' end)
  from (
    select a.id as account_id, coalesce(bool_or(g.role = 'data-protection-lead'), false) as leads
    from identity.account a
    left join identity.access_grant g on g.account_id = a.id and g.approved_at is not null and g.ended_at is null
    where a.kind = 'staff' and a.disabled_at is null and a.id is distinct from identity.account_id()
    group by a.id
    having a.id = about or bool_or(g.role in ('data-protection-lead', 'operations-manager'))) t;
end
$$;

-- Names who speaks for an organisation: one of those who do. An administrator names the first; where those who spoke for it are
-- gone, they ask, and somebody who speaks for the service confirms it: alone, they could give anybody the role of anybody's
-- partner. Whom they name has no role with another partner. Never an administrator: they ask for roles, somebody else gives them.
-- Says 'named', 'asked', or 'nobody-to-confirm' where nobody speaks for the service; null where it is not to be done.
drop function if exists identity.name_approver(uuid, text);
create function identity.name_approver(organisation uuid, email text) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me uuid := identity.account_id();
  approver uuid;
  speaker uuid;
begin
  perform identity.approvers_take_turns(organisation);
  select a.id into approver from identity.account a
  where lower(a.email) = lower(name_approver.email) and a.kind = 'staff' and a.disabled_at is null and not identity.is_administrator(a.id);
  if approver is null then
    return null;
  end if;
  if identity.speaks_for(organisation, null) then
    return case when identity.speaks_for(organisation, me) then identity.add_approver(organisation, approver) end;
  end if;
  if not identity.administers() or identity.works_elsewhere(organisation, approver) then
    return null;
  end if;
  if not exists (select from identity.approver p where p.organisation_id = organisation) then
    return identity.add_approver(organisation, approver);
  end if;
  if not exists (select from identity.speakers_for_service() s where s.account_id <> approver) then
    return 'nobody-to-confirm';
  end if;
  insert into identity.approver_request (organisation_id, account_id, asked_by) values (organisation, approver, me)
  on conflict (organisation_id, account_id) where decided_at is null do nothing;
  if not found then
    return null;
  end if;
  perform audit.write('approver-asked-for', 'done', 'account', approver, null, jsonb_build_object('organisation', organisation));
  for speaker in select s.account_id from identity.speakers_for_service() s where s.account_id <> approver loop
    perform messages.queue(speaker, 'role-asked-for', '/approvals');
  end loop;
  return 'asked';
end
$$;

create or replace function identity.add_approver(organisation uuid, approver uuid) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  insert into identity.approver (organisation_id, account_id, named_by) values (organisation, approver, identity.account_id())
  on conflict (organisation_id, account_id) where ended_at is null do nothing;
  if not found then
    return null;
  end if;
  perform audit.write('approver-named', 'done', 'account', approver, null, jsonb_build_object('organisation', organisation));
  perform identity.tell_of_approver(approver);
  return 'named';
end
$$;

-- One at a time for each organisation: two who end each other would leave nobody.
create or replace function identity.approvers_take_turns(organisation uuid) returns void
language sql volatile security definer set search_path = pg_catalog
as $$ select pg_advisory_xact_lock(hashtextextended('approvers ' || organisation, 0)) $$;

-- Whether somebody has a role with another partner, or one is asked for. Who works for the service is with no partner.
create or replace function identity.works_elsewhere(organisation uuid, account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select from identity.access_grant g join identity.organisation o on o.id = g.organisation_id and o.kind <> 'service'
    where g.account_id = account and g.organisation_id <> organisation and g.ended_at is null and g.refused_at is null)
$$;

-- Confirms who was asked for, or refuses them. False where it is not theirs to decide, or is not as it was when it was asked.
create or replace function identity.decide_approver(request uuid, confirm boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  q record;
begin
  select * into q from identity.approvers_to_confirm() c where c.request_id = request;
  if not found then
    return false;
  end if;
  perform identity.approvers_take_turns(q.organisation_id);
  if confirm and (identity.speaks_for(q.organisation_id, null) or identity.is_administrator(q.account_id)
    or identity.works_elsewhere(q.organisation_id, q.account_id))
  then
    return false;
  end if;
  update identity.approver_request r set decided_by = identity.account_id(), decided_at = now(), confirmed = confirm
  where r.id = request and r.decided_at is null;
  if not found then
    return false;
  end if;
  if confirm then
    return identity.add_approver(q.organisation_id, q.account_id) is not null;
  end if;
  perform audit.write('approver-refused', 'done', 'account', q.account_id, null, jsonb_build_object('organisation', q.organisation_id));
  return true;
end
$$;

-- Somebody speaks for an organisation no more; said by an administrator or by another who does. Not the last who does: they name
-- another first, or their account is closed.
create or replace function identity.end_approver(organisation uuid, approver uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me uuid := identity.account_id();
begin
  perform identity.approvers_take_turns(organisation);
  if not (identity.administers() or identity.speaks_for(organisation, me))
    or not exists (
      select from identity.approver p
      where p.organisation_id = organisation and p.account_id <> approver and p.ended_at is null
        and identity.speaks_for(organisation, p.account_id))
  then
    return false;
  end if;
  update identity.approver p set ended_at = now(), ended_by = me
  where p.organisation_id = organisation and p.account_id = approver and p.ended_at is null;
  if found then
    perform audit.write('approver-ended', 'done', 'account', approver, null,
      identity.because(reason) || jsonb_build_object('organisation', organisation));
    perform identity.tell_of_approver(approver);
    return true;
  end if;
  return false;
end
$$;

-- Whether somebody speaks for an organisation now; anybody at all, where no account is given.
create or replace function identity.speaks_for(organisation uuid, account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select from identity.approver p join identity.account a on a.id = p.account_id and a.disabled_at is null
    where p.organisation_id = organisation and p.ended_at is null and (account is null or p.account_id = account)
      and not identity.is_administrator(p.account_id))
$$;

-- Those who speak for the service itself.
create or replace function identity.speakers_for_service() returns table (account_id uuid)
language sql stable security definer set search_path = pg_catalog
as $$
  select distinct p.account_id
  from identity.approver p join identity.organisation o on o.id = p.organisation_id and o.kind = 'service'
  where p.ended_at is null and identity.speaks_for(o.id, p.account_id)
$$;

-- Those asked for to speak for an organisation, for who speaks for the service: never for themselves, nor whom they asked for.
create or replace function identity.approvers_to_confirm()
returns table (request_id uuid, organisation_id uuid, organisation text, account_id uuid, account_name text, email text, asked_by text,
  asked_at timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
  select q.id, o.id, o.name, a.id, a.name, a.email, asked.name, q.asked_at
  from identity.approver_request q
  join identity.organisation o on o.id = q.organisation_id
  join identity.account a on a.id = q.account_id and a.disabled_at is null
  join identity.account asked on asked.id = q.asked_by
  join identity.speakers_for_service() me on me.account_id = (select identity.account_id())
  where q.decided_at is null and q.asked_by <> me.account_id and q.account_id <> me.account_id
$$;

-- The roles, asked for or given, that the person who asks answers for: those in the organisations they speak for, and,
-- for who speaks for the service itself, those of the people who speak for partners. Never their own, nor what
-- they asked for, and none for an administrator.
create or replace function identity.grants_to_answer_for()
returns table (grant_id uuid, account_id uuid, account_name text, email text, role text, organisation text, team text, areas text[],
  requested_by text, requested_at timestamptz, approved_at timestamptz, reviewed_at timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
  with me as materialized (
    select m.account_id from identity.me() m where m.role <> 'referrer' and not identity.is_administrator(m.account_id)
  ), mine as materialized (
    select p.organisation_id, o.kind
    from me join identity.approver p on p.account_id = me.account_id and p.ended_at is null
    join identity.organisation o on o.id = p.organisation_id
  )
  select g.id, g.account_id, a.name, a.email, g.role, o.name, t.name, g.areas, asked.name, g.requested_at, g.approved_at,
    coalesce((select max(r.reviewed_at) from identity.grant_review r where r.grant_id = g.id), g.approved_at)
  from me
  join identity.access_grant g on g.account_id <> me.account_id and g.requested_by is distinct from me.account_id
  join identity.account a on a.id = g.account_id and a.disabled_at is null
  join identity.organisation o on o.id = g.organisation_id
  left join identity.team t on t.id = g.team_id
  left join identity.account asked on asked.id = g.requested_by
  where g.ended_at is null and g.refused_at is null
    and (g.organisation_id in (select mine.organisation_id from mine)
      or exists (select from mine where mine.kind = 'service') and exists (
        select from identity.approver p
        where p.organisation_id = g.organisation_id and p.account_id = g.account_id and p.ended_at is null))
$$;

-- A role is good only when somebody who answers for it, who neither gets it nor asked for it, gives it.
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
    and g.id in (select a.grant_id from identity.grants_to_answer_for() a);
  if not found then
    return false;
  end if;
  perform audit.write(case when approve then 'grant-approved' else 'grant-refused' end, 'done', 'grant', wanted, null, '{}');
  return true;
end
$$;

-- Somebody who answers for a role says, each quarter, that it is still needed.
create or replace function identity.review_grant(reviewed uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  insert into identity.grant_review (grant_id, reviewed_by)
  select a.grant_id, identity.account_id() from identity.grants_to_answer_for() a where a.grant_id = reviewed and a.approved_at is not null;
  if found then
    perform audit.write('grant-reviewed', 'done', 'grant', reviewed, null, '{}');
    return true;
  end if;
  return false;
end
$$;

-- Ends a role, or takes back what was asked for; and ends, at once, every session that stands on it.
create or replace function identity.end_grant(ended uuid, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  update identity.access_grant g set ended_at = now(), ended_by = identity.account_id()
  where g.id = ended and g.ended_at is null and g.role <> 'referrer'
    and (identity.administers() or g.id in (select a.grant_id from identity.grants_to_answer_for() a));
  if not found then
    return false;
  end if;
  update identity.session s set ended_at = now(), end_reason = 'access-changed' where s.grant_id = ended and s.ended_at is null;
  perform audit.write('grant-ended', 'done', 'grant', ended, null, identity.because(reason));
  return true;
end
$$;

create or replace function identity.end_own_session(ended uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  update identity.session s set ended_at = now(), end_reason = 'ended-by-user'
  where s.id = ended and s.account_id = identity.account_id() and s.ended_at is null;
  if found then
    perform audit.write('session-ended', 'done', 'account', identity.account_id(), null, jsonb_build_object('session', ended));
    return true;
  end if;
  return false;
end
$$;

-- Ends every session of the person who asks but the one they ask in.
create or replace function identity.end_other_sessions() returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  update identity.session s set ended_at = now(), end_reason = 'ended-by-user'
  where s.account_id = identity.account_id() and s.id <> identity.session_id() and s.ended_at is null;
  if found then
    perform audit.write('other-sessions-ended', 'done', 'account', identity.account_id(), null, '{}');
  end if;
end
$$;

-- The role a person works in is their choice among those they were given. A referrer's session was opened by a link
-- alone, so it can never become another, and no other becomes it.
create or replace function identity.choose_grant(chosen uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
begin
  select * into me from identity.me();
  update identity.session s set grant_id = g.id
  from identity.access_grant g
  where s.id = me.session_id and me.role <> 'referrer' and g.id = chosen and g.account_id = me.account_id and g.role <> 'referrer'
    and g.approved_at is not null and g.ended_at is null;
  if found then
    perform audit.write('role-chosen', 'done', 'grant', chosen, null, '{}');
    return true;
  end if;
  return false;
end
$$;

-- Rows and rights -----------------------------------------------------------------------------------------------

grant usage on schema identity, reference, homeward to homeward_visitor, homeward_referrer, homeward_relationship, homeward_provider,
  homeward_area, homeward_steward, homeward_task_sealing, homeward_task_messages, homeward_task_disposal, homeward_task_housekeeping;
grant usage on schema identity to homeward_web;
grant execute on function identity.begin(text) to homeward_web;
grant execute on function homeward.new_id(), homeward.new_reference(), homeward.stamp() to
  homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward, homeward_task_disposal;

grant execute on function identity.sign_in_material(text, bytea), identity.sign_in_failed(uuid, bytea),
  identity.open_session(uuid, bytea, bigint, bytea, int, int, text, bytea), identity.end_session(text),
  identity.owner_of_ended_session(text, bytea), identity.keep_form(uuid, text, bytea, int, int, bytea),
  identity.demonstration_accounts(bytea), identity.make_referrer_link(text, text, bytea, bytea, bytea),
  identity.link_is_good(text, text), identity.use_referrer_link(text, bytea, int, int, text, bytea),
  identity.accept_invitation(text, bytea, bytea, bigint, bytea[], bytea), identity.link_owner(text, bytea),
  identity.attempt(text, int, int), identity.may_try(text, int)
  to homeward_visitor;

grant execute on function identity.me(), identity.account_id(), identity.role(), identity.session_id(), identity.team_id(),
  identity.organisation_id(), identity.is_staff(), identity.touch_session(), identity.attempt(text, int, int), identity.may_try(text, int)
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant execute on function identity.account_id() to homeward_task_sealing, homeward_task_messages, homeward_task_disposal, homeward_task_housekeeping;
grant execute on function identity.own_account(), identity.own_credentials(uuid, bytea), identity.sign_in_failed(uuid, bytea),
  identity.prove_again(uuid, bigint, bytea, bytea), identity.change_password(uuid, bytea, bigint, bytea),
  identity.replace_recovery_codes(uuid, bytea[], bytea), identity.end_own_session(uuid), identity.end_other_sessions(),
  identity.choose_grant(uuid), identity.grants_to_answer_for(), identity.decide_grant(uuid, boolean), identity.review_grant(uuid),
  identity.end_grant(uuid, text), identity.speaks_for(uuid, uuid), identity.name_approver(uuid, text), identity.end_approver(uuid, uuid, text),
  identity.approvers_to_confirm(), identity.decide_approver(uuid, boolean),
  identity.set_council_areas(uuid, text[])
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant execute on function identity.add_account(text, text), identity.invite(uuid, text, bytea, bytea, text, bytea), identity.disable_account(uuid, text),
  identity.enable_account(uuid, text), identity.unlock_account(uuid, text), identity.end_sessions_of(uuid, text),
  identity.search_accounts(text, uuid, int)
  to homeward_steward;

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

-- Colleagues know each other's names; only an administrator sees addresses and states. Who refers is no colleague: it
-- may be the young person, or their family.
grant select (id, name) on identity.account to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
grant select (email, kind, locked_until, disabled_at, created_at, totp_confirmed_at) on identity.account to homeward_steward;
create policy colleagues on identity.account for select to homeward_relationship, homeward_provider, homeward_area
  using (kind = 'staff' and (select identity.is_staff()));
create policy administered on identity.account for select to homeward_steward
  using ((select identity.role()) in ('administrator', 'data-protection-lead'));
grant select on identity.organisation, identity.team to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on identity.organisation for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
create policy colleagues on identity.team for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
grant insert on identity.organisation, identity.team to homeward_steward;
create policy administered on identity.organisation for insert to homeward_steward with check ((select identity.role()) = 'administrator');
create policy administered on identity.team for insert to homeward_steward with check ((select identity.role()) = 'administrator');
grant select on identity.council_area to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on identity.council_area for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));
grant select on identity.approver to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on identity.approver for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));

grant select on identity.approver_request to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on identity.approver_request for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));

grant select on identity.access_grant to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy own on identity.access_grant for select to homeward_referrer using (account_id = (select identity.account_id()));
create policy colleagues on identity.access_grant for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (role <> 'referrer' and (select identity.is_staff()));
grant insert (id, account_id, role, organisation_id, team_id, areas, requested_by) on identity.access_grant to homeward_steward;
-- Where a role is held decides who answers for it: one that sees the whole service is none that a partner could give.
create policy administered on identity.access_grant for insert to homeward_steward
  with check ((select identity.role()) = 'administrator' and requested_by = (select identity.account_id()) and approved_at is null
    and (role in ('spoc', 'coordinator')) = (areas <> '{}')
    and (role <> 'spoc' or areas <@ array(select c.area from identity.council_area c where c.organisation_id = access_grant.organisation_id))
    and exists (
      select from identity.organisation o
      where o.id = organisation_id and o.kind = case role
        when 'spoc' then 'local-authority'
        when 'caseworker' then 'provider'
        when 'provider-manager' then 'provider'
        when 'gender-consultant' then 'provider'
        when 'referrer' then null
        else 'service' end));

grant select on identity.grant_review to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on identity.grant_review for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using ((select identity.is_staff()));

grant select (id, account_id, grant_id, created_at, last_seen_at, absolute_until, idle_minutes, device, ended_at, end_reason) on identity.session
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy own on identity.session for select to homeward_referrer, homeward_relationship, homeward_provider, homeward_area
  using (account_id = (select identity.account_id()));
create policy administered on identity.session for select to homeward_steward
  using ((select identity.role()) in ('administrator', 'data-protection-lead'));

grant select, insert, delete, update (fields_sealed, saved_at) on identity.kept_form
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy own on identity.kept_form to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (account_id = (select identity.account_id())) with check (account_id = (select identity.account_id()));

-- A form that a rule refused is let go of, so that it can be sent again.
grant select, insert, delete, update (location) on identity.submission
  to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy own on identity.submission to homeward_referrer, homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (account_id = (select identity.account_id())) with check (account_id = (select identity.account_id()));

grant delete, select on identity.submission, identity.attempt, identity.kept_form, identity.link to homeward_task_housekeeping;
create policy housekeeping on identity.submission to homeward_task_housekeeping using (at < now() - interval '30 days');
create policy housekeeping on identity.attempt to homeward_task_housekeeping using (window_ends_at < now() - interval '1 day');
create policy housekeeping on identity.kept_form to homeward_task_housekeeping using (saved_at < now() - interval '14 days');
create policy housekeeping on identity.link to homeward_task_housekeeping using (expires_at < now() - interval '30 days');

-- Who answers for what is kept here, and how to reach them: for everybody, signed in or not.
create or replace function identity.controller() returns table (name text, contact text)
language sql stable security definer set search_path = pg_catalog
as $$
  select o.name, o.contact from identity.organisation o where o.kind = 'service' order by o.id limit 1
$$;
grant execute on function identity.controller() to homeward_visitor;

-- Whether everybody here is invented. A database that nobody has declared a demonstration holds real people.
create or replace function homeward.is_demonstration() returns boolean
language sql stable security definer set search_path = pg_catalog
as $$ select coalesce((select n.demonstration from homeward.nature n), false) $$;
grant select on homeward.nature to homeward_gate;
grant usage on schema homeward to homeward_web;
grant execute on function homeward.is_demonstration() to homeward_web, homeward_visitor;
