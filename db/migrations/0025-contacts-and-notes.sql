-- Contact with young people as it is planned, tried and made; notes that keep other people apart and leave a trail when
-- they are removed; where a worker is who went alone.

-- Contact. It is planned and then recorded, or recorded at once.
create table service.contact (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  episode_id uuid references service.episode,
  organisation_id uuid not null references identity.organisation,
  -- Whoever makes it.
  worker_id uuid not null references identity.account,
  planned_for timestamptz,
  -- When it happened, or was tried, or was to happen and did not.
  happened_at timestamptz,
  how text not null check (how in ('in-person', 'telephone', 'text', 'video', 'letter', 'through-somebody-else')),
  with_whom text not null check (with_whom in ('young-person', 'parent-or-carer', 'professional')),
  outcome text not null check (outcome in ('planned', 'reached', 'no-answer', 'did-not-come', 'cancelled-by-them', 'cancelled-by-us')),
  place text not null default '',
  -- The case note that was written about it.
  note_id uuid references service.case_note,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((outcome = 'planned') = (happened_at is null)),
  check (outcome <> 'planned' or planned_for is not null)
);
create index contact_person on service.contact (person_id, happened_at desc, id desc);
create index contact_organisation on service.contact (organisation_id, happened_at desc);
create index contact_episode on service.contact (episode_id);
create index contact_note on service.contact (note_id) where note_id is not null;
-- What waits: the worker's own, and that of the people they now work with.
create index contact_planned_by_worker on service.contact (worker_id, planned_for, id) where outcome = 'planned';
create index contact_planned_with on service.contact (person_id, planned_for, id) where outcome = 'planned';
select homeward.keep_history('contact');

-- Since when a young person was engaged, as another system had it (docs/decisions/0012-when-somebody-is-engaged.md).
alter table service.allocation add column first_engaged_on date;
alter table history.allocation add column first_engaged_on date;
select homeward.refresh_as_at('allocation');

-- What a note says about anybody else stands apart, to be taken out before the young person is given it; what was
-- written once for several people is in each one's note, and names none of them.
alter table service.case_note
  add column third_party text not null default '',
  add column shared_text text not null default '',
  add column needs_sign_off boolean not null default false,
  add column deleted_at timestamptz,
  add column deleted_by uuid references identity.account,
  add column delete_reason text not null default '',
  add constraint case_note_removed check ((deleted_at is null) = (deleted_by is null) and (deleted_at is null) = (delete_reason = '')),
  -- What a removed note said is in its history alone, which has readers of its own.
  add constraint case_note_empty_when_removed check (deleted_at is null
    or (present = '' and fact = '' and opinion = '' and voice = '' and third_party = '' and shared_text = '' and change_reason = ''));
alter table history.case_note
  add column third_party text not null default '',
  add column shared_text text not null default '',
  add column needs_sign_off boolean not null default false,
  add column deleted_at timestamptz,
  add column deleted_by uuid,
  add column delete_reason text not null default '';
select homeward.refresh_as_at('case_note');

-- Where a worker goes alone, and by when they are to be back.
create table service.check_in (
  id uuid primary key default homeward.new_id(),
  worker_id uuid not null references identity.account,
  organisation_id uuid not null references identity.organisation,
  going_to text not null,
  expected_back_at timestamptz not null,
  checked_in_at timestamptz,
  -- The worker, or the manager who reached them.
  checked_in_by uuid references identity.account,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((checked_in_at is null) = (checked_in_by is null))
);
create index check_in_worker on service.check_in (worker_id, expected_back_at) where checked_in_at is null;
create index check_in_organisation on service.check_in (organisation_id, expected_back_at, id) where checked_in_at is null;
select homeward.keep_history('check_in');

insert into disposal.reach values
  -- Before the notes that they name.
  ('service.contact', 'person_id', 'person', 'deleted', 8, 'Contact with them');
