-- What the chronology of a young person has beside what other records tell: events that stand nowhere else, and the short
-- account of where things stand that must be written afresh.

create table service.chronology_event (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  happened_on date not null,
  what text not null,
  -- Who says so: a court, a school, the young person.
  source text not null,
  -- What it meant for the young person.
  impact text not null default '',
  significant boolean not null default true,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create index chronology_event_person on service.chronology_event (person_id, happened_on desc, id desc);
select homeward.keep_history('chronology_event');

-- One a provider: where things stand now, for whoever picks the case up.
create table service.case_summary (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  area text not null references reference.area,
  stands text not null,
  worries text not null default '',
  working_well text not null default '',
  next text not null default '',
  refresh_by date not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (person_id, organisation_id)
);
create index case_summary_refresh on service.case_summary (organisation_id, refresh_by);
select homeward.keep_history('case_summary');

insert into disposal.reach values
  ('service.chronology_event', 'person_id', 'person', 'deleted', 10, 'Events of their life'),
  ('service.case_summary', 'person_id', 'person', 'deleted', 10, 'Where things stood');
