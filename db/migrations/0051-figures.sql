-- What figures need that nothing kept: what can be counted of a referral that was disposed of, and what the service sets.

-- Coded columns that came after disposal was made. `referral` is drawn when they are kept and leads to nothing: by it the
-- versions of one referral, and the support that it led to, know each other.
alter table disposal.counted_referral
  add column referral uuid,
  add column decision_reason text,
  add column residence_ward text,
  add column referring_area text,
  add column has_team boolean,
  add column education_status text,
  add column education_setting text,
  add column social_care_status text,
  add column disabilities text[],
  add column gang_link text,
  add column missing_linked text,
  add column longest_missing_days int,
  add column linked_force text,
  add column linked_town text;

-- What the service sets for its figures: the newest row of a name that was set by a moment holds for figures as at it. Rows are
-- added and never changed.
create table reference.figure_setting (
  name text not null check (name in ('borough-bands', 'smallest-count', 'rounding-base')),
  value jsonb not null,
  set_at timestamptz not null default now(),
  primary key (name, set_at)
);
insert into reference.figure_setting values
  -- The first whole number of each band of the map, and the last number of the last: those of the year 3 strategic assessment.
  ('borough-bands', '{"from": [0, 5, 11, 20, 36], "to": 48}', '1970-01-01T00:00:00Z'),
  -- Counts of 1 up to one less than this are hidden from what is published.
  ('smallest-count', '5', '1970-01-01T00:00:00Z');
