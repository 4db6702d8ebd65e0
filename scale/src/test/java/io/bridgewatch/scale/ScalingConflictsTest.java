package io.bridgewatch.scale;

import static io.bridgewatch.testkit.KubernetesSample.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ScalingConflict.OtherScaler;
import io.bridgewatch.scale.ScalingConflict.ReplicasOwned;
import io.bridgewatch.scale.ScalingConflict.RequestsChanged;
import io.bridgewatch.scale.ScalingConflict.SharedPods;
import io.bridgewatch.scale.ScalingConflict.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScalingConflictsTest {

  private static List<ScalingConflict> found(KubernetesObject... others) {
    return ScalingConflicts.of(
        Workloads.ready(), List.of(others), List.of(Workloads.ready()), Optional.of("cart"));
  }

  private static KubernetesObject custom(String apiVersion, String kind, String name, String ref) {
    return object(
        """
        {"apiVersion": "%s", "kind": "%s", "metadata": {"name": "%s", "namespace": "shop"},
         "spec": {"scaleTargetRef": %s}}
        """
            .formatted(apiVersion, kind, name, ref));
  }

  private static KubernetesObject managed(String entries) {
    var tree = new HashMap<>(Workloads.ready().tree());
    tree.put(
        "metadata",
        object(
                """
                {"name": "cart", "namespace": "shop", "managedFields": [%s]}
                """
                    .formatted(entries))
            .tree());
    return KubernetesObject.of(tree);
  }

  private static String owns(String manager, String operation, String subresource) {
    return """
    {"manager": "%s", "operation": "%s", "subresource": "%s",
     "fieldsV1": {"f:spec": {"f:replicas": {}}}}
    """
        .formatted(manager, operation, subresource);
  }

  @Test
  void aSecondAutoscalerIsNamed() {
    assertThat(found(Workloads.hpa("by-hand", "cart", ""), Workloads.hpa("other", "pay", "")))
        .containsExactly(
            new OtherScaler(
                "autoscaling/v2", "HorizontalPodAutoscaler", "by-hand", Optional.empty()));
  }

  @Test
  void ourOwnAutoscalerIsNoConflictAndSomebodyElsesOfThatNameIs() {
    var ours =
        Workloads.hpa(
            "cart",
            "cart",
            ", \"managedFields\": [{\"manager\": \"bridgewatch-scaling\"},"
                + " {\"manager\": \"kube-controller-manager\", \"subresource\": \"status\"}]");
    var theirs = Workloads.hpa("cart", "cart", ", \"managedFields\": [{\"manager\": \"kubectl\"}]");
    assertThat(found(ours)).isEmpty();
    assertThat(found(theirs))
        .extracting(ScalingConflict::owner)
        .containsExactly("HorizontalPodAutoscaler cart");
  }

  @Test
  void anAutoscalerThatAnotherObjectMadeIsNamedByThatObjectOnce() {
    var made =
        Workloads.hpa(
            "keda-hpa-cart",
            "cart",
            ", \"ownerReferences\": [{\"apiVersion\": \"keda.sh/v1alpha1\","
                + " \"kind\": \"ScaledObject\", \"name\": \"cart\", \"controller\": true}]");
    var scaled = custom("keda.sh/v1alpha1", "ScaledObject", "cart", "{\"name\": \"cart\"}");
    assertThat(found(made, scaled))
        .containsExactly(
            new OtherScaler(
                "keda.sh/v1alpha1", "ScaledObject", "cart", Optional.of("keda-hpa-cart")));
  }

  @Test
  void timedScalersAreNamedWhetherTheyAimAtTheWorkloadOrAtItsAutoscaler() {
    var hpa = Workloads.hpa("cart", "cart", "");
    var direct =
        custom(
            "autoscaling.alibabacloud.com/v1beta1",
            "CronHorizontalPodAutoscaler",
            "payday",
            "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"name\": \"cart\"}");
    var through =
        custom(
            "autoscaling.karmada.io/v1alpha1",
            "CronFederatedHPA",
            "open",
            "{\"kind\": \"HorizontalPodAutoscaler\", \"name\": \"cart\"}");
    var elsewhere =
        custom("a.b/v1", "CronHPA", "far", "{\"kind\": \"StatefulSet\", \"name\": \"cart\"}");
    assertThat(found(hpa, direct, through, elsewhere))
        .containsExactly(
            new OtherScaler(
                "autoscaling.karmada.io/v1alpha1", "CronFederatedHPA", "open", Optional.of("cart")),
            new OtherScaler(
                "autoscaling.alibabacloud.com/v1beta1",
                "CronHorizontalPodAutoscaler",
                "payday",
                Optional.empty()));
  }

  @Test
  void anAutoscalerOfAnotherWorkloadWithTheSamePodsStopsBoth() {
    var wide =
        object(
            """
            {"apiVersion": "apps/v1", "kind": "Deployment",
             "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"selector": {"matchExpressions": [
               {"key": "tier", "operator": "In", "values": ["web", "api"]}]}}}
            """);
    var conflicts =
        ScalingConflicts.of(
            Workloads.ready(),
            List.of(Workloads.hpa("web", "web", "")),
            List.of(Workloads.ready(), wide),
            Optional.empty());
    assertThat(conflicts)
        .containsExactly(
            new SharedPods("web", new ScaleTarget("apps/v1", "Deployment", "shop", "web")));
  }

  @Test
  void whoChangesRequestsIsNamedUnlessItOnlyRecommends() {
    String vpa =
        """
        {"apiVersion": "autoscaling.k8s.io/v1", "kind": "VerticalPodAutoscaler",
         "metadata": {"name": "%s", "namespace": "shop"},
         "spec": {"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"}%s}}
        """;
    assertThat(
            found(
                object(vpa.formatted("acts", "")),
                object(vpa.formatted("says", ", \"updatePolicy\": {\"updateMode\": \"Off\"}"))))
        .containsExactly(new RequestsChanged("VerticalPodAutoscaler", "acts", "Auto"));
  }

  @Test
  void whoOwnsReplicasIsNamedByWhatHeIs() {
    var workload =
        managed(
            String.join(
                ",",
                owns("argocd-controller", "Update", ""),
                owns("team-pipeline", "Apply", ""),
                owns("night-job", "Update", "scale"),
                owns("kube-controller-manager", "Update", "scale"),
                owns("bridgewatch-scaling", "Apply", ""),
                owns("kubectl-client-side-apply", "Update", ""),
                "{\"manager\": \"kube-controller-manager\", \"operation\": \"Update\"}"));
    var conflicts = ScalingConflicts.of(workload, List.of(), List.of(workload), Optional.empty());
    assertThat(conflicts)
        .containsExactly(
            new ReplicasOwned("argocd-controller", Source.GITOPS, false),
            new ReplicasOwned("night-job", Source.SCALER, false),
            new ReplicasOwned("team-pipeline", Source.OTHER, true),
            new ReplicasOwned("kubectl-client-side-apply", Source.PERSON, false));
    assertThat(conflicts)
        .extracting(ScalingConflict::blocking)
        .containsExactly(true, true, true, false);
  }

  @Test
  void whatIsInAnotherNamespaceIsNoConflict() {
    var elsewhere =
        object(
            """
            {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
             "metadata": {"name": "x", "namespace": "other"},
             "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment",
               "name": "cart"}}}
            """);
    assertThat(found(elsewhere)).isEmpty();
  }
}
