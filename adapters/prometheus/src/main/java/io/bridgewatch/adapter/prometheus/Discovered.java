package io.bridgewatch.adapter.prometheus;

import java.util.List;
import java.util.Map;

/**
 * What is to be scraped.
 *
 * @param targets in the order of their ids
 * @param issues how often something that asks for it is not scraped as it asks
 */
public record Discovered(List<ScrapeTarget> targets, Map<DiscoveryIssue, Integer> issues) {
  public Discovered {
    targets = List.copyOf(targets);
    issues = Map.copyOf(issues);
  }
}
