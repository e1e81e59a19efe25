-- What a scan found was written as "true", whatever it was: what was lost is not known, and what was clean had nothing.
update service.attachment set found = '' where found = 'true';
