package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.LogStore.Query;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link LogStore} does. */
public abstract class LogStoreContractTest {

  private static final long SEED = 20261129;
  private static final Instant BEGIN = NOON.minus(Duration.ofDays(2));
  private static final Instant END = NOON.plus(Duration.ofDays(2));
  private static final Query ALL = Query.between(BEGIN, END);

  /** An empty store. */
  protected abstract LogStore logs();

  private static LogRecord line(double secondsAfterNoon, String body) {
    return line(secondsAfterNoon, Severity.INFO, body, Attributes.none(), Attributes.none());
  }

  private static LogRecord line(
      double secondsAfterNoon,
      Severity severity,
      String body,
      Attributes resource,
      Attributes attributes) {
    long nanos = NOON.toEpochMilli() * 1_000_000 + Math.round(secondsAfterNoon * 1e9);
    return new LogRecord(nanos, severity, body, "", "", resource, attributes);
  }

  private static Query text(String text) {
    return new Query(BEGIN, END, text, Set.of(), List.of(), "");
  }

  private static Query with(AttributeMatch... matches) {
    return new Query(BEGIN, END, "", Set.of(), List.of(matches), "");
  }

  /** The store, once it shows these. */
  private LogStore holding(List<LogRecord> records) {
    var store = logs();
    store.append(records);
    Eventually.seen(() -> read(store, ALL, PageRequest.BULK).size(), n -> n == records.size());
    return store;
  }

  private LogStore holding(LogRecord... records) {
    return holding(List.of(records));
  }

  /** All there is, read in parts of that size. */
  private static List<LogRecord> read(LogStore store, Query query, int limit) {
    var found = new ArrayList<LogRecord>();
    var cursor = Optional.<String>empty();
    do {
      var page = store.find(query, new PageRequest(limit, cursor)).page();
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return found;
  }

  private static List<String> bodies(LogStore store, Query query) {
    return read(store, query, 3).stream().map(LogRecord::body).toList();
  }

  @Test
  void anEmptyStoreFindsNothing() {
    var store = logs();
    var found = store.find(ALL, PageRequest.first(10));
    assertThat(found.page().items()).isEmpty();
    assertThat(found.page().next()).isEmpty();
    assertThat(found.page().total()).isZero();
    assertThat(found.exact()).isTrue();
    assertThat(store.histogram(ALL, Duration.ofMinutes(1))).isEmpty();
    assertThat(store.extent().records()).isZero();
    assertThat(store.extent().oldest()).isEqualTo(Instant.MAX);
    store.append(List.of());
    store.forgetBefore(NOON);
  }

  @Test
  void linesComeBackWholeAndNewestFirst() {
    var odd =
        new LogRecord(
            line(2, "").epochNanos() + 7,
            Severity.FATAL,
            "支付失败\n\tat Orders.java:41 \uD83D\uDE00 \u0000 end",
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            Attributes.of(Map.of(AttributeNames.POD, "cart-1", AttributeNames.NODE, "n1")),
            Attributes.of("订单", "17\n"));
    var plain =
        new LogRecord(
            line(1, "").epochNanos(),
            Severity.UNSPECIFIED,
            "",
            "Not-Hex",
            "ABCDEF0123456789",
            Attributes.none(),
            Attributes.of("empty", ""));
    assertThat(read(holding(plain, odd), ALL, 10)).containsExactly(odd, plain);
  }

  @Test
  void ofOneTimeTheLastThatCameIsFirst() {
    var store = holding(line(1, "a"), line(1, "b"));
    store.append(List.of(line(1, "c")));
    Eventually.seen(() -> bodies(store, ALL), seen -> seen.equals(List.of("c", "b", "a")));
  }

  @Test
  void theBeginningIsPartOfTheRangeAndTheEndIsNot() {
    var store = holding(line(-0.000_000_001, "before"), line(0, "first"), line(60, "end"));
    assertThat(bodies(store, Query.between(NOON, NOON.plusSeconds(60)))).containsExactly("first");
    assertThat(bodies(store, Query.between(NOON, NOON))).isEmpty();
    assertThat(bodies(store, Query.between(Instant.MIN, Instant.MAX))).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "declined, true",
    "DECLINED Card, true",
    "card approved, false",
    "decline, false",
    "'\"card declined\"', true",
    "'\"declined card\"', false",
    "'\"was declined\" gateway', true",
    "TXN-2026-00017, true",
    "TXN-2026-17, false",
    "2026-00017, true",
    "order_id=A17, true",
    "'\"order_id A17\"', true",
    "A1, false",
    "10.0.0.7:5432, true",
    "10.0.7, false",
    "支付, true",
    "付失, true",
    "支付失败, true",
    "失败支付, false",
    "败, true",
    "中, false",
    "支 败, true",
    "'\"失败 TXN\"', true",
    "'\"支付 TXN\"', false",
    "'\"17 败\"', false",
    "'', true",
    "'?!', true",
    "'\"unbalanced', false",
    "'\"was declined', true",
  })
  void wordsAreFoundWhereTheyStand(String words, boolean expected) {
    var store =
        holding(
            line(1, "Card was declined by gateway 10.0.0.7:5432, 支付失败 TXN-2026-00017 order_id=A17"),
            line(2, "card declined"));
    assertThat(bodies(store, text(words)).stream().anyMatch(body -> body.startsWith("Card was")))
        .isEqualTo(expected && !words.equals("\"card declined\""));
  }

