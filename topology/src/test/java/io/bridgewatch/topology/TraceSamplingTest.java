package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.topology.TraceSampling.Decision;
import io.bridgewatch.topology.TraceSampling.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TraceSamplingTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void failedSlowRareAndExemplarTracesAreRemarkable() {
    Span good = Spans.span("t", "a", "", "web", SpanKind.SERVER, 0, 100, false);
    Span bad = Spans.span("t", "b", "a", "web", SpanKind.INTERNAL, 0, 1, true);

    assertThat(remark(List.of(good, bad), 1, true, true)).contains(Reason.FAILED);
    assertThat(remark(List.of(good), 0.099, true, true)).contains(Reason.SLOW);
    assertThat(remark(List.of(good), 1, true, true)).contains(Reason.RARE);
    assertThat(remark(List.of(good), 1, false, true)).contains(Reason.EXEMPLAR);
    assertThat(remark(List.of(good), 1, false, false)).isEmpty();
    assertThat(TraceSampling.remark(List.of(good), span -> OptionalDouble.empty(), false, false))
        .isEmpty();
  }

  @Test
  void remarkableTracesHaveAShareOfTheirOwn() {
    var sampling = new TraceSampling(1, 0);
    assertThat(sampling.decide("t", Optional.of(Reason.SLOW)))
        .isEqualTo(new Decision(Reason.SLOW, 1, 0));
    assertThat(sampling.decide("t", Optional.empty()))
        .isEqualTo(new Decision(Reason.NOT_SAMPLED, 0, 0));
    assertThat(sampling.decide("t", Optional.empty()).isKept()).isFalse();
  }

  @Test
  void aKeptSpanTellsTheReasonTheWeightAndTheShare() {
    Span span = Spans.span("t", "a", "", "web", SpanKind.SERVER, 0, 100, false);
    var marked = new Decision(Reason.SAMPLED, 12.5, 0.08).marked(span).attributes();
    assertThat(marked.get(TraceSampling.REASON)).contains("sampled");
    assertThat(Double.parseDouble(marked.getOr(TraceSampling.WEIGHT, ""))).isEqualTo(12.5);
    assertThat(Double.parseDouble(marked.getOr(TraceSampling.RATE, ""))).isEqualTo(0.08);
    assertThat(new Decision(Reason.FAILED, 1, 0.08).marked(span).attributes())
        .satisfies(a -> assertThat(a.get(TraceSampling.WEIGHT)).contains("1"));
  }

  /** Law: however traces were chosen, thinning leaves the same share of failed and of others. */
  @Test
  void thinnedTracesAreAnEvenSampleWhateverWasKeptAtWhichShare() {
    var random = new Random(5);
    var kept = new ArrayList<Span>();
    int traces = 40_000;
    for (int i = 0; i < traces; i++) {
      boolean failed = i % 10 == 0;
      var sampling = new TraceSampling(1, i < traces / 2 ? 1 : 0.2);
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      var decision = sampling.decide(id, failed ? Optional.of(Reason.FAILED) : Optional.empty());
      if (decision.isKept()) {
        Span span = Spans.span(id, "a", "", "web", SpanKind.SERVER, i, 1, failed);
        kept.add(i < traces / 4 ? span : decision.marked(span));
      }
    }
    var even = TraceSampling.thinned(kept);
    assertThat(even.size()).isCloseTo(traces / 5, within(500));
    assertThat(even.stream().filter(Span::failed).count()).isCloseTo(traces / 50, within(150L));
    assertThat(TraceSampling.thinned(kept.subList(0, 100))).isEqualTo(kept.subList(0, 100));
  }

  @Test
  void theStatedShareOfTheRestIsKeptAndItsWeightsAddUpToAll() {
    var sampling = new TraceSampling(1, 0.05);
    var random = new Random(11);
    double weight = 0;
    int kept = 0;
    int all = 100_000;
    for (int i = 0; i < all; i++) {
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      Decision decision = sampling.decide(id, Optional.empty());
      weight += decision.weight();
      kept += decision.isKept() ? 1 : 0;
    }
    // five standard deviations of a binomial
    assertThat(kept).isCloseTo(5_000, within(350));
    assertThat(weight).isCloseTo(all, within(7_000.0));
  }

  @Test
  void idsThatDifferOnlyAtTheirEndAreSpreadToo() {
    var sampling = new TraceSampling(1, 0.5);
    int kept = 0;
    for (int i = 0; i < 10_000; i++) {
      String id = "0".repeat(24) + "%08x".formatted(i);
      kept += sampling.decide(id, Optional.empty()).isKept() ? 1 : 0;
    }
    assertThat(kept).isCloseTo(5_000, within(250));
  }

  @Test
  void theSameTraceIsAlwaysDecidedAlikeAndAHigherRateKeepsAtLeastTheSame() {
    for (int i = 0; i < 1_000; i++) {
      String id = "trace-" + i;
      boolean few = kept(0.1, id);
      assertThat(kept(0.1, id)).isEqualTo(few);
      assertThat(!few || kept(0.3, id)).isTrue();
      assertThat(kept(1, id)).isTrue();
    }
  }

  @Test
  void aRateThatIsNoShareIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TraceSampling(1, 1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new TraceSampling(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TraceSampling(1, Double.NaN));
  }

  @Test
  void aTraceIsHandedOutWholeWhenItsTimeIsOver() {
    var buffer = new TraceBuffer(Duration.ofSeconds(10), 1_000);
    Span first = Spans.span("t1", "a", "", "web", SpanKind.SERVER, 0, 1, false);
    Span other = Spans.span("t2", "a", "", "web", SpanKind.SERVER, 0, 1, false);
    Span second = Spans.span("t1", "b", "a", "orders", SpanKind.SERVER, 0, 1, false);

    assertThat(buffer.step(NOW, List.of(first))).isEmpty();
    assertThat(buffer.step(NOW.plusSeconds(5), List.of(other, second))).isEmpty();
    assertThat(buffer.step(NOW.plusSeconds(10), List.of()))
        .containsExactly(new TraceBuffer.Trace("t1", List.of(first, second)));
    assertThat(buffer.finish()).containsExactly(new TraceBuffer.Trace("t2", List.of(other)));
  }

  @Test
  void noSpanIsLostHoweverFewMayBeHeld() {
    var random = new Random(3);
    var buffer = new TraceBuffer(Duration.ofSeconds(10), 20);
    var out = new ArrayList<Span>();
    var in = new ArrayList<Span>();
    for (int i = 0; i < 500; i++) {
      Span span =
          Spans.span("t" + random.nextInt(50), "s" + i, "", "web", SpanKind.SERVER, 0, 1, false);
      in.add(span);
      buffer
          .step(NOW.plusMillis(100L * i), List.of(span))
          .forEach(trace -> out.addAll(trace.spans()));
    }
    buffer.finish().forEach(trace -> out.addAll(trace.spans()));

    assertThat(out).containsExactlyInAnyOrderElementsOf(in);
    assertThat(buffer.early()).isPositive();
  }

  private static boolean kept(double rate, String id) {
    return new TraceSampling(1, rate).decide(id, Optional.empty()).isKept();
  }

  private static Optional<Reason> remark(
      List<Span> spans, double slow, boolean rare, boolean exemplar) {
    return TraceSampling.remark(spans, span -> OptionalDouble.of(slow), rare, exemplar);
  }
}
