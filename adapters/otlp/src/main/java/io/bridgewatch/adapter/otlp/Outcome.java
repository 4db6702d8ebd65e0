package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.UnreadableMessageException.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of a message; each protocol has its own words for it. */
sealed interface Outcome {

  /**
   * @param rejected how many of its records are not used, by reason
   */
  record Taken(Map<String, Long> rejected) implements Outcome {
    public Taken {
      rejected = Map.copyOf(rejected);
    }

    long rejectedCount() {
      return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Such as "12 records are not used: 10 TimeOutsideRange, 2 IdMissing". */
    String message() {
      long count = rejectedCount();
      return count
          + (count == 1 ? " record is not used: " : " records are not used: ")
          + new TreeMap<>(rejected)
              .entrySet().stream()
                  .map(entry -> entry.getValue() + " " + entry.getKey())
                  .collect(Collectors.joining(", "));
    }
  }

  /** Nothing is taken; the sender should come again. */
  record Busy(Duration comeAgainIn) implements Outcome {}

  /** Nothing is taken for now. */
  record Closed(String why) implements Outcome {}

  /** The message cannot be read; sending it again does not help. */
  record Unreadable(Reason reason, String message) implements Outcome {}
}
