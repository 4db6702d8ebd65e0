package io.bridgewatch.drill.score;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Layer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Scores one exercise.
 *
 * <ol>
 *   <li>Only incidents that were opened at {@link Exercise#begin} or later count.
 *   <li>An incident is <em>of the fault</em> if it was opened at its onset or later, and a symptom
 *       or a cause that it ever named is the cause or is hurt by it ({@link Truth}). Any other
 *       incident is false.
 *   <li>The fault is detected when the first of them is opened, if that is before it ends or within
 *       {@link #GRACE} of that.
 *   <li>What counts as the diagnosis is what the first of them says last before the fault ends: the
 *       one that whoever is on watch has opened. The rank is that of its first right cause.
 *   <li>A named cause is right if it is one of the truth's names, or one of its names of a kind
 *       together with one of its kinds. References are the same if type and identity are; a
 *       cluster's name may be missing in one of them.
 *   <li>It is diagnosed from the telling on since which, without a break, the likeliest cause was
 *       right.
 *   <li>Each incident, false ones too, makes one claim: the confidence in its likeliest cause, and
 *       whether that was right. An incident without a cause claims nothing.
 * </ol>
 */
public final class Scoring {

  /** How long after its end a fault may still be noticed: two turns of the diagnosis. */
  public static final Duration GRACE = Duration.ofMinutes(1);

  private Scoring() {}

  public static RunScore score(Exercise exercise) {
    var incidents = new ArrayList<List<Telling>>();
    for (List<Telling> one : byIncident(exercise.tellings()).values()) {
      if (!one.getFirst().at().isBefore(exercise.begin())) {
        incidents.add(one);
      }
    }
    Optional<Truth> truth = exercise.truth();
    Instant judged = truth.flatMap(Truth::end).orElse(exercise.end());
    List<List<Telling>> ofFault =
        truth
            .map(true_ -> incidents.stream().filter(one -> isOf(one, true_, judged)).toList())
            .orElse(List.of());
    var claims = new ArrayList<RunScore.Claim>();
    for (List<Telling> one : incidents) {
      var causes = lastUntil(one, judged).causes();
      if (!causes.isEmpty()) {
        boolean right =
            ofFault.contains(one) && truth.filter(t -> isRight(causes.getFirst(), t)).isPresent();
        claims.add(new RunScore.Claim(causes.getFirst().confidence(), right));
      }
    }
    return new RunScore(
        exercise.name(),
        exercise.seed(),
        seconds(Duration.between(exercise.begin(), exercise.end())),
        incidents.size() - ofFault.size(),
        truth.map(t -> outcome(t, ofFault, judged)),
        claims);
  }

  private static RunScore.Outcome outcome(
      Truth truth, List<List<Telling>> ofFault, Instant judged) {
    if (ofFault.isEmpty()) {
      return RunScore.Outcome.missed(truth.layer());
    }
    List<Telling> first = ofFault.getFirst();
    List<NamedCause> causes = lastUntil(first, judged).causes();
    Optional<NamedCause> likeliest = causes.stream().findFirst();
    return new RunScore.Outcome(
        truth.layer().id(),
        Optional.of(seconds(Duration.between(truth.onset(), first.getFirst().at()))),
        ofFault.size(),
        causes.stream().filter(cause -> isRight(cause, truth)).map(NamedCause::rank).findFirst(),
        diagnosedAt(first, truth, judged).map(at -> seconds(Duration.between(truth.onset(), at))),
        likeliest.filter(cause -> sameLayer(cause, truth.layer())).isPresent(),
        likeliest.filter(cause -> truth.kinds().contains(cause.kind())).isPresent(),
        likeliest.map(NamedCause::confidence));
  }

  /** Whether a named cause is the truth; see the class. */
  static boolean isRight(NamedCause cause, Truth truth) {
    return isAmong(cause.entity(), truth.names())
        || (truth.kinds().contains(cause.kind()) && isAmong(cause.entity(), truth.namesOfKind()));
  }

  private static boolean sameLayer(NamedCause cause, Layer layer) {
    return cause.layer() == layer;
  }

  private static boolean isOf(List<Telling> incident, Truth truth, Instant judged) {
    Instant opened = incident.getFirst().at();
    return !opened.isBefore(truth.onset())
        && !opened.isAfter(judged.plus(GRACE))
        && incident.stream().anyMatch(telling -> concerns(telling, truth));
  }

  private static boolean concerns(Telling telling, Truth truth) {
    return Stream.concat(
            telling.symptoms().stream(), telling.causes().stream().map(NamedCause::entity))
        .anyMatch(
            one ->
                isAmong(one, truth.names())
                    || isAmong(one, truth.namesOfKind())
                    || isAmong(one, truth.hurt()));
  }

  private static Optional<Instant> diagnosedAt(
      List<Telling> incident, Truth truth, Instant judged) {
    Optional<Instant> since = Optional.empty();
    for (Telling telling : incident) {
      if (telling.at().isAfter(judged) && !telling.equals(incident.getFirst())) {
        break;
      }
      boolean right = !telling.causes().isEmpty() && isRight(telling.causes().getFirst(), truth);
      since = right ? since.or(() -> Optional.of(telling.at())) : Optional.empty();
    }
    return since;
  }

  /** The last telling by then; the first one if there was none by then. */
  private static Telling lastUntil(List<Telling> incident, Instant until) {
    Telling last = incident.getFirst();
    for (Telling telling : incident) {
      if (!telling.at().isAfter(until)) {
        last = telling;
      }
    }
    return last;
  }

  private static Map<String, List<Telling>> byIncident(List<Telling> tellings) {
    var byIncident = new LinkedHashMap<String, List<Telling>>();
    for (Telling telling : tellings) {
      byIncident.computeIfAbsent(telling.incident(), id -> new ArrayList<>()).add(telling);
    }
    return byIncident;
  }

  private static boolean isAmong(EntityRef one, Collection<EntityRef> others) {
    return others.stream().anyMatch(other -> isSame(one, other));
  }

  private static boolean isSame(EntityRef one, EntityRef other) {
    if (one.type() != other.type()) {
      return false;
    }
    boolean bothInCluster =
        one.identity().has(AttributeNames.CLUSTER) && other.identity().has(AttributeNames.CLUSTER);
    return bothInCluster || one.type().nameAttribute().equals(AttributeNames.CLUSTER)
        ? one.equals(other)
        : withoutCluster(one.identity()).equals(withoutCluster(other.identity()));
  }

  private static Map<String, String> withoutCluster(Attributes identity) {
    var rest = new TreeMap<>(identity.asMap());
    rest.remove(AttributeNames.CLUSTER);
    return rest;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
