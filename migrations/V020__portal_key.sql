-- Which keys this database was written with, so that a portal that has others refuses to start.
create table portal_key (
  purpose     text        primary key check (purpose in ('sealing', 'masking')),
  fingerprint bytea       not null check (octet_length(fingerprint) = 32),
  since       timestamptz not null
);
comment on column portal_key.fingerprint is 'HMAC-SHA-256 of the purpose under the key';
