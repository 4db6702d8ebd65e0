package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.SpanStore.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link SpanStore} does. */
public abstract class SpanStoreContractTest {

  private static final long SEED = 20261129;
  private static final Instant BEGIN = NOON.minus(Duration.ofDays(2));
  private static final Instant END = NOON.plus(Duration.ofDays(2));
  private static final Query ALL = Query.between(BEGIN, END);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  /** An empty store. */
  protected abstract SpanStore spans();

  private static Span span(String trace, String id, double secondsAfterNoon) {
    long start = NOON.toEpochMilli() * 1_000_000 + Math.round(secondsAfterNoon * 1e9);
    return new Span(
        trace,
        id,
        "",
        "GET /cart",
        SpanKind.SERVER,
        start,
        start + 5_000_000,
        false,
        Attributes.of(AttributeNames.SERVICE, "cart"),
        Attributes.of("http.route", "/cart"));
  }

  private SpanStore holding(List<Span> spans) {
    var store = spans();
    store.append(spans);
    Eventually.seen(() -> read(store, ALL, PageRequest.BULK).size(), n -> n == spans.size());
    return store;
  }

  private static List<Span> read(SpanStore store, Query query, int limit) {
    var found = new ArrayList<Span>();
    var cursor = Optional.<String>empty();
    do {
      var page = store.find(query, new PageRequest(limit, cursor));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return found;
  }

  @Test
  void anEmptyStoreFindsNothing() {
    var store = spans();
    assertThat(store.trace(TRACE)).isEmpty();
    assertThat(store.find(ALL, PageRequest.first(10)).items()).isEmpty();
    assertThat(store.extent().spans()).isZero();
    assertThat(store.extent().oldest()).isEqualTo(Instant.MAX);
    store.append(List.of());
    store.forgetBefore(NOON);
  }

  @Test
  void aTraceComesBackWholeAlsoOverAnHoursEdge() {
    var root = span(TRACE, "b7ad6b7169203331", -0.001);
    var odd =
        new Span(
            TRACE,
            "Not hex",
            root.spanId(),
            "下单\u0000",
            SpanKind.CONSUMER,
            root.startNanos() + 2_000_000,
            root.startNanos(),
            true,
            Attributes.none(),
            Attributes.of("订单", "\n17"));
    var store =
        holding(List.of(odd, span(TRACE + "0", "s", 1), root, span("0af7", "b7ad6b7169203331", 2)));
    assertThat(store.trace(TRACE)).containsExactly(root, odd);
    assertThat(store.trace("0af7")).hasSize(1);
    assertThat(store.trace("0a")).isEmpty();
    assertThat(store.trace("")).isEmpty();
  }

  @Test
  void aSpanToldAgainIsKeptOnce() {
    var spans = new ArrayList<Span>();
    for (int i = 0; i < 50; i++) {
      spans.add(span(TRACE, "s" + i, i));
    }
    var store = holding(spans);
    var again = new ArrayList<>(spans.subList(10, 50));
    again.add(span(TRACE, "s10", 10)); // twice in one batch too
    again.add(span(TRACE, "last", 60));
    store.append(again);
    Eventually.seen(
        () -> store.trace(TRACE).stream().map(Span::spanId).toList(),
        seen -> seen.contains("last"));
    assertThat(store.trace(TRACE)).hasSize(51).doesNotHaveDuplicates();
    assertThat(read(store, ALL, 7)).hasSize(51).doesNotHaveDuplicates();
    assertThat(store.find(ALL, PageRequest.first(1)).total()).isEqualTo(51);
  }

  @Test
  void eachConditionNarrows() {
    var ok = span("t1", "ok", 1);
    var slow =
        new Span(
            "t1",
            "slow",
            "ok",
            "POST /pay",
            SpanKind.CLIENT,
            ok.startNanos() + 1,
            ok.startNanos() + 2_000_000_001,
            true,
            Attributes.of(AttributeNames.SERVICE, "pay"),
            Attributes.none());
    var store = holding(List.of(ok, slow));
    assertThat(read(store, query("GET /cart", 0, Optional.empty(), false), 5)).containsExactly(ok);
    assertThat(read(store, query("GET", 0, Optional.empty(), false), 5)).isEmpty();
    assertThat(read(store, query("", 2_000, Optional.empty(), false), 5)).containsExactly(slow);
    assertThat(read(store, query("", 2_001, Optional.empty(), false), 5)).isEmpty();
    assertThat(read(store, query("", 0, Optional.of(true), false), 5)).containsExactly(slow);
    assertThat(read(store, query("", 0, Optional.of(false), false), 5)).containsExactly(ok);
    assertThat(read(store, query("", 0, Optional.empty(), true), 5)).containsExactly(ok);
    var pay =
        query("", 0, Optional.empty(), false, AttributeMatch.equal(AttributeNames.SERVICE, "pay"));
    assertThat(read(store, pay, 5)).containsExactly(slow);
    var unrouted = query("", 0, Optional.empty(), false, AttributeMatch.equal("http.route", ""));
    assertThat(read(store, unrouted, 5)).containsExactly(slow);
    var start = Instant.EPOCH.plusNanos(slow.startNanos());
    assertThat(read(store, Query.between(start, END), 5)).containsExactly(slow);
    assertThat(read(store, Query.between(BEGIN, start), 5)).containsExactly(ok);
  }

  private static Query query(
      String name,
      int millis,
      Optional<Boolean> failed,
      boolean rootsOnly,
      AttributeMatch... matches) {
    return new Query(
        BEGIN,
        END,
        Optional.of(name).filter(text -> !text.isEmpty()),
        Duration.ofMillis(millis),
        failed,
        rootsOnly,
        List.of(matches));
  }

  @Test
  void whatIsOlderIsForgotten() {
    var store =
        holding(
            List.of(
                span("t1", "old", -7_200),
                span("t1", "hour", -1),
                span("t1", "at", 0),
                span("t1", "new", 1)));
    assertThat(store.extent().spans()).isEqualTo(4);
    assertThat(store.extent().oldest()).isEqualTo(NOON.minusSeconds(7_200));
    store.forgetBefore(NOON);
    Eventually.seen(() -> store.trace("t1").size(), size -> size == 2);
    assertThat(store.trace("t1").stream().map(Span::spanId)).containsExactly("at", "new");
    assertThat(read(store, ALL, 5)).hasSize(2);
    assertThat(store.extent().spans()).isEqualTo(2);
    assertThat(store.extent().oldest()).isEqualTo(NOON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1", "1@", "Zm9v", "LTE6eA", "\u0000"})
  void aCursorOfAnotherIsRefused(String cursor) {
    var store = holding(List.of(span("t1", "s1", 0)));
    var page = new PageRequest(1, Optional.of(cursor));
    assertThatThrownBy(() -> store.find(ALL, page)).isInstanceOf(InvalidCursorException.class);
  }

  /** Property, printed seed: pages of any size tell each span once, newest first. */
  @Test
  void pagesNeitherRepeatNorHide() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    var spans = new ArrayList<Span>();
    for (int i = 0; i < 300; i++) {
      spans.add(span("t" + random.nextInt(30), "s" + i, random.nextInt(40) * 300));
    }
    Collections.shuffle(spans, random);
    var store = holding(spans);
    for (int i = 0; i < 20; i++) {
      int limit = i % 5 == 0 ? PageRequest.BULK : 1 + random.nextInt(50);
      var query =
          Query.between(
              NOON.plusSeconds(random.nextInt(6_000)), NOON.plusSeconds(random.nextInt(15_000)));
      var found = read(store, query, limit);
      assertThat(found)
          .as("seed %d, query %d", SEED, i)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo((a, b) -> Long.compare(b.startNanos(), a.startNanos()));
      Set<Span> expected = new HashSet<>(spans);
      expected.removeIf(
          span -> {
            var start = Instant.EPOCH.plusNanos(span.startNanos());
            return start.isBefore(query.from()) || !start.isBefore(query.to());
          });
      assertThat(new HashSet<>(found)).as("seed %d, query %d", SEED, i).isEqualTo(expected);
      assertThat(store.find(query, PageRequest.first(1)).total()).isEqualTo(expected.size());
    }
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotAnswered() {
    var store = holding(List.of(span(TRACE, "s", 0)));
    assertThatThrownBy(
            () -> QueryDeadline.within(() -> true, () -> store.find(ALL, PageRequest.first(1))))
        .isInstanceOf(QueryTimeoutException.class);
    assertThatThrownBy(() -> QueryDeadline.within(() -> true, () -> store.trace(TRACE)))
        .isInstanceOf(QueryTimeoutException.class);
    assertThat(QueryDeadline.within(() -> false, () -> store.trace(TRACE))).hasSize(1);
  }
}
