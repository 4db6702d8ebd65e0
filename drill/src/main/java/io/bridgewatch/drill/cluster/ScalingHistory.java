package io.bridgewatch.drill.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * What an autoscaler remembers: what was recommended and what was done; and how both, with its
 * behaviour, limit what it does next. First the recommendation is stabilised over the windows, then
 * the policies limit the rate, then the range of the autoscaler itself.
 */
final class ScalingHistory {
  private static final Duration DEFAULT_DOWN_WINDOW = Duration.ofMinutes(5);
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final List<Event> recommendations = new ArrayList<>();
  private final List<Event> ups = new ArrayList<>();
  private final List<Event> downs = new ArrayList<>();

  private record Event(Instant time, int replicas) {}

  /**
   * @param current the first recommendation, so that nothing is scaled down at once
   */
  ScalingHistory(int current, Instant now) {
    recommendations.add(new Event(now, current));
  }

  /**
   * The limited number.
   *
   * @param reason of the condition ScalingLimited
   */
  record Limited(
      int replicas,
      boolean isStabilised,
      boolean isStabilisedDown,
      boolean isLimited,
      String reason,
      String message) {
    String stabilisedReason() {
      return isStabilisedDown ? "ScaleDownStabilized" : "ScaleUpStabilized";
    }

    String stabilisedMessage() {
      return isStabilisedDown
          ? "recent recommendations were higher than current one, applying the highest recent"
              + " recommendation"
          : "recent recommendations were lower than current one, applying the lowest recent"
              + " recommendation";
    }
  }

  void scaled(int before, int after, Instant now) {
    (after > before ? ups : downs).add(new Event(now, Math.abs(after - before)));
  }

  Limited limit(JsonNode spec, int current, int wanted, Instant now) {
    recommendations.removeIf(old -> old.time.plus(REMEMBERED).isBefore(now));
    ups.removeIf(old -> old.time.plus(REMEMBERED).isBefore(now));
    downs.removeIf(old -> old.time.plus(REMEMBERED).isBefore(now));
    var behavior = spec.path("behavior");
    var stable = stabilised(behavior, current, wanted, now);
    recommendations.add(new Event(now, wanted));
    var least = spec.path("minReplicas").asInt(1);
    var most = spec.path("maxReplicas").asInt(1);
    var isStabilised = stable != wanted;
    var isDown = stable > wanted;
    if (stable > current) {
      var allowed =
          behavior.isMissingNode()
              ? Math.max(2 * current, 4)
              : Math.max(current, upLimit(behavior.path("scaleUp"), current, now));
      if (stable > Math.min(allowed, most)) {
        return allowed < most
            ? limited(
                allowed,
                isStabilised,
                isDown,
                "ScaleUpLimit",
                "the desired replica count is increasing faster than the maximum scale rate")
            : limited(
                most,
                isStabilised,
                isDown,
                "TooManyReplicas",
                "the desired replica count is more than the maximum replica count");
      }
    } else if (stable < current) {
      var allowed =
          behavior.isMissingNode()
              ? least
              : Math.min(current, downLimit(behavior.path("scaleDown"), current, now));
      if (stable < Math.max(allowed, least)) {
        return allowed > least
            ? limited(
                allowed,
                isStabilised,
                isDown,
                "ScaleDownLimit",
                "the desired replica count is decreasing faster than the maximum scale rate")
            : limited(
                least,
                isStabilised,
                isDown,
                "TooFewReplicas",
                "the desired replica count is less than the minimum replica count");
      }
    }
    return new Limited(
        stable,
        isStabilised,
        isDown,
        false,
        "DesiredWithinRange",
        "the desired count is within the acceptable range");
  }

  private static Limited limited(
      int replicas, boolean isStabilised, boolean isDown, String reason, String message) {
    return new Limited(replicas, isStabilised, isDown, true, reason, message);
  }

  /** Raised to the lowest of the up-window, lowered to the highest of the down-window. */
  private int stabilised(JsonNode behavior, int current, int wanted, Instant now) {
    var upWindow =
        Duration.ofSeconds(behavior.path("scaleUp").path("stabilizationWindowSeconds").asInt(0));
    var downSeconds = behavior.path("scaleDown").path("stabilizationWindowSeconds");
    var downWindow =
        downSeconds.isNumber() ? Duration.ofSeconds(downSeconds.asInt()) : DEFAULT_DOWN_WINDOW;
    var up = wanted;
    var down = wanted;
    for (var one : recommendations) {
      if (one.time.isAfter(now.minus(upWindow))) {
        up = Math.min(up, one.replicas);
      }
      if (one.time.isAfter(now.minus(downWindow))) {
        down = Math.max(down, one.replicas);
      }
    }
    var stable = current;
    if (stable < up) {
      stable = up;
    }
    if (stable > down) {
      stable = down;
    }
    return stable;
  }

  private int upLimit(JsonNode rules, int current, Instant now) {
    return policies(
        rules,
        current,
        (value, start) -> start + value,
        (percent, start) -> (int) Math.ceil(start * (1 + percent / 100.0)),
        true,
        now);
  }

  private int downLimit(JsonNode rules, int current, Instant now) {
    return policies(
        rules,
        current,
        (value, start) -> start - value,
        (percent, start) -> (int) (start * (1 - percent / 100.0)),
        false,
        now);
  }

  private int policies(
      JsonNode rules,
      int current,
      IntBinaryOperator byPods,
      IntBinaryOperator byPercent,
      boolean isUp,
      Instant now) {
    var select = Trees.text(rules, "selectPolicy");
    if (select.equals("Disabled")) {
      return current;
    }
    var wantsLargest = isUp != select.equals("Min");
    var limit = wantsLargest ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    for (var policy : rules.path("policies")) {
      var period = Duration.ofSeconds(policy.path("periodSeconds").asInt(15));
      var start = current - sum(ups, period, now) + sum(downs, period, now);
      var value = policy.path("value").asInt(0);
      var allowed =
          Trees.text(policy, "type").equals("Pods")
              ? byPods.applyAsInt(value, start)
              : byPercent.applyAsInt(value, start);
      limit = wantsLargest ? Math.max(limit, allowed) : Math.min(limit, allowed);
    }
    return limit;
  }

  private static int sum(List<Event> events, Duration period, Instant now) {
    return events.stream()
        .filter(event -> event.time.isAfter(now.minus(period)))
        .mapToInt(Event::replicas)
        .sum();
  }
}
