-- A subject's full set of outcomes as one compact row: a letter for each check of its kind, in
-- catalogue order (P pass, F fail, U unknown, N not applicable).
create table judgement (
  subject_id        bigint      not null,
  host_id           bigint      not null,
  kind              text        not null,
  valid_from        timestamptz not null,
  valid_to          timestamptz not null default 'infinity',
  outcomes          text        not null,
  workload          bytea, -- what replicas share; null where the subject counts for itself
  in_score          boolean     not null,
  turns             json, -- [{"check":…,"at":…,"to":…}], when time alone changes an outcome
  catalogue_version int         not null,
  check (valid_from < valid_to)
) partition by range (valid_to);
create table judgement_open partition of judgement for values from ('infinity') to (maxvalue);
create table judgement_rest partition of judgement default;
create unique index judgement_open_subject on judgement_open (subject_id);
create index judgement_host on judgement (host_id, kind);
create index judgement_subject on judgement (subject_id, valid_from);

-- What people list and work on: FAIL and UNKNOWN, with their evidence.
create table verdict (
  host_id    bigint      not null,
  subject_id bigint      not null,
  kind       text        not null,
  check_id   text        not null,
  outcome    text        not null check (outcome in ('FAIL', 'UNKNOWN')),
  severity   smallint    not null, -- 4 critical, 3 high, 2 medium, 1 low
  advisory   boolean     not null,
  since      timestamptz not null, -- when this outcome began; valid_from moves with its evidence
  valid_from timestamptz not null,
  valid_to   timestamptz not null default 'infinity',
  reason     text,
  evidence   json        not null, -- [{"path":…,"value":…,"documentSha256":…}], compared as text
  check (valid_from < valid_to)
) partition by range (valid_to);
create table verdict_open partition of verdict for values from ('infinity') to (maxvalue);
create table verdict_rest partition of verdict default;
create unique index verdict_open_key on verdict_open (subject_id, check_id);
create index verdict_host on verdict (host_id, check_id);
create index verdict_check on verdict (check_id, outcome, host_id);
create index verdict_subject on verdict (subject_id, check_id, valid_from);

-- People's work on a FAIL; belongs to (host, check, lineage), not to a Docker ID.
create table finding (
  id            bigint generated always as identity primary key,
  host_id       bigint      not null,
  check_id      text        not null,
  kind          text        not null,
  lineage       text        not null,
  severity      smallint    not null,
  advisory      boolean     not null,
  status        text        not null check (status in ('OPEN', 'ACKNOWLEDGED', 'WAIVED', 'RESOLVED')),
  assignee      text,
  due_at        timestamptz,
  failing_since timestamptz not null,
  resolved_at   timestamptz,
  reopened      int         not null default 0,
  external_url  text,
  version       int         not null default 0,
  unique (host_id, check_id, kind, lineage),
  check ((status = 'RESOLVED') = (resolved_at is not null))
);
create index finding_queue on finding (severity desc, failing_since, id) where status <> 'RESOLVED';
create index finding_check on finding (check_id) where status <> 'RESOLVED';

create table finding_event (
  id         bigint generated always as identity primary key,
  finding_id bigint      not null references finding,
  at         timestamptz not null,
  actor      text, -- null: Plimsoll itself
  kind       text        not null check (kind in ('OPENED', 'REOPENED', 'RESOLVED', 'STATUS', 'ASSIGNED', 'DUE', 'LINKED', 'COMMENT')),
  detail     jsonb       not null default '{}'
);
create index finding_event_finding on finding_event (finding_id, at);

-- One row a scope and instant at which its score changed. Numbers are integers of 1/1000.
create table score (
  scope               text        not null check (scope in ('HOST', 'GROUP', 'FLEET')),
  scope_id            bigint      not null, -- 0 for the fleet
  at                  timestamptz not null,
  score               int check (score between 0 and 100000), -- null: nothing to score
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
  primary key (scope, scope_id, at)
);
