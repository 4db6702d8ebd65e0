-- What autoscalers in shadow remember between two looks.
CREATE TABLE scaling_memory (
  cluster   TEXT NOT NULL,
  namespace TEXT NOT NULL,
  workload  TEXT NOT NULL,
  at        INTEGER NOT NULL,
  document  TEXT NOT NULL,
  PRIMARY KEY (cluster, namespace, workload)
) WITHOUT ROWID;;
