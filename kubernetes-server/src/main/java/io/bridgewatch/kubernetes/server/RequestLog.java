package io.bridgewatch.kubernetes.server;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clients asked for: the API server is a patient, and this is its chart. The last requests are
 * kept one by one, up to a limit; the counters count all.
 */
public final class RequestLog {
  private static final int MOST_ENTRIES = 10_000;

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final Map<String, Long> requests = new TreeMap<>();
  private long bytes;
  private int watches;
  private int mostWatches;

  RequestLog() {}

  /**
   * One request that has been answered; a watch is answered when it ends.
   *
   * @param verb of Kubernetes; {@code read} for discovery and the like
   * @param target path and query as sent
   * @param status 0 when the connection was lost before one was sent
   * @param bytes of the answer's body
   */
  public record Entry(String verb, String target, String userAgent, int status, long bytes) {}

  /** The last requests, oldest first. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** How often each was asked for: {@code "list pods"}, {@code "watch deployments.apps"}. */
  public synchronized Map<String, Long> counts() {
    return Map.copyOf(requests);
  }

  /** How often one was asked for, as in {@link #counts}. */
  public synchronized long count(String verbAndResource) {
    return requests.getOrDefault(verbAndResource, 0L);
  }

  /** Bytes of all bodies sent, those of watches when they end. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Watches that are open now. */
  public synchronized int watches() {
    return watches;
  }

  /** The most watches that were open at once. */
  public synchronized int mostWatches() {
    return mostWatches;
  }

  public synchronized void clear() {
    entries.clear();
    requests.clear();
    bytes = 0;
    mostWatches = watches;
  }

  synchronized void asked(String verb, String resource) {
    requests.merge(resource.isEmpty() ? verb : verb + " " + resource, 1L, Long::sum);
  }

  synchronized void answered(Entry entry) {
    if (entries.size() == MOST_ENTRIES) {
      entries.removeFirst();
    }
    entries.addLast(entry);
    bytes += entry.bytes();
  }

  synchronized void watchBegan() {
    watches++;
    mostWatches = Math.max(mostWatches, watches);
  }

  synchronized void watchEnded() {
    watches--;
  }
}
