-- What the company declares to be meant, so that checks need not call it a mistake. A declaration
-- holds in [valid_from, valid_to) for one host, for a group and all below, or for the whole fleet.
-- A group that is renamed closes the interval and opens another under the same id.
create table declaration (
  id         bigint      not null,
  kind       text        not null,
  value      text        not null check (char_length(value) between 1 and 2000),
  group_id   bigint,
  group_path text,
  host_id    bigint,
  note       text        not null check (char_length(note) <= 500),
  author     text        not null,
  valid_from timestamptz not null,
  valid_to   timestamptz not null default 'infinity',
  primary key (id, valid_from),
  check (valid_from < valid_to),
  check (group_id is null or host_id is null),
  check ((group_id is null) = (group_path is null))
);
create sequence declaration_id;
create unique index declaration_open
  on declaration (kind, value, coalesce(group_id, 0), coalesce(host_id, 0))
  where valid_to = 'infinity';
create index declaration_until on declaration (valid_to, valid_from);

-- What makers and distributions still support, [valid_from, valid_to) as this portal knew it.
create table support_table (
  sha256     bytea       not null check (octet_length(sha256) = 32),
  as_of      date        not null,
  content    text        not null, -- canonical JSON
  author     text        not null,
  valid_from timestamptz primary key,
  valid_to   timestamptz not null default 'infinity',
  check (valid_from < valid_to)
);
create unique index support_table_open on support_table (valid_to) where valid_to = 'infinity';
