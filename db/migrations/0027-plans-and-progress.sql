-- What is planned with a young person and what comes of it: safety plans, trigger profiles, needs, goals; onward referrals;
-- education, training and work; consent and decisions to share information.

-- One current plan per young person and provider; what it said before is its history.
create table service.safety_plan (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  made_with text not null default '',
  home text not null default '',
  daytime text not null default '',
  travel text not null default '',
  online text not null default '',
  day_and_night text not null default '',
  people text not null default '',
  places text not null default '',
  codes text not null default '',
  if_missing text not null default '',
  if_threatened text not null default '',
  if_in_debt text not null default '',
  if_stopped text not null default '',
  if_out_of_area text not null default '',
  emergency text not null default '',
  triggers text not null default '',
  may_see text not null default '',
  -- Why it was last written: when it was made, at a review, after an incident, or between reviews.
  occasion text not null check (occasion in ('made', 'review', 'after-incident', 'between-reviews')),
  incident text not null default '',
  rehearsed_on date,
  reviewed_on date not null,
  review_due_on date not null check (review_due_on > reviewed_on),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (person_id, organisation_id)
);
create index safety_plan_organisation on service.safety_plan (organisation_id, review_due_on);
select homeward.keep_history('safety_plan');

-- What helps to find somebody who is missing. One per young person and provider.
create table service.trigger_profile (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  description text not null default '',
  triggers text not null default '',
  associates text not null default '',
  places text not null default '',
  phones text not null default '',
  vehicles text not null default '',
  health text not null default '',
  tell_police text not null default '',
  when_found text not null default '',
  reviewed_on date not null,
  review_due_on date not null check (review_due_on > reviewed_on),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (person_id, organisation_id)
);
create index trigger_profile_organisation on service.trigger_profile (organisation_id, review_due_on);
select homeward.keep_history('trigger_profile');

create table service.needs_assessment (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  episode_id uuid,
  stage text not null check (stage in ('start', 'review', 'close')),
  assessed_on date not null,
  -- None after the last.
  review_due_on date check ((review_due_on is null) = (stage = 'close')),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (id, person_id),
  foreign key (episode_id, person_id) references service.episode (id, person_id)
);
create index needs_assessment_person on service.needs_assessment (person_id, organisation_id, assessed_on desc, id desc);
create index needs_assessment_organisation on service.needs_assessment (organisation_id, assessed_on desc);
create index needs_assessment_episode on service.needs_assessment (episode_id, person_id);
select homeward.keep_history('needs_assessment');

-- One row for each domain of an assessment; src/plans/needs.ts has the list.
create table service.assessed_need (
  id uuid primary key default homeward.new_id(),
  assessment_id uuid not null,
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  domain text not null check (domain ~ '^[a-z]+(-[a-z]+)*$'),
  level text not null check (level in ('none', 'some', 'high', 'not-known')),
  words text not null default '',
  -- Null where nothing is said about it.
  whose_view text check (whose_view in ('young-person', 'worker', 'both', 'somebody-else')),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (assessment_id, domain),
  foreign key (assessment_id, person_id) references service.needs_assessment (id, person_id)
);
create index assessed_need_assessment on service.assessed_need (assessment_id, person_id);
create index assessed_need_person on service.assessed_need (person_id);
create index assessed_need_organisation on service.assessed_need (organisation_id);
select homeward.keep_history('assessed_need');

create table service.goal (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  episode_id uuid,
  -- The young person's own.
  words text not null check (words <> ''),
  why text not null default '',
  status text not null check (status in ('not-started', 'going', 'done', 'stopped')),
  stopped_because text not null default '',
  set_on date not null,
  review_due_on date not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (id, person_id),
  foreign key (episode_id, person_id) references service.episode (id, person_id)
);
create index goal_person on service.goal (person_id, organisation_id, set_on desc, id desc);
create index goal_organisation on service.goal (organisation_id, set_on desc);
create index goal_episode on service.goal (episode_id, person_id);
select homeward.keep_history('goal');

