-- How workloads are to be scaled, and what was planned and done for it.
CREATE TABLE scaling_policy (
  cluster    TEXT NOT NULL,
  namespace  TEXT NOT NULL,
  name       TEXT NOT NULL,
  document   TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  mode_since INTEGER NOT NULL,
  PRIMARY KEY (cluster, namespace, name)
) WITHOUT ROWID;;

CREATE TABLE scaling_plan (
  number     INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  cluster    TEXT NOT NULL,
  namespace  TEXT NOT NULL,
  policy     TEXT NOT NULL,
  state      TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  document   TEXT NOT NULL
);;

CREATE INDEX scaling_plan_by_policy ON scaling_plan (cluster, namespace, policy, number);;
