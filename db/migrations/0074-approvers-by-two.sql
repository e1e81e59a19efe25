-- An administrator alone puts nobody in the place of those who spoke for an organisation.

-- Somebody whom an administrator asks for where nobody speaks for an organisation any more: it waits until somebody who speaks
-- for the service confirms it.
create table identity.approver_request (
  id uuid primary key default homeward.new_id(),
  organisation_id uuid not null references identity.organisation,
  account_id uuid not null references identity.account,
  asked_by uuid not null references identity.account,
  asked_at timestamptz not null default now(),
  decided_by uuid references identity.account,
  decided_at timestamptz,
  confirmed boolean,
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (confirmed is null)),
  check (decided_by <> asked_by and decided_by <> account_id)
);
create unique index approver_request_waiting on identity.approver_request (organisation_id, account_id) where decided_at is null;

alter table identity.approver add column ended_by uuid references identity.account;

insert into disposal.reach values ('identity.approver_request', 'account_id', 'account', 'kept', 0, 'Staff alone');
