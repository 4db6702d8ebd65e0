package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.Histograms.Key;
import io.bridgewatch.telemetry.Histograms.Point;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the last point of cumulative histograms that come in live, so that what was observed
 * since can be told. Beyond a number of histograms the one that was silent longest is forgotten:
 * its next point has no interval. Not safe for use by several threads.
 */
public final class HistogramMemory {

  private final int most;
  private final LinkedHashMap<Key, HistogramSeries> cumulative =
      new LinkedHashMap<>(16, 0.75f, true);
  private long forgotten;

  /**
   * @param most histograms to remember; each takes 1 to 4 KiB
   */
  public HistogramMemory(int most) {
    this.most = most;
  }

  /** Hands out the samples of one point. */
  public <X extends Exception> void add(Key key, Point point, SampleSink<X> sink) throws X {
    if (point.delta()) {
      new HistogramSeries(key, true, new Pool()).add(point, sink);
      return;
    }
    cumulative
        .computeIfAbsent(key, k -> new HistogramSeries(k, false, new Pool()))
        .add(point, sink);
    if (cumulative.size() > most) {
      Map.Entry<Key, HistogramSeries> silent = cumulative.firstEntry();
      cumulative.remove(silent.getKey());
      forgotten++;
    }
  }

  /** How many were forgotten so far because there were too many. */
  public long forgotten() {
    return forgotten;
  }
}
