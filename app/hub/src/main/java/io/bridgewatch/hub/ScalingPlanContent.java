package io.bridgewatch.hub;

import io.bridgewatch.hub.UnservedMetrics.Unserved;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ScaleTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan of scaling is made of, as it is kept.
 *
 * @param manifest that is applied
 * @param before the autoscaler as it was; null if there was none
 * @param changes field by field, as the API server says
 * @param owners of fields that this would change
 * @param unserved metrics that the autoscaler would not get; null of a plan that was made before
 *     this was looked at
 * @param reason PascalCase word of what went wrong; empty if nothing did
 */
record ScalingPlanContent(
    Map<String, @Nullable Object> manifest,
    @Nullable Map<String, @Nullable Object> before,
    List<ScalingApi.PlannedChange> changes,
    List<ScalingApi.OwnedField> owners,
    @Nullable List<Unserved> unserved,
    String reason,
    String message) {

  private static final String OWNED =
      "others own fields that this would change; agree with them, or let them give the fields up";

  static ScalingPlanContent of(KubernetesObject manifest, List<Unserved> unserved) {
    return new ScalingPlanContent(manifest.tree(), null, List.of(), List.of(), unserved, "", "");
  }

  ScalingPlanContent after(Optional<KubernetesObject> live) {
    return new ScalingPlanContent(
        manifest,
        live.map(KubernetesObject::tree).orElse(null),
        changes,
        owners,
        unserved,
        reason,
        message);
  }

  ScalingPlanContent changing(List<ScalingApi.PlannedChange> fields) {
    return new ScalingPlanContent(manifest, before, fields, owners, unserved, reason, message);
  }

  ScalingPlanContent because(String newReason, String newMessage) {
    return new ScalingPlanContent(
        manifest, before, changes, owners, unserved, newReason, newMessage);
  }

  ScalingPlanContent ownedBy(List<ScalingApi.OwnedField> others) {
    return new ScalingPlanContent(
        manifest, before, changes, others, unserved, "FieldsOwned", OWNED);
  }

  List<Unserved> unservedMetrics() {
    return Optional.ofNullable(unserved).orElse(List.of());
  }

  /** The workload that the manifest scales. */
  ScaleTarget target() {
    var object = KubernetesObject.of(manifest);
    return new ScaleTarget(
        object.text("spec", "scaleTargetRef", "apiVersion").orElse(""),
        object.text("spec", "scaleTargetRef", "kind").orElse(""),
        object.namespace(),
        object.text("spec", "scaleTargetRef", "name").orElse(""));
  }
}
