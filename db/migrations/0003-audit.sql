-- Who did and saw what. The bytes that are hashed are stored; a background task seals them into an RFC 6962 tree.

create table audit.entry (
  id uuid primary key default homeward.new_id(),
  at timestamptz not null default clock_timestamp(),
  -- Entries of a transaction that is still open must not be sealed around: the sealer waits for it.
  transaction xid8 not null default pg_current_xact_id(),
  actor_id uuid,
  actor_role text,
  session_id uuid,
  task text,
  action text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  subject_kind text,
  subject_id uuid,
  person_id uuid,
  body bytea not null
);
create index entry_person on audit.entry (person_id, at desc) where person_id is not null;
create index entry_actor on audit.entry (actor_id, at desc);
create index entry_subject on audit.entry (subject_id, at desc);

-- What was typed into a search, kept apart so that it can be destroyed; the entry holds only its salted hash.
create table audit.detail (
  entry_id uuid primary key references audit.entry,
  salt bytea not null,
  text text not null
);

create table audit.leaf (
  position bigint primary key,
  entry_id uuid not null unique references audit.entry,
  hash bytea not null
);

create table audit.checkpoint (
  size bigint primary key,
  root bytea not null,
  frontier bytea not null,
  note text not null,
  at timestamptz not null default now(),
  -- When it left the machine, and to where; null until it has.
  delivered_at timestamptz,
  delivered_to text
);
create index checkpoint_undelivered on audit.checkpoint (size) where delivered_at is null;
