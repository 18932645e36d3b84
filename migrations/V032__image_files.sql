-- Images whose files are to be read, because a container on a host uses them and somebody switched
-- that reading on. A row goes once its image was read, or is gone.
create table image_files_wanted (
  host_id         bigint      not null references host (id) on delete cascade,
  image_id        text        not null,
  attempts        int         not null default 0,
  next_attempt_at timestamptz not null,
  primary key (host_id, image_id)
);
create index image_files_wanted_due on image_files_wanted (next_attempt_at);

-- What was learned of the files inside a host's images, and when. Rows are never rewritten: an image
-- whose ID is its content is read once, and again only by a reader that looks for more.
create table image_files (
  host_id        bigint      not null references host (id) on delete cascade,
  image_id       text        not null,
  read_at        timestamptz not null,
  reader_version int         not null,
  document       bytea       references document (sha256),
  problem        jsonb, -- {"call":…,"status":…,"detail":…} where it could not be read
  primary key (host_id, image_id, read_at),
  check ((document is null) <> (problem is null))
);
