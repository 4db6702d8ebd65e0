package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.MetricStore.Metric;
import io.bridgewatch.ports.MetricStore.Rejection;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.QueryTooWideException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every {@link MetricStore} does. */
public abstract class MetricStoreContractTest {

  private static final long SEED = 20261129;
  private static final Instant FAR = NOON.plus(Duration.ofDays(1000));
  private static final MetricSelector ALL = new MetricSelector(Optional.empty(), List.of());
  private static final int MANY = 1_000_000;
  private static final SeriesKey CART = requests("cart", "200");
  private static final SeriesKey CART_FAILED = requests("cart", "500");
  private static final SeriesKey STOCK = requests("stock", "200");
  private static final SeriesKey MEMORY =
      new SeriesKey(
          Attributes.of("k8s.pod.name", "cart-1"),
          "container.memory.usage",
          "By",
          MetricKind.GAUGE,
          Attributes.none());

  /** An empty store that goes by that clock and knows so many series at most. */
  protected abstract MetricStore store(InstantSource clock, int mostSeries);

  /** What a store in front of another's engine may leave to it, and says so in its own words. */
  protected enum Freedom {
    /**
     * Which samples and series are too many, too old or told twice, and whether that is counted.
     */
    REFUSALS,
    /** How old samples may be whose series has gone on. */
    PAST,
    /** Stale markers and the bits of what is no number. */
    MARKERS,
    /** The last digits of values, beyond ten. */
    PRECISION,
    /** When samples are forgotten. */
    RETENTION,
    /** How many bytes it takes. */
    BYTES
  }

  /** What the store leaves to its engine; such claims are not tested. */
  protected Set<Freedom> freedoms() {
    return Set.of();
  }

  private void unless(Freedom freedom) {
    assumeFalse(freedoms().contains(freedom), () -> freedom + " is the engine's own business");
  }

  private MetricStore store() {
    return store(InstantSource.fixed(FAR), MANY);
  }

  private static SeriesKey requests(String pod, String code) {
    return new SeriesKey(
        Attributes.of("k8s.pod.name", pod + "-1", "k8s.namespace.name", "shop"),
        "http.server.requests",
        "{request}",
        MetricKind.CUMULATIVE,
        Attributes.of("code", code));
  }

  private static long at(long seconds) {
    return NOON.plusSeconds(seconds).toEpochMilli();
  }

