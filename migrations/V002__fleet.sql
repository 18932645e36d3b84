-- Hosts, the tree of groups, credentials, and the history of what decides past answers.
create table host_group (
  id         bigint generated always as identity primary key,
  parent_id  bigint references host_group,
  name       text        not null check (name <> '' and position('/' in name) = 0 and char_length(name) <= 100),
  path       text        not null,
  created_at timestamptz not null,
  version    int         not null default 0
);
create unique index host_group_path on host_group (lower(path));
create index host_group_parent on host_group (parent_id);

create table host (
  id                bigint generated always as identity primary key,
  name              text        not null check (char_length(name) between 1 and 100),
  endpoint          text        not null,
  group_id          bigint references host_group,
  environment       text,
  owner             text,
  criticality       smallint    not null default 2 check (criticality in (1, 2, 4)),
  labels            jsonb       not null default '{}',
  interval_seconds  int         not null default 900 check (interval_seconds between 60 and 604800),
  created_at        timestamptz not null,
  paused_at         timestamptz,
  decommissioned_at timestamptz,
  version           int         not null default 0
);
create unique index host_active_name on host (lower(name)) where decommissioned_at is null;
create index host_group_id on host (group_id);

-- Sealed with the portal's secret key; the plain form exists only in memory.
create table credential (
  host_id    bigint primary key references host,
  kind       text        not null check (kind in ('TLS', 'SSH')),
  sealed     bytea       not null,
  updated_at timestamptz not null
);

-- [valid_from, valid_to) of what a past score or list depended on.
create table host_history (
  host_id           bigint      not null references host,
  valid_from        timestamptz not null,
  valid_to          timestamptz not null default 'infinity',
  name              text        not null,
  group_id          bigint,
  group_path        text,
  environment       text,
  owner             text,
  criticality       smallint    not null,
  labels            jsonb       not null,
  interval_seconds  int         not null,
  paused            boolean     not null,
  decommissioned    boolean     not null,
  primary key (host_id, valid_from),
  check (valid_from < valid_to)
);
create unique index host_history_open on host_history (host_id) where valid_to = 'infinity';
