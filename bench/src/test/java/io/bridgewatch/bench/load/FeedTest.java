package io.bridgewatch.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private interface Answer {
    int status() throws InterruptedException;
  }

  private Feed.Target target(Answer answer, Tally tally) {
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          try {
            exchange.sendResponseHeaders(answer.status(), -1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return new Feed.Target(() -> HttpRequest.newBuilder(url), tally);
  }

  private Feed feed() {
    return new Feed(client, Duration.ofMillis(1), () -> new Feed.Batch(new byte[10], 100));
  }

  @Test
  void whatIsAcknowledgedAndWhatIsRefusedIsCounted() throws InterruptedException {
    var tally = new Tally();
    var count = new AtomicInteger();
    var target = target(() -> count.incrementAndGet() % 4 == 0 ? 429 : 204, tally);
    feed().run(40, List.of(target));
    assertThat(tally.result().acknowledged()).isEqualTo(3_000);
    assertThat(tally.result().refused()).isEqualTo(Map.of("HTTP 429", 1_000L));
    assertThat(tally.result().answers().count()).isEqualTo(30);
    assertThat(tally.result().late().count()).isEqualTo(40);
  }

  @Test
  void theScheduleDoesNotWaitForAnswers() throws InterruptedException {
    var tally = new Tally();
    var all = new CountDownLatch(20); // no answer before all have come
    var target =
        target(
            () -> {
              all.countDown();
              return all.await(30, TimeUnit.SECONDS) ? 200 : 500;
            },
            tally);
    feed().run(20, List.of(target));
    assertThat(tally.result().acknowledged()).isEqualTo(2_000);
  }

  @Test
  void aReceiverThatIsGoneIsToldFromOneThatRefuses() throws InterruptedException {
    var tally = new Tally();
    var gone = target(() -> 200, tally);
    server.stop(0);
    feed().run(2, List.of(gone));
    assertThat(tally.result().acknowledged()).isZero();
    assertThat(tally.result().refusedInAll()).isEqualTo(200);
    assertThat(tally.result().refused().keySet()).noneMatch(why -> why.startsWith("HTTP"));
  }
}
