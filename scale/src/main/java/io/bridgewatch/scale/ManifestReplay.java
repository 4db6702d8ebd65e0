package io.bridgewatch.scale;

import io.bridgewatch.scale.MetricReading.PodSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Any autoscaler in a replay, decided by {@link HpaController} on pods that are all alike: each
 * requests the CPU that serves its capacity, and counts as ready once it was measured. For one run.
 *
 * <p>Of metrics by name, those that speak of requests (or rps, qps) are the arrivals, those of
 * concurrency (or in-flight, inflight) the requests in service or in line; no other is known to a
 * replay of a load.
 */
public final class ManifestReplay implements ReplayPolicy {

  private static final long POD_MILLI = 1000;
  private static final String STANDARD_CONTAINER = "app";

  /** What a metric is in the plant. */
  private enum Meaning {
    BUSY,
    ARRIVALS,
    IN_FLIGHT,
    /** A metric of our own, which is computed. */
    NEEDED
  }

  private final HpaSpec spec;
  private final PlantSettings plant;
  private final Map<String, NeededReplicas> needed;
  private final List<Meaning> meanings;
  private final String container;
  private final HpaController controller = new HpaController(HpaSettings.standard());
  private HpaHistory history;

  /**
   * @throws IllegalArgumentException if a metric is none that a replay knows
   */
  public ManifestReplay(HpaSpec spec, PlantSettings plant) {
    this(spec, plant, Map.of());
  }

  /**
   * @param needed external metrics of our own, by name
   */
  ManifestReplay(HpaSpec spec, PlantSettings plant, Map<String, NeededReplicas> needed) {
    this.spec = spec;
    this.plant = plant;
    this.needed = Map.copyOf(needed);
    this.meanings = spec.metrics().stream().map(one -> meaning(one, needed)).toList();
    this.container =
        spec.metrics().stream()
            .map(
                metric ->
                    metric instanceof HpaMetric.ContainerResource(_, String name, _) ? name : "")
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse(STANDARD_CONTAINER);
    this.history = new HpaHistory(true, List.of(), List.of(), List.of());
  }

  /**
   * Of an autoscaler that uses external metrics of ours, with what these told at the time. A step
   * in which one told nothing is one in which it failed, as it was then.
   *
   * @param told a number for each step of the history by the metric's name; {@code NaN} for nothing
   * @param from step at which the replay begins
   * @throws IllegalArgumentException if another metric is none that a replay knows
   */
  public static ManifestReplay asTold(
      HpaSpec spec, PlantSettings plant, Map<String, double[]> told, int stepSeconds, int from) {
    var needed = new HashMap<String, NeededReplicas>();
    told.forEach((metric, steps) -> needed.put(metric, new RecordedNeed(steps, stepSeconds, from)));
    return new ManifestReplay(spec, plant, needed);
  }

  private static Meaning meaning(HpaMetric metric, Map<String, NeededReplicas> needed) {
    return switch (metric) {
      case HpaMetric.Resource(String resource, _) -> ofResource(resource);
      case HpaMetric.ContainerResource(String resource, _, _) -> ofResource(resource);
      case HpaMetric.Pods(String name, _) -> ofName(name);
      case HpaMetric.Object(String name, _, _) -> ofName(name);
      case HpaMetric.External(String name, _) ->
          needed.containsKey(name) ? Meaning.NEEDED : ofName(name);
    };
  }

  private static Meaning ofResource(String resource) {
    if (resource.equals("cpu")) {
      return Meaning.BUSY;
    }
    throw new IllegalArgumentException(
        "cannot replay a load for resource %s: only cpu follows from a load".formatted(resource));
  }

  private static Meaning ofName(String metric) {
    String name = metric.toLowerCase(Locale.ROOT).replaceAll("[-_./]", "");
    if (name.contains("concurren") || name.contains("inflight")) {
      return Meaning.IN_FLIGHT;
    }
    if (name.contains("request") || name.contains("rps") || name.contains("qps")) {
      return Meaning.ARRIVALS;
    }
    throw new IllegalArgumentException(
        "cannot replay a load for metric %s: its name says neither requests, rps or qps nor concurrency or in-flight"
            .formatted(metric));
  }

  @Override
  public int maxReplicas() {
    return spec.maxReplicas();
  }

  @Override
  public int replicas(View view) {
    Instant now = Instant.EPOCH.plusSeconds(view.now());
    int ready = Math.clamp(Math.min(view.ready(), view.readyWhenMeasured()), 1, view.replicas());
    var pods = new ArrayList<HpaPod>();
    for (int i = 0; i < view.replicas(); i++) {
      pods.add(pod(i, i < ready, now));
    }
    var readings = new ArrayList<MetricReading>();
    for (int i = 0; i < meanings.size(); i++) {
      readings.add(reading(spec.metrics().get(i), meanings.get(i), view, ready, now));
    }
    HpaDecision decision =
        controller.look(
            spec,
            new HpaObservation(now, view.replicas(), view.replicas(), pods, readings),
            history);
    history = decision.history();
    return decision.replicas();
  }

  private HpaPod pod(int number, boolean ready, Instant now) {
    return new HpaPod(
        "p" + number,
        ready ? HpaPod.Phase.RUNNING : HpaPod.Phase.PENDING,
        false,
        Optional.of(ready ? HpaPod.Ready.TRUE : HpaPod.Ready.FALSE),
        Optional.of(now.minusSeconds(4_000)),
        Optional.of(now.minusSeconds(4_100)),
        Map.of(container, Map.of("cpu", POD_MILLI)));
  }

  private MetricReading reading(
      HpaMetric metric, Meaning meaning, View view, int ready, Instant now) {
    double value =
        switch (meaning) {
          case BUSY -> view.busy();
          case ARRIVALS -> view.arrivals();
          case IN_FLIGHT -> view.inFlight();
          case NEEDED -> needed(metric).at(view);
        };
    if (Double.isNaN(value)) {
      return new MetricReading.Failed("nothing was told of " + metric.displayName());
    }
    long whole = Math.round(1000 * value);
    return switch (metric) {
      case HpaMetric.Resource _, HpaMetric.ContainerResource _, HpaMetric.Pods _ ->
          samples(whole, ready, now);
      case HpaMetric.Object _, HpaMetric.External _ -> new MetricReading.Amounts(List.of(whole));
    };
  }

  private NeededReplicas needed(HpaMetric metric) {
    return metric instanceof HpaMetric.External(String name, _)
        ? Objects.requireNonNull(needed.get(name))
        : _ -> 0;
  }

  private MetricReading samples(long whole, int ready, Instant now) {
    Instant measured = now.minusSeconds(plant.lagSeconds());
    var samples = new HashMap<String, PodSample>();
    for (int i = 0; i < ready; i++) {
      long share = whole / ready + (i < whole % ready ? 1 : 0);
      samples.put(
          "p" + i,
          new PodSample(
              Map.of(container, share), measured, Duration.ofSeconds(plant.windowSeconds())));
    }
    return new MetricReading.Samples(samples);
  }
}
