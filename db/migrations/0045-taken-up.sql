-- An allocation that ended without being taken up gives nothing any more, so a team's people of late are those it took up.
drop index service.allocation_team_of_late;
create index allocation_team_of_late on service.allocation (team_id, ended_at) include (person_id)
  where ended_at is not null and taken_up_at is not null;
