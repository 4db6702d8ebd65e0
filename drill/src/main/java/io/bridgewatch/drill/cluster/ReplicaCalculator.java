package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.MetricsSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * How many replicas a metric asks for, in the arithmetic of the real autoscaler: integers where it
 * has integers, pods without a value counted so that they never make it go further.
 */
final class ReplicaCalculator {
  private static final Duration CPU_INITIALISATION = Duration.ofMinutes(5);
  private static final Duration READINESS_DELAY = Duration.ofSeconds(30);

  private final Instant now;
  private final double toleranceUp;
  private final double toleranceDown;

  ReplicaCalculator(Instant now, double toleranceUp, double toleranceDown) {
    this.now = now;
    this.toleranceUp = toleranceUp;
    this.toleranceDown = toleranceDown;
  }

  /** One pod's value, in thousandths, and when it was measured. */
  record Sample(long milli, Instant time, Duration window) {}

  /**
   * What a metric asks for.
   *
   * @param utilization in percent of the requests; empty where the target is an average value
   * @param averageMilli mean value of a pod; of a value of the whole, that
   */
  record Proposal(int replicas, OptionalInt utilization, long averageMilli) {}

  /** A metric that cannot be computed, in the real words. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1;

    private final String words;

    Invalid(String words) {
      super(words);
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** The pods of a target, by whether they count. */
  private static final class Groups {
    final Map<String, Long> values = new LinkedHashMap<>();
    final List<Pod> missing = new ArrayList<>();
    final List<Pod> unready = new ArrayList<>();
    int ready;
  }

  /**
   * Against a share of what the pods request.
   *
   * @param current replicas
   * @param requestMilli what a pod requests, by its name
   * @param targetPercent of the requests
   */
  Proposal byUtilization(
      int current,
      Collection<Pod> pods,
      Map<String, Sample> samples,
      Map<String, Long> requestMilli,
      int targetPercent,
      boolean isCpu)
      throws Invalid {
    var groups = group(pods, samples, isCpu);
    var ratio = utilization(groups.values, requestMilli);
    var shown = OptionalInt.of(ratio);
    var average = sum(groups.values) / groups.values.size();
    var usage = (double) ratio / targetPercent;
    if (isDirect(groups, usage)) {
      return new Proposal(
          isWithin(usage) ? current : (int) Math.ceil(usage * groups.ready), shown, average);
    }
    for (var pod : groups.missing) {
      var request = requestMilli.getOrDefault(pod.name(), 0L);
      if (usage < 1) {
        groups.values.put(pod.name(), request * Math.max(100, targetPercent) / 100);
      } else if (usage > 1) {
        groups.values.put(pod.name(), 0L);
      }
    }
    if (usage > 1) {
      groups.unready.forEach(pod -> groups.values.put(pod.name(), 0L));
    }
    var rebalanced = (double) utilization(groups.values, requestMilli) / targetPercent;
    return new Proposal(settled(current, usage, rebalanced, groups.values.size()), shown, average);
  }

  /** Against an average value of each pod, in thousandths. */
  Proposal byAverage(
      int current,
      Collection<Pod> pods,
      Map<String, Sample> samples,
      long targetMilli,
      boolean isCpu)
      throws Invalid {
    var groups = group(pods, samples, isCpu);
    var average = sum(groups.values) / groups.values.size();
    var usage = (double) average / targetMilli;
    if (isDirect(groups, usage)) {
      return new Proposal(
          isWithin(usage) ? current : (int) Math.ceil(usage * groups.ready),
          OptionalInt.empty(),
          average);
    }
    for (var pod : groups.missing) {
      groups.values.put(pod.name(), usage < 1 ? targetMilli : 0L);
    }
    if (usage > 1) {
      groups.unready.forEach(pod -> groups.values.put(pod.name(), 0L));
    }
    var rebalanced = (double) (sum(groups.values) / groups.values.size()) / targetMilli;
    return new Proposal(
        settled(current, usage, rebalanced, groups.values.size()), OptionalInt.empty(), average);
  }

  /**
   * Against an average value of each replica, where only the whole is known.
   *
   * @param statusReplicas that the target says it has
   */
  Proposal byShareOfWhole(int statusReplicas, long usageMilli, long targetMilli) {
    var usage = usageMilli / ((double) targetMilli * statusReplicas);
    var wanted =
        isWithin(usage) ? statusReplicas : (int) Math.ceil((double) usageMilli / targetMilli);
    var average = (long) Math.ceil((double) usageMilli / Math.max(1, statusReplicas));
    return new Proposal(wanted, OptionalInt.empty(), average);
  }

