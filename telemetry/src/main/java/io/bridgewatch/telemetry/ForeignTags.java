package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.TracesMessage.Draft;
import java.util.Locale;

/** What Zipkin's and Jaeger's tags mean for a span. */
final class ForeignTags {

  private static final int TRACE_ID_DIGITS = 32;

  private ForeignTags() {}

  static void add(String name, String value, Draft draft, AttributeDraft attributes) {
    switch (name) {
      case "span.kind" -> draft.kind = kind(value);
      case "error" -> {
        draft.failed |= !value.equalsIgnoreCase("false");
        attributes.put(name, value);
      }
      case "otel.status_code" -> draft.failed |= value.equalsIgnoreCase("ERROR");
      default -> attributes.put(name, value);
    }
  }

  /** OTLP's number of a kind that is given as a word; 0 if it is unknown. */
  static int kind(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "INTERNAL" -> 1;
      case "SERVER" -> 2;
      case "CLIENT" -> 3;
      case "PRODUCER" -> 4;
      case "CONSUMER" -> 5;
      default -> 0;
    };
  }

  /** A trace id with as many digits as OTLP's; empty if there is none. */
  static String traceId(String id) {
    return id.isEmpty() || id.length() >= TRACE_ID_DIGITS
        ? id
        : "0".repeat(TRACE_ID_DIGITS - id.length()) + id;
  }

  /** Nanoseconds of so many microseconds; unreadable if they are, or are too many. */
  static long nanos(long micros) {
    return micros <= 0 || micros > Long.MAX_VALUE / 1_000 ? Json.UNREADABLE : micros * 1_000;
  }

  /** Nanoseconds of a duration in microseconds; less than none is none. */
  static long durationNanos(long micros) {
    return 1_000 * Math.clamp(micros, 0, Long.MAX_VALUE / 1_000);
  }

  /** The end of a span that took so many nanoseconds. */
  static long end(long startNanos, long durationNanos) {
    if (startNanos == Json.UNREADABLE) {
      return Json.UNREADABLE;
    }
    long room = Long.MAX_VALUE - Math.max(0, startNanos);
    return startNanos + Math.clamp(durationNanos, 0, room);
  }
}
