-- What is left to count of somebody who was disposed of, in every figure and not in referrals alone, and as at the moment and not
-- the day (docs/decisions/0025-figures-after-disposal.md). Rows know each other by numbers that are drawn when they are kept and
-- lead to nothing. Each stands for a span in which it read so; both of its ends are moments that are nobody's own
-- (disposal.rounded).

-- An owner that is no superuser is shown no row of its own tables while this is forced; the policies force it again
-- (db/policies/00-start.sql).
alter table disposal.counted_referral no force row level security;
alter table disposal.counted_allocation no force row level security;
alter table identity.organisation no force row level security;
alter table service.report no force row level security;
alter table history.report no force row level security;
alter table service.report_publication no force row level security;

-- Moments that figures were made as at: what somebody was told as at one of them is told again after a disposal.
create table disposal.figure_moment (
  id uuid primary key default gen_random_uuid(),
  -- Asked about twice at once it stands here twice, so that neither waits for the other.
  moment timestamptz not null
);
create index figure_moment_moment on disposal.figure_moment (moment);
insert into disposal.figure_moment (moment)
  select as_at from service.report
  union select as_at from history.report
  union select (figures::jsonb ->> 'asAt')::timestamptz from service.report_publication;

-- `decision` as measures.md has it: how the service came to it is not counted.
alter table disposal.counted_referral rename column stage to decision;
update disposal.counted_referral set decision = case
  when decision in ('accepted', 'allocated', 'closed') then 'accepted'
  when decision in ('declined', 'signposted', 'intelligence-only') then decision
  when decision = 'withdrawn' and decided_on is not null then 'accepted'
  else 'pending' end;
alter table disposal.counted_referral
  add column young_person uuid,
  alter column recorded_from type timestamptz using recorded_from::timestamp at time zone 'Europe/London',
  alter column recorded_until type timestamptz using recorded_until::timestamp at time zone 'Europe/London';

create table disposal.counted_support (
  id uuid primary key default gen_random_uuid(),
  referral uuid,
  young_person uuid,
  provider text,
  -- Of those who engaged.
  allocated_on date,
  first_engaged_on date,
  closed_on date,
  outcome_1 text,
  outcome_2 text,
  outcome_3 text,
  outcome_4 text,
  outcome_5 text,
  outcome_6 text,
  outcome_7 text,
  outcome_8 text,
  harm text,
  county_lines_involvement text,
  resilience text,
  neet_at_start text,
  neet_at_end text,
  recorded_from timestamptz not null,
  recorded_until timestamptz
);
create index counted_support_closed on disposal.counted_support (closed_on);
-- Of allocations that were counted until now it is known who gave support and when it ended.
insert into disposal.counted_support (provider, closed_on, recorded_from, recorded_until)
  select o.code, a.ended_on, a.recorded_from::timestamp at time zone 'Europe/London', a.recorded_until::timestamp at time zone 'Europe/London'
  from disposal.counted_allocation a join identity.organisation o on o.id = a.organisation_id;
drop table disposal.counted_allocation;

create table disposal.counted_onward_referral (
  id uuid primary key default gen_random_uuid(),
  service text,
  made_on date,
  recorded_from timestamptz not null,
  recorded_until timestamptz
);
create index counted_onward_referral_made on disposal.counted_onward_referral (made_on);

-- Criminal-offence data: of the day no more is kept than the side of the day of support (or of the decision) on which it was.
create table disposal.counted_event (
  id uuid primary key default gen_random_uuid(),
  young_person uuid not null,
  kind text not null,
  -- The day before that day for the year before it, that day for the year after.
  told_on date not null,
  recorded_from timestamptz not null,
  recorded_until timestamptz
);
create index counted_event_young_person on disposal.counted_event (young_person);

create table disposal.counted_rescue (
  id uuid primary key default gen_random_uuid(),
  requested_on date not null,
  police_force text,
  outcome text,
  completed_on date,
  recorded_from timestamptz not null,
  recorded_until timestamptz
);

create table disposal.counted_nrm_referral (
  id uuid primary key default gen_random_uuid(),
  referred_on date not null,
  first_responder text,
  exploitation_type text,
  reasonable_grounds text,
  reasonable_grounds_on date,
  conclusive_grounds text,
  conclusive_grounds_on date,
  decided_at_first_panel text,
  recorded_from timestamptz not null,
  recorded_until timestamptz
);
create index counted_nrm_referral_referred on disposal.counted_nrm_referral (referred_on);
