-- The data protection lead's work: what people ask for by right, breaches, what is blacked out of a copy, and what was
-- found of unusual access.

-- Something that somebody asks of the service by the UK GDPR, articles 15 to 22, or a complaint about how it holds data.
create table service.rights_request (
  id uuid primary key default homeward.new_id(),
  -- Whose record it is about, where there is one.
  person_id uuid references service.person,
  kind text not null check (kind in ('access', 'correction', 'objection', 'restriction', 'erasure', 'complaint')),
  received_on date not null,
  asked_by text not null check (asked_by in ('themselves', 'parent-or-carer', 'solicitor', 'advocate', 'somebody-else')),
  -- Who that is, and how they are answered.
  from_whom text not null check (from_whom <> ''),
  what text not null check (what <> ''),
  identity_checked_on date,
  identity_how text not null default '',
  acknowledged_on date,
  due_on date not null,
  -- Why two months more are needed (article 12(3)); empty where they are not.
  extended_because text not null default '',
  stage text not null default 'open' check (stage in ('open', 'answered', 'withdrawn')),
  outcome text check (outcome in ('granted', 'granted-in-part', 'refused')),
  decision text not null default '',
  answered_on date,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((identity_checked_on is null) = (identity_how = '')),
  check ((stage = 'answered') = (outcome is not null)),
  check ((stage = 'open') = (answered_on is null) and (stage = 'open') = (decision = ''))
);
create index rights_request_person on service.rights_request (person_id) where person_id is not null;
create index rights_request_open on service.rights_request (due_on, id) where stage = 'open';
create index rights_request_over on service.rights_request (answered_on desc, id desc) where stage <> 'open';
select homeward.keep_history('rights_request');

-- Processing is restricted (article 18): the record is kept, and used for nothing else until it is settled. Not a restricted
-- record, which is one that few may open.
create table service.processing_restriction (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  rights_request_id uuid references service.rights_request,
  since date not null,
  why text not null check (why <> ''),
  lifted_on date,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (lifted_on >= since)
);
create unique index processing_restriction_current on service.processing_restriction (person_id) where lifted_on is null;
create index processing_restriction_person on service.processing_restriction (person_id);
create index processing_restriction_request on service.processing_restriction (rights_request_id) where rights_request_id is not null;
select homeward.keep_history('processing_restriction');

-- What is blacked out of the copy that somebody is given, or shown though the service proposed to black it out. Without a
-- field it is a passage wherever it stands.
create table service.redaction_mark (
  id uuid primary key default homeward.new_id(),
  rights_request_id uuid not null references service.rights_request,
  person_id uuid not null references service.person,
  table_name text check (table_name ~ '^[a-z_]+$'),
  row_id uuid,
  field text check (field ~ '^[a-z_]+$'),
  -- The words that are blacked out; none for the whole field.
  passage text not null default '',
  decision text not null check (decision in ('redact', 'show')),
  reason text not null check (reason in ('third-party', 'serious-harm', 'crime', 'privilege', 'staff-safety', 'consented', 'not-third-party')),
  ended_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((table_name is null) = (row_id is null) and (table_name is null) = (field is null)),
  check (table_name is not null or passage <> ''),
  check (decision = 'redact' or (passage = '' and table_name is not null))
);
create index redaction_mark_request on service.redaction_mark (rights_request_id);
create index redaction_mark_person on service.redaction_mark (person_id);
select homeward.keep_history('redaction_mark');

-- Personal data lost, destroyed, changed, or seen by somebody who should not have (articles 33 and 34). It names nobody.
create table service.data_breach (
  id uuid primary key default homeward.new_id(),
  discovered_at timestamptz not null,
  what text not null check (what <> ''),
  -- How many people it concerns, where that is known.
  people int check (people >= 0),
  risk text not null check (risk in ('unlikely', 'likely', 'high', 'not-known')),
  ico_told_at timestamptz,
  ico_reference text not null default '',
  -- Why the Information Commissioner is not told, or was told after 72 hours.
  ico_why text not null default '',
  people_told_on date,
  actions text not null default '',
  closed_on date,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (ico_told_at >= discovered_at)
);
create index data_breach_open on service.data_breach (discovered_at, id) where closed_on is null;
create index data_breach_newest on service.data_breach (discovered_at desc, id desc);
select homeward.keep_history('data_breach');

-- What the data protection lead found of somebody's unusual access on one day.
create table service.access_finding (
  id uuid primary key default homeward.new_id(),
  account_id uuid not null references identity.account,
  day date not null,
  finding text not null check (finding in ('dismissed', 'raised')),
  note text not null check (note <> ''),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (account_id, day)
);
select homeward.keep_history('access_finding');

insert into disposal.reach values
  ('service.redaction_mark', 'person_id', 'person', 'deleted', 7, 'What was blacked out of their copy'),
  ('service.processing_restriction', 'person_id', 'person', 'deleted', 8, 'That processing was restricted'),
  ('service.rights_request', 'person_id', 'person', 'deleted', 9, 'What they asked for by right'),
  ('service.access_finding', 'account_id', 'account', 'kept', 0, 'Staff alone');
