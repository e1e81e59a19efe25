-- What the service tells people: that something waits and where, never what it is about.

create table messages.message (
  id uuid primary key default homeward.new_id(),
  account_id uuid not null references identity.account,
  template text not null,
  -- The path of the page to open; a link that signs somebody in is sealed.
  path text not null,
  secret_sealed bytea,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts int not null default 0,
  provider text,
  provider_reference text,
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index message_undelivered on messages.message (created_at) where state <> 'sent';
create index message_account on messages.message (account_id, created_at desc);

-- Background work is added in the business transaction; graphile-worker's own schema belongs to homeward_jobs.
create schema jobs;
