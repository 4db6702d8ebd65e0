package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import java.time.Duration;

/**
 * How targets are found.
 *
 * @param cluster attributes that all of its targets have, such as {@code k8s.cluster.name}
 * @param kubelets the way to the kubelets: by the nodes' addresses, or the API server's proxy
 * @param interval where none is asked for
 * @param leastInterval shorter ones are made this long
 * @param timeout of a scrape where none is asked for, at most its interval
 * @param access for kubelets and the control plane; pods get no token
 * @param limits of a page; a monitor may ask for less
 * @param protobuf whether targets are asked for protobuf, which has native histograms
 */
public record DiscoverySettings(
    Attributes cluster,
    ScrapeTarget.Route kubelets,
    Duration interval,
    Duration leastInterval,
    Duration timeout,
    ScrapeAccess access,
    ExpositionLimits limits,
    boolean protobuf) {

  /** Every 15 s, no more often than every 5 s, kubelets through the API server. */
  public static DiscoverySettings of(Attributes cluster, ScrapeAccess access) {
    return new DiscoverySettings(
        cluster,
        ScrapeTarget.Route.API_SERVER,
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        access,
        ExpositionLimits.DEFAULT,
        true);
  }

  /** The same, with or without protobuf. */
  public DiscoverySettings withProtobuf(boolean asked) {
    return new DiscoverySettings(
        cluster, kubelets, interval, leastInterval, timeout, access, limits, asked);
  }
}
