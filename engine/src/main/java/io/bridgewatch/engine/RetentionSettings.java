package io.bridgewatch.engine;

import io.bridgewatch.ports.Retained;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How long things are kept, and in how much room.
 *
 * @param keep for each kind
 * @param budgetBytes that all together may take on disk; empty for as much as there is
 * @param leastUsableBytes that must stay free on the disk, for what is still to come
 */
public record RetentionSettings(
    Map<Retained.Kind, Duration> keep, OptionalLong budgetBytes, long leastUsableBytes) {

  private static final long GIB = 1L << 30;

  /**
   * @throws IllegalArgumentException if a kind has no duration, or a number is not positive
   */
  public RetentionSettings {
    keep = Map.copyOf(keep);
    for (Retained.Kind kind : Retained.Kind.values()) {
      Duration wanted = keep.get(kind);
      if (wanted == null || !wanted.isPositive()) {
        throw new IllegalArgumentException(kind + " must be kept for some time, saw " + wanted);
      }
    }
    if (budgetBytes.isPresent() && budgetBytes.getAsLong() <= 0 || leastUsableBytes < 0) {
      throw new IllegalArgumentException(
          "a budget is positive and what stays free is not negative: "
              + budgetBytes
              + ", "
              + leastUsableBytes);
    }
  }

  /**
   * 30 days for what existed, happened and went wrong, 7 for metrics, logs and spans; 1 GiB stays
   * free.
   */
  public static RetentionSettings usual() {
    var keep = new EnumMap<Retained.Kind, Duration>(Retained.Kind.class);
    for (Retained.Kind kind : Retained.Kind.values()) {
      keep.put(
          kind,
          switch (kind) {
            case HAPPENINGS, TOPOLOGY, RECORDINGS -> Duration.ofDays(30);
            case METRICS, LOGS, SPANS -> Duration.ofDays(7);
          });
    }
    return new RetentionSettings(keep, OptionalLong.empty(), GIB);
  }

  public Duration keep(Retained.Kind kind) {
    return Objects.requireNonNull(keep.get(kind));
  }

  public RetentionSettings keeping(Retained.Kind kind, Duration time) {
    var next = new EnumMap<>(keep);
    next.put(kind, time);
    return new RetentionSettings(next, budgetBytes, leastUsableBytes);
  }

  public RetentionSettings within(long bytes) {
    return new RetentionSettings(keep, OptionalLong.of(bytes), leastUsableBytes);
  }
}
