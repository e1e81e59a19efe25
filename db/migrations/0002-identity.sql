-- Accounts, what they may be, and the sessions that prove who asks.

create table reference.organisation_kind (
  code text primary key,
  name text not null
);
insert into reference.organisation_kind values
  ('service', 'The service itself'), ('provider', 'Provider'), ('local-authority', 'Local authority'), ('police', 'Police');

create table identity.organisation (
  id uuid primary key default homeward.new_id(),
  kind text not null references reference.organisation_kind,
  name text not null unique,
  created_at timestamptz not null default now()
);

create table identity.team (
  id uuid primary key default homeward.new_id(),
  organisation_id uuid not null references identity.organisation,
  name text not null,
  unique (organisation_id, name)
);

create table identity.account (
  id uuid primary key default homeward.new_id(),
  email text not null,
  name text not null,
  kind text not null check (kind in ('staff', 'referrer')),
  -- Sealed by the application's key before they come here: a copy of the database alone opens no account.
  password_sealed bytea,
  totp_sealed bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint not null default 0,
  failed_sign_ins int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index account_email on identity.account (lower(email));

create table identity.recovery_code (
  account_id uuid not null references identity.account,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- Who speaks for a partner when one of its people is to be given a role.
create table identity.approver (
  organisation_id uuid not null references identity.organisation,
  account_id uuid not null references identity.account,
  since timestamptz not null default now(),
  ended_at timestamptz,
  primary key (organisation_id, account_id, since)
);

create table identity.access_grant (
  id uuid primary key default homeward.new_id(),
  account_id uuid not null references identity.account,
  role text not null check (role in ('referrer', 'spoc', 'coordinator', 'caseworker', 'provider-manager',
    'operations-manager', 'data-protection-lead', 'administrator')),
  organisation_id uuid references identity.organisation,
  team_id uuid references identity.team,
  -- The areas a borough contact or coordinator answers for; the whole service where the role says so.
  areas text[] not null default '{}',
  requested_by uuid references identity.account,
  requested_at timestamptz not null default now(),
  approved_by uuid references identity.account,
  approved_at timestamptz,
  refused_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references identity.account,
  check (approved_by is distinct from account_id),
  check (role <> 'caseworker' or team_id is not null),
  check (role <> 'provider-manager' or organisation_id is not null)
);
create index access_grant_account on identity.access_grant (account_id);
create index access_grant_areas on identity.access_grant using gin (areas) where ended_at is null;
create index access_grant_waiting on identity.access_grant (organisation_id) where approved_at is null and refused_at is null and ended_at is null;

create table identity.session (
  id uuid primary key default homeward.new_id(),
  token_hash bytea not null unique,
  account_id uuid not null references identity.account,
  grant_id uuid references identity.access_grant,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  absolute_until timestamptz not null,
  idle_minutes int not null,
  proved_again_at timestamptz,
  device text not null default '',
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed-out', 'ended-by-user', 'idle', 'expired', 'access-changed', 'ended-by-administrator'))
);
create index session_account on identity.session (account_id) where ended_at is null;

-- Links that e-mails carry. Opening one changes nothing; pressing the button on its page uses it, once.
create table identity.link (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('referrer-sign-in', 'invitation', 'reset')),
  account_id uuid not null references identity.account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index link_account on identity.link (account_id);

-- How often something was tried lately, by a keyed hash of who or what tried.
create table identity.attempt (
  key text primary key,
  count int not null,
  window_ends_at timestamptz not null
);

-- What somebody had typed when their session ended, or saved on purpose: theirs alone, sealed, never sent by itself.
create table identity.kept_form (
  id uuid primary key default homeward.new_id(),
  account_id uuid not null references identity.account,
  path text not null,
  fields_sealed bytea not null,
  saved_at timestamptz not null default now(),
  unique (account_id, path)
);

-- One row per form that was carried out, so that the same form sent twice does one thing.
create table identity.submission (
  id uuid primary key,
  account_id uuid not null references identity.account,
  location text,
  at timestamptz not null default now()
);
create index submission_at on identity.submission (at);

-- The key that proves the context of a transaction, and the one that proves the application itself.
create table identity.secret_key (
  name text primary key check (name in ('context', 'application')),
  key bytea not null
);
insert into identity.secret_key values
  ('context', sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
