-- What the administrator sets up. Code lists are read by everybody (10-identity.sql); what is retired still is.

grant insert (code, name), update (name, retired_on) on reference.patch to homeward_steward;
create policy administered_insert on reference.patch for insert to homeward_steward
  with check ((select identity.role()) = 'administrator');
create policy administered_update on reference.patch for update to homeward_steward
  using ((select identity.role()) = 'administrator');

-- 'Outside the region' and 'not known' are the service's own, so that no referral has no area.
grant insert (code, name, patch, kind), update (name, patch, retired_on) on reference.area to homeward_steward;
create policy administered_insert on reference.area for insert to homeward_steward
  with check ((select identity.role()) = 'administrator' and kind = 'borough');
create policy administered_update on reference.area for update to homeward_steward
  using ((select identity.role()) = 'administrator' and kind = 'borough');

-- What is due was counted by the threshold in force: one that has come into force is never changed, only followed by
-- another. One that is still to come can be taken back, and on its first day one that was typed wrong: the audit keeps what it was.
grant insert, delete on reference.threshold to homeward_steward;
create policy administered_insert on reference.threshold for insert to homeward_steward
  with check ((select identity.role()) = 'administrator' and in_force_from >= (now() at time zone 'Europe/London')::date);
create policy administered_delete on reference.threshold for delete to homeward_steward
  using ((select identity.role()) = 'administrator' and in_force_from >= (now() at time zone 'Europe/London')::date);

grant insert (list, code, text, place), update (text, place, retired_on) on reference.reason to homeward_steward;
create policy administered_insert on reference.reason for insert to homeward_steward
  with check ((select identity.role()) = 'administrator');
create policy administered_update on reference.reason for update to homeward_steward
  using ((select identity.role()) = 'administrator');

grant insert (template, subject, text), update (subject, text), delete on reference.message_words to homeward_steward;
create policy administered_insert on reference.message_words for insert to homeward_steward
  with check ((select identity.role()) = 'administrator');
create policy administered_update on reference.message_words for update to homeward_steward
  using ((select identity.role()) = 'administrator');
create policy administered_delete on reference.message_words for delete to homeward_steward
  using ((select identity.role()) = 'administrator');

grant update (service_name, telephone, email, hours, postal_address, controller, data_protection_contact)
  on reference.service_details to homeward_steward;
create policy administered on reference.service_details for update to homeward_steward
  using ((select identity.role()) = 'administrator');

-- Messages leave in the service's words and under its name.
grant usage on schema reference to homeward_task_messages;
grant select on reference.message_words, reference.service_details to homeward_task_messages;
create policy delivery on reference.message_words for select to homeward_task_messages using (true);
create policy delivery on reference.service_details for select to homeward_task_messages using (true);

-- Who changed what is for those who answer for the service, not for everybody.
grant insert on reference.change to homeward_gate;
revoke select on reference.change from homeward_visitor, homeward_referrer, homeward_relationship, homeward_provider;
drop policy everybody on reference.change;
create policy answers_for_it on reference.change for select to homeward_area, homeward_steward
  using ((select identity.role()) in ('administrator', 'operations-manager'));
