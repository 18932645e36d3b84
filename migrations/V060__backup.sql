-- What hosts keep, what was promised for it, what shows that it was backed up, and how it stood.

-- Programs that make backups report them under a role that can do nothing else.
alter table app_user_role drop constraint app_user_role_role_check;
alter table app_user_role add constraint app_user_role_role_check
  check (role in ('VIEWER', 'ANALYST', 'ADMINISTRATOR', 'REPORTER'));

-- Data that a host keeps, from when it was first seen until it was seen to be gone. A volume that
-- was removed and made again under its name is another row.
create table kept_data (
  id           bigint      generated always as identity primary key,
  host_id      bigint      not null references host,
  kind         text        not null check (kind in ('VOLUME', 'DIRECTORY', 'LAYER', 'SWARM')),
  name         text        not null, -- of the volume, of the container; a path; 'swarm'
  subject_id   bigint, -- the volume, or the container whose layer it is
  engine_id    text        not null,
  created_at   text, -- what the engine says where that is an identity (Engine 23 and later)
  -- Evidence that began before speaks of what had the name before.
  records_from timestamptz not null default '-infinity',
  valid_from   timestamptz not null,
  valid_to     timestamptz not null default 'infinity',
  check (valid_from < valid_to)
);
create unique index kept_data_open on kept_data (host_id, kind, name) where valid_to = 'infinity';
create index kept_data_name on kept_data (host_id, kind, name, valid_from);
create index kept_data_subject on kept_data (subject_id);

-- Who uses it, and what of it decides which policies match.
create table kept_data_use (
  data_id    bigint      not null,
  host_id    bigint      not null,
  valid_from timestamptz not null,
  valid_to   timestamptz not null default 'infinity',
  shape      text        not null check (shape in ('NAMED', 'ANONYMOUS', 'BIND_BACKED', 'REMOTE', 'DIRECTORY', 'LAYER', 'SWARM')),
  project    text,
  labels     json        not null default '{}', -- of the volume, and of the containers that use it
  -- [{"container":…,"dockerId":…,"running":…,"writes":…,"path":…,"through":…}]; through: the data
  -- container whose mount it is by --volumes-from
  users      json        not null,
  intents    json        not null, -- [{"label":…,"value":…,"on":…}]: meant, and no evidence of anything
  primary key (data_id, valid_from),
  check (valid_from < valid_to)
);
create unique index kept_data_use_open on kept_data_use (data_id) where valid_to = 'infinity';
create index kept_data_use_host on kept_data_use (host_id);

-- What must be backed up and how fresh, or need not be. An edit ends one row and begins the next.
create sequence backup_policy_id;
create table backup_policy (
  id                   bigint      not null,
  version              int         not null,
  name                 text        not null,
  selector             jsonb       not null,
  rpo_seconds          bigint      check (rpo_seconds > 0), -- null: exempt
  restore_test_seconds bigint      check (restore_test_seconds > 0),
  off_host             boolean     not null default false, -- a backup on the host itself is none
  exempt_reason        text,
  exempt_until         timestamptz,
  author               text        not null,
  approved_by          text, -- never the author; until then an exemption exempts nothing
  valid_from           timestamptz not null,
  valid_to             timestamptz not null default 'infinity',
  primary key (id, version),
  check (valid_from < valid_to),
  check ((rpo_seconds is null) = (exempt_reason is not null)),
  check (approved_by is null or (exempt_reason is not null and approved_by <> author))
);
create unique index backup_policy_open on backup_policy (id) where valid_to = 'infinity';
create unique index backup_policy_name on backup_policy (lower(name)) where valid_to = 'infinity';

-- What was promised for data, and when. No row: no policy matched.
create table backup_promise (
  data_id              bigint      not null,
  host_id              bigint      not null,
  valid_from           timestamptz not null,
  valid_to             timestamptz not null default 'infinity',
  policy_id            bigint, -- null: labels promise it
  policy_version       int,
  policy               text        not null, -- its name, or the label
  rpo_seconds          bigint, -- null: only an exemption matches
  restore_test_seconds bigint,
  off_host             boolean     not null,
  exempt_by            text, -- name of the policy that exempts it, or what was declared
  exempt_reason        text,
  exempt_approver      text,
  exempt_until         timestamptz,
  primary key (data_id, valid_from),
  check (valid_from < valid_to)
);
create unique index backup_promise_open on backup_promise (data_id) where valid_to = 'infinity';
create index backup_promise_host on backup_promise (host_id);

-- Where evidence comes from by itself.
create table backup_source (
  id               bigint      generated always as identity primary key,
  name             text        not null,
  type             text        not null check (type in ('RESTIC', 'BORG', 'ARCHIVES', 'HEARTBEAT')),
  location         text        not null, -- as it may be shown
  sealed           bytea, -- what it is opened with
  mapping          jsonb       not null,
  target_type      text        check (target_type in ('LOCAL', 'HOST', 'OBJECT_STORE')), -- null: not known
  interval_seconds bigint      not null check (interval_seconds > 0),
  check_seconds    bigint      check (check_seconds > 0), -- null: its integrity is never checked
  period_seconds   bigint      check (period_seconds > 0), -- of a heartbeat
  grace_seconds    bigint      check (grace_seconds >= 0),
  token_hash       bytea, -- of a heartbeat
  author           text        not null,
  created_at       timestamptz not null,
  removed_at       timestamptz not null default 'infinity',
  next_read_at     timestamptz not null default 'infinity',
  next_check_at    timestamptz not null default 'infinity'
);
create unique index backup_source_name on backup_source (lower(name)) where removed_at = 'infinity';
create unique index backup_source_token on backup_source (token_hash);
create index backup_source_due on backup_source (next_read_at) where removed_at = 'infinity';

