-- What a service brings with it from the systems before this one, and the records that are counted: each row knows the key
-- it had there, so that the same file imported again adds nothing.

-- What each import did. A file that was supplied once has figures, zeros included; one that never was has none.
create table service.import (
  id uuid primary key default homeward.new_id(),
  began_at timestamptz not null default now(),
  on_behalf_of uuid references identity.account,
  source text not null,
  -- What became of each file: {"referrals.csv": {"rows": 1151, "added": 1151, "changed": 0, "same": 0, "retired": 0}}.
  files jsonb not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create index import_newest on service.import (began_at desc);
select homeward.keep_history('import');

-- What files call an organisation: `st-giles`.
alter table identity.organisation add column code text check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
with coded as (
  select id, trim(both '-' from regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g')) as code from identity.organisation
)
update identity.organisation o set code = c.code
from coded c
where c.id = o.id and c.code <> '' and not exists (select from coded other where other.code = c.code and other.id <> c.id);
create unique index organisation_code on identity.organisation (code);

alter table service.person add column source_ref text;
alter table history.person add column source_ref text;
create unique index person_source on service.person (source_ref) where source_ref is not null;
select homeward.refresh_as_at('person');

-- A referral from another system has no referrer of ours, and what it says of the young person stays on it.
alter table service.referral alter column referrer_id drop not null;
alter table service.referral
  add column source_ref text,
  add column residence_ward text,
  add column decision_reason text,
  add column received_on date generated always as ((received_at at time zone 'Europe/London')::date) stored,
  add check (referrer_id is not null or source_ref is not null);
alter table history.referral
  alter column referrer_id drop not null,
  add column source_ref text,
  add column residence_ward text,
  add column decision_reason text,
  add column received_on date;
update history.referral set received_on = (received_at at time zone 'Europe/London')::date;
update service.referral r set decision_reason = nullif(a.details ->> 'reason', '')
from (
  select distinct on (referral_id) referral_id, details from service.referral_action
  where kind in ('declined', 'signposted', 'decision-amended') and details ? 'reason'
  order by referral_id, sequence desc) a
where a.referral_id = r.id and r.stage in ('declined', 'signposted');
create unique index referral_source on service.referral (source_ref) where source_ref is not null;
create index referral_received_on on service.referral (received_on);
select homeward.refresh_as_at('referral');

-- An episode of support as the system before this one kept it; the ordinal is its place among its referral's rows.
create table service.imported_support (
  id uuid primary key default homeward.new_id(),
  referral_id uuid not null references service.referral,
  person_id uuid not null references service.person,
  area text not null references reference.area,
  ordinal int not null check (ordinal > 0),
  -- The provider's code: `codeFrom` of its name (src/platform/text/code-from.ts).
  provider text,
  allocated_on date,
  first_engaged_on date,
  closed_on date,
  closure_reason text,
  outcome_1 text check (outcome_1 in ('yes', 'no')),
  outcome_2 text check (outcome_2 in ('yes', 'no')),
  outcome_3 text check (outcome_3 in ('yes', 'no')),
  outcome_4 text check (outcome_4 in ('yes', 'no')),
  outcome_5 text check (outcome_5 in ('yes', 'no')),
  outcome_6 text check (outcome_6 in ('yes', 'no')),
  outcome_7 text check (outcome_7 in ('yes', 'no')),
  outcome_8 text check (outcome_8 in ('yes', 'no')),
  harm text check (harm in ('reduced', 'same', 'increased')),
  county_lines_involvement text check (county_lines_involvement in ('ceased', 'reduced', 'same', 'increased')),
  resilience text check (resilience in ('increased', 'same', 'decreased')),
  neet_at_start text check (neet_at_start in ('yes', 'no')),
  neet_at_end text check (neet_at_end in ('yes', 'no')),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (referral_id, ordinal)
);
create index imported_support_person on service.imported_support (person_id);
create index imported_support_area on service.imported_support (area);
select homeward.keep_history('imported_support');

create table service.imported_onward_referral (
  id uuid primary key default homeward.new_id(),
  referral_id uuid not null references service.referral,
  person_id uuid not null references service.person,
  area text not null references reference.area,
  ordinal int not null check (ordinal > 0),
  service text,
  made_on date,
  engaged text check (engaged in ('yes', 'no', 'unknown')),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (referral_id, ordinal)
);
create index imported_onward_referral_person on service.imported_onward_referral (person_id);
create index imported_onward_referral_area on service.imported_onward_referral (area);
create index imported_onward_referral_made on service.imported_onward_referral (made_on);
select homeward.keep_history('imported_onward_referral');

-- Missing episodes, arrests and convictions: criminal-offence data (UK GDPR, article 10) has a policy of its own.
create table service.recorded_event (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  ordinal int not null check (ordinal > 0),
  kind text not null check (kind in ('missing', 'arrest', 'conviction')),
  occurred_on date not null,
  source text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (person_id, ordinal)
);
create index recorded_event_person on service.recorded_event (person_id, kind, occurred_on);
select homeward.keep_history('recorded_event');

create table service.rescue_request (
  id uuid primary key default homeward.new_id(),
  source_ref text,
  referral_id uuid references service.referral,
  person_id uuid references service.person,
  requested_at timestamptz not null,
  channel text check (channel in ('phone', 'email', 'portal')),
  police_force text,
  held_at text check (held_at in ('custody', 'police-protection', 'british-transport-police', 'court', 'other')),
  outcome text check (outcome in ('rescued', 'local-authority-collected', 'family-collected', 'declined-no-capacity',
    'declined-distance', 'withdrawn', 'pending')),
  completed_at timestamptz,
  met_halfway text check (met_halfway in ('yes', 'no')),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create unique index rescue_request_source on service.rescue_request (source_ref) where source_ref is not null;
create index rescue_request_person on service.rescue_request (person_id);
create index rescue_request_referral on service.rescue_request (referral_id);
create index rescue_request_at on service.rescue_request (requested_at);
select homeward.keep_history('rescue_request');

-- A referral to the National Referral Mechanism.
create table service.nrm_referral (
  id uuid primary key default homeward.new_id(),
  source_ref text,
  referral_id uuid references service.referral,
  person_id uuid references service.person,
  referred_on date not null,
  first_responder text check (first_responder in ('local-authority', 'police', 'charity', 'border-force', 'other')),
  exploitation_type text check (exploitation_type in ('criminal', 'sexual', 'labour', 'domestic-servitude', 'other')),
  county_lines_flag text check (county_lines_flag in ('yes', 'no')),
  age_group text check (age_group in ('child', 'adult')),
  reasonable_grounds text check (reasonable_grounds in ('positive', 'negative', 'pending', 'withdrawn')),
  reasonable_grounds_on date,
  conclusive_grounds text check (conclusive_grounds in ('positive', 'negative', 'pending', 'withdrawn')),
  conclusive_grounds_on date,
  decided_at_first_panel text check (decided_at_first_panel in ('yes', 'no')),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create unique index nrm_referral_source on service.nrm_referral (source_ref) where source_ref is not null;
create index nrm_referral_person on service.nrm_referral (person_id);
create index nrm_referral_referral on service.nrm_referral (referral_id);
create index nrm_referral_referred on service.nrm_referral (referred_on);
select homeward.keep_history('nrm_referral');

-- Somebody linked to a county line, as the returns to the national centre know them: one row an individual and force.
create table service.county_link (
  id uuid primary key default homeward.new_id(),
  individual_ref text not null,
  ordinal int not null check (ordinal > 0),
  date_of_birth date,
  gender text,
  ethnicity text,
  residence_borough text,
  identified_on date not null,
  last_activity_on date,
  police_force text,
  town text,
  source text check (source in ('rescue-and-response', 'metropolitan-police', 'county-police')),
  confirmed text check (confirmed in ('yes', 'no')),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (individual_ref, ordinal)
);
create index county_link_identified on service.county_link (identified_on);
select homeward.keep_history('county_link');

create table service.training_session (
  id uuid primary key default homeward.new_id(),
  source_ref text,
  course text not null default '',
  delivered_on date not null,
  provider text,
  quadrant text check (quadrant in ('north', 'east', 'south', 'west')),
  attendees int check (attendees >= 0),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create unique index training_session_source on service.training_session (source_ref) where source_ref is not null;
select homeward.keep_history('training_session');

-- Who counts, and the background work that imports.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['homeward_task_statistics', 'homeward_task_importing'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit', wanted);
    end if;
  end loop;
end
$$;
grant homeward_task_statistics to homeward_web, homeward_jobs;
grant homeward_task_importing to homeward_jobs;

insert into disposal.reach values
  ('service.imported_support', 'person_id', 'person', 'deleted', 8, 'Support before this system'),
  ('service.imported_support', 'referral_id', 'referral', 'deleted', 8, 'Support before this system, of a referral without a person'),
  ('service.imported_onward_referral', 'person_id', 'person', 'deleted', 8, 'Services they were referred on to before this system'),
  ('service.imported_onward_referral', 'referral_id', 'referral', 'deleted', 8, 'The same, of a referral without a person'),
  ('service.recorded_event', 'person_id', 'person', 'deleted', 8, 'Missing episodes, arrests and convictions'),
  ('service.rescue_request', 'person_id', 'person', 'deleted', 8, 'Requests to bring them home'),
  ('service.rescue_request', 'referral_id', 'referral', 'deleted', 8, 'The same, of a referral without a person'),
  ('service.nrm_referral', 'person_id', 'person', 'deleted', 8, 'Referrals to the National Referral Mechanism'),
  ('service.nrm_referral', 'referral_id', 'referral', 'deleted', 8, 'The same, of a referral without a person');
