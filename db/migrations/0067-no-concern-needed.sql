-- Somebody said at a follow-up that they are not safe: why no concern is raised about it, where that was decided.
alter table service.follow_up add column no_concern_why text not null default '';
alter table history.follow_up add column no_concern_why text not null default '';
alter table service.follow_up add check (no_concern_why = '' or safe = 'no');
select homeward.refresh_as_at('follow_up');
