-- Checks that a company writes itself: one row a revision, [valid_from, valid_to). The open one is
-- what the check is now; those before say what judged in the past, and who changed it.
create table own_check (
  id          text        not null check (id ~ '^OWN-[A-Z0-9]([A-Z0-9-]*[A-Z0-9])?$' and char_length(id) <= 40),
  revision    int         not null check (revision > 0),
  valid_from  timestamptz not null,
  valid_to    timestamptz not null default 'infinity',
  status      text        not null check (status in ('DRAFT', 'ACTIVE', 'RETIRED')),
  title       text        not null check (char_length(title) between 1 and 200),
  subject     text        not null check (subject in ('engine', 'container', 'image', 'volume', 'network', 'swarm', 'host-file')),
  severity    text        not null check (severity in ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW')),
  mode        text        not null check (mode in ('SCORED', 'ADVISORY')),
  expression  text        not null,
  applies     text,
  rationale   text        not null,
  remediation text        not null,
  changed_by  text        not null,
  primary key (id, revision),
  check (valid_from < valid_to)
);
create unique index own_check_open on own_check (id) where valid_to = 'infinity';
create index own_check_active on own_check (id) where valid_to = 'infinity' and status = 'ACTIVE';
