package io.bridgewatch.bench.rca;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Evidence;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds reports for tests of the benchmark. */
final class Reports {

  private Reports() {}

  static SituationReport silent(Bundle bundle) {
    return of(bundle, List.of());
  }

  static SituationReport of(Bundle bundle, List<Incident> incidents) {
    return new SituationReport(bundle.name(), bundle.window(), incidents, "fake", Optional.empty());
  }

  static Incident incident(Instant onset, List<Cause> causes) {
    return new Incident(
        "inc-1",
        onset,
        List.of(),
        causes,
        List.of(),
        Optional.empty(),
        List.of(),
        new CallMap(List.of(), List.of()));
  }

  static Cause cause(int rank, EntityRef entity, double confidence) {
    return cause(rank, entity, entity.identity(), confidence);
  }

  static Cause cause(int rank, EntityRef entity, Attributes attributes, double confidence) {
    var evidence =
        new Evidence(
            entity,
            Instant.EPOCH,
            new Fact.FellSilent("made up", Duration.ofMinutes(1), Duration.ofMinutes(5)),
            1);
    return new Cause(
        rank, entity, attributes, CauseKind.UNKNOWN, confidence, List.of(evidence), List.of());
  }
}
