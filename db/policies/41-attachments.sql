-- What a referrer adds to a referral that was sent, and files. Rows are made by functions alone, each in its own command.

-- What was added is read by those who work with the referral. A referrer sees that they added something, and no longer what.
grant select on service.referral_addition to homeward_relationship, homeward_provider, homeward_area;
grant select (id, referral_id, kind, added_at) on service.referral_addition to homeward_referrer;
create policy own on service.referral_addition for select to homeward_referrer
  using (exists (select from service.referral r where r.id = referral_addition.referral_id));
create policy relationship on service.referral_addition for select to homeward_relationship
  using (exists (select from service.referral r where r.id = referral_addition.referral_id));
create policy provider on service.referral_addition for select to homeward_provider
  using (exists (select from service.referral r where r.id = referral_addition.referral_id));
create policy area on service.referral_addition for select to homeward_area
  using (exists (select from service.referral r where r.id = referral_addition.referral_id));
select homeward.history_follows('referral_addition');

-- One more row of what happened to a referral, by its referrer. The referral is held by whoever calls.
create or replace function need_to_know.referrer_acted(referral uuid, kind text, details jsonb, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  insert into service.referral_action (referral_id, sequence, area, person_id, kind, details, at, by_account)
  select r.id, (select coalesce(max(x.sequence), 0) + 1 from service.referral_action x where x.referral_id = r.id), r.area,
    r.person_id, referrer_acted.kind, referrer_acted.details, referrer_acted.at, identity.account_id()
  from service.referral r where r.id = referrer_acted.referral
$$;

-- Tells the coordinators of an area, or where there is none those who run the service.
create or replace function messages.tell_coordinators(area text, template text, path text) returns void
language plpgsql volatile security definer set search_path = pg_catalog
as $$
begin
  if messages.tell_those_who_answer_for(area, 'coordinator', template, path) = 0 then
    perform messages.tell_operations_managers(template, path);
  end if;
end
$$;

-- Tells whoever works with the young person because of a referral, and their managers: they learn of what its referrer did from
-- us, and not from them.
create or replace function messages.tell_who_works_by(held service.referral, template text) returns void
language sql volatile security definer set search_path = pg_catalog
as $$
  select messages.tell(told.account_id, tell_who_works_by.template, format('/people/%s', held.person_id))
  from (
    select distinct g.account_id
    from service.allocation l
    join identity.access_grant g on g.approved_at is not null and g.ended_at is null
      and ((g.role = 'provider-manager' and g.organisation_id = l.organisation_id)
        or (g.role = 'caseworker' and case when l.worker_id is null then g.team_id = l.team_id else g.account_id = l.worker_id end))
    where (l.referral_id = held.id or l.episode_id = held.episode_id) and l.ended_at is null) told
$$;

-- The sent referral of the referrer who asks, held until the transaction ends; null where it is not theirs.
create or replace function need_to_know.hold_own_referral(wanted uuid) returns service.referral
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  held service.referral;
begin
  if identity.role() is distinct from 'referrer' then
    raise exception 'only a referrer adds to a referral' using errcode = 'insufficient_privilege';
  end if;
  select r.* into held from service.referral r where r.id = wanted and r.referrer_id = identity.account_id() for update;
  return held;
end
$$;

-- Adds words to a sent referral. Whatever its stage, somebody reads them: what is told too late may still keep somebody safe.
-- Says 'done', 'missing' or 'too-many'.
create or replace function need_to_know.add_to_referral(wanted uuid, words text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  held service.referral := need_to_know.hold_own_referral(wanted);
begin
  if held.id is null then
    return 'missing';
  elsif not identity.attempt('add-to-referral ' || held.referrer_id, 30, 3600) then
    return 'too-many';
  end if;
  perform audit.command('add-to-referral', 'referral', held.id, held.person_id, '{}');
  insert into service.referral_addition (referral_id, kind, words, added_at)
  values (held.id, 'information', add_to_referral.words, add_to_referral.at);
  if held.stage <> 'withdrawn' then
    perform need_to_know.referrer_acted(held.id, 'information-added', '{}', at);
  end if;
  perform messages.tell_coordinators(held.area, 'referral-added-to', format('/referrals/%s', held.id));
  perform messages.tell_who_works_by(held, 'referral-added-to');
  return 'done';
end
$$;

-- Withdraws a sent referral, once. Where it is too late for that by the stage, the wish is kept and told: a referrer who was
-- not verified learns no stage by trying. Says 'done', 'missing', 'again' or 'too-many'.
create or replace function need_to_know.withdraw_referral(wanted uuid, why text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  held service.referral := need_to_know.hold_own_referral(wanted);
  is_in_time boolean := held.stage in ('received', 'accepted');
begin
  if held.id is null then
    return 'missing';
  elsif exists (select from service.referral_addition a where a.referral_id = held.id and a.kind = 'withdrawal') then
    return 'again';
  elsif not identity.attempt('add-to-referral ' || held.referrer_id, 30, 3600) then
    return 'too-many';
  end if;
  perform audit.command('withdraw-referral', 'referral', held.id, held.person_id, jsonb_build_object('inTime', is_in_time));
  insert into service.referral_addition (referral_id, kind, words, added_at)
  values (held.id, 'withdrawal', why, withdraw_referral.at);
  if is_in_time then
    update service.referral r set stage = 'withdrawn', episode_id = null where r.id = held.id;
    perform need_to_know.referrer_acted(held.id, 'withdrawn', jsonb_build_object('why', why), at);
    -- As when an acceptance is taken back: an episode that it began, and that nothing else belongs to, ends with it.
    update service.episode e set closed_at = withdraw_referral.at
    where e.id = held.episode_id and e.referral_id = held.id and e.closed_at is null and need_to_know.stands_for_nothing(e.id);
  elsif held.stage <> 'withdrawn' then
    perform need_to_know.referrer_acted(held.id, 'information-added', '{}', at);
    perform messages.tell_who_works_by(held, 'referral-withdrawn');
  end if;
  perform messages.tell_coordinators(held.area, 'referral-withdrawn', format('/referrals/%s', held.id));
  return 'done';
end
$$;
grant execute on function need_to_know.add_to_referral(uuid, text, timestamptz), need_to_know.withdraw_referral(uuid, text, timestamptz)
  to homeward_referrer;

-- Files ------------------------------------------------------------------------------------------------------------

-- A file is read by those who read what it belongs to. A referrer sees the files of a draft, and after it is sent no more.
grant select on service.attachment to homeward_relationship, homeward_provider, homeward_area;
grant select (id, draft_id, name, size, type, state, uploaded_at) on service.attachment to homeward_referrer;
create policy own on service.attachment for select to homeward_referrer
  using (exists (select from service.referral_draft d where d.id = attachment.draft_id and d.referral_id is null));
create policy relationship on service.attachment for select to homeward_relationship
  using (person_id = any (array(select need_to_know.people('attachment')))
    or ((select identity.role()) = 'caseworker' and exists (select from service.referral r where r.id = attachment.referral_id)));
create policy provider on service.attachment for select to homeward_provider
  using (organisation_id = (select need_to_know.provider('attachment'))
    or exists (select from service.referral r where r.id = attachment.referral_id));
create policy area on service.attachment for select to homeward_area
  using ((select identity.role()) in ('coordinator', 'analyst', 'operations-manager')
    and (exists (select from service.referral r where r.id = attachment.referral_id)
      or exists (
        select from service.person p
        where p.id = attachment.person_id and p.area = any (array(select need_to_know.areas('attachment'))))));
select homeward.history_follows('attachment');

-- Content that was not found clean is nobody's to read but the scanner's.
grant select (attachment_id, content_sealed) on service.attachment_content to homeward_relationship, homeward_provider, homeward_area;
create policy relationship on service.attachment_content for select to homeward_relationship
  using (exists (select from service.attachment a where a.id = attachment_content.attachment_id and a.state = 'clean'
    and a.removed_at is null));
create policy provider on service.attachment_content for select to homeward_provider
  using (exists (select from service.attachment a where a.id = attachment_content.attachment_id and a.state = 'clean'
    and a.removed_at is null));
create policy area on service.attachment_content for select to homeward_area
  using (exists (select from service.attachment a where a.id = attachment_content.attachment_id and a.state = 'clean'
    and a.removed_at is null));

-- Takes in a file, quarantined. Who may: the referrer on a draft or a sent referral of theirs, whoever works with a young
-- person on their record. Says 'done', 'missing' or 'too-many'.
create or replace function need_to_know.attach(new_id uuid, draft uuid, referral uuid, person uuid, name text, type text, size int,
  sha256 bytea, content_sealed bytea, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
  held service.referral;
begin
  select * into me from identity.me();
  if num_nonnulls(draft, referral, person) <> 1 then
    raise exception 'a file belongs to one thing' using errcode = 'invalid_parameter_value';
  elsif me.role = 'referrer' and draft is not null then
    perform from service.referral_draft d
    where d.id = draft and d.account_id = me.account_id and d.referral_id is null and d.expires_at > now() for update;
    if not found then
      return 'missing';
    elsif (select count(*) from service.attachment a where a.draft_id = draft) >= 10 then
      return 'too-many';
    end if;
  elsif me.role = 'referrer' and referral is not null then
    held := need_to_know.hold_own_referral(referral);
    if held.id is null then
      return 'missing';
    end if;
  elsif me.role in ('caseworker', 'provider-manager') and person is not null then
    if not need_to_know.acts_on(person) then
      return 'missing';
    end if;
  else
    raise exception 'a file is not to be put there' using errcode = 'insufficient_privilege';
  end if;
  if not identity.attempt('attach ' || me.account_id, 60, 3600) then
    return 'too-many';
  end if;
  perform audit.command('attach-file', 'attachment', new_id, coalesce(person, held.person_id),
    jsonb_build_object('draft', draft, 'referral', referral, 'type', type, 'size', size));
  insert into service.attachment (id, draft_id, referral_id, person_id, organisation_id, name, type, size, sha256, uploaded_by, uploaded_at)
  values (new_id, draft, referral, person, case when person is not null then me.organisation_id end, name, type, size, sha256,
    me.account_id, at);
  insert into service.attachment_content (attachment_id, content_sealed) values (new_id, attach.content_sealed);
  if held.id is not null then
    insert into service.referral_addition (referral_id, kind, added_at) values (held.id, 'file', at);
    if held.stage <> 'withdrawn' then
      perform need_to_know.referrer_acted(held.id, 'information-added', '{}', at);
    end if;
    perform messages.tell_coordinators(held.area, 'referral-added-to', format('/referrals/%s', held.id));
    perform messages.tell_who_works_by(held, 'referral-added-to');
  end if;
  perform jobs.add('scan-attachments', '{}', 'scan-attachments');
  return 'done';
end
$$;
grant execute on function need_to_know.attach(uuid, uuid, uuid, uuid, text, text, int, bytea, bytea, timestamptz)
  to homeward_referrer, homeward_relationship, homeward_provider;

-- What a removed file was called is read by the managers of the provider and those who run the service, and by nobody who
-- works the case.
create policy not_removed on history.attachment as restrictive for select to homeward_relationship, homeward_area
  using ((select identity.role()) = 'operations-manager'
    or exists (select from service.attachment a where a.id = attachment.id and a.removed_at is null));

-- Takes a file off a record: whoever put it there may, or a manager of their provider. That there was one, who took it off and
-- why stays for everybody who could read it; its content is opened by nobody any more, and destroyed with the record. False
-- where there is none that the asker may take off.
create or replace function need_to_know.remove_attachment(wanted uuid, reason text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  me record;
  held service.attachment;
begin
  select * into me from identity.me();
  if coalesce(me.role, 'nobody') not in ('caseworker', 'provider-manager') or reason = '' then
    raise exception 'a file is not to be taken off so' using errcode = 'insufficient_privilege';
  end if;
  select a.* into held from service.attachment a
  where a.id = wanted and a.person_id is not null and a.removed_at is null and a.organisation_id = me.organisation_id
    and (a.uploaded_by = me.account_id or me.role = 'provider-manager')
  for no key update;
  if not found or not need_to_know.reaches(held.person_id) then
    return false;
  end if;
  perform audit.command('remove-file-from-record', 'attachment', wanted, held.person_id, '{}');
  update service.attachment a
  set removed_at = remove_attachment.at, removed_by = me.account_id, remove_reason = reason, name = 'A file that was removed'
  where a.id = wanted;
  return true;
end
$$;
grant execute on function need_to_know.remove_attachment(uuid, text, timestamptz) to homeward_relationship, homeward_provider;

-- Takes a file off a draft that is not sent.
grant delete on service.attachment to homeward_referrer;
create policy own_delete on service.attachment for delete to homeward_referrer
  using (exists (select from service.referral_draft d where d.id = attachment.draft_id and d.referral_id is null));

-- The files of a draft are those of the referral that was sent from it, in the command that sends it.
create or replace function need_to_know.send_attachments(draft uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  moved int;
begin
  update service.attachment a set draft_id = null, referral_id = d.referral_id
  from service.referral_draft d
  where d.id = send_attachments.draft and a.draft_id = d.id and d.referral_id is not null and d.account_id = identity.account_id();
  get diagnostics moved = row_count;
  return moved;
end
$$;
grant execute on function need_to_know.send_attachments(uuid) to homeward_referrer;

-- The scanner reads what is quarantined, and says once what it found.
grant usage on schema service, need_to_know, audit to homeward_task_scanning;
grant select (id, state, uploaded_at) on service.attachment to homeward_task_scanning;
grant select (attachment_id, content_sealed) on service.attachment_content to homeward_task_scanning;
create policy scanning on service.attachment for select to homeward_task_scanning using (state = 'quarantined');
create policy scanning on service.attachment_content for select to homeward_task_scanning
  using (exists (select from service.attachment a where a.id = attachment_content.attachment_id));

-- Whoever decides about the referral or answers for the young person is told of what is infected, and who put it on a record.
-- `signature` is what was found, '' for nothing. It is not called `found`: that is PL/pgSQL's own, however it is qualified.
drop function if exists need_to_know.attachment_scanned(uuid, text, text, timestamptz);
create function need_to_know.attachment_scanned(scanned uuid, result text, signature text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  a service.attachment;
begin
  if result is null or result not in ('clean', 'infected', 'not-scannable') then
    raise exception 'no such result' using errcode = 'invalid_parameter_value';
  end if;
  select x.* into a from service.attachment x where x.id = scanned and x.state = 'quarantined' for update;
  if a.id is null then
    return false;
  end if;
  perform audit.task('attachment-scanned', 'attachment', a.id, a.person_id, jsonb_build_object('result', result));
  update service.attachment x set state = result, found = signature, scanned_at = attachment_scanned.at where x.id = a.id;
  if result = 'clean' then
    return true;
  end if;
  if a.referral_id is not null then
    perform messages.tell_coordinators((select r.area from service.referral r where r.id = a.referral_id), 'file-refused',
      format('/referrals/%s', a.referral_id));
  elsif a.person_id is not null then
    perform messages.tell_coordinators((select p.area from service.person p where p.id = a.person_id), 'file-refused',
      format('/people/%s/files', a.person_id));
    perform messages.tell(a.uploaded_by, 'file-refused', format('/people/%s/files', a.person_id));
  end if;
  return true;
end
$$;
grant execute on function need_to_know.attachment_scanned(uuid, text, text, timestamptz) to homeward_task_scanning;
