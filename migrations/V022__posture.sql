-- What reads of a grown fleet go by.
-- Open criticals of a host.
create index finding_critical on finding (host_id) where severity = 4 and status <> 'RESOLVED' and not advisory;
-- Findings that something has happened to since an instant.
create index finding_event_at on finding_event (at);
