-- The first answer to a POST with an Idempotency-Key, written in the transaction of what it did.
create table idempotent_request (
  actor        text        not null,
  key          text        not null,
  fingerprint  bytea       not null, -- keyed hash of method, address and body
  created_at   timestamptz not null,
  status       int         not null,
  content_type text,
  location     text,
  body         bytea, -- null where the answer held a secret: it cannot be repeated
  primary key (actor, key)
);
create index idempotent_request_created on idempotent_request (created_at);
