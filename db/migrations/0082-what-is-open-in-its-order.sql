-- Those who are supported now, the longest first, are read no further than a page or a count goes.
create index allocation_open_by_length on service.allocation (started_at, id) where ended_at is null;