create table service.goal_step (
  id uuid primary key default homeward.new_id(),
  goal_id uuid not null,
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  what text not null check (what <> ''),
  owner text not null check (owner in ('young-person', 'worker', 'other')),
  owner_name text not null default '' check ((owner_name <> '') = (owner = 'other')),
  due_on date not null,
  status text not null check (status in ('not-started', 'going', 'done', 'stopped')),
  stopped_because text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  foreign key (goal_id, person_id) references service.goal (id, person_id)
);
create index goal_step_goal on service.goal_step (goal_id, person_id);
create index goal_step_person on service.goal_step (person_id, organisation_id, due_on);
create index goal_step_organisation on service.goal_step (organisation_id);
select homeward.keep_history('goal_step');

-- To one of the 16 services of onward_referrals.csv (docs: import format).
create table service.onward_referral (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  episode_id uuid,
  service text not null check (service ~ '^[a-z]+(-[a-z]+)*$'),
  made_on date not null,
  engaged text not null check (engaged in ('yes', 'no', 'unknown')),
  note text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  foreign key (episode_id, person_id) references service.episode (id, person_id)
);
create index onward_referral_person on service.onward_referral (person_id, made_on desc, id desc);
create index onward_referral_organisation on service.onward_referral (organisation_id, made_on desc);
create index onward_referral_episode on service.onward_referral (episode_id, person_id);
select homeward.keep_history('onward_referral');

-- Education, training and employment: what somebody did from a day on, or that they did none of it.
create table service.ete_period (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  from_on date not null,
  until_on date check (until_on >= from_on),
  status text not null check (status in ('in-education', 'employed', 'not-in-education', 'unknown')),
  -- Of education alone: an education_setting of the import format.
  setting text check (setting ~ '^[a-z]+(-[a-z]+)*$'),
  place text not null default '',
  -- A week.
  hours int check (hours between 0 and 100),
  note text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (setting is null or status = 'in-education')
);
create index ete_period_person on service.ete_period (person_id, from_on desc, id desc);
create index ete_period_organisation on service.ete_period (organisation_id, from_on desc);
select homeward.keep_history('ete_period');

create table service.sharing_decision (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  -- Consent to be supported is another thing than consent to share what is known.
  kind text not null check (kind in ('support', 'sharing')),
  what text not null check (what <> ''),
  with_whom text not null default '',
  consent text not null check (consent in ('given', 'refused', 'withdrawn', 'not-sought')),
  -- Null where nobody was asked.
  asked text check (asked in ('young-person', 'parental-responsibility', 'both')),
  asked_name text not null default '',
  withdrawn_on date,
  shared text not null check (shared in ('yes', 'in-part', 'no', 'not-asked')),
  -- Null where it rests on consent; src/consent/sharing-decision.ts has the list and where each comes from.
  rule text check (rule ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  reasons text not null default '',
  decided_by text not null check (decided_by <> ''),
  decided_on date not null,
  review_due_on date,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((asked is null) = (consent = 'not-sought')),
  check ((withdrawn_on is null) = (consent <> 'withdrawn')),
  check ((shared = 'not-asked') = (kind = 'support')),
  -- What is shared without consent rests on a rule.
  check (shared not in ('yes', 'in-part') or consent = 'given' or rule is not null)
);
create index sharing_decision_person on service.sharing_decision (person_id, decided_on desc, id desc);
create index sharing_decision_organisation on service.sharing_decision (organisation_id, decided_on desc);
select homeward.keep_history('sharing_decision');

insert into disposal.reach values
  ('service.safety_plan', 'person_id', 'person', 'deleted', 10, 'Safety plans'),
  ('service.trigger_profile', 'person_id', 'person', 'deleted', 10, 'Trigger profiles'),
  ('service.assessed_need', 'person_id', 'person', 'deleted', 8, 'Their needs, one by one'),
  ('service.needs_assessment', 'person_id', 'person', 'deleted', 10, 'Assessments of their needs'),
  ('service.goal_step', 'person_id', 'person', 'deleted', 8, 'Steps towards their goals'),
  ('service.goal', 'person_id', 'person', 'deleted', 10, 'Their goals'),
  ('service.onward_referral', 'person_id', 'person', 'deleted', 10, 'Referrals on to other services'),
  ('service.ete_period', 'person_id', 'person', 'deleted', 10, 'Their education, training and work'),
  ('service.sharing_decision', 'person_id', 'person', 'deleted', 10, 'Consent, and decisions to share what is known');
