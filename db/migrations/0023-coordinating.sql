-- What a coordinator's queue is made from: which referrals somebody of the service has looked at, and which cannot wait.
-- Read model of the folded actions, as the stage is (src/referrals/referral.ts).

alter table service.referral
  add column triaged_at timestamptz,
  add column urgent boolean not null default false;
alter table history.referral
  add column triaged_at timestamptz,
  add column urgent boolean;
select homeward.refresh_as_at('referral');

-- Allocations that a provider has not answered: few, however many there are.
create index allocation_unanswered_by_area on service.allocation (area, started_at) where ended_at is null and taken_up_at is null;
create index allocation_unanswered on service.allocation (started_at) where ended_at is null and taken_up_at is null;
