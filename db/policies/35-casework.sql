-- Finding people by name, and telling those who watch over the records which one an entry of the audit is about.

-- One key of search_keys as a query, whatever letters are in it.
create or replace function need_to_know.search_key(key text, how text default '') returns tsquery
language sql immutable parallel safe
begin atomic
  select ('''' || replace(replace(key, '\', '\\'), '''', '''''') || '''' || how)::tsquery;
end;

-- What a typed word may stand for: itself, the beginning of a longer word, what sounds like it, or a word that is one
-- letter away.
create or replace function need_to_know.search_word(word text) returns tsquery
language plpgsql immutable parallel safe set search_path = pg_catalog
as $$
declare
  found tsquery := need_to_know.search_key('=' || word, case when length(word) >= 3 then ':*' else '' end);
  sound text := public.dmetaphone(word);
  shorter text;
begin
  -- One consonant alone is the sound of far too many names.
  if length(sound) >= 2 then
    found := found || need_to_know.search_key('~' || sound);
  end if;
  if length(word) between 4 and 20 then
    found := found || need_to_know.search_key('-' || word);
    for letter in 1..length(word) loop
      shorter := overlay(word placing '' from letter for 1);
      found := found || need_to_know.search_key('-' || shorter) || need_to_know.search_key('=' || shorter);
    end loop;
  end if;
  return found;
end
$$;

-- Names that are used for this one, or for which it is used (reference.nickname).
create or replace function need_to_know.also_called(word text) returns text[]
language sql stable set search_path = pg_catalog
as $$
  select array(
    select distinct other.form
    from reference.nickname n join reference.nickname other on other.name = n.name
    where n.form = word and other.form <> word
    order by other.form)
$$;

-- People whose names have every word of the search, as the asker may see them, the likest first; and referrals about somebody
-- who has no record yet, for those who answer for their areas. The operator that the index serves is not leakproof, so under a
-- policy it would serve nothing: this function applies the need to know itself.
drop function if exists need_to_know.search_people(text, int);
create function need_to_know.search_people(words text, at_most int)
returns table (id uuid, likeness real, is_referral boolean)
language plpgsql stable security definer set search_path = pg_catalog set enable_seqscan = off set jit = off
as $$
declare
  me record;
  -- A single letter beside other words is an initial, or the O' of a name.
  typed text[] := array(
    select w.word from unnest(string_to_array(words, ' ')) with ordinality as w(word, place)
    where length(w.word) > 1 or position(' ' in words) = 0 order by w.place limit 5);
  exactly tsquery;
  nearly tsquery;
  joined tsquery;
  -- A typed word in any spelling, or a name that is used for it.
  meant tsquery;
  other_name text;
begin
  select * into me from identity.me();
  if coalesce(cardinality(typed), 0) = 0 or typed[1] = '' then
    return;
  end if;
  for each in 1..cardinality(typed) loop
    exactly := case when each = 1 then need_to_know.search_key('=' || typed[each])
      else exactly && need_to_know.search_key('=' || typed[each]) end;
    meant := need_to_know.search_word(typed[each]);
    foreach other_name in array need_to_know.also_called(typed[each]) loop
      meant := meant || need_to_know.search_key('=' || other_name);
    end loop;
    nearly := case when each = 1 then meant else nearly && meant end;
  end loop;
  -- "Mc Donald" and "Al Hassan" may be written as one word.
  for each in 1..cardinality(typed) - 1 loop
    continue when length(typed[each]) > 3;
    joined := need_to_know.search_key('=' || typed[each] || typed[each + 1]);
    for other in 1..cardinality(typed) loop
      if other not in (each, each + 1) then
        joined := joined && need_to_know.search_word(typed[other]);
      end if;
    end loop;
    nearly := nearly || joined;
  end loop;

  return query
    with visible as not materialized (
      select p.id, p.name_key
      from service.person p
      where p.id <> all (array(select need_to_know.closed_to_me())) and case me.role
        when 'caseworker' then p.id in (select need_to_know.people('person'))
        when 'provider-manager' then exists (
          select from service.allocation a where a.person_id = p.id and a.organisation_id = me.organisation_id
            and (a.ended_at is null or a.taken_up_at is not null))
        -- Not as the index of areas knows it: for somebody with many, that index would read half the country first.
        else (p.area || '') = any (array(select need_to_know.areas('person')))
      end
    ),
    -- Those written exactly so come first, however many are written nearly so.
    candidate as materialized (
      (select v.id, v.name_key, false as is_referral from visible v where need_to_know.search_keys(v.name_key) @@ exactly limit 100)
      union
      (select v.id, v.name_key, false from visible v where need_to_know.search_keys(v.name_key) @@ nearly limit 400)
      union all
      (select r.id, r.name_key, true from service.referral r
      where case when r.person_id is null then r.stage end = 'received'
        and (r.area || '') = any (array(select need_to_know.areas('referral')))
        and need_to_know.search_keys(r.name_key) @@ nearly limit 100)
    ),
    word as materialized (
      select t.typed, need_to_know.also_called(t.typed) as also from unnest(typed) as t(typed)
    )
    select c.id, l.likeness, c.is_referral
    from candidate c
    cross join lateral (
      select avg(nearest.likeness)::real as likeness, min(nearest.likeness) as least
      from word
      cross join lateral (
        select max(case
            when n = word.typed then 1
            when starts_with(n, word.typed) then 0.9
            when n = any (word.also) then 0.85
            -- Not by trigrams: where the server's locale is C they know no letters but those of ASCII.
            else 1 - public.levenshtein(left(word.typed, 50), left(n, 50))::real / greatest(length(left(word.typed, 50)), length(left(n, 50)))
          end) as likeness
        from unnest(string_to_array(c.name_key, ' ')) n
      ) nearest
    ) l
    -- What sounds the same and is written with other letters is another name.
    where l.least >= 0.4
    order by l.likeness desc, length(c.name_key), c.id
    limit at_most;
end
$$;

-- Whoever writes a name, or what stands beside it in the row, writes its keys into the index.
grant execute on function need_to_know.search_keys(text)
  to homeward_area, homeward_referrer, homeward_task_disposal;
grant execute on function need_to_know.search_people(text, int) to homeward_relationship, homeward_provider, homeward_area;

-- A data protection lead knows young people by their references alone.
create or replace function need_to_know.person_with_reference(wanted text) returns uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select p.id from service.person p
  where p.reference = wanted and (select identity.role()) = 'data-protection-lead'
$$;

create or replace function need_to_know.references_of(people uuid[]) returns table (person_id uuid, reference text)
language sql stable security definer set search_path = pg_catalog
as $$
  select p.id, p.reference from service.person p
  where p.id = any (people) and (select identity.role()) = 'data-protection-lead'
$$;
grant execute on function need_to_know.person_with_reference(text), need_to_know.references_of(uuid[]) to homeward_steward;
