-- Reports: what an analyst makes of figures and their own words, a second person signs off, and is then published: frozen,
-- under a hash, and never changed. None of it is about a person.

create table service.report (
  id uuid primary key default homeward.new_id(),
  kind text not null check (kind in ('strategic-assessment', 'quarterly-performance', 'borough-profile', 'data-completeness')),
  title text not null check (title <> ''),
  -- Whose profile it is; of every other kind the whole service's.
  area text references reference.area,
  period_from date not null,
  period_to date not null,
  comparison_from date,
  comparison_to date,
  -- What had been recorded by then is counted, and nothing that came after it.
  as_at timestamptz not null,
  editions text[] not null check (editions in ('{internal}', '{public}', '{internal,public}')),
  -- The marking of the internal edition; a public one is OFFICIAL.
  marking text not null check (marking in ('OFFICIAL', 'OFFICIAL-SENSITIVE')),
  state text not null default 'draft' check (state in ('draft', 'submitted', 'signed-off', 'published')),
  author_id uuid not null references identity.account,
  submitted_at timestamptz,
  -- Why it was sent back to its author.
  sent_back text not null default '',
  signed_off_by uuid references identity.account,
  signed_off_at timestamptz,
  publish_asked_at timestamptz,
  -- Why it could not be published, where it could not.
  publish_fault text not null default '',
  published_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((kind = 'borough-profile') = (area is not null)),
  check (period_from <= period_to),
  check ((comparison_from is null) = (comparison_to is null) and comparison_from <= comparison_to and comparison_to < period_from),
  check (signed_off_by <> author_id),
  check ((signed_off_by is null) = (signed_off_at is null) and (signed_off_by is not null) = (state in ('signed-off', 'published'))),
  check ((published_at is not null) = (state = 'published'))
);
select homeward.keep_history('report');

-- What the author writes, a row a section; earlier words are in its history.
create table service.report_text (
  id uuid primary key default homeward.new_id(),
  report_id uuid not null references service.report,
  section text not null check (section ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  words text not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (report_id, section)
);
select homeward.keep_history('report_text');

-- The figures of each edition as they were worked out for the author and for whoever signs it off: JSON, as it was hashed.
create table service.report_figures (
  id uuid primary key default homeward.new_id(),
  report_id uuid not null references service.report,
  edition text not null check (edition in ('internal', 'public')),
  figures text not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (report_id, edition)
);
select homeward.keep_history('report_figures');

-- What was published, an edition a row, with all that it takes to read it without the rest.
create table service.report_publication (
  id uuid primary key default homeward.new_id(),
  report_id uuid not null references service.report,
  edition text not null check (edition in ('internal', 'public')),
  kind text not null,
  title text not null,
  area text references reference.area,
  period_from date not null,
  period_to date not null,
  published_at timestamptz not null,
  figures text not null,
  -- The texts, marking, names and caveats: JSON.
  words text not null,
  -- Of the figures, a line feed and the words, in UTF-8; in hexadecimal.
  sha256 text not null check (sha256 = encode(sha256(convert_to(figures || E'\n' || words, 'UTF8')), 'hex')),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (report_id, edition)
);
create index report_publication_newest on service.report_publication (published_at desc);
select homeward.keep_history('report_publication');

-- Whoever it is, the owner of the database too.
create function homeward.published_is_settled() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  raise exception 'what was published is never changed: publish another report' using errcode = 'insufficient_privilege';
end
$$;
create trigger published_is_settled before update or delete on service.report_publication
  for each row execute function homeward.published_is_settled();
create trigger published_is_not_emptied before truncate on service.report_publication
  for each statement execute function homeward.published_is_settled();

-- How a report may move. A draft is written; what is submitted is signed off or sent back by somebody else; what is signed
-- off is published by the background alone. What was submitted stays as it was submitted.
create function homeward.report_moves() returns trigger
language plpgsql set search_path = pg_catalog
as $$
declare
  me uuid := identity.account_id();
  moving constant text[] := array['state', 'submitted_at', 'sent_back', 'signed_off_by', 'signed_off_at', 'publish_asked_at',
    'publish_fault', 'published_at', 'version', 'recorded_at', 'recorded_by', 'action_id'];
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
create trigger report_moves before update on service.report for each row execute function homeward.report_moves();

-- What protects the figures of a public edition takes a while: it is worked out in the background.
create function homeward.add_working_out() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  perform jobs.add('work-out-report', json_build_object('report', new.id), 'work-out-report ' || new.id);
  return null;
end
$$;
create trigger add_working_out after insert or update of as_at on service.report for each row
  when (new.state = 'draft' and 'public' = any (new.editions)) execute function homeward.add_working_out();

-- Publishing works every figure out again and tries to recover what is hidden: it is work for the background.
create function homeward.add_publication() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  perform jobs.add('publish-report', json_build_object('report', new.id), 'publish-report');
  return null;
end
$$;
create trigger add_publication after update of publish_asked_at on service.report for each row
  when (new.state = 'signed-off' and new.publish_asked_at is not null and new.publish_asked_at is distinct from old.publish_asked_at)
  execute function homeward.add_publication();
