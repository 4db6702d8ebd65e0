package io.bridgewatch.scale;

import io.bridgewatch.scale.HpaDecision.MetricProposal;
import io.bridgewatch.scale.MetricReading.PodSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many replicas one metric asks for, in the arithmetic of kube-controller-manager 1.36: whole
 * thousandths, whole percents, divisions that drop the rest, then doubles and {@code ceil}.
 */
final class ReplicaCount {

  private final HpaObservation seen;
  private final Tolerance tolerance;
  private final HpaSettings settings;

  ReplicaCount(HpaObservation seen, Tolerance tolerance, HpaSettings settings) {
    this.seen = seen;
    this.tolerance = tolerance;
    this.settings = settings;
  }

  MetricProposal of(HpaMetric metric, MetricReading reading) {
    return switch (metric) {
      case HpaMetric.Resource(var resource, var target) ->
          ofResource(metric, resource, "", target, reading);
      case HpaMetric.ContainerResource(var resource, var container, var target) ->
          ofResource(metric, resource, container, target, reading);
      case HpaMetric.Pods(var _, var target) -> ofPods(metric, "", "", target, reading);
      case HpaMetric.Object(var _, var _, var target) -> ofWhole(metric, target, reading);
      case HpaMetric.External(var _, var target) -> ofWhole(metric, target, reading);
    };
  }

  // What pods tell

  private MetricProposal ofResource(
      HpaMetric metric,
      String resource,
      String container,
      HpaTarget target,
      MetricReading reading) {
    return switch (target) {
      case HpaTarget.AverageValue value -> ofPods(metric, resource, container, value, reading);
      case HpaTarget.Utilization(int percent) ->
          ofUtilization(metric, resource, container, percent, reading);
      case HpaTarget.Value _ ->
          refused(
              metric,
              "invalid resource metric source: neither an average utilization target nor an average"
                  + " value (usage) target was set");
    };
  }

  private MetricProposal ofUtilization(
      HpaMetric metric, String resource, String container, int percent, MetricReading reading) {
    var usages = new HashMap<String, Long>();
    Optional<String> trouble = usages(reading, container, usages);
    if (trouble.isPresent()) {
      return refused(metric, trouble.get());
    }
    PodGroups groups = groups(reading, usages, resource);
    groups.unready().forEach(pod -> usages.remove(pod.name()));
    removeLeftOut(groups, usages);
    if (usages.isEmpty()) {
      return refused(metric, "did not receive metrics for targeted pods (pods might be unready)");
    }
    var requests = new HashMap<String, Long>();
    trouble = requests(resource, container, requests);
    if (trouble.isPresent()) {
      return refused(metric, trouble.get());
    }
    OptionalInt before = utilization(usages, requests);
    if (before.isEmpty()) {
      return refused(metric, "no metrics returned matched known pods");
    }
    double ratio = (double) before.getAsInt() / percent;
    boolean upWithUnready = !groups.unready().isEmpty() && ratio > 1.0;
    if (!upWithUnready && groups.missing().isEmpty()) {
      return proposal(metric, plain(ratio, groups), before.getAsInt(), ratio, groups);
    }
    for (HpaPod pod : groups.missing()) {
      if (ratio < 1.0) {
        long fallback = Math.max(100, percent);
        usages.put(pod.name(), requests.getOrDefault(pod.name(), 0L) * fallback / 100);
      } else if (ratio > 1.0) {
        usages.put(pod.name(), 0L);
      }
    }
    if (upWithUnready) {
      groups.unready().forEach(pod -> usages.put(pod.name(), 0L));
    }
    double ratioWithOthers =
        (double) utilization(usages, requests).orElse(before.getAsInt()) / percent;
    return proposal(
        metric,
        filled(ratio, ratioWithOthers, usages.size()),
        before.getAsInt(),
        ratio,
        ratioWithOthers,
        groups);
  }

