package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives each namespace its default service account and the cluster's certificate, and empties those
 * that are to go before they go.
 */
final class NamespaceController extends Controller {
  private static final List<String> CONTENT =
      List.of(
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "CronJob",
          "Job",
          "ReplicaSet",
          "Pod",
          "Service",
          "Endpoints",
          "EndpointSlice",
          "ConfigMap",
          "Secret",
          "ServiceAccount",
          "HorizontalPodAutoscaler",
          "PodDisruptionBudget",
          "ResourceQuota",
          "LimitRange",
          "ControllerRevision",
          "PersistentVolumeClaim",
          "Ingress");

  NamespaceController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("Namespace")) {
      enqueue("/" + change.name());
    }
  }

  @Override
  void reconcile(String unused, String name) {
    var found = world.cache().find("Namespace", "", name);
    if (found.isEmpty()) {
      return;
    }
    if (Trees.isTerminating(found.get())) {
      empty(found.get());
      return;
    }
    if (world.cache().find("ServiceAccount", name, "default").isEmpty()) {
      var account = Trees.object().put("kind", "ServiceAccount").put("apiVersion", "v1");
      account.putObject("metadata").put("name", "default").put("namespace", name);
      world.objects().create(account, World.CONTROLLERS);
    }
    if (world.cache().find("ConfigMap", name, "kube-root-ca.crt").isEmpty()) {
      var certificate = Trees.object().put("kind", "ConfigMap").put("apiVersion", "v1");
      certificate
          .putObject("metadata")
          .put("name", "kube-root-ca.crt")
          .put("namespace", name)
          .putObject("annotations")
          .put(
              "kubernetes.io/description",
              "Contains a CA bundle that can be used to verify the kube-apiserver when using"
                  + " internal endpoints such as the internal service IP or"
                  + " kubernetes.default.svc.");
      certificate.putObject("data").put("ca.crt", "");
      world.objects().create(certificate, World.CONTROLLERS);
    }
  }

  private void empty(ObjectNode namespace) {
    var name = Trees.name(namespace);
    if (!Trees.text(namespace, "status", "phase").equals("Terminating")) {
      world.change(
          Trees.named(namespace),
          World.CONTROLLERS,
          "status",
          live -> Trees.child(live, "status").put("phase", "Terminating"));
    }
    var left = 0;
    for (var kind : CONTENT) {
      for (var object : List.copyOf(world.cache().in(kind, name))) {
        left++;
        if (!Trees.isTerminating(object)) {
          world.delete(Trees.named(object), Optional.empty());
        }
      }
    }
    if (left > 0) {
      enqueueAfter("/" + name, Duration.ofSeconds(2));
      return;
    }
    world.change(
        Trees.named(namespace),
        World.CONTROLLERS,
        "",
        live -> Trees.child(live, "metadata").remove("finalizers"));
  }
}
