package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsPageTest {
  private static final Instant TIME = Instant.parse("2027-03-01T12:00:00Z");
  private static final String LABELS =
      "component=\"apiserver\",dry_run=\"\",group=\"\",resource=\"pods\",scope=\"%s\","
          + "subresource=\"\",verb=\"%s\",version=\"v1\"";

  private final KubernetesServer server =
      KubernetesServer.start(ServerOptions.standard().withTime(() -> TIME));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theServerTellsWhatItWasAskedAndHowItAnswered() throws Exception {
    server.put(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"pay-0","namespace":"bank"},
         "spec":{"containers":[{"name":"c","image":"pay:1"}]}}""");
    try (var client = new Client(server)) {
      client.get("/api/v1/pods");
      client.get("/api/v1/pods");
      client.get("/api/v1/namespaces/bank/pods");
      client.get("/api/v1/namespaces/bank/pods/none");
      var page = client.text("/metrics");
      assertThat(page)
          .contains(
              "apiserver_request_total{code=\"200\",%s} 2\n"
                  .formatted(LABELS.formatted("cluster", "LIST")))
          .contains(
              "apiserver_request_total{code=\"200\",%s} 1\n"
                  .formatted(LABELS.formatted("namespace", "LIST")))
          .contains(
              "apiserver_request_total{code=\"404\",%s} 1\n"
                  .formatted(LABELS.formatted("resource", "GET")))
          .contains(
              "apiserver_request_duration_seconds_bucket{%s,le=\"+Inf\"} 2\n"
                  .formatted(LABELS.formatted("cluster", "LIST")))
          .contains(
              "apiserver_request_duration_seconds_count{%s} 2\n"
                  .formatted(LABELS.formatted("cluster", "LIST")))
          .contains("apiserver_resource_objects{group=\"\",resource=\"pods\"} 1\n")
          .contains("apiserver_current_inflight_requests{request_kind=\"readOnly\"} 0\n")
          .contains("process_start_time_seconds 1.8");
    }
  }
}
