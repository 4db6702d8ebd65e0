package io.bridgewatch.bench.rca;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which pods, workloads and services of a bundle belong together, and what could be blamed. */
final class Kinship {

  private final Map<String, String> workloadByPod = new HashMap<>();
  private final Map<String, String> serviceByPod = new HashMap<>();
  private final Map<String, String> serviceByWorkload = new HashMap<>();
  private final Set<Attributes> resources = new HashSet<>();

  static Kinship of(Bundle bundle) {
    var kinship = new Kinship();
    for (Series series : bundle.series()) {
      kinship.resources.add(series.key().resource());
    }
    for (Span span : bundle.spans()) {
      kinship.resources.add(span.resource());
    }
    for (LogRecord record : bundle.logs()) {
      kinship.resources.add(record.resource());
    }
    for (Call call : bundle.calls()) {
      kinship.resources.add(call.caller());
      kinship.resources.add(call.callee());
    }
    for (KubernetesObject object : bundle.objects()) {
      kinship.object(object);
    }
    bundle.watch().forEach(event -> kinship.object(event.object()));
    kinship.resources.stream().sorted().forEach(kinship::learn);
    return kinship;
  }

  private void object(KubernetesObject object) {
    switch (object.kind()) {
      case "Deployment" -> resources.add(Attributes.of(AttributeNames.DEPLOYMENT, object.name()));
      case "StatefulSet" -> resources.add(Attributes.of(AttributeNames.STATEFULSET, object.name()));
      case "DaemonSet" -> resources.add(Attributes.of(AttributeNames.DAEMONSET, object.name()));
      case "Node" -> resources.add(Attributes.of(AttributeNames.NODE, object.name()));
      case "Pod" -> resources.add(podOf(object));
      default -> {}
    }
  }

  /** The pod and the workload that its owner names; a ReplicaSet is named after its Deployment. */
  private static Attributes podOf(KubernetesObject pod) {
    var known = Attributes.of(AttributeNames.POD, pod.name());
    for (KubernetesObject owner : pod.list("metadata", "ownerReferences")) {
      String name = owner.text("name").orElse("");
      int hash = name.lastIndexOf('-');
      switch (owner.kind()) {
        case "ReplicaSet" -> {
          if (hash > 0) {
            known = known.with(AttributeNames.DEPLOYMENT, name.substring(0, hash));
          }
        }
        case "StatefulSet" -> known = known.with(AttributeNames.STATEFULSET, name);
        case "DaemonSet" -> known = known.with(AttributeNames.DAEMONSET, name);
        default -> {}
      }
    }
    return known;
  }

  private void learn(Attributes resource) {
    Blamed named = Blamed.of(resource, this);
    if (!named.pod().isEmpty()) {
      put(workloadByPod, named.pod(), named.workload());
      put(serviceByPod, named.pod(), named.service());
    }
    put(serviceByWorkload, named.workload(), named.service());
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (!key.isEmpty() && !value.isEmpty()) {
      map.putIfAbsent(key, value);
    }
  }

  /** Empty if unknown. */
  String workloadOf(String pod) {
    return workloadByPod.getOrDefault(pod, "");
  }

  /** Empty if unknown. */
  String serviceOf(String pod, String workload) {
    String ofPod = serviceByPod.getOrDefault(pod, "");
    return ofPod.isEmpty() ? serviceByWorkload.getOrDefault(workload, "") : ofPod;
  }

  /** Every service (or workload or pod, where nothing broader is known) and node, each once. */
  List<Blamed> candidates() {
    var labels = new TreeSet<String>();
    var found = new ArrayList<Blamed>();
    for (Attributes resource : resources.stream().sorted().toList()) {
      add(Blamed.of(resource, this).label(), labels, found);
      for (String name : List.of(AttributeNames.NODE, AttributeNames.HOST)) {
        resource.get(name).ifPresent(node -> add(Blamed.node(node), labels, found));
      }
    }
    return found;
  }

  private static void add(Blamed label, Set<String> labels, List<Blamed> found) {
    if (label.other().isEmpty() && labels.add(label.shown())) {
      found.add(label);
    }
  }
}
