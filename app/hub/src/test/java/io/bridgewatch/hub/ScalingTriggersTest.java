package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bridgewatch.engine.WorkloadReader;
import io.bridgewatch.engine.WorkloadSubject;
import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import io.bridgewatch.scale.plant.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which metrics may trigger, over HTTP, of a workload whose CPU and network tell nothing: each of
 * its replicas serves one request after the other, in 20 ms, and the others wait for a thread.
 */
class ScalingTriggersTest {

  private static final String LEARNING = "/api/v1/scaling/learning";
  private static final String[] PODS = {
    "cart-5d9f-2bcdf", "cart-5d9f-4bcdf", "cart-5d9f-5bcdf", "cart-5d9f-6bcdf"
  };
  private static final double SERVICE_SECONDS = 0.02;
  private static final int THREADS = 20;
  private static final Duration KNOWN = Duration.ofHours(30);
  private static final long SEED = 7;

  @TempDir Path folder;
  private ScaledCart cart;
  private Client admin;

  @BeforeEach
  void start() throws IOException {
    cart = new ScaledCart(folder);
    admin = cart.admin();
  }

  @AfterEach
  void stop() {
    cart.close();
  }

  /** Requests a second of all, up and down within ten hours. */
  private static double rate(int minute) {
    return 75 + 55 * Math.sin(2 * Math.PI * minute / 600.0);
  }

  /** Another number each 40 minutes, whatever the load does. */
  private static int replicas(int minute) {
    return 3 + minute / 40 % 2;
  }

  /** What the pods of the last hours told, twice a minute. */
  private void told() {
    var random = new SplittableRandom(SEED);
    Instant from = cart.clock().instant().minus(KNOWN);
    var counts = new HashMap<String, Double>();
    var batch = SampleBatch.builder();
    Attributes workload = WorkloadSubject.resource("east", "shop", "Deployment", "cart");
    for (int second = 0; second <= KNOWN.toSeconds(); second += 30) {
      int minute = second / 60;
      long at = from.plusSeconds(second).toEpochMilli();
      gauge(batch, workload, WorkloadReader.READY, "", replicas(minute), at);
      for (int pod = 0; pod < replicas(minute); pod++) {
        double each = rate(minute) / replicas(minute) * (1 + 0.02 * random.nextDouble(-1, 1));
        double use = Math.min(0.95, each * SERVICE_SECONDS);
        double present = use / (1 - use);
        Attributes kubelet = pod(PODS[pod]);
        Attributes app = kubelet.with(AttributeNames.CONTAINER, "app");
        count(batch, counts, app, "http_server_requests_seconds_count", "", 30 * each, at);
        count(batch, counts, app, "http_server_requests_seconds_sum", "", 30 * present, at);
        count(batch, counts, app, "container_cpu_usage_seconds_total", "", 30 * 0.3, at);
        for (String way : List.of("receive", "transmit")) {
          double bytes = 30 * 25_000 * (1 + 0.05 * random.nextDouble(-1, 1));
          String metric = "container_network_" + way + "_bytes_total";
          count(batch, counts, kubelet, metric, "eth0", bytes, at);
        }
        gauge(batch, app, "jetty_threads_busy", "", Math.min(THREADS, present), at);
        gauge(batch, app, "jetty_threads_config_max", "", THREADS, at);
        gauge(batch, app, "jetty_threads_jobs", "", use * present, at);
      }
      if (batch.size() > 50_000) {
        cart.metrics().append(batch.build());
        batch = SampleBatch.builder();
      }
    }
    cart.metrics().append(batch.build());
  }

  private static Attributes pod(String name) {
    return Attributes.of(
        Map.of(
            AttributeNames.CLUSTER,
            "east",
            AttributeNames.NAMESPACE,
            "shop",
            AttributeNames.POD,
            name));
  }

  private static void count(
      SampleBatch.Builder batch,
      Map<String, Double> counts,
      Attributes of,
      String metric,
      String device,
      double more,
      long at) {
    String key = metric + of.getOr(AttributeNames.POD, "");
    double value = counts.merge(key, more, Double::sum);
    Attributes point = device.isEmpty() ? Attributes.none() : Attributes.of("interface", device);
    batch.add(new SeriesKey(of, metric, "", MetricKind.CUMULATIVE, point), at, value);
  }

  private static void gauge(
      SampleBatch.Builder batch, Attributes of, String metric, String unit, double value, long at) {
    batch.add(new SeriesKey(of, metric, unit, MetricKind.GAUGE, Attributes.none()), at, value);
  }

