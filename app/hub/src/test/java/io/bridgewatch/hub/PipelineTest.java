package io.bridgewatch.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PipelineTest {

  private static final String PIPELINE = "/api/v1/pipeline";

  @TempDir Path directory;
  private WatchedShop shop;

  @BeforeEach
  void start() throws InterruptedException {
    shop = WatchedShop.start(directory);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private Answer push(String path, String token, String body) {
    return shop.hub()
        .send(
            shop.hub()
                .request("POST", path, body)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token));
  }

  private static String logs(Instant time) {
    return """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":
        {"stringValue":"cart"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d000000000",
        "severityNumber":9,"body":{"stringValue":"card 4111 1111 1111 1111"}},{"body":
        {"stringValue":"no time"}}]}]}]}"""
        .formatted(time.getEpochSecond());
  }

  private static JsonNode flow(JsonNode pipeline, String source, String signal) {
    return pipeline
        .get("flows")
        .valueStream()
        .filter(
            flow ->
                flow.get("source").asString().equals(source)
                    && flow.get("signal").asString().equals(signal))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsPushedWithTheTokenIsKeptAndCounted() {
    var admin = shop.admin();
    assertThat(admin.get(PIPELINE).json().get("ingestOpen").asBoolean()).isFalse();
    var token = admin.send("PUT", PIPELINE + "/ingest-token", "").json().get("token").asString();
    var answer = push("/v1/logs", token, logs(shop.clock().instant()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("rejectedLogRecords");
    var pipeline = admin.get(PIPELINE).json();
    assertThat(pipeline.get("ingestOpen").asBoolean()).isTrue();
    assertThat(flow(pipeline, "otlp", "LOGS").get("taken").asLong()).isEqualTo(1);
    assertThat(flow(pipeline, "otlp", "LOGS").at("/rejected/0/count").asLong())
        .as("the one without a time")
        .isEqualTo(1);
    assertThat(push("/v1/logs", token, "{\"resourceLogs\": [").status()).isEqualTo(400);
    assertThat(admin.get(PIPELINE).json().at("/unreadable/0/reason").asString())
        .isEqualTo("BrokenMessage");
    assertThat(push("/api/v1/write", token, "no snappy").status()).isEqualTo(400);
    assertThat(
            flow(admin.get(PIPELINE).json(), "remote-write", "SAMPLES")
                .at("/rejected/0/reason")
                .asString())
        .isEqualTo("CompressionInvalid");
    assertThat(admin.get("/api/v1/audit?action=INGEST_OPENED").body()).contains("INGEST_OPENED");
  }

  private static String spans(Instant time, int from, int count, String more) {
    var spans = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      spans
          .append(i == from ? "" : ",")
          .append(
              """
              {"traceId":"%032x","spanId":"%016x","name":"GET /","kind":2,
              "startTimeUnixNano":"%d000000000","endTimeUnixNano":"%d010000000"%s}"""
                  .formatted(i, i, time.getEpochSecond(), time.getEpochSecond(), more));
    }
    return """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":
        {"stringValue":"cart"}}]},"scopeSpans":[{"spans":[%s]}]}]}"""
        .formatted(spans);
  }

  @Test
  void whenMoreSpansComeThanTheBudgetAllowsTracesAreChosenAndTheShareIsTold() throws Exception {
    var admin = shop.admin();
    var token = admin.send("PUT", PIPELINE + "/ingest-token", "").json().get("token").asString();
    var now = shop.clock().instant();
    for (int i = 0; i < 110; i++) {
      assertThat(push("/v1/traces", token, spans(now, 200 * i + 1, 200, "")).status())
          .isEqualTo(200);
    }
    assertThat(
            push("/v1/traces", token, spans(now, 90_000, 1, ",\"status\":{\"code\":2}")).status())
        .isEqualTo(200);
    shop.clock().advance(Duration.ofSeconds(16));
    var sampling =
        admin.await(PIPELINE, found -> !found.at("/sampling/decided").isEmpty()).get("sampling");
    assertThat(sampling.get("spansPerSecond").asInt()).isEqualTo(1_000);
    assertThat(sampling.get("unchosenSpans").asLong()).isEqualTo(10_000);
    assertThat(sampling.get("decided").findValuesAsString("reason"))
        .containsExactly("failed", "rare", "sampled", "not-sampled");
    assertThat(sampling.get("decided").valueStream().mapToLong(d -> d.get("spans").asLong()).sum())
        .isEqualTo(12_001);
    var failed =
        admin.await("/api/v1/traces/%032x".formatted(90_000), found -> found.has("spansTotal"));
    assertThat(failed.at("/sampled/reason").asString()).isEqualTo("failed");
    assertThat(failed.at("/sampled/weight").asDouble()).isEqualTo(1);
    var listed =
        admin.get("/api/v1/traces?limit=200&attribute=bridgewatch.sampling.reason%3Dsampled");
    assertThat(listed.json().get("items")).as(listed.body()).isNotEmpty();
    assertThat(listed.json().at("/items/0/sampled/weight").asDouble()).isGreaterThan(1);
    assertThat(admin.get("/api/v1/traces/%032x".formatted(5)).json().get("sampled").isNull())
        .as("kept before traces were chosen")
        .isTrue();
  }

  @Test
  void batchesMayBeLargeAndComeInPieces() {
    var admin = shop.admin();
    var token = admin.send("PUT", PIPELINE + "/ingest-token", "").json().get("token").asString();
    var line =
        logs(shop.clock().instant()).replace("card 4111 1111 1111 1111", "x".repeat(100_000));
    assertThat(push("/v1/logs", token, line).status()).isEqualTo(200);
    var inPieces =
        shop.hub()
            .send(
                shop.hub()
                    .request("POST", "/v1/logs", "")
                    .header("Authorization", "Bearer " + token)
                    .POST(
                        BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(line.getBytes(UTF_8)))));
    assertThat(inPieces.status()).as(inPieces.body()).isEqualTo(200);
    assertThat(flow(admin.get(PIPELINE).json(), "otlp", "LOGS").get("taken").asLong()).isEqualTo(2);
    assertThat(push("/v1/logs", token, " ".repeat((32 << 20) + 1)).status()).isEqualTo(413);
  }

  @Test
  void theTokenOpensTheIntakeAndNothingElse() {
    var admin = shop.admin();
    var token = admin.send("PUT", PIPELINE + "/ingest-token", "").json().get("token").asString();
    for (String path :
        new String[] {
          "/v1/metrics", "/v1/traces", "/v1/logs", "/api/v2/spans", "/api/traces", "/api/v1/write"
        }) {
      for (String wrong : new String[] {"", "x", token + "x"}) {
        assertThat(push(path, wrong, "{}").status()).as(path).isEqualTo(401);
      }
    }
    assertThat(
            shop.hub()
                .send(
                    shop.hub()
                        .request("GET", PIPELINE, "")
                        .header("Authorization", "Bearer " + token))
                .status())
        .isEqualTo(401);
    assertThat(admin.send("DELETE", PIPELINE + "/ingest-token", "").status()).isEqualTo(204);
    assertThat(push("/v1/logs", token, "{}").status()).isEqualTo(401);
    assertThat(admin.send("DELETE", PIPELINE + "/ingest-token", "").reason()).isEqualTo("NotFound");
  }

  @Test
  void exemplarsThatArePushedOrScrapedAreToldWithTheirTraces() throws InterruptedException {
    var admin = shop.admin();
    var token = admin.send("PUT", PIPELINE + "/ingest-token", "").json().get("token").asString();
    long second = shop.clock().instant().getEpochSecond();
    var histogram =
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":
        {"stringValue":"cart"}}]},"scopeMetrics":[{"metrics":[{"name":"checkout.duration",
        "unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[{
        "timeUnixNano":"%1$d000000000","count":3,"sum":4,"explicitBounds":[1],
        "bucketCounts":[2,1],"exemplars":[{"timeUnixNano":"%1$d000000000","asDouble":1.5,
        "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
        "filteredAttributes":[{"key":"user.mail","value":{"stringValue":"mei@bank.cn"}}]}]
        }]}}]}]}]}"""
            .formatted(second);
    assertThat(push("/v1/metrics", token, histogram).status()).isEqualTo(200);
    var found =
        admin.get(
            "/api/v1/metrics/exemplars?metric=checkout.duration&attribute=service.name%3Dcart");
    assertThat(found.json().get("items")).as(found.body()).hasSize(1);
    var pushed = found.json().at("/items/0");
    assertThat(pushed.get("traceId").asString()).isEqualTo("5b8efff798038103d269b633813fc60c");
    assertThat(pushed.get("spanId").asString()).isEqualTo("eee19b7ec3c1b174");
    assertThat(pushed.get("value").asDouble()).isEqualTo(1.5);
    assertThat(Instant.parse(pushed.get("time").asString())).isEqualTo(shop.clock().instant());
    assertThat(pushed.at("/attributes/k8s.cluster.name").asString()).isEqualTo("east");
    assertThat(pushed.at("/labels/user.mail").asString()).isNotEmpty().doesNotContain("mei@bank");
    assertThat(found.json().get("more").asBoolean()).isFalse();

    shop.links()
        .pages()
        .put(
            "/api/v1/nodes/worker-1/proxy/metrics",
            "# TYPE rpc_seconds histogram\nrpc_seconds_bucket{le=\"1\"} 4 # {trace_id="
                + "\"0AF7651916CD43DD8448EB211C80319C\",span_id=\"b7ad6b7169203331\"} 0.7\n"
                + "rpc_seconds_bucket{le=\"+Inf\"} 4\nrpc_seconds_count 4\nrpc_seconds_sum 2\n"
                + "# EOF\n");
    var scraped =
        admin
            .await(
                "/api/v1/metrics/exemplars?limit=1&metric=rpc_seconds_bucket",
                told -> {
                  shop.clock().advance(Duration.ofSeconds(1)); // each target has its moment
                  return !told.get("items").isEmpty();
                })
            .at("/items/0");
    assertThat(scraped.get("traceId").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(scraped.get("value").asDouble()).isEqualTo(0.7);
    assertThat(scraped.at("/attributes/le").asString()).isEqualTo("1");
    assertThat(scraped.get("labels")).isEmpty();
    assertThat(admin.get("/api/v1/metrics/exemplars?metric=x&limit=0").reason())
        .isEqualTo("InvalidParameter");
  }

  @Test
  void whenTooManySpansComeATraceToWhichAnExemplarLeadsIsKept() throws Exception {
    var admin = shop.admin();
    var token = admin.send("PUT", PIPELINE + "/ingest-token", "").json().get("token").asString();
    var now = shop.clock().instant();
    for (int i = 0; i < 110; i++) {
      assertThat(push("/v1/traces", token, spans(now, 200 * i + 1, 200, "")).status())
          .isEqualTo(200);
    }
    int last = 110 * 200;
    var counter =
        """
        {"resourceMetrics":[{"resource":{},"scopeMetrics":[{"metrics":[{"name":"orders",
        "sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{
        "timeUnixNano":"%1$d000000000","asInt":"3","exemplars":[{"asDouble":1,
        "timeUnixNano":"%1$d000000000","traceId":"%2$032x"}]}]}}]}]}]}"""
            .formatted(now.getEpochSecond(), last);
    assertThat(push("/v1/metrics", token, counter).status()).isEqualTo(200);
    shop.clock().advance(Duration.ofSeconds(16));
    var kept = admin.await("/api/v1/traces/%032x".formatted(last), found -> found.has("sampled"));
    assertThat(kept.at("/sampled/reason").asString()).isEqualTo("exemplar");
  }

  @Test
  void whatIsFoundInAClusterIsScrapedWithoutAnySetting() throws InterruptedException {
    var node = "worker-1";
    shop.links()
        .pages()
        .put(
            "/api/v1/nodes/" + node + "/proxy/metrics/cadvisor",
            "# TYPE container_cpu_usage_seconds_total counter\n"
                + "container_cpu_usage_seconds_total{namespace=\"shop\",pod=\"cart-1\","
                + "container=\"app\"} 12.5\n");
    var pipeline =
        shop.admin()
            .await(
                PIPELINE,
                found -> {
                  shop.clock().advance(Duration.ofSeconds(1)); // each target has its moment
                  return found.at("/clusters/0/samples").asLong(0) > 0
                      && found.at("/clusters/0/failing").asInt(0) > 0
                      && !found.get("flows").isEmpty();
                });
    assertThat(flow(pipeline, "scrape", "SAMPLES").get("taken").asLong()).isPositive();
    assertThat(pipeline.at("/clusters/0/failures/0/reason").asString()).isEqualTo("HttpStatus");
    var targets = shop.admin().get(PIPELINE + "/targets?failing=false").json();
    assertThat(targets.at("/items/0/id").asString()).contains("cadvisor");
    var failing = shop.admin().get(PIPELINE + "/targets?failing=true&limit=1").json();
    assertThat(failing.at("/items/0/detail").asString()).contains("404");
    assertThat(failing.get("items")).hasSize(1);
  }
}
