-- An episode of support: from the acceptance of a referral to its closing, whoever works in it. What a referral can go
-- through besides being decided, two roles more, and the figures and reasons that a service sets for itself.

alter table identity.access_grant drop constraint access_grant_role_check;
alter table identity.access_grant add constraint access_grant_role_check check (role in ('referrer', 'spoc', 'coordinator', 'analyst',
  'caseworker', 'provider-manager', 'gender-consultant', 'operations-manager', 'data-protection-lead', 'administrator'));

create table service.episode (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  -- The area responsible now; the referral keeps the one that was responsible when it came.
  area text not null references reference.area,
  referral_id uuid not null references service.referral,
  -- The one before: whoever comes back has a new episode.
  previous_id uuid,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (closed_at is null or closed_at >= opened_at),
  unique (id, person_id),
  foreign key (previous_id, person_id) references service.episode (id, person_id)
);
-- A repeat referral joins the episode that is open.
create unique index episode_open on service.episode (person_id) where closed_at is null;
create index episode_person on service.episode (person_id, opened_at desc);
create index episode_open_by_area on service.episode (area, opened_at, id) where closed_at is null;
create index episode_referral on service.episode (referral_id);
create index episode_previous on service.episode (previous_id, person_id);
select homeward.keep_history('episode');

-- Deferred: an episode and its referral name each other, and are disposed of together.
alter table service.referral add column episode_id uuid references service.episode deferrable initially deferred;
alter table history.referral add column episode_id uuid;
create index referral_episode on service.referral (episode_id) where episode_id is not null;
alter table service.referral drop constraint referral_stage_check;
alter table service.referral add constraint referral_stage_check check (stage in ('received', 'accepted', 'allocated', 'declined',
  'signposted', 'intelligence-only', 'withdrawn', 'closed'));
select homeward.refresh_as_at('referral');

-- Nothing is removed from the list of what can happen to a referral, and the rules of src/referrals/referral.ts say what
-- each means; so the list itself stands there alone.
alter table service.referral_action drop constraint referral_action_kind_check;
alter table service.referral_action add constraint referral_action_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');

-- A provider takes an allocation up, or hands it back: it ends then, and says why.
alter table service.allocation
  add column episode_id uuid references service.episode,
  add column taken_up_at timestamptz,
  add column taken_up_by uuid references identity.account;
alter table history.allocation
  add column episode_id uuid,
  add column taken_up_at timestamptz,
  add column taken_up_by uuid;
create index allocation_episode on service.allocation (episode_id);
-- Two providers may support somebody at once, but neither twice.
drop index service.allocation_open_referral;
create unique index allocation_open_in_episode on service.allocation (episode_id, organisation_id) where ended_at is null;
select homeward.refresh_as_at('allocation');

-- Likely matches are found by the search keys of a name (need_to_know.likely_matches), no longer by its trigrams.
drop index service.person_name;

-- How long things may take, and other figures that a service sets: each change is a new row with the day it comes into force.
create table reference.threshold (
  name text not null check (name ~ '^[a-z]+(-[a-z]+)*$'),
  in_force_from date not null,
  value int not null check (value >= 0),
  unit text not null check (unit in ('working days', 'days', 'weeks', 'months', 'years', 'points')),
  what text not null,
  source text not null,
  primary key (name, in_force_from)
);
insert into reference.threshold (name, in_force_from, value, unit, what, source) values
  ('triage', '2000-01-01', 1, 'working days', 'From receiving a referral to a coordinator’s first look', 'Default of this service'),
  ('decision', '2000-01-01', 5, 'working days', 'From receiving a referral to deciding it', 'Default of this service'),
  ('first-contact', '2000-01-01', 5, 'working days', 'From allocation to the first contact', 'Default of this service'),
  ('take-up', '2000-01-01', 2, 'working days', 'From allocation to the provider’s answer', 'Default of this service'),
  ('review', '2000-01-01', 12, 'weeks', 'From one review of a plan to the next', 'Domain guide part 5: 6 to 12 weeks'),
  ('case-summary', '2000-01-01', 3, 'months', 'Until a case summary must be written afresh', 'Domain guide part 5'),
  ('risk-review', '2000-01-01', 4, 'weeks', 'Until a risk must be looked at again', 'Default of this service'),
  ('without-contact', '2000-01-01', 14, 'days', 'Without contact before a manager is shown the case', 'Default of this service'),
  ('failed-contacts', '2000-01-01', 3, 'points', 'Failed contacts in a row before a review', 'Domain guide part 5'),
  ('request', '2000-01-01', 5, 'working days', 'For an answer to a question, a check or a consultation', 'Default of this service'),
  ('borough-request', '2000-01-01', 5, 'working days', 'For a borough to answer what it is asked', 'Default of this service'),
  ('concern-answer', '2000-01-01', 1, 'working days', 'Until somebody who was told of a concern must have answered', 'Working Together 2023: social care decides within one working day'),
  ('note-sign-off', '2000-01-01', 5, 'working days', 'Until a note that needs it is signed off', 'Default of this service'),
  ('caseload', '2000-01-01', 30, 'points', 'Weight of cases that a worker can carry', 'Default of this service; domain guide part 5 has no norm');

-- Reasons to choose from. One that is no longer used is retired, and never deleted: records tell it for ever.
create table reference.reason (
  list text not null check (list ~ '^[a-z]+(-[a-z]+)*$'),
  code text not null check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  text text not null check (text <> ''),
  place int not null,
  retired_on date,
  primary key (list, code)
);
insert into reference.reason (list, code, text, place) values
  ('decision', 'no-county-lines-link', 'No known link to county lines', 1),
  ('decision', 'at-risk-only', 'At risk, with no known link to county lines', 2),
  ('decision', 'outside-criteria', 'Outside the criteria: age or area', 3),
  ('decision', 'similar-provision-in-borough', 'The borough has similar support', 4),
  ('decision', 'no-consent', 'No consent to support', 5),
  ('decision', 'other', 'Another reason', 6),
  ('hand-back', 'no-capacity', 'No worker has room', 1),
  ('hand-back', 'wrong-match', 'Another provider suits them better', 2),
  ('hand-back', 'young-person-declined', 'The young person does not want support from us', 3),
  ('hand-back', 'risk-to-worker', 'It is not safe for our workers', 4),
  ('hand-back', 'conflict-of-interest', 'We support somebody they are in conflict with', 5),
  ('hand-back', 'other', 'Another reason', 6),
  ('queue-jump', 'risk-increased', 'The risk to them has increased', 1),
  ('queue-jump', 'after-rescue', 'They were rescued', 2),
  ('queue-jump', 'place-suits', 'The worker with room suits them', 3),
  ('queue-jump', 'other', 'Another reason', 4),
  ('closing', 'planned', 'Planned ending', 1),
  ('closing', 'did-not-engage', 'We could not reach them', 2),
  ('closing', 'disengaged', 'Support ended early', 3),
  ('closing', 'moved-away', 'They moved away', 4),
  ('closing', 'custody', 'They are in custody', 5),
  ('closing', 'transferred', 'Another service took over', 6),
  ('closing', 'deceased', 'They died', 7),
  ('closing', 'other', 'Another reason', 8);

insert into disposal.reach values
  ('service.episode', 'person_id', 'person', 'deleted', 12, 'Episodes of support'),
  ('service.episode', 'referral_id', 'referral', 'kept', 0, 'Deleted by its person: a referral without one began none');
