package io.bridgewatch.engine;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Evaluated;
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
 *       CPU and memory of that step count as unseen: a sum of some is no sum.
 * </ol>
 *
 * <p>Safe for several threads.
 */
public final class WorkloadReader {

  /** Gauges that the hub keeps of each workload. */
  public static final String READY = "bridgewatch.workload.replicas.ready";

  public static final String REPLICAS = "bridgewatch.workload.replicas.desired";

  private static final Duration PAGE = Duration.ofHours(6);
  private static final Duration SHORTEST_RATE = Duration.ofMinutes(1);
  private static final double MEASURED = 0.8;
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
   * What was seen between two times.
   *
   * @param from is brought down to a whole step since 1970
   * @param to exclusive; the steps that are over by then
   * @throws QueryTooWideException if one page of requests alone has too many series
   */
  public WorkloadRecording history(WorkloadSubject of, Instant from, Instant to, Duration step) {
    long seconds = step.toSeconds();
    long first = Math.floorDiv(from.getEpochSecond(), seconds) * seconds;
    int steps = (int) Math.max(0, (to.getEpochSecond() - first) / seconds);
    var reading = new Reading(of, Instant.ofEpochSecond(first), (int) seconds, steps);
    return reading.read();
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
            new MetricQuery.Rate(selector, SHORTEST_RATE), Simple.SUM, Set.of(AttributeNames.POD));
    for (Line line :
        MetricQueries.evaluate(query, store, at, at, SHORTEST_RATE, mostSeries).lines()) {
      found.put(line.attributes().getOr(AttributeNames.POD, ""), line.value(0));
    }
    return found;
  }

  private final class Reading {
    private final WorkloadSubject of;
    private final Instant start;
    private final int stepSeconds;
    private final int steps;
    private final Duration window;
    private final Map<Signal, double[]> values = new EnumMap<>(Signal.class);

    /** Pods of which the signal was measured, by step. */
    private final double[] askedPods;

    private final double[] busyPods;

    Reading(WorkloadSubject of, Instant start, int stepSeconds, int steps) {
      this.of = of;
      this.start = start;
      this.stepSeconds = stepSeconds;
      this.steps = steps;
      Duration step = Duration.ofSeconds(stepSeconds);
      this.window = step.compareTo(SHORTEST_RATE) < 0 ? SHORTEST_RATE : step;
      this.askedPods = unseen();
      this.busyPods = unseen();
    }

    WorkloadRecording read() {
      if (steps > 0) {
        requests();
        cpu();
        double[] heldPods = memory();
        replicas();
        unmeasured(askedPods, Signal.REQUESTS, Signal.IN_FLIGHT);
        unmeasured(busyPods, Signal.CPU);
        unmeasured(heldPods, Signal.MEMORY);
      }
      return new WorkloadRecording(start, stepSeconds, steps, values);
    }

    // Requests

    private void requests() {
      Optional<RequestSource> best = Optional.empty();
      double most = 0;
      double[] bestRate = new double[0];
      double[] bestPods = new double[0];
      for (RequestSource source : RequestSource.of(store, of.ofPods())) {
        double[] rate = unseen();
        double[] pods = unseen();
        sumByPod(source.counts(), rate, pods);
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
      double[] share = unseen();
      for (String outcome : source.outcomes()) {
        double[] failed = unseen();
        sum(new MetricQuery.Rate(source.failed(outcome), window), failed);
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
      double[] inFlight = unseen();
      sum(new MetricQuery.Rate(sums, window), inFlight);
      double[] rate = seen(Signal.REQUESTS);
      double[] mean = unseen();
      for (int i = 0; i < steps; i++) {
        inFlight[i] *= secondsPerUnit;
        mean[i] = rate[i] > 0 ? inFlight[i] / rate[i] : Double.NaN;
      }
      values.put(Signal.IN_FLIGHT, inFlight);
      values.put(Signal.LATENCY_MEAN, mean);
    }

    private void quantile(MetricSelector buckets, double secondsPerUnit) {
      double[] latency = unseen();
      var query =
          new MetricQuery.HistogramQuantile(
              0.95,
              new MetricQuery.Aggregate(
                  new MetricQuery.Rate(buckets, window), Simple.SUM, Set.of("le")));
      try {
        sum(query, latency);
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
          window.compareTo(SHORTEST_RATE) > 0 ? window : SHORTEST_RATE.multipliedBy(2);
      double[] rate = unseen();
      sum(new MetricQuery.Rate(ofCalls(CallMetrics.COUNT), minute), rate);
      double[] failed = unseen();
      sum(new MetricQuery.Rate(ofCalls(CallMetrics.ERRORS), minute), failed);
      double[] share = unseen();
      for (int i = 0; i < steps; i++) {
        share[i] =
            rate[i] > 0
                ? Math.min(1, (Double.isNaN(failed[i]) ? 0 : failed[i]) / rate[i])
                : Double.NaN;
      }
      double[] latency = unseen();
      var slow = new ArrayList<>(of.ofServices());
      slow.add(AttributeMatch.equal(AttributeNames.QUANTILE, "0.95"));
      pages(
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
          double[] cores = unseen();
          Arrays.fill(busyPods, Double.NaN);
          sumByPod(new MetricSelector(Optional.of(metric), matches), cores, busyPods);
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
          double[] bytes = unseen();
          double[] pods = unseen();
          var selector = new MetricSelector(Optional.of(metric), matches);
          sumByPod(new MetricQuery.OverTime(selector, window, Simple.LAST), bytes, pods);
          if (Arrays.stream(bytes).anyMatch(one -> !Double.isNaN(one))) {
            values.put(Signal.MEMORY, bytes);
            return pods;
          }
        }
      }
      return unseen();
    }

    /** Of containers with a name: what has none is the whole pod, or what holds it open. */
    private List<AttributeMatch> ofContainers() {
      var matches = new ArrayList<>(of.ofPods());
      matches.add(new AttributeMatch.Like(AttributeNames.CONTAINER, Pattern.compile(".+"), true));
      return matches;
    }

    private void replicas() {
      double[] ready = unseen();
      double[] asked = unseen();
      level(new MetricSelector(Optional.of(READY), of.itself()), ready);
      level(new MetricSelector(Optional.of(REPLICAS), of.itself()), asked);
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
      double[] exported = unseen();
      level(new MetricSelector(Optional.of(metric), of.asExported()), exported);
      for (int i = 0; i < steps; i++) {
        known[i] = Double.isNaN(known[i]) ? exported[i] : known[i];
      }
    }

    private void unmeasured(double[] measured, Signal... signals) {
      double[] ready = seen(Signal.READY);
      for (Signal signal : signals) {
        double[] numbers = values.get(signal);
        for (int i = 0; numbers != null && i < steps; i++) {
          if (measured[i] < MEASURED * ready[i]) {
            numbers[i] = Double.NaN;
          }
        }
      }
    }

    private double[] seen(Signal signal) {
      double[] numbers = values.get(signal);
      return numbers == null ? unseen() : numbers;
    }

    private double[] unseen() {
      double[] numbers = new double[steps];
      Arrays.fill(numbers, Double.NaN);
      return numbers;
    }

    // Reading

    /** What lines are at one step, none of them empty. */
    private interface OfStep {
      void take(int step, List<Line> lines, int at);
    }

    private void sum(MetricQuery query, double[] into) {
      pages(
          new MetricQuery.Aggregate(query, Simple.SUM, Set.of()),
          (step, lines, at) -> into[step] = lines.getFirst().value(at));
    }

    private void sumByPod(MetricSelector selector, double[] into, double[] pods) {
      sumByPod(new MetricQuery.Rate(selector, window), into, pods);
    }

    private void sumByPod(MetricQuery query, double[] into, double[] pods) {
      pages(
          new MetricQuery.Aggregate(query, Simple.SUM, Set.of(AttributeNames.POD)),
          (step, lines, at) -> {
            double sum = 0;
            int count = 0;
            for (Line line : lines) {
              double value = line.value(at);
              if (!Double.isNaN(value)) {
                sum += value;
                count++;
              }
            }
            if (count > 0) {
              into[step] = sum;
              pods[step] = count;
            }
          });
    }

    private void level(MetricSelector selector, double[] into) {
      pages(
          new MetricQuery.Aggregate(
              new MetricQuery.OverTime(selector, window, Simple.LAST), Simple.MAXIMUM, Set.of()),
          (step, lines, at) -> into[step] = lines.getFirst().value(at));
    }

    private void pages(MetricQuery query, OfStep each) {
      int page = (int) Math.max(1, PAGE.toSeconds() / stepSeconds);
      for (int first = 0; first < steps; first += page) {
        int count = Math.min(page, steps - first);
        Evaluated found =
            MetricQueries.evaluate(
                query,
                store,
                ending(first),
                ending(first + count - 1),
                Duration.ofSeconds(stepSeconds),
                mostSeries);
        if (!found.lines().isEmpty()) {
          for (int i = 0; i < found.times(); i++) {
            each.take(first + i, found.lines(), i);
          }
        }
      }
    }

    /** A moment before the next step begins, so that what it begins with is not of this one. */
    private Instant ending(int step) {
      return start.plusSeconds((long) (step + 1) * stepSeconds).minusMillis(1);
    }
  }
}
