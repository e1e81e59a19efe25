-- A legal hold and the carrying out of a disposal wait for each other: whichever is first is seen by the other.

create function disposal.before_hold() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  perform disposal.take_turns(new.subject_id);
  if exists (select from disposal.disposed d where d.subject_id = new.subject_id) then
    raise exception 'disposed of before the hold was placed' using errcode = 'object_not_in_prerequisite_state';
  end if;
  return new;
end
$$;
create trigger before_hold before insert on disposal.legal_hold for each row execute function disposal.before_hold();
