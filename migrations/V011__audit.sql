-- Who did what. Entries are written in the transaction of the change they speak of.
create table audit_entry (
  id          bigint generated always as identity primary key,
  at          timestamptz not null,
  actor       text        not null,
  action      text        not null,
  subject     text        not null,
  detail      jsonb       not null default '{}',
  -- Sealing waits until no transaction that could still add an earlier entry is open.
  transaction xid8        not null default pg_current_xact_id()
);
create index audit_entry_at on audit_entry (at, id);

-- The chain: each entry's hash covers the hash before it. A table of its own, so that nothing ever
-- updates an entry.
create table audit_seal (
  position bigint primary key check (position > 0),
  entry_id bigint not null unique references audit_entry,
  hash     bytea  not null check (octet_length(hash) = 32)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit trail is append-only: % of % is refused', tg_op, tg_table_name;
end $$;
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function refuse_change();
create trigger audit_entry_no_truncate before truncate on audit_entry
  for each statement execute function refuse_change();
create trigger audit_seal_append_only before update or delete on audit_seal
  for each row execute function refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal
  for each statement execute function refuse_change();
