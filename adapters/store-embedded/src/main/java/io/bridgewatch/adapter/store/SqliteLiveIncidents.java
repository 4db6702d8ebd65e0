package io.bridgewatch.adapter.store;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.StoredIncident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Incidents of clusters that are watched, in SQLite. */
final class SqliteLiveIncidents implements LiveIncidentStore {

  private final Sql sql;
  private final IncidentRows rows;

  SqliteLiveIncidents(Sql sql) {
    this.sql = sql;
    this.rows = new IncidentRows(sql);
  }

  @Override
  public List<String> put(
      StoredIncident incident, Set<EntityRef> about, Optional<Recording> recording) {
    Recording.check(incident.head(), recording);
    return sql.transaction(
        "store incident " + incident.head().id(),
        () -> {
          recording.ifPresent(one -> rows.put(one.bundle(), one.reports()));
          rows.putLive(incident, about);
          return forgetUnneeded();
        });
  }

  @Override
  public void close(String id, Instant lastSeen, Instant at) {
    sql.update(
        "UPDATE incident SET status = ?, last_seen_at = ?, closed_at = ?"
            + " WHERE id = ? AND status = 'OPEN'",
        StoredIncident.Status.CLOSED.name(),
        lastSeen,
        at,
        id);
  }

  @Override
  public List<Open> open(String cluster) {
    return sql.list(
        row -> new Open(SqliteIncidents.head(row), Columns.entities(row.getString("about"))),
        "SELECT "
            + SqliteIncidents.HEAD
            + ", about"
            + SqliteIncidents.FROM
            + " WHERE cluster = ? AND status = 'OPEN' ORDER BY opened_at, incident.id",
        cluster);
  }

  @Override
  public List<String> clusters() {
    return sql.list(
        row -> row.getString(1),
        "SELECT DISTINCT cluster FROM incident WHERE status = 'OPEN' ORDER BY cluster");
  }

  @Override
  public List<String> forgetClosedBefore(Instant time) {
    return sql.transaction(
        "forget incidents closed before " + time,
        () -> {
          sql.update("DELETE FROM incident WHERE status = 'CLOSED' AND closed_at < ?", time);
          return forgetUnneeded();
        });
  }

  @Override
  public Extent extent() {
    return sql.list(
            row -> {
              long bytes = row.getLong("bytes");
              long oldest = row.getLong("oldest");
              return new Extent(bytes, row.wasNull() ? Instant.MAX : Instant.ofEpochMilli(oldest));
            },
            "SELECT (SELECT COALESCE(SUM(size_bytes), 0) FROM bundle WHERE imported = 0) AS bytes,"
                + " (SELECT MIN(closed_at) FROM incident WHERE status = 'CLOSED') AS oldest")
        .getFirst();
  }

  private List<String> forgetUnneeded() {
    var digests =
        sql.list(
            row -> row.getString(1),
            "SELECT digest FROM bundle WHERE imported = 0"
                + " AND NOT EXISTS (SELECT 1 FROM incident WHERE archive = digest)");
    digests.forEach(digest -> sql.update("DELETE FROM bundle WHERE digest = ?", digest));
    return digests;
  }
}
