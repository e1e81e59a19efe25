-- A search by a date of birth or a postcode reads of the referrals that wait without a record those that answer it, and no others.
create index referral_waiting_born on service.referral (date_of_birth)
  where person_id is null and stage = 'received';
create index referral_waiting_postcode on service.referral (postcode collate "C")
  where person_id is null and stage = 'received';
