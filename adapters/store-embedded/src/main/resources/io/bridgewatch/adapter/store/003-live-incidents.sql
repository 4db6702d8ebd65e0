-- Incidents of clusters that are watched, beside those of recordings that were imported.

ALTER TABLE incident ADD COLUMN status TEXT NOT NULL DEFAULT 'RECORDED';;
ALTER TABLE incident ADD COLUMN cluster TEXT;;
ALTER TABLE incident ADD COLUMN opened_at INTEGER;;
ALTER TABLE incident ADD COLUMN updated_at INTEGER;;
ALTER TABLE incident ADD COLUMN last_seen_at INTEGER;;
ALTER TABLE incident ADD COLUMN closed_at INTEGER;;

-- What it is about: an array of {"type", "identity"}.
ALTER TABLE incident ADD COLUMN about TEXT;;

-- Those that are open first.
DROP INDEX incident_by_onset;;
CREATE INDEX incident_in_order ON incident ((status = 'OPEN') DESC, onset DESC, id);;
CREATE INDEX incident_that_is_open ON incident (cluster) WHERE status = 'OPEN';;

-- 0 while only live incidents rest on it: it goes with them.
ALTER TABLE bundle ADD COLUMN imported INTEGER NOT NULL DEFAULT 1;;
