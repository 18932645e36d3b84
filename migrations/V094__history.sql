-- Sums over the hosts of a group, or of the fleet (scope_id 0), from which their scores follow: a
-- host whose score changes costs its own groups, however many hosts there are. A row that is missing
-- is summed up again from the hosts' newest scores.
create table score_sum (
  scope    text   not null check (scope in ('GROUP', 'FLEET')),
  scope_id bigint not null,
  sums     json   not null,
  primary key (scope, scope_id)
) with (fillfactor = 50);

-- Asked for by something else that decides, since then: judged at once, with no other instant.
-- Answered by clearing exactly the request that was seen.
alter table host_publication add column requested_at timestamptz;
create index host_publication_requested on host_publication (requested_at) where requested_at is not null;
