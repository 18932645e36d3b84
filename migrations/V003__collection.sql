-- One row an attempt to read a host, inserted when it starts and finished when it ends.
-- No foreign keys on partitioned tables: they deadlock with dropping a partition.
create table collection (
  id             bigint generated always as identity,
  host_id        bigint      not null,
  outcome        text        not null check (outcome in ('RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED')),
  started_at     timestamptz not null,
  finished_at    timestamptz,
  worker         text        not null,
  containers     int,
  images         int,
  volumes        int,
  networks       int,
  documents_new  int,
  error_category text,
  error_detail   text,
  -- What could not be read while the rest was: [{"call":…,"status":…,"detail":…}]
  problems       jsonb       not null default '[]',
  primary key (id, started_at),
  check ((outcome = 'RUNNING') = (finished_at is null))
) partition by range (started_at);
create table collection_rest partition of collection default;
create index collection_host on collection (host_id, started_at desc);
create index collection_read on collection (host_id, started_at desc) where outcome in ('SUCCEEDED', 'PARTIAL');
create index collection_running on collection (host_id) where outcome = 'RUNNING';

-- Makes the monthly partitions of a table from the month of p_from on.
create function ensure_month_partitions(p_table text, p_from timestamptz, p_months int)
returns int language plpgsql as $$
declare
  m     timestamp := date_trunc('month', p_from at time zone 'UTC');
  part  text;
  made  int := 0;
begin
  -- Portals that start together must not make the same month twice.
  perform pg_advisory_xact_lock(hashtext('ensure_month_partitions'));
  for i in 0 .. p_months - 1 loop
    part := format('%s_%s', p_table, to_char(m, 'YYYY_MM'));
    if to_regclass(part) is null then
      execute format('create table %I partition of %I for values from (%L) to (%L)',
        part, p_table, m at time zone 'UTC', (m + interval '1 month') at time zone 'UTC');
      made := made + 1;
    end if;
    m := m + interval '1 month';
  end loop;
  return made;
end $$;
