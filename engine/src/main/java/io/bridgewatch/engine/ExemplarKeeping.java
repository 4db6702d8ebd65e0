package io.bridgewatch.engine;

import io.bridgewatch.engine.masking.Masking;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.MetricStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Keeps exemplars, with their labels masked, and has the traces kept to which new ones lead. Safe
 * for use by several threads.
 */
final class ExemplarKeeping {

  /** Characters of an id of a trace or span. */
  private static final int LONGEST_ID = 128;

  /**
   * Characters of all labels of one, names and values: what they could be by OpenMetrics, twice.
   */
  private static final int LONGEST_LABELS = 256;

  private final ExemplarStore store;
  private final TraceKeeping traces;
  private final Masking masking;
  private final InstantSource clock;

  ExemplarKeeping(ExemplarStore store, TraceKeeping traces, Masking masking, InstantSource clock) {
    this.store = store;
    this.traces = traces;
    this.masking = masking;
    this.clock = clock;
  }

  /**
   * @param attributed tells by which key the store knows a series
   * @return how many are not kept, by reason
   * @throws io.bridgewatch.ports.StoreException if none could be kept at present
   */
  Map<String, Long> keep(List<Exemplar> exemplars, UnaryOperator<SeriesKey> attributed) {
    var rejected = new TreeMap<String, Long>();
    long latest = clock.instant().plus(MetricStore.MOST_AHEAD).toEpochMilli();
    var ours = new ArrayList<Exemplar>(exemplars.size());
    for (Exemplar one : exemplars) {
      if (one.epochMillis() > latest) {
        rejected.merge("ExemplarTooFarAhead", 1L, Long::sum);
      } else if (isTooLong(one)) {
        rejected.merge("ExemplarTooLong", 1L, Long::sum);
      } else {
        ours.add(masked(one, attributed.apply(one.series())));
      }
    }
    var appended = store.append(ours);
    appended.added().forEach(one -> traces.exemplar(one.traceId()));
    appended
        .rejected()
        .forEach((reason, count) -> rejected.merge(word(reason), (long) count, Long::sum));
    return rejected;
  }

  private static boolean isTooLong(Exemplar exemplar) {
    int labels = 0;
    for (var label : exemplar.labels().asMap().entrySet()) {
      labels += label.getKey().length() + label.getValue().length();
    }
    return labels > LONGEST_LABELS
        || exemplar.traceId().length() > LONGEST_ID
        || exemplar.spanId().length() > LONGEST_ID;
  }

  private Exemplar masked(Exemplar exemplar, SeriesKey series) {
    Attributes labels = masking.mask(exemplar.labels());
    return new Exemplar(
        series,
        exemplar.epochMillis(),
        exemplar.value(),
        exemplar.traceId(),
        exemplar.spanId(),
        labels);
  }

  private static String word(ExemplarStore.Rejection rejection) {
    return switch (rejection) {
      case TOO_OLD -> "ExemplarTooOld";
      case TOO_MANY -> "TooManyExemplars";
    };
  }
}
