package io.bridgewatch.detect;

import static io.bridgewatch.detect.KubernetesFields.condition;
import static io.bridgewatch.detect.KubernetesFields.is;
import static io.bridgewatch.detect.KubernetesFields.textOr;
import static io.bridgewatch.detect.KubernetesFields.time;
import static io.bridgewatch.detect.KubernetesSign.sign;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What nodes, services and custom resources say is wrong with them. */
final class KubernetesClusterSigns {

  /** Families of a node that takes its pods with it. */
  static final String NODE_READY = "node-ready";

  private static final Duration JOINING = Duration.ofSeconds(60);
  private static final Duration REROUTING = Duration.ofSeconds(10);
  private static final Duration RECONCILING = Duration.ofSeconds(60);

  /** Condition types by convention true while all is well. */
  private static final List<String> TRUE_WHEN_WELL =
      List.of(
          "Ready",
          "Available",
          "Healthy",
          "Established",
          "Synced",
          "Reconciled",
          "Programmed",
          "Accepted",
          "ResolvedRefs");

  /** Condition types by convention false while all is well. */
  private static final List<String> FALSE_WHEN_WELL = List.of("Degraded", "Failed", "Stalled");

  private static final Map<String, ObjectReason> PRESSURES =
      Map.of(
          "MemoryPressure", ObjectReason.MEMORY_PRESSURE,
          "DiskPressure", ObjectReason.DISK_PRESSURE,
          "PIDPressure", ObjectReason.PID_PRESSURE,
          "NetworkUnavailable", ObjectReason.NETWORK_UNAVAILABLE);

  private KubernetesClusterSigns() {}

  static List<KubernetesSign> node(KubernetesObject node, Instant now) {
    EntityRef entity = EntityRef.node(node.name());
    var signs = new ArrayList<KubernetesSign>();
    condition(node, "Ready")
        .filter(ready -> !is(ready, "True", "status"))
        .ifPresent(ready -> signs.add(notReady(node, entity, ready, now)));
    for (KubernetesObject condition : node.list("status", "conditions")) {
      ObjectReason pressure = PRESSURES.get(textOr(condition, "", "type"));
      if (pressure != null && is(condition, "True", "status")) {
        signs.add(
            sign(
                pressure.word(),
                entity,
                node,
                pressure.word(),
                textOr(condition, "", "message"),
                transition(condition, now),
                Duration.ZERO,
                KubernetesSign.DEGRADED));
      }
    }
    if (is(node, "true", "spec", "unschedulable")) {
      Instant since =
          node.list("spec", "taints").stream()
              .filter(taint -> is(taint, "node.kubernetes.io/unschedulable", "key"))
              .flatMap(taint -> time(taint, "timeAdded").stream())
              .findFirst()
              .orElse(now);
      signs.add(
          sign(
              "cordon",
              entity,
              node,
              ObjectReason.NODE_NOT_SCHEDULABLE.word(),
              "",
              since,
              Duration.ZERO,
              KubernetesSign.NOTE));
    }
    return signs;
  }

  /**
   * A node that is not ready. Where its kubelet fell silent, the trouble began with the last
   * heartbeat, some 40 s before the cluster said so.
   */
  private static KubernetesSign notReady(
      KubernetesObject node, EntityRef entity, KubernetesObject ready, Instant now) {
    Instant since = transition(ready, now);
    boolean joining = since.isBefore(KubernetesFields.created(node, now).plus(JOINING));
    KubernetesSign sign =
        sign(
            NODE_READY,
            entity,
            node,
            textOr(ready, ObjectReason.KUBELET_NOT_READY.word(), "reason"),
            textOr(ready, "", "message"),
            since,
            joining ? JOINING : Duration.ZERO,
            KubernetesSign.DOWN);
    return is(ready, "Unknown", "status")
        ? time(ready, "lastHeartbeatTime")
            .filter(heartbeat -> heartbeat.isBefore(since))
            .map(sign::withOnset)
            .orElse(sign)
        : sign;
  }

  /**
   * A service whose last ready endpoint went away.
   *
   * @param endpoints how many there are, ready or not
   * @param since when the last ready one went
   */
  static KubernetesSign noReadyEndpoints(
      String namespace, String service, int endpoints, Instant since) {
    return new KubernetesSign(
        "endpoints",
        KubernetesFields.namespaced(EntityType.KUBERNETES_SERVICE, namespace, service),
        "Service",
        service,
        ObjectReason.NO_READY_ENDPOINTS.word(),
        endpoints == 0 ? "no pod matches its selector" : "0 of " + endpoints + " endpoints ready",
        since,
        since,
        REROUTING,
        Optional.empty(),
        false,
        KubernetesSign.DOWN);
  }

  /**
   * What any other object in a namespace says in conditions of a type whose healthy value is known
   * by convention. Types of unknown meaning are never judged.
   */
  static List<KubernetesSign> conditions(KubernetesObject object, Instant now) {
    if (object.namespace().isEmpty()) {
      return List.of();
    }
    EntityRef entity =
        new EntityRef(
            EntityType.K8S_NAMESPACE, Attributes.of(AttributeNames.NAMESPACE, object.namespace()));
    return object.list("status", "conditions").stream()
        .filter(KubernetesClusterSigns::isUnwell)
        .map(
            condition ->
                sign(
                    "condition/" + textOr(condition, "", "type"),
                    entity,
                    object,
                    word(condition),
                    textOr(condition, "", "message"),
                    transition(condition, now),
                    RECONCILING,
                    KubernetesSign.WARNING))
        .toList();
  }

  private static boolean isUnwell(KubernetesObject condition) {
    String type = textOr(condition, "", "type");
    return (TRUE_WHEN_WELL.contains(type) && is(condition, "False", "status"))
        || (FALSE_WHEN_WELL.contains(type) && is(condition, "True", "status"));
  }

  private static String word(KubernetesObject condition) {
    Optional<String> reason = condition.text("reason").filter(word -> !word.isEmpty());
    return reason.orElse(textOr(condition, "", "type"));
  }

  private static Instant transition(KubernetesObject condition, Instant now) {
    return time(condition, "lastTransitionTime").orElse(now);
  }
}