  private JsonNode learned() {
    var begun =
        admin.send(
            "POST",
            LEARNING,
            "{\"namespace\": \"shop\", \"targetKind\": \"Deployment\", \"targetName\": \"cart\","
                + " \"days\": 2}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    var answer =
        admin.await(
            LEARNING + ScaledCart.AT + "&wait=5", one -> !one.path("job").path("endedAt").isNull());
    assertThat(answer.at("/job/state").asString())
        .as(answer.at("/job").toString())
        .isEqualTo("DONE");
    return answer.path("learned");
  }

  private static JsonNode trigger(JsonNode learned, String metric) {
    return learned
        .at("/triggers/metrics")
        .valueStream()
        .filter(one -> one.path("metric").asString().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void queueAndPoolMayTriggerAndFlatNetworkMayNot() {
    told();
    cart.node("n1", "z1");
    cart.node("n2", "z2");
    cart.pods();
    cart.pod(PODS[2], "n2");
    admin.await("/api/v1/entities?type=pod&q=cart", found -> found.path("items").size() == 3);
    var learned = learned();
    var operating = learned.at("/triggers/operating");
    assertThat(operating.path("lossOf").asString()).as("of two zones").isEqualTo("ZONE");
    assertThat(operating.path("loss").asDouble()).isEqualTo(2);
    double use = operating.path("perReplica").asDouble() * SERVICE_SECONDS;
    assertThat(use).isBetween(0.1, 0.5);

    var pool = trigger(learned, "POOL");
    assertThat(pool.path("rank").isNull()).as(pool.toString()).isFalse();
    assertThat(pool.path("threshold").asDouble())
        .isCloseTo(use / (1 - use) / THREADS, withinPercentage(15));
    var queue = trigger(learned, "QUEUE");
    assertThat(queue.path("rank").isNull()).as(queue.toString()).isFalse();
    assertThat(queue.path("threshold").asDouble())
        .isCloseTo(use * use / (1 - use), withinPercentage(25));
    assertThat(falls(queue)).isLessThan(0.8);

    var network = trigger(learned, "NETWORK");
    assertThat(network.path("refusal").asString()).isEqualTo("DoesNotFall");
    assertThat(network.path("completeness").asDouble()).isGreaterThan(0.95);
    assertThat(network.at("/points/0/value").asDouble()).isCloseTo(50_000, withinPercentage(5));
    assertThat(falls(network)).isBetween(0.95, 1.05);
    assertThat(trigger(learned, "CPU").path("rank").isNull()).isTrue();
    assertThat(learned.at("/completeness/POOL").asDouble()).isGreaterThan(0.95);
  }

  /** With most replicas, as a share of that with fewest. */
  private static double falls(JsonNode trigger) {
    var points = trigger.path("points");
    assertThat(points.size()).as(trigger.toString()).isGreaterThanOrEqualTo(2);
    return points.get(points.size() - 1).path("value").asDouble()
        / points.get(0).path("value").asDouble();
  }

  @Test
  void theHistoryShowsThemAndOneUnknownZoneMakesNone() {
    told();
    cart.node("n2", "z2");
    cart.pods();
    cart.pod(PODS[2], "n2");
    admin.await("/api/v1/entities?type=pod&q=cart", found -> found.path("items").size() == 3);
    var subjects = cart.hub().hub().context().getBean(ScalingSubjects.class);
    var here = subjects.of("east");
    assertThat(here.zones(here.workloads().getFirst())).as("n1 tells no zone").isEmpty();

    var history = admin.get("/api/v1/scaling/history" + ScaledCart.AT).json();
    var signals = history.path("signals");
    assertThat(signals.valueStream().map(one -> one.path("signal").asString()))
        .contains("NETWORK", "QUEUE", "POOL");
  }

  @Test
  void theNodesNetworkIsNotThatOfItsPods() {
    var recording =
        new WorkloadRecording(
            Instant.parse("2026-03-02T00:00:00Z"),
            60,
            2,
            Map.of(
                Signal.REQUESTS, new double[] {10, 20},
                Signal.READY, new double[] {2, 4},
                Signal.NETWORK, new double[] {100, 400},
                Signal.QUEUE, new double[] {6, 8},
                Signal.POOL, new double[] {0.5, Double.NaN}));
    var history = ScalingCalibration.history(recording, workload(Map.of()));
    assertThat(history.values(Measure.NETWORK)).as("of one replica").containsExactly(50, 100);
    assertThat(history.values(Measure.QUEUE)).as("of all").containsExactly(6, 8);
    assertThat(history.at(Measure.POOL, 0)).isCloseTo(0.5, within(1e-9));
    assertThat(history.at(Measure.POOL, 1)).isNaN();
    assertThat(
            ScalingCalibration.history(recording, workload(Map.of("hostNetwork", true)))
                .has(Measure.NETWORK))
        .isFalse();
  }

  @Test
  void anAnnotationNamesWhoseMessagesWaitForIt() {
    cart.told(Duration.ofHours(1));
    Instant now = cart.clock().instant();
    var batch = SampleBatch.builder();
    for (int second = -3600; second <= 0; second += 30) {
      for (String group : List.of("billing", "retries", "others")) {
        batch.add(
            new SeriesKey(
                pod("lag-exporter"),
                "kafka_consumergroup_lag",
                "",
                MetricKind.GAUGE,
                Attributes.ofSorted("consumergroup", group, "topic", "orders")),
            now.plusSeconds(second).toEpochMilli(),
            40);
      }
    }
    cart.metrics().append(batch.build());
    assertThat(queue()).as("nothing says what it consumes").isNaN();
    var cartObject =
        cart.server()
            .get(new ObjectName("apps/v1", "Deployment", "shop", "cart"))
            .map(RunningHub.JSON::readTree)
            .map(ObjectNode.class::cast)
            .orElseThrow();
    ((ObjectNode) cartObject.path("metadata"))
        .putObject("annotations")
        .put("bridgewatch.io/consumes", "billing, retries");
    cart.server().put(cartObject.toString());
    admin.await(
        "/api/v1/scaling/history" + ScaledCart.AT, found -> found.toString().contains("QUEUE"));
    assertThat(queue()).isEqualTo(80);
  }

  /** Of some minutes ago. */
  private double queue() {
    return admin
        .get("/api/v1/scaling/history" + ScaledCart.AT)
        .json()
        .path("signals")
        .valueStream()
        .filter(one -> one.path("signal").asString().equals("QUEUE"))
        .mapToDouble(one -> one.at("/values/1430").asDouble())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static KubernetesObject workload(Map<String, Object> podSpec) {
    return KubernetesObject.of(Map.of("spec", Map.of("template", Map.of("spec", podSpec))));
  }
}
