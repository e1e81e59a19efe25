-- Where rows of files wait until every one of them is checked, in the transaction that imports them and in no other: it takes
-- them away before it ends. Unlogged, for nothing of them is to be kept, and outside what a backup holds.
create schema incoming;

create unlogged table incoming.row (
  file text not null,
  -- The line of the file on which the row begins.
  line int not null,
  -- Its cells in the order of the file's description (src/history-in/files.ts), as the database is to read them.
  cells text[] not null,
  -- What is wrong with it, [[column, message], …], in the order of its columns; null where nothing is.
  faults jsonb,
  primary key (file, line)
);
create index incoming_row_key on incoming.row (file, (cells[1]));

-- A blank cell is "not recorded": what no file must have, a row may lack.
alter table service.recorded_event alter column kind drop not null, alter column occurred_on drop not null;
alter table history.recorded_event alter column kind drop not null, alter column occurred_on drop not null;
alter table service.rescue_request alter column requested_at drop not null;
alter table history.rescue_request alter column requested_at drop not null;
alter table service.nrm_referral alter column referred_on drop not null;
alter table history.nrm_referral alter column referred_on drop not null;
alter table service.county_link alter column identified_on drop not null;
alter table history.county_link alter column identified_on drop not null;
alter table service.training_session alter column delivered_on drop not null;
alter table history.training_session alter column delivered_on drop not null;
