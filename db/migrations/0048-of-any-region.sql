-- A service of another region has no London to be outside of.
alter table reference.area disable trigger keep_change;
update reference.area set name = 'Outside the area of this service' where code = 'out-of-london';
alter table reference.area enable trigger keep_change;
