-- A referrer who cannot read that their referral was accepted waits to be verified as any other does: once it is allocated it
-- stands on no other list of the coordinator's.
update service.referral r set verify_to_tell = true
where r.stage in ('accepted', 'allocated', 'closed') and r.referrer_id is not null
  and not exists (select from service.referrer_verification v where v.referrer_id = r.referrer_id);
