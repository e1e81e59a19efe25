-- Follow-ups in which somebody said that they are not safe: few, and looked for at each opening of a manager's home page.
create index follow_up_not_safe on service.follow_up (organisation_id, done_on) where safe = 'no';
