package io.bridgewatch.hub;

import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.NoteKind;
import io.bridgewatch.ports.ScalingStore.NoteQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Forgets what was noted of scaling long ago: decisions in shadow and verdicts after 90 days, which
 * is several times what a step to another mode asks for; sums of days after 400, so that a month
 * can be set beside that of the year before. The last learned policy of a workload stays. What
 * autoscalers in shadow remember goes after a day, long after their windows.
 */
@Component
final class ScalingRetention {

  static final Duration DECISIONS = Duration.ofDays(90);
  static final Duration DAYS = Duration.ofDays(400);
  static final Duration MEMORIES = Duration.ofDays(1);

  private final ScalingStore store;
  private final InstantSource clock;

  ScalingRetention(ScalingStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  void turn() {
    Instant now = clock.instant();
    for (NoteKind kind : NoteKind.values()) {
      age(kind).ifPresent(age -> store.forget(before(kind, now.minus(age))));
    }
    store.forgetMemories(now.minus(MEMORIES));
  }

  private static Optional<Duration> age(NoteKind kind) {
    return switch (kind) {
      case LEARNED -> Optional.empty();
      case SHADOW, VERDICT -> Optional.of(DECISIONS);
      case DAY -> Optional.of(DAYS);
    };
  }

  private static NoteQuery before(NoteKind kind, Instant time) {
    return new NoteQuery(
        kind, Optional.empty(), Optional.empty(), Optional.empty(), Instant.EPOCH, time, 1);
  }
}
