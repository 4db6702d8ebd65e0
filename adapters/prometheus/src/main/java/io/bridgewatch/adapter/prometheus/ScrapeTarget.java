package io.bridgewatch.adapter.prometheus;

import java.net.URI;
import java.time.Duration;

/**
 * Something whose metrics are fetched.
 *
 * @param id unique and stable, such as {@code kubelet/node-1/cadvisor}
 * @param address absolute where it is reached directly; else the path at the API server
 * @param interval from one scrape to the next, 1 s or more
 * @param timeout of a whole scrape, at most the interval
 */
public record ScrapeTarget(
    String id,
    URI address,
    Route route,
    Content content,
    Duration interval,
    Duration timeout,
    ExpositionOptions options,
    ExpositionLimits limits,
    ScrapeAccess access) {

  /** The way to a target. */
  public enum Route {
    /** By its own address. */
    DIRECT,
    /** Through the proxy of the cluster's API server. */
    API_SERVER
  }

  /** What it answers. */
  public enum Content {
    /** Text, OpenMetrics or protobuf. */
    EXPOSITION,
    /** A kubelet's {@code /stats/summary}. */
    KUBELET_SUMMARY
  }

  /**
   * @throws IllegalArgumentException if interval or timeout are out of range
   */
  public ScrapeTarget {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "interval of target " + id + " is " + interval + ", wanted 1 s or more");
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "timeout of target " + id + " is " + timeout + ", wanted up to its interval " + interval);
    }
  }

  /** The same with other rules for its series. */
  public ScrapeTarget withRules(SampleRules rules) {
    return new ScrapeTarget(
        id, address, route, content, interval, timeout, options.withRules(rules), limits, access);
  }

  /** Targets of one host share its limit of concurrent scrapes. */
  String host() {
    return switch (route) {
      case DIRECT -> address.getHost() == null ? address.toString() : address.getHost();
      case API_SERVER -> "";
    };
  }
}
