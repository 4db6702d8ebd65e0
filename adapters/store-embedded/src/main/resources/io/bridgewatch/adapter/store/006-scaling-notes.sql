-- What was learned and seen of how workloads are scaled.
CREATE TABLE scaling_note (
  kind      TEXT NOT NULL,
  cluster   TEXT NOT NULL,
  namespace TEXT NOT NULL,
  workload  TEXT NOT NULL,
  time      INTEGER NOT NULL,
  document  TEXT NOT NULL,
  PRIMARY KEY (kind, cluster, namespace, workload, time)
) WITHOUT ROWID;;
