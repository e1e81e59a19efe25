-- What an allocation is chosen by: what each team offers, how much its workers can carry, who stands in for whom, the
-- rules that suggest a team; and what is done for those who wait for one.

-- What a team offers. Kept by the manager of its provider and by the administrator; a team without a row works with
-- everybody, everywhere.
create table identity.team_profile (
  team_id uuid primary key references identity.team,
  works_with text not null default 'everybody' check (works_with in ('everybody', 'young-women', 'young-men')),
  -- Codes of the list of reasons 'specialism'.
  specialisms text[] not null default '{}',
  -- As people call them: "Somali".
  languages text[] not null default '{}',
  -- Codes of areas; none for everywhere.
  areas text[] not null default '{}',
  open_to_new boolean not null default true,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create trigger stamp before insert or update on identity.team_profile for each row execute function homeward.stamp();
insert into reference.reason (list, code, text, place) values
  ('specialism', 'young-women', 'Young women', 1),
  ('specialism', 'gangs-and-families', 'Gangs and families', 2),
  ('specialism', 'housing', 'Housing', 3),
  ('specialism', 'aged-18-to-25', 'Young people of 18 to 25', 4),
  ('specialism', 'custody', 'Young people in custody', 5),
  ('specialism', 'learning-needs', 'Autism, ADHD and learning disabilities', 6);

-- By what teams are suggested, the weightiest first. A suggestion decides nothing.
create table reference.allocation_rule (
  name text primary key check (name ~ '^[a-z]+(-[a-z]+)*$'),
  place int not null,
  in_use boolean not null default true,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
insert into reference.allocation_rule (name, place) values
  ('gender', 1), ('area', 2), ('capacity', 3), ('language', 4), ('prior-worker', 5), ('age', 6);
create trigger stamp before insert or update on reference.allocation_rule for each row execute function homeward.stamp();

alter table service.allocation
  -- How much work it is, of a worker's points: 1 light to 5 intensive.
  add column weight smallint not null default 3 check (weight between 1 and 5),
  -- How the rules had placed the team that was chosen, 1 being the first; null where they suggested it not at all.
  add column suggested_place smallint,
  -- How many whom the team could support had waited longer, and why this one went before them: a code of the list of
  -- reasons 'queue-jump'.
  add column went_before int not null default 0 check (went_before >= 0),
  add column jump_reason text not null default '',
  add check ((went_before = 0) = (jump_reason = ''));
alter table history.allocation
  add column weight smallint not null default 3,
  add column suggested_place smallint,
  add column went_before int not null default 0,
  add column jump_reason text not null default '';
select homeward.refresh_as_at('allocation');

-- How many points a worker carries, where it is not the threshold 'caseload'.
create table service.worker_capacity (
  id uuid primary key default homeward.new_id(),
  organisation_id uuid not null references identity.organisation,
  worker_id uuid not null references identity.account,
  points int not null check (points between 0 and 500),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (worker_id, organisation_id)
);
create index worker_capacity_organisation on service.worker_capacity (organisation_id);
select homeward.keep_history('worker_capacity');

-- Who stands in for a worker, both days included.
create table service.cover (
  id uuid primary key default homeward.new_id(),
  organisation_id uuid not null references identity.organisation,
  worker_id uuid not null references identity.account,
  covered_by uuid not null references identity.account,
  starts_on date not null,
  ends_on date not null,
  ended_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (covered_by <> worker_id),
  check (ends_on >= starts_on)
);
create index cover_worker on service.cover (worker_id, ends_on);
create index cover_covered_by on service.cover (covered_by, ends_on);
create index cover_organisation on service.cover (organisation_id, ends_on);
select homeward.keep_history('cover');

-- What is done for somebody while they wait, and why they were moved before others. What it said before is its history.
create table service.waiting_entry (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  episode_id uuid not null unique references service.episode,
  area text not null references reference.area,
  meanwhile text not null default '',
  local_provision text not null default '',
  moved_up_at timestamptz,
  -- A code of the list of reasons 'queue-jump', and more of it in words.
  moved_up_reason text not null default '',
  moved_up_why text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((moved_up_at is null) = (moved_up_reason = ''))
);
create index waiting_entry_person on service.waiting_entry (person_id);
select homeward.keep_history('waiting_entry');
insert into disposal.reach values
  ('service.waiting_entry', 'person_id', 'person', 'deleted', 10, 'What was done while they waited');

-- What waits for a provider's answer.
create index allocation_to_answer on service.allocation (organisation_id, started_at) where ended_at is null and taken_up_at is null;
