-- A borough's answer to a referral: that its contact has seen it, and what the borough knows and can offer.

create table service.borough_acknowledgement (
  id uuid primary key default homeward.new_id(),
  referral_id uuid not null references service.referral,
  area text not null references reference.area,
  acknowledged_by uuid not null references identity.account,
  at timestamptz not null default now(),
  note text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  -- One borough answers once; what it says can be changed, and what it said before is kept.
  unique (referral_id, area)
);
create index borough_acknowledgement_area on service.borough_acknowledgement (area);
select homeward.keep_history('borough_acknowledgement');

-- A borough's list reads the newest of each of its areas.
create index referral_open_newest_by_area on service.referral (area, received_at desc, id desc) where stage in ('received', 'accepted');
