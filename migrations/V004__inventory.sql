-- What was seen on hosts. Open intervals lie in one partition, closed ones by month of their end,
-- so that a read as of T touches the open ones and the months from T on.
create table document (
  sha256     bytea       primary key check (octet_length(sha256) = 32),
  content    bytea       not null, -- canonical JSON, deflated
  size       int         not null, -- bytes before
  first_seen timestamptz not null
);

create table subject (
  id         bigint generated always as identity primary key,
  host_id    bigint      not null,
  kind       text        not null check (kind in ('engine', 'container', 'image', 'volume', 'network', 'swarm', 'host-file')),
  docker_id  text        not null,
  name       text        not null,
  lineage    text        not null,
  first_seen timestamptz not null,
  unique (host_id, kind, docker_id)
);
create index subject_kind_name on subject (kind, name);
create index subject_lineage on subject (host_id, lineage);

create table state (
  subject_id    bigint      not null,
  host_id       bigint      not null,
  kind          text        not null,
  valid_from    timestamptz not null,
  valid_to      timestamptz not null default 'infinity',
  name          text        not null,
  document      bytea, -- sha256; null while the engine does not show the subject
  observation   bytea, -- sha256 of the stable facts reduced from volatile ones
  problem       jsonb, -- {"call":…,"status":…,"detail":…} where document is null
  collection_id bigint      not null, -- the one that opened the interval
  check (valid_from < valid_to),
  check ((document is null) = (problem is not null))
) partition by range (valid_to);
create table state_open partition of state for values from ('infinity') to (maxvalue);
create table state_rest partition of state default;
create unique index state_open_subject on state_open (subject_id);
create index state_host on state (host_id, kind);
create index state_subject on state (subject_id, valid_from);

-- Intervals in which a whole host, or one of its lists, could not be seen. Laid over verdicts when
-- they are read; no verdict row is written for it. scope: 'stale', or the kind whose list is unread.
create table host_blindness (
  host_id       bigint      not null,
  scope         text        not null check (scope in ('stale', 'engine', 'container', 'image', 'volume', 'network')),
  valid_from    timestamptz not null,
  valid_to      timestamptz not null default 'infinity',
  problem       jsonb       not null,
  collection_id bigint,
  primary key (host_id, scope, valid_from),
  check (valid_from < valid_to)
);
create unique index host_blindness_open on host_blindness (host_id, scope) where valid_to = 'infinity';

-- The last instant at which something of a host was published; its row lock orders publishing.
create table host_publication (
  host_id           bigint      primary key,
  published_at      timestamptz not null,
  engine_id         text,
  catalogue_version int         not null,
  next_turn_at      timestamptz not null default 'infinity',
  -- Kinds whose list was read at least once: while one is missing, the host scores 0, grade U.
  kinds_read        text[]      not null default '{}'
);
create index host_publication_turn on host_publication (next_turn_at) where next_turn_at < 'infinity';
