-- A young person, and the referrals that tell of one. A referral has rules of its own before it has a person.

create table service.person (
  id uuid primary key default homeward.new_id(),
  reference text not null unique default homeward.new_reference(),
  given_names text not null default '',
  family_name text not null,
  known_as text not null default '',
  -- The form of all names that searching and matching read (src/platform/text/name-key.ts).
  name_key text not null,
  date_of_birth date,
  date_of_birth_precision text not null check (date_of_birth_precision in ('exact', 'approximate', 'not-known')),
  gender text not null,
  ethnicity text not null,
  postcode text not null default '',
  area text not null references reference.area,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((date_of_birth is null) = (date_of_birth_precision = 'not-known'))
);
create index person_name on service.person using gin (name_key gin_trgm_ops);
create index person_born on service.person (date_of_birth);
create index person_area on service.person (area);
select homeward.keep_history('person');

create table service.referral_draft (
  id uuid primary key default homeward.new_id(),
  account_id uuid not null references identity.account,
  answers_sealed bytea not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  expires_at timestamptz not null default now() + interval '14 days',
  -- Set when it was sent; the answers are emptied then.
  referral_id uuid
);
create index referral_draft_account on service.referral_draft (account_id);
create index referral_draft_expiry on service.referral_draft (expires_at);
create trigger stamp before insert or update on service.referral_draft for each row execute function homeward.stamp();

create table service.referral (
  id uuid primary key default homeward.new_id(),
  reference text not null unique default homeward.new_reference(),
  kind text not null check (kind in ('intervention', 'intelligence')),
  -- Read model of the folded actions (src/referrals/referral.ts).
  stage text not null check (stage in ('received', 'accepted', 'allocated', 'declined', 'signposted', 'intelligence-only')),
  referrer_id uuid not null references identity.account,
  agency_kind text not null,
  agency_name text not null,
  received_at timestamptz not null default now(),
  decision_due_on date not null,
  area text not null references reference.area,
  given_names text not null default '',
  family_name text not null,
  known_as text not null default '',
  name_key text not null,
  date_of_birth date,
  date_of_birth_precision text not null check (date_of_birth_precision in ('exact', 'approximate', 'not-known')),
  gender text not null,
  ethnicity text not null,
  postcode text not null default '',
  -- The answers as they read when they were sent: [{page, key, question, answer, value}].
  answers jsonb not null,
  person_id uuid references service.person,
  decided_at timestamptz,
  words_to_referrer text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
alter table service.referral_draft add foreign key (referral_id) references service.referral;
create index referral_open_by_area on service.referral (area, decision_due_on, id) where stage in ('received', 'accepted');
create index referral_open on service.referral (decision_due_on, id) where stage in ('received', 'accepted');
create index referral_person on service.referral (person_id);
create index referral_referrer on service.referral (referrer_id, received_at desc);
create index referral_area on service.referral (area, received_at desc);
create index referral_received on service.referral (received_at desc);
select homeward.keep_history('referral');

-- What happened to a referral, one row an action, in order; never changed. The state is these, folded.
create table service.referral_action (
  id uuid primary key default homeward.new_id(),
  referral_id uuid not null references service.referral,
  sequence int not null,
  area text not null references reference.area,
  person_id uuid references service.person,
  kind text not null check (kind in ('sent', 'referrer-verified', 'person-linked', 'person-set-apart', 'accepted',
    'declined', 'signposted', 'kept-as-intelligence', 'allocated')),
  details jsonb not null default '{}',
  at timestamptz not null default now(),
  by_account uuid,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  unique (referral_id, sequence)
);
create index referral_action_person on service.referral_action (person_id);
select homeward.keep_history('referral_action');

-- A coordinator telephoned the agency's published number and found that this referrer works there.
create table service.referrer_verification (
  id uuid primary key default homeward.new_id(),
  referrer_id uuid not null references identity.account,
  agency_name text not null,
  how text not null,
  at timestamptz not null default now(),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create index referrer_verification_referrer on service.referrer_verification (referrer_id);
select homeward.keep_history('referrer_verification');
