package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Readiness, policies and plans over HTTP, against an API server that keeps field owners. */
class ScalingTest {

  private static final String AT = "?namespace=shop&name=cart";
  private static final String WORKLOAD =
      "/api/v1/scaling/workload?namespace=shop&kind=Deployment&name=cart";
  private static final ObjectName HPA =
      new ObjectName("autoscaling/v2", "HorizontalPodAutoscaler", "shop", "cart");

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private KubernetesServer server;
  private RunningHub hub;
  private Client admin;

  @BeforeEach
  void start() throws IOException {
    server = KubernetesServer.start();
    server.put("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shop\"}}");
    server.put(
        """
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"},
         "status": {"allocatable": {"cpu": "16", "memory": "64Gi", "pods": "110"}}}
        """);
    server.put(
        """
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "cart", "namespace": "shop"},
         "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "cart"}},
           "template": {"metadata": {"labels": {"app": "cart"}}, "spec": {"containers": [
             {"name": "app", "image": "shop/cart:1",
              "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}}}]}}}}
        """);
    hub =
        RunningHub.watching(
            folder.resolve("data"), clock, "--kubeconfig=" + kubeconfig(server.url().toString()));
    admin = hub.admin();
    admin.await(WORKLOAD, answer -> answer.path("room").path("nodes").asInt() == 1);
  }

  @AfterEach
  void stop() {
    hub.close();
    server.close();
  }

