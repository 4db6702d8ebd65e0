package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.AccessRule;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ServerOptions;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.FeedStatus.State;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way in which an API server lets its clients down, one at a time, over real HTTP. */
@Timeout(120)
class FaultsTest {

  private static final ObjectName WEB = new ObjectName("v1", "Pod", "shop", "web");

  @Test
  void aServerThatRestartsLosesAndRepeatsNothing() throws Exception {
    try (var harness = live()) {
      List<Long> sent = patches(harness, 0, 5);
      harness.server.restart();
      sent.addAll(patches(harness, 5, 10));
      heardAll(harness, sent);

      harness.server.disconnect();
      harness.heard.awaitState(State.DOWN);
      assertThat(harness.heard.status("").orElseThrow().reason()).isEqualTo("ConnectionRefused");
      sent.addAll(patches(harness, 10, 15));
      harness.server.reconnect();
      harness.heard.awaitState(State.LIVE);
      heardAll(harness, sent);

      assertThat(harness.heard.listsBegan("pods")).isEqualTo(1);
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void watchesThatAreCutAreResumed() throws Exception {
    try (var harness = live()) {
      var sent = new ArrayList<Long>();
      for (int i = 0; i < 10; i++) {
        sent.addAll(patches(harness, i, i + 1));
        harness.server.dropWatches();
      }
      heardAll(harness, sent);
      assertThat(harness.heard.listsBegan("pods")).isEqualTo(1);
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void anExpiredVersionInTheStreamIsListedAnew() throws Exception {
    expired(false);
  }

  @Test
  void anExpiredVersionByStatusIsListedAnew() throws Exception {
    expired(true);
  }

  private static void expired(boolean byStatus) throws Exception {
    try (var harness = live()) {
      harness.server.put(FeedHarness.pod("shop", "goes"));
      harness.heard.await("goes", () -> harness.heard.object("pods", "shop", "goes").isPresent());
      harness.server.faults().expireWatchesByStatus(byStatus);

      harness.server.disconnect();
      harness.server.delete(new ObjectName("v1", "Pod", "shop", "goes"));
      harness.server.put(FeedHarness.pod("shop", "comes"));
      harness.server.compact();
      harness.server.reconnect();

      harness.heard.await("comes", () -> harness.heard.object("pods", "shop", "comes").isPresent());
      harness.heard.awaitGone("pods", "shop", "goes");
      harness.heard.awaitState("pods", State.LIVE);
      assertThat(harness.heard.listsBegan("pods")).isEqualTo(2);
      assertThat(harness.heard.listsEnded("pods")).isEqualTo(2);
      List<Long> sent = patches(harness, 0, 3);
      heardAll(harness, sent);
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void aServerRestoredFromAnEmptyBackupIsReadAnew() throws Exception {
    try (var harness = live()) {
      harness.server.restartEmpty();
      harness.server.put(FeedHarness.pod("shop", "new"));
      harness.heard.awaitGone("pods", "shop", "web");
      harness.heard.await("new", () -> harness.heard.object("pods", "shop", "new").isPresent());
    }
  }

  @Test
  void refusalsUnderLoadAreWaitedOut() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.put(FeedHarness.pod("shop", "web"));
      harness.server.faults().answerNext(60, 429, Duration.ZERO);
      harness.start();
      harness.heard.awaitState(State.LIVE);
      assertThat(harness.heard.objects("pods")).containsOnlyKeys("shop/web");

      harness.server.faults().answerNext(80, 500);
      harness.server.dropWatches();
      List<Long> sent = patches(harness, 0, 5);
      heardAll(harness, sent);
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void halfAListIsNoList() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.faults().refuseInitialEvents(true);
      for (int i = 0; i < 50; i++) {
        harness.server.put(FeedHarness.pod("shop", "web-" + i));
      }
      // Nodes and namespaces are empty lists: the first list with objects is that of the pods.
      harness.server.faults().cutNextList(20);
      harness.start();
      harness.heard.awaitState(State.LIVE);

      assertThat(harness.heard.objects("pods")).hasSize(50);
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void halfAnEventIsCountedAndHeardAgain() throws Exception {
    try (var harness = live()) {
      harness.server.faults().cutNextWatch(2);
      List<Long> sent = patches(harness, 0, 6);
      heardAll(harness, sent);

      assertThat(harness.heard.listsBegan("pods")).isEqualTo(1);
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void linesThatAreNoJsonAreCounted() throws Exception {
    try (var harness = live()) {
      harness.server.inject("v1", "Pod", "{\"type\":\"ADDED\",\"object\":{]]\n");
      harness.heard.await("rejection", () -> !harness.heard.rejected().isEmpty());
      List<Long> sent = patches(harness, 0, 3);
      heardAll(harness, sent);

      assertThat(harness.heard.rejected().getFirst().reason()).isEqualTo("Malformed");
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void objectsOfAnotherKindAreCountedAndPassedOver() throws Exception {
    try (var harness = live()) {
      harness.server.inject(
          "v1",
          "Pod",
          "{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"v9\",\"kind\":\"Pot\","
              + "\"metadata\":{\"name\":\"x\"}}}\n");
      harness.server.inject(
          "v1",
          "Pod",
          "{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}}\n");
      harness.heard.await("rejections", () -> harness.heard.rejected().size() == 2);
      heardAll(harness, patches(harness, 0, 2));

      assertThat(harness.heard.rejected())
          .extracting(Observation.Rejected::reason)
          .containsExactly("UnknownKind", "Nameless");
      assertThat(harness.heard.objects("pods")).containsOnlyKeys("shop/web");
    }
  }

  @Test
  void anOldServerIsReadByPages() throws Exception {
    try (var harness = new FeedHarness(ServerOptions.standard(), FeedHarness.pagesOf(7), "")) {
      harness.server.faults().refuseInitialEvents(true);
      for (int i = 0; i < 30; i++) {
        harness.server.put(FeedHarness.pod("shop", "web-" + i));
      }
      harness.start();
      harness.heard.awaitState(State.LIVE);

      assertThat(harness.heard.objects("pods")).hasSize(30);
      assertThat(harness.server.requests().count("list pods")).isEqualTo(5);
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void pagesThatExpireStartTheListOver() throws Exception {
    try (var harness =
        new FeedHarness(ServerOptions.standard().withWatchWindow(1), FeedHarness.pagesOf(2), "")) {
      harness.server.faults().refuseInitialEvents(true);
      for (int i = 0; i < 20; i++) {
        harness.server.put(FeedHarness.pod("shop", "web-" + i));
      }
      var busy =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                      harness.server.put(FeedHarness.pod("shop", "busy-" + i % 3));
                      Thread.onSpinWait();
                      Thread.yield();
                    }
                  });
      try {
        harness.start();
        harness.heard.await("a whole list", () -> harness.heard.listsEnded("pods") > 0);
      } finally {
        busy.interrupt();
        busy.join();
      }
      harness.heard.await(
          "the truth",
          () -> harness.heard.objects("pods").size() == harness.server.count("v1", "Pod"));
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void aClockThatIsOffIsSaidAndChangesNothingElse() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.faults().clockOffset(Duration.ofMinutes(10));
      harness.server.put(FeedHarness.pod("shop", "web"));
      harness.start();
      harness.heard.awaitState(State.LIVE);

      FeedStatus status = harness.heard.status("").orElseThrow();
      assertThat(status.reason()).isEqualTo("ClockSkew");
      assertThat(status.detail()).contains("ahead of ours").containsPattern("(599|600|601) s");
      assertThat(harness.heard.objects("pods")).containsOnlyKeys("shop/web");
    }
  }

  @Test
  void twoMegabytesOfAnnotationsAreCutToTheirBeginning() throws Exception {
    try (var harness = live()) {
      String annotation = "x".repeat(2 * 1024 * 1024);
      harness.server.patch(
          WEB, "{\"metadata\":{\"annotations\":{\"note\":\"" + annotation + "\"}}}");
      harness.heard.await(
          "the annotation",
          () -> web(harness).strings("metadata", "annotations").containsKey("note"));

      String kept = web(harness).strings("metadata", "annotations").get("note");
      assertThat(kept).hasSizeLessThan(5_000).contains("…(2097152 characters");
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void manyLargeAnnotationsAreDroppedAndCounted() throws Exception {
    try (var harness = live()) {
      var annotations = new StringBuilder("{");
      for (int i = 0; i < 1_000; i++) {
        annotations.append("\"k%d\":\"%s\",".formatted(i, "y".repeat(2_000)));
      }
      annotations.setCharAt(annotations.length() - 1, '}');
      harness.server.patch(WEB, "{\"metadata\":{\"annotations\":" + annotations + "}}");
      harness.heard.await("rejection", () -> !harness.heard.rejected().isEmpty());

      assertThat(harness.heard.rejected().getFirst().reason()).isEqualTo("ObjectTooLarge");
      harness.heard.await(
          "the mark", () -> web(harness).strings("metadata", "annotations").size() == 1);
      assertThat(web(harness).text("spec", "nodeName")).hasValue("n1");
    }
  }

  @Test
  void aKindThatMayNotBeReadIsSaidAndOthersGoOn() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.faults().deny("", "configmaps");
      harness.server.put(FeedHarness.pod("shop", "web"));
      harness.start();
      harness.heard.awaitState(State.LIVE);

      FeedStatus denied = harness.heard.status("configmaps").orElseThrow();
      assertThat(denied.state()).isEqualTo(State.UNAVAILABLE);
      assertThat(denied.reason()).isEqualTo("Forbidden");
      assertThat(denied.detail()).contains("deploy/rbac/read-only.yaml");
      assertThat(harness.heard.objects("pods")).containsOnlyKeys("shop/web");

      harness.server.faults().allow("", "configmaps");
      harness.heard.awaitState("configmaps", State.LIVE);
    }
  }

  @Test
  void eventsAreReadFromTheCoreGroupWhereTheNewOneIsClosed() throws Exception {
    try (var harness = new FeedHarness()) {
      harness.server.faults().deny("events.k8s.io", "events");
      harness.server.put(
          """
          {"apiVersion":"v1","kind":"Event","metadata":{"namespace":"shop","name":"e1"},
           "involvedObject":{"kind":"Pod","name":"web"},"reason":"Started"}""");
      harness.start();
      harness.heard.awaitState(State.LIVE);

      assertThat(harness.heard.objects("events")).containsOnlyKeys("shop/e1");
      assertThat(harness.heard.objects("events.events.k8s.io")).isEmpty();
    }
  }

  @Test
  void aTokenThatIsRefusedIsAStateNotACrash() throws Exception {
    ServerOptions options =
        ServerOptions.standard()
            .withAccount("right", "reader", List.of(new AccessRule("*", "*", "*")));
    try (var harness = new FeedHarness(options, FeedHarness.QUICK, "wrong").start()) {
      harness.heard.awaitState(State.DOWN);
      assertThat(harness.heard.status("").orElseThrow().reason()).isEqualTo("Unauthorized");
    }
  }

  @Test
  void aServerThatFallsSilentIsGivenUpAndFoundAgain() throws Exception {
    FeedSettings impatient = impatient();
    try (var harness = new FeedHarness(ServerOptions.standard(), impatient, "")) {
      harness.server.put(FeedHarness.pod("shop", "web"));
      harness.start();
      harness.heard.awaitState(State.LIVE);

      harness.server.faults().pause();
      List<Long> sent = patches(harness, 0, 3);
      harness.heard.awaitState(State.DOWN);
      assertThat(harness.heard.status("").orElseThrow().reason()).isEqualTo("Timeout");
      harness.server.faults().resume();
      harness.heard.awaitState(State.LIVE);
      harness.heard.awaitVersion("pods", "shop", "web", String.valueOf(sent.getLast()));
      assertThat(harness.heard.violations()).isEmpty();
    }
  }

  @Test
  void closingEndsEverythingAndTellsNothingMore() throws Exception {
    var harness = live();
    harness.feed().close();
    int heard = harness.heard.all().size();
    harness.server.put(FeedHarness.pod("shop", "late"));
    harness.server.sendBookmarks();
    harness.feed().close();

    assertThat(harness.heard.all()).hasSize(heard);
    harness.close();
  }

  private static FeedHarness live() throws InterruptedException {
    var harness = new FeedHarness();
    harness.server.put(FeedHarness.pod("shop", "web"));
    harness.start();
    harness.heard.awaitState(State.LIVE);
    return harness;
  }

  /** Changes the pod once for each number; the versions that this made. */
  private static List<Long> patches(FeedHarness harness, int from, int to) {
    return new ArrayList<>(
        IntStream.range(from, to)
            .mapToLong(
                i -> {
                  harness.server.patch(WEB, "{\"metadata\":{\"labels\":{\"n\":\"" + i + "\"}}}");
                  return Long.parseLong(harness.server.resourceVersion());
                })
            .boxed()
            .toList());
  }

  /** Each of the changes was told, once, in their order. */
  private static void heardAll(FeedHarness harness, List<Long> sent) throws InterruptedException {
    harness.heard.awaitVersion("pods", "shop", "web", String.valueOf(sent.getLast()));
    assertThat(harness.heard.versions("pods", "web")).containsSubsequence(sent).isSorted();
  }

  private static KubernetesObject web(FeedHarness harness) {
    return harness.heard.object("pods", "shop", "web").orElseThrow();
  }

  private static FeedSettings impatient() {
    FeedSettings quick = FeedHarness.QUICK;
    return new FeedSettings(
        quick.requestsPerSecond(),
        quick.burst(),
        quick.concurrentLists(),
        quick.pageSize(),
        quick.customKinds(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        quick.listPatience(),
        Duration.ofMillis(900),
        quick.probeInterval(),
        quick.deniedInterval(),
        quick.firstPause(),
        quick.longestPause(),
        quick.healthyAfter(),
        quick.leaseInterval(),
        "");
  }
}
