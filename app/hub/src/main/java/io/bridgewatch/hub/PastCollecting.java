package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the targets of a cluster told before this hub watched it ({@link PastScraping}), so
 * that their series have a past. Nothing but samples is kept of it, and the topology is told
 * nothing.
 *
 * <p>Safe for several threads; the hub closes it before its store.
 */
public final class PastCollecting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PastCollecting.class);
  private static final int MOST_TARGETS = 100_000;

  private final String cluster;
  private final MetricStore store;
  private boolean isClosed;

  PastCollecting(String cluster, MetricStore store) {
    this.cluster = cluster;
    this.store = store;
  }

  /** Whether something was scraped of the cluster in that time already, as by an earlier hub. */
  public boolean isKnown(Instant from, Instant to) {
    var selector = MetricSelector.of("up", AttributeMatch.equal(AttributeNames.CLUSTER, cluster));
    return !store.series(selector, from, to, MOST_TARGETS).isEmpty();
  }

  /**
   * Keeps what was read.
   *
   * @return false if the hub was closed, so that nothing is kept any more
   * @throws io.bridgewatch.ports.StoreException if it cannot be kept
   */
  public synchronized boolean keep(SampleBatch read) {
    if (isClosed) {
      return false;
    }
    var appended = store.appendPast(read);
    if (!appended.rejected().isEmpty()) {
      LOG.warn("some samples of the past of {} were not kept: {}", cluster, appended.rejected());
    }
    return true;
  }

  /** Keeps nothing more; waits for what is being kept. */
  @Override
  public synchronized void close() {
    isClosed = true;
  }
}
