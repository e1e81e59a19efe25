-- What a borough says of a referral, and who is told when it has nobody to say it.

grant select on service.borough_acknowledgement to homeward_area;
create policy area on service.borough_acknowledgement for select to homeward_area
  using (area = any (array(select need_to_know.areas('referral'))));
grant insert (referral_id, area, acknowledged_by, at, note), update (note) on service.borough_acknowledgement to homeward_area;
create policy contact_insert on service.borough_acknowledgement for insert to homeward_area
  with check ((select identity.role()) = 'spoc' and acknowledged_by = (select identity.account_id())
    and area = any (array(select need_to_know.areas('referral')))
    and exists (select from service.referral r where r.id = referral_id and r.area = borough_acknowledgement.area));
create policy contact_update on service.borough_acknowledgement for update to homeward_area
  using ((select identity.role()) = 'spoc' and area = any (array(select need_to_know.areas('referral'))))
  with check ((select identity.role()) = 'spoc' and area = any (array(select need_to_know.areas('referral'))));

grant select on history.borough_acknowledgement to homeward_area;
create policy area on history.borough_acknowledgement for select to homeward_area
  using (exists (select from service.borough_acknowledgement k where k.id = borough_acknowledgement.id));

-- Tells everybody who runs the service; says how many were. Where none of them may know of a restricted record, those whom
-- it names are told that something waits on it: what came would else be seen by nobody.
create or replace function messages.tell_operations_managers(template text, path text) returns int
language plpgsql volatile security definer set search_path = pg_catalog
as $$
declare
  told int := 0;
  account uuid;
begin
  for account in
    select distinct g.account_id
    from identity.access_grant g join identity.account a on a.id = g.account_id and a.disabled_at is null
    where g.role = 'operations-manager' and g.approved_at is not null and g.ended_at is null
  loop
    told := told + messages.tell(account, template, path)::int;
  end loop;
  if told = 0 then
    for account in
      select n.account_id
      from service.restriction r
      join service.restriction_reader n on n.restriction_id = r.id and n.ended_at is null
      join identity.account a on a.id = n.account_id and a.disabled_at is null
      where r.person_id = messages.whom_about(tell_operations_managers.path) and r.lifted_at is null
        and n.account_id is distinct from identity.account_id()
    loop
      told := told + messages.tell(account, 'something-waits', format('/people/%s', messages.whom_about(path)))::int;
    end loop;
  end if;
  return told;
end
$$;
grant execute on function messages.tell_operations_managers(text, text) to homeward_referrer;
