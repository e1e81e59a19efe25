-- The import in the browser: what somebody brought waits, sealed, until they have seen what it would change and confirm it. And
-- what an import told people to look at is kept with it.

-- Files that were brought. What it becomes when it is imported, service.import, has the same id.
create table service.import_upload (
  id uuid primary key default homeward.new_id(),
  brought_by uuid not null references identity.account,
  brought_at timestamptz not null default now(),
  -- What came: [{"name": "referrals.csv", "bytes": 236544}].
  files jsonb not null,
  state text not null default 'checking'
    check (state in ('checking', 'checked', 'importing', 'imported', 'discarded', 'expired', 'failed')),
  -- How often the work of this state was begun: what fails each time is not tried for ever.
  attempts int not null default 0,
  checked_at timestamptz,
  -- What the check found; null until it has.
  faults int check (faults >= 0),
  -- How many rows could be imported: none where a file cannot be read by its header.
  good_rows int check (good_rows >= 0),
  -- All of it, or what is valid: as whoever confirmed it chose.
  mode text check (mode in ('all', 'valid')),
  decided_by uuid references identity.account,
  decided_at timestamptz,
  ended_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((checked_at is null) = (faults is null) and (checked_at is null) = (good_rows is null)),
  check ((decided_by is null) = (decided_at is null)),
  check (state not in ('importing', 'imported') or (mode is not null and decided_by is not null)),
  check ((state in ('imported', 'discarded', 'expired')) = (ended_at is not null))
);
create index import_upload_newest on service.import_upload (brought_at desc);
create index import_upload_at_work on service.import_upload (brought_at) where state in ('checking', 'importing');
select homeward.keep_history('import_upload');

-- Its files, what the check found in them and how far the work on it is: in pieces, each sealed by the application for its
-- place alone. No list reads them, and nothing of them is kept: they are gone when it is imported, discarded or seven days old.
create table service.import_upload_piece (
  id uuid primary key default homeward.new_id(),
  upload_id uuid not null references service.import_upload on delete cascade,
  -- A file's name; `faults.csv`, `preview` or `progress`.
  name text not null,
  number int not null check (number >= 0),
  content_sealed bytea not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (upload_id, name, number)
);
alter table service.import_upload_piece alter column content_sealed set storage external;
create trigger stamp before insert or update on service.import_upload_piece for each row execute function homeward.stamp();

-- How what was brought may move. People confirm, discard and ask for another check, in their own name; the background does the rest.
create function homeward.import_upload_moves() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  if (old.state, new.state) not in (
    ('checking', 'checking'), ('checking', 'checked'), ('checking', 'discarded'), ('checking', 'expired'), ('checking', 'failed'),
    ('checked', 'checked'), ('checked', 'checking'), ('checked', 'importing'), ('checked', 'discarded'), ('checked', 'expired'),
    ('importing', 'importing'), ('importing', 'imported'), ('importing', 'checked'), ('importing', 'failed'),
    ('failed', 'failed'), ('failed', 'checking'), ('failed', 'discarded'), ('failed', 'expired'),
    ('imported', 'imported'), ('discarded', 'discarded'), ('expired', 'expired'))
  then
    raise exception 'what was brought and is % does not become %', old.state, new.state using errcode = 'insufficient_privilege';
  end if;
  if session_user = 'homeward_web' then
    if old.state <> new.state and new.state not in ('checking', 'importing', 'discarded') then
      raise exception 'only the background says that it is %', new.state using errcode = 'insufficient_privilege';
    end if;
    if new.decided_by is distinct from old.decided_by and new.decided_by is distinct from identity.account_id() then
      raise exception 'nobody confirms in the name of somebody else' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end
$$;
create trigger import_upload_moves before update on service.import_upload
  for each row execute function homeward.import_upload_moves();

create function homeward.add_importing() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  perform jobs.add('carry-out-imports', '{}', 'carry-out-imports');
  return null;
end
$$;
create trigger add_checking after insert on service.import_upload for each row execute function homeward.add_importing();
create trigger add_importing after update of state on service.import_upload for each row
  when (new.state in ('checking', 'importing') and new.state <> old.state) execute function homeward.add_importing();

-- Of what was imported, what was found in it can be read until it is seven days old; its files cannot.
create function homeward.throw_import_away() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  delete from service.import_upload_piece p
  where p.upload_id = new.id and (new.state <> 'imported' or p.name not in ('faults.csv', 'preview'));
  return null;
end
$$;
create trigger throw_import_away after update of state on service.import_upload for each row
  when (new.state in ('imported', 'discarded', 'expired') and new.state <> old.state) execute function homeward.throw_import_away();

-- What an import told when it had ended, but for what is about somebody: {"faults": 0, "passedOver": [], "known": 0, "move": 1,
-- "unlike": 0}. What imports before this version told is not known.
alter table service.import add column told jsonb;
alter table history.import add column told jsonb;
select homeward.refresh_as_at('import');

-- What people are to look at: a record that may be of somebody who was known before, one whose newest referral names another
-- borough, and referrals of one reference that are unlike. It goes with whom it is about.
create table service.import_finding (
  id uuid primary key default homeward.new_id(),
  import_id uuid not null references service.import,
  kind text not null check (kind in ('known', 'move', 'unlike')),
  -- Its place among those of its kind, the likeliest first.
  place int not null check (place > 0),
  person_id uuid not null references service.person,
  other_person_id uuid references service.person,
  -- References and names of places, and why; no name of anybody.
  details jsonb not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((other_person_id is null) = (kind <> 'known')),
  unique (import_id, kind, place)
);
create index import_finding_person on service.import_finding (person_id);
create index import_finding_other_person on service.import_finding (other_person_id) where other_person_id is not null;
select homeward.keep_history('import_finding');

insert into disposal.reach values
  ('service.import_finding', 'person_id', 'person', 'deleted', 8, 'What an import told of their record, for people to look at'),
  ('service.import_finding', 'other_person_id', 'person', 'deleted', 8, 'What an import told of another record that is like theirs');
