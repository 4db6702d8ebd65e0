package io.bridgewatch.detect;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.numerics.Robust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What changed inside and between components, read from traces: own time, gaps of edges and
 * failures that began here.
 *
 * <p>Times are compared as logarithms, since latencies are skewed and a doubling matters alike at
 * any level; shares are compared by the pooled two-proportion statistic with half a count added to
 * each cell, so that rare operations cannot shout.
 */
final class CallShifts {

  private static final int LEAST_RUNS = 3;
  private static final double LEAST_SECONDS = 0.001;
  private static final double LEAST_LOG_SIGMA = 0.15;
  private static final double[] NOTHING = {};

  private final List<Operation> operations;
  private final List<Edge> edges;
  private final List<Way> ways;

  private CallShifts(List<Operation> operations, List<Edge> edges, List<Way> ways) {
    this.operations = operations;
    this.edges = edges;
    this.ways = ways;
  }

  /**
   * From whom to whom calls are sent.
   *
   * @param caller a service where one is named
   */
  private record WayKey(EntityRef caller, EntityRef callee) {
    String label() {
      return caller.name() + " → " + callee.name();
    }
  }

  /** Oldest first. */
  private record Way(WayKey key, long[] nanos, boolean[] lost) {
    int firstAtOrAfter(long time) {
      return new Timed(nanos, NOTHING).firstAtOrAfter(time);
    }
  }

  private record OperationKey(EntityRef component, String name) {}

  private record EdgeKey(EntityRef caller, EntityRef callee) {}

  /** The operation of a service, whichever of its replicas runs it. */
  private record ServiceKey(Attributes service, String name) {}

  /**
   * All runs of an operation, oldest first.
   *
   * @param ofService those of all replicas
   */
  private record Operation(OperationKey key, Runs own, Runs ofService) {}

  /** Oldest first; seconds. */
  private record Runs(Timed ownTime, boolean[] failed) {
    Runs from(long time) {
      int first = ownTime.firstAtOrAfter(time);
      return new Runs(
          new Timed(
              Arrays.copyOfRange(ownTime.nanos, first, failed.length),
              ownTime.between(first, failed.length)),
          Arrays.copyOfRange(failed, first, failed.length));
    }
  }

  private record Edge(EdgeKey key, Timed gap) {}

  /** Values over time, oldest first; seconds. */
  private record Timed(long[] nanos, double[] values) {
    int firstAtOrAfter(long time) {
      int found = Arrays.binarySearch(nanos, time);
      while (found > 0 && nanos[found - 1] == time) {
        found--;
      }
      return found >= 0 ? found : -found - 1;
    }

    double[] between(int from, int to) {
      return Arrays.copyOfRange(values, from, to);
    }
  }

  static CallShifts over(List<Visits.Visit> visits) {
    Map<OperationKey, List<Visits.Visit>> byOperation = new HashMap<>();
    Map<ServiceKey, List<Visits.Visit>> byService = new HashMap<>();
    Map<EdgeKey, List<double[]>> byEdge = new HashMap<>();
    record Sent(long nanos, boolean lost) {}
    Map<WayKey, List<Sent>> byWay = new HashMap<>();
    var ordered = new ArrayList<>(visits);
    ordered.sort(Comparator.comparingLong(Visits.Visit::startNanos));
    long origin = ordered.isEmpty() ? 0 : ordered.getFirst().startNanos();
    for (Visits.Visit visit : ordered) {
      byOperation
          .computeIfAbsent(
              new OperationKey(visit.component(), visit.operation()), k -> new ArrayList<>())
          .add(visit);
      if (!visit.service().asMap().isEmpty()) {
        byService
            .computeIfAbsent(
                new ServiceKey(visit.service(), visit.operation()), k -> new ArrayList<>())
            .add(visit);
      }
      for (Visits.Attempt attempt : visit.attempts()) {
        EntityRef caller =
            EntityRef.from(EntityType.SERVICE, visit.service()).orElse(visit.component());
        byWay
            .computeIfAbsent(new WayKey(caller, attempt.peer()), k -> new ArrayList<>())
            .add(new Sent(visit.startNanos(), attempt.lost()));
      }
      for (Visits.Outgoing call : visit.outgoing()) {
        if (!Double.isNaN(call.gapSeconds())) {
          byEdge
              .computeIfAbsent(
                  new EdgeKey(visit.component(), call.callee()), k -> new ArrayList<>())
              .add(new double[] {visit.startNanos() - origin, call.gapSeconds()});
        }
      }
    }
    var operations = new ArrayList<Operation>();
    Map<ServiceKey, Runs> services = new HashMap<>();
    byService.forEach((key, runs) -> services.put(key, runs(runs)));
    byOperation.forEach(
        (key, ofOne) -> {
          Runs own = runs(ofOne);
          var service = new ServiceKey(ofOne.getFirst().service(), key.name);
          operations.add(new Operation(key, own, services.getOrDefault(service, own)));
        });
    operations.sort(
        Comparator.comparing((Operation o) -> o.key.component).thenComparing(o -> o.key.name));
    var edges = new ArrayList<Edge>();
    byEdge.forEach(
        (key, gaps) ->
            edges.add(
                new Edge(
                    key,
                    new Timed(
                        gaps.stream().mapToLong(g -> origin + (long) g[0]).toArray(),
                        gaps.stream().mapToDouble(g -> g[1]).toArray()))));
    edges.sort(Comparator.comparing((Edge e) -> e.key.caller).thenComparing(e -> e.key.callee));
    var ways = new ArrayList<Way>();
    byWay.forEach(
        (key, sent) -> {
          var lost = new boolean[sent.size()];
          for (int i = 0; i < lost.length; i++) {
            lost[i] = sent.get(i).lost;
          }
          ways.add(new Way(key, sent.stream().mapToLong(Sent::nanos).toArray(), lost));
        });
    ways.sort(Comparator.comparing((Way w) -> w.key.caller).thenComparing(w -> w.key.callee));
    return new CallShifts(operations, edges, ways);
  }

