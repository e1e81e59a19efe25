-- Safeguarding concerns and the clock that runs until they are answered, allegations against staff, and how great a risk is.

-- Something that somebody saw or was told, and fears for a young person because of it. What it says is never changed: what
-- came to be known later is added (service.concern_development).
create table service.concern (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  episode_id uuid references service.episode,
  organisation_id uuid not null references identity.organisation,
  area text not null references reference.area,
  what text not null check (what <> ''),
  -- What the young person said, in their own words.
  words text not null default '',
  happened_at timestamptz not null,
  danger boolean not null,
  -- What was done about the danger.
  danger_done text not null default '',
  raised_by uuid not null references identity.account,
  raised_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by uuid references identity.account,
  outcome text,
  outcome_reason text not null default '',
  -- Who decided it: often somebody of another agency, who has no account.
  decided_by text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (not danger or danger_done <> ''),
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (outcome is null)),
  unique (id, person_id)
);
create index concern_person on service.concern (person_id, raised_at desc, id desc);
create index concern_episode on service.concern (episode_id);
create index concern_organisation on service.concern (organisation_id, raised_at desc);
create index concern_open on service.concern (area, raised_at) where closed_at is null;
create index concern_closed on service.concern (closed_at desc, id desc) where closed_at is not null;
select homeward.keep_history('concern');

-- Who was told of a concern and what they answered; or that they are still to be told, or need not be and why.
create table service.concern_told (
  id uuid primary key default homeward.new_id(),
  concern_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null references identity.organisation,
  area text not null references reference.area,
  -- 'managers' are the managers and coordinators whom the service itself told, by message.
  agency text not null check (agency in ('social-care', 'police', 'designated-lead', 'managers', 'other')),
  state text not null check (state in ('told', 'not-yet', 'not-needed')),
  name text not null default '',
  how text not null default '',
  told_at timestamptz,
  reference text not null default '',
  why_not text not null default '',
  answer text not null default '',
  answered_at timestamptz,
  -- By when they must be told, or have answered; null where nothing is waited for.
  due_on date,
  told_by uuid not null references identity.account,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((state = 'told') = (told_at is not null)),
  check (state <> 'told' or name <> ''),
  check ((state = 'not-needed') = (why_not <> '')),
  check ((answered_at is null) = (answer = '') and (answered_at is null or state = 'told')),
  foreign key (concern_id, person_id) references service.concern (id, person_id)
);
create index concern_told_concern on service.concern_told (concern_id, person_id);
create index concern_told_person on service.concern_told (person_id);
create index concern_told_organisation on service.concern_told (organisation_id);
select homeward.keep_history('concern_told');

-- What came to be known or was done after a concern was raised.
create table service.concern_development (
  id uuid primary key default homeward.new_id(),
  concern_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null references identity.organisation,
  area text not null references reference.area,
  text text not null check (text <> ''),
  written_by uuid not null references identity.account,
  written_at timestamptz not null default now(),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  foreign key (concern_id, person_id) references service.concern (id, person_id)
);
create index concern_development_concern on service.concern_development (concern_id, person_id);
create index concern_development_person on service.concern_development (person_id);
create index concern_development_organisation on service.concern_development (organisation_id);
select homeward.keep_history('concern_development');

insert into reference.reason (list, code, text, place) values
  ('concern-outcome', 'enquiry', 'Children’s social care are making enquiries', 1),
  ('concern-outcome', 'assessment', 'Children’s social care will assess what they need', 2),
  ('concern-outcome', 'police-acting', 'The police are acting', 3),
  ('concern-outcome', 'plan-changed', 'Their safety plan or support was changed', 4),
  ('concern-outcome', 'no-further-action', 'No further action', 5),
  ('concern-outcome', 'other', 'Something else', 6);

-- Who receives allegations against the staff of an organisation, or of every one: nobody else reads them.
create table service.allegation_recipient (
  id uuid primary key default homeward.new_id(),
  -- Null for every organisation.
  organisation_id uuid references identity.organisation,
  account_id uuid not null references identity.account,
  named_by uuid not null references identity.account,
  named_at timestamptz not null default now(),
  ended_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create unique index allegation_recipient_once on service.allegation_recipient (organisation_id, account_id) nulls not distinct
  where ended_at is null;
select homeward.keep_history('allegation_recipient');

-- An allegation against somebody who works with young people. It names none of them: what it says of a young person is a row
-- of its own, which goes when their record is disposed of, while the allegation is kept for as long as it must be.
create table service.allegation (
  id uuid primary key default homeward.new_id(),
  organisation_id uuid not null references identity.organisation,
  about_account uuid references identity.account,
  about_name text not null check (about_name <> ''),
  what text not null check (what <> ''),
  happened text not null default '',
  raised_by uuid not null references identity.account,
  raised_at timestamptz not null default now(),
  -- The local authority designated officer: told within one working day (Working Together 2023).
  officer_told_at timestamptz,
  officer_name text not null default '',
  officer_reference text not null default '',
  being_done text not null default '',
  outcome text not null default '',
  closed_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((officer_told_at is null) = (officer_name = '')),
  check (closed_at is null or outcome <> '')
);
create index allegation_organisation on service.allegation (organisation_id, raised_at desc);
create index allegation_raised on service.allegation (raised_by, raised_at desc);
select homeward.keep_history('allegation');

create table service.allegation_person (
  id uuid primary key default homeward.new_id(),
  allegation_id uuid not null unique references service.allegation,
  person_id uuid not null references service.person,
  -- What is said to have happened to the young person.
  what text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create index allegation_person_person on service.allegation_person (person_id);
select homeward.keep_history('allegation_person');

-- How great the risk to a young person is, in the judgement of somebody who knows them: each judgement is a row, the latest
-- counts, and one is changed only to correct what it says.
create table service.risk_assessment (
  id uuid primary key default homeward.new_id(),
  person_id uuid not null references service.person,
  episode_id uuid references service.episode,
  organisation_id uuid not null references identity.organisation,
  level text not null check (level in ('low', 'medium', 'high')),
  reasons text not null check (reasons <> ''),
  protective text not null default '',
  being_done text not null default '',
  review_on date not null,
  assessed_by uuid not null references identity.account,
  assessed_at timestamptz not null default now(),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create index risk_assessment_person on service.risk_assessment (person_id, assessed_at desc, id desc);
create index risk_assessment_episode on service.risk_assessment (episode_id);
create index risk_assessment_organisation on service.risk_assessment (organisation_id, assessed_at desc);
select homeward.keep_history('risk_assessment');

insert into disposal.reach values
  ('service.concern_told', 'person_id', 'person', 'deleted', 10, 'Who was told of a concern'),
  ('service.concern_development', 'person_id', 'person', 'deleted', 10, 'What happened after a concern'),
  ('service.concern', 'person_id', 'person', 'deleted', 11, 'Safeguarding concerns'),
  ('service.allegation_person', 'person_id', 'person', 'deleted', 10, 'What an allegation against staff says of them'),
  ('service.allegation_recipient', 'account_id', 'account', 'kept', 0, 'Staff alone'),
  ('service.risk_assessment', 'person_id', 'person', 'deleted', 10, 'How great the risk to them was');
