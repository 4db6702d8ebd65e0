package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law that clients rely on: a list and the watch after it know what the server knows. */
@Timeout(120)
class FollowersTest {
  private static final String LAST = "zz-last";

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void listAndWatchGiveEveryChangeOnceAcrossDropsAndPages(long seed) throws Exception {
    try (var server = KubernetesServer.start();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var random = new SplittableRandom(seed);
      for (var i = 0; i < 50; i++) {
        change(server, random);
      }
      var followers = new ArrayList<Future<Map<String, String>>>();
      for (var follower = 0; follower < 4; follower++) {
        var pageSize = 3 + 10 * follower;
        followers.add(threads.submit(follow(server, pageSize)));
      }
      for (var i = 0; i < 3000; i++) {
        change(server, random);
        if (random.nextInt(400) == 0) {
          server.dropWatches();
        }
      }
      server.put(Samples.pod("shop", LAST));

      var expected = new TreeMap<String, String>();
      try (var client = new Client(server)) {
        for (var item : client.get("/api/v1/pods").body().path("items")) {
          expected.put(
              Json.text(item, "metadata", "name"), Json.text(item, "metadata", "resourceVersion"));
        }
      }
      for (var follower : followers) {
        assertThat(follower.get()).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  /** Lists in pages, then watches and resumes until the last pod appears. */
  private static Callable<Map<String, String>> follow(KubernetesServer server, int pageSize) {
    return () -> {
      var seen = new TreeMap<String, String>();
      try (var client = new Client(server)) {
        var page = client.get("/api/v1/pods?limit=" + pageSize);
        var version = page.version();
        while (true) {
          for (var item : page.body().path("items")) {
            seen.put(
                Json.text(item, "metadata", "name"),
                Json.text(item, "metadata", "resourceVersion"));
          }
          var token = page.text("metadata", "continue");
          if (token.isEmpty()) {
            break;
          }
          page = client.get("/api/v1/pods?limit=" + pageSize + "&continue=" + token);
          assertThat(page.version()).isEqualTo(version);
        }
        while (!seen.containsKey(LAST)) {
          version = resume(client, version, seen);
        }
      }
      return seen;
    };
  }

  /** Watches until the connection breaks; returns the last version seen. */
  private static String resume(Client client, String from, Map<String, String> seen)
      throws IOException, InterruptedException {
    var version = from;
    try (var events = client.watch("/api/v1/pods?resourceVersion=" + version)) {
      while (!seen.containsKey(LAST)) {
        var event = events.next().orElseThrow(() -> new IOException("the watch ended"));
        var name = Json.text(event, "object", "metadata", "name");
        var next = Json.text(event, "object", "metadata", "resourceVersion");
        assertThat(Long.parseLong(next)).isGreaterThan(Long.parseLong(version));
        version = next;
        switch (Json.text(event, "type")) {
          case "ADDED" -> assertThat(seen.put(name, next)).isNull();
          case "MODIFIED" -> assertThat(seen.put(name, next)).isNotNull();
          case "DELETED" -> assertThat(seen.remove(name)).isNotNull();
          default -> throw new AssertionError("unexpected: " + event);
        }
      }
    } catch (IOException e) {
      return version; // dropped: go on from there
    }
    return version;
  }

  private static void change(KubernetesServer server, SplittableRandom random) {
    var name = "pod-" + random.nextInt(40);
    var object = new ObjectName("v1", "Pod", "shop", name);
    if (server.get(object).isPresent() && random.nextInt(3) == 0) {
      server.delete(object);
    } else {
      server.put(Samples.pod("shop", name, "\"step\":\"" + random.nextInt() + "\""));
    }
  }
}
