package io.bridgewatch.topology;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is worth showing of one object: its labels as {@code k8s.label.…}, when it was created, and
 * the figures of its kind, amounts in cores, bytes and pieces. Their names stand in {@link
 * FactNames}.
 */
final class ObjectFacts {

  /** Labels that controllers add to tell their own objects apart. */
  private static final Set<String> BOOKKEEPING =
      Set.of(
          "pod-template-hash",
          "controller-revision-hash",
          "pod-template-generation",
          "controller-uid",
          "batch.kubernetes.io/controller-uid",
          "job-name",
          "statefulset.kubernetes.io/pod-name",
          "apps.kubernetes.io/pod-index");

  private final KubernetesObject object;
  private final TreeMap<String, String> facts = new TreeMap<>();

  private ObjectFacts(KubernetesObject object) {
    this.object = object;
  }

  static Attributes of(KubernetesObject object, Ownership ownership) {
    var facts = new ObjectFacts(object);
    facts.common(ownership);
    facts.byKind();
    return Attributes.of(facts.facts);
  }

  /** The figures of one container of a pod. */
  static Attributes ofContainer(KubernetesObject spec, KubernetesObject status) {
    var facts = new ObjectFacts(status);
    spec.text("image").ifPresent(image -> facts.facts.put(FactNames.IMAGE, image));
    facts.text(FactNames.RESTARTS, "restartCount");
    facts.text(FactNames.CONTAINER_READY, "ready");
    for (String state : List.of("running", "waiting", "terminated")) {
      status
          .object("state", state)
          .ifPresent(
              at -> {
                facts.facts.put(FactNames.CONTAINER_STATE, state);
                for (String field : List.of("reason", "exitCode", "startedAt", "finishedAt")) {
                  at.text(field).ifPresent(v -> facts.facts.put("k8s.container.state." + field, v));
                }
              });
    }
    for (String field : List.of("reason", "exitCode", "finishedAt")) {
      status
          .text("lastState", "terminated", field)
          .ifPresent(v -> facts.facts.put("k8s.container.last." + field, v));
    }
    facts.amounts(FactNames.REQUEST, spec, "resources", "requests");
    facts.amounts(FactNames.LIMIT, spec, "resources", "limits");
    return Attributes.of(facts.facts);
  }

  private void common(Ownership ownership) {
    text(FactNames.CREATED, "metadata", "creationTimestamp");
    text(FactNames.UID, "metadata", "uid");
    text(FactNames.DELETING, "metadata", "deletionTimestamp");
    Map<String, String> labels = object.strings("metadata", "labels");
    labels.forEach(
        (name, value) -> {
          if (!BOOKKEEPING.contains(name)) {
            facts.put(FactNames.LABEL + name, value);
          }
        });
    ownership.team(labels).ifPresent(team -> facts.put(FactNames.TEAM, team));
    ownership.application(labels).ifPresent(name -> facts.put(FactNames.APPLICATION, name));
    if (object.kind().equals("Node")) {
      facts.put(FactNames.POOL, ownership.pool(labels));
    }
  }

