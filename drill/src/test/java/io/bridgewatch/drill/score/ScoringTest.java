package io.bridgewatch.drill.score;

import static io.bridgewatch.drill.score.Tales.about;
import static io.bridgewatch.drill.score.Tales.disk;
import static io.bridgewatch.drill.score.Tales.ledger;
import static io.bridgewatch.drill.score.Tales.node;
import static io.bridgewatch.drill.score.Tales.quiet;
import static io.bridgewatch.drill.score.Tales.sick;
import static io.bridgewatch.drill.score.Tales.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.drill.score.RunScore.Claim;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Layer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoringTest {

  @Test
  void aFaultIsDetectedWhenTheFirstIncidentOfItOpens() {
    var score =
        Scoring.score(
            sick(1, told("a", 12, ledger(1, 0.6)), told("b", 14, disk(1, 0.8)), told("a", 15)));
    assertThat(outcome(score).detectedAfterSeconds()).contains(120.0);
    assertThat(outcome(score).incidents()).isEqualTo(2);
    assertThat(score.falseIncidents()).isZero();
  }

  @Test
  void whatNobodyToldIsMissed() {
    var score = Scoring.score(sick(1));
    assertThat(outcome(score)).isEqualTo(RunScore.Outcome.missed(Layer.HARDWARE));
  }

  @Test
  void theDiagnosisIsWhatTheFirstIncidentSaysLastBeforeTheCure() {
    var score =
        Scoring.score(
            sick(
                1,
                told("a", 12, ledger(1, 0.6), disk(2, 0.5)),
                told("a", 20, ledger(1, 0.6), node(2, CauseKind.NODE_CPU), disk(3, 0.4)),
                told("a", 45, disk(1, 0.9)),
                told("b", 13, disk(1, 0.9))));
    assertThat(outcome(score).rank()).contains(3);
    assertThat(outcome(score).layerRight()).isFalse();
    assertThat(outcome(score).kindRight()).isFalse();
    assertThat(outcome(score).confidence()).contains(0.6);
  }

  @Test
  void itIsDiagnosedFromWhenTheRightCauseWasFirstAndStayedSo() {
    var score =
        Scoring.score(
            sick(
                1,
                told("a", 12, disk(1, 0.5)),
                told("a", 14, ledger(1, 0.6)),
                told("a", 16, disk(1, 0.7)),
                told("a", 18, disk(1, 0.8))));
    assertThat(outcome(score).diagnosedAfterSeconds()).contains(360.0);
    assertThat(outcome(score).rank()).contains(1);
    assertThat(outcome(score).layerRight()).isTrue();
  }

  @Test
  void whatIsRightOnlyAfterTheCureIsNotDiagnosed() {
    var score = Scoring.score(sick(1, told("a", 12, ledger(1, 0.6)), told("a", 50, disk(1, 0.9))));
    assertThat(outcome(score).diagnosedAfterSeconds()).isEmpty();
    assertThat(outcome(score).rank()).isEmpty();
  }

  @Test
  void anIncidentAboutOtherThingsIsFalseEvenBesideAFault() {
    var score = Scoring.score(sick(1, about(Tales.OTHER, "a", 12)));
    assertThat(outcome(score).detectedAfterSeconds()).isEmpty();
    assertThat(score.falseIncidents()).isEqualTo(1);
  }

  @Test
  void anIncidentThatWasOpenBeforeTheOnsetDetectsNothing() {
    var score = Scoring.score(sick(1, told("a", 9, disk(1, 0.9)), told("a", 15, disk(1, 0.9))));
    assertThat(outcome(score).detectedAfterSeconds()).isEmpty();
    assertThat(score.falseIncidents()).isEqualTo(1);
  }

  @Test
  void anIncidentThatOpensLongAfterTheCureDetectsNothing() {
    assertThat(outcome(Scoring.score(sick(1, told("a", 42)))).detectedAfterSeconds()).isEmpty();
    assertThat(outcome(Scoring.score(sick(1, told("a", 41)))).detectedAfterSeconds())
        .contains(1860.0);
  }

  @Test
  void incidentsOfTheWarmUpDoNotCount() {
    var score = Scoring.score(quiet(1, told("a", -5), told("a", 5), told("b", 5)));
    assertThat(score.falseIncidents()).isEqualTo(1);
  }

  @Test
  void theNodeIsRightForItsDiskOnlyIfItIsBlamedForTheDisk() {
    var truth = Tales.slowDisk();
    assertThat(Scoring.isRight(node(1, CauseKind.NODE_DISK), truth)).isTrue();
    assertThat(Scoring.isRight(node(1, CauseKind.NODE_CPU), truth)).isFalse();
    assertThat(Scoring.isRight(ledger(1, 1), truth)).isFalse();
  }

  @Test
  void aClustersNameMayBeMissingButNotDiffer() {
    var here =
        new EntityRef(
            Tales.DISK.type(), Tales.DISK.identity().with(AttributeNames.CLUSTER, "bank"));
    var there =
        new EntityRef(
            Tales.DISK.type(), Tales.DISK.identity().with(AttributeNames.CLUSTER, "other"));
    var truth =
        new Truth(
            "disk-slow",
            here,
            Layer.HARDWARE,
            Set.of(CauseKind.NODE_DISK),
            Set.of(here),
            Set.of(),
            Set.of(),
            Tales.ONSET,
            Optional.empty());
    assertThat(Scoring.isRight(disk(1, 1), truth)).isTrue();
    assertThat(Scoring.isRight(named(here), truth)).isTrue();
    assertThat(Scoring.isRight(named(there), truth)).isFalse();
  }

  private static NamedCause named(EntityRef entity) {
    return new NamedCause(1, entity, Layer.HARDWARE, CauseKind.NODE_DISK, 1);
  }

  @Test
  void everyIncidentClaimsWhatItIsSureOfAndFalseOnesAreWrong() {
    var score =
        Scoring.score(
            sick(
                1,
                told("a", 12, disk(1, 0.8)),
                about(Tales.OTHER, "b", 12, ledger(1, 0.3)),
                about(Tales.OTHER, "c", 13)));
    assertThat(score.claims()).isEqualTo(List.of(new Claim(0.8, true), new Claim(0.3, false)));
  }

  @Test
  void aTruthThatNamesNothingIsRefused() {
    assertThatThrownBy(
            () ->
                new Truth(
                    "disk-slow",
                    Tales.DISK,
                    Layer.HARDWARE,
                    Set.of(CauseKind.NODE_DISK),
                    Set.of(Tales.NODE),
                    Set.of(),
                    Set.of(),
                    Tales.ONSET,
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sda");
  }

  private static RunScore.Outcome outcome(RunScore score) {
    return score.outcome().orElseThrow();
  }
}
