package io.bridgewatch.adapter.store;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes recordings and incidents, whatever brought them; callers hold the transaction. */
final class IncidentRows {

  private static final String INCIDENT =
      "INSERT INTO incident (id, archive, onset, title_zh, title_en, cause_type, cause_identity,"
          + " cause_kind, cause_confidence, symptoms, insufficient, search, document_zh,"
          + " document_en, charts, status, cluster, opened_at, updated_at, last_seen_at, closed_at,"
          + " about) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id) DO UPDATE SET archive = excluded.archive, onset = excluded.onset,"
          + " title_zh = excluded.title_zh, title_en = excluded.title_en,"
          + " cause_type = excluded.cause_type, cause_identity = excluded.cause_identity,"
          + " cause_kind = excluded.cause_kind, cause_confidence = excluded.cause_confidence,"
          + " symptoms = excluded.symptoms, insufficient = excluded.insufficient,"
          + " search = excluded.search, document_zh = excluded.document_zh,"
          + " document_en = excluded.document_en, charts = excluded.charts,"
          + " status = excluded.status, cluster = excluded.cluster,"
          + " opened_at = excluded.opened_at, updated_at = excluded.updated_at,"
          + " last_seen_at = excluded.last_seen_at, closed_at = excluded.closed_at,"
          + " about = excluded.about";

  private final Sql sql;

  IncidentRows(Sql sql) {
    this.sql = sql;
  }

  /** From now on the recording stays, also where no incident rests on it. */
  void putImported(StoredBundle bundle, Map<String, String> reports) {
    put(bundle, reports);
    sql.update("UPDATE bundle SET imported = 1 WHERE digest = ?", bundle.digest());
  }

  /** What was imported before is taken to be so still. */
  void put(StoredBundle bundle, Map<String, String> reports) {
    sql.update(
        "INSERT INTO bundle (digest, name, window_from, window_to, imported_at, size_bytes,"
            + " incidents, rejections, report_zh, report_en, imported)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
            + " ON CONFLICT (digest) DO UPDATE SET name = excluded.name,"
            + " window_from = excluded.window_from, window_to = excluded.window_to,"
            + " imported_at = excluded.imported_at, size_bytes = excluded.size_bytes,"
            + " incidents = excluded.incidents, rejections = excluded.rejections,"
            + " report_zh = excluded.report_zh, report_en = excluded.report_en",
        bundle.digest(),
        bundle.name(),
        bundle.window().from(),
        bundle.window().to(),
        bundle.importedAt(),
        bundle.sizeBytes(),
        bundle.incidents(),
        Columns.rejections(bundle.rejections()),
        reports.get("zh"),
        reports.get("en"));
  }

  /** In the place of one with that id, unless that is a live one, which stays. */
  void putRecorded(StoredIncident incident) {
    put(incident, Optional.empty(), INCIDENT + " WHERE incident.status = 'RECORDED'");
  }

  void putLive(StoredIncident incident, Set<EntityRef> about) {
    put(incident, Optional.of(about), INCIDENT);
  }

  private void put(StoredIncident incident, Optional<Set<EntityRef>> about, String statement) {
    var head = incident.head();
    var cause = head.cause();
    var live = head.live();
    sql.update(
        statement,
        head.id(),
        head.archive(),
        head.onset(),
        head.titles().get("zh"),
        head.titles().get("en"),
        cause.map(c -> c.entity().type().name()).orElse(null),
        cause.map(c -> Columns.attributes(c.entity().identity())).orElse(null),
        cause.map(c -> c.kind().name()).orElse(null),
        cause.map(StoredIncident.TopCause::confidence).orElse(null),
        head.symptoms(),
        head.insufficient(),
        searchText(head),
        incident.documents().get("zh"),
        incident.documents().get("en"),
        incident.charts(),
        head.status().name(),
        live.map(StoredIncident.Live::cluster).orElse(null),
        live.map(StoredIncident.Live::openedAt).orElse(null),
        live.map(StoredIncident.Live::updatedAt).orElse(null),
        live.map(StoredIncident.Live::lastSeenAt).orElse(null),
        live.flatMap(StoredIncident.Live::closedAt).orElse(null),
        about.map(Columns::entities).orElse(null));
  }

  /** Lower case here and in queries, because SQLite folds only ASCII. */
  private static String searchText(StoredIncident.Head head) {
    return String.join(
            "\n",
            head.titles().getOrDefault("zh", ""),
            head.titles().getOrDefault("en", ""),
            head.id(),
            head.bundle(),
            head.cause().map(cause -> cause.entity().name()).orElse(""))
        .toLowerCase(Locale.ROOT);
  }
}
