package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.diagnose.IncidentTracker;
import io.bridgewatch.engine.BundleDiagnosis;
import io.bridgewatch.engine.LiveSettings;
import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.ports.BundleArchive;
import io.bridgewatch.ports.IncidentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What goes wrong in a cluster that is watched is told while it does. */
class LiveIncidentTest {

  private static final LiveSettings QUICK =
      new LiveSettings(
          Duration.ofMinutes(30),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          1_000,
          1_000,
          1_000,
          1_000,
          new IncidentTracker.Settings(2, 3, Duration.ofDays(1)));

  @TempDir Path folder;

  private final SettableClock clock = new SettableClock();

  private RunningHub hub(KubernetesServer server) throws IOException {
    var kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: east
            clusters: [{name: c, cluster: {server: "%s"}}]
            contexts: [{name: east, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: t}}]
            """
                .formatted(server.url()));
    return RunningHub.watching(folder.resolve("data"), clock, QUICK, "--kubeconfig=" + kubeconfig);
  }

  private static String pod(boolean crashes) {
    return """
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "checkout-0", "namespace": "shop"},
     "spec": {"containers": [{"name": "app", "image": "registry.example/checkout:1.0"}]},
     "status": {"phase": "Running", "conditions": [
         {"type": "Ready", "status": "%s", "lastTransitionTime": "2026-03-01T11:50:00Z"}],
       "containerStatuses": [{"name": "app", "ready": %s, "restartCount": 7,
         "image": "registry.example/checkout:1.0", "state": %s,
         "lastState": {"terminated": {"exitCode": 1, "reason": "Error",
           "startedAt": "2026-03-01T11:49:00Z", "finishedAt": "2026-03-01T11:50:00Z"}}}]}}
    """
        .formatted(
            crashes ? "False" : "True",
            !crashes,
            crashes
                ? "{\"waiting\": {\"reason\": \"CrashLoopBackOff\", \"message\": \"back-off 5m0s\"}}"
                : "{\"running\": {\"startedAt\": \"2026-03-01T12:10:00Z\"}}");
  }

  private static JsonNode awaitStatus(Client client, String status) {
    return client
        .await(
            "/api/v1/incidents?lang=en&cluster=east&status=" + status,
            page -> page.get("total").asInt() == 1)
        .at("/items/0");
  }

  @Test
  void aCrashLoopIsAnOpenIncidentThatOutlivesTheHubAndClosesWhenItIsOver() throws Exception {
    try (var server = KubernetesServer.start()) {
      server.put(pod(true));
      String password;
      String id;
      try (var hub = hub(server)) {
        password = hub.initialPassword();
        var admin = hub.admin();
        var open = awaitStatus(admin, "OPEN");
        id = open.get("id").asString();
        assertThat(open.at("/topCause/name").asString()).isEqualTo("checkout-0");
        assertThat(open.at("/live/cluster").asString()).isEqualTo("east");
        assertThat(open.at("/live/openedAt").asString()).isEqualTo("2026-03-01T12:00:00.000Z");
        assertThat(open.at("/live/closedAt").isNull()).isTrue();
        assertThat(admin.get("/api/v1/bundles").json().get("total").asInt()).isZero();
        assertThatItsRecordingGivesItsReport(hub, id);
      }
      try (var hub = hub(server)) {
        var admin = hub.loggedIn("admin", password);
        assertThat(awaitStatus(admin, "OPEN").get("id").asString()).isEqualTo(id);
        server.put(pod(false));
        admin.await(
            "/api/v1/entities?type=pod&q=checkout",
            page -> !page.at("/items/0/health/state").asString("failing").equals("failing"));
        clock.advance(Duration.ofHours(2)); // what was seen before has left the window
        var again = hub.loggedIn("admin", password);
        var closed = awaitStatus(again, "CLOSED");
        assertThat(closed.get("id").asString()).isEqualTo(id);
        assertThat(closed.at("/live/closedAt").asString()).isEqualTo("2026-03-01T14:00:00.000Z");
        var incident = again.get("/api/v1/incidents/" + id + "?lang=zh").json();
        assertThat(incident.get("status").asString()).isEqualTo("CLOSED");
        assertThat(incident.get("id").asString()).isEqualTo(id);
        assertThat(again.get("/api/v1/incidents?status=OPEN").json().get("total").asInt()).isZero();
        assertThatItsRecordingGivesItsReport(hub, id);
      }
    }
  }

  private static void assertThatItsRecordingGivesItsReport(RunningHub hub, String id)
      throws IOException {
    var incidents = hub.hub().context().getBean(IncidentStore.class);
    var forms = hub.hub().context().getBean(StoredForms.class);
    var archive = incidents.incident(id).orElseThrow().head().archive();
    var file = hub.hub().context().getBean(BundleArchive.class).find(archive).orElseThrow();
    var report = new BundleDiagnosis().diagnose(IncidentBundles.read(file));
    assertThat(incidents.report(archive, "en")).contains(forms.reports(report).get("en"));
    assertThat(report.incidents()).isNotEmpty();
  }

  @Test
  void aStatusThatThereIsNotIsRefused() {
    try (var hub = RunningHub.start(folder.resolve("data"), clock)) {
      var answer = hub.admin().get("/api/v1/incidents?status=HALF");
      assertThat(answer.status()).isEqualTo(400);
    }
  }
}
