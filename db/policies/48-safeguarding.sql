-- Concerns about young people, allegations against staff, and risk.

-- Concerns ------------------------------------------------------------------------------------------------------

select homeward.casework_policies('concern', 'concern', true);
select homeward.casework_policies('concern_told', 'concern', true);
select homeward.casework_policies('concern_development', 'concern', true);

-- Two things are other than with the rest of casework. Whoever works with a young person writes down what an agency
-- answered, whoever raised the concern; and a manager reads what others raised about somebody their provider works with now.
do $$
declare
  of_table text;
begin
  foreach of_table in array array['concern', 'concern_told', 'concern_development'] loop
    execute format(
      'alter policy relationship_update on service.%1$I
         using (person_id = any (array(select need_to_know.people(''concern''))))
         with check (person_id = any (array(select need_to_know.people(''concern''))))', of_table);
    execute format(
      'alter policy provider on service.%1$I
         using (organisation_id = (select need_to_know.provider(''concern''))
           or exists (select from service.allocation a where a.person_id = %1$I.person_id and a.ended_at is null))', of_table);
    execute format(
      'alter policy provider_update on service.%1$I
         using (organisation_id = (select need_to_know.provider(''concern''))
           or exists (select from service.allocation a where a.person_id = %1$I.person_id and a.ended_at is null))
         with check (organisation_id = (select need_to_know.provider(''concern''))
           or exists (select from service.allocation a where a.person_id = %1$I.person_id and a.ended_at is null))', of_table);
    execute format(
      'alter policy provider on history.%1$I using (exists (select from service.%1$I c where c.id = %1$I.id))', of_table);

    -- Those who coordinate safeguarding raise concerns too, for the service.
    execute format(
      'create policy area_insert on service.%1$I for insert to homeward_area
         with check ((select identity.role()) in (''coordinator'', ''operations-manager'')
           and organisation_id = (select identity.organisation_id())
           and area = any (array(select need_to_know.areas(''concern'')))
           and exists (select from service.person p where p.id = %1$I.person_id and p.area = %1$I.area))', of_table);
    execute format('grant insert on service.%I to homeward_area', of_table);
  end loop;
end
$$;
create policy area_update on service.concern for update to homeward_area
  using (area = any (array(select need_to_know.areas('concern')))) with check (area = any (array(select need_to_know.areas('concern'))));
create policy area_update on service.concern_told for update to homeward_area
  using (area = any (array(select need_to_know.areas('concern')))) with check (area = any (array(select need_to_know.areas('concern'))));
grant update (closed_at, closed_by, outcome, outcome_reason, decided_by) on service.concern to homeward_area;
grant update (state, name, how, told_at, reference, why_not, answer, answered_at, due_on) on service.concern_told to homeward_area;

-- A concern says for ever what it said; it is answered and closed.
revoke update (what, words, happened_at, danger, danger_done, raised_by, raised_at) on service.concern
  from homeward_relationship, homeward_provider;
revoke update (concern_id, agency, told_by) on service.concern_told from homeward_relationship, homeward_provider;
revoke update (concern_id, text, written_by, written_at) on service.concern_development from homeward_relationship, homeward_provider;

-- Nobody writes in the name of another.
create policy by_oneself on service.concern as restrictive for insert to homeward_relationship, homeward_provider, homeward_area
  with check (raised_by = (select identity.account_id()));
create policy by_oneself on service.concern_told as restrictive for insert to homeward_relationship, homeward_provider, homeward_area
  with check (told_by = (select identity.account_id()));
create policy by_oneself on service.concern_development as restrictive for insert
  to homeward_relationship, homeward_provider, homeward_area with check (written_by = (select identity.account_id()));

-- Tells, of a concern that the asker has raised, the managers of the providers that work with the young person, their
-- workers, and the coordinators of the area; or, where there is none of them, those who run the service. Of a restricted
-- record it tells those who may open it, and nobody else. Says who was told.
create or replace function messages.tell_of_concern(concern uuid) returns table (account_id uuid, name text, role text)
language plpgsql volatile security definer set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
  c record;
  restricted uuid;
begin
  select * into c from service.concern x where x.id = tell_of_concern.concern and x.raised_by = identity.account_id();
  if not found then
    return;
  end if;
  select r.id into restricted from service.restriction r where r.person_id = c.person_id and r.lifted_at is null;
  for account_id, name, role in
    select distinct on (a.id) a.id, a.name, g.role
    from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
    where g.approved_at is not null and g.ended_at is null and a.id <> c.raised_by
      and (restricted is null or exists (
        select from service.restriction_reader n
        where n.restriction_id = restricted and n.account_id = a.id and n.ended_at is null))
      and case g.role
        when 'operations-manager' then restricted is not null
        when 'provider-manager' then g.organisation_id = c.organisation_id or exists (
          select from service.allocation l
          where l.person_id = c.person_id and l.organisation_id = g.organisation_id and l.ended_at is null)
        when 'caseworker' then exists (
          select from service.allocation l where l.person_id = c.person_id and l.worker_id = a.id and l.ended_at is null)
        when 'coordinator' then g.areas @> array[c.area]
        else false
      end
    order by a.id, g.role desc
  loop
    perform messages.tell(account_id, 'concern-raised', format('/people/%s/concerns/%s', c.person_id, c.id));
    return next;
  end loop;
  if not found and restricted is null then
    perform messages.tell_operations_managers('concern-raised', format('/people/%s/concerns/%s', c.person_id, c.id));
  end if;
end
$$;
grant execute on function messages.tell_of_concern(uuid) to homeward_relationship, homeward_provider, homeward_area;

-- Risk ----------------------------------------------------------------------------------------------------------

select homeward.casework_policies('risk_assessment', 'support');
revoke update (assessed_by, assessed_at) on service.risk_assessment from homeward_relationship, homeward_provider;
create policy by_oneself on service.risk_assessment as restrictive for insert to homeward_relationship, homeward_provider
  with check (assessed_by = (select identity.account_id()));

-- Allegations against staff -------------------------------------------------------------------------------------

-- The words of a name in the form in which names are compared: as nameKey makes it (src/platform/text/name-key.ts), for the
-- names of accounts and what was typed of an allegation have no key stored beside them.
create or replace function need_to_know.name_words(name text) returns text[]
language sql immutable set search_path = pg_catalog
as $$
  select array_remove(regexp_split_to_array(
    regexp_replace(
      translate(
        replace(replace(replace(replace(
          lower(regexp_replace(normalize(name, NFKD),
            -- Accents and points, and what cannot be seen at all.
            '[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f'
            '\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0640'
            '\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]',
            '', 'g') collate pg_c_utf8),
          'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        'øłđðħıĸŋŧƒəς', 'olddhikntfeσ'),
      '[''’‘‛`´ʼʻʹʾʿˈ＇′\u05f3]', '', 'g') collate pg_c_utf8,
    '[[:space:][:punct:][:cntrl:]]+'), '')
$$;

-- Whether an allegation may be about an account. Where a colleague was chosen, it is about them, or about whoever has the
-- same name. Where a name was typed, nobody knows how it was meant: it may be about whoever shares a word of three letters
-- or more with it, or any word where one of the names has no longer one. In doubt it is kept from them.
create or replace function need_to_know.may_be_about(about_account uuid, about_name text, account uuid, name text) returns boolean
language sql immutable set search_path = pg_catalog
as $$
  select coalesce(about_account = account, false)
    or (n.typed @> n.theirs and n.theirs @> n.typed)
    or about_account is null and exists (
      select from unnest(n.typed) word
      where word = any (n.theirs) and (length(word) >= 3
        or 3 > all (array(select length(w) from unnest(n.typed) w)) or 3 > all (array(select length(w) from unnest(n.theirs) w))))
  from (select need_to_know.name_words(about_name) as typed, need_to_know.name_words(name) as theirs) n
$$;

-- The allegations that the asker receives: of the organisations they were named for, and never one that may be about
-- themselves.
create or replace function need_to_know.allegations() returns setof uuid
language sql stable security definer set search_path = pg_catalog
as $$
  select a.id
  from identity.me() me
  join identity.account myself on myself.id = me.account_id and myself.kind = 'staff'
  join service.allegation a on not need_to_know.may_be_about(a.about_account, a.about_name, myself.id, myself.name)
  where me.role <> 'referrer' and exists (
    select from service.allegation_recipient r
    where r.account_id = myself.id and r.ended_at is null and (r.organisation_id is null or r.organisation_id = a.organisation_id))
$$;

-- Of those that somebody raised: that they did, and when.
create or replace function need_to_know.allegations_raised() returns table (allegation_id uuid, organisation_id uuid, raised_at timestamptz)
language sql stable security definer set search_path = pg_catalog
as $$
  select a.id, a.organisation_id, a.raised_at
  from service.allegation a
  where a.raised_by = identity.account_id()
  order by a.raised_at desc limit 50
$$;

-- Tells those who receive an allegation that the asker has raised that something waits, and says how many they are. Where
-- there is nobody, those who run the service are told to name somebody; never one whom it may be about.
create or replace function messages.tell_of_allegation(allegation uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  a record;
  account uuid;
  told int := 0;
begin
  select * into a from service.allegation x where x.id = tell_of_allegation.allegation and x.raised_by = identity.account_id();
  if not found then
    return 0;
  end if;
  for account in
    select distinct r.account_id
    from service.allegation_recipient r join identity.account c on c.id = r.account_id and c.disabled_at is null
    where r.ended_at is null and (r.organisation_id is null or r.organisation_id = a.organisation_id)
      and not need_to_know.may_be_about(a.about_account, a.about_name, c.id, c.name)
  loop
    perform messages.tell(account, 'something-waits', '/allegations');
    told := told + 1;
  end loop;
  if told = 0 then
    for account in
      select distinct g.account_id
      from identity.access_grant g join identity.account c on c.id = g.account_id and c.disabled_at is null
      where g.role = 'operations-manager' and g.approved_at is not null and g.ended_at is null
        and not need_to_know.may_be_about(a.about_account, a.about_name, c.id, c.name)
    loop
      perform messages.tell(account, 'name-recipients', '/allegations/recipients');
    end loop;
  end if;
  return told;
end
$$;

grant usage on schema service, history, as_at to homeward_steward;
grant execute on function need_to_know.allegations(), need_to_know.allegations_raised(), messages.tell_of_allegation(uuid)
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward;

grant select, update (officer_told_at, officer_name, officer_reference, being_done, outcome, closed_at),
  insert (id, organisation_id, about_account, about_name, what, happened, raised_by, raised_at)
  on service.allegation to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy recipients on service.allegation for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (id = any (array(select need_to_know.allegations())));
create policy recipients_update on service.allegation for update
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (id = any (array(select need_to_know.allegations()))) with check (id = any (array(select need_to_know.allegations())));
create policy staff_insert on service.allegation for insert to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  with check ((select identity.is_staff()) and raised_by = (select identity.account_id()));

-- A young person is named in one by somebody who may open their record.
grant select, insert (allegation_id, person_id, what) on service.allegation_person
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy recipients on service.allegation_person for select
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (allegation_id = any (array(select need_to_know.allegations())));
create policy staff_insert on service.allegation_person for insert to homeward_relationship, homeward_provider, homeward_area
  with check (allegation_id = any (array(select r.allegation_id from need_to_know.allegations_raised() r))
    and exists (select from service.person p where p.id = allegation_person.person_id));

grant select on history.allegation, history.allegation_person to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy recipients on history.allegation for select to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (id = any (array(select need_to_know.allegations())));
create policy recipients on history.allegation_person for select
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward
  using (allegation_id = any (array(select need_to_know.allegations())));

-- Data protection leads read the audit, and allegations are made about them as well: beside a name and a time, that something
-- confidential was written says who raised one. It stays in the audit, sealed like the rest, for whoever runs the server.
create policy confidential on audit.entry as restrictive for select to homeward_steward
  using (subject_kind is distinct from 'confidential');

-- Everybody may know to whom an allegation would go.
grant select on service.allegation_recipient, history.allegation_recipient
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward;
create policy colleagues on service.allegation_recipient for select
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward using ((select identity.is_staff()));
create policy colleagues on history.allegation_recipient for select
  to homeward_relationship, homeward_provider, homeward_area, homeward_steward using ((select identity.is_staff()));
grant insert (organisation_id, account_id, named_by), update (ended_at) on service.allegation_recipient to homeward_area;
create policy naming on service.allegation_recipient for insert to homeward_area
  with check ((select identity.role()) = 'operations-manager' and named_by = (select identity.account_id()));
create policy naming_update on service.allegation_recipient for update to homeward_area
  using ((select identity.role()) = 'operations-manager' and ended_at is null) with check ((select identity.role()) = 'operations-manager');

grant execute on function as_at.allegation(timestamptz), as_at.allegation_person(timestamptz), as_at.allegation_recipient(timestamptz)
  to homeward_steward;
