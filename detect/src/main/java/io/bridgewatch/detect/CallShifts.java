package io.bridgewatch.detect;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.numerics.Robust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  private final long splitNanos;
  private final long endNanos;
  private final List<Finding> findings = new ArrayList<>();

  private CallShifts(long splitNanos, long endNanos) {
    this.splitNanos = splitNanos;
    this.endNanos = endNanos;
  }

  private record Operation(EntityRef component, String name) {}

  private record Edge(EntityRef caller, EntityRef callee) {}

  static List<Finding> at(List<Visits.Visit> visits, long splitNanos, long endNanos) {
    var shifts = new CallShifts(splitNanos, endNanos);
    shifts.ownTimesAndFailures(visits);
    shifts.gaps(visits);
    return shifts.findings;
  }

  private void ownTimesAndFailures(List<Visits.Visit> visits) {
    var byOperation = new TreeMap<String, List<Visits.Visit>>();
    for (Visits.Visit visit : visits) {
      byOperation
          .computeIfAbsent(visit.component() + "\u0001" + visit.operation(), k -> new ArrayList<>())
          .add(visit);
    }
    for (List<Visits.Visit> runs : byOperation.values()) {
      var before = runs.stream().filter(v -> v.startNanos() < splitNanos).toList();
      var after =
          runs.stream()
              .filter(v -> v.startNanos() >= splitNanos && v.startNanos() < endNanos)
              .toList();
      if (before.size() < LEAST_RUNS || after.size() < LEAST_RUNS) {
        continue;
      }
      var first = runs.getFirst();
      ownTime(new Operation(first.component(), first.operation()), before, after);
      failures(new Operation(first.component(), first.operation()), before, after);
    }
  }

  private void ownTime(Operation operation, List<Visits.Visit> before, List<Visits.Visit> after) {
    double[] was = before.stream().mapToDouble(Visits.Visit::ownSeconds).toArray();
    double[] is = after.stream().mapToDouble(Visits.Visit::ownSeconds).toArray();
    double deviations = logDeviations(was, is);
    if (deviations > 0) {
      findings.add(
          new Finding(
              operation.component,
              Instant.ofEpochSecond(0, splitNanos),
              deviations,
              new Fact.OwnTimeGrew(
                  operation.name, Robust.median(was), Robust.median(is), is.length, deviations)));
    }
  }

  private void failures(Operation operation, List<Visits.Visit> before, List<Visits.Visit> after) {
    long was = before.stream().filter(Visits.Visit::failed).count();
    long is = after.stream().filter(Visits.Visit::failed).count();
    double deviations = proportionDeviations(was, before.size(), is, after.size());
    if (deviations > 0 && is > 0) {
      findings.add(
          new Finding(
              operation.component,
              Instant.ofEpochSecond(0, splitNanos),
              deviations,
              new Fact.FailureShareRose(
                  operation.name,
                  (double) was / before.size(),
                  (double) is / after.size(),
                  after.size(),
                  deviations)));
    }
  }

  private void gaps(List<Visits.Visit> visits) {
    Map<Edge, List<double[]>> byEdge = new HashMap<>();
    for (Visits.Visit visit : visits) {
      if (visit.startNanos() >= endNanos) {
        continue;
      }
      for (Visits.Outgoing call : visit.outgoing()) {
        if (!Double.isNaN(call.gapSeconds())) {
          byEdge
              .computeIfAbsent(new Edge(visit.component(), call.callee()), k -> new ArrayList<>())
              .add(new double[] {visit.startNanos() < splitNanos ? 0 : 1, call.gapSeconds()});
        }
      }
    }
    byEdge.forEach(
        (edge, gaps) -> {
          double[] was = gaps.stream().filter(g -> g[0] == 0).mapToDouble(g -> g[1]).toArray();
          double[] is = gaps.stream().filter(g -> g[0] == 1).mapToDouble(g -> g[1]).toArray();
          if (was.length < LEAST_RUNS || is.length < LEAST_RUNS) {
            return;
          }
          double deviations = logDeviations(was, is);
          if (deviations > 0) {
            findings.add(
                new Finding(
                    edge.callee,
                    Instant.ofEpochSecond(0, splitNanos),
                    deviations,
                    new Fact.EdgeGapGrew(
                        edge.caller,
                        edge.callee,
                        Robust.median(was),
                        Robust.median(is),
                        is.length,
                        deviations)));
          }
        });
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

  static double proportionDeviations(long x1, long n1, long x2, long n2) {
    double p1 = (x1 + 0.5) / (n1 + 1);
    double p2 = (x2 + 0.5) / (n2 + 1);
    double pooled = (x1 + x2 + 1.0) / (n1 + n2 + 2.0);
    return (p2 - p1) / Math.sqrt(pooled * (1 - pooled) * (1.0 / (n1 + 1) + 1.0 / (n2 + 1)));
  }
}
