-- How to reach an organisation, in its own words: shown to everybody for the one that runs the service, and so answers for
-- what is kept in it (UK GDPR, article 13).

alter table identity.organisation add column contact text;
