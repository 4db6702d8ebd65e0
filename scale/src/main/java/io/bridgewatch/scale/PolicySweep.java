package io.bridgewatch.scale;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Many policies on one load. */
public final class PolicySweep {

  private PolicySweep() {}

  /** A policy and what it did. */
  public record Tried(PolicyShape shape, ScalingEffect effect) {}

  /** A thousand: what to look at, target, how long to wait before going down, and tolerance. */
  public static List<PolicyShape> thousand(int maxReplicas) {
    var shapes = new ArrayList<PolicyShape>();
    for (int window : new int[] {0, 60, 300, 900, 1800}) {
      for (double tolerance : new double[] {0.1, 0}) {
        for (int target = 5; target <= 100; target += 5) {
          shapes.add(
              new PolicyShape(
                  Trigger.CPU, target, window, 0, tolerance, tolerance, 1, maxReplicas));
        }
        for (Trigger trigger : List.of(Trigger.REQUESTS, Trigger.CONCURRENCY)) {
          for (int target = 22; target <= 100; target += 2) {
            shapes.add(
                new PolicyShape(trigger, target, window, 0, tolerance, tolerance, 1, maxReplicas));
          }
        }
      }
    }
    return shapes;
  }

  /**
   * @param from step from which effects count
   */
  public static Tried run(LoadTrace load, PlantSettings plant, PolicyShape shape, int from) {
    return new Tried(
        shape,
        Backtest.run(
            load, plant, HpaReplay.of(shape, plant, load), Backtest.enough(load, plant), from));
  }

  /** Those that no other beats in both pod-hours and requests hurt, the cheapest first. */
  public static List<Tried> front(List<Tried> tried) {
    var sorted = new ArrayList<>(tried);
    sorted.sort(
        Comparator.<Tried>comparingDouble(one -> one.effect().podSeconds())
            .thenComparingDouble(one -> one.effect().hurt()));
    var front = new ArrayList<Tried>();
    double least = Double.POSITIVE_INFINITY;
    for (Tried one : sorted) {
      if (one.effect().hurt() < least) {
        front.add(one);
        least = one.effect().hurt();
      }
    }
    return front;
  }
}
