package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DiscoveryTest {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

  private final KubernetesServer server = KubernetesServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void allGroupsAreToldAtOnce() throws Exception {
    server.put(Samples.definition());
    try (var client = new Client(server, "Accept", AGGREGATED)) {
      var core = client.get("/api");
      var groups = client.get("/apis");

      assertThat(core.response().headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).contains("as=APIGroupDiscoveryList"));
      assertThat(core.text("kind")).isEqualTo("APIGroupDiscoveryList");
      assertThat(core.body().at("/items/0/metadata").isEmpty()).isTrue();
      assertThat(
              groups.body().path("items").valueStream().map(g -> Json.text(g, "metadata", "name")))
          .contains(
              "apps", "batch", "discovery.k8s.io", "gateway.networking.k8s.io", "bank.example");
      var deployments = groups.body().at("/items/0/versions/0/resources/0");
      assertThat(deployments)
          .isEqualTo(
              Client.MAPPER.readTree(
                  """
                  {"resource":"deployments","responseKind":{"group":"","version":"","kind":"Deployment"},
                   "scope":"Namespaced","singularResource":"deployment",
                   "verbs":["create","delete","deletecollection","get","list","patch","update","watch"],
                   "shortNames":["deploy"],"categories":["all"],
                   "subresources":[
                     {"subresource":"scale","responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"},
                      "verbs":["get","patch","update"]},
                     {"subresource":"status","responseKind":{"group":"","version":"","kind":"Deployment"},
                      "verbs":["get","patch","update"]}]}"""));
    }
  }

  @Test
  void olderClientsAreToldGroupByGroup() throws Exception {
    server.put(Samples.definition());
    try (var client = new Client(server)) {
      assertThat(client.get("/version").text("gitVersion")).startsWith("v1.");
      assertThat(client.get("/api").text("kind")).isEqualTo("APIVersions");
      assertThat(client.get("/apis").text("kind")).isEqualTo("APIGroupList");
      assertThat(client.get("/apis/apps").text("preferredVersion", "groupVersion"))
          .isEqualTo("apps/v1");
      var ledgers = client.get("/apis/bank.example/v1");
      assertThat(ledgers.text("groupVersion")).isEqualTo("bank.example/v1");
      assertThat(ledgers.body().path("resources").valueStream().map(r -> Json.text(r, "name")))
          .containsExactly("ledgers", "ledgers/status");
      assertThat(client.get("/apis/no.such/v1").status()).isEqualTo(404);
    }
  }
}
