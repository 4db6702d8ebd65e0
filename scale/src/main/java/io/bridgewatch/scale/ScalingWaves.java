package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * In which order similar workloads get a policy: a pilot first, then waves that grow.
 *
 * <ol>
 *   <li>Workloads are similar when they run on the same platform, are scaled by the same metrics,
 *       and neither what a replica requests nor how long it takes to start differs by more than
 *       twice within a group.
 *   <li>The pilot is the readiest of a group; of equals the one with the fewest replicas, so that
 *       the least is at stake.
 *   <li>The waves after it hold a tenth, three tenths and the rest of the group, at least one each.
 * </ol>
 *
 * @param groups by the size of what a replica requests, then by name
 */
public record ScalingWaves(List<Group> groups) {

  private static final double SIMILAR = 2;
  private static final double[] SHARES = {0.1, 0.4, 1};

  /**
   * A workload that could be scaled.
   *
   * @param platform such as {@code java}; empty if unknown
   * @param metrics that its policy looks at, as the autoscaler names them
   * @param requestMilliCpu of one replica; zero if none is set
   * @param startSeconds that it takes to be ready; zero if unknown
   * @param score of its readiness
   */
  public record Candidate(
      ScaleTarget target,
      String platform,
      List<String> metrics,
      long requestMilliCpu,
      double startSeconds,
      int replicas,
      int score) {
    public Candidate {
      metrics = metrics.stream().sorted().toList();
    }

    /** What one replica of a workload requests of CPU, in thousandths of a core. */
    public static long requestMilliCpu(KubernetesObject workload) {
      return PodTemplate.of(workload).reserved("requests", "cpu");
    }
  }

  /**
   * Similar workloads.
   *
   * @param waves in their order, without the pilot; none is empty
   */
  public record Group(String platform, Candidate pilot, List<List<Candidate>> waves) {
    public Group {
      waves = waves.stream().map(List::copyOf).toList();
    }
  }

  public ScalingWaves {
    groups = List.copyOf(groups);
  }

  public static ScalingWaves of(Collection<Candidate> candidates) {
    var alike = new TreeMap<String, List<Candidate>>();
    for (Candidate one : candidates) {
      alike
          .computeIfAbsent(one.platform() + "\n" + one.metrics(), key -> new ArrayList<>())
          .add(one);
    }
    var groups = new ArrayList<Group>();
    for (List<Candidate> sort : alike.values()) {
      for (List<Candidate> sized : split(sort, Candidate::requestMilliCpu)) {
        for (List<Candidate> timed : split(sized, Candidate::startSeconds)) {
          groups.add(group(timed));
        }
      }
    }
    return new ScalingWaves(groups);
  }

  private interface Size {
    double of(Candidate candidate);
  }

  /** Cuts where the next would be more than twice the first; unknown ones stay by themselves. */
  private static List<List<Candidate>> split(List<Candidate> candidates, Size size) {
    var sorted = new ArrayList<>(candidates);
    sorted.sort(Comparator.comparingDouble(size::of).thenComparing(one -> one.target().toString()));
    var parts = new ArrayList<List<Candidate>>();
    double first = Double.NaN;
    for (Candidate one : sorted) {
      if (parts.isEmpty() || size.of(one) > SIMILAR * first) {
        parts.add(new ArrayList<>());
        first = size.of(one);
      }
      parts.getLast().add(one);
    }
    return parts;
  }

  private static Group group(List<Candidate> similar) {
    var sorted = new ArrayList<>(similar);
    sorted.sort(
        Comparator.comparingInt(Candidate::score)
            .reversed()
            .thenComparingInt(Candidate::replicas)
            .thenComparing(one -> one.target().toString()));
    Candidate pilot = sorted.removeFirst();
    var waves = new ArrayList<List<Candidate>>();
    int done = 0;
    for (double share : SHARES) {
      int until = (int) Math.ceil(share * sorted.size());
      until = Math.min(sorted.size(), Math.max(until, done + 1));
      if (until > done) {
        waves.add(sorted.subList(done, until));
        done = until;
      }
    }
    return new Group(pilot.platform(), pilot, waves);
  }
}
