-- The chronology shows what other tables let its reader see; these are its own.

select homeward.casework_policies('chronology_event', 'summary');
select homeward.casework_policies('case_summary', 'summary', true);
-- Where things stand is said by those who support them: whoever opened the record in an emergency reads it, and adds a note or a
-- concern.
create policy by_those_who_support_them on service.case_summary as restrictive for insert to homeward_relationship
  with check (exists (select from service.allocation a where a.person_id = case_summary.person_id));
