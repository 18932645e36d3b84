-- What lists of backup records and of coverage go by.

-- The names that a record may bear to be evidence for data: a directory is in those above it.
create function backup_answers(kind text, name text) returns text[]
  language sql immutable parallel safe
  return case when kind = 'DIRECTORY' and name <> '/' then (
    select array_agg(
      case n when 1 then '/' else array_to_string((string_to_array(name, '/'))[1:n], '/') end)
    from generate_series(1, cardinality(string_to_array(name, '/'))) n)
  else array[name] end;

-- Records of all hosts are listed newest first.
create index backup_record_newest on backup_record (started_at desc, id);
create index backup_record_host on backup_record (host_id, started_at desc, id);
