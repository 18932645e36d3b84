-- Restores that somebody asked for, to see whether a backup can be restored. What came of one that
-- tells something about the backup is a record as well.
create table restore_drill (
  id               bigint      generated always as identity primary key,
  source_id        bigint      not null references backup_source,
  host_id          bigint      not null references host,
  kind             text        not null check (kind in ('VOLUME', 'DIRECTORY', 'LAYER', 'SWARM')),
  name             text        not null,
  snapshot_id      text        not null,
  outcome          text        not null check (outcome in ('RUNNING', 'SUCCEEDED', 'FAILED')),
  author           text        not null,
  asked_at         timestamptz not null,
  begun_at         timestamptz,
  finished_at      timestamptz,
  bytes            bigint      check (bytes >= 0),
  files            bigint      check (files >= 0),
  duration_seconds double precision check (duration_seconds >= 0), -- until the last hash was compared
  root_hash        bytea, -- sha256 over the sorted list of files, sizes and hashes
  category         text, -- of the failure
  detail           text,
  check ((outcome = 'RUNNING') = (finished_at is null))
);
create index restore_drill_source on restore_drill (source_id, id desc);
create index restore_drill_snapshot on restore_drill (source_id, snapshot_id, id desc);
create index restore_drill_open on restore_drill (id) where outcome = 'RUNNING';
