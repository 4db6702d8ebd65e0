package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ReadinessGap.Downstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads and writes a policy as an object of the kind {@code ScalingPolicy}. */
public final class ScalingPolicyManifest {

  public static final String API_VERSION = "scaling.bridgewatch.io/v1alpha1";
  public static final String KIND = "ScalingPolicy";

  /** As the API server's paths and watches spell it. */
  public static final String RESOURCE = "scalingpolicies.scaling.bridgewatch.io";

  private static final List<String> RULES =
      List.of("minReplicas", "maxReplicas", "metrics", "behavior");

  private ScalingPolicyManifest() {}

  /**
   * @throws IllegalArgumentException if a field is missing or makes no sense; it is named
   */
  public static ScalingPolicy read(KubernetesObject object) {
    var rules = new LinkedHashMap<String, @Nullable Object>();
    KubernetesObject spec =
        object
            .object("spec")
            .orElseThrow(() -> new IllegalArgumentException("a ScalingPolicy needs its spec"));
    for (String field : RULES) {
      Object value = spec.tree().get(field);
      if (value != null) {
        rules.put(field, value);
      }
    }
    var downstreams = new ArrayList<Downstream>();
    for (KubernetesObject one : spec.list("downstreams")) {
      downstreams.add(
          new Downstream(
              one.text("name").orElse(""), number(one, "capacity"), number(one, "perReplica")));
    }
    String name = object.name();
    return new ScalingPolicy(
        name,
        new ScaleTarget(
            spec.text("targetRef", "apiVersion").orElse("apps/v1"),
            spec.text("targetRef", "kind").orElse("Deployment"),
            object.namespace(),
            spec.text("targetRef", "name").orElse("")),
        spec.text("mode").map(ScalingMode::of).orElse(ScalingMode.OBSERVE),
        spec.text("hpaName").orElse(name),
        KubernetesObject.of(rules),
        downstreams,
        spec.text("pilot").filter("true"::equals).isPresent());
  }

  /** The same policy as an object. */
  public static KubernetesObject write(ScalingPolicy policy) {
    var target = new LinkedHashMap<String, @Nullable Object>();
    target.put("apiVersion", policy.target().apiVersion());
    target.put("kind", policy.target().kind());
    target.put("name", policy.target().name());
    var spec = new LinkedHashMap<String, @Nullable Object>();
    spec.put("targetRef", target);
    spec.put("mode", policy.mode().word());
    spec.put("hpaName", policy.hpaName());
    spec.put("pilot", policy.pilot());
    spec.putAll(policy.rules().tree());
    if (!policy.downstreams().isEmpty()) {
      spec.put(
          "downstreams", policy.downstreams().stream().map(ScalingPolicyManifest::tree).toList());
    }
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("name", policy.name());
    metadata.put("namespace", policy.target().namespace());
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put("apiVersion", API_VERSION);
    object.put("kind", KIND);
    object.put("metadata", metadata);
    object.put("spec", spec);
    return KubernetesObject.of(object);
  }

  private static Map<String, @Nullable Object> tree(Downstream downstream) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("name", downstream.name());
    downstream.capacity().ifPresent(value -> tree.put("capacity", value));
    downstream.perReplica().ifPresent(value -> tree.put("perReplica", value));
    return tree;
  }

  private static OptionalDouble number(KubernetesObject object, String field) {
    return object.number(field).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
