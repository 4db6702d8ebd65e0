package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.hub.HubOptions.InvalidOptionException;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that watches a cluster over the Kubernetes API and keeps what it hears. */
class LiveClusterTest {

  @TempDir Path folder;

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

  private RunningHub hub(String... more) {
    return RunningHub.watching(folder.resolve("data"), new SettableClock(), more);
  }

  private static String configMap(String name) {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "%s", "namespace": "shop"}, "data": {"a": "1"}}
    """
        .formatted(name);
  }

  @Test
  void whatTheApiServerTellsIsSeenAndOutlivesTheHub() throws IOException {
    String password;
    try (var server = KubernetesServer.start()) {
      server.put(configMap("first"));
      try (var hub = hub("--kubeconfig=" + kubeconfig(server.url().toString()))) {
        password = hub.initialPassword();
        var admin = hub.admin();
        admin.await(
            "/api/v1/clusters", list -> list.at("/items/0/state").asString("").equals("LIVE"));
        assertThat(admin.get("/api/v1/clusters").json().at("/items/0/apiUrl").asString())
            .isEqualTo(server.url().toString());
        admin.await(
            "/api/v1/entities?type=configmap&q=first", page -> page.get("total").asInt() == 1);
        server.put(configMap("second"));
        admin.await(
            "/api/v1/entities?type=configmap&q=second", page -> page.get("total").asInt() == 1);
        admin.await(
            "/api/v1/clusters/east/history", history -> !history.get("stretches").isEmpty());
      }
    }
    try (var hub = hub("--kubeconfig=" + kubeconfig("http://127.0.0.1:1"))) {
      var admin = hub.loggedIn("admin", password);
      admin.await(
          "/api/v1/clusters", list -> list.at("/items/0/state").asString("").equals("DOWN"));
      assertThat(admin.get("/api/v1/entities?type=configmap").json().get("total").asInt())
          .as("known from before, though the cluster is down")
          .isEqualTo(2);
    }
  }

  @Test
  void aRegisteredClusterIsWatchedAgainAfterARestart() throws IOException {
    try (var server = KubernetesServer.start()) {
      server.put(configMap("first"));
      String password;
      try (var hub = hub()) {
        password = hub.initialPassword();
        var body =
            RunningHub.JSON
                .createObjectNode()
                .put("name", "west")
                .put("apiUrl", server.url().toString())
                .put("token", "t");
        var admin = hub.admin();
        var check = admin.send("POST", "/api/v1/clusters/check", body.toString());
        assertThat(check.json().get("reachable").asBoolean()).as(check.body()).isTrue();
        assertThat(check.json().get("readable").toString()).contains("pods", "deployments.apps");
        assertThat(admin.send("POST", "/api/v1/clusters", body.toString()).status()).isEqualTo(201);
        admin.await("/api/v1/entities?type=configmap", page -> page.get("total").asInt() == 1);
      }
      try (var hub = hub()) {
        hub.loggedIn("admin", password)
            .await(
                "/api/v1/clusters", list -> list.at("/items/0/state").asString("").equals("LIVE"));
      }
    }
  }

  @Test
  void optionsThatNameWhatIsNotThereAreRefused() throws IOException {
    var kubeconfig = "--kubeconfig=" + kubeconfig("http://127.0.0.1:1");
    assertThatThrownBy(() -> hub("--kubeconfig=" + folder.resolve("none")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> hub(kubeconfig, "--context=west"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("has no context west");
    assertThatThrownBy(() -> hub("--audit-log=" + folder.resolve("audit.log")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("log of one cluster");
    assertThatThrownBy(() -> hub("--all-contexts"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("--kubeconfig");
  }
}
