-- Clusters that people registered. What opens them is sealed: AES-256-GCM, key outside this file.

CREATE TABLE cluster (
  name TEXT PRIMARY KEY,
  api_url TEXT NOT NULL,
  certificate_authority TEXT,
  credential_kind TEXT NOT NULL,
  certificate TEXT,
  sealed BLOB NOT NULL,
  registered_by TEXT NOT NULL,
  registered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;;
