-- The few who have died, for every list of things to do, which leaves them out (src/people/living.ts).
create index person_died on service.person (id) where died_on is not null;
