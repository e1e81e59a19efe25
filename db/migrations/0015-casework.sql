-- Casework: why a note was changed, caseloads in the order they are read, and names found in any spelling.

create extension if not exists fuzzystrmatch;

-- Why this version of a note replaced the one before; empty for a note as it was first written.
alter table service.case_note add column change_reason text not null default '';
alter table history.case_note add column change_reason text not null default '';
select homeward.refresh_as_at('case_note');

-- Caseloads: what is open, newest first. A team that has worked for years has far more ended allocations than open ones.
drop index service.allocation_worker;
create index allocation_worker on service.allocation (worker_id, started_at desc, id desc) where ended_at is null;
create index allocation_team_open on service.allocation (team_id, started_at desc, id desc) where ended_at is null;
create index allocation_organisation_open on service.allocation (organisation_id, started_at desc, id desc) where ended_at is null;
create index allocation_without_worker on service.allocation (organisation_id, started_at desc, id desc)
  where ended_at is null and worker_id is null;
-- need_to_know.people reads those that are open and those that ended lately, and none of the years before.
drop index service.allocation_team;
create index allocation_team on service.allocation (team_id, ended_at);

-- The audit in the order it is read by those who answer for it.
create index entry_at on audit.entry (at desc, id desc);

-- What a name is found by: each word (=), how it sounds in English (~), and the word with any one letter left out (-).
-- Two words that share one of these are the same but for spelling, or for one letter. Neighbouring words count joined
-- too, as "mc donald" is also "mcdonald".
create function need_to_know.search_keys(name_key text) returns tsvector
language sql immutable parallel safe cost 2000
begin atomic
  with word as (
    select w.word, w.place from unnest(string_to_array(name_key, ' ')) with ordinality as w(word, place) where w.word <> ''
  ), heard as (
    select word.word from word
    union all
    select a.word || b.word from word a join word b on b.place = a.place + 1
  )
  select array_to_tsvector(coalesce(array_agg(found.key), '{}'))
  from (
    select '=' || heard.word as key from heard
    union all
    select '~' || public.dmetaphone(heard.word) from heard where public.dmetaphone(heard.word) <> ''
    union all
    select '-' || overlay(word.word placing '' from letter for 1) from word, generate_series(1, length(word.word)) letter
    where length(word.word) between 4 and 20
  ) found;
end;
-- No list of what is still to be put in: a search never waits for the writing of others.
create index person_search on service.person using gin (need_to_know.search_keys(name_key)) with (fastupdate = off);
