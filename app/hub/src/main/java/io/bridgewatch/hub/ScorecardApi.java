package io.bridgewatch.hub;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents about how well the watch does in drills; a scorecard is as the drill writes it. */
final class ScorecardApi {
  private ScorecardApi() {}

  record ScorecardList(List<ScorecardHead> items) {}

  record ScorecardHead(
      @Schema(description = "the same for the same scorecard") String id,
      String version,
      String suite,
      Instant scoredAt,
      List<Long> seeds,
      ScorecardTotals totals,
      @Schema(description = "expected calibration error, 0 to 1; null without claims")
          @Nullable Double calibrationError) {}

  record Scorecard(
      @Schema(description = "1 at present") int format,
      @Schema(description = "of what was scored") String version,
      String suite,
      Instant scoredAt,
      List<Long> seeds,
      List<ScoredRun> runs,
      ScorecardTotals totals,
      @Schema(description = "by layer, such as node") Map<String, LayerTotals> byLayer,
      Calibration calibration) {}

  record ScoredRun(
      @Schema(description = "of the fault, the look-alike or the clean day") String name,
      long seed,
      double simulatedSeconds,
      int falseIncidents,
      @Schema(description = "null if nothing was wrong") @Nullable FaultOutcome outcome,
      List<Claim> claims) {}

  record FaultOutcome(
      String layer,
      @Schema(description = "null if it was missed") @Nullable Double detectedAfterSeconds,
      int incidents,
      @Schema(description = "of the right cause; null if it is not among the causes")
          @Nullable Integer rank,
      @Schema(description = "until the right cause was first and stayed so; null if it never was")
          @Nullable Double diagnosedAfterSeconds,
      boolean layerRight,
      boolean kindRight,
      @Schema(description = "in the likeliest cause, 0 to 1") @Nullable Double confidence) {}

  record Claim(double confidence, boolean right) {}

  @Schema(description = "shares are of all faults, 0 to 1; what cannot be told is null")
  record ScorecardTotals(
      int faults,
      int quietRuns,
      @Nullable Estimate detected,
      @Nullable Estimate rightAt1,
      @Nullable Estimate rightAt3,
      @Nullable Estimate rightAt5,
      @Nullable Estimate layerRight,
      @Nullable Estimate kindRight,
      @Nullable Estimate medianDetectionSeconds,
      @Nullable Estimate medianDiagnosisSeconds,
      @Nullable Estimate incidentsPerFault,
      @Schema(description = "false incidents a simulated day while nothing was wrong")
          @Nullable Estimate falsePerDay,
      @Schema(description = "false incidents a simulated day beside a fault")
          @Nullable Estimate strayPerDay) {}

  @Schema(description = "95 of 100 resamples of the seeds lie from low to high; null with one seed")
  record Estimate(double value, @Nullable Double low, @Nullable Double high) {}

  record LayerTotals(
      int faults, double detected, double rightAt1, double rightAt3, double layerRight) {}

  record Calibration(int claims, @Nullable Double error, List<CalibrationBin> bins) {}

  record CalibrationBin(double from, double to, int claims, double confidence, double right) {}
}