  private void byKind() {
    switch (object.kind()) {
      case "Pod" -> pod();
      case "Deployment", "StatefulSet", "ReplicaSet" -> replicated();
      case "DaemonSet" -> daemonSet();
      case "Job" -> {
        text("k8s.job.desired_successful_pods", "spec", "completions");
        text("k8s.job.successful_pods", "status", "succeeded");
        text("k8s.job.failed_pods", "status", "failed");
        text("k8s.job.active_pods", "status", "active");
        text("k8s.job.completed", "status", "completionTime");
        images("spec", "template", "spec");
      }
      case "CronJob" -> {
        text("k8s.cronjob.schedule", "spec", "schedule");
        text("k8s.cronjob.suspended", "spec", "suspend");
        text("k8s.cronjob.last_scheduled", "status", "lastScheduleTime");
      }
      case "HorizontalPodAutoscaler" -> autoscaler();
      case "Node" -> node();
      case "Service" -> service();
      case "Namespace" -> text("k8s.namespace.phase", "status", "phase");
      case "PersistentVolumeClaim" -> {
        text("k8s.persistentvolumeclaim.phase", "status", "phase");
        text("k8s.storageclass.name", "spec", "storageClassName");
        text("k8s.persistentvolume.name", "spec", "volumeName");
        amount("k8s.volume.capacity", object, "status", "capacity", "storage");
      }
      case "PersistentVolume" -> {
        text("k8s.persistentvolume.phase", "status", "phase");
        text("k8s.storageclass.name", "spec", "storageClassName");
        text("k8s.persistentvolumeclaim.name", "spec", "claimRef", "name");
        amount("k8s.volume.capacity", object, "spec", "capacity", "storage");
      }
      case "ConfigMap" ->
          facts.put("k8s.configmap.keys", String.join(", ", object.strings("data").keySet()));
      case "ResourceQuota" -> {
        amounts("k8s.resourcequota.hard.", object, "status", "hard");
        amounts("k8s.resourcequota.used.", object, "status", "used");
      }
      case "PodDisruptionBudget" -> {
        text("k8s.pdb.min_available", "spec", "minAvailable");
        text("k8s.pdb.max_unavailable", "spec", "maxUnavailable");
        text("k8s.pdb.disruptions_allowed", "status", "disruptionsAllowed");
        text("k8s.pdb.healthy_pods", "status", "currentHealthy");
        text("k8s.pdb.desired_healthy_pods", "status", "desiredHealthy");
      }
      case "Ingress" ->
          facts.put("k8s.ingress.hosts", joined(object.list("spec", "rules"), "host"));
      case "StorageClass" -> text("k8s.storageclass.provisioner", "provisioner");
      case "Lease" -> text("k8s.lease.holder", "spec", "holderIdentity");
      case "CustomResourceDefinition" -> {
        text("k8s.crd.group", "spec", "group");
        text("k8s.crd.scope", "spec", "scope");
        text("k8s.crd.kind", "spec", "names", "kind");
        facts.put("k8s.crd.versions", joined(object.list("spec", "versions"), "name"));
      }
      default -> {
        text("k8s.object.phase", "status", "phase");
        text(FactNames.DESIRED, "spec", "replicas");
      }
    }
  }

  private void pod() {
    text("k8s.pod.phase", "status", "phase");
    text("k8s.pod.ip", "status", "podIP");
    text("k8s.pod.qos_class", "status", "qosClass");
    text("k8s.pod.service_account", "spec", "serviceAccountName");
    text("k8s.pod.priority_class", "spec", "priorityClassName");
    List<KubernetesObject> statuses = object.list("status", "containerStatuses");
    long ready = statuses.stream().filter(s -> s.text("ready").orElse("").equals("true")).count();
    facts.put(FactNames.POD_READY, ready + "/" + object.list("spec", "containers").size());
    double restarts =
        Stream.concat(statuses.stream(), object.list("status", "initContainerStatuses").stream())
            .mapToDouble(s -> s.number("restartCount").orElse(0.0))
            .sum();
    facts.put(FactNames.RESTARTS, Long.toString((long) restarts));
    images("spec");
    for (String resource : List.of("cpu", "memory")) {
      podAmount("requests", resource)
          .ifPresent(v -> facts.put(FactNames.REQUEST + resource, Quantities.plain(v)));
      podAmount("limits", resource)
          .ifPresent(v -> facts.put(FactNames.LIMIT + resource, Quantities.plain(v)));
    }
  }

