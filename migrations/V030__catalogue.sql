-- Which check each letter of a compact row belongs to. Every distinct catalogue, the shipped checks
-- with a company's own, has a number; rows keep the number under which they were written, so that
-- they can be read for good, whatever is added, moved or retired later.
create table catalogue (
  number      int         generated always as identity primary key,
  fingerprint text        not null unique,
  orders      jsonb       not null, -- {"container":["CTR-USER",…],…}
  since       timestamptz not null default now()
);
insert into catalogue (fingerprint, orders, since) values ('1', '{
  "engine": [
    "ENG-ROOTLESS", "ENG-ICC", "ENG-LOGLEVEL", "ENG-INSECUREREG", "ENG-AUFS", "ENG-DEVICEMAPPER",
    "ENG-TCPTLS", "ENG-USERNS", "ENG-AUTHZ", "ENG-REMOTELOG", "ENG-NNP", "ENG-LIVERESTORE",
    "ENG-SECCOMP", "ENG-EXPERIMENTAL", "ENG-LSM", "ENG-LIMITSWORK", "ENG-CLOCK"],
  "container": [
    "CTR-USER", "CTR-GROUP0", "CTR-APPARMOR", "CTR-SELINUX", "CTR-CAPS", "CTR-CAPSMIN",
    "CTR-NETRAW", "CTR-CAPSESCAPE", "CTR-PRIV", "CTR-MOUNTHOST", "CTR-PORTPRIV", "CTR-NETHOST",
    "CTR-MEM", "CTR-CPU", "CTR-ROFS", "CTR-PORTBIND", "CTR-RESTART", "CTR-PIDHOST", "CTR-IPCHOST",
    "CTR-NSSHARE", "CTR-CGROUPNS", "CTR-DEVICES", "CTR-ULIMITS", "CTR-PROPAGATION", "CTR-UTSHOST",
    "CTR-SECCOMP", "CTR-MASKED", "CTR-CGROUPPARENT", "CTR-NNP", "CTR-HEALTH", "CTR-FRESH",
    "CTR-TAG", "CTR-PIDS", "CTR-DEFAULTBRIDGE", "CTR-USERNSHOST", "CTR-DOCKERSOCK",
    "CTR-ENVSECRET", "CTR-SYSCTL", "CTR-OOM", "CTR-LOGS", "CTR-RUNTIME", "CTR-SPRAWL",
    "CTR-OWNER"],
  "image": [
    "IMG-USER", "IMG-HEALTH", "IMG-EXPOSE22", "IMG-AGE", "IMG-LAYERS"],
  "volume": [
    "VOL-ANON", "VOL-ORPHAN", "VOL-BINDBACKED"]
}', '-infinity');

-- Subjects of two more kinds: the swarm, and the host's own files and settings.
alter table host_blindness drop constraint host_blindness_scope_check;
alter table host_blindness add constraint host_blindness_scope_check check (scope in
  ('stale', 'engine', 'container', 'image', 'volume', 'network', 'swarm', 'host-file'));

-- What is read of a host only because somebody switched it on.
alter table host add readings text[] not null default '{}';
alter table host_history add readings text[] not null default '{}';
