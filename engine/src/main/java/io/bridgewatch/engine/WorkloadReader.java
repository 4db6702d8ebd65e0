package io.bridgewatch.engine;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Line;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction.Simple;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what a workload received and was from a store of metrics.
 *
 * <ol>
 *   <li>Of all sources of requests the one with most is taken, one that tells durations before an
 *       equal one that does not; where its pods tell none, what traces counted.
 *   <li>The time is read in pages, each with at most so many series. Buckets of more series than
 *       that are passed over: the quantile is then unknown, the rest is not.
 *   <li>Before anybody told of ready replicas, pods that were measured stand for them.
 *   <li>Where fewer than four in five of the ready replicas were measured, requests, concurrency,
 *       CPU, memory, network, queues and pools of that step count as unseen: a sum of some is no
 *       sum.
 * </ol>
 *
 * <p>Safe for several threads.
 */
public final class WorkloadReader {

  /** Gauges that the hub keeps of each workload. */
  public static final String READY = "bridgewatch.workload.replicas.ready";

  public static final String REPLICAS = "bridgewatch.workload.replicas.desired";

  private static final double AS_MANY = 0.95;

  private static final List<String> CPU =
      List.of(
          "container_cpu_usage_seconds_total",
          "container.cpu.time",
          "k8s.pod.cpu.time",
          "process_cpu_seconds_total",
          "process.cpu.time");

  private static final List<String> MEMORY =
      List.of(
          "container_memory_working_set_bytes",
          "container.memory.working_set",
          "k8s.pod.memory.working_set",
          "process_resident_memory_bytes");

  private final MetricStore store;
  private final int mostSeries;

  /**
   * @param mostSeries of one page of one signal
   */
  public WorkloadReader(MetricStore store, int mostSeries) {
    this.store = store;
    this.mostSeries = mostSeries;
  }

  /**
   * What was seen between two times; network, queues and pools are not read.
   *
   * @param from is brought down to a whole step since 1970
   * @param to exclusive; the steps that are over by then
   * @throws QueryTooWideException if one page of requests alone has too many series
   */
  public WorkloadRecording history(WorkloadSubject of, Instant from, Instant to, Duration step) {
    return reading(of, from, to, step).read();
  }

  /**
   * The same with what only the choice of a trigger asks for: network, queues and pools. It reads
   * more series, so that loops are better served by {@link #history}.
   *
   * @param consumes names of consumer groups and queues whose messages the workload alone takes
   */
  public WorkloadRecording historyForTriggers(
      WorkloadSubject of, Set<String> consumes, Instant from, Instant to, Duration step) {
    return reading(of, from, to, step).readForTriggers(consumes);
  }

  private Reading reading(WorkloadSubject of, Instant from, Instant to, Duration step) {
    long seconds = step.toSeconds();
    long first = Math.floorDiv(from.getEpochSecond(), seconds) * seconds;
    int steps = (int) Math.max(0, (to.getEpochSecond() - first) / seconds);
    return new Reading(of, Instant.ofEpochSecond(first), (int) seconds, steps);
  }

  /**
   * What a pod was asked in the last minute.
   *
   * @param requests a second
   * @param inFlight requests being served at a time; {@code NaN} where that is not told
   */
  public record PodLoad(double requests, double inFlight) {}

  /**
   * The same of single pods, as of a time; pods of which nothing was seen are absent.
   *
   * @param matches what their series have to be like
   */
  public Map<String, PodLoad> pods(List<AttributeMatch> matches, Instant at) {
    Map<String, PodLoad> best = Map.of();
    double most = 0;
    for (RequestSource source : RequestSource.of(store, matches)) {
      Map<String, Double> rates = byPod(source.counts(), at);
      double total = rates.values().stream().mapToDouble(Double::doubleValue).sum();
      if (best.isEmpty() ? !rates.isEmpty() : total > most / AS_MANY) {
        Map<String, Double> sums =
            source.sums().map(sum -> byPod(sum, at)).orElse(Map.<String, Double>of());
        var loads = new TreeMap<String, PodLoad>();
        rates.forEach(
            (pod, rate) ->
                loads.put(
                    pod,
                    new PodLoad(
                        rate,
                        sums.containsKey(pod)
                            ? sums.get(pod) * source.secondsPerUnit()
                            : Double.NaN)));
        best = loads;
        most = total;
      }
    }
    return best;
  }

  private Map<String, Double> byPod(MetricSelector selector, Instant at) {
    var found = new TreeMap<String, Double>();
    var query =
        new MetricQuery.Aggregate(
            new MetricQuery.Rate(selector, StepQueries.SHORTEST_RATE),
            Simple.SUM,
            Set.of(AttributeNames.POD));
    for (Line line :
        MetricQueries.evaluate(query, store, at, at, StepQueries.SHORTEST_RATE, mostSeries)
            .lines()) {
      found.put(line.attributes().getOr(AttributeNames.POD, ""), line.value(0));
    }
    return found;
  }

