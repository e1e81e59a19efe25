-- Support that was open in the system before this one goes on here: a provider takes it over, with the days that it had there.

-- The day on which the young person was allocated in the system before; null where support began here.
alter table service.allocation add column allocated_on date;
alter table history.allocation add column allocated_on date;
select homeward.refresh_as_at('allocation');

-- The allocation in which it goes on. From then on that is counted, and what the file says of it no longer is.
alter table service.imported_support add column continued_in uuid references service.allocation;
alter table history.imported_support add column continued_in uuid;
select homeward.refresh_as_at('imported_support');
create index imported_support_continued on service.imported_support (continued_in) where continued_in is not null;
create index imported_support_open on service.imported_support (area) where closed_on is null and continued_in is null;

-- An import tells, too, which support that goes on here its files have closed.
alter table service.import_finding drop constraint import_finding_kind_check;
alter table service.import_finding add constraint import_finding_kind_check check (kind in ('known', 'move', 'unlike', 'continued'));
