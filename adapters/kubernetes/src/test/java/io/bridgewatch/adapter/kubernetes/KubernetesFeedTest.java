package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.RequestLog;
import io.bridgewatch.kubernetes.server.ServerOptions;
import io.bridgewatch.model.FeedStatus.State;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The feed against a server that does nothing wrong. */
@Timeout(120)
class KubernetesFeedTest {

  private static final String DEFINITION =
      """
      {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
       "metadata":{"name":"%2$s.%1$s"},
       "spec":{"group":"%1$s","scope":"Namespaced","names":{"plural":"%2$s","singular":"%2$s","kind":"%3$s"},
        "versions":[{"name":"v1alpha1","served":true,"storage":false},
                    {"name":"v1","served":true,"storage":true}]}}""";

  private static final String LEASE =
      """
      {"apiVersion":"coordination.k8s.io/v1","kind":"Lease",
       "metadata":{"namespace":"kube-node-lease","name":"n1"},
       "spec":{"holderIdentity":"%s","renewTime":"2026-01-01T00:00:%02d.000000Z"}}""";

  @Test
  void whatExistsAndWhatChangesIsTold() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.put(FeedHarness.pod("shop", "web-1"));
      harness.server.put(FeedHarness.pod("shop", "web-2"));
      harness.start();
      harness.heard.awaitState(State.LIVE);
      assertThat(harness.heard.objects("pods")).containsOnlyKeys("shop/web-1", "shop/web-2");

      var one = new ObjectName("v1", "Pod", "shop", "web-1");
      String patched = harness.server.patch(one, "{\"status\":{\"phase\":\"Failed\"}}");
      harness.server.delete(new ObjectName("v1", "Pod", "shop", "web-2"));
      harness.server.put(FeedHarness.pod("shop", "web-3"));

