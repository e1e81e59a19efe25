-- What is known of places: wards, police forces, deprivation, population, postcodes. Nobody is in it. Each comes from a file, in
-- editions that stand side by side; figures say which they were made with.

-- What was imported, and when. An edition whose content was corrected stands once more, and what it was before is kept, so that
-- a figure as at a past moment is the same for ever; of postcodes, which no figure is made of, only that it was there.
create table reference.place_edition (
  id uuid primary key default homeward.new_id(),
  kind text not null check (kind in ('wards', 'forces', 'deprivation', 'population-by-age', 'population-by-ethnic-group', 'postcodes')),
  edition text not null check (edition ~ '^[a-z0-9]+([.-][a-z0-9]+)*$'),
  -- Who published it and under which licence, as it is printed below what is made of it.
  source text not null check (source <> ''),
  -- The year that it tells of, where it tells of one.
  year int check (year between 1900 and 2199),
  -- Deprivation: the boundaries of the wards that its scores are of, where the file says.
  ward_edition text,
  -- SHA-256 of the rows, in hexadecimal: whether the same content comes again.
  fingerprint text not null check (length(fingerprint) = 64),
  rows int not null check (rows > 0),
  imported_at timestamptz not null default now(),
  replaced_at timestamptz check (replaced_at > imported_at),
  action_id uuid
);
create unique index place_edition_now on reference.place_edition (kind, edition) where replaced_at is null;

-- Which edition figures of a day are made with: the last row by `in_use_from`, and of one day the last recorded. None is ever
-- changed or taken away.
create table reference.edition_in_use (
  id uuid primary key default homeward.new_id(),
  kind text not null check (kind in ('wards', 'forces', 'deprivation', 'population-by-age', 'population-by-ethnic-group', 'postcodes')),
  in_use_from date not null,
  edition text not null,
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create index edition_in_use_newest on reference.edition_in_use (kind, in_use_from, recorded_at);
create trigger stamp before insert or update on reference.edition_in_use for each row execute function homeward.stamp();
create trigger keep_change after insert or update or delete on reference.edition_in_use
  for each row execute function homeward.keep_change('kind', 'in_use_from');

-- `area` is the GSS code of the council whose ward it is, which need not be one of this service's.
create table reference.ward (
  place_edition_id uuid not null references reference.place_edition,
  code text not null,
  name text not null check (name <> ''),
  area text not null,
  -- A GeoJSON geometry (WGS 84), wound as d3-geo draws it: the outside of each ring to its left.
  shape jsonb not null,
  primary key (place_edition_id, code)
);
create index ward_code on reference.ward (code);

create table reference.force_shape (
  place_edition_id uuid not null references reference.place_edition,
  -- As records name it: `avon-and-somerset`.
  force text not null,
  code text not null,
  name text not null check (name <> ''),
  shape jsonb not null,
  primary key (place_edition_id, force)
);

-- The score of a ward is the mean of its neighbourhoods' (LSOAs), by population; the higher, the more deprived. Its rank is
-- among the wards of the file, the most deprived first.
create table reference.deprivation (
  place_edition_id uuid not null references reference.place_edition,
  ward text not null,
  name text not null,
  area text not null,
  score double precision not null,
  rank int not null check (rank > 0),
  primary key (place_edition_id, ward)
);

-- How many people live in an area, in all or of an age, an ethnic group, a sex. Ages are in completed years, both included; what is
-- null is not told apart.
create table reference.population (
  id uuid primary key default homeward.new_id(),
  place_edition_id uuid not null references reference.place_edition,
  area text not null,
  age_from int check (age_from >= 0),
  age_to int,
  ethnic_group text check (ethnic_group in ('white', 'black', 'asian', 'mixed', 'other')),
  sex text check (sex in ('female', 'male')),
  people int not null check (people >= 0),
  check (age_to >= age_from),
  unique nulls not distinct (place_edition_id, area, age_from, age_to, ethnic_group, sex)
);

create table reference.postcode (
  place_edition_id uuid not null references reference.place_edition,
  postcode text not null,
  ward text,
  area text,
  lsoa text,
  force text,
  latitude real,
  longitude real,
  -- The month it went out of use, as its first day.
  terminated_in date,
  primary key (place_edition_id, postcode)
);
