-- Sealing without gaps, checkpoints by more than one way out, and messages that wait longer after each failure.

-- What has been recorded and not yet sealed. A row comes with its entry's own transaction and goes when the entry is
-- sealed, so an entry that commits late is found whenever it commits. Transaction ids would say the same only until
-- the database is restored on another server, where they begin again.
create table audit.waiting (
  entry_id uuid primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
insert into audit.waiting
select e.id from audit.entry e where not exists (select from audit.leaf l where l.entry_id = e.id);
alter table audit.entry drop column transaction;

-- The keys that sign checkpoints, sealed by the application: a copy of the database alone can sign nothing.
create table audit.signing_key (
  -- The public key, as it is given out: name+id+base64.
  verifier text primary key,
  key_sealed bytea not null,
  made_at timestamptz not null default now()
);

-- A checkpoint may leave by several ways, each in its own time.
alter table audit.checkpoint
  add column verifier text not null references audit.signing_key,
  drop column delivered_at,
  drop column delivered_to;
create table audit.checkpoint_delivery (
  destination text not null check (destination in ('folder', 'email')),
  size bigint not null references audit.checkpoint,
  delivered_to text not null,
  at timestamptz not null default now(),
  primary key (destination, size)
);

alter table messages.message add column next_attempt_at timestamptz not null default now();
create index message_due on messages.message (next_attempt_at) where state = 'queued';
create index message_secret on messages.message (created_at) where secret_sealed is not null;
