-- A file that should not be on a record is taken off it, and that it was there, who took it off and why stays. Its content
-- nobody opens from then on; it is destroyed with the record, by disposal.
alter table service.attachment
  add column removed_at timestamptz,
  add column removed_by uuid references identity.account,
  add column remove_reason text not null default '',
  add constraint attachment_removed check ((removed_at is null) = (removed_by is null) and (removed_at is null) = (remove_reason = '')),
  -- What it was called is in its history alone, which has readers of its own.
  add constraint attachment_nameless_when_removed check (removed_at is null or (person_id is not null and name = 'A file that was removed'));
alter table history.attachment
  add column removed_at timestamptz,
  add column removed_by uuid,
  add column remove_reason text not null default '';
select homeward.refresh_as_at('attachment');
