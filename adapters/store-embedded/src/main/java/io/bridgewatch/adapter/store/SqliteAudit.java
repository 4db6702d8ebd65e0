package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.AuditLog;
import io.bridgewatch.ports.Page;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audit log in SQLite.
 *
 * <p>Hash of an entry: SHA-256 over the hash of the entry before ("" for the first), then number,
 * time in milliseconds, user, action, address and detail, each as UTF-8 with its length in bytes
 * and a colon before it. Triggers refuse changes; the chain shows those made with the triggers
 * dropped. Cutting the newest entries off leaves a valid chain: whoever must exclude that keeps the
 * last hash elsewhere.
 */
final class SqliteAudit implements AuditLog {

  private static final int VERIFIED_AT_ONCE = 1000;

  private final Sql sql;

  SqliteAudit(Sql sql) {
    this.sql = sql;
  }

  private record Numbered(long number, AuditEntry entry, String hash) {}

  @Override
  public void append(AuditEntry entry) {
    sql.transaction("append to the audit log", () -> appendHere(entry));
  }

  /** Appends within a transaction that is under way. */
  boolean appendHere(AuditEntry entry) {
    var last = sql.first(SqliteAudit::numbered, "SELECT * FROM audit ORDER BY number DESC LIMIT 1");
    long number = last.map(Numbered::number).orElse(0L) + 1;
    var before = last.map(Numbered::hash).orElse("");
    sql.update(
        "INSERT INTO audit (number, time, user, action, address, detail, hash)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        number,
        entry.time(),
        entry.user(),
        entry.action().name(),
        entry.address(),
        entry.detail(),
        hash(before, number, entry));
    return true;
  }

  @Override
  public Page<AuditEntry> entries(Query query) {
    var where = new StringBuilder(" WHERE 1 = 1");
    var values = new ArrayList<@Nullable Object>();
    query
        .action()
        .ifPresent(
            action -> {
              where.append(" AND action = ?");
              values.add(action.name());
            });
    query
        .user()
        .ifPresent(
            user -> {
              where.append(" AND user = ?");
              values.add(user);
            });
    long total = sql.count("SELECT count(*) FROM audit" + where, values.toArray());
    query
        .page()
        .cursor()
        .map(Cursor::parse)
        .ifPresent(
            cursor -> {
              where.append(" AND number < ?");
              values.add(cursor.number());
            });
    values.add(query.page().limit() + 1);
    var found =
        sql.list(
            SqliteAudit::numbered,
            "SELECT * FROM audit" + where + " ORDER BY number DESC LIMIT ?",
            values.toArray());
    return Cursor.page(found, query.page(), total, row -> new Cursor(row.number(), ""))
        .map(Numbered::entry);
  }

  @Override
  public Verification verify() {
    long number = 0;
    var before = "";
    List<Numbered> rows;
    do {
      rows =
          sql.list(
              SqliteAudit::numbered,
              "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?",
              number,
              VERIFIED_AT_ONCE);
      for (var row : rows) {
        number++;
        if (row.number() != number || !row.hash().equals(hash(before, number, row.entry()))) {
          return new Verification(number, Optional.of(number));
        }
        before = row.hash();
      }
    } while (rows.size() == VERIFIED_AT_ONCE);
    return new Verification(number, Optional.empty());
  }

  private static Numbered numbered(ResultSet row) throws SQLException {
    return new Numbered(
        row.getLong("number"),
        new AuditEntry(
            Instant.ofEpochMilli(row.getLong("time")),
            row.getString("user"),
            AuditEntry.Action.valueOf(row.getString("action")),
            row.getString("address"),
            row.getString("detail")),
        row.getString("hash"));
  }

  private static String hash(String before, long number, AuditEntry entry) {
    var digest = sha256();
    for (String field :
        List.of(
            before,
            Long.toString(number),
            Long.toString(entry.time().toEpochMilli()),
            entry.user(),
            entry.action().name(),
            entry.address(),
            entry.detail())) {
      var bytes = field.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
