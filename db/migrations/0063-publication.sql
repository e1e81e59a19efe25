-- Publishing is work for the background: it counts again, hides what is small, tries to find out what it hid, and publishes only
-- when it could not. The second person's signature asks for it.

-- How far it is; empty where nobody is at it.
alter table service.report
  add column publish_stage text not null default '' check (publish_stage in ('', 'counting', 'hiding', 'auditing'));
alter table history.report add column publish_stage text not null default '';
select homeward.refresh_as_at('report');

-- As at which moment an edition was worked out, and which numbers of it can be found out whatever is hidden, by what was
-- published before: their names.
alter table service.report_figures
  add column as_at timestamptz,
  add column exposed text[] not null default '{}';
alter table history.report_figures
  add column as_at timestamptz,
  add column exposed text[] not null default '{}';
update service.report_figures f set as_at = r.as_at from service.report r where r.id = f.report_id;
select homeward.refresh_as_at('report_figures');

-- What the auditor did before an edition went out: {cells, hidden, tried, seconds, solver}. Null where it hides nothing of its own.
alter table service.report_publication add column audit jsonb;
alter table history.report_publication add column audit jsonb;
select homeward.refresh_as_at('report_publication');

-- As before, and how far a publication is changes while it is signed off.
create or replace function homeward.report_moves() returns trigger
language plpgsql set search_path = pg_catalog
as $$
declare
  me uuid := identity.account_id();
  moving constant text[] := array['state', 'submitted_at', 'sent_back', 'signed_off_by', 'signed_off_at', 'publish_asked_at',
    'publish_stage', 'publish_fault', 'published_at', 'version', 'recorded_at', 'recorded_by', 'action_id'];
begin
  if old.state <> 'draft' and to_jsonb(old) - moving <> to_jsonb(new) - moving then
    raise exception 'a report that was submitted is not changed: send it back first' using errcode = 'insufficient_privilege';
  end if;
  if (old.state, new.state) not in (('draft', 'draft'), ('draft', 'submitted'), ('submitted', 'submitted'), ('submitted', 'draft'),
    ('submitted', 'signed-off'), ('signed-off', 'signed-off'), ('signed-off', 'draft'), ('signed-off', 'published'), ('published', 'published'))
  then
    raise exception 'a report that is % does not become %', old.state, new.state using errcode = 'insufficient_privilege';
  end if;
  if old.state = 'published' and to_jsonb(old) - array['version', 'recorded_at', 'recorded_by', 'action_id']
    <> to_jsonb(new) - array['version', 'recorded_at', 'recorded_by', 'action_id']
  then
    raise exception 'a report that is published is not changed' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'signed-off' and old.state <> 'signed-off' then
    if new.signed_off_by is distinct from me or me = new.author_id
      or exists (select from service.report_text t where t.report_id = new.id and t.recorded_by = me)
      or exists (select from history.report_text t where t.report_id = new.id and t.recorded_by = me)
    then
      raise exception 'a report is signed off by somebody who wrote none of it' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if new.state = 'published' and old.state <> 'published' and session_user = 'homeward_web' then
    raise exception 'a report is published in the background, with its figures' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

-- One job does all that waits: what a worker who was killed left is not asked for again by name.
create or replace function homeward.add_working_out() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  perform jobs.add('work-out-reports', '{}', 'work-out-reports');
  return null;
end
$$;
create or replace function homeward.add_publication() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  perform jobs.add('publish-reports', '{}', 'publish-reports');
  return null;
end
$$;

-- Who must act is told, and the author of what became of the report; nobody of what they did themselves.
create function homeward.tell_of_report() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
declare
  path constant text := '/reports/' || new.id;
  signer uuid;
begin
  if old.state = 'draft' and new.state = 'submitted' then
    for signer in
      select distinct a.id
      from identity.account a join identity.access_grant g on g.account_id = a.id
      where g.role in ('analyst', 'operations-manager') and g.approved_at is not null and g.ended_at is null and a.disabled_at is null
        and a.id <> new.author_id
        and not exists (select from service.report_text t where t.report_id = new.id and t.recorded_by = a.id)
        and not exists (select from history.report_text t where t.report_id = new.id and t.recorded_by = a.id)
      order by a.id
    loop
      perform messages.queue(signer, 'report-waits', path);
    end loop;
  elsif old.state = 'submitted' and new.state = 'signed-off' then
    perform messages.queue(new.author_id, 'report-signed-off', path);
  elsif old.state <> 'draft' and new.state = 'draft' then
    if new.recorded_by is distinct from new.author_id then
      perform messages.queue(new.author_id, 'report-sent-back', path);
    end if;
  elsif old.state = 'signed-off' and new.state = 'published' then
    perform messages.queue(new.author_id, 'report-published', path);
  elsif new.state = 'signed-off' and old.publish_fault = '' and new.publish_fault <> '' then
    perform messages.queue(new.author_id, 'report-not-published', path);
    perform messages.queue(new.signed_off_by, 'report-not-published', path);
  end if;
  return null;
end
$$;
create trigger tell_of_report after update of state, publish_fault on service.report
  for each row execute function homeward.tell_of_report();
