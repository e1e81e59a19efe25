-- Those who are supported now, the longest first, are read no further than a page or a count goes.
create index allocation_open_by_length on service.allocation (started_at, id) where ended_at is null;
-- When the living were born is read without their rows.
create index person_living_born on service.person (id) include (date_of_birth, date_of_birth_precision) where died_on is null;
