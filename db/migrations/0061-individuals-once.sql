-- Individuals with more than one link to a county line: they alone must be told apart to be counted once.
create index county_link_several on service.county_link (individual_ref) where ordinal > 1;

-- Its columns change, and are written afresh with the policies (db/policies/63-statistics.sql).
drop function if exists as_at.county_link_facts(timestamptz);
