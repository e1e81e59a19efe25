-- Records that their named people alone may open, and records that are opened without a relationship in an emergency.

create table service.restriction (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  why text not null,
  placed_by uuid not null references identity.account,
  placed_at timestamptz not null default now(),
  lifted_by uuid references identity.account,
  lifted_at timestamptz,
  why_lifted text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((lifted_by is null) = (lifted_at is null))
);
create unique index restriction_current on service.restriction (person_id) where lifted_at is null;
create index restriction_person on service.restriction (person_id);
select homeward.keep_history('restriction');

-- Who may open it while it is restricted, if their role gives it to them at all.
create table service.restriction_reader (
  id uuid primary key default homeward.new_id(),
  restriction_id uuid not null references service.restriction,
  person_id uuid not null references service.person,
  account_id uuid not null references identity.account,
  since timestamptz not null default now(),
  ended_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create unique index restriction_reader_current on service.restriction_reader (restriction_id, account_id) where ended_at is null;
create index restriction_reader_restriction on service.restriction_reader (restriction_id);
create index restriction_reader_person on service.restriction_reader (person_id);
select homeward.keep_history('restriction_reader');

-- Breaking the glass: who opened which record without a relationship, why, until when, and what its review found.
create table service.record_opening (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  account_id uuid not null references identity.account,
  role text not null,
  organisation_id uuid references identity.organisation,
  ground text not null check (ground in ('danger-now', 'police-request', 'hospital', 'missing', 'worker-away', 'other')),
  reason text not null,
  opened_at timestamptz not null default now(),
  until timestamptz not null,
  reviewed_by uuid references identity.account,
  reviewed_at timestamptz,
  finding text check (finding in ('justified', 'not-justified')),
  review_note text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((reviewed_by is null) = (reviewed_at is null) and (reviewed_by is null) = (finding is null)),
  check (reviewed_by is distinct from account_id)
);
create index record_opening_account on service.record_opening (account_id, until desc);
create index record_opening_person on service.record_opening (person_id);
create index record_opening_to_review on service.record_opening (opened_at) where reviewed_at is null;
create index record_opening_newest on service.record_opening (opened_at desc, id desc);
select homeward.keep_history('record_opening');

insert into disposal.reach values
  ('service.restriction_reader', 'person_id', 'person', 'deleted', 8, 'Who could open their restricted record'),
  ('service.restriction_reader', 'account_id', 'account', 'kept', 0, 'Staff alone'),
  ('service.restriction', 'person_id', 'person', 'deleted', 9, 'That their record was restricted, and why'),
  ('service.record_opening', 'person_id', 'person', 'deleted', 10, 'Emergencies in which their record was opened'),
  ('service.record_opening', 'account_id', 'account', 'kept', 0, 'Staff alone');
