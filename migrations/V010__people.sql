-- People who sign in, and the tokens of their programs.
create table app_user (
  id            bigint generated always as identity primary key,
  name          text        not null check (char_length(name) between 1 and 100),
  password_hash text        not null,
  enabled       boolean     not null default true,
  created_at    timestamptz not null,
  version       int         not null default 0
);
create unique index app_user_name on app_user (lower(name));

create table app_user_role (
  user_id bigint not null references app_user on delete cascade,
  role    text   not null check (role in ('VIEWER', 'ANALYST', 'ADMINISTRATOR')),
  primary key (user_id, role)
);

-- Only the SHA-256 of a token is kept: 32 random bytes need no slow hash.
create table api_token (
  id         bigint generated always as identity primary key,
  user_id    bigint      not null references app_user on delete cascade,
  label      text        not null check (char_length(label) between 1 and 100),
  prefix     text        not null,
  sha256     bytea       not null unique check (octet_length(sha256) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  check (created_at < expires_at)
);
create index api_token_user on api_token (user_id);

-- Failed sign-ins of the recent past; shared by all portal processes, so that guessing is slowed
-- down whichever of them is asked.
create table sign_in_failure (
  name    text        not null, -- lower case
  address text        not null,
  at      timestamptz not null
);
create index sign_in_failure_who on sign_in_failure (name, address, at);
create index sign_in_failure_at on sign_in_failure (at);
