package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.SeriesKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One measurement that a sample stands for, mostly with the trace in which it was made.
 *
 * @param series whose sample it came with
 * @param labels such as {@code trace_id}
 * @param epochMillis since 1970-01-01T00:00Z; the sample's time if it says none
 */
public record Exemplar(SeriesKey series, Attributes labels, double value, long epochMillis) {

  private static final List<String> TRACE = List.of("trace_id", "traceID", "traceId");
  private static final List<String> SPAN = List.of("span_id", "spanID", "spanId");

  /**
   * The same, with the trace and span that its labels name as {@code trace_id} and {@code span_id}
   * or a spelling near to that; in lower case, as ids in hexadecimal are kept.
   *
   * @return empty if it names no trace, or its value is no number: it leads nowhere
   */
  public Optional<io.bridgewatch.model.Exemplar> traced() {
    String trace = first(TRACE);
    if (trace.isEmpty() || !Double.isFinite(value)) {
      return Optional.empty();
    }
    Attributes rest = labels;
    for (String name : TRACE) {
      rest = rest.without(name);
    }
    for (String name : SPAN) {
      rest = rest.without(name);
    }
    return Optional.of(
        new io.bridgewatch.model.Exemplar(series, epochMillis, value, trace, first(SPAN), rest));
  }

  private String first(List<String> names) {
    for (String name : names) {
      String value = labels.getOr(name, "");
      if (!value.isEmpty()) {
        return value.toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }
}