      harness.heard.await(
          "web-3 exists", () -> harness.heard.object("pods", "shop", "web-3").isPresent());
      assertThat(harness.heard.objects("pods")).containsOnlyKeys("shop/web-1", "shop/web-3");
      KubernetesObject changed = harness.heard.object("pods", "shop", "web-1").orElseThrow();
      assertThat(changed.text("status", "phase")).hasValue("Failed");
      assertThat(changed.kind()).isEqualTo("Pod");
      assertThat(patched).contains(changed.text("metadata", "resourceVersion").orElseThrow());
      assertThat(harness.heard.violations()).isEmpty();
      assertThat(harness.heard.rejected()).isEmpty();
    }
  }

  @Test
  void listsAreStreamedAndEachKindIsAskedForOnce() throws Exception {
    try (var harness = new FeedHarness().start()) {
      harness.heard.awaitState(State.LIVE);
      assertThat(harness.server.requests().count("list pods")).isZero();
      assertThat(harness.server.requests().count("watch pods")).isEqualTo(1);
      assertThat(harness.server.requests().count("watch events")).isZero();
      assertThat(harness.server.requests().count("watch events.events.k8s.io")).isEqualTo(1);
    }
  }

  @Test
  void secretsAreNeverAskedFor() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.put(DEFINITION.formatted("vault.example", "secrets", "VaultSecret"));
      harness.start();
      harness.heard.awaitState(State.LIVE);
      harness.feed().close();

      assertThat(harness.server.requests().entries())
          .extracting(RequestLog.Entry::target)
          .isNotEmpty()
          .noneMatch(target -> target.contains("/secrets"));
    }
  }

  @Test
  void nodesAndNamespacesAreHeardBeforePodsAndPodsBeforeTheRest() throws Exception {
    try (var harness =
        new FeedHarness(ServerOptions.standard(), FeedHarness.oneListAtATime(), "").start()) {
      harness.heard.awaitState(State.LIVE);
      List<String> order =
          harness.heard.all().stream()
              .filter(Observation.ListBegan.class::isInstance)
              .map(o -> ((Observation.ListBegan) o).kind().resource())
              .toList();
      assertThat(order)
          .startsWith(
              "nodes",
              "namespaces",
              "customresourcedefinitions.apiextensions.k8s.io",
              "pods",
              "replicasets.apps");
    }
  }

  @Test
  void customResourcesAreFoundInTheirPreferredVersion() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.put(DEFINITION.formatted("shop.example", "coupons", "Coupon"));
      harness.server.put(coupon("c1"));
      harness.start();
      harness.heard.awaitState(State.LIVE);
      assertThat(harness.heard.objects("coupons.shop.example")).containsOnlyKeys("shop/c1");
      assertThat(kindHeard(harness, "coupons.shop.example").version()).isEqualTo("v1");

      harness.server.put(coupon("c2"));
      harness.heard.await("c2", () -> harness.heard.objects("coupons.shop.example").size() == 2);

      harness.server.put(DEFINITION.formatted("late.example", "things", "Thing"));
      harness.heard.awaitState("things.late.example", State.LIVE);
      harness.server.put(
          """
          {"apiVersion":"late.example/v1","kind":"Thing","metadata":{"namespace":"shop","name":"t"}}""");
      harness.heard.await("t", () -> harness.heard.objects("things.late.example").size() == 1);

      harness.server.delete(
          new ObjectName(
              "apiextensions.k8s.io/v1", "CustomResourceDefinition", "coupons.shop.example"));
      harness.heard.await(
          "no coupons", () -> harness.heard.objects("coupons.shop.example").isEmpty());
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  /** The watch ends by itself while it is told to end: whichever comes first. */
  @Test
  void whatADefinitionTakesAlongIsGoneHoweverItsWatchEnds() throws Exception {
    try (var harness = new FeedHarness().start()) {
      harness.heard.awaitState(State.LIVE);
      for (int round = 0; round < 60; round++) {
        harness.server.put(DEFINITION.formatted("shop.example", "coupons", "Coupon"));
        harness.server.put(coupon("c" + round));
        String key = "shop/c" + round;
        harness.heard.await(
            "a coupon", () -> harness.heard.objects("coupons.shop.example").containsKey(key));
        harness.server.delete(
            new ObjectName(
                "apiextensions.k8s.io/v1", "CustomResourceDefinition", "coupons.shop.example"));
        harness.heard.await(
            "no coupons in round " + round,
            () -> harness.heard.objects("coupons.shop.example").isEmpty());
      }
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void kindsBeyondTheLimitAreCounted() throws Exception {
    try (var harness = new FeedHarness(ServerOptions.standard(), FeedHarness.customKinds(2), "")) {
      for (int i = 0; i < 4; i++) {
        harness.server.put(DEFINITION.formatted("g" + i + ".example", "things", "Thing"));
      }
      harness.start();
      harness.heard.awaitState(State.LIVE);

      assertThat(harness.heard.rejected())
          .extracting(Observation.Rejected::reason)
          .containsExactly("TooManyKinds", "TooManyKinds");
      assertThat(harness.heard.status("pods").orElseThrow().state()).isEqualTo(State.LIVE);
    }
  }

  @Test
  void aLeaseThatIsOnlyRenewedIsNotTold() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.put(LEASE.formatted("n1", 0));
      harness.start();
      harness.heard.awaitState(State.LIVE);
      for (int second = 1; second < 50; second++) {
        harness.server.put(LEASE.formatted("n1", second));
      }
      harness.server.put(LEASE.formatted("other", 59));
      harness.heard.awaitVersion(
          "leases.coordination.k8s.io", "kube-node-lease", "n1", harness.server.resourceVersion());

      assertThat(harness.heard.versions("leases.coordination.k8s.io", "n1")).hasSize(2);
    }
  }

  @Test
  void aKindThatCouldNotBeReadIsLookedForWhenItIsDefinedAnew() throws Exception {
    try (var harness = new FeedHarness(ServerOptions.standard(), FeedHarness.deniedForGood(), "")) {
      harness.server.faults().deny("gateway.networking.k8s.io", "httproutes");
      harness.start();
      harness.heard.awaitState(State.LIVE);
      assertThat(harness.heard.status("httproutes.gateway.networking.k8s.io").orElseThrow().state())
          .isEqualTo(State.UNAVAILABLE);
      harness.server.faults().allow("gateway.networking.k8s.io", "httproutes");
      harness.server.put(
          DEFINITION.formatted("gateway.networking.k8s.io", "httproutes", "HTTPRoute"));
      harness.heard.awaitState("httproutes.gateway.networking.k8s.io", State.LIVE);
    }
  }

  @Test
  void aFeedStartsOnce() {
    try (var harness = new FeedHarness().start()) {
      assertThatThrownBy(() -> harness.feed().start(harness.heard))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static ObjectKind kindHeard(FeedHarness harness, String resource) {
    return harness.heard.all().stream()
        .filter(Observation.ListBegan.class::isInstance)
        .map(o -> ((Observation.ListBegan) o).kind())
        .filter(kind -> kind.resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private static String coupon(String name) {
    return """
    {"apiVersion":"shop.example/v1","kind":"Coupon","metadata":{"namespace":"shop","name":"%s"},
     "spec":{"percent":10},"status":{"conditions":[{"type":"Ready","status":"True"}]}}"""
        .formatted(name);
  }
}
