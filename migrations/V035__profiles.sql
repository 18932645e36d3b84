-- Which checks count and with what weight. Those that ship have no rows: the catalogue tells them.
create table profile (
  id         bigint generated always as identity primary key,
  name       text        not null check (char_length(name) between 1 and 100),
  created_at timestamptz not null
);
create unique index profile_name on profile (lower(name));

-- A change makes a version; each is in force until the next one begins.
create table profile_version (
  profile_id  bigint      not null references profile,
  version     int         not null check (version > 0),
  valid_from  timestamptz not null,
  author      text        not null,
  description text        not null,
  checks      jsonb       not null, -- {"CTR-USER":null,"CTR-MEM":5}: null is the severity's weight
  primary key (profile_id, version)
);

-- Which hosts have which profile; the most specific row that speaks of a host decides. A group that
-- was deleted is left behind and speaks of none.
create table profile_assignment (
  group_id    bigint, -- null: any
  environment text, -- null: any
  profile     text        not null, -- name, of one that ships or of one's own
  valid_from  timestamptz not null,
  valid_to    timestamptz not null default 'infinity',
  check (valid_from < valid_to)
);
create unique index profile_assignment_open
  on profile_assignment (coalesce(group_id, 0), coalesce(lower(environment), ''))
  where valid_to = 'infinity';

-- Optional readings that were on when a host was scored. With profile, version and catalogue they
-- tell what a score speaks of; where one of them changes, the line of scores breaks.
alter table score add column readings text[] not null default '{}';

-- A second series: the past told again under what counts now. What was published stays. A run
-- begins with the first host whose line breaks and ends with the means of groups and fleet.
create table series_run (
  id          bigint generated always as identity primary key,
  started_at  timestamptz not null,
  finished_at timestamptz
);
create unique index series_run_open on series_run ((true)) where finished_at is null;

create table series (
  id                bigint generated always as identity primary key,
  run_id            bigint      not null references series_run,
  scope             text        not null check (scope in ('HOST', 'GROUP', 'FLEET')),
  scope_id          bigint      not null, -- 0 for the fleet
  ends_at           timestamptz not null, -- the break: from here on the published line goes on
  reached           timestamptz, -- how far the past of a host has been told
  next_turn_at      timestamptz, -- when time alone changes something after that
  kinds_read        text[]      not null default '{}',
  finished_at       timestamptz,
  failure           text, -- why a host was given up
  -- What counts at the break, as the newest row has it.
  profile           text,
  profile_version   int,
  catalogue_version int,
  unique (run_id, scope, scope_id)
);
create index series_scope on series (scope, scope_id, id desc) where finished_at is not null;
create index series_due on series (run_id, id) where finished_at is null;

create table series_score (
  series_id           bigint      not null references series on delete cascade,
  at                  timestamptz not null,
  score               int check (score between 0 and 100000),
  score_high          int,
  score_accepted      int,
  grade               text check (grade in ('A', 'B', 'C', 'D', 'F', 'U')),
  confidence          int         not null check (confidence between 0 and 1000),
  points_failed       bigint      not null,
  points_unknown      bigint      not null,
  points_accepted     bigint      not null,
  hosts               int         not null,
  hosts_with_critical int         not null,
  profile             text        not null,
  profile_version     int         not null,
  catalogue_version   int         not null,
  checks_in_scope     int         not null,
  readings            text[]      not null default '{}',
  primary key (series_id, at)
);
