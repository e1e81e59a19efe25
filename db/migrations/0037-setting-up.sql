-- What an administrator sets up from the browser, so that a service of another region needs nobody at the database.

-- What is no longer used is retired, and never deleted: records tell it for ever.
alter table reference.patch add column retired_on date;
alter table reference.area add column retired_on date;
alter table reference.patch add check (name <> '');
alter table reference.area add check (name <> '');

-- What the service is called, how it is reached, and who answers for it (UK GDPR, article 13). An empty text is not given yet.
create table reference.service_details (
  one_row boolean primary key default true check (one_row),
  service_name text not null default 'Homeward' check (service_name <> ''),
  telephone text not null default '',
  email text not null default '',
  hours text not null default '',
  postal_address text not null default '',
  controller text not null default '',
  data_protection_contact text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
insert into reference.service_details default values;
create trigger stamp before insert or update on reference.service_details for each row execute function homeward.stamp();

-- The words of a kind of message where the service has its own: nothing is ever put into them but the link below.
create table reference.message_words (
  template text primary key check (template ~ '^[a-z]+(-[a-z]+)*$'),
  subject text not null check (subject <> '' and subject !~ '[\n\r]'),
  text text not null check (text <> ''),
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create trigger stamp before insert or update on reference.message_words for each row execute function homeward.stamp();

-- Everything that was ever set up otherwise, with what it was before.
create table reference.change (
  id uuid primary key default homeward.new_id(),
  at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid,
  what text not null,
  which text not null,
  was jsonb,
  "is" jsonb,
  check (was is not null or "is" is not null)
);
create index change_newest on reference.change (at desc, id desc);

-- Its arguments are the columns by which a row is known.
create function homeward.keep_change() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
declare
  stamps constant text[] := array['version', 'recorded_at', 'recorded_by', 'action_id'];
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - stamps end;
  becomes jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - stamps end;
begin
  if was is distinct from becomes then
    insert into reference.change (recorded_by, action_id, what, which, was, "is")
    values (identity.account_id(), audit.current_action(), tg_table_name,
      (select string_agg(coalesce(becomes, was) ->> name, ' ' order by place) from unnest(tg_argv) with ordinality as named(name, place)),
      was, becomes);
  end if;
  return null;
end
$$;
create trigger keep_change after insert or update or delete on reference.patch for each row execute function homeward.keep_change('code');
create trigger keep_change after insert or update or delete on reference.area for each row execute function homeward.keep_change('code');
create trigger keep_change after insert or update or delete on reference.threshold
  for each row execute function homeward.keep_change('name', 'in_force_from');
create trigger keep_change after insert or update or delete on reference.reason for each row execute function homeward.keep_change('list', 'code');
create trigger keep_change after insert or update or delete on reference.allocation_rule for each row execute function homeward.keep_change('name');
create trigger keep_change after insert or update or delete on reference.message_words for each row execute function homeward.keep_change('template');
create trigger keep_change after insert or update or delete on reference.service_details for each row execute function homeward.keep_change('service_name');
