package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.Attributes;
import java.time.Duration;

/**
 * How targets are found.
 *
 * @param cluster attributes that all of its targets have, such as {@code k8s.cluster.name}
 * @param kubelets the way to the kubelets: by the nodes' addresses, or the API server's proxy
 * @param pods the way to pods: by their own addresses, or the API server's proxy, for whoever is
 *     outside of the cluster's network
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
    ScrapeTarget.Route pods,
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
        ScrapeTarget.Route.DIRECT,
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
        cluster, kubelets, pods, interval, leastInterval, timeout, access, limits, asked);
  }

  /** The same, with pods reached that way. */
  public DiscoverySettings withPods(ScrapeTarget.Route way) {
    return new DiscoverySettings(
        cluster, kubelets, way, interval, leastInterval, timeout, access, limits, protobuf);
  }
}
