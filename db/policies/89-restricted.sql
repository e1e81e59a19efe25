-- On every table about a young person, whichever policies it has: a record that is restricted and names somebody else does
-- not exist for the one who asks. A table that is added later has this by itself.

do $$
declare
  found record;
begin
  for found in
    select n.nspname, c.relname, case c.relname when 'person' then 'id' else 'person_id' end as person
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('service', 'history') and c.relname <> 'record_opening'
      and (c.relname = 'person' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped))
  loop
    execute format(
      'create policy restricted on %1$I.%2$I as restrictive to homeward_relationship, homeward_provider, homeward_area
         using (%3$I is null or %3$I <> all (array(select need_to_know.closed_to_me())))', found.nspname, found.relname, found.person);
  end loop;
  -- What was recorded of a referral before it had a person goes by the referral.
  for found in
    select n.nspname, c.relname, case when m.attnum is null then 'false' else 'person_id is not null' end as known
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute r on r.attrelid = c.oid and r.attname = 'referral_id' and not r.attisdropped
    left join pg_attribute m on m.attrelid = c.oid and m.attname = 'person_id' and not m.attisdropped
    where c.relkind = 'r' and n.nspname in ('service', 'history') and not coalesce(m.attnotnull, false) and c.relname <> 'referral_draft'
  loop
    execute format(
      'create policy restricted_referral on %1$I.%2$I as restrictive to homeward_relationship, homeward_provider, homeward_area
         using (%3$s or referral_id is null or exists (select from service.referral r where r.id = %2$I.referral_id))',
      found.nspname, found.relname, found.known);
  end loop;
end
$$;
