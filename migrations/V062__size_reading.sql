-- How large data is has a slow schedule of its own: an engine may take minutes to add it up. One row
-- a host, about its last attempt.
create table size_reading (
  host_id     bigint      primary key references host,
  outcome     text        check (outcome in ('RUNNING', 'SUCCEEDED', 'FAILED')), -- null: never tried
  started_at  timestamptz,
  finished_at timestamptz,
  volumes     int, -- measured
  layers      int,
  problem     jsonb, -- {"call":…,"status":…,"detail":…} where it failed
  failures    int         not null default 0, -- in a row
  -- While it runs: when it is taken for lost. Infinite: nobody reads the host.
  next_at     timestamptz not null,
  check ((outcome is null) = (started_at is null)),
  check ((outcome in ('SUCCEEDED', 'FAILED')) = (finished_at is not null)),
  check ((outcome = 'FAILED') = (problem is not null))
);
create index size_reading_due on size_reading (next_at) where next_at < 'infinity';
