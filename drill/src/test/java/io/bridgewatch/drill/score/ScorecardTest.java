package io.bridgewatch.drill.score;

import static io.bridgewatch.drill.score.Tales.about;
import static io.bridgewatch.drill.score.Tales.disk;
import static io.bridgewatch.drill.score.Tales.ledger;
import static io.bridgewatch.drill.score.Tales.quiet;
import static io.bridgewatch.drill.score.Tales.sick;
import static io.bridgewatch.drill.score.Tales.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bridgewatch.drill.score.RunScore.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScorecardTest {
  private static final Path SCHEMA = Path.of("../docs/reference/scorecard.schema.json");

  /** Right at once, right at rank 2, missed; and a quiet hour with one false incident. */
  private static final List<Exercise> EXERCISES =
      List.of(
          sick(1, told("a", 12, disk(1, 0.8))),
          sick(2, told("a", 14, ledger(1, 0.7), disk(2, 0.4))),
          sick(3),
          quiet(1),
          quiet(2, about(Tales.OTHER, "x", 3, ledger(1, 0.5))));

  private static Scorecard card(String version, Exercise... exercises) {
    return Scorecard.of(
        version, "all", "2026-11-29T00:00:00Z", Stream.of(exercises).map(Scoring::score).toList());
  }

  private static Scorecard card() {
    return card("v1", EXERCISES.toArray(Exercise[]::new));
  }

  @Test
  void sharesAreOfAllFaults() {
    var totals = card().totals();
    assertThat(totals.faults()).isEqualTo(3);
    assertThat(totals.quietRuns()).isEqualTo(2);
    assertThat(value(totals.detected())).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(value(totals.rightAt1())).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(value(totals.rightAt3())).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(value(totals.medianDetectionSeconds())).isEqualTo(180);
    assertThat(value(totals.medianDiagnosisSeconds())).isEqualTo(120);
    assertThat(value(totals.falsePerDay())).isCloseTo(12, within(1e-9));
    assertThat(value(totals.strayPerDay())).isZero();
  }

  private static double value(Optional<Scorecard.Estimate> estimate) {
    return estimate.orElseThrow().value();
  }

  @Test
  void intervalsHoldTheValueAndNarrowWithMoreSeeds() {
    var few = detected(card());
    var more = new ArrayList<Exercise>();
    for (long seed = 1; seed <= 30; seed++) {
      more.add(seed % 3 == 0 ? sick(seed) : sick(seed, told("a", 12)));
    }
    var many = detected(card("v1", more.toArray(Exercise[]::new)));
    assertThat(many.value()).isCloseTo(few.value(), within(1e-9));
    assertThat(few.value()).isBetween(few.low().orElseThrow(), few.high().orElseThrow());
    assertThat(width(many)).isLessThan(width(few)).isPositive();
  }

  private static Scorecard.Estimate detected(Scorecard card) {
    return card.totals().detected().orElseThrow();
  }

  private static double width(Scorecard.Estimate estimate) {
    return estimate.high().orElseThrow() - estimate.low().orElseThrow();
  }

  @Test
  void oneSeedTellsNoInterval() {
    assertThat(detected(card("v1", sick(1))).low()).isEmpty();
  }

  @Test
  void confidenceThatKeepsItsWordHasNoCalibrationError() {
    var claims = new ArrayList<Claim>();
    for (int i = 0; i < 10; i++) {
      claims.add(new Claim(0.8, i < 8));
      claims.add(new Claim(0.2, i < 2));
    }
    assertThat(Calibration.of(claims).error().orElseThrow()).isCloseTo(0, within(1e-9));
    var boasts = List.of(new Claim(1, false), new Claim(0.95, true));
    assertThat(Calibration.of(boasts).error().orElseThrow()).isCloseTo(0.475, within(1e-9));
    assertThat(Calibration.of(boasts).bins()).hasSize(1);
    assertThat(Calibration.of(List.of()).error()).isEmpty();
  }

  @Test
  void theDocumentFollowsThePublishedSchemaAndIsReadBackAsItWas() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    for (Scorecard card : List.of(card(), card("v1", sick(1)), card("v1", quiet(4)))) {
      var json = ScorecardJson.write(card);
      assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
      assertThat(ScorecardJson.read(json)).isEqualTo(card);
    }
    assertThat(schema.validate("{\"format\": 1}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void whatIsNoScorecardIsRefused() {
    assertThatThrownBy(() -> ScorecardJson.read("[1]"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                ScorecardJson.read(
                    ScorecardJson.write(card()).replace("\"format\" : 1", "\"format\" : 9")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format 9");
  }

  @Test
  void theTableTellsEachFaultAndTheTotals() {
    assertThat(ScorecardTable.write(card()))
        .contains("| detected | 67 % | 0 % to 100 % |")
        .contains("| disk-slow | hardware | 120, 240, – | 1, 1, 0 | 1, 2, – | 120, –, – |")
        .contains("| clean | 2 | 1.0 | 1 |")
        .contains("| hardware | 3 | 67 % | 33 % | 67 % | 33 % |");
  }

  @Test
  void aComparisonTellsWhatTurnedOverTheRunsThatBothHave() {
    var after = card("v2", sick(1), sick(2, told("a", 11, disk(1, 0.9))), sick(9), quiet(1));
    var comparison = Comparison.of(card(), after);
    assertThat(comparison.runs()).isEqualTo(3);
    assertThat(comparison.lost()).containsExactly("disk-slow#1");
    assertThat(comparison.righter()).containsExactly("disk-slow#2");
    assertThat(comparison.wronger()).containsExactly("disk-slow#1");
    assertThat(comparison.found()).isEmpty();
    assertThat(comparison.differences().get("detected")).isCloseTo(-0.5, within(1e-9));
  }
}