  @Test
  void veryLongLinesAndWordsAreKeptAndFound() {
    var word = "x".repeat(5_000);
    var body = word + " " + "word ".repeat(100_000) + "最后一页 tail";
    var store = holding(line(1, body));
    assertThat(read(store, text("tail 一页"), 10)).containsExactly(line(1, body));
    assertThat(bodies(store, text(word))).hasSize(1);
    assertThat(bodies(store, text("x".repeat(4_999)))).isEmpty();
  }

  @Test
  void severitiesAndTracesNarrow() {
    var error = line(1, Severity.ERROR, "e", Attributes.none(), Attributes.none());
    var traced =
        new LogRecord(
            error.epochNanos() + 1,
            Severity.WARN,
            "t",
            "t1",
            "s1",
            error.resource(),
            error.attributes());
    var store = holding(error, traced, line(3, "i"));
    assertThat(
            bodies(
                store,
                new Query(BEGIN, END, "", Set.of(Severity.ERROR, Severity.WARN), List.of(), "")))
        .containsExactly("t", "e");
    assertThat(bodies(store, new Query(BEGIN, END, "", Set.of(), List.of(), "t1")))
        .containsExactly("t");
    assertThat(bodies(store, new Query(BEGIN, END, "", Set.of(), List.of(), "t"))).isEmpty();
  }

