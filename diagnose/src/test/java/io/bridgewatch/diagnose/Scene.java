package io.bridgewatch.diagnose;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.SymptomHint;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.Window;
import io.bridgewatch.testkit.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A topology and what was found on it, in few words. */
final class Scene {

  static final Instant ONSET = Telemetry.FROM.plus(Duration.ofMinutes(40));

  private final Topology.Builder topology = Topology.empty().toBuilder();
  private final List<Finding> telemetry = new ArrayList<>();
  private final Set<Relation> measured = new HashSet<>();
  private final List<Finding> states = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private Optional<SymptomHint> hint = Optional.empty();
  private boolean reported = true;

  static EntityRef service(String name) {
    return EntityRef.service(name);
  }

  static EntityRef pod(String name) {
    return scoped(EntityType.POD, name);
  }

  static EntityRef deployment(String name) {
    return scoped(EntityType.DEPLOYMENT, name);
  }

  private static EntityRef scoped(EntityType type, String name) {
    return new EntityRef(
        type, Attributes.of(type.nameAttribute(), name, AttributeNames.NAMESPACE, "made-up"));
  }

  Scene calls(String caller, String... callees) {
    for (String callee : callees) {
      relate(service(caller), RelationType.CALLS, service(callee));
    }
    return this;
  }

  Scene relate(EntityRef from, RelationType type, EntityRef to) {
    topology.add(new Relation(from, type, to));
    return this;
  }

  /** Pods {@code <service>-0} and so on of a service, all on one node. */
  Scene pods(String service, int count, String node) {
    for (int i = 0; i < count; i++) {
      relate(service(service), RelationType.RUNS_ON, pod(service + "-" + i));
      relate(pod(service + "-" + i), RelationType.RUNS_ON, EntityRef.node(node));
    }
    return this;
  }

  Scene cpu(EntityRef where, double factor) {
    return found(
        where, 50, shift(Signal.CPU, "container.cpu.usage", "{cpu}", 0.5, 0.5 * factor, 50));
  }

  Scene latency(EntityRef where, double factor) {
    return found(
        where,
        20,
        shift(Signal.LATENCY, "http.server.request.duration", "s", 0.1, 0.1 * factor, 20));
  }

  Scene ownTime(EntityRef where, double factor) {
    return found(where, 20, new Fact.OwnTimeGrew("GET /", 0.1, 0.1 * factor, 50, 20));
  }

  /** A pair of pods whose calls are as they were. */
  Scene calm(EntityRef caller, EntityRef callee) {
    measured.add(new Relation(caller, RelationType.CALLS, callee));
    return this;
  }

  /** A pair of pods whose calls take much longer on their way. */
  Scene gap(EntityRef caller, EntityRef callee) {
    measured.add(new Relation(caller, RelationType.CALLS, callee));
    return found(callee, 20, new Fact.EdgeGapGrew(caller, callee, 0.001, 0.2, 50, 20));
  }

  Scene gap(String caller, String callee) {
    var fact = new Fact.EdgeGapGrew(service(caller), service(callee), 0.001, 0.2, 50, 20);
    return found(service(callee), 20, fact);
  }

  Scene errors(EntityRef where, double share) {
    return found(where, 10, new Fact.FailureShareRose("GET /", 0, share, 50, 10));
  }

  Scene found(EntityRef where, double severity, Fact fact) {
    telemetry.add(new Finding(where, ONSET, severity, fact));
    return this;
  }

  Scene state(EntityRef where, String kind, String reason) {
    return stateOf(where, new Fact.ObjectState(kind, where.name(), reason, "", ONSET));
  }

  Scene stateOf(EntityRef where, Fact.ObjectState fact) {
    states.add(new Finding(where, ONSET, 10, fact));
    return this;
  }

  Scene change(String service, Duration beforeOnset, String summary) {
    changes.add(
        new Change(
            ONSET.minus(beforeOnset),
            Change.Kind.DEPLOY,
            Telemetry.service(service),
            "",
            summary,
            "",
            List.of()));
    return this;
  }

  Scene hurts(String service) {
    hint = Optional.of(new SymptomHint(Telemetry.service(service), "http.server.request.duration"));
    return this;
  }

  Scene nobodyReported() {
    reported = false;
    return this;
  }

  Scene shuffled(long seed) {
    Collections.shuffle(telemetry, new Random(seed));
    Collections.shuffle(states, new Random(seed));
    return this;
  }

  static Fact.LevelShift shift(
      Signal signal, String metric, String unit, double before, double after, double deviations) {
    var key = Telemetry.gauge(Telemetry.service("any"), metric, unit);
    return new Fact.LevelShift(signal, key, before, after, deviations);
  }

  Components components() {
    return new Components(topology.build());
  }

  List<Finding> telemetry() {
    return telemetry;
  }

  Optional<SymptomHint> hint() {
    return hint;
  }

  Incident only() {
    var incidents = incidents();
    if (incidents.size() != 1) {
      throw new AssertionError("wanted one incident, got " + incidents);
    }
    return incidents.getFirst();
  }

  List<Incident> incidents() {
    return Diagnosis.incidents(situation());
  }

  Situation situation() {
    return new Situation(
        new Window(Telemetry.FROM, Telemetry.FROM.plus(Duration.ofHours(1))),
        topology.build(),
        telemetry,
        measured,
        states,
        changes,
        ONSET,
        reported,
        hint,
        telemetry.stream().map(Finding::entity).collect(Collectors.toSet()),
        Set.of());
  }
}
