package io.bridgewatch.engine;

import io.bridgewatch.engine.StepQueries.Page;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.ports.MetricQueries.Line;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction.Simple;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import io.bridgewatch.topology.SaturationMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Reads what only the choice of a trigger asks of a workload.
 *
 * <ul>
 *   <li>Network: bytes of both directions over all interfaces but the loopback, of the first family
 *       of metrics that has any. They are the pods', not their containers'.
 *   <li>Queue: where the workload says what it consumes and a broker tells how many messages wait
 *       for that, those. Else all that waits in its pods, added up; what is counted in several
 *       spellings counts once, in the first that a pod has.
 *   <li>Pool: of each pod its fullest pool, their mean. A pool of one place is either empty or full
 *       and tells nothing.
 * </ul>
 *
 * <p>A signal whose page has too many series is unknown, the others are not.
 */
final class TriggerSignals {

  /** The metrics of one family, which are added; all of them must be there. */
  private static final List<List<String>> NETWORK =
      List.of(
          List.of(
              "container_network_receive_bytes_total", "container_network_transmit_bytes_total"),
          List.of("k8s.pod.network.io"),
          List.of("k8s_pod_network_io_bytes_total"),
          List.of("k8s_pod_network_io"),
          List.of("container.network.io"),
          List.of("container_network_io_bytes_total"));

  /** As cadvisor, collectors and OpenTelemetry's conventions name an interface. */
  private static final List<String> INTERFACES =
      List.of("interface", "network.interface.name", "network_interface_name");

  private static final String LOOPBACK = "lo";

  private final StepQueries steps;
  private final WorkloadSubject of;
  private final List<AttributeMatch> ofPods;
  private final Set<String> consumes;
  private final double[] ready;
  private final Set<String> told;

  private TriggerSignals(
      StepQueries steps, WorkloadSubject of, Set<String> consumes, double[] ready) {
    this.steps = steps;
    this.of = of;
    this.ofPods = of.ofPods();
    this.consumes = consumes;
    this.ready = ready;
    this.told =
        steps.store().metrics(new MetricSelector(Optional.empty(), ofPods)).stream()
            .map(MetricStore.Metric::name)
            .collect(Collectors.toSet());
  }

  /**
   * @param consumes names of consumer groups and queues that are the workload's alone
   * @param ready replicas, by step
   * @return those that were seen, a number for each step
   */
  static Map<Signal, double[]> read(
      StepQueries steps, WorkloadSubject of, Set<String> consumes, double[] ready) {
    var signals = new TriggerSignals(steps, of, consumes, ready);
    var values = new EnumMap<Signal, double[]>(Signal.class);
    signals.put(Signal.NETWORK, signals::network, values);
    signals.put(Signal.QUEUE, signals::queue, values);
    signals.put(Signal.POOL, signals::pool, values);
    return values;
  }

  /** Reads a signal, and of how many pods it was measured, by step. */
  private interface Reading {
    void into(double[] numbers, double[] pods);
  }

  private void put(Signal signal, Reading reading, Map<Signal, double[]> values) {
    double[] numbers = steps.unseen();
    double[] pods = steps.unseen();
    try {
      reading.into(numbers, pods);
    } catch (QueryTooWideException tooManySeries) {
      return; // it is unknown, which its completeness tells
    }
    StepQueries.takeOutPartly(numbers, pods, ready);
    values.put(signal, numbers);
  }

  // Network

  private void network(double[] numbers, double[] pods) {
    for (List<String> family : NETWORK) {
      if (told.containsAll(family)) {
        sumOfAll(family, numbers, pods);
        if (isSeen(numbers)) {
          return;
        }
      }
    }
  }

