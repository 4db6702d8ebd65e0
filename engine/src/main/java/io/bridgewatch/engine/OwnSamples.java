package io.bridgewatch.engine;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps samples that the hub makes itself, which no sender would send again: what the store refuses
 * waits and is tried again with the next batch and whenever {@link #retry} is called. At most so
 * many samples wait; beyond that the oldest batch is lost, and counted. Safe for use by several
 * threads.
 */
final class OwnSamples {

  private static final Logger LOG = LoggerFactory.getLogger(OwnSamples.class);
  private static final int MOST_TIMED = 100_000;

  /** Some minutes of calls of thousands of edges, about 20 MB. */
  static final int MOST_WAITING = 200_000;

  /**
   * @param waiting samples that the store refused and that are tried again
   * @param lost samples that could not be kept since the start
   */
  record Status(long kept, int waiting, long lost) {}

  private final MetricStore store;
  private final int mostWaiting;
  private final Deque<SampleBatch> batches = new ArrayDeque<>();
  private final Map<Object, Long> lastMillis = new HashMap<>();
  private long kept;
  private int waiting;
  private long lost;

  OwnSamples(MetricStore store, int mostWaiting) {
    this.store = store;
    this.mostWaiting = mostWaiting;
  }

  /**
   * A time for the next samples of something: the wanted one, or just behind those before, so that
   * later parts of the same minute add up instead of replacing it.
   */
  synchronized long timeMillis(Object of, long wantedMillis) {
    if (lastMillis.size() > MOST_TIMED) {
      lastMillis.clear();
    }
    long time = Math.max(wantedMillis, lastMillis.getOrDefault(of, Long.MIN_VALUE) + 1);
    lastMillis.put(of, time);
    return time;
  }

  synchronized void keep(SampleBatch batch) {
    if (batch.size() > 0) {
      batches.addLast(batch);
      waiting += batch.size();
    }
    retry();
    while (waiting > mostWaiting) {
      var oldest = batches.removeFirst();
      waiting -= oldest.size();
      lost += oldest.size();
    }
  }

  synchronized void retry() {
    while (!batches.isEmpty()) {
      MetricStore.Appended result;
      try {
        result = store.append(batches.getFirst());
      } catch (StoreException e) {
        LOG.warn("cannot keep {} samples of calls; they are tried again", waiting, e);
        return;
      }
      waiting -= batches.removeFirst().size();
      kept += result.accepted();
      for (var rejected : result.rejected().entrySet()) {
        lost += rejected.getKey() == MetricStore.Rejection.DUPLICATE ? 0 : rejected.getValue();
      }
    }
  }

  synchronized Status status() {
    return new Status(kept, waiting, lost);
  }
}