  private static Runs runs(List<Visits.Visit> runs) {
    var failed = new boolean[runs.size()];
    for (int i = 0; i < failed.length; i++) {
      failed[i] = runs.get(i).failed();
    }
    return new Runs(
        new Timed(
            runs.stream().mapToLong(Visits.Visit::startNanos).toArray(),
            runs.stream().mapToDouble(Visits.Visit::ownSeconds).toArray()),
        failed);
  }

  Set<Relation> measured(long splitNanos, long endNanos) {
    var measured = new HashSet<Relation>();
    for (Edge edge : edges) {
      int split = edge.gap.firstAtOrAfter(splitNanos);
      if (split >= LEAST_RUNS && edge.gap.firstAtOrAfter(endNanos) - split >= LEAST_RUNS) {
        measured.add(new Relation(edge.key.caller, RelationType.CALLS, edge.key.callee));
      }
    }
    return measured;
  }

  /** The median own time of an operation from a time on, in seconds; empty after too few runs. */
  OptionalDouble typicalOwnTime(EntityRef component, String name, long sinceNanos) {
    return runs(component, name, sinceNanos)
        .map(runs -> Robust.median(runs.ownTime.values))
        .map(OptionalDouble::of)
        .orElseGet(OptionalDouble::empty);
  }

  /**
   * The share that failed from a time on of an operation's runs, or of the calls that were sent a
   * component; empty after too few.
   */
  OptionalDouble failureShare(EntityRef component, String name, long sinceNanos) {
    return runs(component, name, sinceNanos)
        .map(Runs::failed)
        .or(() -> sent(component, name, sinceNanos))
        .map(failed -> (double) count(failed, 0, failed.length) / failed.length)
        .map(OptionalDouble::of)
        .orElseGet(OptionalDouble::empty);
  }

  private Optional<boolean[]> sent(EntityRef callee, String label, long sinceNanos) {
    return ways.stream()
        .filter(way -> way.key.callee.equals(callee) && way.key.label().equals(label))
        .map(way -> Arrays.copyOfRange(way.lost, way.firstAtOrAfter(sinceNanos), way.lost.length))
        .filter(lost -> lost.length >= LEAST_RUNS)
        .findFirst();
  }

  private Optional<Runs> runs(EntityRef component, String name, long sinceNanos) {
    var key = new OperationKey(component, name);
    return operations.stream()
        .filter(operation -> operation.key.equals(key))
        .map(operation -> operation.own.from(sinceNanos))
        .filter(runs -> runs.failed.length >= LEAST_RUNS)
        .findFirst();
  }