  private MetricProposal ofPods(
      HpaMetric metric,
      String resource,
      String container,
      HpaTarget.AverageValue target,
      MetricReading reading) {
    var usages = new HashMap<String, Long>();
    Optional<String> trouble = usages(reading, container, usages);
    if (trouble.isPresent()) {
      return refused(metric, trouble.get());
    }
    PodGroups groups = groups(reading, usages, resource);
    groups.unready().forEach(pod -> usages.remove(pod.name()));
    removeLeftOut(groups, usages);
    if (usages.isEmpty()) {
      return refused(metric, "did not receive metrics for targeted pods (pods might be unready)");
    }
    long average = average(usages);
    double ratio = (double) average / target.milli();
    boolean upWithUnready = !groups.unready().isEmpty() && ratio > 1.0;
    if (!upWithUnready && groups.missing().isEmpty()) {
      return proposal(metric, plain(ratio, groups), average, ratio, groups);
    }
    for (HpaPod pod : groups.missing()) {
      usages.put(pod.name(), ratio < 1.0 ? target.milli() : 0L);
    }
    if (upWithUnready) {
      groups.unready().forEach(pod -> usages.put(pod.name(), 0L));
    }
    double ratioWithOthers = (double) average(usages) / target.milli();
    return proposal(
        metric,
        filled(ratio, ratioWithOthers, usages.size()),
        average,
        ratio,
        ratioWithOthers,
        groups);
  }

  /** All pods that count have samples. */
  private int plain(double ratio, PodGroups groups) {
    return tolerance.covers(ratio) ? seen.currentReplicas() : ceil(ratio * groups.counted().size());
  }

  /** Pods without a usable sample were given the one that holds the change back. */
  private int filled(double ratio, double ratioWithOthers, int samples) {
    boolean turned =
        (ratio < 1.0 && ratioWithOthers > 1.0) || (ratio > 1.0 && ratioWithOthers < 1.0);
    if (tolerance.covers(ratioWithOthers) || turned) {
      return seen.currentReplicas();
    }
    int wanted = ceil(ratioWithOthers * samples);
    boolean contradicts =
        (ratioWithOthers < 1.0 && wanted > seen.currentReplicas())
            || (ratioWithOthers > 1.0 && wanted < seen.currentReplicas());
    return contradicts ? seen.currentReplicas() : wanted;
  }

  /** The samples as one number for each pod; what is wrong if there are none. */
  private Optional<String> usages(
      MetricReading reading, String container, Map<String, Long> usages) {
    switch (reading) {
      case MetricReading.Failed(String why) -> {
        return Optional.of("unable to get metrics: " + why);
      }
      case MetricReading.Amounts _ -> {
        return Optional.of("unable to get metrics: one number was read where each pod has its own");
      }
      case MetricReading.Samples(Map<String, PodSample> byPod) -> {
        if (byPod.isEmpty()) {
          return Optional.of("unable to get metrics: no metrics returned");
        }
        byPod.forEach(
            (pod, sample) -> {
              if (container.isEmpty()) {
                usages.put(pod, sample.total());
              } else if (sample.milli().containsKey(container)) {
                usages.put(pod, sample.milli().get(container));
              }
            });
      }
    }
    return seen.pods().isEmpty()
        ? Optional.of("no pods returned by selector while calculating replica count")
        : Optional.empty();
  }

  private PodGroups groups(MetricReading reading, Map<String, Long> usages, String resource) {
    Map<String, PodSample> samples = new HashMap<>();
    if (reading instanceof MetricReading.Samples(var byPod)) {
      usages.keySet().forEach(pod -> samples.put(pod, byPod.get(pod)));
    }
    return PodGroups.of(seen.pods(), samples, resource.equals("cpu"), seen.now(), settings);
  }

  private static void removeLeftOut(PodGroups groups, Map<String, Long> usages) {
    for (HpaDecision.LeftOut out : groups.leftOut()) {
      if (out.why() == HpaDecision.Why.DELETED || out.why() == HpaDecision.Why.FAILED) {
        usages.remove(out.pod());
      }
    }
  }

  /** Of all selected pods; what is wrong if one container says nothing. */
  private Optional<String> requests(String resource, String container, Map<String, Long> requests) {
    for (HpaPod pod : seen.pods()) {
      long sum = 0;
      for (Map.Entry<String, Map<String, Long>> one : pod.requests().entrySet()) {
        if (container.isEmpty() || container.equals(one.getKey())) {
          Long request = one.getValue().get(resource);
          if (request == null) {
            return Optional.of(
                "missing request for %s in container %s of Pod %s"
                    .formatted(resource, one.getKey(), pod.name()));
          }
          sum += request;
        }
      }
      requests.put(pod.name(), sum);
    }
    return Optional.empty();
  }

