-- The chronology shows what other tables let its reader see; these are its own.

select homeward.casework_policies('chronology_event', 'summary');
select homeward.casework_policies('case_summary', 'summary', true);
