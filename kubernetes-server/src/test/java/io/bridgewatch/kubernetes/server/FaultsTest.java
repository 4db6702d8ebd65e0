package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultsTest {
  private final KubernetesServer server = KubernetesServer.start();
  private final Client client = new Client(server);

  @BeforeEach
  void fill() {
    server.put(Samples.pod("shop", "a"));
    server.put(Samples.pod("shop", "b"));
    server.put(Samples.pod("shop", "c"));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void theNextRequestsFailAndThenNoMore() throws Exception {
    server.faults().answerNext(2, 429, Duration.ofSeconds(1));
    var first = client.get("/api/v1/pods");
    var second = client.get("/api/v1/pods");

    assertThat(first.status()).isEqualTo(429);
    assertThat(first.response().headers().firstValue("Retry-After")).contains("1");
    assertThat(first.text("reason")).isEqualTo("TooManyRequests");
    assertThat(second.status()).isEqualTo(429);
    assertThat(client.get("/api/v1/pods").status()).isEqualTo(200);
    server.faults().answerNext(1, 500);
    assertThat(client.get("/version").text("reason")).isEqualTo("InternalError");
    server.faults().answerNext(1, 503);
    assertThat(client.get("/api").text("reason")).isEqualTo("ServiceUnavailable");
  }

  @Test
  void aListBreaksInTheMiddleOfAnObject() throws Exception {
    server.faults().cutNextList(1);
    assertThatThrownBy(() -> client.get("/api/v1/pods")).isInstanceOf(IOException.class);
    assertThat(client.get("/api/v1/pods").names()).hasSize(3);
  }

  @Test
  void aWatchBreaksInTheMiddleOfAnObject() throws Exception {
    server.faults().cutNextWatch(2);
    try (var events = client.watch("/api/v1/pods")) {
      assertThat(events.words(2)).containsExactly("ADDED a", "ADDED b");
      assertThatThrownBy(events::next).isInstanceOf(Exception.class);
    }
  }

  @Test
  void droppedWatchesBreak() throws Exception {
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + server.resourceVersion())) {
      server.dropWatches();
      assertThatThrownBy(events::next).isInstanceOf(IOException.class);
    }
  }

  @Test
  void afterCompactionOnlyTheNewestVersionResumes() throws Exception {
    var old = server.resourceVersion();
    server.delete(new ObjectName("v1", "Pod", "shop", "a"));
    server.compact();
    try (var late = client.watch("/api/v1/pods?resourceVersion=" + old);
        var fresh = client.watch("/api/v1/pods?resourceVersion=" + server.resourceVersion())) {
      server.put(Samples.pod("shop", "d"));
      assertThat(late.words(2)).containsExactly("ERROR 410", "END");
      assertThat(fresh.word()).isEqualTo("ADDED d");
    }
  }

  @Test
  void aPausedServerAnswersWhenItResumes() throws Exception {
    server.faults().pause();
    var answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.get("/api/v1/pods").names();
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(answer).isNotDone();
    server.faults().resume();
    assertThat(answer.get()).containsExactly("a", "b", "c");
  }

  @Test
  void aRestartKeepsPortAndObjectsAndLosesConnections() throws Exception {
    var port = server.port();
    var version = server.resourceVersion();
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + version)) {
      server.disconnect();
      assertThatThrownBy(events::next).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> client.get("/api/v1/pods")).isInstanceOf(IOException.class);
      server.put(Samples.pod("shop", "d"));
      server.reconnect();
    }
    assertThat(server.port()).isEqualTo(port);
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + version)) {
      assertThat(events.word()).isEqualTo("ADDED d");
    }
  }

  @Test
  void anEmptyRestartForgetsAllAndResumesNothing() throws Exception {
    var old = server.resourceVersion();
    server.restartEmpty();

    assertThat(client.get("/api/v1/pods").names()).isEmpty();
    assertThat(Long.parseLong(server.resourceVersion())).isGreaterThan(Long.parseLong(old));
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + old)) {
      assertThat(events.word()).isEqualTo("ERROR 410");
    }
  }

  @Test
  void bookmarksCanBeMissing() throws Exception {
    server.faults().sendNoBookmarks(true);
    try (var events =
        client.watch(
            "/api/v1/pods?allowWatchBookmarks=true&resourceVersion=" + server.resourceVersion())) {
      server.sendBookmarks();
      server.put(Samples.pod("shop", "d"));
      assertThat(events.word()).isEqualTo("ADDED d");
    }
  }

  @Test
  void anythingCanBeSentToAWatch() throws Exception {
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + server.resourceVersion())) {
      server.inject(
          "v1",
          "Pod",
          "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v99\",\"metadata\":{\"name\":\"x\"}}}");
      var event = events.next().orElseThrow();
      assertThat(Json.text(event, "object", "apiVersion")).isEqualTo("v99");
      server.put(Samples.pod("shop", "d"));
      assertThat(events.word()).isEqualTo("ADDED d");
    }
  }

  @Test
  void aKindCanBeDenied() throws Exception {
    server.faults().deny("", "pods");
    var refused = client.get("/api/v1/pods");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(client.get("/api/v1/nodes").status()).isEqualTo(200);
    server.faults().allow("", "pods");
    assertThat(client.get("/api/v1/pods").status()).isEqualTo(200);
  }
}
