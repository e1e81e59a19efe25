-- What somebody decides about words holds for the words that they were shown, and for no others.

-- Which version of a note was signed off: what it said when the manager signed. A later one waits for sign-off again.
alter table service.note_sign_off add column note_version int;
alter table history.note_sign_off add column note_version int;
-- The owner sees the rows that are there, superuser or not.
alter table service.note_sign_off no force row level security;
alter table history.case_note no force row level security;
update service.note_sign_off s set note_version = 1 + coalesce((
  select max(h.version) from history.case_note h where h.id = s.note_id and h.current_to <= s.recorded_at), 0);
alter table service.note_sign_off alter column note_version set not null,
  drop constraint note_sign_off_note_id_key, add unique (note_id, note_version);
alter table service.note_sign_off force row level security;
alter table history.case_note force row level security;
select homeward.refresh_as_at('note_sign_off');

-- A digest (SHA-256) of the words of a field that were blacked out, or shown after all; null for a passage wherever it
-- stands, and of decisions from before this was kept.
alter table service.redaction_mark add column decided_on text check (decided_on ~ '^[0-9a-f]{64}$');
alter table history.redaction_mark add column decided_on text;
select homeward.refresh_as_at('redaction_mark');
