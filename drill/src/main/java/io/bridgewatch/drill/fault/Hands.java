package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.kubernetes.server.DirectObjects;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.Refusal;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Changes objects of the cluster as a person with kubectl would. */
final class Hands {

  private static final String WHO = "kubectl-edit";

  private final BankWorld world;
  private final DirectObjects objects;

  Hands(BankWorld world) {
    this.world = world;
    this.objects = world.cluster().server().objects();
  }

  ObjectName workload(ServicePlan service) {
    return new ObjectName(
        "apps/v1",
        switch (service.controller()) {
          case DEPLOYMENT -> "Deployment";
          case STATEFUL_SET -> "StatefulSet";
          case DAEMON_SET -> "DaemonSet";
        },
        service.namespace(),
        service.name());
  }

  void edit(ObjectName name, Consumer<ObjectNode> change) {
    objects.update(
        name,
        WHO,
        "",
        live -> {
          change.accept(live);
          return live;
        });
  }

  ObjectNode get(ObjectName name) {
    return objects
        .find(name)
        .orElseThrow(() -> new IllegalStateException("the cluster has no " + name));
  }

  void create(ObjectNode object) {
    objects.create(object, WHO);
  }

  void delete(ObjectName name) {
    objects.delete(name, Optional.empty());
  }

  /** The first container of a workload's pods. */
  static ObjectNode container(ObjectNode workload) {
    return (ObjectNode) workload.at("/spec/template/spec/containers/0");
  }

  String image(ServicePlan service) {
    return container(get(workload(service))).path("image").asString("");
  }

  void setImage(ServicePlan service, String image) {
    edit(workload(service), live -> container(live).put("image", image));
  }

  /** The next version of an image, as a release would name it. */
  static String next(String image, String suffix) {
    int colon = image.lastIndexOf(':');
    String name = colon > image.lastIndexOf('/') ? image.substring(0, colon) : image;
    return name + ":1.1.0" + suffix;
  }

  /** What {@code kubectl rollout restart} does. */
  void restart(ServicePlan service) {
    edit(
        workload(service),
        live ->
            ((ObjectNode) live.at("/spec/template/metadata"))
                .withObject("/annotations")
                .put("kubectl.kubernetes.io/restartedAt", world.now().toString()));
  }

  /** Marks a node so that nothing new comes to it, or takes the mark away. */
  void cordon(String node, boolean wanted) {
    edit(
        new ObjectName("v1", "Node", node),
        live -> {
          if (wanted) {
            live.withObject("/spec").put("unschedulable", true);
          } else {
            live.withObject("/spec").remove("unschedulable");
          }
        });
  }

  /**
   * What {@code kubectl drain} does between two pauses: asks for the eviction of all that is on the
   * node but daemons.
   *
   * @return whether anything is left there
   */
  boolean evictAll(String node) {
    boolean left = false;
    for (ObjectNode pod : objects.list("v1", "Pod")) {
      if (pod.at("/spec/nodeName").asString("").equals(node)
          && !pod.at("/metadata/ownerReferences/0/kind").asString("").equals("DaemonSet")) {
        left = true;
        try {
          objects.evict(
              pod.at("/metadata/namespace").asString(""), pod.at("/metadata/name").asString(""));
        } catch (Refusal refusal) {
          // its budget does not let it go yet, or it has gone: asked again after the pause
        }
      }
    }
    return left;
  }

  void scale(ServicePlan service, int replicas) {
    edit(workload(service), live -> ((ObjectNode) live.get("spec")).put("replicas", replicas));
  }

  int replicas(ServicePlan service) {
    return get(workload(service)).at("/spec/replicas").asInt(service.replicas());
  }

  /** Adds or changes a variable of the first container's environment. */
  void setVariable(ServicePlan service, String name, String value) {
    edit(
        workload(service),
        live -> {
          var variables = container(live).withArray("env");
          for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).path("name").asString("").equals(name)) {
              variables.remove(i);
            }
          }
          if (!value.isEmpty()) {
            variables.addObject().put("name", name).put("value", value);
          }
        });
  }
}
