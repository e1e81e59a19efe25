-- What disposal does with tables that came after its own (disposal.reach, 0008).

insert into disposal.reach values
  ('service.borough_acknowledgement', 'referral_id', 'referral', 'deleted', 10, 'What a borough knows and offers'),
  ('identity.demonstration_account', 'account_id', 'account', 'kept', 0, 'Staff of a demonstration alone');
