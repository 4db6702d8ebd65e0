package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.Window;
import io.bridgewatch.testkit.MadeUpSystem;
import io.bridgewatch.testkit.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WindowDetectorTest {

  private static final Duration HORIZON = Duration.ofMinutes(6);

  /** What stands out, and not only jitters. */
  private static final double CLEAR = 4;

  @Test
  void nothingStandsOutInCalmData() {
    assertThat(at(system(1).bundle())).allSatisfy(f -> assertThat(f.severity()).isLessThan(CLEAR));
  }

  @Test
  void aBusyPodShowsInItsProcessorAndItsOwnTime() {
    var bundle = system(2).busyPod("orders", 1, 300).bundle();
    assertThat(clear(bundle, Fact.LevelShift.class)).contains("orders-1 CPU", "orders-1 LATENCY");
    assertThat(clear(bundle, Fact.OwnTimeGrew.class)).containsExactly("orders-1 LATENCY");
  }

  @Test
  void aSlowNetworkShowsOnTheEdgeAndInNobodysOwnTime() {
    var bundle = system(3).slowNetwork("stock", 200).bundle();
    assertThat(clear(bundle, Fact.EdgeGapGrew.class)).contains("stock-0 EDGE");
    assertThat(clear(bundle, Fact.OwnTimeGrew.class)).isEmpty();
  }

  @Test
  void aSkippedStepShowsWhereItIsSkipped() {
    var bundle = system(4).skipsCheck("orders").bundle();
    assertThat(
            at(bundle).stream()
                .filter(f -> f.fact() instanceof Fact.StepChanged)
                .filter(f -> f.severity() >= CLEAR))
        .isNotEmpty()
        .allSatisfy(
            f -> {
              var step = (Fact.StepChanged) f.fact();
              assertThat(f.entity().name()).startsWith("orders-");
              assertThat(step.child()).isEqualTo("check");
              assertThat(step.afterRatio()).isLessThan(0.1);
              assertThat(step.deviations()).isNegative();
            });
  }

  @Test
  void failuresShowOnlyWhereTheyBegan() {
    var bundle = system(5).failing("stock", 0.6).bundle();
    assertThat(clear(bundle, Fact.FailureShareRose.class)).contains("stock-0 ERRORS").hasSize(1);
  }

  @Test
  void theMostSevereOfASignalComesFirst() {
    assertThat(at(system(2).busyPod("orders", 1, 300).bundle()))
        .isSortedAccordingTo(
            Comparator.comparing(Finding::signal)
                .thenComparing(Comparator.comparingDouble(Finding::severity).reversed()));
  }

  @RepeatedTest(5)
  void theOrderOfSeriesAndSpansDoesNotMatter(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var bundle = system(seed).skipsCheck("orders").busyPod("stock", 0, 300).bundle();
    List<Series> series = new ArrayList<>(bundle.series());
    List<Span> spans = new ArrayList<>(bundle.spans());
    Collections.shuffle(series, new Random(seed));
    Collections.shuffle(spans, new Random(seed));
    var shuffled =
        new WindowDetector(bundle.window(), series, spans, bundle.logs())
            .at(MadeUpSystem.ONSET, HORIZON);
    assertThat(shuffled).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(at(bundle));
  }

  @Test
  void nothingGivesNothing() {
    var detector =
        new WindowDetector(
            new Window(Telemetry.FROM, Telemetry.FROM), List.of(), List.of(), List.of());
    assertThat(detector.at(Telemetry.FROM, Duration.ZERO)).isEmpty();
  }

  @Test
  void aMomentOutsideTheWindowIsNoError() {
    var bundle = system(6).bundle();
    var detector =
        new WindowDetector(bundle.window(), bundle.series(), bundle.spans(), bundle.logs());
    for (Instant moment :
        List.of(
            bundle.window().from().minusSeconds(9_999), bundle.window().to().plusSeconds(9_999))) {
      assertThat(detector.at(moment, HORIZON))
          .allSatisfy(f -> assertThat(f.severity()).isLessThan(CLEAR));
    }
  }

  private static MadeUpSystem system(long seed) {
    return new MadeUpSystem(seed)
        .service("front", 1, "orders")
        .service("orders", 2, "stock")
        .service("stock", 1);
  }

  private static List<String> clear(Bundle bundle, Class<? extends Fact> type) {
    return at(bundle).stream()
        .filter(f -> type.isInstance(f.fact()) && f.severity() >= CLEAR)
        .map(f -> f.entity().name() + " " + f.signal())
        .toList();
  }

  private static List<Finding> at(Bundle bundle) {
    return new WindowDetector(bundle.window(), bundle.series(), bundle.spans(), bundle.logs())
        .at(MadeUpSystem.ONSET, HORIZON);
  }
}
