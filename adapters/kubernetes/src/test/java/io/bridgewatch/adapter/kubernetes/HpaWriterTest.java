package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.AccessRule;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.ServerOptions;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.AutoscalerWriter.Answer;
import io.bridgewatch.ports.AutoscalerWriter.How;
import io.bridgewatch.ports.AutoscalerWriter.Refused;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.testkit.AutoscalerWriterContractTest;
import io.bridgewatch.testkit.KubernetesSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Server-side apply over HTTP, with the roles that we ship. */
@Timeout(60)
class HpaWriterTest extends AutoscalerWriterContractTest {

  private static final String HPA =
      """
      {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
       "metadata": {"name": "cart", "namespace": "shop"},
       "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"},
         "minReplicas": 1, "maxReplicas": 9,
         "metrics": [{"type": "Pods", "pods": {"metric": {"name": "in_flight"},
           "target": {"type": "AverageValue", "averageValue": "20"}}}],
         "behavior": {"scaleUp": {"tolerance": "0.05"}}}}
      """;

  private KubernetesServer server;
  private AutoscalerWriter writer;

  @BeforeEach
  void start() {
    server =
        KubernetesServer.start(
            ServerOptions.standard()
                .withAccount("writer", "writer", roles("write-autoscalers.yaml"))
                .withAccount("reader", "reader", roles("read-only.yaml")));
    server.put(
        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"shop\"}}");
    writer = as("writer");
  }

  @AfterEach
  void stop() {
    writer.close();
    server.close();
  }

  private AutoscalerWriter as(String token) {
    return FeedHarness.clusters(FeedHarness.QUICK)
        .autoscalers(
            new RegisteredCluster(
                "test",
                server.url().toString(),
                Optional.empty(),
                new RegisteredCluster.Credential.Token(token),
                "tester",
                Instant.EPOCH));
  }

  private static List<AccessRule> roles(String file) {
    var rules = new ArrayList<AccessRule>();
    RbacTest.rules(file)
        .forEach(
            rule ->
                rule.path("apiGroups")
                    .forEach(
                        group ->
                            rule.path("resources")
                                .forEach(
                                    resource ->
                                        rule.path("verbs")
                                            .forEach(
                                                verb ->
                                                    rules.add(
                                                        new AccessRule(
                                                            group.asString(),
                                                            resource.asString(),
                                                            verb.asString()))))));
    return rules;
  }

  @Override
  protected AutoscalerWriter writer() {
    return writer;
  }

  @Override
  protected void write(KubernetesObject object, String manager) {
    server.put(JsonMapper.builder().build().writeValueAsString(object.tree()), manager);
  }

  @Test
  void whatIsSentIsServerSideApplyUnderOurOwnManagerWithoutForce() throws InterruptedException {
    var answer = writer.apply(KubernetesSample.object(HPA), How.FOR_GOOD);
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    var object = ((Answer.Accepted) answer).object();
    assertThat(object.list("metadata", "managedFields"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.text("manager")).contains("bridgewatch-scaling");
              assertThat(entry.text("operation")).contains("Apply");
            });
    assertThat(object.object("spec")).isEqualTo(KubernetesSample.object(HPA).object("spec"));
  }

  @Test
  void withoutTheRoleForWritingNothingIsWrittenAndTheFileIsNamed() throws InterruptedException {
    try (var reader = as("reader")) {
      assertThat(reader.find("shop", "cart")).isInstanceOf(AutoscalerWriter.Looked.Found.class);
      assertThat(reader.apply(KubernetesSample.object(HPA), How.FOR_GOOD))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.reason()).isEqualTo("Forbidden");
                assertThat(refused.message()).contains("deploy/rbac/write-autoscalers.yaml");
              });
    }
  }

  @Test
  void aServerThatIsAwayIsAReasonAndNoException() throws InterruptedException {
    server.disconnect();
    assertThat(writer.apply(KubernetesSample.object(HPA), How.DRY_RUN))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo("ConnectionRefused"));
    assertThat(writer.find("shop", "cart")).isInstanceOf(Refused.class);
    writer.close();
    assertThat(writer.find("shop", "cart")).isInstanceOf(Refused.class);
  }
}
