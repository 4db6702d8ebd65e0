package io.bridgewatch.hub;

import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.testkit.KubernetesSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small cluster as a feed tells it: two nodes, and in namespace shop a Deployment cart of twelve
 * pods behind a service, of which the last one keeps crashing.
 */
final class Shop {

  static final ObjectKind NODES = new ObjectKind("", "v1", "nodes", "Node", false);
  static final ObjectKind NAMESPACES = new ObjectKind("", "v1", "namespaces", "Namespace", false);
  static final ObjectKind PODS = new ObjectKind("", "v1", "pods", "Pod", true);
  static final ObjectKind SERVICES = new ObjectKind("", "v1", "services", "Service", true);
  static final ObjectKind CONFIGMAPS = new ObjectKind("", "v1", "configmaps", "ConfigMap", true);
  static final ObjectKind DEPLOYMENTS =
      new ObjectKind("apps", "v1", "deployments", "Deployment", true);
  static final ObjectKind REPLICASETS =
      new ObjectKind("apps", "v1", "replicasets", "ReplicaSet", true);
  static final ObjectKind SLICES =
      new ObjectKind("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);

  static final int PODS_OF_CART = 12;
  private static final String CREATED = "2026-03-01T08:00:00Z";

  private Shop() {}

  /** Everything there is, listed, and then the word that the cluster is live. */
  static List<Observation> listed(Instant time) {
    var told = new ArrayList<Observation>();
    list(told, time, NAMESPACES, List.of(namespace()));
    list(told, time, NODES, List.of(node("worker-1", "amd64"), node("worker-2", "arm64")));
    list(told, time, CONFIGMAPS, List.of(configMap()));
    list(told, time, DEPLOYMENTS, List.of(cart("1.0", 1, CREATED)));
    list(told, time, REPLICASETS, List.of(replicaSet()));
    var pods = new ArrayList<KubernetesObject>();
    for (int i = 0; i < PODS_OF_CART; i++) {
      pods.add(pod(i));
    }
    list(told, time, PODS, pods);
    list(told, time, SERVICES, List.of(service()));
    list(told, time, SLICES, List.of(slice()));
    for (ObjectKind kind :
        List.of(NAMESPACES, NODES, CONFIGMAPS, DEPLOYMENTS, REPLICASETS, PODS, SERVICES, SLICES)) {
      told.add(status(time, Optional.of(kind), FeedStatus.State.LIVE));
    }
    told.add(status(time, Optional.empty(), FeedStatus.State.LIVE));
    return told;
  }

  private static Observation status(
      Instant time, Optional<ObjectKind> kind, FeedStatus.State state) {
    return new Observation.FeedChanged(time, new FeedStatus(kind, state, "", "", time));
  }

  private static void list(
      List<Observation> told, Instant time, ObjectKind kind, List<KubernetesObject> objects) {
    told.add(new Observation.ListBegan(time, kind));
    for (KubernetesObject object : objects) {
      told.add(new Observation.Observed(kind, new WatchEvent(time, WatchEvent.Type.ADDED, object)));
    }
    told.add(new Observation.ListEnded(time, kind));
  }

  /** Somebody set another image. */
  static Observation rollout(Instant time) {
    return new Observation.Observed(
        DEPLOYMENTS,
        new WatchEvent(time, WatchEvent.Type.MODIFIED, cart("2.0", 2, time.toString())));
  }

  /** A pod goes away. */
  static Observation gone(Instant time, int pod) {
    return new Observation.Observed(PODS, new WatchEvent(time, WatchEvent.Type.DELETED, pod(pod)));
  }

  static String podName(int i) {
    return "cart-5d9-%02d".formatted(i);
  }

  private static KubernetesObject namespace() {
    return KubernetesSample.object(
        """
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "uid": "u-shop",
          "labels": {"team": "payments"}, "creationTimestamp": "%s"},
         "status": {"phase": "Active"}}
        """
            .formatted(CREATED));
  }

  private static KubernetesObject node(String name, String architecture) {
    return KubernetesSample.object(
        """
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%1$s", "uid": "u-%1$s",
          "labels": {"pool": "web", "kubernetes.io/arch": "%2$s",
            "topology.kubernetes.io/zone": "z1"}, "creationTimestamp": "%3$s"},
         "status": {"capacity": {"cpu": "8", "memory": "16Gi", "pods": "110"},
           "allocatable": {"cpu": "8", "memory": "16Gi", "pods": "110"},
           "nodeInfo": {"architecture": "%2$s", "kubeletVersion": "v1.36.2"},
           "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady",
             "lastTransitionTime": "%3$s"}]}}
        """
            .formatted(name, architecture, CREATED));
  }

  private static KubernetesObject configMap() {
    return KubernetesSample.object(
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "cart-settings",
          "namespace": "shop", "uid": "u-cm", "creationTimestamp": "%s"},
         "data": {"limit": "10"}}
        """
            .formatted(CREATED));
  }

  private static KubernetesObject cart(String tag, int generation, String changed) {
    return KubernetesSample.object(
        """
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "cart",
          "namespace": "shop", "uid": "u-cart", "generation": %2$d,
          "labels": {"app.kubernetes.io/part-of": "webshop"}, "creationTimestamp": "%4$s",
          "managedFields": [{"manager": "kubectl-set", "operation": "Update",
            "apiVersion": "apps/v1", "time": "%3$s", "fieldsType": "FieldsV1",
            "fieldsV1": {"f:spec": {"f:template": {"f:spec": {"f:containers": {
              "k:{\\"name\\":\\"app\\"}": {"f:image": {}}}}}}}}]},
         "spec": {"replicas": 12, "selector": {"matchLabels": {"app": "cart"}},
           "template": {"metadata": {"labels": {"app": "cart"}}, "spec": {"containers": [
             {"name": "app", "image": "registry.example/cart:%1$s"}]}}},
         "status": {"observedGeneration": %2$d, "replicas": 12, "readyReplicas": 11,
           "updatedReplicas": 12, "availableReplicas": 11, "conditions": [
             {"type": "Available", "status": "True", "reason": "MinimumReplicasAvailable"},
             {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"}]}}
        """
            .formatted(tag, generation, changed, CREATED));
  }

  private static KubernetesObject replicaSet() {
    return KubernetesSample.object(
        """
        {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "cart-5d9",
          "namespace": "shop", "uid": "u-rs", "creationTimestamp": "%s", "ownerReferences": [
            {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart", "uid": "u-cart",
             "controller": true}]},
         "spec": {"replicas": 12}, "status": {"replicas": 12, "readyReplicas": 11}}
        """
            .formatted(CREATED));
  }

  private static KubernetesObject pod(int i) {
    boolean crashes = i == PODS_OF_CART - 1;
    return KubernetesSample.object(
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%1$s", "namespace": "shop",
          "uid": "u-%1$s", "labels": {"app": "cart", "track": "%2$s"},
          "creationTimestamp": "2026-03-01T08:00:%3$02dZ", "ownerReferences": [
            {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "cart-5d9", "uid": "u-rs",
             "controller": true}]},
         "spec": {"nodeName": "%4$s", "volumes": [
            {"name": "settings", "configMap": {"name": "cart-settings"}}],
           "containers": [{"name": "app", "image": "registry.example/cart:1.0",
             "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}}}]},
         "status": {"phase": "Running", "podIP": "10.0.0.%3$d", "conditions": [
             {"type": "PodScheduled", "status": "True"},
             {"type": "Ready", "status": "%5$s", "reason": "%6$s"}],
           "containerStatuses": [{"name": "app", "ready": %7$s, "restartCount": %8$d,
             "image": "registry.example/cart:1.0", "state": %9$s}]}}
        """
            .formatted(
                podName(i),
                crashes ? "canary" : "stable",
                i,
                i % 2 == 0 ? "worker-1" : "worker-2",
                crashes ? "False" : "True",
                crashes ? "ContainersNotReady" : "",
                !crashes,
                crashes ? 7 : 0,
                crashes
                    ? """
                      {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s"}}"""
                    : """
                      {"running": {"startedAt": "2026-03-01T08:00:30Z"}}"""));
  }

  private static KubernetesObject service() {
    return KubernetesSample.object(
        """
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "cart", "namespace": "shop",
          "uid": "u-svc", "creationTimestamp": "%s"},
         "spec": {"type": "ClusterIP", "clusterIP": "10.96.0.7", "selector": {"app": "cart"},
           "ports": [{"port": 80, "protocol": "TCP", "targetPort": 8080}]}}
        """
            .formatted(CREATED));
  }

  private static KubernetesObject slice() {
    var endpoints = new ArrayList<String>();
    for (int i = 0; i < PODS_OF_CART; i++) {
      endpoints.add(
          """
          {"addresses": ["10.0.0.%d"], "conditions": {"ready": %s},
           "targetRef": {"kind": "Pod", "namespace": "shop", "name": "%s"}}
          """
              .formatted(i, i < PODS_OF_CART - 1, podName(i)));
    }
    return KubernetesSample.object(
        """
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {
          "name": "cart-abc", "namespace": "shop", "uid": "u-slice",
          "labels": {"kubernetes.io/service-name": "cart"}, "creationTimestamp": "%s"},
         "addressType": "IPv4", "endpoints": [%s]}
        """
            .formatted(CREATED, String.join(",", endpoints)));
  }
}
