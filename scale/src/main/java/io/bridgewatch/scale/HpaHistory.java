package io.bridgewatch.scale;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a controller remembers of one autoscaler between two looks; Kubernetes' own loses it when it
 * restarts.
 *
 * @param started whether it has looked before: the first look notes the current replicas as a
 *     recommendation
 * @param recommendations before stabilisation
 * @param scaleUps and {@code scaleDowns}: replicas added and removed, both positive
 */
public record HpaHistory(
    boolean started,
    List<Recommendation> recommendations,
    List<Rescale> scaleUps,
    List<Rescale> scaleDowns) {

  public record Recommendation(Instant time, int replicas) {}

  public record Rescale(Instant time, int change) {}

  public HpaHistory {
    recommendations = List.copyOf(recommendations);
    scaleUps = List.copyOf(scaleUps);
    scaleDowns = List.copyOf(scaleDowns);
  }

  /** Of a controller that has just started. */
  public static HpaHistory none() {
    return new HpaHistory(false, List.of(), List.of(), List.of());
  }

  HpaHistory begun(Instant now, int currentReplicas) {
    return started
        ? this
        : new HpaHistory(
            true, List.of(new Recommendation(now, currentReplicas)), scaleUps, scaleDowns);
  }

  /** With one more recommendation; what is older than any window is forgotten. */
  HpaHistory recommended(Instant now, int replicas, Instant forgetBefore) {
    var kept = new ArrayList<Recommendation>();
    for (Recommendation one : recommendations) {
      if (!one.time().isBefore(forgetBefore)) {
        kept.add(one);
      }
    }
    kept.add(new Recommendation(now, replicas));
    return new HpaHistory(true, kept, scaleUps, scaleDowns);
  }

  HpaHistory rescaled(Instant now, int from, int to, Instant forgetBefore) {
    var ups = since(scaleUps, forgetBefore);
    var downs = since(scaleDowns, forgetBefore);
    if (to > from) {
      ups.add(new Rescale(now, to - from));
    } else if (to < from) {
      downs.add(new Rescale(now, from - to));
    }
    return new HpaHistory(started, recommendations, ups, downs);
  }

  /** Without what is older. */
  HpaHistory since(Instant oldest) {
    return new HpaHistory(
        started,
        recommendations.stream().filter(one -> !one.time().isBefore(oldest)).toList(),
        scaleUps.stream().filter(one -> !one.time().isBefore(oldest)).toList(),
        scaleDowns.stream().filter(one -> !one.time().isBefore(oldest)).toList());
  }

  /** These recommendations, with the changes of another history. */
  HpaHistory withRescalesOf(HpaHistory other) {
    return new HpaHistory(started, recommendations, other.scaleUps, other.scaleDowns);
  }

  private static List<Rescale> since(List<Rescale> all, Instant forgetBefore) {
    var kept = new ArrayList<Rescale>();
    for (Rescale one : all) {
      if (one.time().isAfter(forgetBefore)) {
        kept.add(one);
      }
    }
    return kept;
  }
}
