package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.testkit.InMemoryMetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CallMetricsTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final InMemoryMetricStore store =
      new InMemoryMetricStore(() -> Objects.requireNonNull(now.get()), 1_000);

  private static Span span(
      int call, String id, String parent, SpanKind kind, String service, long millis, boolean bad) {
    long start = NOON.getEpochSecond() * 1_000_000_000L + call * 1_000_000L;
    return new Span(
        "t" + call,
        id,
        parent,
        "GET /",
        kind,
        start,
        start + millis * 1_000_000,
        bad,
        Attributes.of(AttributeNames.SERVICE, service),
        Attributes.none());
  }

  private static List<Span> calls(int from, int count) {
    var spans = new ArrayList<Span>();
    for (int i = from; i < from + count; i++) {
      spans.add(span(i, "c", "", SpanKind.CLIENT, "front", 30, false));
      spans.add(span(i, "s", "c", SpanKind.SERVER, "cart", 20, i % 10 == 0));
    }
    return spans;
  }

  private List<Series> series(String metric, AttributeMatch... matches) {
    return store.select(
        MetricSelector.of(metric, matches), NOON, NOON.plus(Duration.ofHours(1)), 100);
  }

  private static double sum(List<Series> all) {
    double sum = 0;
    for (Series one : all) {
      for (int i = 0; i < one.size(); i++) {
        sum += one.value(i);
      }
    }
    return sum;
  }

  @Test
  void everyCallIsCountedOnceWithItsErrorsDurationAndGap() {
    var metrics = new CallMetrics(store, () -> Objects.requireNonNull(now.get()));
    metrics.take(calls(0, 100));
    assertThat(series(CallMetrics.COUNT)).as("the minute is not over").isEmpty();
    now.set(NOON.plus(Duration.ofMinutes(2)));
    metrics.take(List.of());
    var fromFront = AttributeMatch.equal(AttributeNames.PEER_SERVICE, "front");
    assertThat(sum(series(CallMetrics.COUNT, fromFront))).isEqualTo(100);
    assertThat(sum(series(CallMetrics.ERRORS, fromFront))).isEqualTo(10);
    var median = AttributeMatch.equal(AttributeNames.QUANTILE, "0.5");
    assertThat(series(CallMetrics.DURATION, fromFront, median).getFirst().value(0))
        .isCloseTo(0.030, within(0.001));
    assertThat(series(CallMetrics.GAP, fromFront, median).getFirst().value(0))
        .isCloseTo(0.010, within(0.001));
  }

  @Test
  void whatComesLaterOfTheSameMinuteIsAddedAndTheRestIsKeptAtTheEnd() {
    var metrics = new CallMetrics(store, () -> Objects.requireNonNull(now.get()));
    metrics.take(calls(0, 100));
    now.set(NOON.plus(Duration.ofMinutes(2)));
    metrics.take(calls(100, 50));
    now.set(NOON.plus(Duration.ofMinutes(4)));
    metrics.take(calls(150, 25));
    metrics.close();
    assertThat(sum(series(CallMetrics.COUNT))).isEqualTo(175);
  }
}
