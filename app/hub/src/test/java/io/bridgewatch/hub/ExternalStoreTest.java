package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bridgewatch.engine.BundleDiagnosis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose log lines and spans are in a cluster of OpenSearch. */
class ExternalStoreTest {

  private static final String PIPELINE = "/api/v1/pipeline";

  private final List<String> written = new CopyOnWriteArrayList<>();
  private HttpServer cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    cluster.createContext("/", this::answer);
    cluster.start();
  }

  @AfterEach
  void stop() {
    cluster.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.equals("/_bulk")) {
        written.add(body);
      }
      var said =
          switch (path) {
            case "/_bulk" -> "{\"errors\":false}";
            case "/_cluster/health" -> "{\"status\":\"yellow\"}";
            case "/" -> "{\"version\":{\"number\":\"3.8.0\"}}";
            default -> "{}";
          };
      var bytes = said.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private RunningHub hub(Path directory) {
    return RunningHub.start(
        directory,
        new SettableClock(),
        new BundleDiagnosis()::diagnose,
        "--opensearch=http://127.0.0.1:" + cluster.getAddress().getPort());
  }

  private static RunningHub.Answer push(RunningHub hub, RunningHub.Client admin) {
    var token = admin.send("PUT", PIPELINE + "/ingest-token", "").json().get("token").asString();
    var line =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1772366400000000000\","
            + "\"body\":{\"stringValue\":\"told elsewhere\"}}]}]}]}";
    return hub.send(
        hub.request("POST", "/v1/logs", line).header("Authorization", "Bearer " + token));
  }

  @Test
  void linesGoToTheClusterAndItsHealthIsTold(@TempDir Path directory) {
    try (var hub = hub(directory)) {
      var admin = hub.admin();
      var answer = push(hub, admin);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(written).hasSize(1);
      assertThat(written.getFirst()).contains("told elsewhere", "bridgewatch-logs-2026.03.01");
      var store =
          admin
              .await(PIPELINE, it -> it.at("/store/health").asString("UNKNOWN").equals("YELLOW"))
              .get("store");
      assertThat(store.get("version").asString()).isEqualTo("3.8.0");
      assertThat(store.get("trouble").isNull()).isTrue();
      var kept =
          admin
              .await("/api/v1/retention", it -> it.toString().contains("\"external\":true"))
              .get("kept");
      assertThat(
              kept.valueStream()
                  .filter(one -> one.get("external").asBoolean())
                  .map(one -> one.get("kind").asString()))
          .containsExactly("LOGS", "SPANS");
    }
  }

  @Test
  void aHubStartsWithoutItsClusterAndSaysWhatIsWrong(@TempDir Path directory) {
    cluster.stop(0);
    try (var hub = hub(directory)) {
      var admin = hub.admin();
      var store =
          admin
              .await(
                  PIPELINE, it -> it.at("/store/health").asString("UNKNOWN").equals("UNREACHABLE"))
              .get("store");
      assertThat(store.get("trouble").asString()).contains("can be reached");
      assertThat(push(hub, admin).status()).isEqualTo(503);
      assertThat(admin.get(PIPELINE).body()).contains("StoreRefused");
    }
  }
}
