package io.bridgewatch.browser;

import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A cluster with a Deployment cart of two pods, and what the pods tell of their requests: each
 * serves up to 60 a second, and latency rises like that of a queue before.
 */
final class BusyCart implements AutoCloseable {

  static final String CLUSTER = "quay";

  private static final List<String> PODS = List.of("cart-5d9f-2bcdf", "cart-5d9f-4bcdf");
  private static final ObjectName DEPLOYMENT =
      new ObjectName("apps/v1", "Deployment", "shop", "cart");

  private static final double CAPACITY = 60;
  private static final double SERVICE_SECONDS = 0.04;
  private static final double CPU_SECONDS = 0.006;
  private static final double SWING_SECONDS = 7_200;
  private static final int STEP_SECONDS = 10;
  private static final Duration A_REQUEST = Duration.ofHours(1);

  private final KubernetesServer server = KubernetesServer.start();
  private final ScheduledExecutorService telling = Executors.newSingleThreadScheduledExecutor();
  private Instant told = Instant.EPOCH;
  private double requests;
  private double seconds;

  BusyCart() {
    server.put("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shop\"}}");
    server.put(
        """
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"},
         "status": {"allocatable": {"cpu": "16", "memory": "64Gi", "pods": "110"},
           "conditions": [{"type": "Ready", "status": "True"}]}}
        """);
    server.put(
        """
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "cart", "namespace": "shop", "uid": "deployment-1"},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "cart"}},
           "template": {"metadata": {"labels": {"app": "cart"}}, "spec": {"containers": [%s]}}},
         "status": {"replicas": 2, "readyReplicas": 2}}
        """
            .formatted(container()));
    server.put(
        """
        {"apiVersion": "apps/v1", "kind": "ReplicaSet",
         "metadata": {"name": "cart-5d9f", "namespace": "shop", "uid": "set-1",
           "ownerReferences": [%s]},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "cart"}}}}
        """
            .formatted(owner("Deployment", "cart", "deployment-1")));
    PODS.forEach(
        pod ->
            server.put(
                """
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "%s", "namespace": "shop", "labels": {"app": "cart"},
                   "ownerReferences": [%s]},
                 "spec": {"nodeName": "n1", "containers": [%s]},
                 "status": {"phase": "Running", "startTime": "2026-03-14T08:00:00Z",
                   "conditions": [{"type": "Ready", "status": "True",
                     "lastTransitionTime": "2026-03-14T08:00:00Z"}]}}
                """
                    .formatted(pod, owner("ReplicaSet", "cart-5d9f", "set-1"), container())));
  }

  private static String container() {
    return """
    {"name": "app", "image": "example/cart:1",
     "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}}}
    """;
  }

  private static String owner(String kind, String name, String uid) {
    return """
    {"apiVersion": "apps/v1", "kind": "%s", "name": "%s", "uid": "%s", "controller": true}
    """
        .formatted(kind, name, uid);
  }

  /** Writes a kubeconfig that leads here. */
  Path kubeconfig(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: %1$s
        clusters: [{name: %1$s, cluster: {server: "%2$s"}}]
        contexts: [{name: %1$s, context: {cluster: %1$s, user: reader}}]
        users: [{name: reader, user: {token: any}}]
        """
            .formatted(CLUSTER, server.url()));
  }

  /** What somebody does to the deployment by hand. */
  void scaleTo(int replicas) {
    server.patch(DEPLOYMENT, "{\"spec\": {\"replicas\": " + replicas + "}}", "kubectl-scale");
  }

  /** Tells what was until now, since so long ago, and goes on telling until this is closed. */
  void tell(Telemetry telemetry, Duration ago) {
    told = Instant.now().minus(ago);
    tellOn(telemetry);
    telling.scheduleAtFixedRate(
        () -> tellOn(telemetry), STEP_SECONDS, STEP_SECONDS, TimeUnit.SECONDS);
  }

  private void tellOn(Telemetry telemetry) {
    var now = Instant.now();
    while (told.plusSeconds(STEP_SECONDS).isBefore(now)) {
      var until = told.plus(A_REQUEST).isBefore(now) ? told.plus(A_REQUEST) : now;
      telemetry.send("/v1/metrics", metrics(until));
    }
  }

  /** Of both pods, which share the load equally, up to a time. */
  private String metrics(Instant until) {
    var durations = new StringBuilder();
    var cpu = new StringBuilder();
    for (var time = told.plusSeconds(STEP_SECONDS);
        time.isBefore(until);
        time = time.plusSeconds(STEP_SECONDS)) {
      double rate = rate(time);
      requests += rate * STEP_SECONDS;
      seconds += rate * STEP_SECONDS * latency(rate / CAPACITY);
      String comma = durations.isEmpty() ? "" : ",";
      String at = comma + "{\"timeUnixNano\": \"" + time.toEpochMilli() + "000000\", ";
      durations.append(at).append(format("\"count\": \"%.0f\", \"sum\": %.6f}", requests, seconds));
      cpu.append(at).append(format("\"asDouble\": %.6f}", requests * CPU_SECONDS));
      told = time;
    }
    return PODS.stream()
        .map(
            pod ->
                """
                {"resource": {"attributes": [%s, %s, %s, %s]}, "scopeMetrics": [{"metrics": [
                  {"name": "http.server.request.duration", "unit": "s", "histogram": {
                    "aggregationTemporality": 2, "dataPoints": [%s]}},
                  {"name": "container.cpu.time", "unit": "s", "sum": {
                    "aggregationTemporality": 2, "isMonotonic": true, "dataPoints": [%s]}}]}]}
                """
                    .formatted(
                        attribute("k8s.cluster.name", CLUSTER),
                        attribute("k8s.namespace.name", "shop"),
                        attribute("k8s.pod.name", pod),
                        attribute("k8s.container.name", "app"),
                        durations,
                        cpu))
        .collect(Collectors.joining(",", "{\"resourceMetrics\": [", "]}"));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private static String attribute(String key, String value) {
    return "{\"key\": \"" + key + "\", \"value\": {\"stringValue\": \"" + value + "\"}}";
  }

  /** Requests a second of one pod, 11 to 55 with waves of two hours. */
  private static double rate(Instant time) {
    double part = time.getEpochSecond() % SWING_SECONDS / SWING_SECONDS;
    return 33 + 22 * Math.sin(2 * Math.PI * part);
  }

  private static double latency(double use) {
    return SERVICE_SECONDS + use / (CAPACITY * (1 - use));
  }

  @Override
  public void close() {
    telling.shutdownNow();
    server.close();
  }
}
