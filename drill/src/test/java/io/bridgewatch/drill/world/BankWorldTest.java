package io.bridgewatch.drill.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BankWorldTest {

  private static final Instant MONDAY = Instant.parse("2026-03-02T02:00:00Z");
  private static final BankWorld.Options QUIET =
      new BankWorld.Options(0, false, UnaryOperator.identity());

  private static final String SCRAPED = "/metadata/annotations/prometheus.io~1scrape";

  private static BankWorld world(Instant start) {
    return BankWorld.start(StandardBank.plan(), start, 1, QUIET);
  }

  /** Kind, namespace, name, uid, times and node of what there is. */
  private static List<String> named(BankWorld world) {
    var found = new ArrayList<String>();
    for (String kind : List.of("v1/Node", "v1/Pod", "v1/Service", "apps/v1/Deployment")) {
      int slash = kind.lastIndexOf('/');
      for (var object :
          world
              .cluster()
              .server()
              .objects()
              .list(kind.substring(0, slash), kind.substring(slash + 1))) {
        var metadata = object.path("metadata");
        found.add(
            String.join(
                " ",
                kind,
                metadata.path("namespace").asString(""),
                metadata.path("name").asString(""),
                metadata.path("uid").asString(""),
                metadata.path("creationTimestamp").asString(""),
                object.at("/status/startTime").asString(""),
                object.at("/spec/nodeName").asString("")));
      }
    }
    return found;
  }

  private static String page(BankWorld world, String path) {
    return new String(world.page(path).orElseThrow().body(), StandardCharsets.UTF_8);
  }

  /** Names and labels of the series of a page. */
  private static List<String> series(String page) {
    return page.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("(}| ).*", "$1"))
        .toList();
  }

  /** When containers began. */
  private static List<String> times(String page) {
    return page.lines()
        .filter(line -> line.startsWith("container_start_time_seconds"))
        .map(line -> line.split(" ")[1])
        .toList();
  }

  @Test
  void whatIsThereFromTheStartIsNamedAlikeWheneverItStarts() {
    var day = Duration.ofHours(24);
    try (var one = BankWorld.start(StandardBank.plan(), MONDAY, 1, QUIET.olderBy(day));
        var earlier = world(MONDAY.minus(day))) {
      assertThat(named(earlier)).hasSizeGreaterThan(100).isEqualTo(named(one));
      var node = one.plan().nodes().getFirst().name();
      var path = "/api/v1/nodes/" + node + "/proxy/metrics/cadvisor";
      assertThat(series(page(earlier, path))).isEqualTo(series(page(one, path)));
      assertThat(times(page(earlier, path))).isNotEmpty().isEqualTo(times(page(one, path)));
    }
  }

  @Test
  void whatIsMadeAfterAnotherSeedWasTakenIsNamedInAnotherWay() {
    try (var one = world(MONDAY);
        var other = world(MONDAY)) {
      other.cluster().server().reseed(99);
      var before = named(one);
      for (var world : List.of(one, other)) {
        var pod = pod(world);
        world.cluster().server().delete(new ObjectName("v1", "Pod", namespace(pod), name(pod)));
        world.advance(Duration.ofSeconds(10));
      }
      var made = new ArrayList<>(named(one));
      made.removeAll(before);
      assertThat(made).as("another pod was made").isNotEmpty();
      var uids = made.stream().map(line -> line.split(" ", -1)[3]).collect(Collectors.toSet());
      assertThat(named(other)).noneMatch(line -> uids.contains(line.split(" ", -1)[3]));
    }
  }

  /** One that is scraped. */
  private static JsonNode pod(BankWorld world) {
    return world.cluster().server().objects().list("v1", "Pod").stream()
        .filter(one -> one.at(SCRAPED).asString("").equals("true"))
        .findFirst()
        .orElseThrow();
  }

  private static String namespace(JsonNode object) {
    return object.at("/metadata/namespace").asString();
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asString();
  }

  @Test
  void pagesAreReadAsThroughTheApiServer() {
    try (var world = world(MONDAY)) {
      world.advance(Duration.ofSeconds(10));
      var node = world.plan().nodes().getFirst().name();
      assertThat(page(world, "/api/v1/nodes/" + node + "/proxy/metrics/resource"))
          .contains("node_cpu_usage_seconds_total");
      assertThat(world.page("/api/v1/nodes/" + node)).isEmpty();
      assertThat(world.page("/api/v1/namespaces/none/pods/nobody:8080/proxy/metrics")).isEmpty();
      var pod = pod(world);
      var path =
          "/api/v1/namespaces/%s/pods/%s:8080/proxy/metrics".formatted(namespace(pod), name(pod));
      assertThat(page(world, path)).contains("# TYPE");
    }
  }
}
