-- Disposal: identity, text and history go; rows without identity stay so that figures hold.

-- How long a record is kept after it closes. A period that changes gets a new row with the day it comes into force.
create table reference.retention_period (
  record_type text not null check (record_type in ('supported', 'referred')),
  in_force_from date not null,
  years_after_closing int not null check (years_after_closing > 0),
  -- Never before this birthday.
  until_age int not null check (until_age >= 0),
  source text not null,
  primary key (record_type, in_force_from)
);
insert into reference.retention_period values
  ('supported', '2000-01-01', 7, 25, 'Local retention, domain guide 3.3: 6 to 7 years, or to the 25th birthday'),
  ('referred', '2000-01-01', 6, 25, 'Local retention, domain guide 3.3: 6 to 7 years, or to the 25th birthday');

-- What is disposed of as one: a person with everything about them, or a referral that was never linked to a person.

-- Until when closed records are kept, reckoned every night. A record that is open has no row.
create table disposal.retention (
  subject_kind text not null check (subject_kind in ('person', 'referral')),
  subject_id uuid not null,
  reference text not null,
  record_type text not null,
  closed_on date not null,
  keep_until date not null,
  primary key (subject_kind, subject_id)
);
create index retention_due on disposal.retention (keep_until, subject_id);
create index retention_reference on disposal.retention (reference);
create index referral_without_person on service.referral (id) where person_id is null;

create table disposal.request (
  id uuid primary key default homeward.new_id(),
  subject_kind text not null check (subject_kind in ('person', 'referral')),
  subject_id uuid not null,
  -- Emptied, as the note is, when the disposal is carried out.
  reference text not null,
  ground text not null check (ground in ('retention-ended', 'erasure-requested', 'recorded-in-error')),
  note text not null default '',
  requested_by uuid not null references identity.account,
  requested_at timestamptz not null default now(),
  approved_by uuid references identity.account,
  approved_at timestamptz,
  refused_by uuid references identity.account,
  refused_at timestamptz,
  carried_out_at timestamptz,
  -- When the files of the database were written anew without it (`homeward dispose`).
  erased_at timestamptz,
  check (approved_by <> requested_by),
  check ((approved_by is null) = (approved_at is null)),
  check ((refused_by is null) = (refused_at is null)),
  check (approved_at is null or refused_at is null),
  check (carried_out_at is null or approved_at is not null),
  check (carried_out_at is null or (reference = '' and note = ''))
);
create unique index request_open on disposal.request (subject_id) where refused_at is null;
create index request_waiting on disposal.request (requested_at) where approved_at is null and refused_at is null;
create index request_approved on disposal.request (approved_at) where carried_out_at is null;
create index request_carried_out on disposal.request (carried_out_at desc) where carried_out_at is not null;

create table disposal.legal_hold (
  id uuid primary key default homeward.new_id(),
  subject_kind text not null check (subject_kind in ('person', 'referral')),
  subject_id uuid not null,
  reference text not null,
  reason text not null,
  placed_by uuid not null references identity.account,
  placed_at timestamptz not null default now(),
  lifted_by uuid references identity.account,
  lifted_at timestamptz,
  check ((lifted_by is null) = (lifted_at is null))
);
create unique index legal_hold_current on disposal.legal_hold (subject_id) where lifted_at is null;
create index legal_hold_placed on disposal.legal_hold (placed_at desc) where lifted_at is null;

-- Who and what was disposed of, in ids alone: so that none can come back, from a restored backup least of all.
create table disposal.disposed (
  subject_id uuid primary key,
  subject_kind text not null check (subject_kind in ('person', 'referral')),
  request_id uuid not null,
  -- SHA-256 of the reference: answers "was this one disposed of?" to somebody who holds the reference.
  reference_digest bytea not null,
  referral_ids uuid[] not null,
  account_ids uuid[] not null,
  at timestamptz not null
);

