-- How small numbers are protected is for the administrator to say, who publishes no figure and reads none that is not published;
-- what is aimed at, for whoever runs the service. Both are read by everybody, as code lists are (10-identity.sql), and never changed.

grant insert (name, value) on reference.figure_setting to homeward_steward;
create policy administered_insert on reference.figure_setting for insert to homeward_steward
  with check ((select identity.role()) = 'administrator');

grant insert (measure, provider, in_force_from, value, direction, source) on reference.performance_target to homeward_area;
create policy operations_insert on reference.performance_target for insert to homeward_area
  with check ((select identity.role()) = 'operations-manager');
grant select on reference.performance_target to homeward_task_statistics;
create policy counting on reference.performance_target for select to homeward_task_statistics using (true);

-- A report that is written by a command carries the name of the service.
grant select on reference.service_details to homeward_task_statistics;
create policy counting on reference.service_details for select to homeward_task_statistics using (true);
