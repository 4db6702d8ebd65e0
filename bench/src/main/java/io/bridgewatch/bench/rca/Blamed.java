package io.bridgewatch.bench.rca;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Cause;
import io.bridgewatch.model.EntityType;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is blamed, by the truth or by an answer, in the form in which the two are compared.
 *
 * <p>The rule:
 *
 * <ol>
 *   <li>Names count, namespaces do not. What is not stated is completed from the bundle ({@link
 *       Kinship}): the workload and service of a pod, the service of a workload.
 *   <li>Of pod, workload (deployment, stateful set, daemon set) and service, the most specific one
 *       that both sides name decides: equal is a match, different is not. So a pod matches the
 *       service it belongs to and its workload, but not another pod of the same service.
 *   <li>A node ({@code k8s.node.name}, {@code host.name}) is meant only where nothing of the above
 *       is named, or where the answer's entity is the node itself or a device in it. A node does
 *       not match a pod that runs on it.
 *   <li>Anything else (config map, claim, quota, …) matches by its kind and name.
 * </ol>
 *
 * Empty strings stand for what is not named.
 */
record Blamed(String pod, String workload, String service, String node, String other) {

  private static final List<String> WORKLOADS =
      List.of(AttributeNames.DEPLOYMENT, AttributeNames.STATEFULSET, AttributeNames.DAEMONSET);
  private static final List<String> SERVICES =
      List.of(AttributeNames.SERVICE, AttributeNames.KUBERNETES_SERVICE);
  private static final List<String> NODES = List.of(AttributeNames.NODE, AttributeNames.HOST);
  private static final List<String> OTHERS =
      List.of(
          AttributeNames.CONFIGMAP,
          AttributeNames.PERSISTENT_VOLUME_CLAIM,
          AttributeNames.RESOURCE_QUOTA,
          AttributeNames.HPA,
          AttributeNames.CRONJOB,
          AttributeNames.JOB,
          AttributeNames.TRANSACTION,
          AttributeNames.NAMESPACE);

  static Blamed node(String name) {
    return new Blamed("", "", "", name, "");
  }

  /** What these attributes name, completed from the bundle. */
  static Blamed of(Attributes attributes, Kinship kinship) {
    String pod = attributes.getOr(AttributeNames.POD, "");
    String workload = first(attributes, WORKLOADS);
    if (workload.isEmpty()) {
      workload = kinship.workloadOf(pod);
    }
    String service = first(attributes, SERVICES);
    if (service.isEmpty()) {
      service = kinship.serviceOf(pod, workload);
    }
    if (!pod.isEmpty() || !workload.isEmpty() || !service.isEmpty()) {
      return new Blamed(pod, workload, service, "", "");
    }
    String node = first(attributes, NODES);
    if (!node.isEmpty()) {
      return node(node);
    }
    for (String name : OTHERS) {
      if (attributes.has(name)) {
        return new Blamed("", "", "", "", name + "=" + attributes.getOr(name, ""));
      }
    }
    return new Blamed("", "", "", "", attributes.toString());
  }

  /** The entity of a cause; what else is known of it only helps to find its service. */
  static Blamed of(Cause cause, Kinship kinship) {
    Attributes all = cause.attributes().with(cause.entity().identity());
    if (cause.entity().type() == EntityType.NODE || cause.entity().type() == EntityType.DEVICE) {
      String node = first(all, NODES);
      return node.isEmpty() ? new Blamed("", "", "", "", all.toString()) : node(node);
    }
    return of(narrowed(cause, all), kinship);
  }

  /** A service or workload is not answered by naming one of its pods, whatever else is known. */
  private static Attributes narrowed(Cause cause, Attributes all) {
    EntityType type = cause.entity().type();
    return type == EntityType.POD || type == EntityType.CONTAINER
        ? all
        : all.without(AttributeNames.POD);
  }

  private static String first(Attributes attributes, List<String> names) {
    for (String name : names) {
      String value = attributes.getOr(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  boolean matches(Blamed that) {
    if (!pod.isEmpty() && !that.pod.isEmpty()) {
      return pod.equals(that.pod);
    }
    if (!workload.isEmpty() && !that.workload.isEmpty()) {
      return workload.equals(that.workload);
    }
    if (!service.isEmpty() && !that.service.isEmpty()) {
      return service.equals(that.service);
    }
    if (!node.isEmpty() && !that.node.isEmpty()) {
      return node.equals(that.node);
    }
    return !other.isEmpty() && other.equals(that.other);
  }

  boolean matchesAny(List<Blamed> those) {
    return those.stream().anyMatch(this::matches);
  }

  /** The broadest name: service, else workload, pod, node. Pods of one service have one label. */
  Blamed label() {
    if (!service.isEmpty()) {
      return new Blamed("", "", service, "", "");
    }
    return workload.isEmpty() ? this : new Blamed("", workload, "", "", "");
  }

  /** Without those that match an earlier one, so that a pod and its service count once. */
  static List<Blamed> distinct(List<Blamed> ranked) {
    var kept = new ArrayList<Blamed>();
    for (Blamed blamed : ranked) {
      if (!blamed.matchesAny(kept)) {
        kept.add(blamed);
      }
    }
    return kept;
  }

  /** For tables: the service and, where it adds something, the pod. */
  String shown() {
    if (!node.isEmpty()) {
      return "node " + node;
    }
    if (!other.isEmpty()) {
      return other;
    }
    String broad = service.isEmpty() ? workload : service;
    if (broad.isEmpty()) {
      return pod;
    }
    return broad;
  }
}
