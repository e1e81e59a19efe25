-- What counts referrals by their days as at a moment reads no row for it.
drop index service.referral_received_on;
create index referral_received_on on service.referral (received_on) include (recorded_at);
