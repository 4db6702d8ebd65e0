package io.bridgewatch.testkit;

import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.ports.TopologyHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A topology history in memory: every word's topology, as it was. Safe to share. */
public final class InMemoryTopologyHistory implements TopologyHistory {

  /** A checkpoint so soon after the last word goes on with its stretch. */
  private static final Duration MOMENTS = Duration.ofSeconds(5);

  private final Map<String, Kept> clusters = new HashMap<>();

  private static final class Kept {
    private final NavigableMap<Instant, Topology> words = new TreeMap<>();

    /** Beginnings to ends. */
    private final NavigableMap<Instant, Instant> stretches = new TreeMap<>();

    private Instant checkpoint = Instant.MIN;

    Instant notBeforeLast(Instant time) {
      var last = stretches.lastEntry();
      return last != null && time.isBefore(last.getValue()) ? last.getValue() : time;
    }
  }

  @Override
  public synchronized void checkpoint(String cluster, Instant time, Topology topology) {
    var kept = clusters.computeIfAbsent(cluster, name -> new Kept());
    var at = kept.notBeforeLast(time);
    var last = kept.stretches.lastEntry();
    if (last != null && !at.isAfter(last.getValue().plus(MOMENTS))) {
      kept.stretches.put(last.getKey(), at);
    } else {
      kept.stretches.put(at, at);
    }
    kept.words.put(at, topology);
    kept.checkpoint = at;
  }

  @Override
  public synchronized void append(String cluster, Instant time, TopologyDelta delta) {
    var kept = kept(cluster);
    var at = kept.notBeforeLast(time);
    kept.stretches.put(kept.stretches.lastKey(), at);
    kept.words.put(at, kept.words.lastEntry().getValue().with(delta));
  }

  /** Once a day; as every word's topology is kept whole, there is nothing to do then. */
  @Override
  public synchronized Optional<Runnable> dueCheckpoint(
      String cluster, Instant now, Topology topology) {
    var kept = kept(cluster);
    if (!kept.checkpoint.plus(Duration.ofHours(24)).isBefore(now)) {
      return Optional.empty();
    }
    return Optional.of(
        () -> {
          synchronized (this) {
            kept.checkpoint = now.isAfter(kept.checkpoint) ? now : kept.checkpoint;
          }
        });
  }

  private Kept kept(String cluster) {
    var kept = clusters.get(cluster);
    if (kept == null) {
      throw new IllegalStateException(
          "cannot add to the history of cluster " + cluster + " before its first checkpoint");
    }
    return kept;
  }

  @Override
  public synchronized Optional<Past> at(String cluster, Instant time) {
    var kept = clusters.get(cluster);
    if (kept == null || kept.words.floorEntry(time) == null) {
      return Optional.empty();
    }
    var end = kept.stretches.floorEntry(time).getValue();
    return Optional.of(
        new Past(kept.words.floorEntry(time).getValue(), time.isBefore(end) ? time : end));
  }

  @Override
  public synchronized List<Stretch> heard(String cluster) {
    var kept = clusters.get(cluster);
    var found = new ArrayList<Stretch>();
    if (kept != null) {
      kept.stretches.forEach((from, to) -> found.add(new Stretch(from, to)));
    }
    return found;
  }

  @Override
  public synchronized void forgetBefore(Instant time) {
    for (Kept kept : clusters.values()) {
      var base = kept.words.floorKey(time);
      if (base == null) {
        continue;
      }
      kept.words.headMap(base, false).clear();
      var stretch = kept.stretches.floorEntry(base);
      kept.stretches.headMap(base, true).clear();
      kept.stretches.put(base, stretch.getValue());
    }
  }
}
