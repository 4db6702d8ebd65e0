package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.Session;
import io.bridgewatch.ports.SessionStore;
import java.time.Instant;
import java.util.Optional;

/** Sessions in SQLite. */
final class SqliteSessions implements SessionStore {

  private final Sql sql;

  SqliteSessions(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void add(Session session) {
    sql.update(
        "INSERT INTO session (token_hash, user, address, created_at, last_seen_at)"
            + " VALUES (?, ?, ?, ?, ?)",
        session.tokenHash(),
        session.user(),
        session.address(),
        session.createdAt(),
        session.lastSeenAt());
  }

  @Override
  public Optional<Session> find(String tokenHash) {
    return sql.first(
        row ->
            new Session(
                row.getString("token_hash"),
                row.getString("user"),
                row.getString("address"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_seen_at"))),
        "SELECT * FROM session WHERE token_hash = ?",
        tokenHash);
  }

  @Override
  public void touch(String tokenHash, Instant at) {
    sql.update("UPDATE session SET last_seen_at = ? WHERE token_hash = ?", at, tokenHash);
  }

  @Override
  public void remove(String tokenHash) {
    sql.update("DELETE FROM session WHERE token_hash = ?", tokenHash);
  }

  @Override
  public void removeOthers(String user, Optional<String> keptTokenHash) {
    sql.update(
        "DELETE FROM session WHERE user = ? AND token_hash <> ?", user, keptTokenHash.orElse(""));
  }

  @Override
  public void removeExpired(Instant lastSeenBefore, Instant createdBefore) {
    sql.update(
        "DELETE FROM session WHERE last_seen_at < ? OR created_at < ?",
        lastSeenBefore,
        createdBefore);
  }
}
