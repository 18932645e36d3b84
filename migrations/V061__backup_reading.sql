-- Which lane of the schedule reads a source: one process at a time runs a lane, so that a reading
-- which a lane finds running when it begins was left by a process that ended.
alter table backup_reading add column lane int; -- null: asked for, and not begun

-- When a source's integrity was last checked to the end.
alter table backup_source add column checked_at timestamptz;