  /** What changed from the one moment up to the other, against all time before. */
  List<Finding> at(long splitNanos, long endNanos) {
    var findings = new ArrayList<Finding>();
    Instant since = Instant.ofEpochSecond(0, splitNanos);
    for (Operation operation : operations) {
      int split = operation.own.ownTime.firstAtOrAfter(splitNanos);
      int end = operation.own.ownTime.firstAtOrAfter(endNanos);
      // a replica that is new is measured by those that it took over from
      Runs before = split >= LEAST_RUNS ? operation.own : operation.ofService;
      int known = before.ownTime.firstAtOrAfter(splitNanos);
      if (known >= LEAST_RUNS && end - split >= LEAST_RUNS) {
        ownTime(operation, before, known, split, end, since).ifPresent(findings::add);
        failures(operation, before, known, split, end, since).ifPresent(findings::add);
      }
    }
    for (Edge edge : edges) {
      int split = edge.gap.firstAtOrAfter(splitNanos);
      int end = edge.gap.firstAtOrAfter(endNanos);
      if (split >= LEAST_RUNS && end - split >= LEAST_RUNS) {
        gap(edge, split, end, since).ifPresent(findings::add);
      }
    }
    for (Way way : ways) {
      int split = way.firstAtOrAfter(splitNanos);
      int end = way.firstAtOrAfter(endNanos);
      if (split >= LEAST_RUNS && end - split >= LEAST_RUNS) {
        lost(way, split, end, since).ifPresent(findings::add);
      }
    }
    return findings;
  }

  /**
   * @param known how many runs of {@code before} count
   */
  private static Optional<Finding> ownTime(
      Operation operation, Runs before, int known, int split, int end, Instant since) {
    double[] was = before.ownTime.between(0, known);
    double[] is = operation.own.ownTime.between(split, end);
    double deviations = logDeviations(was, is);
    return deviations <= 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                operation.key.component,
                since,
                deviations,
                new Fact.OwnTimeGrew(
                    operation.key.name,
                    Robust.median(was),
                    Robust.median(is),
                    is.length,
                    deviations)));
  }

  private static Optional<Finding> failures(
      Operation operation, Runs before, int known, int split, int end, Instant since) {
    long was = count(before.failed, 0, known);
    long is = count(operation.own.failed, split, end);
    double deviations = proportionDeviations(was, known, is, end - split);
    return deviations <= 0 || is == 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                operation.key.component,
                since,
                deviations,
                new Fact.FailureShareRose(
                    operation.key.name,
                    (double) was / known,
                    (double) is / (end - split),
                    end - split,
                    deviations)));
  }

  private static Optional<Finding> gap(Edge edge, int split, int end, Instant since) {
    double[] was = edge.gap.between(0, split);
    double[] is = edge.gap.between(split, end);
    double deviations = logDeviations(was, is);
    return deviations <= 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                edge.key.callee,
                since,
                deviations,
                new Fact.EdgeGapGrew(
                    edge.key.caller,
                    edge.key.callee,
                    Robust.median(was),
                    Robust.median(is),
                    is.length,
                    deviations)));
  }

  /** More calls than before fail without the callee telling of them: they did not reach it. */
  private static Optional<Finding> lost(Way way, int split, int end, Instant since) {
    long was = count(way.lost, 0, split);
    long is = count(way.lost, split, end);
    double deviations = proportionDeviations(was, split, is, end - split);
    return deviations <= 0 || is == 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                way.key.callee,
                since,
                deviations,
                new Fact.FailureShareRose(
                    way.key.label(),
                    (double) was / split,
                    (double) is / (end - split),
                    end - split,
                    deviations)));
  }

  private static long count(boolean[] flags, int from, int to) {
    long set = 0;
    for (int i = from; i < to; i++) {
      set += flags[i] ? 1 : 0;
    }
    return set;
  }

  /** How far the median of the logarithms rose, in deviations of one run. */
  private static double logDeviations(double[] was, double[] is) {
    double[] a = Robust.sorted(logs(was));
    double[] b = Robust.sorted(logs(is));
    double sigma = Math.max(Robust.sigma(a), LEAST_LOG_SIGMA);
    return (Robust.quantile(b, 0.5) - Robust.quantile(a, 0.5)) / sigma;
  }

  private static double[] logs(double[] seconds) {
    var logs = new double[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      logs[i] = Math.log(seconds[i] + LEAST_SECONDS);
    }
    return logs;
  }

  /**
   * Pooled two-proportion statistic, half a count added to each cell.
   *
   * @param x1 hits of n1 trials before
   * @param x2 hits of n2 trials after
   * @return positive where the share rose
   */
  static double proportionDeviations(long x1, long n1, long x2, long n2) {
    double p1 = (x1 + 0.5) / (n1 + 1);
    double p2 = (x2 + 0.5) / (n2 + 1);
    double pooled = (x1 + x2 + 1.0) / (n1 + n2 + 2.0);
    return (p2 - p1) / Math.sqrt(pooled * (1 - pooled) * (1.0 / (n1 + 1) + 1.0 / (n2 + 1)));
  }
}
