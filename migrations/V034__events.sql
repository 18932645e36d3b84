-- What engines tell of by themselves, on hosts where that reading is switched on.

-- One row a host: which portal process follows its events, and how far.
create table event_stream (
  host_id          bigint      primary key references host,
  owner            text,
  lease_until      timestamptz,
  -- Whether events arrive this moment, and nothing since watched_since can have been missed.
  open             boolean     not null default false,
  engine_id        text        not null default '',
  watched_since    timestamptz,
  -- The same instant by the engine's clock, with which containers' times are compared.
  watched_since_on_engine timestamptz,
  -- The newest event: an engine that repeats it proves that nothing came between.
  anchor_nanos     bigint,
  anchor_key       bytea,
  anchor_at        timestamptz,
  -- Why it is not open: {"call":…,"status":…,"detail":…}
  problem          jsonb,
  check ((owner is null) = (lease_until is null)),
  check ((anchor_nanos is null) = (anchor_key is null)),
  check ((anchor_nanos is null) = (anchor_at is null)),
  check ((watched_since is null) = (watched_since_on_engine is null))
);
create index event_stream_owner on event_stream (owner);

-- [from_at, to_at): what only events tell is not known of this time.
create table event_gap (
  host_id bigint      not null references host,
  from_at timestamptz not null,
  to_at   timestamptz not null,
  reason  text        not null,
  primary key (host_id, from_at),
  check (from_at < to_at)
);

-- What checks ask of events. No command is ever in here.
create table engine_event (
  id           bigint generated always as identity primary key,
  host_id      bigint      not null references host,
  kind         text        not null check (kind in ('exec', 'commit', 'volume_destroyed')),
  actor_id     text        not null, -- a container's, an image's, a volume's
  ref          text        not null, -- an exec's ID, the ID of the container that was committed
  engine_nanos bigint      not null, -- by the engine's clock
  happened_at  timestamptz not null, -- by the portal's, never after received_at
  received_at  timestamptz not null,
  attributes   jsonb       not null,
  unique (host_id, engine_nanos, kind, actor_id, ref)
);
create index engine_event_actor on engine_event (host_id, kind, actor_id, happened_at);
create index engine_event_age on engine_event (received_at);
