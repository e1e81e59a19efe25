-- Figures tell apart whose links are whose only where somebody has several (0061): what those were before is found by this.
create index county_link_individual on history.county_link (individual_ref);
