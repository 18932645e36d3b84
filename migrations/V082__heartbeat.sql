-- What jobs told at their heartbeat's address: that a run began, and how it ended.
create table heartbeat_ping (
  id        bigint      generated always as identity primary key,
  source_id bigint      not null references backup_source,
  at        timestamptz not null, -- when it arrived; of one heartbeat no two alike
  kind      text        not null check (kind in ('START', 'SUCCESS', 'FAIL')),
  exit_code int         check (exit_code between 0 and 255),
  run       text, -- what the job calls this run, where several may be under way
  detail    text, -- what it said, secrets masked
  facts     json, -- what it said of the backup: {"bytes":…,"snapshotId":…}
  check (kind <> 'START' or (exit_code is null and facts is null))
);
create unique index heartbeat_ping_at on heartbeat_ping (source_id, at);
create index heartbeat_ping_run on heartbeat_ping (source_id, run, at) where run is not null;
create index heartbeat_ping_end on heartbeat_ping (source_id, at) where kind <> 'START';
