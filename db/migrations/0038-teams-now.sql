-- Whom a team works with now and worked with of late, read by every policy of casework: what a team did over the years must
-- not be read for it.

create index allocation_team_now on service.allocation (team_id) include (person_id) where ended_at is null;
create index allocation_team_of_late on service.allocation (team_id, ended_at) include (person_id) where ended_at is not null;
