package io.bridgewatch.scale;

import static io.bridgewatch.testkit.KubernetesSample.object;

import io.bridgewatch.model.KubernetesObject;

/** Objects of a small namespace, for tests. */
final class Workloads {

  private Workloads() {}

  /** A Deployment that lacks nothing. */
  static KubernetesObject ready() {
    return deployment("cart", CONTAINER, "");
  }

  static final String CONTAINER =
      """
      {"name": "app", "ports": [{"containerPort": 8080}],
       "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}},
       "readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}, "periodSeconds": 5},
       "livenessProbe": {"httpGet": {"path": "/live", "port": 8080}},
       "lifecycle": {"preStop": {"exec": {"command": ["sh", "-c", "sleep 10"]}}}}""";

  /**
   * @param more fields of the pod's spec, each with a comma before it
   */
  static KubernetesObject deployment(String name, String container, String more) {
    return object(
        """
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "%1$s", "namespace": "shop"},
         "spec": {"replicas": 4,
           "selector": {"matchLabels": {"app": "%1$s"}},
           "template": {"metadata": {"labels": {"app": "%1$s", "tier": "web"}},
             "spec": {"containers": [%2$s]%3$s}}}}
        """
            .formatted(name, container, more));
  }

  static KubernetesObject hpa(String name, String target, String metadata) {
    return object(
        """
        {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
         "metadata": {"name": "%s", "namespace": "shop"%s},
         "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment",
           "name": "%s"}, "maxReplicas": 9}}
        """
            .formatted(name, metadata, target));
  }

  static KubernetesObject node(String name, String cpu, String more) {
    return object(
        """
        {"apiVersion": "v1", "kind": "Node",
         "metadata": {"name": "%s", "labels": {"pool": "web", "cores": "8"}},
         "spec": {"x": 1%s},
         "status": {"allocatable": {"cpu": "%s", "memory": "16Gi", "pods": "110"}}}
        """
            .formatted(name, more, cpu));
  }

  static KubernetesObject pod(String name, String node, String cpu) {
    return object(
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "namespace": "shop"},
         "spec": {"nodeName": "%s", "containers": [
           {"name": "app", "resources": {"requests": {"cpu": "%s", "memory": "1Gi"}}}]},
         "status": {"phase": "Running"}}
        """
            .formatted(name, node, cpu));
  }
}