  /** Against a value of the whole, which all ready pods together are to bring to its target. */
  Proposal byWhole(int current, Collection<Pod> pods, long usageMilli, long targetMilli) {
    var usage = (double) usageMilli / targetMilli;
    var ready =
        pods.stream()
            .filter(pod -> pod.phase().equals("Running") && pod.isReady() && !pod.isTerminating())
            .count();
    return new Proposal(
        isWithin(usage) ? current : (int) Math.ceil(usage * ready),
        OptionalInt.empty(),
        usageMilli);
  }

  private static boolean isDirect(Groups groups, double usage) {
    return groups.missing.isEmpty() && !(usage > 1 && !groups.unready.isEmpty());
  }

  private boolean isWithin(double usage) {
    return usage >= 1 - toleranceDown && usage <= 1 + toleranceUp;
  }

  private int settled(int current, double before, double after, int pods) {
    if (isWithin(after) || (before < 1 && after > 1) || (before > 1 && after < 1)) {
      return current;
    }
    var wanted = (int) Math.ceil(after * pods);
    if ((after < 1 && wanted > current) || (after > 1 && wanted < current)) {
      return current;
    }
    return wanted;
  }

  private Groups group(Collection<Pod> pods, Map<String, Sample> samples, boolean isCpu)
      throws Invalid {
    var groups = new Groups();
    for (var pod : pods) {
      if (pod.isTerminating() || pod.phase().equals("Failed")) {
        continue;
      }
      var sample = samples.get(pod.name());
      if (pod.phase().equals("Pending")) {
        groups.unready.add(pod);
      } else if (sample == null) {
        groups.missing.add(pod);
      } else if (isCpu && isUnready(pod, sample)) {
        groups.unready.add(pod);
      } else {
        groups.values.put(pod.name(), sample.milli());
        groups.ready++;
      }
    }
    if (groups.values.isEmpty()) {
      throw new Invalid("did not receive metrics for targeted pods (pods might be unready)");
    }
    return groups;
  }

  private boolean isUnready(Pod pod, Sample sample) {
    var condition = Trees.condition(pod.tree(), "Ready");
    var start = Trees.instant(pod.tree(), "status", "startTime");
    if (condition.isEmpty() || start.isEmpty()) {
      return true;
    }
    var changed = Trees.instant(condition.get(), "lastTransitionTime").orElse(start.get());
    if (start.get().plus(CPU_INITIALISATION).isAfter(now)) {
      return !pod.isReady() || sample.time().isBefore(changed.plus(sample.window()));
    }
    return !pod.isReady() && start.get().plus(READINESS_DELAY).isAfter(changed);
  }

  /** Whole percent, truncated. */
  private static int utilization(Map<String, Long> values, Map<String, Long> requests)
      throws Invalid {
    var used = 0L;
    var requested = 0L;
    for (var value : values.entrySet()) {
      var request = requests.getOrDefault(value.getKey(), 0L);
      if (request > 0) {
        used += value.getValue();
        requested += request;
      }
    }
    if (requested == 0) {
      throw new Invalid("no metrics returned matched known pods");
    }
    return (int) (used * 100 / requested);
  }

  private static long sum(Map<String, Long> values) {
    return values.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * What the containers of pods request of a resource.
   *
   * @throws Invalid when a container requests nothing
   */
  static Map<String, Long> requests(Collection<Pod> pods, String resource) throws Invalid {
    var requests = new LinkedHashMap<String, Long>();
    for (var pod : pods) {
      var sum = 0L;
      for (JsonNode container : pod.spec().path("containers")) {
        var request = Trees.text(container, "resources", "requests", resource);
        if (request.isEmpty()) {
          throw new Invalid(
              "missing request for %s in container %s of Pod %s"
                  .formatted(resource, Trees.text(container, "name"), pod.name()));
        }
        sum += Quantities.milli(request);
      }
      requests.put(pod.name(), sum);
    }
    return requests;
  }

  /** What the metrics server measured of a resource. */
  static Map<String, Sample> samples(List<MetricsSource.PodUsage> pods, String resource) {
    var samples = new LinkedHashMap<String, Sample>();
    for (var pod : pods) {
      var milli =
          pod.containers().stream()
              .mapToLong(
                  one ->
                      resource.equals("cpu")
                          ? Math.ceilDiv(one.cpuNanocores(), 1_000_000)
                          : one.memoryBytes() * 1000)
              .sum();
      samples.put(pod.pod(), new Sample(milli, pod.time(), pod.window()));
    }
    return samples;
  }
}