  private final class Reading {
    private final WorkloadSubject of;
    private final Instant start;
    private final int stepSeconds;
    private final int steps;
    private final StepQueries queries;
    private final Map<Signal, double[]> values = new EnumMap<>(Signal.class);

    /** Pods of which the signal was measured, by step. */
    private final double[] askedPods;

    private final double[] busyPods;

    Reading(WorkloadSubject of, Instant start, int stepSeconds, int steps) {
      this.of = of;
      this.start = start;
      this.stepSeconds = stepSeconds;
      this.steps = steps;
      this.queries = new StepQueries(store, mostSeries, start, stepSeconds, steps);
      this.askedPods = queries.unseen();
      this.busyPods = queries.unseen();
    }

    WorkloadRecording read() {
      load();
      return recording();
    }

    WorkloadRecording readForTriggers(Set<String> consumes) {
      load();
      if (steps > 0) {
        values.putAll(TriggerSignals.read(queries, of, consumes, seen(Signal.READY)));
      }
      return recording();
    }

    private WorkloadRecording recording() {
      return new WorkloadRecording(start, stepSeconds, steps, values);
    }

    private void load() {
      if (steps > 0) {
        requests();
        cpu();
        double[] heldPods = memory();
        replicas();
        unmeasured(askedPods, Signal.REQUESTS, Signal.IN_FLIGHT);
        unmeasured(busyPods, Signal.CPU);
        unmeasured(heldPods, Signal.MEMORY);
      }
    }

    // Requests

    private void requests() {
      Optional<RequestSource> best = Optional.empty();
      double most = 0;
      double[] bestRate = new double[0];
      double[] bestPods = new double[0];
      for (RequestSource source : RequestSource.of(store, of.ofPods())) {
        double[] rate = queries.unseen();
        double[] pods = queries.unseen();
        queries.sumByPod(new MetricQuery.Rate(source.counts(), queries.window()), rate, pods);
        double total = Arrays.stream(rate).filter(one -> !Double.isNaN(one)).sum();
        boolean plain = best.isPresent() && best.get().tellsDurations() && !source.tellsDurations();
        if (total > (plain ? most / AS_MANY : most)) {
          best = Optional.of(source);
          most = total;
          bestRate = rate;
          bestPods = pods;
        }
      }
      if (best.isEmpty()) {
        calls();
        return;
      }
      RequestSource source = best.get();
      values.put(Signal.REQUESTS, bestRate);
      System.arraycopy(bestPods, 0, askedPods, 0, steps);
      failures(source);
      source.sums().ifPresent(sums -> durations(sums, source.secondsPerUnit()));
      source.buckets().ifPresent(buckets -> quantile(buckets, source.secondsPerUnit()));
    }

    /** No count of failures is none, as long as requests are counted. */
    private void failures(RequestSource source) {
      if (source.outcomes().isEmpty()) {
        return;
      }
      double[] rate = seen(Signal.REQUESTS);
      double[] share = queries.unseen();
      for (String outcome : source.outcomes()) {
        double[] failed = queries.unseen();
        queries.sum(new MetricQuery.Rate(source.failed(outcome), queries.window()), failed);
        for (int i = 0; i < steps; i++) {
          double one = Double.isNaN(failed[i]) ? 0 : failed[i];
          if (rate[i] > 0) {
            double its = Math.min(1, one / rate[i]);
            share[i] = Double.isNaN(share[i]) ? its : Math.max(share[i], its);
          }
        }
      }
      values.put(Signal.ERROR_SHARE, share);
    }

    /** What requests took in a second of time is how many there were at a time. */
    private void durations(MetricSelector sums, double secondsPerUnit) {
      double[] inFlight = queries.unseen();
      queries.sum(new MetricQuery.Rate(sums, queries.window()), inFlight);
      double[] rate = seen(Signal.REQUESTS);
      double[] mean = queries.unseen();
      for (int i = 0; i < steps; i++) {
        inFlight[i] *= secondsPerUnit;
        mean[i] = rate[i] > 0 ? inFlight[i] / rate[i] : Double.NaN;
      }
      values.put(Signal.IN_FLIGHT, inFlight);
      values.put(Signal.LATENCY_MEAN, mean);
    }

    private void quantile(MetricSelector buckets, double secondsPerUnit) {
      double[] latency = queries.unseen();
      var query =
          new MetricQuery.HistogramQuantile(
              0.95,
              new MetricQuery.Aggregate(
                  new MetricQuery.Rate(buckets, queries.window()), Simple.SUM, Set.of("le")));
      try {
        queries.sum(query, latency);
      } catch (QueryTooWideException tooManyBuckets) {
        return; // it is unknown, which its completeness tells
      }
      for (int i = 0; i < steps; i++) {
        latency[i] *= secondsPerUnit;
      }
      values.put(Signal.LATENCY_P95, latency);
    }