-- One row an attempt to read a source.
create table backup_reading (
  id          bigint      generated always as identity primary key,
  source_id   bigint      not null references backup_source,
  outcome     text        not null check (outcome in ('RUNNING', 'SUCCEEDED', 'FAILED')),
  started_at  timestamptz not null,
  finished_at timestamptz,
  snapshots   int,
  records_new int,
  unmapped    int,
  category    text, -- of the failure
  detail      text,
  check ((outcome = 'RUNNING') = (finished_at is null))
);
create index backup_reading_source on backup_reading (source_id, started_at desc);
create unique index backup_reading_running on backup_reading (source_id) where outcome = 'RUNNING';

-- Intervals in which a source could not be read, or showed damage: what it holds is not known then.
create table backup_source_blindness (
  source_id  bigint      not null references backup_source,
  valid_from timestamptz not null,
  valid_to   timestamptz not null default 'infinity',
  category   text        not null check (category in ('WRONG_PASSWORD', 'GONE', 'LOCKED', 'TIMEOUT', 'PROGRAM_MISSING', 'UNREACHABLE', 'UNREADABLE', 'DAMAGED')),
  detail     text        not null,
  primary key (source_id, valid_from),
  check (valid_from < valid_to)
);
create unique index backup_source_blindness_open on backup_source_blindness (source_id) where valid_to = 'infinity';

-- What a source shows that no rule of its mapping gives to any data. Kept while it shows it.
create table backup_unmapped (
  source_id   bigint      not null references backup_source,
  snapshot_id text        not null,
  taken_at    timestamptz not null,
  hostname    text,
  tags        text[]      not null,
  paths       text[]      not null,
  reason      text        not null,
  learned_at  timestamptz not null,
  primary key (source_id, snapshot_id)
);

-- Evidence that something was backed up, or restored, at an instant, or that it was tried. Never
-- edited: what a source no longer shows ends.
create table backup_record (
  id                bigint      generated always as identity primary key,
  host_id           bigint      not null references host,
  kind              text        not null check (kind in ('VOLUME', 'DIRECTORY', 'LAYER', 'SWARM')),
  name              text        not null,
  type              text        not null check (type in ('BACKUP', 'RESTORE_TEST')),
  outcome           text        not null check (outcome in ('SUCCEEDED', 'FAILED')),
  started_at        timestamptz not null,
  finished_at       timestamptz not null,
  learned_at        timestamptz not null,
  gone_at           timestamptz not null default 'infinity',
  ahead             boolean     not null, -- it came from the future: counts for nothing
  source_id         bigint,
  source            text        not null,
  snapshot_id       text,
  bytes             bigint      check (bytes >= 0),
  target_type       text        check (target_type in ('LOCAL', 'HOST', 'OBJECT_STORE')),
  target_location   text,
  checksum          text,
  warnings          int         check (warnings >= 0),
  method            text        check (method in ('DUMP', 'STOPPED', 'PAUSED', 'SNAPSHOT', 'LIVE')),
  size_acknowledged boolean     not null default false,
  duration_seconds  double precision check (duration_seconds >= 0),
  files_compared    bigint      check (files_compared >= 0),
  hashes_equal      boolean,
  detail            text, -- what the job or the drill said
  reporter          text        not null,
  document          bytea       not null, -- sha256 of the record as it is evidence
  check (started_at <= finished_at),
  check (learned_at < gone_at)
);
-- The same evidence again is no more evidence.
create unique index backup_record_same on backup_record (host_id, document, gone_at);
create index backup_record_data on backup_record (host_id, kind, name, type, started_at desc);
create index backup_record_source on backup_record (source_id, snapshot_id);
create index backup_record_learned on backup_record (host_id, learned_at);

-- How data stood, when, and from when to when that was what was known. A state that has ended is
-- closed; one that turned out otherwise is superseded. turns_at of an open row is a forecast: read
-- at or after it, the state is turns_to.
create table coverage (
  data_id     bigint      not null,
  host_id     bigint      not null,
  kind        text        not null,
  state       text        not null check (state in ('PROTECTED', 'LATE', 'FAILED', 'UNPROTECTED', 'EXEMPT', 'UNKNOWN')),
  reason      text        not null,
  valid_from  timestamptz not null,
  valid_to    timestamptz not null default 'infinity',
  known_from  timestamptz not null,
  known_to    timestamptz not null default 'infinity',
  turns_at    timestamptz not null default 'infinity',
  turns_to    text,
  turn_reason text,
  check (valid_from < valid_to),
  check (known_from < known_to),
  check ((turns_at = 'infinity') = (turns_to is null)),
  check ((turns_at = 'infinity') = (turn_reason is null))
) partition by range (valid_to);
create table coverage_open partition of coverage for values from ('infinity') to (maxvalue);
create table coverage_rest partition of coverage default;
create unique index coverage_open_data on coverage_open (data_id) where known_to = 'infinity';
create index coverage_host on coverage (host_id, state);
create index coverage_data on coverage (data_id, valid_from);
create index coverage_turn on coverage_open (turns_at) where known_to = 'infinity' and turns_at < 'infinity';

-- How large volumes and writable layers were when they were measured, which has a slow schedule of
-- its own. key: a volume's name, a container's Docker ID.
create table data_size (
  host_id    bigint      not null,
  kind       text        not null check (kind in ('VOLUME', 'LAYER')),
  key        text        not null,
  valid_from timestamptz not null,
  valid_to   timestamptz not null default 'infinity',
  bytes      bigint      not null check (bytes >= 0),
  primary key (host_id, kind, key, valid_from),
  check (valid_from < valid_to)
);
create unique index data_size_open on data_size (host_id, kind, key) where valid_to = 'infinity';
