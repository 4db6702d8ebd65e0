package io.bridgewatch.drill.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What objects take of a quota, in thousandths of each resource's unit. */
final class Usage {
  private Usage() {}

  /**
   * What one object takes.
   *
   * @param hard the quota's limits: only these are counted
   */
  static Map<String, Long> of(JsonNode object, JsonNode hard) {
    var usage = new TreeMap<String, Long>();
    var kind = Trees.text(object, "kind");
    for (var limit : hard.properties()) {
      var name = limit.getKey();
      if (kind.equals("Pod")) {
        var amount = ofPod(object, name);
        if (amount >= 0) {
          usage.put(name, amount);
        }
      } else if (name.equals(plural(kind)) || name.startsWith("count/" + plural(kind))) {
        usage.put(name, 1000L);
      } else if (kind.equals("PersistentVolumeClaim") && name.equals("requests.storage")) {
        usage.put(
            name, Quantities.milli(Trees.text(object, "spec", "resources", "requests", "storage")));
      }
    }
    return usage;
  }

  /** Negative for what pods do not take. */
  private static long ofPod(JsonNode pod, String name) {
    return switch (name) {
      case "pods", "count/pods" -> 1000;
      case "cpu", "requests.cpu" -> sum(pod, "requests", "cpu");
      case "memory", "requests.memory" -> sum(pod, "requests", "memory");
      case "limits.cpu" -> sum(pod, "limits", "cpu");
      case "limits.memory" -> sum(pod, "limits", "memory");
      default -> -1;
    };
  }

  private static long sum(JsonNode pod, String where, String resource) {
    var sum = 0L;
    for (var container : Trees.at(pod, "spec", "containers")) {
      sum += Quantities.milli(Trees.text(container, "resources", where, resource));
    }
    return sum;
  }

  private static String plural(String kind) {
    return kind.toLowerCase(Locale.ROOT) + "s";
  }

  /** An amount in the words that fit the resource. */
  static String text(String name, long milli) {
    return name.endsWith("memory") || name.endsWith("storage")
        ? Quantities.ofBytes(milli / 1000)
        : Quantities.ofMilli(milli);
  }

  static String words(List<String> names, UnaryOperator<String> amount) {
    return names.stream()
        .map(name -> name + "=" + amount.apply(name))
        .collect(Collectors.joining(","));
  }
}
