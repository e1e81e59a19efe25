-- What the system before this one called the people and referrals that were disposed of, as SHA-256: its files go on naming
-- them, and what was disposed of never comes back.
create table disposal.disposed_source (
  digest bytea primary key
);
