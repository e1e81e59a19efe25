-- A decision that the referrer cannot read until somebody verifies who they are: the referral waits for that, though it is
-- decided, until it is done or somebody says that it could not be.
-- And when a decision that the referrer had been told of was taken back; null once there is another.
alter table service.referral
  add column verify_to_tell boolean not null default false,
  add column taken_back_at timestamptz;
alter table history.referral
  add column verify_to_tell boolean not null default false,
  add column taken_back_at timestamptz;
update service.referral r set verify_to_tell = true
where r.stage in ('declined', 'signposted', 'intelligence-only') and r.referrer_id is not null
  and not exists (select from service.referrer_verification v where v.referrer_id = r.referrer_id);
create index referral_verify_to_tell on service.referral (area) where verify_to_tell;
select homeward.refresh_as_at('referral');
