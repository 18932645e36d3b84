-- What people supply where no machine can look: reports that docker-bench-security made on a host,
-- and statements that somebody signed. Rows are never rewritten; each is known from received_at on,
-- until it is superseded or withdrawn, and says nothing from expires_at on.
create table host_report (
  id            bigint      generated always as identity primary key,
  host_id       bigint      not null references host,
  document      bytea       not null, -- sha256 of the report, reduced and masked
  tool          text        not null,
  version       text        not null,
  benchmark     text        not null,
  results       text[]      not null, -- the numbers that it has a result for
  author        text        not null,
  taken_at      timestamptz not null,
  received_at   timestamptz not null,
  expires_at    timestamptz not null,
  superseded_at timestamptz not null default 'infinity', -- by a newer one with all its results
  check (taken_at < expires_at),
  check (received_at < superseded_at)
);
create index host_report_host on host_report (host_id, superseded_at);

create table attestation (
  id           bigint      generated always as identity primary key,
  host_id      bigint      not null references host,
  check_id     text        not null,
  outcome      text        not null check (outcome in ('PASS', 'FAIL')),
  statement    text        not null,
  author       text        not null,
  document     bytea       not null, -- sha256 of what was signed
  signed_at    timestamptz not null, -- the instant that it speaks of
  received_at  timestamptz not null,
  expires_at   timestamptz not null,
  withdrawn_at timestamptz not null default 'infinity',
  withdrawn_by text,
  check (signed_at < expires_at),
  check (received_at < withdrawn_at),
  check ((withdrawn_at = 'infinity') = (withdrawn_by is null))
);
create index attestation_host on attestation (host_id, withdrawn_at);
create index attestation_check on attestation (check_id, id);

-- A host's own files can be judged although no collection ever read them.
alter table state alter column collection_id drop not null;
