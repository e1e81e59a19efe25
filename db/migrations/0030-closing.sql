-- The end of support by a provider: why, what came of it, the young person's own view, and the manager's word. Follow-up later.

create table service.closing (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  episode_id uuid not null references service.episode,
  organisation_id uuid not null references identity.organisation,
  reason text,
  summary text not null default '',
  -- The eight items of a positive outcome, in the order of the domain guide 1.5 and of import-format.md.
  outcome_1 text check (outcome_1 in ('yes', 'no', 'not-known')),
  view_1 text check (view_1 in ('young-person', 'professional', 'both')),
  evidence_1 text not null default '',
  outcome_2 text check (outcome_2 in ('yes', 'no', 'not-known')),
  view_2 text check (view_2 in ('young-person', 'professional', 'both')),
  evidence_2 text not null default '',
  outcome_3 text check (outcome_3 in ('yes', 'no', 'not-known')),
  view_3 text check (view_3 in ('young-person', 'professional', 'both')),
  evidence_3 text not null default '',
  outcome_4 text check (outcome_4 in ('yes', 'no', 'not-known')),
  view_4 text check (view_4 in ('young-person', 'professional', 'both')),
  evidence_4 text not null default '',
  outcome_5 text check (outcome_5 in ('yes', 'no', 'not-known')),
  view_5 text check (view_5 in ('young-person', 'professional', 'both')),
  evidence_5 text not null default '',
  outcome_6 text check (outcome_6 in ('yes', 'no', 'not-known')),
  view_6 text check (view_6 in ('young-person', 'professional', 'both')),
  evidence_6 text not null default '',
  outcome_7 text check (outcome_7 in ('yes', 'no', 'not-known')),
  view_7 text check (view_7 in ('young-person', 'professional', 'both')),
  evidence_7 text not null default '',
  outcome_8 text check (outcome_8 in ('yes', 'no', 'not-known')),
  view_8 text check (view_8 in ('young-person', 'professional', 'both')),
  evidence_8 text not null default '',
  harm text check (harm in ('reduced', 'same', 'increased', 'not-known')),
  resilience text check (resilience in ('increased', 'same', 'decreased', 'not-known')),
  county_lines text check (county_lines in ('ceased', 'reduced', 'same', 'increased', 'not-known')),
  neet_at_start text check (neet_at_start in ('yes', 'no', 'not-known')),
  neet_at_end text check (neet_at_end in ('yes', 'no', 'not-known')),
  handover text not null default '',
  feedback text not null default '',
  follow_up text check (follow_up in ('agreed', 'declined', 'not-asked')),
  words_to_referrer text not null default '',
  state text not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'signed-off')),
  submitted_by uuid references identity.account,
  submitted_at timestamptz,
  -- What the manager wrote when they returned it.
  comments text not null default '',
  signed_off_by uuid references identity.account,
  signed_off_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((state = 'signed-off') = (signed_off_at is not null)),
  check (signed_off_by is distinct from submitted_by or signed_off_by is null)
);
create unique index closing_open on service.closing (episode_id, organisation_id) where state <> 'signed-off';
create index closing_episode on service.closing (episode_id);
create index closing_person on service.closing (person_id);
create index closing_waiting on service.closing (organisation_id, submitted_at) where state = 'submitted';
select homeward.keep_history('closing');

-- Asking how they are, some months later, where they agreed to it.
create table service.follow_up (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  episode_id uuid not null references service.episode,
  organisation_id uuid not null references identity.organisation,
  months int not null check (months in (3, 12)),
  due_on date not null,
  done_on date,
  reached text check (reached in ('reached', 'not-reached', 'declined')),
  safe text check (safe in ('yes', 'no', 'not-known')),
  what text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((done_on is null) = (reached is null))
);
create index follow_up_due on service.follow_up (organisation_id, due_on) where done_on is null;
create index follow_up_person on service.follow_up (person_id);
create index follow_up_episode on service.follow_up (episode_id);
select homeward.keep_history('follow_up');

insert into disposal.reach values
  ('service.closing', 'person_id', 'person', 'deleted', 10, 'How support ended'),
  ('service.follow_up', 'person_id', 'person', 'deleted', 10, 'How they were some months later');
