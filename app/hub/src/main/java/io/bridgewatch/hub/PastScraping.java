package io.bridgewatch.hub;

import io.bridgewatch.adapter.prometheus.Discovery;
import io.bridgewatch.adapter.prometheus.ScrapeRound;
import io.bridgewatch.adapter.prometheus.ScrapeTransport;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.SampleBatch;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Reads what the targets of a cluster tell while no hub watches it. Targets are found, read and
 * named as {@link Collecting} does it, at the moments of another clock. What was read waits in
 * memory until it is taken.
 *
 * <p>For one thread.
 */
public final class PastScraping {

  private final String cluster;
  private final CollectOptions.Scraping how;
  private final ScrapeRound round;
  private SampleBatch.Builder read = SampleBatch.builder();

  /**
   * @param transport to the pages of that time
   * @param clock of that time
   */
  public PastScraping(
      String cluster, CollectOptions.Scraping how, ScrapeTransport transport, InstantSource clock) {
    this.cluster = cluster;
    this.how = how;
    this.round =
        new ScrapeRound(
            transport,
            (samples, exemplars) -> { // exemplars lead to traces that may not be kept
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

  /**
   * What there is to be scraped from now on. The API server's own page is left out: it tells who
   * asked the server, and while nobody watched nobody did.
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

  /** What was read since this was called last. */
  public SampleBatch taken() {
    var taken = read.build();
    read = SampleBatch.builder();
    return taken;
  }
}
