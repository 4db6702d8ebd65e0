package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.SpanStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the API says of metrics, log lines and traces that the stores hold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignalTest {

  private static final String CART = "type=deployment&namespace=shop&name=cart";

  private WatchedShop shop;
  private Client client;

  @BeforeAll
  void start(@TempDir Path directory) throws InterruptedException {
    shop = WatchedShop.start(directory);
    var context = shop.hub().hub().context();
    new ShopSignals(shop.clock().instant())
        .into(
            context.getBean(MetricStore.class),
            context.getBean(LogStore.class),
            context.getBean(SpanStore.class));
    client = shop.hub().as(shop.admin(), "AUDITOR");
    client.await("/api/v1/logs?limit=1", page -> page.get("total").asInt() == 252);
    client.await("/api/v1/traces?spans=any", page -> page.get("total").asInt() == 4);
  }

  @AfterAll
  void stop() {
    shop.close();
  }

  private JsonNode get(String path) {
    var answer = client.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private String reason(String path) {
    return client.get(path).reason();
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.get(field).asString())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aDeploymentHasTheSignalsOfItsPods() {
    var signals = get("/api/v1/signals?" + CART);
    assertThat(texts(signals.get("metrics"), "name"))
        .containsExactly(
            ShopSignals.CPU, ShopSignals.MEMORY, ShopSignals.LATENCY, ShopSignals.LATENCY);
    assertThat(signals.at("/metrics/0/series").asInt()).isEqualTo(2);
    assertThat(signals.at("/metrics/0/kind").asString()).isEqualTo("CUMULATIVE");
    assertThat(signals.at("/logs/count").asInt()).isEqualTo(251);
    assertThat(signals.at("/spans/count").asInt()).isEqualTo(3);
    assertThat(get("/api/v1/signals?type=node&name=worker-1").at("/logs/count").asInt())
        .isEqualTo(252);
    assertThat(get("/api/v1/signals?type=service&name=till").at("/spans/count").asInt())
        .isEqualTo(1);
    assertThat(
            get("/api/v1/signals?type=kubernetes-service&namespace=shop&name=cart")
                .at("/logs/count")
                .asInt())
        .isEqualTo(251);
    assertThat(get("/api/v1/signals?q=memory").get("metricsTotal").asInt()).isEqualTo(1);
    assertThat(get("/api/v1/signals?type=node&name=worker-2").get("metrics").size()).isZero();
  }

  @Test
  void aCountIsShownAsItsRateHighestFirst() {
    var chart = get("/api/v1/metrics/series?metric=" + ShopSignals.CPU + "&" + CART);
    assertThat(chart.get("view").asString()).isEqualTo("rate");
    assertThat(chart.get("unit").asString()).isEqualTo("s/s");
    assertThat(chart.get("lines").size()).isEqualTo(2);
    assertThat(chart.at("/lines/0/attributes/k8s.pod.name").asString()).isEqualTo("cart-5d9-00");
    assertThat(newest(chart, 0)).isCloseTo(0.5, within(1e-6));
    assertThat(newest(chart, 1)).isCloseTo(0.25, within(1e-6));
    assertThat(chart.at("/shared/k8s.namespace.name").asString()).isEqualTo("shop");
    assertThat(texts(chart.get("spread"), "attribute")).containsExactly("k8s.pod.name");
    var sum = get("/api/v1/metrics/series?by=-&metric=" + ShopSignals.CPU + "&" + CART);
    assertThat(newest(sum, 0)).isCloseTo(0.75, within(1e-6));
    var top = get("/api/v1/metrics/series?top=1&metric=" + ShopSignals.CPU);
    assertThat(top.get("more").asInt()).isEqualTo(2);
    assertThat(top.get("series").asInt()).isEqualTo(3);
  }

  @Test
  void aLevelIsAveragedOverPodsWhereOneLineIsWanted() {
    var path = "/api/v1/metrics/series?metric=" + ShopSignals.MEMORY + "&" + CART;
    assertThat(get(path).get("view").asString()).isEqualTo("level");
    assertThat(newest(get(path + "&by=-"), 0)).isCloseTo(1.375e6, within(1.0));
    assertThat(newest(get(path + "&by=-&reduction=maximum"), 0)).isCloseTo(1.5e6, within(1.0));
    assertThat(reason(path + "&view=rate")).isEqualTo("InvalidParameter");
  }

  @Test
  void aHistogramIsShownAsItsQuantiles() {
    var path = "/api/v1/metrics/series?metric=" + ShopSignals.LATENCY + "&" + CART;
    var chart = get(path);
    assertThat(chart.get("view").asString()).isEqualTo("quantiles");
    assertThat(chart.get("unit").asString()).isEqualTo("s");
    assertThat(chart.at("/lines/2/attributes/quantile").asString()).isEqualTo("0.5");
    assertThat(newest(chart, 2)).isCloseTo(0.0625, within(1e-6)); // 5 of the 8 below 0.1
    assertThat(newest(chart, 1)).isCloseTo(0.775, within(1e-6)); // 1.5 of the 2 up to 1
    var rate = get(path + "&view=rate&by=-");
    assertThat(newest(rate, 0)).isCloseTo(2 * 10.0 / 15, within(1e-6));
  }

  private static double newest(JsonNode chart, int line) {
    var values = new ArrayList<JsonNode>();
    chart.at("/lines/" + line + "/values").forEach(values::add);
    return values.reversed().stream()
        .filter(value -> !value.isNull())
        .findFirst()
        .orElseThrow()
        .asDouble();
  }

  private RunningHub.Answer query(String query, String more) {
    return client.send(
        "POST",
        "/api/v1/metrics/query",
        """
        {"query": %s, "from": "2026-03-01T11:55:00Z", "to": "2026-03-01T12:00:00Z",
         "stepSeconds": 60%s}
        """
            .formatted(query, more));
  }

  @Test
  void queriesAreBuiltFromTheirParts() {
    var ratio =
        query(
            """
            {"kind": "ratio",
             "of": {"kind": "aggregate", "reduction": "sum", "by": ["k8s.pod.name"],
                    "of": {"kind": "rate", "metric": "container.cpu.time", "windowSeconds": 120}},
             "per": {"kind": "aggregate", "reduction": "maximum", "by": ["k8s.pod.name"],
                     "of": {"kind": "over-time", "metric": "container.memory.usage",
                            "windowSeconds": 60, "reduction": "average",
                            "where": [{"attribute": "k8s.pod.name", "test": "like",
                                       "values": ["cart-.*"]}]}}}
            """,
            "");
    assertThat(ratio.status()).as(ratio.body()).isEqualTo(200);
    assertThat(ratio.json().get("times").asInt()).isEqualTo(6);
    assertThat(ratio.json().get("lines").size()).isEqualTo(2);
    assertThat(ratio.json().at("/lines/0/values/5").asDouble())
        .isCloseTo(0.5 / 1.5e6, within(1e-12));
    var p50 =
        query(
            """
            {"kind": "histogram-quantile", "quantile": 0.5,
             "of": {"kind": "aggregate", "reduction": "sum", "by": ["le"],
                    "of": {"kind": "increase", "metric": "http.server.request.duration",
                           "windowSeconds": 120,
                           "where": [{"attribute": "statistic", "test": "one-of",
                                      "values": ["bucket"]}]}}}
            """,
            "");
    assertThat(p50.json().at("/lines/0/values/5").asDouble()).isCloseTo(0.0625, within(1e-9));
  }

  @Test
  void queriesThatAreWrongOrTooWideAreToldWhy() {
    var wrong = query("{\"kind\": \"rate\", \"metric\": \"x\"}", "");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().get("detail").asString()).isEqualTo("query.windowSeconds is missing");
    assertThat(query("{\"kind\": \"best\"}", "").json().get("detail").asString())
        .contains("query.kind is 'best'");
    assertThat(query("{\"kind\": \"aggregate\", \"reduction\": \"sum\"}", "").body())
        .contains("query.of is missing");
    var last =
        query(
            "{\"kind\": \"aggregate\", \"reduction\": \"last\", \"of\": {\"kind\": \"select\"}}",
            "");
    assertThat(last.reason()).isEqualTo("InvalidParameter");
    var pattern =
        query(
            "{\"kind\": \"select\", \"where\": [{\"attribute\": \"a\", \"test\": \"like\","
                + " \"values\": [\"(\"]}]}",
            "");
    assertThat(pattern.body()).contains("no regular expression");
    var wide = query("{\"kind\": \"select\"}", ", \"mostSeries\": 2");
    assertThat(wide.status()).isEqualTo(422);
    assertThat(wide.reason()).isEqualTo("QueryTooWide");
    var deep = "{\"kind\": \"aggregate\", \"reduction\": \"sum\", \"of\": ".repeat(20) + "{";
    assertThat(query(deep + "}".repeat(21), "").reason()).isEqualTo("InvalidParameter");
  }

  @Test
  void linesAreFoundByWhatTheySayAndWhereTheyComeFrom() {
    var errors = get("/api/v1/logs?severity=error,fatal&" + CART);
    assertThat(errors.get("total").asInt()).isEqualTo(10);
    assertThat(errors.at("/items/0/body").asString()).isEqualTo("cannot reserve item 225: 库存不足");
    assertThat(get("/api/v1/logs?q=" + encoded("库存不足")).get("total").asInt()).isEqualTo(10);
    assertThat(get("/api/v1/logs?q=" + encoded("\"slow printer\"")).get("total").asInt())
        .isEqualTo(1);
    var traced = get("/api/v1/logs?trace=" + ShopSignals.TRACE);
    assertThat(texts(traced.get("items"), "body")).containsExactly("checkout began");
    assertThat(traced.at("/items/0/resource/k8s.pod.name").asString()).isEqualTo("cart-5d9-01");
    assertThat(get("/api/v1/logs?attribute=code.namespace=a,b").get("total").asInt())
        .as("a value with a comma")
        .isEqualTo(252);
    assertThat(
            get("/api/v1/logs?attribute=service.name!=cart&attribute=code.namespace=a,b")
                .get("total")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void linesComeInPagesNewestFirst() {
    var seen = new ArrayList<String>();
    var page = get("/api/v1/logs?limit=100&" + CART);
    seen.addAll(texts(page.get("items"), "epochNanos"));
    while (!page.get("next").isNull()) {
      page = get("/api/v1/logs?limit=100&" + CART + "&cursor=" + page.get("next").asString());
      seen.addAll(texts(page.get("items"), "epochNanos"));
    }
    assertThat(seen).hasSize(251);
    assertThat(seen.stream().map(Long::parseLong).toList())
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void linesAreCountedByTimeAndSeverity() {
    var histogram = get("/api/v1/logs/histogram?" + CART);
    assertThat(histogram.get("total").asInt()).isEqualTo(251);
    assertThat(histogram.get("stepSeconds").asInt()).isEqualTo(30);
    int errors = 0;
    for (JsonNode bucket : histogram.get("buckets")) {
      errors += bucket.at("/counts/ERROR").asInt(0);
    }
    assertThat(errors).isEqualTo(10);
  }

  @Test
  void tracesAreFoundByWhatTheyAreLike() {
    var roots = get("/api/v1/traces");
    assertThat(texts(roots.get("items"), "name"))
        .containsExactlyInAnyOrder("POST /checkout", "GET /receipt");
    assertThat(texts(get("/api/v1/traces?failed=true").get("items"), "name"))
        .containsExactly("POST /checkout");
    assertThat(texts(get("/api/v1/traces?atLeast=50").get("items"), "service"))
        .containsExactly("cart");
    assertThat(
            texts(
                get("/api/v1/traces?spans=any&service=cart&operation=SELECT+stock").get("items"),
                "name"))
        .containsExactly("SELECT stock");
    assertThat(get("/api/v1/traces?spans=any&attribute=db.system=made-up").get("total").asInt())
        .isEqualTo(3);
    assertThat(get("/api/v1/traces?spans=any&" + CART).get("total").asInt()).isEqualTo(3);
  }

  @Test
  void aTraceHasItsSpansTheirOwnTimeAndItsLines() {
    var trace = get("/api/v1/traces/" + ShopSignals.TRACE);
    assertThat(trace.get("durationMillis").asDouble()).isEqualTo(100);
    assertThat(texts(trace.get("spans"), "name"))
        .containsExactly("POST /checkout", "SELECT stock", "UPDATE stock");
    assertThat(trace.at("/spans/0/ownMillis").asDouble())
        .as("100 less 10 to 70, which the children cover together")
        .isEqualTo(40);
    assertThat(trace.at("/spans/2/offsetMillis").asDouble()).isEqualTo(30);
    assertThat(trace.at("/spans/2/failed").asBoolean()).isTrue();
    assertThat(texts(trace.get("logs"), "body")).containsExactly("checkout began");
    assertThat(reason("/api/v1/traces/none")).isEqualTo("NotFound");
  }

  @Test
  void whatIsAskedWronglyIsRefused() {
    assertThat(reason("/api/v1/signals?type=planet&name=x")).isEqualTo("InvalidParameter");
    assertThat(reason("/api/v1/signals?type=pod")).isEqualTo("InvalidParameter");
    assertThat(reason("/api/v1/signals?name=cart")).isEqualTo("InvalidParameter");
    assertThat(reason("/api/v1/signals?cluster=west")).isEqualTo("ClusterNotFound");
    assertThat(reason("/api/v1/logs?attribute=novalue")).isEqualTo("InvalidParameter");
    assertThat(reason("/api/v1/logs?severity=loud")).isEqualTo("InvalidParameter");
    assertThat(reason("/api/v1/logs?cursor=x")).isEqualTo("InvalidCursor");
    assertThat(reason("/api/v1/logs?from=2026-03-01T12:00:00Z&to=2026-03-01T11:00:00Z"))
        .isEqualTo("InvalidParameter");
    assertThat(reason("/api/v1/traces?spans=some")).isEqualTo("InvalidParameter");
    assertThat(reason("/api/v1/traces?atLeast=-1")).isEqualTo("InvalidParameter");
    assertThat(reason("/api/v1/metrics/series?metric=x&top=0")).isEqualTo("InvalidParameter");
    assertThat(get("/api/v1/metrics/series?metric=none").get("lines").size()).isZero();
  }
}
