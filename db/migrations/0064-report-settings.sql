-- What the service sets for its reports, and who set it: how figures are protected and mapped, and what is aimed at.

-- Rows are added and never changed, so the one before is the old value; a figure as at a moment goes by what was set by then.
alter table reference.figure_setting
  add column version int not null default 1,
  add column recorded_at timestamptz not null default now(),
  add column recorded_by uuid,
  add column action_id uuid,
  -- Below 3 a number tells one of two about the other.
  add check (name <> 'smallest-count' or jsonb_typeof(value) = 'number' and value::numeric between 3 and 100),
  -- Null is no rounding.
  add check (name <> 'rounding-base' or jsonb_typeof(value) = 'null' or jsonb_typeof(value) = 'number' and value::numeric between 2 and 100),
  add check (name <> 'borough-bands' or value = '"jenks"' or jsonb_typeof(value -> 'from') = 'array' and jsonb_typeof(value -> 'to') = 'number');
create trigger stamp before insert or update on reference.figure_setting for each row execute function homeward.stamp();
create trigger keep_change after insert or update or delete on reference.figure_setting
  for each row execute function homeward.keep_change('name');

-- What a measure is to reach from a day on: of the service, or of one provider by its code. Of one day the row that was recorded
-- last holds; a value of null is that there is none any more. Rows are added and never changed.
create table reference.performance_target (
  id uuid primary key default homeward.new_id(),
  measure text not null check (measure ~ '^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$'),
  provider text check (provider <> ''),
  in_force_from date not null,
  -- A whole percentage where the measure is a share, else a number.
  value int check (value >= 0),
  direction text check (direction in ('at-least', 'at-most')),
  source text not null check (source <> ''),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  check ((value is null) = (direction is null))
);
create index performance_target_newest on reference.performance_target (measure, provider, in_force_from, recorded_at);
create trigger stamp before insert or update on reference.performance_target for each row execute function homeward.stamp();
create trigger keep_change after insert or update or delete on reference.performance_target
  for each row execute function homeward.keep_change('measure', 'in_force_from');
