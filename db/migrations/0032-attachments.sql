-- What a referrer adds to a referral that was sent, and files: with a referral, and on a young person's record.

-- Words, a file, or that they withdraw it; never changed.
create table service.referral_addition (
  id uuid primary key default homeward.new_id(),
  referral_id uuid not null references service.referral,
  kind text not null check (kind in ('information', 'file', 'withdrawal')),
  -- Empty for a file: what it is, the attachment says.
  words text not null default '',
  added_at timestamptz not null default now(),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((kind = 'file') = (words = ''))
);
create index referral_addition_referral on service.referral_addition (referral_id, added_at, id);
select homeward.keep_history('referral_addition');

-- A file: of a referral that is being written, of one that was sent, or on a record.
create table service.attachment (
  id uuid primary key default homeward.new_id(),
  draft_id uuid references service.referral_draft on delete cascade,
  referral_id uuid references service.referral,
  person_id uuid references service.person,
  -- The provider that put it on a record.
  organisation_id uuid references identity.organisation,
  -- As whoever sent it called it, but for what a file's name cannot hold.
  name text not null check (length(name) between 1 and 200),
  -- What its content is found to be; what its sender called it does not matter.
  type text not null check (type in ('pdf', 'jpeg', 'png', 'docx', 'odt', 'text')),
  size int not null check (size between 1 and 10485760),
  sha256 bytea not null,
  state text not null default 'quarantined' check (state in ('quarantined', 'clean', 'infected', 'not-scannable')),
  scanned_at timestamptz,
  -- What the scanner found, in its own words; empty where nothing.
  found text not null default '',
  uploaded_by uuid not null references identity.account,
  uploaded_at timestamptz not null default now(),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (num_nonnulls(draft_id, referral_id, person_id) = 1),
  check ((person_id is null) = (organisation_id is null)),
  check ((state = 'quarantined') = (scanned_at is null))
);
create index attachment_draft on service.attachment (draft_id) where draft_id is not null;
create index attachment_referral on service.attachment (referral_id, uploaded_at) where referral_id is not null;
create index attachment_person on service.attachment (person_id, uploaded_at) where person_id is not null;
create index attachment_quarantined on service.attachment (uploaded_at) where state = 'quarantined';
select homeward.keep_history('attachment');
-- A draft that is thrown away is gone, its files with it.
drop trigger keep on service.attachment;
create trigger keep after update or delete on service.attachment for each row
  when (old.draft_id is null) execute function history.keep();

-- Its content, sealed by the application for this attachment alone. Apart, so that no list reads it; never changed.
create table service.attachment_content (
  attachment_id uuid primary key references service.attachment on delete cascade,
  content_sealed bytea not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
alter table service.attachment_content alter column content_sealed set storage external;
create trigger stamp before insert or update on service.attachment_content for each row execute function homeward.stamp();

insert into disposal.reach values
  ('service.referral_addition', 'referral_id', 'referral', 'deleted', 9, 'What was added to their referral'),
  ('service.attachment', 'referral_id', 'referral', 'deleted', 9, 'Files of their referrals; the content goes with them'),
  ('service.attachment', 'person_id', 'person', 'deleted', 10, 'Files on their record; the content goes with them');

-- The background work that has files looked through.
do $$
begin
  if not exists (select from pg_roles where rolname = 'homeward_task_scanning') then
    create role homeward_task_scanning nologin noinherit;
  end if;
end
$$;
grant homeward_task_scanning to homeward_jobs;
