package io.bridgewatch.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An autoscaler that decides beside what is in force and writes nothing.
 *
 * <ol>
 *   <li>It looks as the controller does, at the replicas that are in force.
 *   <li>Its recommendations are remembered for its stabilisation windows. Changes of the replicas
 *       are those that really were: what it would have written nobody wrote, so that does not count
 *       against its limits of rate.
 *   <li>What it remembers can be kept and given back, also by another process. After a gap that is
 *       longer than all of its windows nothing of it counts any more: it begins anew, as a
 *       controller does that has just started, and says so.
 * </ol>
 *
 * <p>Pure: the same memory and the same observations make the same decisions, however often it was
 * kept and given back in between.
 */
public final class ShadowAutoscaler {

  private final HpaSettings settings;
  private final HpaController controller;

  public ShadowAutoscaler(HpaSettings settings) {
    this.settings = settings;
    this.controller = new HpaController(settings);
  }

  /**
   * What came of one look.
   *
   * @param memory for the next one
   * @param unseenSince when it had looked last, where that was so long ago that it began anew
   */
  public record Outcome(HpaDecision decision, ShadowMemory memory, Optional<Instant> unseenSince) {}

  /**
   * @param before what it remembers under this spec; empty if it never looked
   * @throws IllegalArgumentException if there is not one reading for each metric
   */
  public Outcome look(HpaSpec spec, HpaObservation seen, Optional<ShadowMemory> before) {
    Instant oldest = seen.now().minus(longestWindow(spec));
    Optional<ShadowMemory> remembered = before.filter(memory -> !memory.at().isBefore(oldest));
    HpaHistory history =
        remembered.map(memory -> followed(memory, seen).since(oldest)).orElseGet(HpaHistory::none);
    HpaDecision decision = controller.look(spec, seen, history);
    return new Outcome(
        decision,
        new ShadowMemory(
            seen.now(),
            seen.currentReplicas(),
            decision.replicas(),
            decision.history().withRescalesOf(history)),
        remembered.isPresent() ? Optional.empty() : before.map(ShadowMemory::at));
  }

  /** With the change that whoever is in force made since. */
  private static HpaHistory followed(ShadowMemory memory, HpaObservation seen) {
    return memory
        .history()
        .rescaled(seen.now(), memory.inForce(), seen.currentReplicas(), Instant.MIN);
  }

  /** Beyond which nothing that is remembered has a say. */
  Duration longestWindow(HpaSpec spec) {
    Duration longest = settings.downscaleStabilization();
    if (spec.behavior().isPresent()) {
      for (ScalingRules rules :
          new ScalingRules[] {spec.behavior().get().up(), spec.behavior().get().down()}) {
        longest = longer(longest, rules.windowSeconds().orElse(0));
        for (ScalingRules.Policy policy : rules.policies()) {
          longest = longer(longest, policy.periodSeconds());
        }
      }
    }
    return longest;
  }

  private static Duration longer(Duration one, int seconds) {
    return one.toSeconds() >= seconds ? one : Duration.ofSeconds(seconds);
  }
}
