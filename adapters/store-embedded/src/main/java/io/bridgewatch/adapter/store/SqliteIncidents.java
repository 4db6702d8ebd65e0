package io.bridgewatch.adapter.store;

import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.IncidentStore;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recordings and incidents in SQLite. */
final class SqliteIncidents implements IncidentStore {

  static final String HEAD =
      "incident.id, archive, onset, title_zh, title_en, cause_type, cause_identity, cause_kind,"
          + " cause_confidence, symptoms, insufficient, name, window_from, window_to, imported_at,"
          + " cluster, opened_at, updated_at, last_seen_at, closed_at";

  static final String FROM = " FROM incident JOIN bundle ON bundle.digest = incident.archive";

  /** Stands before the id in a cursor, of one length. */
  private static final String OPEN = "o";

  private static final String NOT_OPEN = "n";

  private static final String BUNDLE =
      "digest, name, window_from, window_to, imported_at, size_bytes, incidents, rejections";

  private final Sql sql;

  SqliteIncidents(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Page<StoredIncident.Head> incidents(Query query) {
    var where = new StringBuilder(" WHERE 1 = 1");
    var values = new ArrayList<@Nullable Object>();
    if (!query.text().isEmpty()) {
      where.append(" AND instr(search, ?) > 0");
      values.add(query.text().toLowerCase(Locale.ROOT));
    }
    query
        .bundle()
        .ifPresent(
            bundle -> {
              where.append(" AND name = ?");
              values.add(bundle);
            });
    query
        .status()
        .ifPresent(
            status -> {
              where.append(" AND status = ?");
              values.add(status.name());
            });
    query
        .cluster()
        .ifPresent(
            cluster -> {
              where.append(" AND cluster = ?");
              values.add(cluster);
            });
    long total = sql.count("SELECT count(*)" + FROM + where, values.toArray());
    query
        .page()
        .cursor()
        .map(Cursor::parse)
        .ifPresent(
            cursor -> {
              // after an open one come the open ones after it, and all that are not
              boolean afterOpen = cursor.id().startsWith(OPEN);
              where.append(
                  afterOpen
                      ? " AND (status != 'OPEN' OR onset < ? OR (onset = ? AND incident.id > ?))"
                      : " AND status != 'OPEN' AND (onset < ? OR (onset = ? AND incident.id > ?))");
              values.add(cursor.number());
              values.add(cursor.number());
              values.add(cursor.id().substring(OPEN.length()));
            });
    values.add(query.page().limit() + 1);
    var found =
        sql.list(
            SqliteIncidents::head,
            "SELECT "
                + HEAD
                + FROM
                + where
                + " ORDER BY (status = 'OPEN') DESC, onset DESC, incident.id LIMIT ?",
            values.toArray());
    return Cursor.page(found, query.page(), total, SqliteIncidents::after);
  }

  private static Cursor after(StoredIncident.Head head) {
    var place = head.status() == StoredIncident.Status.OPEN ? OPEN : NOT_OPEN;
    return new Cursor(head.onset().toEpochMilli(), place + head.id());
  }

  @Override
  public Optional<StoredIncident> incident(String id) {
    return sql.first(
        row ->
            new StoredIncident(
                head(row),
                Map.of("zh", row.getString("document_zh"), "en", row.getString("document_en")),
                row.getString("charts")),
        "SELECT " + HEAD + ", document_zh, document_en, charts" + FROM + " WHERE incident.id = ?",
        id);
  }

  @Override
  public Page<StoredBundle> bundles(PageRequest page) {
    var where = new StringBuilder(" WHERE imported = 1");
    var values = new ArrayList<@Nullable Object>();
    page.cursor()
        .map(Cursor::parse)
        .ifPresent(
            cursor -> {
              where.append(" AND (imported_at < ? OR (imported_at = ? AND digest > ?))");
              values.add(cursor.number());
              values.add(cursor.number());
              values.add(cursor.id());
            });
    values.add(page.limit() + 1);
    var found =
        sql.list(
            SqliteIncidents::bundle,
            "SELECT "
                + BUNDLE
                + " FROM bundle"
                + where
                + " ORDER BY imported_at DESC, digest LIMIT ?",
            values.toArray());
    return Cursor.page(
        found,
        page,
        sql.count("SELECT count(*) FROM bundle WHERE imported = 1"),
        bundle -> new Cursor(bundle.importedAt().toEpochMilli(), bundle.digest()));
  }

  @Override
  public Optional<StoredBundle> bundle(String digest) {
    return sql.first(
        SqliteIncidents::bundle, "SELECT " + BUNDLE + " FROM bundle WHERE digest = ?", digest);
  }

  @Override
  public Optional<String> report(String digest, String language) {
    var column =
        switch (language) {
          case "zh" -> "report_zh";
          case "en" -> "report_en";
          default -> "NULL";
        };
    return sql.first(
            row -> Optional.ofNullable(row.getString(1)),
            "SELECT " + column + " FROM bundle WHERE digest = ?",
            digest)
        .flatMap(found -> found);
  }

  static StoredIncident.Head head(ResultSet row) throws SQLException {
    return new StoredIncident.Head(
        row.getString("id"),
        row.getString("archive"),
        row.getString("name"),
        window(row),
        Instant.ofEpochMilli(row.getLong("onset")),
        Instant.ofEpochMilli(row.getLong("imported_at")),
        Map.of("zh", row.getString("title_zh"), "en", row.getString("title_en")),
        cause(row),
        row.getInt("symptoms"),
        row.getBoolean("insufficient"),
        live(row));
  }

  private static Optional<StoredIncident.Live> live(ResultSet row) throws SQLException {
    var cluster = row.getString("cluster");
    if (cluster == null) {
      return Optional.empty();
    }
    long closedAt = row.getLong("closed_at");
    boolean isOpen = row.wasNull();
    return Optional.of(
        new StoredIncident.Live(
            cluster,
            Instant.ofEpochMilli(row.getLong("opened_at")),
            Instant.ofEpochMilli(row.getLong("updated_at")),
            Instant.ofEpochMilli(row.getLong("last_seen_at")),
            isOpen ? Optional.empty() : Optional.of(Instant.ofEpochMilli(closedAt))));
  }

  private static Optional<StoredIncident.TopCause> cause(ResultSet row) throws SQLException {
    var type = row.getString("cause_type");
    if (type == null) {
      return Optional.empty();
    }
    return Optional.of(
        new StoredIncident.TopCause(
            new EntityRef(
                EntityType.valueOf(type), Columns.attributes(row.getString("cause_identity"))),
            CauseKind.valueOf(row.getString("cause_kind")),
            row.getDouble("cause_confidence")));
  }

  private static StoredBundle bundle(ResultSet row) throws SQLException {
    return new StoredBundle(
        row.getString("digest"),
        row.getString("name"),
        window(row),
        Instant.ofEpochMilli(row.getLong("imported_at")),
        row.getLong("size_bytes"),
        row.getInt("incidents"),
        Columns.rejections(row.getString("rejections")));
  }

  private static Window window(ResultSet row) throws SQLException {
    return new Window(
        Instant.ofEpochMilli(row.getLong("window_from")),
        Instant.ofEpochMilli(row.getLong("window_to")));
  }
}
