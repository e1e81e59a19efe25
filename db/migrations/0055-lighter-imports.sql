-- What a great many rows at once cost. A search reads what is still to be put in beside the index: at most 32 pages, which it
-- does not notice, where putting in each name by itself took an import half of its time.
alter index service.person_search set (fastupdate = on, gin_pending_list_limit = 256);

-- As before; only that whoever has no session is not looked for again at every row.
create or replace function homeward.stamp() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
  else
    new.version := 1;
  end if;
  new.recorded_at := now();
  new.recorded_by := case when coalesce(current_setting('homeward.context', true), '') = '' then null else identity.account_id() end;
  new.action_id := audit.current_action();
  return new;
end
$$;
