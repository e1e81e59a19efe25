-- Said so, no other index of referrals answers any part of it: joined with two of those that the planner took for independent,
-- every referral that waits was read.
drop index service.referral_waiting_names;
create index referral_waiting_names on service.referral using gin (need_to_know.search_keys(name_key))
  where case when person_id is null then stage end = 'received';