    /** What traces counted, by the minute. */
    private void calls() {
      if (of.services().isEmpty()) {
        return;
      }
      Duration minute =
          queries.window().compareTo(StepQueries.SHORTEST_RATE) > 0
              ? queries.window()
              : StepQueries.SHORTEST_RATE.multipliedBy(2);
      double[] rate = queries.unseen();
      queries.sum(new MetricQuery.Rate(ofCalls(CallMetrics.COUNT), minute), rate);
      double[] failed = queries.unseen();
      queries.sum(new MetricQuery.Rate(ofCalls(CallMetrics.ERRORS), minute), failed);
      double[] share = queries.unseen();
      for (int i = 0; i < steps; i++) {
        share[i] =
            rate[i] > 0
                ? Math.min(1, (Double.isNaN(failed[i]) ? 0 : failed[i]) / rate[i])
                : Double.NaN;
      }
      double[] latency = queries.unseen();
      var slow = new ArrayList<>(of.ofServices());
      slow.add(AttributeMatch.equal(AttributeNames.QUANTILE, "0.95"));
      queries.each(
          new MetricQuery.Aggregate(
              new MetricQuery.OverTime(
                  new MetricSelector(Optional.of(CallMetrics.DURATION), slow),
                  minute,
                  Simple.MAXIMUM),
              Simple.MAXIMUM,
              Set.of()),
          (step, lines, at) -> latency[step] = lines.getFirst().value(at));
      values.put(Signal.REQUESTS, rate);
      values.put(Signal.ERROR_SHARE, share);
      values.put(Signal.LATENCY_P95, latency);
    }

    private MetricSelector ofCalls(String metric) {
      return new MetricSelector(Optional.of(metric), of.ofServices());
    }

    // What it used and was

    private void cpu() {
      for (String metric : CPU) {
        for (List<AttributeMatch> matches : List.of(ofContainers(), of.ofPods())) {
          double[] cores = queries.unseen();
          Arrays.fill(busyPods, Double.NaN);
          queries.sumByPod(
              new MetricQuery.Rate(
                  new MetricSelector(Optional.of(metric), matches), queries.window()),
              cores,
              busyPods);
          if (Arrays.stream(cores).anyMatch(one -> !Double.isNaN(one))) {
            values.put(Signal.CPU, cores);
            return;
          }
        }
      }
    }

    /** Returns how many pods were measured. */
    private double[] memory() {
      for (String metric : MEMORY) {
        for (List<AttributeMatch> matches : List.of(ofContainers(), of.ofPods())) {
          double[] bytes = queries.unseen();
          double[] pods = queries.unseen();
          var selector = new MetricSelector(Optional.of(metric), matches);
          queries.sumByPod(
              new MetricQuery.OverTime(selector, queries.window(), Simple.LAST), bytes, pods);
          if (Arrays.stream(bytes).anyMatch(one -> !Double.isNaN(one))) {
            values.put(Signal.MEMORY, bytes);
            return pods;
          }
        }
      }
      return queries.unseen();
    }

    /** Of containers with a name: what has none is the whole pod, or what holds it open. */
    private List<AttributeMatch> ofContainers() {
      var matches = new ArrayList<>(of.ofPods());
      matches.add(new AttributeMatch.Like(AttributeNames.CONTAINER, Pattern.compile(".+"), true));
      return matches;
    }

    private void replicas() {
      double[] ready = queries.unseen();
      double[] asked = queries.unseen();
      queries.level(new MetricSelector(Optional.of(READY), of.itself()), ready);
      queries.level(new MetricSelector(Optional.of(REPLICAS), of.itself()), asked);
      String exported = of.kind().equals("StatefulSet") ? "kube_statefulset" : "kube_deployment";
      fill(ready, exported + "_status_replicas_ready");
      fill(asked, exported + (of.kind().equals("StatefulSet") ? "_replicas" : "_spec_replicas"));
      for (int i = 0; i < steps && Double.isNaN(ready[i]); i++) {
        ready[i] = Double.isNaN(busyPods[i]) ? askedPods[i] : busyPods[i];
      }
      values.put(Signal.READY, ready);
      values.put(Signal.REPLICAS, asked);
    }

    /** Gaps by what the usual exporter of objects tells. */
    private void fill(double[] known, String metric) {
      if (Arrays.stream(known).noneMatch(Double::isNaN)) {
        return;
      }
      double[] exported = queries.unseen();
      queries.level(new MetricSelector(Optional.of(metric), of.asExported()), exported);
      for (int i = 0; i < steps; i++) {
        known[i] = Double.isNaN(known[i]) ? exported[i] : known[i];
      }
    }

    private void unmeasured(double[] measured, Signal... signals) {
      for (Signal signal : signals) {
        double[] numbers = values.get(signal);
        if (numbers != null) {
          StepQueries.takeOutPartly(numbers, measured, seen(Signal.READY));
        }
      }
    }

    private double[] seen(Signal signal) {
      double[] numbers = values.get(signal);
      return numbers == null ? queries.unseen() : numbers;
    }
  }
}
