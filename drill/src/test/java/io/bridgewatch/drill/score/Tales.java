package io.bridgewatch.drill.score;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Layer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Exercises for tests: one hour, a slow disk from minute ten to minute forty. */
final class Tales {
  static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");
  static final Instant ONSET = BEGIN.plus(Duration.ofMinutes(10));
  static final Instant CURED = BEGIN.plus(Duration.ofMinutes(40));
  static final Instant END = BEGIN.plus(Duration.ofMinutes(60));

  static final EntityRef DISK =
      new EntityRef(
          EntityType.DEVICE,
          Attributes.of(AttributeNames.DEVICE, "sda", AttributeNames.NODE, "n1"));
  static final EntityRef NODE = EntityRef.node("n1");
  static final EntityRef LEDGER = EntityRef.service("ledger");
  static final EntityRef OTHER = EntityRef.service("statement");

  private Tales() {}

  static Truth slowDisk() {
    return new Truth(
        "disk-slow",
        DISK,
        Layer.HARDWARE,
        Set.of(CauseKind.NODE_DISK),
        Set.of(DISK),
        Set.of(NODE),
        Set.of(LEDGER),
        ONSET,
        Optional.of(CURED));
  }

  static Exercise sick(long seed, Telling... tellings) {
    return new Exercise("disk-slow", seed, BEGIN, END, Optional.of(slowDisk()), List.of(tellings));
  }

  static Exercise quiet(long seed, Telling... tellings) {
    return new Exercise("clean", seed, BEGIN, END, Optional.empty(), List.of(tellings));
  }

  /** An incident about the ledger, told that long after the begin. */
  static Telling told(String incident, int minute, NamedCause... causes) {
    return about(LEDGER, incident, minute, causes);
  }

  static Telling about(EntityRef hurt, String incident, int minute, NamedCause... causes) {
    return new Telling(
        BEGIN.plus(Duration.ofMinutes(minute)), incident, Set.of(hurt), List.of(causes));
  }

  static NamedCause disk(int rank, double confidence) {
    return new NamedCause(rank, DISK, Layer.HARDWARE, CauseKind.NODE_DISK, confidence);
  }

  static NamedCause node(int rank, CauseKind kind) {
    return new NamedCause(rank, NODE, kind.layer(), kind, 0.5);
  }

  static NamedCause ledger(int rank, double confidence) {
    return new NamedCause(rank, LEDGER, Layer.BUSINESS, CauseKind.SERVICE_LATENCY, confidence);
  }
}
