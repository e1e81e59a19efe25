-- What a backup needs beside reading every row (00-start.sql): where sequences stand, and to say that it was made.

grant select on all sequences in schema homeward, reference, identity, audit, service, history, messages, disposal to homeward_task_backup;
grant execute on function audit.task(text, text, uuid, uuid, jsonb) to homeward_task_backup;
