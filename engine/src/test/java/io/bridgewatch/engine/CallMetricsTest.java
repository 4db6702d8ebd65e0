package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
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
      new InMemoryMetricStore(Timekeeper.by(() -> Objects.requireNonNull(now.get())), 1_000);

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
    var metrics =
        new CallMetrics(
            store, Timekeeper.by(() -> Objects.requireNonNull(now.get())), minutes -> {});
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
    var metrics =
        new CallMetrics(
            store, Timekeeper.by(() -> Objects.requireNonNull(now.get())), minutes -> {});
    metrics.take(calls(0, 100));
    now.set(NOON.plus(Duration.ofMinutes(2)));
    metrics.take(calls(100, 50));
    now.set(NOON.plus(Duration.ofMinutes(4)));
    metrics.take(calls(150, 25));
    metrics.close();
    assertThat(sum(series(CallMetrics.COUNT))).isEqualTo(175);
  }

  @Test
  void whatTheStoreRefusesIsTriedAgainAndIsNotLost() {
    var refusing = new Refusing(store);
    var metrics =
        new CallMetrics(
            refusing, Timekeeper.by(() -> Objects.requireNonNull(now.get())), minutes -> {});
    metrics.take(calls(0, 100));
    now.set(NOON.plus(Duration.ofMinutes(2)));
    refusing.refuse = true;
    metrics.take(List.of());
    assertThat(metrics.status().waiting()).isPositive();
    assertThat(sum(series(CallMetrics.COUNT))).isZero();
    refusing.refuse = false;
    metrics.take(List.of());
    assertThat(metrics.status().waiting()).isZero();
    assertThat(metrics.status().lost()).isZero();
    assertThat(sum(series(CallMetrics.COUNT))).isEqualTo(100);
    metrics.close();
  }

  @Test
  void ofWhatWaitsTooLongTheOldestIsLostAndCounted() {
    var refusing = new Refusing(store);
    refusing.refuse = true;
    var samples = new OwnSamples(refusing, 3);
    for (int i = 0; i < 5; i++) {
      samples.keep(
          SampleBatch.builder()
              .add(
                  new SeriesKey(Attributes.none(), "m", "", MetricKind.GAUGE, Attributes.none()),
                  NOON.plusSeconds(i).toEpochMilli(),
                  i)
              .build());
    }
    assertThat(samples.status()).isEqualTo(new OwnSamples.Status(0, 3, 2));
    refusing.refuse = false;
    samples.retry();
    assertThat(samples.status()).isEqualTo(new OwnSamples.Status(3, 0, 2));
    assertThat(series("m").getFirst().values()).containsExactly(2, 3, 4);
  }

  private static final class Refusing implements MetricStore {
    private final MetricStore other;
    private boolean refuse;

    Refusing(MetricStore other) {
      this.other = other;
    }

    @Override
    public Appended append(SampleBatch batch) {
      if (refuse) {
        throw new StoreException("disk full");
      }
      return other.append(batch);
    }

    @Override
    public Appended appendPast(SampleBatch batch) {
      return other.appendPast(batch);
    }

    @Override
    public List<Series> select(MetricSelector selector, Instant from, Instant to, int mostSeries) {
      return other.select(selector, from, to, mostSeries);
    }

    @Override
    public List<SeriesKey> series(MetricSelector selector, Instant from, Instant to, int most) {
      return other.series(selector, from, to, most);
    }

    @Override
    public List<Metric> metrics(MetricSelector selector) {
      return other.metrics(selector);
    }

    @Override
    public List<String> values(String attribute, MetricSelector selector, int most) {
      return other.values(attribute, selector, most);
    }

    @Override
    public void forgetBefore(Instant time) {
      other.forgetBefore(time);
    }

    @Override
    public Extent extent() {
      return other.extent();
    }
  }
}
