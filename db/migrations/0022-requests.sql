-- Asking somebody something: the referrer for information, an analyst for a check, the gender consultant for a
-- consultation, the borough for what it knows and has.

create table service.request (
  id uuid primary key default homeward.new_id(),
  kind text not null check (kind in ('information', 'intelligence-check', 'consultation', 'borough')),
  -- What it is asked about: one of the two. Whose a referral is can change, and what was asked about it goes with it.
  referral_id uuid references service.referral,
  person_id uuid references service.person,
  -- The area that was responsible when it was asked; of a borough, the one that is asked.
  area text not null references reference.area,
  -- The provider for whose work it is asked; none for a coordinator's.
  organisation_id uuid references identity.organisation,
  topics text[] not null default '{}' check (topics <@ array['local-provision', 'social-worker', 'known-risks']),
  question text not null check (question <> ''),
  asked_by uuid not null references identity.account,
  asked_at timestamptz not null default now(),
  due_on date not null,
  -- Who answers it: the referrer, or whoever of the queue took it.
  owner_id uuid references identity.account,
  taken_at timestamptz,
  state text not null default 'open' check (state in ('open', 'answered', 'withdrawn')),
  -- What the asker reads.
  answer text not null default '',
  answered_by uuid references identity.account,
  answered_at timestamptz,
  withdrawn_why text not null default '',
  withdrawn_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (num_nonnulls(referral_id, person_id) = 1),
  check (kind <> 'information' or (referral_id is not null and owner_id is not null)),
  check (kind = 'borough' or topics = '{}'),
  check ((state = 'answered') = (answered_at is not null) and (state = 'answered') = (answered_by is not null)
    and (state = 'answered') = (answer <> '')),
  check ((state = 'withdrawn') = (withdrawn_at is not null) and (state = 'withdrawn') = (withdrawn_why <> ''))
);
-- The queues: what waits, the first to be answered first; what was answered, the newest first.
create index request_open on service.request (kind, due_on, id) where state = 'open';
create index request_answered on service.request (kind, answered_at desc, id desc) where state = 'answered';
create index request_open_by_area on service.request (area, kind, due_on, id) where state = 'open';
create index request_answered_by_area on service.request (area, kind, answered_at desc, id desc) where state = 'answered';
create index request_person on service.request (person_id, asked_at desc) where person_id is not null;
create index request_referral on service.request (referral_id, asked_at desc) where referral_id is not null;
-- What gives a gender consultant a young person: asked of every caseworker's statement too, to whom it gives none.
create index request_consultation on service.request (answered_at) where kind = 'consultation' and state <> 'withdrawn';
select homeward.keep_history('request');

-- What an analyst found, with where it comes from: never for the asker, who reads the answer of the request.
create table service.check_finding (
  id uuid primary key default homeward.new_id(),
  request_id uuid not null references service.request,
  -- As the request has them: a disposal finds the row by them.
  referral_id uuid references service.referral,
  person_id uuid references service.person,
  finding text not null check (finding <> ''),
  source text not null check (source <> ''),
  -- The national intelligence report form, 3x5x2: how good the source is, how the source knows it, how it may be handled.
  source_grade text not null check (source_grade in ('1', '2', '3')),
  intelligence_grade text not null check (intelligence_grade in ('A', 'B', 'C', 'D', 'E')),
  handling text not null check (handling in ('P', 'C')),
  conditions text not null default '',
  written_by uuid not null references identity.account,
  written_at timestamptz not null default now(),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (num_nonnulls(referral_id, person_id) = 1),
  check (handling <> 'C' or conditions <> '')
);
create index check_finding_request on service.check_finding (request_id, written_at, id);
create index check_finding_person on service.check_finding (person_id) where person_id is not null;
create index check_finding_referral on service.check_finding (referral_id) where referral_id is not null;
select homeward.keep_history('check_finding');

-- The gender consultant's own notes of a consultation.
create table service.consultation_note (
  id uuid primary key default homeward.new_id(),
  request_id uuid not null references service.request,
  referral_id uuid references service.referral,
  person_id uuid references service.person,
  note text not null check (note <> ''),
  written_by uuid not null references identity.account,
  written_at timestamptz not null default now(),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check (num_nonnulls(referral_id, person_id) = 1)
);
create index consultation_note_request on service.consultation_note (request_id, written_at, id);
create index consultation_note_person on service.consultation_note (person_id) where person_id is not null;
create index consultation_note_referral on service.consultation_note (referral_id) where referral_id is not null;
select homeward.keep_history('consultation_note');

insert into disposal.reach values
  ('service.check_finding', 'person_id', 'person', 'deleted', 9, 'What an analyst found'),
  ('service.check_finding', 'referral_id', 'referral', 'deleted', 9, 'What an analyst found about their referral'),
  ('service.consultation_note', 'person_id', 'person', 'deleted', 9, 'Notes of a consultation'),
  ('service.consultation_note', 'referral_id', 'referral', 'deleted', 9, 'Notes of a consultation about their referral'),
  ('service.request', 'person_id', 'person', 'deleted', 10, 'What was asked about them'),
  ('service.request', 'referral_id', 'referral', 'deleted', 10, 'What was asked about their referral');
