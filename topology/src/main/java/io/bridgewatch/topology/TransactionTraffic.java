package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Span;
import io.bridgewatch.numerics.QuantileSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Adds up named business transactions by the minute, from the spans that carry a name ({@link
 * AttributeNames#TRANSACTION}).
 *
 * <p>The transactions of a minute are handed out a minute and a half after the first was seen, and
 * again in part where more came later. At most {@value #MOST_NAMES} names of a component are told
 * apart; what has another is added up without a name, and counted. Not safe for use by several
 * threads.
 */
public final class TransactionTraffic {

  private static final int MOST_NAMES = 200;
  private static final int MOST_COMPONENTS = 1_000;
  private static final int LOOSE = 256;
  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final Duration WAIT = Duration.ofSeconds(90);

  /**
   * A sort of transaction.
   *
   * @param entered the component that it enters
   * @param name empty for those that have no place of their own
   */
  public record Kind(EntityRef entered, String name) {}

  /**
   * Transactions of a kind that began within a minute, or a part of them.
   *
   * @param latency in seconds
   */
  public record Minute(
      Kind kind, Instant minute, long count, long errors, QuantileSketch latency) {}

  private record Slot(Kind kind, long minute) {}

  private static final class Sums {
    private final long firstSeenMillis;
    private final double[] loose = new double[LOOSE];
    private int some;
    private long count;
    private long errors;
    private QuantileSketch latency = QuantileSketch.empty();

    private Sums(long firstSeenMillis) {
      this.firstSeenMillis = firstSeenMillis;
    }

    private void add(Span span) {
      count++;
      errors += span.failed() ? 1 : 0;
      loose[some++] = span.durationNanos() / 1e9;
      if (some == LOOSE) {
        latency = latency.with(loose);
        some = 0;
      }
    }

    private Minute finish(Slot slot) {
      return new Minute(
          slot.kind,
          Instant.ofEpochMilli(slot.minute * MILLIS_PER_MINUTE),
          count,
          errors,
          latency.with(Arrays.copyOf(loose, some)));
    }
  }

  private final Map<Slot, Sums> open = new HashMap<>();
  private final Map<EntityRef, Set<String>> names = new HashMap<>();
  private long overflowed;

  /**
   * Takes more spans; those without a name are passed over.
   *
   * @param now when they came
   * @param component which component a resource belongs to; empty if it is unknown
   * @return what is over, oldest minute first
   */
  public List<Minute> step(
      Instant now, List<Span> spans, Function<Attributes, Optional<EntityRef>> component) {
    long nowMillis = now.toEpochMilli();
    for (Span span : spans) {
      Optional<String> name = span.attributes().get(AttributeNames.TRANSACTION);
      Optional<EntityRef> entered = name.flatMap(n -> component.apply(span.resource()));
      if (entered.isPresent()) {
        long minute = Math.floorDiv(span.startNanos(), MILLIS_PER_MINUTE * 1_000_000);
        open.computeIfAbsent(
                new Slot(new Kind(entered.get(), known(entered.get(), name.orElseThrow())), minute),
                slot -> new Sums(nowMillis))
            .add(span);
      }
    }
    return over(nowMillis - WAIT.toMillis());
  }

  /** The name, or none if it has no place of its own. */
  private String known(EntityRef entered, String name) {
    if (!names.containsKey(entered) && names.size() >= MOST_COMPONENTS) {
      overflowed++;
      return "";
    }
    var ofComponent = names.computeIfAbsent(entered, e -> new HashSet<>());
    if (!ofComponent.contains(name) && ofComponent.size() >= MOST_NAMES) {
      overflowed++;
      return "";
    }
    ofComponent.add(name);
    return name;
  }

  /** All that is open, as at the end. */
  public List<Minute> finish() {
    return over(Long.MAX_VALUE);
  }

  private List<Minute> over(long seenUntilMillis) {
    var done = new ArrayList<Minute>();
    open.entrySet()
        .removeIf(
            entry -> {
              boolean over = entry.getValue().firstSeenMillis <= seenUntilMillis;
              if (over) {
                done.add(entry.getValue().finish(entry.getKey()));
              }
              return over;
            });
    done.sort(
        Comparator.comparing(Minute::minute)
            .thenComparing(minute -> minute.kind().entered())
            .thenComparing(minute -> minute.kind().name()));
    return done;
  }

  /** Transactions that were added up without a name, because there were too many names. */
  public long overflowed() {
    return overflowed;
  }
}
