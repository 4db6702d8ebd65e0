package io.bridgewatch.topology;

import io.bridgewatch.model.Happening;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.WatchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds observations one by one and keeps what they led to, as the loop that runs the fold does.
 */
final class Replay {

  static final Instant START = Instant.parse("2026-11-22T18:43:50Z");

  private static final Map<String, ObjectKind> KINDS = new LinkedHashMap<>();

  static {
    kind("", "v1", "nodes", "Node", false);
    kind("", "v1", "namespaces", "Namespace", false);
    kind("", "v1", "pods", "Pod", true);
    kind("", "v1", "services", "Service", true);
    kind("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);
    kind("", "v1", "events", "Event", true);
    kind("apps", "v1", "deployments", "Deployment", true);
    kind("apps", "v1", "replicasets", "ReplicaSet", true);
    kind("apps", "v1", "statefulsets", "StatefulSet", true);
    kind("apps", "v1", "daemonsets", "DaemonSet", true);
    kind("apps", "v1", "controllerrevisions", "ControllerRevision", true);
    kind("batch", "v1", "jobs", "Job", true);
    kind("batch", "v1", "cronjobs", "CronJob", true);
    kind("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true);
    kind("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);
    kind("", "v1", "persistentvolumes", "PersistentVolume", false);
    kind("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true);
    kind("", "v1", "resourcequotas", "ResourceQuota", true);
    kind("", "v1", "limitranges", "LimitRange", true);
    kind("", "v1", "configmaps", "ConfigMap", true);
    kind("kafka.example.com", "v1", "kafkas", "Kafka", true);
  }

  ClusterFold.State state = ClusterFold.begin("test", Ownership.usual(), START);
  Topology byDeltas = Topology.empty();
  final Map<String, Happening> happenings = new LinkedHashMap<>();
  final List<ClusterFold.Gone> gone = new ArrayList<>();

  private static void kind(
      String group, String version, String plural, String kind, boolean namespaced) {
    KINDS.put(kind, new ObjectKind(group, version, plural, kind, namespaced));
  }

  static ObjectKind kindOf(String kind) {
    ObjectKind known = KINDS.get(kind);
    if (known == null) {
      throw new IllegalArgumentException("no such kind in these tests: " + kind);
    }
    return known;
  }

  void take(ClusterFold.Step step) {
    state = step.state();
    byDeltas = byDeltas.with(step.delta());
    step.happenings().forEach(h -> happenings.put(h.id(), h));
    gone.addAll(step.gone());
  }

  void step(Observation observation) {
    take(ClusterFold.step(state, observation));
  }

  void event(Instant time, WatchEvent.Type type, KubernetesObject object) {
    step(new Observation.Observed(kindOf(object.kind()), new WatchEvent(time, type, object)));
  }

  /** Lists of all kinds, those of which there is nothing included. */
  void lists(Instant time, List<KubernetesObject> objects) {
    for (String kind : KINDS.keySet()) {
      list(time, kind, objects.stream().filter(o -> o.kind().equals(kind)).toList());
    }
  }

  void list(Instant time, String kind, List<KubernetesObject> objects) {
    step(new Observation.ListBegan(time, kindOf(kind)));
    objects.forEach(object -> event(time, WatchEvent.Type.ADDED, object));
    step(new Observation.ListEnded(time, kindOf(kind)));
  }

  void advance(Instant now) {
    take(ClusterFold.advance(state, now));
  }

  <H extends Happening> List<H> all(Class<H> type) {
    return happenings.values().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
