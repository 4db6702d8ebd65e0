package io.bridgewatch.hub;

import io.bridgewatch.engine.WorkloadReader;
import io.bridgewatch.engine.WorkloadSubject;
import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.hub.ScalingLearned.Learned;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.scale.LearnedPolicy;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The metric "replicas needed" of each workload of which a policy was learned, every {@link
 * #EVERY}: its load of the last days is kept at hand, and what came since is added. Where the load
 * was not seen lately there is no value, here and in the store, so that an autoscaler holds.
 */
@Component
final class ScalingNeeds {

  private static final Logger LOG = LoggerFactory.getLogger(ScalingNeeds.class);

  /** As an autoscaler looks. */
  static final Duration EVERY = Duration.ofSeconds(15);

  /** A value older than that is none. */
  static final Duration FRESH = Duration.ofSeconds(45);

  /** In the store of metrics. */
  static final String METRIC = "bridgewatch.scaling.replicas_needed";

  private static final Duration KEPT = Duration.ofDays(8);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration LATE = Duration.ofMinutes(4);
  private static final Duration LONGEST_READ = Duration.ofSeconds(30);

  private final ScalingLearned learned;
  private final ScalingHistories histories;
  private final LiveClusters clusters;
  private final ObjectStore objects;
  private final MetricStore metrics;
  private final InstantSource clock;
  private final Map<Key, Known> known = new ConcurrentHashMap<>();

  ScalingNeeds(
      ScalingLearned learned,
      ScalingHistories histories,
      ClusterParts parts,
      MetricStore metrics,
      InstantSource clock) {
    this.learned = learned;
    this.histories = histories;
    this.clusters = parts.watch();
    this.objects = parts.objects();
    this.metrics = metrics;
    this.clock = clock;
  }

  private record Key(String cluster, ScaleTarget target) {}

  /**
   * What is known of a workload's load.
   *
   * @param load up to its last step that is over
   * @param live what was seen last; its requests are {@code NaN} if nothing was lately
   * @param needed empty where nothing is known
   */
  record Known(
      Instant learnedAt,
      LoadTrace load,
      LearnedPolicy.Live live,
      OptionalDouble needed,
      Instant at) {}

  /** Of a workload whose policy was learned; empty before its first turn. */
  Optional<Known> known(String cluster, ScaleTarget target) {
    return Optional.ofNullable(known.get(new Key(cluster, target)));
  }

  /** The replicas that are needed now; empty where nothing is known or it is not fresh. */
  OptionalDouble now(String cluster, ScaleTarget target) {
    return now(cluster, target, LearnedMetric.NEEDED);
  }

  OptionalDouble now(Learned one) {
    return now(one.cluster(), one.target());
  }

  /** What is told of it now; empty where that is not known or not fresh. */
  OptionalDouble now(String cluster, ScaleTarget target, LearnedMetric metric) {
    var one = known.get(new Key(cluster, target));
    if (one == null || one.at().isBefore(clock.instant().minus(FRESH))) {
      return OptionalDouble.empty();
    }
    return switch (metric) {
      case NEEDED -> one.needed();
      case REQUESTS -> seen(one.live().requests());
      case IN_FLIGHT -> seen(one.live().inFlight());
    };
  }

  private static OptionalDouble seen(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Looks at all of them once. */
  void turn() {
    var batch = SampleBatch.builder();
    var seen = new HashSet<Key>();
    for (Learned one : learned.all()) {
      var key = new Key(one.cluster(), one.target());
      var live = clusters.find(one.cluster());
      if (live.isEmpty()) {
        continue;
      }
      seen.add(key);
      try {
        known.put(key, look(live.get(), one, batch));
      } catch (QueryTooWideException | QueryTimeoutException | StoreException e) {
        known.remove(key);
        LOG.warn("the load of {} in {} cannot be read", one.target(), one.cluster(), e);
      }
    }
    known.keySet().retainAll(seen);
    keep(batch.build());
  }

  private void keep(SampleBatch batch) {
    if (batch.size() > 0) {
      try {
        metrics.append(batch);
      } catch (StoreException e) {
        LOG.warn("{} samples of replicas needed are not kept", batch.size(), e);
      }
    }
  }

  private Known look(Live live, Learned one, SampleBatch.Builder batch) {
    Instant now = clock.instant();
    var subject = histories.subject(live, one.target());
    var step = Duration.ofSeconds(one.policy().stepSeconds());
    var before = known.get(new Key(one.cluster(), one.target()));
    LoadTrace load =
        before == null || !before.learnedAt().equals(one.at())
            ? read(subject, now.minus(KEPT), now, step).load()
            : longer(before.load(), read(subject, before.load().end().minus(LATE), now, step));
    var seen = lately(live, one.target(), read(subject, now.minus(LOOK), now, EVERY));
    var needed = one.policy().needed(with(load, seen.requests()), seen, now);
    needed.ifPresent(value -> batch.add(key(subject.resource()), now.toEpochMilli(), value));
    return new Known(one.at(), load, seen, needed, now);
  }

  private static SeriesKey key(Attributes workload) {
    return new SeriesKey(workload, METRIC, "{replica}", MetricKind.GAUGE, Attributes.none());
  }

  private WorkloadRecording read(WorkloadSubject of, Instant from, Instant to, Duration step) {
    long end = System.nanoTime() + LONGEST_READ.toNanos();
    return QueryDeadline.within(
        () -> System.nanoTime() - end > 0, () -> histories.read(of, from, to, step));
  }

  /** What is known of the newest step of which anything is, if that is new enough. */
  private LearnedPolicy.Live lately(Live live, ScaleTarget target, WorkloadRecording recording) {
    double ready = ready(live, target);
    for (int step = recording.steps() - 1; step >= 0; step--) {
      double requests = recording.at(Signal.REQUESTS, step);
      if (!Double.isNaN(requests)) {
        return new LearnedPolicy.Live(requests, recording.at(Signal.IN_FLIGHT, step), ready);
      }
    }
    return new LearnedPolicy.Live(Double.NaN, Double.NaN, ready);
  }

  private double ready(Live live, ScaleTarget target) {
    return objects
        .find(live.name(), resource(target), target.namespace(), target.name())
        .flatMap(workload -> workload.number("status", "readyReplicas"))
        .orElse(Double.NaN);
  }

  static String resource(ScaleTarget target) {
    return target.kind().equals("StatefulSet") ? "statefulsets.apps" : "deployments.apps";
  }

  /** With the step under way, of which what was seen lately stands for the whole. */
  private static LoadTrace with(LoadTrace load, double requests) {
    double[] rates = load.perSecond();
    double[] longer = Arrays.copyOf(rates, rates.length + 1);
    longer[rates.length] = requests;
    return new LoadTrace(load.start(), load.stepSeconds(), longer);
  }

  /** What is known again counts; of what is older than is kept, the oldest steps go. */
  private static LoadTrace longer(LoadTrace before, WorkloadRecording newer) {
    double[] old = before.perSecond();
    int at =
        (int) (Duration.between(before.start(), newer.start()).toSeconds() / before.stepSeconds());
    if (at < 0 || at > old.length) {
      return newer.load();
    }
    double[] all = Arrays.copyOf(old, Math.max(old.length, at + newer.steps()));
    double[] fresh = newer.of(Signal.REQUESTS);
    for (int i = 0; i < fresh.length; i++) {
      all[at + i] = Double.isNaN(fresh[i]) && at + i < old.length ? old[at + i] : fresh[i];
    }
    var longer = new LoadTrace(before.start(), before.stepSeconds(), all);
    int most = (int) (KEPT.toSeconds() / before.stepSeconds());
    return all.length > most + most / 8 ? longer.slice(all.length - most, all.length) : longer;
  }

  /** The replicas that all workloads have and ask for, kept as metrics. */
  void recordReplicas() {
    var batch = SampleBatch.builder();
    for (Live live : clusters.all()) {
      for (String resource : List.of("deployments.apps", "statefulsets.apps")) {
        objects.forEach(live.name(), resource, workload -> replicas(live, workload, batch));
      }
    }
    keep(batch.build());
  }

  private void replicas(Live live, KubernetesObject workload, SampleBatch.Builder batch) {
    if (workload.apiVersion().isEmpty() || workload.kind().isEmpty()) {
      return;
    }
    var of = ScalingHistories.resource(live, ScaleTarget.of(workload));
    long now = clock.instant().toEpochMilli();
    batch.add(
        gauge(of, WorkloadReader.READY),
        now,
        workload.number("status", "readyReplicas").orElse(0.0));
    workload
        .number("spec", "replicas")
        .ifPresent(asked -> batch.add(gauge(of, WorkloadReader.REPLICAS), now, asked));
  }

  private static SeriesKey gauge(Attributes of, String metric) {
    return new SeriesKey(of, metric, "{replica}", MetricKind.GAUGE, Attributes.none());
  }
}
