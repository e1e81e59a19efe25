-- Which areas a council is responsible for: its contacts see those and no others, whoever asks and whoever approves.
create table identity.council_area (
  area text primary key references reference.area,
  organisation_id uuid not null references identity.organisation,
  set_by uuid references identity.account,
  set_at timestamptz not null default now()
);
create index council_area_organisation on identity.council_area (organisation_id);
create index council_area_set_by on identity.council_area (set_by) where set_by is not null;

-- Until now the roles of their contacts said it.
insert into identity.council_area (area, organisation_id)
select distinct on (given.area) given.area, g.organisation_id
from identity.access_grant g
join identity.organisation o on o.id = g.organisation_id and o.kind = 'local-authority'
cross join unnest(g.areas) as given(area)
join reference.area a on a.code = given.area and a.kind = 'borough'
where g.role = 'spoc' and g.approved_at is not null and g.ended_at is null
order by given.area, g.approved_at;

-- Cover lasts a quarter at most, as roles are looked at again each quarter.
update identity.borough_cover c set ends_on = c.starts_on + 91 where c.ended_at is null and c.ends_on > c.starts_on + 91;
