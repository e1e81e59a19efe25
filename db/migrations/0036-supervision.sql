-- A manager's word on a case note that needs it. What was decided in supervision is itself a case note, of a kind of its own.

create table service.note_sign_off (
  id uuid primary key default homeward.new_id(),
  note_id uuid not null unique references service.case_note,
  person_id uuid not null references service.person,
  organisation_id uuid not null references identity.organisation,
  signed_by uuid not null references identity.account,
  at timestamptz not null default now(),
  comment text not null default '',
  version int not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  action_id uuid
);
create index note_sign_off_person on service.note_sign_off (person_id);
select homeward.keep_history('note_sign_off');
create index case_note_to_sign_off on service.case_note (organisation_id, happened_at) where needs_sign_off and deleted_at is null;

insert into disposal.reach values
  ('service.note_sign_off', 'person_id', 'person', 'deleted', 8, 'That a manager has read and signed off a note');
