package io.bridgewatch.diagnose;

import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.InsufficientEvidence;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.SymptomHint;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be diagnosed.
 *
 * @param telemetry what series, spans and logs show from {@code moment} on
 * @param measured pairs of pods, or of what else emits, whose calls were seen from both ends before
 *     and after {@code moment}
 * @param states what Kubernetes objects say of themselves, each with its own onset
 * @param changes in order of time
 * @param moment when something seems to have begun
 * @param reported whether an alarm or a person said that something is wrong
 * @param symptom what they said it is
 * @param speaking entities that report of themselves (resources, logs, spans), and not only what
 *     their callers measure
 * @param lacking kinds of observation that are not there
 */
public record Situation(
    Window window,
    Topology topology,
    List<Finding> telemetry,
    Set<Relation> measured,
    List<Finding> states,
    List<Change> changes,
    Instant moment,
    boolean reported,
    Optional<SymptomHint> symptom,
    Set<EntityRef> speaking,
    Set<InsufficientEvidence.Missing> lacking) {

  public Situation {
    telemetry = List.copyOf(telemetry);
    measured = Set.copyOf(measured);
    states = List.copyOf(states);
    changes = List.copyOf(changes);
    speaking = Set.copyOf(speaking);
    lacking = Set.copyOf(lacking);
  }
}
