package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Imports in SQLite. */
final class SqliteImports implements ImportStore {

  private final Sql sql;
  private final SqliteAudit audit;
  private final IncidentRows rows;

  SqliteImports(Sql sql, SqliteAudit audit) {
    this.sql = sql;
    this.rows = new IncidentRows(sql);
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
          rows.putImported(imported.bundle(), imported.reports());
          sql.update(
              "DELETE FROM incident WHERE archive = ? AND status = 'RECORDED'",
              imported.bundle().digest());
          imported.incidents().forEach(rows::putRecorded);
          return audit.appendHere(entry);
        });
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
