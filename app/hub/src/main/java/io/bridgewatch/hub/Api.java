package io.bridgewatch.hub;

import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.Role;
import io.bridgewatch.ports.StoredIncident;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the HTTP API; the OpenAPI document and the UI's types come from here.
 *
 * <p>Every field is always present, as {@code null} where it is marked so, except those marked
 * {@code NOT_REQUIRED}, which are left out.
 */
final class Api {

  private Api() {}

  /** RFC 9457. */
  record Problem(
      String type,
      String title,
      int status,
      String detail,
      @Schema(description = "PascalCase word that programs can rely on", example = "BadCredentials")
          String reason,
      String instance) {}

  record Login(@Schema(maxLength = 64) String username, String password) {
    @Override
    public String toString() {
      return username;
    }
  }

  record Session(
      String username,
      List<Role> roles,
      @Schema(description = "the password is the generated one and should be changed")
          boolean initialPassword,
      @Schema(description = "goes into X-CSRF-Token of every call that changes something")
          String csrfToken) {}

  record PasswordChange(String current, @Schema(minLength = 12, maxLength = 1024) String next) {
    @Override
    public String toString() {
      return "password change";
    }
  }

  record NewUser(@Schema(minLength = 1, maxLength = 64) String username, Role role) {}

  record User(String username, Role role, boolean initialPassword, Instant createdAt) {}

  record UserList(List<User> items) {}

  record AddedUser(
      User user,
      @Schema(description = "generated, shown only here; to be changed at first login")
          String initialPassword) {}

  record Window(Instant from, Instant to) {}

  record IncidentPage(List<IncidentSummary> items, @Nullable String next, long total) {}

  record IncidentSummary(
      String id,
      String bundle,
      Instant onset,
      String title,
      @Nullable TopCause topCause,
      int symptoms,
      Instant importedAt,
      @Schema(description = "the diagnosis says that evidence is missing") boolean insufficient,
      StoredIncident.Status status,
      @Schema(description = "null if it was found in a recording that was imported")
          @Nullable LiveIncident live) {}

  record LiveIncident(
      @Schema(description = "in which it was found while it was watched") String cluster,
      @Schema(description = "when it was told first") Instant openedAt,
      @Schema(description = "when what is told was written") Instant updatedAt,
      @Schema(description = "a diagnosis that found it; later ones may have") Instant lastSeenAt,
      @Schema(description = "when it was taken to be over; null while it is open")
          @Nullable Instant closedAt) {}

  record TopCause(
      String name,
      String type,
      @Schema(example = "container.cpu") String kind,
      @Schema(example = "CPU saturation") String kindText,
      @Schema(minimum = "0", maximum = "1") double confidence) {}

  record Incident(
      String id,
      Instant onset,
      String title,
      List<Symptom> symptoms,
      List<Cause> causes,
      List<RuledOut> ruledOut,
      @Nullable InsufficientEvidence insufficientEvidence,
      List<TimelineEntry> timeline,
      CallMap map,
      String bundle,
      @Schema(description = "SHA-256 of the archive of the bundle") String bundleDigest,
      Window window,
      Instant importedAt,
      StoredIncident.Status status,
      @Schema(description = "null if it was found in a recording that was imported")
          @Nullable LiveIncident live,
      List<Chart> charts) {}

  record ReportedIncident(
      String id,
      Instant onset,
      String title,
      List<Symptom> symptoms,
      List<Cause> causes,
      List<RuledOut> ruledOut,
      @Nullable InsufficientEvidence insufficientEvidence,
      List<TimelineEntry> timeline,
      CallMap map) {}

