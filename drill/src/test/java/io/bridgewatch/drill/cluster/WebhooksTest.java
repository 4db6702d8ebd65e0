package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {
  private final Trial trial = new Trial();

  @AfterEach
  void close() {
    trial.close();
  }

  private void register(String failurePolicy, String namespaceSelector) {
    trial.create(
        """
        {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration",
         "metadata":{"name":"check"},
         "webhooks":[{"name":"pods.check.internal","admissionReviewVersions":["v1"],
           "clientConfig":{"service":{"name":"check","namespace":"bank","path":"/validate"}},
           "failurePolicy":"%s","sideEffects":"None","timeoutSeconds":5,
           "namespaceSelector":%s,
           "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],
             "resources":["pods"],"scope":"*"}]}]}"""
            .formatted(failurePolicy, namespaceSelector));
  }

  private void service() {
    trial.create(
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"check","namespace":"bank"},
         "spec":{"ports":[{"port":443}]}}""");
  }

  private void at(String address) {
    trial.create(
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
         "metadata":{"name":"check-1","namespace":"bank",
           "labels":{"kubernetes.io/service-name":"check"}},
         "endpoints":[{"addresses":["%s"],"conditions":{"ready":true}}],"ports":[]}"""
            .formatted(address));
  }

  private void shop() {
    trial.create(Trial.deployment("shop", 1, "{\"name\":\"c\",\"image\":\"shop:1\"}"));
  }

  @Test
  void podsAreNotCreatedWhileAWebhookThatMustAgreeDoesNotAnswer() {
    service();
    at("192.0.2.1");
    register("Fail", "{}");
    shop();
    trial.run(20);
    assertThat(trial.pods("shop")).isEmpty();
    assertThat(trial.events("FailedCreate"))
        .contains(
            "Error creating: Internal error occurred: failed calling webhook"
                + " \"pods.check.internal\": failed to call webhook: Post"
                + " \"https://check.bank.svc:443/validate?timeout=5s\": context deadline exceeded");
    trial
        .objects()
        .delete(
            new ObjectName(
                "admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "check"),
            Optional.empty());
    trial.run(60);
    assertThat(trial.ready("shop")).hasSize(1);
  }

  @Test
  void whyItCannotBeAskedIsSaid() {
    register("Fail", "{}");
    shop();
    trial.run(5);
    assertThat(trial.events("FailedCreate")).anyMatch(it -> it.endsWith("\"check\" not found"));
    service();
    trial.run(30);
    assertThat(trial.events("FailedCreate")).anyMatch(it -> it.endsWith("connection refused"));
  }

  @Test
  void oneThatAnswersStopsNothing() {
    shop();
    trial.run(20);
    service();
    at(Trees.text(trial.pods("shop").getFirst().tree(), "status", "podIP"));
    register("Fail", "{}");
    trial.scale("shop", 2);
    trial.run(20);
    assertThat(trial.ready("shop")).hasSize(2);
  }

  @Test
  void anIgnoredOneStopsNothing() {
    register("Ignore", "{}");
    shop();
    trial.run(20);
    assertThat(trial.ready("shop")).hasSize(1);
  }

  @Test
  void oneForOtherNamespacesStopsNothing() {
    register("Fail", "{\"matchLabels\":{\"checked\":\"yes\"}}");
    shop();
    trial.run(20);
    assertThat(trial.ready("shop")).hasSize(1);
  }
}
