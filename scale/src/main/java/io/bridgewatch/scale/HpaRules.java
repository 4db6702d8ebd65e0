package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code minReplicas}, {@code maxReplicas}, {@code metrics} and {@code behavior} in the
 * words of {@code autoscaling/v2}; {@link HpaManifest} reads the same from it again.
 */
public final class HpaRules {

  private HpaRules() {}

  /**
   * @param external labels by which external metrics are chosen; empty for none
   */
  public static KubernetesObject of(HpaSpec spec, Map<String, String> external) {
    var rules = ordered();
    rules.put("minReplicas", spec.minReplicas());
    rules.put("maxReplicas", spec.maxReplicas());
    List<Object> metrics = new ArrayList<>();
    spec.metrics().forEach(one -> metrics.add(metric(one, external)));
    rules.put("metrics", metrics);
    spec.behavior()
        .ifPresent(
            both -> {
              var behavior = ordered();
              behavior.put("scaleUp", rules(both.up()));
              behavior.put("scaleDown", rules(both.down()));
              rules.put("behavior", behavior);
            });
    return KubernetesObject.of(rules);
  }

  private static Map<String, @Nullable Object> metric(
      HpaMetric metric, Map<String, String> external) {
    return switch (metric) {
      case HpaMetric.Resource(String resource, HpaTarget target) -> {
        var source = ordered();
        source.put("name", resource);
        source.put("target", target(target));
        yield typed("Resource", "resource", source);
      }
      case HpaMetric.ContainerResource(String resource, String container, HpaTarget target) -> {
        var source = ordered();
        source.put("name", resource);
        source.put("container", container);
        source.put("target", target(target));
        yield typed("ContainerResource", "containerResource", source);
      }
      case HpaMetric.Pods(String name, HpaTarget.AverageValue target) ->
          typed("Pods", "pods", named(name, Map.of(), target));
      case HpaMetric.Object(String name, String kind, HpaTarget target) -> {
        var source = named(name, Map.of(), target);
        source.put("describedObject", Map.of("kind", kind));
        yield typed("Object", "object", source);
      }
      case HpaMetric.External(String name, HpaTarget target) ->
          typed("External", "external", named(name, external, target));
    };
  }

  private static Map<String, @Nullable Object> typed(
      String type, String field, Map<String, @Nullable Object> source) {
    var metric = ordered();
    metric.put("type", type);
    metric.put(field, source);
    return metric;
  }

  private static Map<String, @Nullable Object> named(
      String name, Map<String, String> labels, HpaTarget target) {
    var metric = ordered();
    metric.put("name", name);
    if (!labels.isEmpty()) {
      metric.put("selector", Map.of("matchLabels", new LinkedHashMap<>(labels)));
    }
    var source = ordered();
    source.put("metric", metric);
    source.put("target", target(target));
    return source;
  }

  private static Map<String, @Nullable Object> target(HpaTarget target) {
    var written = ordered();
    switch (target) {
      case HpaTarget.Utilization(int percent) -> {
        written.put("type", "Utilization");
        written.put("averageUtilization", percent);
      }
      case HpaTarget.AverageValue(long milli) -> {
        written.put("type", "AverageValue");
        written.put("averageValue", quantity(milli));
      }
      case HpaTarget.Value(long milli) -> {
        written.put("type", "Value");
        written.put("value", quantity(milli));
      }
    }
    return written;
  }

  /** Whole numbers as such, others in thousandths, as the API server writes them. */
  static String quantity(long milli) {
    return milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m";
  }

  private static Map<String, @Nullable Object> rules(ScalingRules rules) {
    var written = ordered();
    rules.windowSeconds().ifPresent(seconds -> written.put("stabilizationWindowSeconds", seconds));
    written.put(
        "selectPolicy",
        switch (rules.select()) {
          case MAX -> "Max";
          case MIN -> "Min";
          case DISABLED -> "Disabled";
        });
    List<Object> policies = new ArrayList<>();
    for (ScalingRules.Policy policy : rules.policies()) {
      var one = ordered();
      one.put(
          "type",
          switch (policy.type()) {
            case PODS -> "Pods";
            case PERCENT -> "Percent";
          });
      one.put("value", policy.value());
      one.put("periodSeconds", policy.periodSeconds());
      policies.add(one);
    }
    written.put("policies", policies);
    OptionalDouble tolerance = rules.tolerance();
    if (tolerance.isPresent()) {
      written.put(
          "tolerance",
          BigDecimal.valueOf(tolerance.getAsDouble()).stripTrailingZeros().toPlainString());
    }
    return written;
  }

  private static Map<String, @Nullable Object> ordered() {
    return new LinkedHashMap<>();
  }
}
