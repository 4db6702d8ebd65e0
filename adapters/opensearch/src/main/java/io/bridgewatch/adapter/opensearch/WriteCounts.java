package io.bridgewatch.adapter.opensearch;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of writing besides success, since the start. Safe for use by several threads. */
final class WriteCounts {

  private static final Logger LOG = LoggerFactory.getLogger(WriteCounts.class);

  /** Reasons in PascalCase. */
  static final String MAPPING_REFUSED = "MappingRefused";

  static final String TOO_LARGE = "TooLarge";

  private final Map<String, Long> rejected = new TreeMap<>();
  private long retried;

  /**
   * Counts an item that the cluster will never take; the first of a reason is logged.
   *
   * @param said in the cluster's words
   */
  synchronized void reject(String reason, String said) {
    if (rejected.merge(reason, 1L, Long::sum) == 1) {
      LOG.warn("an item was not kept, {}: {}; further ones are counted only", reason, said);
    }
  }

  synchronized void retry(int items) {
    retried += items;
  }

  synchronized Map<String, Long> rejected() {
    return Map.copyOf(rejected);
  }

  synchronized long retried() {
    return retried;
  }
}
