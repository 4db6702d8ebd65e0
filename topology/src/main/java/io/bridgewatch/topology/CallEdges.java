package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.SortedIndex;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls whom in a watched cluster, by the spans that were seen. A call is known for {@link
 * #KNOWN} after it was last seen.
 *
 * <p>A span below a span of another component is a call, and so is a client's span that names its
 * peer. A component is the service that the pod provides in which the span was measured, so that
 * calls and objects meet; without a known pod, the service that the resource names.
 */
record CallEdges(SortedIndex<Relation, Instant> lastSeen) {

  private static final Duration KNOWN = Duration.ofMinutes(15);

  /** A sight this much newer than the last is worth an update. */
  private static final Duration GRAIN = Duration.ofSeconds(10);

  static CallEdges none() {
    return new CallEdges(SortedIndex.empty());
  }

  /** The calls that these spans show; both ends may be unknown to the topology. */
  static Set<Relation> calls(List<Span> spans, Topology topology, KubernetesTopology names) {
    var components = new HashMap<Attributes, Optional<EntityRef>>();
    var byId = new HashMap<String, Attributes>();
    for (Span span : spans) {
      byId.put(span.traceId() + "/" + span.spanId(), span.resource());
    }
    var calls = new HashSet<Relation>();
    for (Span span : spans) {
      Optional<EntityRef> here = component(span.resource(), components, topology, names);
      if (here.isEmpty()) {
        continue;
      }
      Attributes parent = byId.get(span.traceId() + "/" + span.parentSpanId());
      if (parent != null) {
        component(parent, components, topology, names)
            .filter(caller -> !caller.equals(here.get()))
            .ifPresent(caller -> calls.add(new Relation(caller, RelationType.CALLS, here.get())));
      }
      if (span.kind() == SpanKind.CLIENT || span.kind() == SpanKind.PRODUCER) {
        span.attributes()
            .get(AttributeNames.PEER_SERVICE)
            .filter(peer -> !peer.isEmpty())
            .map(peer -> names.service(peer, namespace(span.resource())))
            .filter(callee -> !callee.equals(here.get()))
            .ifPresent(callee -> calls.add(new Relation(here.get(), RelationType.CALLS, callee)));
      }
    }
    return calls;
  }

  private static Optional<EntityRef> component(
      Attributes resource,
      Map<Attributes, Optional<EntityRef>> known,
      Topology topology,
      KubernetesTopology names) {
    return known.computeIfAbsent(resource, r -> component(r, topology, names));
  }

  /** The service that a resource is part of. */
  static Optional<EntityRef> component(
      Attributes resource, Topology topology, KubernetesTopology names) {
    Optional<EntityRef> ofPod =
        resource
            .get(AttributeNames.POD)
            .flatMap(pod -> names.named("v1", "Pod", namespace(resource), pod))
            .flatMap(
                pod ->
                    topology.sources(pod, RelationType.RUNS_ON).stream()
                        .filter(ref -> ref.type() == EntityType.SERVICE)
                        .findFirst());
    return ofPod.or(
        () ->
            resource
                .get(AttributeNames.SERVICE)
                .filter(name -> !name.isEmpty())
                .map(name -> names.service(name, namespace(resource))));
  }

  private static String namespace(Attributes resource) {
    return resource
        .get(AttributeNames.NAMESPACE)
        .or(() -> resource.get(AttributeNames.SERVICE_NAMESPACE))
        .orElse("");
  }

  boolean isKnown(Relation call) {
    return lastSeen.containsKey(call);
  }

  CallEdges seen(Relation call, Instant at) {
    return lastSeen.get(call).filter(last -> last.plus(GRAIN).isAfter(at)).isPresent()
        ? this
        : new CallEdges(lastSeen.with(call, at));
  }

  /** The calls that were not seen for too long. */
  List<Relation> fallenSilent(Instant now) {
    var silent = new ArrayList<Relation>();
    for (var entries = lastSeen.entries(); entries.hasNext(); ) {
      var entry = entries.next();
      if (entry.getValue().plus(KNOWN).isBefore(now)) {
        silent.add(entry.getKey());
      }
    }
    return silent;
  }

  CallEdges without(Relation call) {
    return new CallEdges(lastSeen.without(call));
  }
}
