-- What deciding on a referral needs: who confirmed a referrer and by which published contact, a postcode and a
-- whole name that can be looked up among everyone, and functions whose rows have changed (db/policies makes them again).

alter table service.referrer_verification
  add column contact text not null default '',
  add column confirmed_by text not null default '';
alter table history.referrer_verification
  add column contact text not null default '',
  add column confirmed_by text not null default '';
select homeward.refresh_as_at('referrer_verification');

-- Who works in a team, and who manages its provider.
create index access_grant_team on identity.access_grant (team_id) where ended_at is null;
create index access_grant_organisation on identity.access_grant (organisation_id) where ended_at is null;

-- Every allocation a referral ever had: who may read it depends on them.
create index allocation_referral on service.allocation (referral_id);

-- Only the beginning: a name can be longer than an index takes.
create index person_name_key on service.person (left(name_key, 200));
create index person_postcode on service.person (postcode) where postcode <> '';

drop function if exists need_to_know.likely_matches(uuid, int);
