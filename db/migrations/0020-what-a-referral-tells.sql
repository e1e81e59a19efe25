-- What a referral tells of a young person and is counted, as the referrer answered it (src/referrals/referral-answers.ts,
-- `whatIsCounted`). Null is not recorded; an empty list of disabilities is "none", said by somebody who knew.

alter table service.referral
  add column education_status text check (education_status in ('in-education', 'not-in-education', 'unknown')),
  add column education_setting text,
  add column social_care_status text check (social_care_status in ('cla', 'cp', 'cin', 'care-leaver', 'none', 'unknown')),
  add column disabilities text[],
  add column gang_link text check (gang_link in ('yes', 'no', 'unknown')),
  add column missing_linked text check (missing_linked in ('yes', 'no', 'unknown')),
  add column longest_missing_days int check (longest_missing_days >= 0),
  -- The police force's slug, and a town in its area.
  add column linked_force text,
  add column linked_town text,
  -- The force that refers, where a force does.
  add column referring_area text,
  add column local_authority_team text,
  add column safe_now text check (safe_now in ('yes', 'no', 'not-known'));
alter table history.referral
  add column education_status text,
  add column education_setting text,
  add column social_care_status text,
  add column disabilities text[],
  add column gang_link text,
  add column missing_linked text,
  add column longest_missing_days int,
  add column linked_force text,
  add column linked_town text,
  add column referring_area text,
  add column local_authority_team text,
  add column safe_now text;
select homeward.refresh_as_at('referral');
