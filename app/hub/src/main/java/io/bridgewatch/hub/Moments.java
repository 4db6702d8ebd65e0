package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.model.Topology;
import io.bridgewatch.ports.TopologyHistory;
import java.lang.ref.SoftReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * What existed in the clusters, now or at an earlier time. The last few earlier times that were
 * asked for stay at hand as long as memory allows, because pages of one list are read one by one.
 */
@Component
final class Moments {

  private static final int KEPT = 3;
  private static final int STRETCHES_TOLD = 5;

  private final LiveClusters clusters;
  private final TopologyHistory history;
  private final ReentrantLock reading = new ReentrantLock();
  private final Map<Key, SoftReference<Moment>> kept = new LinkedHashMap<>();

  Moments(ClusterParts parts) {
    this.clusters = parts.watch();
    this.history = parts.history();
  }

  /**
   * @param asOf empty before anything was heard
   */
  record Moment(String cluster, Topology topology, Optional<Instant> asOf) {}

  private record Key(String cluster, Instant second) {}

  /**
   * One cluster, which need not be named while there is only one.
   *
   * @param at empty for now
   * @throws HubProblem if there is no such cluster, or nothing is known of that time
   */
  Moment one(@Nullable String cluster, Optional<Instant> at) {
    return moment(live(cluster), at);
  }

  /** The cluster of that name, or the only one. */
  Live live(@Nullable String cluster) {
    var name = Parameters.given(cluster);
    if (name.isPresent()) {
      return clusters.find(name.get()).orElseThrow(() -> notFound(name.get()));
    }
    var all = clusters.all();
    if (all.size() == 1) {
      return all.getFirst();
    }
    throw all.isEmpty()
        ? new HubProblem(HttpStatus.NOT_FOUND, "ClusterNotFound", "no cluster is watched")
        : HubProblem.invalid("cluster is missing; wanted one of " + names(all));
  }

  /** One cluster, or all of them; of an earlier time, those of which something is known. */
  List<Moment> some(@Nullable String cluster, Optional<Instant> at) {
    if (Parameters.given(cluster).isPresent()) {
      return List.of(one(cluster, at));
    }
    var all = clusters.all();
    if (at.isEmpty() || all.isEmpty()) {
      return all.stream().map(Moments::now).toList();
    }
    var known = all.stream().flatMap(live -> find(live, at.get()).stream()).toList();
    if (known.isEmpty()) {
      throw notKnown(all.getFirst().name(), at.get());
    }
    return known;
  }

  /** The oldest word that an answer from these rests on. */
  static Optional<Instant> asOf(List<Moment> moments) {
    return moments.stream().flatMap(m -> m.asOf().stream()).min(Instant::compareTo);
  }

  Moment moment(Live live, Optional<Instant> at) {
    return at.isEmpty()
        ? now(live)
        : find(live, at.get()).orElseThrow(() -> notKnown(live.name(), at.get()));
  }

  Optional<Moment> find(Live live, Instant at) {
    if (live.asOf().isPresent() && !at.isBefore(live.asOf().get())) {
      return Optional.of(now(live));
    }
    var key = new Key(live.name(), at.truncatedTo(ChronoUnit.SECONDS));
    reading.lock(); // one at a time: each may need much memory
    try {
      var reference = kept.remove(key);
      var known = reference == null ? null : reference.get();
      if (known == null) {
        known =
            history
                .at(live.name(), at)
                .map(past -> new Moment(live.name(), past.topology(), Optional.of(past.asOf())))
                .orElse(null);
      }
      if (known != null) {
        kept.put(key, new SoftReference<>(known));
        if (kept.size() > KEPT) {
          kept.remove(kept.keySet().iterator().next());
        }
      }
      return Optional.ofNullable(known);
    } finally {
      reading.unlock();
    }
  }

  /** When the cluster was heard, oldest first. */
  List<Api.Window> stretches(String cluster) {
    return history.heard(cluster).stream().map(s -> new Api.Window(s.from(), s.to())).toList();
  }

  private static Moment now(Live live) {
    return new Moment(live.name(), live.topology(), live.asOf());
  }

  private HubProblem notFound(String cluster) {
    var all = clusters.all();
    return new HubProblem(
        HttpStatus.NOT_FOUND,
        "ClusterNotFound",
        "there is no cluster "
            + cluster
            + (all.isEmpty() ? "; none is watched" : "; there are " + names(all)));
  }

  private HubProblem notKnown(String cluster, Instant at) {
    var stretches = stretches(cluster);
    var told =
        stretches.reversed().stream()
            .limit(STRETCHES_TOLD)
            .map(stretch -> stretch.from() + " to " + stretch.to())
            .collect(Collectors.joining(", "));
    return new HubProblem(
        HttpStatus.NOT_FOUND,
        "MomentNotKnown",
        "nothing is known of cluster "
            + cluster
            + " at "
            + at
            + (told.isEmpty() ? "; it was not heard yet" : "; it was heard from " + told));
  }

  private static String names(List<Live> all) {
    return all.stream().map(Live::name).collect(Collectors.joining(", "));
  }
}