  /**
   * What a pod asks for as the scheduler counts it: the larger of what its containers ask for
   * together and what its init containers ask for at their turn, each with the sidecars started
   * before it, and the overhead on top. A limit counts only if every container has one.
   */
  private Optional<BigDecimal> podAmount(String what, String resource) {
    BigDecimal running = BigDecimal.ZERO;
    BigDecimal starting = BigDecimal.ZERO;
    BigDecimal sidecars = BigDecimal.ZERO;
    boolean any = false;
    boolean all = true;
    for (KubernetesObject container : object.list("spec", "initContainers")) {
      var amount = container.text("resources", what, resource).flatMap(Quantities::parse);
      BigDecimal value = amount.orElse(BigDecimal.ZERO);
      any |= amount.isPresent();
      if (container.text("restartPolicy").orElse("").equals("Always")) {
        sidecars = sidecars.add(value);
        all &= amount.isPresent();
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.add(value));
      }
    }
    for (KubernetesObject container : object.list("spec", "containers")) {
      var amount = container.text("resources", what, resource).flatMap(Quantities::parse);
      running = running.add(amount.orElse(BigDecimal.ZERO));
      any |= amount.isPresent();
      all &= amount.isPresent();
    }
    if (!any || !all && what.equals("limits")) {
      return Optional.empty();
    }
    BigDecimal overhead =
        object
            .text("spec", "overhead", resource)
            .flatMap(Quantities::parse)
            .orElse(BigDecimal.ZERO);
    return Optional.of(running.add(sidecars).max(starting).add(overhead));
  }

  private void replicated() {
    text(FactNames.DESIRED, "spec", "replicas");
    text(FactNames.READY, "status", "readyReplicas");
    text(FactNames.UPDATED, "status", "updatedReplicas");
    text(FactNames.AVAILABLE, "status", "availableReplicas");
    facts.putIfAbsent(FactNames.READY, "0");
    text(FactNames.REVISION, "metadata", "annotations", "deployment.kubernetes.io/revision");
    text("k8s.workload.strategy", "spec", "strategy", "type");
    images("spec", "template", "spec");
  }

  private void daemonSet() {
    text(FactNames.DESIRED, "status", "desiredNumberScheduled");
    text(FactNames.READY, "status", "numberReady");
    text(FactNames.UPDATED, "status", "updatedNumberScheduled");
    text(FactNames.AVAILABLE, "status", "numberAvailable");
    images("spec", "template", "spec");
  }

  private void autoscaler() {
    text("k8s.hpa.min_pods", "spec", "minReplicas");
    text("k8s.hpa.max_pods", "spec", "maxReplicas");
    text("k8s.hpa.current_pods", "status", "currentReplicas");
    text("k8s.hpa.desired_pods", "status", "desiredReplicas");
    text("k8s.hpa.last_scaled", "status", "lastScaleTime");
  }

  private void node() {
    for (String resource : List.of("cpu", "memory", "pods", "ephemeral-storage")) {
      amount(FactNames.CAPACITY + resource, object, "status", "capacity", resource);
      amount(FactNames.ALLOCATABLE + resource, object, "status", "allocatable", resource);
    }
    text("host.arch", "status", "nodeInfo", "architecture");
    text("os.type", "status", "nodeInfo", "operatingSystem");
    text("os.description", "status", "nodeInfo", "osImage");
    text("os.kernel.version", "status", "nodeInfo", "kernelVersion");
    text("k8s.node.kubelet.version", "status", "nodeInfo", "kubeletVersion");
    text("container.runtime", "status", "nodeInfo", "containerRuntimeVersion");
    text(FactNames.UNSCHEDULABLE, "spec", "unschedulable");
    String taints =
        object.list("spec", "taints").stream()
            .map(
                taint ->
                    taint.text("key").orElse("")
                        + taint.text("value").map(v -> "=" + v).orElse("")
                        + ":"
                        + taint.text("effect").orElse(""))
            .sorted()
            .collect(Collectors.joining(","));
    if (!taints.isEmpty()) {
      facts.put(FactNames.TAINTS, taints);
    }
    object.list("status", "addresses").stream()
        .filter(address -> address.text("type").orElse("").equals("InternalIP"))
        .findFirst()
        .flatMap(address -> address.text("address"))
        .ifPresent(address -> facts.put("host.ip", address));
  }

  private void service() {
    text("k8s.service.type", "spec", "type");
    text("k8s.service.cluster_ip", "spec", "clusterIP");
    String ports =
        object.list("spec", "ports").stream()
            .map(
                port ->
                    port.text("port").orElse("")
                        + "/"
                        + port.text("protocol").orElse("TCP")
                        + port.text("targetPort").map(target -> "→" + target).orElse(""))
            .collect(Collectors.joining(", "));
    facts.put("k8s.service.ports", ports);
    String selector =
        object.strings("spec", "selector").entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .collect(Collectors.joining(","));
    if (!selector.isEmpty()) {
      facts.put("k8s.service.selector", selector);
    }
  }

  private void images(String... podSpec) {
    String images =
        object.object(podSpec).stream()
            .flatMap(spec -> spec.list("containers").stream())
            .flatMap(container -> container.text("image").stream())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!images.isEmpty()) {
      facts.put(FactNames.IMAGE, images);
    }
  }

  private static String joined(List<KubernetesObject> items, String field) {
    return items.stream()
        .flatMap(item -> item.text(field).stream())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void text(String name, String... path) {
    object.text(path).filter(value -> !value.isEmpty()).ifPresent(value -> facts.put(name, value));
  }

  private void amount(String name, KubernetesObject from, String... path) {
    from.text(path)
        .flatMap(Quantities::parse)
        .ifPresent(value -> facts.put(name, Quantities.plain(value)));
  }

  private void amounts(String prefix, KubernetesObject from, String... path) {
    from.strings(path)
        .forEach(
            (resource, text) ->
                Quantities.parse(text)
                    .ifPresent(value -> facts.put(prefix + resource, Quantities.plain(value))));
  }
}
