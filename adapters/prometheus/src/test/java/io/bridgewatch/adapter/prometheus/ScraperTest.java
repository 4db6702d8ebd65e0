package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.ports.SteppedTime;
import io.bridgewatch.ports.Timekeeper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScraperTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Attributes POD = Attributes.of("k8s.pod.name", "cart-0");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-29T00:00:00Z"));
  private final Timekeeper clock = Timekeeper.by(now::get);
  private final List<String> samples = Collections.synchronizedList(new ArrayList<>());
  private volatile Optional<String> refusal = Optional.empty();
  private final HttpScrapeTransport transport = new HttpScrapeTransport();
  private final Scraper scraper =
      new Scraper(transport, this::take, ScraperSettings.DEFAULT, clock);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void close() {
    scraper.close();
    transport.close();
    server.stop(0);
  }

  @Test
  void aPageComesWithWhatIsKnownOfItsScrape() throws Exception {
    answer("/metrics", 200, "# TYPE a counter\na{x=\"1\"} 1\nb 2 1764374400123\n");
    scrapeOnce(target("cart", "/metrics", ScrapeAccess.OPEN));
    assertThat(samples)
        .containsExactly(
            "a{x=1} 1.0 +0",
            "b{} 2.0 " + (1_764_374_400_123L - clock.millis() + "").replaceFirst("^(?=\\d)", "+"),
            "up{instance=cart} 1.0 +0",
            "scrape_duration_seconds{instance=cart} 0.0 +0",
            "scrape_samples_scraped{instance=cart} 2.0 +0");
    var status = scraper.status().getFirst();
    assertThat(status.samples()).isEqualTo(2);
    assertThat(status.failure()).isEmpty();
    assertThat(status.lastScrape()).contains(now.get());
  }

  @Test
  void openMetricsGzipAndTokensAreSpoken(@TempDir Path folder) throws Exception {
    var seen = new AtomicReference<Map<String, List<String>>>(Map.of());
    handle(
        "/metrics",
        exchange -> {
          seen.set(Map.copyOf(exchange.getRequestHeaders()));
          var zipped = new ByteArrayOutputStream();
          try (var out = new GZIPOutputStream(zipped)) {
            out.write("a 1 1764374400.5\n# EOF\n".getBytes(UTF_8));
          }
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          exchange
              .getResponseHeaders()
              .add("Content-Type", "application/openmetrics-text; version=1.0.0; charset=utf-8");
          send(exchange, 200, zipped.toByteArray());
        });
    Path file = Files.writeString(folder.resolve("token"), "secret\n");
    var access = new ScrapeAccess(Optional.empty(), Optional.of(file), Optional.empty(), true);
    scrapeOnce(target("cart", "/metrics", access));
    assertThat(scraper.status().getFirst().failure()).isEmpty();
    assertThat(samples.getFirst()).startsWith("a{} 1.0");
    assertThat(seen.get())
        .containsEntry("Authorization", List.of("Bearer secret"))
        .containsEntry("Accept", List.of(ExpositionFormat.ACCEPT))
        .containsEntry("Accept-encoding", List.of("gzip"));
    assertThat(new ScrapeAccess(Optional.of("secret"), Optional.empty(), Optional.empty(), true))
        .asString()
        .doesNotContain("secret");
  }

  @Test
  void seriesThatVanishEndWithAMarker() throws Exception {
    answer("/metrics", 200, "a 1\nb 2\n");
    scrapeOnce(target("cart", "/metrics", ScrapeAccess.OPEN));
    answer("/metrics", 200, "a 1\n");
    scrapeAgain();
    assertThat(samples).contains("b{} stale +0").doesNotContain("a{} stale +0");
    answer("/metrics", 503, "upstream\n connect error");
    scrapeAgain();
    assertThat(samples).contains("a{} stale +0", "up{instance=cart} 0.0 +0");
    assertThat(scraper.status().getFirst().failure())
        .contains(
            new TargetStatus.Failure(
                ScrapeFailure.HTTP_STATUS, "status 503: upstream connect error"));
    scrapeAgain();
    assertThat(samples).doesNotContain("a{} stale +0");
  }

  @Test
  void theSeriesOfATargetThatIsNoneAnyMoreEnd() throws Exception {
    answer("/metrics", 200, "a 1\n");
    scrapeOnce(target("cart", "/metrics", ScrapeAccess.OPEN));
    samples.clear();
    scraper.setTargets(List.of());
    scraper.awaitIdle();
    assertThat(samples).contains("a{} stale +0", "up{instance=cart} stale +0").hasSize(4);
    assertThat(scraper.status()).isEmpty();
  }

  @Test
  void anErrorsTextWithStatus200IsAFailure() throws Exception {
    answer("/metrics", 200, "<html><body>Login</body></html>");
    scrapeOnce(target("cart", "/metrics", ScrapeAccess.OPEN));
    assertThat(failure()).isEqualTo(ScrapeFailure.NOT_METRICS);
    assertThat(samples).contains("up{instance=cart} 0.0 +0");
  }

  @Test
  void aBodyThatDoesNotEndTimesOut() throws Exception {
    var end = new CountDownLatch(1);
    handle(
        "/metrics",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("a 1\n".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          await(end);
          exchange.close();
        });
    var slow = target("cart", "/metrics", ScrapeAccess.OPEN);
    scrapeOnce(
        new ScrapeTarget(
            "cart",
            slow.address(),
            slow.route(),
            slow.content(),
            INTERVAL,
            Duration.ofMillis(300),
            slow.options(),
            slow.limits(),
            slow.access()));
    end.countDown();
    assertThat(failure()).isEqualTo(ScrapeFailure.TIMEOUT);
  }

  @Test
  void aTargetThatIsNotThereIsAFailure() throws Exception {
    int port = server.getAddress().getPort();
    var gone = target("cart", "/metrics", ScrapeAccess.OPEN);
    server.stop(0);
    assertThat(gone.address().getPort()).isEqualTo(port);
    scrapeOnce(gone);
    assertThat(failure()).isEqualTo(ScrapeFailure.CONNECTION_FAILED);
  }

  @Test
  void whatTheSinkRefusesIsCountedAndMarkersComeLater() throws Exception {
    answer("/metrics", 200, "a 1\nb 2\n");
    scrapeOnce(target("cart", "/metrics", ScrapeAccess.OPEN));
    answer("/metrics", 200, "a 1\n");
    refusal = Optional.of("QueueFull");
    scrapeAgain();
    assertThat(samples).isEmpty();
    assertThat(scraper.status().getFirst().dropped()).isEqualTo(Map.of("QueueFull", 5L));
    refusal = Optional.empty();
    scrapeAgain();
    assertThat(samples).contains("b{} stale -1");
  }

  @Test
  void aSlowTargetMissesTurnsRatherThanRunTwice() throws Exception {
    var end = new CountDownLatch(1);
    var begun = new Semaphore(0);
    handle(
        "/metrics",
        exchange -> {
          begun.release();
          await(end);
          send(exchange, 200, "a 1\n".getBytes(UTF_8));
        });
    scraper.setTargets(List.of(target("cart", "/metrics", ScrapeAccess.OPEN)));
    pass(INTERVAL);
    begun.acquire();
    pass(INTERVAL);
    pass(INTERVAL.multipliedBy(2));
    end.countDown();
    scraper.awaitIdle();
    pass(INTERVAL);
    scraper.awaitIdle();
    assertThat(begun.availablePermits()).isEqualTo(1);
    assertThat(scraper.status().getFirst().missed()).isEqualTo(3);
  }

  @Test
  void onlySoManyOfAHostRunAtOnce() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var another = new Semaphore(0);
    handle(
        "/",
        exchange -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          another.release();
          tryAcquire(another, 3); // gives a third one the time to come, if it may
          inside.decrementAndGet();
          send(exchange, 200, "a 1\n".getBytes(UTF_8));
        });
    var limited = new Scraper(transport, this::take, new ScraperSettings(8, 2, 1), clock);
    limited.setTargets(
        IntStream.range(0, 6).mapToObj(i -> target("t" + i, "/" + i, ScrapeAccess.OPEN)).toList());
    now.updateAndGet(it -> it.plus(INTERVAL));
    limited.startDue();
    limited.awaitIdle();
    assertThat(most).hasValue(2);
    assertThat(limited.status()).allMatch(status -> status.failure().isEmpty());
  }

  @Test
  void targetsAreSpreadOverTheIntervalAndKeepTheirMoments() {
    var target = target("cart", "/", ScrapeAccess.OPEN);
    long start = clock.millis();
    var moments =
        IntStream.range(0, 1000)
            .mapToLong(i -> Scraper.firstDue(target("t" + i, "/", target.access()), 7, start))
            .map(due -> due - start)
            .toArray();
    assertThat(Arrays.stream(moments)).allMatch(phase -> phase >= 0 && phase < INTERVAL.toMillis());
    for (int second = 0; second < 15; second++) {
      long from = 1000L * second;
      assertThat(Arrays.stream(moments).filter(m -> m >= from && m < from + 1000).count())
          .as("in second " + second)
          .isBetween(40L, 100L);
    }
    long first = Scraper.firstDue(target, 7, start);
    assertThat(Scraper.firstDue(target, 7, first + 1)).isEqualTo(first + INTERVAL.toMillis());
    assertThat(Scraper.firstDue(target, 7, first)).isEqualTo(first);
  }

  @Test
  void theLoopScrapesByItself() throws Exception {
    var twice = new CountDownLatch(2);
    handle(
        "/metrics",
        exchange -> {
          send(exchange, 200, "a 1\n".getBytes(UTF_8));
          twice.countDown();
        });
    var slow = target("cart", "/metrics", ScrapeAccess.OPEN);
    try (var running =
        new Scraper(transport, this::take, ScraperSettings.DEFAULT, Timekeeper.system())) {
      running.start();
      running.setTargets(
          List.of(
              new ScrapeTarget(
                  "cart",
                  slow.address(),
                  slow.route(),
                  slow.content(),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(1),
                  slow.options(),
                  slow.limits(),
                  slow.access())));
      assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void onSteppedTimeEachTargetIsScrapedOnceAnIntervalAndAllIsInBeforeTimeGoesOn() throws Exception {
    answer("/metrics", 200, "a 1\n");
    var start = Instant.parse("2026-11-29T00:00:00Z");
    var time = new SteppedTime(start);
    var seen = Collections.synchronizedList(new ArrayList<Long>());
    SampleSink sink =
        (batch, exemplars) -> {
          seen.add(batch.time(0));
          return Optional.empty();
        };
    try (var stepped = new Scraper(transport, sink, ScraperSettings.DEFAULT, time)) {
      stepped.start();
      stepped.setTargets(List.of(target("cart", "/metrics", ScrapeAccess.OPEN)));
      for (int second = 1; second <= 60; second++) {
        time.advance(
            start.plusSeconds(second),
            () -> {
              while (!stepped.settled()) {
                Thread.onSpinWait();
              }
            });
        assertThat(seen)
            .as("scrapes after %d s", second)
            .hasSizeBetween(second / 15, 1 + second / 15);
      }
    }
    assertThat(seen).hasSize(4);
    assertThat(seen.get(3) - seen.get(0)).isEqualTo(45_000);
  }

  @Test
  void certificatesAreVerifiedUnlessToldOtherwise(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=DNS:localhost",
        "-keystore",
        store.toString());
    Path certificate = folder.resolve("ca.pem");
    keytool("-exportcert", "-rfc", "-file", certificate.toString(), "-keystore", store.toString());
    var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls(store)));
    secure.createContext("/", exchange -> send(exchange, 200, "a 1\n".getBytes(UTF_8)));
    secure.start();
    try {
      var uri = URI.create("https://localhost:" + secure.getAddress().getPort() + "/metrics");
      scrapeOnce(target("cart", uri, ScrapeAccess.OPEN));
      assertThat(failure()).isEqualTo(ScrapeFailure.TLS_FAILED);
      scrapeOnce(
          target(
              "cart",
              uri,
              new ScrapeAccess(Optional.empty(), Optional.empty(), Optional.empty(), false)));
      assertThat(scraper.status().getFirst().failure()).isEmpty();
      scrapeOnce(
          target(
              "cart",
              uri,
              new ScrapeAccess(
                  Optional.empty(), Optional.empty(), Optional.of(certificate), true)));
      assertThat(scraper.status().getFirst().failure()).isEmpty();
    } finally {
      secure.stop(0);
    }
  }

  @Test
  void impossibleTargetsAreRefused() {
    var target = target("cart", "/", ScrapeAccess.OPEN);
    assertThatThrownBy(() -> scraper.setTargets(List.of(target, target)))
        .hasMessageContaining("two targets have the id cart");
    assertThatThrownBy(
            () ->
                new ScrapeTarget(
                    "cart",
                    target.address(),
                    target.route(),
                    target.content(),
                    INTERVAL,
                    INTERVAL.plusMillis(1),
                    target.options(),
                    target.limits(),
                    target.access()))
        .hasMessageContaining("timeout of target cart is PT15.001S");
  }

  private void scrapeOnce(ScrapeTarget target) throws InterruptedException {
    scraper.setTargets(List.of(target));
    scrapeAgain();
  }

  private void scrapeAgain() throws InterruptedException {
    samples.clear();
    pass(INTERVAL);
    scraper.awaitIdle();
  }

  private void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
    scraper.startDue();
  }

  private ScrapeFailure failure() {
    return scraper.status().getFirst().failure().orElseThrow().reason();
  }

  private ScrapeTarget target(String id, String path, ScrapeAccess access) {
    var address = server.getAddress();
    return target(id, URI.create("http://localhost:" + address.getPort() + path), access);
  }

  private static ScrapeTarget target(String id, URI address, ScrapeAccess access) {
    return new ScrapeTarget(
        id,
        address,
        ScrapeTarget.Route.DIRECT,
        ScrapeTarget.Content.EXPOSITION,
        INTERVAL,
        Duration.ofSeconds(10),
        ExpositionOptions.of(POD),
        ExpositionLimits.DEFAULT,
        access);
  }

  private Optional<String> take(SampleBatch batch, List<Exemplar> exemplars) {
    if (refusal.isEmpty()) {
      for (int i = 0; i < batch.size(); i++) {
        var key = batch.key(i);
        assertThat(key.resource()).isEqualTo(POD);
        var value = SampleBatch.isStale(batch.value(i)) ? "stale" : "" + batch.value(i);
        samples.add(
            "%s%s %s %+d"
                .formatted(key.metric(), key.point(), value, batch.time(i) - clock.millis()));
      }
    }
    return refusal;
  }

  private void answer(String path, int status, String body) {
    handle(path, exchange -> send(exchange, status, body.getBytes(UTF_8)));
  }

  private void handle(String path, HttpHandler handler) {
    try {
      server.removeContext(path);
    } catch (IllegalArgumentException e) {
      // there was none
    }
    server.createContext(path, handler);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tryAcquire(Semaphore semaphore, int permits) {
    try {
      semaphore.tryAcquire(permits, 100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SSLContext tls(Path store) throws Exception {
    var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", "changeit", "-alias", "server"));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