  /** In whole percents; samples of unknown pods do not count. */
  private static OptionalInt utilization(Map<String, Long> usages, Map<String, Long> requests) {
    long used = 0;
    long requested = 0;
    for (Map.Entry<String, Long> usage : usages.entrySet()) {
      Long request = requests.get(usage.getKey());
      if (request != null) {
        used += usage.getValue();
        requested += request;
      }
    }
    return requested == 0 ? OptionalInt.empty() : OptionalInt.of(percent(used, requested));
  }

  /** As the controller has it, in 64 bits and then cut to 32. */
  static int percent(long used, long requested) {
    return (int) (used * 100 / requested);
  }

  private static long average(Map<String, Long> usages) {
    long sum = 0;
    for (long one : usages.values()) {
      sum += one;
    }
    return sum / usages.size();
  }

  // What others tell

  private MetricProposal ofWhole(HpaMetric metric, HpaTarget target, MetricReading reading) {
    long usage;
    switch (reading) {
      case MetricReading.Failed(String why) -> {
        return refused(metric, "unable to get %s: %s".formatted(metric.displayName(), why));
      }
      case MetricReading.Samples _ -> {
        return refused(
            metric,
            "unable to get %s: each pod has its own where one number is needed"
                .formatted(metric.displayName()));
      }
      case MetricReading.Amounts(List<Long> amounts) -> {
        if (amounts.isEmpty()) {
          return refused(
              metric, "unable to get %s: no metrics returned".formatted(metric.displayName()));
        }
        usage = amounts.stream().mapToLong(Long::longValue).sum();
      }
    }
    return switch (target) {
      case HpaTarget.Value(long milli) -> ofValue(metric, usage, milli);
      case HpaTarget.AverageValue(long milli) -> ofAverage(metric, usage, milli);
      case HpaTarget.Utilization _ ->
          refused(
              metric,
              "invalid metric source: neither a value target nor an average value target was set");
    };
  }

  private MetricProposal ofValue(HpaMetric metric, long usage, long target) {
    double ratio = (double) usage / target;
    int replicas;
    if (seen.currentReplicas() == 0) {
      replicas = ceil(ratio);
    } else if (tolerance.covers(ratio)) {
      replicas = seen.currentReplicas();
    } else if (seen.pods().isEmpty()) {
      return refused(
          metric,
          "unable to calculate ready pods: no pods returned by selector while calculating replica"
              + " count");
    } else {
      replicas = ceil(ratio * readyPods());
    }
    return whole(metric, replicas, usage, ratio);
  }

  private MetricProposal ofAverage(HpaMetric metric, long usage, long target) {
    int replicas = seen.statusReplicas();
    double ratio = (double) usage / ((double) target * (double) replicas);
    if (!tolerance.covers(ratio)) {
      replicas = ceil((double) usage / (double) target);
    }
    return whole(metric, replicas, usage, ratio);
  }

  private int readyPods() {
    int ready = 0;
    for (HpaPod pod : seen.pods()) {
      if (pod.phase() == HpaPod.Phase.RUNNING
          && pod.ready().filter(HpaPod.Ready.TRUE::equals).isPresent()) {
        ready++;
      }
    }
    return ready;
  }

  // Answers

  static int ceil(double replicas) {
    return (int) Math.ceil(replicas);
  }

  private static MetricProposal whole(HpaMetric metric, int replicas, long usage, double ratio) {
    return new MetricProposal(
        metric,
        OptionalInt.of(replicas),
        OptionalLong.of(usage),
        OptionalDouble.of(ratio),
        OptionalDouble.empty(),
        List.of(),
        Optional.empty());
  }

  private static MetricProposal proposal(
      HpaMetric metric, int replicas, long usage, double ratio, PodGroups groups) {
    return new MetricProposal(
        metric,
        OptionalInt.of(replicas),
        OptionalLong.of(usage),
        OptionalDouble.of(ratio),
        OptionalDouble.empty(),
        groups.leftOut(),
        Optional.empty());
  }

  private static MetricProposal proposal(
      HpaMetric metric,
      int replicas,
      long usage,
      double ratio,
      double ratioWithOthers,
      PodGroups groups) {
    return new MetricProposal(
        metric,
        OptionalInt.of(replicas),
        OptionalLong.of(usage),
        OptionalDouble.of(ratio),
        OptionalDouble.of(ratioWithOthers),
        groups.leftOut(),
        Optional.empty());
  }

  private static MetricProposal refused(HpaMetric metric, String error) {
    return new MetricProposal(
        metric,
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        new ArrayList<>(),
        Optional.of(error));
  }
}
