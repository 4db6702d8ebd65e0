package io.bridgewatch.scale;

import java.util.List;

/**
 * What a policy did in several parts of a load.
 *
 * @param parts in the order of the load, at least one
 */
public record FoldedEffect(List<ScalingEffect> parts) {

  private static final double WORST_HARM = 0.25;
  private static final double WORST_COST = 0.5;

  public FoldedEffect {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("an effect needs at least one part, had none");
    }
  }

  /** All parts as one; the worst minute and the longest shortages are those of the worst part. */
  public ScalingEffect whole() {
    double seconds = 0;
    double requests = 0;
    double hurt = 0;
    double violationSeconds = 0;
    double podSeconds = 0;
    double neededPodSeconds = 0;
    int rescales = 0;
    int flaps = 0;
    double atMaxSeconds = 0;
    double worstMinute = 0;
    double shortSeconds = 0;
    double timeToCapacity = 0;
    double violationMinutes = 0;
    double overloadSeconds = 0;
    for (ScalingEffect part : parts) {
      seconds += part.seconds();
      requests += part.requests();
      hurt += part.hurt();
      violationSeconds += part.violationSeconds();
      podSeconds += part.podSeconds();
      neededPodSeconds += part.neededPodSeconds();
      rescales += part.rescales();
      flaps += part.flaps();
      atMaxSeconds += part.atMaxSeconds();
      worstMinute = Math.max(worstMinute, part.worstMinuteShare());
      shortSeconds += part.shortSeconds();
      timeToCapacity = Math.max(timeToCapacity, part.timeToCapacityP95Seconds());
      violationMinutes += part.violationMinutes();
      overloadSeconds += part.overloadSeconds();
    }
    return new ScalingEffect(
        seconds,
        requests,
        hurt,
        violationSeconds,
        podSeconds,
        neededPodSeconds,
        rescales,
        flaps,
        atMaxSeconds,
        worstMinute,
        shortSeconds,
        timeToCapacity,
        violationMinutes,
        overloadSeconds);
  }

  /** Of all parts together, 0 to 1. */
  public double hurtShare() {
    double requests = parts.stream().mapToDouble(ScalingEffect::requests).sum();
    return requests == 0 ? 0 : parts.stream().mapToDouble(ScalingEffect::hurt).sum() / requests;
  }

  /** Of all parts together, as {@link ScalingEffect#cost}. */
  public double cost() {
    double needed = parts.stream().mapToDouble(ScalingEffect::neededPodSeconds).sum();
    return needed == 0 ? 0 : parts.stream().mapToDouble(ScalingEffect::podSeconds).sum() / needed;
  }

  /**
   * By how much this is better than another effect on the same load: the smaller of the logarithm
   * of the harms and {@code costWeight} times that of the costs. Above zero it is better in both.
   * Harm is the share of requests hurt plus the share of time in which too few replicas served: the
   * second tells near misses apart where nobody was hurt. The part in which it is worst counts
   * beside the whole: by half for cost, which seldom differs between parts without a reason, by a
   * quarter for harm, which a single event can make.
   *
   * @param leastHarm below which less of it hardly counts, above 0
   */
  double lead(FoldedEffect other, double costWeight, double leastHarm) {
    double worstHarm = Double.POSITIVE_INFINITY;
    double worstCost = Double.POSITIVE_INFINITY;
    for (int i = 0; i < parts.size(); i++) {
      ScalingEffect ours = parts.get(i);
      ScalingEffect theirs = other.parts.get(i);
      worstHarm =
          Math.min(
              worstHarm, gain(harm(List.of(theirs)) + leastHarm, harm(List.of(ours)) + leastHarm));
      worstCost = Math.min(worstCost, gain(theirs.cost(), ours.cost()));
    }
    double harm = gain(harm(other.parts) + leastHarm, harm(parts) + leastHarm);
    double cost = gain(other.cost(), cost());
    return Math.min(
        (1 - WORST_HARM) * harm + WORST_HARM * worstHarm,
        costWeight * ((1 - WORST_COST) * cost + WORST_COST * worstCost));
  }

  private static double harm(List<ScalingEffect> parts) {
    double requests = 0;
    double hurt = 0;
    double seconds = 0;
    double tooFew = 0;
    for (ScalingEffect part : parts) {
      requests += part.requests();
      hurt += part.hurt();
      seconds += part.seconds();
      tooFew += part.shortSeconds();
    }
    return (requests == 0 ? 0 : hurt / requests) + (seconds == 0 ? 0 : tooFew / seconds);
  }

  private static double gain(double theirs, double ours) {
    return ours <= 0 || theirs <= 0 ? 0 : Math.log(theirs / ours);
  }
}
