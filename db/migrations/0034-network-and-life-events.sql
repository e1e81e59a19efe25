-- The people round a young person and how to reach them safely; and what changes a life while a record lasts: another
-- borough, growing up, a death.

-- Somebody of a young person's family, household or network, as the provider that wrote it down knows them.
create table service.network_member (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  kind text not null check (kind in ('family', 'household', 'professional', 'trusted-adult', 'friend', 'associate')),
  name text not null,
  -- What they are to the young person: mother, social worker.
  relationship text not null,
  agency text not null default '',
  phone text not null default '',
  email text not null default '',
  address text not null default '',
  parental_responsibility text not null check (parental_responsibility in ('yes', 'no', 'not-known')),
  lives_with text not null check (lives_with in ('yes', 'no', 'not-known')),
  from_on date,
  until_on date,
  may_contact text not null check (may_contact in ('yes', 'through-worker', 'never')),
  contact_why text not null default '',
  notes text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (until_on >= from_on),
  -- Whoever is told not to contact somebody is told why.
  check (may_contact = 'yes' or contact_why <> '')
);
create index network_member_person on service.network_member (person_id);
create index network_member_organisation on service.network_member (organisation_id);
select homeward.keep_history('network_member');

-- How to reach a young person without putting them in danger: one a provider.
create table service.safe_contact (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  phone text not null default '',
  who_answers text not null default '',
  safe_times text not null default '',
  what_to_say text not null default '',
  code_word text not null default '',
  never_do text not null default '',
  post text not null check (post in ('yes', 'no', 'not-known')),
  safe_address text not null default '',
  unsafe_addresses text not null default '',
  checked_on date not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  -- A letter goes to an address that somebody wrote down as safe.
  check (post <> 'yes' or safe_address <> ''),
  unique (person_id, organisation_id)
);
create index safe_contact_organisation on service.safe_contact (organisation_id);
select homeward.keep_history('safe_contact');

-- What changes when they turn 18, and who sees to it: one a provider.
create table service.transition_plan (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  adult_services text not null default '',
  led_by text not null default '',
  consent text not null default '',
  sharing text not null default '',
  nrm text not null default '',
  housing text not null default '',
  benefits text not null default '',
  wishes text not null default '',
  reviewed_on date not null,
  review_due_on date not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (person_id, organisation_id)
);
create index transition_plan_organisation on service.transition_plan (organisation_id);
select homeward.keep_history('transition_plan');

-- Which area was responsible until when; the referral keeps the one it came to.
create table service.borough_change (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  from_area text not null references reference.area,
  to_area text not null references reference.area,
  moved_on date not null,
  why text not null,
  agreed_by text not null,
  changed_at timestamptz not null default now(),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (from_area <> to_area)
);
create index borough_change_person on service.borough_change (person_id, moved_on desc, id desc);
select homeward.keep_history('borough_change');

-- A death, as it was learned of. One that was recorded in error stays, and says so.
create table service.death (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  died_on date not null,
  source text not null,
  told text not null,
  in_error_at timestamptz,
  why_in_error text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((in_error_at is null) = (why_in_error = ''))
);
create unique index death_current on service.death (person_id) where in_error_at is null;
create index death_person on service.death (person_id);
select homeward.keep_history('death');

-- The day stands on the record as well, so that every list of what is due can leave them out.
alter table service.person add column died_on date;
alter table history.person add column died_on date;
select homeward.refresh_as_at('person');

alter table messages.message drop constraint message_state_check;
alter table messages.message add constraint message_state_check check (state in ('queued', 'sent', 'failed', 'cancelled'));
drop index messages.message_undelivered;
create index message_undelivered on messages.message (created_at) where state in ('queued', 'failed');

insert into disposal.reach values
  ('service.network_member', 'person_id', 'person', 'deleted', 10, 'Family, household and network'),
  ('service.safe_contact', 'person_id', 'person', 'deleted', 10, 'How to reach them safely'),
  ('service.transition_plan', 'person_id', 'person', 'deleted', 10, 'What changed when they turned 18'),
  ('service.borough_change', 'person_id', 'person', 'deleted', 10, 'Which borough was responsible'),
  ('service.death', 'person_id', 'person', 'deleted', 10, 'Their death');