  /** Samples of a series: second after noon, value, second, value … */
  private static SampleBatch batch(SeriesKey key, double... secondsAndValues) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < secondsAndValues.length; i += 2) {
      batch.add(key, at((long) secondsAndValues[i]), secondsAndValues[i + 1]);
    }
    return batch.build();
  }

  private static List<Series> all(MetricStore store, SeriesKey key) {
    return store
        .select(MetricSelector.of(key.metric()), Instant.EPOCH, FAR.plusSeconds(3600), MANY)
        .stream()
        .filter(series -> series.key().equals(key))
        .toList();
  }

  private static void assertHolds(Series series, double... secondsAndValues) {
    assertThat(series.size()).isEqualTo(secondsAndValues.length / 2);
    for (int i = 0; i < series.size(); i++) {
      assertThat(series.time(i)).isEqualTo(at((long) secondsAndValues[2 * i]));
      assertThat(bits(series.value(i))).isEqualTo(bits(secondsAndValues[2 * i + 1]));
    }
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static void assertAppended(
      MetricStore.Appended appended, int accepted, Map<Rejection, Integer> rejected) {
    assertThat(appended.accepted()).isEqualTo(accepted);
    assertThat(appended.rejected()).isEqualTo(rejected);
  }

  @Test
  void anEmptyStoreHasNothing() {
    var store = store();
    assertThat(store.select(ALL, Instant.MIN, Instant.MAX, 1)).isEmpty();
    assertThat(store.series(ALL, Instant.MIN, Instant.MAX, 1)).isEmpty();
    assertThat(store.metrics(ALL)).isEmpty();
    assertThat(store.values("code", ALL, 10)).isEmpty();
    assertThat(store.extent().series()).isZero();
    assertThat(store.extent().samples()).isZero();
    assertThat(store.extent().oldest()).isEqualTo(Instant.MAX);
    assertAppended(store.append(SampleBatch.empty()), 0, Map.of());
  }

  @Test
  void samplesComeBackFromInclusiveToExclusive() {
    var store = store();
    assertAppended(store.append(batch(CART, 0, 1, 15, 2, 30, 3, 45, 4)), 4, Map.of());
    var found =
        store.select(
            MetricSelector.of(CART.metric()), NOON.plusSeconds(15), NOON.plusSeconds(45), 1);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().key()).isEqualTo(CART);
    assertHolds(found.getFirst(), 15, 2, 30, 3);
    assertThat(store.select(ALL, NOON.plusSeconds(46), FAR, 1)).isEmpty();
    assertThat(store.select(ALL, NOON.plusSeconds(16), NOON.plusSeconds(30), 1)).isEmpty();
    assertThat(store.select(ALL, NOON.plusSeconds(30), NOON.plusSeconds(15), 1)).isEmpty();
    assertThat(store.select(ALL, NOON.plusNanos(1), NOON.plusSeconds(15).plusNanos(1), 1))
        .singleElement()
        .satisfies(series -> assertHolds(series, 15, 2));
  }

  @Test
  void lateSamplesAreFoundInTheirPlace() {
    var store = store();
    store.append(batch(CART, 0, 1, 30, 3, 3600, 9));
    assertAppended(store.append(batch(CART, 15, 2, 3000, 8, 1, 1.5)), 3, Map.of());
    assertHolds(all(store, CART).getFirst(), 0, 1, 1, 1.5, 15, 2, 30, 3, 3000, 8, 3600, 9);
  }

  @Test
  void historyThatIsWrittenAfterwardsStandsBeforeWhatCameByItself() {
    unless(Freedom.PAST);
    var store = store();
    long day = 86_400;
    store.append(batch(CART, 0, 1, 15, 2));
    assertAppended(store.appendPast(batch(CART, 60 - day, 12, -day, 11)), 2, Map.of());
    assertAppended(store.appendPast(batch(CART, 120 - day, 13)), 1, Map.of());
    store.append(batch(CART, 30, 3));
    assertAppended(store.appendPast(batch(CART, 90 - day, 12.5, -60, 14, 20, 2.5)), 3, Map.of());
    assertAppended(store.append(batch(CART, 25, 2.7, 45, 4)), 2, Map.of());
    assertHolds(
        all(store, CART).getFirst(),
        new double[] {
          -day, 11, 60 - day, 12, 90 - day, 12.5, 120 - day, 13, -60, 14, 0, 1, 15, 2, 20, 2.5, 25,
          2.7, 30, 3, 45, 4
        });
    assertThat(store.extent().oldest()).isEqualTo(NOON.minusSeconds(day));
    assertThat(store.extent().samples()).isEqualTo(11);
    var requests = MetricSelector.of(CART.metric());
    assertThat(store.series(requests, NOON.minusSeconds(day), NOON.minusSeconds(day - 1), 1))
        .containsExactly(CART);
    assertThat(store.series(requests, NOON.minusSeconds(3600), NOON.minusSeconds(61), 1)).isEmpty();
  }

  @Test
  void aSeriesMayBeginWithItsPastAndGoOn() {
    unless(Freedom.PAST);
    var store = store();
    assertAppended(store.appendPast(SampleBatch.empty()), 0, Map.of());
    assertAppended(store.appendPast(batch(STOCK, -86_400, 1, -86_340, 2)), 2, Map.of());
    assertAppended(store.appendPast(batch(STOCK, -86_280, 3)), 1, Map.of());
    store.append(batch(STOCK, 0, 7));
    assertAppended(store.appendPast(batch(STOCK, -86_220, 4, -30, 6)), 2, Map.of());
    store.append(batch(STOCK, 15, 8));
    assertHolds(
        all(store, STOCK).getFirst(),
        -86_400,
        1,
        -86_340,
        2,
        -86_280,
        3,
        -86_220,
        4,
        -30,
        6,
        0,
        7,
        15,
        8);
    assertThat(store.extent().series()).isEqualTo(1);
  }

  @Test
  void ofThePastTooTheFirstOfTwoSamplesOfATimeCounts() {
    unless(Freedom.PAST);
    unless(Freedom.REFUSALS);
    var store = store();
    store.append(batch(CART, 0, 1, 15, 2));
    var past = batch(CART, -86_400, 5, -86_340, 6, -86_400, 5);
    assertAppended(store.appendPast(past), 3, Map.of());
    assertAppended(store.appendPast(past), 3, Map.of());
    assertAppended(
        store.appendPast(batch(CART, -86_400, 7, -86_370, 8, -86_370, 9, 0, 1, 15, 3)),
        2,
        Map.of(Rejection.DUPLICATE, 3));
    assertHolds(all(store, CART).getFirst(), -86_400, 5, -86_370, 8, -86_340, 6, 0, 1, 15, 2);
    assertThat(store.extent().samples()).isEqualTo(5);
  }

  @Test
  void ofThePastWhatWasForgottenAndWhatIsToComeAreRejected() {
    unless(Freedom.PAST);
    unless(Freedom.REFUSALS);
    var store = store(InstantSource.fixed(NOON), 1);
    store.append(batch(CART, 0, 1));
    store.forgetBefore(NOON.minusSeconds(100));
    assertAppended(
        store.appendPast(batch(CART, -101, 1, -100, 2, 601, 3)),
        1,
        Map.of(Rejection.TOO_OLD, 1, Rejection.TOO_FAR_AHEAD, 1));
    assertAppended(
        store.appendPast(batch(STOCK, -100, 1)), 0, Map.of(Rejection.TOO_MANY_SERIES, 1));
    assertHolds(all(store, CART).getFirst(), -100, 2, 0, 1);
    assertAppended(store.append(batch(CART, -3601, 1)), 0, Map.of(Rejection.TOO_OLD, 1));
  }

  @Test
  void oneBatchMayBeInAnyOrder() {
    var store = store();
    assertAppended(store.append(batch(CART, 30, 3, 0, 1, 15, 2, 45, 4, 44, 5)), 5, Map.of());
    assertHolds(all(store, CART).getFirst(), 0, 1, 15, 2, 30, 3, 44, 5, 45, 4);
  }

  @Test
  void theFirstOfTwoSamplesOfATimeCountsAndTheSameAgainIsAccepted() {
    unless(Freedom.REFUSALS);
    var store = store();
    store.append(batch(CART, 0, 1, 15, 2, 30, Double.NaN));
    assertAppended(store.append(batch(CART, 0, 1, 15, 2, 30, Double.NaN)), 3, Map.of());
    assertAppended(
        store.append(batch(CART, 0, 7, 15, 7, 30, 7, 45, 7)), 1, Map.of(Rejection.DUPLICATE, 3));
    store.append(batch(CART, 20, 5));
    assertAppended(store.append(batch(CART, 20, 5)), 1, Map.of());
    assertAppended(store.append(batch(CART, 20, 6)), 0, Map.of(Rejection.DUPLICATE, 1));
    assertAppended(
        store.append(batch(CART, 60, 1, 60, 1, 60, 2)), 2, Map.of(Rejection.DUPLICATE, 1));
    assertHolds(all(store, CART).getFirst(), 0, 1, 15, 2, 20, 5, 30, Double.NaN, 45, 7, 60, 1);
    assertThat(store.extent().samples()).isEqualTo(6);
  }

  @Test
  void whatIsTooOldOrTooFarAheadIsRejectedAndTheRestIsKept() {
    unless(Freedom.REFUSALS);
    var clock = new Instant[] {NOON};
    var store = store(() -> clock[0], MANY);
    assertAppended(
        store.append(batch(CART, 600, 1, 601, 2)), 1, Map.of(Rejection.TOO_FAR_AHEAD, 1));
    assertAppended(
        store.append(batch(CART, 600 - 3600, 3, 600 - 3601, 4)), 1, Map.of(Rejection.TOO_OLD, 1));
    assertAppended(store.append(batch(STOCK, -1_000_000, 1)), 1, Map.of());
    assertAppended(
        store.append(SampleBatch.builder().add(MEMORY, -1, 1).build()),
        0,
        Map.of(Rejection.TOO_OLD, 1));
    clock[0] = NOON.plusSeconds(1);
    assertAppended(store.append(batch(CART, 601, 2)), 1, Map.of());
    assertHolds(all(store, CART).getFirst(), -3000, 3, 600, 1, 601, 2);
  }

  @Test
  void thereAreNoMoreSeriesThanMayBe() {
    unless(Freedom.REFUSALS);
    var store = store(InstantSource.fixed(FAR), 2);
    var batch =
        SampleBatch.builder()
            .add(CART, at(0), 1)
            .add(STOCK, at(0), 1)
            .add(MEMORY, at(0), 1)
            .add(CART, at(15), 2)
            .build();
    assertAppended(store.append(batch), 3, Map.of(Rejection.TOO_MANY_SERIES, 1));
    assertThat(store.series(ALL, Instant.EPOCH, FAR, MANY)).containsExactly(CART, STOCK);
  }

  @Test
  void everyDoubleComesBackBitForBit() {
    unless(Freedom.PRECISION);
    double[] values = {
      0,
      -0.0,
      1,
      SampleBatch.STALE,
      Double.NaN,
      Double.longBitsToDouble(0x7ff8000000000abcL),
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      0.1 + 0.2,
      1e22,
      123456.789,
      Math.PI,
      9007199254740993.0,
      -17,
      SampleBatch.STALE,
      SampleBatch.STALE
    };
    if (freedoms().contains(Freedom.MARKERS)) {
      values = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }
    var secondsAndValues = new double[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      secondsAndValues[2 * i] = 15 * i;
      secondsAndValues[2 * i + 1] = values[i];
    }
    var store = store();
    assertAppended(store.append(batch(MEMORY, secondsAndValues)), values.length, Map.of());
    var found = all(store, MEMORY).getFirst();
    assertHolds(found, secondsAndValues);
    if (!freedoms().contains(Freedom.MARKERS)) {
      assertThat(SampleBatch.isStale(found.value(3))).isTrue();
      assertThat(SampleBatch.isStale(found.value(4))).isFalse();
    }
  }

  @Test
  void selectorsChooseByMetricAndAttributes() {
    var store = store();
    for (SeriesKey key : List.of(STOCK, CART_FAILED, MEMORY, CART)) {
      store.append(batch(key, 0, 1));
    }
    assertThat(found(store)).containsExactly(CART, CART_FAILED, STOCK, MEMORY);
    assertThat(found(store, AttributeMatch.equal("code", "200"))).containsExactly(CART, STOCK);
    assertThat(found(store, new AttributeMatch.OneOf("code", Set.of("500", "404"))))
        .containsExactly(CART_FAILED);
    assertThat(found(store, new AttributeMatch.NoneOf("code", Set.of("200"))))
        .containsExactly(CART_FAILED, MEMORY);
    assertThat(found(store, AttributeMatch.equal("code", ""))).containsExactly(MEMORY);
    assertThat(found(store, new AttributeMatch.OneOf("code", Set.of("", "500"))))
        .containsExactly(CART_FAILED, MEMORY);
    assertThat(found(store, new AttributeMatch.NoneOf("code", Set.of(""))))
        .containsExactly(CART, CART_FAILED, STOCK);
    assertThat(
            found(
                store,
                AttributeMatch.equal("k8s.pod.name", "cart-1"),
                AttributeMatch.equal("code", "200")))
        .containsExactly(CART);
    assertThat(
            found(store, new AttributeMatch.Like("k8s.pod.name", Pattern.compile("car.*"), true)))
        .containsExactly(CART, CART_FAILED, MEMORY);
    assertThat(found(store, new AttributeMatch.Like("code", Pattern.compile("2.."), false)))
        .containsExactly(CART_FAILED, MEMORY);
    assertThat(found(store, new AttributeMatch.Like("code", Pattern.compile("2"), true))).isEmpty();
    assertThat(found(store, AttributeMatch.equal("code", "never"))).isEmpty();
    assertThat(store.series(MetricSelector.of("never"), Instant.EPOCH, FAR, 1)).isEmpty();
  }

  private static List<SeriesKey> found(MetricStore store, AttributeMatch... matches) {
    var selector = new MetricSelector(Optional.empty(), List.of(matches));
    var keys = store.series(selector, NOON, NOON.plusSeconds(1), MANY);
    assertThat(store.select(selector, NOON, NOON.plusSeconds(1), MANY))
        .extracting(Series::key)
        .containsExactlyElementsOf(keys);
    return keys;
  }

  @Test
  void anAttributeOfThePointCountsBeforeTheResources() {
    var store = store();
    var both =
        new SeriesKey(
            Attributes.of("zone", "a"), "m", "", MetricKind.GAUGE, Attributes.of("zone", "b"));
    store.append(batch(both, 0, 1));
    assertThat(found(store, AttributeMatch.equal("zone", "b"))).containsExactly(both);
    assertThat(found(store, AttributeMatch.equal("zone", "a"))).isEmpty();
    assertThat(store.values("zone", ALL, 10)).containsExactly("b");
  }

  @Test
  void moreSeriesThanAskedForAreRefusedAndNeverCut() {
    var store = store();
    store.append(batch(CART, 0, 1));
    store.append(batch(STOCK, 0, 1));
    store.append(batch(CART_FAILED, 100, 1));
    var requests = MetricSelector.of(CART.metric());
    var second = NOON.plusSeconds(1);
    assertThat(store.select(requests, NOON, second, 2)).hasSize(2);
    assertThat(store.series(requests, NOON, second, 2)).hasSize(2);
    assertThatThrownBy(() -> store.select(requests, NOON, second, 1))
        .isInstanceOf(QueryTooWideException.class)
        .hasMessageContaining("1");
    assertThatThrownBy(() -> store.series(requests, NOON, FAR, 2))
        .isInstanceOf(QueryTooWideException.class);
  }

  @Test
  void metricsAreCountedByNameUnitAndKind() {
    var store = store();
    for (SeriesKey key : List.of(STOCK, CART_FAILED, MEMORY, CART)) {
      store.append(batch(key, 0, 1));
    }
    assertThat(store.metrics(ALL))
        .containsExactly(
            new Metric("container.memory.usage", "By", MetricKind.GAUGE, 1),
            new Metric("http.server.requests", "{request}", MetricKind.CUMULATIVE, 3));
    assertThat(
            store.metrics(
                new MetricSelector(Optional.empty(), List.of(AttributeMatch.equal("code", "200")))))
        .containsExactly(new Metric("http.server.requests", "{request}", MetricKind.CUMULATIVE, 2));
    assertThat(store.metrics(MetricSelector.of("never"))).isEmpty();
  }

  @Test
  void valuesOfAnAttributeComeInOrderAndNoMoreThanAskedFor() {
    var store = store();
    for (SeriesKey key : List.of(STOCK, CART_FAILED, MEMORY, CART)) {
      store.append(batch(key, 0, 1));
    }
    assertThat(store.values("code", ALL, 10)).containsExactly("200", "500");
    assertThat(store.values("k8s.pod.name", ALL, 10)).containsExactly("cart-1", "stock-1");
    assertThat(store.values("k8s.pod.name", ALL, 1)).containsExactly("cart-1");
    assertThat(store.values("code", MetricSelector.of("container.memory.usage"), 10)).isEmpty();
  }

  @Test
  void whatIsForgottenIsGoneAndDoesNotComeBack() {
    unless(Freedom.RETENTION);
    var store = store();
    store.append(batch(CART, 0, 1, 15, 2, 30, 3));
    store.append(batch(STOCK, 0, 1));
    store.forgetBefore(NOON.plusSeconds(15));
    assertHolds(all(store, CART).getFirst(), 15, 2, 30, 3);
    assertThat(all(store, STOCK)).isEmpty();
    assertAppended(store.append(batch(CART, 14, 1)), 0, Map.of(Rejection.TOO_OLD, 1));
    assertThat(store.extent().oldest()).isEqualTo(NOON.plusSeconds(15));
    store.forgetBefore(NOON); // earlier than what is forgotten already
    assertAppended(store.append(batch(CART, 14, 1)), 0, Map.of(Rejection.TOO_OLD, 1));
    store.forgetBefore(NOON.plus(Duration.ofDays(3)));
    assertThat(all(store, CART)).isEmpty();
    assertThat(store.extent().series()).isZero();
    assertThat(store.extent().samples()).isZero();
    assertThat(store.extent().oldest()).isEqualTo(Instant.MAX);
    assertThat(store.metrics(ALL)).isEmpty();
    assertAppended(store.append(batch(CART, 4 * 86_400, 5)), 1, Map.of());
    assertHolds(all(store, CART).getFirst(), 4 * 86_400, 5);
  }

  @Test
  void extentTellsWhatIsKept() {
    var store = store();
    store.append(batch(CART, 30, 1, 45, 2));
    store.append(batch(STOCK, 15, 1));
    assertThat(store.extent().series()).isEqualTo(2);
    assertThat(store.extent().samples()).isEqualTo(3);
    if (!freedoms().contains(Freedom.BYTES)) {
      assertThat(store.extent().bytes()).isPositive();
    }
    assertThat(store.extent().oldest()).isEqualTo(NOON.plusSeconds(15));
  }

  /**
   * Property, printed seed: days of samples of counters, levels and constants, late and repeated
   * ones among them, come back as a map from time to value would have them.
   */
  @Test
  void longSeriesComeBackWhole() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    var store = store();
    var expected = new ArrayList<TreeMap<Long, Double>>();
    var keys = new ArrayList<SeriesKey>();
    for (int i = 0; i < 12; i++) {
      keys.add(requests("pod" + i, "200"));
      expected.add(new TreeMap<>());
    }
    var last = new double[keys.size()];
    long time = at(0);
    var batch = SampleBatch.builder();
    for (int round = 0; round < 6_000; round++) {
      time += random.nextInt(50) == 0 ? 60_000L * random.nextInt(200) : 15_000;
      for (int i = 0; i < keys.size(); i++) {
        last[i] = next(random, i, last[i]);
        if (SampleBatch.isStale(last[i]) && freedoms().contains(Freedom.MARKERS)) {
          last[i] = 2;
        }
        if (freedoms().contains(Freedom.PRECISION)) {
          last[i] = Math.round(1000 * last[i]) / 1000.0;
        }
        long when = time;
        if (random.nextInt(40) == 0) {
          when -= random.nextInt(3_600_000);
        } else if (i % 2 == 1) {
          when += random.nextInt(7);
        }
        var known = expected.get(i);
        long newest = known.isEmpty() ? 0 : known.lastKey();
        if (when >= newest - 3_600_000 && random.nextInt(100) != 0) {
          batch.add(keys.get(i), when, last[i]);
          known.putIfAbsent(when, last[i]);
        }
      }
      if (round % 8 == 7) {
        store.append(batch.build());
        batch = SampleBatch.builder();
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      var key = keys.get(i);
      for (int look = 0; look < 20; look++) {
        long from = at(0) - 3_600_000 + (long) (random.nextDouble() * (time - at(0)));
        long to = look == 0 ? Long.MAX_VALUE : from + random.nextInt(12 * 3_600_000);
        from = look == 0 ? 0 : from;
        var wanted = expected.get(i).subMap(from, to);
        var selector =
            MetricSelector.of(
                key.metric(),
                AttributeMatch.equal("k8s.pod.name", key.resource().getOr("k8s.pod.name", "none")));
        var found = store.select(selector, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), 1);
        assertThat(found).hasSize(wanted.isEmpty() ? 0 : 1);
        if (!wanted.isEmpty()) {
          assertThat(found.getFirst().times())
              .containsExactly(wanted.keySet().stream().mapToLong(Long::longValue).toArray());
          assertThat(found.getFirst().values())
              .containsExactly(wanted.values().stream().mapToDouble(Double::doubleValue).toArray());
        }
      }
    }
    long samples = expected.stream().mapToLong(Map::size).sum();
    assertThat(store.extent().samples()).isEqualTo(samples);
  }

  private static double next(Random random, int sort, double last) {
    return switch (sort % 6) {
      case 0 -> random.nextInt(500) == 0 ? 0 : last + random.nextInt(1000);
      case 1 -> random.nextGaussian();
      case 2 -> 42;
      case 3 -> Math.round(100 * (last + random.nextGaussian())) / 100.0;
      case 4 -> random.nextInt(100) == 0 ? SampleBatch.STALE : random.nextInt(2);
      default -> last + random.nextDouble();
    };
  }

  /** Property, printed seed: appends from several threads, to the same series too. */
  @Test
  void appendsAtTheSameTimeLoseNothing() throws InterruptedException, ExecutionException {
    var store = store();
    int threads = 4;
    int rounds = 200;
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var running = new ArrayList<Future<Integer>>();
      for (int thread = 0; thread < threads; thread++) {
        int offset = thread;
        running.add(
            pool.submit(
                () -> {
                  int accepted = 0;
                  for (int round = 0; round < rounds; round++) {
                    var batch = SampleBatch.builder();
                    batch.add(CART, at(round) + offset, round);
                    batch.add(requests("own" + offset, "200"), at(round), round);
                    accepted += store.append(batch.build()).accepted();
                    assertThat(all(store, CART).getFirst().size()).isPositive();
                  }
                  return accepted;
                }));
      }
      for (var one : running) {
        assertThat(one.get()).isEqualTo(2 * rounds);
      }
    }
    assertThat(all(store, CART).getFirst().size()).isEqualTo(threads * rounds);
    assertThat(store.extent().samples()).isEqualTo(2L * threads * rounds);
    assertThat(store.extent().series()).isEqualTo(threads + 1);
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotAnswered() {
    var store = store();
    store.append(batch(CART, 0, 1));
    assertThatThrownBy(
            () -> QueryDeadline.within(() -> true, () -> store.select(ALL, NOON, FAR, MANY)))
        .isInstanceOf(QueryTimeoutException.class);
    assertThatThrownBy(
            () -> QueryDeadline.within(() -> true, () -> store.series(ALL, NOON, FAR, MANY)))
        .isInstanceOf(QueryTimeoutException.class);
    assertThat(QueryDeadline.within(() -> false, () -> store.series(ALL, NOON, FAR, MANY)))
        .hasSize(1);
  }
}
