-- What giving people access needs besides the accounts themselves: its quarterly review, who named an approver, and
-- the passwords that a demonstration shows.

-- An approver's word, given at least every quarter, that somebody still needs the role they have.
create table identity.grant_review (
  id uuid primary key default homeward.new_id(),
  grant_id uuid not null references identity.access_grant,
  reviewed_by uuid not null references identity.account,
  reviewed_at timestamptz not null default now()
);
create index grant_review_grant on identity.grant_review (grant_id, reviewed_at desc);

alter table identity.approver add column named_by uuid references identity.account;
create unique index approver_current on identity.approver (organisation_id, account_id) where ended_at is null;

-- A role in a team is a role in the team's own organisation.
alter table identity.team add constraint team_of_organisation unique (id, organisation_id);
alter table identity.access_grant add constraint grant_team_of_organisation
  foreign key (team_id, organisation_id) references identity.team (id, organisation_id);

create index account_staff_by_name on identity.account (lower(name), id) where kind = 'staff';
create index session_grant on identity.session (grant_id) where ended_at is null;

-- Passwords of invented people, for the sign-in page of a demonstration. A real service has none, and cannot.
create table identity.demonstration_account (
  account_id uuid primary key references identity.account,
  password_sealed bytea not null
);
create function identity.only_in_a_demonstration() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  if not homeward.is_demonstration() then
    raise exception 'only a demonstration keeps passwords to be shown';
  end if;
  return null;
end
$$;
create trigger only_in_a_demonstration before insert or update on identity.demonstration_account
  for each statement execute function identity.only_in_a_demonstration();

-- Functions whose arguments or results are others from now on; db/policies makes them again.
drop function if exists identity.sign_in_material(text, bytea);
drop function if exists identity.open_session(uuid, bytea, bigint, int, int, text, bytea);
drop function if exists identity.use_recovery_code(uuid, bytea, bytea);
drop function if exists identity.prove_again(uuid, bigint, bytea);
drop function if exists identity.invite(uuid, text, bytea, bytea, bytea);
drop function if exists identity.end_grant(uuid);
