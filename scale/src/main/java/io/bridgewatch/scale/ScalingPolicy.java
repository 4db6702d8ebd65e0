package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ReadinessGap.Downstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a workload is to be scaled, and how far we may go in it.
 *
 * @param name within its namespace
 * @param hpaName of the autoscaler that it becomes
 * @param rules {@code minReplicas}, {@code maxReplicas}, {@code metrics} and {@code behavior} in
 *     the words of {@code autoscaling/v2}
 * @param downstreams what the workload calls, and what that bears
 * @param pilot whether it goes before similar workloads
 */
public record ScalingPolicy(
    String name,
    ScaleTarget target,
    ScalingMode mode,
    String hpaName,
    KubernetesObject rules,
    List<Downstream> downstreams,
    boolean pilot) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final List<String> RULES =
      List.of("minReplicas", "maxReplicas", "metrics", "behavior");

  /**
   * @throws IllegalArgumentException if a field makes no sense; it is named
   */
  public ScalingPolicy {
    named("name", name);
    named("hpaName", hpaName);
    downstreams = List.copyOf(downstreams);
    HpaManifest.read(KubernetesObject.of(Map.of("spec", rules.tree())));
    for (String field : rules.tree().keySet()) {
      if (!RULES.contains(field)) {
        throw new IllegalArgumentException(
            "cannot read the rules: %s is none of %s".formatted(field, RULES));
      }
    }
  }

  /** The rules, read. */
  public HpaSpec spec() {
    return HpaManifest.read(KubernetesObject.of(Map.of("spec", rules.tree())));
  }

  public ScalingPolicy in(ScalingMode other) {
    return new ScalingPolicy(name, target, other, hpaName, rules, downstreams, pilot);
  }

  /**
   * The plain {@code autoscaling/v2} object that this policy is, and nothing but that: what is
   * applied can be read by anyone who knows Kubernetes.
   */
  public KubernetesObject manifest() {
    var spec = new LinkedHashMap<String, @Nullable Object>();
    spec.put(
        "scaleTargetRef",
        ordered("apiVersion", target.apiVersion(), "kind", target.kind(), "name", target.name()));
    for (String field : RULES) {
      Object value = rules.tree().get(field);
      if (value != null) {
        spec.put(field, value);
      }
    }
    var metadata = ordered("name", hpaName, "namespace", target.namespace());
    metadata.put("labels", Map.of("app.kubernetes.io/managed-by", "bridgewatch"));
    metadata.put("annotations", Map.of("bridgewatch.io/scaling-policy", name));
    var object = ordered("apiVersion", "autoscaling/v2", "kind", "HorizontalPodAutoscaler");
    object.put("metadata", metadata);
    object.put("spec", spec);
    return KubernetesObject.of(object);
  }

  private static Map<String, @Nullable Object> ordered(String... namesAndValues) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private static void named(String field, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          ("%s must be lower-case letters, digits, dots and dashes, at most 253 of them, was"
                  + " \"%s\"")
              .formatted(field, value));
    }
  }
}
