package io.bridgewatch.hub;

import io.bridgewatch.adapter.prometheus.Discovery;
import io.bridgewatch.adapter.prometheus.ScrapeRound;
import io.bridgewatch.adapter.prometheus.ScrapeTransport;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what the targets of a cluster told before this hub watched it, so that their series have
 * a past. Targets are found, read and named as {@link Collecting} does it, at the moments of
 * another clock; nothing but samples is kept of it, and the topology is told nothing.
 *
 * <p>For one thread, but for {@link #close}, which the hub calls before its store is closed.
 */
public final class PastCollecting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PastCollecting.class);
  private static final int MOST_TARGETS = 100_000;

  private final String cluster;
  private final CollectOptions.Scraping how;
  private final MetricStore store;
  private final ScrapeRound round;
  private SampleBatch.Builder read = SampleBatch.builder();
  private boolean isClosed;

  /**
   * @param clock of the world whose past it is
   */
  PastCollecting(
      String cluster,
      CollectOptions.Scraping how,
      MetricStore store,
      ScrapeTransport transport,
      InstantSource clock) {
    this.cluster = cluster;
    this.how = how;
    this.store = store;
    this.round =
        new ScrapeRound(
            transport,
            (samples, exemplars) -> { // exemplars lead to traces, and there are none of that time
              add(samples);
              return Optional.empty();
            },
            clock);
  }

  private void add(SampleBatch samples) {
    for (int i = 0; i < samples.size(); i++) {
      read.add(samples.key(i), samples.time(i), samples.value(i));
    }
  }

  /** Whether something was scraped of the cluster in that time already, as by an earlier hub. */
  public boolean isKnown(Instant from, Instant to) {
    var selector = MetricSelector.of("up", AttributeMatch.equal(AttributeNames.CLUSTER, cluster));
    return !store.series(selector, from, to, MOST_TARGETS).isEmpty();
  }

  /**
   * What there is to be scraped from now on. The API server's own page is left out: it tells who
   * asked the server, and in a past nobody watched nobody did.
   *
   * @param objects all nodes, pods and services of the cluster
   */
  public void look(List<KubernetesObject> objects) {
    var targets =
        Collecting.discovered(cluster, objects, how, EntityProfiles::annotation).targets();
    round.setTargets(
        targets.stream().filter(target -> !target.id().equals(Discovery.API_SERVER)).toList());
  }

  /** Reads the page of each target. */
  public void scrape() throws InterruptedException {
    round.scrape();
  }

  /**
   * Keeps what was read since this was called last.
   *
   * @return false if the hub was closed, so that nothing is kept any more
   * @throws io.bridgewatch.ports.StoreException if it cannot be kept
   */
  public synchronized boolean keep() {
    if (isClosed) {
      return false;
    }
    var appended = store.appendPast(read.build());
    read = SampleBatch.builder();
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