  @Test
  void attributesAreTheRecordsOwnThenTheResources() {
    var cart = Attributes.of(AttributeNames.SERVICE, "cart", "zone", "a");
    var stock = Attributes.of(AttributeNames.SERVICE, "stock");
    var store =
        holding(
            line(1, Severity.INFO, "cart", cart, Attributes.none()),
            line(2, Severity.INFO, "cart b", cart, Attributes.of("zone", "b")),
            line(3, Severity.INFO, "stock", stock, Attributes.of("zone", "")),
            line(4, Severity.INFO, "long", stock, Attributes.of("sql", "s".repeat(50_000))),
            line(5, "none"));
    assertThat(bodies(store, with(AttributeMatch.equal("zone", "a")))).containsExactly("cart");
    assertThat(bodies(store, with(AttributeMatch.equal("zone", "b")))).containsExactly("cart b");
    assertThat(bodies(store, with(AttributeMatch.equal("zone", ""))))
        .containsExactly("none", "long", "stock");
    assertThat(bodies(store, with(new AttributeMatch.OneOf("zone", Set.of("a", "b")))))
        .containsExactly("cart b", "cart");
    assertThat(bodies(store, with(new AttributeMatch.NoneOf("zone", Set.of("a")))))
        .containsExactly("none", "long", "stock", "cart b");
    assertThat(bodies(store, with(new AttributeMatch.NoneOf("zone", Set.of("", "a")))))
        .containsExactly("cart b");
    assertThat(bodies(store, with(like("zone", "[ab]", true)))).containsExactly("cart b", "cart");
    assertThat(bodies(store, with(like("zone", "a?", false)))).containsExactly("cart b");
    assertThat(bodies(store, with(like(AttributeNames.SERVICE, "st.*", true))))
        .containsExactly("long", "stock");
    assertThat(
            bodies(
                store,
                with(
                    AttributeMatch.equal(AttributeNames.SERVICE, "cart"),
                    AttributeMatch.equal("zone", "a"))))
        .containsExactly("cart");
    assertThat(bodies(store, with(AttributeMatch.equal("sql", "s".repeat(50_000)))))
        .containsExactly("long");
  }

  private static AttributeMatch like(String attribute, String pattern, boolean wanted) {
    return new AttributeMatch.Like(attribute, Pattern.compile(pattern), wanted);
  }

