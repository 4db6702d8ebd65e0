package io.bridgewatch.adapter.prometheus;

import static io.bridgewatch.adapter.prometheus.ProtoExpositionTest.bucket;
import static io.bridgewatch.adapter.prometheus.ProtoExpositionTest.family;
import static io.bridgewatch.adapter.prometheus.ProtoExpositionTest.message;
import static io.bridgewatch.adapter.prometheus.ProtoExpositionTest.metric;
import static io.bridgewatch.adapter.prometheus.ProtoExpositionTest.packed;
import static io.bridgewatch.adapter.prometheus.ProtoExpositionTest.page;
import static io.bridgewatch.adapter.prometheus.ProtoExpositionTest.span;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.SampleBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Prometheus as the other side: what it scrapes, stores and writes is what we read. */
class RealPrometheusTest {
  private static final long LONGEST_SECONDS = 60;
  private static final Attributes POD = Attributes.of("k8s.pod.name", "cart-0");

  /** A request as it came. */
  private record Written(byte[] body, RemoteWriteReader.Version version) {}

  private final BlockingQueue<Written> written = new ArrayBlockingQueue<>(10_000);
  private final AtomicInteger scrapes = new AtomicInteger();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", this::answer);
    server.createContext("/write", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestHeaders().getFirst("Accept"));
    byte[] body = exposed(scrapes.incrementAndGet());
    exchange
        .getResponseHeaders()
        .add(
            "Content-Type",
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
                + " encoding=delimited");
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    assertThat(written.offer(new Written(body, RemoteWriteReader.Version.of(type)))).isTrue();
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  /** What stands on the page at its n-th scrape. */
  private static byte[] exposed(int n) {
    var classic = message(it -> it.varint(1, 10L * n));
    classic.fixed(2, 2.5 * n);
    classic.message(3, bucket(0.1, 4L * n, null));
    classic.message(3, bucket(2.5, 9L * n, null));
    var sparse = message(it -> it.varint(1, 10L * n - 1)); // 2n, n in zero, and above
    sparse.fixed(2, 7.25 * n);
    sparse.varint(5, 2); // zigzag of schema 1
    sparse.fixed(6, 0.001);
    sparse.varint(7, n);
    sparse.message(9, span(3, 1));
    packed(sparse, 10, 4L * n); // 2n below zero
    sparse.message(12, span(-1, 2));
    sparse.message(12, span(2, 1));
    packed(sparse, 13, 2L * n, 4L * n, 1); // n, 3n, 3n - 1
    var quantile = message(it -> it.fixed(1, 0.99));
    quantile.fixed(2, 0.125 * n);
    var summary = message(it -> it.varint(1, n));
    summary.fixed(2, 0.5 * n);
    summary.message(3, quantile);
    return page(
        family(
            "requests_total",
            0,
            "",
            metric(3, message(it -> it.fixed(1, 10.0 * n)), "code", "200")),
        family("queue", 1, "", metric(2, message(it -> it.fixed(1, 0.5 - n)))),
        family("classic_seconds", 4, "", metric(7, classic, "path", "/a")),
        family("sparse_seconds", 4, "", metric(7, sparse, "path", "/b")),
        family("rpc_seconds", 2, "", metric(4, summary)));
  }

  @Test
  void whatPrometheusWritesIsWhatItHasAndWhatWeReadOurselves(@TempDir Path folder)
      throws Exception {
    compare(folder, "", RemoteWriteReader.Version.V1);
  }

  @Test
  void theSameInVersionTwo(@TempDir Path folder) throws Exception {
    int[] version = RealEngine.prometheusVersion();
    boolean speaks = version[0] > 2 || version[1] >= 54;
    var message =
        "SKIPPED: prometheus %d.%d is installed; remote write 2.0 begins with 2.54"
            .formatted(version[0], version[1]);
    if (!speaks) {
      System.out.println(message);
    }
    assumeTrue(speaks, message);
    compare(
        folder, ", protobuf_message: io.prometheus.write.v2.Request", RemoteWriteReader.Version.V2);
  }

