-- Sums over the hosts of a group, or of the fleet (scope_id 0), from which their scores follow: a
-- host whose score changes costs its own groups, however many hosts there are. A row that is missing
-- is summed up again from the hosts' newest scores.
create table score_sum (
  scope    text   not null check (scope in ('GROUP', 'FLEET')),
  scope_id bigint not null,
  sums     json   not null,
  primary key (scope, scope_id)
) with (fillfactor = 50);

-- Asked for by something else that decides, since then: judged at once, with no other instant.
-- Answered by clearing exactly the request that was seen.
alter table host_publication add column requested_at timestamptz;
create index host_publication_requested on host_publication (requested_at) where requested_at is not null;

-- Since when nothing has referred to a document; null while something does. Whoever stores one that
-- is there already takes the mark off first.
alter table document add column unused_since timestamptz;
create index document_unused on document (unused_since) where unused_since is not null;

-- How far back the past can be told whole; no row while nothing was deleted.
create table history_horizon (
  kept_from timestamptz not null
);
create unique index history_horizon_one on history_horizon ((true));

-- The same as before, but readers do not wait for it: the month is made apart and attached, and what
-- had no month until now is brought along. Only readers of what lies in no month are locked out.
create or replace function ensure_month_partitions(p_table text, p_from timestamptz, p_months int)
returns int language plpgsql as $$
declare
  m      timestamp := date_trunc('month', p_from at time zone 'UTC');
  key    text;
  part   text;
  made   int := 0;
begin
  -- Portals that start together must not make the same month twice.
  perform pg_advisory_xact_lock(hashtext('ensure_month_partitions'));
  select a.attname into key
  from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
  where p.partrelid = p_table::regclass;
  for i in 0 .. p_months - 1 loop
    part := format('%s_%s', p_table, to_char(m, 'YYYY_MM'));
    if to_regclass(part) is null then
      execute format('lock table %I in access exclusive mode', p_table || '_rest');
      execute format('create table %I (like %I including defaults including constraints including indexes including storage)',
        part, p_table);
      execute format('with strays as (delete from %I where %I >= %L and %I < %L returning *) insert into %I select * from strays',
        p_table || '_rest', key, m at time zone 'UTC', key, (m + interval '1 month') at time zone 'UTC', part);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)',
        p_table, part, m at time zone 'UTC', (m + interval '1 month') at time zone 'UTC');
      made := made + 1;
    end if;
    m := m + interval '1 month';
  end loop;
  return made;
end $$;

-- Open intervals come and go where few are at a time: what they leave behind is cleared away often,
-- and in small portions.
do $$
declare
  part text;
begin
  foreach part in array array['state_open', 'judgement_open', 'verdict_open', 'coverage_open'] loop
    execute format('alter table %I set (autovacuum_vacuum_scale_factor = 0.02,'
      || ' autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0.05)', part);
  end loop;
end $$;
alter table host_publication set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