  private void sumOfAll(List<String> family, double[] numbers, double[] pods) {
    var matches = new ArrayList<>(ofPods);
    for (String attribute : INTERFACES) {
      matches.add(new AttributeMatch.NoneOf(attribute, Set.of(LOOPBACK)));
    }
    Arrays.fill(numbers, 0);
    Arrays.fill(pods, Double.POSITIVE_INFINITY);
    for (String metric : family) {
      double[] bytes = steps.unseen();
      double[] measured = steps.unseen();
      var selector = new MetricSelector(Optional.of(metric), matches);
      steps.sumByPod(new MetricQuery.Rate(selector, steps.window()), bytes, measured);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] += bytes[i];
        pods[i] = Math.min(pods[i], measured[i]);
      }
    }
  }

  // Queues and pools

  private void queue(double[] numbers, double[] pods) {
    if (!consumes.isEmpty() && backlog(numbers)) {
      Arrays.fill(pods, Double.POSITIVE_INFINITY); // it needs no pod to be told
      return;
    }
    for (Page page : steps.pages()) {
      var waiting = new HashMap<String, double[]>();
      for (SaturationMetrics.Queue queue : SaturationMetrics.queues()) {
        waiting(queue, page).forEach((pod, its) -> merge(waiting, pod, its, Double::sum));
      }
      reduce(waiting.values(), page, (sum, count) -> sum, numbers, pods);
    }
  }

  /** Reads what waits at brokers, and returns whether anything was told. */
  private boolean backlog(double[] numbers) {
    boolean seen = false;
    for (List<SaturationMetrics.Backlog> system : SaturationMetrics.backlogs()) {
      for (SaturationMetrics.Backlog one : system) {
        double[] its = steps.unseen();
        steps.sum(ofConsumed(one), its);
        if (isSeen(its)) {
          for (int i = 0; i < its.length; i++) {
            double waits = Math.max(0, its[i]); // an unknown offset is told as -1
            numbers[i] = seen ? numbers[i] + waits : waits;
          }
          seen = true;
          break;
        }
      }
    }
    return seen;
  }

  /** Two exporters of one broker tell the same. */
  private MetricQuery ofConsumed(SaturationMetrics.Backlog backlog) {
    var selector =
        new MetricSelector(
            Optional.of(backlog.metric()),
            List.of(of.cluster(), new AttributeMatch.OneOf(backlog.consumer(), consumes)));
    return new MetricQuery.Aggregate(
        new MetricQuery.OverTime(selector, steps.window(), Simple.AVERAGE),
        Simple.MAXIMUM,
        Set.of(backlog.consumer(), "topic", "partition", "vhost"));
  }

  private static boolean isSeen(double[] numbers) {
    return Arrays.stream(numbers).anyMatch(one -> !Double.isNaN(one));
  }

  /** Of each pod in the first spelling that it has. */
  private Map<String, double[]> waiting(SaturationMetrics.Queue queue, Page page) {
    var found = new HashMap<String, double[]>();
    for (String spelling : queue.spellings()) {
      if (told.contains(spelling)) {
        var before = new HashSet<>(found.keySet());
        averages(spelling, Optional.empty(), Set.of(), page)
            .forEach(
                (part, its) -> {
                  if (!before.contains(part.pod)) {
                    merge(found, part.pod, its, Double::sum);
                  }
                });
      }
    }
    return found;
  }

  private void pool(double[] numbers, double[] pods) {
    for (Page page : steps.pages()) {
      var fullest = new HashMap<String, double[]>();
      for (SaturationMetrics.Pool pool : SaturationMetrics.pools()) {
        if (told.contains(pool.used()) && told.contains(pool.most())) {
          uses(pool, page).forEach((part, its) -> merge(fullest, part.pod, its, Math::max));
        }
      }
      reduce(fullest.values(), page, (sum, count) -> sum / count, numbers, pods);
    }
  }

  private Map<Part, double[]> uses(SaturationMetrics.Pool pool, Page page) {
    Map<Part, double[]> used = averages(pool.used(), pool.state(), pool.name(), page);
    Map<Part, double[]> most = averages(pool.most(), Optional.empty(), pool.name(), page);
    used.keySet().retainAll(most.keySet());
    most.forEach((part, places) -> used.computeIfPresent(part, (_, its) -> shares(its, places)));
    return used;
  }

  private static double[] shares(double[] used, double[] most) {
    double[] shares = new double[used.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = most[i] > 1 ? Math.min(1, used[i] / most[i]) : Double.NaN;
    }
    return shares;
  }

  /**
   * A part of a pod.
   *
   * @param name values of the attributes that tell the parts of a container apart
   */
  private record Part(String pod, String container, List<String> name) {}

  /** What a gauge was in each step of a page, {@code NaN} where it was negative. */
  private Map<Part, double[]> averages(
      String metric, Optional<AttributeMatch> state, Set<String> name, Page page) {
    var matches = new ArrayList<>(ofPods);
    state.ifPresent(matches::add);
    var by = new HashSet<>(name);
    by.add(AttributeNames.POD);
    by.add(AttributeNames.CONTAINER);
    var query =
        new MetricQuery.Aggregate(
            new MetricQuery.OverTime(
                new MetricSelector(Optional.of(metric), matches), steps.window(), Simple.AVERAGE),
            Simple.SUM,
            by);
    var found = new HashMap<Part, double[]>();
    for (Line line : steps.lines(query, page)) {
      var part =
          new Part(
              line.attributes().getOr(AttributeNames.POD, ""),
              line.attributes().getOr(AttributeNames.CONTAINER, ""),
              name.stream().sorted().map(one -> line.attributes().getOr(one, "")).toList());
      found.put(
          part,
          DoubleStream.of(line.values()).map(value -> value >= 0 ? value : Double.NaN).toArray());
    }
    return found;
  }

  /** What only one of them has stays. */
  private static void merge(
      Map<String, double[]> all, String pod, double[] its, DoubleBinaryOperator both) {
    double[] known = all.putIfAbsent(pod, its);
    if (known == null) {
      return;
    }
    for (int i = 0; i < known.length; i++) {
      known[i] =
          Double.isNaN(known[i])
              ? its[i]
              : Double.isNaN(its[i]) ? known[i] : both.applyAsDouble(known[i], its[i]);
    }
  }

  /**
   * What the pods come to.
   *
   * @param of their sum and how many they are
   */
  private static void reduce(
      Collection<double[]> byPod,
      Page page,
      BiFunction<Double, Integer, Double> of,
      double[] numbers,
      double[] pods) {
    for (int i = 0; i < page.count(); i++) {
      double sum = 0;
      int count = 0;
      for (double[] its : byPod) {
        if (!Double.isNaN(its[i])) {
          sum += its[i];
          count++;
        }
      }
      if (count > 0) {
        numbers[page.first() + i] = of.apply(sum, count);
        pods[page.first() + i] = count;
      }
    }
  }
}
