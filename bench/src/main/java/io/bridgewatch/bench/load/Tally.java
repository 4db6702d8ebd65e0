package io.bridgewatch.bench.load;

import io.bridgewatch.bench.discover.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of the batches of one sort. Safe for use by several threads. */
final class Tally {

  private long acknowledged;
  private final Map<String, Long> refused = new TreeMap<>();
  private final List<Double> answers = new ArrayList<>();
  private final List<Double> late = new ArrayList<>();

  synchronized void acknowledge(long records, double seconds) {
    acknowledged += records;
    answers.add(seconds);
  }

  synchronized void refuse(String why, long records) {
    refused.merge(why, records, Long::sum);
  }

  /** A batch was sent so much later than it was to be. */
  synchronized void sent(double secondsLate) {
    late.add(secondsLate);
  }

  synchronized Sent result() {
    return new Sent(acknowledged, refused, Percentiles.of(answers), Percentiles.of(late));
  }

  /**
   * @param acknowledged records
   * @param refused records, by HTTP status, or by what went wrong
   * @param answers seconds until a batch was acknowledged
   * @param late seconds by which batches were sent later than planned
   */
  record Sent(long acknowledged, Map<String, Long> refused, Percentiles answers, Percentiles late) {
    Sent {
      refused = Map.copyOf(refused);
    }

    long refusedInAll() {
      return refused.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
