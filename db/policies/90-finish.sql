-- Every security-definer function belongs to the gate, but those of `jobs`, which belong to the owner of the queue.

do $$
declare
  found record;
begin
  -- An owner that is no superuser gives away only to a role that it could become.
  if not pg_has_role(current_user, 'homeward_jobs', 'SET') then
    execute format('grant homeward_jobs to %I', current_user);
  end if;
  grant create on schema jobs to homeward_jobs;
  for found in
    select p.oid::regprocedure as function, n.nspname
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname in ('homeward', 'identity', 'audit', 'history', 'need_to_know', 'messages', 'disposal', 'jobs')
  loop
    execute format('alter function %s owner to %I', found.function, case when found.nspname = 'jobs' then 'homeward_jobs' else 'homeward_gate' end);
  end loop;
  revoke create on schema jobs from homeward_jobs;

  -- Where pg_temp is not named it is searched first for types: whoever can run SQL could make a temporary domain `uuid`
  -- whose check is a function of theirs, and have the gate run it. Named last, it is searched last.
  for found in
    select p.oid::regprocedure as function
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('homeward', 'identity', 'audit', 'history', 'need_to_know', 'messages', 'disposal', 'jobs')
      and 'search_path=pg_catalog' = any (p.proconfig)
  loop
    execute format('alter function %s set search_path = pg_catalog, pg_temp', found.function);
  end loop;
end
$$;

-- PostgreSQL lets everybody execute a new function.
revoke execute on all functions in schema homeward, reference, identity, audit, service, history, as_at, need_to_know, messages, disposal, jobs
  from public;
grant execute on all functions in schema homeward, identity, audit, need_to_know, messages to homeward_gate;
