-- Referrals that wait and are not matched to a record are found by name as people are: few at any time, so the index is small.
create index referral_waiting_names on service.referral using gin (need_to_know.search_keys(name_key))
  where person_id is null and stage = 'received';

-- What a page shows of where a period comes from is read by people who do not have our papers.
update reference.retention_period set source = 'Practice of councils: 6 to 7 years, or until the 25th birthday'
where source like '%domain guide%';
