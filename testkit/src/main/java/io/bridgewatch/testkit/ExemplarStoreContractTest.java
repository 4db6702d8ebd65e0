package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.ExemplarStore.Rejection;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ExemplarStore} does. */
public abstract class ExemplarStoreContractTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant FAR = NOON.plus(Duration.ofDays(1_000));
  private static final MetricSelector ALL = new MetricSelector(Optional.empty(), List.of());
  private static final SeriesKey CART = series("cart");
  private static final SeriesKey STOCK = series("stock");

  /** An empty store that keeps so many at most. */
  protected abstract ExemplarStore store(int most);

  private static SeriesKey series(String service) {
    return new SeriesKey(
        Attributes.of("service.name", service),
        "http.server.request.duration",
        "s",
        MetricKind.CUMULATIVE,
        Attributes.of("statistic", "count"));
  }

  private static Exemplar exemplar(SeriesKey series, double seconds, String trace) {
    return new Exemplar(
        series,
        NOON.toEpochMilli() + Math.round(1000 * seconds),
        0.25,
        trace,
        "b7ad6b7169203331",
        Attributes.of("订单", "一 😀"));
  }

  private static List<String> traces(ExemplarStore store) {
    return store.select(ALL, Instant.MIN, Instant.MAX, 1_000).stream()
        .map(Exemplar::traceId)
        .toList();
  }

  @Test
  void whatWasKeptIsToldWhole() {
    var store = store(100);
    var bare = new Exemplar(STOCK, NOON.toEpochMilli() + 1, -0.0, "t", "", Attributes.none());
    var both = List.of(exemplar(CART, 0, "a"), bare);
    assertThat(store.append(both)).isEqualTo(new ExemplarStore.Appended(both, Map.of()));
    assertThat(store.append(List.of()).added()).isEmpty();
    assertThat(store.select(ALL, NOON, FAR, 10)).containsExactly(bare, exemplar(CART, 0, "a"));
  }

  @Test
  void aSelectorAndARangeChooseAndTheNewestAreTold() {
    var store = store(100);
    store.append(
        List.of(
            exemplar(CART, 0, "a"),
            exemplar(STOCK, 1, "b"),
            exemplar(CART, 61, "c"),
            exemplar(CART, 130, "d")));
    var cart =
        MetricSelector.of(
            "http.server.request.duration", AttributeMatch.equal("service.name", "cart"));
    assertThat(store.select(cart, NOON, NOON.plusSeconds(130), 10))
        .extracting(Exemplar::traceId)
        .containsExactly("c", "a");
    assertThat(store.select(cart, NOON.plusMillis(1), FAR, 10))
        .extracting(Exemplar::traceId)
        .containsExactly("d", "c");
    assertThat(store.select(cart, NOON, FAR, 1)).extracting(Exemplar::traceId).containsExactly("d");
    assertThat(store.select(MetricSelector.of("other"), NOON, FAR, 10)).isEmpty();
    assertThat(store.select(cart, FAR, NOON, 10)).isEmpty();
    assertThat(traces(store)).containsExactly("d", "c", "b", "a");
  }

  @Test
  void ofASeriesAndMinuteTheNewestFewAreKept() {
    var store = store(100);
    store.append(List.of(exemplar(CART, 10, "a"), exemplar(STOCK, 1, "other")));
    var late = exemplar(CART, 9, "late");
    assertThat(
            store
                .append(
                    List.of(
                        exemplar(CART, 11, "b"),
                        exemplar(CART, 13, "d"),
                        exemplar(CART, 12, "c"),
                        exemplar(CART, 14, "e"),
                        late))
                .added())
        .extracting(Exemplar::traceId)
        .containsExactly("b", "d", "c", "e");
    assertThat(traces(store)).containsExactly("e", "d", "c", "b", "other");
    assertThat(store.append(List.of(late)))
        .as("no rejection: it is one of many")
        .isEqualTo(new ExemplarStore.Appended(List.of(), Map.of()));
  }

  @Test
  void whatIsToldAgainIsKnownAndKeepsItsFirstTime() {
    var store = store(100);
    store.append(List.of(exemplar(CART, 0, "a")));
    assertThat(store.append(List.of(exemplar(CART, 30, "a"))).added()).isEmpty();
    assertThat(store.append(List.of(exemplar(CART, 60, "a"))).added()).hasSize(1);
    assertThat(store.select(ALL, NOON, FAR, 10))
        .containsExactly(exemplar(CART, 60, "a"), exemplar(CART, 0, "a"));
  }

  @Test
  void beyondTheMostTheOldestMinutesGoFirst() {
    var store = store(5);
    var many = new ArrayList<Exemplar>();
    for (int minute = 0; minute < 4; minute++) {
      many.add(exemplar(CART, 60 * minute, "c" + minute));
      many.add(exemplar(STOCK, 60 * minute + 1, "s" + minute));
    }
    store.append(many.subList(0, 4));
    store.append(many.subList(4, 8));
    assertThat(traces(store)).containsExactly("s3", "c3", "s2", "c2");
    store.append(List.of(exemplar(CART, 0, "old")));
    assertThat(traces(store)).containsExactly("s3", "c3", "s2", "c2", "old");
    store.append(List.of(exemplar(CART, 200, "new")));
    assertThat(traces(store)).containsExactly("new", "s3", "c3", "s2", "c2");
  }

  @Test
  void aMinuteTakesNoMoreThanThereMayBeInAll() {
    var store = store(2);
    var appended =
        store.append(
            List.of(
                exemplar(CART, 0, "a"), exemplar(STOCK, 1, "b"), exemplar(series("pay"), 2, "c")));
    assertThat(appended.added()).extracting(Exemplar::traceId).containsExactly("a", "b");
    assertThat(appended.rejected()).isEqualTo(Map.of(Rejection.TOO_MANY, 1));
    assertThat(traces(store)).containsExactly("b", "a");
  }

  @Test
  void whatIsForgottenIsGoneAndDoesNotComeBack() {
    var store = store(100);
    store.append(
        List.of(exemplar(CART, 10, "a"), exemplar(CART, 20, "b"), exemplar(CART, 70, "c")));
    store.forgetBefore(NOON.plusSeconds(20));
    assertThat(traces(store)).containsExactly("c", "b");
    assertThat(
            store.append(List.of(exemplar(CART, 10, "a"), exemplar(CART, -1e10, "x"))).rejected())
        .isEqualTo(Map.of(Rejection.TOO_OLD, 2));
    store.forgetBefore(NOON);
    assertThat(store.append(List.of(exemplar(CART, 15, "a"))).added()).isEmpty();
    store.forgetBefore(FAR);
    assertThat(traces(store)).isEmpty();
  }

  @Test
  void aQuestionWhoseTimeIsOverEnds() {
    var store = store(100);
    store.append(List.of(exemplar(CART, 0, "a")));
    assertThatThrownBy(
            () -> QueryDeadline.within(() -> true, () -> store.select(ALL, NOON, FAR, 10)))
        .isInstanceOf(QueryTimeoutException.class);
  }
}
