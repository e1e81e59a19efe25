-- What figures are made of: the records as they were recorded at a moment, without a name among them. Whoever may count reads
-- all of them, restricted records too: a figure is the same whoever asks for it, and nothing that it is made of is shown.

do $$
declare
  of_table text;
begin
  foreach of_table in array array['referral', 'allocation', 'closing', 'contact', 'case_note', 'onward_referral', 'imported_support',
    'imported_onward_referral', 'recorded_event', 'rescue_request', 'nrm_referral', 'county_link', 'training_session', 'import'] loop
    execute format('create policy counting on service.%1$I for select to homeward_task_statistics using ((select need_to_know.may_count()))', of_table);
    execute format('create policy counting on history.%1$I for select to homeward_task_statistics using ((select need_to_know.may_count()))', of_table);
  end loop;
end
$$;
