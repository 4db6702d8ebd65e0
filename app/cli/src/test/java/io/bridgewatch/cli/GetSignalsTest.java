package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.HubOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Logs, traces and metrics on the command line, from a hub that was pushed some. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GetSignalsTest {

  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String FROM = "2020-01-01";
  private static final String TO = "2099-01-01";

  private final HttpClient http = HttpClient.newHttpClient();
  private Hub hub;
  private Path config;
  private String password = "";
  private String token = "";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    config = folder.resolve("config");
    var console = new ByteArrayOutputStream();
    hub =
        Hub.start(
            HubOptions.parse(
                List.of("--http-port=0", "--data-dir=" + folder.resolve("data")), Map.of()),
            InstantSource.system(),
            new PrintStream(console, true, StandardCharsets.UTF_8));
    password =
        console
            .toString(StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElseThrow()
            .replaceFirst(".*[:：] ?", "");
    token = ingestToken();
    push("/v1/logs", lines("ERROR", 17, "cannot reserve\\n\\tat Stock.take", TRACE));
    push("/v1/logs", lines("INFO", 9, "checkout \\u001b[31mbegan", ""));
    push("/v1/traces", spans());
    push("/v1/metrics", level());
    await(run -> run.out().contains("began"), "logs", "-n", "shop");
    await(run -> run.out().contains("/checkout"), "traces");
  }

  @AfterAll
  void stop() {
    http.close();
    hub.close();
  }

  private String ingestToken() throws IOException, InterruptedException {
    var login =
        HubClient.JSON.createObjectNode().put("username", "admin").put("password", password);
    var session = send("POST", "/api/v1/session", login.toString(), Map.of());
    var headers =
        Map.of(
            "Cookie",
                session.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", ""),
            "X-CSRF-Token", HubClient.text(HubClient.JSON.readTree(session.body()), "csrfToken"));
    var opened = send("PUT", "/api/v1/pipeline/ingest-token", "{}", headers);
    return HubClient.text(HubClient.JSON.readTree(opened.body()), "token");
  }

  private HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(hub.address().replaceFirst("/$", "") + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    var answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
    return answer;
  }

  private void push(String path, String body) throws IOException, InterruptedException {
    send("POST", path, body, Map.of("Authorization", "Bearer " + token));
  }

  private static final String RESOURCE =
      """
      "resource": {"attributes": [
        {"key": "service.name", "value": {"stringValue": "cart"}},
        {"key": "k8s.namespace.name", "value": {"stringValue": "shop"}},
        {"key": "k8s.pod.name", "value": {"stringValue": "cart-1"}}]}
      """;

  private static long nanos() {
    return Instant.now().toEpochMilli() * 1_000_000;
  }

  /** Of another pod and namespace than what the other tests look at. */
  private static String parcel(int number) {
    return lines("TRACE", 1, "parcel " + number, "").replace("shop", "post").replace("cart", "van");
  }

  private static String lines(String level, int severity, String body, String trace) {
    return """
    {"resourceLogs": [{%s, "scopeLogs": [{"logRecords": [{"timeUnixNano": "%d",
      "severityText": "%s", "severityNumber": %d, "traceId": "%s",
      "body": {"stringValue": "%s"}}]}]}]}
    """
        .formatted(RESOURCE, nanos(), level, severity, trace, body);
  }

  private static String spans() {
    long start = nanos() - 2_000_000_000L;
    return """
    {"resourceSpans": [{%s, "scopeSpans": [{"spans": [
      {"traceId": "%s", "spanId": "00f067aa0ba902b7", "name": "POST /checkout", "kind": 2,
       "startTimeUnixNano": "%d", "endTimeUnixNano": "%d", "status": {"code": 2}},
      {"traceId": "%s", "spanId": "00f067aa0ba902b8", "parentSpanId": "00f067aa0ba902b7",
       "name": "SELECT stock", "kind": 3,
       "startTimeUnixNano": "%d", "endTimeUnixNano": "%d"}]}]}]}
    """
        .formatted(
            RESOURCE,
            TRACE,
            start,
            start + 120_000_000,
            TRACE,
            start + 10_000_000,
            start + 50_000_000);
  }

  /** Of a minute ago: what came in a step of the chart that has not ended is not drawn yet. */
  private static String level() {
    return """
    {"resourceMetrics": [{%s, "scopeMetrics": [{"metrics": [{"name": "queue.length", "unit": "1",
      "gauge": {"dataPoints": [{"timeUnixNano": "%d", "asDouble": 7.5}]}}]}]}]}
    """
        .formatted(RESOURCE, nanos() - 60_000_000_000L);
  }

  private Map<String, String> environment(String locale) {
    return Map.of(
        "LANG",
        locale,
        "XDG_CONFIG_HOME",
        config.toString(),
        "BW_SERVER",
        hub.address(),
        "BW_USER",
        "admin",
        "BW_PASSWORD",
        password);
  }

  private Runs.Result get(String locale, String... args) {
    var all = new String[args.length + 5];
    all[0] = "get";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--from";
    all[args.length + 2] = FROM;
    all[args.length + 3] = "--to";
    all[args.length + 4] = TO;
    var run = Runs.run(environment(locale), all);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private void await(Predicate<Runs.Result> wanted, String... args) {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    var run = get("C", args);
    while (!wanted.test(run)) {
      assertThat(System.nanoTime()).as(run.toString()).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
      run = get("C", args);
    }
  }

  @Test
  void linesAreShownWholeOldestFirstAndCannotSteerTheTerminal() {
    var lines = get("C", "logs", "-n", "shop").out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("\\d{4}-.* ERROR shop/cart-1 cannot reserve");
    assertThat(lines.get(1)).isEqualTo("     at Stock.take");
    assertThat(lines.get(2)).matches("\\d{4}-.* INFO  shop/cart-1 checkout \\[31mbegan");
  }

  @Test
  void linesAreNarrowedByLevelWordsTraceAndAttribute() {
    assertThat(get("C", "logs", "--level", "error,fatal").out()).contains("cannot reserve");
    assertThat(get("C", "logs", "--level", "error,fatal").out()).doesNotContain("began");
    assertThat(get("C", "logs", "-q", "checkout").out()).hasLineCount(1);
    assertThat(get("C", "logs", "--trace", TRACE, "-o", "wide").out()).contains("trace=" + TRACE);
    assertThat(get("C", "logs", "-l", "k8s.pod.name=cart-2").out()).isEmpty();
    var one = get("zh_CN.UTF-8", "logs", "-n", "shop", "--limit", "1");
    assertThat(one.out()).contains("began").hasLineCount(1);
    assertThat(one.err()).contains("仅显示前 1 项，共 2 项");
  }

  @Test
  void programsGetLinesAsJsonAndCsv() {
    var json = HubClient.JSON.readTree(get("C", "logs", "-n", "shop", "--json").out());
    assertThat(json.get("items")).hasSize(2);
    assertThat(json.at("/items/0/resource/service.name").asString()).isEqualTo("cart");
    assertThat(get("C", "logs", "-o", "csv", "--level", "info").out())
        .startsWith("time,severity,namespace,pod,service,traceId,body\n")
        .contains(",INFO,shop,cart-1,cart,,");
  }

  @Test
  void tracesAreListedAndOneIsShownWithItsSpans() {
    var traces = get("C", "traces", "--failed", "--at-least", "100", "--service", "cart");
    assertThat(traces.out()).startsWith("TIME").contains("POST /checkout", "120 ms", "✗", TRACE);
    assertThat(get("C", "traces", "--at-least", "1000").out()).hasLineCount(1);
    var one = Runs.run(environment("zh_CN.UTF-8"), "get", "traces", TRACE);
    assertThat(one.out()).startsWith("起始").contains("· SELECT stock", "40.0 ms", "80.0 ms");
    var none = Runs.run(environment("C"), "get", "traces", "f".repeat(32));
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("NotFound");
  }

  @Test
  void metricsAreListedAndOneIsShownWithItsValues() {
    assertThat(get("C", "metrics", "-q", "queue").out()).contains("queue.length", "GAUGE");
    var run = Runs.run(environment("C"), "get", "metrics", "queue.length");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("SERIES").contains("7.500");
    var json =
        HubClient.JSON.readTree(
            Runs.run(environment("C"), "get", "metrics", "queue.length", "--json").out());
    assertThat(json.at("/items/0/newest").asDouble()).isEqualTo(7.5);
  }

  @Test
  void linesAreFollowedAsTheyComeUntilThereAreEnough() throws Exception {
    var followed =
        CompletableFuture.supplyAsync(
            () ->
                Runs.run(
                    environment("C"),
                    "get",
                    "logs",
                    "--follow",
                    "-q",
                    "parcel",
                    "--limit",
                    "2",
                    "--json"));
    int sent = 0;
    while (!followed.isDone() && sent < 600) { // those before it listens are not told
      push("/v1/logs", parcel(sent++));
      LockSupport.parkNanos(100_000_000);
    }
    var run = followed.get(60, TimeUnit.SECONDS);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).hasLineCount(2);
    assertThat(run.out().lines())
        .allSatisfy(
            line ->
                assertThat(HubClient.text(HubClient.JSON.readTree(line), "body"))
                    .startsWith("parcel "));
  }
}
