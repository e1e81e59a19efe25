-- What a backup needs beside reading every row (00-start.sql): where sequences stand, and to say that it was made.

-- What it leaves out because it would do harm (LEFT_OUT in src/platform/database/backup.ts) it cannot read either: who has
-- the login of the background work has no use of the keys that prove who asks, nor of the sessions that are open.
do $$
declare
  left_out text;
begin
  foreach left_out in array array['secret_key', 'session', 'link', 'attempt'] loop
    execute format('revoke select on identity.%I from homeward_task_backup', left_out);
    execute format('drop policy backup on identity.%I', left_out);
  end loop;
end
$$;

grant select on all sequences in schema homeward, reference, identity, audit, service, history, messages, disposal to homeward_task_backup;
grant execute on function audit.task(text, text, uuid, uuid, jsonb) to homeward_task_backup;