  @Test
  void aHistogramCountsByStepAndSeverity() {
    var store =
        holding(
            line(0, "slow"),
            line(59.999, Severity.ERROR, "slow", Attributes.none(), Attributes.none()),
            line(60, "slow"),
            line(61, "fast"),
            line(7_200, "slow"));
    assertThat(store.histogram(text("slow"), Duration.ofMinutes(1)))
        .containsExactly(
            new LogStore.Bucket(NOON, Map.of(Severity.INFO, 1L, Severity.ERROR, 1L)),
            new LogStore.Bucket(NOON.plusSeconds(60), Map.of(Severity.INFO, 1L)),
            new LogStore.Bucket(NOON.plusSeconds(7_200), Map.of(Severity.INFO, 1L)));
    assertThat(store.histogram(ALL, Duration.ofHours(5)).stream().map(LogStore.Bucket::start))
        .containsExactly(NOON.minus(Duration.ofHours(4)), NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void whatIsOlderIsForgotten() {
    var store = holding(line(-7_200, "old"), line(-1, "hour"), line(0, "at"), line(1, "new"));
    assertThat(store.extent().records()).isEqualTo(4);
    assertThat(store.extent().oldest()).isEqualTo(NOON.minusSeconds(7_200));
    store.forgetBefore(NOON);
    Eventually.seen(() -> bodies(store, ALL), seen -> seen.equals(List.of("new", "at")));
    assertThat(store.extent().records()).isEqualTo(2);
    assertThat(store.extent().oldest()).isEqualTo(NOON);
    store.forgetBefore(NOON.minusSeconds(10));
    assertThat(bodies(store, ALL)).containsExactly("new", "at");
    store.forgetBefore(END);
    Eventually.seen(() -> bodies(store, ALL), List::isEmpty);
    assertThat(store.extent().records()).isZero();
    assertThat(store.extent().oldest()).isEqualTo(Instant.MAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1", "1@", "Zm9v", "LTE6eA", "\u0000"})
  void aCursorOfAnotherIsRefused(String cursor) {
    var store = holding(line(1, "a"));
    var page = new PageRequest(1, Optional.of(cursor));
    assertThatThrownBy(() -> store.find(ALL, page)).isInstanceOf(InvalidCursorException.class);
  }

  /** Property, printed seed: the answers are those of the store in memory. */
  @Test
  void answersAreThoseOfComparingLineByLine() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    var model = new InMemoryLogStore();
    var records = new ArrayList<LogRecord>();
    for (int i = 0; i < 400; i++) {
      records.add(randomLine(random));
    }
    model.append(records);
    var store = logs();
    for (int at = 0; at < records.size(); at += 40) {
      store.append(records.subList(at, at + 40));
    }
    Eventually.seen(() -> read(store, ALL, PageRequest.BULK).size(), n -> n == records.size());
    for (int i = 0; i < 150; i++) {
      var query = randomQuery(random);
      int limit = 1 + random.nextInt(60);
      assertThat(read(store, query, limit))
          .as("seed %d, query %d: %s, by %d", SEED, i, query, limit)
          .isEqualTo(read(model, query, 200));
      var first = store.find(query, PageRequest.first(limit));
      assertThat(first.exact()).isTrue();
      assertThat(first.page().total())
          .as("seed %d, query %d: %s", SEED, i, query)
          .isEqualTo(model.find(query, PageRequest.first(1)).page().total());
      assertThat(store.histogram(query, Duration.ofMinutes(17)))
          .as("seed %d, query %d: %s", SEED, i, query)
          .isEqualTo(model.histogram(query, Duration.ofMinutes(17)));
    }
  }

  private static final List<String> SOME =
      List.of("alpha", "beta", "Gamma", "支付", "失败", "付", "id-17", "id-18", "x=1", "zeta");

  private static String words(Random random, int most) {
    var words = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      words.append(SOME.get(random.nextInt(SOME.size()))).append(random.nextInt(4) == 0 ? "" : " ");
    }
    return words.toString();
  }

  private static Attributes attributes(Random random) {
    var attributes = Attributes.none();
    for (String name : List.of("a", "b")) {
      if (random.nextBoolean()) {
        attributes = attributes.with(name, List.of("", "1", "2", "3").get(random.nextInt(4)));
      }
    }
    return attributes;
  }

  private static LogRecord randomLine(Random random) {
    double seconds = random.nextInt(4) * 3_600 + random.nextInt(40) * 100;
    var line =
        line(
            seconds,
            Severity.values()[random.nextInt(Severity.values().length)],
            words(random, 8),
            attributes(random),
            attributes(random));
    String trace = random.nextInt(3) == 0 ? "t" + random.nextInt(20) : "";
    return new LogRecord(
        line.epochNanos(),
        line.severity(),
        line.body(),
        trace,
        "",
        line.resource(),
        line.attributes());
  }

  private static Query randomQuery(Random random) {
    var matches = new ArrayList<AttributeMatch>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String name = random.nextBoolean() ? "a" : "b";
      matches.add(
          switch (random.nextInt(3)) {
            case 0 -> AttributeMatch.equal(name, List.of("", "1").get(random.nextInt(2)));
            case 1 -> new AttributeMatch.NoneOf(name, Set.of("", "2"));
            default -> like(name, List.of("[12]", "", "3?").get(random.nextInt(3)), true);
          });
    }
    String text = words(random, 2);
    return new Query(
        random.nextBoolean() ? BEGIN : NOON.plusSeconds(random.nextInt(9_000)),
        random.nextBoolean() ? END : NOON.plusSeconds(4_000 + random.nextInt(9_000)),
        random.nextBoolean() ? text : "\"" + text + "\"",
        random.nextBoolean() ? Set.of() : Set.of(Severity.INFO, Severity.ERROR, Severity.WARN),
        matches,
        random.nextInt(8) == 0 ? "t" + random.nextInt(20) : "");
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotAnswered() {
    var store = holding(line(0, "first"));
    assertThatThrownBy(
            () -> QueryDeadline.within(() -> true, () -> store.find(ALL, PageRequest.first(1))))
        .isInstanceOf(QueryTimeoutException.class);
    assertThatThrownBy(
            () -> QueryDeadline.within(() -> true, () -> store.histogram(ALL, Duration.ofHours(1))))
        .isInstanceOf(QueryTimeoutException.class);
    assertThat(QueryDeadline.within(() -> false, () -> bodies(store, ALL)))
        .containsExactly("first");
  }
}