  private void compare(Path folder, String more, RemoteWriteReader.Version version)
      throws Exception {
    var here = "http://127.0.0.1:" + server.getAddress().getPort();
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
          - job_name: page
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        remote_write:
          - {url: "%s/write", send_native_histograms: true, queue_config: {batch_send_deadline: 1s}%s}
        """
            .formatted(server.getAddress().getPort(), here, more));
    try (var engine =
        RealEngine.prometheus(folder, "--enable-feature=native-histograms,metadata-wal-records")) {
      var reader = new RemoteWriteReader(Attributes.none(), Map.of(), RemoteWriteLimits.DEFAULT);
      var received = new TreeMap<Long, TreeMap<String, Double>>();
      while (received.size() < 5) {
        var next = written.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a request within %d s", LONGEST_SECONDS).isNotNull();
        assertThat(next.version()).isEqualTo(version);
        var read = reader.read(next.body(), next.version());
        assertThat(read.rejected()).isEmpty();
        addTo(received, read.samples());
      }
      assertThat(asked).allMatch(it -> it.contains("application/vnd.google.protobuf"));
      received.pollLastEntry(); // perhaps not all of it has come
      for (var scrape : received.entrySet()) {
        double requests = scrape.getValue().getOrDefault("requests_total{code=200}", 0.0);
        assertThat(pageOnly(scrape.getValue())).isEqualTo(ours((int) Math.round(requests / 10)));
      }
      equalByQuery(engine, received);
    }
  }

  /** What we read of the same page when we scrape it. */
  private static TreeMap<String, Double> ours(int n) {
    var page =
        new Exposition(ExpositionOptions.of(POD), ExpositionLimits.DEFAULT)
            .read(exposed(n), ExpositionFormat.PROTOBUF, 1);
    assertThat(page.rejected()).isEmpty();
    var all = new TreeMap<Long, TreeMap<String, Double>>();
    addTo(all, page.samples());
    return all.getOrDefault(1L, new TreeMap<>());
  }

  private static TreeMap<String, Double> pageOnly(Map<String, Double> samples) {
    var only = new TreeMap<>(samples);
    only.keySet().removeIf(name -> name.startsWith("up{") || name.startsWith("scrape_"));
    return only;
  }

  private static void addTo(TreeMap<Long, TreeMap<String, Double>> to, SampleBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      var labels = new TreeMap<>(batch.key(i).point().asMap());
      labels.remove("job");
      labels.remove("instance");
      to.computeIfAbsent(batch.time(i), time -> new TreeMap<>())
          .put(name(batch.key(i).metric(), labels), batch.value(i));
    }
  }

  /** Bounds as numbers, because they are written in several ways. */
  private static String name(String metric, TreeMap<String, String> labels) {
    labels.replaceAll(
        (label, value) ->
            label.equals("le") || label.equals("quantile")
                ? Double.toString(Double.parseDouble(value.replace("Inf", "Infinity")))
                : value);
    return metric + labels.toString().replace(", ", ",");
  }

  private static void equalByQuery(
      RealEngine engine, TreeMap<Long, TreeMap<String, Double>> received) throws Exception {
    double end = received.lastKey() / 1000.0;
    int compared = 0;
    for (var result : results(engine, "{__name__=~\".+\",job=\"page\"}[1h]", end)) {
      var labels = new TreeMap<>(result.strings("metric"));
      var metric = labels.remove("__name__");
      labels.remove("job");
      labels.remove("instance");
      if (result.tree().get("values") instanceof List<?> values) {
        var name = name(String.valueOf(metric), labels);
        for (Object value : values) {
          var pair = (List<?>) value;
          long time = Math.round(1000 * ((Number) pair.get(0)).doubleValue());
          assertThat(received.get(time)).as(name + " at " + time).isNotNull();
          assertThat(received.get(time))
              .containsEntry(name, Double.parseDouble(String.valueOf(pair.get(1))));
          compared++;
        }
      }
    }
    int plain = 0; // all that is no part of the native histogram
    for (var scrape : received.values()) {
      plain += (int) scrape.keySet().stream().filter(it -> !it.startsWith("sparse_")).count();
    }
    assertThat(compared).isEqualTo(plain).isGreaterThan(4 * 10);
    var last = received.lastEntry().getValue();
    assertThat(number(engine, "histogram_count(sparse_seconds)", end))
        .isEqualTo(last.get("sparse_seconds_count{path=/b}"));
    assertThat(number(engine, "histogram_sum(sparse_seconds)", end))
        .isEqualTo(last.get("sparse_seconds_sum{path=/b}"));
    for (var bucket : last.entrySet()) {
      if (bucket.getKey().startsWith("sparse_seconds_bucket")) {
        var bound = bucket.getKey().replaceAll(".*le=([^,}]*).*", "$1").replace("Infinity", "+Inf");
        var query =
            "histogram_fraction(-Inf, %s, sparse_seconds) * histogram_count(sparse_seconds)"
                .formatted(bound);
        assertThat(number(engine, query, end))
            .as(query)
            .isCloseTo(bucket.getValue(), Offset.offset(1e-6));
      }
    }
  }

  private static double number(RealEngine engine, String query, double at) throws Exception {
    var found = results(engine, query, at);
    assertThat(found).as(query).hasSize(1);
    return found.getFirst().tree().get("value") instanceof List<?> pair
        ? Double.parseDouble(String.valueOf(pair.get(1)))
        : Double.NaN;
  }

  private static List<KubernetesObject> results(RealEngine engine, String query, double at)
      throws Exception {
    var text = engine.get("/api/v1/query?time=" + at + "&query=" + URLEncoder.encode(query, UTF_8));
    var answer = JsonTree.read(new ByteArrayInputStream(text.getBytes(UTF_8)), 64 << 20);
    assertThat(answer.text("status")).as(text).contains("success");
    return answer.list("data", "result");
  }

  /** The same page read as text and as protobuf has the same series. */
  @Test
  void itsOwnPageHasTheSameSeriesInEachFormat(@TempDir Path folder) throws Exception {
    try (var engine = RealEngine.prometheus(folder)) {
      fetch(engine, ExpositionFormat.ACCEPT);
      fetch(engine, ExpositionFormat.ACCEPT_TEXT);
      var text = fetch(engine, ExpositionFormat.ACCEPT_TEXT);
      var protobuf = fetch(engine, ExpositionFormat.ACCEPT);
      assertThat(protobuf.rejected()).isEmpty();
      assertThat(protobuf.complete()).isTrue();
      assertThat(described(protobuf).keySet()).isEqualTo(described(text).keySet());
      assertThat(described(protobuf)).hasSizeGreaterThan(300);
      var build =
          described(text).keySet().stream().filter(it -> it.contains("build_info")).toList();
      assertThat(build).isNotEmpty();
      build.forEach(name -> assertThat(described(protobuf)).containsEntry(name, 1.0));
    }
  }

  private static Map<String, Double> described(ScrapedPage page) {
    var all = new TreeMap<String, Double>();
    for (int i = 0; i < page.samples().size(); i++) {
      var key = page.samples().key(i);
      all.put(
          name(key.metric(), new TreeMap<>(key.point().asMap())) + " " + key.kind(),
          page.samples().value(i));
    }
    return all;
  }

  private static ScrapedPage fetch(RealEngine engine, String accept) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(engine.base() + "/metrics")).header("Accept", accept);
    try (var client = HttpClient.newHttpClient()) {
      var response = client.send(request.build(), BodyHandlers.ofByteArray());
      var format = ExpositionFormat.of(response.headers().firstValue("Content-Type").orElse(""));
      assertThat(format == ExpositionFormat.PROTOBUF).isEqualTo(accept.contains("protobuf"));
      return new Exposition(ExpositionOptions.of(POD), ExpositionLimits.DEFAULT)
          .read(response.body(), format, 1_700_000_000_000L);
    }
  }
}
