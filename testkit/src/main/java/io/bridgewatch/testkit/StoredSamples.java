package io.bridgewatch.testkit;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.AuditEntry;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.ImportStore;
import io.bridgewatch.ports.LiveIncidentStore;
import io.bridgewatch.ports.StoredBundle;
import io.bridgewatch.ports.StoredIncident;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Small recordings and incidents as stores keep them. */
public final class StoredSamples {

  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private StoredSamples() {}

  public static ImportJob job(String id, String digest) {
    return ImportJob.queued(id, digest, digest + ".zip", "wei", "192.0.2.7", NOON);
  }

  public static AuditEntry imported(String digest) {
    return new AuditEntry(
        NOON, "wei", AuditEntry.Action.BUNDLE_IMPORTED, "192.0.2.7", "recording " + digest);
  }

  /** A recording with one incident for each id; each onset a minute after the one before. */
  public static ImportStore.Imported recording(String digest, Instant at, String... incidentIds) {
    var window = new Window(NOON.minusSeconds(3600), NOON);
    var incidents =
        IntStream.range(0, incidentIds.length)
            .mapToObj(i -> incident(incidentIds[i], digest, at, NOON.minusSeconds(600 - 60L * i)))
            .toList();
    return new ImportStore.Imported(
        new StoredBundle(
            digest,
            "case-" + digest,
            window,
            at,
            4096,
            incidents.size(),
            List.of(new Bundle.Rejection("logs.jsonl", "NotJson", 2, "logs.jsonl:17"))),
        Map.of("zh", "{\"报告\":\"" + digest + "\"}", "en", "{\"report\":\"" + digest + "\"}"),
        incidents);
  }

  public static StoredIncident incident(String id, String digest, Instant at, Instant onset) {
    return incident(id, digest, at, onset, Optional.empty());
  }

  /** An open incident of a cluster, opened at noon, with the onset an hour before. */
  public static StoredIncident open(String id, String cluster, String digest, Instant updatedAt) {
    return incident(
        id,
        digest,
        NOON,
        NOON.minusSeconds(3600),
        Optional.of(
            new StoredIncident.Live(cluster, NOON, updatedAt, updatedAt, Optional.empty())));
  }

  /** A recording that live incidents rest on. */
  public static LiveIncidentStore.Recording watched(String digest) {
    var recording = recording(digest, NOON, "any");
    return new LiveIncidentStore.Recording(recording.bundle(), recording.reports());
  }

  private static StoredIncident incident(
      String id, String digest, Instant at, Instant onset, Optional<StoredIncident.Live> live) {
    return new StoredIncident(
        new StoredIncident.Head(
            id,
            digest,
            "case-" + digest,
            new Window(NOON.minusSeconds(3600), NOON),
            onset,
            at,
            Map.of("zh", "支付变慢 " + id, "en", "Payment became slow " + id),
            Optional.of(
                new StoredIncident.TopCause(
                    EntityRef.service("ledger"), CauseKind.CPU_SATURATION, 0.75)),
            3,
            false,
            live),
        Map.of("zh", "{\"id\":\"" + id + "\",\"语\":1}", "en", "{\"id\":\"" + id + "\"}"),
        "[]");
  }
}
