package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Peer;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.Topology;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What telemetry tells of the topology: whatever has a resource exists, and whatever a span of one
 * component has below it in another component was called.
 */
public final class TelemetryTopology {

  private static final List<EntityType> WORKLOADS =
      List.of(EntityType.DEPLOYMENT, EntityType.STATEFULSET, EntityType.DAEMONSET, EntityType.JOB);

  private TelemetryTopology() {}

  /** Adds the entities that these resources describe, and what runs on or is owned by what. */
  public static void resources(Topology.Builder topology, Collection<Attributes> resources) {
    for (Attributes resource : new HashSet<>(resources)) {
      resource(topology, resource);
    }
  }

  /** Adds calls known by other means than traces. */
  public static void calls(Topology.Builder topology, Collection<Call> calls) {
    for (Call call : calls) {
      call(topology, call.caller(), call.callee());
    }
  }

  /** Adds the components that spans were measured on and the calls between them. */
  public static void spans(Topology.Builder topology, Collection<Span> spans) {
    record Edge(Attributes caller, Attributes callee) {}
    var seen = new HashSet<Attributes>();
    var byTrace = new HashMap<String, Map<String, Attributes>>();
    for (Span span : spans) {
      byTrace
          .computeIfAbsent(span.traceId(), k -> new HashMap<>())
          .put(span.spanId(), span.resource());
      seen.add(span.resource());
    }
    resources(topology, seen);
    var edges = new HashSet<Edge>();
    for (Span span : spans) {
      Attributes parent = byTrace.getOrDefault(span.traceId(), Map.of()).get(span.parentSpanId());
      if (parent != null && !parent.equals(span.resource())) {
        edges.add(new Edge(parent, span.resource()));
      }
    }
    for (Edge edge : edges) {
      call(topology, edge.caller, edge.callee);
    }
    record Way(Attributes caller, EntityRef callee) {}
    var ways = new HashSet<Way>();
    for (Span span : spans) {
      Peer.of(span).ifPresent(callee -> ways.add(new Way(span.resource(), callee)));
    }
    for (Way way : ways) {
      component(way.caller)
          .filter(caller -> !caller.equals(way.callee))
          .ifPresent(caller -> topology.add(new Relation(caller, RelationType.CALLS, way.callee)));
    }
  }

  private static void call(Topology.Builder topology, Attributes caller, Attributes callee) {
    resource(topology, caller);
    resource(topology, callee);
    var from = component(caller);
    var to = component(callee);
    if (from.isPresent() && to.isPresent() && !from.equals(to)) {
      topology.add(new Relation(from.get(), RelationType.CALLS, to.get()));
    }
  }

  /** The service a resource belongs to, or what emits its telemetry where no service is named. */
  private static Optional<EntityRef> component(Attributes resource) {
    return EntityRef.from(EntityType.SERVICE, resource).or(() -> EntityRef.emitter(resource));
  }

  private static void resource(Topology.Builder topology, Attributes resource) {
    var emitter = EntityRef.emitter(resource);
    if (emitter.isEmpty()) {
      return;
    }
    topology.add(new Entity(emitter.get(), resource));
    var pod = EntityRef.from(EntityType.POD, resource);
    var node = EntityRef.from(EntityType.NODE, resource);
    var service = EntityRef.from(EntityType.SERVICE, resource);
    if (emitter.get().type() == EntityType.DEVICE && node.isPresent()) {
      topology.add(new Relation(emitter.get(), RelationType.LOCATED_IN, node.get()));
    }
    if (pod.isPresent() && node.isPresent()) {
      topology.add(new Relation(pod.get(), RelationType.RUNS_ON, node.get()));
    }
    for (EntityType type : WORKLOADS) {
      var workload = EntityRef.from(type, resource);
      if (workload.isPresent() && pod.isPresent()) {
        topology.add(new Relation(pod.get(), RelationType.OWNED_BY, workload.get()));
      }
      if (workload.isPresent() && service.isPresent()) {
        topology.add(new Relation(service.get(), RelationType.RUNS_ON, workload.get()));
      }
    }
    if (service.isPresent() && pod.isPresent()) {
      topology.add(new Relation(service.get(), RelationType.RUNS_ON, pod.get()));
    }
    service.ifPresent(
        s ->
            topology.add(
                new Entity(
                    s,
                    resource
                        .get(AttributeNames.NAMESPACE)
                        .map(ns -> Attributes.of(AttributeNames.NAMESPACE, ns))
                        .orElse(Attributes.none()))));
  }
}
