package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ScalingRules.Policy;
import io.bridgewatch.scale.ScalingRules.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Reads an {@code autoscaling/v2} object with the defaults that the API server fills in: one
 * replica at least, CPU at 80 % where no metric is named, and the missing half of a behavior.
 */
public final class HpaManifest {

  private HpaManifest() {}

  /**
   * @param object a HorizontalPodAutoscaler, or at least its spec
   * @throws IllegalArgumentException if a field is missing or out of range; it is named
   */
  public static HpaSpec read(KubernetesObject object) {
    KubernetesObject spec =
        object
            .object("spec")
            .orElseThrow(() -> new IllegalArgumentException("cannot read the HPA: it has no spec"));
    var metrics = new ArrayList<HpaMetric>();
    List<KubernetesObject> named = spec.list("metrics");
    for (int i = 0; i < named.size(); i++) {
      metrics.add(metric(named.get(i), "spec.metrics[%d]".formatted(i)));
    }
    if (metrics.isEmpty()) {
      metrics.add(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(80)));
    }
    return new HpaSpec(
        integer(spec, "spec.minReplicas", "minReplicas").orElse(1),
        integer(spec, "spec.maxReplicas", "maxReplicas")
            .orElseThrow(() -> missing("spec.maxReplicas")),
        metrics,
        spec.object("behavior").map(HpaManifest::behavior));
  }

  // Metrics

  private static HpaMetric metric(KubernetesObject metric, String at) {
    String type = text(metric, at + ".type", "type");
    return switch (type) {
      case "Resource" -> {
        KubernetesObject source = part(metric, at, "resource");
        yield new HpaMetric.Resource(
            text(source, at + ".resource.name", "name"), resourceTarget(source, at + ".resource"));
      }
      case "ContainerResource" -> {
        KubernetesObject source = part(metric, at, "containerResource");
        yield new HpaMetric.ContainerResource(
            text(source, at + ".containerResource.name", "name"),
            text(source, at + ".containerResource.container", "container"),
            resourceTarget(source, at + ".containerResource"));
      }
      case "Pods" -> {
        KubernetesObject source = part(metric, at, "pods");
        yield new HpaMetric.Pods(
            text(source, at + ".pods.metric.name", "metric", "name"),
            new HpaTarget.AverageValue(
                milli(source, at + ".pods.target.averageValue", "target", "averageValue")
                    .orElseThrow(() -> missing(at + ".pods.target.averageValue"))));
      }
      case "Object" -> {
        KubernetesObject source = part(metric, at, "object");
        yield new HpaMetric.Object(
            text(source, at + ".object.metric.name", "metric", "name"),
            text(source, at + ".object.describedObject.kind", "describedObject", "kind"),
            wholeTarget(source, at + ".object", source.text("target", "type").orElse("")));
      }
      case "External" -> {
        KubernetesObject source = part(metric, at, "external");
        yield new HpaMetric.External(
            text(source, at + ".external.metric.name", "metric", "name"),
            wholeTarget(source, at + ".external", "AverageValue"));
      }
      default ->
          throw new IllegalArgumentException(
              "cannot read %s.type: \"%s\" is none of Resource, ContainerResource, Pods, Object, External"
                  .formatted(at, type));
    };
  }

  /** An average value goes before a utilization, as the controller looks at them. */
  private static HpaTarget resourceTarget(KubernetesObject source, String at) {
    Optional<Long> average = milli(source, at + ".target.averageValue", "target", "averageValue");
    if (average.isPresent()) {
      return new HpaTarget.AverageValue(average.get());
    }
    return new HpaTarget.Utilization(
        integer(source, at + ".target.averageUtilization", "target", "averageUtilization")
            .orElseThrow(() -> missing(at + ".target.averageUtilization")));
  }

  /**
   * @param first type that goes before the other where both are given
   */
  private static HpaTarget wholeTarget(KubernetesObject source, String at, String first) {
    Optional<Long> average = milli(source, at + ".target.averageValue", "target", "averageValue");
    Optional<Long> value = milli(source, at + ".target.value", "target", "value");
    if (average.isPresent() && (first.equals("AverageValue") || value.isEmpty())) {
      return new HpaTarget.AverageValue(average.get());
    }
    return new HpaTarget.Value(value.orElseThrow(() -> missing(at + ".target.value")));
  }

  // Behavior

  private static HpaSpec.Behavior behavior(KubernetesObject behavior) {
    return new HpaSpec.Behavior(
        rules(behavior, "scaleUp", ScalingRules.standardUp()),
        rules(behavior, "scaleDown", ScalingRules.standardDown()));
  }

  private static ScalingRules rules(
      KubernetesObject behavior, String direction, ScalingRules standard) {
    Optional<KubernetesObject> found = behavior.object(direction);
    if (found.isEmpty()) {
      return standard;
    }
    KubernetesObject rules = found.get();
    String at = "spec.behavior." + direction;
    var policies = new ArrayList<Policy>();
    for (KubernetesObject policy : rules.list("policies")) {
      policies.add(policy(policy, at + ".policies[%d]".formatted(policies.size())));
    }
    OptionalInt window = standard.windowSeconds();
    Optional<Integer> named =
        integer(rules, at + ".stabilizationWindowSeconds", "stabilizationWindowSeconds");
    if (named.isPresent()) {
      window = OptionalInt.of(named.get());
    }
    Optional<String> tolerance = rules.text("tolerance");
    return new ScalingRules(
        window,
        rules.text("selectPolicy").map(word -> select(word, at)).orElse(standard.select()),
        policies.isEmpty() ? standard.policies() : policies,
        tolerance.isPresent()
            ? OptionalDouble.of(Quantity.value(tolerance.get(), at + ".tolerance"))
            : OptionalDouble.empty());
  }

  private static Policy policy(KubernetesObject policy, String at) {
    String type = text(policy, at + ".type", "type");
    return new Policy(
        switch (type) {
          case "Pods" -> Policy.Type.PODS;
          case "Percent" -> Policy.Type.PERCENT;
          default ->
              throw new IllegalArgumentException(
                  "cannot read %s.type: \"%s\" is neither Pods nor Percent".formatted(at, type));
        },
        integer(policy, at + ".value", "value").orElseThrow(() -> missing(at + ".value")),
        integer(policy, at + ".periodSeconds", "periodSeconds")
            .orElseThrow(() -> missing(at + ".periodSeconds")));
  }

  private static Select select(String word, String at) {
    return switch (word) {
      case "Max" -> Select.MAX;
      case "Min" -> Select.MIN;
      case "Disabled" -> Select.DISABLED;
      default ->
          throw new IllegalArgumentException(
              "cannot read %s.selectPolicy: \"%s\" is none of Max, Min, Disabled"
                  .formatted(at, word));
    };
  }

  // Fields

  private static KubernetesObject part(KubernetesObject from, String at, String field) {
    return from.object(field).orElseThrow(() -> missing(at + "." + field));
  }

  private static String text(KubernetesObject from, String at, String... path) {
    return from.text(path).filter(text -> !text.isEmpty()).orElseThrow(() -> missing(at));
  }

  private static Optional<Long> milli(KubernetesObject from, String at, String... path) {
    return from.text(path).map(text -> Quantity.milli(text, at));
  }

  private static Optional<Integer> integer(KubernetesObject from, String at, String... path) {
    Optional<Double> number = from.number(path);
    if (number.isPresent()
        && (number.get() != Math.rint(number.get())
            || Math.abs(number.get()) > Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "cannot read %s: %s is no 32-bit integer".formatted(at, number.get()));
    }
    return number.map(Double::intValue);
  }

  private static IllegalArgumentException missing(String at) {
    return new IllegalArgumentException("cannot read the HPA: %s is missing".formatted(at));
  }
}