-- What is left of a referral: enough to count, not enough to know. One row for each span of days in which it read so,
-- so that figures as they were recorded at an earlier day hold as well. The ids are random: they tell no order.
create table disposal.counted_referral (
  id uuid primary key default gen_random_uuid(),
  received_on date not null,
  kind text not null,
  stage text not null,
  area text not null,
  agency_kind text not null,
  gender text not null,
  ethnicity text not null,
  age_at_referral int,
  decided_on date,
  recorded_from date not null,
  -- The day from which it no longer read so; null for how it read last.
  recorded_until date
);
create index counted_referral_received on disposal.counted_referral (received_on);

create table disposal.counted_allocation (
  id uuid primary key default gen_random_uuid(),
  started_on date not null,
  ended_on date,
  area text not null,
  organisation_id uuid not null,
  gender text not null,
  ethnicity text not null,
  age_at_start int,
  recorded_from date not null,
  recorded_until date
);
create index counted_allocation_started on disposal.counted_allocation (started_on);

-- How far a disposal reaches: every column that leads from a row to a person, a referral or the account of a young
-- person who referred themselves, and what becomes of the row. Its history goes by the same column. A table that is
-- added later needs a row here; a test compares this with the catalogue.
create table disposal.reach (
  table_name text not null,
  column_name text not null,
  leads_to text not null check (leads_to in ('person', 'referral', 'account')),
  then_row text not null check (then_row in ('deleted', 'unlinked', 'kept')),
  -- In this order, so that nothing points at a row that is gone.
  step int not null,
  why text not null,
  primary key (table_name, column_name)
);
insert into disposal.reach values
  ('service.case_note', 'person_id', 'person', 'deleted', 10, 'Case notes'),
  ('service.allocation', 'referral_id', 'referral', 'deleted', 10, 'Allocations of their referrals'),
  ('service.allocation', 'person_id', 'person', 'deleted', 10, 'Allocations'),
  ('service.referral_action', 'referral_id', 'referral', 'deleted', 10, 'What happened to their referrals'),
  ('service.referral_action', 'person_id', 'person', 'unlinked', 20, 'Somebody else''s referral, once thought to be theirs'),
  ('service.referral_draft', 'referral_id', 'referral', 'deleted', 20, 'The draft that a referral was sent from'),
  ('service.referral', 'id', 'referral', 'deleted', 30, 'Their referrals, with the answers'),
  ('service.referral', 'person_id', 'person', 'kept', 30, 'Deleted by their ids, above'),
  ('service.person', 'id', 'person', 'deleted', 40, 'Their record'),
  ('service.referrer_verification', 'referrer_id', 'account', 'deleted', 50, 'How it was confirmed who they are'),
  ('service.referral_draft', 'account_id', 'account', 'deleted', 50, 'What they began to write'),
  ('service.referral', 'referrer_id', 'account', 'kept', 50, 'Gone already: an account with another referral is kept'),
  ('identity.session', 'account_id', 'account', 'deleted', 50, 'Their visits'),
  ('identity.access_grant', 'account_id', 'account', 'deleted', 60, 'That they may refer'),
  ('identity.link', 'account_id', 'account', 'deleted', 50, 'Links they were sent'),
  ('identity.kept_form', 'account_id', 'account', 'deleted', 50, 'What they had typed'),
  ('identity.submission', 'account_id', 'account', 'deleted', 50, 'Forms they sent'),
  ('messages.message', 'account_id', 'account', 'deleted', 50, 'Messages to them'),
  ('identity.recovery_code', 'account_id', 'account', 'deleted', 50, 'None: staff alone have them'),
  ('identity.account', 'id', 'account', 'deleted', 70, 'Their name and address'),
  ('identity.approver', 'account_id', 'account', 'kept', 0, 'Staff alone'),
  ('audit.entry', 'person_id', 'person', 'kept', 0, 'Ids alone, and the tree stands on them'),
  ('disposal.disposed', 'referral_ids', 'referral', 'kept', 0, 'What must not come back'),
  ('disposal.disposed', 'account_ids', 'account', 'kept', 0, 'What must not come back');

-- What leads to them by the path of a page, by the first id in it.
create index message_subject on messages.message
  (substring(path from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'));
create index kept_form_subject on identity.kept_form
  (substring(path from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'));
