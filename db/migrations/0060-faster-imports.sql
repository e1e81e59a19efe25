-- What a great many rows at once cost, once more: each of these was done for every row, and is as right done so.

-- As before; only that the task that imports says itself, in a row that it adds, which action that is. Its policies hold every
-- row to the stamp that stands here (62-history-in.sql), and ask for the action's proof once a statement.
create or replace function homeward.stamp() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
  elsif new.action_id is not null and current_user = 'homeward_task_importing' then
    return new;
  else
    new.version := 1;
  end if;
  new.recorded_at := now();
  new.recorded_by := case when coalesce(current_setting('homeward.context', true), '') = '' then null else identity.account_id() end;
  new.action_id := audit.current_action();
  return new;
end
$$;

-- As before, in one expression. 48 random bits give four letters of 27 so evenly that no letter is one in 10^8 likelier.
create or replace function homeward.new_reference() returns text
language plpgsql volatile set search_path = pg_catalog
as $$
declare
  alphabet constant text := '23456789BCDFGHJKMNPQRSTVWXZ';
  drawn constant text := gen_random_uuid();
  -- The digits between are not all random: they say which version of a UUID it is.
  one constant bigint := ('x' || left(drawn, 8) || substr(drawn, 10, 4))::bit(48)::bigint;
  two constant bigint := ('x' || right(drawn, 12))::bit(48)::bigint;
begin
  return 'HW-'
    || substr(alphabet, (one % 27)::int + 1, 1) || substr(alphabet, (one / 27 % 27)::int + 1, 1)
    || substr(alphabet, (one / 729 % 27)::int + 1, 1) || substr(alphabet, (one / 19683 % 27)::int + 1, 1) || '-'
    || substr(alphabet, (two % 27)::int + 1, 1) || substr(alphabet, (two / 27 % 27)::int + 1, 1)
    || substr(alphabet, (two / 729 % 27)::int + 1, 1) || substr(alphabet, (two / 19683 % 27)::int + 1, 1);
end
$$;

-- The same keys as before, letter by letter: a query, planned and begun again for each name, took more than twice as long.
create or replace function need_to_know.search_keys(name_key text) returns tsvector
language plpgsql immutable parallel safe cost 2000 set search_path = pg_catalog
as $$
declare
  words constant text[] := string_to_array(name_key, ' ');
  keys text[] := '{}';
  word text;
  joined text;
begin
  for place in 1 .. coalesce(cardinality(words), 0) loop
    word := words[place];
    continue when word = '';
    keys := keys || ('=' || word);
    keys := keys || ('~' || public.dmetaphone(word));
    if words[place + 1] <> '' then
      joined := word || words[place + 1];
      keys := keys || ('=' || joined);
      keys := keys || ('~' || public.dmetaphone(joined));
    end if;
    if length(word) between 4 and 20 then
      for letter in 1 .. length(word) loop
        keys := keys || ('-' || left(word, letter - 1) || substr(word, letter + 1));
      end loop;
    end if;
  end loop;
  -- Many a word sounds like nothing, to English ears.
  return array_to_tsvector(array_remove(keys, '~'));
end
$$;

-- No imported referral has a referrer of ours.
drop index service.referral_referrer;
create index referral_referrer on service.referral (referrer_id, received_at desc) where referrer_id is not null;

-- As before, where the server makes such ids itself.
do $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    create or replace function homeward.new_id() returns uuid language sql volatile return uuidv7();
  end if;
end
$$;
