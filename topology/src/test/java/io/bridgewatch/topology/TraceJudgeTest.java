package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.numerics.QuantileSketch;
import io.bridgewatch.topology.TraceSampling.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceJudgeTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final CallEdge EDGE =
      new CallEdge(Optional.of(EntityRef.service("web")), EntityRef.service("orders"));

  private final TraceJudge judge =
      new TraceJudge(resource -> resource.get(AttributeNames.SERVICE).map(EntityRef::service));

  private static List<Span> trace(String id, long millis) {
    return List.of(
        Spans.span(id, "a", "", "web", SpanKind.SERVER, 0, 5_000, false),
        Spans.span(id, "b", "a", "orders", SpanKind.SERVER, 0, millis, false));
  }

  private static EdgeMinute minute(Instant at, int calls, double seconds) {
    var latencies = new double[calls];
    Arrays.fill(latencies, seconds);
    return new EdgeMinute(
        EDGE, at, calls, 0, QuantileSketch.empty().with(latencies), QuantileSketch.empty());
  }

  @Test
  void theFirstTracesOfAWayAreRareAndLaterOnesAreOrdinary() {
    for (int i = 0; i < 5; i++) {
      assertThat(judge.remark(NOW, trace("t" + i, 10), false)).contains(Reason.RARE);
    }
    assertThat(judge.remark(NOW, trace("t5", 10), false)).isEmpty();
    assertThat(judge.remark(NOW, trace("t6", 10), true)).contains(Reason.EXEMPLAR);
    assertThat(judge.remark(NOW.plus(Duration.ofHours(1)), trace("t7", 10), false))
        .as("an hour later")
        .contains(Reason.RARE);
    var other = List.of(Spans.span("t8", "a", "", "batch", SpanKind.INTERNAL, 0, 10, false));
    assertThat(judge.remark(NOW, other, false)).contains(Reason.RARE);
  }

  @Test
  void aCallIsSlowAgainstItsOwnEdgeOnceEnoughIsKnown() {
    for (int i = 0; i < 5; i++) {
      judge.remark(NOW, trace("t" + i, 10), false);
    }
    judge.take(List.of(minute(NOW, 199, 0.1)));
    assertThat(judge.remark(NOW, trace("few", 4_000), false)).isEmpty();
    judge.take(List.of(minute(NOW, 1, 0.1)));
    assertThat(judge.remark(NOW, trace("known", 250), false)).contains(Reason.SLOW);
    assertThat(judge.remark(NOW, trace("usual", 150), false)).isEmpty();
  }

  @Test
  void whatWasUsualLongAgoIsForgotten() {
    var speeds = new EdgeSpeeds();
    speeds.take(List.of(minute(NOW, 300, 5)));
    assertThat(speeds.slowSeconds(EDGE).orElseThrow()).isCloseTo(10, within(0.5));
    speeds.take(List.of(minute(NOW.plus(Duration.ofMinutes(11)), 300, 0.1)));
    speeds.take(List.of(minute(NOW.plus(Duration.ofMinutes(22)), 300, 0.1)));
    assertThat(speeds.slowSeconds(EDGE).orElseThrow()).isCloseTo(0.2, within(0.01));
  }

  @Test
  void waysWithoutNumberAreNotRare() {
    var ways = new RareWays();
    int rare = 0;
    for (int i = 0; i < 30_000; i++) {
      rare += ways.take(NOW, List.of("/orders/" + i)) ? 1 : 0;
    }
    assertThat(rare).isEqualTo(20_000);
  }

  /** Printed seed: after the first windows, the budget holds whatever comes. */
  @Test
  void theBudgetHoldsInCalmInFloodAndWhenAllFails() {
    long seed = 17;
    System.out.println("seed " + seed);
    for (double failing : List.of(0.0, 0.3, 1.0)) {
      var random = new Random(seed);
      var budget = new TraceBudget(100);
      int kept = 0;
      int came = 0;
      for (int second = 0; second < 120; second++) {
        Instant now = NOW.plusSeconds(second);
        for (int i = 0; i < 100; i++) { // of ten spans each
          var sampling = budget.sampling();
          budget.came(now, 10);
          boolean bad = random.nextDouble() < failing;
          var decision =
              sampling.decide(
                  "trace" + random.nextLong(), bad ? Optional.of(Reason.FAILED) : Optional.empty());
          budget.decided(10, bad);
          if (second >= 60) {
            came += 10;
            kept += decision.isKept() ? 10 : 0;
          }
        }
      }
      assertThat(budget.isGathering()).isTrue();
      assertThat(kept / 60.0).as("of %d, failing %.1f", came, failing).isBetween(75.0, 125.0);
    }
  }

  @Test
  void gatheringBeginsAtOnceAndEndsAfterACalmWindow() {
    var budget = new TraceBudget(100);
    budget.came(NOW, 1_000);
    assertThat(budget.isGathering()).isFalse();
    budget.came(NOW.plusSeconds(1), 1);
    assertThat(budget.isGathering()).isTrue();
    budget.came(NOW.plusSeconds(10), 790);
    budget.came(NOW.plusSeconds(20), 0);
    assertThat(budget.isGathering()).isFalse();
    assertThat(budget.sampling().ordinary()).as("what came before waits yet").isLessThan(1);
    budget.came(NOW.plusSeconds(30), 0);
    budget.came(NOW.plusSeconds(40), 0);
    assertThat(budget.sampling()).isEqualTo(new TraceSampling(1, 1));
    var all = new TraceBudget(0);
    all.came(NOW, 1_000_000);
    assertThat(all.isGathering()).isFalse();
  }
}
