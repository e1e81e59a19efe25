-- An allocation gives a provider's team a young person; its end takes them away again.

create table service.allocation (
  id uuid primary key default homeward.new_id(),
  referral_id uuid not null references service.referral,
  person_id uuid not null references service.person,
  area text not null references reference.area,
  organisation_id uuid not null references identity.organisation,
  team_id uuid not null references identity.team,
  worker_id uuid references identity.account,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  end_reason text,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
-- One referral is allocated once at a time: two coordinators cannot both do it.
create unique index allocation_open_referral on service.allocation (referral_id) where ended_at is null;
create index allocation_team on service.allocation (team_id, started_at desc);
create index allocation_worker on service.allocation (worker_id) where ended_at is null;
create index allocation_organisation on service.allocation (organisation_id, started_at desc);
create index allocation_person on service.allocation (person_id);
create index allocation_area on service.allocation (area, started_at desc);
select homeward.keep_history('allocation');

create table service.case_note (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  author_id uuid not null references identity.account,
  kind text not null,
  happened_at timestamptz not null,
  present text not null default '',
  fact text not null,
  opinion text not null default '',
  voice text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create index case_note_person on service.case_note (person_id, happened_at desc, id desc);
create index case_note_organisation on service.case_note (organisation_id, happened_at desc);
create index case_note_author on service.case_note (author_id, happened_at desc);
select homeward.keep_history('case_note');
