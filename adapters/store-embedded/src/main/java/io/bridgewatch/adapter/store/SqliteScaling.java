package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.ScalingStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scaling policies, plans, notes and memories in SQLite. */
final class SqliteScaling implements ScalingStore {

  private static final Instant FURTHEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final Sql sql;

  SqliteScaling(Sql sql) {
    this.sql = sql;
  }

  // Policies

  @Override
  public List<Policy> policies() {
    return sql.list(
        SqliteScaling::policy, "SELECT * FROM scaling_policy ORDER BY cluster, namespace, name");
  }

  @Override
  public Optional<Policy> policy(String cluster, String namespace, String name) {
    return sql.first(
        SqliteScaling::policy,
        "SELECT * FROM scaling_policy WHERE cluster = ? AND namespace = ? AND name = ?",
        cluster,
        namespace,
        name);
  }

  @Override
  public void put(Policy policy) {
    sql.update(
        "INSERT OR REPLACE INTO scaling_policy"
            + " (cluster, namespace, name, document, changed_by, changed_at, mode_since)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        policy.cluster(),
        policy.namespace(),
        policy.name(),
        policy.document(),
        policy.changedBy(),
        policy.changedAt(),
        policy.modeSince());
  }

  @Override
  public boolean removePolicy(String cluster, String namespace, String name) {
    return sql.update(
            "DELETE FROM scaling_policy WHERE cluster = ? AND namespace = ? AND name = ?",
            cluster,
            namespace,
            name)
        == 1;
  }

  private static Policy policy(ResultSet row) throws SQLException {
    return new Policy(
        row.getString("cluster"),
        row.getString("namespace"),
        row.getString("name"),
        row.getString("document"),
        row.getString("changed_by"),
        Instant.ofEpochMilli(row.getLong("changed_at")),
        Instant.ofEpochMilli(row.getLong("mode_since")));
  }

  // Plans

  @Override
  public List<Plan> plans(Query query) {
    var where = new ArrayList<String>();
    var values = new ArrayList<Object>();
    query.cluster().ifPresent(value -> condition("cluster", value, where, values));
    query.namespace().ifPresent(value -> condition("namespace", value, where, values));
    query.policy().ifPresent(value -> condition("policy", value, where, values));
    query.state().ifPresent(value -> condition("state", value.name(), where, values));
    values.add(query.most());
    return sql.list(
        SqliteScaling::plan,
        "SELECT * FROM scaling_plan"
            + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
            + " ORDER BY number DESC LIMIT ?",
        values.toArray());
  }

  private static void condition(
      String column, String value, List<String> where, List<Object> values) {
    where.add(column + " = ?");
    values.add(value);
  }

  @Override
  public Optional<Plan> plan(String id) {
    return sql.first(SqliteScaling::plan, "SELECT * FROM scaling_plan WHERE id = ?", id);
  }

  @Override
  public void add(Plan plan) {
    sql.update(
        "INSERT INTO scaling_plan (id, cluster, namespace, policy, state, created_by, created_at,"
            + " decided_by, decided_at, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        plan.id(),
        plan.cluster(),
        plan.namespace(),
        plan.policy(),
        plan.state().name(),
        plan.createdBy(),
        plan.createdAt(),
        plan.decidedBy().orElse(null),
        plan.decidedAt().orElse(null),
        plan.document());
  }

  @Override
  public boolean replace(Plan plan, State from) {
    return sql.update(
            "UPDATE scaling_plan SET state = ?, decided_by = ?, decided_at = ?, document = ?"
                + " WHERE id = ? AND state = ?",
            plan.state().name(),
            plan.decidedBy().orElse(null),
            plan.decidedAt().orElse(null),
            plan.document(),
            plan.id(),
            from.name())
        == 1;
  }

  // Notes

  @Override
  public void keep(Note note) {
    sql.update(
        "INSERT OR REPLACE INTO scaling_note (kind, cluster, namespace, workload, time, document)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        note.kind().name(),
        note.cluster(),
        note.namespace(),
        note.workload(),
        note.time(),
        note.document());
  }

  @Override
  public List<Note> notes(NoteQuery query) {
    var values = new ArrayList<Object>();
    String where = where(query, values);
    values.add(query.most());
    return sql.list(
        SqliteScaling::note,
        "SELECT * FROM scaling_note"
            + where
            + " ORDER BY time DESC, cluster, namespace, workload LIMIT ?",
        values.toArray());
  }

  @Override
  public int forget(NoteQuery query) {
    var values = new ArrayList<Object>();
    return sql.update("DELETE FROM scaling_note" + where(query, values), values.toArray());
  }

  private static String where(NoteQuery query, List<Object> values) {
    var where = new ArrayList<String>();
    condition("kind", query.kind().name(), where, values);
    query.cluster().ifPresent(value -> condition("cluster", value, where, values));
    query.namespace().ifPresent(value -> condition("namespace", value, where, values));
    query.workload().ifPresent(value -> condition("workload", value, where, values));
    where.add("time >= ?");
    values.add(millis(query.from()));
    where.add("time < ?");
    values.add(millis(query.to()));
    return " WHERE " + String.join(" AND ", where);
  }

  /** Times beyond what is kept count as the last there is. */
  private static long millis(Instant time) {
    return time.isAfter(FURTHEST) ? Long.MAX_VALUE : Math.max(0, time.toEpochMilli());
  }

  private static Note note(ResultSet row) throws SQLException {
    return new Note(
        NoteKind.valueOf(row.getString("kind")),
        row.getString("cluster"),
        row.getString("namespace"),
        row.getString("workload"),
        Instant.ofEpochMilli(row.getLong("time")),
        row.getString("document"));
  }

  // Memories

  @Override
  public Optional<Memory> memory(String cluster, String namespace, String workload) {
    return sql.first(
        SqliteScaling::memory,
        "SELECT * FROM scaling_memory WHERE cluster = ? AND namespace = ? AND workload = ?",
        cluster,
        namespace,
        workload);
  }

  @Override
  public void remember(Memory memory) {
    sql.update(
        "INSERT OR REPLACE INTO scaling_memory (cluster, namespace, workload, at, document)"
            + " VALUES (?, ?, ?, ?, ?)",
        memory.cluster(),
        memory.namespace(),
        memory.workload(),
        memory.at(),
        memory.document());
  }

  @Override
  public int forgetMemories(Instant before) {
    return sql.update("DELETE FROM scaling_memory WHERE at < ?", before);
  }

  private static Memory memory(ResultSet row) throws SQLException {
    return new Memory(
        row.getString("cluster"),
        row.getString("namespace"),
        row.getString("workload"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("document"));
  }

  private static Plan plan(ResultSet row) throws SQLException {
    long decidedAt = row.getLong("decided_at");
    Optional<Instant> decided =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(decidedAt));
    return new Plan(
        row.getString("id"),
        row.getString("cluster"),
        row.getString("namespace"),
        row.getString("policy"),
        State.valueOf(row.getString("state")),
        row.getString("created_by"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Optional.ofNullable(row.getString("decided_by")),
        decided,
        row.getString("document"));
  }
}
