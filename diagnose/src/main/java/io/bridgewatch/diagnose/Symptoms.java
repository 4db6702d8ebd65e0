package io.bridgewatch.diagnose;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.Symptom;
import io.bridgewatch.model.SymptomHint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What users feel: latency and errors of the component an alarm names, else of those that nobody
 * calls.
 */
final class Symptoms {

  private static final double LEAST_STRENGTH = 0.6;
  private static final int MOST = 6;

  private Symptoms() {}

  /** Components that users are known to feel; empty if none is. */
  static NavigableSet<EntityRef> hurt(
      Components components, List<Finding> findings, Optional<SymptomHint> hint) {
    var hurt = new TreeSet<EntityRef>();
    hint.flatMap(h -> named(h)).map(components::of).ifPresent(hurt::add);
    if (!hurt.isEmpty()) {
      return hurt;
    }
    for (Finding finding : findings) {
      EntityRef component = components.of(finding.entity());
      if (felt(finding)
          && Strength.of(finding) >= LEAST_STRENGTH
          && components.callers(component).isEmpty()
          && !components.callees(component).isEmpty()) {
        hurt.add(component);
      }
    }
    return hurt;
  }

  /** The kind of signal that a reported metric is. */
  static Ranking.Group asked(SymptomHint hint) {
    String metric = hint.metric().toLowerCase(Locale.ROOT);
    if (metric.contains("success") || metric.contains("error") || metric.contains("availab")) {
      return Ranking.Group.ERRORS;
    }
    return metric.contains("duration") || metric.contains("latency")
        ? Ranking.Group.LATENCY
        : Ranking.Group.OTHER;
  }

  private static Optional<EntityRef> named(SymptomHint hint) {
    return EntityRef.from(EntityType.SERVICE, hint.entity())
        .or(() -> EntityRef.emitter(hint.entity()));
  }

  /**
   * The symptoms among the findings, most severe first; where those who are known to be hurt show
   * none, those of whoever suffers from the cause; what the cause itself shows as last resort.
   */
  static List<Symptom> of(
      Components components,
      List<Finding> findings,
      NavigableSet<EntityRef> hurt,
      Ranking.Candidate cause) {
    var symptoms = new ArrayList<Symptom>();
    symptoms.addAll(among(components, findings, hurt, true));
    if (symptoms.isEmpty()) {
      symptoms.addAll(among(components, findings, hurt, false));
    }
    if (symptoms.isEmpty()) {
      var near = new TreeSet<>(components.callers(cause.component()));
      near.add(cause.component());
      symptoms.addAll(among(components, findings, near, true));
    }
    if (symptoms.isEmpty()) {
      symptoms.addAll(among(components, findings, suffering(components, findings, cause), true));
    }
    if (symptoms.isEmpty() && !cause.evidence().isEmpty()) {
      Finding strongest = cause.evidence().getFirst().finding();
      symptoms.add(new Symptom(strongest.entity(), strongest));
    }
    return symptoms;
  }

  /** Whoever a way leads to from the cause and feels it, while none of its callers does. */
  private static NavigableSet<EntityRef> suffering(
      Components components, List<Finding> findings, Ranking.Candidate cause) {
    var suffering = new TreeSet<EntityRef>();
    for (Finding finding : findings) {
      EntityRef component = components.of(finding.entity());
      if (felt(finding)
          && Strength.of(finding) >= LEAST_STRENGTH
          && !components.path(cause.component(), new TreeSet<>(Set.of(component))).isEmpty()) {
        suffering.add(component);
      }
    }
    var all = Set.copyOf(suffering);
    suffering.removeIf(one -> components.callers(one).stream().anyMatch(all::contains));
    return suffering;
  }

  private static List<Symptom> among(
      Components components,
      List<Finding> findings,
      NavigableSet<EntityRef> where,
      boolean onlyFelt) {
    return findings.stream()
        .filter(f -> where.contains(components.of(f.entity())))
        .filter(f -> !onlyFelt || felt(f))
        .filter(f -> Strength.of(f) > 0.1)
        .sorted(Comparator.comparingDouble(Strength::of).reversed())
        .limit(MOST)
        .map(f -> new Symptom(f.entity(), f))
        .toList();
  }

  static boolean felt(Finding finding) {
    return finding.signal() == Signal.LATENCY || finding.signal() == Signal.ERRORS;
  }
}
