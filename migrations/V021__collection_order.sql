-- Collections of all hosts, newest first.
create index collection_newest on collection (started_at desc, id desc);
