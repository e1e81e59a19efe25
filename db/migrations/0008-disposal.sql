-- Disposal: identity, text and history go; a row without identity stays so that figures hold.

create table disposal.request (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null,
  reason text not null,
  requested_by uuid not null references identity.account,
  requested_at timestamptz not null default now(),
  approved_by uuid references identity.account,
  approved_at timestamptz,
  refused_at timestamptz,
  carried_out_at timestamptz,
  check (approved_by is distinct from requested_by)
);
create unique index request_open on disposal.request (person_id) where refused_at is null;

create table disposal.legal_hold (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null,
  reason text not null,
  placed_by uuid not null references identity.account,
  placed_at timestamptz not null default now(),
  lifted_at timestamptz
);
create index legal_hold_person on disposal.legal_hold (person_id) where lifted_at is null;

-- What is left of a referral when its person has been disposed of: enough to count, not enough to know.
create table disposal.counted_referral (
  id uuid primary key default homeward.new_id(),
  received_on date not null,
  kind text not null,
  stage text not null,
  area text not null,
  agency_kind text not null,
  gender text not null,
  ethnicity text not null,
  age_at_referral int,
  recorded_at timestamptz not null default now()
);