  record SituationReport(
      @Schema(example = "bridgewatch.situation-report/v1") String format,
      String bundle,
      String engine,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) String parent,
      Window window,
      List<ReportedIncident> incidents) {}

  record Symptom(
      @Schema(description = "OpenTelemetry attributes") Map<String, String> entity,
      String type,
      String name,
      String layer,
      String sentence,
      double severity,
      Instant since,
      String code,
      String signalType,
      String signal,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, description = "UCUM") String unit,
      Map<String, Double> values,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) String sample,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, description = "id of a chart")
          String chart) {}

  record Cause(
      int rank,
      @Schema(description = "OpenTelemetry attributes") Map<String, String> entity,
      String type,
      String name,
      String layer,
      String kind,
      String kindText,
      @Schema(minimum = "0", maximum = "1") double confidence,
      List<Evidence> evidence,
      List<Entity> path) {}

  record Evidence(
      String sentence,
      @Schema(description = "OpenTelemetry attributes") Map<String, String> entity,
      String type,
      String name,
      Instant since,
      double weight,
      @Schema(example = "LevelShift") String code,
      String signalType,
      String signal,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, description = "UCUM") String unit,
      Map<String, Double> values,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) String sample,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, description = "id of a chart")
          String chart) {}

  record Entity(
      @Schema(description = "OpenTelemetry attributes") Map<String, String> entity,
      String type,
      String name) {}

  record RuledOut(
      @Schema(description = "OpenTelemetry attributes") Map<String, String> entity,
      String type,
      String name,
      io.bridgewatch.model.RuledOut.Reason reason,
      String sentence) {}

  record InsufficientEvidence(
      List<io.bridgewatch.model.InsufficientEvidence.Missing> missing, String sentence) {}

  record TimelineEntry(
      Instant time,
      @Schema(description = "OpenTelemetry attributes") Map<String, String> entity,
      String type,
      String name,
      String code,
      String signal,
      String sentence) {}

  record CallMap(List<MapNode> nodes, List<MapEdge> edges) {}

  record MapNode(
      String id,
      String type,
      String name,
      String layer,
      @Schema(allowableValues = {"cause", "symptom", "on-path", "affected", "neighbour"})
          String role,
      double severity,
      @Schema(description = "OpenTelemetry attributes") Map<String, String> entity) {}

  record MapEdge(String from, String to, String type) {}

  record Chart(
      String id,
      @Schema(description = "OpenTelemetry attributes") Map<String, String> entity,
      String name,
      String signal,
      @Schema(description = "UCUM; empty if not stated") String unit,
      Instant onset,
      @Schema(
              description =
                  "[milliseconds since 1970-01-01T00:00Z, value]; a null value is a gap; at most"
                      + " 600 points that keep the lowest and highest of what they stand for")
          List<List<@Nullable Double>> points,
      @Nullable Before before) {}

  @Schema(description = "how the values lay before the onset: median, 5th and 95th percentile")
  record Before(double median, double low, double high) {}

  record Upload(
      @Schema(
              type = "string",
              format = "binary",
              description = "a recording: .zip, .tar.gz or .tgz")
          String file) {}

  record ImportAccepted(String job) {}

  record Job(
      String id,
      ImportJob.State state,
      ImportJob.Step step,
      @Schema(minimum = "0", maximum = "1") double progress,
      List<String> incidents,
      List<Rejection> rejections,
      @Nullable JobError error) {}

  record JobError(String reason, String detail) {}

  record Rejection(
      String file,
      @Schema(example = "TimeOutsideRange") String reason,
      long count,
      @Schema(example = "metrics.jsonl.gz:17") String firstAt) {}

  record BundlePage(List<Bundle> items, @Nullable String next, long total) {}

  record Bundle(
      @Schema(description = "SHA-256 of the archive") String digest,
      String name,
      Window window,
      Instant importedAt,
      int incidents,
      long sizeBytes,
      List<Rejection> rejections) {}

  record AuditPage(List<AuditEntry> items, @Nullable String next, long total) {}

  record AuditEntry(Instant time, String user, Action action, String address, String detail) {}

  record AuditVerification(
      long entries,
      boolean intact,
      @Schema(description = "number of the first entry that was tampered with, counted from 1")
          @Nullable Long firstBroken) {}

  record About(
      String version,
      String build,
      String java,
      Instant startedAt,
      boolean demo,
      @Schema(description = "id of the incident that a demonstration opens on")
          @Nullable String openIncident,
      @Schema(description = "the simulated cluster beside this hub; null where there is none")
          @Nullable AboutDrill drill) {}

  @Schema(description = "by which thing customers come in: where a look around begins")
  record AboutDrill(String cluster, String type, String namespace, String name) {}
}
