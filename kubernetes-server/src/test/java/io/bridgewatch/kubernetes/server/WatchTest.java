package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class WatchTest {
  private static final String INITIAL =
      "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";

  private final KubernetesServer server =
      KubernetesServer.start(ServerOptions.standard().withWatchWindow(50).withWatchBuffer(50));
  private final Client client = new Client(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aWatchFromAListSendsWhatCameAfterIt() throws Exception {
    server.put(Samples.pod("shop", "a"));
    var version = client.get("/api/v1/pods").version();
    server.put(Samples.pod("shop", "b"));
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + version)) {
      server.patch(pod("a"), "{\"status\":{\"phase\":\"Failed\"}}");
      server.delete(pod("a"));

      assertThat(events.status).isEqualTo(200);
      assertThat(events.words(3)).containsExactly("ADDED b", "MODIFIED a", "DELETED a");
    }
  }

  @Test
  void anEventHasTheWholeObjectWithItsKindAndTheVersionOfTheChange() throws Exception {
    server.put(Samples.pod("shop", "a"));
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + server.resourceVersion())) {
      server.delete(pod("a"));
      var object = events.next().orElseThrow().path("object");

      assertThat(object.propertyNames())
          .containsExactly("kind", "apiVersion", "metadata", "spec", "status");
      assertThat(Json.text(object, "metadata", "resourceVersion"))
          .isEqualTo(server.resourceVersion());
    }
  }

  @Test
  void theNewestVersionOfAKindIsThatOfItsLastChange() {
    server.put(Samples.pod("shop", "a"));
    long pods = Long.parseLong(server.resourceVersion());
    server.put("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\"}}");

    assertThat(server.resourceVersions())
        .containsEntry("pods", pods)
        .containsEntry("nodes", Long.parseLong(server.resourceVersion()));
  }

  @Test
  void aWatchWithoutAVersionBeginsWithWhatThereIs() throws Exception {
    server.put(Samples.pod("shop", "a"));
    try (var events = client.watch("/api/v1/pods")) {
      server.put(Samples.pod("shop", "b"));
      assertThat(events.words(2)).containsExactly("ADDED a", "ADDED b");
    }
  }

  @Test
  void initialEventsEndWithAMarkedBookmark() throws Exception {
    server.put(Samples.pod("shop", "a"));
    server.put(Samples.pod("other", "b"));
    var version = server.resourceVersion();
    try (var events = client.watch("/api/v1/pods?" + INITIAL)) {
      assertThat(events.words(2)).containsExactly("ADDED b", "ADDED a");
      var bookmark = events.next().orElseThrow();
      assertThat(Client.Events.word(bookmark)).isEqualTo("BOOKMARK " + version);
      assertThat(bookmark.path("object"))
          .isEqualTo(
              tree(
                  """
                  {"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"%s",
                    "annotations":{"k8s.io/initial-events-end":"true"}},
                   "spec":{"containers":null},"status":{}}"""
                      .formatted(version)));
      server.put(Samples.pod("shop", "c"));
      assertThat(events.word()).isEqualTo("ADDED c");
    }
  }

  @Test
  void initialEventsWantTheOtherOptionsToo() throws Exception {
    var alone = client.watch("/api/v1/pods?sendInitialEvents=true&allowWatchBookmarks=true");
    server.faults().refuseInitialEvents(true);
    var refused = client.watch("/api/v1/pods?" + INITIAL);

    assertThat(alone.status).isEqualTo(422);
    assertThat(refused.status).isEqualTo(422);
    var status = refused.next().orElseThrow();
    assertThat(Json.text(status, "reason")).isEqualTo("Invalid");
    assertThat(Json.text(status, "message")).contains("WatchList feature gate");
  }

  @Test
  void aVersionThatIsTooOldIsAnErrorInTheStreamOrAStatus() throws Exception {
    server.put(Samples.pod("shop", "a"));
    var old = server.resourceVersion();
    for (var i = 0; i < 60; i++) {
      server.put(Samples.pod("shop", "pod-" + i));
    }
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + old)) {
      var error = events.next().orElseThrow();
      assertThat(events.status).isEqualTo(200);
      assertThat(Client.Events.word(error)).isEqualTo("ERROR 410");
      assertThat(Json.text(error, "object", "message"))
          .isEqualTo("too old resource version: %s (%s)".formatted(old, server.resourceVersion()));
      assertThat(events.word()).isEqualTo("END");
    }
    server.faults().expireWatchesByStatus(true);
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + old)) {
      assertThat(events.status).isEqualTo(410);
    }
  }

  @Test
  void aQuietKindDoesNotAgeWhileOthersChange() throws Exception {
    var old = server.resourceVersion();
    for (var i = 0; i < 60; i++) {
      server.put(Samples.pod("shop", "pod-" + i));
    }
    try (var events = client.watch("/apis/apps/v1/deployments?resourceVersion=" + old)) {
      server.put(Samples.deployment("cart", 1));
      assertThat(events.word()).isEqualTo("ADDED cart");
    }
  }

  @Test
  void aChangeThatLeavesTheSelectionLooksLikeADelete() throws Exception {
    server.put(Samples.pod("shop", "a"));
    var from = server.resourceVersion();
    try (var events =
        client.watch("/api/v1/pods?labelSelector=app%3Dcart&resourceVersion=" + from)) {
      server.patch(pod("a"), "{\"metadata\":{\"labels\":{\"app\":\"pay\"}}}");
      var left = server.resourceVersion();
      server.patch(pod("a"), "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
      server.patch(pod("a"), "{\"metadata\":{\"labels\":{\"app\":\"cart\"}}}");

      var gone = events.next().orElseThrow();
      assertThat(Client.Events.word(gone)).isEqualTo("DELETED a");
      assertThat(Json.text(gone, "object", "metadata", "labels", "app")).isEqualTo("cart");
      assertThat(Json.text(gone, "object", "metadata", "resourceVersion")).isEqualTo(left);
      assertThat(events.word()).isEqualTo("ADDED a");
    }
  }

  @Test
  void aNamespaceIsWatchedAlone() throws Exception {
    try (var events = client.watch("/api/v1/namespaces/shop/pods")) {
      server.put(Samples.pod("shop-2", "a"));
      server.put(Samples.pod("shop", "b"));
      assertThat(events.word()).isEqualTo("ADDED b");
    }
  }

  @Test
  void bookmarksCarryVersionsOfOtherKinds() throws Exception {
    try (var events = client.watch("/api/v1/pods?allowWatchBookmarks=true&resourceVersion=1");
        var silent = client.watch("/api/v1/pods?resourceVersion=1")) {
      server.put(Samples.deployment("cart", 1));
      server.sendBookmarks();
      assertThat(events.word()).isEqualTo("BOOKMARK " + server.resourceVersion());
      server.put(Samples.pod("shop", "a"));
      assertThat(silent.word()).isEqualTo("ADDED a");
    }
  }

  @Test
  void aWatchEndsInOrderWhenItsTimeIsOver() throws Exception {
    try (var events =
        client.watch("/api/v1/pods?allowWatchBookmarks=true&resourceVersion=1&timeoutSeconds=1")) {
      assertThat(events.words(2)).containsExactly("BOOKMARK 1", "END");
    }
  }

  @Test
  void aWatchThatLagsTooFarIsCut() throws Exception {
    var fat = "x".repeat(200_000);
    try (var events = client.watch("/api/v1/pods?resourceVersion=1")) {
      for (var i = 0; i < 200; i++) {
        server.put(Samples.pod("shop", "pod-" + i, "\"app\":\"" + fat + "\""));
      }
      var read = 0;
      var outcome = "END";
      try {
        while (events.next().isPresent()) {
          read++;
        }
      } catch (IOException e) {
        outcome = "CUT";
      }
      assertThat(outcome).isEqualTo("CUT");
      assertThat(read).isLessThan(200);
    }
  }

  @Test
  void metadataAloneIsWatched() throws Exception {
    try (var partial =
            new Client(
                server, "Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        var events = partial.watch("/api/v1/pods?" + INITIAL)) {
      var bookmark = events.next().orElseThrow();
      server.put(Samples.pod("shop", "a"));
      var object = events.next().orElseThrow().path("object");

      assertThat(Json.text(bookmark, "object", "kind")).isEqualTo("PartialObjectMetadata");
      assertThat(object.propertyNames()).containsExactly("kind", "apiVersion", "metadata");
    }
  }

  @Test
  void openWatchesAreCounted() throws Exception {
    var first = client.watch("/api/v1/pods");
    var second = client.watch("/api/v1/nodes");
    assertThat(server.requests().watches()).isEqualTo(2);
    server.dropWatches();
    first.close();
    second.close();

    assertThat(server.requests().mostWatches()).isEqualTo(2);
    assertThat(server.requests().count("watch pods")).isEqualTo(1);
  }

  private static ObjectName pod(String name) {
    return new ObjectName("v1", "Pod", "shop", name);
  }

  private static JsonNode tree(String json) {
    return Client.MAPPER.readTree(json);
  }
}
