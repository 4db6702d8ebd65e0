package io.bridgewatch.ports;

import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Takes the telemetry that senders push to us. Safe for use by several threads.
 *
 * <p>Each call takes a message whole or refuses it whole, and never waits for room: a sender that
 * is told to come again keeps the message and sends it again.
 */
public interface TelemetryIntake {

  /**
   * Samples of one message, and the exemplars that came with them; how many of these are not kept
   * is no part of the answer.
   */
  Answer samples(SampleBatch samples, List<Exemplar> exemplars);

  /** Spans of one message. */
  Answer spans(List<Span> spans);

  /** Log records of one message. */
  Answer logs(List<LogRecord> records);

  /** What sort of records a message has. */
  enum Kind {
    SAMPLES,
    SPANS,
    LOGS
  }

  /**
   * Hears of records that could not be used, out of a message whose others were taken.
   *
   * @param byReason how many, by a reason in PascalCase
   */
  default void unusable(Kind kind, Map<String, Long> byReason) {}

  /** What became of a message. */
  sealed interface Answer {}

  /**
   * The message is taken, and survives a crash if the store promises that.
   *
   * @param rejected how many of its records are not kept, by a reason in PascalCase
   */
  record Taken(Map<String, Long> rejected) implements Answer {
    public Taken {
      rejected = Map.copyOf(rejected);
    }

    public static Taken whole() {
      return new Taken(Map.of());
    }
  }

  /**
   * There is no room now; nothing was taken.
   *
   * @param comeAgainIn when room is expected
   */
  record Busy(Duration comeAgainIn) implements Answer {}

  /**
   * Nothing can be taken for now, as when the store fails or the hub is stopping.
   *
   * @param why for the sender's log
   */
  record Closed(String why) implements Answer {}
}