  private Path kubeconfig(String url) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: east
        clusters: [{name: c, cluster: {server: "%s"}}]
        contexts: [{name: east, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: t}}]
        """
            .formatted(url));
  }

  private static String policy(int most) {
    return """
    {"namespace": "shop", "targetKind": "Deployment", "targetName": "cart",
     "minReplicas": 2, "maxReplicas": %d,
     "metrics": [{"type": "Resource", "resource": {"name": "cpu",
       "target": {"type": "Utilization", "averageUtilization": 65}}}]}
    """
        .formatted(most);
  }

  private JsonNode sent(Client who, String method, String path, String body, int status) {
    var answer = who.send(method, path, body);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(status);
    return answer.json();
  }

  private String refused(Client who, String method, String path, String body) {
    return who.send(method, path, body).reason();
  }

  private void moved(String mode, String reason) {
    sent(
        admin,
        "PUT",
        "/api/v1/scaling/policy/mode" + AT,
        "{\"mode\": \"%s\", \"reason\": \"%s\"}".formatted(mode, reason),
        200);
  }

  /** A policy that may be applied by a plan. */
  private void approvable(int most) {
    sent(admin, "PUT", "/api/v1/scaling/policy", policy(most), 200);
    moved("SHADOW", "a test");
    moved("APPROVE", "a test");
  }

  private JsonNode planned() {
    return sent(
        admin,
        "POST",
        "/api/v1/scaling/plans",
        "{\"namespace\": \"shop\", \"policy\": \"cart\"}",
        201);
  }

  private JsonNode confirmed(JsonNode plan) {
    return sent(
        admin, "POST", "/api/v1/scaling/plans/" + plan.get("id").asString() + "/confirm", "", 200);
  }

  private Optional<JsonNode> inCluster() {
    return server.get(HPA).map(RunningHub.JSON::readTree);
  }

  @Test
  void eachGapOfAWorkloadComesWithWhatHelpsInBothLanguages() {
    var english = admin.get(WORKLOAD + "&lang=en").json();
    var chinese = admin.get(WORKLOAD + "&lang=zh").json();
    assertThat(english.get("workload").get("score").asInt()).isEqualTo(45);
    assertThat(english.get("checks").size()).isEqualTo(9);
    var probe = english.get("checks").get(1);
    assertThat(probe.get("criterion").asString()).isEqualTo("READINESS_PROBE");
    assertThat(probe.get("gaps").get(0).get("evidence").asString())
        .isEqualTo("container app has no readiness probe");
    assertThat(probe.get("gaps").get(0).get("fix").asString()).contains("readinessProbe");
    assertThat(chinese.get("checks").get(1).get("gaps").get(0).get("evidence").asString())
        .isEqualTo("容器 app 没有就绪探针");
    assertThat(english.get("room").get("largest").asInt()).isEqualTo(3 + 32);
    var list = admin.get("/api/v1/scaling/workloads?q=CART").json();
    assertThat(list.get("total").asInt()).isEqualTo(1);
    assertThat(list.get("items").get(0).get("score").asInt()).isEqualTo(45);
    assertThat(admin.get("/api/v1/scaling/workloads?q=none").json().get("total").asInt()).isZero();
    assertThat(admin.get("/api/v1/scaling/waves").json().at("/items/0/pilot/name").asString())
        .isEqualTo("cart");
    assertThat(admin.get(WORKLOAD.replace("=cart", "=none")).reason()).isEqualTo("NotFound");
    assertThat(admin.get(WORKLOAD.replace("Deployment", "Job")).reason())
        .isEqualTo("InvalidParameter");
  }

  @Test
  void aPolicyGoesOnByEvidenceOrForAReasonOneModeAtATime() {
    sent(admin, "PUT", "/api/v1/scaling/policy", policy(9), 200);
    String mode = "/api/v1/scaling/policy/mode" + AT;
    assertThat(refused(admin, "PUT", mode, "{\"mode\": \"APPROVE\", \"reason\": \"x\"}"))
        .isEqualTo("ModeTooFar");
    assertThat(refused(admin, "PUT", mode, "{\"mode\": \"SHADOW\"}")).isEqualTo("EvidenceMissing");
    var next = admin.get(WORKLOAD).json().get("next");
    assertThat(next.get("to").asString()).isEqualTo("SHADOW");
    assertThat(next.get("granted").asBoolean()).isFalse();
    moved("SHADOW", "metrics come next week");
    moved("APPROVE", "pilot");
    assertThat(refused(admin, "PUT", mode, "{\"mode\": \"AUTO\", \"reason\": \"x\"}"))
        .isEqualTo("AutoNotOffered");
    sent(admin, "PUT", "/api/v1/scaling/policy", policy(12), 200);
    var kept = admin.get("/api/v1/scaling/policies").json().get("items").get(0);
    assertThat(kept.get("mode").asString()).as("kept").isEqualTo("APPROVE");
    assertThat(kept.get("maxReplicas").asInt()).isEqualTo(12);
    moved("OBSERVE", "");
    assertThat(admin.get("/api/v1/audit?action=SCALING_MODE_CHANGED").body())
        .contains("because: metrics come next week");
    assertThat(refused(admin, "PUT", "/api/v1/scaling/policy", policy(9).replace("65", "\"x\"")))
        .isEqualTo("InvalidParameter");
    assertThat(refused(admin, "PUT", "/api/v1/scaling/policy", policy(1)))
        .isEqualTo("InvalidParameter");
  }

  @Test
  void aPlanIsTriedShownConfirmedAndApplied() {
    sent(admin, "PUT", "/api/v1/scaling/policy", policy(9), 200);
    assertThat(
            refused(
                admin,
                "POST",
                "/api/v1/scaling/plans",
                "{\"namespace\": \"shop\", \"policy\": \"cart\"}"))
        .isEqualTo("ModeTooLow");
    approvable(9);
    var plan = planned();
    assertThat(plan.get("state").asString()).as(plan.toString()).isEqualTo("PLANNED");
    assertThat(plan.get("changes").toString()).contains("\"spec.maxReplicas\"", "\"9\"");
    assertThat(inCluster()).as("only tried").isEmpty();

    var auditor = hub.as(admin, "AUDITOR");
    String confirm = "/api/v1/scaling/plans/" + plan.get("id").asString() + "/confirm";
    assertThat(refused(auditor, "POST", confirm, "")).isEqualTo("RoleMissing");

    assertThat(confirmed(plan).get("state").asString()).isEqualTo("APPLIED");
    var applied = inCluster().orElseThrow();
    assertThat(applied.at("/spec/maxReplicas").asInt()).isEqualTo(9);
    assertThat(applied.at("/metadata/managedFields/0/manager").asString())
        .isEqualTo("bridgewatch-scaling");
    assertThat(refused(admin, "POST", confirm, "")).isEqualTo("PlanNotOpen");
    for (String action :
        new String[] {"SCALING_PLANNED", "SCALING_PLAN_CONFIRMED", "SCALING_APPLIED"}) {
      assertThat(auditor.get("/api/v1/audit?action=" + action).body())
          .as(action)
          .contains(plan.get("id").asString());
    }
    admin.await(WORKLOAD, w -> w.path("workload").at("/autoscalers/0").asString("").equals("cart"));
    assertThat(admin.get(WORKLOAD).json().path("workload").path("otherScalers").isEmpty())
        .as("it is ours")
        .isTrue();
  }

  @Test
  void whoOwnsAFieldStopsAPlanAndIsNamed() {
    approvable(9);
    confirmed(planned());
    server.patch(HPA, "{\"spec\": {\"maxReplicas\": 5}}", "kubectl-edit");
    var plan = planned();
    assertThat(plan.get("state").asString()).isEqualTo("CONFLICTED");
    assertThat(plan.at("/owners/0/field").asString()).isEqualTo(".spec.maxReplicas");
    assertThat(plan.at("/owners/0/owner").asString()).isEqualTo("kubectl-edit");
    assertThat(
            refused(
                admin,
                "POST",
                "/api/v1/scaling/plans/" + plan.get("id").asString() + "/confirm",
                ""))
        .isEqualTo("PlanNotOpen");
    assertThat(inCluster().orElseThrow().at("/spec/maxReplicas").asInt()).isEqualTo(5);
  }

  @Test
  void aPlanThatRestsOnWhatIsNotSoAnyMoreIsStale() {
    approvable(9);
    var first = planned();
    confirmed(planned());
    assertThat(confirmed(first).get("reason").asString()).isEqualTo("AutoscalerChanged");

    approvable(12);
    var byStatus = planned();
    server.patch(HPA, "{\"status\": {\"desiredReplicas\": 4}}", "kube-controller-manager");
    assertThat(confirmed(byStatus).get("state").asString())
        .as("a status is no change")
        .isEqualTo("APPLIED");

    var old = planned();
    clock.advance(Duration.ofMinutes(61));
    assertThat(confirmed(old).get("reason").asString()).isEqualTo("PlanTooOld");

    var changed = planned();
    sent(admin, "PUT", "/api/v1/scaling/policy", policy(20), 200);
    assertThat(confirmed(changed).get("reason").asString()).isEqualTo("PolicyChanged");
    assertThat(inCluster().orElseThrow().at("/spec/maxReplicas").asInt()).isEqualTo(12);

    var given = planned();
    var cancelled =
        sent(
            admin,
            "POST",
            "/api/v1/scaling/plans/" + given.get("id").asString() + "/cancel",
            "",
            200);
    assertThat(cancelled.get("state").asString()).isEqualTo("CANCELLED");
    assertThat(cancelled.get("decidedBy").asString()).isEqualTo("admin");
  }

  @Test
  void whoElseScalesItIsNamedAndStopsAPlan() throws IOException {
    approvable(9);
    server.put(definition("scaledobjects", "ScaledObject", "keda.sh"));
    server.put(
        """
        {"apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
         "metadata": {"name": "cart-queue", "namespace": "shop"},
         "spec": {"scaleTargetRef": {"name": "cart"}}}
        """);
    var found = admin.await(WORKLOAD, one -> !one.path("workload").path("otherScalers").isEmpty());
    assertThat(found.path("workload").at("/otherScalers/0").asString())
        .isEqualTo("ScaledObject cart-queue");
    assertThat(found.at("/conflicts/0/owner").asString()).isEqualTo("ScaledObject cart-queue");
    var refusal =
        admin.send(
            "POST", "/api/v1/scaling/plans", "{\"namespace\": \"shop\", \"policy\": \"cart\"}");
    assertThat(refusal.reason()).isEqualTo("ScaledByOthers");
    assertThat(refusal.body()).contains("ScaledObject cart-queue");
    moved("SHADOW", "");
    assertThat(
            refused(
                admin,
                "PUT",
                "/api/v1/scaling/policy/mode" + AT,
                "{\"mode\": \"APPROVE\", \"reason\": \"never mind\"}"))
        .as("no reason helps")
        .isEqualTo("ScaledByOthers");
  }

  private static String definition(String plural, String kind, String group) {
    return """
    {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
     "metadata": {"name": "%1$s.%3$s"},
     "spec": {"group": "%3$s", "scope": "Namespaced",
       "names": {"plural": "%1$s", "kind": "%2$s"},
       "versions": [{"name": "v1alpha1", "served": true, "storage": true}]}}
    """
        .formatted(plural, kind, group);
  }

  @Test
  void aPolicyOfTheClusterCountsAndIsChangedThere() throws IOException {
    var crd =
        YAMLMapper.builder()
            .build()
            .readTree(Path.of("../../deploy/crds/scalingpolicies.yaml").toFile());
    server.put(crd.toString());
    server.put(
        """
        {"apiVersion": "scaling.bridgewatch.io/v1alpha1", "kind": "ScalingPolicy",
         "metadata": {"name": "cart", "namespace": "shop"},
         "spec": {"targetRef": {"name": "cart"}, "mode": "Approve", "maxReplicas": 7}}
        """);
    server.put(
        """
        {"apiVersion": "scaling.bridgewatch.io/v1alpha1", "kind": "ScalingPolicy",
         "metadata": {"name": "odd", "namespace": "shop"},
         "spec": {"targetRef": {"name": "x"}, "maxReplicas": 0}}
        """);
    var all =
        admin.await(
            "/api/v1/scaling/policies",
            list -> !list.get("items").isEmpty() && !list.get("broken").isEmpty());
    assertThat(all.at("/items/0/source").asString()).isEqualTo("CLUSTER");
    assertThat(all.at("/items/0/manifest/spec/maxReplicas").asInt()).isEqualTo(7);
    assertThat(all.at("/broken/0/error").asString()).contains("max ≥ 1");
    assertThat(refused(admin, "PUT", "/api/v1/scaling/policy/mode" + AT, "{\"mode\": \"OBSERVE\"}"))
        .isEqualTo("PolicyInCluster");
    assertThat(refused(admin, "PUT", "/api/v1/scaling/policy", policy(9)))
        .isEqualTo("PolicyInCluster");
    assertThat(confirmed(planned()).get("state").asString()).isEqualTo("APPLIED");
  }

  @Test
  void policiesAndPlansOutliveTheHub() throws IOException {
    approvable(9);
    var plan = planned();
    var password = hub.initialPassword();
    hub.close();
    hub =
        RunningHub.watching(
            folder.resolve("data"), clock, "--kubeconfig=" + kubeconfig(server.url().toString()));
    admin = hub.loggedIn("admin", password);
    admin.await(WORKLOAD, answer -> answer.path("plans").size() == 1);
    assertThat(confirmed(plan).get("state").asString()).isEqualTo("APPLIED");
    assertThat(admin.send("DELETE", "/api/v1/scaling/policy" + AT, "").status()).isEqualTo(204);
    assertThat(admin.get("/api/v1/scaling/plans?policy=cart").json().get("items").size())
        .as("plans stay")
        .isEqualTo(1);
    assertThat(inCluster()).as("so does the autoscaler").isPresent();
  }
}
