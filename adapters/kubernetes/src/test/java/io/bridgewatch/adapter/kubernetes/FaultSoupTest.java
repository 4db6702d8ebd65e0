package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ServerOptions;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.testkit.KubernetesSample;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever goes wrong in whatever order: in the end what was heard is what there is, and nothing
 * was told twice on the way.
 */
@Timeout(300)
class FaultSoupTest {

  private static final int STEPS = 400;
  private static final String[] NAMESPACES = {"shop", "bank"};

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsHeardEndsAsWhatThereIs(long seed) throws Exception {
    var random = new Random(seed);
    var pods = new TreeMap<String, Long>();
    var maps = new TreeMap<String, Long>();
    ServerOptions options =
        ServerOptions.standard()
            .withSeed(seed)
            .withBookmarkInterval(Duration.ofMillis(20))
            .withWatchWindow(random.nextBoolean() ? 20_000 : 20);
    try (var harness = new FeedHarness(options, FeedHarness.pagesOf(3), "")) {
      boolean disconnected = false;
      for (int i = 0; i < 10; i++) {
        put(harness, random, "Pod", pods);
      }
      harness.start();
      for (int step = 0; step < STEPS; step++) {
        Map<String, Long> truth = random.nextInt(3) == 0 ? maps : pods;
        String kind = truth == maps ? "ConfigMap" : "Pod";
        switch (random.nextInt(24)) {
          case 0 -> harness.server.dropWatches();
          case 1 -> harness.server.compact();
          case 2 -> harness.server.faults().answerNext(1 + random.nextInt(10), 500);
          case 3 -> harness.server.faults().answerNext(1 + random.nextInt(10), 429);
          case 4 -> harness.server.faults().answerNext(1 + random.nextInt(10), 503);
          case 5 -> harness.server.faults().cutNextList(random.nextInt(5));
          case 6 -> harness.server.faults().cutNextWatch(random.nextInt(5));
          case 7 -> harness.server.faults().refuseInitialEvents(random.nextBoolean());
          case 8 -> harness.server.faults().expireWatchesByStatus(random.nextBoolean());
          case 9 -> harness.server.faults().sendNoBookmarks(random.nextBoolean());
          case 10 -> harness.server.inject("v1", kind, "{\"type\":\"MODIFIED\",\"obj");
          case 11 -> harness.server.restart();
          case 12 -> {
            if (!disconnected) {
              harness.server.disconnect();
            } else {
              harness.server.reconnect();
            }
            disconnected = !disconnected;
          }
          case 13, 14 -> delete(harness, random, kind, truth);
          default -> put(harness, random, kind, truth);
        }
        if (random.nextBoolean()) {
          harness.heard.pauseUntilNews(Duration.ofMillis(random.nextInt(40)));
        }
      }
      if (disconnected) {
        harness.server.reconnect();
      }
      harness.server.faults().answerNext(0, 500);
      harness.server.faults().cutNextList(-1);
      harness.server.faults().cutNextWatch(-1);
      harness.heard.await("pods as they are", () -> versions(harness, "pods").equals(pods));
      harness.heard.await(
          "config maps as they are", () -> versions(harness, "configmaps").equals(maps));
      assertThat(harness.heard.violations()).as("seed %d", seed).isEmpty();
    }
  }

  private static Map<String, Long> versions(FeedHarness harness, String resource) {
    return harness.heard.objects(resource).entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, e -> Heard.version(e.getValue()), (a, b) -> a));
  }

  private static void put(
      FeedHarness harness, Random random, String kind, Map<String, Long> truth) {
    String namespace = NAMESPACES[random.nextInt(NAMESPACES.length)];
    String name = "x" + random.nextInt(12);
    String stored =
        harness.server.put(
            """
            {"apiVersion":"v1","kind":"%s","metadata":{"namespace":"%s","name":"%s",
             "labels":{"n":"%d"}}}"""
                .formatted(kind, namespace, name, random.nextInt()));
    KubernetesObject object = KubernetesSample.object(stored);
    truth.put(Heard.key(namespace, name), Heard.version(object));
  }

  private static void delete(
      FeedHarness harness, Random random, String kind, Map<String, Long> truth) {
    if (truth.isEmpty()) {
      return;
    }
    String key =
        truth.keySet().stream().skip(random.nextInt(truth.size())).findFirst().orElseThrow();
    String[] parts = key.split("/", 2);
    harness.server.delete(new ObjectName("v1", kind, parts[0], parts[1]));
    truth.remove(key);
  }
}
