package io.bridgewatch.bench.rca;

import io.bridgewatch.model.Cause;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.SituationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What became of one case on one track.
 *
 * @param truth who is guilty; empty in clean cases
 * @param answers who was blamed, of all incidents: ordered by incident, then by rank, each once
 * @param firstIncident how many of the answers come from the first incident
 * @param confidence of the first answer
 * @param abstained on a faulty case: no incident, no cause, or "not enough evidence" was said
 * @param onsetErrorMillis the onset of the first incident less the true one
 * @param error why the case has no answer; empty if all went well
 */
record Outcome(
    String name,
    String kind,
    List<Blamed> truth,
    List<Blamed> answers,
    int firstIncident,
    int incidents,
    OptionalDouble confidence,
    boolean abstained,
    OptionalLong onsetErrorMillis,
    int candidates,
    long importNanos,
    long diagnoseNanos,
    String error) {

  Outcome {
    truth = List.copyOf(truth);
    answers = List.copyOf(answers);
  }

  static Outcome of(
      LabelledSet.Case labelled,
      SituationReport report,
      Kinship kinship,
      int candidates,
      long importNanos,
      long diagnoseNanos) {
    var first = answers(report.incidents().stream().limit(1).toList(), kinship);
    var all = answers(report.incidents(), kinship);
    Truth truth = labelled.truth();
    return new Outcome(
        labelled.name(),
        truth.kind(),
        truth.causes().stream().map(cause -> Blamed.of(cause, kinship)).toList(),
        all,
        first.size(),
        report.incidents().size(),
        confidence(report),
        !truth.isClean() && hasAbstained(report),
        onsetError(truth.onset(), report),
        candidates,
        importNanos,
        diagnoseNanos,
        "");
  }

  static Outcome failed(LabelledSet.Case labelled, String error) {
    Kinship none = new Kinship();
    Truth truth = labelled.truth();
    return new Outcome(
        labelled.name(),
        truth.kind(),
        truth.causes().stream().map(cause -> Blamed.of(cause, none)).toList(),
        List.of(),
        0,
        truth.isClean() ? 1 : 0, // silence that comes from a fault of ours earns nothing
        OptionalDouble.empty(),
        !truth.isClean(),
        OptionalLong.empty(),
        0,
        0,
        0,
        error);
  }

  private static List<Blamed> answers(List<Incident> incidents, Kinship kinship) {
    var ranked = new ArrayList<Blamed>();
    for (Incident incident : incidents) {
      for (Cause cause : incident.causes()) {
        ranked.add(Blamed.of(cause, kinship));
      }
    }
    return Blamed.distinct(ranked);
  }

  private static OptionalDouble confidence(SituationReport report) {
    return report.incidents().stream()
        .flatMap(incident -> incident.causes().stream())
        .mapToDouble(Cause::confidence)
        .findFirst();
  }

  private static boolean hasAbstained(SituationReport report) {
    if (report.incidents().stream().allMatch(incident -> incident.causes().isEmpty())) {
      return true;
    }
    return report.incidents().getFirst().insufficientEvidence().isPresent();
  }

  private static OptionalLong onsetError(Optional<Instant> onset, SituationReport report) {
    if (onset.isEmpty() || report.incidents().isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Duration.between(onset.get(), report.incidents().getFirst().onset()).toMillis());
  }

  boolean isClean() {
    return truth.isEmpty();
  }

  /** Rank of the first right answer, from 1; 0 if there is none. */
  int hitRank() {
    return hitRank(answers);
  }

  /** Likewise, of the first incident's answers only. */
  int hitRankInFirstIncident() {
    return hitRank(answers.subList(0, firstIncident));
  }

  int hitRank(List<Blamed> ranked) {
    for (int i = 0; i < ranked.size(); i++) {
      if (ranked.get(i).matchesAny(truth)) {
        return i + 1;
      }
    }
    return 0;
  }
}
