package io.bridgewatch.scale;

import static io.bridgewatch.testkit.KubernetesSample.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ManifestDiff.FieldChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScalingPolicyTest {

  private static final String POLICY =
      """
      {"apiVersion": "scaling.bridgewatch.io/v1alpha1", "kind": "ScalingPolicy",
       "metadata": {"name": "cart", "namespace": "shop"},
       "spec": {"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"},
         "mode": "Approve", "hpaName": "cart-hpa", "pilot": true,
         "minReplicas": 2, "maxReplicas": 12,
         "metrics": [{"type": "External", "external": {
           "metric": {"name": "queue", "selector": {"matchLabels": {"app": "cart"}}},
           "target": {"type": "AverageValue", "averageValue": "1"}}}],
         "behavior": {"scaleDown": {"stabilizationWindowSeconds": 900}},
         "downstreams": [{"name": "db", "capacity": 200.0, "perReplica": 20.0}]}}
      """;

  private static String with(String wanted, String instead) {
    assertThat(POLICY).contains(wanted);
    return POLICY.replace(wanted, instead);
  }

  @Test
  void aPolicyBecomesAPlainAutoscalerWithNothingLost() {
    var policy = ScalingPolicyManifest.read(object(POLICY));
    assertThat(policy.manifest())
        .isEqualTo(
            object(
                """
                {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
                 "metadata": {"name": "cart-hpa", "namespace": "shop",
                   "labels": {"app.kubernetes.io/managed-by": "bridgewatch"},
                   "annotations": {"bridgewatch.io/scaling-policy": "cart"}},
                 "spec": {
                   "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"},
                   "minReplicas": 2, "maxReplicas": 12,
                   "metrics": [{"type": "External", "external": {
                     "metric": {"name": "queue", "selector": {"matchLabels": {"app": "cart"}}},
                     "target": {"type": "AverageValue", "averageValue": "1"}}}],
                   "behavior": {"scaleDown": {"stabilizationWindowSeconds": 900}}}}
                """));
    assertThat(policy.spec().maxReplicas()).isEqualTo(12);
    assertThat(policy.pilot()).isTrue();
  }

  @Test
  void writingAndReadingGiveTheSamePolicy() {
    var policy = ScalingPolicyManifest.read(object(POLICY));
    assertThat(ScalingPolicyManifest.write(policy)).isEqualTo(object(POLICY));
    assertThat(ScalingPolicyManifest.read(ScalingPolicyManifest.write(policy))).isEqualTo(policy);
  }

  @Test
  void whatIsLeftOutIsTheCautiousChoice() {
    var policy =
        ScalingPolicyManifest.read(
            object(
                """
                {"metadata": {"name": "cart", "namespace": "shop"},
                 "spec": {"targetRef": {"name": "cart"}, "maxReplicas": 3}}
                """));
    assertThat(policy.mode()).isEqualTo(ScalingMode.OBSERVE);
    assertThat(policy.hpaName()).isEqualTo("cart");
    assertThat(policy.target().kind()).isEqualTo("Deployment");
    assertThat(policy.pilot()).isFalse();
  }

  @Test
  void aPolicyThatMakesNoSenseIsRefusedWithTheFieldNamed() {
    assertThatThrownBy(() -> ScalingPolicyManifest.read(object(with("12", "1"))))
        .hasMessageContaining("min ≤ max");
    assertThatThrownBy(() -> ScalingPolicyManifest.read(object(with("\"Approve\"", "\"Go\""))))
        .hasMessageContaining("Observe, Shadow, Approve, Auto");
    assertThatThrownBy(() -> ScalingPolicyManifest.read(object(with("cart-hpa", "Cart HPA"))))
        .hasMessageContaining("hpaName");
    assertThatThrownBy(() -> ScalingPolicyManifest.read(object(with("200.0", "0"))))
        .hasMessageContaining("capacity of db");
    assertThatThrownBy(() -> ScalingPolicyManifest.read(object(with("\"External\"", "\"Guess\""))))
        .hasMessageContaining("spec.metrics[0].type");
  }

  @Test
  void aDiffNamesFieldsAndLeavesOutWhatTheServerKeeps() {
    var before =
        object(
            """
            {"metadata": {"name": "cart", "uid": "u", "resourceVersion": "7",
              "managedFields": [{"manager": "x"}], "labels": {"a": "1"}},
             "spec": {"maxReplicas": 4, "metrics": [{"type": "Resource"}, {"type": "Pods"}]},
             "status": {"currentReplicas": 3}}
            """);
    var after =
        object(
            """
            {"metadata": {"name": "cart", "resourceVersion": "8", "labels": {"a": "1", "b": "2"}},
             "spec": {"maxReplicas": 9, "metrics": [{"type": "Resource"}]}}
            """);
    assertThat(ManifestDiff.of(Optional.of(before), after))
        .containsExactly(
            new FieldChange("metadata.labels.b", Optional.empty(), Optional.of("2")),
            new FieldChange("spec.maxReplicas", Optional.of("4"), Optional.of("9")),
            new FieldChange("spec.metrics[1].type", Optional.of("Pods"), Optional.empty()));
    assertThat(ManifestDiff.of(Optional.of(before), before)).isEmpty();
    assertThat(
            ManifestDiff.of(
                Optional.empty(), KubernetesObject.of(Map.of("spec", Map.of("a", List.of(1, 2))))))
        .extracting(FieldChange::field)
        .containsExactly("spec.a[0]", "spec.a[1]");
  }
}
