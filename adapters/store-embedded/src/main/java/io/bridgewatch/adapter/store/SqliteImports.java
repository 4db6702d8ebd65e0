package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Imports in SQLite. */
final class SqliteImports implements ImportStore {

  private final Sql sql;
  private final SqliteAudit audit;

  SqliteImports(Sql sql, SqliteAudit audit) {
    this.sql = sql;
    this.audit = audit;
  }

  @Override
  public void save(ImportJob job) {
    sql.update(
        "INSERT INTO job (id, archive, file, user, address, submitted_at, state, step, progress,"
            + " incidents, rejections, failure_reason, failure_detail)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET state = excluded.state, step = excluded.step,"
            + " progress = excluded.progress, incidents = excluded.incidents,"
            + " rejections = excluded.rejections, failure_reason = excluded.failure_reason,"
            + " failure_detail = excluded.failure_detail",
        job.id(),
        job.archive(),
        job.file(),
        job.user(),
        job.address(),
        job.submittedAt(),
        job.state().name(),
        job.step().name(),
        job.progress(),
        Columns.strings(job.incidents()),
        Columns.rejections(job.rejections()),
        job.failure().map(ImportJob.Failure::reason).orElse(null),
        job.failure().map(ImportJob.Failure::detail).orElse(null));
  }

  @Override
  public Optional<ImportJob> find(String id) {
    return sql.first(SqliteImports::job, "SELECT * FROM job WHERE id = ?", id);
  }

  @Override
  public List<ImportJob> unfinished() {
    return sql.list(
        SqliteImports::job,
        "SELECT * FROM job WHERE state IN ('QUEUED', 'RUNNING') ORDER BY number");
  }

  @Override
  public void complete(ImportJob done, Imported imported, AuditEntry entry) {
    sql.transaction(
        "store what import " + done.id() + " found",
        () -> {
          save(done);
          replace(imported.bundle(), imported.reports());
          imported.incidents().forEach(this::add);
          return audit.appendHere(entry);
        });
  }

  private void replace(StoredBundle bundle, Map<String, String> reports) {
    sql.update("DELETE FROM bundle WHERE digest = ?", bundle.digest());
    sql.update(
        "INSERT INTO bundle (digest, name, window_from, window_to, imported_at, size_bytes,"
            + " incidents, rejections, report_zh, report_en)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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

  private void add(StoredIncident incident) {
    var head = incident.head();
    var cause = head.cause();
    sql.update(
        "INSERT OR REPLACE INTO incident (id, archive, onset, title_zh, title_en, cause_type,"
            + " cause_identity, cause_kind, cause_confidence, symptoms, insufficient, search,"
            + " document_zh, document_en, charts)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        incident.charts());
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

  private static ImportJob job(ResultSet row) throws SQLException {
    var reason = row.getString("failure_reason");
    var detail = row.getString("failure_detail");
    return new ImportJob(
        row.getString("id"),
        row.getString("archive"),
        row.getString("file"),
        row.getString("user"),
        row.getString("address"),
        Instant.ofEpochMilli(row.getLong("submitted_at")),
        ImportJob.State.valueOf(row.getString("state")),
        ImportJob.Step.valueOf(row.getString("step")),
        row.getDouble("progress"),
        Columns.strings(row.getString("incidents")),
        Columns.rejections(row.getString("rejections")),
        reason == null || detail == null
            ? Optional.empty()
            : Optional.of(new ImportJob.Failure(reason, detail)));
  }
}
