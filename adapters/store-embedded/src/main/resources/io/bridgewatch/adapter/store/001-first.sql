-- Statements end in two semicolons, because triggers contain single ones.
-- Times are milliseconds since 1970-01-01T00:00Z.

CREATE TABLE user (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  initial_password INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  password_since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;;

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  user TEXT NOT NULL REFERENCES user (name) ON DELETE CASCADE,
  address TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;;

CREATE INDEX session_by_user ON session (user);;

-- hash: SHA-256 over the hash of the entry before and this entry's fields.
CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  user TEXT NOT NULL,
  action TEXT NOT NULL,
  address TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;;

CREATE INDEX audit_by_user ON audit (user, number);;
CREATE INDEX audit_by_action ON audit (action, number);;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never changed');
END;;

CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never removed');
END;;

CREATE TABLE job (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  archive TEXT NOT NULL,
  file TEXT NOT NULL,
  user TEXT NOT NULL,
  address TEXT NOT NULL,
  submitted_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  step TEXT NOT NULL,
  progress REAL NOT NULL,
  incidents TEXT NOT NULL,
  rejections TEXT NOT NULL,
  failure_reason TEXT,
  failure_detail TEXT
) STRICT;;

CREATE INDEX job_by_state ON job (state, number);;

CREATE TABLE bundle (
  digest TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  window_from INTEGER NOT NULL,
  window_to INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  incidents INTEGER NOT NULL,
  rejections TEXT NOT NULL,
  report_zh TEXT NOT NULL,
  report_en TEXT NOT NULL
) STRICT;;

CREATE INDEX bundle_by_time ON bundle (imported_at, digest);;

CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  archive TEXT NOT NULL REFERENCES bundle (digest) ON DELETE CASCADE,
  onset INTEGER NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  cause_type TEXT,
  cause_identity TEXT,
  cause_kind TEXT,
  cause_confidence REAL,
  symptoms INTEGER NOT NULL,
  insufficient INTEGER NOT NULL,
  search TEXT NOT NULL,
  document_zh TEXT NOT NULL,
  document_en TEXT NOT NULL,
  charts TEXT NOT NULL
) STRICT;;

CREATE INDEX incident_by_onset ON incident (onset, id);;
CREATE INDEX incident_by_archive ON incident (archive);;
