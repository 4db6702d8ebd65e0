package io.bridgewatch.hub;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Evidence;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.InsufficientEvidence;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.model.Symptom;
import io.bridgewatch.model.TimelineEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small recordings, and a diagnosis that finds one incident in each. */
final class Recordings {

  static final Instant FROM = Instant.parse("2026-02-28T08:00:00Z");
  static final Instant ONSET = FROM.plusSeconds(1800);

  private Recordings() {}

  /** A recording of an hour with one latency series that rises at half time. */
  static byte[] zip(String name) {
    var lines = new StringBuilder();
    for (int i = 0; i < 720; i++) {
      lines.append(
          """
          {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name",\
          "value":{"stringValue":"checkout"}}]},"scopeMetrics":[{"metrics":[{\
          "name":"http.server.request.duration","unit":"s","gauge":{"dataPoints":[{\
          "timeUnixNano":"%d000000000","asDouble":%s}]}}]}]}]}
          """
              .formatted(FROM.getEpochSecond() + 5L * i, i < 360 ? 0.125 : 0.875));
    }
    return zip(
        "bundle.json",
        "{\"format\":\"bridgewatch.incident-bundle/v1\",\"name\":\""
            + name
            + "\",\"window\":{\"from\":\"2026-02-28T08:00:00Z\",\"to\":\"2026-02-28T09:00:00Z\"}}",
        "metrics.jsonl",
        lines.toString());
  }

  private static byte[] zip(String... namesAndTexts) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** One incident with everything an incident can have. */
  static SituationReport diagnosed(Bundle bundle) {
    var checkout = EntityRef.service("checkout");
    var pod =
        EntityRef.from(
                EntityType.POD,
                Attributes.of("k8s.pod.name", "checkout-7f9", "k8s.namespace.name", "shop"))
            .orElseThrow();
    var shift =
        new Fact.LevelShift(
            Signal.LATENCY, bundle.series().getFirst().key(), 0.125, 0.875, Double.NaN);
    var state =
        new Fact.ObjectState("Pod", "checkout-7f9", "CrashLoopBackOff", "back-off 40s", ONSET);
    var finding = new Finding(checkout, ONSET, 12.5, shift);
    return new SituationReport(
        bundle.name(),
        bundle.window(),
        List.of(
            new Incident(
                "inc-" + bundle.name(),
                ONSET,
                List.of(new Symptom(checkout, finding)),
                List.of(
                    new Cause(
                        1,
                        pod,
                        Attributes.of("k8s.node.name", "node-3"),
                        CauseKind.CRASH_LOOP,
                        0.75,
                        List.of(
                            new Evidence(pod, ONSET, state, 0.5),
                            new Evidence(checkout, ONSET, shift, 0.25)),
                        List.of(pod, checkout))),
                List.of(new RuledOut(checkout, RuledOut.Reason.EXPLAINED_BY_DEPENDENCY, shift)),
                Optional.of(new InsufficientEvidence(List.of(InsufficientEvidence.Missing.TRACES))),
                List.of(new TimelineEntry(ONSET, pod, state)),
                new CallMap(
                    List.of(
                        new CallMap.Node(pod, CallMap.Role.CAUSE, 4.5),
                        new CallMap.Node(checkout, CallMap.Role.SYMPTOM, 12.5)),
                    List.of(new Relation(checkout, RelationType.RUNS_ON, pod))))),
        "test/1",
        Optional.empty());
  }
}
