package io.bridgewatch.hub;

import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ServerOptions;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A hub that watches a cluster with a Deployment cart of two pods, which tell of their requests:
 * busy by day, calm by night.
 */
final class ScaledCart implements AutoCloseable {

  static final String AT = "?kind=Deployment&namespace=shop&name=cart";
  static final String[] PODS = {"cart-5d9f-2bcdf", "cart-5d9f-4bcdf"};

  private final Path folder;
  private final KubernetesServer server;
  private final SettableClock clock = new SettableClock();
  private RunningHub hub;
  private Instant next = Instant.EPOCH;
  private double served = 1_000;
  private String password;

  ScaledCart(Path folder) throws IOException {
    this(folder, ServerOptions.standard());
  }

  /**
   * @param server how the cluster's API server behaves; its time is the hub's
   */
  ScaledCart(Path folder, ServerOptions server, String... more) throws IOException {
    this.folder = folder;
    this.server = KubernetesServer.start(server.withTime(clock));
    this.server.put(
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shop\"}}");
    this.server.put(
        """
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"},
         "status": {"allocatable": {"cpu": "16", "memory": "64Gi", "pods": "110"}}}
        """);
    for (String name : new String[] {"cart", "idle"}) {
      this.server.put(
          """
          {"apiVersion": "apps/v1", "kind": "Deployment",
           "metadata": {"name": "%1$s", "namespace": "shop"},
           "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "%1$s"}},
             "template": {"metadata": {"labels": {"app": "%1$s"}}, "spec": {"containers": [
               {"name": "app", "image": "shop/%1$s:1",
                "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}}}]}}},
           "status": {"replicas": 2, "readyReplicas": 2}}
          """
              .formatted(name));
    }
    hub = started(more);
    password = hub.initialPassword();
    admin()
        .await(
            "/api/v1/scaling/workload" + AT,
            answer -> answer.path("room").path("nodes").asInt() == 1);
  }

  private RunningHub started(String... more) throws IOException {
    var args = new ArrayList<String>();
    args.add("--kubeconfig=" + kubeconfig());
    args.addAll(List.of(more));
    return RunningHub.watching(folder.resolve("data"), clock, args.toArray(String[]::new));
  }

  private Path kubeconfig() throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: east
        clusters: [{name: c, cluster: {server: "%s"}}]
        contexts: [{name: east, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: t}}]
        """
            .formatted(server.url()));
  }

  void restart() throws IOException {
    hub.close();
    hub = started();
    admin()
        .await(
            "/api/v1/scaling/workload" + AT,
            answer -> answer.path("room").path("nodes").asInt() == 1);
  }

  RunningHub hub() {
    return hub;
  }

  KubernetesServer server() {
    return server;
  }

  SettableClock clock() {
    return clock;
  }

  Client admin() {
    return hub.loggedIn("admin", password);
  }

  MetricStore metrics() {
    return hub.hub().context().getBean(MetricStore.class);
  }

  /** Lets the cluster have the pods, ready, and waits until the hub knows them. */
  void pods() {
    server.put(
        """
        {"apiVersion": "apps/v1", "kind": "ReplicaSet",
         "metadata": {"name": "cart-5d9f", "namespace": "shop", "uid": "rs-1", "ownerReferences": [
           {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart", "uid": "%s",
            "controller": true}]},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "cart"}}}}
        """
            .formatted(uid("Deployment", "cart")));
    for (String pod : PODS) {
      pod(pod, "n1");
    }
    admin()
        .await(
            "/api/v1/entities?type=pod&q=cart",
            answer -> answer.path("items").size() == PODS.length);
  }

  /** Lets the cluster have a pod, ready, on a node. */
  void pod(String name, String node) {
    server.put(
        """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "%s", "namespace": "shop", "labels": {"app": "cart"},
           "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet",
             "name": "cart-5d9f", "uid": "%s", "controller": true}]},
         "spec": {"nodeName": "%s", "containers": [{"name": "app", "image": "shop/cart:1",
           "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}}}]},
         "status": {"phase": "Running", "startTime": "%s", "conditions": [
           {"type": "Ready", "status": "True", "lastTransitionTime": "%s"}]}}
        """
            .formatted(name, uid("ReplicaSet", "cart-5d9f"), node, hoursAgo(), hoursAgo()));
  }

  /** Lets the cluster have a node in a zone. */
  void node(String name, String zone) {
    server.put(
        """
        {"apiVersion": "v1", "kind": "Node",
         "metadata": {"name": "%s", "labels": {"topology.kubernetes.io/zone": "%s"}},
         "status": {"allocatable": {"cpu": "16", "memory": "64Gi", "pods": "110"}}}
        """
            .formatted(name, zone));
  }

  private String hoursAgo() {
    return clock.instant().minus(Duration.ofHours(20)).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String uid(String kind, String name) {
    return server
        .get(new ObjectName("apps/v1", kind, "shop", name))
        .map(RunningHub.JSON::readTree)
        .map(object -> object.at("/metadata/uid").asString())
        .orElseThrow();
  }

  /** Requests a second of both pods together, at that time. */
  static double rate(Instant time) {
    double day = (time.getEpochSecond() % 86_400) / 86_400.0;
    double rush = time.getEpochSecond() % 3_600 < 300 ? 1.5 : 1;
    return rush * (100 + 60 * Math.sin(2 * Math.PI * day));
  }

  /** What the pods told until now, since so long ago; what they told before is not told again. */
  void told(Duration ago) {
    Instant now = clock.instant();
    Instant first = now.minus(ago);
    var batch = SampleBatch.builder();
    for (Instant time = first.isAfter(next) ? first : next;
        !time.isAfter(now);
        time = time.plusSeconds(30)) {
      served += 30 * rate(time) / PODS.length;
      for (String pod : PODS) {
        tell(batch, pod, time, served);
      }
      next = time.plusSeconds(30);
      if (batch.size() > 50_000) {
        metrics().append(batch.build());
        batch = SampleBatch.builder();
      }
    }
    metrics().append(batch.build());
  }

  private static void tell(SampleBatch.Builder batch, String pod, Instant time, double served) {
    Attributes of =
        Attributes.of(
            Map.of(
                AttributeNames.CLUSTER,
                "east",
                AttributeNames.NAMESPACE,
                "shop",
                AttributeNames.POD,
                pod,
                AttributeNames.CONTAINER,
                "app"));
    Attributes point = Attributes.of("status", "200");
    long millis = time.toEpochMilli();
    String requests = "http_server_requests_seconds";
    counter(batch, of, requests + "_count", point, millis, served);
    counter(batch, of, requests + "_sum", point, millis, served * 0.04);
    counter(
        batch, of, "container_cpu_usage_seconds_total", Attributes.none(), millis, served * 0.004);
  }

  private static void counter(
      SampleBatch.Builder batch,
      Attributes of,
      String metric,
      Attributes point,
      long millis,
      double value) {
    batch.add(new SeriesKey(of, metric, "", MetricKind.CUMULATIVE, point), millis, value);
  }

  @Override
  public void close() {
    hub.close();
    server.close();
  }
}
