package io.bridgewatch.browser;

import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A cluster of a handful of objects: one node of 4 cores and 8 GiB in the pool {@link #POOL}, and a
 * deployment with a pod that cannot start and asks for half a core and 1 GiB.
 */
final class SmallCluster implements AutoCloseable {

  static final String NAME = "harbour";
  static final String POD = "ledger-7f9c-x2k4f";

  /** The pod that {@link #replacePod()} puts in the place of the first. */
  static final String NEXT_POD = "ledger-7f9c-m8d2q";

  static final String POOL = "berth";
  private static final String CREATED = "2026-03-14T08:00:00Z";

  private final KubernetesServer server = KubernetesServer.start();

  SmallCluster() {
    server.put(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Node",
            "metadata",
            Map.of(
                "name",
                "worker-1",
                "labels",
                Map.of("kubernetes.io/arch", "arm64", "bridgewatch.io/pool", POOL)),
            "status",
            Map.of(
                "capacity", Map.of("cpu", "4", "memory", "8Gi", "pods", "110"),
                "allocatable", Map.of("cpu", "4", "memory", "8Gi", "pods", "110"),
                "conditions", List.of(Map.of("type", "Ready", "status", "True")))));
    server.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "shop")));
    server.put(deployment());
    server.put(
        Map.of(
            "apiVersion",
            "apps/v1",
            "kind",
            "ReplicaSet",
            "metadata",
            Map.of(
                "name", "ledger-7f9c",
                "namespace", "shop",
                "uid", "set-1",
                "ownerReferences", owner("apps/v1", "Deployment", "ledger", "deployment-1")),
            "spec",
            Map.of("replicas", 1, "selector", selector(), "template", template()),
            "status",
            Map.of("replicas", 1)));
    server.put(pod(POD));
  }

  private static Map<String, ?> deployment() {
    return Map.of(
        "apiVersion",
        "apps/v1",
        "kind",
        "Deployment",
        "metadata",
        Map.of("name", "ledger", "namespace", "shop", "uid", "deployment-1"),
        "spec",
        Map.of("replicas", 1, "selector", selector(), "template", template()),
        "status",
        Map.of("replicas", 1, "unavailableReplicas", 1));
  }

  private static Map<String, ?> pod(String name) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Pod",
        "metadata",
        Map.of(
            "name",
            name,
            "namespace",
            "shop",
            "creationTimestamp",
            CREATED,
            "labels",
            Map.of("app", "ledger"),
            "ownerReferences",
            owner("apps/v1", "ReplicaSet", "ledger-7f9c", "set-1")),
        "spec",
        Map.of(
            "nodeName",
            "worker-1",
            "containers",
            List.of(
                Map.of(
                    "name",
                    "app",
                    "image",
                    "example/ledger:1",
                    "resources",
                    Map.of(
                        "requests", Map.of("cpu", "500m", "memory", "1Gi"),
                        "limits", Map.of("cpu", "2", "memory", "2Gi"))))),
        "status",
        Map.of(
            "phase",
            "Pending",
            "containerStatuses",
            List.of(
                Map.of(
                    "name",
                    "app",
                    "ready",
                    false,
                    "restartCount",
                    0,
                    "image",
                    "example/ledger:1",
                    "state",
                    Map.of(
                        "waiting",
                        Map.of("reason", "ImagePullBackOff", "message", "no such image"))))));
  }

  private static List<?> owner(String apiVersion, String kind, String name, String uid) {
    return List.of(
        Map.of(
            "apiVersion", apiVersion, "kind", kind, "name", name, "uid", uid, "controller", true));
  }

  private static Map<String, ?> selector() {
    return Map.of("matchLabels", Map.of("app", "ledger"));
  }

  private static Map<String, ?> template() {
    return Map.of(
        "metadata",
        Map.of("labels", Map.of("app", "ledger")),
        "spec",
        Map.of("containers", List.of(Map.of("name", "app", "image", "example/ledger:1"))));
  }

  /** What somebody does to the deployment, for the timeline to tell. */
  void scaleTo(int replicas) {
    server.patch(
        new ObjectName("apps/v1", "Deployment", "shop", "ledger"),
        "{\"spec\": {\"replicas\": " + replicas + "}}",
        "kubectl-scale");
  }

  /** Deletes the first pod and creates the next one. */
  void replacePod() {
    server.delete(new ObjectName("v1", "Pod", "shop", POD));
    server.put(pod(NEXT_POD));
  }

  /** Where its API is. */
  URI url() {
    return server.url();
  }

  /** Writes a kubeconfig that leads here. */
  Path kubeconfig(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: harbour
        clusters:
        - name: harbour
          cluster: {server: "%s"}
        users:
        - name: reader
          user: {token: any}
        contexts:
        - name: harbour
          context: {cluster: harbour, user: reader}
        """
            .formatted(server.url()));
  }

  @Override
  public void close() {
    server.close();
  }
}
