package io.bridgewatch.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteWriteTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final SeriesKey KEY =
      new SeriesKey(
          Attributes.of("k8s.pod.name", "cart-0", "zone", "a"),
          "http.server.requests",
          "{request}",
          MetricKind.CUMULATIVE,
          Attributes.of("a|b,c\\", "1", "zone", "b"));

  private final Queue<Integer> answers = new ArrayDeque<>();
  private final List<SampleBatch> received = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch open = new CountDownLatch(1);
  private volatile boolean waits;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/api/v1/write",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (waits) {
            try {
              open.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          int status;
          synchronized (answers) {
            Integer next = answers.poll();
            status = next == null ? 204 : next;
          }
          if (status == 204) {
            var reader =
                new RemoteWriteReader(Attributes.none(), Map.of(), RemoteWriteLimits.DEFAULT);
            received.add(reader.read(body, RemoteWriteReader.Version.V1).samples());
          }
          exchange.getResponseHeaders().add("Retry-After", "0");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    open.countDown();
    server.stop(0);
  }

  @Test
  void samplesArriveWithLabelsThatTellTheSeries() throws Exception {
    try (var write = write(100, 10)) {
      assertThat(write.offer(batch(3), List.of())).isEmpty();
      assertThat(write.flush(LONG)).isTrue();
      assertThat(write.status().sent()).isEqualTo(3);
    }
    var key = received.getFirst().key(0);
    assertThat(key.metric()).isEqualTo("http_server_requests");
    assertThat(key.point().asMap())
        .containsEntry("k8s_pod_name", "cart-0")
        .containsEntry("zone", "b")
        .containsEntry("zone_2", "a")
        .containsEntry("tenant", "t");
    var labels = new TreeMap<>(key.point().asMap());
    labels.put("__name__", key.metric());
    assertThat(new SeriesLabels(Map.of()).key(labels, Map.of("tenant", "t"))).isEqualTo(KEY);
    assertThat(SampleBatch.isStale(received.getFirst().value(2))).isTrue();
  }

  @Test
  void seriesThatOthersWroteAreReadToo() {
    var labels = Map.of("__name__", "up_total", "pod", "p", "job", "j", "tenant", "t");
    assertThat(new SeriesLabels(Map.of("pod", "k8s.pod.name")).key(labels, Map.of("tenant", "t")))
        .isEqualTo(
            new SeriesKey(
                Attributes.of("k8s.pod.name", "p"),
                "up_total",
                "",
                MetricKind.CUMULATIVE,
                Attributes.of("job", "j")));
  }

  @Test
  void whatIsNotTakenNowIsTriedAgainInOrder() throws Exception {
    answers.addAll(List.of(500, 429, 503));
    try (var write = write(100, 2)) {
      write.offer(batch(4), List.of());
      assertThat(write.flush(LONG)).isTrue();
      assertThat(write.status().retries()).isEqualTo(3);
      assertThat(write.status().dropped()).isEmpty();
      assertThat(write.status().lastError()).startsWith("status 503");
    }
    assertThat(received).extracting(SampleBatch::size).containsExactly(2, 2);
    assertThat(received.getFirst().time(0)).isEqualTo(0);
    assertThat(received.getLast().time(0)).isEqualTo(2);
  }

  @Test
  void whatIsRefusedOrNeverTakenIsDroppedAndCounted() throws Exception {
    answers.addAll(List.of(400, 500, 500, 500, 500, 500));
    try (var write = write(100, 2)) {
      write.offer(batch(6), List.of());
      assertThat(write.flush(LONG)).isTrue();
      assertThat(write.status().dropped()).isEqualTo(Map.of("Refused", 2L, "Unavailable", 2L));
      assertThat(write.status().sent()).isEqualTo(2);
    }
  }

  @Test
  void aFullQueueRefusesWholeBatchesAndCounts() throws Exception {
    waits = true;
    try (var write = write(10, 5)) {
      assertThat(write.offer(batch(6), List.of())).isEmpty();
      assertThat(write.offer(batch(5), List.of())).contains("QueueFull");
      assertThat(write.offer(batch(4), List.of())).isEmpty();
      assertThat(write.status().queued()).isEqualTo(10);
      open.countDown();
      assertThat(write.flush(LONG)).isTrue();
      assertThat(write.status().sent()).isEqualTo(10);
      assertThat(write.status().dropped()).isEqualTo(Map.of("QueueFull", 5L));
    }
  }

  @Test
  void smallBatchesGoTogether() throws Exception {
    try (var write = write(100, 10)) {
      for (int i = 0; i < 10; i++) {
        write.offer(SampleBatch.builder().add(KEY, i, i).build(), List.of());
      }
      assertThat(write.flush(LONG)).isTrue();
    }
    assertThat(received).hasSize(1);
  }

  private RemoteWrite write(int queued, int perRequest) {
    var base = URI.create("http://localhost:" + server.getAddress().getPort());
    var wait = perRequest == 10 ? Duration.ofSeconds(1) : Duration.ofMillis(1);
    return new RemoteWrite(
        RemoteEndpoint.of(base, Map.of("tenant", "t")),
        new RemoteWriteSettings(
            queued, perRequest, wait, Duration.ofMillis(1), Duration.ofMillis(5), 5));
  }

  private static SampleBatch batch(int size) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < size; i++) {
      batch.add(KEY, i, i == 2 ? SampleBatch.STALE : i);
    }
    return batch.build();
  }
}
